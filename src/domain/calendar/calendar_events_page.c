/* calendar_events_page.c: what other subjects put into the public calendar: hearings, comment periods, days of the plan. A window that is in no store is
 * made of each, so that months, feeds and the strip treat all alike. */
#include <stdlib.h>

#include "domain/calendar/calendar_page.h"
#include "domain/calendar/calendar_views_page.h"
#include "web/module.h"

#define MARK "#"                             /* no template of the region has a code that begins so */
#define MARK_HAPPENS "#!"

bool window_is_event(const Window *w) { return str_starts(w->template, S(MARK)); }

bool window_happens(const Window *w) { return str_starts(w->template, S(MARK_HAPPENS)); }

Str window_kind_name(const Window *w) {
	return window_is_event(w) ? str_from(w->template, window_happens(w) ? strlen(MARK_HAPPENS) : strlen(MARK)) : S("okno");
}

static Window *window_of_event(Arena *a, const SiteEvent *e) {
	Window *w = NEW_ZERO(a, Window);
	Date    day;
	int     minute;
	deadline_civil(e->begins.ms ? e->begins : e->ends, e->begins.ms, &day, &minute);
	*w = (Window){.head = {.id = e->id, .version = e->version}, .year = date_year(day),
	              .template = str_cat(a, e->takes_place ? S(MARK_HAPPENS) : S(MARK), str_c(e->kind)),
	              .kind = e->begins.ms ? S(WINDOW_KIND_WINDOW) : S(WINDOW_KIND_DUE), .title = str_format(a, "%.*s", STR_ARG(e->title)), .is_public = true, .law = e->text,
	              .link = e->href, .opens_at = e->begins, .closes_at = e->ends, .opens_wording = e->begins_words, .closes_wording = e->ends_words,
	              .cancelled_at = e->cancelled, .cancel_reason = e->cancel_reason, .changed_at = e->changed};
	strs_add(a, &w->audience, S("public"));
	return w;
}

static int by_end(const void *x, const void *y) {
	const Window *a = *(Window *const *)x, *b = *(Window *const *)y;
	if (a->closes_at.ms != b->closes_at.ms)
		return a->closes_at.ms < b->closes_at.ms ? -1 : 1;
	return a->head.id < b->head.id ? -1 : a->head.id > b->head.id;
}

Err calendar_add_events(Req *r, Str audience, Instant from, Instant to, Windows *list) {
	SiteEvents all;
	if (audience.len && !str_eq(audience, S("public")))
		return OK;
	TRY(all_events(r->c, from, to, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = window_of_event(r->c->arena, &all.at[i]);
	if (list->len > 1)
		qsort(list->at, list->len, sizeof *list->at, by_end);
	return OK;
}
