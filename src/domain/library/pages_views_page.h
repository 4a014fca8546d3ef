/* pages_views_page.h: what the templates of editable pages get, and the block of the region's contact that other pages use too. */
#pragma once
#include "domain/library/pages.h"
#include "web/parts.h"

/* What the region says of itself in settings; empty where it did not. */
typedef struct RegionView {
	Str region, department, address, data_box, email, privacy;
	LinkView phone;
} RegionView;

VIEW_LIST(Html, HtmlPieces);

typedef struct StaticPageView {
	const PageText   *text;
	Links             contents;              /* its headings, when there are many */
	HtmlPieces        pieces;                /* of the text; between two stands the contact */
	const RegionView *region;
	Str               as_of;                 /* "Text, jak platil 1. 3. 2026": of an older one */
	Str               edit_href;             /* for who may */
	LinkView          more;                  /* the form of feedback */
} StaticPageView;

typedef struct PageRow {
	Str     href, title, address, state, review;
	TagKind state_kind, review_kind;
	bool    has_draft;
} PageRow;
VIEW_LIST(PageRow, PageRows);
typedef struct PageSection { Str title; PageRows rows; } PageSection;
VIEW_LIST(PageSection, PageSections);
typedef struct PageListView {
	TabViews     tabs;
	PageSections sections;
	bool         may_publish;
} PageListView;

typedef struct PageVersionRow {
	Str     href, title, when, who, note, state;
	TagKind kind;
} PageVersionRow;
VIEW_LIST(PageVersionRow, PageVersionRows);

typedef struct PageAdminView {
	Str             title, help, href, address;
	PageVersionRows versions;
	PageReviews     reviews;
	FieldView       note;
	Str             review_csrf, review_action;
	bool            has_draft, may_publish, needs_review, sees_history;
	NoteView        state;
	ErrorsView     *errors;
} PageAdminView;

typedef struct PageEditView {
	Str         title, help, href, action, csrf, address, drop_action, drop_csrf;
	i64         version;
	FieldView   heading, lead, body, from, note;
	ErrorsView *errors;
	Str         shown_title, shown_lead;     /* the preview */
	Html        shown, changes;              /* changes: against what holds */
	bool        is_preview, may_publish, is_stored;
	Strs        parts;                       /* headings that the text must have */
} PageEditView;

typedef struct PageOldView {
	Str             title, href, lead, state, restore_action, restore_csrf;
	const PageVersion *v;
	Html            shown, changes;          /* changes: what has become of it since */
	bool            may_restore;
} PageOldView;

typedef struct PageNewView {
	Str         csrf;
	FieldView   title;
	ErrorsView *errors;
} PageNewView;
