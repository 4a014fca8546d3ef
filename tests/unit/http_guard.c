#include "http/guard.h"
#include "tests/test.h"

/* A head from lines: the request line, then headers as "name: value". */
static Verdict judge(const char *text) {
	Str rest = str_c(text);
	Str line = str_cut(&rest, '\n');
	HttpHead h = {.size = strlen(text)};
	h.method = str_cut(&line, ' ');
	h.target = str_cut(&line, ' ');
	h.version = line;
	while (rest.len) {
		Str value = str_cut(&rest, '\n');
		Str name = str_cut(&value, ':');
		*ARENA_PUSH(t_arena, h.headers.at, h.headers.len, h.headers.cap) = (Param){name, str_trim(value)};
	}
	Strs hosts = {0};
	strs_add(t_arena, &hosts, S("sitovka.kraj.cz"));
	strs_add(t_arena, &hosts, S("[::1]"));
	return guard_head(&h, &hosts);
}

#define HOST "\nHost: sitovka.kraj.cz"
#define GIVES(text, want) \
	do { \
		Verdict v_ = judge(text); \
		EQ_INT(v_.status, want); \
		EXPECT(v_.status == 0 || (v_.why && v_.why[0] && v_.err != OK)); \
	} while (0)

TEST("http guard: sound requests pass") {
	GIVES("GET / HTTP/1.1" HOST, 0);
	GIVES("HEAD /a?b=c HTTP/1.0" HOST ":8080", 0);
	GIVES("GET / HTTP/1.1\nhost: SITOVKA.kraj.cz:443\nAccept: text/html, */*\nX-Tab: a\tb\nUser-Agent: Prohlížeč", 0);
	GIVES("GET / HTTP/1.1\nHost: [::1]:8080", 0);
	Verdict v = judge("POST /a HTTP/1.1" HOST "\nContent-Length: 12\nExpect: 100-continue");
	EQ_INT(v.status, 0);
	EQ_INT(v.length, 12);
	EQ_INT(v.method, METHOD_POST);
	EXPECT(v.asks && !v.chunked);
	v = judge("POST /a HTTP/1.1" HOST "\nTransfer-Encoding: Chunked");
	EXPECT(v.status == 0 && v.chunked && v.length == 0);
	GIVES("GET / HTTP/1.1" HOST "\nContent-Length: 0", 0);
}

TEST("http guard: a length that is said in two ways is refused") {
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: 5\nTransfer-Encoding: chunked", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: 5\nContent-Length: 5", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: 5\nCONTENT-LENGTH: 6", 400);
	GIVES("POST / HTTP/1.1" HOST "\nTransfer-Encoding: chunked\nTransfer-Encoding: chunked", 400);
}

TEST("http guard: an encoding other than exactly chunked, or with HTTP/1.0, is refused") {
	GIVES("POST / HTTP/1.1" HOST "\nTransfer-Encoding: gzip, chunked", 400);
	GIVES("POST / HTTP/1.1" HOST "\nTransfer-Encoding: chunked, identity", 400);
	GIVES("POST / HTTP/1.1" HOST "\nTransfer-Encoding: xchunked", 400);
	GIVES("POST / HTTP/1.1" HOST "\nTransfer-Encoding:", 400);
	GIVES("POST / HTTP/1.0" HOST "\nTransfer-Encoding: chunked", 400);
}

TEST("http guard: a length that is no number is refused") {
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: +5", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: -5", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: 5, 5", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: 0x5", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length: 99999999999999999999", 400);
	GIVES("POST / HTTP/1.1" HOST "\nContent-Length:", 400);
}

TEST("http guard: only POST has a body") {
	GIVES("GET / HTTP/1.1" HOST "\nContent-Length: 5", 400);
	GIVES("HEAD / HTTP/1.1" HOST "\nTransfer-Encoding: chunked", 400);
}

TEST("http guard: the Host must be there once and be ours") {
	GIVES("GET / HTTP/1.1\nAccept: */*", 400);
	GIVES("GET / HTTP/1.0", 400);
	GIVES("GET / HTTP/1.1" HOST HOST, 400);
	GIVES("GET / HTTP/1.1\nHost: jinde.cz", 400);
	GIVES("GET / HTTP/1.1\nHost:", 400);
	GIVES("GET / HTTP/1.1\nHost: sitovka.kraj.cz.jinde.cz", 400);
	GIVES("GET / HTTP/1.1\nHost: sitovka.kraj.cz:80:80", 400);
	GIVES("GET / HTTP/1.1\nHost: sitovka.kraj.cz:port", 400);
	GIVES("GET / HTTP/1.1\nHost: sitovka.kraj.cz:", 400);
	GIVES("GET / HTTP/1.1\nHost: x@sitovka.kraj.cz", 400);
	GIVES("GET / HTTP/1.1\nHost: [::1", 400);
	GIVES("GET / HTTP/1.1\nHost: [::1]x", 400);
}

TEST("http guard: a target is a path of printable ASCII") {
	GIVES("GET http://sitovka.kraj.cz/ HTTP/1.1" HOST, 400);
	GIVES("GET * HTTP/1.1" HOST, 400);
	GIVES("GET  HTTP/1.1" HOST, 400);
	GIVES("GET /\x01 HTTP/1.1" HOST, 400);
	GIVES("GET /\x7f HTTP/1.1" HOST, 400);
	GIVES("GET /d\xc3\xa1m HTTP/1.1" HOST, 400);
}

TEST("http guard: methods that we don't have are 405, unknown ones 501, no token 400") {
	GIVES("PUT / HTTP/1.1" HOST, 405);
	GIVES("DELETE / HTTP/1.1" HOST, 405);
	GIVES("OPTIONS / HTTP/1.1" HOST, 405);
	GIVES("TRACE / HTTP/1.1" HOST, 405);
	GIVES("CONNECT / HTTP/1.1" HOST, 405);
	GIVES("BREW / HTTP/1.1" HOST, 501);
	GIVES("get / HTTP/1.1" HOST, 501);
	GIVES("G(T / HTTP/1.1" HOST, 400);
	GIVES("G\xc3\xa9T / HTTP/1.1" HOST, 400);
	GIVES("PUT / HTTP/1.1", 400);            /* the graver fault is named */
}

TEST("http guard: only HTTP/1.0 and HTTP/1.1 are spoken") {
	GIVES("GET / HTTP/1.2" HOST, 400);
	GIVES("GET / HTTP/2.0" HOST, 400);
	GIVES("GET / http/1.1" HOST, 400);
	GIVES("GET / " HOST, 400);
}

TEST("http guard: header names are tokens and values are text") {
	GIVES("GET / HTTP/1.1" HOST "\nAccept : text/html", 400);
	GIVES("GET / HTTP/1.1" HOST "\n Accept: text/html", 400);
	GIVES("GET / HTTP/1.1" HOST "\nX(: 1", 400);
	GIVES("GET / HTTP/1.1" HOST "\n: 1", 400);
	GIVES("GET / HTTP/1.1" HOST "\nX: a\x01", 400);
	GIVES("GET / HTTP/1.1" HOST "\nX: a\rb", 400);
	GIVES("GET / HTTP/1.1" HOST "\nX: \xff", 400);
	GIVES("GET / HTTP/1.1" HOST "\nAuthorization: a\nauthorization: b", 400);
	GIVES("POST / HTTP/1.1" HOST "\nOrigin: a\nOrigin: b", 400);
}

TEST("http guard: a long target is 414, a long head or too many fields 431") {
	Buf b = {0};
	buf_lit(&b, "GET /");
	for (int i = 0; i < GUARD_TARGET; i++)
		buf_char(&b, 'a');
	buf_lit(&b, " HTTP/1.1" HOST);
	GIVES(str_z(t_arena, buf_view(&b)), 414);
	b.len = 0;
	buf_lit(&b, "GET / HTTP/1.1" HOST "\nX: ");
	for (int i = 0; i < GUARD_HEAD; i++)
		buf_char(&b, 'a');
	GIVES(str_z(t_arena, buf_view(&b)), 431);
	b.len = 0;
	buf_lit(&b, "GET / HTTP/1.1" HOST);
	for (int i = 1; i <= GUARD_FIELDS; i++)
		buf_lit(&b, "\nX: 1");
	GIVES(str_z(t_arena, buf_view(&b)), 431);
	b.len -= 5;
	GIVES(str_z(t_arena, buf_view(&b)), 0);
	buf_free(&b);
}
