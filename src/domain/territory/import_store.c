/* import_store.c: from a plan that is fine to the store: what is there stays, what differs changes, what is missing comes in. */
#include <stdlib.h>

#include "base/text.h"
#include "core/codelist.h"
#include "core/data_version.h"
#include "core/history.h"
#include "domain/territory/import.h"
#include "domain/territory/territory.sql.h"

/* A span of a membership as it is stored. */
typedef struct Stored {
	Id   child, parent, id;
	i64  version;
	int  rank;
	Date from, to;
} Stored;

typedef struct StoredCount {
	Id   id, territory;
	i64  version, from, to, count;
	Date on;
	int  sex;
	u64  source;                             /* hash of its text */
	bool said;                               /* by a file of this import */
} StoredCount;

typedef struct Store {
	Plan            *p;
	Ctx             *c;
	TerritoryImport *result;
	Arena           *outer, scratch;         /* rows are written with an arena of their own, emptied now and then */
	int              writes;
	Stored          *bonds;                  /* by child */
	size_t           bond_len, bond_cap;
	StoredCount     *counts;
	size_t           count_len, count_cap;
	u32             *count_index, count_mask;
} Store;

/* ---- many rows, little memory ---- */

static void free_scratch(void *arg) {
	arena_free(arg);
}

/* Code lists are looked up before: what is remembered of them must not live in the arena that is emptied. */
static void scratch_start(Store *s) {
	(void)codelist_find(s->c, "sex", S("all"));
	s->outer = s->c->arena;
	arena_defer(s->outer, free_scratch, &s->scratch);
	s->c->arena = &s->scratch;
}

static void wrote(Store *s) {
	if (++s->writes % 500 == 0 && s->c->problems.len == 0)
		arena_reset(&s->scratch);
}

static void scratch_end(Store *s) {
	s->c->arena = s->outer;
	Problems said = s->c->problems;
	s->c->problems = (Problems){0};
	for (size_t i = 0; i < said.len; i++) {
		Problem *p = ARENA_PUSH(s->outer, s->c->problems.at, s->c->problems.len, s->c->problems.cap);
		*p = said.at[i];
		p->text = str_dup(s->outer, p->text);
		p->place = str_dup(s->outer, p->place);
	}
}

/* ---- units ---- */

static u64 slug_key(int rank, Str slug) {
	return str_hash(slug) * 8 + (u64)(i64)rank;
}

/* Addresses that two new units of a level would share get the code; those in the store keep theirs. */
typedef struct Slugs { u64 *at; u32 mask; } Slugs;

static bool slug_put(Slugs *t, u64 key, bool *twice) {
	u32 at = (u32)(key >> 20) & t->mask;
	for (; t->at[at]; at = (at + 1) & t->mask)
		if ((t->at[at] & ~(u64)1) == (key & ~(u64)1)) {
			*twice = t->at[at] & 1;
			t->at[at] |= 1;
			return false;
		}
	t->at[at] = key & ~(u64)1;
	return true;
}

static void slugs_of_plan(Store *s, Slugs *t) {
	t->mask = 1023;
	while (t->mask < s->p->unit_len * 2)
		t->mask = t->mask * 2 + 1;
	t->at = NEW_ARRAY(s->outer, u64, t->mask + 1);
	for (size_t i = 0; i < s->p->unit_len; i++) {
		bool twice;
		if (!s->p->units[i].stored)
			slug_put(t, slug_key(s->p->units[i].rank, text_slug(s->c->arena, s->p->units[i].name)), &twice);
	}
}

static bool is_shared(const Slugs *t, u64 key) {
	for (u32 at = (u32)(key >> 20) & t->mask; t->at[at]; at = (at + 1) & t->mask)
		if ((t->at[at] & ~(u64)1) == (key & ~(u64)1))
			return t->at[at] & 1;
	return false;
}

static Str slug_of(Store *s, const Slugs *t, const PlanUnit *u) {
	Str slug = text_slug(s->outer, u->name);
	if (slug.len && !is_shared(t, slug_key(u->rank, slug)) && !territory_by_slug(s->c, level_word(u->rank), slug))
		return slug;
	return str_format(s->outer, "%.*s-%.*s", STR_ARG(slug), STR_ARG(text_slug(s->outer, u->code)));
}

static Err insert_unit(Store *s, const Slugs *t, PlanUnit *u) {
	Territory row = {.level = str_c(level_word(u->rank)), .code = u->code, .csu_code = u->csu_code, .name = u->name, .seat = u->seat,
	                 .slug = slug_of(s, t, u), .lon = u->lon, .lat = u->lat};
	TRY(entity_insert(s->c, &territory_entity, &row));
	u->id = row.head.id;
	s->result->added++;
	wrote(s);
	return OK;
}

static bool text_differs(Str stored, Str said) {
	return said.len && !str_eq(stored, said);
}

static Err update_unit(Store *s, PlanUnit *u) {
	const Unit *x = u->stored;
	bool moved = u->lon != BLANK && (u->lon != x->lon || u->lat != x->lat);
	if (!u->file.len)
		return OK;                               /* only referred to */
	if (!moved && !text_differs(x->name, u->name) && !text_differs(x->csu_code, u->csu_code) && !text_differs(x->seat, u->seat)) {
		s->result->same++;
		return OK;
	}
	void *found;
	TRY(entity_get(s->c, &territory_entity, TODAY, u->id, &found));
	Territory *row = found;
	row->name = u->name.len ? u->name : row->name;
	row->csu_code = u->csu_code.len ? u->csu_code : row->csu_code;
	row->seat = u->seat.len ? u->seat : row->seat;
	row->lon = moved ? u->lon : row->lon;
	row->lat = moved ? u->lat : row->lat;
	TRY(entity_update(s->c, &territory_entity, row));
	s->result->changed++;
	wrote(s);
	return OK;
}

static Err store_units(Store *s) {
	Slugs slugs;
	slugs_of_plan(s, &slugs);
	for (int rank = 0; rank < RANK_COUNT; rank++)
		for (size_t i = 0; i < s->p->unit_len; i++) {
			PlanUnit *u = &s->p->units[i];
			if (u->rank == rank)
				TRY(u->stored ? update_unit(s, u) : insert_unit(s, &slugs, u));
		}
	return OK;
}

/* ---- memberships ---- */

static Err load_bonds(Store *s) {
	Rows rows = db_stream(s->c->conn, &sql_membership_believed, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(s->outer, s->bonds, s->bond_len, s->bond_cap) = (Stored){
			.child = col_int(&rows, 0), .parent = col_int(&rows, 1), .from = col_date(&rows, 2), .to = col_date(&rows, 3),
			.id = col_int(&rows, 4), .version = col_int(&rows, 5), .rank = level_rank(col_text(&rows, 6))};
	return rows_end(&rows);
}

static size_t first_bond(const Store *s, Id child) {
	size_t low = 0, high = s->bond_len;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->bonds[middle].child < child)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The stored span of a child at a level on a day; with `parent` only one to it. NULL when there is none. */
static const Stored *bond_on(const Store *s, Id child, int rank, Id parent, Date on) {
	for (size_t i = first_bond(s, child); i < s->bond_len && s->bonds[i].child == child; i++) {
		const Stored *b = &s->bonds[i];
		bool holds = !date_is(on) || (!date_after(b->from, on) && (!date_is(b->to) || !date_before(b->to, on)));
		if (b->rank == rank && holds && (!parent || b->parent == parent))
			return b;
	}
	return NULL;
}

static Err put_bond(Store *s, Id child, int rank, Id parent, Date from, Date to, Id *id, i64 *version) {
	Membership row = {.child = child, .parent = parent, .parent_level = str_c(level_word(rank))};
	row.head.id = *id;
	row.head.version = *version;
	TRY(*id ? history_change(s->c, &membership_entity, &row, from, to) : history_create(s->c, &membership_entity, &row, from, to));
	*id = row.head.id;
	*version = row.head.version;
	wrote(s);
	return OK;
}

/* A file speaks about the days on both sides of `since`. Where the store agrees on them, later changes that people entered stay. */
static Err store_bond(Store *s, const PlanUnit *u, int rank) {
	const PlanBond *b = &u->bonds[rank];
	Id            now = s->p->units[b->now].id, before = b->before == NO_UNIT ? 0 : s->p->units[b->before].id;
	const Stored *any = bond_on(s, u->id, rank, 0, (Date){0}), *then = bond_on(s, u->id, rank, 0, date_add(b->since, -1));
	const Stored *at = bond_on(s, u->id, rank, 0, b->since);
	bool fine_before = !before || (then && then->parent == before), fine_now = at && at->parent == now;
	Id   id = any ? any->id : 0;
	i64  version = any ? any->version : 0;
	if (fine_before && fine_now) {
		s->result->same++;
		return OK;
	}
	if (!fine_before)
		TRY(put_bond(s, u->id, rank, before, territory_beginning(), date_add(b->since, -1), &id, &version));
	if (!fine_now)
		TRY(put_bond(s, u->id, rank, now, b->since, at ? at->to : (Date){0}, &id, &version));
	*(any ? &s->result->changed : &s->result->added) += 1;
	return OK;
}

static Err store_bonds(Store *s) {
	if (load_bonds(s) != OK)
		return fail_internal(s->c, "membership");
	for (size_t i = 0; i < s->p->unit_len; i++)
		for (int rank = 0; rank <= RANK_SUBDISTRICT; rank++)
			if (s->p->units[i].bonds[rank].now != NO_UNIT)
				TRY(store_bond(s, &s->p->units[i], rank));
	for (size_t i = 0; i < s->p->custom_len; i++) {
		const PlanCustom *k = &s->p->customs[i];
		Id  child = s->p->units[k->child].id, parent = s->p->units[k->parent].id, id = 0;
		i64 version = 0;
		if (bond_on(s, child, RANK_CUSTOM, parent, k->since)) {
			s->result->same++;
			continue;
		}
		TRY(put_bond(s, child, RANK_CUSTOM, parent, k->since, (Date){0}, &id, &version));
		s->result->added++;
	}
	return OK;
}

/* ---- counts ---- */

static const char *const sexes[] = {"all", "men", "women"};

static u32 count_start(const Store *s, const StoredCount *n) {
	u64 h = (u64)n->territory * 31 + (u64)(i64)n->on.n;
	h = h * 31 + (u64)(i64)n->sex;
	h = (h * 131 + (u64)n->from) * 131 + (u64)n->to + n->source;
	return (u32)((h * 0x9e3779b97f4a7c15U) >> 32) & s->count_mask;
}

static StoredCount *find_count(Store *s, const StoredCount *n, u32 *place) {
	u32 at = count_start(s, n);
	for (; s->count_index[at]; at = (at + 1) & s->count_mask) {
		StoredCount *x = &s->counts[s->count_index[at] - 1];
		if (x->territory == n->territory && date_eq(x->on, n->on) && x->sex == n->sex && x->from == n->from && x->to == n->to && x->source == n->source)
			return x;
	}
	*place = at;
	return NULL;
}

static void keep_count(Store *s, u32 place, const StoredCount *n) {
	*ARENA_PUSH(s->outer, s->counts, s->count_len, s->count_cap) = *n;
	s->count_index[place] = (u32)s->count_len;
}

static Err load_counts(Store *s) {
	i64 rows_stored;
	static const Sql number = {"population_number", "SELECT COUNT(*) FROM population", NULL};
	TRY(db_get_int(s->c->conn, &number, DB_NONE, 0, &rows_stored));
	s->count_mask = 1023;
	while (s->count_mask < ((size_t)rows_stored + s->p->count_len) * 2)
		s->count_mask = s->count_mask * 2 + 1;
	s->count_index = NEW_ARRAY(s->outer, u32, (size_t)s->count_mask + 1);
	Rows rows = db_stream(s->c->conn, &sql_population_all, DB_NONE);
	while (rows_next(&rows)) {
		Str         sex = col_text(&rows, 4);
		u32         place;
		StoredCount n = {.id = col_int(&rows, 0), .version = col_int(&rows, 1), .territory = col_int(&rows, 2), .on = col_date(&rows, 3),
		                 .sex = str_eq(sex, S("men")) ? 1 : str_eq(sex, S("women")) ? 2 : 0, .from = col_int(&rows, 5), .to = col_int(&rows, 6),
		                 .count = col_int(&rows, 7), .source = str_hash(col_text(&rows, 8))};
		if (!find_count(s, &n, &place))
			keep_count(s, place, &n);
	}
	return rows_end(&rows);
}

static Err store_count(Store *s, const PlanCount *k) {
	StoredCount  n = {.territory = s->p->units[k->unit].id, .on = k->on, .sex = k->sex, .from = k->from, .to = k->to, .count = k->count,
	                  .source = str_hash(str_c(k->source)), .version = 1};
	u32          place = 0;
	StoredCount *x = find_count(s, &n, &place);
	if (x && x->count == n.count) {
		x->said = true;
		s->result->same++;
		return OK;
	}
	if (x && x->said)
		return fail(s->c, ERR_INVALID, NULL, "Soubory si odporují: území „%.*s“ má v jednom %lld a v druhém %lld obyvatel téhož věku k témuž dni. "
		            "Sjednoťte je a spusťte import znovu.", STR_ARG(s->p->units[k->unit].name), (long long)x->count, (long long)n.count);
	Population row = {.territory = n.territory, .counted_on = n.on, .sex = str_c(sexes[n.sex]), .age_from = n.from, .age_to = n.to, .count = n.count,
	                  .source = str_c(k->source)};
	row.head.id = x ? x->id : 0;
	row.head.version = x ? x->version : 0;
	n.said = true;
	TRY(x ? entity_update(s->c, &population_entity, &row) : entity_insert(s->c, &population_entity, &row));
	wrote(s);
	if (x) {
		x->version = row.head.version;
		x->count = n.count;
		x->said = true;
		s->result->changed++;
	} else {
		n.id = row.head.id;
		keep_count(s, place, &n);
		s->result->added++;
	}
	return OK;
}

static Err store_counts(Store *s) {
	if (load_counts(s) != OK)
		return fail_internal(s->c, "population");
	for (size_t i = 0; i < s->p->count_len; i++)
		TRY(store_count(s, &s->p->counts[i]));
	return OK;
}

/* ---- parts of municipalities, boundaries: no entities, noted in the trail as a whole ---- */

typedef struct StoredPart { Str code, name, postcode; Id territory; } StoredPart;

static int by_code_and_postcode(const void *x, const void *y) {
	const StoredPart *a = x, *b = y;
	int order = str_cmp(a->code, b->code);
	return order ? order : str_cmp(a->postcode, b->postcode);
}

static Err store_parts(Store *s) {
	StoredPart *list = NULL;
	size_t      len = 0, cap = 0;
	Rows        rows = db_query(s->c->conn, &sql_part_all, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(s->outer, list, len, cap) = (StoredPart){str_dup(s->outer, col_text(&rows, 0)), str_dup(s->outer, col_text(&rows, 1)),
		                                                     str_dup(s->outer, col_text(&rows, 2)), col_int(&rows, 3)};
	if (rows_end(&rows) != OK)
		return fail_internal(s->c, "municipality_part");
	if (len)
		qsort(list, len, sizeof *list, by_code_and_postcode);
	for (size_t i = 0; i < s->p->part_len; i++) {
		const PlanPart   *k = &s->p->parts[i];
		Id                territory = s->p->units[k->unit].id, id;
		StoredPart        key = {.code = k->code, .postcode = k->postcode};
		const StoredPart *x = len ? bsearch(&key, list, len, sizeof *list, by_code_and_postcode) : NULL;
		if (x && x->territory == territory && str_eq(x->name, k->name)) {
			s->result->same++;
			continue;
		}
		if (db_new_id(s->c->conn, &id) != OK ||
		    db_run(s->c->conn, &sql_part_put, P(V(id), V(k->code), V(k->name), db_value_bytes(text_sort_key(s->c->arena, k->name)), V(k->postcode),
		                                        V(territory)), NULL) != OK)
			return fail_internal(s->c, "municipality_part");
		*(x ? &s->result->changed : &s->result->added) += 1;
		wrote(s);
	}
	return OK;
}

static Err store_shapes(Store *s) {
	for (size_t i = 0; i < s->p->shape_len; i++) {
		const PlanShape *k = &s->p->shapes[i];
		Id  territory = s->p->units[k->unit].id, id;
		Str stored;
		TRY(territory_boundary(s->c, territory, k->layer, &stored));
		if (str_eq(stored, k->rings)) {
			s->result->same++;
			continue;
		}
		if (db_new_id(s->c->conn, &id) != OK ||
		    db_run(s->c->conn, &sql_boundary_put, P(V(id), V(territory), V(str_c(boundary_layer_name(k->layer))), V(k->rings), V(k->source)), NULL) != OK)
			return fail_internal(s->c, "boundary");
		*(stored.len ? &s->result->changed : &s->result->added) += 1;
		wrote(s);
	}
	return OK;
}

Err import_store(Plan *p, TerritoryImport *ret) {
	Store *s = NEW(p->c->arena, Store, .p = p, .c = p->c, .result = ret);
	scratch_start(s);
	Err e = store_units(s);
	if (e == OK)
		e = store_bonds(s);
	if (e == OK)
		e = store_counts(s);
	if (e == OK)
		e = store_parts(s);
	if (e == OK)
		e = store_shapes(s);
	scratch_end(s);
	return e;
}
