/* What word processors and pages put on the clipboard, as Markdown. Known elements become marks or go; what is not markup stays as text. */
#include <strings.h>

#include "base/buf.h"
#include "domain/library/text_inside.h"

typedef struct Paste {
	Arena *a;
	Buf    out, line;                        /* line: of the paragraph that is open */
	Str    mark;                             /* before the next paragraph: "## ", "- ", "> " */
	int    lists, numbers[8];                /* nesting; number of the next item, 0 = not numbered */
	Strs   row;
	size_t rows, cells;
	bool   in_cell, skip, is_plain;          /* is_plain: words and lines, no marks */
	Str    link;
} Paste;

static bool blank_line(const Paste *p) { return str_trim(buf_view(&p->line)).len == 0; }

/* The paragraph that is open goes out; in a cell everything is one line. */
static void end_line(Paste *p, bool close_together) {
	if (p->in_cell) {
		buf_char(&p->line, ' ');
		return;
	}
	if (!blank_line(p)) {
		buf_str(&p->out, p->mark);
		buf_str(&p->out, str_trim(buf_view(&p->line)));
		buf_str(&p->out, close_together ? S("\n") : S("\n\n"));
	}
	p->line.len = 0;
	p->mark = (Str){0};
}

static void put_code_point(Buf *out, u32 cp) {
	char   to[4];
	size_t n = utf8_put(to, cp == 0xA0 ? ' ' : cp && cp < 0x110000 && (cp < 0xD800 || cp > 0xDFFF) ? cp : 0xFFFD);
	buf_put(out, to, n);
}

/* "&amp;" and its kind: how long it is, 0 when it is only text. */
static size_t put_entity(Buf *out, Str s) {
	static const struct { Str name; u32 cp; } known[] = {
		{STR_CONST("amp"), '&'}, {STR_CONST("lt"), '<'}, {STR_CONST("gt"), '>'}, {STR_CONST("quot"), '"'}, {STR_CONST("apos"), '\''},
		{STR_CONST("nbsp"), ' '}, {STR_CONST("ndash"), 0x2013}, {STR_CONST("mdash"), 0x2014}, {STR_CONST("bdquo"), 0x201E},
		{STR_CONST("ldquo"), 0x201C}, {STR_CONST("rdquo"), 0x201D}, {STR_CONST("sbquo"), 0x201A}, {STR_CONST("lsquo"), 0x2018},
		{STR_CONST("rsquo"), 0x2019}, {STR_CONST("hellip"), 0x2026}, {STR_CONST("sect"), 0xA7}, {STR_CONST("shy"), 0xAD},
		{STR_CONST("middot"), 0xB7}, {STR_CONST("bull"), 0x2022}, {STR_CONST("euro"), 0x20AC},
	};
	i64 end = str_find_char(str_first(s, 12), ';');
	if (end < 2)
		return 0;
	Str name = str_of(s.ptr + 1, (size_t)end - 1);
	if (name.ptr[0] == '#') {
		bool hexadecimal = name.len > 1 && (name.ptr[1] | 32) == 'x';
		u32  cp = 0;
		for (size_t i = hexadecimal ? 2 : 1; i < name.len; i++) {
			char c = (char)(name.ptr[i] | 32);
			u32  digit = c >= '0' && c <= '9' ? (u32)(c - '0') : hexadecimal && c >= 'a' && c <= 'f' ? (u32)(c - 'a' + 10) : 99;
			if (digit == 99)
				return 0;
			cp = cp * (hexadecimal ? 16 : 10) + digit;
		}
		put_code_point(out, cp);
		return (size_t)end + 1;
	}
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(known[i].name, name)) {
			put_code_point(out, known[i].cp);
			return (size_t)end + 1;
		}
	return 0;
}

/* Text between two tags: blanks fold, marks of Markdown are escaped. */
static void put_text(Paste *p, Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char   c = s.ptr[i];
		size_t n = c == '&' ? put_entity(&p->line, str_from(s, i)) : 0;
		Str    so_far = buf_view(&p->line);
		if (n) {
			i += n - 1;
		} else if (c == '\n' || c == '\r' || c == '\t' || c == ' ') {
			if (so_far.len && so_far.ptr[so_far.len - 1] != ' ')
				buf_char(&p->line, ' ');
		} else {
			if (!p->is_plain && (c == '*' || c == '`' || c == '\\' || (c == '|' && p->in_cell)))
				buf_char(&p->line, '\\');
			buf_char(&p->line, c);
		}
	}
}

/* ---- elements ---- */

typedef struct Tag {
	Str  name, rest;                         /* name in lower case; rest = its attributes */
	bool closes;
} Tag;

static Str attribute(Str rest, Str name) {
	i64 at = str_find(rest, name);
	if (at < 0)
		return (Str){0};
	Str value = str_from(rest, (size_t)at + name.len);
	if (!value.len)
		return value;
	char quote = value.ptr[0];
	if (quote != '"' && quote != '\'')
		return str_cut(&value, ' ');
	value = str_from(value, 1);
	return str_cut(&value, quote);
}

static bool one_of(Str name, const char *list) {
	for (Str rest = str_c(list); rest.len;)
		if (str_eq(str_cut(&rest, ' '), name))
			return true;
	return false;
}

static const char known_tags[] = "p div br span b strong i em u s a ul ol li table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 blockquote pre sup sub font "
                                 "o:p html body meta link head style title xml img hr col colgroup caption section article header footer main figure del ins small";

/* "<name rest>": its length; 0 when it is text. */
static size_t tag_read(Arena *a, Str s, Tag *ret) {
	i64 end = str_find_char(s, '>');
	if (end < 2)
		return 0;
	Str inside = str_of(s.ptr + 1, (size_t)end - 1);
	ret->closes = inside.ptr[0] == '/';
	if (ret->closes)
		inside = str_from(inside, 1);
	size_t n = 0;
	while (n < inside.len && n < 12 && ((inside.ptr[n] | 32) >= 'a' || (inside.ptr[n] >= '0' && inside.ptr[n] <= '9') || inside.ptr[n] == ':'))
		n++;
	ret->name = str_lower_ascii(a, str_first(inside, n));
	ret->rest = str_from(inside, n);
	return one_of(ret->name, known_tags) ? (size_t)end + 1 : 0;
}

static void begin_item(Paste *p) {
	int level = p->lists < 1 ? 0 : p->lists > 7 ? 7 : p->lists - 1, *number = &p->numbers[level];
	end_line(p, true);
	p->mark = *number ? str_format(p->a, "%*s%d. ", level * 4, "", (*number)++) : str_format(p->a, "%*s- ", level * 4, "");
}

static void end_row(Paste *p) {
	if (!p->row.len)
		return;
	if (p->is_plain) {
		buf_format(&p->out, "%.*s\n", STR_ARG(str_join(p->a, S(" | "), p->row)));
		p->rows++;
		p->row.len = 0;
		return;
	}
	if (p->rows++ == 0)
		p->cells = p->row.len;
	buf_char(&p->out, '|');
	for (size_t i = 0; i < p->row.len || i < p->cells; i++)
		buf_format(&p->out, " %.*s |", STR_ARG((i < p->row.len ? p->row.at[i] : (Str){0})));
	buf_char(&p->out, '\n');
	for (size_t i = 0; p->rows == 1 && i < p->cells; i++)
		buf_str(&p->out, i == 0 ? S("| --- |") : S(" --- |"));
	if (p->rows == 1)
		buf_char(&p->out, '\n');
	p->row.len = 0;
}

static void take_table_tag(Paste *p, const Tag *t) {
	if (one_of(t->name, "td th")) {
		if (!t->closes) {
			p->in_cell = true;
			p->line.len = 0;
		} else if (p->in_cell) {
			strs_add(p->a, &p->row, str_dup(p->a, str_trim(buf_view(&p->line))));
			p->line.len = 0;
			p->in_cell = false;
		}
	} else if (str_eq(t->name, S("tr"))) {
		end_row(p);
	} else {
		p->in_cell = false;
		if (t->closes)
			end_row(p);
		end_line(p, false);
		if (t->closes || p->rows)
			buf_char(&p->out, '\n');
		p->rows = 0;
	}
}

static void emphasise(Paste *p, const Tag *t, Str mark) {
	Str  so_far = buf_view(&p->line);
	if (p->is_plain)
		return;
	bool had_blank = t->closes && so_far.len && so_far.ptr[so_far.len - 1] == ' ';
	if (had_blank)                               /* the mark stands at the word */
		p->line.len--;
	buf_str(&p->line, mark);
	Str twice = str_format(p->a, "%.*s%.*s", STR_ARG(mark), STR_ARG(mark));
	if (t->closes && str_ends(buf_view(&p->line), twice))            /* nothing was between */
		p->line.len -= twice.len;
	else if (had_blank)
		buf_char(&p->line, ' ');
}

static void take_tag(Paste *p, const Tag *t) {
	Str kind = attribute(t->rest, S("class="));
	if (one_of(t->name, "table tr td th")) {
		take_table_tag(p, t);
	} else if (str_eq(t->name, S("br"))) {
		buf_str(&p->line, p->in_cell || p->mark.len ? S(" ") : p->is_plain ? S("\n") : S("\\\n"));
	} else if (one_of(t->name, "ul ol")) {
		end_line(p, p->lists > 0);
		if (t->closes && p->lists > 0)
			p->lists--;
		else if (!t->closes && p->lists < 8)
			p->numbers[p->lists++] = str_eq(t->name, S("ol"));
		if (t->closes && !p->lists)
			buf_char(&p->out, '\n');
	} else if (str_eq(t->name, S("li"))) {
		if (t->closes)
			end_line(p, true);
		else
			begin_item(p);
	} else if (t->name.len == 2 && t->name.ptr[0] == 'h' && t->name.ptr[1] >= '1' && t->name.ptr[1] <= '6') {
		end_line(p, false);
		if (!t->closes && !p->is_plain)
			p->mark = str_first(S("######"), (size_t)(t->name.ptr[1] - '0'));
		if (p->mark.len)
			p->mark = str_cat(p->a, p->mark, S(" "));
	} else if (one_of(t->name, "p div blockquote section article header footer main figure hr pre")) {
		if (p->lists == 0 || t->closes)
			end_line(p, p->lists > 0);
		if (!t->closes && !p->is_plain && str_eq(t->name, S("blockquote")))
			p->mark = S("> ");
		if (!t->closes && str_starts(kind, S("MsoListParagraph")))
			p->mark = S("- ");
	} else if (one_of(t->name, "b strong")) {
		emphasise(p, t, S("**"));
	} else if (one_of(t->name, "i em")) {
		emphasise(p, t, S("*"));
	} else if (!p->is_plain && str_eq(t->name, S("a"))) {
		Str to = t->closes ? (Str){0} : attribute(t->rest, S("href="));
		bool fine = (str_starts(to, S("https://")) || str_starts(to, S("http://")) || str_starts(to, S("mailto:"))) && !str_has(to, S(")")) && !str_has(to, S(" "));
		if (t->closes && p->link.len)
			buf_format(&p->line, "](%.*s)", STR_ARG(p->link));
		else if (fine)
			buf_char(&p->line, '[');
		p->link = fine ? to : (Str){0};
	}
}

/* Without tags that we know it is no HTML. */
static bool has_markup(Arena *a, Str s) {
	for (i64 at; (at = str_find_char(s, '<')) >= 0;) {
		Tag t;
		s = str_from(s, (size_t)at);
		if (tag_read(a, s, &t) && one_of(t.name, "p div br span table ul ol li b strong i em h1 h2 h3 h4 o:p html body"))
			return true;
		s = str_from(s, 1);
	}
	return false;
}

/* Where `s` goes on after something that is no text: a comment, a style sheet, what Word says to itself. */
static size_t silent_length(Str s, const Tag *t) {
	i64 end;
	if (str_starts(s, S("<![if !supportLists]"))) {
		end = str_find(s, S("<![endif]>"));
		return end < 0 ? s.len : (size_t)end + 10;
	}
	if (str_starts(s, S("<!--"))) {
		end = str_find(s, S("-->"));
		return end < 0 ? s.len : (size_t)end + 3;
	}
	if (str_starts(s, S("<!"))) {
		end = str_find_char(s, '>');
		return end < 0 ? 0 : (size_t)end + 1;
	}
	if (!t || t->closes || !one_of(t->name, "style head xml title"))
		return 0;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '<' && i + 2 + t->name.len < s.len && s.ptr[i + 1] == '/' && strncasecmp(s.ptr + i + 2, t->name.ptr, t->name.len) == 0) {
			end = str_find_char(str_from(s, i), '>');
			return end < 0 ? s.len : i + (size_t)end + 1;
		}
	return 0;
}

static size_t take_markup(Paste *p, Str s) {
	Tag    t = {0};
	size_t n = tag_read(p->a, s, &t), silent = silent_length(s, n ? &t : NULL);
	if (silent)
		return silent;
	if (n)
		take_tag(p, &t);
	return n;
}

static Str clean(Arena *a, Str html, bool is_plain) {
	html = text_clean_source(a, html);
	if (!has_markup(a, html))
		return html;
	CLEANUP(arena_free) Arena scratch = {.on_full = a->on_full};
	Paste p = {.a = &scratch, .is_plain = is_plain};
	for (size_t i = 0; i < html.len;) {
		Str    rest = str_from(html, i);
		size_t n = rest.ptr[0] == '<' ? take_markup(&p, rest) : 0;
		if (n) {
			i += n;
			continue;
		}
		i64 next = str_find_char(str_from(rest, 1), '<');
		n = next < 0 ? rest.len : (size_t)next + 1;
		put_text(&p, str_first(rest, n));
		i += n;
	}
	p.in_cell = false;
	end_row(&p);
	end_line(&p, false);
	Str done = text_clean_source(a, buf_view(&p.out));
	buf_free(&p.out);
	buf_free(&p.line);
	return done;
}

Str text_clean_paste(Arena *a, Str html) { return clean(a, html, false); }

Str text_plain_paste(Arena *a, Str html) { return clean(a, html, true); }
