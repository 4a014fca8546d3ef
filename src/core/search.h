/* search.h: full text behind one door. TECH § 7: folded text, words as prefixes, joined by AND; raw query syntax never reaches an engine.
 *
 * Text is kept in search_doc: the title as people read it, and the folded words of title and body, so that both engines see the same
 * words. SQLite: FTS5 with external content; PostgreSQL: tsvector. */
#pragma once
#include "core/ctx.h"

/* Words of a query by the token rule: letters and digits after folding, at most 8 words; words of 6 and more letters lose 2 at the
 * end and become prefixes; the last word is always a prefix; IČO and identifiers (all digits) stay whole, as prefixes. */
typedef struct SearchToken {
	Str  text;
	bool prefix;
} SearchToken;
typedef struct SearchTokens {
	SearchToken at[8];
	size_t      len;
	bool        cut;                         /* the query had more words or more than 200 characters */
} SearchTokens;
SearchTokens search_tokens(Arena *a, Str query);
/* Does a folded text hold all the tokens? The plain-scan rule that every index must agree with. */
bool search_matches(const SearchTokens *t, Str folded_text);
/* The folded words of a text, parted by single spaces, as the index keeps them: at most 500 kB, of a word its first 1 000 letters. */
Str  search_words(Arena *a, Str text);

/* What object `object_id` of a kind is found by, replacing what was there. Inside a write transaction. */
MUST_USE Err search_put(Ctx *c, const char *kind, Id object_id, bool is_public, Str title, Str body);     /* folds by itself */
MUST_USE Err search_drop(Ctx *c, const char *kind, Id object_id);
typedef struct SearchHit { Id object_id; Str kind; Str title; } SearchHit;
typedef struct SearchHits { SearchHit *at; size_t len, cap; bool more; } SearchHits;   /* more: above 5 000 matches */
/* The first `limit` hits (0 = 5 000) of a kind, or of all kinds (NULL): those with every word in the title, then the others, each in the
 * order of titles. Above 5 000 matches in the order they came into the index. A query without words finds nothing. Nobody who is not
 * signed in finds what is not public. */
MUST_USE Err search_find(Ctx *c, const char *kind, Str query, bool public_only, i64 limit, SearchHits *ret);
