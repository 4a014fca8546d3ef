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

/* a local administrator's colleagues; colleague_page.c */
Err page_colleagues(Req *r);
Err page_colleague_new(Req *r);
Err post_colleague_new(Req *r);
Err page_colleague(Req *r);
Err post_colleague_role(Req *r);
Err post_colleague_end_role(Req *r);
Err post_colleague_state(Req *r);
