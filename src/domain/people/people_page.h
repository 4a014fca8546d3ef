/* people_page.h: handlers of the subject, for its module row. */
#pragma once
#include "web/screen.h"

/* sign_in_page.c */
Err page_sign_in(Req *r);
Err post_sign_in(Req *r);
Err page_code(Req *r);
Err post_code(Req *r);
Err post_sign_out(Req *r);
Err page_setup(Req *r);
Err post_setup(Req *r);

/* account_page.c: one's own account */
Err page_account(Req *r);
Err post_end_session(Req *r);
Err page_password(Req *r);
Err post_password(Req *r);
Err page_second(Req *r);
Err post_second_offer(Req *r);
Err post_second_confirm(Req *r);
Err post_second_remove(Req *r);
Err post_recovery(Req *r);

/* invite_page.c: pages of one-time links */
Err page_invitation(Req *r);
Err post_invitation(Req *r);
Err page_forgotten(Req *r);
Err post_forgotten(Req *r);
Err page_reset(Req *r);
Err post_reset(Req *r);
Err page_new_email(Req *r);
Err post_new_email(Req *r);
Err page_email(Req *r);
Err post_email(Req *r);

/* oidc_page.c */
Err page_oidc_start(Req *r);
Err page_oidc_back(Req *r);
Err post_link(Req *r);
Err post_unlink(Req *r);

/* api_key_page.c */
Err page_keys(Req *r);
Err post_key(Req *r);
Err post_key_end(Req *r);

/* account_admin_page.c */
Err page_account_admin(Req *r);
Err post_account_step(Req *r);

/* view_as_page.c */
Err page_view_as(Req *r);
Err post_view_as(Req *r);
Err post_view_as_end(Req *r);

/* a local administrator's colleagues; colleague_page.c */
Err page_colleagues(Req *r);
Err page_colleague_new(Req *r);
Err post_colleague_new(Req *r);
Err page_colleague(Req *r);
Err post_colleague_role(Req *r);
Err post_colleague_end_role(Req *r);
Err post_colleague_state(Req *r);

/* ---- shared by the pages ---- */

/* Errors of a form in the order of its fields, then those that belong to no field; NULL when there are none. */
ErrorsView *people_errors(Req *r, const FieldView *fields, size_t count);
/* A field that is not trimmed: blanks may belong to a password. */
Str         typed_password(const Req *r, const char *name);
/* Where to go after signing in: an address of ours and nothing else (SECURITY § 4). */
Str         safe_next(Str next);
Str         with_next(Req *r, const char *path, Str next);
Err         show_sign_in(Req *r, Str login, Str error, Str next);
FieldView   new_password_field(Req *r, const char *hint);
