/* Paragraphs as HTML. */
#include "domain/library/paragraphs_page.h"
#include "tests/test.h"

static Paragraphs read_text(const char *text) {
	Paragraphs p;
	Str        why;
	MUST(paragraphs_read(t_arena, str_c(text), &p, &why));
	return p;
}

static Html live(void *arg, Str name, Str caption, bool is_block) {
	(void)arg, (void)caption;
	return str_eq(name, S("sluzeb")) && !is_block ? (Html){S("<b>220</b>")} : (Html){0};
}

TEST("paragraphs as HTML: anchors, lists with their numbers, footnotes there and back, live numbers, headings below the page's own") {
	Paragraphs p = read_text("# Síť\n{#a2b3}\n\nV kraji je ![x](zivy-udaj:sluzeb) služeb.[^1]\n{#c4d5 e6f7}\n\n3. třetí\n{#g2h3}\n4. čtvrtý\n{#k2m3}\n\n[^1]: Registr.\n{#n2p3}\n");
	Html h = paragraphs_html(t_arena, &p, &(ParagraphsView){.live = live});
	EQ_TEXT(h.markup,
	        "<h2 id=\"a2b3\">Síť</h2>\n"
	        "<p id=\"c4d5\">V kraji je <b>220</b> služeb.<sup><a href=\"#pozn-1\" id=\"odkaz-1\" aria-label=\"Poznámka 1\">1</a></sup><span id=\"e6f7\"></span></p>\n"
	        "<ol>\n<li id=\"g2h3\" value=\"3\">třetí</li>\n<li id=\"k2m3\" value=\"4\">čtvrtý</li>\n</ol>\n"
	        "<ol class=\"notes\">\n<li id=\"n2p3\"><span id=\"pozn-1\"><sup>1</sup></span> Registr. "
	        "<a href=\"#odkaz-1\" aria-label=\"Zpět do textu k poznámce 1\">↑</a></li>\n</ol>\n");
}

TEST("paragraphs as HTML: scripts, raw HTML and strange addresses are text; an unknown figure says so") {
	Paragraphs p = read_text("<script>alert(1)</script> [x](javascript:alert(1))\n\n- <img src=x onerror=y>\n  - pod\n\n![Graf <b>](zivy-udaj:nic)\n");
	Str h = paragraphs_html(t_arena, &p, &(ParagraphsView){0}).markup;
	EXPECT(str_has(h, S("&lt;script&gt;alert(1)&lt;/script&gt; x")));
	EXPECT(!str_has(h, S("<script")) && !str_has(h, S("javascript:")) && !str_has(h, S("<img")));
	EXPECT(str_has(h, S("&lt;img src=x onerror=y&gt;")) && str_has(h, S("pod")));
	EXPECT(str_has(h, S("[Graf &lt;b&gt;: údaj není k dispozici]")));
}

TEST("paragraphs as HTML: a table has its caption, heads and numbers to the right") {
	Paragraphs p = read_text("| ORP | Služeb |\n|---|---:|\n| Tanvald | 12 |\n: Služby\n{#a2b3}\n");
	EQ_TEXT(paragraphs_html(t_arena, &p, &(ParagraphsView){0}).markup,
	        "<div class=\"table\" id=\"a2b3\"><table class=\"dense\"><caption id=\"tabulka-a2b3\">Služby</caption>"
	        "<thead><tr><th scope=\"col\">ORP</th><th scope=\"col\" class=\"num\">Služeb</th></tr></thead>"
	        "<tbody><tr><th scope=\"row\">Tanvald</th><td class=\"num\">12</td></tr>\n</tbody></table></div>\n");
}

TEST("difference as HTML: words that came and went are marked, what stayed is told by its number") {
	Paragraphs x = read_text("Stejný odstavec.\n{#a2b3}\n\nKraj zajistí 12 lůžek.\n{#c4d5}\n"), y = read_text("Stejný odstavec.\n{#a2b3}\n\nKraj zajistí 15 lůžek.\n{#c4d5}\n");
	ParagraphDiffs d = paragraphs_difference(t_arena, &x, &y);
	Str h = paragraphs_difference_html(t_arena, &d, false).markup;
	EXPECT(str_has(h, S("1\xC2\xA0odstavec beze změny")));
	EXPECT(str_has(h, S("Kraj zajistí <del>12</del><ins>15</ins> lůžek.")));
	EXPECT(str_has(h, S("změněno</span>")));
}
