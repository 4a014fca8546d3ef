/* docx.h: DOCX out: a document for Word and LibreOffice from headings, paragraphs, lists, tables and notes; the same input gives the same bytes.
 *
 * Two ways: docx_of_print takes the print view that PDF takes (core/print.h), so a document has one template for both; or a document is built piece by
 * piece. Any text may be given: what XML cannot carry is left out, broken UTF-8 becomes U+FFFD. Everything lives in the arena until docx_end. */
#pragma once
#include "base/buf.h"
#include "base/date.h"

typedef struct PrintDoc PrintDoc;
typedef struct Ctx      Ctx;

#define DOCX_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

typedef struct DocxHead {
	Str     title, author;
	/* only where they differ from the default */
	Str     label, note;                     /* in the head and at the foot of each page */
	Str     origin;                          /* of links that begin with "/"; without it they are plain text */
	Instant at;                              /* when it was made; none = not told */
	bool    contents;                        /* behind the first heading: a field that Word fills with page numbers */
	bool    is_landscape;
} DocxHead;

/* A piece of a line. Line ends inside become breaks. */
typedef struct DocxRun {
	Str  text;
	bool bold, italic, code, struck, underlined, raised, lowered;
	Str  href;                               /* https://…, mailto:…, /path, #anchor */
	Str  footnote;                           /* stands behind the text */
} DocxRun;
typedef struct DocxRuns { DocxRun *at; size_t len, cap; } DocxRuns;

typedef enum DocxKind { DOCX_TEXT, DOCX_HEADING, DOCX_BULLET, DOCX_NUMBER, DOCX_LIST_MORE, DOCX_QUOTE, DOCX_CODE, DOCX_CAPTION } DocxKind;

typedef struct DocxPara {
	DocxKind kind;
	int      level;                          /* heading 1–6; depth in a list from 1; LIST_MORE: a further paragraph of an item */
	int      list;                           /* DOCX_NUMBER: of docx_list, so that each list begins with 1 */
	Str      anchor;                         /* where "#anchor" leads */
	bool     right, new_page;
} DocxPara;

typedef struct Docx Docx;

Docx *docx_begin(Arena *a, const DocxHead *head);
void  docx_put(Docx *d, DocxPara p, const DocxRun *runs, size_t count);
/* One run without anything. */
void  docx_text(Docx *d, DocxPara p, Str text);
int   docx_list(Docx *d);
void  docx_page_break(Docx *d);

/* Rows of cells; paragraphs put between cell and cell_end belong to the cell. Header rows repeat on each page. */
typedef struct DocxCell {
	int  columns, rows;                      /* that it spans; 0 = 1 */
	bool is_header;
} DocxCell;
void  docx_table(Docx *d, Str caption);
void  docx_row(Docx *d, bool is_header);
void  docx_cell(Docx *d, DocxCell c);
void  docx_cell_end(Docx *d);
void  docx_table_end(Docx *d);

/* The file. False when there is no memory for it. */
bool  docx_end(Docx *d, Buf *out);

/* ---- from a print view (docx_html.c) ---- */

/* Markup that print_walk accepts. Drawings are left out, their titles stay. */
void  docx_html(Docx *d, Str markup);
/* The whole document; false as print_html, with *why (English). */
bool  docx_of_print(Ctx *c, const PrintDoc *p, Buf *out, Str *why);
