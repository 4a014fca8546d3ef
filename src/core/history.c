/* history.c: dated rows are closed and opened, never overwritten. */
#include "core/history.h"

#include "core/data_version.h"
#include "core/store_sql.h"
#include "core/trail.h"

#include "core/history.sql.h"

Err history_instant(Ctx *c, Instant *ret) {
	CHECK(c->tx_depth > 0);
	if (c->tx.recorded.ms == 0) {
		Rows rows = db_query(c->conn, &sql_history_clock, DB_NONE);
		i64  last = rows_next(&rows) ? col_instant(&rows, 0).ms : 0;
		TRY(rows_end(&rows));
		if (c->now.ms <= last)                       /* the clock was put back, or the same millisecond */
			c->now.ms = last + 1;
		TRY(db_run(c->conn, &sql_history_clock_set, P(V(c->now)), NULL));
		c->tx.recorded = c->now;
	}
	*ret = c->tx.recorded;
	return OK;
}

void history_record_at(Ctx *c, Instant at) {
	CHECK(c->tx_depth > 0 && at.ms > 0);
	c->now = at;
	c->today = prague_day(at);
	c->tx.recorded = at;
}

/* ---- refusals ---- */

/* What the store refused, said for people, unless it was said already. */
static Err refused(Ctx *c, const Entity *e, Err err, size_t said) {
	if (c->problems.len > said)
		return err;
	if (err == ERR_CONFLICT)
		return fail(c, err, NULL, "Takový záznam (%s) už existuje nebo odkazuje na záznam, který není. Zkontrolujte vyplněné údaje.", e->one);
	return fail_store(c, err, e->name);
}

/* Days that the store can write: the last day of all means open. */
static Err check_days(Ctx *c, Date from, Date *to) {
	if (!date_is(from))
		return fail(c, ERR_INVALID, "valid_from", "Doplňte den, od kterého údaje platí.");
	if (date_is(*to) && date_after(from, *to))
		return fail(c, ERR_INVALID, "valid_to", "Konec platnosti je před jejím začátkem. Opravte jeden z obou dnů.");
	if (date_is(*to) && !date_before(*to, date(9999, 12, 31)))
		*to = (Date){0};
	return OK;
}

/* No other thing has the value of a unique field on any of the days. */
static Err check_unique(Ctx *c, const Entity *e, const void *row, Id id, Date from, Date to) {
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (!f->unique || !field_is_text(f) || field_is_blank(f, row))
			continue;
		CLEANUP(buf_free) Buf b = {0};
		buf_format(&b, "SELECT COUNT(*) FROM %s WHERE %s = $1 AND id <> $2 AND recorded_to IS NULL AND valid_from <= $3"
		               " AND (valid_to IS NULL OR valid_to >= $4)", e->table, f->name);
		Str value = *(const Str *)field_in(f, row);
		i64 others;
		TRY(db_get_int(c->conn, sql_intern(e->name, buf_view(&b)),
		               P(V(value), V(id), V(date_is(to) ? to : date(9999, 12, 31)), V(from)), 0, &others));
		if (others)
			return fail(c, ERR_CONFLICT, f->name, "%s: „%.*s“ už v těchto dnech patří jinému záznamu (%s). Zkontrolujte zápis.", f->label,
			            STR_ARG(utf8_first(value, 60)), e->one);
	}
	return OK;
}

/* Whoever writes has read the newest state (raise_version). */
static Err check_version(Ctx *c, const Entity *e, Id id, i64 seen) {
	i64 newest;
	TRY(db_get_int(c->conn, entity_sql(e)->newest_version, P(V(id)), 0, &newest));
	if (newest == 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Záznam (%s) neexistuje, nebo k němu nemáte přístup.", e->one);
	if (newest != seen)
		return fail(c, ERR_CONFLICT, NULL, "Záznam (%s) mezitím uložil někdo jiný. Porovnejte obě podoby a vyberte, co má platit.", e->one);
	return OK;
}

/* ---- trail ---- */

/* One record for days [from, to] on which `before` became `after`; either may be NULL. */
static Err note(Ctx *c, const Entity *e, const char *action, Id id, const void *before, const void *after, Date from, Date to) {
	char         iso_from[DATE_ISO_LEN], iso_to[DATE_ISO_LEN];
	Str          first = date_iso(from, iso_from), last = date_iso(to, iso_to);
	TrailChange *fields = NULL;
	size_t       n = after ? trail_changes(c, e, before, after, &fields) : 0;
	TrailChange *all = NEW_ARRAY(c->arena, TrailChange, n + 2);
	all[0] = (TrailChange){.field = "valid_from", .before = after ? S("") : first, .after = after ? first : S("")};
	all[1] = (TrailChange){.field = "valid_to", .before = after ? S("") : last, .after = after ? last : S("")};
	if (n)
		memcpy(all + 2, fields, n * sizeof *all);
	return trail_add(c, (TrailEntry){.action = action, .object = e->name, .object_id = id, .changes = all, .change_count = n + 2});
}

static bool looks_equal(const Entity *e, const void *x, const void *y) {
	if (!x || !y)
		return x == y;
	for (size_t i = 0; i < e->field_count; i++)
		if (!field_equal(&e->fields[i], x, y))
			return false;
	return true;
}

static bool is_before(Date last, Date day) { return date_is(last) && date_before(last, day); }
static Date earlier(Date x, Date y) { return !date_is(x) ? y : !date_is(y) || date_before(x, y) ? x : y; }

typedef struct Piece {
	Date        from, to;
	const void *before;
} Piece;

/* The days from *at on, at most to `to`, on which one row, or none, is believed. Moves *at behind them. */
static bool next_piece(const EntityList *now, Date *at, Date to, Piece *p) {
	if (!date_is(*at) || is_before(to, *at))
		return false;
	*p = (Piece){.from = *at, .to = to};
	for (size_t i = 0; i < now->len; i++) {
		const EntityHead *h = now->at[i];
		if (is_before(h->valid_to, *at))
			continue;
		if (date_after(h->valid_from, *at)) {
			p->to = earlier(to, date_add(h->valid_from, -1));
		} else {
			p->before = h;
			p->to = earlier(to, h->valid_to);
		}
		break;
	}
	*at = date_is(p->to) ? date_add(p->to, 1) : (Date){0};
	return true;
}

/* ---- writing ---- */

static Spans spans_of(Arena *a, const EntityList *now) {
	Spans s = {0};
	for (size_t i = 0; i < now->len; i++) {
		const EntityHead *h = now->at[i];
		*ARENA_PUSH(a, s.at, s.len, s.cap) = (Span){h->valid_from, h->valid_to, (int)i};
	}
	return s;
}

static Err put_row(Ctx *c, const Entity *e, void *row, i64 version, Span s, Instant instant) {
	EntityHead *h = row;
	h->row = 0;
	h->version = version;
	h->valid_from = s.from;
	h->valid_to = s.to;
	h->recorded_from = instant;
	h->recorded_to = (Instant){0};
	return store_put_row(c, e, row);
}

/* All believed rows carry the newest version: whichever of its days was read, it tells whether the thing was changed since. */
static Err raise_version(Ctx *c, const Entity *e, Id id, i64 version) {
	CLEANUP(buf_free) Buf b = {0};
	/* every day is after '': with it the index of what is believed now is taken, and not one of all that ever was */
	buf_format(&b, "UPDATE %s SET version = $2 WHERE id = $1 AND recorded_to IS NULL AND valid_from > ''", e->table);
	return db_run(c->conn, sql_intern(e->name, buf_view(&b)), P(V(id), V(version)), NULL);
}

/* Put `row`, or nothing when it is NULL, on days [from, to]. */
static Err put_days(Ctx *c, const Entity *e, const EntityList *now, Id id, i64 version, void *row, Date from, Date to) {
	Instant instant;
	TRY(history_instant(c, &instant));
	Spans old = spans_of(c->arena, now), next;
	bool *keep = NEW_ARRAY(c->arena, bool, now->len + 1);
	bool  any_kept = false;
	int   new_value = (int)now->len;
	spans_put(c->arena, &old, from, to, row ? new_value : -1, &next, keep);
	if (next.len == 0)                           /* nothing stays that could carry the version but what is closed */
		TRY(raise_version(c, e, id, version + 1));
	for (size_t i = 0; i < now->len; i++) {
		any_kept |= keep[i];
		if (!keep[i])
			TRY(store_close_row(c, e, ((const EntityHead *)now->at[i])->row, instant));
	}
	if (any_kept)
		TRY(raise_version(c, e, id, version + 1));
	for (size_t i = 0; i < next.len; i++) {
		Span s = next.at[i];
		if (s.value == new_value)
			TRY(put_row(c, e, row, version + 1, s, instant));
		else if (!keep[s.value])
			TRY(put_row(c, e, entity_copy(c->arena, e, now->at[s.value]), version + 1, s, instant));
	}
	return e->raises_data_version ? data_version_raise(c) : OK;
}

static Err create_inside(Ctx *c, const Entity *e, void *row, Date from, Date to, bool judged) {
	EntityHead *h = row;
	if (h->id) {
		i64 newest;
		TRY(db_get_int(c->conn, entity_sql(e)->newest_version, P(V(h->id)), 0, &newest));
		if (newest)
			return ERR_CONFLICT;
	} else {
		TRY(db_new_id(c->conn, &h->id));
	}
	if (!judged)
		TRY(check_unique(c, e, row, h->id, from, to));
	TRY(put_days(c, e, &(EntityList){0}, h->id, 0, row, from, to));
	return note(c, e, "create", h->id, NULL, row, from, to);
}

static Err change_inside(Ctx *c, const Entity *e, void *row, Date from, Date to, bool judged) {
	EntityHead *h = row;
	EntityList  now;
	Piece       p;
	TRY(check_version(c, e, h->id, h->version));
	TRY(store_spans(c, e, h->id, (Instant){0}, &now));
	bool same = true;
	for (Date at = from; same && next_piece(&now, &at, to, &p);)
		same = looks_equal(e, p.before, row);
	if (same)
		return OK;
	if (!judged)
		TRY(check_unique(c, e, row, h->id, from, to));
	TRY(put_days(c, e, &now, h->id, h->version, row, from, to));
	for (Date at = from; next_piece(&now, &at, to, &p);)
		if (!looks_equal(e, p.before, row))
			TRY(note(c, e, p.before ? "change" : "create", h->id, p.before, row, p.from, p.to));
	return OK;
}

typedef Err (*Inside)(Ctx *c, const Entity *e, void *row, Date from, Date to, bool judged);

/* Checked, then all of it or nothing; the head of a row that was refused is as it came. */
static Err put(Ctx *c, const Entity *e, void *row, Date from, Date to, bool judged, Inside inside) {
	CHECK(e->dated);
	TRY(check_days(c, from, &to));
	EntityHead *h = row, before = *h;
	h->valid_from = from;                        /* rules may ask on which days it is to hold */
	h->valid_to = to;
	Err judgement = judged ? OK : entity_check(c, e, row);
	*h = before;
	TRY(judgement);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	size_t said = c->problems.len;
	Err    err = inside(c, e, row, from, to, judged);
	if (err != OK) {
		*(EntityHead *)row = before;
		return refused(c, e, err, said);
	}
	return tx_commit(&tx);
}

Err history_create(Ctx *c, const Entity *e, void *row, Date from, Date to) {
	return put(c, e, row, from, to, false, create_inside);
}

Err history_create_judged(Ctx *c, const Entity *e, void *row, Date from, Date to) {
	return put(c, e, row, from, to, true, create_inside);
}

Err history_change(Ctx *c, const Entity *e, void *row, Date from, Date to) {
	return put(c, e, row, from, to, false, change_inside);
}

Err history_change_judged(Ctx *c, const Entity *e, void *row, Date from, Date to) {
	return put(c, e, row, from, to, true, change_inside);
}

static Err end_inside(Ctx *c, const Entity *e, Id id, i64 version, Date from, Date to) {
	EntityList now;
	Piece      p;
	bool       any = false;
	TRY(check_version(c, e, id, version));
	TRY(store_spans(c, e, id, (Instant){0}, &now));
	for (Date at = from; !any && next_piece(&now, &at, to, &p);)
		any = p.before != NULL;
	if (!any)
		return OK;
	TRY(put_days(c, e, &now, id, version, NULL, from, to));
	for (Date at = from; next_piece(&now, &at, to, &p);)
		if (p.before)
			TRY(note(c, e, "end", id, p.before, NULL, p.from, p.to));
	return OK;
}

Err history_end(Ctx *c, const Entity *e, Id id, i64 version, Date from, Date to) {
	CHECK(e->dated);
	TRY(check_days(c, from, &to));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	size_t said = c->problems.len;
	Err    err = end_inside(c, e, id, version, from, to);
	if (err != OK)
		return refused(c, e, err, said);
	return tx_commit(&tx);
}
