/* catalogue_words.c: which services hold which words. Words are those of core/search.h, so that the index and a plain scan agree. */
#include <stdlib.h>

#include "domain/register/catalogue_inside.h"

enum { FIRST_SLOTS = 4096, DENSE_SHARE = 32, DENSE_LEAST = 1024 };

typedef struct DraftWord {
	u32 text, len;
	u32 last;                                /* the newest service + 1: a word counts once per service */
	u32 count;
} DraftWord;

struct WordsDraft {
	Arena scratch;
	Buf   text, words, pairs;                /* letters; DraftWord; word << 32 | service, in order of services */
	u32  *slots;                             /* index of a word + 1 */
	size_t slot_count;
};

static DraftWord *word_at(const WordsDraft *d, size_t i) {
	return (DraftWord *)(void *)d->words.ptr + i;
}

static size_t word_count(const WordsDraft *d) {
	return d->words.len / sizeof(DraftWord);
}

WordsDraft *words_start(void) {
	WordsDraft *d = calloc(1, sizeof *d);
	CHECK(d != NULL);
	d->slot_count = FIRST_SLOTS;
	d->slots = calloc(d->slot_count, sizeof *d->slots);
	CHECK(d->slots != NULL);
	return d;
}

void words_drop(WordsDraft *d) {
	if (!d)
		return;
	arena_free(&d->scratch);
	buf_free(&d->text);
	buf_free(&d->words);
	buf_free(&d->pairs);
	free(d->slots);
	free(d);
}

static Str text_of(const WordsDraft *d, const DraftWord *w) {
	return str_of(d->text.ptr + w->text, w->len);
}

/* Where a word stands or would stand. */
static u32 *slot_of(const WordsDraft *d, Str word) {
	size_t at = (size_t)str_hash(word) & (d->slot_count - 1);
	while (d->slots[at] && !str_eq(text_of(d, word_at(d, d->slots[at] - 1)), word))
		at = (at + 1) & (d->slot_count - 1);
	return &d->slots[at];
}

static void more_slots(WordsDraft *d) {
	free(d->slots);
	d->slot_count *= 2;
	d->slots = calloc(d->slot_count, sizeof *d->slots);
	CHECK(d->slots != NULL);
	for (size_t i = 0; i < word_count(d); i++)
		*slot_of(d, text_of(d, word_at(d, i))) = (u32)i + 1;
}

static u32 intern(WordsDraft *d, Str word) {
	u32 *slot = slot_of(d, word);
	if (*slot)
		return *slot - 1;
	CHECK(d->text.len + word.len < UINT32_MAX);
	DraftWord w = {.text = (u32)d->text.len, .len = (u32)word.len};
	buf_str(&d->text, word);
	buf_put(&d->words, (const char *)&w, sizeof w);
	*slot = (u32)word_count(d);
	u32 index = *slot - 1;
	if (word_count(d) * 2 > d->slot_count)
		more_slots(d);
	return index;
}

void words_add(WordsDraft *d, u32 n, Str text) {
	Str rest = search_words(&d->scratch, text);
	while (rest.len) {
		u32        index = intern(d, str_cut(&rest, ' '));
		DraftWord *w = word_at(d, index);
		if (w->last == n + 1)
			continue;
		w->last = n + 1;
		w->count++;
		u64 pair = (u64)index << 32 | n;
		buf_put(&d->pairs, (const char *)&pair, sizeof pair);
	}
	arena_reset(&d->scratch);
}

/* ---- the finished dictionary ---- */

static int by_text(const void *x, const void *y, void *draft) {
	const WordsDraft *d = draft;
	return str_cmp(text_of(d, word_at(d, *(const u32 *)x)), text_of(d, word_at(d, *(const u32 *)y)));
}

static bool is_dense(const Catalogue *k, const DraftWord *w) {
	return k->count >= DENSE_LEAST && w->count > k->count / DENSE_SHARE;
}

/* Letters in the order of words, and for each word where its services will stand; rank[i] is the place of draft word i. */
static void lay_out(const WordsDraft *d, Arena *a, Catalogue *k, u32 *rank) {
	size_t n = word_count(d), postings = 0, sets = 0, letters = 0;
	u32   *order = NEW_ARRAY(a, u32, n + 1);
	for (size_t i = 0; i < n; i++)
		order[i] = (u32)i;
	qsort_r(order, n, sizeof *order, by_text, (void *)(uintptr_t)d);
	char *text = arena_alloc(a, d->text.len + 1);
	k->words = NEW_ARRAY(a, CatalogueWord, n + 1);
	k->word_count = n;
	k->word_text = text;
	for (size_t i = 0; i < n; i++) {
		const DraftWord *w = word_at(d, order[i]);
		bool             dense = is_dense(k, w);
		memcpy(text + letters, d->text.ptr + w->text, w->len);
		k->words[i] = (CatalogueWord){.text = (u32)letters, .len = w->len, .count = w->count, .dense = dense,
		                              .first = (u32)(dense ? sets : postings)};
		letters += w->len;
		postings += dense ? 0 : w->count;
		sets += dense;
		rank[order[i]] = (u32)i;
	}
	k->postings = NEW_ARRAY(a, u32, postings + 1);
	k->dense = NEW_ARRAY(a, u64, sets * k->set_words + 1);
}

void words_end(WordsDraft *d, Arena *a, Catalogue *k) {
	size_t n = word_count(d), pairs = d->pairs.len / sizeof(u64);
	u32   *rank = NEW_ARRAY(&d->scratch, u32, n + 1), *used = NEW_ARRAY(&d->scratch, u32, n + 1);
	lay_out(d, a, k, rank);
	const u64 *pair = (const u64 *)(const void *)d->pairs.ptr;
	for (size_t i = 0; i < pairs; i++) {
		u32                  at = rank[pair[i] >> 32], service = (u32)pair[i];
		const CatalogueWord *w = &k->words[at];
		if (w->dense)
			set_add(k->dense + w->first * k->set_words, service);
		else
			k->postings[w->first + used[at]++] = service;
	}
	words_drop(d);
}

/* ---- asking ---- */

static Str dictionary_word(const Catalogue *k, size_t i) {
	return str_of(k->word_text + k->words[i].text, k->words[i].len);
}

/* The first word that is not before `text`. */
static size_t lower_bound(const Catalogue *k, Str text) {
	size_t low = 0, high = k->word_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (str_cmp(dictionary_word(k, middle), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_services(const Catalogue *k, const CatalogueWord *w, u64 *set) {
	if (w->dense)
		for (size_t i = 0; i < k->set_words; i++)
			set[i] |= k->dense[w->first * k->set_words + i];
	else
		for (u32 i = 0; i < w->count; i++)
			set_add(set, k->postings[w->first + i]);
}

static void add_token(const Catalogue *k, const SearchToken *t, u64 *set) {
	for (size_t i = lower_bound(k, t->text); i < k->word_count; i++) {
		Str word = dictionary_word(k, i);
		if (t->prefix ? !str_starts(word, t->text) : !str_eq(word, t->text))
			return;
		add_services(k, &k->words[i], set);
	}
}

u64 *catalogue_holding(Arena *a, const Catalogue *k, const SearchTokens *t) {
	u64 *all = NULL;
	for (size_t i = 0; i < t->len; i++) {
		u64 *one = set_new(a, k);
		add_token(k, &t->at[i], one);
		for (size_t w = 0; all && w < k->set_words; w++)
			all[w] &= one[w];
		all = all ? all : one;
	}
	return all;
}
