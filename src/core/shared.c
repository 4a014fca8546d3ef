/* shared.c: sets in memory, counted, the newest of each kind and store kept for the next reader. */
#include "core/shared.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/data_version.h"

typedef struct Shared Shared;
struct Shared {
	Shared           *next;
	const SharedKind *kind;
	Db               *db;
	i64               version;               /* the newest one that it is known to be of */
	SharedStamp       stamp;
	atomic_int        users;
	Arena             arena;
	_Alignas(max_align_t) unsigned char set[];
};

/* What a context has seen, in its memory. */
struct SharedSeen {
	SharedSeen       *next;
	const SharedKind *kind;
	Shared           *shared;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Shared         *newest;               /* one per kind and store */

static void let_go(void *arg) {
	Shared *s = arg;
	if (atomic_fetch_sub(&s->users, 1) != 1)
		return;
	if (s->kind->end)
		s->kind->end(s->set);
	arena_free(&s->arena);
	free(s);
}

static void let_go_of(Shared **s) {
	if (*s)
		let_go(*s);
}

static Shared *find(const Ctx *c, const SharedKind *kind, i64 version) {
	pthread_mutex_lock(&lock);
	Shared *s = newest;
	while (s && (s->db != c->db || s->kind != kind || s->version != version))
		s = s->next;
	if (s)
		atomic_fetch_add(&s->users, 1);
	pthread_mutex_unlock(&lock);
	return s;
}

/* The newest set, when it is made of the same rows; it is of this version, too, when that one is committed. */
static Shared *find_alike(const Ctx *c, const SharedKind *kind, i64 version, SharedStamp stamp) {
	pthread_mutex_lock(&lock);
	Shared *s = newest;
	while (s && (s->db != c->db || s->kind != kind))
		s = s->next;
	if (s && (s->stamp.last != stamp.last || s->stamp.count != stamp.count))
		s = NULL;
	if (s) {
		atomic_fetch_add(&s->users, 1);
		s->version = c->tx_depth == 0 && version > s->version ? version : s->version;
	}
	pthread_mutex_unlock(&lock);
	return s;
}

/* Takes out what a store has of a kind, or of all kinds. */
static void drop(const Db *db, const SharedKind *kind) {
	for (Shared **p = &newest; *p;) {
		Shared *s = *p;
		if (s->db == db && (!kind || s->kind == kind)) {
			*p = s->next;
			let_go(s);
		} else {
			p = &s->next;
		}
	}
}

/* Not over a newer one, which somebody was faster to read. */
static void share(Shared *s) {
	pthread_mutex_lock(&lock);
	const Shared *there = newest;
	while (there && (there->db != s->db || there->kind != s->kind))
		there = there->next;
	if (!there || there->version < s->version) {
		drop(s->db, s->kind);
		atomic_fetch_add(&s->users, 1);
		s->next = newest;
		newest = s;
	}
	pthread_mutex_unlock(&lock);
}

static Err load(Ctx *c, const SharedKind *kind, i64 version, SharedStamp stamp, Shared **ret) {
	CLEANUP(let_go_of) Shared *s = calloc(1, sizeof *s + kind->size);
	CHECK(s != NULL);
	s->kind = kind;
	s->db = c->db;
	s->version = version;
	s->stamp = stamp;
	s->users = 1;
	Err err = kind->load(c, &s->arena, s->set);
	if (err != OK)
		return fail_store(c, err, kind->name);
	*ret = s;
	s = NULL;
	return OK;
}

Err shared_set(Ctx *c, const SharedKind *kind, void **ret) {
	for (SharedSeen *seen = c->shared; seen; seen = seen->next)
		if (seen->kind == kind) {
			*ret = seen->shared->set;
			return OK;
		}
	i64 version;
	TRY(data_version(c, &version));
	SharedSeen *seen = NEW_ZERO(c->arena, SharedSeen);
	void      **held = arena_promise(c->arena, let_go);
	Shared     *s = find(c, kind, version);
	SharedStamp stamp = {0};
	if (!s && kind->stamp) {
		TRY(kind->stamp(c, &stamp));
		s = find_alike(c, kind, version, stamp);
	}
	if (!s) {
		TRY(load(c, kind, version, stamp, &s));
		if (c->tx_depth == 0)
			share(s);
	}
	*held = s;
	*seen = (SharedSeen){.next = c->shared, .kind = kind, .shared = s};
	c->shared = seen;
	*ret = s->set;
	return OK;
}

void shared_unsee(Ctx *c, const SharedKind *kind) {
	for (SharedSeen **p = &c->shared; *p; p = &(*p)->next)
		if ((*p)->kind == kind) {
			*p = (*p)->next;
			return;
		}
}

void shared_forget(Db *db) {
	pthread_mutex_lock(&lock);
	drop(db, NULL);
	pthread_mutex_unlock(&lock);
}
