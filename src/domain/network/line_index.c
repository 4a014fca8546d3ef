/* line_index.c: spans of all lines of a store in memory, as one counted set per data version. */
#include "domain/network/line_index.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/lock.h"
#include "core/data_version.h"
#include "domain/network/line_index.sql.h"

typedef struct LineSpan { Id row, network; i64 known, gone; i32 from, to; } LineSpan;      /* gone, to: the greatest number = open */
typedef struct Stamp { i64 last, believed; } Stamp;

/* Spans that are believed at some instant since `from` until the next bucket begins. */
typedef struct Bucket { i64 from; u32 *at; size_t len; } Bucket;
enum { MOST_BUCKETS = 64, LEAST_IN_BUCKET = 128 };

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
	Bucket    *buckets;                      /* none when there are few spans, or most are believed for ever */
	size_t     bucket_count;
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

static int by_beginning(const void *x, const void *y) {
	i64 a = ((const Bucket *)x)->from, b = ((const Bucket *)y)->from;
	return a < b ? -1 : a > b;
}

static size_t bucket_of(const LineSet *s, i64 instant) {
	size_t low = 0, high = s->bucket_count;      /* the first one begins before all times */
	while (high - low > 1) {
		size_t mid = (low + high) / 2;
		if (s->buckets[mid].from <= instant)
			low = mid;
		else
			high = mid;
	}
	return low;
}

/* A network that changed often is believed in a small part at any instant: spans stand in each bucket of time that they reach into. */
static void part_by_time(LineSet *s) {
	size_t all = 0;
	s->bucket_count = s->len / LEAST_IN_BUCKET < MOST_BUCKETS ? s->len / LEAST_IN_BUCKET : MOST_BUCKETS;
	if (s->bucket_count < 2)
		return;
	s->buckets = NEW_ARRAY(&s->arena, Bucket, s->bucket_count);
	for (size_t i = 0; i < s->bucket_count; i++)
		s->buckets[i].from = i ? s->spans[s->len / s->bucket_count * i].known : INT64_MIN;
	qsort(s->buckets, s->bucket_count, sizeof *s->buckets, by_beginning);
	for (size_t i = 0; i < s->len; i++)
		for (size_t k = bucket_of(s, s->spans[i].known), last = bucket_of(s, s->spans[i].gone - 1); k <= last; k++, all++)
			s->buckets[k].len++;
	if (all > 4 * s->len) {                      /* four bytes each: never more than the half of the spans themselves */
		s->buckets = NULL;
		return;
	}
	for (size_t k = 0; k < s->bucket_count; k++) {
		s->buckets[k].at = NEW_ARRAY(&s->arena, u32, s->buckets[k].len + 1);
		s->buckets[k].len = 0;
	}
	for (size_t i = 0; i < s->len; i++)
		for (size_t k = bucket_of(s, s->spans[i].known), last = bucket_of(s, s->spans[i].gone - 1); k <= last; k++)
			s->buckets[k].at[s->buckets[k].len++] = (u32)i;
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
	part_by_time(s);
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

/* Spans among which those stand that are believed at an instant. */
typedef struct Walk { const LineSpan *spans; const u32 *some; size_t len; } Walk;      /* some: their places; NULL = all */

static Walk walk_at_instant(const LineSet *s, i64 recorded) {
	if (!s)
		return (Walk){0};
	if (recorded >= s->changed)
		return (Walk){s->spans, s->open, s->open_len};
	if (!s->buckets)
		return (Walk){s->spans, NULL, s->len};
	const Bucket *b = &s->buckets[bucket_of(s, recorded)];
	return (Walk){s->spans, b->at, b->len};
}

static inline const LineSpan *walk_at(const Walk *w, size_t i) {
	return &w->spans[w->some ? w->some[i] : i];
}

Err line_rows_at(Ctx *c, Id network, AsOf at, LineRows *ret) {
	CLEANUP(let_go) LineSet *s = NULL;
	*ret = (LineRows){0};
	TRY(open_set(c, &s));
	ret->known = s != NULL;
	Walk w = walk_at_instant(s, at.recorded.ms);
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
	Walk w = walk_at_instant(s, first.recorded.ms);
	for (size_t i = 0; i < w.len; i++) {
		const LineSpan *x = walk_at(&w, i);
		LineRows       *to = holds(x, second) ? &ret->both : &ret->first;
		if (x->network == network && holds(x, first))
			*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = x->row;
	}
	w = walk_at_instant(s, second.recorded.ms);
	for (size_t i = 0; i < w.len; i++) {
		const LineSpan *x = walk_at(&w, i);
		if (x->network == network && holds(x, second) && !holds(x, first))
			*ARENA_PUSH(c->arena, ret->second.at, ret->second.len, ret->second.cap) = x->row;
	}
	return OK;
}
