/* docx_html.c: a print view as a document. The markup is simple, print_walk has seen to that; what is strange all the same is passed over as text. */
#include "core/check.h"
#include "core/docx_inside.h"
#include "core/print_inside.h"
#include "core/settings.h"

enum { LISTS = 9, SPAN_MOST = 1000 };

typedef struct List { int number; bool first; } List;        /* number 0 = bullets; first: its item has no paragraph yet */

typedef struct Reader {
	Docx    *d;
	Arena   *a;
	Str      rest;
	DocxRuns runs;
	Str      anchor;
	DocxKind kind;
	int      level, skipped, tables;         /* skipped: depth inside of what is left out */
	List     lists[LISTS];
	int      depth;
	int      bold, italic, code, struck, underlined, raised, lowered, pre, head;
	Str      href;
	bool     right, new_page, blank;         /* blank: a blank is due before the next word */
	bool     table_open, in_caption, in_head_cell;
	bool     in_reference;                   /* number of a note, which Word writes itself */
	Str      whole;                          /* where notes are looked up */
} Reader;

typedef struct Tag {
	Str  name, id, href, class;
	int  columns, rows;
	bool is_end, is_closed;
} Tag;

/* ---- markup ---- */

static bool is_blank(char c) {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static u32 entity(Str name) {
	static const struct { const char *name; u32 is; } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xA0}, {"shy", 0xAD}};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(str_c(known[i].name), name))
			return known[i].is;
	u32 n = 0;
	bool is_hex = str_starts(name, S("#x"));
	if (!str_starts(name, S("#")) || name.len > 8)
		return 0;
	for (size_t i = is_hex ? 2 : 1; i < name.len; i++) {
		char c = name.ptr[i];
		char low = (char)(c | 0x20);
		bool is_digit = c >= '0' && c <= '9', is_letter = is_hex && low >= 'a' && low <= 'f';
		if (!is_digit && !is_letter)
			return 0;
		n = n * (is_hex ? 16 : 10) + (u32)(is_digit ? c - '0' : low - 'a' + 10);
	}
	return n <= 0x10FFFF ? n : 0;
}

static Str decode(Arena *a, Str s) {
	if (str_find_char(s, '&') < 0)
		return s;
	char  *to = arena_alloc(a, s.len + 4);
	size_t n = 0;
	for (size_t i = 0; i < s.len;) {
		i64 end = s.ptr[i] == '&' ? str_find_char(str_first(str_from(s, i), 12), ';') : -1;
		u32 c = end > 1 ? entity(str_of(s.ptr + i + 1, (size_t)end - 1)) : 0;
		if (c) {
			n += utf8_put(to + n, c);            /* never longer than its name */
			i += (size_t)end + 1;
		} else {
			to[n++] = s.ptr[i++];
		}
	}
	return str_of(to, n);
}

static int span_of(Str value) {
	i64 n;
	return str_to_int(value, &n) && n >= 1 && n <= SPAN_MOST ? (int)n : 1;
}

static Str take_word(Str *s) {
	size_t n = 0;
	while (n < s->len && !is_blank(s->ptr[n]) && s->ptr[n] != '=' && s->ptr[n] != '>' && s->ptr[n] != '/')
		n++;
	Str word = str_first(*s, n);
	*s = str_from(*s, n);
	return word;
}

/* ` name="value"`; false at the end of the tag. */
static bool next_attribute(Arena *a, Str *s, Str *name, Str *value) {
	while (s->len && (is_blank(s->ptr[0]) || s->ptr[0] == '/'))
		*s = str_from(*s, 1);
	*value = (Str){0};
	*name = take_word(s);
	if (!name->len)
		return false;
	if (str_starts(*s, S("=\""))) {
		i64 end = str_find_char(str_from(*s, 2), '"');
		*value = end >= 0 ? decode(a, str_of(s->ptr + 2, (size_t)end)) : (Str){0};
		*s = end >= 0 ? str_from(*s, (size_t)end + 3) : (Str){0};
	}
	return true;
}

/* At "<". */
static Tag take_tag(Reader *r) {
	Tag t = {.columns = 1, .rows = 1};
	Str name, value;
	r->rest = str_from(r->rest, 1);
	t.is_end = str_starts(r->rest, S("/"));
	if (t.is_end)
		r->rest = str_from(r->rest, 1);
	t.name = take_word(&r->rest);
	while (next_attribute(r->a, &r->rest, &name, &value)) {
		if (str_eq(name, S("id")))
			t.id = value;
		else if (str_eq(name, S("href")))
			t.href = value;
		else if (str_eq(name, S("class")))
			t.class = value;
		else if (str_eq(name, S("colspan")))
			t.columns = span_of(value);
		else if (str_eq(name, S("rowspan")))
			t.rows = span_of(value);
	}
	i64 end = str_find_char(r->rest, '>');
	t.is_closed = end > 0 && r->rest.ptr[end - 1] == '/';
	r->rest = end >= 0 ? str_from(r->rest, (size_t)end + 1) : (Str){0};
	return t;
}

static bool has_class(const Tag *t, const char *class) {
	for (Str rest = t->class; rest.len;)
		if (str_eq(str_cut(&rest, ' '), str_c(class)))
			return true;
	return false;
}

/* ---- text ---- */

static void put_run(Reader *r, Str text) {
	*ARENA_PUSH(r->a, r->runs.at, r->runs.len, r->runs.cap) = (DocxRun){
		.text = text, .bold = r->bold > 0 || r->in_head_cell, .italic = r->italic > 0, .code = r->code > 0 && r->kind != DOCX_CODE, .struck = r->struck > 0,
		.underlined = r->underlined > 0, .raised = r->raised > 0, .lowered = r->lowered > 0, .href = r->href,
	};
}

/* Blanks between words are one; those at both ends of a paragraph are none. */
static void put_words(Reader *r, Str s) {
	if (r->pre) {
		put_run(r, s);
		return;
	}
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < s.len; i++) {
		if (is_blank(s.ptr[i])) {
			r->blank = true;
			continue;
		}
		if (r->blank && (r->runs.len || b.len))
			buf_char(&b, ' ');
		r->blank = false;
		buf_char(&b, s.ptr[i]);
	}
	if (b.len)
		put_run(r, buf_take(&b, r->a));
}

static void take_text(Reader *r) {
	i64 end = str_find_char(r->rest, '<');
	Str text = end < 0 ? r->rest : str_first(r->rest, (size_t)end);
	r->rest = str_from(r->rest, text.len);
	if (!r->skipped && !r->in_reference && (!r->tables || r->d->in_cell || r->in_caption))
		put_words(r, decode(r->a, text));
}

/* ---- notes: <a href="#pozn-1">1</a> in the text, <li><span id="pozn-1">…</span> words</li> in a list at the end ---- */

#define NOTE "pozn-"

/* Words of markup without its tags and without the way back to the text. */
static Str note_words(Arena *a, Str markup) {
	CLEANUP(buf_free) Buf b = {0};
	bool in_return = false;
	while (markup.len) {
		i64 at = str_find_char(markup, '<'), end = str_find_char(markup, '>');
		Str text = at < 0 ? markup : str_first(markup, (size_t)at);
		if (!in_return)
			buf_str(&b, text);
		if (at < 0 || end < at)
			break;
		Str tag = str_of(markup.ptr + at, (size_t)(end - at));
		in_return = str_starts(tag, S("<a href=\"#odkaz-")) || (in_return && !str_starts(tag, S("</a")));
		markup = str_from(markup, (size_t)end + 1);
	}
	return str_trim(decode(a, buf_take(&b, a)));
}

/* {0} when there is none. */
static Str note_of(const Reader *r, Str name) {
	i64 at = name.len && name.ptr ? str_find(r->whole, str_format(r->a, "<span id=\"" NOTE "%.*s\">", STR_ARG(name))) : -1;
	if (at < 0)
		return (Str){0};
	Str rest = str_from(r->whole, (size_t)at);
	i64 from = str_find(rest, S("</span>")), end = str_find(rest, S("</li>"));
	return from >= 0 && end > from ? note_words(r->a, str_of(rest.ptr + from + 7, (size_t)(end - from) - 7)) : (Str){0};
}

static bool took_reference(Reader *r, const Tag *t) {
	Str words = str_starts(t->href, S("#" NOTE)) ? note_of(r, str_from(t->href, sizeof NOTE)) : (Str){0};
	if (!words.len)
		return false;
	*ARENA_PUSH(r->a, r->runs.at, r->runs.len, r->runs.cap) = (DocxRun){.footnote = words};
	return r->in_reference = true;
}

/* A list in which every note has its reference is at the foot of pages already. */
static bool is_at_foot(const Reader *r, const Tag *t) {
	bool is_list = str_eq(t->name, S("ol")) && has_class(t, "notes");
	i64  end = is_list ? str_find(r->rest, S("</ol>")) : -1;
	if (end < 0)
		return false;
	Str list = str_first(r->rest, (size_t)end);
	for (i64 at; (at = str_find(list, S("<span id=\"" NOTE))) >= 0; list = str_from(list, (size_t)at + 1)) {
		Str name = str_from(list, (size_t)at + sizeof "<span id=\"" - 1);
		i64 quote = str_find_char(name, '"');
		if (quote < 0 || !str_has(r->whole, str_format(r->a, "href=\"#%.*s\"", (int)quote, name.ptr)))
			return false;
	}
	return true;
}

/* ---- blocks ---- */

static void end_block(Reader *r) {
	DocxPara p = {.kind = r->kind, .level = r->level, .anchor = r->anchor, .right = r->right, .new_page = r->new_page && !r->d->in_table};
	r->blank = false;
	if (!r->runs.len || r->in_caption || (r->d->in_table && !r->d->in_cell))
		return;
	List *list = r->depth > 0 && r->kind == DOCX_TEXT ? &r->lists[r->depth - 1] : NULL;
	if (list) {
		p.kind = !list->first ? DOCX_LIST_MORE : list->number ? DOCX_NUMBER : DOCX_BULLET;
		p.level = r->depth;
		p.list = list->number;
		list->first = false;
	}
	docx_put(r->d, p, r->runs.at, r->runs.len);
	r->runs.len = 0;
	r->anchor = (Str){0};
	r->new_page = false;
}

static void count(int *n, bool is_end) {
	*n += is_end ? (*n > 0 ? -1 : 0) : 1;
}

static bool inline_tag(Reader *r, const Tag *t) {
	const struct { const char *name; int *n; } known[] = {
		{"strong", &r->bold}, {"b", &r->bold}, {"em", &r->italic}, {"i", &r->italic}, {"cite", &r->italic}, {"code", &r->code}, {"kbd", &r->code}, {"s", &r->struck},
		{"del", &r->struck}, {"ins", &r->underlined}, {"u", &r->underlined}, {"sup", &r->raised}, {"sub", &r->lowered},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(str_c(known[i].name), t->name)) {
			count(known[i].n, t->is_end);
			return true;
		}
	if (str_eq(t->name, S("a"))) {
		bool taken = !t->is_end && took_reference(r, t);
		r->in_reference = taken;
		r->href = !t->is_end && !taken ? t->href : (Str){0};
		return true;
	}
	if (str_eq(t->name, S("br"))) {
		r->blank = false;
		put_run(r, S("\n"));
		return true;
	}
	static const char *const plain[] = {"span", "small", "abbr", "q", "mark", "bdi", "dfn", "time", "wbr", "img"};
	for (size_t i = 0; i < LEN(plain); i++)
		if (str_eq(str_c(plain[i]), t->name))
			return true;
	return false;
}

static void list_tag(Reader *r, const Tag *t) {
	if (str_eq(t->name, S("li"))) {
		if (!t->is_end && r->depth > 0)
			r->lists[r->depth - 1].first = true;
		return;
	}
	if (t->is_end)
		r->depth -= r->depth > 0;
	else if (r->depth < LISTS)
		r->lists[r->depth++] = (List){str_eq(t->name, S("ol")) ? docx_list(r->d) : 0, true};
}

/* A table inside of a cell is only its words. */
static void open_table(Reader *r, Str caption) {
	if (r->table_open)
		return;
	docx_table(r->d, caption);
	r->table_open = true;
}

static void end_cell(Reader *r) {
	if (r->d->in_cell)
		docx_cell_end(r->d);
	r->in_head_cell = r->right = false;
}

static Str words_of(Reader *r) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < r->runs.len; i++)
		buf_str(&b, r->runs.at[i].text);
	r->runs.len = 0;
	return buf_take(&b, r->a);
}

static void table_tag(Reader *r, const Tag *t) {
	bool is_cell = str_eq(t->name, S("td")) || str_eq(t->name, S("th"));
	if (str_eq(t->name, S("table"))) {
		count(&r->tables, t->is_end);
		if (t->is_end && r->tables == 0 && r->table_open) {
			end_cell(r);
			docx_table_end(r->d);
			r->table_open = false;
		}
		return;
	}
	if (r->tables != 1)
		return;
	if (str_eq(t->name, S("caption"))) {
		Str caption = t->is_end && r->in_caption ? words_of(r) : (Str){0};
		r->in_caption = !t->is_end && !r->table_open;
		if (t->is_end)
			open_table(r, caption);
	} else if (str_eq(t->name, S("thead"))) {
		count(&r->head, t->is_end);
	} else if (str_eq(t->name, S("tr"))) {
		end_cell(r);
		if (!t->is_end) {
			open_table(r, (Str){0});
			docx_row(r->d, r->head > 0);
		}
	} else if (is_cell) {
		end_cell(r);
		if (t->is_end)
			return;
		open_table(r, (Str){0});
		docx_cell(r->d, (DocxCell){t->columns, t->rows, str_eq(t->name, S("th"))});
		r->in_head_cell = str_eq(t->name, S("th"));
		r->right = has_class(t, "num");
	}
}

static bool is_one_of(Str name, const char *const *list, size_t len) {
	for (size_t i = 0; i < len; i++)
		if (str_eq(str_c(list[i]), name))
			return true;
	return false;
}

static void block_tag(Reader *r, const Tag *t) {
	static const char *const lists[] = {"ul", "ol", "li"}, *const tables[] = {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "colgroup", "col"};
	static const struct { const char *name; DocxKind kind; int level; } kinds[] = {
		{"h1", DOCX_HEADING, 1}, {"h2", DOCX_HEADING, 2}, {"h3", DOCX_HEADING, 3}, {"h4", DOCX_HEADING, 4}, {"h5", DOCX_HEADING, 5}, {"h6", DOCX_HEADING, 6},
		{"blockquote", DOCX_QUOTE, 0}, {"pre", DOCX_CODE, 0}, {"figcaption", DOCX_CAPTION, 0}, {"dd", DOCX_LIST_MORE, 1},
	};
	end_block(r);
	if (t->id.len)
		r->anchor = t->id;
	if (has_class(t, "page-break"))
		r->new_page = true;
	if (is_one_of(t->name, lists, LEN(lists)))
		list_tag(r, t);
	if (is_one_of(t->name, tables, LEN(tables)))
		table_tag(r, t);
	if (str_eq(t->name, S("pre")))
		count(&r->pre, t->is_end);
	if (str_eq(t->name, S("dt")) || str_eq(t->name, S("summary")))
		count(&r->bold, t->is_end);
	for (size_t i = 0; i < LEN(kinds); i++)
		if (str_eq(str_c(kinds[i].name), t->name)) {
			r->kind = t->is_end ? DOCX_TEXT : kinds[i].kind;
			r->level = t->is_end ? 0 : kinds[i].level;
		}
}

/* Drawings, and what is not for print, with all that is inside. */
static bool skips(Reader *r, const Tag *t, Str *inside) {
	if (r->skipped) {
		if (str_eq(t->name, *inside) && !t->is_closed)
			r->skipped += t->is_end ? -1 : 1;
		return true;
	}
	bool begins = !t->is_end && !t->is_closed && (str_eq(t->name, S("svg")) || has_class(t, "no-print") || is_at_foot(r, t));
	if (begins) {
		r->skipped = 1;
		*inside = t->name;
	}
	return begins;
}

void docx_html(Docx *d, Str markup) {
	Reader r = {.d = d, .a = d->arena, .rest = markup, .whole = markup};
	Str    inside = {0};
	while (r.rest.len) {
		if (r.rest.ptr[0] != '<') {
			take_text(&r);
			continue;
		}
		Tag t = take_tag(&r);
		if (!skips(&r, &t, &inside) && !inline_tag(&r, &t))
			block_tag(&r, &t);
	}
	end_block(&r);
	end_cell(&r);
	if (r.table_open)
		docx_table_end(d);
}

bool docx_of_print(Ctx *c, const PrintDoc *p, Buf *out, Str *why) {
	if (!print_walk(c->arena, p->body, NULL, NULL, why))
		return false;
	Docx *d = docx_begin(c->arena, &(DocxHead){
		.title = p->title, .author = p->author.len ? p->author : setting_text(c, "region.name"), .note = p->note, .label = setting_int(c, "site.demo") ? S("ukázková data") : S(""),
		.origin = installation()->origin, .contents = p->contents, .is_landscape = p->is_landscape});
	docx_html(d, p->body);
	*why = S("no memory");
	return docx_end(d, out);
}
