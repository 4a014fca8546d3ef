/* json_scan.h: the two inner loops of JSON, shared by the reader and the writer. Nobody else needs it. */
#pragma once
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/str.h"

/* Position of the first byte in [pos, end) that is a quote, a backslash or a control character, else `end`.
 * *high becomes true when a byte above 127 may have been passed: then the text is to be checked by json_utf8_bad. */
static inline size_t json_plain(const char *p, size_t pos, size_t end, bool *high) {
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1F);
	while (end - pos >= 16) {
		__m128i x = _mm_loadu_si128((const __m128i *)(const void *)(p + pos));
		__m128i stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(x, quote), _mm_cmpeq_epi8(x, back)),
		                            _mm_cmpeq_epi8(_mm_min_epu8(x, control), x));
		int at = _mm_movemask_epi8(stop);
		*high |= _mm_movemask_epi8(x) != 0;
		if (at)
			return pos + (size_t)__builtin_ctz((unsigned)at);
		pos += 16;
	}
#endif
	for (; pos < end; pos++) {
		u8 c = (u8)p[pos];
		if (c == '"' || c == '\\' || c < 0x20)
			return pos;
		*high |= c >= 0x80;
	}
	return end;
}

/* Position of the first byte that is not UTF-8, or -1. */
static inline i64 json_utf8_bad(Str s) {
	for (size_t pos = 0; pos < s.len;) {
		u64 eight;
		if (s.len - pos >= 8 && (memcpy(&eight, s.ptr + pos, 8), (eight & 0x8080808080808080u) == 0)) {
			pos += 8;
			continue;
		}
		u8 c = (u8)s.ptr[pos];
		if (c < 0x80) {
			pos++;
		} else if (c >= 0xC2 && c <= 0xDF && s.len - pos >= 2 && ((u8)s.ptr[pos + 1] & 0xC0) == 0x80) {
			pos += 2;                        /* most of Czech */
		} else {
			size_t at = pos;
			if (utf8_next(s, &pos) == 0xFFFD && pos - at != 3)   /* U+FFFD itself is three bytes, a broken byte is one */
				return (i64)at;
		}
	}
	return -1;
}
