/* Taking steps: rights, guards, four eyes, time, races, and what a step leaves behind. */
#include <pthread.h>
#include <stdio.h>

#include "tests/domain/workflow.h"

static const WorkInput nothing;
#define BECAUSE(text) (&(WorkInput){.reason = S(text)})
#define DECIDED(text) (&(WorkInput){.resolution = S(text)})

typedef struct People { const Actor *planner, *second, *head, *officer, *economist, *payer, *clerk, *signer, *analyst, *coordinator, *reviewer, *reviewer2; } People;

static People people(void) {
	return (People){
		.planner = work_person("Plánovačka", 1, "PLN", SCOPE_REGION, 0), .second = work_person("Druhý plánovač", 2, "PLN", SCOPE_REGION, 0),
		.head = work_person("Vedoucí", 3, "VED", SCOPE_REGION, 0), .officer = work_person("Síťová", 4, "NET", SCOPE_REGION, 0),
		.economist = work_person("Ekonomka", 5, "ECO", SCOPE_REGION, 0), .payer = work_person("Schvalovatel", 6, "PAY", SCOPE_REGION, 0),
		.clerk = work_person("Pracovnice", 7, "PRV", SCOPE_PROVIDER, 70), .signer = work_person("Statutár", 8, "PSG", SCOPE_PROVIDER, 70),
		.analyst = work_person("Analytik", 9, "ANA", SCOPE_REGION, 0), .coordinator = work_person("Koordinátorka", 10, "COO", SCOPE_DISTRICT, 80),
		.reviewer = work_person("Hodnotitel", 11, "HOD", SCOPE_REGION, 0), .reviewer2 = work_person("Hodnotitelka", 12, "HOD", SCOPE_REGION, 0)};
}

static Id provider_paper(Ctx *c, const Actor *who, const Machine *m, const char *action) {
	Paper *p = paper(c, "Výkaz 2026");
	p->provider = 70;
	return given_paper(c, who, m, action, p, NULL);
}

static void move_to(Ctx *c, const Actor *who, const Machine *m, Id id, const char *action, const WorkInput *in) {
	Err err = work_as(c, who, m, id, action, in ? in : &nothing);
	if (err != OK)
		test_fail(__FILE__, __LINE__, "%s.%s: %.*s", m->name, action, STR_ARG(first_problem(c)));
}

static void hours_pass(Ctx *c, int hours) {
	ctx_end(c);
	Ctx later = ctx_make(c->arena, c->db, c->actor, (Instant){c->now.ms + (i64)hours * 3600 * 1000});
	*c = later;
}

static i64 tick(Ctx *c) {
	i64 moved;
	c->actor = &actor_program;
	MUST(workflow_tick(c, &moved));
	return moved;
}

/* ---- the whole way ---- */

TEST("workflow: a plan goes from its opening to the archive, each step by the right person") {
	Ctx    c = given_work();
	People p = people();
	world = (World){.inputs_closed = true, .parts_filled = true, .has_outlook = true};
	Id id = given_paper(&c, p.planner, &plan_test, "open", paper(&c, "Plán 2027–2029"), DECIDED("1824/22/RK"));
	move_to(&c, p.planner, &plan_test, id, "draft", NULL);
	move_to(&c, p.planner, &plan_test, id, "freeze", NULL);
	move_to(&c, p.head, &plan_test, id, "publish", NULL);
	EQ_INT(tick(&c), 0);
	hours_pass(&c, 24 * 17);
	EQ_INT(tick(&c), 1);
	EQ_TEXT(work_state(&c, &plan_test, id), "settling");
	move_to(&c, p.planner, &plan_test, id, "finish", NULL);
	move_to(&c, p.head, &plan_test, id, "send", NULL);
	move_to(&c, p.planner, &plan_test, id, "return", BECAUSE("Zastupitelstvo chce doplnit výhled."));
	EQ_TEXT(work_state(&c, &plan_test, id), "drafting");
	move_to(&c, p.planner, &plan_test, id, "freeze", NULL);
	move_to(&c, p.head, &plan_test, id, "publish", NULL);
	hours_pass(&c, 24 * 17);
	EQ_INT(tick(&c), 1);
	move_to(&c, p.planner, &plan_test, id, "finish", NULL);
	move_to(&c, p.head, &plan_test, id, "send", NULL);
	move_to(&c, p.planner, &plan_test, id, "approve", DECIDED("616/23/ZK"));
	move_to(&c, p.planner, &plan_test, id, "evaluate", NULL);
	move_to(&c, p.planner, &plan_test, id, "archive", NULL);
	WorkSteps steps;
	MUST(workflow_steps(&c, &plan_test, id, &steps));
	EQ_INT(steps.len, 16);
	EQ_TEXT(steps.at[0].resolution, "1824/22/RK");
	EQ_TEXT(steps.at[4].actor, "program");
	EQ_TEXT(steps.at[7].reason, "Zastupitelstvo chce doplnit výhled.");
	EQ_TEXT(steps.at[15].after, "archived");
	TrailRecords t;
	TrailVerdict verdict;
	MUST(trail_of(&c, "paper", id, 0, 50, &t));
	EQ_INT(t.len, 16);
	EQ_TEXT(t.at[0].text, "archivováno");
	MUST(trail_verify(&c, &verdict));
	EQ_INT(verdict.broken_seq, 0);
	WORK_REFUSED(&c, work_as(&c, p.planner, &plan_test, id, "archive", NULL), ERR_CONFLICT, "„archivovaný“");
}

TEST("workflow: an application is stated, scored by two people and decided by a third") {
	Ctx    c = given_work();
	People p = people();
	Paper *a = paper(&c, "Žádost B-12");
	a->provider = 70;
	a->district = 80;
	Id id = given_paper(&c, p.officer, &application_test, "receive", a, NULL);
	move_to(&c, p.officer, &application_test, id, "check", NULL);
	move_to(&c, p.coordinator, &application_test, id, "state", NULL);
	move_to(&c, p.reviewer, &application_test, id, "score", NULL);
	WORK_REFUSED(&c, work_as(&c, p.reviewer, &application_test, id, "score_again", NULL), ERR_INVALID, "Čtyři oči");
	world.has_conflict = true;
	WORK_REFUSED(&c, work_as(&c, p.reviewer2, &application_test, id, "score_again", NULL), ERR_INVALID, "střetu zájmů");
	world.has_conflict = false;
	move_to(&c, p.reviewer2, &application_test, id, "score_again", NULL);
	move_to(&c, p.officer, &application_test, id, "propose", NULL);
	WORK_REFUSED(&c, work_as(&c, p.head, &application_test, id, "include", NULL), ERR_INVALID, "usnesení zastupitelstva");
	move_to(&c, p.head, &application_test, id, "include", DECIDED("258/17/ZK"));
	EQ_TEXT(work_state(&c, &application_test, id), "included");
}

TEST("workflow: statements that did not come in time are recorded as none by the program, and the application goes on") {
	Ctx    c = given_work();
	People p = people();
	Id     id = provider_paper(&c, p.officer, &application_test, "receive");
	move_to(&c, p.officer, &application_test, id, "check", NULL);
	hours_pass(&c, 24 * 16);
	EQ_INT(tick(&c), 1);
	EQ_INT(tick(&c), 0);
	EQ_TEXT(work_state(&c, &application_test, id), "stated");
}

TEST("workflow: comments, routes, mandates and payments take their steps") {
	Ctx    c = given_work();
	People p = people();
	Id     comment = given_paper(&c, p.planner, &comment_test, "submit", paper(&c, "Připomínka 7"), NULL);
	move_to(&c, p.planner, &comment_test, comment, "check", NULL);
	move_to(&c, p.planner, &comment_test, comment, "assign", NULL);
	move_to(&c, p.officer, &comment_test, comment, "propose", BECAUSE("Vyhovuje se, doplněno do kapitoly 3."));
	move_to(&c, p.head, &comment_test, comment, "return", BECAUSE("Chybí odkaz na odstavec."));
	move_to(&c, p.officer, &comment_test, comment, "propose", BECAUSE("Doplněno do odstavce 3.2."));
	move_to(&c, p.head, &comment_test, comment, "confirm", NULL);
	move_to(&c, p.planner, &comment_test, comment, "publish", NULL);
	EQ_TEXT(work_state(&c, &comment_test, comment), "published");

	Id route = given_paper(&c, p.planner, &route_test, "draft", paper(&c, "Návrh plánu, verze 1"), NULL);
	move_to(&c, p.planner, &route_test, route, "freeze", NULL);
	world.opinions_missing = 2;
	WORK_REFUSED(&c, work_as(&c, p.planner, &route_test, route, "compile", NULL), ERR_INVALID, "bez stanoviska");
	world.opinions_missing = 0;
	move_to(&c, p.planner, &route_test, route, "compile", NULL);
	move_to(&c, p.planner, &route_test, route, "new_version", NULL);
	EQ_TEXT(work_state(&c, &route_test, route), "draft");

	world.in_network = true;
	Id mandate = given_paper(&c, p.officer, &mandate_test, "draft", paper(&c, "Pověření 12/2026"), NULL);
	move_to(&c, p.officer, &mandate_test, mandate, "approve", DECIDED("1/26/ZK"));
	move_to(&c, p.officer, &mandate_test, mandate, "issue", NULL);
	move_to(&c, p.officer, &mandate_test, mandate, "amend", DECIDED("2/26/ZK"));
	EQ_TEXT(work_state(&c, &mandate_test, mandate), "active");
	move_to(&c, p.officer, &mandate_test, mandate, "end", BECAUSE("Poskytovatel končí."));

	world.has_contract = true;
	Id payment = given_paper(&c, p.economist, &payment_test, "prepare", paper(&c, "Splátka 1"), NULL);
	WORK_REFUSED(&c, work_as(&c, p.economist, &payment_test, payment, "approve", NULL), ERR_INVALID, "udělali vy");
	move_to(&c, p.payer, &payment_test, payment, "approve", NULL);
	move_to(&c, p.economist, &payment_test, payment, "send", NULL);
	move_to(&c, p.economist, &payment_test, payment, "confirm", NULL);
	EQ_TEXT(work_state(&c, &payment_test, payment), "confirmed");
}

/* ---- rights ---- */

TEST("workflow: an action is refused to people without the right, and to those of another provider as if nothing were there") {
	Ctx          c = given_work();
	People       p = people();
	const Actor *neighbour = work_person("Soused", 20, "PSG", SCOPE_PROVIDER, 71);
	Id           id = provider_paper(&c, p.clerk, &submission_test, "create");
	move_to(&c, p.clerk, &submission_test, id, "lock", NULL);
	WORK_REFUSED(&c, work_as(&c, p.clerk, &submission_test, id, "submit", NULL), ERR_FORBIDDEN, "podepisovat výkazy");
	WORK_REFUSED(&c, work_as(&c, neighbour, &submission_test, id, "submit", NULL), ERR_NOT_FOUND, "nemáte přístup");
	WORK_REFUSED(&c, work_as(&c, neighbour, &submission_test, id, "lock", NULL), ERR_NOT_FOUND, "nemáte přístup");
	WORK_REFUSED(&c, work_as(&c, &actor_public, &submission_test, id, "submit", NULL), ERR_AUTH, "Přihlaste se");
	EXPECT(work_offer(&c, neighbour, &submission_test, id, "submit") == NULL);
	EXPECT(work_offer(&c, p.clerk, &submission_test, id, "submit") == NULL);
	EXPECT(work_offer(&c, p.signer, &submission_test, id, "submit") != NULL);
	EQ_TEXT(work_state(&c, &submission_test, id), "locked");
}

TEST("workflow: steps of the program are not for people, whoever they are") {
	Ctx    c = given_work();
	People p = people();
	Id     id = provider_paper(&c, p.officer, &application_test, "receive");
	move_to(&c, p.officer, &application_test, id, "check", NULL);
	WORK_REFUSED(&c, work_as(&c, p.officer, &application_test, id, "state_none", NULL), ERR_FORBIDDEN, "jen program");
	EXPECT(work_offer(&c, p.officer, &application_test, id, "state_none") == NULL);
}

TEST("workflow: no step is skipped: an action that does not lead from the state is refused, with the last step told") {
	Ctx    c = given_work();
	People p = people();
	Id     id = given_paper(&c, p.planner, &plan_test, "open", paper(&c, "Plán"), DECIDED("1/26/RK"));
	static const char *const later[] = {"freeze", "publish", "finish", "send", "approve", "evaluate", "archive"};
	for (size_t i = 0; i < LEN(later); i++)
		WORK_REFUSED(&c, work_as(&c, p.head, &plan_test, id, later[i], DECIDED("2/26/ZK")), ERR_CONFLICT, "Poslední krok: příprava zahájena, Plánovačka");
	EQ_TEXT(work_state(&c, &plan_test, id), "preparing");
}

/* ---- guards ---- */

TEST("workflow: G15: an action whose guard refuses is shown with the rule, why, and what to do next, and does not happen") {
	Ctx    c = given_work();
	People p = people();
	Id     id = given_paper(&c, p.planner, &plan_test, "open", paper(&c, "Plán"), DECIDED("1/26/RK"));
	const WorkAction *offer = work_offer(&c, p.planner, &plan_test, id, "draft");
	EXPECT(offer && offer->refusals.len == 1);
	EQ_TEXT(offer->refusals.at[0].rule, "Sběr podnětů je uzavřený.");
	EQ_TEXT(offer->refusals.at[0].why, "Sběr podnětů ještě běží.");
	EQ_TEXT(offer->refusals.at[0].todo, "Počkejte na jeho konec, nebo jej uzavřete.");
	WORK_REFUSED(&c, work_as(&c, p.planner, &plan_test, id, "draft", NULL), ERR_INVALID, "Pravidlo: Sběr podnětů je uzavřený.");
	EQ_TEXT(work_state(&c, &plan_test, id), "preparing");
	world.inputs_closed = true;
	EXPECT(work_offer(&c, p.planner, &plan_test, id, "draft")->refusals.len == 0);
	move_to(&c, p.planner, &plan_test, id, "draft", NULL);
}

TEST("workflow: every guard that refuses is told at once") {
	Ctx    c = given_work();
	People p = people();
	Id     id = provider_paper(&c, p.clerk, &submission_test, "create");
	move_to(&c, p.clerk, &submission_test, id, "lock", NULL);
	c.actor = p.signer;
	EQ_INT(workflow_do(&c, &submission_test, id, "submit", NULL), ERR_INVALID);
	EQ_INT(c.problems.len, 2);
	EXPECT(str_has(c.problems.at[0].text, S("Prohlášení chybí.")) && str_has(c.problems.at[1].text, S("nemá podpis")));
}

TEST("workflow: a guard of a subject that is not in the program yet is waived, and the step keeps that and why") {
	Ctx       c = given_work();
	People    p = people();
	WorkSteps steps;
	world = (World){.inputs_closed = true, .parts_filled = true, .has_outlook = true};
	Id id = given_paper(&c, p.planner, &plan_test, "open", paper(&c, "Plán"), DECIDED("1/26/RK"));
	move_to(&c, p.planner, &plan_test, id, "draft", NULL);
	move_to(&c, p.planner, &plan_test, id, "freeze", NULL);
	EQ_INT(work_offer(&c, p.head, &plan_test, id, "publish")->waived.len, 1);
	move_to(&c, p.head, &plan_test, id, "publish", NULL);
	MUST(workflow_steps(&c, &plan_test, id, &steps));
	EQ_TEXT(steps.at[3].waived, "Stanovisko K10 je zaznamenané. Orgány zatím program nevede.");
	EQ_TEXT(steps.at[2].waived, "");
}

static Err never(Ctx *c, const WorkObject *o, Verdict *ret) {
	(void)c;
	(void)o;
	*ret = (Verdict){REFUSED, S("Výhled není sestavený."), S("Sestavte jej.")};
	return OK;
}
static const Guard hung[] = {{"outlook", "Výhled je vyrovnaný.", never, .machine = "plan", .action = "draft"}};
static int reacted;
static Err react(Ctx *c, const WorkMove *m) {
	(void)c;
	reacted += strcmp(m->transition->action, "open") == 0;
	return OK;
}
static const Reaction follows[] = {{"plan", "open", react}};

TEST("workflow: a subject higher up hangs its guard on a lower machine, and does its part when a step is taken") {
	Ctx        c = given_work();
	People     p = people();
	Str        why;
	WorkTables lists[] = {{work_machines, LEN(work_machines), NULL, 0, NULL, 0}, {NULL, 0, hung, 1, follows, 1}};
	EXPECT(workflow_setup(t_arena, lists, 2, &why));
	world.inputs_closed = true;
	reacted = 0;
	Id id = given_paper(&c, p.planner, &plan_test, "open", paper(&c, "Plán"), DECIDED("1/26/RK"));
	EQ_INT(reacted, 1);
	WORK_REFUSED(&c, work_as(&c, p.planner, &plan_test, id, "draft", NULL), ERR_INVALID, "Výhled není sestavený. Sestavte jej.");
}

/* ---- four eyes ---- */

TEST("workflow: who prepared does not approve; who holds both rights is told so, and after a return it is judged anew") {
	Ctx          c = given_work();
	People       p = people();
	const Actor *both = NEW(t_arena, Actor, .account = 30, .name = S("Obojí"), .grant_count = 2);
	((Actor *)both)->grants = NEW_ARRAY(t_arena, Grant, 2);
	both->grants[0] = (Grant){S("PLN"), SCOPE_REGION, 0};
	both->grants[1] = (Grant){S("VED"), SCOPE_REGION, 0};
	access_prepare((Actor *)both);
	world = (World){.inputs_closed = true, .parts_filled = true, .has_outlook = true};
	Id id = given_paper(&c, both, &plan_test, "open", paper(&c, "Plán"), DECIDED("1/26/RK"));
	move_to(&c, both, &plan_test, id, "draft", NULL);
	move_to(&c, both, &plan_test, id, "freeze", NULL);
	const WorkAction *offer = work_offer(&c, both, &plan_test, id, "publish");
	EXPECT(offer && offer->refusals.len == 1);
	EXPECT(str_has(offer->refusals.at[0].why, S("Krok „Uzavřít verzi“ jste udělali vy (22.")));
	WORK_REFUSED(&c, work_as(&c, both, &plan_test, id, "publish", NULL), ERR_INVALID, "Čtyři oči");
	move_to(&c, p.head, &plan_test, id, "publish", NULL);
	hours_pass(&c, 24 * 17);
	EQ_INT(tick(&c), 1);
	move_to(&c, p.planner, &plan_test, id, "finish", NULL);
	move_to(&c, both, &plan_test, id, "send", NULL);
	move_to(&c, both, &plan_test, id, "return", BECAUSE("Oprava."));
	move_to(&c, p.second, &plan_test, id, "freeze", NULL);
	move_to(&c, both, &plan_test, id, "publish", NULL);
}

/* ---- reasons, resolutions ---- */

TEST("workflow: refusing, returning and cancelling want a reason, decisions of bodies a resolution; blanks are no reason") {
	Ctx    c = given_work();
	People p = people();
	Id     id = given_paper(&c, p.planner, &consultation_test, "plan", paper(&c, "Připomínkování"), NULL);
	WORK_REFUSED(&c, work_as(&c, p.planner, &consultation_test, id, "cancel", NULL), ERR_INVALID, "Důvod: napište aspoň větu");
	WORK_REFUSED(&c, work_as(&c, p.planner, &consultation_test, id, "cancel", BECAUSE(" \n ")), ERR_INVALID, "Důvod: napište");
	EQ_INT(workflow_do(&c, &consultation_test, id, "cancel", NULL), ERR_INVALID);
	EQ_TEXT(str_c(c.problems.at[0].field), "reason");
	c.problems.len = 0;
	WORK_REFUSED(&c, work_as(&c, p.planner, &consultation_test, id, "cancel", &(WorkInput){.reason = S("Ne."), .resolution = S("1/26/ZK")}), ERR_MALFORMED,
	             "usnesení nemá");
	move_to(&c, p.planner, &consultation_test, id, "cancel", BECAUSE("Plán se nebude měnit."));
	Paper *again = paper(&c, "Plán");
	c.actor = p.planner;
	WORK_REFUSED(&c, workflow_start(&c, &plan_test, "open", again, NULL), ERR_INVALID, "usnesení rady kraje");
	EQ_INT(again->head.id, 0);
}

TEST("workflow: a reason of more than 2 000 characters is refused, one of exactly 2 000 is kept") {
	Ctx    c = given_work();
	People p = people();
	Id     id = given_paper(&c, p.planner, &consultation_test, "plan", paper(&c, "Připomínkování"), NULL);
	char  *text = NEW_ARRAY(t_arena, char, 2002);
	memset(text, 'a', 2001);
	WORK_REFUSED(&c, work_as(&c, p.planner, &consultation_test, id, "cancel", &(WorkInput){.reason = str_of(text, 2001)}), ERR_INVALID, "2 000 znaků");
	move_to(&c, p.planner, &consultation_test, id, "cancel", &(WorkInput){.reason = str_of(text, 2000)});
}

/* ---- time ---- */

TEST("workflow: a deadline is the end of the last day; a moment before it people act, at it the program does") {
	Ctx        c = given_work();
	People     p = people();
	WorkObject o;
	Paper     *row = paper(&c, "Připomínkování");
	row->closes = D(2026, 11, 24);
	Id id = given_paper(&c, p.planner, &consultation_test, "plan", row, NULL);
	move_to(&c, p.head, &consultation_test, id, "open", NULL);
	MUST(workflow_object(&c, &consultation_test, id, &o));
	EQ_INT(o.due.ms, prague_instant(D(2026, 11, 25), 0).ms);
	EQ_TEXT(o.due_why, "Konec posledního dne připomínkování.");
	c.now.ms = o.due.ms - 1;
	EQ_INT(tick(&c), 0);
	c.actor = &actor_program;
	WORK_REFUSED(&c, workflow_system(&c, &consultation_test, id, "close", (Str){0}), ERR_CONFLICT, "uplynutím lhůty");
	EXPECT(work_offer(&c, p.planner, &consultation_test, id, "prolong")->refusals.len == 0);
	c.now.ms = o.due.ms;
	EXPECT(work_offer(&c, p.planner, &consultation_test, id, "prolong")->refusals.len == 1);
	WORK_REFUSED(&c, work_as(&c, p.planner, &consultation_test, id, "prolong", BECAUSE("Prodlužujeme.")), ERR_INVALID, "Lhůta skončila");
	EQ_INT(tick(&c), 1);
	EQ_TEXT(work_state(&c, &consultation_test, id), "closed");
}

TEST("workflow: deadlines in days, working days and months are counted from the day of the step, and moved from a Saturday") {
	Ctx        c = given_work();
	People     p = people();
	WorkObject o;
	Id         comment = given_paper(&c, p.planner, &comment_test, "submit", paper(&c, "Připomínka"), NULL);   /* Sunday 22 November + 5 working days */
	MUST(workflow_object(&c, &comment_test, comment, &o));
	EQ_INT(o.due.ms, prague_instant(D(2026, 11, 28), 0).ms);
	EXPECT(str_has(o.due_why, S("podána")) && str_has(o.due_why, S("27.")));
	world.in_network = true;
	Id mandate = given_paper(&c, p.officer, &mandate_test, "draft", paper(&c, "Pověření"), NULL);
	MUST(workflow_object(&c, &mandate_test, mandate, &o));
	EQ_INT(o.due.ms, 0);
	move_to(&c, p.officer, &mandate_test, mandate, "approve", DECIDED("1/26/ZK"));
	move_to(&c, p.officer, &mandate_test, mandate, "issue", NULL);
	move_to(&c, p.officer, &mandate_test, mandate, "end", BECAUSE("Konec."));
	MUST(workflow_object(&c, &mandate_test, mandate, &o));
	EQ_INT(o.due.ms, prague_instant(D(2027, 5, 25), 0).ms);
}

/* ---- only the engine ---- */

TEST("workflow: nobody but the engine makes such a row or changes its state, whatever right they have") {
	Ctx    c = given_work();
	People p = people();
	Paper *loose = paper(&c, "Bokem");
	loose->state = S("published");
	c.actor = &actor_program;
	WORK_REFUSED(&c, entity_insert(&c, &paper_entity, loose), ERR_INVALID, "krokem svého postupu");
	Id    id = given_paper(&c, p.planner, &comment_test, "submit", paper(&c, "Připomínka"), NULL);
	void *row;
	c.actor = &actor_program;
	MUST(entity_get(&c, &paper_entity, TODAY, id, &row));
	((Paper *)row)->state = S("published");
	WORK_REFUSED(&c, entity_update(&c, &paper_entity, row), ERR_INVALID, "krokem svého postupu");
	((Paper *)row)->state = S("received");
	((Paper *)row)->title = S("Připomínka 8");
	MUST(entity_update(&c, &paper_entity, row));
}

extern const Sql *const sql_all[];
extern const size_t     sql_all_count;

TEST("workflow: no statement of the program sets the state of what a machine moves") {
	for (size_t m = 0; machine_at(m); m++)
		for (size_t i = 0; i < sql_all_count; i++) {
			Str sql = str_c(sql_all[i]->text);
			i64 where = str_find(sql, S("WHERE"));       /* a state that is asked for is not set */
			sql = where >= 0 && str_starts(sql, S("UPDATE")) ? str_first(sql, (size_t)where) : sql;
			if (str_has(sql, str_format(t_arena, "UPDATE %s SET", machine_at(m)->entity->table)) && (str_has(sql, S(" state =")) || str_has(sql, S(", state="))))
				test_fail(__FILE__, __LINE__, "%s sets a state", sql_all[i]->name);
			if (str_has(sql, str_format(t_arena, "INSERT INTO %s (", machine_at(m)->entity->table)))
				test_fail(__FILE__, __LINE__, "%s makes a row past the engine", sql_all[i]->name);
		}
}

/* A draft of a document is dropped by its own rule; comments and sign-ups go with the person who wrote them. Everything else ends by a step. */
TEST("workflow: G9: no statement deletes what somebody decides on, nor its dated rows; it is ended or cancelled and stays to be read") {
	static const char *const decided[] = {"network_version", "network_line", "network_application", "municipal_statement", "score_sheet", "mandate", "mandate_amendment",
		"reservation", "call", "submission", "rule_set_version", "plan", "activity_card", "need"};
	for (size_t k = 0; k < LEN(decided); k++)
		for (size_t i = 0; i < sql_all_count; i++) {
			Str sql = str_c(sql_all[i]->text), table = str_format(t_arena, "DELETE FROM %s", decided[k]);
			if (str_eq(sql, table) || str_has(sql, str_cat(t_arena, table, S(" "))) || str_has(sql, str_cat(t_arena, table, S("\n"))))
				test_fail(__FILE__, __LINE__, "%s deletes from %s", sql_all[i]->name, decided[k]);
		}
}

/* ---- two people at once ---- */

typedef struct Racer {
	Db          *db;
	const Actor *who;
	Id           id;
	const char  *action;
	Instant      now;
	Err          got;
	char         said[300];
} Racer;

static void *race(void *arg) {
	Racer *r = arg;
	Arena  a = {0};
	Ctx    c = ctx_make(&a, r->db, r->who, r->now);
	r->got = workflow_do(&c, &comment_test, r->id, r->action, &(WorkInput){.reason = S("Protože.")});
	Str said = first_problem(&c);
	snprintf(r->said, sizeof r->said, "%.*s", STR_ARG(str_first(said, sizeof r->said - 1)));
	ctx_end(&c);
	db_thread_end(r->db);
	arena_free(&a);
	return NULL;
}

TEST("workflow: of two people who act at once one succeeds and the other is told who was faster") {
	Ctx    c = given_work();
	People p = people();
	for (int round = 0; round < 8; round++) {
		Id id = given_paper(&c, p.planner, &comment_test, "submit", paper(&c, "Připomínka"), NULL);
		ctx_end(&c);
		Racer     racers[] = {{c.db, p.planner, id, "check", c.now, OK, ""}, {c.db, p.second, id, "merge", c.now, OK, ""}};
		pthread_t threads[2];
		for (size_t i = 0; i < 2; i++)
			EXPECT(pthread_create(&threads[i], NULL, race, &racers[i]) == 0);
		for (size_t i = 0; i < 2; i++)
			pthread_join(threads[i], NULL);
		const Racer *loser = racers[0].got == OK ? &racers[1] : &racers[0], *winner = loser == &racers[1] ? &racers[0] : &racers[1];
		EQ_INT(winner->got, OK);
		EQ_INT(loser->got, ERR_CONFLICT);
		EXPECT(str_has(str_c(loser->said), str_cat(t_arena, winner->who->name, S(", "))));
		WorkSteps steps;
		MUST(workflow_steps(&c, &comment_test, id, &steps));
		EQ_INT(steps.len, 2);
		EQ_STR(steps.at[1].after, work_state(&c, &comment_test, id));
	}
}

TEST("workflow: a step asked for from an old page is refused when the object changed since, and nothing is written") {
	Ctx        c = given_work();
	People     p = people();
	WorkObject seen;
	WorkSteps  steps;
	world.in_network = true;
	Id id = given_paper(&c, p.officer, &mandate_test, "draft", paper(&c, "Pověření"), NULL);
	move_to(&c, p.officer, &mandate_test, id, "approve", DECIDED("1/26/ZK"));
	move_to(&c, p.officer, &mandate_test, id, "issue", NULL);
	MUST(workflow_object(&c, &mandate_test, id, &seen));
	move_to(&c, p.officer, &mandate_test, id, "amend", DECIDED("2/26/ZK"));
	WORK_REFUSED(&c, work_as(&c, p.officer, &mandate_test, id, "amend", &(WorkInput){.resolution = S("3/26/ZK"), .version = seen.version}), ERR_CONFLICT,
	             "Poslední krok: změněno dodatkem");
	MUST(workflow_steps(&c, &mandate_test, id, &steps));
	EQ_INT(steps.len, 4);
}

/* ---- tasks ---- */

static Tasks tasks_of(Ctx *c, const Actor *who) {
	Tasks t;
	bool  more;
	c->actor = who;
	MUST(tasks_waiting(c, 50, &t, &more));
	return t;
}

TEST("task: a state opens a task for each role that it waits for, in its place only, and leaving the state closes it") {
	Ctx          c = given_work();
	People       p = people();
	const Actor *neighbour = work_person("Soused", 20, "PSG", SCOPE_PROVIDER, 71);
	Paper       *row = paper(&c, "Výkaz 2026");
	row->provider = 70;
	row->closes = D(2026, 11, 30);
	Id    id = given_paper(&c, p.clerk, &submission_test, "create", row, NULL);
	Tasks mine = tasks_of(&c, p.clerk);
	EQ_INT(mine.len, 1);
	EQ_TEXT(mine.at[0].title, "Vyplňte výkaz: Výkaz 2026");
	EQ_TEXT(mine.at[0].why, "Kraj z něj počítá dotaci.");
	EQ_INT(mine.at[0].due.ms, prague_instant(D(2026, 12, 1), 0).ms);
	EQ_INT(tasks_of(&c, p.signer).len, 1);
	EQ_INT(tasks_of(&c, neighbour).len, 0);
	EQ_INT(tasks_of(&c, p.analyst).len, 0);
	move_to(&c, p.clerk, &submission_test, id, "lock", NULL);
	EQ_INT(tasks_of(&c, p.clerk).len, 0);
	EQ_TEXT(tasks_of(&c, p.signer).at[0].title, "Odešlete výkaz: Výkaz 2026");
	world = (World){.has_declaration = true, .is_signed = true};
	move_to(&c, p.signer, &submission_test, id, "submit", NULL);
	EQ_INT(tasks_of(&c, p.signer).len, 0);
	EQ_INT(tasks_of(&c, p.analyst).len, 1);
	move_to(&c, p.analyst, &submission_test, id, "accept", NULL);
	EQ_INT(tasks_of(&c, p.analyst).len, 0);
}

TEST("task: the same task is not opened twice; it gets the new words and deadline; the nearest deadline stands first") {
	Ctx    c = given_work();
	People p = people();
	Task   t = {.kind = S("test.one"), .title = S("První"), .why = S("Proto."), .object = S("paper"), .object_id = 1, .link = S("/a"), .button = S("Otevřít"),
	            .role = S("NET"), .due = {c.now.ms + 2000}};
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(task_open(&c, &t));
	t.title = S("První, nově");
	MUST(task_open(&c, &t));
	t = (Task){.kind = S("test.two"), .title = S("Bez lhůty"), .object = S("paper"), .object_id = 1, .link = S("/b"), .button = S("Otevřít"), .account = p.officer->account};
	MUST(task_open(&c, &t));
	t = (Task){.kind = S("test.three"), .title = S("Spěchá"), .object = S("paper"), .object_id = 2, .link = S("/c"), .button = S("Otevřít"), .role = S("NET"),
	           .due = {c.now.ms + 1000}};
	MUST(task_open(&c, &t));
	MUST(tx_commit(&tx));
	Tasks mine = tasks_of(&c, p.officer);
	EQ_INT(mine.len, 3);
	EQ_TEXT(mine.at[0].title, "Spěchá");
	EQ_TEXT(mine.at[1].title, "První, nově");
	EQ_TEXT(mine.at[2].title, "Bez lhůty");
	MUST(tx_begin(&c, &tx));
	MUST(task_close(&c, (Str){0}, "paper", 1));
	MUST(tx_commit(&tx));
	EQ_INT(tasks_of(&c, p.officer).len, 1);
	bool more;
	MUST(tasks_waiting(&c, 0, &mine, &more));
	EXPECT(more);
}

TEST("visit: what changed is counted from the end of the visit before, however often the page is opened in this one") {
	Ctx     c = given_work();
	People  p = people();
	Instant before, first = c.now;
	c.actor = p.officer;
	MUST(visit_before(&c, &before));
	EQ_INT(before.ms, 0);
	MUST(visit_note(&c, p.officer->account));
	c.now.ms += 10 * 60 * 1000;
	MUST(visit_note(&c, p.officer->account));
	MUST(visit_before(&c, &before));
	EQ_INT(before.ms, 0);
	c.now.ms += 24 * 3600 * 1000;
	MUST(visit_before(&c, &before));
	EQ_INT(before.ms, first.ms + 10 * 60 * 1000);
	MUST(visit_note(&c, p.officer->account));
	c.now.ms += 60 * 1000;
	MUST(visit_before(&c, &before));
	EQ_INT(before.ms, first.ms + 10 * 60 * 1000);
}
