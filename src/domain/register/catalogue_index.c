/* catalogue_index.c: the index as one counted set per store. The first reader that sees a newer version of the data builds it anew;
 * others keep the old one meanwhile. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/data_version.h"
#include "domain/register/catalogue_inside.h"

typedef struct Kept Kept;
struct Kept {
	Kept      *next;                         /* of other stores */
	Db        *db;
	i64        version;
	bool       ready, building;              /* building: somebody makes the next one */
	atomic_int users;
	Arena      arena;
	Catalogue  catalogue;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t  built = PTHREAD_COND_INITIALIZER;
static Kept           *newest;               /* one per store */
static CatalogueDraw   draw_by;              /* set once at start, before readers */

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

static Kept **place_of(Db *db) {
	Kept **p = &newest;
	while (*p && (*p)->db != db)
		p = &(*p)->next;
	return p;
}

/* The index of a store to use now, counted; or NULL, and then the caller builds. */
static Kept *take(Ctx *c, i64 version) {
	pthread_mutex_lock(&lock);
	Kept *k = *place_of(c->db);
	while (k && !k->ready) {                 /* the very first one: there is nothing to show meanwhile */
		pthread_cond_wait(&built, &lock);
		k = *place_of(c->db);
	}
	bool is_new = k && k->version >= version && date_eq(k->catalogue.today, c->today);
	if (k && (is_new || k->building)) {
		atomic_fetch_add(&k->users, 1);
	} else {
		if (!k) {
			k = new_kept(c->db, 0);
			k->next = newest;
			newest = k;
		}
		k->building = true;
		k = NULL;
	}
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

/* Memory of its own, so that no request's limit can end a build half way. */
static Err build(Ctx *c, i64 version, Kept **ret) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx   own = *c;
	Kept *k = new_kept(c->db, version);
	own.arena = &scratch;
	own.problems = (Problems){0};
	Err e = catalogue_build(&own, &k->arena, &k->catalogue);
	if (e == OK && draw_by)
		e = draw_by(&own, &k->arena, &k->catalogue, &k->catalogue.drawing);
	k->catalogue.bytes = k->arena.held;
	*ret = k;
	return e;
}

Err catalogue_get(Ctx *c, const Catalogue **ret) {
	i64 version;
	if (data_version(c, &version) != OK)
		return fail_internal(c, "data version");
	bool  is_private = c->tx_depth > 0;          /* it may hold what is not committed */
	Kept *k = is_private ? NULL : take(c, version);
	if (!k) {
		Err e = build(c, version, &k);
		if (e != OK) {
			let_go(k);
			if (!is_private)
				put(c->db, NULL);
			return fail_internal(c, "catalogue");
		}
		if (!is_private) {
			atomic_fetch_add(&k->users, 1);
			put(c->db, k);
		}
	}
	arena_defer(c->arena, let_go, k);
	*ret = &k->catalogue;
	return OK;
}

void catalogue_forget(Db *db) {
	pthread_mutex_lock(&lock);
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
