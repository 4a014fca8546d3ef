/* mandate_paper.h: what was issued, as it was issued: the text of a mandate or amendment with its digest, and the PDF that was made of it once.
 *
 * The text is written down in the transaction of the issue; the PDF follows by a job and never changes: every download is the same stored file. */
#pragma once
#include "core/check.h"
#include "core/print.h"
#include "domain/network/mandate.h"

typedef struct MandatePaper {
	Id      id, mandate, amendment;          /* amendment 0 = the mandate itself */
	i64     no;                              /* 0 = the mandate, 1 … = its amendments */
	Str     title, text, text_sha256;        /* text: Markdown */
	Instant made_at;
	Printout pdf;
	Str     sha256;                          /* of the PDF */
} MandatePaper;
typedef struct MandatePapers { MandatePaper *at; size_t len, cap; } MandatePapers;

/* In the transaction of the issue. `x` NULL = the mandate. */
MUST_USE Err mandate_paper_write(Ctx *c, const Mandate *m, const MandateAmendment *x, const Resolution *by);
/* In the order of their numbers. */
MUST_USE Err mandate_papers(Ctx *c, Id mandate, MandatePapers *ret);
/* ERR_NOT_FOUND. */
MUST_USE Err mandate_paper(Ctx *c, Id mandate, i64 no, MandatePaper *ret);
/* Have it printed unless it is, or a job is at it. */
MUST_USE Err mandate_paper_ask(Ctx *c, const MandatePaper *p);
/* Once: what is there already is never replaced. In a transaction. */
MUST_USE Err mandate_paper_keep(Ctx *c, Id paper, const StoredFile *staged);
MUST_USE Err mandate_paper_by_id(Ctx *c, Id paper, MandatePaper *ret);
Str          mandate_paper_file_name(Arena *a, const Mandate *m, i64 no);

#define MANDATE_PDF_JOB "network.mandate_pdf"
/* Rows of the module: every text and every file is what was written down. */
Err check_mandate_papers(Ctx *c, bool *fine, Str *detail);
/* mandate_paper_page.c: it makes HTML. */
Err job_mandate_pdf(Ctx *c, Job *job);
