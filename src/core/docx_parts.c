/* docx_parts.c: the package around the text: types, relations, properties, numbering, notes, head and foot. */
#include "base/data_file.h"
#include "core/docx_inside.h"
#include "core/xlsx_zip.h"

#define XML   "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define W     "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R     "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define REL   "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PACK  "http://schemas.openxmlformats.org/package/2006/"
#define WORD  "application/vnd.openxmlformats-officedocument.wordprocessingml."

static const char types[] = XML "<Types xmlns=\"" PACK "content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
	"<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"" WORD "document.main+xml\"/>"
	"<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD "styles+xml\"/><Override PartName=\"/word/numbering.xml\" ContentType=\"" WORD "numbering+xml\"/>"
	"<Override PartName=\"/word/settings.xml\" ContentType=\"" WORD "settings+xml\"/><Override PartName=\"/word/footnotes.xml\" ContentType=\"" WORD "footnotes+xml\"/>"
	"<Override PartName=\"/word/header1.xml\" ContentType=\"" WORD "header+xml\"/><Override PartName=\"/word/footer1.xml\" ContentType=\"" WORD "footer+xml\"/>"
	"<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char top_relations[] = XML "<Relationships xmlns=\"" PACK "relationships\"><Relationship Id=\"rDocument\" Type=\"" REL "officeDocument\" Target=\"word/document.xml\"/>"
	"<Relationship Id=\"rCore\" Type=\"" PACK "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

static const char settings[] = XML "<w:settings " W "><w:zoom w:percent=\"100\"/><w:footnotePr><w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>"
	"<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
	"<w:themeFontLang w:val=\"cs-CZ\"/></w:settings>";

static Str finish(Docx *d, Buf *b) {
	Str s = buf_take(b, d->arena);
	buf_free(b);
	return s;
}

static Str relations(Docx *d) {
	Buf b = {0};
	buf_lit(&b, XML "<Relationships xmlns=\"" PACK "relationships\"><Relationship Id=\"rStyles\" Type=\"" REL "styles\" Target=\"styles.xml\"/>"
	            "<Relationship Id=\"rNumbering\" Type=\"" REL "numbering\" Target=\"numbering.xml\"/><Relationship Id=\"rSettings\" Type=\"" REL "settings\" Target=\"settings.xml\"/>"
	            "<Relationship Id=\"rFootnotes\" Type=\"" REL "footnotes\" Target=\"footnotes.xml\"/><Relationship Id=\"rHeader\" Type=\"" REL "header\" Target=\"header1.xml\"/>"
	            "<Relationship Id=\"rFooter\" Type=\"" REL "footer\" Target=\"footer1.xml\"/>");
	for (size_t i = 0; i < d->links.len; i++) {
		buf_format(&b, "<Relationship Id=\"rLink%zu\" Type=\"" REL "hyperlink\" TargetMode=\"External\" Target=\"", i);
		docx_escape(&b, d->links.at[i]);
		buf_lit(&b, "\"/>");
	}
	buf_lit(&b, "</Relationships>");
	return finish(d, &b);
}

static Str properties(Docx *d) {
	Buf  b = {0};
	char iso[INSTANT_ISO_LEN];
	buf_lit(&b, XML "<cp:coreProperties xmlns:cp=\"" PACK "metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" "
	            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>");
	docx_escape(&b, d->head.title);
	buf_lit(&b, "</dc:title><dc:creator>");
	docx_escape(&b, d->head.author);
	buf_lit(&b, "</dc:creator><dc:language>cs-CZ</dc:language>");
	if (d->head.at.ms)
		buf_format(&b, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%.19sZ</dcterms:created>", instant_iso(d->head.at, iso).ptr);
	buf_lit(&b, "</cp:coreProperties>");
	return finish(d, &b);
}

/* 1 = bullets; each numbered list is a number of its own that begins anew. */
static Str numbering(Docx *d) {
	Buf b = {0};
	static const char *const signs[] = {"•", "–", "▪"};
	buf_lit(&b, XML "<w:numbering " W "><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/>");
	for (int i = 0; i < DOCX_DEPTH; i++)
		buf_format(&b, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"%s\"/><w:lvlJc w:val=\"left\"/>"
		               "<w:pPr><w:ind w:left=\"%d\" w:hanging=\"360\"/></w:pPr></w:lvl>", i, signs[i % 3], 360 * (i + 1));
	buf_lit(&b, "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\"><w:multiLevelType w:val=\"multilevel\"/>");
	for (int i = 0; i < DOCX_DEPTH; i++)
		buf_format(&b, "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/><w:lvlText w:val=\"%%%d.\"/><w:lvlJc w:val=\"left\"/>"
		               "<w:pPr><w:ind w:left=\"%d\" w:hanging=\"360\"/></w:pPr></w:lvl>", i, i % 2 ? "lowerLetter" : "decimal", i + 1, 360 * (i + 1));
	buf_lit(&b, "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>");
	for (int i = 1; i <= d->list_count; i++) {
		buf_format(&b, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"1\"/>", i + 1);
		for (int k = 0; k < DOCX_DEPTH; k++)
			buf_format(&b, "<w:lvlOverride w:ilvl=\"%d\"><w:startOverride w:val=\"1\"/></w:lvlOverride>", k);
		buf_lit(&b, "</w:num>");
	}
	buf_lit(&b, "</w:numbering>");
	return finish(d, &b);
}

static Str footnotes(Docx *d) {
	Buf b = {0};
	buf_lit(&b, XML "<w:footnotes " W " " R "><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
	            "<w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>");
	buf_str(&b, buf_view(&d->footnotes));
	buf_lit(&b, "</w:footnotes>");
	return finish(d, &b);
}

static void put_words(Buf *b, Str s) {
	buf_lit(b, "<w:r><w:t xml:space=\"preserve\">");
	docx_escape(b, s);
	buf_lit(b, "</w:t></w:r>");
}

static void put_field(Buf *b, const char *code) {
	buf_format(b, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> %s </w:instrText></w:r>"
	              "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", code);
}

static Str margin(Docx *d, bool is_head) {
	Buf b = {0};
	buf_format(&b, XML "<w:%s " W " " R "><w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", is_head ? "hdr" : "ftr", is_head ? "Header" : "Footer");
	put_words(&b, is_head ? d->head.title : d->head.note);
	buf_lit(&b, "<w:r><w:tab/></w:r>");
	if (is_head) {
		put_words(&b, d->head.label);
	} else {
		put_words(&b, S("strana "));
		put_field(&b, "PAGE");
		put_words(&b, S(" z "));
		put_field(&b, "NUMPAGES");
	}
	buf_format(&b, "</w:p></w:%s>", is_head ? "hdr" : "ftr");
	return finish(d, &b);
}

/* A field with the headings as they are now; Word adds the pages when it is asked to. */
static void put_contents(Docx *d, Buf *b) {
	buf_lit(b, "<w:p><w:pPr><w:pStyle w:val=\"TOCHeading\"/></w:pPr><w:r><w:t>Obsah</w:t></w:r></w:p>");
	for (size_t i = 0; i < d->heading_count; i++) {
		const DocxHeading *h = &d->headings[i];
		buf_format(b, "<w:p><w:pPr><w:pStyle w:val=\"TOC%d\"/></w:pPr>", h->level - 1);
		if (i == 0)
			buf_lit(b, "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o &quot;2-3&quot; \\h \\z </w:instrText></w:r>"
			           "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
		buf_format(b, "<w:hyperlink w:anchor=\"%.*s\">", STR_ARG(docx_bookmark(d->arena, h->anchor)));
		put_words(b, h->words);
		buf_lit(b, "</w:hyperlink>");
		if (i + 1 == d->heading_count)
			buf_lit(b, "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
		buf_lit(b, "</w:p>");
	}
	buf_lit(b, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
}

static Str document(Docx *d) {
	Buf b = {0};
	Str body = buf_view(&d->body);
	buf_lit(&b, XML "<w:document " W " " R "><w:body>");
	buf_str(&b, str_first(body, d->contents_at));
	if (d->contents_at && d->heading_count)
		put_contents(d, &b);
	buf_str(&b, str_from(body, d->contents_at));
	buf_lit(&b, "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rHeader\"/><w:footerReference w:type=\"default\" r:id=\"rFooter\"/>");
	buf_str(&b, d->head.is_landscape ? S("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>") : S("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
	buf_lit(&b, "<w:pgMar w:top=\"1247\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"624\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
	return finish(d, &b);
}

static void free_buffers(void *arg) {
	Docx *d = arg;
	buf_free(&d->body);
	buf_free(&d->rows);
	buf_free(&d->footnotes);
	buf_free(&d->dropped);
}

Docx *docx_begin(Arena *a, const DocxHead *head) {
	Docx *d = NEW(a, Docx, .arena = a, .head = *head);
	d->out = &d->body;
	arena_defer(a, free_buffers, d);
	return d;
}

bool docx_end(Docx *d, Buf *out) {
	CHECK(!d->in_table);
	ZipOut *z = zip_out_begin(d->arena, out);
	zip_out_part(z, "[Content_Types].xml", str_c(types));
	zip_out_part(z, "_rels/.rels", str_c(top_relations));
	zip_out_part(z, "docProps/core.xml", properties(d));
	zip_out_part(z, "word/document.xml", document(d));
	zip_out_part(z, "word/_rels/document.xml.rels", relations(d));
	zip_out_part(z, "word/styles.xml", data_file(d->arena, "docx/styles.xml"));
	zip_out_part(z, "word/numbering.xml", numbering(d));
	zip_out_part(z, "word/settings.xml", str_c(settings));
	zip_out_part(z, "word/footnotes.xml", footnotes(d));
	zip_out_part(z, "word/header1.xml", margin(d, true));
	zip_out_part(z, "word/footer1.xml", margin(d, false));
	return zip_out_end(z);
}
