/* calendar_page.h: handlers of the calendar. */
#pragma once
#include "web/front.h"
#include "web/web.h"

Err page_calendar(Req *r);
Err page_calendar_ics(Req *r);
Err page_calendar_atom(Req *r);
Err page_calendar_json(Req *r);

Err page_windows(Req *r);
Err page_window(Req *r);
Err page_window_new(Req *r);
Err post_window_new(Req *r);
Err page_window_edit(Req *r);
Err post_window_edit(Req *r);
Err page_year_new(Req *r);
Err post_year_new(Req *r);
Err page_window_cancel(Req *r);
Err post_window_cancel(Req *r);
Err page_window_except(Req *r);
Err post_window_except(Req *r);

/* Hooks of the module row (web/front.h). */
Err calendar_happening(Ctx *c, FrontLines *list);
Err calendar_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err calendar_addresses(Ctx *c, SiteAddresses *list);
