/* document.h: documents of the region and of others, each with numbered versions.
 *
 * A version is Markdown text, an uploaded file, or both. While it is a draft it is edited; frozen, it never changes again: no rule, import or form
 * gets at its content, and whoever quotes "document @ version @ paragraph" quotes the same words for ever. A frozen version without a first day is a
 * proposal put forward (for comments, for a body); with a first day it is in force from then until a later one takes over. Withdrawn versions are in
 * force on no day and keep their reason. */
#pragma once
#include "core/files.h"
#include "core/workflow.h"
#include "domain/library/paragraphs.h"
#include "domain/people/people.h"

#define DOCUMENT_FIELDS(F, T) \
	F(T, title, text, "Název", .required = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, kind, code, "Druh", .codelist = "document_kind", .required = true, .filter = true, .list = 2) \
	F(T, owner, ref, "Vydává", .target = &organisation_entity, .required = true, .filter = true, .list = 3) \
	F(T, file_number, text, "Spisová značka", .search = true, .list = 4, .max = 60) \
	F(T, summary, longtext, "O čem dokument je", .max = 2000) \
	F(T, url, url, "Adresa na webu vydavatele", .help = "U dokumentů, které vydává někdo jiný: metodiky ministerstva.") \
	F(T, part_of, ref, "Příloha k dokumentu", .target = &document_entity, .filter = true) \
	F(T, valid_to, date, "Poslední den platnosti", .help = "Po něm je dokument v archivu.") \
	F(T, is_public, bool, "Zveřejněný", .filter = true, .list = 5, .help = "Veřejnost vidí zmrazené verze; rozpracované nikdy.")
extern const Entity document_entity;
ENTITY_STRUCT(Document, DOCUMENT_FIELDS)

#define VERSION_DRAFT     "draft"
#define VERSION_FROZEN    "frozen"
#define VERSION_WITHDRAWN "withdrawn"

#define DOCUMENT_VERSION_FIELDS(F, T) \
	F(T, document, ref, "Dokument", .target = &document_entity, .required = true, .readonly = true, .filter = true, .list = 1) \
	F(T, no, int, "Číslo verze", .required = true, .readonly = true, .min = 1, .max = 100000, .list = 2) \
	F(T, state, code, "Stav", .codelist = "document_state", .readonly = true, .by_workflow = true, .filter = true, .list = 3) \
	F(T, valid_from, date, "V platnosti od", .readonly = true, .list = 4) \
	F(T, note, longtext, "Poznámka k verzi", .readonly = true, .max = 2000) \
	F(T, text, longtext, "Text", .readonly = true, .max = 1000000, .help = "Markdown.") \
	F(T, file, int, "Soubor", .readonly = true, .help = "Číslo uloženého souboru.") \
	F(T, sha256, text, "Otisk obsahu (SHA-256)", .readonly = true, .max = 64, .help = "Textu, nebo souboru; má-li verze obojí, otisků obou.") \
	F(T, author, int, "Účet autora", .readonly = true, .secret = true) \
	F(T, author_name, text, "Autor", .readonly = true, .secret = true) \
	F(T, made_at, instant, "Založeno", .readonly = true) \
	F(T, frozen_at, instant, "Zmrazeno", .readonly = true) \
	F(T, frozen_by, text, "Zmrazil", .readonly = true, .secret = true) \
	F(T, withdrawn_at, instant, "Odvoláno", .readonly = true) \
	F(T, withdrawn_why, longtext, "Důvod odvolání", .readonly = true, .max = 2000)
ENTITY_STRUCT(DocumentVersion, DOCUMENT_VERSION_FIELDS)
extern const Entity  document_version_entity;
extern const Machine document_version_machine;
Err document_index_again(Ctx *c, const WorkMove *m);
#define DOCUMENT_REACTIONS {"document_version", "freeze", document_index_again}, {"document_version", "withdraw", document_index_again}

/* ---- documents ---- */

typedef struct DocumentNew {
	Str  title, kind;                        /* kind: code of document_kind */
	Id   owner;                              /* organisation */
	Str  file_number, summary, url;
	Id   part_of;                            /* 0 = stands alone */
	Date valid_to;
	bool is_public;
} DocumentNew;
/* Needs document.create. */
MUST_USE Err document_add(Ctx *c, const DocumentNew *d, Id *ret);
/* The public sees public documents that have a frozen version; people with document.read all. Others: ERR_NOT_FOUND. */
MUST_USE Err document_get(Ctx *c, Id id, Document **ret);
/* Title, kind and the like; versions stay as they are. ERR_CONFLICT when somebody was faster. Needs document.update, is_public document.publish. */
MUST_USE Err document_change(Ctx *c, Document *d);

/* Some documents are written by a subject above: it says whether the person may do that with one of its versions (0 = none yet). Set once at start;
 * the program itself is not asked. */
typedef enum DocumentDeed { DEED_WRITE, DEED_FREEZE, DEED_PUT_IN_FORCE, DEED_WITHDRAW, DEED_SHOW } DocumentDeed;
void document_set_keeper(Err (*keeper)(Ctx *c, Id document, Id version, DocumentDeed deed));

/* ---- versions ---- */

typedef struct VersionNew {
	Str               text, note;            /* Markdown */
	Date              valid_from;
	Str               file_name;
	const StoredFile *staged;                /* upload.h; NULL = without a file */
	bool              drops_file;            /* version_change: the file goes */
	bool              is_held;               /* version_add: also frozen it is for people with document.read only, until version_release */
} VersionNew;
/* The next draft; a document has one at a time: ERR_CONFLICT. The file of another version of the document again: ERR_INVALID at "file", naming it. */
MUST_USE Err version_add(Ctx *c, Id document, const VersionNew *v, Id *ret);
/* The draft looks like `v` from now on; without a staged file it keeps its own. `seen` is the version of the row that was read, ERR_CONFLICT when it
 * is another by now (0 = not looked at). Frozen or withdrawn: ERR_CONFLICT. */
MUST_USE Err version_change(Ctx *c, Id version, i64 seen, const VersionNew *v);
/* A draft that nobody wants. */
MUST_USE Err version_drop(Ctx *c, Id version);
/* The digest is stored and paragraphs get their anchors; from now on nothing of the content changes. Needs document.publish. */
MUST_USE Err version_freeze(Ctx *c, Id version);
/* A frozen version without a first day gets one, once: a body has approved it. */
MUST_USE Err version_put_in_force(Ctx *c, Id version, Date from);
/* What was held back may be read by the public from now on, if the document may. Does nothing the second time. Needs document.publish. */
MUST_USE Err version_release(Ctx *c, Id version);
MUST_USE Err version_is_held(Ctx *c, Id version, bool *ret);
/* A frozen version is taken back, with a reason that stays to be read. */
MUST_USE Err version_withdraw(Ctx *c, Id version, Str why);

/* Who may not know of it: ERR_NOT_FOUND (drafts and what is held back: everybody without document.read). */
MUST_USE Err version_get(Ctx *c, Id version, DocumentVersion *ret);
MUST_USE Err version_by_no(Ctx *c, Id document, i64 no, DocumentVersion *ret);
/* Of a frozen version as they were stored, for ever the same. Of a draft as they would be if it were frozen now: an anchor of the last frozen
 * version stays with what is still the same paragraph (paragraphs.h). The address of one is /dokumenty/{id}/verze/{no}#{anchor}. */
MUST_USE Err version_paragraphs(Ctx *c, Id version, Paragraphs *ret);
typedef struct DocumentVersions { DocumentVersion *at; size_t len, cap; } DocumentVersions;
/* Newest first, without their texts; those that the person may know of. */
MUST_USE Err versions_of(Ctx *c, Id document, DocumentVersions *ret);
/* In force on a day; ERR_NOT_FOUND when none is. */
MUST_USE Err document_in_force(Ctx *c, Id document, Date day, DocumentVersion *ret);
/* The newest frozen one that the person may know of, in force or not. */
MUST_USE Err document_newest(Ctx *c, Id document, DocumentVersion *ret);
/* Of versions of one document, the one in force on a day by the document's last day; NULL when none is. */
const DocumentVersion *version_of_day(const Document *d, const DocumentVersions *all, Date day);
