#include "html/html.h"

#include "tests/unit/golden.h"

static Out out;

static Str taken(void) {
	Str s = buf_take(&out, t_arena);
	buf_free(&out);
	return s;
}

#define TEXT(x) (html_text(&out, (x)), taken())
#define ATTR(x) (html_attr(&out, (x)), taken())
#define URL(x) (html_url(&out, (x)), taken())
#define START(x) (html_url_start(&out, (x)), taken())

TEST("html: every byte that means something in HTML is escaped, all others stay") {
	char all[255];
	for (int i = 0; i < 255; i++)
		all[i] = (char)(i + 1);
	Str s = TEXT(str_of(all, sizeof all));
	EXPECT(str_has(s, S("!&quot;#$%&amp;&#39;()*+,-./0123456789:;&lt;=&gt;?@")));
	EQ_INT(s.len, 255 + 5 + 4 + 4 + 3 + 3);
}

TEST("html: escaping copies runs of any length, also at both ends and of nothing") {
	EQ_TEXT(TEXT(S("")), "");
	EQ_TEXT(TEXT((Str){0}), "");
	EQ_TEXT(TEXT((const char *)NULL), "");
	EQ_TEXT(TEXT(S("<<")), "&lt;&lt;");
	EQ_TEXT(TEXT(S("<a>")), "&lt;a&gt;");
	EQ_TEXT(TEXT(S("abc")), "abc");
	EQ_TEXT(TEXT("Příliš \"žluťoučký\""), "Příliš &quot;žluťoučký&quot;");
}

TEST("html: what is escaped and what holds together is found at every place of a text of every length") {
	char before[48], after[48];
	memset(before, 'x', sizeof before);
	memset(after, 'y', sizeof after);
	for (size_t n = 0; n < LEN(before); n++)
		for (size_t m = 0; m < LEN(after); m++) {
			Str x = {before, n}, y = {after, m};
			Str text = str_format(t_arena, "%.*s v lese <%.*s", STR_ARG(x), STR_ARG(y));
			EQ_STR(TEXT(text), str_format(t_arena, "%.*s v\u00A0lese &lt;%.*s", STR_ARG(x), STR_ARG(y)));
			EQ_STR(ATTR(text), str_format(t_arena, "%.*s v lese &lt;%.*s", STR_ARG(x), STR_ARG(y)));
		}
}

TEST("html: text shows people's forms, attributes show machines' forms") {
	EQ_TEXT(TEXT((i64)1797), "1\u00A0797");
	EQ_TEXT(ATTR((i64)1797), "1797");
	EQ_TEXT(TEXT(-5), "−5");
	EQ_TEXT(ATTR(-5), "-5");
	EQ_TEXT(TEXT((size_t)12345), "12\u00A0345");
	EQ_TEXT(ATTR((size_t)12345), "12345");
	EQ_TEXT(TEXT(D(2025, 1, 31)), "<time datetime=\"2025-01-31\">31.\u00A01.\u00A02025</time>");
	EQ_TEXT(ATTR(D(2025, 1, 31)), "2025-01-31");
	EQ_TEXT(TEXT(czk(1250)), "1\u00A0250\u00A0Kč");
	EQ_TEXT(TEXT(fte(350)), "3,50");
	EQ_TEXT(TEXT(((Percent){490})), "4,9\u00A0%");
	EQ_TEXT(TEXT(((Html){S("<b>x</b>")})), "<b>x</b>");
}

TEST("html: text holds together what Czech typography does not part, attributes and <pre> are left as they are") {
	EQ_TEXT(TEXT(S("Domov v Liberci, z. ú.")), "Domov v\u00A0Liberci, z.\u00A0ú.");
	EQ_TEXT(TEXT("K řece & k lesu"), "K\u00A0řece &amp; k\u00A0lesu");
	EQ_TEXT(TEXT(S("12 lůžek a 3,50 úvazku")), "12\u00A0lůžek a\u00A03,50\u00A0úvazku");
	EQ_TEXT(TEXT(S("podle § 4")), "podle §\u00A04");
	EQ_TEXT(TEXT(S("dvě slova ")), "dvě slova ");
	EQ_TEXT(TEXT(S(" v")), " v");
	EQ_TEXT(TEXT(S("v ")), "v ");
	EQ_TEXT(TEXT(S("<i v <i")), "&lt;i v\u00A0&lt;i");
	EQ_TEXT(ATTR(S("Domov v Liberci")), "Domov v Liberci");
	EQ_TEXT((html_pre(&out, S("když v = 1")), taken()), "když v = 1");
	EQ_TEXT((html_pre(&out, "v <"), taken()), "v &lt;");
	EQ_TEXT((html_pre(&out, czk(1250)), taken()), "1\u00A0250\u00A0Kč");
}

TEST("html: what was not filled in prints nothing") {
	EQ_TEXT(TEXT((i64)BLANK), "");
	EQ_TEXT(ATTR((i64)BLANK), "");
	EQ_TEXT(URL((i64)BLANK), "");
	EQ_TEXT(TEXT(((Money){BLANK})), "");
	EQ_TEXT(TEXT(((Fte){BLANK})), "");
	EQ_TEXT(TEXT(((Percent){BLANK})), "");
	EQ_TEXT(TEXT(((Date){0})), "");
	EQ_TEXT(TEXT(((Instant){0})), "");
}

TEST("html: a component of an address holds nothing that ends it") {
	EQ_TEXT(URL(S("a/b?c=d&e#f \"<'>")), "a%2Fb%3Fc%3Dd%26e%23f%20%22%3C%27%3E");
	EQ_TEXT(URL(S("Aš-1._~")), "A%C5%A1-1._~");
	EQ_TEXT(URL(S("javascript:x")), "javascript%3Ax");
	EQ_TEXT(URL(D(2025, 1, 31)), "2025-01-31");
	EQ_TEXT(URL((i64)-7), "-7");
}

TEST("html: a whole address leads to us or by a scheme that only leads") {
	EQ_TEXT(START(S("/a/b?c=d&e='f'")), "/a/b?c=d&amp;e=&#39;f&#39;");
	EQ_TEXT(START(S("/")), "/");
	EQ_TEXT(START(S("?strana=2")), "?strana=2");
	EQ_TEXT(START(S("#obsah")), "#obsah");
	EQ_TEXT(START(S("https://kraj.example/ž x")), "https://kraj.example/ž%20x");
	EQ_TEXT(START(S("HTTP://kraj.example")), "HTTP://kraj.example");
	EQ_TEXT(START(S("mailto:a@b.cz")), "mailto:a@b.cz");
	EQ_TEXT(START(S("tel:+420485226111")), "tel:+420485226111");
}

TEST("html: any other address becomes #") {
	static const char *const bad[] = {
		"", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "\tjavascript:x", "java\nscript:x", "data:text/html,x", "vbscript:x",
		"//evil.example", "/\\evil.example", "/\t/evil.example", "\\\\evil.example", "https:evil", "http:/x", "https:\\\\x", "relative", "file:///etc", "\x01/x",
	};
	for (size_t i = 0; i < LEN(bad); i++)
		EQ_TEXT(START(bad[i]), "#");
}

TEST("html: JSON in a page cannot end its script") {
	html_json_island(&out, S("{\"a\":\"</script><!-- & \xE2\x80\xA8 \xE2\x80\xA9 \xE2\x80\xAA\"}"));
	EQ_TEXT(taken(), "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028 \\u2029 \xE2\x80\xAA\"}");
	html_json_island(&out, S("\"\xE2\x80"));
	EQ_TEXT(taken(), "\"\xE2\x80");
}

TEST("html: what must be escaped is escaped at every place of a long text, sixteen bytes at a time or one") {
	static const char signs[] = "&<>\"'";
	static const char *const becomes[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
	for (size_t len = 0; len <= 50; len++)
		for (size_t at = 0; at < len; at++)
			for (size_t k = 0; k < 5; k++) {
				char text[64];
				Buf b = {0};
				memset(text, 'a', len);
				text[at] = signs[k];
				html_escape(&b, str_of(text, len));
				Str want = str_format(t_arena, "%.*s%s%.*s", (int)at, text, becomes[k], (int)(len - at - 1), text + at + 1);
				EQ_STR(buf_view(&b), want);
				buf_free(&b);
			}
}
