/* territory_page.c: /uzemi: the districts of a region on a map and in tables, as of any day. */
#include "domain/territory/territory_page.h"

#include <stdlib.h>

#include "base/format.h"
#include "core/exchange.h"
#include "domain/territory/territory.html.h"

/* ---- indicators ---- */

enum { BY_COUNT, BY_YOUNG, BY_OLD, BY_OLDEST, BY_AGEING, BY_SERVICES, BY_DENSITY };

typedef struct Indicator {
	const char *code, *label, *head, *unit, *title;        /* head: of the ranked table */
	int         places;
	bool        of_services;
} Indicator;

static const Indicator indicators[] = {
	[BY_COUNT] = {"obyvatel", "Obyvatelé", "Obyvatelé", "počet obyvatel", "Obyvatelé podle správních obvodů", 0, false},
	[BY_YOUNG] = {"deti", "Děti do 14 let", "Podíl v %", "podíl na všech obyvatelích v %", "Podíl dětí do 14 let", 1, false},
	[BY_OLD] = {"senioru", "Lidé od 65 let", "Podíl v %", "podíl na všech obyvatelích v %", "Podíl lidí od 65 let", 1, false},
	[BY_OLDEST] = {"senioru-80", "Lidé od 80 let", "Podíl v %", "podíl na všech obyvatelích v %", "Podíl lidí od 80 let", 1, false},
	[BY_AGEING] = {"index-stari", "Index stáří", "Index", "lidé od 65 let na 100 dětí do 14 let", "Index stáří", 1, false},
	[BY_SERVICES] = {"sluzeb", "Služby", "Služby", "počet služeb, které mají v obvodu místo", "Služby podle správních obvodů", 0, true},
	[BY_DENSITY] = {"sluzeb-na-1000", "Služby na 1 000 obyvatel", "Na 1 000", "počet služeb na 1 000 obyvatel", "Služby na 1 000 obyvatel", 2, true},
};

static i64 tenths(i64 part, i64 whole) {
	return part == BLANK || whole == BLANK || whole <= 0 ? BLANK : div_round(part * 1000, whole);
}

static i64 value_of(size_t indicator, const UnitRow *row) {
	const AgeGroups *g = &row->people;
	switch (indicator) {
	case BY_YOUNG:
		return tenths(g->age_0_14, g->total);
	case BY_OLD:
		return tenths(g->age_65, g->total);
	case BY_OLDEST:
		return tenths(g->age_80, g->total);
	case BY_AGEING:
		return tenths(g->age_65, g->age_0_14);
	case BY_SERVICES:
		return row->services.services;
	case BY_DENSITY:
		return per_thousand(row->services.services, g->total);
	default:
		return g->total;
	}
}

static Err chosen_indicator(Req *r, size_t *ret) {
	Str code = query(r, "ukazatel");
	*ret = BY_COUNT;
	if (!code.len)
		return OK;
	for (size_t i = 0; i < LEN(indicators); i++)
		if (str_eq(code, str_c(indicators[i].code)) && (!indicators[i].of_services || territory_services_hook())) {
			*ret = i;
			return OK;
		}
	return fail(r->c, ERR_MALFORMED, NULL, "Ukazatel „%.*s“ tato stránka nezná. Vyberte jej z nabídky na stránce Území.", STR_ARG(utf8_first(code, 40)));
}

static Str text_value(Arena *a, i64 value, int places) {
	CLEANUP(buf_free) Buf b = {0};
	if (value == BLANK)
		return S("–");
	fmt_decimal(&b, value, places);
	Str s = buf_take(&b, a);
	buf_free(&b);
	return s;
}

/* ---- what is shown ---- */

typedef struct Overview {
	const Unit *region;
	AsOf        at;
	size_t      indicator;
	UnitRows    rows;
	UnitRow     total;
} Overview;

static Err read_overview(Req *r, Overview *o) {
	Units districts;
	*o = (Overview){0};
	TRY(query_as_of(r, &o->at));
	TRY(chosen_indicator(r, &o->indicator));
	TRY(chosen_region(r, &o->region));
	TRY(territory_below(r->c, o->region->id, LEVEL_DISTRICT, o->at, &districts));
	TRY(unit_rows(r, &districts, o->at, &o->rows));
	TRY(unit_row(r, o->region, o->at, &o->total));
	for (size_t i = 0; i <= o->rows.len; i++) {
		UnitRow *row = i < o->rows.len ? &o->rows.at[i] : &o->total;
		row->value = value_of(o->indicator, row);
		row->value_text = text_value(r->c->arena, row->value, indicators[o->indicator].places);
		row->href = url_of(r, "/uzemi/*", row->unit->slug);
	}
	return OK;
}

/* ---- data ---- */

Str territory_data_note(Req *r) {
	return str_format(r->c->arena, "Obyvatelstvo: ČSÚ. Členění: ČÚZK, registr RÚIAN.%s",
	                  web_options()->demo ? " Ukázková data: poskytovatelé a služby jsou smyšlené." : "");
}

void json_people(JsonWriter *w, const AgeGroups *g) {
	char iso[DATE_ISO_LEN];
	jw_key(w, "obyvatele");
	jw_object(w);
	jw_key(w, "stav_ke_dni");
	if (date_is(g->counted_on))
		jw_str(w, date_iso(g->counted_on, iso));
	else
		jw_null(w);
	jw_key(w, "zdroj");
	jw_str(w, g->source);
	static const struct { const char *key; AgeBand band; } bands[] = {
		{"celkem", AGE_ALL}, {"0_14", AGE_0_14}, {"15_64", AGE_15_64}, {"65plus", AGE_65}, {"80plus", AGE_80},
	};
	for (size_t i = 0; i < LEN(bands); i++) {
		jw_key(w, bands[i].key);
		jw_int(w, age_band(g, bands[i].band));
	}
	jw_object_end(w);
}

void json_unit(JsonWriter *w, const Unit *u) {
	jw_key(w, "kod_ruian");
	jw_str(w, u->code);
	if (u->csu_code.len) {
		jw_key(w, "kod_csu");
		jw_str(w, u->csu_code);
	}
	jw_key(w, "nazev");
	jw_str(w, u->name);
}

void json_moment(Req *r, JsonWriter *w, AsOf at) {
	char iso[INSTANT_ISO_LEN];
	jw_key(w, "ke_dni");
	jw_str(w, date_iso(date_is(at.valid) ? at.valid : r->c->today, iso));
	if (at.recorded.ms) {
		jw_key(w, "znalost");
		jw_str(w, instant_iso(at.recorded, iso));
	}
	jw_key(w, "zdroj");
	jw_str(w, territory_data_note(r));
}

static void json_row(JsonWriter *w, const UnitRow *row) {
	json_unit(w, row->unit);
	jw_key(w, "obci");
	jw_int(w, row->people.municipalities);
	json_people(w, &row->people);
	if (row->services.services != BLANK) {
		jw_key(w, "sluzeb");
		jw_int(w, row->services.services);
	}
}

static Err overview_json(Req *r, const Overview *o) {
	JsonWriter w = json_page(r);
	jw_object(&w);
	json_moment(r, &w, o->at);
	jw_key(&w, "kraj");
	jw_object(&w);
	json_row(&w, &o->total);
	jw_object_end(&w);
	jw_key(&w, "orp");
	jw_array(&w);
	for (size_t i = 0; i < o->rows.len; i++) {
		jw_object(&w);
		jw_key(&w, "adresa");
		jw_str(&w, url_absolute(r, str_cat(r->c->arena, S("/uzemi/"), o->rows.at[i].unit->slug)));
		json_row(&w, &o->rows.at[i]);
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_object_end(&w);
	return OK;
}

static Err overview_table(Req *r, const Overview *o) {
	static const TableColumn columns[] = {
		{"kod_orp_ruian", "Kód ORP (RÚIAN)", CELL_TEXT, 0, 16}, {"kod_orp_csu", "Kód ORP (ČSÚ)", CELL_TEXT, 0, 14}, {"nazev", "Správní obvod ORP", CELL_TEXT, 0, 26},
		{"obci", "Obcí", CELL_INT, 0, 8}, {"obyvatel", "Obyvatel", CELL_INT, 0, 12}, {"stav_ke_dni", "Stav ke dni", CELL_DATE, 0, 12},
		{"0_14", "0–14 let", CELL_INT, 0, 10}, {"15_64", "15–64 let", CELL_INT, 0, 10}, {"65plus", "65 a více let", CELL_INT, 0, 12},
		{"80plus", "80 a více let", CELL_INT, 0, 12}, {"sluzeb", "Služeb", CELL_INT, 0, 10},
	};
	Buf       *out = NEW_ZERO(r->c->arena, Buf);           /* lives until the request ends */
	FileFormat format = r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_CSV;
	TRY(download_start(r, format_type(format), str_format(r->c->arena, "uzemi-orp.%s", format_suffix(format)), out));
	size_t       n = territory_services_hook() ? LEN(columns) : LEN(columns) - 1;
	TableWriter *t = table_open(r->c->arena, out, format, S("Správní obvody ORP"), columns, n, territory_data_note(r));
	for (size_t i = 0; i < o->rows.len; i++) {
		const UnitRow *row = &o->rows.at[i];
		table_text(t, row->unit->code);
		table_text(t, row->unit->csu_code);
		table_text(t, row->unit->name);
		table_int(t, row->people.municipalities);
		table_int(t, row->people.total);
		table_date(t, row->people.counted_on);
		table_int(t, row->people.age_0_14);
		table_int(t, row->people.age_15_64);
		table_int(t, row->people.age_65);
		table_int(t, row->people.age_80);
		if (n == LEN(columns))
			table_int(t, row->services.services);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

/* ---- the page ---- */

static void add_kpi(Req *r, KpiViews *list, const char *label, Str value, const char *unit, Str note) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (KpiView){.label = str_c(label), .value = value, .unit = str_c(unit), .note = note};
}

KpiViews people_kpis(Req *r, const UnitRow *row, size_t districts) {
	Arena           *a = r->c->arena;
	KpiViews         kpis = {0};
	const AgeGroups *g = &row->people;
	Str day = date_is(g->counted_on) ? str_format(a, "k %.*s", STR_ARG(text_date(a, g->counted_on))) : (Str){0};
	add_kpi(r, &kpis, "Obyvatelé", text_number(a, g->total), "", day);
	add_kpi(r, &kpis, "Lidé od 65 let", text_share(a, g->age_65, g->total), "", g->age_65 == BLANK ? (Str){0} : str_format(a, "%.*s lidí", STR_ARG(text_number(a, g->age_65))));
	add_kpi(r, &kpis, "Lidé od 80 let", text_share(a, g->age_80, g->total), "", g->age_80 == BLANK ? (Str){0} : str_format(a, "%.*s lidí", STR_ARG(text_number(a, g->age_80))));
	if (row->people.municipalities > 1 || districts)
		add_kpi(r, &kpis, "Obce", text_number(a, g->municipalities), "",
		        districts ? str_format(a, "v %zu správních obvodech ORP", districts) : (Str){0});
	if (row->services.services != BLANK)
		add_kpi(r, &kpis, "Sociální služby", text_number(a, row->services.services), "", S("mají zde místo"));
	return kpis;
}

static TabViews indicator_tabs(Req *r, size_t chosen) {
	TabViews tabs = {0};
	for (size_t i = 0; i < LEN(indicators); i++)
		if (!indicators[i].of_services || territory_services_hook())
			*ARENA_PUSH(r->c->arena, tabs.at, tabs.len, tabs.cap) = (TabView){
				.label = str_c(indicators[i].label), .current = i == chosen, .href = url_with(r, "ukazatel", i ? str_c(indicators[i].code) : (Str){0})};
	return tabs;
}

Html drawn_map(Req *r, const UnitRows *rows, const TerritoryShapes *shapes, int places, bool labels, Str title, Str desc) {
	Arena   *a = r->c->arena;
	MapArea *areas = NEW_ARRAY(a, MapArea, rows->len + 1);
	for (size_t i = 0; i < rows->len; i++) {
		const UnitRow *row = &rows->at[i];
		areas[i] = (MapArea){.id = row->unit->slug, .label = row->unit->name, .href = row->href, .value = row->value, .value_text = row->value_text,
		                     .path_data = shapes->at[i].path, .label_x = shapes->at[i].x, .label_y = shapes->at[i].y};
	}
	Map m = {.id = S("mapa"), .title = title, .desc = desc, .width = shapes->frame.width, .height = shapes->frame.height, .areas = areas,
	         .count = rows->len, .places = places, .labels = labels};
	map_choose_bounds(&m);
	CLEANUP(buf_free) Buf b = {0};
	view_map(&b, &m);
	view_map_legend(&b, &m);
	Html h = {buf_take(&b, a)};
	buf_free(&b);
	return h;
}

static int by_value(const void *x, const void *y) {
	const UnitRow *a = x, *b = y;
	if (a->value != b->value)
		return a->value < b->value ? 1 : -1;
	return a->unit->order < b->unit->order ? -1 : 1;
}

static Err overview_figure(Req *r, const Overview *o, FigureView *f) {
	Arena           *a = r->c->arena;
	const Indicator *k = &indicators[o->indicator];
	TerritoryShapes  shapes;
	UnitRows         ranked = {.at = arena_copy(a, o->rows.at, size_mul(o->rows.len, sizeof(UnitRow))), .len = o->rows.len};
	Units            units = {0};
	if (ranked.len)
		qsort(ranked.at, ranked.len, sizeof *ranked.at, by_value);
	*f = (FigureView){.title = str_c(k->title), .unit = str_c(k->unit), .caption = str_c(k->title), .is_map = true, .bar_max = 1000};
	strs_add(a, &f->heads, S("Správní obvod"));
	strs_add(a, &f->heads, str_c(k->head));
	i64 most = ranked.len && ranked.at[0].value != BLANK && ranked.at[0].value > 0 ? ranked.at[0].value : 1;
	for (size_t i = 0; i < ranked.len; i++) {
		FigureRow row = {.label = ranked.at[i].unit->name, .href = ranked.at[i].href,
		                 .bar = ranked.at[i].value == BLANK ? 0 : div_round(ranked.at[i].value * 1000, most)};
		strs_add(a, &row.cells, ranked.at[i].value_text);
		*ARENA_PUSH(a, f->rows.at, f->rows.len, f->rows.cap) = row;
	}
	for (size_t i = 0; i < o->rows.len; i++)
		*ARENA_PUSH(a, units.at, units.len, units.cap) = o->rows.at[i].unit;
	strs_add(a, &f->sums, o->total.value_text);
	TRY(territory_shapes(r->c, &units, BOUNDARY_DETAIL, TERRITORY_MAP_WIDTH, &shapes));
	Str desc = !ranked.len || ranked.at[0].value == BLANK ? S("Údaje nejsou známy.")
	           : str_format(a, "Nejvíc má %.*s (%.*s), nejméně %.*s (%.*s).", STR_ARG(ranked.at[0].unit->name), STR_ARG(ranked.at[0].value_text),
	                        STR_ARG(ranked.at[ranked.len - 1].unit->name), STR_ARG(ranked.at[ranked.len - 1].value_text));
	if (shapes.at)
		f->drawing = drawn_map(r, &o->rows, &shapes, k->places, ranked.len <= 30, str_c(k->title), desc);
	return OK;
}

static Err add_counties(Req *r, const Overview *o, TerritoryView *v) {
	Units counties;
	TRY(territory_below(r->c, o->region->id, LEVEL_COUNTY, o->at, &counties));
	for (size_t i = 0; i < counties.len; i++) {
		CountyRow row = {.unit = counties.at[i]};
		TRY(population_of(r->c, row.unit->id, o->at, &row.people));
		if (row.people.municipalities)
			*ARENA_PUSH(r->c->arena, v->counties.at, v->counties.len, v->counties.cap) = row;
	}
	return OK;
}

static Err add_regions(Req *r, const Overview *o, TerritoryView *v) {
	Units        regions;
	const Unit  *own = territory_region(r->c);
	TRY(territory_below(r->c, 0, LEVEL_REGION, o->at, &regions));
	for (size_t i = 0; i < regions.len && regions.len > 1; i++)
		*ARENA_PUSH(r->c->arena, v->regions.at, v->regions.len, v->regions.cap) = (LinkView){
			.label = regions.at[i]->name, .current = regions.at[i] == o->region,
			.href = url_with(r, "kraj", regions.at[i] == own ? (Str){0} : regions.at[i]->slug)};
	return OK;
}

Err page_territory(Req *r) {
	Overview o;
	TRY(read_overview(r, &o));
	if (r->format == PAGE_JSON)
		return overview_json(r, &o);
	if (r->format != PAGE_HTML)
		return overview_table(r, &o);
	TerritoryView v = {.title = str_format(r->c->arena, "Území: %.*s", STR_ARG(o.region->name)), .rows = o.rows, .total = o.total,
	                   .has_services = territory_services_hook() != NULL};
	v.lead = S("Kolik lidí kde žije, kolik jim je let a jak se kraj dělí na správní obvody obcí s rozšířenou působností (ORP), okresy a obce.");
	TRY(territory_as_of(r, o.at, o.region->id, &v.as_of));
	v.note = people_note(r, o.at, &o.total.people);
	v.kpis = people_kpis(r, &o.total, o.rows.len);
	v.indicators = indicator_tabs(r, o.indicator);
	TRY(overview_figure(r, &o, &v.figure));
	v.downloads = download_links(r, true);
	TRY(add_counties(r, &o, &v));
	TRY(change_days(r, o.region->id, &v.changes));
	TRY(add_regions(r, &o, &v));
	Str slug = query(r, "kraj");
	v.municipalities_href = slug.len ? str_cat(r->c->arena, S("/uzemi/obce?kraj="), slug) : S("/uzemi/obce");
	r->description = str_format(r->c->arena, "%.*s: správní obvody ORP, okresy a obce, obyvatelé podle věku.", STR_ARG(o.region->name));
	view_territory(page(r, v.title), &v);
	return OK;
}
