#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024, BLOCK_MAX = 1024 * 1024 };

struct ArenaBlock {
	ArenaBlock *next;
	size_t      size, used;                  /* of data, which follows */
	_Alignas(16) char data[];
};

struct ArenaDefer {
	ArenaDefer *next;
	void      (*call)(void *);
	void       *arg;
};

NO_RETURN static void arena_full(Arena *a) {
	CHECK(a->on_full != NULL);
	longjmp(*a->on_full, 1);
}

static ArenaBlock *add_block(Arena *a, size_t least) {
	size_t size = a->head ? a->head->size * 2 : BLOCK;
	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < least)
		size = least;
	size_t whole = size_add(sizeof(ArenaBlock), size);
	ArenaBlock *b = a->limit && a->held + whole > a->limit ? NULL : malloc(whole);
	if (!b)
		arena_full(a);
	b->size = size;
	b->used = 0;
	a->held += whole;
	if (a->head && least > BLOCK_MAX / 2) {  /* a big one stands behind the block in use, whose rest stays usable */
		b->next = a->head->next;
		a->head->next = b;
	} else {
		b->next = a->head;
		a->head = b;
	}
	return b;
}

static void *take(Arena *a, size_t size) {
	size = size_add(size, 15) & ~(size_t)15;
	ArenaBlock *b = a->head;
	if (!b || b->size - b->used < size)
		b = add_block(a, size);
	void *p = b->data + b->used;
	b->used += size;
	return p;
}

void *arena_alloc(Arena *a, size_t size) {
	void *p = take(a, size);
	memset(p, 0, size);
	return p;
}

void *arena_copy(Arena *a, const void *from, size_t size) {
	void *p = take(a, size);
	if (size)
		memcpy(p, from, size);
	return p;
}

void arena_grow(Arena *a, void **ptr, size_t *cap, size_t item, size_t len) {
	size_t bigger = *cap ? size_mul(*cap, 2) : 8;
	void *p = arena_alloc(a, size_mul(bigger, item));
	if (len)
		memcpy(p, *ptr, len * item);
	*ptr = p;
	*cap = bigger;
}

void arena_defer(Arena *a, void (*call)(void *), void *arg) {
	ArenaDefer *d = take(a, sizeof *d);
	*d = (ArenaDefer){a->defers, call, arg};
	a->defers = d;
}

static void run_defers(Arena *a) {
	for (ArenaDefer *d = a->defers; d; d = d->next)
		d->call(d->arg);
	a->defers = NULL;
}

void arena_free(Arena *a) {
	run_defers(a);
	for (ArenaBlock *b = a->head; b;) {
		ArenaBlock *next = b->next;
		free(b);
		b = next;
	}
	a->head = NULL;
	a->held = 0;
}

void arena_reset(Arena *a) {
	run_defers(a);
	ArenaBlock *keep = a->head;
	while (keep && keep->next) {             /* the oldest and smallest one stays */
		ArenaBlock *next = keep->next;
		free(keep);
		keep = next;
	}
	a->head = keep;
	a->held = keep ? sizeof *keep + keep->size : 0;
	if (keep)
		keep->used = 0;
}
