/* consultation.h: comment periods: which frozen version of which document, from which day to which, who may say what and how, and how it ended.
 *
 * A period is whole days in Prague: what is delivered before the midnight that ends the last day is in time. It opens and closes by the server's clock,
 * whether or not the program has moved the state yet. Comments: comment.h; answers and their publication: settlement.h. */
#pragma once
#include "core/workflow.h"
#include "domain/library/document.h"
#include "domain/library/paragraphs.h"

#define CAP_CONSULTATION_READ    "consultation.read"
#define CAP_CONSULTATION_CREATE  "consultation.create"
#define CAP_CONSULTATION_UPDATE  "consultation.update"
#define CAP_CONSULTATION_PUBLISH "consultation.publish"

#define CONSULTATION_PLANNED   "planned"
#define CONSULTATION_ANNOUNCED "announced"
#define CONSULTATION_OPEN      "open"
#define CONSULTATION_CLOSED    "closed"
#define CONSULTATION_SETTLED   "settled"
#define CONSULTATION_PUBLISHED "published"
#define CONSULTATION_CANCELLED "cancelled"

#define CONSULTATION_FIELDS(F, T) \
	F(T, title, text, "Název", .required = true, .search = true, .sort = true, .list = 1, .max = 300, .hint = "Například: Připomínky k návrhu plánu 2027–2029.") \
	F(T, subject, ref, "Verze dokumentu", .target = &document_version_entity, .required = true, .readonly = true) \
	F(T, first_day, date, "První den", .required = true, .sort = true, .list = 2) \
	F(T, last_day, date, "Poslední den", .required = true, .list = 3, .hint = "Včas je, co přijde do půlnoci, kterou tento den končí.") \
	F(T, who, text, "Kdo může připomínkovat", .required = true, .max = 300, .hint = "Například: kdokoli; obce, poskytovatelé a uživatelé služeb.") \
	F(T, about, longtext, "Na co se ptáme", .max = 4000) \
	F(T, channels, codes, "Jak jde připomínku podat", .codelist = "comment_channel", .required = true) \
	F(T, how, longtext, "Kam připomínku poslat nebo přinést", .max = 2000, .hint = "Adresa podatelny, e-mail, datová schránka, kontaktní funkce.") \
	F(T, accept_late, bool, "Zapisovat i opožděné", .help = "Opožděné připomínky se přijmou s označením; vypořádají se, jen když o tom někdo rozhodne.") \
	F(T, accept_oral, bool, "Zapisovat ústní připomínky z projednání") \
	F(T, min_length, int, "Nejkratší připomínka (znaků)", .required = true, .min = 1, .max = 500) \
	F(T, state, code, "Stav", .codelist = "consultation_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4) \
	F(T, announced_at, instant, "Vyhlášeno", .readonly = true) \
	F(T, published_at, instant, "Vypořádání zveřejněno", .readonly = true)
ENTITY_STRUCT(Consultation, CONSULTATION_FIELDS)
extern const Entity  consultation_entity;
extern const Machine consultation_machine;
typedef struct Consultations { Consultation **at; size_t len, cap; } Consultations;

/* ---- setting up: consultation.create, consultation.update ---- */

/* Only a frozen version that the public may read. ERR_INVALID by field. */
MUST_USE Err consultation_add(Ctx *c, Consultation *n);
/* Until it is announced everything, later only texts: ERR_CONFLICT. */
MUST_USE Err consultation_change(Ctx *c, Consultation *n);
/* A later last day, before the period is over; everybody is told, the reason stays with the period. */
MUST_USE Err consultation_prolong(Ctx *c, Id id, i64 version, Date last_day, Str reason);

/* ---- reading ---- */

/* In the office: consultation.read. */
MUST_USE Err consultation_get(Ctx *c, Id id, Consultation **ret);
/* For everybody: what was announced, also when it was cancelled later; others are ERR_NOT_FOUND. */
MUST_USE Err consultation_public(Ctx *c, Id id, Consultation **ret);
/* Newest first; for people without consultation.read only what was announced. */
MUST_USE Err consultation_list(Ctx *c, Consultations *ret);
/* Of a version of a document; those that the person may know of. */
MUST_USE Err consultation_of(Ctx *c, Id document_version, Consultations *ret);
/* The document and its version that are commented on. */
MUST_USE Err consultation_text(Ctx *c, const Consultation *n, Document **document, DocumentVersion *version, Paragraphs *text);

/* ---- time ---- */

Instant consultation_opens(const Consultation *n);           /* 0:00 of the first day */
Instant consultation_closes(const Consultation *n);          /* 0:00 of the day after the last; excluded */
bool    consultation_is(const Consultation *n, const char *state);
bool    consultation_is_public(const Consultation *n);
/* Announced, and the instant lies in the period. */
bool    consultation_takes(const Consultation *n, Instant at);
/* Over, and late comments are taken: until the answers are published. */
bool    consultation_takes_late(const Consultation *n, Instant at);
/* "od 1. 11. 2023 do 14. 11. 2023 včetně" */
Str     consultation_when(Arena *a, const Consultation *n);
