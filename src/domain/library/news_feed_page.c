/* news_feed_page.c: news for readers of feeds: Atom (RFC 4287). */
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/library/news_page.h"

enum { ENTRIES = 30 };

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

/* What was let out before its first day is news from that day. */
static Instant appeared(const News *n) {
	Instant begins = prague_instant(n->first_day, 0);
	return n->published_at.ms > begins.ms ? n->published_at : begins;
}

static Instant changed(const News *n) {
	Instant first = appeared(n);
	return n->changed_at.ms > first.ms ? n->changed_at : first;
}

/* An id must not change when the site moves to https: it names the host alone. */
static Str host_of(Str origin) {
	i64 at = str_find(origin, S("://"));
	Str rest = at < 0 ? origin : str_from(origin, (size_t)at + 3);
	return str_cut(&rest, ':');
}

static Err put_entry(Req *r, Out *b, Id id) {
	News *n;
	TRY(news_get(r->c, id, &n));
	buf_lit(b, "<entry>");
	put_element(b, "id", str_format(r->c->arena, "tag:%.*s,2026:aktualita-%lld", STR_ARG(host_of(web_options()->origin)), (long long)id));
	put_element(b, "title", n->title);
	put_element(b, "published", iso(r, appeared(n)));
	put_element(b, "updated", iso(r, changed(n)));
	put_link(b, "alternate", "text/html", url_absolute(r, str_format(r->c->arena, "/aktuality/%lld", (long long)id)));
	buf_lit(b, "<category term=\"");
	html_escape(b, n->kind);
	buf_lit(b, "\" label=\"");
	html_escape(b, codelist_name(r->c, "news_kind", n->kind));
	buf_lit(b, "\"/>");
	put_element(b, "summary", n->summary);
	if (n->body.len) {
		buf_lit(b, "<content type=\"html\" xml:base=\"");
		html_escape(b, url_absolute(r, S("/")));
		buf_lit(b, "\">");
		html_escape(b, markdown(r->c->arena, n->body).markup);
		buf_lit(b, "</content>");
	}
	buf_lit(b, "</entry>\n");
	return OK;
}

Err page_news_feed(Req *r) {
	NewsList list;
	Instant  newest = {0};
	TRY(news_of_year(r->c, 0, ENTRIES, &list));
	for (size_t i = 0; i < list.len; i++)
		if (changed(list.at[i]).ms > newest.ms)
			newest = changed(list.at[i]);
	send_as(r, S("application/atom+xml; charset=utf-8"), (Str){0});
	buf_lit(r->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"cs\">");
	put_element(r->out, "id", url_absolute(r, S("/aktuality.atom")));
	put_element(r->out, "title", str_format(r->c->arena, "Sociální služby, aktuality: %.*s", STR_ARG(setting_text(r->c, "region.name"))));
	put_element(r->out, "updated", iso(r, newest.ms ? newest : prague_instant(r->c->today, 0)));
	buf_lit(r->out, "<author>");
	put_element(r->out, "name", setting_text(r->c, "region.name"));
	buf_lit(r->out, "</author>");
	put_link(r->out, "self", "application/atom+xml", url_absolute(r, S("/aktuality.atom")));
	put_link(r->out, "alternate", "text/html", url_absolute(r, S("/aktuality")));
	buf_lit(r->out, "\n");
	for (size_t i = 0; i < list.len; i++)
		TRY(put_entry(r, r->out, list.at[i]->head.id));
	buf_lit(r->out, "</feed>\n");
	return OK;
}
