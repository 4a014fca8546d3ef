/* Which paragraph of a later version is which of an earlier one.
 *
 * First those that stand word for word in both, once in each; then repeated ones by their neighbours; then splits; then edited ones by their
 * words, where the best is clearly better than the second in both directions; then joins. What is left over is gone when nothing new is like
 * it, else a person is asked. A certain answer must never be wrong; an unsure one may be. */
#include <stdlib.h>

#include "base/text.h"
#include "domain/library/text_inside.h"

enum {
	LIKE_CERTAIN = 620,                      /* of 1000, anywhere */
	LIKE_HERE = 520,                         /* between two neighbours that are the same */
	LIKE_LIKELY = 450,
	LIKE_HEADING = 400,
	LIKE_GONE = 300,                         /* below it two texts have nothing to do with each other */
	MARGIN = 130,
	SHORT = 8,                               /* words */
	COMPARE_MAX = 3 * 1000 * 1000            /* pairs; beyond it only neighbours are compared */
};

typedef struct Matcher {
	Arena            *a, *scratch;
	const Paragraphs *from, *to;
	Bags              bags;
	Matches           m;
	bool             *repeated;              /* per paragraph of `from`: others say the same */
} Matcher;

static bool is_open(const Matcher *k, size_t i) { return k->m.from[i].to < 0; }
static bool is_new(const Matcher *k, size_t j) { return k->m.back[j] < 0; }

static void pair(Matcher *k, size_t i, size_t j, MatchHow how) {
	k->m.from[i] = (Match){.to = (i64)j, .how = how};
	k->m.back[j] = (i64)i;
}

/* ---- word for word ---- */

typedef struct Keyed {
	u64    key;
	size_t at;
} Keyed;

static int by_key(const void *x, const void *y) {
	const Keyed *a = x, *b = y;
	return a->key < b->key ? -1 : a->key > b->key ? 1 : a->at < b->at ? -1 : 1;
}

static u64 key_of(const Bag *b, bool words_only) {
	return words_only ? b->text_key : b->key;
}

static size_t open_keys(Matcher *k, bool of_from, bool words_only, Keyed **ret) {
	size_t len = of_from ? k->from->len : k->to->len, n = 0;
	*ret = NEW_ARRAY(k->scratch, Keyed, len + 1);
	for (size_t i = 0; i < len; i++) {
		u64 key = key_of(of_from ? &k->bags.from[i] : &k->bags.to[i], words_only);
		if (key && (of_from ? is_open(k, i) : is_new(k, i)))
			(*ret)[n++] = (Keyed){key, i};
	}
	qsort(*ret, n, sizeof(Keyed), by_key);
	return n;
}

static void find_repeated(Matcher *k) {
	Keyed *x;
	size_t n = open_keys(k, true, true, &x);
	k->repeated = NEW_ARRAY(k->scratch, bool, k->from->len + 1);
	for (size_t i = 1; i < n; i++)
		if (x[i].key == x[i - 1].key)
			k->repeated[x[i].at] = k->repeated[x[i - 1].at] = true;
}

/* Equal ones that are as many in both versions, in their order; `single` = only those that stand once, for nobody knows which of many it is. */
static void pair_equal(Matcher *k, bool words_only, bool single) {
	Keyed *x, *y;
	size_t xn = open_keys(k, true, words_only, &x), yn = open_keys(k, false, words_only, &y);
	for (size_t i = 0, j = 0; i < xn && j < yn;) {
		size_t xs = 1, ys = 1;
		if (x[i].key != y[j].key) {
			if (x[i].key < y[j].key)
				i++;
			else
				j++;
			continue;
		}
		while (i + xs < xn && x[i + xs].key == x[i].key)
			xs++;
		while (j + ys < yn && y[j + ys].key == y[j].key)
			ys++;
		if (xs == ys && (xs == 1 || !single))
			for (size_t s = 0; s < xs; s++)
				pair(k, x[i + s].at, y[j + s].at, !single ? MATCH_LIKELY : words_only ? MATCH_CHANGED : MATCH_SAME);
		i += xs;
		j += ys;
	}
}

static bool pair_if_equal(Matcher *k, size_t i, size_t j) {
	if (i >= k->from->len || j >= k->to->len || !is_open(k, i) || !is_new(k, j) || k->bags.from[i].key != k->bags.to[j].key)
		return false;
	pair(k, i, j, MATCH_SAME);
	return true;
}

/* Repeated ones beside pairs, on and on. */
static void pair_neighbours(Matcher *k) {
	for (size_t i = 0; pair_if_equal(k, i, i); i++)
		continue;
	for (size_t n = 1; n <= k->from->len && n <= k->to->len && pair_if_equal(k, k->from->len - n, k->to->len - n); n++)
		continue;
	for (size_t i = 0; i < k->from->len; i++)
		if (!is_open(k, i))
			pair_if_equal(k, i + 1, (size_t)k->m.from[i].to + 1);
	for (size_t i = k->from->len; i-- > 1;)
		if (!is_open(k, i) && k->m.from[i].to > 0)
			pair_if_equal(k, i - 1, (size_t)k->m.from[i].to - 1);
}

/* ---- edited ---- */

static bool may_be(const Paragraph *x, const Paragraph *y) {
	bool x_words = x->kind == PARAGRAPH_TEXT || x->kind == PARAGRAPH_ITEM || x->kind == PARAGRAPH_QUOTE || x->kind == PARAGRAPH_NOTE;
	bool y_words = y->kind == PARAGRAPH_TEXT || y->kind == PARAGRAPH_ITEM || y->kind == PARAGRAPH_QUOTE || y->kind == PARAGRAPH_NOTE;
	return x->kind == y->kind || (x_words && y_words) || (x->kind == PARAGRAPH_FIGURE && y->kind == PARAGRAPH_TABLE);
}

/* Both neighbours are the same as before (or there is none on that side in both). */
static int neighbours(const Matcher *k, size_t i, size_t j) {
	int same = 0;
	same += i == 0 || j == 0 ? i == j : k->m.from[i - 1].to == (i64)j - 1;
	same += i + 1 == k->from->len || j + 1 == k->to->len ? i + 1 == k->from->len && j + 1 == k->to->len : k->m.from[i + 1].to == (i64)j + 1;
	return same;
}

/* "V Tanvaldu", "do Tanvaldu": names and numbers that were exchanged for others make another paragraph of a like one. */
static bool is_name_missing(Arena *a, Str x, Str folded_y) {
	bool starts = true;
	while (x.len) {
		Str word = str_cut(&x, ' ');
		bool name = !starts && word.len > 3 && ((word.ptr[0] >= 'A' && word.ptr[0] <= 'Z') ||
		            str_starts(word, S("Č")) || str_starts(word, S("Š")) || str_starts(word, S("Ř")) || str_starts(word, S("Ž")));
		if (name && !str_has(folded_y, utf8_first(text_fold(a, word), 4)))
			return true;
		starts = str_ends(word, S(".")) || str_ends(word, S(":")) || str_ends(word, S("|"));
	}
	return false;
}

static bool names_differ(Arena *a, const Paragraph *x, const Paragraph *y) {
	return is_name_missing(a, x->text, text_fold(a, y->text)) && is_name_missing(a, y->text, text_fold(a, x->text));
}

typedef struct Open {
	size_t *from, *to, n, m;
	i16    *like;                            /* n × m */
} Open;

static bool open_pairs(Matcher *k, Open *o) {
	*o = (Open){NEW_ARRAY(k->scratch, size_t, k->from->len + 1), NEW_ARRAY(k->scratch, size_t, k->to->len + 1)};
	for (size_t i = 0; i < k->from->len; i++)
		if (is_open(k, i))
			o->from[o->n++] = i;
	for (size_t j = 0; j < k->to->len; j++)
		if (is_new(k, j))
			o->to[o->m++] = j;
	if (!o->n || !o->m || o->n > COMPARE_MAX / o->m)
		return false;
	o->like = NEW_ARRAY(k->scratch, i16, o->n * o->m);
	for (size_t i = 0; i < o->n; i++)
		for (size_t j = 0; j < o->m; j++)
			if (may_be(&k->from->at[o->from[i]], &k->to->at[o->to[j]]))
				o->like[i * o->m + j] = (i16)bags_like(&k->bags.from[o->from[i]], &k->bags.to[o->to[j]]);
	return true;
}

/* Best of what else either of the two could be. */
static int second_best(const Matcher *k, const Open *o, size_t i, size_t j) {
	int best = 0;
	for (size_t s = 0; s < o->m; s++)
		if (s != j && is_new(k, o->to[s]) && o->like[i * o->m + s] > best)
			best = o->like[i * o->m + s];
	for (size_t s = 0; s < o->n; s++)
		if (s != i && is_open(k, o->from[s]) && o->like[s * o->m + j] > best)
			best = o->like[s * o->m + j];
	return best;
}

typedef struct Candidate {
	int    like;
	size_t i, j;
} Candidate;

static int by_like(const void *x, const void *y) {
	const Candidate *a = x, *b = y;
	return a->like != b->like ? b->like - a->like : a->i != b->i ? (a->i < b->i ? -1 : 1) : a->j < b->j ? -1 : 1;
}

static MatchHow judge(Matcher *k, const Open *o, const Candidate *c) {
	size_t i = o->from[c->i], j = o->to[c->j];
	int around = neighbours(k, i, j), second = second_best(k, o, c->i, c->j);
	bool heading = k->from->at[i].kind == PARAGRAPH_HEADING;     /* of few words, but headings are seldom exchanged for others */
	if (around < 2 && k->repeated[i])
		return MATCH_NONE;
	if (around == 2 && k->bags.from[i].words.len >= 3 && words_inside(k->bags.from[i].words, k->bags.to[j].words))
		return MATCH_CHANGED;                    /* something was added to it in its place */
	if (second + MARGIN > c->like && !(around == 2 && second + MARGIN / 3 <= c->like))
		return around == 2 && second <= c->like && c->like >= LIKE_LIKELY ? MATCH_LIKELY : MATCH_NONE;
	if (c->like >= (around < 2 ? LIKE_CERTAIN : heading ? LIKE_HEADING : LIKE_HERE))
		return names_differ(k->scratch, &k->from->at[i], &k->to->at[j]) ? MATCH_LIKELY : MATCH_CHANGED;
	return c->like >= (around == 2 ? LIKE_LIKELY : LIKE_HERE) ? MATCH_LIKELY : MATCH_NONE;
}

static void pair_edited(Matcher *k) {
	Open o;
	if (!open_pairs(k, &o))
		return;
	Candidate *c = NULL;
	size_t     len = 0, cap = 0;
	for (size_t i = 0; i < o.n; i++)
		for (size_t j = 0; j < o.m; j++)
			if (o.like[i * o.m + j] >= LIKE_GONE || words_inside(k->bags.from[o.from[i]].words, k->bags.to[o.to[j]].words))
				*ARENA_PUSH(k->scratch, c, len, cap) = (Candidate){o.like[i * o.m + j], i, j};
	if (!len)
		return;
	qsort(c, len, sizeof *c, by_like);
	for (int round = 0; round < 2; round++)      /* certain ones first: they are neighbours of others */
		for (size_t s = 0; s < len; s++) {
			size_t i = o.from[c[s].i], j = o.to[c[s].j];
			if (!is_open(k, i) || !is_new(k, j))
				continue;
			MatchHow how = judge(k, &o, &c[s]);
			if (how == MATCH_CHANGED || (round && how == MATCH_LIKELY))
				pair(k, i, j, how);
		}
}

/* ---- split and joined ---- */

/* Is y made of words of x, in their order, nearly without others? */
static bool is_piece(Matcher *k, const Bag *y, const Bag *x, Stretch *ret) {
	if (y->words.len < 4 || bags_common(y, x, NULL) * 10 < y->whole * 8)
		return false;
	*ret = bags_stretch(k->scratch, y, x);
	return ret->common * 100 >= y->words.len * 85 && (ret->to - ret->from) * 10 <= y->words.len * 14 + 20;
}

/* One became several new ones in a row: the first keeps the anchor. */
static void pair_split(Matcher *k, size_t i) {
	const Bag *whole = &k->bags.from[i];
	if (whole->words.len < 8)
		return;
	for (size_t j = 0; j + 1 < k->to->len; j++) {
		Stretch s;
		size_t  covered = 0, at = j;
		for (size_t end = 0; at < k->to->len && is_new(k, at) && may_be(&k->from->at[i], &k->to->at[at]); at++) {
			if (!is_piece(k, &k->bags.to[at], whole, &s) || s.from + 2 < end)
				break;
			if (at == j && s.from > 3)           /* does not begin where it began */
				break;
			end = s.to;
			covered += s.common;
		}
		if (at >= j + 2 && covered * 100 >= whole->words.len * 75) {
			pair(k, i, j, MATCH_CHANGED);
			return;
		}
	}
}

/* Its words went into another one, which did not have them. */
static void find_joined(Matcher *k, size_t i) {
	const Bag *x = &k->bags.from[i];
	i64  found = -1;
	if (x->words.len < 4 || k->repeated[i])
		return;
	for (size_t j = 0; j < k->to->len; j++) {
		i64     was = k->m.back[j];
		Stretch s;
		if (!may_be(&k->from->at[i], &k->to->at[j]) || (was >= 0 && k->m.from[was].how == MATCH_SAME))
			continue;
		const Bag *before = was >= 0 ? &k->bags.from[was] : NULL;
		if (bags_common(x, &k->bags.to[j], before) * 100 < x->whole * 75 || !is_piece(k, x, &k->bags.to[j], &s))
			continue;
		if (found >= 0)
			return;
		found = (i64)j;
	}
	if (found < 0)
		return;
	k->m.from[i] = (Match){.to = found, .how = MATCH_INTO};
	if (is_new(k, (size_t)found))                /* the first of those that were joined */
		pair(k, i, (size_t)found, MATCH_CHANGED);
}

/* ---- what is left ---- */

static void decide_open(Matcher *k, size_t i) {
	const Bag *x = &k->bags.from[i];
	i64 guess = -1, best = 0;
	for (size_t j = 0; j < k->to->len; j++) {
		i64 was = k->m.back[j];
		if (was >= 0 && k->m.from[was].how == MATCH_SAME)
			continue;
		const Bag *before = was >= 0 ? &k->bags.from[was] : NULL;
		i64 like = is_new(k, j) ? bags_like(x, &k->bags.to[j]) : 0;
		i64 into = x->whole ? (i64)(bags_common(x, &k->bags.to[j], before) * 1000 / x->whole) : 0;
		if (into * 6 / 10 > like)
			like = into * 6 / 10;
		if (like > best)
			best = like, guess = (i64)j;
	}
	if (best >= LIKE_GONE) {
		k->m.from[i] = (Match){.to = guess, .how = MATCH_UNSURE};
		return;
	}
	/* another one in the very same place may be it, much edited; few words say little, a line or a figure without words nothing */
	for (size_t j = 0; j < k->to->len; j++)
		if (is_new(k, j) && k->from->at[i].kind == k->to->at[j].kind &&
		    (!x->words.len || (x->words.len < SHORT && neighbours(k, i, j)) ||
		     (neighbours(k, i, j) == 2 && bags_like(x, &k->bags.to[j]) >= LIKE_GONE / 2))) {
			k->m.from[i] = (Match){.to = (i64)j, .how = MATCH_UNSURE};
			return;
		}
}

/* Equal ones of which there are more or fewer now: which of them is missing cannot be known. */
static void decide_repeated(Matcher *k) {
	for (size_t i = 0; i < k->from->len; i++) {
		if (!is_open(k, i) || k->m.from[i].how != MATCH_NONE)
			continue;
		for (size_t j = 0; j < k->to->len; j++)
			if (is_new(k, j) && k->bags.from[i].key == k->bags.to[j].key)
				k->m.from[i] = (Match){.to = (i64)j, .how = MATCH_UNSURE};
	}
}

/* A repeated one that was found by one neighbour only, while there are more or fewer of its kind now, may be another of them. */
static void doubt_repeated(Matcher *k) {
	for (size_t i = 0; i < k->from->len; i++) {
		Match *m = &k->m.from[i];
		if (m->how != MATCH_SAME || neighbours(k, i, (size_t)m->to) == 2)
			continue;
		size_t n = 0, now = 0;
		for (size_t s = 0; s < k->from->len; s++)
			n += k->bags.from[s].key == k->bags.from[i].key;
		for (size_t s = 0; s < k->to->len; s++)
			now += k->bags.to[s].key == k->bags.from[i].key;
		if (n != now && (n > 1 || now > 1))
			m->how = MATCH_LIKELY;
	}
}

/* What does not stand in the longest row that kept its order was moved. */
static void find_moved(Matcher *k) {
	size_t  n = k->from->len, len = 0;
	size_t *tail = NEW_ARRAY(k->scratch, size_t, n + 1);
	i64    *prev = NEW_ARRAY(k->scratch, i64, n + 1);
	for (size_t i = 0; i < n; i++) {
		Match *m = &k->m.from[i];
		if (m->to < 0 || m->how == MATCH_INTO || m->how == MATCH_UNSURE)
			continue;
		size_t lo = 0;
		for (size_t hi = len; lo < hi;) {
			size_t mid = (lo + hi) / 2;
			if (k->m.from[tail[mid]].to < m->to)
				lo = mid + 1;
			else
				hi = mid;
		}
		prev[i] = lo ? (i64)tail[lo - 1] : -1;
		tail[lo] = i;
		len = lo == len ? len + 1 : len;
		m->moved = true;
	}
	for (i64 i = len ? (i64)tail[len - 1] : -1; i >= 0; i = prev[i])
		k->m.from[i].moved = false;
}

static void pair_anchors(Matcher *k) {
	for (size_t j = 0; j < k->to->len; j++) {
		i64 i = k->to->at[j].anchor.len ? paragraphs_find(k->from, k->to->at[j].anchor) : -1;
		if (i >= 0 && is_open(k, (size_t)i) && str_eq(k->from->at[i].anchor, k->to->at[j].anchor))
			pair(k, (size_t)i, j, k->bags.from[i].key == k->bags.to[j].key ? MATCH_SAME : MATCH_CHANGED);
	}
}

static void pair_by_words(Matcher *k) {
	for (size_t i = 0; i < k->from->len; i++)
		if (is_open(k, i))
			pair_split(k, i);
	pair_edited(k);
	pair_neighbours(k);
	pair_equal(k, false, false);
	for (size_t i = 0; i < k->from->len; i++)
		if (is_open(k, i))
			find_joined(k, i);
	for (size_t i = 0; i < k->from->len; i++)
		if (is_open(k, i))
			decide_open(k, i);
}

static bool is_comparable(const Matcher *k) {
	size_t n = 0, m = 0;
	for (size_t i = 0; i < k->from->len; i++)
		n += is_open(k, i);
	for (size_t j = 0; j < k->to->len; j++)
		m += is_new(k, j);
	return !m || n <= COMPARE_MAX / m;
}

Matches paragraphs_match(Arena *a, const Paragraphs *from, const Paragraphs *to, bool by_anchor) {
	CLEANUP(arena_free) Arena scratch = {.on_full = a->on_full};
	Matcher k = {.a = a, .scratch = &scratch, .from = from, .to = to, .m = {NEW_ARRAY(a, Match, from->len + 1), NEW_ARRAY(a, i64, to->len + 1)}};
	for (size_t i = 0; i < from->len; i++)
		k.m.from[i].to = -1;
	for (size_t j = 0; j < to->len; j++)
		k.m.back[j] = -1;
	k.bags = bags_of(&scratch, from, to);
	find_repeated(&k);
	if (by_anchor)
		pair_anchors(&k);
	pair_equal(&k, false, true);
	pair_neighbours(&k);
	pair_equal(&k, true, true);
	if (is_comparable(&k)) {
		pair_by_words(&k);
	} else {
		for (size_t i = 0; i < from->len; i++)
			if (is_open(&k, i))
				k.m.from[i].how = MATCH_UNSURE;
	}
	decide_repeated(&k);
	if (!by_anchor)
		doubt_repeated(&k);
	find_moved(&k);
	return k.m;
}
