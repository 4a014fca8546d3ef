/* web.h: how a page is asked for and answered. Handlers take a Req, ask domain functions through r->c, and print a compiled template
 * into page(r, title). They hold no rules and no SQL. */
#pragma once
#include "core/access.h"
#include "base/json.h"
#include "core/exchange.h"
#include "core/files.h"
#include "html/html.h"
#include "http/http.h"

enum { GET = METHOD_GET, POST = METHOD_POST };

typedef struct Req   Req;
typedef struct Route Route;
typedef Err (*PageHandler)(Req *r);

struct Route {
	int          method;                     /* GET answers HEAD too */
	const char  *path;                       /* "/uzemi/{orp}": a segment in braces is an argument */
	PageHandler  handler;
	const char  *capability;                 /* ANYONE, SIGNED_IN or a capability; never left out */
	/* only what differs from the default */
	bool         formats;                    /* the address also answers with .json, .csv, .xlsx */
	bool         only_json;                  /* of formats: with .json alone, the handler refuses others in its own words */
	const char  *files_need;                 /* of formats: what whoever takes .json, .csv, .xlsx must be able to do beside opening the page; NULL = nothing more */
	bool         cached;                     /* public page: kept in memory under the data version for people not signed in */
	Lane         lane;                       /* LANE_LIGHT of a GET, LANE_WORK of a POST unless set */
	u64          body_limit;
	size_t       field_limit;
	bool         uploads;
	int          seconds;
	const char  *lists;                      /* names of fields and parameters that may come more than once: "forma,druh" */
	const char  *fields;                     /* of a POST: the fields of its form beside csrf, version, reason, action, next; others are refused. A name may end
	                                          * in *. NULL = the handler refuses them itself: form_read, form_only */
	const char  *parameters;                 /* query parameters that it understands, beside the general ones; others are refused; NULL = not checked */
	bool         own_token;                  /* public form: pre-session token instead of the session's */
	bool         one_click;                  /* a mail program may post it by itself (RFC 8058): no cookie, no form; the secret of the address is the proof */
	bool         dangerous;                  /* POST: who was not asked for the password within ten minutes is asked now; what was typed is kept */
	bool         api;                        /* open to API keys although it is no .json, .csv or .xlsx; a POST then needs no form of ours */
	bool         at_gate;                    /* works also while the account has something to do first: a new password, the second factor */
	const Entity *entity;                    /* of the generic screens (screen.h) */
	const char  *title;                      /* site map and API description; NULL = not listed */
};

typedef enum PageFormat { PAGE_HTML, PAGE_JSON, PAGE_CSV, PAGE_XLSX } PageFormat;

typedef struct Crumb { Str label, href; } Crumb;

struct Req {
	Ctx          *c;
	HttpRequest  *http;
	HttpResponse *res;
	Out          *out;                       /* the body */
	const Route  *route;
	PageFormat    format;
	Str           args[4];                   /* of the path's braces, in order */
	SessionInfo  *session;                   /* NULL when nobody is signed in */
	bool          by_key;                    /* a program came with an API key: no cookie counts, none is given */
	SessionInfo  *waiting;                   /* the password was given, a code is awaited; nobody is signed in */
	Crumb         crumbs[6];
	int           crumb_count;
	bool          page_open;                 /* page() was called: the frame is closed by dispatch */
	Str           title;
	Str           description;
	bool          no_index, is_home, is_error;       /* is_error: a form came back, the title begins with "Chyba: " */
	int           refresh_s;                 /* of a page about running work, for browsers without script */
	void         *frame;                     /* of the open page; page.c */
	Str           feed, feed_title;          /* Atom of what the page shows, for readers that look for one */
	Date          changed_on;                /* "Poslední změna" of the page's foot */
};

/* ---- reading what came ---- */

Str   arg(const Req *r, int i);                          /* text of the i-th brace */
MUST_USE Err arg_id(Req *r, int i, Id *ret);             /* "123" or "123-nazev"; else ERR_NOT_FOUND */
Str   query(const Req *r, const char *name);             /* trimmed; {0} when missing */
Strs  query_all(Req *r, const char *name);
Str   form(const Req *r, const char *name);              /* as typed, trimmed */
Strs  form_all(Req *r, const char *name);
bool  form_has(const Req *r, const char *name);
MUST_USE Err query_int(Req *r, const char *name, i64 standard, i64 least, i64 most, i64 *ret);   /* ERR_MALFORMED with a sentence */
MUST_USE Err query_date(Req *r, const char *name, Date standard, Date *ret);
/* ?ke-dni= and ?znalost=, default today and now. */
MUST_USE Err query_as_of(Req *r, AsOf *ret);
/* Fields of an entity's form into a row; the fields in `allowed` (NULL-terminated names) and no others; anything else in the body is
 * ERR_MALFORMED. All problems are in the Ctx, by field. */
MUST_USE Err form_read(Req *r, const Entity *e, const char *const *allowed, void *row);
/* The same refusal for a form that belongs to no entity. */
MUST_USE Err form_only(Req *r, const char *const *allowed);
const Upload *form_file(const Req *r, const char *name); /* NULL when none was chosen */

/* ---- answering ---- */

/* Opens the frame: skin, menu, crumbs, heading are in the template's hands from <main> on. */
Out  *page(Req *r, Str title);
void  crumb(Req *r, Str label, Str href);                /* before page(); "Úvod" and the page itself are added */
void  set_status(Req *r, int status);
/* 303 to an address of ours. */
Err   redirect(Req *r, const char *format, ...) PRINTF_LIKE(2, 3);
/* 303 to another server that the administrator has named. */
Err   redirect_out(Req *r, Str address);
/* Shown once on the next page of this session, first thing in <main>. */
void  notice(Req *r, const char *format, ...) PRINTF_LIKE(2, 3);
/* Send a document: type and name of a download; the caller writes r->out (or the spool of download_start). */
void  send_as(Req *r, Str type, Str file_name);
/* A Buf of the request's arena that spools to an unlinked file, for exports of any size; download_end attaches it to the answer. */
MUST_USE Err download_start(Req *r, Str type, Str file_name, Buf *out);
MUST_USE Err download_end(Req *r, Buf *out);
/* A stored file as it is, under its name, with the headers of files of users; `checked`: refused when its bytes are not those of its digest. */
MUST_USE Err send_file(Req *r, const StoredFile *f, bool checked);
JsonWriter   json_page(Req *r);                          /* starts a .json answer */

/* ---- addresses ---- */

/* This page's address with one parameter set, added or removed ({0} removes); paging falls away. */
Str   url_with(Req *r, const char *name, Str value);
bool  may_take_files(Req *r);                            /* this page in formats: links to them stand only where the reader may have them */
Str   url_with_format(Req *r, const char *suffix);       /* the same filters as .csv … */
Str   url_without(Req *r, const char *name, Str value);  /* one of several values */
Str   url_absolute(Req *r, Str path);                    /* from the configured origin */

#define VIEW_AS_END "/app/nahled/konec"      /* the one address that a person looking as somebody else may post to, beside signing out */

/* ---- forms ---- */

/* Token for the form that posts to `action`; hidden field "csrf". */
Str   csrf_token(Req *r, Str action);
/* Text of the first problem of a field, or {0}. */
Str   field_problem(const Req *r, const char *field);
bool  is_signed_in(const Req *r);

/* ---- the session's cookie ---- */

Str   session_cookie(const Req *r);                      /* the token that came */
void  session_cookie_set(Req *r, Str token);             /* {0} takes it away */
/* Another short-lived one of the same kind: out of reach of scripts, for this host only. {0} takes it away. */
Str   cookie_get(const Req *r, const char *name);
void  cookie_set(Req *r, const char *name, Str value, int seconds);

/* ---- the running web; app/serve.c sets it up ---- */

typedef struct Module Module;
typedef struct WebOptions {
	Db                  *db;
	const Module *const *modules;
	size_t               module_count;
	Str                  origin;             /* "http://127.0.0.1:8080" */
	u8                   secret[32];
	bool                 log;                /* one JSON line per request on stderr */
	bool                 demo;               /* „ukázková data“ on every page */
	const Auth          *auth;
	Instant            (*now)(void);         /* the clock; tests bring their own */
} WebOptions;
/* Collects the routes; ERR_INVALID with *why when one has no capability, names an unknown one, or two share an address. */
MUST_USE Err web_setup(Arena *a, const WebOptions *options, Str *why);
/* Once the port is known, before the first request: where nothing else was configured. */
void         web_set_origin(Str origin);
HttpHandler  web_handler(void);
const WebOptions *web_options(void);
/* The route that answers at a path, or NULL. */
const Route *web_route_of(Arena *a, int method, Str path);
/* Is there a page, and has the person the right to it? For links; whose row it is the page itself asks. */
bool         web_may_open(Req *r, Str path);
/* ---- metrics (metrics.c) ---- */

void         web_set_server(const HttpServer *s);        /* once it runs: its queues are part of the metrics */
/* Requests and durations in the text form of Prometheus. */
void         web_metrics_write(Buf *b);
void         metric_put(Buf *b, const char *name, const char *type, const char *help, i64 value);

/* The i-th route of all modules, NULL past the end; its module's name in *module (may be NULL). */
const Route *web_route(size_t i, const char **module);
