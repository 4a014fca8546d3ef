#include "base/json.h"
#include "tests/test.h"

typedef struct Drip {
	Str    text;
	size_t piece;
	bool   breaks;                           /* a read error at the end */
} Drip;

static i64 drip(void *arg, char *to, size_t size) {
	Drip *d = arg;
	size_t n = d->piece < size ? d->piece : size;
	if (n > d->text.len)
		n = d->text.len;
	if (n == 0)
		return d->breaks ? -1 : 0;
	memcpy(to, d->text.ptr, n);
	d->text = str_from(d->text, n);
	return (i64)n;
}

/* Events as text: {a:"x" 1 t f n} [ ]; an error ends with ! and the reason. */
static Str told(JsonReader *r) {
	Buf b = {0};
	JsonEvent e;
	do {
		e = json_next(r);
		Str t = json_text(r);
		switch (e) {
		case JSON_OBJECT: buf_char(&b, '{'); break;
		case JSON_OBJECT_END: buf_char(&b, '}'); break;
		case JSON_ARRAY: buf_char(&b, '['); break;
		case JSON_ARRAY_END: buf_char(&b, ']'); break;
		case JSON_KEY: buf_format(&b, "%.*s:", STR_ARG(t)); break;
		case JSON_STRING: buf_format(&b, "\"%.*s\"", STR_ARG(t)); break;
		case JSON_NUMBER: buf_format(&b, "%.*s ", STR_ARG(t)); break;
		case JSON_TRUE: buf_char(&b, 't'); break;
		case JSON_FALSE: buf_char(&b, 'f'); break;
		case JSON_NULL: buf_char(&b, 'n'); break;
		case JSON_END: buf_char(&b, '.'); break;
		case JSON_ERROR: buf_format(&b, "!%.*s", STR_ARG(json_why(r))); break;
		}
	} while (e > JSON_END);
	EQ_INT(json_next(r), e);                 /* an end and an error are for ever */
	Str all = buf_take(&b, t_arena);
	buf_free(&b);
	return all;
}

/* The same however the bytes arrive; json_skip must judge alike. */
static Str events(Str text) {
	Str whole = told(json_open_str(t_arena, text));
	for (size_t piece = 1; piece < 4; piece++)
		EQ_STR(told(json_open(t_arena, drip, &(Drip){text, piece, false})), whole);
	JsonReader *r = json_open_str(t_arena, text);
	bool good = json_skip(r) && json_next(r) == JSON_END;
	EXPECT(good == !str_has(whole, S("!")));
	if (!good)
		EXPECT(str_ends(whole, json_why(r)));
	return whole;
}

#define READS(text, want) EQ_TEXT(events(S(text)), want)

static void refuses(Str text, const char *part) {
	Str all = events(text);
	if (!str_has(all, S("!Řádek ")) || !str_has(all, str_c(part)))
		test_fail(__FILE__, __LINE__, "\"%.*s\" has no \"%s\"", STR_ARG(all), part);
}
#define REFUSES(text, part) refuses(S(text), part)

TEST("json: all kinds of values become events") {
	READS("{}", "{}.");
	READS("[]", "[].");
	READS(" { \"a\" : [ 1 , -2.5e+3, true ,false,null,\"x\" ] , \"b\":{\"a\":{}} } \r\n\t", "{a:[1 -2.5e+3 tfn\"x\"]b:{a:{}}}.");
	READS("0", "0 .");
	READS("-0", "-0 .");
	READS("0.10E-2", "0.10E-2 .");
	READS("1e5", "1e5 .");
	READS("\"\"", "\"\".");
	READS("\xEF\xBB\xBF[1]", "[1 ].");
	READS("true", "t.");
	READS("[[],[],{}]", "[[][]{}].");
}

TEST("json: escapes become the characters that they mean") {
	READS("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\"\\/\b\f\n\r\t\".");
	READS("\"\\u010c\\u00E9x\\u0041\"", "\"ČéxA\".");
	READS("\"a\\ud83d\\ude00b\"", "\"a\xF0\x9F\x98\x80" "b\".");
	READS("[\"\\uFF01\",\"\\n\",\"\\uE000\"]", "[\"\xEF\xBC\x81\"\"\n\"\"\xEE\x80\x80\"].");
	READS("{\"\\u0061\":1}", "{a:1 }.");
	READS("[\"\\n\",\"a much longer text than the one before\\n\"]", "[\"\n\"\"a much longer text than the one before\n\"].");
}

TEST("json: text in UTF-8 passes, also on both sides of a block of sixteen bytes") {
	READS("\"Domov pro seniory Nový Bor, příspěvková organizace €\xF0\x9F\x98\x80\"",
	      "\"Domov pro seniory Nový Bor, příspěvková organizace €\xF0\x9F\x98\x80\".");
	READS("\"0123456789abcdeč\"", "\"0123456789abcdeč\".");
	READS("\"0123456789abcde\\n0123456789abcdef\"", "\"0123456789abcde\n0123456789abcdef\".");
	READS("\"\xEF\xBF\xBD\x7F\"", "\"\xEF\xBF\xBD\x7F\".");
}

TEST("json: a document that ends too soon or too late is refused") {
	REFUSES("", "tady má stát hodnota");
	REFUSES("  ", "tady má stát hodnota");
	REFUSES("[", "tady má stát hodnota");
	REFUSES("[1", "soubor končí dřív");
	REFUSES("{", "název vlastnosti v uvozovkách");
	REFUSES("{\"a\"", "chybí dvojtečka");
	REFUSES("{\"a\":", "tady má stát hodnota");
	REFUSES("{\"a\":1", "soubor končí dřív");
	REFUSES("\"abc", "není ukončen uvozovkou");
	REFUSES("\"abc\\", "za zpětným lomítkem");
	REFUSES("\"abc\\u12", "čtyři šestnáctkové");
	REFUSES("tru", "neznámé slovo");
	REFUSES("-", "chybí číslice");
	REFUSES("1.", "chybí číslice");
	REFUSES("1e", "chybí číslice");
	REFUSES("1 2", "za koncem dokumentu");
	REFUSES("{}x", "za koncem dokumentu");
	REFUSES("\xEF\xBB", "neznámé slovo");
}

TEST("json: what the grammar does not know is refused") {
	REFUSES("[1,]", "tady má stát hodnota");
	REFUSES("[,1]", "tady má stát hodnota");
	REFUSES("[1 2]", "chybí čárka, nebo konec pole");
	REFUSES("[1}", "chybí čárka, nebo konec pole");
	REFUSES("{\"a\":1]", "chybí čárka, nebo konec objektu");
	REFUSES("{\"a\":1,}", "název vlastnosti v uvozovkách");
	REFUSES("{a:1}", "název vlastnosti v uvozovkách");
	REFUSES("{'a':1}", "název vlastnosti v uvozovkách");
	REFUSES("{\"a\" 1}", "chybí dvojtečka");
	REFUSES("{\"a\",1}", "chybí dvojtečka");
	REFUSES("01", "zbytečnou nulou");
	REFUSES("-01", "zbytečnou nulou");
	REFUSES("+1", "tady má stát hodnota");
	REFUSES(".5", "tady má stát hodnota");
	REFUSES("-a", "chybí číslice");
	REFUSES("1.x", "chybí číslice");
	REFUSES("1e+x", "chybí číslice");
	REFUSES("0x10", "za koncem dokumentu");
	REFUSES("NaN", "tady má stát hodnota");
	REFUSES("nul", "neznámé slovo");
	REFUSES("nulL", "neznámé slovo");
	REFUSES("[truex]", "chybí čárka");
	REFUSES("[1\0]", "chybí čárka");
	REFUSES("\f1", "tady má stát hodnota");
	REFUSES("\"\\x\"", "za zpětným lomítkem");
	REFUSES("\"\\\0\"", "za zpětným lomítkem");
	REFUSES("\"\\u12g4\"", "čtyři šestnáctkové");
	REFUSES("\"\\u12@4\"", "čtyři šestnáctkové");
	REFUSES("\"a\nb\"", "řídicí znak");
	REFUSES("\"a\0b\"", "řídicí znak");
	REFUSES("\"0123456789abcdef\x1F\"", "řídicí znak");
	REFUSES("/* */1", "tady má stát hodnota");
}

TEST("json: text that is not UTF-8, or would not be, is refused") {
	REFUSES("\"\xFF\"", "není v kódování UTF-8");
	REFUSES("\"\xC3\"", "není v kódování UTF-8");
	REFUSES("\"\xC0\xAF\"", "není v kódování UTF-8");
	REFUSES("\"\xED\xA0\x80\"", "není v kódování UTF-8");
	REFUSES("\"01234567890123456789\x80\"", "není v kódování UTF-8");
	REFUSES("{\"\xFF\":1}", "není v kódování UTF-8");
	REFUSES("\"\\ud83d\"", "za první polovinou");
	REFUSES("\"\\ud83dx\"", "za první polovinou");
	REFUSES("\"\\ud83d\\n\"", "za první polovinou");
	REFUSES("\"\\ud83d\\ud83d\"", "za první polovinou");
	REFUSES("\"\\ud83d\\u0041\"", "za první polovinou");
	REFUSES("\"\\ud83d\\u00\"", "čtyři šestnáctkové");
	REFUSES("\"\\ud83d\\ue000\"", "za první polovinou");
	REFUSES("\"\\ud83d\\u00g1\"", "čtyři šestnáctkové");
	REFUSES("\"\\ude00\"", "za první polovinou");
	REFUSES("\"\\u0000\"", "\\u0000");
}

TEST("json: a key that stands twice in one object is refused, also when it is escaped or passed over") {
	REFUSES("{\"a\":1,\"a\":2}", "dvě vlastnosti téhož názvu");
	REFUSES("{\"a\":1,\"\\u0061\":2}", "dvě vlastnosti téhož názvu");
	REFUSES("{\"\":1,\"\":2}", "dvě vlastnosti téhož názvu");
	REFUSES("{\"a\":{\"b\":1,\"c\":{\"b\":1},\"b\":2}}", "dvě vlastnosti téhož názvu");
	REFUSES("{\"longer than eight\":1,\"b\":2,\"longer than eight\":3}", "dvě vlastnosti téhož názvu");
	READS("{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":1}}", "{a:{a:{a:1 }}b:{a:1 }}.");
	READS("[{\"a\":1},{\"a\":1}]", "[{a:1 }{a:1 }].");
}

static Str object_of(int count, int again) {
	Buf b = {0};
	buf_char(&b, '{');
	for (int i = 0; i < count; i++)
		buf_format(&b, "%s\"key %d\":{\"x\":0}", i ? "," : "", i == count - 1 ? again : i);
	buf_char(&b, '}');
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

static Str why_of(Str text) {
	JsonReader *r = json_open_str(t_arena, text);
	return json_skip(r) ? S("") : json_why(r);
}

TEST("json: an object may have 4 096 keys and no more, and the last one may not repeat any of them") {
	EQ_TEXT(why_of(object_of(4096, 4095)), "");
	EXPECT(str_has(why_of(object_of(4097, 4096)), S("4 096")));
	EXPECT(str_has(why_of(object_of(4096, 0)), S("téhož názvu")));
	EXPECT(str_has(why_of(object_of(4096, 2000)), S("téhož názvu")));
}

TEST("json: keys of open objects take a bounded memory") {
	char *key = arena_alloc(t_arena, 600 * 1024);
	memset(key, 'k', 600 * 1024);
	Str one = str_format(t_arena, "{\"%.*s\":1}", 600 * 1024, key), two = str_format(t_arena, "{\"%.*s\":{\"%.*s\":1}}", 600 * 1024, key, 600 * 1024, key);
	EQ_TEXT(why_of(one), "");
	EXPECT(str_has(why_of(two), S("dohromady příliš dlouhé")));
	EQ_TEXT(why_of(str_format(t_arena, "[%.*s,%.*s]", STR_ARG(one), STR_ARG(one))), "");
}

static Str nested(int depth, char open, char close) {
	char *p = arena_alloc(t_arena, (size_t)depth * 2);
	memset(p, open, (size_t)depth);
	memset(p + depth, close, (size_t)depth);
	return str_of(p, (size_t)depth * 2);
}

TEST("json: thirty-two levels are enough") {
	EXPECT(str_ends(events(nested(32, '[', ']')), S(".")));
	refuses(nested(33, '[', ']'), "víc než 32krát");
	refuses(nested(100000, '[', ']'), "víc než 32krát");
	JsonReader *r = json_open_str(t_arena, S("[{\"a\":1}]"));
	EQ_INT(json_depth(r), 0);
	json_next(r);
	EQ_INT(json_depth(r), 1);
	json_next(r);
	EQ_INT(json_depth(r), 2);
	while (json_next(r) != JSON_END)
		;
	EQ_INT(json_depth(r), 0);
}

TEST("json: a token longer than allowed is refused, one just as long passes") {
	static const char *const texts[] = {"\"0123456789\"", "[1234567890]", "{\"0123456789\":0}"};
	for (size_t i = 0; i < LEN(texts); i++)
		for (size_t limit = 9; limit <= 10; limit++)
			for (size_t piece = 1; piece < 40; piece += 5) {
				JsonReader *r = json_open(t_arena, drip, &(Drip){str_c(texts[i]), piece, false});
				json_set_max_token(r, limit);
				bool good = json_skip(r);
				EXPECT(good == (limit == 10));
				if (!good)
					EXPECT(str_has(json_why(r), S("delší, než smí být")));
			}
}

TEST("json: tokens larger than the window are read whole, and the window does not grow without need") {
	size_t n = 200000;
	char *text = arena_alloc(t_arena, n + 2);
	memset(text, 'x', n + 2);
	text[0] = text[n + 1] = '"';
	JsonReader *r = json_open(t_arena, drip, &(Drip){str_of(text, n + 2), 50000, false});
	EQ_INT(json_next(r), JSON_STRING);
	EQ_INT(json_text(r).len, n);
	EQ_INT(json_next(r), JSON_END);
	Arena a = {0};
	Str many = str_format(t_arena, "[%0300000d]", 0);
	for (char *p = (char *)(uintptr_t)many.ptr + 1; *p != ']'; p += 2)
		p[1] = p[2] == ']' ? ' ' : ',';
	r = json_open(&a, drip, &(Drip){many, 65536, false});
	while (json_next(r) > JSON_END)
		;
	EQ_TEXT(json_why(r), "");
	EXPECT(a.held < 300000);
	arena_free(&a);
}

TEST("json: an error of the source is told, wherever it strikes") {
	static const char *const texts[] = {"", " ", "[", "[1", "[12", "\"ab", "{\"a\"", "{\"a\":", "tru", "\"\\", "\"\\u00", "[1,", "-", "1.", "1e", "{}"};
	for (size_t i = 0; i < LEN(texts); i++) {
		JsonReader *r = json_open(t_arena, drip, &(Drip){str_c(texts[i]), 3, true});
		JsonEvent e;
		while ((e = json_next(r)) > JSON_END)
			;
		EQ_INT(e, JSON_ERROR);
		if (!str_has(json_why(r), S("nepodařilo přečíst")))
			test_fail(__FILE__, __LINE__, "%s: %.*s", texts[i], STR_ARG(json_why(r)));
	}
}

TEST("json: the place of an error is its line and byte") {
	JsonReader *r = json_open_str(t_arena, S("{\n\"a\": 1,\n\"b\": x}"));
	while (json_next(r) > JSON_END)
		;
	EQ_INT(json_line(r), 3);
	EQ_INT(json_offset(r), 15);
	EXPECT(str_starts(json_why(r), S("Řádek 3, bajt 16 souboru JSON: ")));
	r = json_open_str(t_arena, S("[1, \"ab\"]"));
	json_next(r);
	json_next(r);
	EQ_INT(json_offset(r), 2);
	json_next(r);
	EQ_INT(json_offset(r), 8);
	EQ_INT(json_line(r), 1);
}

TEST("json: json_skip passes over one value, in arrays until there is none") {
	JsonReader *r = json_open_str(t_arena, S("{\"a\":{\"b\":[1,{\"c\":\"\\n\"}]},\"d\":[1,[2],3],\"e\":5}"));
	EQ_INT(json_next(r), JSON_OBJECT);
	EQ_INT(json_next(r), JSON_KEY);
	EXPECT(json_skip(r));
	EQ_TEXT(json_text(r), "");
	EQ_INT(json_next(r), JSON_KEY);
	EQ_TEXT(json_text(r), "d");
	EQ_INT(json_next(r), JSON_ARRAY);
	EXPECT(json_skip(r) && json_skip(r) && json_skip(r));
	EXPECT(!json_skip(r));                   /* at the end of the array: nothing taken, no error */
	EQ_TEXT(json_why(r), "");
	EQ_INT(json_next(r), JSON_ARRAY_END);
	EQ_INT(json_next(r), JSON_KEY);
	EXPECT(json_skip(r));
	EQ_INT(json_next(r), JSON_OBJECT_END);
	EQ_INT(json_next(r), JSON_END);
	EXPECT(!json_skip(r));
	r = json_open_str(t_arena, S("x"));
	EXPECT(!json_skip(r) && !json_skip(r));  /* an error stays */
	r = json_open_str(t_arena, S("[]"));
	json_next(r);
	EXPECT(!json_skip(r));
	EQ_INT(json_next(r), JSON_ARRAY_END);
}

static bool int_of(const char *text, i64 *n) {
	JsonReader *r = json_open_str(t_arena, str_c(text));
	EQ_INT(json_next(r), JSON_NUMBER);
	return json_int(r, n);
}

TEST("json: a number is an integer when it is one and fits") {
	i64 n = 0;
	EXPECT(int_of("42", &n) && n == 42);
	EXPECT(int_of("-9223372036854775807", &n) && n == -INT64_MAX);
	EXPECT(int_of("-0", &n) && n == 0);
	EXPECT(!int_of("-9223372036854775808", &n));             /* would be BLANK */
	EXPECT(!int_of("9223372036854775808", &n));
	EXPECT(!int_of("1.0", &n));
	EXPECT(!int_of("1e3", &n));
	EQ_INT(n, 0);
}

TEST("json: the writer puts commas, escapes and large numbers so that they can be read") {
	Buf b = {0};
	JsonWriter w = {.out = &b};
	jw_object(&w);
	jw_key(&w, "a\"b");
	jw_array(&w);
	jw_int(&w, 1);
	jw_int(&w, BLANK);
	jw_int(&w, (i64)1 << 53);
	jw_int(&w, ((i64)1 << 53) + 1);
	jw_int(&w, -((i64)1 << 53) - 1);
	jw_bool(&w, true);
	jw_bool(&w, false);
	jw_null(&w);
	jw_raw(&w, S("12.50"));
	jw_array(&w);
	jw_array_end(&w);
	jw_array_end(&w);
	jw_key(&w, "c");
	jw_str(&w, S("č\"\\\n\r\t\x01\x1F/"));
	jw_key(&w, "d");
	jw_object(&w);
	jw_object_end(&w);
	jw_object_end(&w);
	EQ_TEXT(buf_view(&b), "{\"a\\\"b\":[1,null,9007199254740992,\"9007199254740993\",\"-9007199254740993\",true,false,null,12.50,[]],"
	                      "\"c\":\"č\\\"\\\\\\n\\r\\t\\u0001\\u001f/\",\"d\":{}}");
	EXPECT(str_ends(events(buf_view(&b)), S(".")));
	buf_free(&b);
}

TEST("json: broken bytes are written as U+FFFD, so that the file stays readable") {
	Buf b = {0};
	json_escape(&b, S("a\xFFč\xC3" "b\xEF\xBF\xBD"));
	EQ_TEXT(buf_view(&b), "\"a\xEF\xBF\xBDč\xEF\xBF\xBD" "b\xEF\xBF\xBD\"");
	b.len = 0;
	json_escape(&b, S(""));
	EQ_TEXT(buf_view(&b), "\"\"");
	b.len = 0;
	json_escape(&b, S("a\xFF"));
	EQ_TEXT(buf_view(&b), "\"a\xEF\xBF\xBD\"");
	buf_free(&b);
}
