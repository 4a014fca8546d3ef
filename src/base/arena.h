/* arena.h: memory with one owner. Allocate as you like, free all of it at once.
 *
 * Memory is zeroed and aligned to 16 bytes. An allocation never returns NULL: when the arena's limit or the machine's
 * memory is reached, control jumps to `on_full` (set by whoever owns the thread's work: a request, a job), and without
 * it the process ends. Things other than memory that must be released with the arena are put on it by arena_defer. */
#pragma once
#include <setjmp.h>

#include "base/base.h"

typedef struct ArenaBlock ArenaBlock;
typedef struct ArenaDefer ArenaDefer;

typedef struct Arena {
	ArenaBlock *head;
	ArenaDefer *defers;
	size_t      held;          /* bytes taken from the system */
	size_t      limit;         /* 0 = none */
	jmp_buf    *on_full;
} Arena;

void *arena_alloc(Arena *a, size_t size);
void *arena_copy(Arena *a, const void *from, size_t size);
/* Call f(arg) when the arena is freed or reset, last one first. */
void  arena_defer(Arena *a, void (*f)(void *), void *arg);
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
