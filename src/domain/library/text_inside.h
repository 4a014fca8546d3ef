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

typedef enum MatchHow { MATCH_NONE, MATCH_SAME, MATCH_CHANGED, MATCH_LIKELY, MATCH_INTO } MatchHow;
typedef struct Match {
	i64      to;                             /* position in the other version, -1 = none */
	MatchHow how;                            /* NONE: certainly gone, unless unsure; INTO: its words are a part of a larger one */
	bool     unsure;                         /* the best guess only */
} Match;
typedef struct Matches {
	Match *from;                             /* per paragraph of the earlier version */
	i64   *back;                             /* per paragraph of the later one: which it is, -1 = new */
	bool  *moved;                            /* per paragraph of the earlier one */
} Matches;
Matches paragraphs_match(Arena *a, const Paragraphs *from, const Paragraphs *to);
