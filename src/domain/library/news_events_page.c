/* news_events_page.c: hearings and comment periods that subjects announced stand among news and on the notice board by themselves: nobody writes them there,
 * and what is prolonged or cancelled is told there at once. */
#include "base/format.h"
#include "domain/library/news_page.h"
#include "web/module.h"

static Str days_of(Arena *a, const SiteEvent *e) {
	CLEANUP(buf_free) Buf b = {0};
	Date first = prague_day(e->begins), last = prague_day((Instant){e->ends.ms - 1});
	if (date_eq(first, last))
		fmt_date(&b, first);
	else
		fmt_date_range(&b, first, last);
	return buf_take(&b, a);
}

/* A piece of news that is in no store. */
static NewsItem item_of(Req *r, const SiteEvent *e) {
	Arena *a = r->c->arena;
	News  *n = NEW_ZERO(a, News);
	bool   is_over = r->c->now.ms >= e->ends.ms, is_off = e->cancelled.ms > 0;
	n->title = e->title;
	n->summary = is_off ? str_format(a, "Zrušeno: %.*s", STR_ARG(e->cancel_reason)) : e->takes_place ? str_format(a, "Kdy a kde: %.*s, %.*s.", STR_ARG(e->begins_words), STR_ARG(e->text)) : e->text;
	n->first_day = prague_day(e->announced);
	n->last_day = prague_day((Instant){e->ends.ms - 1});
	return (NewsItem){.n = n, .href = e->href, .kind = e->label, .period = days_of(a, e), .state = is_off ? S("zrušeno") : is_over ? S("skončilo") : S("platí"),
	                  .state_kind = is_off ? TAG_ERR : is_over ? TAG_PLAIN : TAG_OK, .has_ended = is_off || is_over};
}

static void put_in_order(Arena *a, NewsItems *list, NewsItem item) {
	ARENA_PUSH(a, list->at, list->len, list->cap);
	size_t i = list->len - 1;
	for (; i > 0 && date_before(list->at[i - 1].n->first_day, item.n->first_day) && !list->at[i - 1].n->urgent; i--)
		list->at[i] = list->at[i - 1];
	list->at[i] = item;
}

/* Newest first, each once; as many as the tabs hold. */
static void put_year(NewsYears *years, int year) {
	size_t i = 0;
	while (i < years->len && years->at[i] > year)
		i++;
	if ((i < years->len && years->at[i] == year) || years->len == LEN(years->at))
		return;
	memmove(&years->at[i + 1], &years->at[i], (years->len - i) * sizeof years->at[0]);
	years->at[i] = year;
	years->len++;
}

Err news_add_event_years(Req *r, NewsYears *years) {
	SiteEvents all;
	TRY(all_events(r->c, prague_instant(date(2000, 1, 1), 0), prague_instant(date(date_year(r->c->today) + 2, 1, 1), 0), &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].announced.ms && all.at[i].announced.ms <= r->c->now.ms)
			put_year(years, date_year(prague_day(all.at[i].announced)));
	return OK;
}

Err news_add_events(Req *r, int year, NewsItems *list) {
	SiteEvents all;
	Instant    from = year ? prague_instant(date(year, 1, 1), 0) : prague_instant(r->c->today, 0);
	Instant    to = prague_instant(date((year ? year : date_year(r->c->today)) + 2, 1, 1), 0);
	TRY(all_events(r->c, from, to, &all));
	for (size_t i = 0; i < all.len; i++) {
		const SiteEvent *e = &all.at[i];
		bool is_out = e->announced.ms && e->announced.ms <= r->c->now.ms;
		if (is_out && (!year || date_year(prague_day(e->announced)) == year))
			put_in_order(r->c->arena, list, item_of(r, e));
	}
	return OK;
}
