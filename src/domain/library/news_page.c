/* news_page.c: news, the notice board and contacts as the public reads them, and the lines that they put elsewhere. */
#include "domain/library/news_page.h"

#include "base/format.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/library/news.html.h"

enum { YEAR_MAX = 500, ON_HOME = 6 };

static Str period(Arena *a, const News *n) {
	CLEANUP(buf_free) Buf b = {0};
	if (date_is(n->last_day) && date_eq(n->first_day, n->last_day))
		fmt_date(&b, n->first_day);
	else
		fmt_date_range(&b, n->first_day, n->last_day);
	return buf_take(&b, a);
}

HoursRows hours_rows(Req *r, Str hours) {
	HoursWeek week;
	HoursRows rows = {0};
	Str       why;
	if (!hours_read(r->c->arena, hours, &week, &why) || !hours_any(&week))
		return rows;
	for (int d = 1; d <= 7; d++)
		if (week.day[d].said)
			*ARENA_PUSH(r->c->arena, rows.at, rows.len, rows.cap) = (HoursRow){.day = weekday_word(d), .open = hours_open_words(r->c->arena, &week.day[d]),
				.pause = hours_break_words(r->c->arena, &week.day[d]), .is_today = date_weekday(r->c->today) == d};
	return rows;
}

NewsItem news_item(Req *r, const News *n) {
	static const struct { const char *word; TagKind kind; } times[] = {
		[NEWS_PLANNED] = {"plánované", TAG_INFO}, [NEWS_CURRENT] = {"platí", TAG_OK}, [NEWS_PAST] = {"už neplatí", TAG_PLAIN}};
	NewsTime t = news_time(n, r->c->today);
	return (NewsItem){.n = n, .href = str_format(r->c->arena, "/aktuality/%lld", (long long)n->head.id), .kind = codelist_name(r->c, "news_kind", n->kind),
	                  .period = period(r->c->arena, n), .state = str_c(times[t].word), .state_kind = times[t].kind, .hours = hours_rows(r, n->hours),
	                  .has_ended = t == NEWS_PAST};
}

static TabViews public_tabs(Req *r, bool board) {
	TabViews tabs = {0};
	*ARENA_PUSH(r->c->arena, tabs.at, tabs.len, tabs.cap) = (TabView){.label = S("Aktuality"), .href = S("/aktuality"), .current = !board};
	*ARENA_PUSH(r->c->arena, tabs.at, tabs.len, tabs.cap) = (TabView){.label = S("Nástěnka oznámení"), .href = S("/oznameni"), .current = board};
	return tabs;
}

/* ---- by months ---- */

static NewsMonth *month_of(Arena *a, NewsMonths *months, Date d) {
	static const char *const names[] = {"", "leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září", "říjen", "listopad", "prosinec"};
	int year, month, day;
	date_parts(d, &year, &month, &day);
	Str id = str_format(a, "m-%d-%02d", year, month);
	if (!months->len || !str_eq(months->at[months->len - 1].id, id))
		*ARENA_PUSH(a, months->at, months->len, months->cap) = (NewsMonth){.id = id, .title = str_format(a, "%s %d", names[month], year)};
	return &months->at[months->len - 1];
}

static Err choose_year(Req *r, NewsListView *v, int *year) {
	NewsYears years;
	i64       chosen;
	TRY(news_years(r->c, &years));
	TRY(news_add_event_years(r, &years));
	int newest = years.len ? years.at[0] : date_year(r->c->today);
	TRY(query_int(r, "rok", newest, 1900, 2200, &chosen));
	*year = (int)chosen;
	for (size_t i = 0; i < years.len; i++)
		*ARENA_PUSH(r->c->arena, v->years.at, v->years.len, v->years.cap) = (TabView){.label = str_format(r->c->arena, "%d", years.at[i]),
			.href = str_format(r->c->arena, "/aktuality?rok=%d", years.at[i]), .current = years.at[i] == *year};
	return OK;
}

Err page_news(Req *r) {
	NewsListView v = {.tabs = public_tabs(r, false), .may_edit = may(r->c, CAP_LIBRARY_TEXTS)};
	NewsList     list;
	int          year;
	TRY(choose_year(r, &v, &year));
	TRY(news_of_year(r->c, year, YEAR_MAX, &list));
	NewsItems items = {0};
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(r->c->arena, items.at, items.len, items.cap) = news_item(r, list.at[i]);
	TRY(news_add_events(r, year, &items));
	for (size_t i = 0; i < items.len; i++) {
		NewsMonth *m = month_of(r->c->arena, &v.months, items.at[i].n->first_day);
		*ARENA_PUSH(r->c->arena, m->items.at, m->items.len, m->items.cap) = items.at[i];
	}
	r->description = S("Co se děje v sociálních službách kraje, po měsících.");
	r->feed = S("/aktuality.atom");
	r->feed_title = S("Aktuality");
	view_news_list(page(r, S("Aktuality")), &v);
	return OK;
}

Err page_board(Req *r) {
	NewsListView v = {.tabs = public_tabs(r, true), .is_board = true, .may_edit = may(r->c, CAP_LIBRARY_TEXTS)};
	NewsList     list;
	TRY(news_board(r->c, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(r->c->arena, v.board.at, v.board.len, v.board.cap) = news_item(r, list.at[i]);
	TRY(news_add_events(r, 0, &v.board));
	r->description = S("Oznámení úřadu, která dnes platí.");
	view_news_list(page(r, S("Nástěnka oznámení")), &v);
	return OK;
}

static void add_note(Req *r, const News *n, NoteView *note) {
	if (news_time(n, r->c->today) != NEWS_PAST)
		return;
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Platilo do ");
	fmt_date_long(&b, n->last_day);
	buf_lit(&b, ".");
	*note = (NoteView){.kind = NOTE_WARN, .title = S("Už neplatí."), .text = buf_take(&b, r->c->arena)};
}

Err page_news_one(Req *r) {
	Id    id;
	News *n;
	TRY(arg_id(r, 0, &id));
	TRY(news_get(r->c, id, &n));
	NewsPageView v = {.item = news_item(r, n), .body = markdown(r->c->arena, n->body)};
	add_note(r, n, &v.note);
	if (may(r->c, CAP_LIBRARY_TEXTS))
		v.edit_href = row_href(r, &news_entity, id);
	r->description = n->summary;
	r->changed_on = n->changed_at.ms ? prague_day(n->changed_at) : (Date){0};
	crumb(r, S("Aktuality"), S("/aktuality"));
	view_news_one(page(r, n->title), &v);
	return OK;
}

/* ---- contacts ---- */

Err contact_rows(Req *r, ContactRows *ret) {
	OfficeContacts list;
	*ret = (ContactRows){0};
	TRY(office_contacts(r->c, &list));
	for (size_t i = 0; i < list.len; i++) {
		const OfficeContact *o = list.at[i];
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (ContactRow){.o = o, .phone = phone_link(r->c->arena, o->phone),
			.email = {.label = o->email, .href = o->email.len ? str_cat(r->c->arena, S("mailto:"), o->email) : (Str){0}}, .hours = hours_rows(r, o->hours)};
	}
	return OK;
}

Err page_contact(Req *r) {
	ContactPageView v = {.region = region_view(r)};
	TRY(contact_rows(r, &v.contacts));
	r->description = S("Koho se na co zeptat: kontakty úřadu podle funkcí a úřední hodiny.");
	view_contact_page(page(r, S("Kontakt")), &v);
	return OK;
}

/* ---- lines elsewhere ---- */

Err news_announce(Ctx *c, Announcements *list) {
	NewsList now;
	TRY(news_urgent(c, &now));
	for (size_t i = 0; i < now.len && i < 3; i++) {
		const News *n = now.at[i];
		announcement_add(c, list, (Announcement){n->title, n->summary, str_format(c->arena, "/aktuality/%lld", (long long)n->head.id)});
	}
	return OK;
}

static Str until_words(Arena *a, Date last) {
	CLEANUP(buf_free) Buf b = {0};
	if (!date_is(last))
		return (Str){0};
	buf_lit(&b, "do ");
	fmt_date(&b, last);
	return buf_take(&b, a);
}

Err news_happening(Ctx *c, FrontLines *list) {
	NewsList now;
	TRY(news_board(c, &now));
	for (size_t i = 0; i < now.len && i < ON_HOME; i++) {
		const News *n = now.at[i];
		front_add(c, list, (FrontLine){.label = codelist_name(c, "news_kind", n->kind), .title = n->title, .text = n->summary, .urgent = n->urgent,
			.href = str_format(c->arena, "/aktuality/%lld", (long long)n->head.id), .when = until_words(c->arena, n->last_day),
			.at = date_is(n->last_day) ? prague_instant(date_add(n->last_day, 1), 0) : (Instant){0}});
	}
	return OK;
}

Err news_latest(Ctx *c, i64 limit, FrontLines *list) {
	NewsList newest;
	TRY(news_of_year(c, 0, limit, &newest));
	for (size_t i = 0; i < newest.len; i++) {
		const News *n = newest.at[i];
		CLEANUP(buf_free) Buf b = {0};
		fmt_date(&b, n->first_day);
		front_add(c, list, (FrontLine){.label = codelist_name(c, "news_kind", n->kind), .title = n->title, .href = str_format(c->arena, "/aktuality/%lld", (long long)n->head.id),
			.when = buf_take(&b, c->arena), .at = prague_instant(n->first_day, 0)});
	}
	return OK;
}

static Err describe(Ctx *c, Id id, FoundLine *line) {
	News *n;
	TRY(news_get(c, id, &n));
	line->text = str_format(c->arena, "%.*s, %.*s", STR_ARG(codelist_name(c, "news_kind", n->kind)), STR_ARG(period(c->arena, n)));
	line->href = str_format(c->arena, "/aktuality/%lld", (long long)id);
	return OK;
}

Err news_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	return found_by_index(c, list, "Aktuality a oznámení", news_entity.name, query, limit, describe);
}
