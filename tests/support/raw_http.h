/* raw_http.h: a client that sends exactly the bytes that a test wants, and a site to send them to. */
#pragma once
#include <stdatomic.h>

#include "http/http.h"
#include "tests/test.h"

/* A site of small pages, started on a free port of the loopback.
 *   /light /work /hash /export    their lane's name; ?ms=N sleeps first
 *   /form /upload                 POST: what arrived, one line each
 *   /full                         asks for memory for ever
 *   /page                         30 kB of text/html
 *   /static /counted /file        the same bytes, from memory or from a descriptor
 *   /none /same                   204, 304, both with a body that must not go out
 *   /no?status=N                  refused by plan() with 401, 403, 404, 413 … */
typedef struct Site {
	HttpServer *server;
	int         port;
	Arena       arena;
	_Atomic int handled, planned, logged, threads_ended, released, late;
	_Atomic int running, most_running;
	_Atomic u64 resident;                    /* bytes, when /upload was handled */
	HttpCounters counters;                   /* after site_stop */
} Site;

void site_start(Site *s, HttpOptions o);
void site_stop(Site *s, int seconds);
u64  resident_bytes(void);

typedef struct Wire {
	int    fd;
	char  *got;                              /* not yet understood */
	size_t len, cap;
} Wire;

typedef struct Answer {
	int  status;                             /* 0: the connection ended before one was complete */
	Str  head, body;                         /* in t_arena */
} Answer;

Wire   wire_open(int port);
void   wire_close(Wire *w);
/* False when the other end has closed. */
bool   wire_say(Wire *w, Str bytes);
#define wire_lit(w, literal) EXPECT(wire_say((w), S(literal)))
Answer wire_hear(Wire *w);                   /* waits 10 s at most */
Answer wire_hear_head(Wire *w);              /* of a HEAD request */
/* The other end closes within `ms` and says nothing more. */
bool   wire_ends(Wire *w, int ms);
/* All that still comes until the other end closes. */
Str    wire_rest(Wire *w);
/* One request on a new connection. */
Answer ask(int port, Str bytes);
Answer ask_get(int port, const char *target);
Str    answer_header(const Answer *a, const char *name);      /* {0} when there is none */
u64    now_ms(void);
