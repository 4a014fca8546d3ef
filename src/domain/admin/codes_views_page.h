/* codes_views_page.h: what the templates of code lists get. */
#pragma once
#include "core/codelist_use.h"
#include "web/parts.h"

typedef struct CodeRow {
	const CodeItem *item;
	Str             period, replaced_by, uses;
	i64             count;
	bool            holds;
} CodeRow;
VIEW_LIST(CodeRow, CodeRows);

typedef struct CodesPage {
	Str        list, name, description, csrf_new;
	AsOfView   as_of;
	CodeRows   rows;
	Links      downloads;
	bool       all;
	Str        all_href;
	FieldView  fields[4];
	ErrorsView *errors;
} CodesPage;

typedef struct CodeEndPage {
	const CodeItem *item;
	Str             action, csrf, back, uses;
	FieldView       last_day, successor, reason, anyway;
	bool            used;
	ErrorsView     *errors;
} CodeEndPage;
