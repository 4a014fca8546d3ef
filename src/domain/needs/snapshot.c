/* snapshot.c: snapshots are made, read, proved and compared. */
#include "domain/needs/snapshot.h"

#include <stdlib.h>

#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/trail.h"
#include "domain/needs/needs.sql.h"

enum { TITLE_MAX = 120 };

/* ---- the digest ---- */

static void add_text(Sha256State *st, Str s) {
	u8 length[4] = {(u8)(s.len >> 24), (u8)(s.len >> 16), (u8)(s.len >> 8), (u8)s.len};
	sha256_add(st, length, sizeof length);
	if (s.len)
		sha256_add(st, s.ptr, s.len);
}

static void add_number(Arena *a, Sha256State *st, i64 n) {
	add_text(st, n == BLANK ? S("") : str_format(a, "%lld", (long long)n));
}

static Sha256 digest(Arena *a, const SnapshotRows *rows) {
	Sha256State st;
	sha256_start(&st);
	for (size_t i = 0; i < rows->len; i++) {
		const SnapshotRow *r = &rows->at[i];
		const Str texts[] = {r->title, r->territory, r->district, r->target_group, r->kind, r->unit, r->state};
		const i64 numbers[] = {r->need, r->year, r->missing_capacity, r->persons, r->rank_district, r->rank_region};
		for (size_t k = 0; k < LEN(numbers); k++)
			add_number(a, &st, numbers[k]);
		for (size_t k = 0; k < LEN(texts); k++)
			add_text(&st, texts[k]);
	}
	return sha256_end(&st);
}

/* ---- making ---- */

static void take(Ctx *c, const Need *n, SnapshotRows *to) {
	const Unit *place = territory_by_id(c, n->territory), *district = n->district ? territory_by_id(c, n->district) : NULL;
	if (str_eq(n->state, S(NEED_DRAFT)) || str_eq(n->state, S(NEED_WITHDRAWN)))
		return;
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (SnapshotRow){
		.need = n->head.id, .year = n->year, .missing_capacity = n->missing_capacity.hundredths, .persons = n->persons, .rank_district = n->rank_district,
		.rank_region = n->rank_region, .title = n->title, .territory = place ? place->name : S(""), .district = district ? district->name : S(""),
		.target_group = n->target_group, .kind = n->kind, .unit = n->unit, .state = n->state};
}

static int by_need(const void *x, const void *y) {
	Id a = ((const SnapshotRow *)x)->need, b = ((const SnapshotRow *)y)->need;
	return a < b ? -1 : a > b;
}

/* Everybody's needs: a snapshot belongs to the region, whoever makes it. */
static Err take_all(Ctx *c, SnapshotRows *ret) {
	EntityList all;
	bool       decided = c->scope_decided;
	*ret = (SnapshotRows){0};
	c->scope_decided = true;
	Err err = entity_list(c, &need_entity, &(ListQuery){.limit = -1}, &all);
	c->scope_decided = decided;
	TRY(err);
	for (size_t i = 0; i < all.len; i++)
		take(c, all.at[i], ret);
	if (ret->len)
		qsort(ret->at, ret->len, sizeof *ret->at, by_need);
	return OK;
}

static Err store_row(Ctx *c, Id id, const SnapshotRow *r) {
	return db_run(c->conn, &sql_snapshot_row_add,
	              P(V(id), V(r->need), V(r->title), V(r->year), V(r->territory), V(r->district), V(r->target_group), V(r->kind), V(r->unit), V(r->missing_capacity),
	                V(r->persons), V(r->state), V(r->rank_district), V(r->rank_region)), NULL);
}

static Err store(Ctx *c, Date day, const char *kind, Str title, Id *ret) {
	SnapshotRows rows;
	TRY(take_all(c, &rows));
	Sha256 sum = digest(c->arena, &rows);
	if (db_new_id(c->conn, ret) != OK)
		return fail_internal(c, "snapshot");
	Err err = db_run(c->conn, &sql_snapshot_add,
	                 P(V(*ret), V(day), V(str_c(kind)), V(title), V(c->now), V(c->actor->name), V((i64)rows.len),
	                   db_value_bytes(str_of((const char *)sum.bytes, sizeof sum.bytes))), NULL);
	for (size_t i = 0; i < rows.len && err == OK; i++)
		err = store_row(c, *ret, &rows.at[i]);
	if (err != OK)
		return fail_store(c, err, "snapshot");
	return trail_add(c, (TrailEntry){.action = "snapshot", .object = "need_snapshot", .object_id = *ret,
		.text = str_format(c->arena, "snímek potřeb: %.*s, počet potřeb %zu", STR_ARG(title), rows.len)});
}

Err snapshot_make(Ctx *c, Str title, Id *ret) {
	title = text_clean(c->arena, title);
	*ret = 0;
	TRY(require(c, CAP_NEEDS_SNAPSHOT));
	if (!title.len || utf8_count(title) > TITLE_MAX || !text_acceptable(title))
		return fail(c, ERR_INVALID, "title", "Název snímku: napište nejvýš 120 znaků, podle kterých snímek poznáte, například Podklad pro jednání řídicí skupiny.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(store(c, c->today, "manual", title, ret));
	return tx_commit(&tx);
}

/* ---- by the calendar ---- */

Date half_year_end(Date day) {
	int year, month, d;
	date_parts(day, &year, &month, &d);
	return month > 6 ? date(year, 6, 30) : date(year - 1, 12, 31);
}

Err snapshot_regular(Ctx *c, Id *made) {
	Date    day = half_year_end(c->today);
	Instant end = prague_instant(date_add(day, 1), 0);
	i64     there, needs;
	*made = 0;
	if (db_get_int(ctx_conn(c), &sql_snapshot_regular_count, P(V(day)), 0, &there) != OK || db_get_int(ctx_conn(c), &sql_need_first, P(V(end)), 0, &needs) != OK)
		return fail_internal(c, "snapshot");
	if (there || !needs)
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_get_int(c->conn, &sql_snapshot_regular_count, P(V(day)), 0, &there) != OK)
		return fail_internal(c, "snapshot");
	if (!there)                                  /* another process may have been faster */
		TRY(store(c, day, "regular", S("Pololetní snímek"), made));
	return tx_commit(&tx);
}

Err needs_regular(Ctx *c) {
	Id made;
	return snapshot_regular(c, &made);
}

static Err run_job(Ctx *c, Job *job) {
	Id made;
	TRY(snapshot_regular(c, &made));
	job->result = made ? S("Snímek je pořízený.") : S("Snímek posledního pololetí už existuje.");
	job->link = S("/app/potreby/snimky");
	return OK;
}

const JobKind needs_jobs[1] = {{"needs.snapshot", "Pololetní snímek potřeb", run_job, .retry = true}};

/* ---- reading ---- */

static Err read_heads(Ctx *c, Id id, Snapshots *ret) {
	*ret = (Snapshots){0};
	Rows rows = db_query(ctx_conn(c), &sql_snapshot_list, P(V(id)));
	while (rows_next(&rows)) {
		Snapshot *s = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*s = (Snapshot){.id = col_int(&rows, 0), .day = col_date(&rows, 1), .kind = str_dup(c->arena, col_text(&rows, 2)), .title = str_dup(c->arena, col_text(&rows, 3)),
		                .author = str_dup(c->arena, col_text(&rows, 4)), .made_at = col_instant(&rows, 5), .needs = col_int(&rows, 6)};
		Str sum = col_bytes(&rows, 7);
		if (sum.len == sizeof s->sha256)
			memcpy(s->sha256, sum.ptr, sum.len);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "snapshots");
}

Err snapshots_list(Ctx *c, Snapshots *ret) {
	return read_heads(c, 0, ret);
}

Err snapshot_get(Ctx *c, Id id, Snapshot *ret) {
	Snapshots found = {0};
	if (id > 0)
		TRY(read_heads(c, id, &found));
	if (!found.len)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový snímek není. Vyberte jej ze seznamu snímků.");
	*ret = found.at[0];
	return OK;
}

Err snapshot_rows(Ctx *c, Id id, SnapshotRows *ret) {
	Arena *a = c->arena;
	*ret = (SnapshotRows){0};
	Rows rows = db_query(ctx_conn(c), &sql_snapshot_rows, P(V(id)));
	while (rows_next(&rows)) {
		SnapshotRow *r = ARENA_PUSH(a, ret->at, ret->len, ret->cap);
		*r = (SnapshotRow){.need = col_int(&rows, 0), .year = col_int(&rows, 2), .missing_capacity = col_int(&rows, 8), .persons = col_int(&rows, 9),
		                   .rank_district = col_int(&rows, 11), .rank_region = col_int(&rows, 12)};
		const struct { Str *to; int column; } texts[] = {
			{&r->title, 1}, {&r->territory, 3}, {&r->district, 4}, {&r->target_group, 5}, {&r->kind, 6}, {&r->unit, 7}, {&r->state, 10},
		};
		for (size_t i = 0; i < LEN(texts); i++)
			*texts[i].to = str_dup(a, col_text(&rows, texts[i].column));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "snapshot");
}

Err snapshot_holds(Ctx *c, Id id, bool *ret) {
	Snapshot     s;
	SnapshotRows rows;
	TRY(snapshot_get(c, id, &s));
	TRY(snapshot_rows(c, id, &rows));
	*ret = memcmp(digest(c->arena, &rows).bytes, s.sha256, sizeof s.sha256) == 0 && (i64)rows.len == s.needs;
	return OK;
}

/* ---- comparing ---- */

static bool same_row(const SnapshotRow *x, const SnapshotRow *y) {
	return str_eq(x->title, y->title) && str_eq(x->territory, y->territory) && str_eq(x->target_group, y->target_group) && str_eq(x->kind, y->kind) &&
	       str_eq(x->unit, y->unit) && str_eq(x->state, y->state) && x->year == y->year && x->missing_capacity == y->missing_capacity &&
	       x->persons == y->persons && x->rank_district == y->rank_district && x->rank_region == y->rank_region;
}

void snapshots_compare(Arena *a, const SnapshotRows *before, const SnapshotRows *after, SnapshotDiffs *ret) {
	size_t i = 0, k = 0;
	*ret = (SnapshotDiffs){0};
	while (i < before->len || k < after->len) {
		const SnapshotRow *b = i < before->len ? &before->at[i] : NULL, *n = k < after->len ? &after->at[k] : NULL;
		SnapshotDiff       d = {0};
		if (!n || (b && b->need < n->need))
			d = (SnapshotDiff){SNAP_GONE, b, NULL};
		else if (!b || n->need < b->need)
			d = (SnapshotDiff){SNAP_NEW, NULL, n};
		else
			d = (SnapshotDiff){same_row(b, n) ? SNAP_SAME : SNAP_CHANGED, b, n};
		i += d.before != NULL;
		k += d.after != NULL;
		if (d.change != SNAP_SAME)
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = d;
	}
}

/* ---- a look from time to time ---- */

static Err check_snapshots(Ctx *c, bool *fine, Str *detail) {
	Snapshots all;
	TRY(snapshots_list(c, &all));
	*fine = true;
	for (size_t i = 0; i < all.len && *fine; i++) {
		TRY(snapshot_holds(c, all.at[i].id, fine));
		if (!*fine)
			*detail = str_format(c->arena, "Snímek č. %lld má jiný obsah, než když byl pořízen.", (long long)all.at[i].id);
	}
	return OK;
}

const Check needs_checks[1] = {
	{"needs.snapshots", "Snímky potřeb jsou takové, jaké byly pořízeny", SEVERITY_CRITICAL,
	 "Zjistěte, kdo zapisoval do databáze mimo program, a obnovte snímek ze zálohy.", check_snapshots},
};
