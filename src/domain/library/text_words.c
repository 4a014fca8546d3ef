/* Words of texts, and what two rows of words have in common. */
#include "base/text.h"
#include "domain/library/text_inside.h"

Words words_of(Arena *a, Str text) {
	Str   folded = text_fold(a, text);
	Words w = {0};
	size_t cap = 0;
	for (size_t i = 0; i < folded.len;) {
		size_t from = i;
		while (i < folded.len && ((u8)folded.ptr[i] >= 0x80 || (folded.ptr[i] >= 'a' && folded.ptr[i] <= 'z') ||
		                          (folded.ptr[i] >= '0' && folded.ptr[i] <= '9')))
			i++;
		if (i > from)
			*ARENA_PUSH(a, w.at, w.len, cap) = str_hash(str_of(folded.ptr + from, i - from));
		else
			i++;
	}
	return w;
}

/* Hunt–Szymanski would do too; rows are short after what they share at both ends is taken away. */
Pairs common_subsequence(Arena *a, const u64 *x, size_t xn, const u64 *y, size_t yn, size_t limit) {
	Pairs p = {.at = arena_alloc(a, sizeof(size_t[2]) * ((xn < yn ? xn : yn) + 1))};
	size_t head = 0, tail = 0;
	while (head < xn && head < yn && x[head] == y[head])
		head++;
	while (tail < xn - head && tail < yn - head && x[xn - 1 - tail] == y[yn - 1 - tail])
		tail++;
	for (size_t i = 0; i < head; i++)
		p.at[p.len][0] = i, p.at[p.len++][1] = i;
	size_t n = xn - head - tail, m = yn - head - tail;
	if (n && m && n <= limit / m) {
		CLEANUP(arena_free) Arena scratch = {0};
		u32 *best = NEW_ARRAY(&scratch, u32, (n + 1) * (m + 1));
#define BEST(i, j) best[(i) * (m + 1) + (j)]
		for (size_t i = n; i-- > 0;)
			for (size_t j = m; j-- > 0;)
				BEST(i, j) = x[head + i] == y[head + j] ? BEST(i + 1, j + 1) + 1
				             : BEST(i + 1, j) >= BEST(i, j + 1) ? BEST(i + 1, j) : BEST(i, j + 1);
		for (size_t i = 0, j = 0; i < n && j < m;) {
			if (x[head + i] == y[head + j]) {
				p.at[p.len][0] = head + i++;
				p.at[p.len++][1] = head + j++;
			} else if (BEST(i + 1, j) >= BEST(i, j + 1)) {
				i++;
			} else {
				j++;
			}
		}
#undef BEST
	}
	for (size_t i = 0; i < tail; i++)
		p.at[p.len][0] = xn - tail + i, p.at[p.len++][1] = yn - tail + i;
	return p;
}
