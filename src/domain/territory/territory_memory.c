/* territory_memory.c: all units of a store and their memberships, read once (core/shared.h). */
#include "domain/territory/inside.h"

#include "core/settings.h"
#include "core/shared.h"
#include "domain/territory/territory.sql.h"

enum { MAX_STEPS = 6 };                          /* up the hierarchy */

/* Memberships as they were believed at an earlier instant: of one context. */
typedef struct PastBonds {
	struct PastBonds *next;
	Instant           at;
	Bonds             bonds;
} PastBonds;

struct UnitsSeen {
	const UnitSet *set;
	PastBonds     *past;
	Instant        newest;                   /* last change of a membership, none = not asked yet */
	const Unit    *region;
	bool           region_known;
};

/* ---- levels ---- */

static const char *const levels[RANK_COUNT] = {
	LEVEL_REGION, LEVEL_COUNTY, LEVEL_DISTRICT, LEVEL_SUBDISTRICT, LEVEL_MUNICIPALITY, LEVEL_CUSTOM,
};

int level_rank(Str level) {
	for (int i = 0; i < RANK_COUNT; i++)
		if (str_eq(level, str_c(levels[i])))
			return i;
	return -1;
}

const char *level_word(int rank) {
	return levels[rank];
}

/* ---- loading ---- */

static u32 mix(u64 h) {
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdULL;
	return (u32)(h ^ (h >> 29));
}

static u32 key_of(int rank, Str s) {
	return mix(str_hash(s) + (u64)(i64)rank * 0x9e3779b97f4a7c15U);
}

static void put(u32 *table, u32 mask, u32 key, u32 place) {
	u32 at = key & mask;
	while (table[at])
		at = (at + 1) & mask;
	table[at] = place + 1;
}

static void index_units(Arena *a, UnitSet *s) {
	s->mask = 63;
	while (s->mask < s->len * 2)
		s->mask = s->mask * 2 + 1;
	s->by_id = NEW_ARRAY(a, u32, s->mask + 1);
	s->by_code = NEW_ARRAY(a, u32, s->mask + 1);
	s->by_slug = NEW_ARRAY(a, u32, s->mask + 1);
	for (u32 i = 0; i < s->len; i++) {
		put(s->by_id, s->mask, mix((u64)s->units[i].id), i);
		put(s->by_code, s->mask, key_of(s->ranks[i], s->units[i].code), i);
		put(s->by_slug, s->mask, key_of(s->ranks[i], s->units[i].slug), i);
	}
}

static Err load_units(Ctx *c, Arena *a, UnitSet *s) {
	size_t cap = 0, rank_cap = 0, rank_len = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_territory_all, DB_NONE);
	while (rows_next(&rows)) {
		int rank = level_rank(col_text(&rows, 1));
		if (rank < 0)
			continue;                            /* a level of a newer program */
		u32 order = (u32)s->len;
		*ARENA_PUSH(a, s->units, s->len, cap) = (Unit){
			.id = col_int(&rows, 0), .level = str_c(level_word(rank)), .code = str_dup(a, col_text(&rows, 2)),
			.csu_code = str_dup(a, col_text(&rows, 3)), .name = str_dup(a, col_text(&rows, 4)), .slug = str_dup(a, col_text(&rows, 5)),
			.seat = str_dup(a, col_text(&rows, 6)), .lon = col_int(&rows, 7), .lat = col_int(&rows, 8), .order = order,
		};
		*ARENA_PUSH(a, s->ranks, rank_len, rank_cap) = (u8)rank;
	}
	TRY(rows_end(&rows));
	index_units(a, s);
	return OK;
}

static Err read_bonds(const UnitSet *s, Arena *a, Rows rows, Bonds *ret) {
	while (rows_next(&rows)) {
		u32 child = unit_place(s, col_int(&rows, 0)), parent = unit_place(s, col_int(&rows, 1));
		if (child != NO_UNIT && parent != NO_UNIT)
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (Bond){child, parent, col_date(&rows, 2), col_date(&rows, 3)};
	}
	TRY(rows_end(&rows));
	/* By child in the order of the set: counted, then put in place; days stay in order. */
	ret->first = NEW_ARRAY(a, u32, s->len + 1);
	u32  *next = NEW_ARRAY(a, u32, s->len + 1);
	Bond *sorted = NEW_ARRAY(a, Bond, ret->len + 1);
	for (size_t i = 0; i < ret->len; i++)
		ret->first[ret->at[i].child + 1]++;
	for (size_t i = 0; i < s->len; i++)
		ret->first[i + 1] += ret->first[i];
	memcpy(next, ret->first, (s->len + 1) * sizeof *next);
	for (size_t i = 0; i < ret->len; i++)
		sorted[next[ret->at[i].child]++] = ret->at[i];
	ret->at = sorted;
	return OK;
}

static Err load(Ctx *c, Arena *a, void *set) {
	UnitSet *s = set;
	TRY(load_units(c, a, s));
	return read_bonds(s, a, db_query(ctx_conn(c), &sql_membership_believed, DB_NONE), &s->now);
}

static const SharedKind unit_sets = {"territory", sizeof(UnitSet), load, NULL};

static Err seen_by(Ctx *c, UnitsSeen **ret) {
	void *set;
	if (c->units) {
		*ret = c->units;
		return OK;
	}
	TRY(shared_set(c, &unit_sets, &set));
	*ret = c->units = NEW(c->arena, UnitsSeen, .set = set);
	return OK;
}

Err units_seen(Ctx *c, const UnitSet **set) {
	UnitsSeen *seen;
	TRY(seen_by(c, &seen));
	*set = seen->set;
	return OK;
}

void units_forget(Ctx *c) {
	c->units = NULL;
	shared_unsee(c, &unit_sets);
	counts_forget(c);
}

/* ---- single units ---- */

u32 unit_place(const UnitSet *s, Id id) {
	for (u32 at = mix((u64)id) & s->mask; s->by_id[at]; at = (at + 1) & s->mask)
		if (s->units[s->by_id[at] - 1].id == id)
			return s->by_id[at] - 1;
	return NO_UNIT;
}

const Unit *territory_by_id(Ctx *c, Id id) {
	const UnitSet *s;
	if (units_seen(c, &s) != OK)
		return NULL;
	u32 place = unit_place(s, id);
	return place == NO_UNIT ? NULL : &s->units[place];
}

static const Unit *find(const UnitSet *s, const u32 *table, int rank, Str wanted, size_t member) {
	for (u32 at = key_of(rank, wanted) & s->mask; table[at]; at = (at + 1) & s->mask) {
		u32 place = table[at] - 1;
		if (s->ranks[place] == rank && str_eq(*(const Str *)((const char *)&s->units[place] + member), wanted))
			return &s->units[place];
	}
	return NULL;
}

const Unit *territory_by_code(Ctx *c, const char *level, Str code) {
	const UnitSet *s;
	return units_seen(c, &s) == OK ? find(s, s->by_code, level_rank(str_c(level)), code, offsetof(Unit, code)) : NULL;
}

const Unit *territory_by_slug(Ctx *c, const char *level, Str slug) {
	const UnitSet *s;
	return units_seen(c, &s) == OK ? find(s, s->by_slug, level_rank(str_c(level)), slug, offsetof(Unit, slug)) : NULL;
}

const Unit *territory_region(Ctx *c) {
	UnitsSeen *seen;
	if (seen_by(c, &seen) != OK)
		return NULL;
	if (!seen->region_known)
		seen->region = territory_by_code(c, LEVEL_REGION, setting_text(c, "region.code"));
	seen->region_known = true;
	return seen->region;
}

Date territory_beginning(void) {
	return date(2007, 1, 1);
}

/* ---- memberships ---- */

bool bond_holds(const Bond *b, Date on) {
	return !date_after(b->from, on) && (!date_is(b->to) || !date_before(b->to, on));
}

/* Nothing was recorded since: what is believed now was believed then. */
static Err is_present(Ctx *c, UnitsSeen *seen, Instant at, bool *ret) {
	if (seen->newest.ms == 0) {
		Rows rows = db_query(ctx_conn(c), &sql_membership_newest, DB_NONE);
		if (rows_next(&rows))
			seen->newest = col_instant(&rows, 0);
		if (rows_end(&rows) != OK)
			return fail_internal(c, "membership");
		if (seen->newest.ms == 0)
			seen->newest.ms = 1;                 /* there are none */
	}
	*ret = at.ms >= seen->newest.ms;
	return OK;
}

Err units_bonds(Ctx *c, AsOf at, const Bonds **ret) {
	UnitsSeen *seen;
	bool       present = at.recorded.ms == 0;
	TRY(seen_by(c, &seen));
	if (!present)
		TRY(is_present(c, seen, at.recorded, &present));
	*ret = &seen->set->now;
	if (present)
		return OK;
	PastBonds *p = seen->past;
	while (p && p->at.ms != at.recorded.ms)
		p = p->next;
	if (!p) {
		p = NEW(c->arena, PastBonds, .next = seen->past, .at = at.recorded);
		if (read_bonds(seen->set, c->arena, db_query(ctx_conn(c), &sql_membership_known, P(V(at.recorded))), &p->bonds) != OK)
			return fail_internal(c, "membership");
		seen->past = p;
	}
	*ret = &p->bonds;
	return OK;
}

static u32 above(const UnitSet *s, const Bonds *b, u32 child, int rank, Date on, int steps) {
	if (s->ranks[child] == rank)
		return child;
	for (u32 i = b->first[child]; i < b->first[child + 1] && steps; i++) {
		if (!bond_holds(&b->at[i], on) || (s->ranks[b->at[i].parent] == RANK_CUSTOM && rank != RANK_CUSTOM))
			continue;
		u32 found = above(s, b, b->at[i].parent, rank, on, steps - 1);
		if (found != NO_UNIT)
			return found;
	}
	return NO_UNIT;
}

const Unit *territory_above(Ctx *c, Id id, const char *level, AsOf at) {
	const UnitSet *s;
	const Bonds   *b;
	if (units_seen(c, &s) != OK || units_bonds(c, at, &b) != OK)
		return NULL;
	u32 place = unit_place(s, id);
	if (place != NO_UNIT)
		place = above(s, b, place, level_rank(str_c(level)), date_is(at.valid) ? at.valid : c->today, MAX_STEPS);
	return place == NO_UNIT ? NULL : &s->units[place];
}

/* A unit is below itself, so that pages of a district and of a municipality ask alike. */
static bool is_below(const Bonds *b, u32 child, u32 parent, Date on, int steps) {
	if (child == parent)
		return true;
	for (u32 i = b->first[child]; i < b->first[child + 1] && steps; i++)
		if (bond_holds(&b->at[i], on) && is_below(b, b->at[i].parent, parent, on, steps - 1))
			return true;
	return false;
}

Err territory_below(Ctx *c, Id parent, const char *level, AsOf at, Units *ret) {
	const UnitSet *s;
	const Bonds   *b;
	*ret = (Units){0};
	TRY(units_seen(c, &s));
	TRY(units_bonds(c, at, &b));
	int  rank = level_rank(str_c(level));
	u32  top = parent ? unit_place(s, parent) : NO_UNIT;
	Date on = date_is(at.valid) ? at.valid : c->today;
	if (parent && top == NO_UNIT)
		return OK;
	for (u32 i = 0; i < s->len; i++)
		if (s->ranks[i] == rank && (!parent || is_below(b, i, top, on, MAX_STEPS)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = &s->units[i];
	return OK;
}

Err territory_belongings(Ctx *c, Id id, AsOf at, Belongings *ret) {
	const UnitSet *s;
	const Bonds   *b;
	*ret = (Belongings){0};
	TRY(units_seen(c, &s));
	TRY(units_bonds(c, at, &b));
	u32 place = unit_place(s, id);
	for (int rank = 0; rank < RANK_COUNT && place != NO_UNIT; rank++)
		for (u32 i = b->first[place]; i < b->first[place + 1]; i++)
			if (s->ranks[b->at[i].parent] == rank)
				*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Belonging){&s->units[b->at[i].parent], b->at[i].from, b->at[i].to};
	return OK;
}

/* ---- what moved ---- */

Err territory_moves(Ctx *c, Id parent, const char *level, AsOf before, AsOf after, Moves *ret) {
	const UnitSet *s;
	const Bonds   *then, *now;
	*ret = (Moves){0};
	TRY(units_seen(c, &s));
	TRY(units_bonds(c, before, &then));
	TRY(units_bonds(c, after, &now));
	int  rank = level_rank(str_c(level));
	u32  top = parent ? unit_place(s, parent) : NO_UNIT;
	Date first = date_is(before.valid) ? before.valid : c->today, second = date_is(after.valid) ? after.valid : c->today;
	for (u32 i = 0; i < s->len; i++) {
		if (s->ranks[i] != RANK_MUNICIPALITY)
			continue;
		if (parent && !is_below(then, i, top, first, MAX_STEPS) && !is_below(now, i, top, second, MAX_STEPS))
			continue;
		u32 x = above(s, then, i, rank, first, MAX_STEPS), y = above(s, now, i, rank, second, MAX_STEPS);
		if (x != y)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
				(Move){&s->units[i], x == NO_UNIT ? NULL : &s->units[x], y == NO_UNIT ? NULL : &s->units[y]};
	}
	return OK;
}

static void add_day(Arena *a, Dates *list, Date d) {
	size_t at = 0;
	while (at < list->len && date_before(list->at[at], d))
		at++;
	if (at < list->len && date_eq(list->at[at], d))
		return;
	*ARENA_PUSH(a, list->at, list->len, list->cap) = d;
	memmove(list->at + at + 1, list->at + at, (list->len - 1 - at) * sizeof *list->at);
	list->at[at] = d;
}

Err territory_change_days(Ctx *c, Id parent, Dates *ret) {
	const UnitSet *s;
	const Bonds   *b;
	*ret = (Dates){0};
	TRY(units_seen(c, &s));
	TRY(units_bonds(c, TODAY, &b));
	u32 top = parent ? unit_place(s, parent) : NO_UNIT;
	for (u32 i = 0; i < s->len; i++) {
		if (s->ranks[i] != RANK_MUNICIPALITY)
			continue;
		for (u32 k = b->first[i]; k < b->first[i + 1]; k++) {
			Date from = b->at[k].from;
			if (s->ranks[b->at[k].parent] == RANK_CUSTOM || !date_after(from, territory_beginning()))
				continue;
			if (!parent || is_below(b, i, top, from, MAX_STEPS) || is_below(b, i, top, date_add(from, -1), MAX_STEPS))
				add_day(c->arena, ret, from);
		}
	}
	return OK;
}
