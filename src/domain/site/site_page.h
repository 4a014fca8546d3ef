/* site_page.h: handlers of the subject, for its module row. */
#pragma once
#include "web/front.h"
#include "web/web.h"

Err page_home(Req *r);
Err page_search(Req *r);
Err page_overview(Req *r);
Err page_tasks(Req *r);
Err post_trail_check(Req *r);

/* what every public site must say, and what helps its reader */
Err page_site_map(Req *r);
Err page_open_data(Req *r);
Err page_components(Req *r);
Err page_print_sample(Req *r);
Err page_print_sample_docx(Req *r);

/* for machines */
Err page_robots(Req *r);
Err page_sitemap(Req *r);
Err page_health(Req *r);

/* What all modules add (search_page.c). */
MUST_USE Err site_addresses(Req *r, SiteAddresses *ret);
MUST_USE Err site_happening(Req *r, FrontLines *ret);
MUST_USE Err site_latest(Req *r, i64 limit, FrontLines *ret);
MUST_USE Err site_figures(Req *r, KeyFigures *ret);
