/* calendar_page.c: the year as months of days on which something opens or ends, and as a strip. */
#include "domain/calendar/calendar_page.h"

#include "core/codelist.h"
#include "domain/calendar/calendar.html.h"
#include "html/svg.h"

static const char *const month_names[] = {"", "Leden", "Únor", "Březen", "Duben", "Květen", "Červen", "Červenec", "Srpen", "Září", "Říjen", "Listopad", "Prosinec"};

/* ---- pieces that other pages use too ---- */

Str audience_words(Req *r, const Strs *codes) {
	Strs names = {0};
	CodeItems items;
	if (codelist_items(r->c, "window_audience", r->c->today, &items) != OK)
		return (Str){0};
	for (size_t i = 0; i < items.len; i++)               /* in the order of the list, not of the store */
		for (size_t k = 0; k < codes->len; k++)
			if (str_eq(items.at[i]->code, codes->at[k]))
				strs_add(r->c->arena, &names, items.at[i]->name);
	return str_join(r->c->arena, S(", "), names);
}

Str window_state_words(Req *r, const Window *w, TagKind *kind) {
	static const struct { Str word; TagKind kind; } states[] = {
		[WINDOW_PLANNED] = {STR_CONST("teprve začne"), TAG_PLAIN}, [WINDOW_OPEN] = {STR_CONST("probíhá"), TAG_OK},
		[WINDOW_CLOSED] = {STR_CONST("skončilo"), TAG_PLAIN}, [WINDOW_CANCELLED] = {STR_CONST("zrušeno"), TAG_ERR},
	};
	WindowState s = window_state(w, r->c->now);
	*kind = states[s].kind;
	if (s == WINDOW_OPEN && !w->opens_at.ms) {           /* a day by which something is due does not run */
		*kind = TAG_PLAIN;
		return S("čeká");
	}
	return states[s].word;
}

DeadlineView window_opens_view(Req *r, const Window *w) {
	Str          about = str_cat(r->c->arena, S("začátek, "), w->title);
	DeadlineView v = deadline_view(r->c->arena, w->opens_at, about, w->opens_wording, (Str){0}, w->opens_why, true, r->c->now);
	if (r->c->now.ms >= w->opens_at.ms)
		v.left = (Str){0};                               /* the day itself says when it began */
	return v;
}

DeadlineView window_closes_view(Req *r, const Window *w) {
	DeadlineView v = deadline_view(r->c->arena, w->closes_at, w->title, w->closes_wording, w->closes_shift, w->closes_why, false, r->c->now);
	if (window_state(w, r->c->now) == WINDOW_PLANNED)
		v.left = (Str){0};                               /* what has not begun has nothing left yet */
	if (w->cancelled_at.ms)
		v.left = (Str){0};
	if (v.left_kind == TAG_ERR)                          /* over for everybody: nobody is late */
		v.left = S("skončilo"), v.left_kind = TAG_PLAIN;
	return v;
}

Err calendar_year(Req *r, int *ret) {
	i64 year;
	TRY(query_int(r, "rok", date_year(r->c->today), 2000, 2200, &year));
	*ret = (int)year;
	return OK;
}

Err calendar_audience(Req *r, Str *ret) {
	*ret = query(r, "pro");
	if (ret->len && !codelist_find(r->c, "window_audience", *ret))
		return fail(r->c, ERR_MALFORMED, NULL, "Takovou skupinu příjemců kalendář nezná. Vyberte ji ze seznamu na stránce Kalendář.");
	return OK;
}

/* ---- events ---- */

static Str window_href(Req *r, const Window *w) {
	if (window_is_event(w))
		return w->link;
	return is_signed_in(r) ? str_format(r->c->arena, "/app/kalendar/%lld", (long long)w->head.id) : (Str){0};
}

static CalendarEvent event_of(Req *r, const Window *w, bool is_first) {
	CalendarEvent e = {.w = w, .is_first = is_first, .audience = audience_words(r, &w->audience), .href = window_href(r, w), .at = is_first ? w->opens_at : w->closes_at};
	e.word = window_happens(w) ? S("Koná se") : is_first ? S("Otevírá se") : w->opens_at.ms ? S("Uzavírá se") : S("Termín");
	e.deadline = is_first ? window_opens_view(r, w) : window_closes_view(r, w);
	if (w->cancelled_at.ms)
		e.state = window_state_words(r, w, &e.state_kind);
	return e;
}

/* A person with an exception sees their own deadline. */
static Err event_for(Req *r, const Window *w, bool is_first, CalendarEvent *ret) {
	Deadline own = {0};
	bool     differs = false;
	*ret = event_of(r, w, is_first);
	if (!is_first && !w->cancelled_at.ms && !window_is_event(w))
		TRY(window_own_deadline(r->c, w, &own, &differs));
	if (differs) {
		ret->deadline = deadline_view(r->c->arena, own.at, w->title, own.wording, (Str){0}, own.why, false, r->c->now);
		ret->at = own.at;
		ret->state = S("výjimka pro vás");
		ret->state_kind = TAG_INFO;
	}
	return OK;
}

/* The month in which people read it: midnight at the end of June is June. */
static int month_of(Instant at, bool is_first, int year) {
	Date day;
	int  minute, y, m, d;
	deadline_civil(at, is_first, &day, &minute);
	date_parts(day, &y, &m, &d);
	return y < year ? 1 : y > year ? 12 : m;
}

static Err add_event(Req *r, CalendarView *v, const Window *w, bool is_first) {
	CalendarEvent   e;
	TRY(event_for(r, w, is_first, &e));
	CalendarEvents *list = &v->months[month_of(e.at, is_first, v->year) - 1].events;
	ARENA_PUSH(r->c->arena, list->at, list->len, list->cap);
	size_t i = list->len - 1;
	for (; i > 0 && list->at[i - 1].at.ms > e.at.ms; i--)
		list->at[i] = list->at[i - 1];
	list->at[i] = e;
	return OK;
}

enum { NOW_SHOWN = 6, SOON_DAYS = 31 };

/* What is open, the one that ends first in front; then what begins or is due within a month. */
static Err add_now(Req *r, CalendarView *v, const Windows *windows) {
	Instant soon = {r->c->now.ms + SOON_DAYS * (i64)24 * 3600 * 1000};
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < windows->len && v->now.len < NOW_SHOWN; i++) {
			const Window *w = windows->at[i];
			WindowState   s = window_state(w, r->c->now);
			bool runs = s == WINDOW_OPEN && w->opens_at.ms, begins = s == WINDOW_PLANNED && w->opens_at.ms < soon.ms;
			bool due = s == WINDOW_OPEN && !w->opens_at.ms && w->closes_at.ms < soon.ms;
			if (pass == 0 ? runs : begins || due)
				TRY(event_for(r, w, begins, ARENA_PUSH(r->c->arena, v->now.at, v->now.len, v->now.cap)));
		}
	return OK;
}

/* ---- the strip ---- */

static int day_of_year(Instant at, int year, bool is_first) {
	Date day;
	int  minute;
	deadline_civil(at, is_first, &day, &minute);
	int n = day.n - date(year, 1, 1).n, days = date(year + 1, 1, 1).n - date(year, 1, 1).n;
	return n < 0 ? 0 : n >= days ? days - 1 : n;
}

static Str date_words(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str civil_words(Req *r, Instant at, bool is_first) {
	Date day;
	int  minute;
	deadline_civil(at, is_first, &day, &minute);
	return date_words(r->c->arena, day);
}

static FigureRow strip_row(Req *r, const Window *w) {
	FigureRow row = {.label = w->title, .href = window_href(r, w)};
	strs_add(r->c->arena, &row.cells, w->opens_at.ms ? civil_words(r, w->opens_at, true) : S("–"));
	strs_add(r->c->arena, &row.cells, civil_words(r, w->closes_at, false));
	return row;
}

static void make_strip(Req *r, CalendarView *v, const Windows *windows) {
	Arena    *a = r->c->arena;
	YearStrip s = {.year = v->year, .days = date(v->year + 1, 1, 1).n - date(v->year, 1, 1).n, .today = -1};
	if (date_year(r->c->today) == v->year)
		s.today = r->c->today.n - date(v->year, 1, 1).n;
	v->strip = (FigureView){.title = str_format(a, "Přehled roku %d", v->year), .caption = S("Začátky a konce v roce"), .unit = S("Každé okno je jeden pruh, termín jedna značka.")};
	strs_add(a, &v->strip.heads, S("Co"));
	strs_add(a, &v->strip.heads, S("Otevírá se"));
	strs_add(a, &v->strip.heads, S("Končí"));
	for (size_t i = 0; i < windows->len; i++) {
		const Window *w = windows->at[i];
		Str      span = w->opens_at.ms ? str_format(a, "%.*s – %.*s", STR_ARG(civil_words(r, w->opens_at, true)), STR_ARG(civil_words(r, w->closes_at, false)))
		                               : civil_words(r, w->closes_at, false);
		StripBar bar = {.title = str_format(a, "%.*s: %.*s", STR_ARG(w->title), STR_ARG(span)), .to = day_of_year(w->closes_at, v->year, false)};
		bar.from = w->opens_at.ms ? day_of_year(w->opens_at, v->year, true) : bar.to;
		WindowState state = window_state(w, r->c->now);
		bar.series = state == WINDOW_OPEN && w->opens_at.ms ? 2 : state == WINDOW_CLOSED ? 5 : 1;
		*ARENA_PUSH(a, s.bars.at, s.bars.len, s.bars.cap) = bar;
		*ARENA_PUSH(a, v->strip.rows.at, v->strip.rows.len, v->strip.rows.cap) = strip_row(r, w);
	}
	s.title = v->strip.title;
	s.desc = str_format(a, "Okna a termíny roku %d po měsících; stejné údaje jsou v tabulce pod obrázkem a v seznamu po měsících.", v->year);
	CLEANUP(buf_free) Buf b = {0};
	view_year_strip(&b, &s);
	v->strip.drawing = (Html){buf_take(&b, a)};
	buf_free(&b);
	static const struct { const char *mark, *label; } marks[] = {{"c1", "teprve začne"}, {"c2", "probíhá"}, {"c5", "skončilo"}};
	for (size_t i = 0; i < LEN(marks); i++)
		*ARENA_PUSH(a, v->strip.legend.at, v->strip.legend.len, v->strip.legend.cap) = (LegendView){.mark = marks[i].mark, .label = str_c(marks[i].label)};
}

/* ---- the page ---- */

static Str address(Req *r, Str path, int year, Str audience) {
	Str a = str_format(r->c->arena, "%.*s?rok=%d", STR_ARG(path), year);
	return audience.len ? str_format(r->c->arena, "%.*s&pro=%.*s", STR_ARG(a), STR_ARG(audience)) : a;
}

static void add_tab(Req *r, TabViews *tabs, Str label, Str href, bool current) {
	*ARENA_PUSH(r->c->arena, tabs->at, tabs->len, tabs->cap) = (TabView){.label = label, .href = href, .current = current};
}

static Err add_tabs(Req *r, CalendarView *v, Str path, Str audience) {
	Years     years;
	CodeItems items;
	TRY(window_years(r->c, &years));
	bool has = false;
	for (size_t i = 0; i < years.len; i++) {
		has = has || years.at[i] == v->year;
		add_tab(r, &v->years, str_format(r->c->arena, "%d", years.at[i]), address(r, path, years.at[i], audience), years.at[i] == v->year);
	}
	if (!has)
		add_tab(r, &v->years, str_format(r->c->arena, "%d", v->year), address(r, path, v->year, audience), true);
	TRY(codelist_items(r->c, "window_audience", r->c->today, &items));
	add_tab(r, &v->audiences, S("Všichni"), address(r, path, v->year, (Str){0}), !audience.len);
	for (size_t i = 0; i < items.len; i++)
		add_tab(r, &v->audiences, items.at[i]->name, address(r, path, v->year, items.at[i]->code), str_eq(audience, items.at[i]->code));
	return OK;
}

static void add_feeds(Req *r, CalendarView *v, Str audience) {
	static const struct { const char *label, *path; } feeds[] = {{"iCalendar", "/kalendar.ics"}, {"Atom", "/kalendar.atom"}, {"JSON", "/kalendar.json"}};
	for (size_t i = 0; i < LEN(feeds); i++)
		*ARENA_PUSH(r->c->arena, v->feeds.at, v->feeds.len, v->feeds.cap) =
			(LinkView){.label = str_c(feeds[i].label), .href = audience.len ? str_format(r->c->arena, "%s?pro=%.*s", feeds[i].path, STR_ARG(audience)) : str_c(feeds[i].path)};
}

Err calendar_view(Req *r, Str path, bool mine, CalendarView *v) {
	Arena  *a = r->c->arena;
	Str     audience;
	Windows windows;
	*v = (CalendarView){.is_mine = mine};
	TRY(calendar_year(r, &v->year));
	TRY(calendar_audience(r, &audience));
	TRY(windows_read(r->c, (WindowQuery){.year = v->year, .audience = audience, .mine = mine, .with_cancelled = true}, &windows));
	if (str_eq(path, S("/kalendar")))
		TRY(calendar_add_events(r, audience, prague_instant(date(v->year, 1, 1), 0), prague_instant(date(v->year + 1, 1, 1), 0), &windows));
	TRY(add_tabs(r, v, path, audience));
	add_feeds(r, v, audience);
	Windows live = {0};
	for (size_t i = 0; i < windows.len; i++)
		if (!windows.at[i]->cancelled_at.ms)
			*ARENA_PUSH(a, live.at, live.len, live.cap) = windows.at[i];
	TRY(add_now(r, v, &live));
	make_strip(r, v, &live);
	for (size_t i = 0; i < windows.len; i++) {
		bool happens = window_happens(windows.at[i]);
		if (windows.at[i]->opens_at.ms && (happens || !windows.at[i]->cancelled_at.ms))
			TRY(add_event(r, v, windows.at[i], true));
		if (!happens)
			TRY(add_event(r, v, windows.at[i], false));
	}
	for (int m = 1; m <= 12; m++) {
		CalendarMonth *month = &v->months[m - 1];
		month->month = m;
		month->name = str_format(a, "%s %d", month_names[m], v->year);
		month->id = str_format(a, "mesic-%d", m);
		if (month->events.len)
			*ARENA_PUSH(a, v->jumps.at, v->jumps.len, v->jumps.cap) = (LinkView){.label = str_c(month_names[m]), .href = str_format(a, "#%.*s", STR_ARG(month->id))};
	}
	v->is_empty = windows.len == 0;
	return OK;
}

Err page_calendar(Req *r) {
	CalendarView v;
	TRY(calendar_view(r, S("/kalendar"), false, &v));
	v.title = str_format(r->c->arena, "Kalendář %d", v.year);
	v.lead = S("Kdy se otevírají a uzavírají výkazy, výzvy, žádosti a připomínky a kdy jsou veřejná projednání. U každého termínu je vidět, jak vyšel.");
	if (is_signed_in(r))
		v.office = S("/app/kalendar");
	r->description = S("Kalendář kraje: termíny výkazů, výzev, žádostí a připomínek v sociálních službách, s vysvětlením každého dne.");
	view_calendar(page(r, v.title), &v);
	return OK;
}
