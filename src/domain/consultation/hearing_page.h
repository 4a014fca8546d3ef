/* hearing_page.h: pages of hearings and sign-ups, and pieces that they share. */
#pragma once
#include "domain/consultation/hearing_views_page.h"

/* public: hearing_page.c, hearing_public_page.c, signup_link_page.c */
Err page_hearings(Req *r);
Err page_hearing(Req *r);
Err post_signup(Req *r);
Err page_hearing_ics(Req *r);
Err page_hearing_minutes(Req *r);
Err page_hearing_slides(Req *r);
Err page_signup_confirm(Req *r);
Err post_signup_confirm(Req *r);
Err page_signup(Req *r);
Err post_signup_edit(Req *r);
Err post_signup_withdraw(Req *r);

/* office: hearing_office_page.c, hearing_form_page.c, hearing_minutes_page.c, signup_office_page.c, check_in_page.c */
Err page_hearings_office(Req *r);
Err page_hearing_office(Req *r);
Err post_hearing_office(Req *r);
Err post_hearing_bind(Req *r);
Err page_hearing_new(Req *r);
Err post_hearing_new(Req *r);
Err page_hearing_edit(Req *r);
Err post_hearing_edit(Req *r);
Err page_hearing_write(Req *r);
Err post_hearing_write(Req *r);
Err page_hearing_office_minutes(Req *r);
Err page_hearing_office_slides(Req *r);
Err page_hearing_print(Req *r);
Err page_hearing_seats(Req *r);
Err page_signups(Req *r);
Err post_signup_record(Req *r);
Err post_signup_admit(Req *r);
Err page_signup_cancel(Req *r);
Err post_signup_cancel(Req *r);
Err page_check_in(Req *r);
Err post_check_in(Req *r);
Err post_check_in_undo(Req *r);

/* ---- pieces: hearing_page.c ---- */

MUST_USE Err hearing_view(Req *r, const Hearing *h, HearingView *ret);
Strs         hearing_paragraphs(Arena *a, Str text);
/* One field of a form by hand: as typed when the form came back, else `value`. */
FieldView    hearing_field(Req *r, const char *name, const char *label, const char *hint, Str value, bool optional);
ErrorsView  *hearing_errors(Req *r, const FieldView *fields, size_t count);
SignupNew    signup_typed(const Req *r);
/* name, organisation, phone, role, question; e-mail after the name when `with_email`. Returns their number. */
size_t       signup_fields(Req *r, FieldView *to, const Signup *s, bool with_email, bool by_office);
Str          signup_state_words(Str state, TagKind *tone);
Err          hearing_send_file(Req *r, bool minutes);
/* The hearing of the address, for whoever may change it. */
MUST_USE Err hearing_of_page(Req *r, Hearing **ret, HearingView *v);
SignupRow    signup_row(Req *r, const Hearing *h, const Signup *s);
/* hearing_bind_page.c: the comment period that it belongs to, as far as this person may see it. */
MUST_USE Err hearing_bound_public(Req *r, const Hearing *h, LinkView *ret);
MUST_USE Err hearing_bound_office(Req *r, const Hearing *h, bool may_edit, HearingOffice *v);
