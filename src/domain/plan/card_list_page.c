/* card_list_page.c: activity cards of a plan as a list with filters, a drawing in time and files. */
#include "base/format.h"
#include "core/access.h"
#include "domain/needs/need.h"
#include "domain/plan/card.html.h"
#include "domain/plan/card_page.h"

/* ---- words ---- */

TagKind card_tone(const ActivityCard *k) {
	const State *s = machine_state(&card_machine, k->state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

Str card_places_text(Ctx *c, const Units *places) {
	return units_text(c->arena, places);
}

static Str capacity_text(Ctx *c, const ActivityCard *k) {
	CLEANUP(buf_free) Buf now = {0};
	fmt_plain(&now, str_eq(k->unit, S("L")) ? k->capacity_now.hundredths / 100 : k->capacity_now.hundredths, str_eq(k->unit, S("L")) ? 0 : 2, ',');
	return str_format(c->arena, "%.*s → %.*s", STR_ARG(buf_view(&now)), STR_ARG(need_capacity_text(c->arena, k->capacity_target.hundredths, k->unit)));
}

/* ---- who may know of what ---- */

bool card_is_for(Req *r, const Plan *p, const ActivityCard *k) {
	if (card_is_public(r->c, p, k))
		return true;
	return entity_in_scope(r->c, &card_entity, k);
}

Err cards_for(Req *r, const Plan *p, Cards *ret) {
	Cards all;
	*ret = (Cards){0};
	TRY(cards_of(r->c, p, CARDS_ALL, &all));
	for (size_t i = 0; i < all.len; i++)
		if (card_is_for(r, p, all.at[i]))
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return OK;
}

/* Where a card opens: in the office for whom its record is, else where everybody reads it. */
Str card_href(Req *r, const Plan *p, const ActivityCard *k, bool office) {
	if (office && entity_in_scope(r->c, &card_entity, k))
		return str_format(r->c->arena, "/app/karty/%lld", (long long)k->head.id);
	return str_format(r->c->arena, "/plan/%.*s/karty/%.*s", STR_ARG(p->slug), STR_ARG(k->code));
}

/* ---- the filter ---- */

typedef struct Asked {
	Plan       *plan;
	Strategy    strategy;
	Str         measure, group, kind, state, implementer;
	Implementers known;                      /* of all cards that the person may know of, by name */
	const Unit *district;
	Units       districts;
	Cards       found;
	Units      *places;                      /* one per found card */
	size_t      all;
} Asked;

/* Is the item the one of the code, or does it stand somewhere below it. */
static bool is_below(const Strategy *s, Id item, Str code) {
	for (const StrategyItem *at = strategy_find(s, item); at; at = strategy_find(s, at->parent))
		if (str_eq(at->code, code))
			return true;
	return false;
}

static bool passes(Req *r, const Asked *q, const ActivityCard *k, const Units *places) {
	return (!q->measure.len || is_below(&q->strategy, k->measure, q->measure)) && (!q->group.len || strs_have(&k->target_groups, q->group)) &&
	       (!q->kind.len || strs_have(&k->kinds, q->kind)) && (!q->state.len || str_eq(k->state, q->state)) &&
	       (!q->district || card_reaches(r->c, places, q->district->id));
}

static bool is_carried_by(const Implementers *all, Str key) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].key, key))
			return true;
	return !key.len;
}

static void note_implementers(Arena *a, Asked *q, const Implementers *some) {
	for (size_t i = 0; i < some->len; i++)
		if (!q->known.len || !is_carried_by(&q->known, some->at[i].key))
			*ARENA_PUSH(a, q->known.at, q->known.len, q->known.cap) = some->at[i];
}

static Err ask(Req *r, bool office, Asked *q) {
	const Unit *region = territory_region(r->c);
	Cards       all;
	TRY(plan_of_address(r, office, &q->plan));
	TRY(strategy_of(r->c, q->plan->head.id, &q->strategy));
	q->measure = query(r, "opatreni");
	q->group = query(r, "skupina");
	q->kind = query(r, "druh");
	q->state = query(r, "stav");
	q->implementer = query(r, "realizator");
	if (region)
		TRY(territory_below(r->c, region->id, LEVEL_DISTRICT, TODAY, &q->districts));
	if (query(r, "orp").len && !(q->district = territory_by_slug(r->c, LEVEL_DISTRICT, query(r, "orp"))))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový obvod ORP tu není. Vyberte jej z nabídky na stránce karet.");
	TRY(cards_for(r, q->plan, &all));
	q->all = all.len;
	q->places = NEW_ARRAY(r->c->arena, Units, all.len + 1);
	for (size_t i = 0; i < all.len; i++) {
		Units        places;
		Implementers of_card;
		TRY(card_territories(r->c, all.at[i]->head.id, &places));
		TRY(card_implementers(r->c, all.at[i], &of_card));
		note_implementers(r->c->arena, q, &of_card);
		if (!passes(r, q, all.at[i], &places) || !is_carried_by(&of_card, q->implementer))
			continue;
		q->places[q->found.len] = places;
		*ARENA_PUSH(r->c->arena, q->found.at, q->found.len, q->found.cap) = all.at[i];
	}
	return OK;
}

/* ---- files ---- */

static Str names_of(Ctx *c, const char *list, const Strs *codes) {
	Strs names = {0};
	for (size_t i = 0; i < codes->len; i++)
		strs_add(c->arena, &names, codelist_name(c, list, codes->at[i]));
	return str_join(c->arena, S("; "), names);
}

static Err send(Req *r, const Asked *q) {
	static const TableColumn columns[] = {
		{"kod", "Kód", CELL_TEXT, 0, 10}, {"nazev", "Název", CELL_TEXT, 0, 50}, {"kod_opatreni", "Kód opatření", CELL_TEXT, 0, 12},
		{"opatreni", "Opatření", CELL_TEXT, 0, 40}, {"druh_zmeny", "Druh změny", CELL_TEXT, 0, 14}, {"jednotka", "Jednotka", CELL_TEXT, 0, 10},
		{"kapacita_nyni", "Kapacita nyní", CELL_DECIMAL, 2, 14}, {"kapacita_cilova", "Cílová kapacita", CELL_DECIMAL, 2, 14}, {"uzemi", "Území", CELL_TEXT, 0, 30},
		{"cilove_skupiny", "Cílové skupiny", CELL_TEXT, 0, 40}, {"druhy_sluzeb", "Druhy služeb", CELL_TEXT, 0, 40}, {"od", "Od", CELL_DATE, 0, 12},
		{"do", "Do", CELL_DATE, 0, 12}, {"odpovida", "Odpovídá", CELL_TEXT, 0, 30}, {"stav", "Stav", CELL_TEXT, 0, 12},
	};
	FileFormat f = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        file = str_format(r->c->arena, "karty-%.*s.%s", STR_ARG(q->plan->slug), format_suffix(f));
	TRY(download_start(r, format_type(f), f == FORMAT_JSON ? (Str){0} : file, out));
	TableWriter *w = table_open(r->c->arena, out, f, S("Karty aktivit"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < q->found.len; i++) {
		const ActivityCard *k = q->found.at[i];
		const StrategyItem *m = strategy_find(&q->strategy, k->measure);
		table_text(w, k->code);
		table_text(w, k->title);
		table_text(w, m ? m->code : (Str){0});
		table_text(w, m ? m->title : (Str){0});
		table_text(w, codelist_name(r->c, "card_change", k->change_type));
		table_text(w, k->unit);
		table_int(w, k->capacity_now.hundredths);
		table_int(w, k->capacity_target.hundredths);
		table_text(w, card_places_text(r->c, &q->places[i]));
		table_text(w, names_of(r->c, "target_group", &k->target_groups));
		table_text(w, names_of(r->c, "service_kind", &k->kinds));
		table_date(w, k->starts_on);
		table_date(w, k->ends_on);
		table_text(w, k->responsible);
		table_text(w, state_title(&card_machine, k->state));
		table_row_end(w);
	}
	TRY(table_close(w));
	return download_end(r, out);
}

/* ---- the page ---- */

static void add_option(Arena *a, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static FieldView choice(Arena *a, const char *name, const char *label, Str chosen) {
	FieldView f = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(label)};
	add_option(a, &f, (Str){0}, S("všechny"), chosen);
	return f;
}

static Err add_codes(Req *r, FieldView *f, const char *list, Str chosen) {
	CodeItems items;
	TRY(codelist_items(r->c, list, r->c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		add_option(r->c->arena, f, items.at[i]->code, items.at[i]->name, chosen);
	return OK;
}

static Err add_fields(Req *r, const Asked *q, CardsPage *v) {
	Arena *a = r->c->arena;
	Str    orp = q->district ? q->district->slug : (Str){0};
	FieldView *f = v->fields;
	f[0] = choice(a, "opatreni", "Priorita, cíl nebo opatření", q->measure);
	for (size_t i = 0; i < q->strategy.len; i++)
		add_option(a, &f[0], q->strategy.at[i]->code, str_format(a, "%.*s %.*s", STR_ARG(q->strategy.at[i]->code), STR_ARG(q->strategy.at[i]->title)), q->measure);
	f[1] = choice(a, "orp", "Obvod ORP", orp);
	for (size_t i = 0; i < q->districts.len; i++)
		add_option(a, &f[1], q->districts.at[i]->slug, q->districts.at[i]->name, orp);
	f[2] = choice(a, "skupina", "Cílová skupina", q->group);
	TRY(add_codes(r, &f[2], "target_group", q->group));
	f[3] = choice(a, "druh", "Druh služby", q->kind);
	TRY(add_codes(r, &f[3], "service_kind", q->kind));
	f[4] = choice(a, "stav", "Stav", q->state);
	f[5] = choice(a, "realizator", "Realizátor", q->implementer);
	for (size_t i = 0; i < q->known.len; i++)
		add_option(a, &f[5], q->known.at[i].key, q->known.at[i].name, q->implementer);
	return add_codes(r, &f[4], "card_state", q->state);
}

Links card_ways(Req *r, const Plan *p, bool office, const char *current) {
	static const char *const all[][2] = {{"karty", "Karty aktivit"}, {"financovani", "Financování karet"}, {"vyhled", "Výhled financování"}, {"plneni", "Plnění"}};
	Links ret = {0};
	Arena *a = r->c->arena;
	for (size_t i = 0; i < LEN(all); i++)
		*ARENA_PUSH(a, ret.at, ret.len, ret.cap) = (LinkView){.label = office && i == 0 ? S("Veřejná stránka karet") : str_c(all[i][1]),
				.current = !office && strcmp(all[i][0], current) == 0, .href = str_format(a, "/plan/%.*s/%s", STR_ARG(p->slug), all[i][0])};
	if (!office)
		return ret;
	*ARENA_PUSH(a, ret.at, ret.len, ret.cap) = (LinkView){.label = S("Strategie plánu"), .href = str_format(a, "/app/plan/%.*s/strategie", STR_ARG(p->slug))};
	*ARENA_PUSH(a, ret.at, ret.len, ret.cap) = (LinkView){
		.label = may(r->c, CAP_CARD_UPDATE) ? S("Karty v tabulce: soubor XLSX tam a zpět") : S("Moje karty v tabulce"),
		.href = str_format(a, "/app/karty?plan=%lld", (long long)p->head.id)};
	return ret;
}

/* The list, or a board by state or by priority; the address says which. */
static Err add_shapes(Req *r, const Asked *q, bool office, CardsPage *v) {
	static const char *const shapes[][2] = {{"", "Seznam"}, {"stav", "Tabule podle stavu"}, {"priorita", "Tabule podle priorit"}};
	Arena *a = r->c->arena;
	Str    shape = query(r, "tabule");
	bool   known = false;
	for (size_t i = 0; i < LEN(shapes); i++) {
		bool current = str_eq(shape, str_c(shapes[i][0]));
		known = known || current;
		*ARENA_PUSH(a, v->shapes.at, v->shapes.len, v->shapes.cap) = (LinkView){.label = str_c(shapes[i][1]), .current = current,
			.href = url_with(r, "tabule", str_c(shapes[i][0]))};
	}
	if (!known)
		return fail(r->c, ERR_MALFORMED, NULL, "Takovou podobu seznam nemá. Vyberte ji z odkazů nad kartami.");
	v->is_board = shape.len > 0;
	if (!v->is_board)
		return OK;
	*ARENA_PUSH(a, v->keep.at, v->keep.len, v->keep.cap) = (HiddenView){S("tabule"), shape};
	TRY(card_board(r, q->plan, &q->strategy, &q->found, office, str_eq(shape, S("priorita")), &v->board));
	v->board.next = url_with(r, "tabule", shape);
	return OK;
}

static void add_lines(Req *r, const Asked *q, bool office, CardsPage *v) {
	Arena *a = r->c->arena;
	for (size_t i = 0; i < q->found.len; i++) {
		const ActivityCard *k = q->found.at[i];
		const StrategyItem *m = strategy_find(&q->strategy, k->measure);
		CLEANUP(buf_free) Buf days = {0};
		fmt_date_range(&days, k->starts_on, k->ends_on);
		*ARENA_PUSH(a, v->lines.at, v->lines.len, v->lines.cap) = (CardLine){
			.href = card_href(r, q->plan, k, office), .id = office && card_may_edit(r->c, k) ? k->head.id : 0,
			.code = k->code, .title = k->title, .places = card_places_text(r->c, &q->places[i]), .capacity = capacity_text(r->c, k),
			.measure = m ? str_format(a, "%.*s %.*s", STR_ARG(m->code), STR_ARG(m->title)) : (Str){0}, .dates = buf_take(&days, a),
			.state = state_title(&card_machine, k->state), .tone = card_tone(k)};
	}
}

Err card_list_show(Req *r, bool office) {
	Arena    *a = r->c->arena;
	Asked     q = {0};
	CardsPage v = {.title = S("Karty aktivit")};
	TRY(ask(r, office, &q));
	if (r->format != PAGE_HTML)
		return send(r, &q);
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, (i64)q.found.len, "karta", "karty", "karet");
	v.count = buf_take(&count, a);
	v.lead = str_format(a, "Co se v letech %lld–%lld změní, kde, pro koho a za kolik.", (long long)q.plan->year_from, (long long)q.plan->year_to);
	v.action = str_format(a, "%s/plan/%.*s/karty", office ? "/app" : "", STR_ARG(q.plan->slug));
	v.is_filtered = q.measure.len || q.group.len || q.kind.len || q.state.len || q.implementer.len || q.district;
	v.empty = q.all ? (EmptyView){.title = S("Výběru neodpovídá žádná karta"), .text = S("Zrušte některý filtr.")}
	                : (EmptyView){.title = S("Plán zatím nemá zveřejněné karty"), .text = S("Karty se objeví, až kraj návrh plánu zveřejní k připomínkám.")};
	v.ways = card_ways(r, q.plan, office, "karty");
	if (office && (may(r->c, CAP_CARD_CREATE) || may(r->c, CAP_CARD_PROPOSE)))
		v.new_href = str_cat(a, v.action, S("/nova"));
	if (!office && may(r->c, CAP_CARD_READ))
		v.office = str_cat(a, S("/app"), v.action);
	TRY(add_fields(r, &q, &v));
	TRY(add_shapes(r, &q, office, &v));
	add_lines(r, &q, office, &v);
	if (!v.is_board)
		v.drawing = card_timeline(a, q.plan, &q.found);
	for (size_t i = 0; i < v.lines.len && !v.is_board; i++)
		v.may_choose = v.may_choose || v.lines.at[i].id;
	v.bulk = str_cat(a, v.action, S("/hromadne"));
	static const char *const files[][2] = {{"Tabulka (XLSX)", "xlsx"}, {"CSV", "csv"}, {"JSON", "json"}};
	for (size_t i = 0; i < LEN(files); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(files[i][0]), .href = url_with_format(r, files[i][1])};
	view_cards(page(r, v.title), &v);
	return OK;
}

Err page_cards(Req *r) {
	return card_list_show(r, false);
}

Err page_office_cards(Req *r) {
	return card_list_show(r, true);
}
