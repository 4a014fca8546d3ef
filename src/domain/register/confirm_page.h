/* confirm_page.h: confirming data of one service, or of several that were ticked. */
#pragma once
#include "web/screen.h"

Err post_service_confirm(Req *r);            /* /app/sluzby/{id}/potvrdit, by officers */
Err post_own_confirm(Req *r);                /* /app/moje-sluzby/{id}/potvrdit, by those who answer for the service */
Err post_confirm_many(Req *r);               /* /app/sluzby/potvrdit: first a page with what was ticked, then the deed */
