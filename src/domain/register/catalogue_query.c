/* catalogue_query.c: search, filters, counts and pages over the sets of the index. Pure: no store, no time. */
#include <stdlib.h>

#include "base/text.h"
#include "domain/register/catalogue_inside.h"

u64 *set_new(Arena *a, const Catalogue *k) {
	return NEW_ARRAY(a, u64, k->set_words + 1);
}

/* ---- counting bits: the instruction is in every machine since 2008, but not in every compiler's default ---- */

#ifdef __x86_64__
__attribute__((target("popcnt"))) static u32 count_both_fast(const u64 *a, const u64 *b, size_t words) {
	u64 n = 0;
	for (size_t i = 0; i < words; i++)
		n += (u64)__builtin_popcountll(a[i] & b[i]);
	return (u32)n;
}
static bool is_fast(void) {
	return __builtin_cpu_supports("popcnt");
}
#else
#define count_both_fast count_both_plain
static bool is_fast(void) {
	return false;
}
#endif

static u32 count_both_plain(const u64 *a, const u64 *b, size_t words) {
	u64 n = 0;
	for (size_t i = 0; i < words; i++)
		n += (u64)__builtin_popcountll(a[i] & b[i]);
	return (u32)n;
}

u32 set_count_both(const u64 *a, const u64 *b, size_t words) {
	return is_fast() ? count_both_fast(a, b, words) : count_both_plain(a, b, words);
}

u32 set_count(const u64 *a, size_t words) {
	return set_count_both(a, a, words);
}

/* ---- sets ---- */

static u64 *everything(Arena *a, const Catalogue *k) {
	u64 *set = set_new(a, k);
	memset(set, 0xFF, k->count / 64 * sizeof(u64));
	if (k->count % 64)
		set[k->count / 64] = ((u64)1 << (k->count % 64)) - 1;
	return set;
}

static void and_into(u64 *set, const u64 *with, size_t words) {
	for (size_t i = 0; with && i < words; i++)
		set[i] &= with[i];
}

/* Services of any of the chosen values; NULL when none is chosen. */
static u64 *any_of(Arena *a, const Catalogue *k, CatalogueFacet f, const CatalogueChoice *chosen) {
	if (chosen->len == 0)
		return NULL;
	u64 *set = set_new(a, k);
	for (size_t i = 0; i < chosen->len; i++) {
		const CatalogueValue *v = &k->facets[f].at[chosen->at[i]];
		for (size_t w = 0; v->set && w < k->set_words; w++)
			set[w] |= v->set[w];
		for (u32 n = 0; !v->set && n < v->total; n++)
			set_add(set, k->place_services[v->first + n]);
	}
	return set;
}

typedef struct Asked {
	u64 *text, *of[CAT_FACETS];              /* NULL = nothing asked */
} Asked;

static Asked asked_by(Arena *a, const Catalogue *k, const CatalogueQuery *q, SearchTokens *tokens) {
	Asked p = {0};
	*tokens = search_tokens(a, q->text);
	p.text = catalogue_holding(a, k, tokens);
	for (int f = 0; f < CAT_FACETS; f++)
		p.of[f] = any_of(a, k, (CatalogueFacet)f, &q->chosen[f]);
	return p;
}

/* All parts but one. */
static u64 *joined(Arena *a, const Catalogue *k, const Asked *p, int without) {
	u64 *set = everything(a, k);
	and_into(set, p->text, k->set_words);
	for (int f = 0; f < CAT_FACETS; f++)
		if (f != without)
			and_into(set, p->of[f], k->set_words);
	return set;
}

void catalogue_search(Arena *a, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *ret) {
	*ret = (CatalogueResult){0};
	Asked        p = asked_by(a, k, q, &ret->tokens);
	ret->set = joined(a, k, &p, -1);
	ret->total = set_count(ret->set, k->set_words);
}

u32 catalogue_total(Arena *a, const Catalogue *k, const CatalogueQuery *q) {
	CatalogueResult r;
	catalogue_search(a, k, q, &r);
	return r.total;
}

void catalogue_counts(Arena *a, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *ret) {
	SearchTokens tokens;
	Asked        p = asked_by(a, k, q, &tokens);
	bool         asked = p.text != NULL;
	for (int f = 0; f < CAT_FACETS; f++)
		asked |= p.of[f] != NULL;
	for (int f = 0; f < CAT_FACETS; f++) {
		if (f == CAT_PLACE)
			continue;
		const CatalogueValues *values = &k->facets[f];
		u64                   *rest = p.of[f] ? joined(a, k, &p, f) : ret->set;
		ret->counts[f] = NEW_ARRAY(a, u32, values->len + 1);
		for (size_t i = 0; i < values->len; i++)
			ret->counts[f][i] = asked ? set_count_both(rest, values->at[i].set, k->set_words) : values->at[i].total;
	}
}

u32 *catalogue_place_counts(Arena *a, const Catalogue *k, const CatalogueQuery *q) {
	SearchTokens tokens;
	Asked        p = asked_by(a, k, q, &tokens);
	u64         *set = joined(a, k, &p, CAT_PLACE);
	u32         *counts = NEW_ARRAY(a, u32, k->facets[CAT_PLACE].len + 1);
	for (size_t w = 0; w < k->set_words; w++)
		for (u64 bits = set[w]; bits; bits &= bits - 1) {
			const CatalogueService *s = &k->services[w * 64 + (size_t)__builtin_ctzll(bits)];
			for (u32 i = 0; i < s->place_count; i++)
				counts[k->place_of[s->places + i]]++;
		}
	return counts;
}

i64 catalogue_value(const Catalogue *k, CatalogueFacet f, Str code) {
	for (size_t i = 0; i < k->facets[f].len; i++)
		if (str_eq(k->facets[f].at[i].code, code))
			return (i64)i;
	return -1;
}

/* ---- single services ---- */

size_t catalogue_id_slot(const Catalogue *k, Id id) {
	u64 mixed = (u64)id * 0x9E3779B97F4A7C15u;
	return (size_t)(mixed >> 20) & (k->by_id_size - 1);
}

const CatalogueService *catalogue_service(const Catalogue *k, Id id) {
	for (size_t at = catalogue_id_slot(k, id); k->by_id[at]; at = (at + 1) & (k->by_id_size - 1))
		if (k->services[k->by_id[at] - 1].id == id)
			return &k->services[k->by_id[at] - 1];
	return NULL;
}

const CatalogueProvider *catalogue_provider(const Catalogue *k, Id id) {
	for (size_t i = 0; i < k->provider_count; i++)
		if (k->providers[i].id == id && k->providers[i].count)
			return &k->providers[i];
	return NULL;
}

/* ---- orders and pages ---- */

static const u32 *permutation(const Catalogue *k, CatalogueOrder o) {
	return o == CAT_BY_PROVIDER ? k->by_provider : o == CAT_BY_PLACE ? k->by_place : NULL;
}

static Str sorted_by(const Catalogue *k, CatalogueOrder o, const CatalogueService *s) {
	if (o == CAT_BY_PROVIDER)
		return k->providers[s->provider].name;
	if (o == CAT_BY_PLACE && s->place_count)
		return k->facets[CAT_PLACE].at[k->place_of[s->places]].name;
	return S("");
}

CatalogueKey catalogue_key(const Catalogue *k, CatalogueOrder order, u32 row) {
	const CatalogueService *s = &k->services[row];
	return (CatalogueKey){s->id, sorted_by(k, order, s), s->name};
}

typedef struct Sought { Str sorted_by, name; Id id; bool last; } Sought;       /* sort keys; last: without municipality, behind all */

static int compare(Arena *a, const Catalogue *k, CatalogueOrder o, const CatalogueService *s, const Sought *key) {
	Str by = sorted_by(k, o, s);
	bool last = o == CAT_BY_PLACE && str_empty(by);
	if (last != key->last)
		return last ? 1 : -1;
	int c = o == CAT_BY_NAME ? 0 : str_cmp(text_sort_key(a, by), key->sorted_by);
	if (c == 0)
		c = str_cmp(text_sort_key(a, s->name), key->name);
	return c ? c : s->id < key->id ? -1 : s->id > key->id;
}

/* Where the key's row stands in the order, or where it would stand if it were there; *there tells. */
static size_t place_of_key(Arena *a, const Catalogue *k, const CatalogueQuery *q, const CatalogueKey *key, bool *there) {
	const u32              *order = permutation(k, q->order);
	const CatalogueService *same = catalogue_service(k, key->id);
	*there = !order && same && str_eq(same->name, key->name);
	if (*there)
		return (size_t)(same - k->services);
	Sought sought = {text_sort_key(a, key->sorted_by), text_sort_key(a, key->name), key->id,
	                 q->order == CAT_BY_PLACE && str_empty(key->sorted_by)};
	size_t low = 0, high = k->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int    c = compare(a, k, q->order, &k->services[order ? order[middle] : middle], &sought);
		*there |= c == 0;
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

typedef struct Walk { i64 at; int step; } Walk;  /* over places of the order; a row is there when its bit is set */

static Walk start_of(Arena *a, const Catalogue *k, const CatalogueQuery *q) {
	bool   backward = q->before.id != 0, there;
	int    step = q->descending != backward ? -1 : 1;
	const CatalogueKey *key = backward ? &q->before : &q->after;
	if (key->id == 0)
		return (Walk){step > 0 ? 0 : (i64)k->count - 1, step};
	i64 at = (i64)place_of_key(a, k, q, key, &there);
	return (Walk){step > 0 ? at + there : at - 1, step};
}

/* The next place at or behind w->at that holds something found. In the order of names whole words of the set are passed over. */
static bool next_row(const Catalogue *k, const u64 *set, const u32 *order, Walk *w, u32 *row) {
	for (; w->at >= 0 && w->at < (i64)k->count; w->at += w->step) {
		*row = order ? order[w->at] : (u32)w->at;
		if (set_has(set, *row)) {
			w->at += w->step;
			return true;
		}
		if (!order && set[w->at / 64] == 0)
			w->at = w->step > 0 ? w->at | 63 : w->at & ~(i64)63;
	}
	return false;
}

/* How many found ones the walk would still meet. */
static u32 count_rest(const Catalogue *k, const u64 *set, const u32 *order, Walk w) {
	u32 n = 0, row;
	if (order || w.at < 0 || w.at >= (i64)k->count) {
		while (next_row(k, set, order, &w, &row))
			n++;
		return n;
	}
	size_t word = (size_t)w.at / 64;
	u64    inside = w.step > 0 ? set[word] >> (w.at % 64) : set[word] << (63 - w.at % 64);
	n = (u32)__builtin_popcountll(inside);
	return n + (w.step > 0 ? set_count(set + word + 1, k->set_words - word - 1) : set_count(set, word));
}

static void turn_round(u32 *rows, size_t n) {
	for (size_t i = 0; i < n / 2; i++) {
		u32 row = rows[i];
		rows[i] = rows[n - 1 - i];
		rows[n - 1 - i] = row;
	}
}

void catalogue_rows(Arena *a, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *ret) {
	const u32 *order = permutation(k, q->order);
	size_t     room = q->limit && q->limit < ret->total ? q->limit : ret->total;
	Walk       w = start_of(a, k, q);
	ret->rows = NEW_ARRAY(a, u32, room + 1);
	while (ret->row_count < room && next_row(k, ret->set, order, &w, &ret->rows[ret->row_count]))
		ret->row_count++;
	u32 beyond = count_rest(k, ret->set, order, w);      /* behind the last row, or before the first one of a walk backward */
	if (q->before.id)
		turn_round(ret->rows, ret->row_count);
	ret->before = q->before.id ? beyond : ret->total - (u32)ret->row_count - beyond;
}
