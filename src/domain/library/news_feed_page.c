/* news_feed_page.c: news for readers of feeds. */
#include "core/codelist.h"
#include "domain/library/news_page.h"
#include "web/atom.h"

enum { ENTRIES = 30 };

/* What was let out before its first day is news from that day. */
static Instant appeared(const News *n) {
	Instant begins = prague_instant(n->first_day, 0);
	return n->published_at.ms > begins.ms ? n->published_at : begins;
}

static Instant changed(const News *n) {
	Instant first = appeared(n);
	return n->changed_at.ms > first.ms ? n->changed_at : first;
}

static Err put_entry(Req *r, Id id) {
	News *n;
	TRY(news_get(r->c, id, &n));
	atom_entry(r, &(AtomEntry){.id = str_format(r->c->arena, "aktualita-%lld", (long long)id), .title = n->title, .summary = n->summary, .published = appeared(n),
	                           .updated = changed(n), .href = str_format(r->c->arena, "/aktuality/%lld", (long long)id), .category = n->kind,
	                           .category_label = codelist_name(r->c, "news_kind", n->kind),
	                           .markup = n->body.len ? markdown(r->c->arena, n->body).markup : (Str){0}});
	return OK;
}

Err page_news_feed(Req *r) {
	NewsList list;
	Instant  newest = {0};
	TRY(news_of_year(r->c, 0, ENTRIES, &list));
	for (size_t i = 0; i < list.len; i++)
		if (changed(list.at[i]).ms > newest.ms)
			newest = changed(list.at[i]);
	atom_open(r, S("/aktuality.atom"), S("/aktuality"), S("Sociální služby, aktuality"), newest);
	for (size_t i = 0; i < list.len; i++)
		TRY(put_entry(r, list.at[i]->head.id));
	atom_close(r);
	return OK;
}
