/* attachment.h: files of a submission: what is asked for by fields of the form and by the object that it is for, what was attached, under which digest.
 *
 * Files are a part of what is submitted: they are added and taken away only while the submission is being filled in, the receipt names each with its digest, and
 * what a receipt has once named stays stored. Whoever may read the submission may read its files, nobody else. */
#pragma once
#include "domain/collection/submission.h"

#define SUBMISSION_FILE_FIELDS(F, T) \
	F(T, submission, ref, "Podání", .target = &submission_entity, .required = true, .readonly = true) \
	F(T, asked, text, "K čemu soubor patří", .required = true, .readonly = true, .max = 60) \
	F(T, name, text, "Soubor", .required = true, .readonly = true, .max = 200) \
	F(T, type, text, "Druh souboru", .readonly = true, .max = 120) \
	F(T, size, int, "Velikost", .readonly = true) \
	F(T, sha256, text, "Otisk SHA-256", .readonly = true) \
	F(T, file, int, "Uložený soubor", .required = true, .readonly = true) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Kdo přiložil", .readonly = true) \
	F(T, added_at, instant, "Přiloženo", .readonly = true, .required = true) \
	F(T, removed_at, instant, "Odebráno", .readonly = true)
ENTITY_STRUCT(SubmissionFile, SUBMISSION_FILE_FIELDS)
extern const Entity submission_file_entity;
typedef struct SubmissionFiles { SubmissionFile **at; size_t len, cap; } SubmissionFiles;

#define ASKED_FILE_FIELDS(F, T) \
	F(T, object, text, "Kdo přílohu chce", .required = true, .readonly = true, .max = 40) \
	F(T, object_id, int, "Číslo záznamu", .required = true, .readonly = true) \
	F(T, position, int, "Pořadí", .readonly = true) \
	F(T, label, text, "Co se přikládá", .required = true, .max = 160, .hint = "Například Souhlas vlastníka prostor.") \
	F(T, hint, text, "Nápověda", .max = 400) \
	F(T, required, bool, "Povinná příloha") \
	F(T, template, int, "Vzor", .readonly = true)
ENTITY_STRUCT(AskedFile, ASKED_FILE_FIELDS)
extern const Entity asked_file_entity;
typedef struct AskedFiles { AskedFile **at; size_t len, cap; } AskedFiles;

enum { ATTACHMENTS_MOST = 10 };              /* to one request, unless a field of the form says less */

/* One thing that is asked for, with what came. */
typedef struct Ask {
	Str  code, label, hint;
	i64  most;
	bool required;
	Id   template;                           /* of an asked_file; 0 = none */
	SubmissionFiles files;
} Ask;
typedef struct Asks { Ask *at; size_t len, cap; } Asks;
/* Fields of the form, then what the object asks for, then „Další přílohy“. Asks nobody's rights: for those who have the submission. */
MUST_USE Err submission_asks(Ctx *c, const Submission *s, const FormTree *t, Asks *ret);
/* A file that was staged (library/upload.h) under its name. ERR_CONFLICT when it is not being filled in, ERR_INVALID at "soubor". */
MUST_USE Err submission_attach(Ctx *c, Id submission, Str asked, const StoredFile *staged);
MUST_USE Err submission_detach(Ctx *c, Id submission, Id file);
/* For whoever may read what is in the submission; others ERR_NOT_FOUND. */
MUST_USE Err submission_file_get(Ctx *c, const Submission *s, Id file, SubmissionFile **ret);
/* "smlouva.pdf (PDF, 120 kB)" */
Str          submission_file_words(Arena *a, const SubmissionFile *f);

/* What an object asks for, in its order. Writing asks no rights: the subject above decides who and until when. */
MUST_USE Err asked_files(Ctx *c, const char *object, Id object_id, AskedFiles *ret);
MUST_USE Err asked_file_add(Ctx *c, AskedFile *a, const StoredFile *template);
MUST_USE Err asked_file_remove(Ctx *c, const char *object, Id object_id, Id id);
MUST_USE Err asked_file_get(Ctx *c, const char *object, Id object_id, Id id, AskedFile **ret);
