/* history.h: two times. Valid time: the days on which a fact holds. Recorded time: when we learned it.
 *
 * A dated entity is never overwritten. A change closes belief in some rows (recorded_to = now) and opens others. At any recorded
 * instant the rows of one id never overlap in valid days; days without a row mean "did not exist". Every instant of writing is later
 * than every earlier one of the store (history_instant), so that "as known at T" is one state. Tested against a naive replay. */
#pragma once
#include "core/entity.h"

/* The instant to record changes of this transaction at: c->now, or one millisecond after the newest recorded one. */
MUST_USE Err history_instant(Ctx *c, Instant *ret);
/* A history that was kept elsewhere is taken over: until the end of this transaction, or the next call, changes are recorded as known since `at`, and
 * c->now and c->today are of then. The caller sees to it that nothing was recorded later of the things that it writes. */
void history_record_at(Ctx *c, Instant at);
/* A new thing that holds on days [from, to] (to none = open). Sets head.id (unless given), row, spans. */
MUST_USE Err history_create(Ctx *c, const Entity *e, void *row, Date from, Date to);
/* From now on we believe that on days [from, to] the thing head.id looks like `row`; other days stay as they were. When head.version is
 * not the newest version of the id: ERR_CONFLICT. Nothing changes (no rows, no trail) when all those days look like that already. */
MUST_USE Err history_change(Ctx *c, const Entity *e, void *row, Date from, Date to);
/* The same two for rows that the caller judged already: the fields are not checked and nothing is asked about unique values. For imports,
 * which take over what a register says even where a form would refuse it, and for tens of thousands of rows at once. */
MUST_USE Err history_create_judged(Ctx *c, const Entity *e, void *row, Date from, Date to);
MUST_USE Err history_change_judged(Ctx *c, const Entity *e, void *row, Date from, Date to);
/* It does not exist on days [from, to] (to none = for ever). */
MUST_USE Err history_end(Ctx *c, const Entity *e, Id id, i64 version, Date from, Date to);

/* Two states of all things of an entity, compared. */
typedef enum DiffKind { HISTORY_ADDED, HISTORY_CHANGED, HISTORY_ENDED } DiffKind;
typedef struct DiffItem {
	DiffKind kind;
	Id       id;
	void    *before, *after;                 /* NULL when it did not exist */
} DiffItem;
typedef struct Diff {
	DiffItem *at;
	size_t    len, cap;
} Diff;
MUST_USE Err history_diff(Ctx *c, const Entity *e, AsOf before, AsOf after, Diff *ret);

/* Pure part, tested against the replay: what becomes of the spans of one id. */
typedef struct Span {
	Date from, to;                           /* to none = open */
	int  value;                              /* which content */
} Span;
typedef struct Spans { Span *at; size_t len, cap; } Spans;
/* `now` sorted without overlaps; put `value` (or nothing when value < 0) on [from, to]; neighbours with the same value are NOT merged.
 * `keep[i]` tells which of the old spans stay untouched. */
void spans_put(Arena *a, const Spans *now, Date from, Date to, int value, Spans *ret, bool *keep);
