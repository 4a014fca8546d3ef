/* buf.h: bytes that grow: pages, files, messages.
 *
 * Memory is malloc'ed so that it can shrink and be handed on; buf_free gives it back (or arena_defer it). With `flush`
 * set, the buffer hands its content over whenever it holds more than `flush_at` bytes, so that a stream of any length
 * takes flat memory. After a failed flush the buffer swallows everything and `failed` stays set. */
#pragma once
#include "base/str.h"

typedef struct Buf Buf;
struct Buf {
	char   *ptr;
	size_t  len, cap;
	bool  (*flush)(Buf *b, void *arg);       /* takes ptr[0..len); false = failed */
	void   *flush_arg;
	size_t  flush_at;
	size_t  flushed;                         /* bytes handed over so far */
	bool    failed;
};

void buf_free(Buf *b);
void buf_more(Buf *b, size_t n);             /* make room for n bytes, or flush */
/* Hand over what is left. False when any flush failed. */
bool buf_finish(Buf *b);

static inline void buf_put(Buf *b, const char *ptr, size_t n) {
	if (b->cap - b->len < n)
		buf_more(b, n);
	if (n) {
		memcpy(b->ptr + b->len, ptr, n);
		b->len += n;
	}
}
static inline void buf_str(Buf *b, Str s) { buf_put(b, s.ptr, s.len); }
static inline void buf_char(Buf *b, char c) { buf_put(b, &c, 1); }
#define buf_lit(b, literal) buf_put((b), "" literal, sizeof(literal) - 1)
void buf_int(Buf *b, i64 n);                 /* plain decimal */
void buf_format(Buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
static inline Str buf_view(const Buf *b) { return (Str){b->ptr, b->len}; }
/* A copy in the arena; the buffer is emptied but keeps its memory. */
Str  buf_take(Buf *b, Arena *a);
