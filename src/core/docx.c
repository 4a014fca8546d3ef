/* docx.c: paragraphs and tables into WordprocessingML; docx_parts.c makes the rest of the package. */
#include "core/docx_inside.h"

/* ---- text ---- */

/* XML 1.0 knows no control characters but TAB and line ends, no surrogates, no U+FFFE and U+FFFF, not even as references. */
static bool may_stand(u32 c) {
	return c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

void docx_escape(Buf *out, Str s) {
	for (size_t pos = 0; pos < s.len;) {
		char utf8[4];
		u32  c = utf8_next(s, &pos);
		if (!may_stand(c) || c == 0x7F || (c >= 0x80 && c < 0xA0))
			continue;
		if (c == '&')
			buf_lit(out, "&amp;");
		else if (c == '<')
			buf_lit(out, "&lt;");
		else if (c == '>')
			buf_lit(out, "&gt;");
		else if (c == '"')
			buf_lit(out, "&quot;");
		else
			buf_put(out, utf8, utf8_put(utf8, c));
	}
}

/* Line ends and tabs are elements. */
static void put_text(Buf *out, Str s) {
	while (s.len) {
		size_t n = 0;
		while (n < s.len && s.ptr[n] != '\n' && s.ptr[n] != '\t')
			n++;
		if (n) {
			buf_lit(out, "<w:t xml:space=\"preserve\">");
			docx_escape(out, str_first(s, n));
			buf_lit(out, "</w:t>");
		}
		if (n < s.len)
			buf_str(out, s.ptr[n] == '\t' ? S("<w:tab/>") : S("<w:br/>"));
		s = str_from(s, n + 1);
	}
}

/* ---- runs ---- */

static void put_look(Buf *out, const DocxRun *r, bool is_link) {
	buf_lit(out, "<w:rPr>");
	if (is_link)
		buf_lit(out, "<w:rStyle w:val=\"Hyperlink\"/>");
	if (r->code)
		buf_lit(out, "<w:rFonts w:ascii=\"Liberation Mono\" w:hAnsi=\"Liberation Mono\" w:cs=\"Liberation Mono\"/>");
	if (r->bold)
		buf_lit(out, "<w:b/><w:bCs/>");
	if (r->italic)
		buf_lit(out, "<w:i/><w:iCs/>");
	if (r->struck)
		buf_lit(out, "<w:strike/>");
	if (r->underlined)
		buf_lit(out, "<w:u w:val=\"single\"/>");
	if (r->raised || r->lowered)
		buf_str(out, r->raised ? S("<w:vertAlign w:val=\"superscript\"/>") : S("<w:vertAlign w:val=\"subscript\"/>"));
	buf_lit(out, "</w:rPr>");
}

/* A name of a bookmark has at most 40 letters and digits. */
Str docx_bookmark(Arena *a, Str anchor) {
	return str_format(a, "a_%016llx", (unsigned long long)str_hash(anchor));
}

/* Number of the relation with this address; the same address has one. */
static size_t relation_of(Docx *d, Str address) {
	for (size_t i = 0; i < d->links.len; i++)
		if (str_eq(d->links.at[i], address))
			return i;
	strs_add(d->arena, &d->links, str_dup(d->arena, address));
	return d->links.len - 1;
}

/* True when an element was opened that has to be closed. */
static bool open_link(Docx *d, Str href) {
	Buf *out = d->out;
	if (str_starts(href, S("#")) && href.len > 1) {
		buf_format(out, "<w:hyperlink w:anchor=\"%.*s\">", STR_ARG(docx_bookmark(d->arena, str_from(href, 1))));
		return true;
	}
	if (str_starts(href, S("/")) && !str_starts(href, S("//")) && d->head.origin.len)
		href = str_cat(d->arena, d->head.origin, href);
	if (!str_starts(href, S("https://")) && !str_starts(href, S("http://")) && !str_starts(href, S("mailto:")) && !str_starts(href, S("tel:")))
		return false;
	buf_format(out, "<w:hyperlink r:id=\"rLink%zu\">", relation_of(d, href));
	return true;
}

static void put_footnote(Docx *d, Str text) {
	int id = ++d->footnote_count;
	buf_format(&d->footnotes, "<w:footnote w:id=\"%d\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>"
	                          "<w:footnoteRef/></w:r><w:r>", id);
	put_text(&d->footnotes, str_cat(d->arena, S(" "), text));
	buf_lit(&d->footnotes, "</w:r></w:p></w:footnote>");
	buf_format(d->out, "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"%d\"/></w:r>", id);
}

static void put_run(Docx *d, const DocxRun *r) {
	bool is_link = r->href.len && open_link(d, r->href);
	if (r->text.len) {
		buf_lit(d->out, "<w:r>");
		put_look(d->out, r, is_link);
		put_text(d->out, r->text);
		buf_lit(d->out, "</w:r>");
	}
	if (is_link)
		buf_lit(d->out, "</w:hyperlink>");
	if (r->footnote.len)
		put_footnote(d, r->footnote);
}

/* ---- paragraphs ---- */

static int within(int n, int least, int most) {
	return n < least ? least : n > most ? most : n;
}

static void put_style(Docx *d, const DocxPara *p) {
	Buf *out = d->out;
	static const char *const styles[] = {[DOCX_BULLET] = "ListParagraph", [DOCX_NUMBER] = "ListParagraph", [DOCX_LIST_MORE] = "ListParagraph", [DOCX_QUOTE] = "Quote",
	                                     [DOCX_CODE] = "Code", [DOCX_CAPTION] = "Caption"};
	buf_lit(out, "<w:pPr>");
	if (p->kind == DOCX_HEADING)
		buf_format(out, "<w:pStyle w:val=\"Heading%d\"/>", within(p->level, 1, 6));
	else if (p->kind != DOCX_TEXT)
		buf_format(out, "<w:pStyle w:val=\"%s\"/>", styles[p->kind]);
	else if (d->in_cell)
		buf_lit(out, "<w:pStyle w:val=\"Cell\"/>");
	if (p->new_page)
		buf_lit(out, "<w:pageBreakBefore/>");
	int depth = within(p->level, 1, DOCX_DEPTH) - 1;
	if (p->kind == DOCX_BULLET || p->kind == DOCX_NUMBER)
		buf_format(out, "<w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr>", depth, p->kind == DOCX_BULLET ? 1 : within(p->list, 1, d->list_count) + 1);
	if (p->kind == DOCX_LIST_MORE)
		buf_format(out, "<w:ind w:left=\"%d\"/>", 360 * (depth + 1));
	if (p->right)
		buf_lit(out, "<w:jc w:val=\"right\"/>");
	buf_lit(out, "</w:pPr>");
}

static void remember_heading(Docx *d, const DocxPara *p, Str anchor, const DocxRun *runs, size_t count) {
	CLEANUP(buf_free) Buf words = {0};
	for (size_t i = 0; i < count; i++)
		buf_str(&words, runs[i].text);
	*ARENA_PUSH(d->arena, d->headings, d->heading_count, d->heading_cap) = (DocxHeading){within(p->level, 1, 6), anchor, buf_take(&words, d->arena)};
}

void docx_put(Docx *d, DocxPara p, const DocxRun *runs, size_t count) {
	bool is_heading = p.kind == DOCX_HEADING;
	CHECK(!d->in_table || d->in_cell);
	if (is_heading && !p.anchor.len)
		p.anchor = str_format(d->arena, "nadpis-%zu", d->heading_count + 1);
	if (p.kind == DOCX_NUMBER && d->list_count == 0)
		docx_list(d);
	buf_lit(d->out, "<w:p>");
	put_style(d, &p);
	int mark = p.anchor.len ? ++d->bookmark_count : 0;
	if (mark)
		buf_format(d->out, "<w:bookmarkStart w:id=\"%d\" w:name=\"%.*s\"/>", mark, STR_ARG(docx_bookmark(d->arena, p.anchor)));
	for (size_t i = 0; i < count; i++)
		put_run(d, &runs[i]);
	if (mark)
		buf_format(d->out, "<w:bookmarkEnd w:id=\"%d\"/>", mark);
	buf_lit(d->out, "</w:p>");
	d->cell_paragraphs++;
	if (is_heading && !d->in_table) {
		if (p.level >= 2 && p.level <= 3)
			remember_heading(d, &p, p.anchor, runs, count);
		if (!d->contents_at && d->head.contents)
			d->contents_at = d->body.len;
	}
}

void docx_text(Docx *d, DocxPara p, Str text) {
	docx_put(d, p, &(DocxRun){.text = text}, 1);
}

int docx_list(Docx *d) {
	return ++d->list_count;
}

void docx_page_break(Docx *d) {
	if (!d->in_table)
		buf_lit(d->out, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
}

/* ---- tables ---- */

void docx_table(Docx *d, Str caption) {
	CHECK(!d->in_table);
	if (caption.len)
		docx_text(d, (DocxPara){.kind = DOCX_CAPTION}, caption);
	d->in_table = true;
	d->caption = caption;
	d->columns = 0;
	d->row_open = false;
	memset(d->below, 0, sizeof d->below);
	d->rows.len = 0;
	d->out = &d->rows;
}

/* Cells that reach down into this row from above, up to the next free column. */
static void put_reaching(Docx *d) {
	while (d->column < DOCX_COLUMNS && d->below[d->column].rows > 0) {
		int width = within(d->below[d->column].columns, 1, DOCX_COLUMNS - d->column);
		buf_lit(&d->rows, "<w:tc><w:tcPr>");
		if (width > 1)
			buf_format(&d->rows, "<w:gridSpan w:val=\"%d\"/>", width);
		buf_lit(&d->rows, "<w:vMerge/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p></w:tc>");
		d->below[d->column].rows--;
		d->column += width;
	}
}

static void end_row(Docx *d) {
	if (!d->row_open)
		return;
	put_reaching(d);
	if (d->column == 0)                          /* a row without a cell is no row for Word */
		buf_lit(&d->rows, "<w:tc><w:p/></w:tc>"), d->column = 1;
	buf_lit(&d->rows, "</w:tr>");
	d->columns = d->column > d->columns ? d->column : d->columns;
	d->row_open = false;
}

void docx_row(Docx *d, bool is_header) {
	CHECK(d->in_table && !d->in_cell);
	end_row(d);
	d->row_open = true;
	d->column = 0;
	buf_lit(&d->rows, "<w:tr><w:trPr><w:cantSplit/>");
	if (is_header)
		buf_lit(&d->rows, "<w:tblHeader/>");
	buf_lit(&d->rows, "</w:trPr>");
}

void docx_cell(Docx *d, DocxCell c) {
	CHECK(d->in_table && !d->in_cell);
	if (!d->row_open)
		docx_row(d, false);
	put_reaching(d);
	if (d->column >= DOCX_COLUMNS) {
		d->cell_dropped = d->in_cell = true;
		d->out = &d->dropped;
		return;
	}
	int width = within(c.columns, 1, DOCX_COLUMNS - d->column), height = within(c.rows, 1, 1000);
	buf_lit(&d->rows, "<w:tc><w:tcPr>");
	if (width > 1)
		buf_format(&d->rows, "<w:gridSpan w:val=\"%d\"/>", width);
	if (height > 1)
		buf_lit(&d->rows, "<w:vMerge w:val=\"restart\"/>");
	if (c.is_header)
		buf_lit(&d->rows, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF1F5\"/>");
	buf_lit(&d->rows, "</w:tcPr>");
	if (height > 1)
		d->below[d->column] = (DocxSpan){height - 1, width};
	d->column += width;
	d->in_cell = true;
	d->cell_paragraphs = 0;
}

void docx_cell_end(Docx *d) {
	CHECK(d->in_cell);
	if (!d->cell_dropped) {
		if (d->cell_paragraphs == 0)
			buf_lit(&d->rows, "<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
		buf_lit(&d->rows, "</w:tc>");
	}
	d->dropped.len = 0;
	d->in_cell = d->cell_dropped = false;
	d->out = &d->rows;
}

void docx_table_end(Docx *d) {
	CHECK(d->in_table && !d->in_cell);
	end_row(d);
	d->in_table = false;
	d->out = &d->body;
	if (d->columns == 0)
		return;
	int width = (d->head.is_landscape ? 14570 : 9638) / d->columns;
	buf_lit(&d->body, "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook w:firstRow=\"1\"/>");
	if (d->caption.len) {
		buf_lit(&d->body, "<w:tblCaption w:val=\"");
		docx_escape(&d->body, str_replace(d->arena, d->caption, S("\n"), S(" ")));
		buf_lit(&d->body, "\"/>");
	}
	buf_lit(&d->body, "</w:tblPr><w:tblGrid>");
	for (int i = 0; i < d->columns; i++)
		buf_format(&d->body, "<w:gridCol w:w=\"%d\"/>", width);
	buf_lit(&d->body, "</w:tblGrid>");
	buf_str(&d->body, buf_view(&d->rows));
	buf_lit(&d->body, "</w:tbl><w:p/>");         /* two tables without a paragraph between them would be one */
}
