/* Markdown of people: twelve elements, links that lead where they may, nothing else. */
#include "html/markdown.h"

#include "tests/test.h"

#define MADE(source, expected) EQ_STR(markdown(t_arena, S(source)).markup, S(expected))

TEST("markdown: paragraphs, headings, lists, emphasis and breaks become the twelve elements") {
	MADE("# Nadpis\n\nText *šikmý* a **tučný**.\n", "<h2>Nadpis</h2><p>Text <em>šikmý</em> a <strong>tučný</strong>.</p>");
	MADE("## a\n### b\n#### c", "<h2>a</h2><h3>b</h3><h3>c</h3>");
	MADE("- jedna\n- dvě\n", "<ul><li>jedna</li><li>dvě</li></ul>");
	MADE("1. jedna\n\n2. dvě\n", "<ol><li><p>jedna</p></li><li><p>dvě</p></li></ol>");
	MADE("> citát\n", "<blockquote><p>citát</p></blockquote>");
	MADE("a  \nb\nc", "<p>a<br>b c</p>");
	MADE("---\n", "<hr>");
	MADE("`kód` a\n\n    blok <b>\n", "<p>kód a</p><p>blok &lt;b&gt;</p>");
	MADE("", "");
}

TEST("markdown: raw HTML and images are no elements") {
	MADE("<script>alert(1)</script>\n", "");
	MADE("a <b onclick=x>b</b> c", "<p>a b c</p>");
	MADE("![popis](https://x.cz/o.png)", "<p>popis</p>");
	MADE("<!-- x -->\n", "");
	MADE("&lt;script&gt; &amp; \"a\"", "<p>&lt;script&gt; &amp; &quot;a&quot;</p>");
}

TEST("markdown: links lead to https, mail and our own pages, others keep their words only") {
	MADE("[a](https://x.cz)", "<p><a href=\"https://x.cz\" rel=\"nofollow ugc noopener\">a</a></p>");
	MADE("[a](mailto:x@y.cz) [b](/kontakt)", "<p><a href=\"mailto:x@y.cz\">a</a> <a href=\"/kontakt\">b</a></p>");
	static const char *const bad[] = {"javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "http://x.cz", "//x.cz", "/\\x.cz", "vbscript:x", "java&#10;script:x", "kontakt"};
	for (size_t i = 0; i < LEN(bad); i++) {
		Str made = markdown(t_arena, str_format(t_arena, "[a](<%s>)", bad[i])).markup;
		if (str_has(made, S("<a")))
			test_fail(__FILE__, __LINE__, "%s: %.*s", bad[i], STR_ARG(made));
	}
	MADE("<https://x.cz/\"onmouseover=>", "<p><a href=\"https://x.cz/&quot;onmouseover=\" rel=\"nofollow ugc noopener\">https://x.cz/&quot;onmouseover=</a></p>");
}

TEST("markdown: words alone, and a text of any length ends") {
	EQ_TEXT(markdown_words(t_arena, S("# Nadpis\n\nText **tučný** [odkaz](https://x.cz)")), "Nadpis Text tučný odkaz");
	EQ_TEXT(markdown_words(t_arena, S("Svoz & rozvoz <5 km")), "Svoz & rozvoz <5 km");
	char *deep = memset(arena_alloc(t_arena, 90001), '>', 90000);
	EXPECT(markdown(t_arena, str_of(deep, 90000)).markup.len > 0);
	char *many = memset(arena_alloc(t_arena, 300001), '*', 300000);
	(void)markdown(t_arena, str_of(many, 300000));
	EXPECT(utf8_valid(markdown(t_arena, S("\xff\xfe [a](\xc0\xaf)")).markup));
}

TEST("markdown: headings of a page have ids of their words, each its own") {
	MarkdownHeadings headings;
	EQ_STR(markdown_page(t_arena, S("# Jak začít\n\n## Jak *začít*\n\n### <\"x\">\n"), &headings).markup,
	       S("<h2 id=\"t-jak-zacit\">Jak začít</h2><h2 id=\"t-jak-zacit-2\">Jak <em>začít</em></h2><h3 id=\"t-x\">&lt;&quot;x&quot;&gt;</h3>"));
	EQ_INT(headings.len, 3);
	EQ_TEXT(headings.at[1].text, "Jak začít");
	EQ_INT(headings.at[2].level, 3);
}

TEST("markdown: one paragraph stays one, whatever it begins with; its raw HTML is shown as text") {
	EQ_STR(markdown_inline(t_arena, S("# není nadpis *ani* [odkaz](javascript:x)")).markup, S("# není nadpis <em>ani</em> odkaz"));
	EQ_STR(markdown_inline(t_arena, S("- **„tučný“** 1. <script>x</script>")).markup, S("- <strong>„tučný“</strong> 1. &lt;script&gt;x&lt;/script&gt;"));
	EQ_STR(markdown_inline(t_arena, S("a\\\nb")).markup, S("a<br>b"));
	EQ_STR(markdown_inline(t_arena, S(" ")).markup, S(""));
	EQ_STR(markdown_part(t_arena, S("<b>x</b>")).markup, S("<p>&lt;b&gt;x&lt;/b&gt;</p>"));
	char *word = arena_alloc(t_arena, MARKDOWN_MAX);
	memset(word, '<', MARKDOWN_MAX);
	EQ_INT(markdown_inline(t_arena, str_of(word, MARKDOWN_MAX)).markup.len, 4 * MARKDOWN_MAX);
}

TEST("markdown: plain words, which no parser reads, come out as the parser would give them") {
	static const char *const all[] = {"Kraj podpoří služby", "a", "Sobě \"rovný\" - 12,50 Kč; (viz 3.2) a/b + c = d # e ~ f", "https://example.org/a?b=c", "www.example.org", "50 % lidí… – —",
		"O'Connor", "konec.", "1 234,56 Kč", "a  b", "dům!", "! pozor", "x  "};
	for (size_t i = 0; i < LEN(all); i++) {
		Str inside = markdown_inline(t_arena, str_c(all[i])).markup, part = markdown_part(t_arena, str_c(all[i])).markup;
		EQ_STR(str_format(t_arena, "<p>%.*s</p>", STR_ARG(inside)), part);
	}
	EQ_STR(markdown_inline(t_arena, S("a\xFF" "b")).markup, S("a\xEF\xBF\xBD" "b"));      /* what is no text goes to the parser */
	EQ_STR(markdown_inline(t_arena, S("1. bod")).markup, S("1. bod"));
	EQ_STR(markdown_inline(t_arena, S("- bod")).markup, S("- bod"));
}
