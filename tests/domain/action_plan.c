/* action_plan: the cards of a year, what is carried over, in what they differ from the approved plan, and the way of the text. */
#include "domain/plan/action_plan.h"

#include "core/access.h"
#include "core/workflow.h"
#include "domain/plan/outlook.h"
#include "domain/people/people.h"
#include "tests/domain/card_given.h"
#include "tests/support/store.h"
#include "tests/support/web.h"
#include "web/work.h"
#include "tests/test.h"

static Plan *plan_now(Ctx *c) {
	Plan *p;
	MUST(plan_by_slug(c, S("2024-2026"), &p));
	return p;
}

static Id measure_of;

static ActivityCard *added(Ctx *c, const char *code, Date from, Date to) {
	ActivityCard *k = card_typed(plan_now(c)->head.id, measure_of, code);
	k->title = S("Karta");
	k->capacity_now = fte(100);
	k->capacity_target = fte(200);
	k->starts_on = from;
	k->ends_on = to;
	given_card(c, k);
	return k;
}

static void approve(Ctx *c, ActivityCard *k) {
	MUST(workflow_system(c, &card_machine, k->head.id, "approve_with_plan", S("usnesení")));
	MUST(card_stored(c, k->head.id, &k));
}

static void cost(Ctx *c, Id card, i64 year, i64 operating) {
	MUST(entity_insert(c, &card_year_entity, &(CardYear){.card = card, .year = year, .operating_cost = {operating}, .investment_cost = {BLANK}, .milestone = S("otevřít | *hned*")}));
	MUST(entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = year, .source = S("S1"), .amount = {operating}}));
}

/* A plan in force whose version has one card frozen: A01-01, all three years, 10 Kč in 2025. */
static Ctx given(App **app) {
	static const char *const steps[] = {"draft", "freeze", "publish", "close", "finish", "submit", "approve"};
	*app = test_app_empty();
	Ctx c = ctx_make(t_arena, (*app)->db, &actor_program, prague_instant(D(2024, 1, 10), 10 * 3600));
	Organisation o = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	Id           id, plan;
	PlanChapters chapters;
	MUST(entity_insert(&c, &organisation_entity, &o));
	MUST(resolution_add(&c, &(ResolutionNew){.number = S("1/22/RK"), .body = o.head.id, .decided_on = D(2022, 11, 1), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(resolution_add(&c, &(ResolutionNew){.number = S("2/23/ZK"), .body = o.head.id, .decided_on = D(2023, 12, 19), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(plan_open(&c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("1/22/RK"), .year_from = 2024, .inputs_until = D(2023, 1, 1)}, &plan));
	measure_of = given_measure(&c, plan);
	cost(&c, added(&c, "A01-01", D(2024, 1, 1), D(2026, 12, 31))->head.id, 2025, 1000);
	MUST(plan_chapters(&c, plan, &chapters));
	for (size_t i = 0; i < chapters.len; i++) {
		chapters.at[i]->text = S("Text.");
		MUST(plan_chapter_save(&c, chapters.at[i]));
	}
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	for (size_t i = 0; i < LEN(steps); i++) {
		const Transition *t = machine_action(&plan_machine, plan_now(&c)->state, str_c(steps[i]));
		if (workflow_do(&c, &plan_machine, plan, steps[i], &(WorkInput){.reason = t->reason ? S("důvod") : (Str){0}, .resolution = t->resolution ? S("2/23/ZK") : (Str){0}}) != OK)
			test_fail(__FILE__, __LINE__, "%s: %.*s", steps[i], STR_ARG(first_problem(&c)));
	}
	return c;
}

static ActionPlan *year_now(Ctx *c, i64 year) {
	ActionPlan *a;
	MUST(action_plan_of_year(c, plan_now(c), year, &a));
	return a;
}

static Err step(Ctx *c, i64 year, const char *action) {
	const Transition *t = machine_action(&action_plan_machine, year_now(c, year)->state, str_c(action));
	return workflow_do(c, &action_plan_machine, year_now(c, year)->head.id, action,
	                   &(WorkInput){.reason = t && t->reason ? S("důvod") : (Str){0}, .resolution = t && t->resolution ? S("2/23/ZK") : (Str){0}});
}

#define REFUSED(call, err, words) \
	do { \
		EQ_INT((call), (err)); \
		if (!str_has(first_problem(&c), S(words))) \
			test_fail(__FILE__, __LINE__, "said: %.*s", STR_ARG(first_problem(&c))); \
		c.problems.len = 0; \
	} while (0)

static const ActionCard *find(const ActionCards *all, const char *code) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].card->code, str_c(code)))
			return &all->at[i];
	return NULL;
}

TEST("action plan: it is for a year of a plan in force, one for each year") {
	App *app;
	Ctx  c = given(&app);
	Id   id;
	REFUSED(action_plan_open(&c, plan_now(&c), 2027, &id), ERR_INVALID, "plán je na roky 2024–2026");
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	REFUSED(action_plan_open(&c, plan_now(&c), 2025, &id), ERR_CONFLICT, "už je založený");
	Plan not_yet = *plan_now(&c);
	not_yet.valid_version = 0;
	REFUSED(action_plan_open(&c, &not_yet, 2026, &id), ERR_INVALID, "neschválilo zastupitelstvo");
	ctx_end(&c);
}

TEST("action plan: it takes cards with work or money in the year; what should have begun or ended before is carried over, stopped ones and proposals stay out") {
	App *app;
	Ctx  c = given(&app);
	Id   id;
	ActionCards   all;
	ActivityCard *late = added(&c, "A01-02", D(2024, 2, 1), D(2024, 11, 30)), *starts = added(&c, "A01-03", D(2025, 3, 1), D(2026, 6, 30));
	ActivityCard *next = added(&c, "A01-04", D(2026, 1, 1), D(2026, 12, 31)), *paid = added(&c, "A01-05", D(2026, 1, 1), D(2026, 12, 31));
	ActivityCard *stopped = added(&c, "A01-06", D(2025, 1, 1), D(2025, 12, 31)), *runs = added(&c, "A01-07", D(2024, 1, 1), D(2025, 12, 31));
	added(&c, "A01-08", D(2025, 1, 1), D(2025, 12, 31));
	ActivityCard *approved[] = {late, starts, next, paid, stopped, runs};
	for (size_t i = 0; i < LEN(approved); i++)
		approve(&c, approved[i]);
	MUST(workflow_do(&c, &card_machine, late->head.id, "start", NULL));
	MUST(workflow_do(&c, &card_machine, runs->head.id, "start", NULL));
	MUST(workflow_do(&c, &card_machine, stopped->head.id, "stop", &(WorkInput){.reason = S("x")}));
	cost(&c, paid->head.id, 2025, 700);
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	MUST(action_cards(&c, year_now(&c, 2025), &all));
	EQ_INT(all.len, 5);
	EQ_INT(find(&all, "A01-01")->kind, ACTION_CARRIED);      /* approved, not begun */
	EQ_INT(find(&all, "A01-02")->kind, ACTION_CARRIED);
	EQ_INT(find(&all, "A01-03")->kind, ACTION_STARTS);
	EQ_INT(find(&all, "A01-05")->kind, ACTION_STARTS);
	EQ_INT(find(&all, "A01-07")->kind, ACTION_CONTINUES);
	EXPECT(!find(&all, "A01-04") && !find(&all, "A01-06") && !find(&all, "A01-08"));
	EQ_INT(all.money.years[all.year].cost, 1700);
	EQ_INT(all.year, 1);
	EQ_TEXT(find(&all, "A01-05")->milestone, "otevřít | *hned*");
	ctx_end(&c);
}

TEST("action plan: it says which cards were added, changed and left out since the plan was approved") {
	App *app;
	Ctx  c = given(&app);
	Id   id;
	ActionCards       all;
	ActionDifferences d;
	ActivityCard     *k;
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	MUST(action_cards(&c, year_now(&c, 2025), &all));
	MUST(action_differences(&c, year_now(&c, 2025), plan_now(&c)->valid_version, &all, &d));
	EXPECT(d.known);
	EQ_INT(d.len, 0);
	MUST(card_by_code(&c, plan_now(&c), S("A01-01"), &k));
	k->ends_on = D(2025, 6, 30);
	MUST(entity_update(&c, &card_entity, k));
	approve(&c, added(&c, "A01-02", D(2025, 1, 1), D(2025, 12, 31)));
	MUST(action_cards(&c, year_now(&c, 2025), &all));
	MUST(action_differences(&c, year_now(&c, 2025), plan_now(&c)->valid_version, &all, &d));
	EQ_INT(d.len, 2);
	EXPECT(str_has(d.at[0].what, S("doba byla")));
	EXPECT(str_has(d.at[1].what, S("přibyla")));
	MUST(workflow_do(&c, &card_machine, k->head.id, "stop", &(WorkInput){.reason = S("x")}));
	MUST(action_cards(&c, year_now(&c, 2025), &all));
	MUST(action_differences(&c, year_now(&c, 2025), plan_now(&c)->valid_version, &all, &d));
	EQ_INT(d.len, 2);
	EXPECT(str_has(d.at[1].what, S("ve stavu zastavená")));
	ctx_end(&c);
}

TEST("action plan: from the draft over comments into force; the text is frozen with its cards, and a card changed since stops it") {
	App *app;
	Ctx  c = given(&app);
	Id   id;
	ActivityCard *k;
	ActionPlan   *a;
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	REFUSED(step(&c, 2025, "publish"), ERR_INVALID, "Chybí text");
	MUST(action_plan_save(&c, year_now(&c, 2025), S("## Úkoly\n\n- první")));
	ActionPlan old = *year_now(&c, 2025);
	MUST(action_plan_save(&c, year_now(&c, 2025), S("## Úkoly\n\n- první\n- druhý")));
	EQ_INT(action_plan_save(&c, &old, S("jiný")), ERR_CONFLICT);
	c.problems.len = 0;
	MUST(step(&c, 2025, "publish"));
	REFUSED(action_plan_save(&c, year_now(&c, 2025), S("jiný")), ERR_CONFLICT, "zmrazený");
	MUST(step(&c, 2025, "finish"));
	MUST(card_by_code(&c, plan_now(&c), S("A01-01"), &k));
	k->title = S("Karta jinak");
	MUST(entity_update(&c, &card_entity, k));
	REFUSED(step(&c, 2025, "submit"), ERR_INVALID, "název byl „Karta“");
	MUST(step(&c, 2025, "rework"));
	MUST(step(&c, 2025, "publish"));
	MUST(step(&c, 2025, "finish"));
	MUST(step(&c, 2025, "submit"));
	MUST(step(&c, 2025, "approve"));
	a = year_now(&c, 2025);
	EQ_INT(a->valid_version, a->newest_version);
	REFUSED(step(&c, 2025, "close"), ERR_INVALID, "ještě neskončil");
	Paragraphs text;
	MUST(version_paragraphs(&c, a->valid_version, &text));
	bool card = false;
	for (size_t i = 0; i < text.len; i++)
		card = card || (text.at[i].kind == PARAGRAPH_TABLE && str_has(text.at[i].text, S("Karta jinak")) && str_has(text.at[i].text, S("otevřít | *hned*")));
	EXPECT(card);
	ctx_end(&c);
	Browser b = {.app = app};
	Answer  page = web_get(&b, "/plan/2024-2026/akcni-plan/2025");
	EQ_INT(page.status, 200);
	EXPECT(str_has(page.body, S("Co kraj v roce 2025 udělá")));
	EQ_INT(web_get(&b, "/plan/2024-2026/akcni-plan/2026").status, 404);
}

TEST("action plan: it is evaluated after its year, when every card that runs has an entry of that year") {
	static const char *const steps[] = {"publish", "finish", "submit", "approve"};
	App *app;
	Ctx  c = given(&app);
	Id   id;
	ActivityCard *k;
	MUST(card_by_code(&c, plan_now(&c), S("A01-01"), &k));
	MUST(workflow_do(&c, &card_machine, k->head.id, "start", NULL));
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	MUST(action_plan_save(&c, year_now(&c, 2025), S("Text.")));
	for (size_t i = 0; i < LEN(steps); i++)
		MUST(step(&c, 2025, steps[i]));
	ctx_end(&c);
	c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 2, 1), 10 * 3600));
	REFUSED(step(&c, 2025, "close"), ERR_INVALID, "rok 2025: A01-01");
	MUST(entity_insert(&c, &card_monitoring_entity, &(CardMonitoring){.card = k->head.id, .indicator = BLANK, .day = D(2025, 12, 31), .value = BLANK, .text = S("Splněno.")}));
	MUST(step(&c, 2025, "close"));
	ctx_end(&c);
}

TEST("action plan: its text is not written, hidden, put in force or taken back in the library by officers who write other documents") {
	App      *app;
	Ctx       c = given(&app);
	Grant     net = {.role = S("NET"), .scope = SCOPE_REGION}, ved = {.role = S("VED"), .scope = SCOPE_REGION};
	Actor     network = {.account = 1, .name = S("Síť"), .grants = &net, .grant_count = 1}, head = {.account = 2, .name = S("Vedoucí"), .grants = &ved, .grant_count = 1};
	Id        id;
	Document *d;
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	MUST(action_plan_save(&c, year_now(&c, 2025), S("Text.")));
	MUST(step(&c, 2025, "publish"));
	ActionPlan *a = year_now(&c, 2025);
	access_prepare(&network);
	access_prepare(&head);
	c.actor = &network;
	REFUSED(version_add(&c, a->document, &(VersionNew){.text = S("Jiný text.")}, &id), ERR_FORBIDDEN, "text plánu");
	REFUSED(version_put_in_force(&c, a->newest_version, D(2025, 1, 1)), ERR_CONFLICT, "Zapsat schválení");
	REFUSED(version_withdraw(&c, a->newest_version, S("Chyba.")), ERR_FORBIDDEN, "text plánu");
	MUST(document_get(&c, a->document, &d));
	d->is_public = false;
	REFUSED(document_change(&c, d), ERR_FORBIDDEN, "text plánu");
	c.actor = &head;
	MUST(step(&c, 2025, "finish"));
	REFUSED(version_put_in_force(&c, year_now(&c, 2025)->newest_version, D(2025, 1, 1)), ERR_CONFLICT, "Zapsat schválení");
	MUST(step(&c, 2025, "submit"));
	MUST(step(&c, 2025, "approve"));
	ctx_end(&c);
}

TEST("action plan: the step that a body decides offers the resolutions that there are, the newest first, and the way to another") {
	App *app;
	Ctx  c = given(&app);
	Id   id;
	MUST(action_plan_open(&c, plan_now(&c), 2025, &id));
	MUST(action_plan_save(&c, year_now(&c, 2025), S("Text.")));
	static const char *const steps[] = {"publish", "finish", "submit"};
	for (size_t i = 0; i < LEN(steps); i++)
		MUST(step(&c, 2025, steps[i]));
	HttpRequest http = {.arena = t_arena, .method = METHOD_GET, .path = S("/app")};
	Req         r = {.c = &c, .http = &http};
	WorkPanel   panel;
	size_t      found = 0;
	MUST(work_panel(&r, &action_plan_machine, id, S("/app/prubeh"), &panel));
	for (size_t i = 0; i < panel.actions.len; i++) {
		const WorkActionView *a = &panel.actions.at[i];
		EQ_INT(a->transition->resolution != NULL, a->resolution.name.len > 0);
		if (!a->transition->resolution)
			continue;
		found++;
		EQ_INT(a->resolution.options.len, 2);
		EQ_TEXT(a->resolution.options.at[0].value, "2/23/ZK");
		EXPECT(str_has(a->resolution.options.at[0].label, S("19.")) && str_ends(a->resolution.options.at[0].label, S("2023, Plán")));
		EQ_TEXT(a->resolution_add, "/app/usneseni/nove");
	}
	EQ_INT(found, 1);
	ctx_end(&c);
}
