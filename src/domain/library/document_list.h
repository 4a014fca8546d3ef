/* document_list.h: lists of documents, each with the version that matters. */
#pragma once
#include "domain/library/document.h"

typedef struct DocumentRow {
	Document         d;
	Str              owner;                  /* name of the organisation */
	DocumentVersions versions;               /* newest first, without texts; of the public no drafts */
	StoredFile      *files;                  /* of each of them; without id when it has none */
	const DocumentVersion *shown;            /* in force on the day, else the newest frozen, else (for the office) the newest; NULL = none */
	const StoredFile      *file;             /* of that one */
	bool             in_force;
	bool             is_archived;            /* its last day was before the day, or every version is withdrawn */
} DocumentRow;
typedef struct DocumentRows { DocumentRow *at; size_t len, cap; } DocumentRows;

/* Annexes stand with what they belong to, unless something is looked for. Ordered by kinds, then by titles. */
typedef struct DocumentQuery {
	Str  kind, search;                       /* blank = all */
	Id   part_of;                            /* 0 = all */
	Date day;                                /* none = today */
	bool only_in_force;                      /* on that day */
	bool archived;                           /* those instead of the others */
	bool everything;                         /* archived and not, annexes too */
	bool office;                             /* drafts and documents that are not public too, for people with document.read */
} DocumentQuery;
MUST_USE Err documents_list(Ctx *c, DocumentQuery q, DocumentRows *ret);

typedef struct Choice { Id id; Str name; } Choice;
typedef struct Choices { Choice *at; size_t len, cap; } Choices;
/* Name of an organisation, whoever asks; {0} when there is none. */
Str library_owner_name(Ctx *c, Id organisation);
MUST_USE Err library_owners(Ctx *c, Choices *ret);
MUST_USE Err library_bodies(Ctx *c, Choices *ret);
