/* docx_inside.h: the document while it is built. */
#pragma once
#include "core/docx.h"

enum { DOCX_COLUMNS = 63, DOCX_DEPTH = 9 };

typedef struct DocxHeading { int level; Str anchor, words; } DocxHeading;
typedef struct DocxSpan { int rows, columns; } DocxSpan;         /* of a cell that reaches into rows below */

struct Docx {
	Arena   *arena;
	DocxHead head;
	Buf      body, rows, footnotes, dropped;
	Buf     *out;                            /* body, or the rows of the open table */
	Strs     links;
	DocxHeading *headings;
	size_t   heading_count, heading_cap;
	size_t   contents_at;                    /* place in the body, 0 = none */
	int      list_count, footnote_count, bookmark_count;
	/* the open table */
	bool     in_table, in_cell, row_open, cell_dropped;
	Str      caption;
	int      columns, column, cell_paragraphs;
	DocxSpan below[DOCX_COLUMNS + 1];
};

void docx_escape(Buf *out, Str s);           /* as text and in double quotes */
Str  docx_bookmark(Arena *a, Str anchor);
