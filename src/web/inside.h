/* inside.h: what the files of web/ share and pages do not need. */
#pragma once
#include "web/module.h"

/* ---- router.c ---- */

typedef struct Match {
	const Route *route;                      /* NULL: no such page, or `wrong_method` */
	Str          args[4];
	PageFormat   format;
	bool         wrong_method;
	Str          allow;                      /* of a 405 */
} Match;
MUST_USE Err routes_build(Arena *a, const WebOptions *o, Str *why);
void         routes_find(Arena *a, Method method, Str path, Match *ret);

/* ---- metrics.c ---- */

void metrics_count(const HttpRequest *r, int status, u64 bytes, u64 microseconds);

/* ---- csrf.c ---- */

MUST_USE Err csrf_check(Req *r);
Str          csrf_make(Arena *a, const SessionInfo *session, Str action, Instant now);

/* ---- prove.c: who is about to do something dangerous is asked for the password, unless that was done within ten minutes ---- */

#define PROVE_ANSWER "potvrzeni"
/* *asked: the page that asks was shown and the handler must not run. */
MUST_USE Err prove_check(Req *r, bool *asked);
/* The form of that page hashes: it goes where hashing goes. */
bool         prove_is_answer(const HttpRequest *http, const Route *route);

/* ---- req.c: what every form may have, and the refusal of what none has ---- */

bool         form_field_of_all(Str name);
/* A field of the record is called reason: the form then asks for no other, and has no reason of the change. */
bool         has_own_reason(const Entity *e);
Err          fail_unknown_field(Req *r, Str name);

/* ---- uploads.c: files that came are shown to the virus scanner before any handler sees them ---- */

MUST_USE Err uploads_scan(Req *r);
/* Such a request waits for another process. */
bool         uploads_wait(const Route *route);

/* ---- cache.c: rendered public pages under the data version ---- */

typedef struct CachedPage CachedPage;
/* The key is the target; the tag tells the data version, the day and the program. Answers r from memory (also 304) when it can. */
Str  cache_tag(Arena *a, i64 data_version, Date today, Str target);
bool cache_answer(HttpRequest *r, HttpResponse *w, Str tag);
void cache_keep(HttpRequest *r, HttpResponse *w, Str type, Str tag);
void cache_clear(void);

/* ---- page.c ---- */

typedef struct ProblemView ProblemView;
void frame_open(Req *r);
void frame_close(Req *r);
/* A page without a person, menu or store: when the server itself refuses. */
void frame_plain(Out *out, const ProblemView *v);

/* ---- answer.c, errors.c, files.c ---- */

void headers_of_every_answer(HttpRequest *r, HttpResponse *w);
void page_close(Req *r);
void answer_problem(Req *r, Err e);
/* An answer before there is a Ctx: what the server itself refuses. */
void answer_refusal(HttpRequest *r, HttpResponse *w, Err e, Str why);
bool asset_answer(HttpRequest *r, HttpResponse *w);
const char *error_title(Err e);
