/* catalogue_index.c: the index as one counted set per store. The first reader that sees a newer version of the data builds it anew;
 * others keep the old one meanwhile. Where a build takes long, a thread of its own makes it and nobody waits. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/data_version.h"
#include "base/log.h"
#include "domain/register/catalogue_inside.h"

typedef struct Kept Kept;
struct Kept {
	Kept      *next;                         /* of other stores */
	Db        *db;
	i64        version;
	bool       ready, building;              /* building: somebody makes the next one */
	i64        build_ms;
	atomic_int users;
	Arena      arena;
	Catalogue  catalogue;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  built = PTHREAD_COND_INITIALIZER;
static Kept           *newest;               /* one per store */
static int             asides;               /* threads that build */
static CatalogueDraw   draw_by;              /* set once at start, before readers */
static int             aside_after_ms = 200; /* a build that took as long is made aside the next time */

void catalogue_build_aside_after(int ms) {
	aside_after_ms = ms;
}

void catalogue_draw_by(CatalogueDraw draw) {
	draw_by = draw;
}

static void let_go(void *arg) {
	Kept *k = arg;
	if (atomic_fetch_sub(&k->users, 1) == 1) {
		arena_free(&k->arena);
		free(k);
	}
}

static Kept *new_kept(Db *db, i64 version) {
	Kept *k = calloc(1, sizeof *k);
	CHECK(k != NULL);
	k->db = db;
	k->version = version;
	k->users = 1;
	return k;
}

static void let_go_of(Kept **k) {
	if (*k)
		let_go(*k);
}

static Kept **place_of(Db *db) {
	Kept **p = &newest;
	while (*p && (*p)->db != db)
		p = &(*p)->next;
	return p;
}

/* The index of a store to use now, counted, or NULL; and whether the caller shall have the next one built. */
static Kept *take(Ctx *c, i64 version, bool *shall_build) {
	pthread_mutex_lock(&lock);
	Kept *k = *place_of(c->db);
	while (k && !k->ready) {                     /* the very first one: there is nothing to show meanwhile */
		pthread_cond_wait(&built, &lock);
		k = *place_of(c->db);
	}
	bool is_new = k && k->version >= version && date_eq(k->catalogue.today, c->today);
	*shall_build = !k || (!is_new && !k->building);
	if (!k) {
		k = new_kept(c->db, 0);
		k->next = newest;
		newest = k;
	}
	k->building |= *shall_build;
	if (k->ready && (!*shall_build || k->build_ms >= aside_after_ms))
		atomic_fetch_add(&k->users, 1);
	else
		k = NULL;
	pthread_mutex_unlock(&lock);
	return k;
}

/* The new one takes the place of the old one; NULL: the build failed, and the next reader tries again. */
static void put(Db *db, Kept *fresh) {
	pthread_mutex_lock(&lock);
	Kept **p = place_of(db), *old = *p;
	if (old && (fresh || !old->ready))
		*p = old->next;
	else if (old)
		old->building = false;
	if (fresh) {
		fresh->ready = true;
		fresh->next = newest;
		newest = fresh;
	} else if (old && old->ready) {
		old = NULL;                              /* it stays */
	}
	pthread_cond_broadcast(&built);
	pthread_mutex_unlock(&lock);
	if (old)
		let_go(old);
}

static i64 milliseconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Memory of its own, so that no request's limit can end a build half way. */
static Err build(Ctx *c, i64 version, Kept **ret) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx   own = *c;
	CLEANUP(let_go_of) Kept *k = new_kept(c->db, version);
	i64   start = milliseconds();
	own.arena = &scratch;
	own.problems = (Problems){0};
	Err e = catalogue_build(&own, &k->arena, &k->catalogue);
	if (e == OK && draw_by)
		e = draw_by(&own, &k->arena, &k->catalogue, &k->catalogue.drawing);
	k->catalogue.bytes = k->arena.held;
	k->build_ms = milliseconds() - start;
	if (e != OK)
		return e;
	*ret = k;
	k = NULL;
	return OK;
}

/* Whoever promised the next one and leaves without it, says so: others wait. */
static void put_nothing(Db **db) {
	if (*db)
		put(*db, NULL);
}

/* Build and hand over; *ret (may be NULL) gets the new one, counted. */
static Err build_next(Ctx *c, i64 version, Kept **ret) {
	Kept *k;
	CLEANUP(put_nothing) Db *promised = c->db;
	TRY(build(c, version, &k));
	promised = NULL;
	if (ret) {
		atomic_fetch_add(&k->users, 1);
		*ret = k;
	}
	put(c->db, k);
	return OK;
}

/* ---- aside ---- */

typedef struct Aside {
	Db     *db;
	Instant now;
} Aside;

static void *build_aside(void *arg) {
	Aside *what = arg;
	Arena  a = {0};
	Ctx    c = ctx_make(&a, what->db, &actor_program, what->now);
	i64    version;
	if (data_version(&c, &version) != OK)
		put(what->db, NULL);
	else if (build_next(&c, version, NULL) != OK)
		log_line(LOGS_ERROR, "catalogue", 0, "the index could not be built anew");
	ctx_end(&c);
	arena_free(&a);
	db_thread_end(what->db);
	pthread_mutex_lock(&lock);
	asides--;
	pthread_cond_broadcast(&built);
	pthread_mutex_unlock(&lock);
	free(what);
	return NULL;
}

static bool start_aside(const Ctx *c) {
	pthread_t thread;
	Aside    *what = malloc(sizeof *what);
	CHECK(what != NULL);
	*what = (Aside){c->db, c->now};
	pthread_mutex_lock(&lock);
	asides++;
	pthread_mutex_unlock(&lock);
	if (pthread_create(&thread, NULL, build_aside, what) == 0) {
		pthread_detach(thread);
		return true;
	}
	pthread_mutex_lock(&lock);
	asides--;
	pthread_mutex_unlock(&lock);
	free(what);
	return false;
}

/* ---- for readers ---- */

static Err get_shared(Ctx *c, i64 version, Kept **ret) {
	bool shall_build;
	*ret = take(c, version, &shall_build);
	if (*ret && (!shall_build || start_aside(c))) {
		c->stale |= (*ret)->version < version || !date_eq((*ret)->catalogue.today, c->today);
		return OK;
	}
	if (*ret)
		let_go(*ret);
	return build_next(c, version, ret);
}

/* Inside a write transaction the index may hold what is not committed: it is this context's own. */
Err catalogue_get(Ctx *c, const Catalogue **ret) {
	i64    version;
	Kept  *k;
	void **held = arena_promise(c->arena, let_go);
	if (data_version(c, &version) != OK || (c->tx_depth > 0 ? build(c, version, &k) : get_shared(c, version, &k)) != OK)
		return fail_internal(c, "catalogue");
	*held = k;
	*ret = &k->catalogue;
	return OK;
}

void catalogue_forget(Db *db) {
	pthread_mutex_lock(&lock);
	while (asides > 0)                           /* the store must not be closed under them */
		pthread_cond_wait(&built, &lock);
	Kept **p = place_of(db), *k = *p;
	if (k)
		*p = k->next;
	pthread_mutex_unlock(&lock);
	if (k)
		let_go(k);
}

Err catalogue_start(Ctx *c) {
	const Catalogue *k;
	return catalogue_get(c, &k);
}
