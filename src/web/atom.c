/* atom.c: writing a feed. */
#include "web/atom.h"

#include "core/settings.h"
#include "html/html.h"

static void put_element(Out *b, const char *name, Str value) {
	buf_format(b, "<%s>", name);
	html_escape(b, value);
	buf_format(b, "</%s>", name);
}

static void put_link(Out *b, const char *rel, const char *type, Str href) {
	buf_format(b, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
	html_escape(b, href);
	buf_lit(b, "\"/>");
}

static Str iso(Req *r, Instant t) {
	return instant_iso(t, arena_alloc(r->c->arena, INSTANT_ISO_LEN));
}

/* An id must not change when the site moves to https: it names the host alone. */
static Str host_of(Str origin) {
	i64 at = str_find(origin, S("://"));
	Str rest = at < 0 ? origin : str_from(origin, (size_t)at + 3);
	return str_cut(&rest, ':');
}

void atom_entry(Req *r, const AtomEntry *e) {
	Out *b = r->out;
	buf_lit(b, "<entry>");
	put_element(b, "id", str_format(r->c->arena, "tag:%.*s,2026:%.*s", STR_ARG(host_of(web_options()->origin)), STR_ARG(e->id)));
	put_element(b, "title", e->title);
	put_element(b, "published", iso(r, e->published));
	put_element(b, "updated", iso(r, e->updated));
	put_link(b, "alternate", "text/html", url_absolute(r, e->href));
	if (e->category.len) {
		buf_lit(b, "<category term=\"");
		html_escape(b, e->category);
		buf_lit(b, "\" label=\"");
		html_escape(b, e->category_label);
		buf_lit(b, "\"/>");
	}
	put_element(b, "summary", e->summary);
	if (e->markup.len) {
		buf_lit(b, "<content type=\"html\" xml:base=\"");
		html_escape(b, url_absolute(r, S("/")));
		buf_lit(b, "\">");
		html_escape(b, e->markup);
		buf_lit(b, "</content>");
	}
	buf_lit(b, "</entry>\n");
}

void atom_open(Req *r, Str path, Str page, Str title, Instant newest) {
	send_as(r, S("application/atom+xml; charset=utf-8"), (Str){0});
	buf_lit(r->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"cs\">");
	put_element(r->out, "id", url_absolute(r, path));
	put_element(r->out, "title", str_format(r->c->arena, "%.*s: %.*s", STR_ARG(title), STR_ARG(setting_text(r->c, "region.name"))));
	put_element(r->out, "updated", iso(r, newest.ms ? newest : prague_instant(r->c->today, 0)));
	buf_lit(r->out, "<author>");
	put_element(r->out, "name", setting_text(r->c, "region.name"));
	buf_lit(r->out, "</author>");
	put_link(r->out, "self", "application/atom+xml", url_absolute(r, path));
	put_link(r->out, "alternate", "text/html", url_absolute(r, page));
	buf_lit(r->out, "\n");
}

void atom_close(Req *r) { buf_lit(r->out, "</feed>\n"); }
