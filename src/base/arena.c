#include "base/arena.h"

#include <stdlib.h>
#include <string.h>
#include <unwind.h>

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

_Thread_local OnFull *memory_owner;
#ifndef RELEASE
_Thread_local u64 memory_fail_at, memory_asked;
#endif

/* Asked before each function is left: control stays here once the one that waits is reached, or the one that called it. */
static _Unwind_Reason_Code leave(int version, _Unwind_Action actions, _Unwind_Exception_Class class, struct _Unwind_Exception *e, struct _Unwind_Context *context,
                                 void *arg) {
	OnFull *to = arg;
	(void)version, (void)class, (void)e;
	if ((actions & _UA_END_OF_STACK) || _Unwind_GetCFA(context) > (uintptr_t)to->frame)
		longjmp(to->jump, 1);
	return _URC_NO_REASON;
}

void memory_full(OnFull *to) {
	static _Thread_local struct _Unwind_Exception nothing;
	if (!to)
		to = memory_owner;
	CHECK(to != NULL);
	nothing = (struct _Unwind_Exception){0};
	_Unwind_ForcedUnwind(&nothing, leave, to);
	longjmp(to->jump, 1);                    /* a frame that nobody can read: then without tidying up */
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
		memory_full(a->on_full);
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
	if (MEMORY_FAILS())
		memory_full(a->on_full);
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

typedef struct Promise {
	void  *place;
	void (*call)(void *);
} Promise;

static void keep_promise(void *arg) {
	Promise *p = arg;
	if (p->place)
		p->call(p->place);
}

void **arena_promise(Arena *a, void (*call)(void *)) {
	Promise *p = NEW(a, Promise, .call = call);
	arena_defer(a, keep_promise, p);
	return &p->place;
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
