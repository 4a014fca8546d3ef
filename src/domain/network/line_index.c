/* line_index.c: spans of all lines of a store in memory, as one counted set per data version. */
#include "domain/network/line_index.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/lock.h"
#include "core/data_version.h"
#include "domain/network/line_index.sql.h"

typedef struct LineSpan { Id row, network; i64 known, gone; i32 from, to; } LineSpan;      /* gone, to: the greatest number = open */
typedef struct Stamp { i64 last, believed; } Stamp;

typedef struct LineSet LineSet;
struct LineSet {
	LineSet   *next;                         /* of other stores */
	Db        *db;
	i64        first_version, version;       /* data versions in between see the same lines */
	Stamp      stamp;
	atomic_int users;
	LineSpan  *spans;                        /* by row */
	size_t     len, cap;
	u32       *open;                         /* places of those that are believed now: most questions are about them */
	size_t     open_len;
	i64        changed;                      /* when the newest span came, or the last one went */
	Arena      arena;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;       /* of the list */
static pthread_mutex_t building = PTHREAD_MUTEX_INITIALIZER;   /* one reader makes the next set, others wait for it */
static LineSet        *newest;               /* one per store */

static void let_go(LineSet **s) {
	if (*s && atomic_fetch_sub(&(*s)->users, 1) == 1) {
		arena_free(&(*s)->arena);
		free(*s);
	}
	*s = NULL;
}

/* The set of a store, counted; NULL when there is none. */
static LineSet *take(const Db *db) {
	pthread_mutex_lock(&lock);
	LineSet *s = newest;
	while (s && s->db != db)
		s = s->next;
	if (s)
		atomic_fetch_add(&s->users, 1);
	pthread_mutex_unlock(&lock);
	return s;
}

static bool sees(LineSet *s, i64 version) {
	pthread_mutex_lock(&lock);
	bool same = s->first_version <= version && version <= s->version;
	pthread_mutex_unlock(&lock);
	return same;
}

static void put_in_place(Db *db, LineSet *fresh) {
	pthread_mutex_lock(&lock);
	LineSet **p = &newest, *old;
	while (*p && (*p)->db != db)
		p = &(*p)->next;
	old = *p;
	if (old)
		*p = old->next;
	if (fresh) {
		atomic_fetch_add(&fresh->users, 1);
		fresh->next = newest;
		newest = fresh;
	}
	pthread_mutex_unlock(&lock);
	let_go(&old);
}

void line_index_forget(Db *db) {
	put_in_place(db, NULL);
}

/* ---- making the next one ---- */

static Err read_stamp(Ctx *c, Stamp *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_line_index_stamp, DB_NONE);
	*ret = (Stamp){0};
	if (rows_next(&rows))
		*ret = (Stamp){col_int(&rows, 0), col_int(&rows, 1)};
	return rows_end(&rows);
}

static Err add_new(Ctx *c, LineSet *s) {
	Rows rows = db_stream(ctx_conn(c), &sql_line_index_new, P(V(s->len ? s->spans[s->len - 1].row : (Id)0)));
	while (rows_next(&rows)) {
		Date    to = col_date(&rows, 3);
		Instant gone = col_instant(&rows, 5);
		*ARENA_PUSH(&s->arena, s->spans, s->len, s->cap) = (LineSpan){.row = col_int(&rows, 0), .network = col_int(&rows, 1), .from = col_date(&rows, 2).n,
			.to = date_is(to) ? to.n : INT32_MAX, .known = col_instant(&rows, 4).ms, .gone = gone.ms ? gone.ms : INT64_MAX};
	}
	return rows_end(&rows);
}

static int by_row(const void *x, const void *y) {
	Id a = *(const Id *)x, b = *(const Id *)y;
	return a < b ? -1 : a > b;
}

static Err close_span(Ctx *c, LineSpan *s) {
	Rows    rows = db_query(ctx_conn(c), &sql_line_index_closed, P(V(s->row)));
	Instant gone = rows_next(&rows) ? col_instant(&rows, 0) : (Instant){0};
	TRY(rows_end(&rows));
	s->gone = gone.ms ? gone.ms : INT64_MAX;
	return OK;
}

/* Spans that were open and are no longer among the believed ones. */
static Err close_old(Ctx *c, LineSet *s, i64 believed, size_t old_len) {
	CLEANUP(arena_free) Arena scratch = {0};
	Id    *ids = NEW_ARRAY(&scratch, Id, believed + 1);
	size_t n = 0, k = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_line_index_believed, DB_NONE);
	while (rows_next(&rows) && (i64)n < believed)
		ids[n++] = col_int(&rows, 0);
	TRY(rows_end(&rows));
	if (n > 1)
		qsort(ids, n, sizeof *ids, by_row);
	for (size_t i = 0; i < old_len; i++) {
		if (s->spans[i].gone != INT64_MAX)
			continue;
		while (k < n && ids[k] < s->spans[i].row)
			k++;
		if (k == n || ids[k] != s->spans[i].row)
			TRY(close_span(c, &s->spans[i]));
	}
	return OK;
}

static void note_open(LineSet *s) {
	s->open = NEW_ARRAY(&s->arena, u32, s->len + 1);
	for (size_t i = 0; i < s->len; i++) {
		const LineSpan *x = &s->spans[i];
		if (x->gone == INT64_MAX)
			s->open[s->open_len++] = (u32)i;
		else if (x->gone > s->changed)
			s->changed = x->gone;
		s->changed = x->known > s->changed ? x->known : s->changed;
	}
}

/* Memory of its own, so that no request's limit can end it half way. */
static Err make(Ctx *c, const LineSet *old, Stamp stamp, i64 version, LineSet **ret) {
	CLEANUP(let_go) LineSet *s = calloc(1, sizeof *s);
	CHECK(s != NULL);
	s->db = c->db;
	s->first_version = s->version = version;
	s->stamp = stamp;
	s->users = 1;
	if (old && old->len) {
		s->cap = old->len + old->len / 8 + 64;
		s->spans = NEW_ARRAY(&s->arena, LineSpan, s->cap);
		memcpy(s->spans, old->spans, old->len * sizeof *s->spans);
		s->len = old->len;
	}
	size_t old_len = s->len;
	TRY(add_new(c, s));
	if (old_len)
		TRY(close_old(c, s, stamp.believed, old_len));
	note_open(s);
	*ret = s;
	s = NULL;
	return OK;
}

/* The set that this reader may use, counted; NULL when the reader looks at a moment before the newest one, or lines are being written all the time. */
static Err set_for(Ctx *c, i64 version, LineSet **ret) {
	Stamp stamp;
	*ret = take(c->db);
	if (*ret && sees(*ret, version))
		return OK;
	LOCKED(&building);
	let_go(ret);
	CLEANUP(let_go) LineSet *old = take(c->db);  /* somebody may have made it meanwhile */
	if (old && version < old->first_version)
		return OK;
	if (old && sees(old, version)) {
		*ret = old;
		old = NULL;
		return OK;
	}
	TRY(read_stamp(c, &stamp));
	if (old && old->stamp.last == stamp.last && old->stamp.believed == stamp.believed) {
		pthread_mutex_lock(&lock);
		old->version = version;
		pthread_mutex_unlock(&lock);
		*ret = old;
		old = NULL;
		return OK;
	}
	/* Outside of one moment of the store somebody may write between these questions: then half of a change would be in the set. */
	for (int tries = 0; tries < 3; tries++) {
		Stamp after;
		TRY(make(c, old, stamp, version, ret));
		TRY(read_stamp(c, &after));
		if (after.last == stamp.last && after.believed == stamp.believed) {
			put_in_place(c->db, *ret);
			return OK;
		}
		let_go(ret);
		stamp = after;
	}
	return OK;
}

/* ---- reading ---- */

/* The set to walk over, counted; NULL when the store must be asked: what is written in a transaction is not committed, memory does not know it. */
static Err open_set(Ctx *c, LineSet **ret) {
	i64 version;
	*ret = NULL;
	if (c->tx_depth > 0)
		return OK;
	return data_version(c, &version) == OK && set_for(c, version, ret) == OK ? OK : fail_internal(c, "index of lines");
}

static inline bool holds(const LineSpan *x, AsOf at) {
	return x->from <= at.valid.n && x->to >= at.valid.n && x->known <= at.recorded.ms && x->gone > at.recorded.ms;
}

/* The spans among which those stand that are believed at an instant or later. */
typedef struct Walk { const LineSpan *spans; const u32 *open; size_t len; } Walk;

static Walk walk_from(const LineSet *s, i64 recorded) {
	if (!s)
		return (Walk){0};
	bool all = recorded < s->changed;
	return (Walk){s->spans, all ? NULL : s->open, all ? s->len : s->open_len};
}

static inline const LineSpan *walk_at(const Walk *w, size_t i) {
	return &w->spans[w->open ? w->open[i] : i];
}

Err line_rows_at(Ctx *c, Id network, AsOf at, LineRows *ret) {
	CLEANUP(let_go) LineSet *s = NULL;
	*ret = (LineRows){0};
	TRY(open_set(c, &s));
	ret->known = s != NULL;
	Walk w = walk_from(s, at.recorded.ms);
	for (size_t i = 0; i < w.len; i++)
		if (walk_at(&w, i)->network == network && holds(walk_at(&w, i), at))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = walk_at(&w, i)->row;
	return OK;
}

Err line_rows_at_two(Ctx *c, Id network, AsOf first, AsOf second, LineRowsTwo *ret) {
	CLEANUP(let_go) LineSet *s = NULL;
	*ret = (LineRowsTwo){0};
	TRY(open_set(c, &s));
	ret->both.known = ret->first.known = ret->second.known = s != NULL;
	Walk w = walk_from(s, first.recorded.ms < second.recorded.ms ? first.recorded.ms : second.recorded.ms);
	for (size_t i = 0; i < w.len; i++) {
		const LineSpan *x = walk_at(&w, i);
		if (x->network != network)
			continue;
		bool      at_first = holds(x, first), at_second = holds(x, second);
		LineRows *to = at_first && at_second ? &ret->both : at_first ? &ret->first : &ret->second;
		if (at_first || at_second)
			*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = x->row;
	}
	return OK;
}
