/* draft_views_page.h: what the templates of drafts get. */
#pragma once
#include "domain/network/draft.h"
#include "domain/network/draft_years_page.h"
#include "web/screen.h"
#include "web/work.h"

typedef struct DraftLineRow {
	Id      id;
	Str     href, propose, number, name, provider, capacity, ceiling, level, how, what, why, warning, source, source_href;
	Str     computed, departs;               /* in the annex: what the rules give, and why the ceiling is another one */
	TagKind tone;
} DraftLineRow;
VIEW_LIST(DraftLineRow, DraftLineRows);
typedef struct ProposalRow { Str href, title, place, line, capacity, state, conflict, author; TagKind tone; } ProposalRow;
VIEW_LIST(ProposalRow, ProposalRows);
typedef struct DraftSum { Str kind, before, after, change; i64 lines_before, lines_after; } DraftSum;
VIEW_LIST(DraftSum, DraftSums);

typedef struct DraftPage {
	Str           title, lead, href, annex, found, csrf, annex_action, annex_csrf, ack_action, ack_csrf, over, prices_href;
	KpiViews      kpis;
	PairViews     money;
	Str           annex_note;
	DraftLineRows lines;
	ProposalRows  proposals;
	DraftSums     sums;
	TabViews      tabs;
	WorkPanel     work;
	Links         rail, downloads, hindering;
	FieldView     ack;
	ErrorsView   *errors;
	i64           seen;
	Str           rules, departing;          /* in the annex: by which rules, and how many ceilings are other ones */
	bool          may_edit, may_propose, may_ack, is_draft, sees_money;
} DraftPage;

typedef struct DraftFormPage {
	Str         title, lead, action, back, csrf, line, submit, reset_action, reset_csrf;
	i64         version;
	FieldView  *fields;
	size_t      field_count, field_cap;
	ErrorsView *errors;
	AskedView   asked;                       /* of the application that the line comes from */
} DraftFormPage;

typedef struct DraftListRow { Str href, title, state, when, about; TagKind tone; } DraftListRow;
VIEW_LIST(DraftListRow, DraftListRows);
typedef struct DraftList {
	Str           title, lead;
	DraftListRows rows;
	bool          may_open;
	EmptyView     empty;
} DraftList;

typedef struct ProposalPage {
	Str       title, lead, back, line_href;
	NoteView  conflict;
	PairViews what;
	WorkPanel work;
} ProposalPage;
