/* Cutting Markdown into paragraphs, and putting it together again. What it means is said in paragraphs.h. */
#include "domain/library/paragraphs.h"

#include "base/buf.h"
#include "domain/library/text_inside.h"

static const Str kind_names[] = {STR_CONST("text"), STR_CONST("heading"), STR_CONST("item"), STR_CONST("quote"), STR_CONST("table"),
	STR_CONST("figure"), STR_CONST("note"), STR_CONST("code")};

Str paragraph_kind_name(ParagraphKind kind) {
	return kind_names[kind];
}

bool paragraph_kind_find(Str name, ParagraphKind *ret) {
	for (size_t i = 0; i < LEN(kind_names); i++)
		if (str_eq(kind_names[i], name)) {
			*ret = (ParagraphKind)i;
			return true;
		}
	return false;
}

i64 paragraphs_find(const Paragraphs *p, Str anchor) {
	if (!anchor_valid(anchor))
		return -1;
	for (size_t i = 0; i < p->len; i++)
		if (str_eq(p->at[i].anchor, anchor))
			return (i64)i;
	for (size_t i = 0; i < p->len; i++)
		for (Str rest = p->at[i].also; rest.len;)
			if (str_eq(str_cut(&rest, ' '), anchor))
				return (i64)i;
	return -1;
}

/* ---- reading ---- */

typedef struct Reader {
	Arena      *a;
	Paragraphs *to;
	Strs        lines;                       /* of the paragraph that is open */
	bool        open, gap;                   /* gap: a blank line after an item, which may go on */
	ParagraphKind kind;
	int         level;
} Reader;

/* A line that was put together from several may look like something else: then a backslash says that it is not. */
static Str escaped_start(Reader *r, Str line) {
	int    level;
	Str    name, caption, anchors;
	size_t item = mark_item(line, &level);
	if (r->kind == PARAGRAPH_ITEM)
		return mark_rule(line) ? str_format(r->a, "%.*s\\%.*s", 2, line.ptr, STR_ARG(str_from(line, 2))) : line;
	if (item > 2)                            /* "12. " */
		return str_format(r->a, "%.*s\\%.*s", (int)item - 2, line.ptr, STR_ARG(str_from(line, item - 2)));
	if (item || mark_heading(line, &level) || mark_fence(line) || mark_rule(line) || (line.len && line.ptr[0] == '>') || mark_note(line, &name) ||
	    mark_anchor(line, &anchors) || (line.len && live_read(line, &name, &caption) == line.len))
		return str_cat(r->a, S("\\"), line);
	return line;
}

static Str escaped_starts(Reader *r, Str source) {
	Strs lines = {0};
	while (source.len)
		strs_add(r->a, &lines, escaped_start(r, str_cut(&source, '\n')));
	return str_join(r->a, S("\n"), lines);
}

static Str joined_lines(Reader *r) {
	if (r->kind == PARAGRAPH_TEXT || r->kind == PARAGRAPH_NOTE) {
		CLEANUP(buf_free) Buf out = {0};
		for (size_t i = 0; i < r->lines.len; i++) {
			Str before = buf_view(&out), line = str_trim(r->lines.at[i]);
			if (before.len)
				buf_char(&out, before.ptr[before.len - 1] == '\\' ? '\n' : ' ');
			buf_str(&out, line);
		}
		Str all = buf_take(&out, r->a);
		while (str_ends(all, S("\\")))
			all = str_trim(str_first(all, all.len - 1));
		return all;
	}
	return str_join(r->a, S("\n"), r->lines);
}

static void close_paragraph(Reader *r) {
	if (!r->open)
		return;
	r->open = r->gap = false;
	while (r->lines.len && str_empty(r->lines.at[r->lines.len - 1]))
		r->lines.len--;
	Str source = joined_lines(r);
	if (r->kind == PARAGRAPH_ITEM || (r->kind == PARAGRAPH_TEXT && r->lines.len > 1))
		source = escaped_starts(r, source);
	r->lines.len = 0;
	if (str_empty(source))
		return;
	*ARENA_PUSH(r->a, r->to->at, r->to->len, r->to->cap) = (Paragraph){
		.kind = r->kind, .level = r->level, .source = source, .text = paragraph_plain(r->a, r->kind, source)};
}

static void open_paragraph(Reader *r, ParagraphKind kind, int level, Str line) {
	close_paragraph(r);
	r->open = true;
	r->kind = kind;
	r->level = level;
	strs_add(r->a, &r->lines, line);
}

/* What a line begins when nothing is open, or when it may interrupt. */
static bool begins(Reader *r, Str line, Str next, bool interrupts) {
	int    level;
	size_t n;
	Str    name, caption, bare = str_trim(line);
	if (mark_heading(bare, &level)) {
		open_paragraph(r, PARAGRAPH_HEADING, level, bare);
		close_paragraph(r);
	} else if (mark_fence(bare)) {
		open_paragraph(r, PARAGRAPH_CODE, 0, bare);
	} else if (bare.len && bare.ptr[0] == '>') {
		open_paragraph(r, PARAGRAPH_QUOTE, 0, bare);
	} else if (mark_rule(bare)) {
		open_paragraph(r, PARAGRAPH_TEXT, 0, S("---"));
		close_paragraph(r);
	} else if ((n = mark_item(bare, &level)) && (!interrupts || level <= 1)) {
		open_paragraph(r, PARAGRAPH_ITEM, level, level ? bare : str_cat(r->a, S("- "), str_trim(str_from(bare, n))));
	} else if (mark_note(bare, &name)) {
		open_paragraph(r, PARAGRAPH_NOTE, 0, bare);
	} else if (live_read(bare, &name, &caption) == bare.len && bare.len) {
		open_paragraph(r, PARAGRAPH_FIGURE, 0, bare);
		close_paragraph(r);
	} else if (str_starts(bare, S("|")) && mark_table_line(str_trim(next))) {
		open_paragraph(r, PARAGRAPH_TABLE, 0, bare);
	} else {
		return false;
	}
	return true;
}

static void add_to_last(Reader *r, Str bare) {
	Str *last = &r->lines.at[r->lines.len - 1];
	*last = str_format(r->a, "%.*s %.*s", STR_ARG(*last), STR_ARG(bare));
}

/* Does the line belong to the table or item that is open, whatever it begins with? Then it is taken. */
static bool goes_on(Reader *r, Str line, Str bare) {
	int    number;
	size_t indent = mark_indent(line);
	if (r->kind == PARAGRAPH_TABLE) {
		bool caption = str_starts(bare, S(": ")) && bare.len > 2;
		if (!str_starts(bare, S("|")) && !caption)
			return false;
		strs_add(r->a, &r->lines, bare);
		if (caption)
			close_paragraph(r);
		return true;
	}
	if (r->kind == PARAGRAPH_QUOTE && bare.ptr[0] == '>') {
		strs_add(r->a, &r->lines, bare);
		return true;
	}
	if (r->kind != PARAGRAPH_ITEM || indent < 2)
		return false;
	if (r->gap)
		strs_add(r->a, &r->lines, (Str){0});
	if (r->gap || mark_item(bare, &number))
		strs_add(r->a, &r->lines, str_cat(r->a, str_first(S("            "), indent), bare));
	else
		add_to_last(r, bare);
	r->gap = false;
	return true;
}

/* A line that begins nothing goes on with what is open. */
static void take_plain(Reader *r, Str bare) {
	if (!r->open || r->gap || r->kind == PARAGRAPH_TABLE)
		open_paragraph(r, PARAGRAPH_TEXT, 0, bare);
	else if (r->kind == PARAGRAPH_ITEM)
		add_to_last(r, bare);
	else
		strs_add(r->a, &r->lines, r->kind == PARAGRAPH_QUOTE ? str_cat(r->a, S("> "), bare) : bare);
}

static void take_code(Reader *r, Str line) {
	strs_add(r->a, &r->lines, line);
	if (str_starts(str_trim(line), str_first(r->lines.at[0], 3)))
		close_paragraph(r);
}

static void put_anchor(Reader *r, Str anchors) {
	close_paragraph(r);
	if (!r->to->len)
		return;
	Paragraph *last = &r->to->at[r->to->len - 1];
	if (last->anchor.len)
		return;
	last->anchor = str_cut(&anchors, ' ');
	last->also = anchors;
}

static void take_line(Reader *r, Str line, Str next) {
	Str bare = str_trim(line), anchors;
	if (r->open && r->kind == PARAGRAPH_CODE)
		take_code(r, line);
	else if (str_empty(bare) && r->open && r->kind == PARAGRAPH_ITEM)
		r->gap = true;
	else if (str_empty(bare))
		close_paragraph(r);
	else if (mark_anchor(bare, &anchors))
		put_anchor(r, anchors);
	else if (r->open && goes_on(r, line, bare))
		return;
	else if (!begins(r, line, next, r->open && !r->gap && r->kind == PARAGRAPH_TEXT))
		take_plain(r, bare);
}

/* The same anchor twice: the later one is forgotten. */
static void drop_doubles(Paragraphs *p) {
	for (size_t i = 0; i < p->len; i++) {
		Paragraph *it = &p->at[i];
		if (it->anchor.len && paragraphs_find(&(Paragraphs){.at = p->at, .len = i}, it->anchor) >= 0)
			it->anchor = it->also = (Str){0};
	}
}

Err paragraphs_read(Arena *a, Str markdown, Paragraphs *ret, Str *why) {
	*ret = (Paragraphs){0};
	if (markdown.len > PARAGRAPHS_BYTES) {
		*why = S("Text je příliš dlouhý, vejdou se nejvýše 4 MB. Rozdělte ho do více částí.");
		return ERR_TOO_LARGE;
	}
	Reader r = {.a = a, .to = ret};
	Str    rest = text_clean_source(a, markdown);
	while (rest.len) {
		Str line = str_cut(&rest, '\n'), after = rest;
		take_line(&r, line, str_cut(&after, '\n'));
		if (ret->len > PARAGRAPHS_MAX) {
			*why = S("Text má příliš mnoho odstavců, vejde se jich nejvýše 20 000. Rozdělte ho do více částí.");
			return ERR_TOO_LARGE;
		}
	}
	if (r.open && r.kind == PARAGRAPH_CODE)
		strs_add(a, &r.lines, str_first(r.lines.at[0], 3));
	close_paragraph(&r);
	drop_doubles(ret);
	return OK;
}

/* ---- writing ---- */

static bool stand_close(const Paragraph *p, const Paragraph *next) {
	return p->kind == next->kind && (p->kind == PARAGRAPH_NOTE || (p->kind == PARAGRAPH_ITEM && !p->level == !next->level));
}

Str paragraphs_write(Arena *a, const Paragraphs *p, bool with_anchors) {
	CLEANUP(buf_free) Buf out = {0};
	for (size_t i = 0; i < p->len; i++) {
		const Paragraph *it = &p->at[i];
		buf_str(&out, it->source);
		buf_char(&out, '\n');
		if (with_anchors && it->anchor.len) {
			buf_format(&out, "{#%.*s", STR_ARG(it->anchor));
			if (it->also.len)
				buf_format(&out, " %.*s", STR_ARG(it->also));
			buf_lit(&out, "}\n");
		}
		if (i + 1 < p->len && !stand_close(it, it + 1))
			buf_char(&out, '\n');
	}
	return buf_take(&out, a);
}

/* ---- live data ---- */

static Err settle_inside(Arena *a, Paragraph *p, Err (*value)(void *, Str, Str, bool, Str *), void *arg) {
	CLEANUP(buf_free) Buf out = {0};
	Str    name, caption;
	size_t n;
	for (size_t i = 0; i < p->source.len; i++) {
		Str rest = str_from(p->source, i), put = {0};
		if (rest.ptr[0] != '!' || !(n = live_read(rest, &name, &caption))) {
			buf_char(&out, rest.ptr[0]);
			continue;
		}
		TRY(value(arg, name, caption, p->kind == PARAGRAPH_FIGURE, &put));
		buf_str(&out, put.len ? put : str_first(rest, n));
		i += n - 1;
	}
	p->source = buf_take(&out, a);
	return OK;
}

Err paragraphs_settle_live(Arena *a, Paragraphs *p, Err (*value)(void *arg, Str name, Str caption, bool is_block, Str *ret), void *arg) {
	for (size_t i = 0; i < p->len; i++) {
		Paragraph *it = &p->at[i];
		if (it->kind == PARAGRAPH_CODE || !str_has(it->source, S(LIVE_SCHEME)))
			continue;
		TRY(settle_inside(a, it, value, arg));
		if (it->kind == PARAGRAPH_FIGURE)
			it->kind = str_starts(it->source, S("|")) ? PARAGRAPH_TABLE : str_starts(it->source, S("![")) ? PARAGRAPH_FIGURE : PARAGRAPH_TEXT;
		it->text = paragraph_plain(a, it->kind, it->source);
	}
	return OK;
}
