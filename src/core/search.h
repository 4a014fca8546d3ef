/* search.h: full text behind one door. TECH § 7: folded text, words as prefixes, joined by AND; raw query syntax never reaches an engine.
 *
 * Text is kept in search_doc (kind, object_id, is_public, title, body; folded). SQLite: FTS5 with external content; PostgreSQL: tsvector. */
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

MUST_USE Err search_put(Ctx *c, const char *kind, Id object_id, bool is_public, Str title, Str body);     /* folds by itself */
MUST_USE Err search_drop(Ctx *c, const char *kind, Id object_id);
typedef struct SearchHit { Id object_id; Str kind; Str title; } SearchHit;
typedef struct SearchHits { SearchHit *at; size_t len, cap; bool more; } SearchHits;   /* more: above 5 000 matches */
MUST_USE Err search_find(Ctx *c, const char *kind, Str query, bool public_only, i64 limit, SearchHits *ret);
