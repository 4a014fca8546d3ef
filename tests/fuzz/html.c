/* The shape of a page (its elements and their attributes) does not depend on the values printed into it. */
#include "tests/templates/sample.html.h"

#include <strings.h>

#include "html/html.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static bool is_blank(char c) {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

/* Past the quoted value that begins at p->ptr[0]. */
static Str take_quoted(Str *p) {
	char quote = p->ptr[0];
	*p = str_from(*p, 1);
	i64 end = str_find_char(*p, quote);
	CHECK(end >= 0);
	Str value = str_first(*p, (size_t)end);
	*p = str_from(*p, (size_t)end + 1);
	return value;
}

static bool is_name_end(char c) {
	return is_blank(c) || c == '=' || c == '>' || c == '/';
}

static Str take_name(Str *p) {
	size_t n = 0;
	while (n < p->len && !is_name_end(p->ptr[n]))
		n++;
	Str name = str_first(*p, n);
	*p = str_from(*p, n);
	return name;
}

/* An address must not be able to run a program or to leave by a trick. */
static void check_address(Str value) {
	static const char *const good[] = {"/", "#", "?", "http://", "https://", "mailto:", "tel:"};
	bool known = false;
	for (size_t i = 0; i < LEN(good); i++)
		known |= value.len >= strlen(good[i]) && strncasecmp(value.ptr, good[i], strlen(good[i])) == 0;
	CHECK(known);
	CHECK(!str_starts(value, S("//")) && !str_starts(value, S("/\\")));
	for (size_t i = 0; i < value.len; i++)
		CHECK((u8)value.ptr[i] >= ' ' && value.ptr[i] != '<' && value.ptr[i] != '"');
}

/* Read one tag after its "<" and write its names to `shape`. */
static Str read_tag(Str *p, Buf *shape) {
	Str tag = take_name(p);
	buf_char(shape, '<');
	buf_str(shape, tag);
	if (p->len && p->ptr[0] == '/') {        /* an end tag */
		*p = str_from(*p, 1);
		buf_char(shape, '/');
		buf_str(shape, take_name(p));
	}
	while (p->len && p->ptr[0] != '>') {
		if (is_name_end(p->ptr[0])) {
			*p = str_from(*p, 1);
			continue;
		}
		Str name = take_name(p);
		buf_char(shape, ' ');
		buf_str(shape, name);
		if (p->len < 2 || p->ptr[0] != '=')
			continue;
		*p = str_from(*p, 1);
		CHECK(p->ptr[0] == '"' || p->ptr[0] == '\'');
		Str value = take_quoted(p);
		if (str_eq(name, S("href")) || str_eq(name, S("src")))
			check_address(value);
	}
	*p = str_from(*p, 1);
	return tag;
}

static void shape_of(Str page, Buf *shape) {
	while (page.len) {
		i64 at = str_find_char(page, '<');
		if (at < 0)
			break;
		page = str_from(page, (size_t)at + 1);
		Str tag = read_tag(&page, shape);
		static const char *const raw[] = {"script", "textarea", "title"};
		for (size_t i = 0; i < LEN(raw); i++) {
			if (!str_eq(tag, str_c(raw[i])))
				continue;
			i64 end = str_find(page, S("</"));       /* whatever it ends: the shape shows it */
			CHECK(end >= 0);
			page = str_from(page, (size_t)end);
		}
	}
}

static void render(Out *out, Str x, Str y, Str z) {
	SampleRow rows[] = {{x, y, 1}, {z, x, BLANK}, {y, z, 3}};
	SampleRows list = {rows, LEN(rows), LEN(rows)};
	view_sample(out, x, &list, y, (Date){0}, z, 1);
}

/* Text that is escaped and read back is the text that went in. */
static void check_round(Str s) {
	Out out = {0};
	html_text(&out, s);
	Str left = buf_view(&out);
	static const struct {
		Str  name;
		char c;
	} entities[] = {{{"&amp;", 5}, '&'}, {{"&lt;", 4}, '<'}, {{"&gt;", 4}, '>'}, {{"&quot;", 6}, '"'}, {{"&#39;", 5}, '\''}};
	for (size_t i = 0; i < s.len; i++) {
		char c = left.ptr[0];
		size_t width = 1;
		for (size_t e = 0; e < LEN(entities); e++)
			if (str_starts(left, entities[e].name)) {
				c = entities[e].c;
				width = entities[e].name.len;
			}
		if (s.ptr[i] == ' ' && str_starts(left, S("\u00a0"))) {
			c = ' ';
			width = 2;
		}
		CHECK(c == s.ptr[i]);
		left = str_from(left, width);
	}
	CHECK(left.len == 0);
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Str all = {(const char *)data, size};
	Str x = str_first(all, size / 3), y = str_first(str_from(all, size / 3), size / 3), z = str_from(all, size / 3 * 2);
	Out page = {0}, plain = {0};
	Buf shape = {0}, wanted = {0};
	render(&page, x, y, z);
	render(&plain, S("x"), S("y"), S("z"));
	shape_of(buf_view(&page), &shape);
	shape_of(buf_view(&plain), &wanted);
	CHECK(str_eq(buf_view(&shape), buf_view(&wanted)));
	check_round(all);
	buf_free(&page);
	buf_free(&plain);
	buf_free(&shape);
	buf_free(&wanted);
	return 0;
}
