/* site_page.h: handlers of the subject, for its module row. */
#pragma once
#include "web/web.h"

Err page_home(Req *r);
Err page_overview(Req *r);
Err page_components(Req *r);
