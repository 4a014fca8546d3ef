/* http.h: a request as handlers see it, an answer as they make it, and the server between. server.c alone knows the library.
 *
 * Everything in a request has passed the guard (SECURITY § 5): one Host, a path and parameters that decoded strictly, no
 * control characters. Texts live as long as the request's arena. */
#pragma once
#include "base/buf.h"
#include "base/err.h"

typedef enum Method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER } Method;

typedef struct Param {
	Str name, value;
} Param;

typedef struct Params {
	Param *at;
	size_t len, cap;
} Params;

/* A file of a multipart form. Small ones are in memory, larger ones in an unlinked temporary file. */
typedef struct Upload {
	Str    field, file_name, type;           /* as the client says: data, never a path */
	Str    bytes;                            /* when it is in memory */
	int    fd;                               /* else positioned at 0; -1 = in memory */
	u64    size;
} Upload;

typedef struct Uploads {
	Upload *at;
	size_t  len, cap;
} Uploads;

typedef struct HttpRequest {
	Arena  *arena;
	u64     number;                          /* of this process, for the log */
	Method  method;
	Str     method_name;
	Str     target;                          /* as sent: /katalog?q=d%C3%A1m */
	Str     path;                            /* decoded, starts with "/", no "//", no "." or ".." segment */
	Str     query_raw;
	Params  query;
	Params  headers;                         /* names in lower case */
	Params  cookies;
	Params  form;                            /* of a POST, urlencoded or multipart; filled before handle() */
	Uploads uploads;
	Str     body;                            /* of a POST of another type, within the plan's limit */
	Str     peer;                            /* address of the other end */
	Str     client;                          /* the same, or from X-Forwarded-For when the peer is the configured proxy */
	bool    over_https;                      /* as the configured origin says */
	u64     deadline;                        /* monotonic microseconds; the client has a 503 after it, so expensive steps may look (http_is_late) */
	void   *plan_data;                       /* what plan() found, for handle(); NULL when the server refused before plan() */
} HttpRequest;

/* The handler's time is over: nobody waits for the answer any more. */
bool http_is_late(const HttpRequest *r);

/* First value of a name; {0} with found = false when it is missing. Doubles were refused already. */
Str  http_param(const Params *list, Str name, bool *found);
Str  http_header(const HttpRequest *r, const char *lower_name);
Str  http_cookie(const HttpRequest *r, const char *name);

typedef struct HttpResponse {
	int    status;                           /* 200 unless set */
	Params headers;                          /* added by http_set_header */
	Buf    body;
	int    file;                             /* instead of body: a file descriptor that the server closes; -1 = none */
	u64    file_size;
	Str    static_bytes;                     /* instead of body: memory that outlives the server (assets, cached pages) */
	void  *release_arg;                      /* if static_bytes is counted: called when it has been sent */
	void (*release)(void *arg);
	bool   close;                            /* end the connection after it */
	bool   compressed;                       /* body is gzip already */
} HttpResponse;

/* Replaces a header of the same name, but Set-Cookie is added. Control characters in a value become blanks: no value can
 * begin a new header. */
void http_set_header(HttpRequest *r, HttpResponse *w, const char *name, Str value);

/* Where a request is handled. */
typedef enum Lane {
	LANE_LIGHT,                              /* on the I/O thread */
	LANE_WORK,                               /* a worker */
	LANE_HASH,                               /* at most two at once, then 503 */
	LANE_EXPORT,                             /* at most two at once, the rest queues */
	LANE_OUT,                                /* waits for another server: at most two at once, the rest queues */
} Lane;

typedef struct HttpPlan {
	Err    refuse;                           /* not OK: answer at once through on_refuse, the body is not read */
	Lane   lane;
	bool   is_person;                        /* somebody who is signed in: served while the public is asked to come later */
	u64    body_limit;                       /* bytes; 0 = 64 kB */
	size_t field_limit;                      /* 0 = 1 000 */
	bool   uploads;                          /* multipart files are allowed */
	int    seconds;                          /* handler deadline; 0 = 5 */
} HttpPlan;

/* The three calls that the server makes. `plan` runs on the I/O thread when the head is complete and must be quick;
 * `handle` in the lane; `refuse` writes the page of an error that the server itself found (413, 414, 400, 503 …): `why` is a whole Czech
 * sentence. All may run in many threads at once.
 *
 * In `refuse`, w->status holds the exact status already and the server restores it afterwards (414 and 431 have no Err of
 * their own). Before plan() was asked, r->path, query and headers may be empty.
 * When the arena is full, control jumps out of `handle` and the client gets 503: CLEANUP does not run on the way. A
 * handler that holds more than memory (a transaction, a lock) sets r->arena->on_full for itself.
 * `log` comes when the answer has left, on an I/O thread, as do the arena's defers; w->status is 0 when the client left
 * before there was one. Microseconds count from the complete request to the ready answer. */
typedef struct HttpHandler {
	HttpPlan (*plan)(void *app, HttpRequest *r);
	void     (*handle)(void *app, HttpRequest *r, HttpResponse *w);
	void     (*refuse)(void *app, HttpRequest *r, HttpResponse *w, Err e, Str why);
	void     (*log)(void *app, const HttpRequest *r, const HttpResponse *w, u64 bytes, u64 microseconds);   /* may be NULL */
	void     (*thread_end)(void *app);       /* a worker or I/O thread ends: give back what is its own; may be NULL */
	void    *app;
} HttpHandler;

typedef struct HttpOptions {
	Str   listen;                            /* "127.0.0.1:8080", "[::1]:8080", "unix:/run/sitovka.sock", "fd:3" (handed over by a supervisor) */
	Str   hosts;                             /* configured host names, comma-separated; empty = the listening address and localhost */
	Str   proxy;                             /* address of the reverse proxy; empty = spoken to directly */
	bool  behind_proxy;                      /* must be true to listen beyond loopback */
	Str   temporary;                         /* folder for spooled uploads */
	int   io_threads, workers, queue;        /* 0 = cores (2 at least), cores + 2, 256 */
	u64   arena_limit;                       /* per request; 0 = 8 MB */
	bool  https;                             /* the configured origin is https: becomes over_https of requests */
	int   header_seconds, body_seconds, idle_seconds;   /* 0 = 10, 30, 15 */
} HttpOptions;

typedef struct HttpServer HttpServer;

/* Starts listening. *why gets a Czech sentence on an error. Port 0 takes a free one: http_port tells. `a` outlives the server.
 * SIGPIPE: main ignores it first thing, for all libraries; the server ignores it again. */
MUST_USE Err http_start(Arena *a, HttpOptions options, HttpHandler handler, HttpServer **ret, Str *why);
int          http_port(const HttpServer *s);
/* The thread that lets connections in has looked around within the last ten seconds. */
bool         http_is_well(HttpServer *s);
/* Graceful: no new connections, what runs may finish (<= seconds), then everything ends. Safe from the main thread only.
 * A handler that is still running then cannot be taken down; its client gets 503 and we wait for its own limits to end it. */
void         http_stop(HttpServer *s, int seconds);

typedef struct HttpCounters {
	u64 requests, active, queued, refused_busy;
	u64 by_class[6];                         /* 1xx .. 5xx at [1]..[5] */
	u64 microseconds[24];                    /* histogram: [i] counts requests that took < 2^i µs and >= 2^(i-1) */
} HttpCounters;
void http_counters(HttpServer *s, HttpCounters *ret);

/* ---- pure parts, each fuzzed ---- */

/* Percent-decoding, strict: bad %zz, %00, invalid UTF-8 and control characters (but TAB CR LF when `lines`) are refused.
 * In a query or form `+` is a blank. *ret may point into `raw`. */
bool http_decode(Arena *a, Str raw, bool plus, bool lines, Str *ret);
/* The path of a target: decoded, normal. False with *why (a Czech sentence) for "//", "." and "..", %2F, absolute form, and what
 * http_decode refuses. */
bool http_read_path(Arena *a, Str target, Str *path, Str *query_raw, const char **why);
/* a=1&b=2. A name without "=" has the empty value. More than `limit` pairs: false. Doubles are kept (see http_find_double). */
bool http_read_query(Arena *a, Str raw, size_t limit, Params *ret, const char **why);
bool http_read_cookies(Arena *a, Str header, Params *ret);
/* multipart/form-data wholly in memory: fields and files. A file field that was left empty is not listed. */
bool http_read_multipart(Arena *a, Str content_type, Str body, size_t limit, Params *fields, Uploads *files, const char **why);
/* Name that stands twice, or {0}. `lists` are names that may. */
Str  http_find_double(const Params *list, const Strs *lists);
/* If-None-Match against an ETag with quotes. */
bool http_etag_matches(Str if_none_match, Str etag);
/* Does Accept-Encoding allow gzip (or br)? */
bool http_accepts(Str accept_encoding, Str coding);
/* Date of HTTP headers: Sun, 06 Nov 1994 08:49:37 GMT. */
#define HTTP_DATE_LEN 29
Str  http_date(i64 unix_seconds, char to[HTTP_DATE_LEN]);
/* Content-Disposition value with both forms of a name: attachment; filename="…"; filename*=UTF-8''… */
Str  http_attachment(Arena *a, Str file_name);
/* gzip of memory; {0} when it does not get smaller. */
Str  http_gzip(Arena *a, Str bytes, int level);
