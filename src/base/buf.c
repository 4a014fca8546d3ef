#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_free(Buf *b) {
	free(b->ptr);
	b->ptr = NULL;
	b->len = b->cap = 0;
}

static void hand_over(Buf *b) {
	if (!b->failed && b->len && !b->flush(b, b->flush_arg))
		b->failed = true;
	b->flushed += b->len;
	b->len = 0;
}

void buf_more(Buf *b, size_t n) {
	if (b->flush && b->len >= b->flush_at)
		hand_over(b);
	if (b->cap - b->len >= n)
		return;
	size_t cap = b->cap ? b->cap : 1024;
	while (cap - b->len < n)
		cap = size_mul(cap, 2);
	char *ptr = MEMORY_FAILS() ? NULL : realloc(b->ptr, cap);
	if (!ptr)
		memory_full(NULL);
	b->ptr = ptr;
	b->cap = cap;
}

bool buf_finish(Buf *b) {
	if (b->flush)
		hand_over(b);
	return !b->failed;
}

void buf_int(Buf *b, i64 n) {
	char digits[24];
	char *p = digits + sizeof digits;
	u64 u = n < 0 ? 0 - (u64)n : (u64)n;
	do
		*--p = (char)('0' + u % 10);
	while (u /= 10);
	if (n < 0)
		*--p = '-';
	buf_put(b, p, (size_t)(digits + sizeof digits - p));
}

void buf_format(Buf *b, const char *format, ...) {
	char small[512];
	va_list ap;
	va_start(ap, format);
	int n = vsnprintf(small, sizeof small, format, ap);
	va_end(ap);
	CHECK(n >= 0);
	if ((size_t)n < sizeof small) {
		buf_put(b, small, (size_t)n);
		return;
	}
	buf_more(b, (size_t)n + 1);
	va_start(ap, format);
	vsnprintf(b->ptr + b->len, (size_t)n + 1, format, ap);
	va_end(ap);
	b->len += (size_t)n;
}

Str buf_take(Buf *b, Arena *a) {
	Str s = str_dup(a, buf_view(b));
	b->len = 0;
	return s;
}
