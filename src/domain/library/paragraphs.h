/* paragraphs.h: a long text as paragraphs that can be cited. Pure: no store, no HTML (paragraphs_page.h shows them).
 *
 * Markdown is cut into paragraphs: headings, paragraphs, items of lists, quotes, pipe tables, figures, footnotes. Each has a permanent anchor
 * such as `o3k7`, which edits, insertions, deletions, moves, splits and joins leave with what is still the same paragraph. One source goes
 * round: paragraphs_read(paragraphs_write(p)) is p.
 *
 *     Markdown                                   paragraph
 *     ## Sociální poradenství                    HEADING, level 2
 *     Text v jednom nebo více řádcích.           TEXT
 *     - bod seznamu, 1. bod číslovaný            ITEM, level 0 or its number; nested ones belong to it
 *     > citace                                   QUOTE
 *     | Okres | Služeb |  and  : Název tabulky   TABLE with its caption in the line below
 *     ![Služby podle druhu](zivy-udaj:sluzby)    FIGURE: a live table or chart by its name; inside of text a live number
 *     [^1]: Poznámka pod čarou.                  NOTE
 *     ```                                        CODE, as it stands
 *     {#o3k7}                                    its anchor, in a line of its own below a paragraph; {#o3k7 p2m4} also answers for one that was
 *                                                joined into it */
#pragma once
#include "base/err.h"
#include "base/str.h"

typedef enum ParagraphKind {
	PARAGRAPH_TEXT, PARAGRAPH_HEADING, PARAGRAPH_ITEM, PARAGRAPH_QUOTE, PARAGRAPH_TABLE, PARAGRAPH_FIGURE, PARAGRAPH_NOTE, PARAGRAPH_CODE
} ParagraphKind;

typedef struct Paragraph {
	Str           anchor;                    /* blank until one is given */
	Str           also;                      /* anchors of paragraphs that were joined into it, by blanks */
	ParagraphKind kind;
	int           level;                     /* of a heading 1–6; of an item its number, 0 = not numbered */
	Str           source;                    /* Markdown without the anchor: lines of a table, an item with its mark */
	Str           text;                      /* plain words, one line; cells of a table apart by " | " */
} Paragraph;

typedef struct Paragraphs {
	Paragraph *at;
	size_t     len, cap;
	Strs       taken;                        /* anchors that no new paragraph may get: of deleted ones, of other chapters */
} Paragraphs;

/* A name for kinds in files and rows: "text", "heading", … and back (false when there is no such kind). */
Str  paragraph_kind_name(ParagraphKind kind);
bool paragraph_kind_find(Str name, ParagraphKind *ret);

enum { PARAGRAPHS_MAX = 20000, PARAGRAPHS_BYTES = 4 * 1024 * 1024 };

/* ERR_TOO_LARGE with a sentence in *why. Anything that is text can be read; it is cleaned as text_clean_source says. */
MUST_USE Err paragraphs_read(Arena *a, Str markdown, Paragraphs *ret, Str *why);
/* Markdown again, with anchors or without (for people who edit). */
Str paragraphs_write(Arena *a, const Paragraphs *p, bool with_anchors);

/* Give every paragraph of `now` an anchor: that of the paragraph of `before` that it still is, or a new one. Anchors that stand in `now` remain.
 * now->taken becomes what may never be given again. `before` may be NULL. After a split the beginning keeps the anchor; after a join the
 * paragraph answers for both. */
void paragraphs_keep_anchors(Arena *a, const Paragraphs *before, Paragraphs *now);
/* Shaped as anchors are, so that it may stand in an address. */
bool anchor_valid(Str anchor);
/* By anchor, also by one that was joined into it; -1 when there is none. */
i64  paragraphs_find(const Paragraphs *p, Str anchor);

/* ---- following an anchor into another version ---- */

typedef enum AnchorHow {
	ANCHOR_SAME, ANCHOR_MOVED, ANCHOR_CHANGED,       /* certain: the same text in its place, elsewhere, or edited */
	ANCHOR_UNSURE,                                   /* a person decides; `anchor` is the best guess or blank */
	ANCHOR_GONE                                      /* certain: it was deleted */
} AnchorHow;

typedef struct AnchorFollowed {
	Str       anchor;                        /* in `to`; blank when gone */
	AnchorHow how;
} AnchorFollowed;

/* Where the paragraph `anchor` of `from`, or in it the words `quote` (blank = the whole of it), is in `to`, whose paragraphs have anchors. */
AnchorFollowed paragraphs_follow(Arena *a, const Paragraphs *from, const Paragraphs *to, Str anchor, Str quote);
/* The same for many: the two versions are compared once. */
typedef struct Following Following;
Following     *following_start(Arena *a, const Paragraphs *from, const Paragraphs *to);
AnchorFollowed following_find(Following *f, Str anchor, Str quote);

/* ---- differences ---- */

typedef enum DiffHow { DIFF_SAME, DIFF_CHANGED, DIFF_MOVED, DIFF_ADDED, DIFF_REMOVED } DiffHow;

/* A run of words that both have, or one of them: SAME, ADDED, REMOVED. */
typedef struct WordRun {
	DiffHow how;
	Str     text;
} WordRun;
typedef struct WordRuns { WordRun *at; size_t len, cap; } WordRuns;

/* Joined, runs that are not REMOVED give `after`, those not ADDED give `before`. Very long or unlike texts come as one removed and one added. */
WordRuns words_difference(Arena *a, Str before, Str after);

typedef struct CellDiff {
	DiffHow how;                             /* SAME, CHANGED, ADDED, REMOVED */
	Str     before, after;
} CellDiff;
typedef struct TableDiff {
	Str      *caption;                       /* two: before, after */
	CellDiff *at;                            /* rows × columns, the head is row 0; columns of both versions */
	size_t    rows, columns;
} TableDiff;
/* Two tables by cell: columns by their heads, rows by what they begin with. */
TableDiff table_difference(Arena *a, Str before, Str after);

typedef struct ParagraphDiff {
	DiffHow          how;                    /* MOVED = the same text elsewhere; CHANGED may have moved too: is_moved */
	bool             is_moved;
	const Paragraph *before, *after;         /* NULL when added, removed */
} ParagraphDiff;
typedef struct ParagraphDiffs {
	ParagraphDiff *at;
	size_t         len, cap;
	size_t         count[5];                 /* by DiffHow */
} ParagraphDiffs;
/* Two whole versions in the order of the later one; removed paragraphs stand where they were. */
ParagraphDiffs paragraphs_difference(Arena *a, const Paragraphs *before, const Paragraphs *after);

/* ---- tables and live data ---- */

typedef struct Table {
	Str    caption;
	Str   *at;                               /* rows × columns of Markdown, row 0 is the head */
	bool  *is_number;                        /* per column: aligned to the right */
	size_t rows, columns;
} Table;
Table table_read(Arena *a, Str source);
Str   table_write(Arena *a, const Table *t);

#define LIVE_SCHEME "zivy-udaj:"
/* "![caption](zivy-udaj:name)" at the beginning of `s`: its length, 0 when it is something else. */
size_t live_read(Str s, Str *name, Str *caption);
/* Put `value(arg, name, caption)` in place of every live figure and number; what it answers with {0} stays. Anchors stay. */
MUST_USE Err paragraphs_settle_live(Arena *a, Paragraphs *p, Err (*value)(void *arg, Str name, Str caption, bool is_block, Str *ret), void *arg);

/* ---- what people paste ---- */

/* Text as it is stored: NFC, line ends \n, no control characters, no invisible characters and no switches of direction; tabs become blanks. */
Str text_clean_source(Arena *a, Str s);
/* A fragment of HTML as word processors and pages put it on the clipboard → Markdown. What is not markup stays as text. */
Str text_clean_paste(Arena *a, Str html);
/* The same as plain words and lines, for texts that are no Markdown: a comment, an answer. */
Str text_plain_paste(Arena *a, Str html);
