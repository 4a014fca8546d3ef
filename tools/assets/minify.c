#include "tools/assets/minify.h"

typedef struct Reader {
	Str    s;
	size_t i;
	Buf   *out;
} Reader;

static char peek(const Reader *r, size_t ahead) {
	return r->i + ahead < r->s.len ? r->s.ptr[r->i + ahead] : 0;
}

static char last(const Reader *r) {
	return r->out->len ? r->out->ptr[r->out->len - 1] : 0;
}

static bool is_blank(char c) {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static bool is_word(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (u8)c >= 0x80;
}

static bool is_in(char c, const char *set) {
	return c && strchr(set, c);
}

static void take(Reader *r) {
	buf_char(r->out, r->s.ptr[r->i++]);
}

/* A character, with the one that a backslash protects. */
static void take_escaped(Reader *r) {
	if (peek(r, 0) == '\\' && r->i + 1 < r->s.len)
		take(r);
	take(r);
}

static void take_quoted(Reader *r) {
	char quote = peek(r, 0);
	take(r);
	while (r->i < r->s.len && peek(r, 0) != quote && peek(r, 0) != '\n')
		take_escaped(r);
	if (r->i < r->s.len)
		take(r);
}

static void skip_comment(Reader *r) {
	i64 end = str_find(str_from(r->s, r->i + 2), S("*/"));
	r->i = end < 0 ? r->s.len : r->i + 2 + (size_t)end + 2;
}

/* ---- CSS ---- */

static void css_blanks(Reader *r) {
	while (is_blank(peek(r, 0)))
		r->i++;
	if (last(r) == 0 || is_in(last(r), "{};,:> ") || is_in(peek(r, 0), "{};,>") || peek(r, 0) == 0)
		return;
	buf_char(r->out, ' ');
}

static void css_comment(Reader *r) {
	skip_comment(r);
	char next = peek(r, 0);
	if (last(r) && next && !is_blank(next) && !is_in(last(r), "{};,:> "))
		buf_lit(r->out, "/**/");                 /* it parted two words */
}

static bool at_word(const Reader *r, Str word) {
	return !is_word(last(r)) && last(r) != '-' && str_starts(str_from(r->s, r->i), word);
}

void minify_css(Str css, Buf *out) {
	Reader r = {css, 0, out};
	while (r.i < css.len) {
		char c = peek(&r, 0);
		if (c == '"' || c == '\'') {
			take_quoted(&r);
		} else if (c == '/' && peek(&r, 1) == '*') {
			css_comment(&r);
		} else if (at_word(&r, S("url("))) {
			while (r.i < css.len && peek(&r, 0) != ')' && !is_in(peek(&r, 0), "\"'"))
				take_escaped(&r);
		} else if (is_blank(c)) {
			css_blanks(&r);
		} else {
			if (c == '}' && last(&r) == ';')
				out->len--;
			take_escaped(&r);
		}
	}
}

/* ---- JavaScript ---- */

static void js_template(Reader *r);

/* Inside `${ … }`: kept as it is. */
static void js_insertion(Reader *r) {
	int depth = 0;
	do {
		char c = peek(r, 0);
		if (c == '`')
			js_template(r);
		else if (c == '"' || c == '\'')
			take_quoted(r);
		else {
			depth += c == '{' ? 1 : c == '}' ? -1 : 0;
			take(r);
		}
	} while (r->i < r->s.len && depth);
}

static void js_template(Reader *r) {
	take(r);
	while (r->i < r->s.len && peek(r, 0) != '`') {
		if (peek(r, 0) == '$' && peek(r, 1) == '{') {
			take(r);
			js_insertion(r);
		} else {
			take_escaped(r);
		}
	}
	if (r->i < r->s.len)
		take(r);
}

/* Does a slash here begin a regular expression? It does where a value is expected. */
static bool js_expects_value(const Reader *r) {
	size_t n = r->out->len;
	while (n && is_blank(r->out->ptr[n - 1]))
		n--;
	if (n == 0 || is_in(r->out->ptr[n - 1], "(,=:[!&|?{};+-*%~^<>"))
		return true;
	static const char *const before[] = {"return", "typeof", "case", "in", "of", "void", "delete", "else", "do", "throw", "new", "await", "yield"};
	Str text = {r->out->ptr, n};
	size_t from = n;
	while (from && is_word(text.ptr[from - 1]))
		from--;
	for (size_t i = 0; i < LEN(before); i++)
		if (str_eq(str_from(text, from), str_c(before[i])))
			return true;
	return false;
}

static void js_regex(Reader *r) {
	bool in_class = false;
	take(r);
	while (r->i < r->s.len && peek(r, 0) != '\n' && (in_class || peek(r, 0) != '/')) {
		in_class = peek(r, 0) == '[' || (in_class && peek(r, 0) != ']');
		take_escaped(r);
	}
	if (r->i < r->s.len)
		take(r);
}

/* A run of blanks: one line end if it holds any, else one space; nothing at the beginning of a line. */
static void js_blanks(Reader *r) {
	bool line_end = false;
	while (is_blank(peek(r, 0)))
		line_end |= r->s.ptr[r->i++] == '\n';
	while (line_end && last(r) == ' ')
		r->out->len--;
	if (last(r) == 0 || last(r) == '\n' || (!line_end && last(r) == ' '))
		return;
	buf_char(r->out, line_end ? '\n' : ' ');
}

static void js_block_comment(Reader *r) {
	size_t from = r->i;
	skip_comment(r);
	bool lines = str_find_char((Str){r->s.ptr + from, r->i - from}, '\n') >= 0;
	if (last(r) && !is_blank(last(r)))
		buf_char(r->out, lines ? '\n' : ' ');
}

void minify_js(Str js, Buf *out) {
	Reader r = {js, 0, out};
	while (r.i < js.len) {
		char c = peek(&r, 0);
		if (c == '"' || c == '\'')
			take_quoted(&r);
		else if (c == '`')
			js_template(&r);
		else if (c == '/' && peek(&r, 1) == '*')
			js_block_comment(&r);
		else if (c == '/' && peek(&r, 1) == '/')
			while (r.i < js.len && peek(&r, 0) != '\n')
				r.i++;
		else if (c == '/' && js_expects_value(&r))
			js_regex(&r);
		else if (is_blank(c))
			js_blanks(&r);
		else
			take(&r);
	}
}
