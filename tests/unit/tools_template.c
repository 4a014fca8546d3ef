/* What docs/templates.md promises: what is compiled, what is refused and with which words, what comes out at run time. */
#include "tools/template/template.h"

#include "tests/templates/sample.html.h"
#include "tests/unit/golden.h"

static Str compile(const char *source, Str *error) {
	Buf c = {0}, h = {0};
	bool ok = template_compile(t_arena, S("src/domain/x/x.html"), str_c(source), &c, &h, error);
	Str code = buf_take(&c, t_arena);
	buf_free(&c);
	buf_free(&h);
	return ok ? code : (Str){0};
}

#define COMPILES(body) check_compiles(__FILE__, __LINE__, "{% page p() %}" body "{% end %}")
static Str check_compiles(const char *file, int line, const char *source) {
	Str error;
	Str code = compile(source, &error);
	if (!code.len)
		test_fail(file, line, "refused: %.*s", STR_ARG(error));
	return code;
}

/* Refused with file and line in front, and with these words. */
#define REFUSES(body, where, words) check_refuses(__FILE__, __LINE__, "{% page p() %}\n" body "{% end %}", "src/domain/x/x.html:" where ": ", words)
#define REFUSES_FILE(source, where, words) check_refuses(__FILE__, __LINE__, source, "src/domain/x/x.html:" where ": ", words)
static void check_refuses(const char *file, int line, const char *source, const char *where, const char *words) {
	Str error = {0};
	if (compile(source, &error).len)
		test_fail(file, line, "not refused");
	if (!str_starts(error, str_c(where)) || !str_has(error, str_c(words)))
		test_fail(file, line, "the message is\n#   %.*s\n# and should begin with %s and hold \"%s\"", STR_ARG(error), where, words);
}

#define HAS(code, part) EXPECT(str_has(code, S(part)))

TEST("template: each hole is printed by its place") {
	HAS(COMPILES("<p>{{ x }}"), "html_text(out, (x));");
	HAS(COMPILES("<pre><b>{{ x }}</b></pre>"), "html_pre(out, (x));");
	HAS(COMPILES("<p title=\"{{ x }}\">"), "html_attr(out, (x));");
	HAS(COMPILES("<p title='{{ x }}'>"), "html_attr(out, (x));");
	HAS(COMPILES("<a href=\"{{ x }}\">"), "html_url_start(out, (x));");
	HAS(COMPILES("<a href=\"/a/{{ x }}\">"), "html_url(out, (x));");
	HAS(COMPILES("<A HREF=\"{{ x }}\">"), "html_url_start(out, (x));");
	HAS(COMPILES("<p data-poll=\"{{ x }}\">"), "html_url_start(out, (x));");
	HAS(COMPILES("<form data-autosave=\"/a?b={{ x }}\">"), "html_url(out, (x));");
	HAS(COMPILES("<title>{{ x }}</title>"), "html_attr(out, (x));");
	HAS(COMPILES("<textarea>{{ x }}</textarea>"), "html_attr(out, (x));");
	HAS(COMPILES("<script type=\"application/json\">{{json x }}</script>"), "html_json_island(out, (x));");
}

TEST("template: only the first hole of an address can be a whole one") {
	Str code = COMPILES("<a href=\"{{ x }}{{ y }}\">");
	HAS(code, "html_url_start(out, (x));");
	HAS(code, "html_url(out, (y));");
	HAS(COMPILES("<a href=\"{% if a %}/b/{% end %}{{ y }}\">"), "html_url(out, (y));");
	HAS(COMPILES("<a href=\"{% for int i = 0; i < 2; i++ %}{{ i }}{% end %}\">"), "html_url(out, (i));");
	HAS(COMPILES("<a href=\"{% if a %}{{ x }}{% else %}/b/{{ y }}{% end %}\">"), "html_url_start(out, (x));");
}

TEST("template: C in a hole may hold quotes, brackets and the signs that end a hole") {
	HAS(COMPILES("{{ f((T){{1}}, \"}}\", '}') }}"), "html_text(out, (f((T){{1}}, \"}}\", '}')));");
	HAS(COMPILES("{% if f(\"%}\") %}{% end %}"), "if (f(\"%}\")) {");
	HAS(COMPILES("{{ a\n# b }}"), "html_text(out, (a # b));");           /* never at the beginning of a line */
}

TEST("template: literals around comments become one write") {
	HAS(COMPILES("<p>a{# no #}b</p>"), "html_lit(out, \"<p>ab</p>\");");
}

TEST("template: blanks shrink to one, but not in pre and textarea") {
	HAS(COMPILES("\n\n   <p>\n   x   y\n</p>\n   <p>\n"), "html_lit(out, \"<p> x y </p> <p>\");");
	HAS(COMPILES("<pre>\n  a\n   b</pre>"), "<pre>\\012  a\\012   b</pre>");
	HAS(COMPILES("<textarea>  a\n</textarea>"), "<textarea>  a\\012</textarea>");
	HAS(COMPILES("<p>k1\n  {% if x %}\n  b\n  {% end %}\n  c"), "html_lit(out, \"<p>k1 \");");
}

TEST("template: a value that begins with a line break keeps it in pre and textarea") {
	HAS(COMPILES("<textarea>{{ x }}</textarea>"), "<textarea>\\012");
	HAS(COMPILES("<pre>{{ x }}</pre>"), "<pre>\\012");
	EXPECT(!str_has(COMPILES("<pre><b>{{ x }}</b></pre>"), S("<b>\\012")));
}

TEST("template: a loop whose body parts its turns by a blank keeps that blank") {
	HAS(COMPILES("a {% for int i = 0; i < 3; i++ %} x{% end %}"), "html_lit(out, \" x\");");
	HAS(COMPILES("a {% for int i = 0; i < 3; i++ %} x {% end %}"), "html_lit(out, \"x \");");
}

TEST("template: Czech typography gets its hard blanks") {
	HAS(COMPILES("<p>žije v Liberci a okolí</p>"), "žije v\u00A0Liberci a\u00A0okolí");
	HAS(COMPILES("<p>V obci (k datu) „s nimi“</p>"), "V\u00A0obci (k\u00A0datu) „s\u00A0nimi“");
	HAS(COMPILES("<p>v {{ x }}</p>"), "\"<p>v\u00A0\"");
	HAS(COMPILES("<p>5 % z 10 Kč za 3 dny</p>"), "5\u00A0% z\u00A010\u00A0Kč za 3\u00A0dny");
	HAS(COMPILES("<p>{{ n }} lůžek</p>"), "\"\u00A0lůžek</p>\"");
	HAS(COMPILES("<p>podle § 101a</p>"), "podle §\u00A0101a");
	HAS(COMPILES("<p>ves a dům 3 lidé</p>"), "ves a\u00A0dům 3 lidé");
	EXPECT(!str_has(COMPILES("<pre>v Liberci</pre><p title=\"v Liberci\">"), S("\u00A0")));
}

TEST("template: an attribute may be there or not") {
	HAS(COMPILES("<input{% if x %} checked{% end %}>"), "html_lit(out, \" checked\");");
	HAS(COMPILES("<input {% if x %}checked {% end %}name=\"a\">"), "html_lit(out, \"checked \");");
	HAS(COMPILES("<a class=\"x{% if y %} z{% end %}\"{% if h %} href=\"{{ h }}\"{% end %}>"), "html_url_start(out, (h));");
}

TEST("template: generated C names the template's lines") {
	Str code = COMPILES("<p>\n{{ x }}\n\n{{ y }}");
	HAS(code, "#line 2 \"src/domain/x/x.html\"\n\thtml_text(out, (x));");
	HAS(code, "#line 4 \"src/domain/x/x.html\"\n\thtml_text(out, (y));");
	HAS(code, "#include \"domain/x/x.html.h\"");
}

TEST("template: the header declares each page and includes what was asked for") {
	Buf c = {0}, h = {0};
	Str error;
	Str source = S("{% include \"core/x.h\" %}{% page a() %}{% end %}{% page b(int n) %}{{ n }}{% end %}");
	EXPECT(template_compile(t_arena, S("src/web/y.html"), source, &c, &h, &error));
	Str header = buf_take(&h, t_arena);
	buf_free(&c);
	buf_free(&h);
	HAS(header, "#pragma once\n#include \"html/html.h\"\n#include \"core/x.h\"\nvoid view_a(Out *out);\nvoid view_b(Out *out, int n);\n");
}

TEST("template: a hole stands nowhere but in text and in quoted values") {
	REFUSES("<p>\n<{{ x }}>", "3", "in a tag name");
	REFUSES("<h{{ x }}>", "2", "in a tag name");
	REFUSES("<p {{ x }}>", "2", "between the attributes of <p>");
	REFUSES("<p data-{{ x }}=\"1\">", "2", "in the attribute name data-");
	REFUSES("<p title={{ x }}>", "2", "in the unquoted value of title");
	REFUSES("<p title=a{{ x }}>", "2", "in the unquoted value of title");
	REFUSES("<style>\n\n{{ x }}</style>", "4", "inside <style>");
	REFUSES("<script src=\"/a\">{{ x }}</script>", "2", "inside <script>");
	REFUSES("<!-- {{ x }} -->", "2", "in a comment");
	REFUSES("<!doctype {{ x }}>", "2", "in the document type");
	REFUSES("</p {{ x }}>", "2", "between the attributes of </p>");
	REFUSES("<img srcset=\"{{ x }}\">", "2", "srcset");
	REFUSES("<script type=\"{{ x }}\"></script>", "2", "fixed value");
}

TEST("template: what the browser's policy forbids does not get that far") {
	REFUSES("<p onclick=\"{{ x }}\">", "2", "onclick");
	REFUSES("<p OnClick=\"a()\">", "2", "assets/app.js");
	REFUSES("<p onclick{% if x %}{% end %}>", "2", "onclick");
	REFUSES("<p style=\"\">", "2", "use a class");
	REFUSES("<p style=\"{{ x }}\">", "2", "use a class");
	REFUSES("<p srcdoc=\"a\">", "2", "srcdoc");
	REFUSES("<script>\nalert(1)</script>", "2", "assets/");
	REFUSES("<script type=\"text/plain\" src=\"/a\"></script>", "2", "type is unknown");
	REFUSES("<script src=\"/a\">\nalert(1)</script>", "3", "no content");
	REFUSES("<iframe src=\"/a\">", "2", "no place");
	REFUSES("<a href=\"javascript:x\">", "2", "javascript:");
	REFUSES("<a href=\"DATA:x\">", "2", "data:");
	REFUSES("<a href=javascript:x>", "2", "javascript:");
}

TEST("template: JSON goes into its island and nothing else does") {
	REFUSES("<p>{{json x }}</p>", "2", "it belongs into <script");
	REFUSES("<p title=\"{{json x }}\">", "2", "it belongs into <script");
	REFUSES("<script type=\"application/json\">{{ x }}</script>", "2", "only {{json }}");
	REFUSES("<script src=\"/a\">{{json x }}</script>", "2", "it belongs into <script");
	REFUSES("<script type=\"application/{% if a %}json{% else %}x{% end %}\">{{json x }}</script>", "2", "type is unknown");
}

TEST("template: all branches of an if end in one HTML state") {
	REFUSES("{% if x %}<a href=\"{% else %}<a{% end %}", "2", "ends in the value of href of <a> in one branch and between the attributes of <a>");
	REFUSES("\n{% if x %}<p {% end %}>", "3", "same HTML state");
	REFUSES("{% if x %}<pre>{% end %}", "2", "same HTML state");
	REFUSES("{% if x %}<a {% else %}<b {% end %}>", "2", "same HTML state");
	REFUSES("<a href={% if x %}\"a{% else %}'a{% end %}", "2", "put it around the whole");
	REFUSES("{% if x %}<a href=\"{% elif y %}<a href='{% else %}{% end %}\">", "2", "same HTML state");
	REFUSES("<script{% if x %} src=\"/a\"{% end %}></script>", "2", "same HTML state");
	REFUSES("{% for int i = 0; i < 2; i++ %}<p{% end %}>", "2", "a loop must end");
	REFUSES("{% each x in list %}<textarea>{% end %}", "2", "a loop must end");
}

TEST("template: a name or a tag is not cut by a directive") {
	REFUSES("<p{% if x %}re{% end %}>", "2", "a blank is missing");
	REFUSES("<p a{% if x %}b{% end %}=\"1\">", "2", "a blank is missing");
	REFUSES("<{% if x %}p{% end %}>", "2", "in a tag name");
	REFUSES("<p title={% if x %}\"a\"{% end %}>", "2", "put it around the whole");
	REFUSES("<!-- {% if x %} --> {% end %}", "2", "in a comment");
	REFUSES("<p>\n<b title=\"{% use other() %}\">", "3", "where text can stand");
}

TEST("template: a page ends in the text") {
	REFUSES("<p>\n<a href=\"", "3", "in the value of href of <a>");
	REFUSES("<p", "2", "in a tag name");
	REFUSES("<pre>", "2", "inside <pre>");
	REFUSES("<textarea>", "2", "inside <textarea>");
	REFUSES("<!-- a", "2", "in a comment");
}

TEST("template: HTML that a browser would read differently is refused") {
	REFUSES("a < b", "2", "write &lt;");
	REFUSES("<p a=\"1\"b=\"2\">", "2", "a blank is missing");
	REFUSES("<p a=1\"2>", "2", "write quotes");
	REFUSES("<p a=>", "2", "no value");
	REFUSES("<p /a>", "2", "only before >");
	REFUSES("</p class=\"a\">", "2", "end tag");
	REFUSES("<p \"a\">", "2", "cannot begin with");
	REFUSES("<title/>", "2", "write </title>");
}

TEST("template: directives that do not fit are refused") {
	REFUSES("{% nonsense %}", "2", "no directive {% nonsense %}");
	REFUSES("{% else %}", "2", "belongs to no");
	REFUSES("{% if a %}{% else %}{% else %}{% end %}", "2", "comes last");
	REFUSES("{% if a %}{% else %}{% elif b %}{% end %}", "2", "comes last");
	REFUSES("{% if %}{% end %}", "2", "something is missing");
	REFUSES("{% else x %}", "2", "nothing may follow");
	REFUSES("{% for int i = 0; i < 3 %}{% end %}", "2", "three parts");
	REFUSES("{% each x of y %}{% end %}", "2", "{% each item in list %}");
	REFUSES("{% let int x %}", "2", "one declaration with a value");
	REFUSES("{% let int x = 1; int y = 2; %}", "2", "one declaration");
	REFUSES("{% use other %}", "2", "{% use name(…) %}");
	REFUSES("{% include \"a.h\" %}", "2", "move it to the top");
	REFUSES("{% page q() %}{% end %}", "2", "inside the page of line 1");
	REFUSES("{{ }}", "2", "empty");
	REFUSES("{{ x ", "2", "has no end");
	REFUSES("{{ (x }}", "2", "do not match");
	REFUSES("{{ \"x }}\n", "2", "has no end");
	REFUSES("{{ x /* y */ }}", "2", "no C comment");
	REFUSES("{# x", "2", "#}");
}

TEST("template: files without order are refused") {
	REFUSES_FILE("", "1", "no page");
	REFUSES_FILE("\n\n text", "3", "outside of a page");
	REFUSES_FILE("{{ x }}", "1", "outside of a page");
	REFUSES_FILE("{% if x %}", "1", "outside of a page");
	REFUSES_FILE("\n{% page p() %}\n", "2", "no {% end %}");
	REFUSES_FILE("{% page p() %}{% if x %}\n", "1", "the {% if %} of this line has no {% end %}");
	REFUSES_FILE("{% page p() %}{% end %}\n{% page p() %}{% end %}", "2", "twice");
	REFUSES_FILE("{% page 1() %}{% end %}", "1", "wants a name");
	REFUSES_FILE("{% end %}", "1", "outside of a page");
	REFUSES_FILE("{% include \"../a.h\" %}", "1", "seen from src/");
	REFUSES_FILE("{% include <a.h> %}", "1", "seen from src/");
	REFUSES_FILE("\xff", "1", "UTF-8");
}

TEST("template: the sample prints what its template says") {
	static const SampleRow rows[] = {
		{{"a b", 3}, {"Ž <i>", 6}, 1797},
		{{"\"&", 2}, {"O'Hara & syn", 12}, BLANK},
	};
	SampleRows list = {rows, 2, 2};
	Out out = {0};
	view_sample(&out, S("Úvod & <b>"), &list, S("javascript:alert(1)"), date(2025, 1, 31), S("{\"a\":\"</script>\"}"), 1);
	Str page = buf_take(&out, t_arena);
	GOLDEN("template_sample.html", page);
	view_sample(&out, S("\n\"'"), &(SampleRows){0}, S("/a b?c=<d>"), (Date){0}, S("null"), 0);
	page = buf_take(&out, t_arena);
	buf_free(&out);
	GOLDEN("template_sample_empty.html", page);
}
