#include "http/http.h"
#include "tests/test.h"

static Params read(const char *raw) {
	Params p = {0};
	const char *why;
	EXPECT(http_read_query(t_arena, str_c(raw), 128, &p, &why));
	return p;
}

static bool refuses(const char *raw, size_t limit) {
	Params p = {0};
	const char *why = NULL;
	return !http_read_query(t_arena, str_c(raw), limit, &p, &why) && why && why[0];
}

TEST("http query: pairs come in order, decoded") {
	Params p = read("q=d%C3%A1m+u+l%C3%ADpy&strana=2");
	EQ_INT(p.len, 2);
	EQ_TEXT(p.at[0].name, "q");
	EQ_TEXT(p.at[0].value, "dám u lípy");
	EQ_TEXT(p.at[1].value, "2");
}

TEST("http query: a parameter without = has the empty value, and is there") {
	Params p = read("tisk&q=");
	bool found;
	EQ_INT(p.len, 2);
	EQ_TEXT(http_param(&p, S("tisk"), &found), "");
	EXPECT(found);
	http_param(&p, S("jiné"), &found);
	EXPECT(!found);
}

TEST("http query: empty pairs are nothing, a value may hold =") {
	EQ_INT(read("").len, 0);
	EQ_INT(read("&&").len, 0);
	Params p = read("&a=b=c&");
	EQ_INT(p.len, 1);
	EQ_TEXT(p.at[0].value, "b=c");
}

TEST("http query: texts of several lines pass in values, not in names") {
	EQ_TEXT(read("text=a%0D%0Ab").at[0].value, "a\r\nb");
	EXPECT(refuses("a%0Ab=1", 10));
	EXPECT(refuses("a=%00", 10));
	EXPECT(refuses("a=%zz", 10));
	EXPECT(refuses("=1", 10));
}

TEST("http query: more pairs than the limit are refused") {
	EXPECT(!refuses("a=1&b=2&c=3", 3));
	EXPECT(refuses("a=1&b=2&c=3&d=4", 3));
}

TEST("http query: a name that stands twice is found unless it is a list") {
	Params p = read("a=1&b=2&a=3&b=4");
	EQ_TEXT(http_find_double(&p, NULL), "a");
	Strs lists = {0};
	strs_add(t_arena, &lists, S("a"));
	EQ_TEXT(http_find_double(&p, &lists), "b");
	strs_add(t_arena, &lists, S("b"));
	EXPECT(str_empty(http_find_double(&p, &lists)));
}

TEST("http query: a double is found among thousands of names") {
	for (int n = 20; n <= 5000; n = n * 3 + 1) {
		Params p = {0};
		for (int i = 0; i < n; i++)
			*ARENA_PUSH(t_arena, p.at, p.len, p.cap) = (Param){str_format(t_arena, "pole%d", i), S("")};
		EXPECT(str_empty(http_find_double(&p, NULL)));
		*ARENA_PUSH(t_arena, p.at, p.len, p.cap) = (Param){str_format(t_arena, "pole%d", n / 2), S("")};
		EQ_STR(http_find_double(&p, NULL), p.at[n].name);
	}
}

TEST("http cookies: pairs are read, foreign oddities are left out") {
	Params p = {0};
	EXPECT(http_read_cookies(t_arena, S("__Host-sid=abc; theme=\"dark\"; odd; =x; a=b=c ;;"), &p));
	HttpRequest r = {.cookies = p};
	EQ_INT(p.len, 3);
	EQ_STR(http_cookie(&r, "__Host-sid"), S("abc"));
	EQ_STR(http_cookie(&r, "theme"), S("dark"));
	EQ_STR(http_cookie(&r, "a"), S("b=c"));
	EXPECT(str_empty(http_cookie(&r, "odd")));
}

TEST("http cookies: control characters, broken UTF-8 and more than a hundred are refused") {
	Params p = {0};
	EXPECT(!http_read_cookies(t_arena, S("a=\x01"), &p));
	EXPECT(!http_read_cookies(t_arena, S("a=\xff"), &p));
	Buf b = {0};
	for (int i = 0; i < 101; i++)
		buf_format(&b, "c%d=1; ", i);
	EXPECT(!http_read_cookies(t_arena, buf_take(&b, t_arena), &(Params){0}));
	buf_free(&b);
}
