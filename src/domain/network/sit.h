/* sit.h: the network as numbers: which lines are in it, sums by kind and territory, and the difference of two moments (DOMAIN F17, F28). */
#pragma once
#include "domain/network/line.h"

/* The ones that count, in the order of the list. */
void lines_in_network(Arena *a, const LineWholes *all, LineWholes *ret);
/* A whole (hundredths of a unit, haléře) over the territories of a line by their shares, in steps, by the largest remainder; the rest goes to the lower code first.
 * The parts are those of line->areas, in their order, and sum up to the whole. */
void line_split(const LineWhole *l, i64 whole, i64 step, i64 *parts);
/* Beds are not divided into parts of a bed. */
i64  line_step(const LineWhole *l);

typedef struct TotalRow {
	Str  kind, unit;                         /* codes */
	i64  lines, total;                       /* hundredths of the unit */
	i64 *cells;                              /* one per district */
} TotalRow;
typedef struct NetworkTotals {
	Units     districts;                     /* those that have a share, in Czech order */
	TotalRow *rows;                          /* by unit, then by the order of kinds */
	size_t    len, cap;
	i64       lines, providers, beds, fte;   /* beds, fte in hundredths */
	i64       ceilings;                      /* haléře of the year */
} NetworkTotals;
/* Sums of the lines that count; `year` says which ceilings. */
MUST_USE Err network_totals(Ctx *c, const LineWholes *all, int year, NetworkTotals *ret);

/* ---- difference ---- */

typedef enum DeltaKind { DELTA_CAME, DELTA_LEFT, DELTA_CHANGED, DELTA_MOVED, DELTA_OTHER, DELTA_KINDS } DeltaKind;
/* One line that is not the same at the two moments. Came and left speak of the network: a line that was merged has left it. MOVED: nothing was decided, but a
 * municipality of the line went over to another district, so sums of districts are others. OTHER: something changed of a line that counts at neither moment. */
typedef struct LineDelta {
	DeltaKind        kind;
	const LineWhole *before, *after;         /* NULL when there was no such line */
	bool             capacity, territory, level, status, money, moved, other;      /* what changed; all may hold */
	i64              fte, beds;              /* what it adds to the sums, hundredths */
	i64              ceiling;                /* haléře */
} LineDelta;
/* Nothing but the ceiling is another: a new year does that to every line, and would hide what else has changed. */
bool delta_is_only_money(const LineDelta *d);
typedef struct NetworkDiff {
	AsOf       from, to;
	LineWholes before, after;                /* all lines at the two moments */
	LineDelta *at;                           /* came, left, changed, moved, other; within by number */
	size_t     len, cap;
	size_t     counts[DELTA_KINDS];
	i64        fte, beds, ceiling;
} NetworkDiff;
/* What a line adds to the sum of a kind ({0} = all) in a district (NULL = all), in hundredths of the unit: over the lines of a difference these sum up to what
 * network_totals has more at the second moment. */
i64 delta_part(const LineDelta *d, Str unit, Str kind, const Unit *district);
MUST_USE Err network_diff(Ctx *c, Id network, AsOf from, AsOf to, NetworkDiff *ret);
/* Lines of a difference have no names (line.h: lines_bare) until they are asked for: of all rows (NULL), or of those that are wanted. */
MUST_USE Err network_diff_name(Ctx *c, const NetworkDiff *d, const bool *wanted);
/* The same of what was read already; years are those of the two valid days. */
MUST_USE Err network_diff_of(Ctx *c, const LineWholes *before, int year_before, const LineWholes *after, int year_after, NetworkDiff *ret);
/* Do two rows say the same of the network? Reason, resolution and version are not part of it. */
bool line_same(const Line *x, const Line *y);
