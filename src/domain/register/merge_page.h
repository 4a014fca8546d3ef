/* merge_page.h: choosing what a doubled record is merged into, seeing what moves, confirming by its name. */
#pragma once
#include "web/screen.h"

/* The route's entity says what is merged: /app/sluzby/{id}/sloucit, /app/poskytovatele/{id}/sloucit */
Err page_merge(Req *r);
Err post_merge(Req *r);
