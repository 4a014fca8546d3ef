/* parts.h: parameters of the components (UX § 5). The markup is in parts.html, forms.html and tables.html; /_ui shows all of it.
 *
 * A view is filled by name and what is not named is left out: {.label = S("Rok"), .name = S("rok")}. Texts are finished Czech;
 * a component adds only its own fixed words. Views borrow everything and keep nothing. Addresses are whole (tel: and mailto: too). */
#pragma once
#include "html/html.h"
#include "web/icons.h"

/* A list in place, its fields by name: .links = LIST_OF(LinkView, {.label = S("Data"), .href = S("/data")}, LINK("Úvod", "/")).
 * It lives as long as the block it stands in; a list that leaves the block is built by ARENA_PUSH(arena, v.at, v.len, v.cap). */
#define LIST_OF(T, ...) {(T[]){__VA_ARGS__}, LEN(((T[]){__VA_ARGS__})), 0}
#define VIEW_LIST(T, Name) typedef struct Name { T *at; size_t len, cap; } Name

typedef struct LinkView {
	Str  label, href;                        /* without href it is plain text */
	bool current;
} LinkView;
VIEW_LIST(LinkView, Links);
#define LINK(text, address) {.label = S(text), .href = S(address)}

typedef struct HiddenView { Str name, value; } HiddenView;      /* what a form carries along: csrf, version, kept filters */
VIEW_LIST(HiddenView, HiddenViews);

/* ---- words and signs ---- */

typedef enum TagKind { TAG_PLAIN, TAG_OK, TAG_WARN, TAG_ERR, TAG_INFO } TagKind;

typedef enum NoteKind { NOTE_INFO, NOTE_OK, NOTE_WARN, NOTE_ERR } NoteKind;
typedef struct NoteView {
	NoteKind kind;
	Str      title, text;                    /* the title carries the state in a word: "Upozornění:" */
	Html     body;                           /* instead of text when it has markup */
	Links    links;
	Str      label;                          /* makes it a labelled section: the strip of what an official may do here */
	bool     is_result;                      /* of the last action: announced and focused */
} NoteView;

/* ---- buttons ---- */

typedef enum BtnKind { BTN_PRIMARY, BTN_SECONDARY, BTN_LINK } BtnKind;
typedef struct BtnView {
	Str         text, href;                  /* with href a link, else a submit button */
	Str         name, value, form;           /* form: id of a form elsewhere on the page */
	BtnKind     kind;
	bool        small, unchecked;            /* unchecked: submits without the browser's own checks (formnovalidate) */
	const char *icon;
} BtnView;
VIEW_LIST(BtnView, BtnViews);

typedef struct ActionsView {
	BtnViews     buttons;                        /* primary first */
	LinkView back;
} ActionsView;

/* ---- forms ---- */

typedef struct OptionView {
	Str  value, label, hint;
	bool chosen, counted;                    /* counted: the number of rows stands behind the label */
	i64  count;
} OptionView;
VIEW_LIST(OptionView, OptionViews);

typedef enum FieldKind { FIELD_TEXT, FIELD_AREA, FIELD_SELECT, FIELD_DATE, FIELD_CHECKS, FIELD_RADIOS, FIELD_CHECK, FIELD_FILE } FieldKind;
typedef enum FieldWidth { WIDTH_FULL, WIDTH_5, WIDTH_10, WIDTH_20 } FieldWidth;
typedef struct FieldView {
	FieldKind   kind;
	Str         name, id;                    /* id: the name unless given */
	Str         label, hint, error, value;   /* value as typed; of FIELD_CHECK what a tick sends */
	Str         needed;                      /* instead of "nepovinné": "povinné k podpisu" */
	bool        optional, readonly, is_number, chosen;
	FieldWidth  width;
	const char *type;                        /* of FIELD_TEXT: "text" unless given */
	const char *input_mode, *autocomplete;
	Str         accept;                      /* of FIELD_FILE */
	int         rows;                        /* of FIELD_AREA: 4 unless given */
	OptionViews     options;                  /* of FIELD_TEXT: offered to what is typed, none of them must be taken */
	size_t      fold_after;                  /* FIELD_CHECKS: options behind this many fold, unless one of them is ticked */
	Str         fold_label;                  /* "Dalších 29 druhů" */
} FieldView;
/* Does one of them lead to the page shown? Then they are tabs, else ways elsewhere. */
bool links_have_current(Links links);
bool field_fold_open(const FieldView *f);
const char *field_width(const FieldView *f);                /* class with a blank before it */

typedef struct ErrorsView {
	Links errors;                            /* to the fields, in page order, at most 20 */
	Str   more;                              /* "a dalších 12 chyb" */
} ErrorsView;

typedef struct FilterView {
	Str     label, action, summary;          /* summary: "Hledání a filtry (použity 2)" */
	HiddenViews keep;
} FilterView;

typedef struct VersionView {
	Str  href, label, note;
	bool current, draft;
} VersionView;
VIEW_LIST(VersionView, VersionViews);

typedef struct AsOfView {
	Str      label, action;                  /* "Stav sítě ke dni" */
	Str      valid, known;                   /* as typed; known is blank for "as we know it today" */
	Str      valid_error, known_error;
	HiddenViews  keep;
	Str      versions_label;
	VersionViews versions;
} AsOfView;

/* One field that two people changed: keep mine or theirs. Sends `name` = "moje" or "cizi". */
typedef struct ConflictView {
	Str name, label;
	Str mine, theirs, theirs_by;             /* theirs_by: "Petr Příkladný, 10:42" */
} ConflictView;

typedef struct SignInView {
	Str     action, email, error;
	HiddenViews keep;
	LinkView forgotten;
} SignInView;

/* ---- navigation ---- */

typedef struct TabView {
	Str  label, href;
	bool current, counted;
	i64  count;
} TabView;
VIEW_LIST(TabView, TabViews);

typedef struct StepView {
	Str  label, href;                        /* done ones are links */
	bool done, current;
} StepView;
VIEW_LIST(StepView, StepViews);

typedef struct PagerView {
	Str label;                               /* "Stránkování seznamu" */
	Str base;                                /* address to which the number is added: "/katalog?q=a&strana=" */
	i64 page, pages;
} PagerView;
typedef struct PagerNumbers { i64 at[9]; size_t len; } PagerNumbers;
PagerNumbers pager_numbers(const PagerView *p);             /* what to show; 0 for a gap */

typedef struct KeyPagerView {                /* for lists that are read by key and don't count their pages */
	Str label, text, first, previous, next;
} KeyPagerView;

/* ---- blocks ---- */

typedef struct KpiView {
	Str label, value, unit, note;
	i64 done, total;                         /* with total a bar */
} KpiView;
VIEW_LIST(KpiView, KpiViews);

typedef struct TileView {
	const char *icon;
	Str         href, title, text;
} TileView;
VIEW_LIST(TileView, TileViews);

typedef struct ItemView {
	Str     href, text, meta, tag;
	TagKind tag_kind;
} ItemView;
VIEW_LIST(ItemView, ItemViews);

typedef struct PairView {
	Str  label, value, href;
	Html body;                               /* instead of value when it has markup */
} PairView;
VIEW_LIST(PairView, PairViews);

typedef struct MomentView {
	Str  datetime, when, text, href;         /* datetime for machines, when for people */
	bool done, current;
} MomentView;
VIEW_LIST(MomentView, MomentViews);

typedef struct EmptyView {
	Str  title, text;                        /* why there is nothing, and what next */
	BtnViews buttons;
} EmptyView;

typedef struct ProgressView {
	Str label, text, poll;                   /* poll: address of the state as JSON {done, total, text, ended} */
	i64 done, total;
	LinkView details, cancel;
} ProgressView;

/* By when something is due, how much is left, and how the day came about: wherever a deadline is shown. */
typedef struct DeadlineView {
	Instant at;
	Str     about;                           /* "Výkaz za 1. období": for readers who hear links and buttons alone */
	Str     wording, left;                   /* "pondělí 1. 7. 2024, konec dne", "zbývají 3 dny" */
	TagKind left_kind;
	Str     shift;                           /* "30. 6. 2024 je neděle → 1. 7. 2024" */
	Strs    why;                             /* lines of the explanation */
} DeadlineView;
/* Of what is stored about a deadline (core/deadline.h); `why` are lines. */
DeadlineView deadline_view(Arena *a, Instant at, Str about, Str wording, Str shift, Str why, bool is_first, Instant now);

typedef struct RailView {
	Str     label, state;                    /* "O tomto výkazu", "Rozpracováno" */
	TagKind state_kind;
	Str     saved;                           /* "Koncept uložen 10:42"; the script writes here too */
	DeadlineView due;
	ItemViews   parts;                           /* of the page, tags say the number of errors */
	Links   help;
} RailView;

typedef struct ContactView {
	Str      person, role, address;
	LinkView map, phone, email, web;
} ContactView;

typedef struct HoursView {
	Str  day, hours;
	bool is_today;
} HoursView;
VIEW_LIST(HoursView, HoursViews);

typedef struct ChangeView { Str label, before, after; } ChangeView;
VIEW_LIST(ChangeView, ChangeViews);
typedef struct HistoryView {
	Instant at;
	Str     who, what, why;
	ChangeViews changes;
} HistoryView;
VIEW_LIST(HistoryView, HistoryViews);

typedef struct ProblemView {                 /* the error pages */
	Str   title, text;                       /* what happened */
	Strs  todo;                              /* what to do */
	Links ways;                              /* where to go */
	Str   reference;
} ProblemView;

/* ---- tables ---- */

typedef enum Sorted { NOT_SORTED, SORTED_UP, SORTED_DOWN } Sorted;
typedef struct ColumnView {
	Str    label, id, href;                  /* href sorts by this column */
	Sorted sorted;
	bool   is_number, is_hidden;             /* hidden: the label is for readers only */
	Str    check_all;                        /* name of the ticks in this column */
} ColumnView;
VIEW_LIST(ColumnView, ColumnViews);

typedef struct TableView {
	Str         id, caption;                 /* the id is the caption's */
	bool        caption_hidden, scrolls, is_tall, is_grid;
	const char *kind;                        /* "stack", "dense pin", "matrix", … */
	ColumnViews     columns;
} TableView;

/* What happens to a row: difference of two versions, preview of an import. */
typedef enum RowState { ROW_SAME, ROW_NEW, ROW_CHANGED, ROW_ENDED, ROW_WRONG } RowState;
Str row_state_word(RowState s);
/* A number to call: written in groups that are not broken at the end of a line, and its tel: address. {0} without one. */
LinkView phone_link(Arena *a, Str phone);
typedef struct CellView {
	Str before, now, error;                  /* before: only when it changes */
	bool is_number;
} CellView;
VIEW_LIST(CellView, CellViews);
typedef struct PreviewRow {
	RowState state;
	Str      place;                          /* "List1, řádek 12" */
	CellViews    cells;                          /* the first one names the row */
} PreviewRow;
VIEW_LIST(PreviewRow, PreviewRows);
typedef struct PreviewView {
	TableView   table;                       /* columns of the cells; state and place are added in front */
	PreviewRows rows;
} PreviewView;

/* ---- figures ---- */

typedef struct LegendView {
	const char *mark;                        /* class: "c1", "q3 edge", "chart-key plan" */
	Str         label;
	bool        is_line;
} LegendView;
VIEW_LIST(LegendView, LegendViews);
typedef struct FigureRow {
	Str  label, href;
	Strs cells;
	i64  bar;                                /* for a map: length of the bar, of bar_max */
} FigureRow;
VIEW_LIST(FigureRow, FigureRows);
typedef struct FigureView {
	Str        title, unit, caption;         /* caption of the table */
	Html       drawing;
	bool       is_map;                       /* the ranked table stands beside, else it folds below */
	LegendViews     legend;
	Strs       heads;
	FigureRows rows;
	Strs       sums;                         /* one per cell, or none */
	i64        bar_max;
	Links      downloads;
} FigureView;
