/* unanswered_page.c: /potreby/bez-odpovedi: the public register of what the network will not answer. Persons are not told here: together with the sums of
 * /potreby they would give small numbers away. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/library/resolution.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/public.html.h"
#include "domain/needs/public_views_page.h"

enum { PAGE_SIZE = 25, OPEN, OVER };

typedef struct Chosen {
	ListFilter  filters[4];
	ListQuery   query;
	bool        over;
	const Unit *district;
	i64         page;
} Chosen;

static void add_filter(Chosen *k, const char *field, Str value) {
	if (value.len)
		k->filters[k->query.filter_count++] = (ListFilter){.field = entity_field(&unanswered_entity, str_c(field)), .value = value};
}

static Err read_choice(Req *r, Chosen *k) {
	Str slug = query(r, "orp");
	*k = (Chosen){.over = str_eq(query(r, "stav"), S("skoncene"))};
	k->query = (ListQuery){.filters = k->filters, .limit = -1, .order = entity_field(&unanswered_entity, S("review_date"))};
	TRY(query_int(r, "strana", 1, 1, 100000, &k->page));
	k->district = slug.len ? territory_by_slug(r->c, LEVEL_DISTRICT, slug) : NULL;
	if (slug.len && !k->district)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový obvod v kraji není. Vyberte jej z nabídky na stránce.");
	if (k->district)
		add_filter(k, "district", str_format(r->c->arena, "%lld", (long long)k->district->id));
	add_filter(k, "target_group", query(r, "skupina"));
	add_filter(k, "reason", query(r, "duvod"));
	return OK;
}

/* Open entries and those that have ended are two lists; a list of a thousand is read whole. */
static Err read_rows(Req *r, Chosen *k, EntityList *ret, i64 *open, i64 *over) {
	EntityList all;
	*ret = (EntityList){0};
	*open = *over = 0;
	TRY(entity_list(r->c, &unanswered_entity, &k->query, &all));
	for (size_t i = 0; i < all.len; i++) {
		bool is_over = date_is(((UnansweredNeed *)all.at[i])->ended_on);
		++*(is_over ? over : open);
		if (is_over == k->over)
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	}
	return OK;
}

static Str district_name(Req *r, Id id) {
	const Unit *u = id ? territory_by_id(r->c, id) : NULL;
	return u ? u->name : S("celý kraj");
}

static Str code_name(Req *r, const char *list, Str code) {
	return code.len ? codelist_name(r->c, list, code) : (Str){0};
}

/* ---- files ---- */

static Err send(Req *r, const EntityList *rows) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo", CELL_INT, 0, 10}, {"nazev", "Co síť nezajistí", CELL_TEXT, 0, 50}, {"orp", "Obvod ORP", CELL_TEXT, 0, 24}, {"skupina", "Cílová skupina", CELL_TEXT, 0, 40},
		{"druh", "Druh služby", CELL_TEXT, 0, 36}, {"jednotka", "Jednotka", CELL_TEXT, 0, 10}, {"chybi", "Chybějící kapacita", CELL_DECIMAL, 2, 16},
		{"duvod", "Důvod", CELL_TEXT, 0, 24}, {"vysvetleni", "Vysvětlení", CELL_TEXT, 0, 60}, {"rozhodnuti", "Rozhodnutí", CELL_TEXT, 0, 16},
		{"prezkum", "Přezkum nejpozději", CELL_DATE, 0, 14}, {"zverejneno", "Zveřejněno", CELL_DATE, 0, 14}, {"skonceno", "Konec zápisu", CELL_DATE, 0, 14},
	};
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : str_format(r->c->arena, "potreby-bez-odpovedi.%s", format_suffix(format)), out));
	TableWriter *t = table_open(r->c->arena, out, format, S("Bez odpovědi"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < rows->len; i++) {
		const UnansweredNeed *u = rows->at[i];
		table_int(t, u->head.id);
		table_text(t, u->title);
		table_text(t, district_name(r, u->district));
		table_text(t, code_name(r, "target_group", u->target_group));
		table_text(t, code_name(r, "service_kind", u->kind));
		table_text(t, u->unit);
		table_int(t, u->missing_capacity.hundredths);
		table_text(t, code_name(r, "no_answer_reason", u->reason));
		table_text(t, u->text);
		table_text(t, u->resolution);
		table_date(t, u->review_date);
		table_date(t, prague_day(u->published_at));
		table_date(t, u->ended_on);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

/* ---- the page ---- */

static UnansweredRow row_view(Req *r, const UnansweredNeed *u) {
	return (UnansweredRow){.u = u, .id = str_format(r->c->arena, "zapis-%lld", (long long)u->head.id), .place = district_name(r, u->district),
	                       .group = code_name(r, "target_group", u->target_group), .kind = code_name(r, "service_kind", u->kind),
	                       .capacity = need_capacity_text(r->c->arena, u->missing_capacity.hundredths, u->unit),
	                       .resolution_href = resolution_link(r->c, u->resolution), .reason = code_name(r, "no_answer_reason", u->reason), .is_over = date_is(u->ended_on)};
}

static void add_option(Req *r, FieldView *f, Str value, Str label) {
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) =
		(OptionView){.value = value, .label = label, .chosen = str_eq(value, query(r, str_z(r->c->arena, f->name)))};
}

static void add_codes(Req *r, FieldView *f, const char *list) {
	CodeItems items = {0};
	add_option(r, f, (Str){0}, S("nerozhoduje"));
	if (codelist_items(r->c, list, r->c->today, &items) == OK)
		for (size_t i = 0; i < items.len; i++)
			add_option(r, f, items.at[i]->code, items.at[i]->name);
}

static Err add_fields(Req *r, UnansweredView *v) {
	const Unit *region = territory_region(r->c);
	Units       districts;
	v->fields[0] = (FieldView){.kind = FIELD_SELECT, .name = S("orp"), .label = S("Obvod ORP")};
	v->fields[1] = (FieldView){.kind = FIELD_SELECT, .name = S("skupina"), .label = S("Cílová skupina")};
	v->fields[2] = (FieldView){.kind = FIELD_SELECT, .name = S("duvod"), .label = S("Důvod")};
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &districts));
	add_option(r, &v->fields[0], (Str){0}, S("nerozhoduje"));
	for (size_t i = 0; i < districts.len; i++)
		add_option(r, &v->fields[0], districts.at[i]->slug, districts.at[i]->name);
	add_codes(r, &v->fields[1], "target_group");
	add_codes(r, &v->fields[2], "no_answer_reason");
	return OK;
}

Err page_unanswered(Req *r) {
	Arena     *a = r->c->arena;
	Chosen     k;
	EntityList rows;
	i64        open, over;
	TRY(read_choice(r, &k));
	TRY(read_rows(r, &k, &rows, &open, &over));
	if (r->format != PAGE_HTML)
		return send(r, &rows);
	UnansweredView v = {0};
	TRY(add_fields(r, &v));
	for (size_t i = (size_t)(k.page - 1) * PAGE_SIZE; i < rows.len && i < (size_t)k.page * PAGE_SIZE; i++)
		*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = row_view(r, rows.at[i]);
	*ARENA_PUSH(a, v.tabs.at, v.tabs.len, v.tabs.cap) = (TabView){.label = S("Platné"), .href = url_with(r, "stav", (Str){0}), .current = !k.over, .counted = true, .count = open};
	*ARENA_PUSH(a, v.tabs.at, v.tabs.len, v.tabs.cap) = (TabView){.label = S("Skončené"), .href = url_with(r, "stav", S("skoncene")), .current = k.over, .counted = true, .count = over};
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	CLEANUP(buf_free) Buf found = {0};
	buf_lit(&found, "Nalezeno ");
	fmt_count(&found, (i64)rows.len, "zápis", "zápisy", "zápisů");
	v.found = buf_take(&found, a);
	Str here = url_with(r, "strana", (Str){0});
	v.pager = (PagerView){.label = S("Stránkování zápisů"), .page = k.page, .pages = ((i64)rows.len + PAGE_SIZE - 1) / PAGE_SIZE,
	                      .base = str_cat(a, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
	r->description = S("Potřeby, na které síť sociálních služeb neodpoví: důvod, rozhodnutí a datum přezkumu.");
	crumb(r, S("Potřeby území"), S("/potreby"));
	view_unanswered(page(r, S("Na co síť neodpoví")), &v);
	return OK;
}
