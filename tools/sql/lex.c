#include "tools/sql/sql.h"

#include <stdarg.h>
#include <stdio.h>

void problem(Problems *p, int line, const char *format, ...) {
	char text[600];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	buf_format(&p->text, "%s:%d: %s\n", p->path, line, text);
	p->count++;
}

static char small(char c) {
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool in_word(char c) {
	return (small(c) >= 'a' && small(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

bool token_is(const Token *t, const char *word) {
	if ((t->kind != T_WORD && t->kind != T_SIGN) || t->text.len != strlen(word))
		return false;
	for (size_t i = 0; i < t->text.len; i++)
		if (small(t->text.ptr[i]) != word[i])
			return false;
	return true;
}

static size_t end_of_word(Str s, size_t at) {
	while (at < s.len && in_word(s.ptr[at]))
		at++;
	return at;
}

/* After the closing mark; a doubled mark inside stands for itself. */
static size_t end_of_quote(Str s, size_t at) {
	char mark = s.ptr[at++];
	while (at < s.len) {
		if (s.ptr[at++] != mark)
			continue;
		if (at >= s.len || s.ptr[at] != mark)
			return at;
		at++;
	}
	return s.len;
}

static size_t end_of_comment(Str s, size_t at) {
	Str end = s.ptr[at] == '-' ? S("\n") : S("*/");
	i64 n = str_find(str_from(s, at), end);
	return n < 0 ? s.len : at + (size_t)n + (s.ptr[at] == '-' ? 0 : 2);
}

static bool starts(Str s, size_t at, Str with) {
	return str_starts(str_from(s, at), with);
}

static size_t end_of_sign(Str s, size_t at) {
	static const char *const pairs[] = {"::", "<=", ">=", "<>", "!=", "==", "||"};
	for (size_t i = 0; i < LEN(pairs); i++)
		if (starts(s, at, str_c(pairs[i])))
			return at + 2;
	if (starts(s, at, S("->>")))
		return at + 3;
	return starts(s, at, S("->")) ? at + 2 : at + 1;
}

static bool is_comment(Str s, size_t at) {
	return starts(s, at, S("--")) || starts(s, at, S("/*"));
}

static TokenKind kind_at(Str s, size_t at) {
	char c = s.ptr[at];
	if (c == '\'')
		return T_STRING;
	if (c == '"' || c == '`' || c == '[')
		return T_QUOTED;
	if (c == '$' || c == '?')
		return T_PARAM;
	if ((c == ':' || c == '@') && at + 1 < s.len && in_word(s.ptr[at + 1]))
		return T_PARAM;
	if (c >= '0' && c <= '9')
		return T_NUMBER;
	return in_word(c) ? T_WORD : T_SIGN;
}

static size_t end_of_token(Str s, size_t at, TokenKind kind) {
	switch (kind) {
	case T_STRING:
		return end_of_quote(s, at);
	case T_QUOTED:
		return s.ptr[at] == '[' ? at + 1 : end_of_quote(s, at);
	case T_PARAM:
		return end_of_word(s, at + 1);
	case T_WORD:
	case T_NUMBER:
		return end_of_word(s, at);
	case T_SIGN:
		break;
	}
	return end_of_sign(s, at);
}

static int lines_in(Str s) {
	int n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == '\n' ? 1 : 0;
	return n;
}

Tokens sql_tokens(Problems *p, Str sql, int line) {
	Tokens list = {0};
	for (size_t at = 0, end; at < sql.len; at = end) {
		char c = sql.ptr[at];
		end = at + 1;
		if (is_comment(sql, at)) {
			end = end_of_comment(sql, at);
		} else if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
			TokenKind kind = kind_at(sql, at);
			end = end_of_token(sql, at, kind);
			*ARENA_PUSH(p->arena, list.at, list.len, list.cap) = (Token){kind, str_first(str_from(sql, at), end - at), line};
		}
		line += lines_in(str_first(str_from(sql, at), end - at));
	}
	return list;
}

static bool is_mark(Str line) {
	return str_eq(line, S("-- only sqlite")) || str_eq(line, S("-- only postgres")) || str_eq(line, S("-- both"));
}

static Str without_comments(Arena *a, Str sql) {
	CLEANUP(buf_free) Buf out = {0};
	for (size_t at = 0, end; at < sql.len; at = end) {
		end = sql.ptr[at] == '\'' || sql.ptr[at] == '"' ? end_of_quote(sql, at) : at + 1;
		if (is_comment(sql, at)) {
			end = end_of_comment(sql, at);
			if (!is_mark(str_trim(str_first(str_from(sql, at), end - at))))
				continue;
		}
		buf_str(&out, str_first(str_from(sql, at), end - at));
	}
	return str_dup(a, buf_view(&out));
}

static Str without_end_blanks(Str line) {
	while (line.len && strchr(" \t\r", line.ptr[line.len - 1]))
		line.len--;
	return line;
}

Str sql_clean(Arena *a, Str sql) {
	CLEANUP(buf_free) Buf out = {0};
	Str rest = without_comments(a, sql);
	while (!str_empty(rest)) {
		Str line = without_end_blanks(str_cut(&rest, '\n'));
		if (str_empty(line))
			continue;
		buf_str(&out, line);
		buf_char(&out, '\n');
	}
	return str_dup(a, buf_view(&out));
}
