/* rank.c: the order of needs of a district, and of the region: places 1, 2, 3 … that nobody shares. */
#include "core/trail.h"
#include "domain/needs/need.h"
#include "domain/needs/needs.sql.h"

typedef struct Order {
	bool in_region;
	Id   district;
	struct { Id id; i64 place; } *at;
	size_t len, cap;
} Order;

bool need_is_ranked_state(Str state) {
	return words_have(NEED_PROPOSED " " NEED_AGREED_GROUP " " NEED_AGREED_STEERING " " NEED_ACCEPTED, state);
}

bool need_may_rank(Ctx *c, Id district) {
	RowScope s = access_scope(c, CAP_NEED_APPROVE);
	return s.all || (district && scope_has_district(&s, district));
}

static Err read_order(Ctx *c, bool in_region, Id district, Order *ret) {
	*ret = (Order){.in_region = in_region, .district = district};
	if (!in_region && !district)
		return OK;
	Rows rows = db_query(ctx_conn(c), &sql_need_rank_list, P(V(in_region ? (i64)0 : district)));
	while (rows_next(&rows)) {
		ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		ret->at[ret->len - 1].id = col_int(&rows, 0);
		ret->at[ret->len - 1].place = col_int(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "order of needs");
}

static Err put_place(Ctx *c, const Order *o, Id need, i64 place) {
	const Sql *sql = o->in_region ? &sql_need_rank_region_set : &sql_need_rank_district_set;
	return db_run(c->conn, sql, P(V(need), V(place)), NULL) == OK ? OK : fail_internal(c, "order of needs");
}

static Str place_text(Arena *a, i64 place) {
	return place == BLANK || !place ? S("bez pořadí") : str_format(a, "%lld.", (long long)place);
}

static Err note(Ctx *c, const Order *o, Id need, i64 before, i64 after) {
	return trail_add(c, (TrailEntry){.action = "rank", .object = need_entity.name, .object_id = need,
		.text = str_format(c->arena, "pořadí v %s: %.*s → %.*s", o->in_region ? "kraji" : "obvodu", STR_ARG(place_text(c->arena, before)),
		                   STR_ARG(place_text(c->arena, after)))});
}

/* First nobody who moves has a place, then everybody has the new one: the store never sees two in the same. */
static Err store_order(Ctx *c, const Order *o) {
	for (size_t i = 0; i < o->len; i++)
		if (o->at[i].place != (i64)i + 1)
			TRY(put_place(c, o, o->at[i].id, BLANK));
	for (size_t i = 0; i < o->len; i++)
		if (o->at[i].place != (i64)i + 1)
			TRY(put_place(c, o, o->at[i].id, (i64)i + 1));
	return OK;
}

static size_t index_of(const Order *o, Id need) {
	size_t i = 0;
	while (i < o->len && o->at[i].id != need)
		i++;
	return i;
}

static void take_out(Order *o, size_t i) {
	for (; i + 1 < o->len; i++)
		o->at[i] = o->at[i + 1];
	o->len--;
}

static void swap(Order *o, size_t i, size_t k) {
	Id  id = o->at[i].id;
	i64 place = o->at[i].place;
	o->at[i] = o->at[k];
	o->at[k].id = id;
	o->at[k].place = place;
}

static Err move_inside(Ctx *c, Order *o, Id need, RankMove move) {
	size_t i = index_of(o, need);
	i64    before = i < o->len ? o->at[i].place : BLANK;
	if (i == o->len && move == RANK_OUT)
		return OK;
	if (i == o->len) {                           /* without a place: whatever the button, it comes last */
		ARENA_PUSH(c->arena, o->at, o->len, o->cap);
		o->at[i].id = need;
		o->at[i].place = BLANK;
	} else if (move == RANK_OUT) {
		TRY(put_place(c, o, need, BLANK));
		take_out(o, i);
	} else if (move == RANK_UP && i > 0) {
		swap(o, i, i - 1);
	} else if (move == RANK_DOWN && i + 1 < o->len) {
		swap(o, i, i + 1);
	}
	TRY(store_order(c, o));
	i = index_of(o, need);
	i64 after = i < o->len ? (i64)i + 1 : BLANK;
	return before == after ? OK : note(c, o, need, before, after);
}

static Err refuse_seen(Ctx *c, i64 seen, i64 now) {
	i64 place = now == BLANK ? 0 : now;
	if (seen == place)
		return OK;
	return fail(c, ERR_CONFLICT, NULL, "Pořadí mezitím změnil někdo jiný: potřeba teď má %.*s Podívejte se na nové pořadí a posuňte ji znovu.",
	            STR_ARG(place ? str_format(c->arena, "%lld. místo.", (long long)place) : S("místo mimo pořadí.")));
}

Err need_rank(Ctx *c, Id id, bool in_region, RankMove move, i64 seen) {
	void *row;
	Order o;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_NEED_APPROVE));
	TRY(tx_begin(c, &tx));
	TRY(entity_get(c, &need_entity, TODAY, id, &row));
	const Need *n = row;
	if (!need_may_rank(c, in_region ? 0 : n->district))
		return fail(c, ERR_FORBIDDEN, NULL, "Pořadí v %s neurčujete vy. V obvodu je určuje jeho koordinátor, v kraji odbor sociálních věcí.", in_region ? "kraji" : "jiném obvodu");
	if (!in_region && !n->district)
		return fail(c, ERR_INVALID, NULL, "Potřeba celého kraje v pořadí obvodu není. Určete jí pořadí v kraji.");
	if (!need_is_ranked_state(n->state))
		return fail(c, ERR_CONFLICT, NULL, "Do pořadí patří potřeby od podání po přijetí krajem. Tato už má jiný stav, načtěte stránku znovu.");
	TRY(refuse_seen(c, seen, in_region ? n->rank_region : n->rank_district));
	TRY(read_order(c, in_region, n->district, &o));
	TRY(move_inside(c, &o, id, move));
	return tx_commit(&tx);
}

Err need_rank_leave(Ctx *c, Need *n) {
	for (int in_region = 0; in_region < 2; in_region++) {
		Order o;
		TRY(read_order(c, in_region, n->district, &o));
		TRY(move_inside(c, &o, n->head.id, RANK_OUT));
	}
	n->rank_district = n->rank_region = BLANK;
	return OK;
}
