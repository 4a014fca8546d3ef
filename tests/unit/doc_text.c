/* doc_text_docx.c and the cleaning of doc_text.c: words of documents of others, and refusal of what is no document. */
#include <stdio.h>

#include "core/doc_text.h"
#include "core/xlsx_zip.h"
#include "tests/test.h"

#define RELS "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://x/officeDocument\" Target=\"%s\"/></Relationships>"

typedef struct Part { const char *name; Str bytes; } Part;

static Str packed(const Part *parts, size_t count) {
	CLEANUP(buf_free) Buf out = {0};
	ZipOut *z = zip_out_begin(t_arena, &out);
	for (size_t i = 0; i < count; i++)
		zip_out_part(z, parts[i].name, parts[i].bytes);
	EXPECT(zip_out_end(z));
	return buf_take(&out, t_arena);
}

static Str docx_with(Str document) {
	const Part parts[] = {{"[Content_Types].xml", S("<Types/>")}, {"_rels/.rels", str_format(t_arena, RELS, "word/document.xml")}, {"word/document.xml", document}};
	return packed(parts, LEN(parts));
}

static Str read_most(Str docx, size_t most, DocxTrouble *trouble) {
	CLEANUP(buf_free) Buf out = {0};
	docx_read(t_arena, docx, most, &out);
	EXPECT(out.len >= 1);
	*trouble = (DocxTrouble)out.ptr[0];
	return str_dup(t_arena, str_from(buf_view(&out), 1));
}

static Str text_of(Str docx) {
	DocxTrouble trouble;
	Str text = read_most(docx, 1 << 20, &trouble);
	EQ_INT(trouble, DOCX_FINE);
	return text;
}

static DocxTrouble trouble_of(Str docx) {
	DocxTrouble trouble;
	Str text = read_most(docx, 1 << 20, &trouble);
	EQ_INT(text.len, 0);
	return trouble;
}

static Str file(const char *path) {
	char *to = arena_alloc(t_arena, 1 << 20);
	FILE *f = fopen(path, "rb");
	EXPECT(f);
	size_t n = fread(to, 1, 1 << 20, f);
	fclose(f);
	return str_of(to, n);
}

#define HAS(text, part) (str_has((text), S(part)) ? (void)0 : test_fail(__FILE__, __LINE__, "no \"%s\" in:\n%.*s", part, STR_ARG(text)))
#define DOC(inside) S("<w:document xmlns:w=\"w\" xmlns:mc=\"m\"><w:body>" inside "</w:body></w:document>")

TEST("docx text: a document of LibreOffice gives its words, cells of tables among them") {
	Str text = text_of(file("tests/data/docx/libreoffice.docx"));
	HAS(text, "Zápis z jednání pracovní skupiny\n");
	HAS(text, "Žofie Příkladová, Řehoř Zkušební.");
	HAS(text, "druhý bod\n");
	HAS(text, "Domov U Lípy\n12,50\n");
}

TEST("docx text: runs join, tabs and breaks part words, deleted text and the second form of a drawing are left out") {
	EQ_TEXT(text_of(docx_with(DOC("<w:p><w:r><w:t>so</w:t></w:r><w:r><w:t>ciální</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del>"
	                              "<w:r><w:t>c &amp; d</w:t><w:instrText>PAGE</w:instrText></w:r></w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>rámeček</w:t></w:r></w:p></mc:Choice>"
	                              "<mc:Fallback><w:p><w:r><w:t>rámeček</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:p>mimo</w:p>"))),
	        "sociální a\nb\nc & d\nrámeček\n\n");
}

TEST("docx text: the main document may have any name; notes follow it") {
	const Part parts[] = {{"_rels/.rels", str_format(t_arena, RELS, "/w/hlavni.xml")}, {"w/footnotes.xml", DOC("<w:p><w:t>pod čarou</w:t></w:p>")}, {"w/hlavni.xml", DOC("<w:p><w:t>nahoře</w:t></w:p>")}};
	EQ_TEXT(text_of(packed(parts, LEN(parts))), "nahoře\npod čarou\n");
}

TEST("docx text: more text than wanted is cut") {
	DocxTrouble trouble;
	EQ_TEXT(read_most(docx_with(DOC("<w:p><w:t>0123456789</w:t></w:p><w:p><w:t>x</w:t></w:p>")), 6, &trouble), "01234");
	EQ_INT(trouble, DOCX_CUT);
}

TEST("docx text: what is broken, locked, too large or no document is told apart") {
	Str whole = docx_with(DOC("<w:p><w:t>x</w:t></w:p>"));
	EQ_INT(trouble_of(S("")), DOCX_BROKEN);
	EQ_INT(trouble_of(S("PK\x03\x04 nothing")), DOCX_BROKEN);
	for (size_t n = 0; n < whole.len; n++)
		EQ_INT(trouble_of(str_first(whole, n)), DOCX_BROKEN);
	EQ_INT(trouble_of(docx_with(DOC("<w:p>"))), DOCX_BROKEN);
	EQ_INT(trouble_of(docx_with(whole)), DOCX_BROKEN);
	EQ_INT(trouble_of(docx_with(S("<!DOCTYPE w [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w><t>&b;</t></w>"))), DOCX_BROKEN);
	const Part other[] = {{"_rels/.rels", str_format(t_arena, RELS, "xl/workbook.xml")}, {"word/document.xml", DOC("")}}, none[] = {{"a.txt", S("a")}}, outside[] = {{"../x", S("a")}};
	EQ_INT(trouble_of(packed(other, 2)), DOCX_FOREIGN);
	EQ_INT(trouble_of(packed(none, 1)), DOCX_BROKEN);
	EQ_INT(trouble_of(packed(outside, 1)), DOCX_BROKEN);
	char *locked = arena_copy(t_arena, whole.ptr, whole.len);
	i64   at = str_find(whole, S("PK\x01\x02"));
	EXPECT(at > 0);
	locked[at + 8] |= 1;
	EQ_INT(trouble_of(str_of(locked, whole.len)), DOCX_LOCKED);
}

TEST("docx text: a zip bomb is refused, whatever it says about its size; deep XML too") {
	enum { MANY = 30 << 20 };
	char *blanks = arena_alloc(t_arena, MANY);
	memset(blanks, ' ', MANY);
	EQ_INT(trouble_of(docx_with(str_of(blanks, MANY))), DOCX_LARGE);
	CLEANUP(buf_free) Buf deep = {0};
	for (int i = 0; i < 100000; i++)
		buf_lit(&deep, "<a>");
	EQ_INT(trouble_of(docx_with(buf_view(&deep))), DOCX_BROKEN);
	Part many[2100];
	for (size_t i = 0; i < LEN(many); i++)
		many[i] = (Part){str_z(t_arena, str_format(t_arena, "p%zu", i)), S("x")};
	EQ_INT(trouble_of(packed(many, LEN(many))), DOCX_LARGE);
}

TEST("doc text: blanks are one, empty lines are one, control characters and broken bytes are none, and no character is cut") {
	bool cut;
	EQ_TEXT(doc_text_clean(t_arena, S("\f  Ahoj \t\xC2\xA0 světe\x01!\r\n\n\n\n  dál\xFF \xC2\xADještě\n\n"), 100, &cut), "Ahoj světe!\n\ndál ještě");
	EXPECT(!cut);
	EQ_TEXT(doc_text_clean(t_arena, S("až"), 2, &cut), "a");
	EXPECT(cut);
	EQ_TEXT(doc_text_clean(t_arena, S(""), 2, &cut), "");
	EXPECT(!cut);
}
