/* strategy.c: priorities, goals and measures of a plan as one tree with an order of its own. */
#include "core/access.h"
#include "domain/plan/card_inside.h"

static Err check_parent(Ctx *c, const StrategyItem *s) {
	bool  is_top = str_eq(s->level, S(STRATEGY_PRIORITY));
	void *row;
	if (is_top)
		return id_given(s->parent) ? fail(c, ERR_INVALID, "parent", "Patří pod: priorita stojí nahoře, pole nechte prázdné.") : OK;
	if (!id_given(s->parent))
		return fail(c, ERR_INVALID, "parent", "Patří pod: vyberte %s.", str_eq(s->level, S(STRATEGY_GOAL)) ? "prioritu" : "cíl");
	TRY(store_get(c, &strategy_entity, TODAY, s->parent, &row));
	const StrategyItem *p = row;
	const char *wanted = str_eq(s->level, S(STRATEGY_GOAL)) ? STRATEGY_PRIORITY : STRATEGY_GOAL;
	if (p->plan != s->plan)
		return fail(c, ERR_INVALID, "parent", "Patří pod: %.*s je z jiného plánu.", STR_ARG(p->code));
	if (!str_eq(p->level, str_c(wanted)))
		return fail(c, ERR_INVALID, "parent", "Patří pod: cíl patří pod prioritu a opatření pod cíl. Vyberte jinou položku.");
	return OK;
}

static Err check(Ctx *c, const void *row) {
	const StrategyItem *s = row;
	void *before;
	TRY(check_parent(c, s));
	if (!s->head.id)
		return OK;
	TRY(store_get(c, &strategy_entity, TODAY, s->head.id, &before));
	const StrategyItem *b = before;
	if (b->plan != s->plan || !str_eq(b->level, s->level))
		return fail(c, ERR_INVALID, "level", "Úroveň a plán se u zapsané položky nemění. Založte novou položku.");
	return OK;
}

static Err prepare(Ctx *c, void *row) {
	StrategyItem *s = row;
	i64 last;
	if (s->place > 0 || !id_given(s->plan))
		return OK;
	if (db_get_int(ctx_conn(c), &sql_strategy_last, P(V(s->plan)), 0, &last) != OK)
		return fail_internal(c, "last place of a strategy");
	s->place = last + 1;
	return OK;
}

ENTITY(strategy_entity, StrategyItem, STRATEGY_FIELDS, .name = "strategy_item", .table = "strategy_item", .one = "položka strategie", .many = "položky strategie",
       .of_many = "položek strategie", .article = "f", .key = "plan,code", .title = "title", .order = "place", .read = CAP_PLAN_READ, .write = CAP_PLAN_UPDATE,
       .path = "/app/strategie", .is_public = true, .check = check, .prepare = prepare, .raises_data_version = true)

/* ---- reading ---- */

static void add_below(Ctx *c, const Strategy *all, Id parent, Strategy *ret) {
	for (size_t i = 0; i < all->len; i++)
		if (id_given(parent) ? all->at[i]->parent == parent : !id_given(all->at[i]->parent)) {
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all->at[i];
			add_below(c, all, all->at[i]->head.id, ret);     /* three levels: check_parent */
		}
}

Err strategy_of(Ctx *c, Id plan, Strategy *ret) {
	Strategy all = {0};
	CardIds      ids;
	void    *row;
	*ret = (Strategy){0};
	TRY(ids_read(c, &sql_strategy_ids, P(V(plan)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		TRY(store_get(c, &strategy_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, all.at, all.len, all.cap) = row;
	}
	add_below(c, &all, 0, ret);
	return OK;
}

const StrategyItem *strategy_find(const Strategy *s, Id id) {
	for (size_t i = 0; i < s->len; i++)
		if (s->at[i]->head.id == id)
			return s->at[i];
	return NULL;
}

/* ---- groups and indicators ---- */

Strs strategy_groups(Arena *a, const Strategy *s, Id item) {
	Strs groups = {0};
	for (const StrategyItem *at = strategy_find(s, item); at; at = strategy_find(s, at->parent))
		for (size_t i = 0; i < at->working_groups.len; i++)
			if (!strs_have(&groups, at->working_groups.at[i]))
				strs_add(a, &groups, at->working_groups.at[i]);
	return groups;
}

static Err check_judged(Ctx *c, const void *row) {
	const StrategyIndicator *j = row;
	void *item, *indicator, *card;
	TRY(store_get(c, &strategy_entity, TODAY, j->item, &item));
	TRY(store_get(c, &card_indicator_entity, TODAY, j->indicator, &indicator));
	TRY(store_get(c, &card_entity, TODAY, ((const CardIndicator *)indicator)->card, &card));
	const StrategyItem *s = item;
	const ActivityCard *k = card;
	if (k->plan != s->plan)
		return fail(c, ERR_INVALID, "indicator", "Ukazatel karty: patří kartě %.*s z jiného plánu. Vyberte ukazatel karty téhož plánu.", STR_ARG(k->code));
	Strategy all;
	TRY(strategy_of(c, s->plan, &all));
	for (const StrategyItem *at = strategy_find(&all, k->measure); at; at = strategy_find(&all, at->parent))
		if (at->head.id == j->item)
			return OK;
	return fail(c, ERR_INVALID, "indicator", "Ukazatel karty: karta %.*s pod položku %.*s nepatří. Vyberte ukazatel karty, která pod ní je.", STR_ARG(k->code), STR_ARG(s->code));
}

ENTITY(strategy_indicator_entity, StrategyIndicator, STRATEGY_INDICATOR_FIELDS, .name = "strategy_indicator", .table = "strategy_indicator",
       .one = "ukazatel strategie", .many = "ukazatele strategie", .of_many = "ukazatelů strategie", .article = "m", .key = "item,indicator", .order = "item",
       .read = CAP_PLAN_READ, .write = CAP_PLAN_UPDATE, .path = "/app/strategie-ukazatele", .is_public = true, .check = check_judged, .raises_data_version = true)

Err strategy_indicators(Ctx *c, Id plan, StrategyIndicators *ret) {
	*ret = (StrategyIndicators){0};
	Rows rows = db_query(ctx_conn(c), &sql_strategy_indicators, P(V(plan)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (StrategyIndicator){.head.id = col_int(&rows, 0), .item = col_int(&rows, 1), .indicator = col_int(&rows, 2)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "indicators of a strategy");
}

/* ---- order ---- */

static const StrategyItem *neighbour(const Strategy *all, const StrategyItem *of, bool up) {
	const StrategyItem *before = NULL;
	bool passed = false;
	for (size_t i = 0; i < all->len; i++) {
		const StrategyItem *s = all->at[i];
		if (s->head.id == of->head.id) {
			if (up)
				return before;
			passed = true;
		} else if (s->parent == of->parent && str_eq(s->level, of->level)) {
			if (passed)
				return s;
			before = s;
		}
	}
	return NULL;
}

Err strategy_move(Ctx *c, Id item, bool up) {
	Strategy all;
	void    *row;
	TRY(require(c, CAP_PLAN_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(store_get(c, &strategy_entity, TODAY, item, &row));
	StrategyItem *s = row;
	TRY(strategy_of(c, s->plan, &all));
	const StrategyItem *n = neighbour(&all, s, up);
	if (n) {
		if (db_run(c->conn, &sql_strategy_place, P(V(s->head.id), V(n->place)), NULL) != OK ||
		    db_run(c->conn, &sql_strategy_place, P(V(n->head.id), V(s->place)), NULL) != OK)
			return fail_internal(c, "order of a strategy");
		TRY(trail_add(c, (TrailEntry){.action = "change", .object = strategy_entity.name, .object_id = s->head.id,
			.text = str_format(c->arena, "%.*s posunuto %s", STR_ARG(s->code), up ? "výš" : "níž")}));
		TRY(data_version_raise(c));
	}
	return tx_commit(&tx);
}
