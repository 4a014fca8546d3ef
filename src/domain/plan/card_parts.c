/* card_parts.c: what belongs to a card: territories, relations to other cards, years with money, indicators and their monitoring. */
#include <stdlib.h>

#include "core/access.h"
#include "domain/plan/card_inside.h"

/* Parts of a card have no place of their own: whoever may write the card may write them. The region may always, others while their card is a proposal. */
Err card_check_right(Ctx *c, Id card) {
	ActivityCard *k;
	if (c->actor->is_program || access_scope(c, CAP_CARD_UPDATE).all)
		return OK;
	TRY(card_stored(c, card, &k));
	if (card_may_edit(c, k))
		return OK;
	if (!entity_in_scope(c, &card_entity, k))
		return fail(c, ERR_NOT_FOUND, NULL, "Taková karta tu není, nebo ji nemůžete měnit. Vyberte kartu svého obvodu.");
	if (!str_eq(k->state, S(CARD_PROPOSED)))
		return fail(c, ERR_INVALID, NULL, "Schválenou kartu mění jen kraj. Napište koordinátorovi plánu, co je třeba změnit.");
	return fail(c, ERR_INVALID, NULL, "Tento návrh podal někdo jiný. Napište koordinátorovi plánu, co by se v něm mělo změnit.");
}

static Id card_of(const Entity *e, const void *row) {
	return *(const Id *)field_in(entity_field(e, S("card")), row);
}

/* As it is stored; NULL = it is being made. */
static Err part_before(Ctx *c, const Entity *e, const void *row, void **ret) {
	Id     id = ((const EntityHead *)row)->id;
	size_t said = c->problems.len;
	Err    err = id ? store_get(c, e, TODAY, id, ret) : ERR_NOT_FOUND;
	if (err != ERR_NOT_FOUND)
		return err;
	c->problems.len = said;
	*ret = NULL;
	return OK;
}

Err card_check_part(Ctx *c, const Entity *e, const void *row) {
	void *before;
	TRY(card_check_right(c, card_of(e, row)));
	TRY(part_before(c, e, row, &before));
	return before && card_of(e, before) != card_of(e, row) ? card_check_right(c, card_of(e, before)) : OK;
}

static Err check_year_of(Ctx *c, Id card, i64 year) {
	ActivityCard *k;
	Plan *p;
	TRY(card_stored(c, card, &k));
	TRY(plan_stored(c, k->plan, &p));
	if (year < p->year_from || year > p->year_to)
		return fail(c, ERR_INVALID, "year", "Rok: plán je na roky %lld–%lld.", (long long)p->year_from, (long long)p->year_to);
	return OK;
}

/* ---- where ---- */

static Err check_territory(Ctx *c, const void *row) {
	return card_check_part(c, &card_territory_entity, row);
}

ENTITY(card_territory_entity, CardTerritory, CARD_TERRITORY_FIELDS, .name = "card_territory", .table = "card_territory", .one = "území karty",
       .many = "území karet", .of_many = "území karet", .article = "n", .key = "card,territory", .order = "card", .scope_parent = "card", .read = CAP_CARD_READ,
       .write = CAP_CARD_UPDATE, .path = "/app/karty-uzemi", .check = check_territory, .raises_data_version = true)

static int by_order(const void *x, const void *y) {
	const Unit *a = *(const Unit *const *)x, *b = *(const Unit *const *)y;
	return a->order < b->order ? -1 : a->order > b->order;
}

Err card_territories(Ctx *c, Id card, Units *ret) {
	CardIds ids;
	*ret = (Units){0};
	TRY(ids_read(c, &sql_card_territory_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		const Unit *u = territory_by_id(c, ids.at[i]);
		if (u)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = u;
	}
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_order);
	return OK;
}

Str units_text(Arena *a, const Units *places) {
	Strs names = {0};
	for (size_t i = 0; i < places->len; i++)
		strs_add(a, &names, places->at[i]->name);
	return str_join(a, S(", "), names);
}

bool card_reaches(Ctx *c, const Units *places, Id district) {
	for (size_t i = 0; i < places->len; i++) {
		const Unit *u = places->at[i], *above;
		if (u->id == district || str_eq(u->level, S(LEVEL_REGION)))
			return true;
		above = territory_above(c, u->id, LEVEL_DISTRICT, TODAY);
		if (above && above->id == district)
			return true;
	}
	return false;
}

/* ---- relations ---- */

/* Can `to` be reached from `from` by what cards depend on. */
static bool leads_to(const CardRelations *all, Id from, Id to, CardIds *seen, Arena *a) {
	if (from == to)
		return true;
	for (size_t i = 0; i < seen->len; i++)
		if (seen->at[i] == from)
			return false;
	*ARENA_PUSH(a, seen->at, seen->len, seen->cap) = from;
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].card == from && str_eq(all->at[i].kind, S(RELATION_DEPENDS)) && leads_to(all, all->at[i].other, to, seen, a))
			return true;
	return false;
}

Err card_relations_of(Ctx *c, Id plan, CardRelations *ret) {
	*ret = (CardRelations){0};
	Rows r = db_query(ctx_conn(c), &sql_card_relations_of_plan, P(V(plan)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
			(CardRelation){.head = {.id = col_int(&r, 0)}, .card = col_int(&r, 1), .kind = str_dup(c->arena, col_text(&r, 2)), .other = col_int(&r, 3)};
	return rows_end(&r) == OK ? OK : fail_internal(c, "relations of cards");
}

static bool same_two(const CardRelation *x, const CardRelation *y) {
	return (x->card == y->card && x->other == y->other) || (x->card == y->other && x->other == y->card);
}

/* An exclusion belongs to both cards, whichever stands first. */
static Err check_one_relation(Ctx *c, const CardRelation *r) {
	size_t said = c->problems.len;
	Err    e = card_check_right(c, r->card);
	if (e == OK || !str_eq(r->kind, S(RELATION_EXCLUDES)))
		return e;
	c->problems.len = said;
	return card_check_right(c, r->other);
}

static Err check_relation_right(Ctx *c, const CardRelation *r) {
	void *before;
	TRY(check_one_relation(c, r));
	TRY(part_before(c, &card_relation_entity, r, &before));
	return before ? check_one_relation(c, before) : OK;
}

static Err check_relation(Ctx *c, const void *row) {
	const CardRelation *r = row;
	ActivityCard *card, *other;
	CardRelations all;
	CardIds           seen = {0};
	TRY(check_relation_right(c, r));
	TRY(card_stored(c, r->card, &card));
	TRY(card_stored(c, r->other, &other));
	if (card->head.id == other->head.id)
		return fail(c, ERR_INVALID, "other", "Druhá karta: karta nemůže mít vazbu sama na sebe.");
	if (card->plan != other->plan)
		return fail(c, ERR_INVALID, "other", "Druhá karta: karta %.*s je z jiného plánu.", STR_ARG(other->code));
	TRY(card_relations_of(c, card->plan, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].head.id != r->head.id && same_two(&all.at[i], r))
			return fail(c, ERR_INVALID, "other", "Druhá karta: karty %.*s a %.*s už vazbu mají.", STR_ARG(card->code), STR_ARG(other->code));
	if (str_eq(r->kind, S(RELATION_DEPENDS)) && leads_to(&all, r->other, r->card, &seen, c->arena))
		return fail(c, ERR_INVALID, "other", "Druhá karta: %.*s sama závisí na kartě %.*s, vznikl by kruh.", STR_ARG(other->code), STR_ARG(card->code));
	return OK;
}

/* An exclusion holds both ways, so it is written one way only. */
static Err prepare_relation(Ctx *c, void *row) {
	CardRelation *r = row;
	(void)c;
	if (str_eq(r->kind, S(RELATION_EXCLUDES)) && r->card > r->other) {
		Id first = r->other;
		r->other = r->card;
		r->card = first;
	}
	return OK;
}

ENTITY(card_relation_entity, CardRelation, CARD_RELATION_FIELDS, .name = "card_relation", .table = "card_relation", .one = "vazba karet", .many = "vazby karet",
       .of_many = "vazeb karet", .article = "f", .key = "card,kind,other", .order = "card", .scope_parent = "card", .read = CAP_CARD_READ, .write = CAP_CARD_UPDATE,
       .path = "/app/karty-vazby", .check = check_relation, .prepare = prepare_relation, .raises_data_version = true)

Err card_related(Ctx *c, Id card, const char *kind, Cards *ret) {
	CardIds ids;
	*ret = (Cards){0};
	TRY(ids_read(c, strcmp(kind, RELATION_DEPENDS) == 0 ? &sql_card_depends_ids : &sql_card_excludes_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(card_stored(c, ids.at[i], ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

/* ---- years and sources ---- */

static Err check_year(Ctx *c, const void *row) {
	const CardYear *y = row;
	TRY(card_check_part(c, &card_year_entity, y));
	return check_year_of(c, y->card, y->year);
}
ENTITY(card_year_entity, CardYear, CARD_YEAR_FIELDS, .name = "card_year", .table = "card_year", .one = "rok karty", .many = "roky karet", .of_many = "roků karet",
       .article = "m", .key = "card,year", .order = "year", .scope_parent = "card", .read = CAP_CARD_READ,
       .write = CAP_CARD_UPDATE, .path = "/app/karty-roky", .check = check_year,
       .raises_data_version = true)

static Err check_source(Ctx *c, const void *row) {
	const CardSource *s = row;
	TRY(card_check_part(c, &card_source_entity, s));
	return check_year_of(c, s->card, s->year);
}
ENTITY(card_source_entity, CardSource, CARD_SOURCE_FIELDS, .name = "card_source", .table = "card_source", .one = "zdroj karty", .many = "zdroje karet",
       .of_many = "zdrojů karet", .article = "m", .key = "card,year,source", .order = "year", .scope_parent = "card", .read = CAP_CARD_READ, .write = CAP_CARD_UPDATE,
       .path = "/app/karty-zdroje", .check = check_source, .raises_data_version = true)

Err card_years(Ctx *c, Id card, CardYears *ret) {
	CardIds   ids;
	void *row;
	*ret = (CardYears){0};
	TRY(ids_read(c, &sql_card_year_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		TRY(store_get(c, &card_year_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err card_sources(Ctx *c, Id card, CardSources *ret) {
	CardIds   ids;
	void *row;
	*ret = (CardSources){0};
	TRY(ids_read(c, &sql_card_source_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		TRY(store_get(c, &card_source_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

/* ---- indicators ---- */

static Err check_indicator(Ctx *c, const void *row) {
	return card_check_part(c, &card_indicator_entity, row);
}

ENTITY(card_indicator_entity, CardIndicator, CARD_INDICATOR_FIELDS, .name = "card_indicator", .table = "card_indicator", .one = "ukazatel karty",
       .many = "ukazatele karet", .of_many = "ukazatelů karet", .article = "m", .key = "card,name", .title = "name", .order = "name",
       .scope_parent = "card", .read = CAP_CARD_READ,
       .write = CAP_CARD_UPDATE, .path = "/app/karty-ukazatele", .check = check_indicator, .raises_data_version = true)

static Err check_monitoring(Ctx *c, const void *row) {
	const CardMonitoring *m = row;
	void *indicator;
	TRY(card_check_part(c, &card_monitoring_entity, m));
	if (date_after(m->day, c->today))
		return fail(c, ERR_INVALID, "day", "Stav ke dni: den ještě nenastal.");
	if (!id_given(m->indicator))
		return m->value == BLANK ? OK : fail(c, ERR_INVALID, "indicator", "Ukazatel: vyberte, které hodnoty se číslo týká.");
	TRY(store_get(c, &card_indicator_entity, TODAY, m->indicator, &indicator));
	if (((const CardIndicator *)indicator)->card != m->card)
		return fail(c, ERR_INVALID, "indicator", "Ukazatel: patří jiné kartě. Vyberte ukazatel této karty.");
	return OK;
}
ENTITY(card_monitoring_entity, CardMonitoring, CARD_MONITORING_FIELDS, .name = "card_monitoring", .table = "card_monitoring", .one = "sledování karty",
       .many = "sledování karet", .of_many = "sledování karet", .article = "n", .order = "day", .scope_parent = "card", .read = CAP_CARD_READ, .write = CAP_CARD_UPDATE,
       .path = "/app/karty-sledovani", .check = check_monitoring, .raises_data_version = true)

Err card_monitorings(Ctx *c, Id card, Monitorings *ret) {
	CardIds   ids;
	void *row;
	*ret = (Monitorings){0};
	TRY(ids_read(c, &sql_card_monitoring_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		TRY(store_get(c, &card_monitoring_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err card_indicators(Ctx *c, Id card, IndicatorStates *ret) {
	CardIds         ids;
	Monitorings past;
	void       *row;
	*ret = (IndicatorStates){0};
	TRY(card_monitorings(c, card, &past));
	TRY(ids_read(c, &sql_card_indicator_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		TRY(store_get(c, &card_indicator_entity, TODAY, ids.at[i], &row));
		IndicatorState s = {.indicator = row, .value = BLANK};
		for (size_t k = 0; k < past.len && s.value == BLANK; k++)
			if (past.at[k]->indicator == ids.at[i] && past.at[k]->value != BLANK) {
				s.value = past.at[k]->value;
				s.day = past.at[k]->day;
			}
		s.progress = s.value == BLANK ? 0 : indicator_progress(s.indicator->baseline, s.indicator->target, s.value);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = s;
	}
	return OK;
}
