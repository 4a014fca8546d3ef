/* url.c: addresses of this page with something changed. */
#include "web/inside.h"

static void add_pair(Buf *b, Str name, Str value) {
	buf_char(b, b->len && memchr(b->ptr, '?', b->len) ? '&' : '?');
	html_url_str(b, name);
	buf_char(b, '=');
	html_url_str(b, value);
}

/* Parameters that point into a list of results: they make no sense once the list is another. */
static bool is_paging(Str name) {
	return str_eq(name, S("strana")) || str_eq(name, S("od")) || str_eq(name, S("pred"));
}

static Str take(Req *r, Buf *b) {
	Str s = buf_take(b, r->c->arena);
	buf_free(b);
	return s;
}

static void path_without_format(Req *r, Buf *b) {
	Str path = r->http->path;
	static const char *const suffixes[] = {".json", ".csv", ".xlsx"};
	for (size_t i = 0; r->format != PAGE_HTML && i < LEN(suffixes); i++)
		if (str_ends(path, str_c(suffixes[i])))
			path.len -= strlen(suffixes[i]);
	for (Str rest = str_from(path, 1); ; ) {
		buf_char(b, '/');
		html_url_str(b, str_cut(&rest, '/'));
		if (!rest.len)
			break;
	}
}

Str url_with(Req *r, const char *name, Str value) {
	CLEANUP(buf_free) Buf b = {0};
	path_without_format(r, &b);
	for (size_t i = 0; i < r->http->query.len; i++) {
		const Param *p = &r->http->query.at[i];
		if (!is_paging(p->name) && !str_eq(p->name, str_c(name)) && p->value.len)
			add_pair(&b, p->name, p->value);
	}
	if (value.len)
		add_pair(&b, str_c(name), value);
	return take(r, &b);
}

Str url_without(Req *r, const char *name, Str value) {
	CLEANUP(buf_free) Buf b = {0};
	path_without_format(r, &b);
	for (size_t i = 0; i < r->http->query.len; i++) {
		const Param *p = &r->http->query.at[i];
		bool dropped = str_eq(p->name, str_c(name)) && str_eq(p->value, value);
		if (!is_paging(p->name) && !dropped && p->value.len)
			add_pair(&b, p->name, p->value);
	}
	return take(r, &b);
}

bool may_take_files(Req *r) {
	return r->route && r->route->formats && (!r->route->files_need || may(r->c, r->route->files_need));
}

Str url_with_format(Req *r, const char *suffix) {
	CLEANUP(buf_free) Buf b = {0};
	path_without_format(r, &b);
	buf_format(&b, ".%s", suffix);
	for (size_t i = 0; i < r->http->query.len; i++) {
		const Param *p = &r->http->query.at[i];
		if (!is_paging(p->name) && p->value.len && !str_eq(p->name, S("zobrazit")))
			add_pair(&b, p->name, p->value);
	}
	return take(r, &b);
}

Str url_absolute(Req *r, Str path) {
	return str_cat(r->c->arena, web_options()->origin, path);
}
