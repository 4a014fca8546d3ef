/* notice_views_page.h: what the templates of notices get. */
#pragma once
#include "core/notice.h"
#include "web/screen.h"

typedef struct NoticeView { const NoticeRow *n; Str topic, action, csrf; } NoticeView;
VIEW_LIST(NoticeView, NoticeViews);

typedef struct NoticesPage {
	NoticeViews list;
	TabViews    tabs;
	Str         csrf_all, next;
	bool        any_unread;
} NoticesPage;

typedef struct ChoicesPage {
	FieldView  *fields;
	size_t      count;
	Str         csrf, address, hour;
	ErrorsView *errors;
} ChoicesPage;

typedef struct LeavePage { Str topic, address, action, csrf; bool is_done; } LeavePage;
