/* territory_parts_page.c: what the pages of territory share: numbers in words, the moment, changes of membership. */
#include "base/format.h"
#include "domain/territory/territory_page.h"
#include "web/screen.h"

/* ---- numbers ---- */

Percent share_of(i64 part, i64 whole) {
	return (Percent){part == BLANK || whole == BLANK || whole <= 0 ? BLANK : div_round(part * 10000, whole)};
}

i64 per_thousand(i64 n, i64 people) {
	return n == BLANK || people == BLANK || people <= 0 ? BLANK : div_round(n * 100000, people);
}

static Str taken(Arena *a, Buf *b) {
	Str s = buf_take(b, a);
	buf_free(b);
	return s;
}

Str text_number(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	if (n == BLANK)
		return S("–");
	fmt_int(&b, n);
	return taken(a, &b);
}

/* One decimal: people compare districts, not hundredths. */
Str text_share(Arena *a, i64 part, i64 whole) {
	CLEANUP(buf_free) Buf b = {0};
	if (part == BLANK || whole == BLANK || whole <= 0)
		return S("–");
	fmt_decimal(&b, div_round(part * 1000, whole), 1);
	buf_lit(&b, "\u00A0%");
	return taken(a, &b);
}

Str text_date(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return taken(a, &b);
}

/* ---- units with their people ---- */

Err unit_rows(Req *r, const Units *units, AsOf at, UnitRows *ret) {
	*ret = (UnitRows){0};
	TerritoryServices    *services = NEW_ARRAY(r->c->arena, TerritoryServices, units->len + 1);
	TerritoryServicesHook hook = territory_services_hook();
	for (size_t i = 0; i < units->len; i++)
		services[i].services = BLANK;
	if (hook && units->len)
		TRY(hook(r->c, units, at, services));
	for (size_t i = 0; i < units->len; i++) {
		UnitRow *row = ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap);
		*row = (UnitRow){.unit = units->at[i], .services = services[i], .value = BLANK};
		TRY(population_of(r->c, units->at[i]->id, at, &row->people));
	}
	return OK;
}

Err unit_row(Req *r, const Unit *u, AsOf at, UnitRow *ret) {
	UnitRows rows;
	TRY(unit_rows(r, &(Units){&u, 1, 1}, at, &rows));
	*ret = rows.at[0];
	return OK;
}

/* ---- addresses ---- */

Str url_of(Req *r, const char *format, Str slug) {
	Arena *a = r->c->arena;
	Str    star = str_c(format), before = str_cut(&star, '*');
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, before);
	html_url_str(&b, slug);
	buf_str(&b, star);
	static const char *const kept[] = {"ke-dni", "znalost"};
	char sign = '?';
	for (size_t i = 0; i < LEN(kept); i++) {
		Str value = query(r, kept[i]);
		if (!value.len)
			continue;
		buf_format(&b, "%c%s=", sign, kept[i]);
		html_url_str(&b, value);
		sign = '&';
	}
	return buf_take(&b, a);
}

Links download_links(Req *r, bool tables) {
	static const struct { const char *suffix, *label; } formats[] = {{"csv", "CSV"}, {"xlsx", "XLSX"}, {"json", "JSON"}};
	Links links = {0};
	for (size_t i = tables ? 0 : 2; i < LEN(formats); i++)
		*ARENA_PUSH(r->c->arena, links.at, links.len, links.cap) =
			(LinkView){.label = str_c(formats[i].label), .href = url_with_format(r, formats[i].suffix)};
	return links;
}

Err chosen_region(Req *r, const Unit **ret) {
	Str slug = query(r, "kraj");
	*ret = slug.len ? territory_by_slug(r->c, LEVEL_REGION, slug) : territory_region(r->c);
	if (*ret)
		return OK;
	if (slug.len)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Kraj „%.*s“ v evidenci není. Vyberte kraj na stránce Území.", STR_ARG(utf8_first(slug, 60)));
	return fail(r->c, ERR_NOT_FOUND, NULL, "Území kraje zatím nikdo nenačetl. Správce je doplní příkazem sitovka import territory --builtin.");
}

/* ---- the moment ---- */

Err territory_as_of(Req *r, AsOf at, Id unit, AsOfView *ret) {
	Arena *a = r->c->arena;
	Dates  days;
	*ret = as_of_view(r, S("Stav území ke dni"));
	ret->versions_label = S("Stavy území");
	TRY(territory_change_days(r->c, unit, &days));
	if (days.len == 0)
		return OK;
	Date day = date_is(at.valid) ? at.valid : r->c->today;
	for (size_t i = 0; i <= days.len; i++) {
		char iso[DATE_ISO_LEN];
		Date first = i ? days.at[i - 1] : (Date){0}, last = i < days.len ? date_add(days.at[i], -1) : (Date){0};
		bool current = (!i || !date_before(day, first)) && (!date_is(last) || !date_after(day, last));
		Str  href = date_is(last) ? url_with(r, "ke-dni", date_iso(last, iso)) : url_with(r, "ke-dni", (Str){0});
		Str  label = i == 0 ? str_format(a, "do %.*s", STR_ARG(text_date(a, last))) : str_format(a, "od %.*s", STR_ARG(text_date(a, first)));
		*ARENA_PUSH(a, ret->versions.at, ret->versions.len, ret->versions.cap) =
			(VersionView){.href = href, .label = label, .note = i == days.len ? S("dnešní okresy") : S("dřívější okresy"), .current = current};
	}
	return OK;
}

NoteView people_note(Req *r, AsOf at, const AgeGroups *g) {
	Arena *a = r->c->arena;
	Date   day = date_is(at.valid) ? at.valid : r->c->today;
	if (g->municipalities == 0)
		return (NoteView){.kind = NOTE_WARN, .title = S("Členění území není známo."),
		                  .text = S("Ke zvolenému dni, nebo podle tehdy známých údajů, sem žádné obce nepatří. Zvolte pozdější den.")};
	if (!date_is(g->counted_on))
		return (NoteView){.kind = NOTE_WARN, .title = S("Počet obyvatel není znám."),
		                  .text = str_format(a, "Ke dni %.*s nemáme žádné sčítání ani stav evidence. Zvolte pozdější den.", STR_ARG(text_date(a, day)))};
	if (g->missing)
		return (NoteView){.kind = NOTE_WARN, .title = S("Součet není úplný."),
		                  .text = str_format(a, "U %lld z %lld obcí počet obyvatel k %.*s chybí.", (long long)g->missing, (long long)g->municipalities,
		                                     STR_ARG(text_date(a, g->counted_on)))};
	if (date_is(at.valid) && !date_eq(at.valid, r->c->today))
		return (NoteView){.text = str_format(a, "Vidíte stav ke dni %.*s.", STR_ARG(text_date(a, at.valid)))};
	return (NoteView){0};
}

/* ---- ages ---- */

BandRows band_rows(Req *r, const AgeGroups *g, const AgeGroups *compared) {
	static const struct { const char *label; AgeBand band; } bands[] = {
		{"0–14 let", AGE_0_14}, {"15–64 let", AGE_15_64}, {"65 a více let", AGE_65}, {"z toho 80 a více let", AGE_80},
	};
	BandRows rows = {0};
	for (size_t i = 0; i < LEN(bands); i++) {
		i64 n = age_band(g, bands[i].band);
		*ARENA_PUSH(r->c->arena, rows.at, rows.len, rows.cap) = (BandRow){
			str_c(bands[i].label), n, text_share(r->c->arena, n, g->total),
			compared ? text_share(r->c->arena, age_band(compared, bands[i].band), compared->total) : (Str){0}};
	}
	return rows;
}

ChartPyramid *pyramid_of(Req *r, const AgeGroups *g, Str name) {
	Arena *a = r->c->arena;
	i64   *men = NEW_ARRAY(a, i64, PYRAMID_GROUPS), *women = NEW_ARRAY(a, i64, PYRAMID_GROUPS);
	i64    all_men = 0, all_women = 0;
	for (int i = 0; i < PYRAMID_GROUPS; i++) {
		men[i] = g->by_age[i][1];
		women[i] = g->by_age[i][2];
		if (men[i] == BLANK || women[i] == BLANK)
			return NULL;
		all_men += men[i];
		all_women += women[i];
	}
	return NEW(a, ChartPyramid, .id = S("vek"), .title = S("Obyvatelé podle věku a pohlaví"), .men = men, .women = women,
	           .desc = str_format(a, "%.*s: %.*s mužů a %.*s žen k %.*s.", STR_ARG(name), STR_ARG(text_number(a, all_men)),
	                              STR_ARG(text_number(a, all_women)), STR_ARG(text_date(a, g->counted_on))));
}

/* ---- changes ---- */

static Err add_moves(Req *r, Id unit, Date day, const char *level, MoveRows *to) {
	Moves moves;
	TRY(territory_moves(r->c, unit, level, (AsOf){.valid = date_add(day, -1)}, (AsOf){.valid = day}, &moves));
	for (size_t i = 0; i < moves.len; i++)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (MoveRow){
			moves.at[i].unit->name, url_of(r, "/uzemi/obec/*", moves.at[i].unit->slug), moves.at[i].before ? moves.at[i].before->name : S("–"),
			moves.at[i].after ? moves.at[i].after->name : S("–")};
	return OK;
}

Err change_days(Req *r, Id unit, ChangeDays *ret) {
	static const struct { const char *level, *what; } levels[] = {{LEVEL_COUNTY, "okres"}, {LEVEL_DISTRICT, "správní obvod ORP"}};
	Dates days;
	*ret = (ChangeDays){0};
	TRY(territory_change_days(r->c, unit, &days));
	for (size_t i = 0; i < days.len; i++)
		for (size_t k = 0; k < LEN(levels); k++) {
			ChangeDay day = {0};
			TRY(add_moves(r, unit, days.at[i], levels[k].level, &day.rows));
			if (day.rows.len == 0)
				continue;
			CLEANUP(buf_free) Buf b = {0};
			buf_lit(&b, "K ");
			fmt_date(&b, days.at[i]);
			buf_str(&b, plural((i64)day.rows.len, " změnila ", " změnily ", " změnilo "));
			buf_format(&b, "%s ", levels[k].what);
			fmt_count(&b, (i64)day.rows.len, "obec", "obce", "obcí");
			day.title = taken(r->c->arena, &b);
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = day;
		}
	return OK;
}
