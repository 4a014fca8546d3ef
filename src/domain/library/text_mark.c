/* The marks of Markdown, line by line, and the words without them. */
#include "base/buf.h"
#include "domain/library/text_inside.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_small(char c) { return c >= 'a' && c <= 'z'; }

bool anchor_valid(Str s) {
	if (s.len < 2 || s.len > 12 || !is_small(s.ptr[0]))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_small(s.ptr[i]) && !is_digit(s.ptr[i]))
			return false;
	return true;
}

bool mark_anchor(Str line, Str *anchors) {
	line = str_trim(line);
	if (line.len < 5 || !str_starts(line, S("{#")) || !str_ends(line, S("}")))
		return false;
	Str rest = *anchors = str_of(line.ptr + 2, line.len - 3);
	while (rest.len)
		if (!anchor_valid(str_cut(&rest, ' ')))
			return false;
	return line.ptr[line.len - 2] != ' ';
}

size_t mark_indent(Str line) {
	size_t n = 0;
	while (n < line.len && line.ptr[n] == ' ')
		n++;
	return n;
}

size_t mark_heading(Str line, int *level) {
	size_t n = 0;
	while (n < line.len && line.ptr[n] == '#')
		n++;
	if (n < 1 || n > 6 || n + 1 >= line.len || line.ptr[n] != ' ')
		return 0;
	*level = (int)n;
	return n + 1;
}

/* "1. ledna 2024 vznikla …" begins with a day, not with an item. */
static bool is_month(Str s) {
	static const Str months[] = {STR_CONST("ledna"), STR_CONST("února"), STR_CONST("března"), STR_CONST("dubna"), STR_CONST("května"),
		STR_CONST("června"), STR_CONST("července"), STR_CONST("srpna"), STR_CONST("září"), STR_CONST("října"), STR_CONST("listopadu"),
		STR_CONST("prosince")};
	Str word = str_cut(&s, ' ');
	for (size_t i = 0; i < LEN(months); i++)
		if (str_eq(word, months[i]))
			return true;
	return word.len && is_digit(word.ptr[0]) && str_ends(word, S("."));       /* "16. 11. 2023" */
}

size_t mark_item(Str line, int *number) {
	*number = 0;
	if (line.len > 2 && memchr("-*+", line.ptr[0], 3) && line.ptr[1] == ' ')
		return 2;
	size_t n = 0;
	int    value = 0;
	for (; n < line.len && n < 4 && is_digit(line.ptr[n]); n++)
		value = value * 10 + (line.ptr[n] - '0');
	if (!n || n + 2 >= line.len || (line.ptr[n] != '.' && line.ptr[n] != ')') || line.ptr[n + 1] != ' ')
		return 0;
	if (line.ptr[n] == '.' && is_month(str_from(line, n + 2)))
		return 0;
	*number = value ? value : 1;
	return n + 2;
}

size_t mark_note(Str line, Str *name) {
	if (!str_starts(line, S("[^")))
		return 0;
	size_t n = 2;
	while (n < line.len && n < 14 && (is_digit(line.ptr[n]) || is_small(line.ptr[n])))
		n++;
	if (n == 2 || !str_starts(str_from(line, n), S("]: ")) || n + 3 >= line.len)
		return 0;
	*name = str_of(line.ptr + 2, n - 2);
	return n + 3;
}

bool mark_fence(Str line) {
	return str_starts(line, S("```")) || str_starts(line, S("~~~"));
}

bool mark_rule(Str line) {
	size_t n = 0;
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == ' ')
			continue;
		if (line.ptr[i] != line.ptr[0] || !memchr("-*_", line.ptr[i], 3))
			return false;
		n++;
	}
	return n >= 3;
}

bool mark_table_line(Str line) {
	bool dash = false;
	if (!str_starts(line, S("|")))
		return false;
	for (size_t i = 0; i < line.len; i++) {
		if (!memchr("|-: ", line.ptr[i], 4))
			return false;
		dash |= line.ptr[i] == '-';
	}
	return dash;
}

size_t live_read(Str s, Str *name, Str *caption) {
	if (!str_starts(s, S("![")))
		return 0;
	size_t end = 2;
	while (end < s.len && s.ptr[end] != ']' && s.ptr[end] != '\n')
		end++;
	if (!str_starts(str_from(s, end), S("](" LIVE_SCHEME)))
		return 0;
	size_t from = end + sizeof "](" LIVE_SCHEME - 1, to = from;
	while (to < s.len && to - from < 60 && (is_small(s.ptr[to]) || is_digit(s.ptr[to]) || s.ptr[to] == '-' || s.ptr[to] == '/'))
		to++;
	if (to == from || to >= s.len || s.ptr[to] != ')')
		return 0;
	*caption = str_of(s.ptr + 2, end - 2);
	*name = str_of(s.ptr + from, to - from);
	return to + 1;
}

/* ---- words without marks ---- */

/* "[text](address)" or "![text](address)": the text; its length, 0 when it is not one. */
static size_t link_length(Str s, Str *text) {
	size_t at = s.ptr[0] == '!' ? 1 : 0, depth = 0, open = at;
	if (at >= s.len || s.ptr[at] != '[')
		return 0;
	for (; at < s.len && at < 4000; at++) {
		if (s.ptr[at] == '\\') {
			at++;
			continue;
		}
		depth += s.ptr[at] == '[';
		if (s.ptr[at] == ']' && --depth == 0)
			break;
	}
	if (at + 1 >= s.len || at >= 4000 || s.ptr[at + 1] != '(')
		return 0;
	i64 end = str_find_char(str_first(str_from(s, at), 2000), ')');
	if (end < 0)
		return 0;
	*text = str_of(s.ptr + open + 1, at - open - 1);
	return at + (size_t)end + 1;
}

static bool is_word_byte(char c) {
	return is_digit(c) || is_small(c) || (c >= 'A' && c <= 'Z') || (u8)c >= 0x80;
}

/* "[^1]" */
size_t mark_reference(Str s, Str *name) {
	size_t n = 2;
	if (!str_starts(s, S("[^")))
		return 0;
	while (n < s.len && n < 14 && (is_digit(s.ptr[n]) || is_small(s.ptr[n])))
		n++;
	*name = str_of(s.ptr + 2, n - 2);
	return n > 2 && n < s.len && s.ptr[n] == ']' ? n + 1 : 0;
}

static void plain(Buf *out, Str s, int depth) {
	for (size_t i = 0; i < s.len; i++) {
		char   c = s.ptr[i];
		Str    inside, rest = str_from(s, i);
		size_t n;
		bool   within = i > 0 && i + 1 < s.len && is_word_byte(s.ptr[i - 1]) && is_word_byte(s.ptr[i + 1]);
		if (c == '\\' && i + 1 < s.len) {
			if (s.ptr[++i] != '\n')
				buf_char(out, s.ptr[i]);
			else
				buf_char(out, ' ');
		} else if ((c == '[' || c == '!') && depth < 3 && (n = link_length(rest, &inside))) {
			plain(out, inside, depth + 1);
			i += n - 1;
		} else if (c == '[' && (n = mark_reference(rest, &inside))) {
			i += n - 1;
		} else if (c != '*' && c != '`' && (c != '_' || within)) {
			buf_char(out, c == '\n' ? ' ' : c);
		}
	}
}

/* One line with single blanks. */
static Str squeeze(Arena *a, Str s) {
	char  *to = arena_alloc(a, s.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] != ' ' || (n && to[n - 1] != ' '))
			to[n++] = s.ptr[i];
	return str_of(to, n && to[n - 1] == ' ' ? n - 1 : n);
}

Str mark_plain(Arena *a, Str source) {
	CLEANUP(buf_free) Buf out = {0};
	plain(&out, source, 0);
	return squeeze(a, buf_view(&out));
}

/* The lines of an item or quote without their own marks. */
static void plain_lines(Buf *out, Str source) {
	while (source.len) {
		Str    line = str_cut(&source, '\n');
		int    number;
		size_t skip = mark_indent(line);
		while (skip < line.len && line.ptr[skip] == '>')
			skip += 1 + mark_indent(str_from(line, skip + 1));
		skip += mark_item(str_from(line, skip), &number);
		buf_str(out, str_from(line, skip));
		buf_char(out, ' ');
	}
}

Str paragraph_plain(Arena *a, ParagraphKind kind, Str source) {
	CLEANUP(buf_free) Buf out = {0};
	Str    name, caption;
	int    level;
	Table  t;
	switch (kind) {
	case PARAGRAPH_HEADING:
		return mark_plain(a, str_from(source, mark_heading(source, &level)));
	case PARAGRAPH_ITEM:
	case PARAGRAPH_QUOTE:
		plain_lines(&out, source);
		return mark_plain(a, buf_view(&out));
	case PARAGRAPH_TABLE:
		t = table_read(a, source);
		buf_str(&out, t.caption);
		for (size_t i = 0; i < t.rows * t.columns; i++) {
			buf_lit(&out, " | ");
			buf_str(&out, t.at[i]);
		}
		return mark_plain(a, buf_view(&out));
	case PARAGRAPH_FIGURE:
		return live_read(source, &name, &caption) ? mark_plain(a, caption) : mark_plain(a, source);
	case PARAGRAPH_NOTE:
		return mark_plain(a, str_from(source, mark_note(source, &name)));
	case PARAGRAPH_CODE:
		return squeeze(a, str_replace(a, source, S("\n"), S(" ")));
	case PARAGRAPH_TEXT:
		return mark_rule(source) ? (Str){0} : mark_plain(a, source);
	}
	return (Str){0};
}
