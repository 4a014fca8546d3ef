/* news_views_page.h: what the templates of news, notices and contacts get. */
#pragma once
#include "domain/library/news.h"
#include "domain/library/pages_views_page.h"
#include "web/parts.h"

typedef struct HoursRow { Str day, open, pause; bool is_today; } HoursRow;
VIEW_LIST(HoursRow, HoursRows);

typedef struct NewsItem {
	const News *n;
	Str         href, kind, period, state;   /* period: "4.–15. 7. 2026" */
	TagKind     state_kind;
	HoursRows   hours;
	bool        has_ended;
} NewsItem;
VIEW_LIST(NewsItem, NewsItems);

typedef struct NewsMonth { Str id, title; NewsItems items; } NewsMonth;
VIEW_LIST(NewsMonth, NewsMonths);

typedef struct NewsListView {
	TabViews   tabs, years;
	NewsMonths months;
	NewsItems  board;
	bool       is_board, may_edit;
	Str        lead;
} NewsListView;

typedef struct NewsPageView {
	NewsItem item;
	Html     body;
	NoteView note;                           /* it has ended */
	Str      edit_href, more_href;
} NewsPageView;

typedef struct NewsAdminView {
	TabViews  tabs;
	NewsItems drafts, planned, current, past, withdrawn;
} NewsAdminView;

typedef struct NewsFormView {
	Str          title, action, csrf, back;
	i64          version;
	FieldView   *fields;
	size_t       count;
	ErrorsView  *errors;
	const NewsPageView *preview;
	bool         may_publish, is_draft;
} NewsFormView;

typedef struct NewsOneView {
	NewsPageView page;
	Str          title, href, edit_href, public_href, state, withdraw_action, withdraw_csrf, drop_action, drop_csrf, publish_action, publish_csrf;
	PairViews    facts;
	TagKind      state_kind;
	FieldView    reason;
	ErrorsView  *errors;
	bool         is_draft, is_published, may_publish, may_edit, sees_history;
} NewsOneView;

typedef struct ContactRow { const OfficeContact *o; LinkView phone, email; HoursRows hours; } ContactRow;
VIEW_LIST(ContactRow, ContactRows);
typedef struct ContactPageView {
	RegionView  region;
	ContactRows contacts;
} ContactPageView;
