/* application.h: applications for the network: of a provider, to a call, by a form (collection/submission.h), with statements of municipalities, points of
 * reviewers and the decision of the assembly. Numbers that decide (capacity, money, territory) are taken from the form when it is submitted. */
#pragma once
#include "domain/collection/submission.h"
#include "domain/network/call.h"
#include "domain/network/line.h"

#define CAP_APPLICATION_READ    "network_application.read"
#define CAP_APPLICATION_CREATE  "network_application.create"
#define CAP_APPLICATION_UPDATE  "network_application.update"
#define CAP_APPLICATION_SUBMIT  "network_application.submit"
#define CAP_APPLICATION_APPROVE "network_application.approve"

#define APPLICATION_DRAFT     "draft"
#define APPLICATION_SUBMITTED "submitted"
#define APPLICATION_CHECKED   "checked"
#define APPLICATION_STATED    "stated"
#define APPLICATION_SCORED    "scored"
#define APPLICATION_PROPOSED  "proposed"
#define APPLICATION_INCLUDED  "included"
#define APPLICATION_REFUSED   "refused"
#define APPLICATION_DEFERRED  "deferred"
#define APPLICATION_FORMAL    "refused_formally"
#define APPLICATION_WITHDRAWN "withdrawn"

#define APPLICATION_FIELDS(F, T) \
	F(T, call, ref, "Výzva", .target = &call_entity, .required = true, .readonly = true, .filter = true, .list = 2) \
	F(T, type, code, "Typ žádosti", .codelist = "application_type", .required = true, .readonly = true, .filter = true, .list = 3) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .required = true, .readonly = true, .filter = true, .list = 4) \
	F(T, service, ref, "Služba", .target = &service_entity, .readonly = true, .filter = true) \
	F(T, name, text, "Název služby", .required = true, .readonly = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .readonly = true, .filter = true, .list = 5) \
	F(T, form, code, "Forma", .codelist = "service_form", .readonly = true) \
	F(T, target_group, code, "Cílová skupina", .codelist = "target_group", .readonly = true, .filter = true) \
	F(T, unit, code, "Jednotka", .codelist = "network_unit", .readonly = true) \
	F(T, capacity_now, fte, "Kapacita nyní", .readonly = true) \
	F(T, capacity, fte, "Požadovaná kapacita", .readonly = true, .list = 6) \
	F(T, starts_on, date, "Od kdy", .readonly = true) \
	F(T, costs, money, "Náklady na rok", .readonly = true) \
	F(T, vp, money, "Požadovaná vyrovnávací platba", .readonly = true, .list = 7) \
	F(T, co_funding, money, "Potvrzené spolufinancování", .readonly = true) \
	F(T, areas, pairs, "Územní působnost", .pairs = &line_areas, .readonly = true, .max = 2000) \
	F(T, district, ref, "Hlavní obvod", .target = &territory_entity, .readonly = true, .filter = true) \
	F(T, submission, ref, "Podání", .target = &submission_entity, .readonly = true) \
	F(T, state, code, "Stav", .codelist = "application_state", .readonly = true, .by_workflow = true, .filter = true, .list = 8) \
	F(T, proposal, code, "Návrh", .codelist = "application_proposal", .readonly = true, .filter = true) \
	F(T, points, int, "Body (setiny)", .readonly = true) \
	F(T, level, code, "Úroveň podle bodů", .codelist = "network_level", .readonly = true) \
	F(T, ties, text, "Rozhodnutí při shodě bodů", .readonly = true, .max = 2000) \
	F(T, money_needed, int, "Peníze roku v pořadí (haléře)", .readonly = true) \
	F(T, place, int, "Pořadí", .readonly = true) \
	F(T, refusal_reason, code, "Důvod nezařazení", .codelist = "exclusion_reason", .readonly = true) \
	F(T, resolution, text, "Usnesení", .readonly = true, .max = 120) \
	F(T, decided_on, date, "Rozhodnuto dne", .readonly = true) \
	F(T, letter, longtext, "Sdělení poskytovateli", .readonly = true, .max = 4000) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Kdo založil", .readonly = true) \
	F(T, made_at, instant, "Založeno", .readonly = true, .required = true)
ENTITY_STRUCT(Application, APPLICATION_FIELDS)
extern const Entity  application_entity;
extern const Machine application_machine;
typedef struct Applications { Application **at; size_t len, cap; } Applications;

/* By a provider, in an open call; makes the submission with what the register knows. service 0 for an intention (type C). */
MUST_USE Err application_start(Ctx *c, Id call, Str type, Id service, Str name, Application **ret);
/* The same by somebody who acts for more providers: of a service its own applies, of an intention the one that was chosen; 0 = nobody chose. */
MUST_USE Err application_start_for(Ctx *c, Id call, Str type, Id service, Id provider, Str name, Application **ret);
/* Into one that was just begun: what was submitted for the same service last. *count = 0 when there was nothing. */
MUST_USE Err application_copy_last(Ctx *c, const Application *a, i64 *count);
MUST_USE Err application_get(Ctx *c, Id id, Application **ret);         /* by row scope */
MUST_USE Err application_stored(Ctx *c, Id id, Application **ret);
/* Of a call, by row scope. */
MUST_USE Err application_list(Ctx *c, Id call, Applications *ret);
bool         application_is(const Application *a, const char *state);
/* Acts this person for the applicant: then it decides nothing about it, whatever other roles it has. */
bool         application_is_own(Ctx *c, const Application *a);
bool         application_sees_points(Ctx *c, const Application *a);
/* Shares of districts, the largest first. */
typedef struct AreaShare { const Unit *district; Percent share; } AreaShare;
typedef struct AreaShares { AreaShare *at; size_t len, cap; } AreaShares;
void         application_areas(Ctx *c, const Application *a, AreaShares *ret);
/* What happens below: submitting, returning, accepting of the form moves the application. */
Err application_on_submit(Ctx *c, const WorkMove *m);
Err application_on_withdraw(Ctx *c, const WorkMove *m);
Err application_on_return(Ctx *c, const WorkMove *m);
Err application_on_accept(Ctx *c, const WorkMove *m);
Err application_on_refuse(Ctx *c, const WorkMove *m);
Err application_on_cancel(Ctx *c, const WorkMove *m);
#define APPLICATION_REACTIONS \
	{"submission", "submit", application_on_submit}, {"submission", "withdraw", application_on_withdraw}, {"submission", "return", application_on_return}, \
	{"submission", "accept", application_on_accept}, {"submission", "refuse", application_on_refuse}, {"submission", "cancel", application_on_cancel}
/* As many sheets are finished as the rules want, one more when they are far apart; the step computes the points (score_sum.c). */
extern const Guard    score_guard;
MUST_USE Err score_close(Ctx *c, WorkMove *m);

/* ---- the end: propose and decide ---- */

/* "in", "out" or "later", with what the proposal says. */
MUST_USE Err application_propose(Ctx *c, Id id, i64 version, Str proposal, Str reason);
/* The same with a code of exclusion_reason, why it is not to be taken in; {0} = what follows from points and money. */
MUST_USE Err application_propose_for(Ctx *c, Id id, i64 version, Str proposal, Str refusal_reason, Str reason);

/* ---- statements of municipalities ---- */

#define CAP_STATEMENT_READ   "municipal_statement.read"
#define CAP_STATEMENT_UPDATE "municipal_statement.update"
#define CAP_STATEMENT_SUBMIT "municipal_statement.submit"
#define STATEMENT_REQUESTED "requested"
#define STATEMENT_SIGNED    "signed"
#define STATEMENT_DELIVERED "delivered"
#define STATEMENT_USED      "used"
#define STATEMENT_NONE      "none"
#define STATEMENT_PAUSED    "paused"

#define STATEMENT_FIELDS(F, T) \
	F(T, application, ref, "Žádost", .target = &application_entity, .required = true, .readonly = true, .filter = true) \
	F(T, name, text, "K čemu", .required = true, .readonly = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .required = true, .readonly = true, .filter = true, .list = 2) \
	F(T, municipality, ref, "Obec", .target = &territory_entity, .readonly = true) \
	F(T, share, percent, "Podíl území", .required = true, .readonly = true, .list = 3) \
	F(T, due, instant, "Doručit do", .readonly = true, .list = 4) \
	F(T, verdict, code, "Je služba na území potřebná?", .codelist = "statement_verdict", .list = 5, .needed = "povinné k podpisu", .hint = "Uložit jde i bez odpovědi.") \
	F(T, persons, int, "Kolika osob se potřeba týká", .min = 0, .max = 1000000) \
	F(T, reason, longtext, "Odůvodnění", .max = 4000, .needed = "povinné k podpisu") \
	F(T, accord, code, "Soulad s komunitním plánem", .codelist = "statement_accord", .needed = "povinné k podpisu") \
	F(T, co_funding, money, "Spolufinancování za rok", .min = 0, .max = INT64_C(100000000000), .needed = "povinné k podpisu", .hint = "Když obec nepřispěje, napište 0; prázdné pole nulu neznamená.") \
	F(T, body, text, "Kdo v obci rozhodl", .max = 120, .needed = "povinné k podpisu", .hint = "Rada nebo zastupitelstvo.") \
	F(T, decided_on, date, "Rozhodnuto dne", .needed = "povinné k podpisu") \
	F(T, number, text, "Číslo usnesení", .max = 60, .needed = "povinné k podpisu") \
	F(T, state, code, "Stav", .codelist = "statement_state", .readonly = true, .by_workflow = true, .filter = true, .list = 6) \
	F(T, delivered_at, instant, "Doručeno", .readonly = true) \
	F(T, signed_by, text, "Podepsal(a)", .readonly = true) \
	F(T, made_at, instant, "Vyžádáno", .readonly = true, .required = true)
ENTITY_STRUCT(Statement, STATEMENT_FIELDS)
extern const Entity  statement_entity;
extern const Machine statement_machine;
bool statement_came(const Statement *s);       /* delivered in time */
typedef struct Statements { Statement **at; size_t len, cap; } Statements;
/* Asked of every district with the share of the setting or more; those that there are stay, and go on when they were paused. In a transaction. */
MUST_USE Err statements_request(Ctx *c, const Application *a);
/* The application is with its applicant again, or at its end: nobody is to write and nobody is reminded. In a transaction. */
MUST_USE Err statements_pause(Ctx *c, const Application *a, Str why);
/* The call ends later: those that can still come or be replaced have until its new day. In a transaction. */
MUST_USE Err statements_prolong(Ctx *c, const Call *k);
/* Asks nobody's rights. */
MUST_USE Err statements_of(Ctx *c, Id application, Statements *ret);
/* No statement can come any more, or all have. */
MUST_USE Err statements_complete(Ctx *c, const Application *a, bool *ret, i64 *missing);
