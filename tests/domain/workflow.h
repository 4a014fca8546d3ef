/* workflow.h: machines of the field as tables (the state machines of plans, consultations, comments, submissions, applications, mandates and payments), and a
 * plain table of papers that they move: proof that the engine can express and run them all before their subjects are written. */
#pragma once
#include "core/access.h"
#include "core/settings.h"
#include "core/task.h"
#include "core/trail.h"
#include "core/workflow.h"
#include "tests/support/store.h"
#include "tests/test.h"

#define PAPER_FIELDS(F, T) \
	F(T, title, text, "Název", .required = true) \
	F(T, state, text, "Stav", .readonly = true, .by_workflow = true) \
	F(T, account, int, "Účet") \
	F(T, provider, int, "Poskytovatel") \
	F(T, district, int, "Obvod") \
	F(T, closes, date, "Poslední den")
extern const Entity paper_entity;
ENTITY_STRUCT(Paper, PAPER_FIELDS)

extern const Machine plan_test, route_test, consultation_test, comment_test, submission_test, application_test, mandate_test, payment_test;
extern const Machine *const work_machines[8];

/* What guards of the test machines see; each test begins with everything missing. */
typedef struct World {
	int  unsettled, opinions_missing;
	bool inputs_closed, parts_filled, has_outlook, is_signed, has_declaration, has_conflict, in_network, has_contract, reports_overdue;
} World;
extern World world;

/* A store with the table of papers, roles with the rights of the test machines, and a Ctx of the program on 22 November 2026, 9:00. */
Ctx          given_work(void);
const Actor *work_person(const char *name, Id account, const char *role, ScopeKind scope, Id ref);
Paper       *paper(Ctx *c, const char *title);
/* Make a paper by a START action as this person; its id. */
Id           given_paper(Ctx *c, const Actor *who, const Machine *m, const char *action, Paper *p, const WorkInput *in);
Err          work_as(Ctx *c, const Actor *who, const Machine *m, Id id, const char *action, const WorkInput *in);
Str          work_state(Ctx *c, const Machine *m, Id id);
/* The action as this person would be offered it; NULL when not. */
const WorkAction *work_offer(Ctx *c, const Actor *who, const Machine *m, Id id, const char *action);
/* The call was refused with the code and a sentence that holds the words; forgets what was said. */
#define WORK_REFUSED(c, call, code, words) work_refused(__FILE__, __LINE__, (c), (call), (code), (words))
void         work_refused(const char *file, int line, Ctx *c, Err got, Err want, const char *words);
