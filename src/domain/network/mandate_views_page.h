/* mandate_views_page.h: what the templates of mandates get. */
#pragma once
#include "domain/network/mandate_paper.h"
#include "web/screen.h"
#include "web/work.h"

typedef struct MandateRow {
	Str     href, number, service, kind, provider, capacity, period, state, district, amendments;
	TagKind tone;
} MandateRow;
VIEW_LIST(MandateRow, MandateRows);

typedef struct MandateList {
	Str         title, lead, action, found, search;
	TabViews    tabs;
	MandateRows rows;
	FieldView   fields[6];
	size_t      field_count;
	Links       downloads, ways;
	PagerView   pager;
	EmptyView   empty;
	bool        is_public;
} MandateList;

typedef struct PaperRow { Str title, when, href, note, digest; bool is_printed; } PaperRow;
VIEW_LIST(PaperRow, PaperRows);

typedef struct AmendmentRow { Str href, title, from, what, state; TagKind tone; } AmendmentRow;
VIEW_LIST(AmendmentRow, AmendmentRows);

typedef struct ContentRow { Str title, law, missing; bool is_there; } ContentRow;
VIEW_LIST(ContentRow, ContentRows);

typedef struct MandatePage {
	Str           title, lead, href, number, public_href, office_href, end_href;
	Str           state;
	TagKind       tone;
	PairViews     who, what, money;
	Strs          warnings;
	ContentRows   contents;
	Html          text;
	PaperRows     papers;
	AmendmentRows amendments;
	MandateRows   others;                    /* of the same line */
	WorkPanel     work;
	bool          may_edit, may_amend, may_end, is_draft;
	Links         rail;
} MandatePage;

typedef struct MandateForm {
	Str         title, lead, action, back, csrf, line;
	i64         version;
	FieldView  *fields, reason;
	size_t      field_count, field_cap;
	ErrorsView *errors;
	bool        is_new;
	Str         submit;
} MandateForm;

typedef struct EndForm {
	Str         title, lead, action, back, csrf, number;
	i64         version;
	FieldView   fields[3];
	ErrorsView *errors;
} EndForm;

typedef struct AmendmentPage {
	Str       title, lead, back;
	PairViews what;
	WorkPanel work;
	PaperRows papers;
} AmendmentPage;

typedef struct UncoveredRow { Str href, name, provider, kind, capacity, until; } UncoveredRow;
VIEW_LIST(UncoveredRow, UncoveredRows);
typedef struct UncoveredPage {
	Str           title, lead, found;
	FieldView     day;
	UncoveredRows rows;
	bool          may_prepare;
} UncoveredPage;
