/* notice_page.h: what a person was told, and how they wish to be told. */
#pragma once
#include "web/screen.h"

Err page_notices(Req *r);                    /* /app/upozorneni */
Err post_notices_read(Req *r);
Err post_notice_open(Req *r);                /* /app/upozorneni/{id}: marks as read and leads to the record */
Err page_choices(Req *r);                    /* /app/ucet/upozorneni */
Err post_choices(Req *r);
Err page_leave(Req *r);                      /* /odhlaseni-posty/{token} */
Err post_leave(Req *r);
