/* bad_requests.h: one request for each row of SECURITY § 5, sent directly and through the proxy. Behind each stands a sound
 * request that must not be answered on the same connection. */
#pragma once
#include "base/str.h"

typedef struct BadRequest {
	const char *what;
	Str         bytes;
	int         direct;                      /* status; 0 = the library reads it leniently: any answer but a 5xx */
	bool        may_pass;                    /* the proxy may mend it, then the answer is a good one */
	bool        by_library;                  /* refused by the library before our guard sees it; it stammers: the head of its answer comes twice */
} BadRequest;

#define AT "Host: localhost\r\n"
static const BadRequest bad_requests[] = {
#define ROW(what, literal, ...) {what, {literal, sizeof(literal) - 1}, __VA_ARGS__}
	ROW("length and encoding", "POST /form HTTP/1.1\r\n" AT "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, false, false),
	ROW("encoding and length", "POST /form HTTP/1.1\r\n" AT "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400, false, false),
	ROW("length twice", "POST /form HTTP/1.1\r\n" AT "Content-Length: 1\r\nContent-Length: 5\r\n\r\na", 400, false, false),
	ROW("a list of lengths", "POST /form HTTP/1.1\r\n" AT "Content-Length: 1, 1\r\n\r\na", 400, false, true),
	ROW("a signed length", "POST /form HTTP/1.1\r\n" AT "Content-Length: +1\r\n\r\na", 400, false, true),
	ROW("another encoding", "POST /form HTTP/1.1\r\n" AT "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, false, false),
	ROW("almost chunked", "POST /form HTTP/1.1\r\n" AT "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, false, false),
	ROW("encoding twice", "POST /form HTTP/1.1\r\n" AT "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, false, false),
	ROW("chunked in HTTP/1.0", "POST /form HTTP/1.0\r\n" AT "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, false, false),
	ROW("GET with a body", "GET /light HTTP/1.1\r\n" AT "Content-Length: 5\r\n\r\nGET /", 400, false, false),
	ROW("no Host", "GET /light HTTP/1.1\r\n\r\n", 400, false, false),
	ROW("no Host in HTTP/1.0", "GET /light HTTP/1.0\r\n\r\n", 400, true, false),
	ROW("two Hosts", "GET /light HTTP/1.1\r\n" AT AT "\r\n", 400, false, false),
	ROW("a Host that is not ours", "GET /light HTTP/1.1\r\nHost: jinde.example\r\n\r\n", 400, false, false),
	ROW("absolute form", "GET http://localhost/light HTTP/1.1\r\n" AT "\r\n", 400, true, false),
	ROW("no path", "GET light HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("an illegal method", "G(T /light HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("an unknown version", "GET /light HTTP/1.7\r\n" AT "\r\n", 400, true, false),
	ROW("no version", "GET /light\r\n" AT "\r\n", 400, true, false),
	ROW("HTTP/3", "GET /light HTTP/3.0\r\n" AT "\r\n", 0, false, false),
	ROW("a blank before the colon", "GET /light HTTP/1.1\r\nHost : localhost\r\n" AT "\r\n", 400, true, false),
	ROW("a NUL in the target", "GET /light%00 HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("a broken code", "GET /light%zz HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("a broken code in the query", "GET /light?a=%zz HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("overlong UTF-8", "GET /%c0%af HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("invalid UTF-8 in the query", "GET /light?a=%ff HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("dots", "GET /a/../light HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("coded dots", "GET /a/%2e%2e/light HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("a coded slash", "GET /a%2flight HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("two slashes", "GET //light HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("a control character in the target", "GET /\x01 HTTP/1.1\r\n" AT "\r\n", 400, false, false),
	ROW("a control character in a header", "GET /light HTTP/1.1\r\n" AT "X: a\x01" "b\r\n\r\n", 400, false, false),
	ROW("invalid UTF-8 in a header", "GET /light HTTP/1.1\r\n" AT "User-Agent: \xff\r\n\r\n", 400, false, false),
	ROW("a header without a colon", "GET /light HTTP/1.1\r\n" AT "broken\r\n\r\n", 400, true, false),
	ROW("a NUL in a header", "GET /light HTTP/1.1\r\n" AT "X: a\0b\r\n\r\n", 0, false, false),
	ROW("a NUL in the line", "GET /li\0ght HTTP/1.1\r\n" AT "\r\n", 0, false, false),
	ROW("a folded header", "GET /light HTTP/1.1\r\n" AT "X: a\r\n b\r\n\r\n", 0, true, false),
	ROW("bare line feeds", "GET /light HTTP/1.1\nHost: localhost\n\n", 0, true, false),
	ROW("a bare carriage return", "GET /light HTTP/1.1\r\n" AT "X: a\rb\r\n\r\n", 400, true, false),
	ROW("a broken chunk", "POST /form HTTP/1.1\r\n" AT "Transfer-Encoding: chunked\r\n\r\nxx\r\n", 400, false, false),
	ROW("a method that we don't have", "TRACE /light HTTP/1.1\r\n" AT "\r\n", 405, false, false),
	ROW("an unknown method", "BREW /light HTTP/1.1\r\n" AT "\r\n", 501, false, false),
#undef ROW
};
#undef AT
