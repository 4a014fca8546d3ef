/* web.h: the whole program in the test's own process, without a socket: requests go through the same parsers, routes and walls. */
#pragma once
#include "app/app.h"
#include "tests/support/store.h"
#include "tests/test.h"

/* A store with the demo region (made once per program, kept for all tests that only read) or an empty one of this test's own. */
App   *test_app_demo(void);
App   *test_app_empty(void);
App   *test_app_filled(void (*fill)(Db *db));      /* a program that was set up, with what `fill` put into its store once */

typedef struct Answer {
	int    status;
	Str    body;                             /* files too */
	Params headers;
} Answer;

typedef struct Browser {
	App *app;
	Str  cookie;                             /* "sid=…" once signed in */
	Str  network;                            /* 192.0.2.1 unless set */
} Browser;

/* Requests of this test come at this moment; otherwise by the real clock. */
void   web_clock(Instant at);
Answer web_get(Browser *b, const char *target);
/* form: "a=1&b=2" as sent. The token is added unless `without_token`. */
Answer web_post(Browser *b, const char *target, const char *form);
Answer web_send(Browser *b, const char *method, const char *target, const char *form, const Params *headers, bool with_token);
/* The same while the nth request for memory fails; status 503 when nothing but that could be said. *asked: how many requests there were, with
 * the token's. Without a token for GET. */
Answer web_send_short(Browser *b, const char *method, const char *target, const char *form, u64 nth, u64 *asked);
Str    web_header(const Answer *a, const char *lower_name);
/* Sign in with the demo's password; fails the test when refused. */
void   web_sign_in(Browser *b, const char *login);
