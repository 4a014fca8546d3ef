/* search_tokens.c: what a query asks for, and whether a text answers it. Pure: the same rule stands in the program's memory,
 * in SQLite and in PostgreSQL. */
#include "core/search.h"

#include "base/text.h"

enum { QUERY_MAX = 200, LONG_WORD = 6, ENDING = 2, WORDS_MAX = 500000, WORD_MAX = 1000 };

static bool is_letter(char c) {
	return c >= 'a' && c <= 'z';
}

static bool is_word_char(char c) {
	return is_letter(c) || (c >= '0' && c <= '9');
}

/* The next run of letters and digits at or after *pos, which moves behind it; empty at the end. */
static Str next_word(Str folded, size_t *pos) {
	size_t from = *pos;
	while (from < folded.len && !is_word_char(folded.ptr[from]))
		from++;
	size_t end = from;
	while (end < folded.len && is_word_char(folded.ptr[end]))
		end++;
	*pos = end;
	return str_of(folded.ptr + from, end - from);
}

/* Czech words change at their end: of a long one only the beginning counts. Numbers are names of things and stay whole. */
static SearchToken token_of(Str word) {
	size_t letters = 0;
	for (size_t i = 0; i < word.len; i++)
		letters += is_letter(word.ptr[i]);
	if (letters >= LONG_WORD)
		return (SearchToken){str_first(word, word.len - ENDING), true};
	return (SearchToken){word, letters == 0};
}

SearchTokens search_tokens(Arena *a, Str query) {
	SearchTokens t = {0};
	query = str_trim(query);
	Str kept = utf8_first(query, QUERY_MAX), folded = text_fold(a, kept);
	t.cut = kept.len < query.len;
	for (size_t pos = 0;;) {
		Str word = next_word(folded, &pos);
		if (str_empty(word))
			break;
		if (t.len == LEN(t.at)) {
			t.cut = true;
			break;
		}
		t.at[t.len++] = token_of(word);
	}
	if (t.len)
		t.at[t.len - 1].prefix = true;           /* perhaps still being typed */
	return t;
}

bool search_matches(const SearchTokens *t, Str folded_text) {
	unsigned all = (1u << t->len) - 1, found = 0;
	for (size_t pos = 0; found != all;) {
		Str word = next_word(folded_text, &pos);
		if (str_empty(word))
			return false;
		for (size_t i = 0; i < t->len; i++)
			if (t->at[i].prefix ? str_starts(word, t->at[i].text) : str_eq(word, t->at[i].text))
				found |= 1u << i;
	}
	return true;
}

Str search_words(Arena *a, Str text) {
	Str    folded = text_fold(a, text);
	char  *words = arena_alloc(a, folded.len + 1);
	size_t n = 0;
	for (size_t pos = 0;;) {
		Str word = str_first(next_word(folded, &pos), WORD_MAX);     /* no query has a longer one */
		if (str_empty(word) || n + 1 + word.len > WORDS_MAX)         /* an index row of PostgreSQL holds 1 MB */
			return str_of(words, n);
		if (n)
			words[n++] = ' ';
		memcpy(words + n, word.ptr, word.len);
		n += word.len;
	}
}
