/* submission.h: a form filled in: a draft saved as it is typed, checked, locked, submitted with a declaration, receipted, returned or decided.
 *
 * A value is what the person typed; whether it makes sense is judged by the check, not by saving. Blank, 0 and „nevztahuje se“ are three different
 * answers. A submission belongs to an object of a subject above (an application of a call), which starts it and hangs its own conditions on its steps. */
#pragma once
#include "core/files.h"
#include "domain/collection/form.h"
#include "domain/register/register.h"

#define CAP_SUBMISSION_READ    "submission.read"
#define CAP_SUBMISSION_CREATE  "submission.create"
#define CAP_SUBMISSION_UPDATE  "submission.update"
#define CAP_SUBMISSION_SUBMIT  "submission.submit"
#define CAP_SUBMISSION_APPROVE "submission.approve"
#define CAP_SUBMISSION_EXCEPT "submission.except" /* exceptions from deadlines */

#define SUBMISSION_DRAFT     "draft"
#define SUBMISSION_LOCKED    "locked"
#define SUBMISSION_SUBMITTED "submitted"
#define SUBMISSION_RETURNED  "returned"
#define SUBMISSION_ACCEPTED  "accepted"
#define SUBMISSION_REFUSED   "refused"
#define SUBMISSION_CANCELLED "cancelled"

#define SUBMISSION_FIELDS(F, T) \
	F(T, form_version, ref, "Verze formuláře", .target = &form_version_entity, .required = true, .readonly = true) \
	F(T, object, text, "K čemu patří", .readonly = true, .max = 40) \
	F(T, object_id, int, "Číslo záznamu", .readonly = true) \
	F(T, title, text, "Název", .required = true, .readonly = true, .search = true, .sort = true, .max = 300, .list = 1) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .readonly = true, .filter = true, .list = 2) \
	F(T, municipality, ref, "Obec", .target = &territory_entity, .readonly = true, .filter = true) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .readonly = true, .filter = true) \
	F(T, state, code, "Stav", .codelist = "submission_state", .readonly = true, .by_workflow = true, .filter = true, .list = 3) \
	F(T, opens_at, instant, "Lze podat od", .readonly = true) \
	F(T, closes_at, instant, "Lze podat do", .readonly = true, .list = 4) \
	F(T, fix_until, instant, "Opravit do", .readonly = true) \
	F(T, number, text, "Číslo podání", .readonly = true, .max = 40, .list = 5) \
	F(T, submitted_at, instant, "Podáno", .readonly = true, .list = 6) \
	F(T, submitted_by, text, "Podal", .readonly = true) \
	F(T, sha256, text, "Otisk podání", .readonly = true) \
	F(T, saved_at, instant, "Naposledy uloženo", .readonly = true) \
	F(T, saved_by, text, "Naposledy uložil", .readonly = true) \
	F(T, content, text, "Otisk vyplněných údajů", .readonly = true) \
	F(T, asked_by, text, "Kdo žádá přílohy", .readonly = true, .max = 40) \
	F(T, asked_by_id, int, "Číslo toho, kdo žádá přílohy", .readonly = true) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Kdo založil", .readonly = true) \
	F(T, organisation, text, "Organizace", .readonly = true) \
	F(T, made_at, instant, "Založeno", .readonly = true, .required = true)
ENTITY_STRUCT(Submission, SUBMISSION_FIELDS)
extern const Entity  submission_entity;
extern const Machine submission_machine;
typedef struct Submissions { Submission **at; size_t len, cap; } Submissions;

/* What is known of a field beforehand, by the name in its .prefill. */
typedef struct Prefill {
	const char *name;
	Str         value;                       /* as a person would type it */
	const char *origin;                      /* "z registru služeb" */
	bool        is_before;                   /* not a value but the one of last time, to compare with */
} Prefill;
/* s: form_version, object, title, whose it is, window, who asks for attachments. ERR_CONFLICT when the object has one that was not cancelled. Asks submission.create. */
MUST_USE Err submission_start(Ctx *c, Submission *s, const Prefill *known, size_t count);
/* By row scope; others are ERR_NOT_FOUND. */
MUST_USE Err submission_get(Ctx *c, Id id, Submission **ret);
/* The one of an object that was not cancelled; NULL when there is none. Asks nobody's rights. */
MUST_USE Err submission_of(Ctx *c, const char *object, Id object_id, Submission **ret);
bool         submission_is(const Submission *s, const char *state);
/* It takes changes: a draft, of somebody who may; *why says who can change that otherwise. */
bool         submission_may_fill(Ctx *c, const Submission *s, Str *why);
/* What was filled in is for the one who fills until it is submitted, and again while a returned one is corrected. */
bool         submission_may_see(Ctx *c, const Submission *s);
/* The days of everybody moved (a call was prolonged): the deadline is told anew. An exception that lasts longer stays. In a transaction. */
MUST_USE Err submission_window(Ctx *c, Id id, Instant opens_at, Instant closes_at);

/* D7: a later day for this respondent alone, with a reason; while it is filled in, also after the deadline. ERR_INVALID at "closes_rule". */
MUST_USE Err submission_except(Ctx *c, Id id, i64 version, Str closes_rule, Str reason);
/* What counts: the end of the window, or of a correction. {0} = none. */
Instant      submission_last_moment(const Submission *s);
/* By row scope: still being filled in although its last moment is over, the longest overdue first. */
MUST_USE Err submissions_overdue(Ctx *c, Submissions *ret);

/* ---- values ---- */

#define NOT_APPLICABLE "nevztahuje se"
enum { GRID_LINES = 60, VALUE_MAX = 10000, NOTE_MAX = 1000 };

typedef struct FormValue {
	Str  field;
	i64  line;                               /* of a grid, from 1; 0 elsewhere */
	Str  typed, origin, note;
	i64  amount, before;                     /* BLANK when it has no number */
} FormValue;
typedef struct FormValues { FormValue *at; size_t len, cap; } FormValues;
MUST_USE Err submission_values(Ctx *c, Id submission, FormValues *ret);
const FormValue *form_value(const FormValues *v, Str field, i64 line);  /* NULL when blank */
i64              form_lines(const FormValues *v, const FormTree *t, Str grid);       /* the last line that holds something */
bool             form_is_not_applicable(Str typed);
/* The number in what was typed; false with a sentence, where it holds none. BLANK for a text that is no number by its type. */
bool             form_amount(const FormField *f, Str typed, i64 *ret, const char **why);
Str              form_amount_text(Arena *a, const FormField *f, i64 amount);
/* The value, or for a computed field the sum below it: BLANK as long as something required is missing below. */
i64              form_sum(const FormTree *t, const FormValues *v, const FormField *f);
i64              form_amount_of(const FormTree *t, const FormValues *v, const char *stable);  /* BLANK when there is none */
Str              form_text_of(const FormValues *v, const char *stable);

/* What a page sent; `note` {0} with has_note false leaves the note as it is. */
typedef struct Typed { Str field, value, note; i64 line; bool has_note; } Typed;
typedef struct TypedList { Typed *at; size_t len, cap; } TypedList;
/* Saves the draft. ERR_CONFLICT: another version was saved meanwhile, nothing is written. *version: the row's new version. Values of computed and unknown
 * fields are ERR_MALFORMED. */
MUST_USE Err submission_save(Ctx *c, Id id, i64 version, const TypedList *typed, i64 *ret_version);

/* Takes over what was submitted before (`from`, in the reader's scope) where this draft is blank, with its number as the origin; numbers of before stay beside
 * as what to compare with. Days are not taken: they belong to their year. *count = values. */
MUST_USE Err submission_copy(Ctx *c, Id from, Id to, i64 *count);

/* ---- check (G8) ---- */

typedef struct Fault {
	Str  field, section, text;
	i64  line;
	bool is_hard, is_explained;              /* soft ones are explained by a note */
	bool is_file;                            /* of an attachment: field is the code of what is asked for */
} Fault;
typedef struct Faults { Fault *at; size_t len, cap; size_t hard, unexplained; } Faults;
void form_check(Ctx *c, const FormTree *t, const FormValues *v, Faults *ret);
MUST_USE Err submission_check(Ctx *c, const Submission *s, Faults *ret);

/* ---- submitting ---- */

/* From locked: the person declares what the form's version says. */
MUST_USE Err submission_submit(Ctx *c, Id id, i64 version, bool declared);

typedef struct Receipt {
	Id      submission;
	Str     number, author, declaration, body, sha256;
	Instant at, withdrawn_at;
	Id      pdf;                             /* 0 until it was made */
} Receipt;
typedef struct Receipts { Receipt *at; size_t len, cap; } Receipts;
/* Newest first. */
MUST_USE Err submission_receipts(Ctx *c, Id submission, Receipts *ret);
/* PDFs that have been made meanwhile are kept with their receipts; those that nobody asked for are asked for. */
MUST_USE Err receipts_keep(Ctx *c);

/* ---- notes on fields ---- */

#define SUBMISSION_NOTE_FIELDS(F, T) \
	F(T, submission, ref, "Podání", .target = &submission_entity, .required = true, .readonly = true) \
	F(T, field, text, "Údaj", .max = 40) \
	F(T, line, int, "Řádek") \
	F(T, text, longtext, "Co opravit", .required = true, .max = 2000) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Autor", .readonly = true) \
	F(T, made_at, instant, "Zapsáno", .readonly = true, .required = true) \
	F(T, settled_at, instant, "Vypořádáno", .readonly = true) \
	F(T, answer, longtext, "Odpověď", .max = 2000, .readonly = true) \
	F(T, answered_at, instant, "Odpovězeno", .readonly = true) \
	F(T, answered_by, text, "Kdo odpověděl", .readonly = true) \
	F(T, answer_owner, int, "Účet toho, kdo odpověděl", .readonly = true)
ENTITY_STRUCT(SubmissionNote, SUBMISSION_NOTE_FIELDS)
extern const Entity submission_note_entity;
typedef struct SubmissionNotes { SubmissionNote **at; size_t len, cap; } SubmissionNotes;
/* Pinned by whoever decides, while it is submitted. Field {0} = to the whole. */
MUST_USE Err submission_note_add(Ctx *c, Id submission, Str field, i64 line, Str text);
/* Seen by the respondent once it is returned. */
MUST_USE Err submission_notes(Ctx *c, const Submission *s, SubmissionNotes *ret);
