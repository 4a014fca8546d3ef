#include "http/http.h"
#include "tests/test.h"

static bool decodes(const char *raw, bool plus, bool lines, const char *want) {
	Str got;
	return http_decode(t_arena, str_c(raw), plus, lines, &got) && str_eq(got, str_c(want));
}

static bool refuses(Str raw, bool lines) {
	Str got;
	return !http_decode(t_arena, raw, true, lines, &got);
}

TEST("http decode: percent codes become their bytes, a plus only where it is a blank") {
	EXPECT(decodes("d%C3%A1m", false, false, "dám"));
	EXPECT(decodes("a+b%2bc", true, false, "a b+c"));
	EXPECT(decodes("a+b", false, false, "a+b"));
	EXPECT(decodes("", true, false, ""));
	EXPECT(decodes("%e2%82%ac", true, false, "€"));
}

TEST("http decode: what is no percent code is refused, not passed on") {
	EXPECT(refuses(S("100%"), false));
	EXPECT(refuses(S("%4"), false));
	EXPECT(refuses(S("%zz"), false));
	EXPECT(refuses(S("%-1"), false));
	EXPECT(refuses(S("% 1"), false));
}

TEST("http decode: NUL, overlong and broken UTF-8, and surrogates are refused") {
	EXPECT(refuses(S("%00"), true));
	EXPECT(refuses(S("a\0b"), true));
	EXPECT(refuses(S("%C0%80"), true));
	EXPECT(refuses(S("%c0%af"), true));
	EXPECT(refuses(S("%E0%80%AF"), true));
	EXPECT(refuses(S("%ff"), true));
	EXPECT(refuses(S("%c3"), true));
	EXPECT(refuses(S("%ed%a0%80"), true));
	EXPECT(refuses(S("%f4%90%80%80"), true));
}

TEST("http decode: control characters are refused, line ends and TAB pass in texts of several lines") {
	EXPECT(refuses(S("a%0ab"), false));
	EXPECT(refuses(S("a%09b"), false));
	EXPECT(decodes("a%0D%0Ab%09c", true, true, "a\r\nb\tc"));
	EXPECT(refuses(S("%1b"), true));
	EXPECT(refuses(S("%7f"), true));
	EXPECT(refuses(S("%c2%85"), true));      /* C1: next line */
	EXPECT(decodes("%C2%A0", true, false, "\xC2\xA0"));
	EXPECT(decodes("%c3%82", true, false, "Â"));
}

static bool reads_path(const char *target, const char *want, const char *query) {
	Str path, raw;
	const char *why;
	return http_read_path(t_arena, str_c(target), &path, &raw, &why) && str_eq(path, str_c(want)) && str_eq(raw, str_c(query));
}

static bool refuses_path(const char *target) {
	Str path, raw;
	const char *why = NULL;
	return !http_read_path(t_arena, str_c(target), &path, &raw, &why) && why && why[0];
}

TEST("http path: it is decoded, the query is left as it was") {
	EXPECT(reads_path("/", "/", ""));
	EXPECT(reads_path("/katalog?q=d%C3%A1m&x", "/katalog", "q=d%C3%A1m&x"));
	EXPECT(reads_path("/%C3%BAzem%C3%AD/", "/území/", ""));
	EXPECT(reads_path("/a?b?c", "/a", "b?c"));
	EXPECT(reads_path("/.well-known/x..y/...", "/.well-known/x..y/...", ""));
	EXPECT(reads_path("/a+b", "/a+b", ""));
}

TEST("http path: what is not normal is refused, also when it is coded") {
	EXPECT(refuses_path(""));
	EXPECT(refuses_path("katalog"));
	EXPECT(refuses_path("http://jinde.cz/"));
	EXPECT(refuses_path("*"));
	EXPECT(refuses_path("//jinde.cz/"));
	EXPECT(refuses_path("/a//b"));
	EXPECT(refuses_path("/a/./b"));
	EXPECT(refuses_path("/.."));
	EXPECT(refuses_path("/a/../b"));
	EXPECT(refuses_path("/a/%2e%2e/b"));
	EXPECT(refuses_path("/a%2fb"));
	EXPECT(refuses_path("/a%2F..%2Fb"));
	EXPECT(refuses_path("/%00"));
	EXPECT(refuses_path("/a%0ab"));
	EXPECT(refuses_path("/a#b"));
}
