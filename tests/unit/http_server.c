/* A really started server and raw bytes: the traps of the library (TECH § 3) and the lanes. */
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/support/raw_http.h"

static Site site;

#define GET(target) "GET " target " HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define START(...) site_start(&site, (HttpOptions){.io_threads = 2, __VA_ARGS__})
#define STOP() site_stop(&site, 5)

static void sleep_ms(int ms) {
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static bool wait_for(_Atomic int *n, int want) {
	for (int i = 0; i < 500 && *n < want; i++)
		sleep_ms(10);
	return *n >= want;
}

/* ------------------------------------------------------------------- requests */

TEST("http server: a connection is kept for one request after another, inline and handed over") {
	START();
	Wire w = wire_open(site.port);
	for (int i = 0; i < 20; i++) {
		wire_lit(&w, GET("/light"));
		Answer a = wire_hear(&w);
		EQ_INT(a.status, 200);
		EQ_TEXT(a.body, "/light");
		wire_lit(&w, GET("/work"));
		EQ_TEXT(wire_hear(&w).body, "/work");
	}
	wire_close(&w);
	STOP();
	EQ_INT(site.handled, 40);
	EQ_INT(site.planned, 40);
	EQ_INT(site.logged, 40);
}

TEST("http server: pipelined requests are answered in their order") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, GET("/work?ms=50") GET("/light") "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: 3\r\n\r\na=1" GET("/hash"));
	EQ_TEXT(wire_hear(&w).body, "/work");
	EQ_TEXT(wire_hear(&w).body, "/light");
	EQ_TEXT(wire_hear(&w).body, "a=1\n");
	EQ_TEXT(wire_hear(&w).body, "/hash");
	wire_close(&w);
	STOP();
}

TEST("http server: HEAD gives the headers of GET and no body") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, "HEAD /light HTTP/1.1\r\nHost: localhost\r\n\r\n");
	Answer a = wire_hear_head(&w);
	EQ_INT(a.status, 200);
	EQ_STR(answer_header(&a, "Content-Length"), S("6"));
	wire_lit(&w, GET("/light"));
	EQ_TEXT(wire_hear(&w).body, "/light");   /* nothing came between */
	wire_close(&w);
	STOP();
}

TEST("http server: a request that comes byte by byte is one request") {
	START();
	Wire w = wire_open(site.port);
	Str s = S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\na=1&b=d%C3%A1");
	for (size_t i = 0; i < s.len; i++)
		EXPECT(wire_say(&w, str_of(s.ptr + i, 1)));
	wire_lit(&w, "");
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 400);                   /* the length cuts the code in half: never repaired */
	wire_close(&w);
	w = wire_open(site.port);
	s = S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\n\r\na=1&b=d%C3%A1");
	for (size_t i = 0; i < s.len; i++)
		EXPECT(wire_say(&w, str_of(s.ptr + i, 1)));
	EQ_TEXT(wire_hear(&w).body, "a=1\nb=dá\n");
	wire_close(&w);
	EQ_INT(site.handled, 1);
	STOP();
}

TEST("http server: a parameter without = is the empty text, and no header can be made of a value") {
	START();
	Answer a = ask_get(site.port, "/echo?q");
	EQ_TEXT(a.body, "found[]");
	a = ask_get(site.port, "/echo");
	EQ_TEXT(a.body, "missing[]");
	a = ask_get(site.port, "/echo?q=a%0D%0ASet-Cookie:x");
	EQ_INT(a.status, 200);
	EXPECT(str_empty(answer_header(&a, "Set-Cookie")));
	STOP();
}

TEST("http server: a chunked body is put together") {
	START();
	Answer a = ask(site.port, S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n4;x=y\r\n&b=2\r\n0\r\n\r\n"));
	EQ_TEXT(a.body, "a=1\nb=2\n");
	a = ask(site.port, S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
	EQ_INT(a.status, 400);
	STOP();
}

TEST("http server: other bodies come as bytes, an empty POST is no error") {
	START();
	Answer a = ask(site.port, S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
	EQ_TEXT(a.body, "body: {}\n");
	a = ask(site.port, S("POST /form HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	EQ_INT(a.status, 200);
	STOP();
}

TEST("http server: who waits for 100-continue gets it, or the refusal at once") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
	EQ_INT(wire_hear(&w).status, 100);
	wire_lit(&w, "ab");
	EQ_TEXT(wire_hear(&w).body, "body: ab\n");
	wire_close(&w);
	w = wire_open(site.port);
	wire_lit(&w, "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 70000\r\nExpect: 100-continue\r\n\r\n");
	EQ_INT(wire_hear(&w).status, 413);
	EXPECT(wire_ends(&w, 3000));
	wire_close(&w);
	STOP();
}

/* -------------------------------------------------------------------- answers */

TEST("http server: static bytes, counted bytes and files go out, and each is released once") {
	START();
	Str still = S("These bytes outlive the server.");
	EQ_STR(ask_get(site.port, "/static").body, still);
	EQ_STR(ask_get(site.port, "/counted").body, still);
	EQ_STR(ask_get(site.port, "/file").body, still);
	ask(site.port, S("HEAD /counted HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
	STOP();
	EQ_INT(site.released, 2);
}

TEST("http server: 204 and 304 have no body, and the connection goes on") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, GET("/none") GET("/same") GET("/light"));
	EQ_INT(wire_hear(&w).status, 204);
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 304);
	EQ_STR(answer_header(&a, "ETag"), S("\"7\""));
	EQ_TEXT(wire_hear(&w).body, "/light");
	wire_close(&w);
	STOP();
}

TEST("http server: text over 1 kB is compressed for who accepts it, and says that it varies") {
	START();
	Answer plain = ask_get(site.port, "/page");
	EXPECT(plain.body.len > 20000);
	EQ_STR(answer_header(&plain, "Vary"), S("Accept-Encoding"));
	EXPECT(str_empty(answer_header(&plain, "Content-Encoding")));
	Answer a = ask(site.port, S("GET /page HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br, gzip\r\n\r\n"));
	EQ_STR(answer_header(&a, "Content-Encoding"), S("gzip"));
	EXPECT(a.body.len < plain.body.len / 4);
	char *back = arena_alloc(t_arena, plain.body.len);
	z_stream z = {.next_in = (Bytef *)(uintptr_t)a.body.ptr, .avail_in = (uInt)a.body.len, .next_out = (Bytef *)back, .avail_out = (uInt)plain.body.len};
	EQ_INT(inflateInit2(&z, 16 + 15), Z_OK);
	EQ_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	EQ_STR(str_of(back, plain.body.len), plain.body);
	a = ask(site.port, S("GET /light HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"));
	EXPECT(str_empty(answer_header(&a, "Content-Encoding")));
	STOP();
}

/* ----------------------------------------------------------------------- lanes */

/* Sends `n` requests for `target`, each on its own connection, and counts the answers by status. */
static void ask_at_once(const char *target, int n, int *ok, int *busy) {
	Wire *w = NEW_ARRAY(t_arena, Wire, n);
	for (int i = 0; i < n; i++) {
		w[i] = wire_open(site.port);
		EXPECT(wire_say(&w[i], str_format(t_arena, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", target)));
	}
	*ok = *busy = 0;
	for (int i = 0; i < n; i++) {
		Answer a = wire_hear(&w[i]);
		*ok += a.status == 200;
		*busy += a.status == 503 && answer_header(&a, "Retry-After").len;
		wire_close(&w[i]);
	}
}

TEST("http server: a full queue gives 503 with Retry-After, and what was accepted is answered") {
	START(.workers = 1, .queue = 3);
	int ok, busy;
	ask_at_once("/work?ms=100", 12, &ok, &busy);
	EQ_INT(ok + busy, 12);
	EXPECT(ok >= 2 && ok <= 6);              /* the public gets half of the room */
	HttpCounters c;
	http_counters(site.server, &c);
	EQ_INT(c.refused_busy, busy);
	EQ_INT(ask_get(site.port, "/work").status, 200);
	STOP();
}

TEST("http server: at most two hash at once, a short queue waits, the rest hears 503") {
	START();
	int ok, busy;
	ask_at_once("/hash?ms=50", 30, &ok, &busy);
	EQ_INT(ok + busy, 30);
	EXPECT(ok >= 8 && busy > 0);
	EXPECT(site.most_running <= 2);
	EQ_INT(ask_get(site.port, "/light").status, 200);
	STOP();
}

TEST("http server: exports run two at once and queue") {
	START();
	int ok, busy;
	ask_at_once("/export?ms=30", 20, &ok, &busy);
	EQ_INT(ok, 20);
	EXPECT(site.most_running <= 2);
	STOP();
}

TEST("http server: a busy lane does not hold up light requests") {
	START(.workers = 2);
	Wire w = wire_open(site.port), v = wire_open(site.port);
	wire_lit(&w, GET("/work?ms=400"));
	wire_lit(&v, GET("/work?ms=400"));
	u64 before = now_ms();
	for (int i = 0; i < 20; i++)
		EQ_INT(ask_get(site.port, "/light").status, 200);
	EXPECT(now_ms() - before < 350);
	EQ_INT(wire_hear(&w).status, 200);
	EQ_INT(wire_hear(&v).status, 200);
	wire_close(&w);
	wire_close(&v);
	STOP();
}

TEST("http server: a handler that is late costs its client a 503, not the server") {
	START(.workers = 1);
	Wire w = wire_open(site.port), v = wire_open(site.port);
	wire_lit(&w, GET("/work?ms=2200&seconds=1"));      /* late while it runs */
	sleep_ms(50);
	wire_lit(&v, GET("/work?seconds=1"));              /* late while it waits */
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 503);
	EXPECT(answer_header(&a, "Retry-After").len > 0);
	EQ_INT(wire_hear(&v).status, 503);
	wire_lit(&w, GET("/light"));
	EQ_INT(wire_hear(&w).status, 200);                 /* the same connection goes on */
	EXPECT(wait_for(&site.late, 1));
	EQ_INT(ask_get(site.port, "/work").status, 200);
	EQ_INT(site.handled, 3);                           /* the one that waited was never run */
	wire_close(&w);
	wire_close(&v);
	STOP();
}

TEST("http server: a full arena is a 503 for this request and nothing for the next one") {
	START();
	for (int i = 0; i < 3; i++) {
		Answer a = ask_get(site.port, "/full");
		EQ_INT(a.status, 503);
		EQ_STR(answer_header(&a, "X-Error"), S("ERR_BUSY"));
		EXPECT(answer_header(&a, "Retry-After").len > 0);
		EXPECT(!str_has(a.body, S("must be given back")));
	}
	EQ_INT(ask_get(site.port, "/light").status, 200);
	STOP();
}

/* ------------------------------------------------------------------ start and stop */

TEST("http server: it stops with a request in a lane and answers it first") {
	START();
	Wire w = wire_open(site.port), idle = wire_open(site.port);
	wire_lit(&idle, GET("/light"));
	EQ_INT(wire_hear(&idle).status, 200);
	wire_lit(&w, GET("/work?ms=300"));
	sleep_ms(100);
	u64 before = now_ms();
	STOP();
	EXPECT(now_ms() - before < 2000);        /* the idle one did not hold it up */
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 200);
	EQ_STR(answer_header(&a, "Connection"), S("close"));
	EXPECT(wire_ends(&idle, 100));
	wire_close(&w);
	wire_close(&idle);
}

TEST("http server: a handler that outlives the stop costs its client a 503, and every thread says that it ends") {
	START(.workers = 3);
	Wire w = wire_open(site.port);
	wire_lit(&w, GET("/work?ms=1500"));
	EXPECT(wait_for(&site.handled, 1));
	site_stop(&site, 0);
	EQ_INT(wire_hear(&w).status, 503);
	wire_close(&w);
	EXPECT(site.threads_ended >= 3 + 2 + 2 + 1);       /* lanes, and the I/O thread that was used */
}

static void *hammer(void *arg) {
	Site *s = arg;
	for (int i = 0; i < 200; i++) {
		Wire w = wire_open(s->port);
		bool ok = wire_say(&w, S(GET("/light") GET("/work") GET("/light")));
		char waste[512];
		while (ok && recv(w.fd, waste, sizeof waste, 0) > 0) {
			if (i % 3)
				break;
			shutdown(w.fd, SHUT_WR);
		}
		wire_close(&w);
	}
	return NULL;
}

TEST("http server: it starts and stops many times, with requests on their way") {
	for (int i = 0; i < 10; i++) {
		START();
		Wire w[20];
		for (int k = 0; k < 20; k++) {
			w[k] = wire_open(site.port);
			wire_lit(&w[k], GET("/work") GET("/light") GET("/work"));
		}
		site_stop(&site, i % 2);
		for (int k = 0; k < 20; k++)
			wire_close(&w[k]);
	}
}

TEST("http server: clients that leave in the middle harm nobody") {
	START();
	pthread_t threads[4];
	for (int i = 0; i < 4; i++)
		EQ_INT(pthread_create(&threads[i], NULL, hammer, &site), 0);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < 50; i++) {           /* gone while a lane works for them */
		Wire w = wire_open(site.port);
		wire_lit(&w, GET("/work?ms=5"));
		shutdown(w.fd, i % 2 ? SHUT_RDWR : SHUT_WR);
		wire_close(&w);
	}
	EQ_INT(ask_get(site.port, "/work").status, 200);
	STOP();
	EQ_INT(site.counters.active, 0);
}

TEST("http server: counters add up") {
	START();
	for (int i = 0; i < 5; i++)
		ask_get(site.port, "/light");
	ask_get(site.port, "/no?status=404");
	ask_get(site.port, "/full");
	STOP();
	HttpCounters c = site.counters;
	EQ_INT(c.requests, 7);
	EQ_INT(c.active, 0);
	EQ_INT(c.by_class[2], 5);
	EQ_INT(c.by_class[4], 1);
	EQ_INT(c.by_class[5], 1);
	u64 timed = 0;
	for (size_t i = 0; i < LEN(c.microseconds); i++)
		timed += c.microseconds[i];
	EQ_INT(timed, 7);
	EQ_INT(site.logged, 7);
}
