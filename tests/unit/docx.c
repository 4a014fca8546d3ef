/* docx.c, docx_parts.c, docx_html.c: packages that open, whatever the text; with SITOVKA_KEEP_DOCX=folder they are kept for tests/proofs/office.sh. */
#include <stdio.h>
#include <stdlib.h>

#include "core/docx.h"
#include "core/xlsx_xml.h"
#include "core/xlsx_zip.h"
#include "tests/test.h"

/* ---- reading what was made, by other means than those that made it ---- */

typedef struct Seen {
	int  depth, elements;
	Buf  path, text;                         /* " Heading2:Cíle" and the like, in order */
	Str  style;
	bool in_row, in_deep;
	int  tables, rows, header_rows, cells, links, inside_links, bookmarks, notes, breaks, fields;
} Seen;

static void on_start(void *arg, const char *name, const char **attributes) {
	Seen *s = arg;
	const char *value = xml_attribute(attributes, "val");
	s->elements++;
	if (strcmp(name, "pStyle") == 0)
		buf_format(&s->text, "[%s]", value);
	if (strcmp(name, "p") == 0)
		buf_lit(&s->text, "\n");
	s->tables += strcmp(name, "tbl") == 0;
	s->rows += strcmp(name, "tr") == 0;
	s->header_rows += strcmp(name, "tblHeader") == 0;
	s->cells += strcmp(name, "tc") == 0;
	s->links += strcmp(name, "hyperlink") == 0 && xml_attribute(attributes, "id");
	s->inside_links += strcmp(name, "hyperlink") == 0 && xml_attribute(attributes, "anchor");
	s->bookmarks += strcmp(name, "bookmarkStart") == 0;
	s->notes += strcmp(name, "footnoteReference") == 0;
	s->breaks += strcmp(name, "br") == 0;
	s->fields += strcmp(name, "instrText") == 0;
	s->in_deep = strcmp(name, "t") == 0;
}

static void on_end(void *arg, const char *name) {
	Seen *s = arg;
	(void)name;
	s->in_deep = false;
}

static void on_text(void *arg, Str piece) {
	Seen *s = arg;
	if (s->in_deep)
		buf_str(&s->text, piece);
}

static Str part_of(Str docx, const char *name) {
	const char *why;
	char        piece[8192];
	CLEANUP(buf_free) Buf b = {0};
	Zip *z = zip_open(t_arena, docx, &why);
	if (!z)
		test_fail(__FILE__, __LINE__, "%s", why);
	ZipPart *p = zip_part_open(z, str_c(name));
	if (!p)
		test_fail(__FILE__, __LINE__, "there is no %s", name);
	for (i64 n; (n = zip_part_read(p, piece, sizeof piece)) != 0;) {
		EXPECT(n > 0);
		buf_put(&b, piece, (size_t)n);
	}
	return buf_take(&b, t_arena);
}

static void free_seen(void *arg) {
	Seen *s = arg;
	buf_free(&s->text);
}

static Seen *read_part(Str docx, const char *name) {
	Seen *s = NEW_ZERO(t_arena, Seen);
	arena_defer(t_arena, free_seen, s);
	Xml *x = xml_open(t_arena, (XmlHandler){s, on_start, on_end, on_text});
	if (!xml_feed(x, part_of(docx, name), true))
		test_fail(__FILE__, __LINE__, "%s: %s", name, xml_why(x));
	EXPECT(s->elements > 0);
	return s;
}

static const char *const parts[] = {"[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/numbering.xml",
                                    "word/settings.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml", "word/document.xml"};

/* The text of the document; every part is well-formed. */
static Seen *judge(Str docx, const char *keep_as) {
	Seen *s = NULL;
	const char *folder = getenv("SITOVKA_KEEP_DOCX");
	for (size_t i = 0; i < LEN(parts); i++)
		s = read_part(docx, parts[i]);
	if (folder) {
		FILE *f = fopen(str_z(t_arena, str_format(t_arena, "%s/%s.docx", folder, keep_as)), "wb");
		EXPECT(f && fwrite(docx.ptr, 1, docx.len, f) == docx.len && fclose(f) == 0);
	}
	return s;
}

static Str finished(Docx *d) {
	CLEANUP(buf_free) Buf out = {0};
	EXPECT(docx_end(d, &out));
	return buf_take(&out, t_arena);
}

static Docx *given(void) {
	return docx_begin(t_arena, &(DocxHead){.title = S("Plán & síť"), .author = S("Ukázkový kraj"), .label = S("ukázková data"), .note = S("Verze 3"),
	                                      .origin = S("https://sitovka.example"), .at = {INT64_C(1735689600000)}, .contents = true});
}

#define HAS(text, part) (str_has((text), S(part)) ? (void)0 : test_fail(__FILE__, __LINE__, "no \"%s\" in:\n%.*s", part, STR_ARG(text)))

/* ---- piece by piece ---- */

static Str built(void) {
	Docx *d = given();
	docx_text(d, (DocxPara){.kind = DOCX_HEADING, .level = 1}, S("Plán & síť"));
	for (int i = 2; i <= 6; i++)
		docx_text(d, (DocxPara){.kind = DOCX_HEADING, .level = i, .anchor = str_format(t_arena, "n%d", i)}, str_format(t_arena, "Nadpis %d", i));
	docx_put(d, (DocxPara){.kind = DOCX_TEXT}, (DocxRun[]){{.text = S("Tučně"), .bold = true}, {.text = S(" a ")}, {.text = S("šikmo"), .italic = true},
		{.text = S("ven"), .href = S("https://www.mpsv.cz/?a=1&b=2")}, {.text = S("dovnitř"), .href = S("#n2")}, {.text = S("cesta"), .href = S("/plan")},
		{.text = S("nic"), .href = S("javascript:alert(1)")}, {.text = S("s poznámkou"), .footnote = S("Pod čarou <b>")}}, 8);
	int first = docx_list(d), second = docx_list(d);
	docx_text(d, (DocxPara){.kind = DOCX_BULLET, .level = 1}, S("odrážka"));
	docx_text(d, (DocxPara){.kind = DOCX_NUMBER, .level = 1, .list = first}, S("první"));
	docx_text(d, (DocxPara){.kind = DOCX_NUMBER, .level = 2, .list = first}, S("vnořený"));
	docx_text(d, (DocxPara){.kind = DOCX_NUMBER, .level = 1, .list = second}, S("nový seznam"));
	docx_page_break(d);
	docx_table(d, S("Kapacity"));
	docx_row(d, true);
	for (int i = 0; i < 3; i++) {
		docx_cell(d, (DocxCell){.is_header = true});
		docx_text(d, (DocxPara){.kind = DOCX_TEXT}, str_format(t_arena, "Sloupec %d", i));
		docx_cell_end(d);
	}
	for (int i = 0; i < 40; i++) {
		docx_row(d, false);
		docx_cell(d, (DocxCell){.columns = i == 5 ? 2 : 1, .rows = i == 7 ? 2 : 1});
		docx_text(d, (DocxPara){.kind = DOCX_TEXT}, str_format(t_arena, "Řádek %d", i));
		docx_cell_end(d);
		docx_cell(d, (DocxCell){0});
		docx_cell_end(d);
	}
	docx_table_end(d);
	return finished(d);
}

TEST("docx: headings, runs, links, notes, lists and tables with repeated header rows are in the package, and every part is well-formed") {
	Str   docx = built();
	Seen *s = judge(docx, "built");
	Str   text = buf_view(&s->text);
	HAS(text, "[Heading1]Plán & síť\n[TOCHeading]Obsah\n[TOC1]Nadpis 2\n[TOC2]Nadpis 3");
	HAS(text, "[Heading6]Nadpis 6");
	HAS(text, "Tučně a šikmoven");
	HAS(text, "[Caption]Kapacity");
	HAS(text, "[Cell]Řádek 39");
	EQ_INT(s->tables, 1);
	EQ_INT(s->rows, 41);
	EQ_INT(s->header_rows, 1);
	EQ_INT(s->cells, 3 + 80 + 1);
	EQ_INT(s->links, 2);
	EQ_INT(s->inside_links, 1 + 2);
	EQ_INT(s->bookmarks, 6);
	EQ_INT(s->notes, 1);
	EQ_INT(s->fields, 1);
	HAS(part_of(docx, "word/_rels/document.xml.rels"), "Target=\"https://www.mpsv.cz/?a=1&amp;b=2\"");
	HAS(part_of(docx, "word/_rels/document.xml.rels"), "Target=\"https://sitovka.example/plan\"");
	EXPECT(!str_has(part_of(docx, "word/_rels/document.xml.rels"), S("javascript")));
	HAS(part_of(docx, "word/footnotes.xml"), "Pod čarou &lt;b&gt;");
	HAS(part_of(docx, "word/styles.xml"), "w:lang w:val=\"cs-CZ\"");
	HAS(part_of(docx, "docProps/core.xml"), "<dc:title>Plán &amp; síť</dc:title>");
	HAS(part_of(docx, "docProps/core.xml"), "2025-01-01T00:00:00Z");
	HAS(part_of(docx, "word/footer1.xml"), " PAGE ");
	HAS(part_of(docx, "word/header1.xml"), "ukázková data");
	HAS(part_of(docx, "word/numbering.xml"), "<w:num w:numId=\"3\">");
}

TEST("docx: the same document gives the same bytes") {
	EQ_STR(built(), built());
}

TEST("docx: an empty document and a table without rows are documents too") {
	judge(finished(given()), "empty");
	Docx *d = given();
	docx_table(d, (Str){0});
	docx_table_end(d);
	docx_table(d, S("Prázdná"));
	docx_row(d, true);
	docx_row(d, false);
	docx_table_end(d);
	Seen *s = judge(finished(d), "empty-table");
	EQ_INT(s->tables, 1);
	EQ_INT(s->cells, 2);
}

/* ---- any text ---- */

TEST("docx: control characters, ends of CDATA, turned text, broken UTF-8 and very long words do no harm") {
	Docx *d = given();
	CLEANUP(buf_free) Buf every = {0}, large = {0};
	for (int i = 0; i < 256; i++)
		buf_char(&every, (char)i);
	for (int i = 0; i < 5000; i++)
		buf_lit(&large, "Ž");
	const Str hostile[] = {S("]]>"), S("<w:p>&amp;\"'</w:p>"), S("\xE2\x80\xAEobráceně\xE2\x80\xAC"), S("\xEF\xBF\xBE\xEF\xBF\xBF\xED\xA0\x80"), S("a\0b"), S("\x01\x02\x0b\x7f"), S("řádek\nřádek\ttabulátor"),
	                       S("\xF0\x9F\x8F\xA0"), S("=1+1"), S("{{x}} %s %n"), buf_view(&every), buf_view(&large)};
	for (size_t i = 0; i < LEN(hostile); i++) {
		docx_text(d, (DocxPara){.kind = DOCX_HEADING, .level = 2, .anchor = hostile[i]}, hostile[i]);
		docx_put(d, (DocxPara){.kind = DOCX_TEXT}, &(DocxRun){.text = hostile[i], .href = str_cat(t_arena, S("https://"), hostile[i]), .footnote = hostile[i]}, 1);
		docx_table(d, hostile[i]);
		docx_row(d, true);
		docx_cell(d, (DocxCell){.columns = -5, .rows = 100000});
		docx_text(d, (DocxPara){.kind = DOCX_NUMBER, .level = 99, .list = 77}, hostile[i]);
		docx_cell_end(d);
		docx_table_end(d);
	}
	Seen *s = judge(finished(d), "hostile");
	Str   text = buf_view(&s->text);
	HAS(text, "]]>");
	HAS(text, "<w:p>&amp;\"'</w:p>");
	HAS(text, "\xE2\x80\xAEobráceně");
	HAS(text, "ab");
	EXPECT(str_has(text, buf_view(&large)));
	EQ_INT(s->tables, LEN(hostile));
}

TEST("docx: a table wider than Word allows loses columns, not the document") {
	Docx *d = given();
	docx_table(d, (Str){0});
	for (int row = 0; row < 3; row++) {
		docx_row(d, false);
		for (int i = 0; i < 100; i++) {
			docx_cell(d, (DocxCell){.rows = 2});
			docx_text(d, (DocxPara){.kind = DOCX_TEXT}, S("x"));
			docx_cell_end(d);
		}
	}
	docx_table_end(d);
	EQ_INT(judge(finished(d), "wide")->cells, 63 * 3);
}

/* ---- from a print view ---- */

static Seen *from_html(const char *html, const char *keep_as) {
	Docx *d = given();
	docx_html(d, str_c(html));
	return judge(finished(d), keep_as);
}

TEST("docx: a print view becomes headings, paragraphs, nested lists and tables; drawings and what is not for print are left out") {
	Seen *s = from_html(
		"<h1>Plán</h1><p class=\"no-print\">skryté <span class=\"no-print\">x</span></p><p>Věta  s <strong>tučným</strong>,\n <em>šikmým</em> a <a href=\"/plan\">odkazem</a>.<br>Nový řádek &amp; &lt;tag&gt; &#345;&#x159;.</p>"
		"<h2 id=\"cil\">Cíl <em>1</em></h2><blockquote><p>Citát</p></blockquote><ul><li>a</li><li><p>b</p><p>b pokračuje</p><ol><li>b1</li><li>b2</li></ol></li></ul><ol><li>znovu 1</li></ol>"
		"<dl><dt>Pojem</dt><dd>Výklad</dd></dl><pre>  řádek 1\n  řádek 2</pre>"
		"<figure><figcaption>Graf</figcaption><svg viewBox=\"0 0 1 1\"><title>t</title><text>v grafu</text><svg></svg></svg></figure>"
		"<h2 class=\"page-break\" id=\"tab\">Tabulka</h2><table><caption>Okresy</caption><thead><tr><th scope=\"col\">Okres</th><th scope=\"col\" class=\"num\">Lůžka</th></tr></thead>"
		"<tbody><tr><th scope=\"row\" rowspan=\"2\">Liberec</th><td class=\"num\">1&nbsp;797</td></tr><tr><td><ul><li>v buňce</li></ul><table><tr><td>vnořená</td></tr></table></td></tr><tr><td colspan=\"2\"></td></tr></tbody></table>"
		"<p>Za tabulkou <a href=\"#cil\">zpět</a>.</p>", "view");
	Str text = buf_view(&s->text);
	HAS(text, "[Heading1]Plán\n[TOCHeading]Obsah\n[TOC1]Cíl 1\n[TOC1]Tabulka");
	HAS(text, "\nVěta s tučným, šikmým a odkazem.Nový řádek & <tag> řř.");
	HAS(text, "[Heading2]Cíl 1\n[Quote]Citát\n[ListParagraph]a\n[ListParagraph]b\n[ListParagraph]b pokračuje\n[ListParagraph]b1\n[ListParagraph]b2\n[ListParagraph]znovu 1\nPojem\n[ListParagraph]Výklad");
	HAS(text, "[Code]  řádek 1  řádek 2");
	HAS(text, "[Caption]Graf\n[Heading2]Tabulka\n[Caption]Okresy\n[Cell]Okres\n[Cell]Lůžka\n[Cell]Liberec\n[Cell]1\xC2\xA0" "797\n[Cell]\n[ListParagraph]v buňce\n[Cell]vnořená\n[Cell]");
	HAS(text, "Za tabulkou zpět.");
	EXPECT(!str_has(text, S("skryté")) && !str_has(text, S("v grafu")));
	EQ_INT(s->tables, 1);
	EQ_INT(s->header_rows, 1);
	EQ_INT(s->rows, 4);
	EQ_INT(s->links, 1);
	EQ_INT(s->inside_links, 3);
}

TEST("docx: notes of a text become footnotes; a note that nothing refers to stays in its list") {
	static const char html[] = "<h1>A</h1><p>Věta<sup><a href=\"#pozn-1\" id=\"odkaz-1\" aria-label=\"Poznámka 1\">1</a></sup> dál<sup><a href=\"#pozn-b\" id=\"odkaz-b\">b</a></sup>.</p><ol class=\"notes\">\n"
		"<li id=\"o1\"><span id=\"pozn-1\"><sup>1</sup></span> První <em>&amp;</em> text. <a href=\"#odkaz-1\" aria-label=\"Zpět\">↑</a></li>\n<li id=\"o2\"><span id=\"pozn-b\"><sup>b</sup></span> Druhá.%s</li></ol><p>Konec</p>";
	char all[1200];
	snprintf(all, sizeof all, html, " <a href=\"#odkaz-b\">↑</a>");
	Docx *d = given();
	docx_html(d, str_c(all));
	Str   docx = finished(d), notes;
	Seen *s = judge(docx, "notes");
	HAS(buf_view(&s->text), "Věta dál.\nKonec");
	EQ_INT(s->notes, 2);
	notes = buf_view(&read_part(docx, "word/footnotes.xml")->text);
	HAS(notes, " První & text.\n");
	HAS(notes, " Druhá.");
	EXPECT(!str_has(notes, S("↑")));
	snprintf(all, sizeof all, html, "</li><li><span id=\"pozn-x\"><sup>x</sup></span> Nikde.");
	s = from_html(all, "notes-kept");
	HAS(buf_view(&s->text), "x Nikde.");
	s = from_html("<p>a<sup><a href=\"#pozn-9\">9</a></sup></p>", "no-note");
	HAS(buf_view(&s->text), "a9");
	EQ_INT(s->notes, 0);
}

TEST("docx: markup that ends in the middle of anything still makes a document") {
	static const char whole[] = "<h1 id=\"x\">A</h1><ul><li><ol><li>x</li></ol></li></ul><table><caption>C</caption><thead><tr><th colspan=\"9\">h</th></tr></thead><tr><td>c</td></tr></table><pre>p</pre><svg><g></g></svg>&amp;";
	for (size_t n = 0; n <= sizeof whole - 1; n++) {
		Docx *d = given();
		docx_html(d, str_of(whole, n));
		read_part(finished(d), "word/document.xml");
	}
	from_html("</td></table></tr></ul></ol></h1></p></svg></pre><td>x</td><tr><li>y<table><table><tr><td>z</table></table>", "crooked");
}
