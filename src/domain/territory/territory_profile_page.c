/* territory_profile_page.c: /uzemi/{orp} and /uzemi/obec/{slug}: who lives there, where it belongs, what changed. */
#include "base/format.h"
#include "core/exchange.h"
#include "domain/territory/territory.html.h"
#include "domain/territory/territory_page.h"

static void add_pair(Req *r, PairViews *list, const char *label, Str value, Str href) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

/* ---- services per 1,000 people of the target age (DOMAIN F26) ---- */

static void add_rates(Req *r, const UnitRow *row, ProfileView *v) {
	Arena *a = r->c->arena;
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < row->services.rate_count; i++) {
		const TerritoryRate *k = &row->services.rates[i];
		i64     people = age_band(&row->people, k->people), rate = per_thousand(k->count, people);
		RateRow line = {.label = k->label, .people = str_format(a, "%.*s %.*s", STR_ARG(text_number(a, people)), STR_ARG(age_band_name(k->people)))};
		if (k->count != BLANK)
			fmt_decimal(&b, k->count, k->places);
		line.count = k->count == BLANK ? S("–") : buf_take(&b, a);
		if (rate != BLANK)
			fmt_decimal(&b, k->places ? div_round(rate, k->places == 1 ? 10 : 100) : rate, 2);
		line.rate = rate == BLANK ? S("–") : buf_take(&b, a);
		*ARENA_PUSH(a, v->rates.at, v->rates.len, v->rates.cap) = line;
	}
	buf_free(&b);
	if (v->rates.len)
		v->rates_note = str_format(a, "Obyvatelé k %.*s.", STR_ARG(text_date(a, row->people.counted_on)));
}

/* ---- people ---- */

static void add_people(Req *r, const UnitRow *row, const AgeGroups *compared, Str compared_name, ProfileView *v) {
	v->people_day = date_is(row->people.counted_on) ? text_date(r->c->arena, row->people.counted_on) : (Str){0};
	v->source = row->people.source;
	v->compared = compared_name;
	if (!date_is(row->people.counted_on))
		return;
	v->bands = band_rows(r, &row->people, compared_name.len ? compared : NULL);
	v->pyramid = pyramid_of(r, &row->people, row->unit->name);
}

/* Census beside the register: they differ, each with its day. */
static Err add_own_counts(Req *r, const UnitRow *row, PairViews *pairs) {
	AgeGroupsList own;
	Arena        *a = r->c->arena;
	TRY(population_own(r->c, row->unit->id, &own));
	for (size_t i = 0; i < own.len; i++) {
		if (str_eq(own.at[i].source, row->people.source) || own.at[i].total == BLANK)
			continue;
		add_pair(r, pairs, "Sčítání lidu", str_format(a, "%.*s obyvatel k %.*s", STR_ARG(text_number(a, own.at[i].total)),
		                                              STR_ARG(text_date(a, own.at[i].counted_on))), (Str){0});
		break;
	}
	return OK;
}

static void json_ages(JsonWriter *w, const AgeGroups *g) {
	static const char *const sexes[] = {"celkem", "muzi", "zeny"};
	jw_key(w, "petilete_skupiny");
	jw_array(w);
	for (int i = 0; i < 18; i++) {
		jw_object(w);
		jw_key(w, "vek_od");
		jw_int(w, i * 5);
		jw_key(w, "vek_do");
		jw_int(w, i < 17 ? i * 5 + 4 : BLANK);
		for (int k = 0; k < 3; k++) {
			jw_key(w, sexes[k]);
			jw_int(w, g->by_age[i][k]);
		}
		jw_object_end(w);
	}
	jw_array_end(w);
}

/* ---- /uzemi/{orp} ---- */

typedef struct Profile {
	const Unit *unit, *region;
	AsOf        at;
	UnitRow     row;
	UnitRows    municipalities;
	const Unit **counties;                   /* of each municipality */
} Profile;

static Err read_profile(Req *r, Profile *p) {
	Units units;
	*p = (Profile){0};
	TRY(query_as_of(r, &p->at));
	p->unit = territory_by_slug(r->c, LEVEL_DISTRICT, arg(r, 0));
	if (!p->unit)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Správní obvod „%.*s“ v evidenci není. Vyberte jej na stránce Území.", STR_ARG(utf8_first(arg(r, 0), 60)));
	p->region = territory_above(r->c, p->unit->id, LEVEL_REGION, p->at);
	TRY(unit_row(r, p->unit, p->at, &p->row));
	TRY(territory_below(r->c, p->unit->id, LEVEL_MUNICIPALITY, p->at, &units));
	p->counties = NEW_ARRAY(r->c->arena, const Unit *, units.len + 1);
	for (size_t i = 0; i < units.len; i++) {
		UnitRow *row = ARENA_PUSH(r->c->arena, p->municipalities.at, p->municipalities.len, p->municipalities.cap);
		*row = (UnitRow){.unit = units.at[i], .href = url_of(r, "/uzemi/obec/*", units.at[i]->slug), .services = {.services = BLANK}};
		TRY(population_of(r->c, units.at[i]->id, p->at, &row->people));
		row->value = row->people.total;
		row->value_text = text_number(r->c->arena, row->value);
		p->counties[i] = territory_above(r->c, units.at[i]->id, LEVEL_COUNTY, p->at);
	}
	return OK;
}

static Err profile_json(Req *r, const Profile *p) {
	JsonWriter w = json_page(r);
	jw_object(&w);
	json_moment(r, &w, p->at);
	json_unit(&w, p->unit);
	jw_key(&w, "kod_sidelni_obce");
	jw_str(&w, p->unit->seat);
	json_people(&w, &p->row.people);
	json_ages(&w, &p->row.people);
	if (p->row.services.services != BLANK) {
		jw_key(&w, "sluzeb");
		jw_int(&w, p->row.services.services);
	}
	jw_key(&w, "obce");
	jw_array(&w);
	for (size_t i = 0; i < p->municipalities.len; i++) {
		jw_object(&w);
		json_unit(&w, p->municipalities.at[i].unit);
		jw_key(&w, "okres");
		jw_str(&w, p->counties[i] ? p->counties[i]->name : (Str){0});
		json_people(&w, &p->municipalities.at[i].people);
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_object_end(&w);
	return OK;
}

static Err profile_table(Req *r, const Profile *p) {
	static const TableColumn columns[] = {
		{"kod_obce", "Kód obce", CELL_TEXT, 0, 12}, {"nazev", "Obec", CELL_TEXT, 0, 26}, {"okres", "Okres", CELL_TEXT, 0, 22}, {"obyvatel", "Obyvatel", CELL_INT, 0, 12},
		{"stav_ke_dni", "Stav ke dni", CELL_DATE, 0, 12}, {"0_14", "0–14 let", CELL_INT, 0, 10}, {"15_64", "15–64 let", CELL_INT, 0, 10},
		{"65plus", "65 a více let", CELL_INT, 0, 12}, {"80plus", "80 a více let", CELL_INT, 0, 12},
	};
	Buf       *out = NEW_ZERO(r->c->arena, Buf);           /* lives until the request ends */
	FileFormat format = r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_CSV;
	TRY(download_start(r, format_type(format), str_format(r->c->arena, "obce-%.*s.%s", STR_ARG(p->unit->slug), format_suffix(format)), out));
	TableWriter *t = table_open(r->c->arena, out, format, S("Obce"), columns, LEN(columns), territory_data_note(r));
	for (size_t i = 0; i < p->municipalities.len; i++) {
		const UnitRow *row = &p->municipalities.at[i];
		table_text(t, row->unit->code);
		table_text(t, row->unit->name);
		table_text(t, p->counties[i] ? p->counties[i]->name : (Str){0});
		table_int(t, row->people.total);
		table_date(t, row->people.counted_on);
		table_int(t, row->people.age_0_14);
		table_int(t, row->people.age_15_64);
		table_int(t, row->people.age_65);
		table_int(t, row->people.age_80);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

static Err add_municipalities(Req *r, const Profile *p, ProfileView *v) {
	Units           units = {0};
	TerritoryShapes shapes;
	v->municipalities = p->municipalities;
	for (size_t i = 0; i < p->municipalities.len; i++) {
		*ARENA_PUSH(r->c->arena, units.at, units.len, units.cap) = p->municipalities.at[i].unit;
		strs_add(r->c->arena, &v->counties, p->counties[i] ? p->counties[i]->name : S("–"));
	}
	TRY(territory_shapes(r->c, &units, BOUNDARY_DETAIL, TERRITORY_MAP_WIDTH, &shapes));
	if (shapes.at)
		v->map = drawn_map(r, &p->municipalities, &shapes, 0, units.len <= 12, S("Obyvatelé podle obcí"),
		                   str_format(r->c->arena, "Obce správního obvodu %.*s obarvené podle počtu obyvatel.", STR_ARG(p->unit->name)));
	return OK;
}

/* "Semily (22 obcí), Jablonec nad Nisou (1 obec)" */
static Str county_counts(Req *r, const Profile *p) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < p->municipalities.len; i++) {
		size_t before = 0, same = 0;
		for (size_t k = 0; k < p->municipalities.len; k++) {
			before += k < i && p->counties[k] == p->counties[i];
			same += p->counties[k] == p->counties[i];
		}
		if (before || !p->counties[i])
			continue;
		buf_format(&b, "%s%.*s (", b.len ? ", " : "", STR_ARG(p->counties[i]->name));
		fmt_count(&b, (i64)same, "obec", "obce", "obcí");
		buf_char(&b, ')');
	}
	Str s = buf_take(&b, r->c->arena);
	buf_free(&b);
	return s;
}

Err page_district(Req *r) {
	Profile p;
	TRY(read_profile(r, &p));
	if (r->format == PAGE_JSON)
		return profile_json(r, &p);
	if (r->format != PAGE_HTML)
		return profile_table(r, &p);
	AgeGroups   whole = {0};
	ProfileView v = {.title = p.unit->name, .lead = S("Správní obvod obce s rozšířenou působností")};
	if (p.region) {
		TRY(population_of(r->c, p.region->id, p.at, &whole));
		v.lead = str_format(r->c->arena, "Správní obvod obce s rozšířenou působností, %.*s", STR_ARG(p.region->name));
	}
	TRY(territory_as_of(r, p.at, p.unit->id, &v.as_of));
	v.note = people_note(r, p.at, &p.row.people);
	v.kpis = people_kpis(r, &p.row, 0);
	add_rates(r, &p.row, &v);
	if (p.row.services.services != BLANK) {
		v.catalogue_href = str_cat(r->c->arena, S("/katalog?orp="), p.unit->slug);
		v.network_href = str_cat(r->c->arena, S("/sit?orp="), p.unit->slug);
	}
	add_people(r, &p.row, &whole, p.region ? p.region->name : (Str){0}, &v);
	TRY(add_municipalities(r, &p, &v));
	TRY(change_days(r, p.unit->id, &v.changes));
	add_pair(r, &v.pairs, "Kraj", p.region ? p.region->name : (Str){0}, p.region ? url_of(r, "/uzemi*", (Str){0}) : (Str){0});
	add_pair(r, &v.pairs, "Okresy obcí", county_counts(r, &p), (Str){0});
	TRY(add_own_counts(r, &p.row, &v.pairs));
	const Unit *seat = territory_by_code(r->c, LEVEL_MUNICIPALITY, p.unit->seat);
	if (seat)
		add_pair(r, &v.pairs, "Sídelní obec", seat->name, url_of(r, "/uzemi/obec/*", seat->slug));
	add_pair(r, &v.pairs, "Kód RÚIAN", p.unit->code, (Str){0});
	add_pair(r, &v.pairs, "Kód ČSÚ", p.unit->csu_code, (Str){0});
	v.downloads = download_links(r, true);
	crumb(r, S("Území"), url_of(r, "/uzemi*", (Str){0}));
	r->description = str_format(r->c->arena, "Správní obvod ORP %.*s: obyvatelé podle věku, obce a okresy.", STR_ARG(p.unit->name));
	view_district(page(r, v.title), &v);
	return OK;
}

/* ---- /uzemi/obec/{slug} ---- */

static const char *level_label(Str level) {
	static const struct { const char *level, *label; } labels[] = {
		{LEVEL_REGION, "Kraj"}, {LEVEL_COUNTY, "Okres"}, {LEVEL_DISTRICT, "Správní obvod ORP"}, {LEVEL_SUBDISTRICT, "Správní obvod POÚ"},
		{LEVEL_CUSTOM, "Vlastní území"},
	};
	for (size_t i = 0; i < LEN(labels); i++)
		if (str_eq(level, str_c(labels[i].level)))
			return labels[i].label;
	return "Území";
}

/* Each span with its days, unless it has always been so. */
static Err add_belongings(Req *r, const Unit *u, AsOf at, ProfileView *v) {
	Belongings list;
	TRY(territory_belongings(r->c, u->id, at, &list));
	for (size_t i = 0; i < list.len; i++) {
		const Belonging *b = &list.at[i];
		bool from_start = !date_after(b->from, territory_beginning());
		CLEANUP(buf_free) Buf text = {0};
		buf_str(&text, b->parent->name);
		if (!from_start || date_is(b->to)) {
			buf_lit(&text, ", ");
			if (from_start) {
				buf_lit(&text, "do ");
				fmt_date(&text, b->to);
			} else {
				fmt_date_range(&text, b->from, b->to);
			}
		}
		Str href = str_eq(b->parent->level, S(LEVEL_DISTRICT)) ? url_of(r, "/uzemi/*", b->parent->slug) : (Str){0};
		add_pair(r, &v->pairs, level_label(b->parent->level), buf_take(&text, r->c->arena), href);
		buf_free(&text);
	}
	return OK;
}

static Err municipality_json(Req *r, const Unit *u, AsOf at, const UnitRow *row) {
	Belongings list;
	TRY(territory_belongings(r->c, u->id, at, &list));
	JsonWriter w = json_page(r);
	jw_object(&w);
	json_moment(r, &w, at);
	json_unit(&w, u);
	json_people(&w, &row->people);
	json_ages(&w, &row->people);
	jw_key(&w, "prislusnost");
	jw_array(&w);
	for (size_t i = 0; i < list.len; i++) {
		char iso[DATE_ISO_LEN];
		jw_object(&w);
		jw_key(&w, "uroven");
		jw_str(&w, list.at[i].parent->level);
		json_unit(&w, list.at[i].parent);
		jw_key(&w, "od");
		jw_str(&w, date_iso(list.at[i].from, iso));
		jw_key(&w, "do");
		if (date_is(list.at[i].to))
			jw_str(&w, date_iso(list.at[i].to, iso));
		else
			jw_null(&w);
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_object_end(&w);
	return OK;
}

Err page_municipality(Req *r) {
	AsOf        at;
	UnitRow     row;
	AgeGroups   whole = {0};
	TRY(query_as_of(r, &at));
	const Unit *u = territory_by_slug(r->c, LEVEL_MUNICIPALITY, arg(r, 0));
	if (!u)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Obec „%.*s“ v evidenci není. Najdete ji v seznamu obcí.", STR_ARG(utf8_first(arg(r, 0), 60)));
	TRY(unit_row(r, u, at, &row));
	if (r->format == PAGE_JSON)
		return municipality_json(r, u, at, &row);
	const Unit *district = territory_above(r->c, u->id, LEVEL_DISTRICT, at), *county = territory_above(r->c, u->id, LEVEL_COUNTY, at);
	ProfileView v = {.title = u->name, .lead = str_format(r->c->arena, "Obec, okres %.*s", STR_ARG(county ? county->name : S("není znám")))};
	if (district)
		TRY(population_of(r->c, district->id, at, &whole));
	TRY(territory_as_of(r, at, u->id, &v.as_of));
	v.note = people_note(r, at, &row.people);
	v.kpis = people_kpis(r, &row, 0);
	add_rates(r, &row, &v);
	add_people(r, &row, &whole, district ? str_format(r->c->arena, "obvod ORP %.*s", STR_ARG(district->name)) : (Str){0}, &v);
	TRY(add_belongings(r, u, at, &v));
	add_pair(r, &v.pairs, "Kód RÚIAN", u->code, (Str){0});
	TRY(territory_parts(r->c, u->id, &v.parts));
	v.downloads = download_links(r, false);
	crumb(r, S("Území"), url_of(r, "/uzemi*", (Str){0}));
	if (district)
		crumb(r, district->name, url_of(r, "/uzemi/*", district->slug));
	view_municipality(page(r, v.title), &v);
	return OK;
}
