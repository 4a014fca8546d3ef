/* calendar_front_page.c: the calendar on home, in the search and on the map of the site: public windows only, the same for everybody. */
#include "core/search.h"
#include "domain/calendar/calendar_page.h"
#include "domain/calendar/window.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
enum { SOON_DAYS = 60, SHOWN = 5 };

static Str href_of(Ctx *c, const Window *w) {
	return w->link.len ? w->link : str_format(c->arena, "/kalendar?rok=%d", (int)w->year);
}

/* "do 3. 12. 2026, 16:00": after "do" the day of the week would have to be declined. */
static Str when_of(Ctx *c, const Window *w) {
	Str wording = w->closes_wording;
	if (!w->opens_at.ms)
		return wording;
	(void)str_cut(&wording, ' ');
	return str_cat(c->arena, S("do "), wording);
}

Err calendar_happening(Ctx *c, FrontLines *list) {
	Windows windows;
	size_t  shown = 0;
	TRY(windows_read(c, (WindowQuery){.closes_from = c->now, .closes_to = {c->now.ms + SOON_DAYS * DAY_MS}}, &windows));
	for (size_t i = 0; i < windows.len && shown < SHOWN; i++) {
		const Window *w = windows.at[i];
		if (!w->is_public || window_state(w, c->now) != WINDOW_OPEN)
			continue;
		shown++;
		front_add(c, list, (FrontLine){.label = w->opens_at.ms ? S("otevřeno") : S("termín"), .title = w->title, .href = href_of(c, w),
			.when = when_of(c, w), .at = w->closes_at});
	}
	return OK;
}

Err calendar_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	Windows      windows;
	SearchTokens t = search_tokens(c->arena, query);
	FoundGroup  *g = found_group(c, list, S("Termíny"));
	TRY(windows_read(c, (WindowQuery){.closes_from = c->now}, &windows));
	for (size_t i = 0; i < windows.len; i++) {
		const Window *w = windows.at[i];
		if (w->is_public && search_matches(&t, search_words(c->arena, w->title)) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = w->title, .href = str_format(c->arena, "/kalendar?rok=%d", (int)w->year), .text = w->closes_wording});
	}
	return OK;
}

Err calendar_addresses(Ctx *c, SiteAddresses *list) {
	static const struct { const char *title, *href; } feeds[] = {
		{"Kalendář termínů (iCalendar)", "/kalendar.ics"}, {"Změny kalendáře (Atom)", "/kalendar.atom"}, {"Kalendář pro programy (JSON)", "/kalendar.json"},
	};
	for (size_t i = 0; i < LEN(feeds); i++)
		address_add(c, list, (SiteAddress){S("Odběry"), str_c(feeds[i].title), str_c(feeds[i].href)});
	return OK;
}
