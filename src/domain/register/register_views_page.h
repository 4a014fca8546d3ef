/* register_views_page.h: what the pages of the import show. */
#pragma once
#include "domain/register/register_import.h"
#include "web/parts.h"

typedef struct ImportListView { const RegisterImport *import; Str href, state; } ImportListView;
typedef struct ImportUploadView {
	Str               csrf;
	const ErrorsView *errors;
	FieldView         file, smaller, reason;
	ImportListView   *imports;
	size_t            import_count;
} ImportUploadView;

typedef struct ImportLineView { Str what, field, before, after, kind; bool is_whole; } ImportLineView;
typedef struct ImportRowView {
	const RegisterRow *row;
	RowState           state;
	Str                href, place, id;
	ImportLineView    *lines;
	size_t             count;
	bool               may_tick;
} ImportRowView;
typedef struct ImportPreviewView {
	const RegisterImport *import;
	Str            csrf, action, kind, next, first, use_all;
	KpiViews       counts;
	TabViews       kinds;
	ImportRowView *rows;
	size_t         row_count;
	i64            from, to;
	bool           is_open, has_rows;
} ImportPreviewView;

typedef struct RepairView { const RegisterRepair *repair; const RepairKind *kind; Str href; } RepairView;
typedef struct RepairsView {
	TabViews    kinds;
	RepairView *rows;
	size_t      row_count;
	Str         next, todo;
} RepairsView;
