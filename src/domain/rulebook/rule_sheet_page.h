/* rule_sheet_page.h: parameters and tables of a version out to a spreadsheet and back into the text of a draft. */
#pragma once
#include "domain/rulebook/rule_sheet.h"
#include "web/parts.h"
#include "web/web.h"

Err page_rule_sheet(Req *r);
Err post_rule_sheet(Req *r);

typedef struct RuleSheetPage {
	Str          title, lead, action, back, csrf;
	FieldView    file;
	ErrorsView  *errors;
	Links        downloads;
	size_t       rows;
	bool         is_draft;
} RuleSheetPage;

typedef struct RuleSheetPreview {
	Str                 title, lead, action, csrf, again;
	const RuleVersion  *v;
	const SheetPreview *p;
	Str                 summary;
} RuleSheetPreview;
