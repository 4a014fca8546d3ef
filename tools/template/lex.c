/* lex.c: a template cut into literal text, holes and directives. */
#include <stdarg.h>
#include <stdio.h>

#include "tools/template/parts.h"

bool mistake(Mistake *m, int line, const char *format, ...) {
	char text[1024];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	m->text = str_format(m->arena, "%.*s:%d: %s", STR_ARG(m->file), line, text);
	return false;
}

bool is_blank(char c) {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_letter(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

Str c_name(Str s) {
	size_t n = 0;
	while (n < s.len && (is_letter(s.ptr[n]) || s.ptr[n] == '_' || (n && is_digit(s.ptr[n]))))
		n++;
	return str_first(s, n);
}

/* Past the quoted C literal that begins at `i`; 0 when it has no end on its line. */
static size_t after_quotes(Str s, size_t i) {
	char quote = s.ptr[i++];
	for (; i < s.len && s.ptr[i] != '\n'; i++) {
		if (s.ptr[i] == quote)
			return i + 1;
		if (s.ptr[i] == '\\' && i + 1 < s.len)
			i++;
	}
	return 0;
}

static char closer(char c) {
	return c == '(' ? ')' : c == '[' ? ']' : c == '{' ? '}' : 0;
}

/* Where C text that begins at `from` ends: before `last` + "}" outside of brackets and quotes. */
static bool find_end(Str s, size_t from, char last, size_t *end) {
	char   open[32];
	size_t depth = 0;
	for (size_t i = from; i < s.len;) {
		char c = s.ptr[i];
		char next = i + 1 < s.len ? s.ptr[i + 1] : 0;
		if (depth == 0 && c == last && next == '}')
			return *end = i, true;
		if (c == '"' || c == '\'') {
			i = after_quotes(s, i);
			if (i == 0)
				return false;
			continue;
		}
		if (c == '/' && (next == '/' || next == '*'))
			return false;
		if (closer(c)) {
			if (depth == sizeof open)
				return false;
			open[depth++] = closer(c);
		} else if (c == ')' || c == ']' || c == '}') {
			if (depth == 0 || open[--depth] != c)
				return false;
		}
		i++;
	}
	return false;
}

int c_count(Str s, char wanted) {
	int count = 0, depth = 0;
	for (size_t i = 0; i < s.len;) {
		char c = s.ptr[i];
		if (c == '"' || c == '\'') {
			i = after_quotes(s, i);
			if (i == 0)
				break;
			continue;
		}
		if (closer(c))
			depth++;
		else if (c == ')' || c == ']' || c == '}')
			depth--;
		else if (c == wanted && depth == 0)
			count++;
		i++;
	}
	return count;
}

/* C text on one line, so that a "#" can never begin one. */
static Str one_line(Arena *a, Str s) {
	s = str_trim(s);
	char *p = arena_alloc(a, s.len);
	for (size_t i = 0; i < s.len; i++)
		p[i] = s.ptr[i] == '\n' || s.ptr[i] == '\r' ? ' ' : s.ptr[i];
	return (Str){p, s.len};
}

static int lines_in(Str s) {
	int n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == '\n';
	return n;
}

static size_t next_brace(Str s, size_t from) {
	for (size_t i = from; i + 1 < s.len; i++)
		if (s.ptr[i] == '{' && (s.ptr[i + 1] == '{' || s.ptr[i + 1] == '%' || s.ptr[i + 1] == '#'))
			return i;
	return s.len;
}

static Token read_token(Arena *a, char kind, Str inside, int line) {
	if (kind == '%') {
		Str text = one_line(a, inside);
		Str word = c_name(text);
		return (Token){TOKEN_DIRECTIVE, line, word, str_trim(str_from(text, word.len))};
	}
	bool json = str_starts(inside, S("json")) && inside.len > 4 && is_blank(inside.ptr[4]);
	return (Token){json ? TOKEN_JSON : TOKEN_HOLE, line, {0}, one_line(a, json ? str_from(inside, 4) : inside)};
}

bool template_lex(Mistake *m, Str source, Tokens *ret) {
	if (!utf8_valid(source))
		return mistake(m, 1, "the file is not UTF-8; save it as UTF-8");
	Tokens list = {0};
	int line = 1;
	for (size_t at = 0; at < source.len;) {
		size_t brace = next_brace(source, at);
		Str text = {source.ptr + at, brace - at};
		if (text.len)
			*ARENA_PUSH(m->arena, list.at, list.len, list.cap) = (Token){TOKEN_TEXT, line, {0}, text};
		line += lines_in(text);
		if (brace == source.len)
			break;
		char kind = source.ptr[brace + 1];
		size_t end;
		if (kind == '#') {
			i64 found = str_find(str_from(source, brace + 2), S("#}"));
			if (found < 0)
				return mistake(m, line, "the comment has no end; write #} after it");
			end = brace + 2 + (size_t)found;
		} else {
			if (!find_end(source, brace + 2, kind == '{' ? '}' : '%', &end))
				return mistake(m, line, "what begins with {%c has no end or its brackets or quotes do not match; close it by %s and"
				               " write no C comment in it", kind, kind == '{' ? "}}" : "%}");
			Token t = read_token(m->arena, kind, (Str){source.ptr + brace + 2, end - brace - 2}, line);
			if (t.kind != TOKEN_DIRECTIVE && t.text.len == 0)
				return mistake(m, line, "the hole is empty; write a C expression in it");
			*ARENA_PUSH(m->arena, list.at, list.len, list.cap) = t;
		}
		line += lines_in((Str){source.ptr + brace, end - brace});
		at = end + 2;
	}
	*ret = list;
	return true;
}
