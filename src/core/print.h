/* print.h: PDF out: a print view of ours goes through a program of others (WeasyPrint unless configured otherwise) in a child without network.
 *
 * A print view is HTML that our templates made: headings with ids, paragraphs, lists, tables, inline SVG, links. It gets our print style sheet, a
 * running head with its title, "strana N z M", and a table of contents with page numbers when it wants one. It is checked first: what would make
 * the renderer fetch or read anything (style="", src of other than data:, <link>, <script>, …) is refused as a mistake of ours.
 *
 * The same content with the same program is rendered once: the PDF is kept among the files (core/files.h) under the digest of both. Rendering is a
 * job of the store, so a reader may come back for it later. HTML stays the authoritative, accessible version. docs/print.md. */
#pragma once
#include "core/child.h"
#include "core/files.h"
#include "core/jobs.h"

typedef struct PrintDoc {
	Str  title;                              /* of the PDF and of its running head */
	Str  body;                               /* markup of our templates; begins with <h1> */
	Str  file_name;                          /* "plan-2024-2026.pdf" */
	/* only where they differ from the default */
	Str  author;                             /* the region */
	Str  note;                               /* at the foot of each page: "Verze 3 ze dne 19. 12. 2023" */
	bool contents;                           /* headings h2 and h3 with an id are listed behind the title, with their pages */
	bool is_large;                           /* a whole plan: the larger limits */
	bool is_landscape;                       /* wide tables */
} PrintDoc;

typedef enum PrintState { PRINT_NONE, PRINT_WAITING, PRINT_READY, PRINT_FAILED } PrintState;

typedef struct Printout {
	PrintState state;
	Id         file;                         /* READY */
	Id         job;                          /* WAITING */
	bool       is_running;                   /* WAITING: it is being done; else it stands in the queue */
	Str        why;                          /* FAILED: a whole sentence for people */
} Printout;

/* Is there a PDF of this? Reads only, so a page may ask. */
MUST_USE Err print_find(Ctx *c, const PrintDoc *d, Printout *ret);
/* The same, and when there is none or it failed, it is queued. `link`: the page to which its person returns from the list of jobs. Writes: not from a GET. */
MUST_USE Err print_ask(Ctx *c, const PrintDoc *d, Str link, Printout *ret);

/* ---- a PDF that a row of a subject keeps for ever: made once by a job of its own, then always the same file ---- */

/* What such a row says of it: columns of its file and job (NULL or 0 = none), of the job's state and note. */
Printout     print_of_row(Arena *a, Rows *r, int file, int job, int state, int note);
/* It is there, or will be: nobody has to ask for it. */
bool         print_is_coming(const Printout *p);
/* The work of such a job: makes the PDF and hands it to `keep` (files_put_staged, unless the row has one by now) in a transaction. */
typedef Err PrintKeep(Ctx *c, Id row, const StoredFile *staged);
MUST_USE Err print_make(Ctx *c, Job *job, const PrintDoc *d, PrintKeep *keep, Id row);

/* ---- the whole document, for tests and for those who want to see it ---- */

/* ERR_INTERNAL when the body would fetch something; *why (English) says what. */
MUST_USE Err print_html(Ctx *c, const PrintDoc *d, Buf *ret, Str *why);

/* ---- the program ---- */

/* Before child_start: "program with its whole path and words"; reads HTML from its input, writes a PDF to its output. False: no whole path. */
bool print_set_command(Str command);
extern const ChildKind print_tool, print_version_tool;

/* ---- rows of core's module ---- */

#define PRINT_JOB "core.print"
Err job_print(Ctx *c, Job *job);
/* Prints asked for before an instant are forgotten; their files go with the next sweep. */
MUST_USE Err prints_sweep(Ctx *c, Instant before, i64 *removed);
Err check_print_tool(Ctx *c, bool *fine, Str *detail);
