/* call.h: calls for entry into the network: who may apply for what, from which minute to which, by which form.
 *
 * The window is half-open by the server's clock (D1): what comes at closes_at is late, whether or not the program has moved the state yet. Days are rules of
 * the deadline engine, so a last day that is no working day moves and says so. A call that should not have been is cancelled or archived, never renamed. */
#pragma once
#include "core/workflow.h"
#include "domain/collection/attachment.h"
#include "domain/needs/need.h"
#include "domain/rulebook/rulebook.h"

#define CAP_CALL_READ    "call.read"
#define CAP_CALL_CREATE  "call.create"
#define CAP_CALL_UPDATE  "call.update"
#define CAP_CALL_PUBLISH "call.publish"
#define CAP_CALL_APPROVE "call.approve"

#define CALL_PLANNED   "planned"
#define CALL_ANNOUNCED "announced"
#define CALL_OPEN      "open"
#define CALL_CLOSED    "closed"
#define CALL_FINISHED  "finished"
#define CALL_CANCELLED "cancelled"
#define CALL_ARCHIVED  "archived"

#define CALL_FIELDS(F, T) \
	F(T, title, text, "Název výzvy", .required = true, .search = true, .sort = true, .list = 1, .max = 200) \
	F(T, types, codes, "O co jde žádat", .codelist = "application_type", .required = true, .list = 2) \
	F(T, target_year, int, "Síť na rok", .required = true, .min = 2015, .max = 2100, .filter = true, .list = 3) \
	F(T, about, longtext, "Co kraj hledá a za jakých podmínek", .max = 6000) \
	F(T, kinds, codes, "Jen tyto druhy služeb", .codelist = "service_kind", .hint = "Nic nevybráno znamená všechny druhy.") \
	F(T, extraordinary, bool, "Mimořádná výzva", .hint = "Smí být kratší, nejméně podle nastavení.") \
	F(T, opens_rule, text, "Otevírá se", .required = true, .max = 120, .hint = "Například 1. 2. 2027 8:00.") \
	F(T, closes_rule, text, "Zavírá se", .required = true, .max = 120, .hint = "Například 15. 3. 2027 16:00, nebo 14. den od otevření 16:00.") \
	F(T, statements_rule, text, "Vyjádření obcí do", .required = true, .max = 120, .hint = "Například 31. 3. 2027 16:00.") \
	F(T, questions_rule, text, "Dotazy do", .max = 120, .hint = "Například 8. 3. 2027 16:00. Prázdné pole znamená do konce výzvy.") \
	F(T, opens_at, instant, "Otevření", .readonly = true) \
	F(T, closes_at, instant, "Uzavření", .readonly = true, .list = 4) \
	F(T, statements_until, instant, "Konec vyjádření", .readonly = true) \
	F(T, questions_until, instant, "Konec dotazů", .readonly = true) \
	F(T, why, text, "Posun lhůty", .readonly = true, .max = 500) \
	F(T, attachments, longtext, "O přílohách", .max = 2000, .hint = "Slovy; co je opravdu potřeba přiložit, vyjmenujte po uložení na stránce Přílohy.") \
	F(T, form_a, ref, "Formulář pro typ A", .target = &form_version_entity) \
	F(T, form_b, ref, "Formulář pro typ B", .target = &form_version_entity) \
	F(T, form_c, ref, "Formulář pro typ C", .target = &form_version_entity) \
	F(T, rules, ref, "Pravidla bodování", .target = &rule_version_entity, .hint = "Podle této verze se žádosti ohodnotí. Po vyhlášení se nemění.") \
	F(T, state, code, "Stav", .codelist = "call_state", .readonly = true, .by_workflow = true, .filter = true, .list = 5) \
	F(T, announced_at, instant, "Vyhlášena", .readonly = true)
ENTITY_STRUCT(Call, CALL_FIELDS)
extern const Entity  call_entity;
extern const Machine call_machine;
typedef struct Calls { Call **at; size_t len, cap; } Calls;

typedef struct CallTargets { Units districts; Id *needs; size_t need_count, need_cap; } CallTargets;

MUST_USE Err call_add(Ctx *c, Call *k, const CallTargets *t);
/* Until it is announced everything, later only what it says: ERR_CONFLICT. */
MUST_USE Err call_change(Ctx *c, Call *k, const CallTargets *t);
MUST_USE Err call_targets(Ctx *c, Id call, CallTargets *ret);
/* A later end while it is open; drafts follow, and statements that were asked for and did not come yet. */
MUST_USE Err call_prolong(Ctx *c, Id id, i64 version, Str closes_rule, Str reason);

/* What is to be attached to an application is settled before the call is announced: ERR_CONFLICT later. */
MUST_USE Err call_ask_file(Ctx *c, Id call, AskedFile *a, const StoredFile *template);
MUST_USE Err call_unask_file(Ctx *c, Id call, Id asked);

/* Asks nobody's rights. */
MUST_USE Err call_stored(Ctx *c, Id id, Call **ret);
/* What was announced; others are ERR_NOT_FOUND for those without call.read for the region. */
MUST_USE Err call_get(Ctx *c, Id id, Call **ret);
/* Newest end first; for those without the right of the region only what was announced. */
MUST_USE Err call_list(Ctx *c, Calls *ret);
bool         call_is(const Call *k, const char *state);
bool         call_is_public(const Call *k);
/* Announced, not cancelled, and the instant lies in its window. */
bool         call_takes(const Call *k, Instant at);
/* Until when questions are taken. */
Instant      call_questions_until(const Call *k);
/* The version of the form for a type; 0 when the call does not have the type. */
Id           call_form(const Call *k, Str type);
/* How long one is open at least, by the settings. */
i64          call_least_days(Ctx *c, const Call *k);
/* "Otevřela se v pondělí 1. 2. 2027, 8:00, zavře se v pondělí 15. 3. 2027, 16:00." as it is true at an instant; of a cancelled one what had been promised. */
Str          call_when(Arena *a, const Call *k, Instant at);
/* "Otevře se", "Otevřela se", "Měla se otevřít". */
const char  *call_opens_word(const Call *k, Instant at);
const char  *call_closes_word(const Call *k, Instant at);
