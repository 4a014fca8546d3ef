/* arena.h: memory with one owner. Allocate as you like, free all of it at once.
 *
 * Memory is zeroed and aligned to 16 bytes. An allocation never returns NULL: when the arena's limit or the machine's
 * memory is reached, control jumps to `on_full` (set by whoever owns the thread's work: a request, a job), and without
 * it the process ends. Things other than memory that must be released with the arena are put on it by arena_defer.
 *
 * On its way to `on_full` control leaves every function between in order: CLEANUP runs, so scratch arenas, buffers and transactions
 * are given back as by `return`. */
#pragma once
#include <setjmp.h>

#include "base/base.h"

/* Where control goes when memory is short. Its function has no CLEANUP of its own while it is in force:
 *
 *     OnFull full;
 *     arena.on_full = memory_owner_set(&full);         what stood before is in full.outer
 *     if (ON_FULL(&full)) { memory_owner = full.outer; … }
 *     …
 *     memory_owner = full.outer; */
typedef struct OnFull OnFull;
struct OnFull {
	jmp_buf jump;
	void   *frame;
	OnFull *outer;
};
#define ON_FULL(full) ((full)->frame = __builtin_frame_address(0), setjmp((full)->jump))
/* The innermost one of this thread: for memory that belongs to no arena (a Buf), and for arenas that name none. */
extern _Thread_local OnFull *memory_owner;
static inline OnFull *memory_owner_set(OnFull *full) {
	full->outer = memory_owner;
	memory_owner = full;
	return full;
}
/* To `to`, or to the thread's own when it is NULL; without either the process ends. */
NO_RETURN void memory_full(OnFull *to);

#ifndef RELEASE
/* For tests: the how manieth request for memory of this thread fails (0 = none), and how many there were. */
extern _Thread_local u64 memory_fail_at, memory_asked;
#define MEMORY_FAILS() (++memory_asked == memory_fail_at)
#else
#define MEMORY_FAILS() false
#endif

typedef struct ArenaBlock ArenaBlock;
typedef struct ArenaDefer ArenaDefer;

typedef struct Arena {
	ArenaBlock *head;
	ArenaDefer *defers;
	size_t      held;          /* bytes taken from the system */
	size_t      limit;         /* 0 = none */
	OnFull     *on_full;
} Arena;

void *arena_alloc(Arena *a, size_t size);
void *arena_copy(Arena *a, const void *from, size_t size);
/* Call f(arg) when the arena is freed or reset, last one first. */
void  arena_defer(Arena *a, void (*f)(void *), void *arg);
/* The same for something that is not there yet: the promise is made first, because memory may run out between; *place is NULL until then. */
void **arena_promise(Arena *a, void (*f)(void *));
/* Give everything back. The arena can be used again. */
void  arena_free(Arena *a);
/* As arena_free, but keeps the first block: for one arena per thread, emptied after each request. */
void  arena_reset(Arena *a);

/* NEW(a, Point, .x = 1) */
#define NEW(a, T, ...) ((T *)arena_copy((a), &(T){__VA_ARGS__}, sizeof(T)))
#define NEW_ZERO(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define NEW_ARRAY(a, T, n) ((T *)arena_alloc((a), size_mul(sizeof(T), (size_t)(n))))

/* Make room for one more in the array `ptr` of `len` used and `cap` held elements; the old place stays valid but stale. */
#define ARENA_PUSH(a, ptr, len, cap) \
	(((len) < (cap) ? (void)0 : arena_grow((a), (void **)&(ptr), &(cap), sizeof *(ptr), (len))), &(ptr)[(len)++])
void arena_grow(Arena *a, void **ptr, size_t *cap, size_t item, size_t len);
