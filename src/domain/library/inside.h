/* inside.h: what the files of library share. */
#pragma once
#include "domain/library/document.h"

#define CAP_DOCUMENT_READ     "document.read"
#define CAP_DOCUMENT_CREATE   "document.create"
#define CAP_DOCUMENT_UPDATE   "document.update"
#define CAP_DOCUMENT_PUBLISH  "document.publish"
#define CAP_RESOLUTION_CREATE "resolution.create"
#define CAP_RESOLUTION_UPDATE "resolution.update"
#define CAP_RESOLUTION_READ   "resolution.read"

/* The document whoever asks. */
MUST_USE Err document_stored(Ctx *c, Id id, Document **ret);
MUST_USE Err version_stored(Ctx *c, Id id, DocumentVersion **ret);
/* Of versions of a document, without texts, newest first, whoever asks; those that are held back only `with_held`. */
MUST_USE Err versions_stored(Ctx *c, Id document, bool with_held, DocumentVersions *ret);
/* What the document is found by: its newest frozen version when it is public, else its newest one. Inside a write transaction. */
MUST_USE Err document_index(Ctx *c, Id document);
/* The same of a resolution. */
MUST_USE Err resolution_index(Ctx *c, Id id);
/* The staged file becomes a row; *file is its id, and its words will be read. Inside a write transaction. */
MUST_USE Err document_file_keep(Ctx *c, Str name, const StoredFile *staged, i64 *file);
/* The digest of a version's content as document.h says it. */
MUST_USE Err version_digest(Ctx *c, const DocumentVersion *v, Str *ret);
/* Of a version that the caller may read. */
MUST_USE Err version_paragraphs_of(Ctx *c, const DocumentVersion *v, Paragraphs *ret);
/* Rows of the paragraphs of a version that is being frozen. */
MUST_USE Err version_store_paragraphs(Ctx *c, const DocumentVersion *v);
/* Steps of the machine. */
MUST_USE Err version_freeze_step(Ctx *c, WorkMove *m);
MUST_USE Err version_withdraw_step(Ctx *c, WorkMove *m);
/* The subject that the document belongs to lets the person do that. */
MUST_USE Err document_may(Ctx *c, Id document, Id version, DocumentDeed deed);
