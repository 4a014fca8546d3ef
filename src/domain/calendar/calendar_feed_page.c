/* calendar_feed_page.c: the calendar for other programs: iCalendar (RFC 5545), Atom, JSON. Public windows only, for whoever asks. */
#include "base/ical.h"
#include "core/settings.h"
#include "domain/calendar/calendar_page.h"
#include "domain/calendar/calendar_views_page.h"

enum { HALF_YEAR_DAYS = 183, FEED_YEARS = 2, ATOM_ENTRIES = 100 };
#define DAY_MS (INT64_C(24) * 3600 * 1000)

/* What a subscriber needs: half a year back, two years ahead. The same for everybody: a feed has no person behind it. */
static Err feed_windows(Req *r, Windows *ret) {
	Str     audience;
	Windows all;
	*ret = (Windows){0};
	TRY(calendar_audience(r, &audience));
	WindowQuery q = {.audience = audience, .with_cancelled = true, .closes_from = {r->c->now.ms - HALF_YEAR_DAYS * DAY_MS},
	                 .closes_to = {r->c->now.ms + FEED_YEARS * 366 * DAY_MS}};
	TRY(windows_read(r->c, q, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->is_public)
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return calendar_add_events(r, audience, q.closes_from, q.closes_to, ret);
}

static Str public_link(Req *r, const Window *w) {
	if (str_starts(w->link, S("/")))
		return url_absolute(r, w->link);
	return w->link.len ? w->link : url_absolute(r, str_format(r->c->arena, "/kalendar?rok=%d", (int)w->year));
}

/* ---- iCalendar ---- */

/* A single deadline fills its day when it lasts to the end of it, else the hour before it. */
static Instant starts_at(const Window *w) {
	Date day;
	int  minute;
	if (w->opens_at.ms)
		return w->opens_at;
	deadline_civil(w->closes_at, false, &day, &minute);
	return minute == CLOCK_END ? prague_instant(day, 0) : (Instant){w->closes_at.ms - 3600 * 1000};
}

static Str host_of(Req *r) {
	Str origin = url_absolute(r, S("/"));
	i64 at = str_find(origin, S("://"));
	Str host = at >= 0 ? str_from(origin, (size_t)at + 3) : origin;
	return str_cut(&host, '/');
}

static void put_event(Req *r, Buf *b, const Window *w) {
	buf_lit(b, "BEGIN:VEVENT\r\n");
	ical_line(b, str_format(r->c->arena, "UID:%.*s-%lld@%.*s.sitovka", STR_ARG(window_kind_name(w)), (long long)w->head.id, STR_ARG(setting_text(r->c, "region.code"))));
	ical_utc(b, "DTSTAMP", w->changed_at);
	ical_utc(b, "LAST-MODIFIED", w->changed_at);
	ical_line(b, str_format(r->c->arena, "SEQUENCE:%lld", (long long)w->head.version - 1));
	ical_utc(b, "DTSTART", starts_at(w));
	ical_utc(b, "DTEND", w->closes_at);
	ical_text(b, "SUMMARY", w->title);
	Str words = w->cancelled_at.ms ? str_format(r->c->arena, "Zrušeno: %.*s\n", STR_ARG(w->cancel_reason)) : (Str){0};
	ical_text(b, "DESCRIPTION", str_format(r->c->arena, "%.*sPro koho: %.*s\n%.*s", STR_ARG(words), STR_ARG(audience_words(r, &w->audience)), STR_ARG((window_is_event(w) ? w->law : w->closes_why))));
	if (window_happens(w))
		ical_text(b, "LOCATION", w->law);
	ical_line(b, str_format(r->c->arena, "CATEGORIES:%.*s", STR_ARG(str_replace(r->c->arena, audience_words(r, &w->audience), S(", "), S(",")))));
	ical_line(b, str_format(r->c->arena, "URL:%.*s", STR_ARG(public_link(r, w))));
	ical_line(b, w->cancelled_at.ms ? S("STATUS:CANCELLED") : S("STATUS:CONFIRMED"));
	buf_lit(b, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

Err page_calendar_ics(Req *r) {
	Windows windows;
	TRY(feed_windows(r, &windows));
	send_as(r, S("text/calendar; charset=utf-8"), (Str){0});
	Buf *b = r->out;
	buf_lit(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Síťovka//Kalendář//CS\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	ical_text(b, "NAME", str_format(r->c->arena, "Sociální služby: %.*s", STR_ARG(setting_text(r->c, "region.name"))));
	buf_lit(b, "REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n");
	for (size_t i = 0; i < windows.len; i++)
		put_event(r, b, windows.at[i]);
	buf_lit(b, "END:VCALENDAR\r\n");
	return OK;
}

/* ---- Atom ---- */

static void put_element(Out *b, const char *name, Str value) {
	buf_format(b, "<%s>", name);
	html_escape(b, value);
	buf_format(b, "</%s>", name);
}

static Str iso(Req *r, Instant t) {
	return instant_iso(t, arena_alloc(r->c->arena, INSTANT_ISO_LEN));
}

static void put_entry(Req *r, Out *b, const Window *w) {
	buf_lit(b, "<entry>");
	put_element(b, "id", str_format(r->c->arena, "tag:%.*s,2026:%.*s-%lld", STR_ARG(host_of(r)), STR_ARG(window_kind_name(w)), (long long)w->head.id));
	put_element(b, "title", w->cancelled_at.ms ? str_cat(r->c->arena, S("Zrušeno: "), w->title) : w->title);
	put_element(b, "updated", iso(r, w->changed_at));
	buf_lit(b, "<link href=\"");
	html_escape(b, public_link(r, w));
	buf_lit(b, "\"/>");
	if (window_happens(w)) {
		put_element(b, "summary", str_format(r->c->arena, "%.*s. %.*s.", STR_ARG(w->opens_wording), STR_ARG(w->law)));
		buf_lit(b, "</entry>\n");
		return;
	}
	Str opens = w->opens_wording.len ? str_format(r->c->arena, "Otevírá se %.*s. ", STR_ARG(w->opens_wording)) : (Str){0};
	put_element(b, "summary", str_format(r->c->arena, "%.*sKončí %.*s. Pro koho: %.*s.", STR_ARG(opens), STR_ARG(w->closes_wording), STR_ARG(audience_words(r, &w->audience))));
	put_element(b, "content", w->closes_why);
	buf_lit(b, "</entry>\n");
}

static Instant newest(const Windows *windows) {
	Instant t = {0};
	for (size_t i = 0; i < windows->len; i++)
		if (windows->at[i]->changed_at.ms > t.ms)
			t = windows->at[i]->changed_at;
	return t;
}

Err page_calendar_atom(Req *r) {
	Windows windows;
	TRY(feed_windows(r, &windows));
	send_as(r, S("application/atom+xml; charset=utf-8"), (Str){0});
	Instant changed = newest(&windows);
	buf_lit(r->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"cs\">");
	put_element(r->out, "id", url_absolute(r, S("/kalendar.atom")));
	put_element(r->out, "title", str_format(r->c->arena, "Kalendář sociálních služeb: %.*s", STR_ARG(setting_text(r->c, "region.name"))));
	put_element(r->out, "updated", iso(r, changed.ms ? changed : r->c->now));
	buf_lit(r->out, "<author>");
	put_element(r->out, "name", setting_text(r->c, "region.name"));
	buf_lit(r->out, "</author><link rel=\"self\" href=\"");
	html_escape(r->out, url_absolute(r, S("/kalendar.atom")));
	buf_lit(r->out, "\"/>\n");
	for (size_t i = 0; i < windows.len && i < ATOM_ENTRIES; i++)
		put_entry(r, r->out, windows.at[i]);
	buf_lit(r->out, "</feed>\n");
	return OK;
}

/* ---- JSON ---- */

static void put_str(JsonWriter *w, const char *key, Str value) {
	jw_key(w, key);
	jw_str(w, value);
}

static void put_window(Req *r, JsonWriter *w, const Window *x) {
	static const char *const states[] = {[WINDOW_PLANNED] = "planned", [WINDOW_OPEN] = "open", [WINDOW_CLOSED] = "closed", [WINDOW_CANCELLED] = "cancelled"};
	jw_object(w);
	jw_key(w, "id");
	jw_int(w, x->head.id);
	put_str(w, "kod", window_is_event(x) ? window_kind_name(x) : x->template);
	put_str(w, "nazev", x->title);
	jw_key(w, "rok");
	jw_int(w, x->year);
	put_str(w, "stav", str_c(states[window_state(x, r->c->now)]));
	jw_key(w, "komu");
	jw_array(w);
	for (size_t i = 0; i < x->audience.len; i++)
		jw_str(w, x->audience.at[i]);
	jw_array_end(w);
	put_str(w, "otevira_se", iso(r, x->opens_at));
	put_str(w, "otevira_se_slovy", x->opens_wording);
	put_str(w, "uzavira_se", iso(r, x->closes_at));
	put_str(w, "uzavira_se_slovy", x->closes_wording);
	put_str(w, "vysvetleni", x->closes_why);
	put_str(w, "odkaz", public_link(r, x));
	jw_object_end(w);
}

Err page_calendar_json(Req *r) {
	Windows windows;
	TRY(feed_windows(r, &windows));
	JsonWriter w = json_page(r);
	jw_object(&w);
	jw_key(&w, "okna");
	jw_array(&w);
	for (size_t i = 0; i < windows.len; i++)
		put_window(r, &w, windows.at[i]);
	jw_array_end(&w);
	jw_object_end(&w);
	return OK;
}
