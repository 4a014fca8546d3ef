/* robust_malformed.c: broken requests by the ten thousand, each from its number alone. One answer at most to each, never a mistake of the server,
 * and every five hundredth time a sound request that must be served as if nothing had happened. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/proofs/robust.h"

enum { THREADS = 4, MOST = 40000 };
#define SMUGGLED "GET /podstrceno HTTP/1.1\r\nHost: localhost\r\n\r\n"

typedef struct Maker {
	Buf  out;
	u64  luck;
	Str  host;
} Maker;

static u64 pick(Maker *m, u64 n) { return next_luck(&m->luck) % n; }
#define ONE_OF(m, list) ((list)[pick((m), LEN(list))])

static void start(Maker *m, const char *method, const char *target) {
	buf_format(&m->out, "%s %s HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n", method, target, STR_ARG(m->host));
}
static void head(Maker *m, const char *method, const char *target, const char *more) {
	start(m, method, target);
	buf_format(&m->out, "%s\r\n", more);
}
static void some_bytes(Maker *m, size_t n, u8 from, u8 to) {
	for (size_t i = 0; i < n; i++)
		buf_char(&m->out, (char)(from + pick(m, (u64)(to - from) + 1)));
}

/* ---- kinds of damage ---- */

static void control_in_target(Maker *m) {
	static const char bad[] = {1, 2, 7, 8, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F};
	buf_format(&m->out, "GET /kat%calog%llu HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n\r\n", ONE_OF(m, bad), (unsigned long long)pick(m, 1000), STR_ARG(m->host));
}
static void bad_code(Maker *m) {
	static const char *const bad[] = {"/%zz", "/%", "/%4", "/%G0", "/katalog?q=%zz", "/katalog?q=%", "/katalog?%1=1", "/%%41", "/a%2", "/katalog?q=1&b=%-1"};
	head(m, "GET", ONE_OF(m, bad), "");
}
static void nul_code(Maker *m) {
	static const char *const bad[] = {"/%00", "/katalog%00.css", "/katalog?q=%00", "/s/%00", "/katalog?%00=1", "/uzemi/%00%00"};
	head(m, "GET", ONE_OF(m, bad), "");
}
static void bad_utf8(Maker *m) {
	static const char *const bad[] = {"%ff", "%c0%af", "%c0%80", "%ed%a0%80", "%f5%80%80%80", "%e2%82", "%80", "%fe", "%f0%80%80%af", "%c3%28"};
	char target[100];
	snprintf(target, sizeof target, pick(m, 2) ? "/%s%llu" : "/katalog?q=%s%llu", ONE_OF(m, bad), (unsigned long long)pick(m, 100));
	head(m, "GET", target, "");
}
static void raw_bytes_in_target(Maker *m) {
	buf_lit(&m->out, "GET /k");
	some_bytes(m, 1 + pick(m, 20), 0xF8, 0xFF);
	buf_format(&m->out, " HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n\r\n", STR_ARG(m->host));
}
static void odd_path(Maker *m) {
	static const char *const bad[] = {"/../etc/passwd", "/a/../b", "/a/./b", "/a/%2e%2e/b", "/%2e/", "//katalog", "/katalog//", "/a%2fb", "/s/..%2f..%2fx", "/a/..", "/.",
	                                  "/%2e%2e%2f%2e%2e", "/a/%2E%2E/%2E%2E/x"};
	head(m, "GET", ONE_OF(m, bad), "");
}
static void control_in_header(Maker *m) {
	static const char bad[] = {1, 2, 7, 8, 0x0B, 0x1B, 0x7F};
	start(m, "GET", "/katalog");
	buf_format(&m->out, "X-A: b%cc\r\n\r\n", ONE_OF(m, bad));
}
static void bad_text_in_header(Maker *m) {
	static const char *const names[] = {"User-Agent", "Cookie", "Referer", "Accept-Language", "If-None-Match"};
	start(m, "GET", "/katalog");
	buf_format(&m->out, "%s: x", ONE_OF(m, names));
	some_bytes(m, 1 + pick(m, 30), 0xF8, 0xFF);
	buf_lit(&m->out, "\r\n\r\n");
}
static void two_lengths(Maker *m) {
	static const char *const bad[] = {"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
		"Content-Length: 1\r\nContent-Length: 47\r\n", "Content-Length: 0\r\ncontent-length: 47\r\n", "Content-Length: 47\r\nContent-Length: 0\r\n",
		"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n"};
	head(m, "POST", "/prihlaseni", ONE_OF(m, bad));
	buf_lit(&m->out, "0\r\n\r\n" SMUGGLED);
}
static void odd_encoding(Maker *m) {
	static const char *const bad[] = {"xchunked", "gzip, chunked", "chunked, chunked", "chunked, identity", "chunked;q=1", "\"chunked\"", "chun ked", "cow", "chunked x", ", chunked"};
	char line[100];
	snprintf(line, sizeof line, "Transfer-Encoding: %s\r\n", ONE_OF(m, bad));
	head(m, "POST", "/prihlaseni", line);
	buf_lit(&m->out, "0\r\n\r\n" SMUGGLED);
}
static void odd_length(Maker *m) {
	static const char *const bad[] = {"+1", "-1", "0x10", "1,1", "1 1", "1e3", "99999999999999999999999", "18446744073709551616", "a", "1;1", "1.0", "-18446744073709551615"};
	char line[100];
	snprintf(line, sizeof line, "Content-Length: %s\r\n", ONE_OF(m, bad));
	head(m, "POST", "/prihlaseni", line);
	buf_lit(&m->out, "a" SMUGGLED);
}
static void broken_chunks(Maker *m) {
	static const char *const bad[] = {"xx\r\nab\r\n0\r\n\r\n", "-1\r\na\r\n", "ffffffffffffffffffffff\r\na", "5 5\r\nabcde\r\n", "0x5\r\nabcde\r\n0\r\n\r\n", "5\r\nabcdefgh\r\n0\r\n\r\n", "+5\r\nabcde\r\n0\r\n\r\n", "g\r\n\r\n"};
	head(m, "POST", "/prihlaseni", "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n");
	buf_str(&m->out, str_c(ONE_OF(m, bad)));
}
static void body_of_get(Maker *m) {
	char line[60];
	snprintf(line, sizeof line, "Content-Length: %zu\r\n", sizeof SMUGGLED - 1);
	head(m, "GET", "/katalog", line);
	buf_lit(&m->out, SMUGGLED);
}
static void odd_host(Maker *m) {
	static const char *const bad[] = {"", "Host: \r\n", "Host: a b\r\n", "Host: jinde.example\r\n", "Host: localhost@jinde.example\r\n", "Host: localhost:99999\r\n", "Host: localhost:x\r\n", "Host: [::1\r\n",
		"Host: localhost\r\nHost: localhost\r\n", "Host: localhost/a\r\n", "Host: \xff\r\n", "Host: localhost, localhost\r\n", "Host: 127.0.0.1.\r\nHost: x\r\n"};
	buf_format(&m->out, "GET /katalog HTTP/1.1\r\n%sConnection: close\r\n\r\n", ONE_OF(m, bad));
}
static void odd_version(Maker *m) {
	static const char *const bad[] = {"HTTP/1.7", "HTTP/2.0", "HTTP/0.9", "HTP/1.1", "HTTP/1.1x", "http/1.1", "HTTP/11", "HTTP/1", "HTTP/-1.1", "HTTP/1.1.1", "HTTP/9.9", "X"};
	buf_format(&m->out, "GET /katalog %s\r\nHost: %.*s\r\nConnection: close\r\n\r\n", ONE_OF(m, bad), STR_ARG(m->host));
}
static void odd_method(Maker *m) {
	static const char *const bad[] = {"G(T", "GET\x01", "BREW", "TRACE", "CONNECT", "PATCH", "DELETE", "get", "GE\xffT", "\x7f", "PROPFIND", "PUT", "G T", "OPTIONS"};
	head(m, ONE_OF(m, bad), "/katalog", "");
}
static void odd_target(Maker *m) {
	static const char *const bad[] = {"katalog", "*", "http://", "http:/katalog", "?q=1", "\\katalog", "a:b", ":80", "jinde.example:443", "ftp://localhost/"};
	head(m, "GET", ONE_OF(m, bad), "");
}
static void too_long(Maker *m) {
	size_t n = 9000 + pick(m, 20000);
	switch (pick(m, 3)) {
	case 0:
		buf_lit(&m->out, "GET /");
		some_bytes(m, n, 'a', 'z');
		buf_format(&m->out, " HTTP/1.1\r\nHost: %.*s\r\n\r\n", STR_ARG(m->host));
		return;
	case 1:
		start(m, "GET", "/katalog");
		buf_lit(&m->out, "X-A: ");
		some_bytes(m, n + 9000, 'a', 'z');
		buf_lit(&m->out, "\r\n\r\n");
		return;
	default:
		start(m, "GET", "/katalog");
		for (u64 i = 0, many = 110 + pick(m, 200); i < many; i++)
			buf_format(&m->out, "X-%llu: %llu\r\n", (unsigned long long)i, (unsigned long long)pick(m, 1000));
		buf_lit(&m->out, "\r\n");
	}
}
static void garbage(Maker *m) {
	some_bytes(m, 1, 0x80, 0xFF);
	some_bytes(m, 20 + pick(m, 300), 0, 0xFF);
	buf_lit(&m->out, "\r\n\r\n");
}
static void other_protocol(Maker *m) {
	static const struct { const char *bytes; size_t n; } bad[] = {
#define BYTES(x) {x, sizeof x - 1}
		BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" "abcdefghijklmnopqrstuvwxyz012345\r\n\r\n"), BYTES("SSH-2.0-OpenSSH_9.2\r\n\r\n"), BYTES("EHLO x\r\nMAIL FROM:<a@b>\r\n\r\n"),
		BYTES("\x00\x00\x00\x08\x04\xd2\x16\x2f\r\n\r\n"), BYTES("*1\r\n$4\r\nPING\r\n\r\n"), BYTES("\x05\x01\x00\r\n\r\n"), BYTES("{\"a\":1}\r\n\r\n"), BYTES("<?xml version='1.0'?>\r\n\r\n"),
	};
	size_t i = pick(m, LEN(bad));
	buf_put(&m->out, bad[i].bytes, bad[i].n);
}
static void no_colon(Maker *m) {
	static const char *const bad[] = {"broken", "X A: b", ": b", "X-A : b", "\x01: b", "X(A): b", "=: 1"};
	start(m, "GET", "/neni");
	buf_format(&m->out, "%s\r\n\r\n", ONE_OF(m, bad));
}
static void odd_lines(Maker *m) {
	static const char *const bad[] = {"GET /neni HTTP/1.1\nHost: localhost\nConnection: close\n\n", "GET /neni HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\nConnection: close\r\n\r\n",
		"GET /neni HTTP/1.1\r\nHost: localhost\r\nX: a\rb\r\nConnection: close\r\n\r\n", "\r\n\r\n\r\nGET /neni HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
		"GET  /neni  HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "GET\t/neni\tHTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "GET /neni\r\n\r\n", "\r\n"};
	buf_str(&m->out, str_c(ONE_OF(m, bad)));
}
static void odd_form(Maker *m) {
	static const char *const bad[] = {"login=%zz", "login=%00", "login=%ff", "a=1&a=2&login=1", "%=", "login=\x01", "=&=&=", "login"};
	const char *body = ONE_OF(m, bad);
	char line[120];
	snprintf(line, sizeof line, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n", strlen(body));
	head(m, "POST", "/prihlaseni", line);
	buf_str(&m->out, str_c(body));
}
static void odd_multipart(Maker *m) {
	static const char *const bad[] = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "multipart/form-data; boundary=\"\x01\"", "text/xml", "application/json", "x"};
	char line[200];
	const char *body = "--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--x-";
	snprintf(line, sizeof line, "Content-Type: %s\r\nContent-Length: %zu\r\n", ONE_OF(m, bad), strlen(body));
	head(m, "POST", "/prihlaseni", line);
	buf_str(&m->out, str_c(body));
}
static void bad_cookie(Maker *m) {
	start(m, "GET", "/katalog");
	buf_lit(&m->out, "Cookie: sid=");
	some_bytes(m, 1 + pick(m, 50), 1, 8);
	buf_lit(&m->out, "\r\n\r\n");
}
/* A sound request with some bytes changed at random: it may stay sound, so only its answers are counted. */
static void flipped(Maker *m) {
	head(m, "GET", "/katalog?q=dum", "Accept: text/html\r\nCookie: a=b; sid=c\r\nIf-None-Match: \"x\"\r\nUser-Agent: Mozilla/5.0\r\n");
	for (u64 i = 0, n = 1 + pick(m, 6); i < n; i++)
		m->out.ptr[pick(m, m->out.len - 4)] = (char)pick(m, 256);
}
/* The client goes away in the middle. */
static void cut(Maker *m) {
	head(m, "POST", "/prihlaseni", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n");
	buf_lit(&m->out, "login=nekdo&heslo=neco");
	m->out.len = 1 + pick(m, m->out.len - 1);
}

typedef struct Kind {
	const char *name;
	void (*make)(Maker *m);
	bool may_pass;                           /* may be mended, or stay sound: then any answer but a 5xx */
	bool leaves;
} Kind;
static const Kind kinds[] = {
	{"control character in the target", control_in_target}, {"broken percent code", bad_code}, {"coded NUL", nul_code}, {"invalid UTF-8", bad_utf8},
	{"raw bytes in the target", raw_bytes_in_target}, {"path that is not normal", odd_path}, {"control character in a header", control_in_header},
	{"bytes that are no text in a header", bad_text_in_header}, {"two lengths", two_lengths}, {"unknown transfer encoding", odd_encoding}, {"length that is none", odd_length},
	{"broken chunks", broken_chunks}, {"GET with a body", body_of_get}, {"Host that is none of ours", odd_host}, {"unknown version", odd_version, .may_pass = true},
	{"method that we have not", odd_method}, {"target that is no path", odd_target, .may_pass = true}, {"too long, too many", too_long}, {"garbage", garbage},
	{"another protocol", other_protocol}, {"header that is none", no_colon}, {"odd ends of lines", odd_lines, .may_pass = true}, {"broken form", odd_form},
	{"broken multipart", odd_multipart}, {"broken cookie", bad_cookie}, {"some bytes changed", flipped, .may_pass = true}, {"cut off", cut, .leaves = true},
};

/* ---- asking and counting ---- */

static struct {
	const Target *t;
	int           requests;
	u64           seed;
	bool          proxy;
	_Atomic int   next;
	_Atomic i64   by_status[600], silent, twice, stammered, wrong, sound_missing, waited;
} run;

static void blame(int number, const Kind *k, Str sent, Str got, const char *why) {
	static _Atomic int told;
	if (told++ > 12)
		return;
	printf("# request %d (%s): %s\n#   sent: %.*s\n#   got:  %.*s\n", number, k->name, why, (int)(sent.len > 160 ? 160 : sent.len), sent.ptr, (int)(got.len > 400 ? 400 : got.len), got.ptr);
}

/* All that comes until the other end closes. */
static bool hear_all(int fd, char *to, size_t size, size_t *len) {
	*len = 0;
	while (*len < size) {
		ssize_t n = recv(fd, to + *len, size - *len, 0);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return false;
		if (n <= 0)
			return true;
		*len += (size_t)n;
	}
	return true;
}

static int status_at(Str s) {
	return s.len > 12 && memcmp(s.ptr, "HTTP/1.1 ", 9) == 0 ? (s.ptr[9] - '0') * 100 + (s.ptr[10] - '0') * 10 + s.ptr[11] - '0' : 0;
}

/* What stands behind the first head: no page of ours says "HTTP/1.1 ". */
static Str after_head(Str s) {
	i64 end = str_find(s, S("\r\n\r\n"));
	return end < 0 ? (Str){0} : str_from(s, (size_t)end + 4);
}

static Str behind_body(Str s) {
	Str rest = after_head(s);
	i64 at = str_find(s, S("Content-Length: "));
	return at < 0 ? rest : str_from(rest, strtoul(s.ptr + at + 16, NULL, 10));
}

static void judge(int number, const Kind *k, Str sent, Str got) {
	int status = status_at(got);
	Str rest = status ? after_head(got) : (Str){0};
	run.by_status[status < 600 ? status : 0]++;
	run.silent += status == 0;
	/* The library, spoken to directly, stammers when it refuses a length by itself (decision 0005): the head comes twice, and the first one says
	 * how long that is. What begins behind that length would be a second answer. */
	run.stammered += str_has(rest, S("HTTP/1.1 "));
	if (str_has(behind_body(got), S("HTTP/1.1 ")) || (run.proxy && str_has(rest, S("HTTP/1.1 ")))) {
		run.twice++;
		blame(number, k, sent, got, "two answers");
	}
	bool fine = status == 0 || (status >= 400 && status < 500) || (!run.proxy && (status == 501 || status == 505)) || status == 503 || (k->may_pass && status < 500);
	if (!fine) {
		run.wrong++;
		blame(number, k, sent, got, "a wrong status");
	}
}

static void one(int number, char *room) {
	const Kind *k = &kinds[number % (int)LEN(kinds)];
	Maker  m = {.luck = (run.seed * 1000003 + (u64)number + 1) * 0x9E3779B97F4A7C15u, .host = run.t->host};
	struct timeval patience = {.tv_sec = 2};
	size_t len = 0;
	next_luck(&m.luck);
	k->make(&m);
	int fd = connect_port(run.t->port);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	send(fd, m.out.ptr, m.out.len, MSG_NOSIGNAL);
	if (!k->leaves) {
		if (str_eq(str_c(k->name), S("some bytes changed")) || str_eq(str_c(k->name), S("odd ends of lines")) || str_eq(str_c(k->name), S("garbage")) ||
		    str_eq(str_c(k->name), S("another protocol")) || str_eq(str_c(k->name), S("broken chunks")))
			shutdown(fd, SHUT_WR);               /* it may look unfinished */
		run.waited += !hear_all(fd, room, MOST, &len);
		judge(number, k, buf_view(&m.out), str_of(room, len));
	}
	close(fd);
	buf_free(&m.out);
}

static void *ask(void *arg) {
	char *room = malloc(MOST);
	(void)arg;
	CHECK(room != NULL);
	for (int number; (number = run.next++) < run.requests;) {
		one(number, room);
		if (number % 500 == 499)
			run.sound_missing += get_status(run.t, "/katalog") != 200;
	}
	free(room);
	return NULL;
}

int malformed(const Target *t, int requests, u64 seed, bool through_proxy) {
	pthread_t threads[THREADS];
	u64 began = now_us();
	run.t = t;
	run.requests = requests;
	run.seed = seed;
	run.proxy = through_proxy;
	for (int i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], NULL, ask, NULL) == 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("# %d malformed requests of %zu kinds %s in %.0f s:", requests, LEN(kinds), through_proxy ? "through nginx" : "directly", (double)(now_us() - began) / 1e6);
	for (int i = 100; i < 600; i++)
		if (run.by_status[i])
			printf(" %lld × %d,", (long long)run.by_status[i], i);
	printf(" %lld closed without a word, %lld still open after 2 s; %lld answered twice (%lld with a head that came twice), %lld with a wrong status, %lld of %d sound requests between them not served\n",
		(long long)run.silent, (long long)run.waited, (long long)run.twice, (long long)run.stammered, (long long)run.wrong, (long long)run.sound_missing, requests / 500);
	return run.twice == 0 && run.wrong == 0 && run.sound_missing == 0 ? 0 : 1;
}
