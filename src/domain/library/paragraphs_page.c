#include "domain/library/paragraphs_page.h"

#include "domain/library/text_inside.h"
#include "html/markdown.h"

/* ---- what is put into a paragraph: references and live numbers ---- */

enum { NOTE_BEGINS = 2, LIVE_BEGINS = 3, PART_ENDS = 4 };    /* control characters: text_clean_source leaves none of them in a text */

typedef struct Shower {
	Arena                *a;
	const ParagraphsView *v;
	Out                   out;
	bool                  in_list, numbered, in_notes;
	int                   highest;           /* level of the highest headings of the text: no level is skipped below the page's own */
	Strs                  live;              /* live numbers of the paragraph, by their place in it */
	Strs                  seen;              /* footnotes that have a reference to come back to */
} Shower;

/* References and live numbers as control characters, because Markdown would take them for something else. */
static Str hide_parts(Shower *w, Str s) {
	CLEANUP(buf_free) Buf out = {0};
	if (str_find_char(s, '[') < 0 && str_find_char(s, '!') < 0)
		return s;
	for (size_t i = 0; i < s.len; i++) {
		Str    rest = str_from(s, i), name, caption;
		size_t n = rest.ptr[0] == '[' ? mark_reference(rest, &name) : 0;
		if (n) {
			buf_format(&out, "%c%.*s%c", NOTE_BEGINS, STR_ARG(name), PART_ENDS);
		} else if (rest.ptr[0] == '!' && (n = live_read(rest, &name, &caption))) {
			buf_format(&out, "%c%zu%c", LIVE_BEGINS, w->live.len, PART_ENDS);
			strs_add(w->a, &w->live, str_first(rest, n));
		} else {
			buf_char(&out, rest.ptr[0]);
			continue;
		}
		i += n - 1;
	}
	return buf_take(&out, w->a);
}

static bool was_seen(Shower *w, Str name) {
	for (size_t i = 0; i < w->seen.len; i++)
		if (str_eq(w->seen.at[i], name))
			return true;
	return false;
}

static void put_reference(Shower *w, Str name) {
	bool first = !was_seen(w, name);
	html_lit(&w->out, "<sup><a href=\"#pozn-");
	html_escape(&w->out, name);
	if (first) {
		html_lit(&w->out, "\" id=\"odkaz-");
		html_escape(&w->out, name);
		strs_add(w->a, &w->seen, name);
	}
	html_lit(&w->out, "\" aria-label=\"Poznámka ");
	html_escape(&w->out, name);
	html_lit(&w->out, "\">");
	html_escape(&w->out, name);
	html_lit(&w->out, "</a></sup>");
}

static void put_live(Shower *w, Str name, Str caption, bool is_block) {
	Html h = w->v->live ? w->v->live(w->v->arg, name, caption, is_block) : (Html){0};
	if (h.markup.len) {
		html_put_html(&w->out, h);
		return;
	}
	html_lit(&w->out, "<span class=\"meta\">[");
	html_escape(&w->out, caption.len ? caption : name);
	html_lit(&w->out, ": údaj není k dispozici]</span>");
}

static void put_parts(Shower *w, Str markup) {
	if (str_find_char(markup, PART_ENDS) < 0) {
		buf_str(&w->out, markup);
		return;
	}
	for (size_t i = 0; i < markup.len; i++) {
		char c = markup.ptr[i];
		i64  at, end = c == NOTE_BEGINS || c == LIVE_BEGINS ? str_find_char(str_from(markup, i), PART_ENDS) : -1;
		if (end < 0) {
			buf_char(&w->out, c);
			continue;
		}
		Str part = str_of(markup.ptr + i + 1, (size_t)end - 1), name, caption;
		if (c == NOTE_BEGINS)
			put_reference(w, part);
		else if (str_to_int(part, &at) && at >= 0 && (size_t)at < w->live.len && live_read(w->live.at[at], &name, &caption))
			put_live(w, name, caption, false);
		i += (size_t)end;
	}
}

static void put_inline(Shower *w, Str source) {
	put_parts(w, markdown_inline(w->a, hide_parts(w, source)).markup);
}

static void put_blocks(Shower *w, Str source) {
	put_parts(w, markdown_part(w->a, hide_parts(w, source)).markup);
}

/* ---- paragraphs ---- */

static void put_id(Shower *w, const Paragraph *p) {
	if (!p->anchor.len)
		return;
	html_lit(&w->out, " id=\"");
	html_escape(&w->out, p->anchor);
	html_lit(&w->out, "\"");
}

static void put_permanent(Shower *w, const Paragraph *p) {
	html_lit(&w->out, " <a class=\"anchor\" href=\"");
	html_escape(&w->out, w->v->base);
	html_lit(&w->out, "#");
	html_escape(&w->out, p->anchor);
	html_lit(&w->out, "\" aria-label=\"Trvalý odkaz na tuto část, ");
	html_escape(&w->out, p->anchor);
	html_lit(&w->out, "\">#</a>");
}

/* Where links to paragraphs lead that were joined into this one, and the link to itself. */
static void put_links(Shower *w, const Paragraph *p) {
	for (Str rest = p->also; rest.len;) {
		html_lit(&w->out, "<span id=\"");
		html_escape(&w->out, str_cut(&rest, ' '));
		html_lit(&w->out, "\"></span>");
	}
	if (w->v->linked && p->anchor.len)
		put_permanent(w, p);
	if (w->v->beside && p->anchor.len)
		html_put_html(&w->out, w->v->beside(w->v->arg, p));
}

static void put_below(Shower *w, const Paragraph *p) {
	if (w->v->below)
		html_put_html(&w->out, w->v->below(w->v->arg, p));
}

static void put_heading(Shower *w, const Paragraph *p) {
	int level = p->level - w->highest + 1 + (w->v->shift ? w->v->shift : 1), mark;
	level = level > 6 ? 6 : level;
	buf_format(&w->out, "<h%d", level);
	put_id(w, p);
	html_lit(&w->out, ">");
	put_inline(w, str_from(p->source, mark_heading(p->source, &mark)));
	put_links(w, p);
	buf_format(&w->out, "</h%d>\n", level);
	put_below(w, p);
}

/* The item without its mark and with the margin of its lines taken away. */
static Str item_inside(Arena *a, Str source, bool *is_simple) {
	int    number;
	size_t margin = 12;
	Str    rest = str_from(source, mark_item(source, &number)), first = str_cut(&rest, '\n');
	*is_simple = rest.len == 0;
	for (Str lines = rest; lines.len;) {
		Str line = str_cut(&lines, '\n');
		if (line.len && mark_indent(line) < margin)
			margin = mark_indent(line);
	}
	CLEANUP(buf_free) Buf out = {0};
	buf_str(&out, first);
	while (rest.len) {
		Str line = str_cut(&rest, '\n');
		buf_char(&out, '\n');
		buf_str(&out, str_from(line, line.len ? margin : 0));
	}
	return buf_take(&out, a);
}

static void put_item(Shower *w, const Paragraph *p) {
	bool simple;
	Str  inside = item_inside(w->a, p->source, &simple);
	html_lit(&w->out, "<li");
	put_id(w, p);
	if (p->level)
		buf_format(&w->out, " value=\"%d\"", p->level);
	html_lit(&w->out, ">");
	if (simple)
		put_inline(w, inside);
	else
		put_blocks(w, inside);
	put_links(w, p);
	put_below(w, p);
	html_lit(&w->out, "</li>\n");
}

static void put_cell(Shower *w, const Table *t, size_t row, size_t column) {
	bool number = t->is_number[column] && (row > 0 || column > 0);
	buf_format(&w->out, row == 0 ? "<th scope=\"col\"%s>" : column == 0 ? "<th scope=\"row\"%s>" : "<td%s>", number ? " class=\"num\"" : "");
	put_inline(w, t->at[row * t->columns + column]);
	buf_str(&w->out, row == 0 || column == 0 ? S("</th>") : S("</td>"));
}

static void put_table(Shower *w, const Paragraph *p) {
	Table t = table_read(w->a, p->source);
	bool  wide = t.columns > 4;
	Str   id = p->anchor.len ? str_format(w->a, "tabulka-%.*s", STR_ARG(p->anchor)) : str_format(w->a, "tabulka-%llx", (unsigned long long)str_hash(p->source));
	if (wide)
		buf_format(&w->out, "<section class=\"table\" aria-labelledby=\"%.*s\" tabindex=\"0\"", STR_ARG(id));
	else
		html_lit(&w->out, "<div class=\"table\"");
	put_id(w, p);
	buf_format(&w->out, "><table class=\"dense\"><caption id=\"%.*s\">", STR_ARG(id));
	if (t.caption.len)
		put_inline(w, t.caption);
	else
		html_lit(&w->out, "Tabulka");
	put_links(w, p);
	html_lit(&w->out, "</caption>");
	for (size_t i = 0; i < t.rows; i++) {
		buf_str(&w->out, i == 0 ? S("<thead>") : i == 1 ? S("<tbody>") : S(""));
		html_lit(&w->out, "<tr>");
		for (size_t j = 0; j < t.columns; j++)
			put_cell(w, &t, i, j);
		buf_str(&w->out, i == 0 ? S("</tr></thead>") : S("</tr>\n"));
	}
	buf_str(&w->out, t.rows > 1 ? S("</tbody>") : S(""));
	buf_str(&w->out, wide ? S("</table></section>\n") : S("</table></div>\n"));
	put_below(w, p);
}

static Str quote_inside(Arena *a, Str source) {
	Strs lines = {0};
	while (source.len) {
		Str line = str_cut(&source, '\n');
		line = str_from(line, str_starts(line, S("> ")) ? 2 : str_starts(line, S(">")) ? 1 : 0);
		strs_add(a, &lines, line);
	}
	return str_join(a, S("\n"), lines);
}

static void put_note(Shower *w, const Paragraph *p) {
	Str name, text = str_from(p->source, mark_note(p->source, &name));
	html_lit(&w->out, "<li");
	put_id(w, p);
	html_lit(&w->out, "><span id=\"pozn-");
	html_escape(&w->out, name);
	html_lit(&w->out, "\"><sup>");
	html_escape(&w->out, name);
	html_lit(&w->out, "</sup></span> ");
	put_inline(w, text);
	if (was_seen(w, name)) {
		html_lit(&w->out, " <a href=\"#odkaz-");
		html_escape(&w->out, name);
		html_lit(&w->out, "\" aria-label=\"Zpět do textu k poznámce ");
		html_escape(&w->out, name);
		html_lit(&w->out, "\">↑</a>");
	}
	put_links(w, p);
	put_below(w, p);
	html_lit(&w->out, "</li>\n");
}

static Str code_inside(Str source) {
	str_cut(&source, '\n');
	size_t n = source.len;
	while (n && source.ptr[n - 1] != '\n')
		n--;
	return str_first(source, n ? n - 1 : 0);
}

static void put_plain(Shower *w, const Paragraph *p, Str element) {
	Str name, caption;
	if (p->kind == PARAGRAPH_TEXT && mark_rule(p->source)) {
		html_lit(&w->out, "<hr");
		put_id(w, p);
		html_lit(&w->out, ">\n");
		return;
	}
	buf_format(&w->out, "<%.*s", STR_ARG(element));
	put_id(w, p);
	html_lit(&w->out, ">");
	if (p->kind == PARAGRAPH_CODE)
		html_escape(&w->out, code_inside(p->source));
	else if (p->kind == PARAGRAPH_QUOTE)
		put_blocks(w, quote_inside(w->a, p->source));
	else if (p->kind == PARAGRAPH_FIGURE && live_read(p->source, &name, &caption))
		put_live(w, name, caption, true);
	else
		put_inline(w, p->source);
	put_links(w, p);
	buf_format(&w->out, "</%.*s>\n", STR_ARG(element));
	put_below(w, p);
}

/* Items of one list stand in one list; footnotes in theirs. */
static void frame_lists(Shower *w, const Paragraph *p) {
	bool item = p && p->kind == PARAGRAPH_ITEM, numbered = item && p->level > 0, note = p && p->kind == PARAGRAPH_NOTE;
	if (w->in_list && (!item || numbered != w->numbered)) {
		buf_str(&w->out, w->numbered ? S("</ol>\n") : S("</ul>\n"));
		w->in_list = false;
	}
	if (w->in_notes && !note)
		html_lit(&w->out, "</ol>\n");
	if (note && !w->in_notes)
		html_lit(&w->out, "<ol class=\"notes\">\n");
	w->in_notes = note;
	if (item && !w->in_list)
		buf_str(&w->out, numbered ? S("<ol>\n") : S("<ul>\n"));
	w->in_list = item;
	w->numbered = numbered;
}

static void put_paragraph(Shower *w, const Paragraph *p) {
	frame_lists(w, p);
	switch (p->kind) {
	case PARAGRAPH_HEADING: put_heading(w, p); break;
	case PARAGRAPH_ITEM: put_item(w, p); break;
	case PARAGRAPH_TABLE: put_table(w, p); break;
	case PARAGRAPH_NOTE: put_note(w, p); break;
	case PARAGRAPH_QUOTE: put_plain(w, p, S("blockquote")); break;
	case PARAGRAPH_CODE: put_plain(w, p, S("pre")); break;
	case PARAGRAPH_FIGURE: put_plain(w, p, S("div")); break;
	case PARAGRAPH_TEXT: put_plain(w, p, S("p")); break;
	}
}

static Html shown(Shower *w) {
	Html h = {buf_take(&w->out, w->a)};
	buf_free(&w->out);
	return h;
}

static int highest_heading(const Paragraphs *p) {
	int level = 6;
	for (size_t i = 0; i < p->len; i++)
		if (p->at[i].kind == PARAGRAPH_HEADING && p->at[i].level < level)
			level = p->at[i].level;
	return level;
}

Html paragraphs_html(Arena *a, const Paragraphs *p, const ParagraphsView *view) {
	Shower w = {.a = a, .v = view, .highest = highest_heading(p)};
	for (size_t i = 0; i < p->len; i++)
		put_paragraph(&w, &p->at[i]);
	frame_lists(&w, NULL);
	return shown(&w);
}

Html paragraphs_contents(Arena *a, const Paragraphs *p, int up_to, Str base) {
	Shower w = {.a = a, .v = &(ParagraphsView){0}};
	int    top = up_to;
	for (size_t i = 0; i < p->len; i++)
		if (p->at[i].kind == PARAGRAPH_HEADING && p->at[i].level < top)
			top = p->at[i].level;
	for (size_t i = 0; i < p->len; i++) {
		const Paragraph *it = &p->at[i];
		if (it->kind != PARAGRAPH_HEADING || it->level > up_to || !it->anchor.len)
			continue;
		buf_format(&w.out, "<li class=\"level%d\"><a href=\"", it->level - top + 1);
		html_escape(&w.out, base);
		buf_format(&w.out, "#%.*s\">", STR_ARG(it->anchor));
		html_escape(&w.out, it->text);
		html_lit(&w.out, "</a></li>\n");
	}
	return shown(&w);
}

/* ---- differences ---- */

static void put_words(Shower *w, Str before, Str after) {
	WordRuns r = words_difference(w->a, before, after);
	for (size_t i = 0; i < r.len; i++) {
		buf_str(&w->out, r.at[i].how == DIFF_REMOVED ? S("<del>") : r.at[i].how == DIFF_ADDED ? S("<ins>") : S(""));
		html_escape(&w->out, r.at[i].text);
		buf_str(&w->out, r.at[i].how == DIFF_REMOVED ? S("</del>") : r.at[i].how == DIFF_ADDED ? S("</ins>") : S(""));
	}
}

Html words_difference_html(Arena *a, Str before, Str after) {
	Shower w = {.a = a};
	put_words(&w, before, after);
	return shown(&w);
}

static void put_table_difference(Shower *w, const ParagraphDiff *d) {
	TableDiff t = table_difference(w->a, d->before->source, d->after->source);
	html_lit(&w->out, "<div class=\"table\"><table class=\"dense\"><caption>");
	put_words(w, t.caption[0], t.caption[1]);
	html_lit(&w->out, "</caption>");
	for (size_t i = 0; i < t.rows; i++) {
		html_lit(&w->out, "<tr>");
		for (size_t j = 0; j < t.columns; j++) {
			const CellDiff *c = &t.at[i * t.columns + j];
			buf_str(&w->out, i == 0 ? S("<th scope=\"col\">") : j == 0 ? S("<th scope=\"row\">") : S("<td>"));
			put_words(w, c->before, c->after);
			buf_str(&w->out, i == 0 || j == 0 ? S("</th>") : S("</td>"));
		}
		html_lit(&w->out, "</tr>\n");
	}
	html_lit(&w->out, "</table></div>");
}

static void put_difference(Shower *w, const ParagraphDiff *d) {
	static const struct { const char *kind, *word; } names[] = {
		[DIFF_SAME] = {"", "beze změny"}, [DIFF_CHANGED] = {" warn", "změněno"}, [DIFF_MOVED] = {" info", "přesunuto"},
		[DIFF_ADDED] = {" ok", "přidáno"}, [DIFF_REMOVED] = {" err", "odstraněno"}};
	const Paragraph *p = d->after ? d->after : d->before;
	buf_format(&w->out, "<div class=\"diff\"><p><span class=\"tag%s\">%s%s</span> <span class=\"meta\">#%.*s</span></p>", names[d->how].kind,
	           names[d->how].word, d->how == DIFF_CHANGED && d->is_moved ? " a přesunuto" : "", STR_ARG(p->anchor));
	if (d->how == DIFF_CHANGED && d->before->kind == PARAGRAPH_TABLE && d->after->kind == PARAGRAPH_TABLE) {
		put_table_difference(w, d);
	} else {
		bool heading = p->kind == PARAGRAPH_HEADING;
		buf_str(&w->out, heading ? S("<p><strong>") : S("<p>"));
		put_words(w, d->before && d->how != DIFF_MOVED ? d->before->text : d->after && d->how != DIFF_ADDED ? d->after->text : (Str){0},
		          d->after ? d->after->text : (Str){0});
		buf_str(&w->out, heading ? S("</strong></p>") : S("</p>"));
	}
	html_lit(&w->out, "</div>\n");
}

Html paragraphs_difference_html(Arena *a, const ParagraphDiffs *d, bool all) {
	Shower w = {.a = a};
	size_t same = 0;
	for (size_t i = 0; i <= d->len; i++) {
		const ParagraphDiff *it = i < d->len ? &d->at[i] : NULL;
		if (it && it->how == DIFF_SAME && !all) {
			same++;
			continue;
		}
		if (same) {
			html_lit(&w.out, "<p class=\"meta\">… ");
			fmt_count(&w.out, (i64)same, "odstavec beze změny", "odstavce beze změny", "odstavců beze změny");
			html_lit(&w.out, "</p>\n");
		}
		same = 0;
		if (it)
			put_difference(&w, it);
	}
	return shown(&w);
}
