/* library.h: bodies, people and a document that the tests of the library begin with. */
#pragma once
#include "core/access.h"
#include "domain/library/document.h"
#include "domain/library/resolution.h"
#include "tests/domain/register_edit.h"

typedef struct Library {
	App         *app;
	Ctx          c;
	const Actor *planner, *reader, *provider;        /* PLN; ANA reads and edits, freezes nothing; PRV sees what is public */
	Id           region, board, assembly;            /* organisations */
	Id           document;                           /* public, without a version */
} Library;

Library  library_given(void);
static inline Ctx *as(Library *l, const Actor *a) { l->c.actor = a; return &l->c; }
static inline Ctx *pln(Library *l) { return as(l, l->planner); }
/* A draft with this Markdown; a frozen version in force since a day (none = a proposal). */
Id       library_draft(Library *l, Id document, const char *markdown);
Id       library_frozen(Library *l, Id document, const char *markdown, Date from);
/* A file as an upload brings it, not yet in a row. */
const StoredFile *library_staged(Library *l, Str bytes);
Str      library_text(Library *l, Id version);
