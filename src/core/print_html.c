/* print_html.c: the whole document around a print view. */
#include "base/data_file.h"
#include "core/check.h"
#include "core/print_inside.h"
#include "core/settings.h"

typedef struct Contents {
	Buf    lines;
	size_t len;
} Contents;

static void add_line(void *arg, int level, Str id, Str words) {
	Contents *t = arg;
	t->len++;
	buf_format(&t->lines, "<li class=\"l%d\"><a href=\"#%.*s\">%.*s</a></li>\n", level, STR_ARG(id), STR_ARG(words));      /* escaped where it was written */
}

static void escape(Buf *out, Str s) {
	for (size_t i = 0; i < s.len; i++)
		switch (s.ptr[i]) {
		case '&':
			buf_lit(out, "&amp;");
			break;
		case '<':
			buf_lit(out, "&lt;");
			break;
		case '>':
			buf_lit(out, "&gt;");
			break;
		case '"':
			buf_lit(out, "&quot;");
			break;
		default:
			buf_char(out, s.ptr[i]);
		}
}

static void put_attribute(Buf *out, const char *name, Str value) {
	buf_format(out, " data-%s=\"", name);
	escape(out, value);
	buf_char(out, '"');
}

static void put_head(Ctx *c, const PrintDoc *d, Buf *out) {
	Str origin = installation()->origin, author = d->author.len ? d->author : setting_text(c, "region.name");
	buf_lit(out, "<!DOCTYPE html>\n<html lang=\"cs\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	escape(out, d->title);
	buf_lit(out, "</title>\n<meta name=\"author\" content=\"");
	escape(out, author);
	buf_lit(out, "\">\n");
	if (origin.len) {                            /* links to our own pages work outside of the browser too */
		buf_lit(out, "<base href=\"");
		escape(out, origin);
		buf_lit(out, "/\">\n");
	}
	buf_lit(out, "<style>\n");
	buf_str(out, data_file(c->arena, "print/print.css"));
	buf_lit(out, "</style>\n</head>\n<body");
	put_attribute(out, "title", d->title);
	put_attribute(out, "label", setting_int(c, "site.demo") ? S("ukázková data") : S(""));
	put_attribute(out, "note", d->note);
	if (d->is_landscape)
		buf_lit(out, " class=\"landscape\"");
	buf_lit(out, ">\n");
}

/* The page's sheet does not reach into drawings: each gets its own. */
static void put_body(Ctx *c, Str body, Buf *out) {
	Str sheet = {0};
	for (i64 at; (at = str_find(body, S("<svg"))) >= 0;) {
		i64 end = str_find_char(str_from(body, (size_t)at), '>');
		CHECK(end >= 0);                         /* print_walk saw whole tags */
		if (!sheet.len)
			sheet = data_file(c->arena, "print/drawing.css");
		size_t n = (size_t)at + (size_t)end + 1;
		buf_str(out, str_first(body, n));
		if (!str_ends(str_first(body, n), S("/>"))) {
			buf_lit(out, "<style>\n");
			buf_str(out, sheet);
			buf_lit(out, "</style>");
		}
		body = str_from(body, n);
	}
	buf_str(out, body);
}

/* Behind the end of the first h1. */
static size_t place_of_contents(Str body) {
	i64 at = str_find(body, S("</h1>"));
	return at < 0 ? 0 : (size_t)at + 5;
}

static void put_contents(Buf *out, const Contents *t) {
	buf_lit(out, "\n<nav class=\"print-contents\" aria-label=\"Obsah\"><h2>Obsah</h2>\n<ol>\n");
	buf_str(out, buf_view(&t->lines));
	buf_lit(out, "</ol></nav>\n");
}

static void free_lines(Contents *t) {
	buf_free(&t->lines);
}

Err print_html(Ctx *c, const PrintDoc *d, Buf *out, Str *why) {
	CLEANUP(free_lines) Contents t = {0};
	Str body = d->body;
	if (!print_walk(c->arena, body, d->contents ? add_line : NULL, &t, why))
		return ERR_INTERNAL;
	size_t at = place_of_contents(body);
	put_head(c, d, out);
	put_body(c, str_first(body, at), out);
	if (t.len)
		put_contents(out, &t);
	put_body(c, str_from(body, at), out);
	buf_lit(out, "\n</body>\n</html>\n");
	return OK;
}
