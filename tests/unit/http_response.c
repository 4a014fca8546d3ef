#include <zlib.h>

#include "base/hash.h"
#include "http/http.h"
#include "tests/test.h"

TEST("http etag: If-None-Match lists, weak tags and the star match") {
	EXPECT(http_etag_matches(S("\"a\""), S("\"a\"")));
	EXPECT(http_etag_matches(S("\"x\", W/\"a\" ,\"y\""), S("\"a\"")));
	EXPECT(http_etag_matches(S("\"a\""), S("W/\"a\"")));
	EXPECT(http_etag_matches(S("*"), S("\"a\"")));
	EXPECT(!http_etag_matches(S("\"b\""), S("\"a\"")));
	EXPECT(!http_etag_matches(S("a"), S("\"a\"")));
	EXPECT(!http_etag_matches(S(""), S("\"a\"")));
	EXPECT(!http_etag_matches(S("*"), S("")));
}

TEST("http accepts: a coding is allowed by name or by the star, and refused by q=0") {
	EXPECT(http_accepts(S("gzip, deflate, br"), S("br")));
	EXPECT(http_accepts(S("GZIP;q=0.5"), S("gzip")));
	EXPECT(http_accepts(S("*"), S("gzip")));
	EXPECT(http_accepts(S("identity, *;q=0.1"), S("gzip")));
	EXPECT(!http_accepts(S(""), S("gzip")));
	EXPECT(!http_accepts(S("identity"), S("gzip")));
	EXPECT(!http_accepts(S("gzip;q=0"), S("gzip")));
	EXPECT(!http_accepts(S("*, gzip; q=0.000"), S("gzip")));
	EXPECT(!http_accepts(S("*;q=0"), S("gzip")));
	EXPECT(http_accepts(S("gzip;q=0.001"), S("gzip")));
}

TEST("http date: it is the form of RFC 9110") {
	char to[HTTP_DATE_LEN];
	EQ_STR(http_date(784111777, to), S("Sun, 06 Nov 1994 08:49:37 GMT"));
	EQ_STR(http_date(0, to), S("Thu, 01 Jan 1970 00:00:00 GMT"));
	EQ_STR(http_date(1709164800, to), S("Thu, 29 Feb 2024 00:00:00 GMT"));
}

TEST("http attachment: a name has both forms and cannot leave its quotes") {
	EQ_STR(http_attachment(t_arena, S("Síť 2025.xlsx")), S("attachment; filename=\"S__ 2025.xlsx\"; filename*=UTF-8''S%C3%AD%C5%A5%202025.xlsx"));
	EQ_STR(http_attachment(t_arena, S("a\";b\r\n.csv")), S("attachment; filename=\"a__b__.csv\"; filename*=UTF-8''a%22%3Bb%0D%0A.csv"));
}

TEST("http header: a second one of the same name replaces the first, Set-Cookie is added") {
	HttpRequest r = {.arena = t_arena};
	HttpResponse w = {0};
	http_set_header(&r, &w, "Cache-Control", S("no-store"));
	http_set_header(&r, &w, "cache-control", S("max-age=60"));
	http_set_header(&r, &w, "Set-Cookie", S("a=1"));
	http_set_header(&r, &w, "Set-Cookie", S("b=2"));
	EQ_INT(w.headers.len, 3);
	EQ_TEXT(w.headers.at[0].value, "max-age=60");
}

TEST("http header: a value cannot begin another header") {
	HttpRequest r = {.arena = t_arena};
	HttpResponse w = {0};
	http_set_header(&r, &w, "Location", S("/a\r\nSet-Cookie: sid=1"));
	EQ_TEXT(w.headers.at[0].value, "/a  Set-Cookie: sid=1");
}

TEST("http gzip: what comes out is what went in, smaller") {
	Buf b = {0};
	for (int i = 0; i < 2000; i++)
		buf_format(&b, "<tr><td>%d</td></tr>\n", i);
	Str page = buf_take(&b, t_arena);
	buf_free(&b);
	for (int round = 0; round < 3; round++) {
		Str small = http_gzip(t_arena, page, round == 1 ? 9 : 5);
		EXPECT(small.len > 0 && small.len < page.len / 3);
		char *back = arena_alloc(t_arena, page.len);
		z_stream z = {.next_in = (Bytef *)(uintptr_t)small.ptr, .avail_in = (uInt)small.len, .next_out = (Bytef *)back, .avail_out = (uInt)page.len};
		EQ_INT(inflateInit2(&z, 16 + 15), Z_OK);
		EQ_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
		inflateEnd(&z);
		EQ_STR(str_of(back, page.len), page);
	}
}

TEST("http gzip: bytes that do not get smaller are left alone") {
	Rand r = rand_seed(7);
	char noise[3000];
	for (size_t i = 0; i < sizeof noise; i++)
		noise[i] = (char)rand_next(&r);
	EXPECT(str_empty(http_gzip(t_arena, str_of(noise, sizeof noise), 5)));
	EXPECT(str_empty(http_gzip(t_arena, S(""), 5)));
	EXPECT(str_empty(http_gzip(t_arena, S("a"), 5)));
}
