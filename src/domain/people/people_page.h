/* people_page.h: handlers of the subject, for its module row. */
#pragma once
#include "web/web.h"

Err page_sign_in(Req *r);
Err post_sign_in(Req *r);
Err post_sign_out(Req *r);
Err page_setup(Req *r);
Err post_setup(Req *r);
Err page_account(Req *r);
Err post_end_session(Req *r);
Err post_password(Req *r);
