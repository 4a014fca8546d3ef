/* edits.h: a text of a plan and edits of it whose outcome is known: each paragraph and sentence has a number that the edit carries along.
 * The same seed makes the same edit on every machine. */
#pragma once
#include "base/hash.h"
#include "base/str.h"

typedef struct Sentence {
	int id;
	Str text;
} Sentence;
typedef struct Node {
	int       id, joined[8];                 /* joined: numbers of paragraphs that became a part of it */
	size_t    joined_len;
	char      kind;                          /* # heading, t text, - item, | table */
	int       section;
	Sentence *at;
	size_t    len, cap;
} Node;
typedef struct Nodes { Node *at; size_t len, cap; } Nodes;

typedef struct Edit {
	const char *what;
	Nodes  before, after;
	int    target;                           /* number of the paragraph that is followed */
	int    quote;                            /* number of a sentence in it, 0 = the whole paragraph */
} Edit;

enum { EDIT_KINDS = 28 };
Edit edit_make(Arena *a, u64 seed);
Str  nodes_write(Arena *a, const Nodes *n);
/* Where the target is afterwards: a position, -1 = gone. */
i64  edit_truth(const Edit *e);
i64  nodes_find(const Nodes *n, int id);
