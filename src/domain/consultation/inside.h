/* inside.h: what the files of hearings and sign-ups share. */
#pragma once
#include "domain/consultation/signup.h"

/* hearing.c */
MUST_USE Err hearing_load(Ctx *c, Id id, Hearing **ret);     /* whoever asks */
/* The person may change this hearing and see who signed up; ERR_NOT_FOUND otherwise. */
MUST_USE Err hearing_mine(Ctx *c, Id id, Hearing **ret);
bool         hearing_in_reach(Ctx *c, const char *capability, const Hearing *h);
MUST_USE Err hearing_publish_run(Ctx *c, WorkMove *m);
Str          hearing_instant_words(Arena *a, Instant t);     /* "15. 11. 2026, 12:00"; a midnight is the end of the day before */

/* signup.c */
SignupNew    signup_clean(Ctx *c, const SignupNew *n);       /* texts as they are kept */
MUST_USE Err signup_check_typed(Ctx *c, const SignupNew *n, bool by_office);
/* A new sign-up that waits for its confirmation, by a START action of the machine. Inside a transaction. */
MUST_USE Err signup_make(Ctx *c, const Hearing *h, const SignupNew *n, const char *action, Str channel, bool reserved, Signup **ret);
MUST_USE Err signup_tell_placed(Ctx *c, const Hearing *h, const Signup *s);

/* signup_seat.c: steps and what they do with seats */
MUST_USE Err signup_load(Ctx *c, Id id, Signup **ret);
MUST_USE Err signup_load_all(Ctx *c, Rows rows, Signups *ret);
/* The first in the order who may have a seat by the rules of the hearing; 0 when there is none. by_hand: quotas do not matter. */
MUST_USE Err signup_next(Ctx *c, const Hearing *h, bool by_hand, Id *ret);
/* Confirm it or let it wait, by what is free; then it stands in the order. Inside a transaction. */
MUST_USE Err signup_place_it(Ctx *c, const Hearing *h, Id signup);
MUST_USE Err signup_take_seat(Ctx *c, WorkMove *m);
MUST_USE Err signup_join_queue(Ctx *c, WorkMove *m);
MUST_USE Err signup_give_back(Ctx *c, WorkMove *m);
MUST_USE Err signup_forget_now(Ctx *c, WorkMove *m);
MUST_USE Err signup_note_present(Ctx *c, WorkMove *m);
MUST_USE Err signup_note_absent(Ctx *c, WorkMove *m);

/* signup_mail.c */
MUST_USE Err signup_tell(Ctx *c, const char *kind, const Hearing *h, const Signup *s, Str reason);
MUST_USE Err signup_tell_confirm(Ctx *c, const Hearing *h, const Signup *s, Str token, Instant until);

/* signup_keep.c */
void signup_blank(Ctx *c, Signup *s);                        /* nothing in it tells who it was */

/* hearing_demo.c */
MUST_USE Err hearing_demo(Ctx *c);
