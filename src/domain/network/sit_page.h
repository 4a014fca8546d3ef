/* sit_page.h: the public pages of the network and what their templates are given. */
#pragma once
#include "domain/network/inside.h"
#include "domain/network/sit.h"
#include "web/parts.h"
#include "web/web.h"

#define SIT_PARAMETERS  "sit,druh,orp,uroven,poskytovatel,jednotka,stav,q,mapa,sloupce,strana"
#define DIFF_PARAMETERS "sit,drive,drive-znalost,pozdeji,pozdeji-znalost"
#define DIFF_PART_PARAMETERS ",orp,druh,skupina,strana"

Err page_sit(Req *r);
Err page_sit_service(Req *r);
Err page_sit_diff(Req *r);
Err page_sit_diff_pdf(Req *r);
Err page_sit_changes(Req *r);
Err page_sit_excluded(Req *r);
/* The file of a history, in the format that was asked for (sit_history_page.c). */
MUST_USE Err sit_line_history(Req *r, const Line *l);
MUST_USE Err sit_network_history(Req *r, const Network *n);

#define SIT_ROUTES \
	{GET, "/sit", page_sit, ANYONE, .cached = true, .formats = true, .parameters = SIT_PARAMETERS, .title = "Základní síť"}, \
	{GET, "/sit/sluzba/{id}", page_sit_service, ANYONE, .cached = true, .formats = true, .parameters = "", .title = "Služba v síti"}, \
	{GET, "/sit/rozdil", page_sit_diff, ANYONE, .cached = true, .formats = true, .parameters = DIFF_PARAMETERS DIFF_PART_PARAMETERS, .title = "Rozdíl dvou stavů sítě"}, \
	{GET, "/sit/rozdil/pdf", page_sit_diff_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60, .parameters = DIFF_PARAMETERS ",priprava"}, \
	{POST, "/sit/rozdil/pdf", page_sit_diff_pdf, ANYONE, .lane = LANE_EXPORT, .seconds = 60, .own_token = true, .fields = "", .parameters = DIFF_PARAMETERS ",priprava"}, \
	{GET, "/sit/zmeny", page_sit_changes, ANYONE, .cached = true, .formats = true, .parameters = "sit,rok", .title = "Změny sítě po verzích"}, \
	{GET, "/sit/nezarazene", page_sit_excluded, ANYONE, .cached = true, .formats = true, .parameters = "sit,druh,duvod,rok,strana", .title = "Nezařazené služby"}

/* ---- one way to write a line: in files, in the wide table ---- */

typedef struct SitColumn {
	const char *key, *title;
	CellType    type;
	int         places, width;
	/* One of them, by the type. `year` says which ceiling. */
	Str       (*text)(Ctx *c, const LineWhole *l);
	i64       (*number)(const LineWhole *l, int year);
	Date      (*day)(const LineWhole *l);
} SitColumn;
extern const SitColumn sit_columns[];
extern const size_t    sit_column_count;
MUST_USE Err sit_export(Req *r, const LineWholes *lines, AsOf at, const char *name);
Str          sit_cell(Ctx *c, const SitColumn *k, const LineWhole *l, int year);

/* ---- pieces ---- */

Str  sit_number(Arena *a, i64 hundredths, Str unit);         /* "40", "12,50"; "–" without one */
Str  sit_signed(Arena *a, i64 hundredths, Str unit);         /* "+2", "−0,50", "0" */
Str  sit_day(Arena *a, Date d);
Str  sit_resolution_href(Ctx *c, Id resolution, Str *number);
/* Of ?sit=, else the basic network. */
MUST_USE Err sit_chosen(Req *r, Network **ret);
/* The chosen network goes along: an address with it alone; the ways to the other pages about it; the crumb that leads to it. */
Str   sit_of_network(Req *r, const char *path);
Links sit_ways(Req *r, const char *here);
void  sit_crumb(Req *r, const Network *n);
/* "/sit?ke-dni=…" with the same moment. */
Str  sit_with_moment(Req *r, const char *path);
TagKind sit_status_tag(Str status);
/* CSV, XLSX and JSON of this address. */
Links sit_formats(Req *r);

/* ---- what templates get ---- */

typedef struct SitCell { Str text, href; i64 shade; bool is_nil; } SitCell;
VIEW_LIST(SitCell, SitCells);
typedef struct SitTotal { Str label, href, total; SitCells cells; bool is_sum; } SitTotal;
VIEW_LIST(SitTotal, SitTotals);
typedef struct SitGroup { Str title; SitTotals rows; SitTotal sum; } SitGroup;
VIEW_LIST(SitGroup, SitGroups);
typedef struct SitRow {
	Str number, href, name, provider, kind, area, capacity, registered, unit, level, ceiling, period, status, mandate, mandate_href;
	TagKind tag;
	bool is_grey, has_tag;
	Strs cells;                              /* of the wide table */
} SitRow;
VIEW_LIST(SitRow, SitRows);

typedef struct SitView {
	Str          title, lead, action, valid, known, valid_error, known_error;
	HiddenViews  keep;
	VersionViews versions;
	Str          version, version_text, resolution, resolution_href;
	bool         has_version, is_past;
	Date         begins;                     /* of the first version */
	NoteView     moment, nobody;             /* nobody: on that day the network has no line at all */
	KpiViews     kpis;
	FigureView   figure;
	TabViews     measures;
	Strs         districts;
	SitGroups    groups;
	Links        networks, pages, downloads, chips, ways, total_downloads;
	FieldView    fields[8];
	size_t       field_count;
	HiddenViews  filter_keep;
	Str          found, wide_href;
	bool         is_wide;
	Strs         heads;
	SitRows      rows;
	PagerView    pager;
	Str          year;
} SitView;

typedef struct SitMoment { Str known, valid, capacity, level, status, area, why, version, resolution, resolution_href; bool is_now; } SitMoment;
VIEW_LIST(SitMoment, SitMoments);
typedef struct SitServiceView {
	Str        title, lead, provider_href, catalogue_href, day, back;
	Str        status;
	TagKind    tag;
	PairViews  pairs;
	PairViews  ceilings, areas;
	SitMoments moments;
	bool       is_there;
	Links      ways, downloads;
} SitServiceView;

typedef struct SitDelta { Str number, name, provider, href, kind; Strs changes; Str fte, beds, money, why; } SitDelta;
VIEW_LIST(SitDelta, SitDeltas);
typedef struct SitDeltaGroup { Str id, title, empty, more, more_href; RowState state; SitDeltas rows; Str fte, beds, money; PagerView pager; } SitDeltaGroup;
typedef struct SitDeltaSum { Str label, href, before, after, delta; } SitDeltaSum;
VIEW_LIST(SitDeltaSum, SitDeltaSums);
typedef struct SitDiffView {
	Str           title, lead, action, pdf, before, before_known, after, after_known, before_words, after_words;
	FieldView     fields[4];
	HiddenViews   keep;
	Links         downloads, ways;
	KpiViews      kpis;
	SitDeltaGroup groups[DELTA_KINDS + 1];   /* one more: only the ceiling */
	SitDeltaSums  sums, districts;
	NoteView      part;                      /* which rows alone are shown, and the way to all */
	bool          is_same, is_part;
} SitDiffView;

/* ---- rows of a difference (sit_delta_page.c) ---- */

/* All rows, or some: those that change the sum of a district, of a kind; one group by pages. */
typedef struct DeltaChoice { const Unit *district; Str kind; int group; i64 page; } DeltaChoice;
enum { ONLY_MONEY = DELTA_KINDS, DELTA_GROUPS };
MUST_USE Err delta_chosen(Req *r, DeltaChoice *ret);
bool   delta_is_chosen(const DeltaChoice *k, const LineDelta *d);
size_t delta_group(const LineDelta *d);
i64    delta_shown(const DeltaChoice *k, const LineDelta *d, Str unit);                /* of the district or kind that was chosen */
/* Groups of the page, their rows named; `is_whole`: all rows, for paper. */
MUST_USE Err delta_groups(Req *r, const NetworkDiff *d, const DeltaChoice *k, bool is_whole, SitDiffView *v);
Str    sit_signed_money(Arena *a, i64 halere);

typedef struct SitVersionLine {
	Str number, title, day, decided, resolution, resolution_href, diff_href, sit_href;
	Str came, left, changed, only_ceiling, fte, beds;
	bool is_current, is_future;
} SitVersionLine;
VIEW_LIST(SitVersionLine, SitVersionLines);
typedef struct SitChangesView { FieldView year; Str action; HiddenViews keep; SitVersionLines versions; Links downloads, ways; Str empty; } SitChangesView;

typedef struct SitExcluded { Str name, provider, kind, reason, text, day, resolution, resolution_href, version; } SitExcluded;
VIEW_LIST(SitExcluded, SitExcludeds);
typedef struct SitExcludedView { Str found, action; FieldView fields[3]; HiddenViews keep; SitExcludeds rows; Links downloads, ways; PagerView pager; } SitExcludedView;
