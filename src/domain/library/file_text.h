/* file_text.h: the words of files, for search. A job reads them after the upload; until then the document is found by what is known about it. */
#pragma once
#include "core/files.h"
#include "core/jobs.h"

typedef struct FileText {
	enum { FILE_TEXT_NONE, FILE_TEXT_WAITING, FILE_TEXT_READY, FILE_TEXT_FAILED } state;      /* none: a picture, a table */
	Str why;                                 /* failed: whole sentences for who uploaded it */
} FileText;

#define FILE_TEXT_JOBS {"library.text", "Text souboru", file_text_job, .retry = true}

/* The file was put into the library: its words are read soon, once for the same content. Inside a write transaction. */
MUST_USE Err file_text_want(Ctx *c, const StoredFile *f);
MUST_USE Err file_text_of(Ctx *c, const StoredFile *f, FileText *ret);
/* The words of file `id` (BLANK or 0 = none); blank until they are read. */
MUST_USE Err file_text_words(Ctx *c, i64 id, Str *ret);
Err file_text_job(Ctx *c, Job *job);
/* Those that nobody has read for a quarter of an hour are asked for again. */
MUST_USE Err file_text_regular(Ctx *c);
