/* screen_views.h: what the templates of the generic screens get. */
#pragma once
#include "web/screen.h"

typedef struct ScreenList {
	Req          *req;
	const Entity *entity;
	Str           title, found, search;      /* "Nalezeno 78 služeb" */
	i64           total;
	EntityList    rows;
	Strs          names;                     /* of the fields shown, the first one links to the row */
	ColumnViews   columns;
	FieldView    *filters;
	size_t        filter_count, filter_cap;
	Links         chips, downloads;
	PagerView     pager;
	EmptyView     empty;
	AsOfView      as_of;
	bool          may_write, has_import;
	Str           new_href;                  /* {0} = there is no form of a new row: some are made by a step only */
} ScreenList;

typedef struct ScreenDetail {
	const Entity *entity;
	Str           title, lead, href, csrf_end;
	bool          may_end;
	i64           id, version;
	PairViews     pairs;
	AsOfView      as_of;
	NoteView      note;
	bool          may_write, sees_history;
} ScreenDetail;

typedef struct ScreenForm {
	const Entity *entity;
	Str           title, lead, action, back, csrf;
	i64           version;
	FieldView    *fields, from, reason;
	size_t        field_count, field_cap;
	ErrorsView   *errors;
} ScreenForm;

typedef struct ScreenConflict {
	Str           action, back, csrf;
	i64           version;
	HiddenViews   kept;
	ConflictView *fields;
	size_t        count, cap;
} ScreenConflict;

typedef struct ScreenHistory {
	Str          title, back, older;
	Links        spans;
	HistoryViews list;
} ScreenHistory;

typedef struct ScreenImport {
	Str         title, action, back, csrf, sample;
	FieldView   file;
	ErrorsView *errors;
} ScreenImport;

typedef struct ScreenPreview {
	Str         title, lead, action, back, csrf, more, apply, annotated;
	KpiViews    counts;
	PreviewView preview;
	FieldView   from;
	bool        is_open, may_apply, is_dated;
	ErrorsView *errors;
} ScreenPreview;

/* "Služby" of "služby". */
Str screen_capital(Arena *a, const char *words);
/* Fields that this person may write, in the table's order; NULL-terminated. */
const char **screen_fields(Req *r, const Entity *e);
