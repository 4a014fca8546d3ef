/* territory_list_page.c: /uzemi/obce: all municipalities of a region, searched and ordered, as of any day. */
#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "core/exchange.h"
#include "domain/territory/territory.html.h"
#include "domain/territory/territory_page.h"

typedef struct MunicipalityList {
	const Unit      *region, *district;
	AsOf             at;
	bool             by_people, descending;
	MunicipalityRows rows;
} MunicipalityList;

/* Every word begins a word of the name, or is the code. */
static bool matches(Arena *a, const Unit *u, Strs words) {
	Str name = str_format(a, " %.*s", STR_ARG(str_replace(a, text_fold(a, u->name), S("-"), S(" "))));
	for (size_t i = 0; i < words.len; i++)
		if (!str_has(name, str_cat(a, S(" "), words.at[i])) && !str_starts(u->code, words.at[i]))
			return false;
	return true;
}

static Strs search_words(Arena *a, Str typed) {
	Strs words = {0};
	Str  rest = str_replace(a, text_fold(a, text_clean(a, utf8_first(typed, 100))), S("-"), S(" "));
	while (rest.len) {
		Str word = str_cut(&rest, ' ');
		if (word.len)
			strs_add(a, &words, word);
	}
	return words;
}

static int by_people(const void *x, const void *y) {
	const MunicipalityRow *a = x, *b = y;
	if (a->people.total != b->people.total)
		return a->people.total < b->people.total ? -1 : 1;
	return a->unit->order < b->unit->order ? -1 : 1;
}

static void turn(MunicipalityRows *rows) {
	for (size_t i = 0, k = rows->len; i + 1 < k; i++) {
		MunicipalityRow swap = rows->at[i];
		rows->at[i] = rows->at[--k];
		rows->at[k] = swap;
	}
}

static Err read_order(Req *r, MunicipalityList *l) {
	Str order = query(r, "radit");
	l->descending = str_starts(order, S("-"));
	Str name = str_from(order, l->descending);
	l->by_people = str_eq(name, S("obyvatel"));
	if (name.len && !l->by_people && !str_eq(name, S("nazev")))
		return fail(r->c, ERR_MALFORMED, NULL, "Řadit lze podle „nazev“ a „obyvatel“. Zkontrolujte adresu.");
	return OK;
}

static Err read_list(Req *r, MunicipalityList *l) {
	Arena *a = r->c->arena;
	Units  units;
	Str    slug = query(r, "orp");
	*l = (MunicipalityList){0};
	TRY(query_as_of(r, &l->at));
	TRY(read_order(r, l));
	TRY(chosen_region(r, &l->region));
	l->district = slug.len ? territory_by_slug(r->c, LEVEL_DISTRICT, slug) : NULL;
	if (slug.len && !l->district)
		return fail(r->c, ERR_MALFORMED, NULL, "Správní obvod „%.*s“ v evidenci není. Vyberte jej ve filtru.", STR_ARG(utf8_first(slug, 60)));
	TRY(territory_below(r->c, l->district ? l->district->id : l->region->id, LEVEL_MUNICIPALITY, l->at, &units));
	Strs words = search_words(a, query(r, "q"));
	for (size_t i = 0; i < units.len; i++) {
		if (!matches(a, units.at[i], words))
			continue;
		MunicipalityRow *row = ARENA_PUSH(a, l->rows.at, l->rows.len, l->rows.cap);
		*row = (MunicipalityRow){.unit = units.at[i], .district = territory_above(r->c, units.at[i]->id, LEVEL_DISTRICT, l->at),
		                         .county = territory_above(r->c, units.at[i]->id, LEVEL_COUNTY, l->at)};
		TRY(population_of(r->c, units.at[i]->id, l->at, &row->people));
	}
	if (l->by_people && l->rows.len)
		qsort(l->rows.at, l->rows.len, sizeof *l->rows.at, by_people);
	if (l->descending)
		turn(&l->rows);
	return OK;
}

/* ---- data ---- */

static Str name_of(const Unit *u) {
	return u ? u->name : (Str){0};
}

static Err list_json(Req *r, const MunicipalityList *l) {
	JsonWriter w = json_page(r);
	jw_object(&w);
	json_moment(r, &w, l->at);
	jw_key(&w, "pocet");
	jw_int(&w, (i64)l->rows.len);
	jw_key(&w, "obce");
	jw_array(&w);
	for (size_t i = 0; i < l->rows.len; i++) {
		const MunicipalityRow *row = &l->rows.at[i];
		jw_object(&w);
		json_unit(&w, row->unit);
		jw_key(&w, "orp");
		jw_str(&w, name_of(row->district));
		jw_key(&w, "okres");
		jw_str(&w, name_of(row->county));
		json_people(&w, &row->people);
		jw_object_end(&w);
	}
	jw_array_end(&w);
	jw_object_end(&w);
	return OK;
}

static Err list_table(Req *r, const MunicipalityList *l) {
	static const TableColumn columns[] = {
		{"kod_obce", "Kód obce", CELL_TEXT, 0, 12}, {"nazev", "Obec", CELL_TEXT, 0, 26}, {"orp", "Správní obvod ORP", CELL_TEXT, 0, 24},
		{"okres", "Okres", CELL_TEXT, 0, 22}, {"obyvatel", "Obyvatel", CELL_INT, 0, 12}, {"stav_ke_dni", "Stav ke dni", CELL_DATE, 0, 12},
		{"65plus", "65 a více let", CELL_INT, 0, 12},
	};
	Buf       *out = NEW_ZERO(r->c->arena, Buf);           /* lives until the request ends */
	FileFormat format = r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_CSV;
	TRY(download_start(r, format_type(format), str_format(r->c->arena, "obce.%s", format_suffix(format)), out));
	TableWriter *t = table_open(r->c->arena, out, format, S("Obce"), columns, LEN(columns), territory_data_note(r));
	for (size_t i = 0; i < l->rows.len; i++) {
		const MunicipalityRow *row = &l->rows.at[i];
		table_text(t, row->unit->code);
		table_text(t, row->unit->name);
		table_text(t, name_of(row->district));
		table_text(t, name_of(row->county));
		table_int(t, row->people.total);
		table_date(t, row->people.counted_on);
		table_int(t, row->people.age_65);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

/* ---- the page ---- */

static ColumnViews columns_of(Req *r, const MunicipalityList *l) {
	ColumnViews c = {0};
	Arena      *a = r->c->arena;
	bool        name_up = !l->by_people && !l->descending, people_down = l->by_people && l->descending;
	*ARENA_PUSH(a, c.at, c.len, c.cap) = (ColumnView){.label = S("Obec"), .href = url_with(r, "radit", name_up ? S("-nazev") : (Str){0}),
		.sorted = l->by_people ? NOT_SORTED : l->descending ? SORTED_DOWN : SORTED_UP};
	*ARENA_PUSH(a, c.at, c.len, c.cap) = (ColumnView){.label = S("Správní obvod ORP")};
	*ARENA_PUSH(a, c.at, c.len, c.cap) = (ColumnView){.label = S("Okres")};
	*ARENA_PUSH(a, c.at, c.len, c.cap) = (ColumnView){.label = S("Obyvatelé"), .is_number = true, .href = url_with(r, "radit", people_down ? S("obyvatel") : S("-obyvatel")),
		.sorted = !l->by_people ? NOT_SORTED : l->descending ? SORTED_DOWN : SORTED_UP};
	*ARENA_PUSH(a, c.at, c.len, c.cap) = (ColumnView){.label = S("Od 65 let"), .is_number = true};
	return c;
}

static Err add_filters(Req *r, const MunicipalityList *l, MunicipalitiesView *v) {
	Arena *a = r->c->arena;
	Units  districts;
	TRY(territory_below(r->c, l->region->id, LEVEL_DISTRICT, l->at, &districts));
	v->districts = (FieldView){.kind = FIELD_SELECT, .name = S("orp"), .label = S("Správní obvod ORP")};
	OptionViews *o = &v->districts.options;
	*ARENA_PUSH(a, o->at, o->len, o->cap) = (OptionView){.label = S("Všechny"), .chosen = !l->district};
	for (size_t i = 0; i < districts.len; i++)
		*ARENA_PUSH(a, o->at, o->len, o->cap) =
			(OptionView){.value = districts.at[i]->slug, .label = districts.at[i]->name, .chosen = districts.at[i] == l->district};
	v->search = query(r, "q");
	if (v->search.len)
		*ARENA_PUSH(a, v->chips.at, v->chips.len, v->chips.cap) =
			(LinkView){.label = str_format(a, "Hledat: %.*s", STR_ARG(utf8_first(v->search, 60))), .href = url_with(r, "q", (Str){0})};
	if (l->district)
		*ARENA_PUSH(a, v->chips.at, v->chips.len, v->chips.cap) =
			(LinkView){.label = str_format(a, "ORP: %.*s", STR_ARG(l->district->name)), .href = url_with(r, "orp", (Str){0})};
	static const char *const kept[] = {"kraj", "radit", "na-stranku", "ke-dni", "znalost"};
	for (size_t i = 0; i < LEN(kept); i++)
		if (query(r, kept[i]).len)
			*ARENA_PUSH(a, v->keep.at, v->keep.len, v->keep.cap) = (HiddenView){str_c(kept[i]), query(r, kept[i])};
	return OK;
}

Err page_municipalities(Req *r) {
	MunicipalityList l;
	i64              number, size;
	TRY(query_int(r, "strana", 1, 1, 100000, &number));
	TRY(query_int(r, "na-stranku", 25, 10, 100, &size));
	TRY(read_list(r, &l));
	if (r->format == PAGE_JSON)
		return list_json(r, &l);
	if (r->format != PAGE_HTML)
		return list_table(r, &l);
	Arena             *a = r->c->arena;
	MunicipalitiesView v = {.title = S("Obce"), .columns = columns_of(r, &l), .downloads = download_links(r, true)};
	i64 pages = ((i64)l.rows.len + size - 1) / size;
	if (number > pages && number > 1)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Seznam má jen %lld stran. Vraťte se na první.", (long long)pages);
	for (size_t i = (size_t)((number - 1) * size); i < l.rows.len && i < (size_t)(number * size); i++) {
		MunicipalityRow *row = &l.rows.at[i];
		row->href = url_of(r, "/uzemi/obec/*", row->unit->slug);
		row->district_href = row->district ? url_of(r, "/uzemi/*", row->district->slug) : (Str){0};
		*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = *row;
	}
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, plural((i64)l.rows.len, "Nalezena ", "Nalezeny ", "Nalezeno "));
	fmt_count(&b, (i64)l.rows.len, "obec", "obce", "obcí");
	v.found = buf_take(&b, a);
	buf_free(&b);
	TRY(add_filters(r, &l, &v));
	TRY(territory_as_of(r, l.at, l.region->id, &v.as_of));
	Str base = url_with(r, "strana", (Str){0});
	v.pager = (PagerView){.label = S("Stránkování seznamu obcí"), .page = number, .pages = pages,
	                      .base = str_format(a, "%.*s%cstrana=", STR_ARG(base), str_find_char(base, '?') >= 0 ? '&' : '?')};
	v.empty = (EmptyView){.title = S("Žádná obec neodpovídá"), .text = S("Zkuste kratší část názvu, nebo zrušte filtr správního obvodu.")};
	crumb(r, S("Území"), url_of(r, "/uzemi*", (Str){0}));
	view_municipalities(page(r, v.title), &v);
	return OK;
}
