/* needs_list_page.c: the list of needs with filters, sums of what was found, and downloads. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/needs/needs.html.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/needs_parts_page.h"

/* ---- rows ---- */

Str year_text(Arena *a, i64 year) {
	return year == BLANK ? (Str){0} : str_format(a, "%lld", (long long)year);
}

Str unit_name(Ctx *c, Id id) {
	const Unit *u = id ? territory_by_id(c, id) : NULL;
	if (!u)
		return S("neznámé území");
	return str_eq(u->level, S(LEVEL_DISTRICT)) ? str_cat(c->arena, S("celé území ORP "), u->name) : u->name;
}

TagKind need_tone(Str state) {
	const State *s = machine_state(&need_machine, state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

static NeedRow row_view(Ctx *c, const Need *n) {
	return (NeedRow){
		.href = str_format(c->arena, "/app/potreby/%lld", (long long)n->head.id), .title = n->title, .place = unit_name(c, n->territory),
		.year = year_text(c->arena, n->year), .group = codelist_name(c, "target_group", n->target_group), .persons = n->persons,
		.capacity = need_capacity_text(c->arena, n->missing_capacity.hundredths, n->unit),
		.place_in_order = n->rank_district == BLANK ? S("–") : str_format(c->arena, "%lld.", (long long)n->rank_district),
		.state = state_title(&need_machine, n->state), .tone = need_tone(n->state)};
}

/* ---- sums of everything that was found ---- */

typedef struct Sums { i64 persons, fte, beds, ranked; } Sums;

static Err add_up(void *arg, void *row) {
	Sums       *s = arg;
	const Need *n = row;
	s->persons += n->persons == BLANK ? 0 : n->persons;
	s->ranked += n->rank_district != BLANK;
	if (n->missing_capacity.hundredths != BLANK)
		*(str_eq(n->unit, S("L")) ? &s->beds : &s->fte) += n->missing_capacity.hundredths;
	return OK;
}

static Str number(Arena *a, i64 n, int places) {
	CLEANUP(buf_free) Buf b = {0};
	if (places)
		fmt_decimal(&b, n, places);
	else
		fmt_int(&b, n);
	return buf_take(&b, a);
}

static Err add_sums(Req *r, const ListQuery *q, i64 total, NeedsView *v) {
	Arena    *a = r->c->arena;
	Sums      s = {0};
	ListQuery all = *q;
	if (!total)
		return OK;
	all.limit = -1;
	all.offset = 0;
	TRY(entity_each(r->c, &need_entity, &all, add_up, &s));
	KpiView kpis[] = {
		{.label = S("Osoby na kartách"), .value = number(a, s.persons, 0), .note = S("jeden člověk může být na více kartách")},
		{.label = S("Chybějící úvazky"), .value = number(a, s.fte, 2)}, {.label = S("Chybějící lůžka"), .value = number(a, s.beds / 100, 0)},
		{.label = S("S místem v pořadí obvodu"), .value = number(a, s.ranked, 0), .unit = str_format(a, "z %lld", (long long)total), .done = s.ranked, .total = total},
	};
	for (size_t i = 0; i < LEN(kpis); i++)
		*ARENA_PUSH(a, v->sums.at, v->sums.len, v->sums.cap) = kpis[i];
	return OK;
}

/* ---- filters ---- */

static void add_option(Arena *a, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static FieldView code_filter(Req *r, const char *name) {
	const Field *f = entity_field(&need_entity, str_c(name));
	FieldView    v = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(f->label)};
	CodeItems    items = {0};
	Str          chosen = query(r, name);
	add_option(r->c->arena, &v, (Str){0}, S("nerozhoduje"), chosen);
	if (codelist_items(r->c, f->codelist, r->c->today, &items) == OK)
		for (size_t i = 0; i < items.len; i++)
			add_option(r->c->arena, &v, items.at[i]->code, items.at[i]->name, chosen);
	return v;
}

static Err district_filter(Req *r, FieldView *ret) {
	const Unit *region = territory_region(r->c);
	Units       districts = {0};
	Str         chosen = query(r, "district");
	*ret = (FieldView){.kind = FIELD_SELECT, .name = S("district"), .label = S("Obvod ORP")};
	add_option(r->c->arena, ret, (Str){0}, S("nerozhoduje"), chosen);
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &districts));
	for (size_t i = 0; i < districts.len; i++)
		add_option(r->c->arena, ret, str_format(r->c->arena, "%lld", (long long)districts.at[i]->id), districts.at[i]->name, chosen);
	return OK;
}

static Err add_filters(Req *r, NeedsView *v) {
	RowScope s = access_scope(r->c, CAP_NEED_READ);
	v->filters[v->filter_count++] = code_filter(r, "state");
	if (s.all || s.district_count > 1)
		TRY(district_filter(r, &v->filters[v->filter_count++]));
	v->filters[v->filter_count++] = code_filter(r, "target_group");
	v->filters[v->filter_count++] = code_filter(r, "kind");
	v->filters[v->filter_count++] = (FieldView){.name = S("year"), .label = S("Rok"), .value = query(r, "year"), .width = WIDTH_5, .input_mode = "numeric"};
	return OK;
}

/* ---- the page ---- */

static void add_column(Req *r, NeedsView *v, const char *label, const char *field, const Field *order, bool descending, bool is_number) {
	ColumnView c = {.label = str_c(label), .is_number = is_number};
	if (field) {
		bool is_this = order && strcmp(order->name, field) == 0;
		c.sorted = !is_this ? NOT_SORTED : descending ? SORTED_DOWN : SORTED_UP;
		c.href = str_format(r->c->arena, "%.*s%s", STR_ARG(url_with(r, "radit", str_c(field))), is_this && !descending ? "&smer=dolu" : "");
	}
	*ARENA_PUSH(r->c->arena, v->columns.at, v->columns.len, v->columns.cap) = c;
}

static void add_button(Req *r, NeedsView *v, const char *text, const char *href, const char *capability) {
	if (may(r->c, capability))
		*ARENA_PUSH(r->c->arena, v->buttons.at, v->buttons.len, v->buttons.cap) =
			(BtnView){.text = str_c(text), .href = str_c(href), .kind = v->buttons.len || strcmp(capability, CAP_NEED_CREATE) != 0 ? BTN_SECONDARY : BTN_PRIMARY};
}

static void add_buttons(Req *r, NeedsView *v) {
	add_button(r, v, "Zapsat potřebu", "/app/potreby/nova", CAP_NEED_CREATE);
	add_button(r, v, "Načíst ze souboru", "/app/potreby/import", CAP_NEED_CREATE);
	add_button(r, v, "Pořadí potřeb", "/app/potreby/poradi", CAP_NEED_READ);
	add_button(r, v, "Optimální kapacity", "/app/potreby/optimalni", CAP_NEED_READ);
	add_button(r, v, "Snímky", "/app/potreby/snimky", CAP_NEEDS_SNAPSHOT);
}

/* url_with drops no direction: the order of another column begins upwards. */
static ListState without_direction(ListState s) {
	s.query.descending = s.query.order && s.query.descending;
	return s;
}

Err page_needs(Req *r) {
	Arena     *a = r->c->arena;
	ListState  s;
	EntityList rows;
	TRY(list_state_read(r, &need_entity, &s));
	s = without_direction(s);
	if (r->format != PAGE_HTML)
		return list_export(r, &need_entity, &s.query);
	TRY(entity_list(r->c, &need_entity, &s.query, &rows));
	NeedsView v = {.search = query(r, "q"), .chips = s.chips,
	               .lead = S("Co lidem v území chybí, pro koho, kde a kolik. Potřebu lze zapsat kdykoli; projedná ji skupina, obvod jí dá pořadí a kraj o ní rozhodne.")};
	for (size_t i = 0; i < rows.len; i++)
		*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = row_view(r->c, rows.at[i]);
	static const struct { const char *label, *field; bool is_number; } columns[] = {
		{"Potřeba", "title", false}, {"Cílová skupina", NULL, false}, {"Osob", "persons", true}, {"Chybí", "missing_capacity", true},
		{"Pořadí v obvodu", "rank_district", true}, {"Stav", NULL, false},
	};
	const Field *order = s.query.order ? s.query.order : entity_field(&need_entity, S("title"));
	for (size_t i = 0; i < LEN(columns); i++)
		add_column(r, &v, columns[i].label, columns[i].field, order, s.query.descending, columns[i].is_number);
	TRY(add_filters(r, &v));
	TRY(add_sums(r, &s.query, rows.total, &v));
	add_buttons(r, &v);
	v.pager = (PagerView){.label = S("Stránkování potřeb"), .page = s.page, .pages = (rows.total + s.page_size - 1) / s.page_size};
	Str here = url_with(r, "strana", (Str){0});
	v.pager.base = str_cat(a, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="));
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	v.empty = s.chips.len ? (EmptyView){.title = S("Žádná potřeba neodpovídá"), .text = S("Zkuste některý z filtrů zrušit nebo hledat kratší slovo.")}
	                      : (EmptyView){.title = S("Zatím tu není žádná potřeba"), .text = S("Potřebu zapíše obec, koordinátor, skupina, poskytovatel nebo kraj.")};
	CLEANUP(buf_free) Buf found = {0};
	buf_lit(&found, "Nalezeno ");
	fmt_count(&found, rows.total, "potřeba", "potřeby", "potřeb");
	v.found = buf_take(&found, a);
	view_needs(page(r, S("Potřeby území")), &v);
	return OK;
}
