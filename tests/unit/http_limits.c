/* What a client may not do to the server, on raw sockets: the table of SECURITY § 5, the limits of § 6, and where it listens. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/bad_requests.h"
#include "tests/support/raw_http.h"

static Site site;

#define GET(target) "GET " target " HTTP/1.1\r\nHost: localhost\r\n\r\n"
#define START(...) site_start(&site, (HttpOptions){.io_threads = 2, __VA_ARGS__})
#define STOP() site_stop(&site, 5)
#define POST(target, type, length) "POST " target " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " type "\r\nContent-Length: " length "\r\n\r\n"
#define FORM "application/x-www-form-urlencoded"

static void sleep_ms(int ms) {
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

/* ------------------------------------------------------------------------ the guard */

TEST("http limits: every violation gets one answer, then the connection ends and nothing behind it is heard") {
	START();
	for (size_t i = 0; i < LEN(bad_requests); i++) {
		const BadRequest *bad = &bad_requests[i];
		Wire w = wire_open(site.port);
		wire_say(&w, str_cat(t_arena, bad->bytes, S(GET("/light"))));
		Answer a = wire_hear(&w);
		if (bad->direct && (a.status != bad->direct || !str_eq(answer_header(&a, "Connection"), S("close"))))
			test_fail(__FILE__, __LINE__, "%s: %d", bad->what, a.status);
		if (!bad->direct && a.status >= 500 && a.status != 505)
			test_fail(__FILE__, __LINE__, "%s: %d", bad->what, a.status);
		if (bad->by_library)
			EXPECT(!str_has(wire_rest(&w), S(" 200 ")));
		else if (bad->direct && !wire_ends(&w, 3000))
			test_fail(__FILE__, __LINE__, "%s: something came after the answer", bad->what);
		wire_close(&w);
		EQ_INT(ask_get(site.port, "/light").status, 200);
	}
	STOP();
}

TEST("http limits: a long target is 414, a long head or many fields 431") {
	START();
	Buf b = {0};
	buf_lit(&b, "GET /");
	for (int i = 0; i < 8192; i++)
		buf_char(&b, 'a');
	buf_lit(&b, " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	EQ_INT(ask(site.port, buf_view(&b)).status, 414);
	b.len = 0;
	buf_lit(&b, "GET /light HTTP/1.1\r\nHost: localhost\r\nX: ");
	for (int i = 0; i < 15 * 1024; i++)
		buf_char(&b, 'a');
	size_t fits = b.len;
	buf_lit(&b, "\r\n\r\n");
	EQ_INT(ask(site.port, buf_view(&b)).status, 200);
	b.len = fits;
	for (int i = 0; i < 2000; i++)
		buf_char(&b, 'a');
	buf_lit(&b, "\r\n\r\n");
	EQ_INT(ask(site.port, buf_view(&b)).status, 431);
	for (int i = 0; i < 60000; i++)
		buf_char(&b, 'a');
	EQ_INT(ask(site.port, buf_view(&b)).status, 431);
	b.len = 0;
	buf_lit(&b, "GET /light HTTP/1.1\r\nHost: localhost\r\n");
	for (int i = 0; i < 100; i++)
		buf_lit(&b, "X: 1\r\n");
	buf_lit(&b, "\r\n");
	EQ_INT(ask(site.port, buf_view(&b)).status, 431);
	b.len = 0;
	buf_lit(&b, "GET /light?");
	for (int i = 0; i < 129; i++)
		buf_format(&b, "p%d&", i);
	buf_lit(&b, " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	EQ_INT(ask(site.port, buf_view(&b)).status, 400);
	buf_free(&b);
	STOP();
}

/* --------------------------------------------------------------------------- time */

/* Sends a byte every 100 ms; how long the server bears it, 10 s at most. */
static u64 dribble(Wire *w, int pause_ms, Str piece) {
	u64 start = now_ms();
	char c;
	while (now_ms() - start < 10000) {
		if (!wire_say(w, piece) || recv(w->fd, &c, 1, MSG_DONTWAIT) == 0)
			break;
		sleep_ms(pause_ms);
	}
	return now_ms() - start;
}

TEST("http limits: a head that comes too slowly ends the connection, the first one and a later one") {
	START(.header_seconds = 1, .idle_seconds = 2);
	Wire w = wire_open(site.port);
	wire_lit(&w, "GET /light HTTP/1.1\r\nX: ");
	u64 took = dribble(&w, 100, S("a"));
	EXPECT(took >= 500 && took < 3000);
	wire_close(&w);
	w = wire_open(site.port);
	wire_lit(&w, GET("/light"));
	EQ_INT(wire_hear(&w).status, 200);
	wire_lit(&w, "GET /li");
	took = dribble(&w, 100, S("g"));
	EXPECT(took >= 500 && took < 5000);
	wire_close(&w);
	STOP();
	EQ_INT(site.counters.active, 0);
}

TEST("http limits: an idle connection ends") {
	START(.idle_seconds = 1);
	Wire w = wire_open(site.port);
	wire_lit(&w, GET("/light"));
	EQ_INT(wire_hear(&w).status, 200);
	EXPECT(wire_ends(&w, 4000));
	wire_close(&w);
	STOP();
}

TEST("http limits: a body under 1 kB/s ends the connection, a steady one may take its time") {
	START(.body_seconds = 1);
	char piece[1000];
	memset(piece, 'a', sizeof piece);
	Wire slow = wire_open(site.port);
	wire_lit(&slow, POST("/form", "text/plain", "60000"));
	u64 took = dribble(&slow, 100, S("aaaaaaaaaa"));
	EXPECT(took >= 800 && took < 5000);
	wire_close(&slow);
	Wire steady = wire_open(site.port);
	wire_lit(&steady, POST("/form", "text/plain", "30000"));
	for (int i = 0; i < 30; i++) {
		EXPECT(wire_say(&steady, str_of(piece, sizeof piece)));
		sleep_ms(100);
	}
	EQ_INT(wire_hear(&steady).status, 200);
	wire_close(&steady);
	STOP();
}

TEST("http limits: 300 unfinished connections do not keep an ordinary request waiting") {
	START();
	enum { STUCK = 300 };
	Wire *w = NEW_ARRAY(t_arena, Wire, STUCK);
	for (int i = 0; i < STUCK; i++) {
		w[i] = wire_open(site.port);
		if (i % 3 == 1)
			wire_lit(&w[i], "GET /light HTTP/1.1\r\nHost: loc");
		else if (i % 3 == 2)
			wire_lit(&w[i], POST("/form", FORM, "1000") "a=");
	}
	u64 before = now_ms();
	for (int i = 0; i < 50; i++) {
		EQ_INT(ask_get(site.port, "/light").status, 200);
		EQ_INT(ask_get(site.port, "/work").status, 200);
	}
	EXPECT(now_ms() - before < 100 * 50);    /* 50 ms each, under a sanitizer */
	for (int i = 0; i < STUCK; i++)
		wire_close(&w[i]);
	STOP();
	EQ_INT(site.counters.active, 0);
}

/* ------------------------------------------------------------------------- bodies */

TEST("http limits: a body that is declared too large is refused at its head, also to a client that goes on sending") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, POST("/form", FORM, "2000000"));
	char *much = arena_alloc(t_arena, 2000000);
	wire_say(&w, str_of(much, 2000000));     /* may be cut short, the answer must not */
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 413);
	EQ_STR(answer_header(&a, "Connection"), S("close"));
	wire_close(&w);
	EQ_INT(site.handled, 0);
	STOP();
}

TEST("http limits: a body of 10 MB is refused when nothing of it has come yet") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, POST("/form", FORM, "10485760"));
	EQ_INT(wire_hear(&w).status, 413);
	EXPECT(wire_ends(&w, 3000));
	wire_close(&w);
	EQ_INT(site.handled, 0);
	STOP();
}

TEST("http limits: a chunked body is refused at the byte that is too much") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: " FORM "\r\nTransfer-Encoding: chunked\r\n\r\n");
	char *piece = arena_alloc(t_arena, 4096);
	memset(piece, 'a', 4096);
	for (int i = 0; i < 40; i++)
		if (!wire_say(&w, S("1000\r\n")) || !wire_say(&w, str_of(piece, 4096)) || !wire_say(&w, S("\r\n")))
			break;
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 413);
	EQ_STR(answer_header(&a, "X-Error"), S("ERR_TOO_LARGE"));
	EXPECT(wire_ends(&w, 3000));
	wire_close(&w);
	STOP();
	EQ_INT(site.counters.by_class[4], 1);
	EQ_INT(site.counters.active, 0);
}

TEST("http limits: too many fields, or a field that does not decode, are a 400") {
	START();
	Buf b = {0};
	for (int i = 0; i <= 1000; i++)
		buf_format(&b, "%d&", i);
	Str body = str_dup(t_arena, buf_view(&b));
	EQ_INT(ask(site.port, str_format(t_arena, "POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: " FORM "\r\nContent-Length: %zu\r\n\r\n%.*s",
		body.len, STR_ARG(body))).status, 400);
	buf_free(&b);
	EQ_INT(ask(site.port, S(POST("/form", FORM, "5") "a=%00")).status, 400);
	EQ_INT(ask(site.port, S(POST("/form", FORM, "5") "a=%ff")).status, 400);
	EQ_INT(ask(site.port, S(POST("/form", "multipart/form-data", "5") "a=%ff")).status, 400);
	EQ_INT(site.handled, 0);
	STOP();
}

TEST("http limits: a refusal by plan() lets the connection go on when the body is small, and ends it when it is large") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, GET("/no?status=404"));
	EQ_INT(wire_hear(&w).status, 404);
	wire_lit(&w, POST("/no?status=401", FORM, "3") "a=1" GET("/light"));
	EQ_INT(wire_hear(&w).status, 401);
	EQ_TEXT(wire_hear(&w).body, "/light");
	wire_lit(&w, POST("/no?status=403", FORM, "1000000"));
	EQ_INT(wire_hear(&w).status, 403);
	EXPECT(wire_ends(&w, 3000));
	wire_close(&w);
	EQ_INT(site.handled, 1);
	STOP();
}

#define PART "--XyZ\r\nContent-Disposition: form-data; name=\"soubor\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"
#define LAST "\r\n--XyZ--\r\n"

static void upload(Wire *w, size_t size, Answer *ret) {
	enum { PIECE = 1 << 16 };
	char *piece = arena_alloc(t_arena, PIECE);
	memset(piece, 1, PIECE);
	EXPECT(wire_say(w, str_format(t_arena, "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=XyZ\r\n"
		"Content-Length: %zu\r\n\r\n" PART, sizeof PART - 1 + size + sizeof LAST - 1)));
	for (size_t left = size; left; left -= left < PIECE ? left : PIECE)
		EXPECT(wire_say(w, str_of(piece, left < PIECE ? left : PIECE)));
	wire_lit(w, LAST);
	*ret = wire_hear(w);
}

TEST("http limits: a small upload stays in memory, a large one goes to a file and takes flat memory") {
	START();
	Wire w = wire_open(site.port);
	Answer a;
	upload(&w, 1000, &a);
	EQ_TEXT(a.body, "soubor: a.bin (application/octet-stream), 1000 bytes in memory, sum 1000\n");
	upload(&w, 1 << 20, &a);
	u64 before = site.resident;
	upload(&w, 96 << 20, &a);
	EQ_TEXT(a.body, "soubor: a.bin (application/octet-stream), 100663296 bytes in a file, sum 100663296\n");
	EXPECT(site.resident < before + (8 << 20));
	wire_close(&w);
	STOP();
}

TEST("http limits: a broken multipart body is refused while it comes") {
	START();
	Wire w = wire_open(site.port);
	wire_lit(&w, POST("/upload", "multipart/form-data; boundary=XyZ", "100000000") "--Wrong");
	Answer a = wire_hear(&w);
	EQ_INT(a.status, 400);
	EXPECT(wire_ends(&w, 3000));
	wire_close(&w);
	EQ_INT(ask(site.port, S(POST("/form", "multipart/form-data; boundary=XyZ", "146") PART "x" LAST "         ")).status, 400);      /* no files there */
	STOP();
}

TEST("http limits: an upload that has nowhere to go is 507") {
	START(.temporary = S("/nowhere"));
	Wire w = wire_open(site.port);
	Answer a;
	wire_lit(&w, POST("/upload", "multipart/form-data; boundary=XyZ", "1000000") PART);
	char *much = arena_alloc(t_arena, 400000);
	wire_say(&w, str_of(much, 400000));
	a = wire_hear(&w);
	EQ_INT(a.status, 507);
	wire_close(&w);
	STOP();
}

/* ---------------------------------------------------------------------- addresses */

static Err start(Str listen, bool behind_proxy, Str proxy) {
	Arena a = {0};
	HttpServer *s;
	Str why = {0};
	HttpHandler h = {0};
	Err e = http_start(&a, (HttpOptions){.listen = listen, .behind_proxy = behind_proxy, .proxy = proxy}, h, &s, &why);
	if (e == OK)
		http_stop(s, 0);
	else
		EXPECT(why.len > 0);
	arena_free(&a);
	return e;
}

TEST("http limits: it listens beyond loopback only behind a proxy") {
	EQ_INT(start(S("0.0.0.0:0"), false, (Str){0}), ERR_FORBIDDEN);
	EQ_INT(start(S("[::]:0"), false, (Str){0}), ERR_FORBIDDEN);
	EQ_INT(start(S("192.0.2.1:8080"), false, (Str){0}), ERR_FORBIDDEN);
	EQ_INT(start(S("127.0.0.1:0"), false, (Str){0}), OK);
	EQ_INT(start(S("localhost:0"), false, (Str){0}), OK);
	EQ_INT(start(S("127.0.0.1:0"), true, S("127.0.0.1")), OK);
}

TEST("http limits: an address that is none, or that is taken, is refused with a sentence") {
	EQ_INT(start(S(""), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("8080"), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("127.0.0.1"), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("127.0.0.1:99999"), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("sitovka.example:80"), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("unix:"), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("fd:77"), false, (Str){0}), ERR_INVALID);
	EQ_INT(start(S("127.0.0.1:0"), true, S("proxy")), ERR_INVALID);
	START();
	EQ_INT(start(str_format(t_arena, "127.0.0.1:%d", site.port), false, (Str){0}), ERR_CONFLICT);
	STOP();
}

TEST("http limits: the client's address is the proxy's last hop, and only when the proxy says it") {
	START(.behind_proxy = true, .proxy = S("127.0.0.1"));
	EQ_TEXT(ask_get(site.port, "/who").body, "127.0.0.1 127.0.0.1");
	EQ_TEXT(ask(site.port, S("GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.0.0.1, 192.0.2.7\r\n\r\n")).body, "127.0.0.1 192.0.2.7");
	EQ_TEXT(ask(site.port, S("GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 2001:DB8::1\r\n\r\n")).body, "127.0.0.1 2001:db8::1");
	EQ_TEXT(ask(site.port, S("GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: <script>\r\n\r\n")).body, "127.0.0.1 127.0.0.1");
	STOP();
	START(.behind_proxy = true, .proxy = S("192.0.2.1"));
	EQ_TEXT(ask(site.port, S("GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n")).body, "127.0.0.1 127.0.0.1");
	STOP();
}

TEST("http limits: it answers to its configured names only") {
	START(.hosts = S("sitovka.example, Druhe.example"));
	EQ_INT(ask(site.port, S("GET /light HTTP/1.1\r\nHost: druhe.example:443\r\n\r\n")).status, 200);
	EQ_INT(ask(site.port, S("GET /light HTTP/1.1\r\nHost: localhost\r\n\r\n")).status, 400);
	STOP();
}

TEST("http limits: it speaks on a unix socket, mends a stale one, and removes it at the end") {
	Str path = str_format(t_arena, "/tmp/sitovka-test-%d.sock", (int)getpid());
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	memcpy(to.sun_path, path.ptr, path.len);
	int stale = socket(AF_UNIX, SOCK_STREAM, 0);
	EQ_INT(bind(stale, (struct sockaddr *)&to, sizeof to), 0);
	close(stale);
	START(.listen = str_cat(t_arena, S("unix:"), path), .behind_proxy = true);
	Wire w = {.fd = socket(AF_UNIX, SOCK_STREAM, 0)};
	EQ_INT(connect(w.fd, (struct sockaddr *)&to, sizeof to), 0);
	wire_lit(&w, "GET /who HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
	EQ_TEXT(wire_hear(&w).body, "unix 192.0.2.7");
	wire_close(&w);
	EQ_INT(start(str_cat(t_arena, S("unix:"), path), false, (Str){0}), ERR_CONFLICT);      /* in use: not taken away */
	STOP();
	EQ_INT(access(to.sun_path, F_OK), -1);
}

TEST("http limits: it takes a listening socket that a supervisor opened") {
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	EQ_INT(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
	START(.listen = str_format(t_arena, "fd:%d", fd));
	EXPECT(site.port > 0);
	EQ_INT(ask_get(site.port, "/light").status, 200);
	STOP();
}

/* --------------------------------------------------------------------------- soak */

#define S_(literal) {literal, sizeof(literal) - 1}
static _Atomic bool soaking;

static void *abort_clients(void *arg) {
	unsigned seed = (unsigned)(uintptr_t)arg;
	static const Str what[] = {
		S_(GET("/work?ms=2")), S_(GET("/light") GET("/work") GET("/page")), S_(GET("/hash?ms=3")), S_("GET /light HTTP/1.1\r\nHo"),
		S_(POST("/form", FORM, "100") "a=1"), S_(POST("/upload", "multipart/form-data; boundary=XyZ", "500000") PART "x"),
		S_(GET("/full")), S_("GET /\x01 HTTP/1.1\r\n\r\n"), S_(POST("/form", FORM, "900000") "a"), S_(GET("/counted") GET("/file")),
	};
	while (soaking) {
		Wire w = wire_open(site.port);
		wire_say(&w, what[(size_t)rand_r(&seed) % LEN(what)]);
		int how = rand_r(&seed) % 4;
		char c[64];
		if (how == 1)
			recv(w.fd, c, sizeof c, 0);
		else if (how == 2)
			shutdown(w.fd, SHUT_RDWR);
		else if (how == 3)
			setsockopt(w.fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));      /* a reset */
		wire_close(&w);
	}
	return NULL;
}

static int open_files(void) {
	int n = 0;
	for (int fd = 0; fd < 4096; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* SOAK_SECONDS=600 for the long one. */
TEST("http limits: a soak with aborting clients leaves nothing behind") {
	const char *seconds = getenv("SOAK_SECONDS");
	u64 until = now_ms() + 1000 * (u64)(seconds ? strtol(seconds, NULL, 10) : 1);
	int files = open_files();
	START(.body_seconds = 1, .header_seconds = 1, .idle_seconds = 2);
	soaking = true;
	pthread_t threads[6];
	for (uintptr_t i = 0; i < 6; i++)
		EQ_INT(pthread_create(&threads[i], NULL, abort_clients, (void *)(i + 1)), 0);
	int good = 0;
	for (; now_ms() < until; good++) {
		EQ_INT(ask_get(site.port, "/light").status, 200);
		arena_free(t_arena);
	}
	soaking = false;
	for (int i = 0; i < 6; i++)
		pthread_join(threads[i], NULL);
	STOP();
	EXPECT(good > 0);
	EQ_INT(site.counters.active, 0);
	EQ_INT(open_files(), files);
}
