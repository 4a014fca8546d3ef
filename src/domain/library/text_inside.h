/* text_inside.h: what the files of the text model share. */
#pragma once
#include "domain/library/paragraphs.h"

/* ---- marks of Markdown (text_mark.c) ---- */

/* "{#o3k7 p2m4}" as a whole line: the anchors inside. */
bool   mark_anchor(Str line, Str *anchors);
size_t mark_heading(Str line, int *level);           /* length of "## " */
size_t mark_item(Str line, int *number);             /* length of "- ", "12. "; a Czech date is none */
size_t mark_note(Str line, Str *name);               /* length of "[^1]: " */
size_t mark_reference(Str s, Str *name);             /* length of "[^1]" */
bool   mark_fence(Str line);
bool   mark_rule(Str line);                          /* --- *** ___ */
bool   mark_table_line(Str line);                    /* | --- | ---: | */
size_t mark_indent(Str line);                        /* blanks at its beginning */
/* Words of inline Markdown: links and pictures leave their text, marks go, escapes become what they stand for. */
Str    mark_plain(Arena *a, Str inline_source);
/* The words of a paragraph. */
Str    paragraph_plain(Arena *a, ParagraphKind kind, Str source);

/* ---- words (text_words.c) ---- */

/* Words of a text, folded and hashed: punctuation and blanks are between them. */
typedef struct Words {
	u64   *at;
	size_t len;
} Words;
Words words_of(Arena *a, Str text);
/* Longest common subsequence of two rows of numbers: pairs in order, as positions. `limit` bounds len × len; beyond it nothing is found. */
typedef struct Pairs { size_t (*at)[2]; size_t len; } Pairs;
Pairs common_subsequence(Arena *a, const u64 *x, size_t xn, const u64 *y, size_t yn, size_t limit);

/* ---- which paragraph is which (text_match.c) ---- */

typedef enum MatchHow {
	MATCH_NONE,                              /* certainly gone, or new */
	MATCH_SAME, MATCH_CHANGED,               /* certain */
	MATCH_INTO,                              /* certain: joined into one that is another's already */
	MATCH_LIKELY,                            /* keeps its anchor, but a person should look before anything hangs on it */
	MATCH_UNSURE                             /* the best guess only */
} MatchHow;
typedef struct Match {
	i64      to;                             /* position in the later version, -1 = none */
	MatchHow how;
	bool     moved;
} Match;
typedef struct Matches {
	Match *from;                             /* per paragraph of the earlier version */
	i64   *back;                             /* per paragraph of the later one: SAME, CHANGED, LIKELY of which, -1 = new */
} Matches;
/* `by_anchor`: equal anchors tell that it is the same one, whatever was written there. */
Matches paragraphs_match(Arena *a, const Paragraphs *from, const Paragraphs *to, bool by_anchor);

/* ---- likeness (text_like.c) ---- */

/* A paragraph as a bag of words; rare words weigh more. */
typedef struct Bag {
	Words words;                             /* in their order */
	u64  *sorted;
	u32  *weight;                            /* of sorted[i] */
	u64   whole;                             /* sum of weights */
	u64   key;                               /* of kind and text: equal = the same */
	u64   text_key;                          /* of the words alone */
} Bag;
typedef struct Bags {
	Bag *from, *to;
} Bags;
Bags bags_of(Arena *a, const Paragraphs *from, const Paragraphs *to);
/* Weight of what both have; `without` is not counted (NULL = nothing): words of y that y had before. */
u64  bags_common(const Bag *x, const Bag *y, const Bag *without);
/* 0–1000: 2 × common ÷ (whole + whole). */
int  bags_like(const Bag *x, const Bag *y);
/* How many words of x stand in y in their order, and from where to where in y. */
typedef struct Stretch { size_t common, from, to, x_from; } Stretch;
Stretch bags_stretch(Arena *a, const Bag *x, const Bag *y);
/* Do the words of x stand in y without a gap? */
bool words_inside(Words x, Words y);
