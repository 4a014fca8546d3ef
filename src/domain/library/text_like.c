/* How much two paragraphs are alike: by their words, of which rare ones weigh more. */
#include <stdlib.h>

#include "domain/library/text_inside.h"

static int by_number(const void *x, const void *y) {
	u64 a = *(const u64 *)x, b = *(const u64 *)y;
	return a < b ? -1 : a > b;
}

static void add_distinct(const Bag *b, u64 *all, size_t *n) {
	for (size_t i = 0; i < b->words.len; i++)
		if (i == 0 || b->sorted[i] != b->sorted[i - 1])
			all[(*n)++] = b->sorted[i];
}

static size_t lower_bound(const u64 *at, size_t len, u64 x) {
	size_t lo = 0;
	for (size_t hi = len; lo < hi;) {
		size_t mid = (lo + hi) / 2;
		if (at[mid] < x)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* 1 for a word of every paragraph, one more with each halving of how many have it. */
static u32 weight_of(u64 word, const u64 *all, size_t n, size_t paragraphs) {
	size_t first = lower_bound(all, n, word), have = 0;
	while (first + have < n && all[first + have] == word)
		have++;
	u32 w = 1;
	while (have && have * 2 <= paragraphs)
		have *= 2, w++;
	return w;
}

static Bag bag_of(Arena *a, const Paragraph *p) {
	Bag b = {.words = words_of(a, p->text)};
	b.sorted = arena_copy(a, b.words.at, sizeof(u64) * b.words.len);
	if (b.words.len)
		qsort(b.sorted, b.words.len, sizeof(u64), by_number);
	b.weight = NEW_ARRAY(a, u32, b.words.len + 1);
	b.text_key = b.words.len ? str_hash(str_of((const char *)b.words.at, sizeof(u64) * b.words.len)) : 0;
	b.key = str_hash(p->source) * 31 + (u64)p->kind;
	return b;
}

Bags bags_of(Arena *a, const Paragraphs *from, const Paragraphs *to) {
	Bags   bags = {NEW_ARRAY(a, Bag, from->len + 1), NEW_ARRAY(a, Bag, to->len + 1)};
	size_t total = 0, n = 0;
	for (size_t i = 0; i < from->len; i++)
		total += (bags.from[i] = bag_of(a, &from->at[i])).words.len;
	for (size_t i = 0; i < to->len; i++)
		total += (bags.to[i] = bag_of(a, &to->at[i])).words.len;

	CLEANUP(arena_free) Arena scratch = {0};
	u64 *all = NEW_ARRAY(&scratch, u64, total + 1);
	for (size_t i = 0; i < from->len; i++)
		add_distinct(&bags.from[i], all, &n);
	for (size_t i = 0; i < to->len; i++)
		add_distinct(&bags.to[i], all, &n);
	qsort(all, n, sizeof(u64), by_number);
	for (size_t i = 0; i < from->len + to->len; i++) {
		Bag *b = i < from->len ? &bags.from[i] : &bags.to[i - from->len];
		for (size_t j = 0; j < b->words.len; j++) {
			b->weight[j] = j && b->sorted[j] == b->sorted[j - 1] ? b->weight[j - 1] : weight_of(b->sorted[j], all, n, from->len + to->len);
			b->whole += b->weight[j];
		}
	}
	return bags;
}

u64 bags_common(const Bag *x, const Bag *y, const Bag *without) {
	u64 common = 0;
	for (size_t i = 0, j = 0, k = 0; i < x->words.len && j < y->words.len;) {
		if (x->sorted[i] < y->sorted[j]) {
			i++;
		} else if (x->sorted[i] > y->sorted[j]) {
			j++;
		} else {
			while (without && k < without->words.len && without->sorted[k] < y->sorted[j])
				k++;
			if (without && k < without->words.len && without->sorted[k] == y->sorted[j]) {
				k++, j++;                    /* y had this one before */
				continue;
			}
			common += x->weight[i];
			i++, j++;
		}
	}
	return common;
}

int bags_like(const Bag *x, const Bag *y) {
	u64 whole = x->whole + y->whole;
	return whole ? (int)(2000 * bags_common(x, y, NULL) / whole) : 0;
}

Stretch bags_stretch(Arena *a, const Bag *x, const Bag *y) {
	for (size_t i = 0; x->words.len && i + x->words.len <= y->words.len; i++)
		if (memcmp(x->words.at, y->words.at + i, sizeof(u64) * x->words.len) == 0)
			return (Stretch){.common = x->words.len, .from = i, .to = i + x->words.len};
	Pairs   p = common_subsequence(a, x->words.at, x->words.len, y->words.at, y->words.len, 4 * 1000 * 1000);
	Stretch s = {.common = p.len};
	if (!p.len)
		return s;
	s.x_from = p.at[0][0];
	s.from = p.at[0][1];
	s.to = p.at[p.len - 1][1] + 1;
	return s;
}

bool words_inside(Words x, Words y) {
	if (!x.len || x.len > y.len)
		return false;
	for (size_t i = 0; i + x.len <= y.len; i++)
		if (memcmp(x.at, y.at + i, sizeof(u64) * x.len) == 0)
			return true;
	return false;
}
