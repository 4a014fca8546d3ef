/* catalogue_suggest.c: when nothing was found: the nearest words that would find something. */
#include "base/text.h"
#include "domain/register/catalogue_inside.h"

enum { LONGEST = 32, LEAST = 4 };

static int least_of(int x, int y) {
	return x < y ? x : y;
}

/* Letters to add, drop, change or swap on the way from x to y; more than `most` is not counted out. */
static int distance(Str x, Str y, int most) {
	int rows[3][LONGEST + 1];
	if (x.len > LONGEST || y.len > LONGEST)
		return most + 1;
	for (int j = 0; j <= (int)y.len; j++)
		rows[0][j] = j;
	for (int i = 1; i <= (int)x.len; i++) {
		int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3], best = row[0] = i;
		for (int j = 1; j <= (int)y.len; j++) {
			int same = x.ptr[i - 1] == y.ptr[j - 1] ? 0 : 1;
			row[j] = least_of(least_of(above[j], row[j - 1]) + 1, above[j - 1] + same);
			if (i > 1 && j > 1 && x.ptr[i - 1] == y.ptr[j - 2] && x.ptr[i - 2] == y.ptr[j - 1])
				row[j] = least_of(row[j], two_above[j - 2] + 1);
			best = least_of(best, row[j]);
		}
		if (best > most)
			return best;
	}
	return rows[x.len % 3][y.len];
}

static bool has_digit(Str s) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			return true;
	return false;
}

/* The nearest word of the dictionary; of equally near ones the commonest. -1 when none is near. */
static i64 nearest(const Catalogue *k, Str word) {
	int most = word.len >= 8 ? 2 : 1, least = most + 1;
	i64 best = -1;
	if (word.len < LEAST || has_digit(word))
		return -1;
	for (size_t i = 0; i < k->word_count; i++) {
		const CatalogueWord *w = &k->words[i];
		Str text = str_of(k->word_text + w->text, w->len);
		size_t apart = text.len > word.len ? text.len - word.len : word.len - text.len;
		if (apart > (size_t)least_of(least, most) || has_digit(text))
			continue;
		int d = distance(word, text, least_of(least, most));
		if (d < least || (best >= 0 && d == least && w->count > k->words[best].count)) {
			best = (i64)i;
			least = d;
		}
	}
	return best;
}

/* The word as it stands in a text; {0} when it is not there. */
static Str as_written(Arena *a, Str text, Str folded) {
	while (text.len) {
		Str piece = str_cut(&text, ' ');
		if (str_eq(search_words(a, piece), folded))
			return piece;
	}
	return (Str){0};
}

/* With its diacritics, as some service writes it; a word of descriptions alone stays folded. */
static Str spelled(Arena *a, const Catalogue *k, const CatalogueWord *w) {
	Str folded = str_of(k->word_text + w->text, w->len);
	u32 n = 0;
	while (w->dense && !set_has(k->dense + w->first * k->set_words, n))
		n++;
	const CatalogueService *s = &k->services[w->dense ? n : k->postings[w->first]];
	Str written = as_written(a, s->name, folded);
	if (!written.len)
		written = as_written(a, k->facets[CAT_KIND].at[s->kind].name, folded);
	if (!written.len)
		written = as_written(a, k->providers[s->provider].name, folded);
	for (u32 i = 0; i < s->place_count && !written.len; i++)
		written = as_written(a, k->facets[CAT_PLACE].at[k->place_of[s->places + i]].name, folded);
	while (written.len && strchr(",.;:()\"", written.ptr[written.len - 1]))
		written.len--;
	return written.len ? str_lower_ascii(a, written) : str_dup(a, folded);
}

Str catalogue_suggestion(Arena *a, const Catalogue *k, Str query) {
	Strs words = {0};
	bool changed = false;
	Str  rest = str_trim(query);
	while (rest.len && words.len < 8) {
		Str          piece = str_cut(&rest, ' ');
		SearchTokens one = search_tokens(a, piece);
		if (one.len == 0)
			continue;
		u64 *found = catalogue_holding(a, k, &one);
		i64  near = set_count(found, k->set_words) ? -1 : nearest(k, search_words(a, piece));
		changed |= near >= 0;
		strs_add(a, &words, near >= 0 ? spelled(a, k, &k->words[near]) : piece);
	}
	return changed ? str_join(a, S(" "), words) : (Str){0};
}
