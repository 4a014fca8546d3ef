/* doc_text.h: the words of a PDF or DOCX that came in, for search. Read in children (core/child.h): pdftotext in a sandbox without network, DOCX by our
 * own reader. A file that gives no words leaves a sentence that says why and what to do; it is never an error of the page that shows the file. */
#pragma once
#include "core/child.h"
#include "core/files.h"

typedef struct DocText {
	Str  text;                               /* UTF-8, lines by \n; empty when `why` says something */
	Str  why;                                /* whole Czech sentences for who uploaded it */
	bool is_cut;                             /* there was more than the setting allows */
	bool again;                              /* not the file's fault: ask later */
} DocText;

/* Takes seconds: of a job, not of a page, and not inside a write transaction. Not OK only when the stored content cannot be read at all. */
MUST_USE Err doc_text(Ctx *c, const StoredFile *f, DocText *ret);
/* Of bytes; `type` as file_type says. */
void doc_text_of(Ctx *c, Str type, Str bytes, DocText *ret);

/* ---- the children, and what stands inside ---- */

extern const ChildKind doc_pdf_tool, convert_docx;

/* The words of a DOCX, `most` bytes of them at most, or the reason: one letter of DocxTrouble first, then the text. */
typedef enum DocxTrouble { DOCX_FINE = 'F', DOCX_CUT = 'C', DOCX_BROKEN = 'B', DOCX_LOCKED = 'L', DOCX_LARGE = 'G', DOCX_FOREIGN = 'X' } DocxTrouble;
void docx_read(Arena *a, Str bytes, size_t most, Buf *out);
/* Without control characters, broken UTF-8 and needless blanks; cut at `most` bytes, never inside of a character. */
Str  doc_text_clean(Arena *a, Str s, size_t most, bool *is_cut);

Err  check_doc_text(Ctx *c, bool *fine, Str *detail);
