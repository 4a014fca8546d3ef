/* outlook: annex 2 of a plan: amounts by year, sums, agreement with the cards, and what of the guards before the assembly follows from money. */
#include "domain/plan/outlook.h"

#include "core/access.h"
#include "core/workflow.h"
#include "domain/network/draft.h"
#include "domain/people/people.h"
#include "tests/domain/card_given.h"
#include "tests/support/store.h"
#include "tests/support/web.h"
#include "tests/test.h"

static Ctx given(App **app, Id *measure) {
	*app = test_app_empty();
	Ctx c = ctx_make(t_arena, (*app)->db, &actor_program, prague_instant(D(2026, 4, 2), 10 * 3600));
	Organisation o = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	MUST(entity_insert(&c, &organisation_entity, &o));
	Id id, plan;
	MUST(resolution_add(&c, &(ResolutionNew){.number = S("100/26/RK"), .body = o.head.id, .decided_on = D(2026, 1, 20), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(resolution_add(&c, &(ResolutionNew){.number = S("200/26/ZK"), .body = o.head.id, .decided_on = D(2026, 3, 20), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(plan_open(&c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("100/26/RK"), .year_from = 2027, .inputs_until = D(2026, 4, 1)}, &plan));
	*measure = given_measure(&c, plan);
	return c;
}

static Plan *plan_now(Ctx *c) {
	Plan *p;
	MUST(plan_by_slug(c, S("2027-2029"), &p));
	return p;
}

/* Typed with marks of Markdown, which the annexes must not take for their own. */
static Id added(Ctx *c, Id measure, const char *code) {
	ActivityCard *k = card_typed(plan_now(c)->head.id, measure, code);
	k->title = S("Pečovatelská služba *večer* | noc");
	k->description = S("# Rozšíření\n- směny");
	return given_card(c, k);
}

static Id cost(Ctx *c, Id card, i64 year, i64 operating, const char *source, i64 amount) {
	CardYear y = {.card = card, .year = year, .operating_cost = {operating}, .investment_cost = {BLANK}};
	MUST(entity_insert(c, &card_year_entity, &y));
	MUST(entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = year, .source = str_c(source), .amount = {amount}}));
	return y.head.id;
}

static Outlook outlook_now(Ctx *c) {
	Outlook o;
	MUST(outlook_read(c, plan_now(c), &o));
	return o;
}

#define REFUSED(call, err, words) \
	do { \
		EQ_INT((call), (err)); \
		if (!str_has(first_problem(&c), S(words))) \
			test_fail(__FILE__, __LINE__, "said: %.*s", STR_ARG(first_problem(&c))); \
		c.problems.len = 0; \
	} while (0)

static void write_parts(Ctx *c) {
	PlanChapters all;
	MUST(plan_chapters(c, plan_now(c)->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		all.at[i]->text = S("Text části.");
		MUST(plan_chapter_save(c, all.at[i]));
	}
}

static Err step(Ctx *c, const char *action) {
	const Transition *t = machine_action(&plan_machine, plan_now(c)->state, str_c(action));
	return workflow_do(c, &plan_machine, plan_now(c)->head.id, action,
	                   &(WorkInput){.reason = t && t->reason ? S("důvod") : (Str){0}, .resolution = t && t->resolution ? S("200/26/ZK") : (Str){0}});
}

static void steps(Ctx *c, const char *const *actions, size_t count) {
	for (size_t i = 0; i < count; i++)
		if (step(c, actions[i]) != OK)
			test_fail(__FILE__, __LINE__, "%s: %.*s", actions[i], STR_ARG(first_problem(c)));
}

TEST("outlook: F19: sums of parts and of the whole are exact, a blank is not a zero, a year's reserve does not cover another year's lack") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Outlook o = outlook_now(&c);
	EXPECT(!o.head);
	EQ_INT(o.all.total.cost, BLANK);
	o.at[0][0].operating = (Money){1000};
	o.at[1][0].investment = (Money){50};
	o.at[0][0].by_source[0] = (Money){900};
	o.at[1][0].by_source[0] = (Money){0};
	o.at[0][1].by_source[1] = (Money){70};
	MUST(outlook_save(&c, &o, S("podle rozpočtu")));
	o = outlook_now(&c);
	EQ_TEXT(o.head->note, "podle rozpočtu");
	EQ_INT(o.all.years[0].cost, 1050);
	EQ_INT(o.all.years[0].missing, 150);
	EQ_INT(o.all.years[0].surplus, 0);
	EQ_INT(o.all.years[1].missing, 0);
	EQ_INT(o.all.years[1].surplus, 70);
	EQ_INT(o.all.total.missing, 150);
	EQ_INT(o.all.total.surplus, 70);
	EQ_INT(o.at[1][0].by_source[0].halere, 0);
	EQ_INT(o.at[1][1].by_source[0].halere, BLANK);
	o.at[1][0].by_source[0] = (Money){BLANK};
	MUST(outlook_save(&c, &o, S("")));
	EQ_INT(outlook_now(&c).at[1][0].by_source[0].halere, BLANK);
	ctx_end(&c);
}

TEST("outlook: the second of two who save it is refused, and one that nobody may edit any more stays") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Outlook x = outlook_now(&c), y = outlook_now(&c);
	x.at[0][0].operating = (Money){1};
	MUST(outlook_save(&c, &x, S("")));
	REFUSED(outlook_save(&c, &y, S("")), ERR_CONFLICT, "mezitím uložil");
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze"}, 2);
	x = outlook_now(&c);
	REFUSED(outlook_save(&c, &x, S("")), ERR_CONFLICT, "zmrazeného plánu");
	ctx_end(&c);
}

TEST("outlook: the part made of cards says what the cards say, and takes their sums over on request") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	OutlookDifferences d;
	Outlook            o = outlook_now(&c);
	MUST(outlook_differences(&c, &o, &d));
	EQ_INT(d.len, 0);
	cost(&c, added(&c, measure, "A01-01"), 2028, 5000, "S1", 4000);
	MUST(outlook_differences(&c, &o, &d));
	EQ_INT(d.len, 2);
	EQ_INT(d.at[0].year, 2028);
	EQ_INT(d.at[0].cards, 5000);
	EQ_INT(d.at[0].entered, BLANK);
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	o = outlook_now(&c);
	MUST(outlook_differences(&c, &o, &d));
	EQ_INT(d.len, 0);
	EQ_INT(o.all.years[1].missing, 1000);
	ctx_end(&c);
}

TEST("outlook: a plan with money of cards is not put forward without it, and does not reach the assembly while annexes differ or a lack is not taken note of") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   row = cost(&c, added(&c, measure, "A01-01"), 2027, 5000, "S1", 4000);
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze"}, 2);
	REFUSED(step(&c, "publish"), ERR_INVALID, "není zadaný");
	steps(&c, (const char *const[]){"rework"}, 1);
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	steps(&c, (const char *const[]){"freeze", "publish", "close"}, 3);
	void *stored;
	MUST(store_get(&c, &card_year_entity, TODAY, row, &stored));
	((CardYear *)stored)->operating_cost = (Money){6000};
	MUST(entity_update(&c, &card_year_entity, stored));
	REFUSED(step(&c, "finish"), ERR_INVALID, "příloha č. 2 říká");
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	steps(&c, (const char *const[]){"finish"}, 1);
	REFUSED(step(&c, "submit"), ERR_INVALID, "má nekrytou částku");
	REFUSED(outlook_accept(&c, plan_now(&c), 2000, S("")), ERR_INVALID, "Důvod");
	MUST(outlook_accept(&c, plan_now(&c), 2000, S("Doplatí se z rezervy.")));
	MUST(store_get(&c, &card_year_entity, TODAY, row, &stored));
	((CardYear *)stored)->operating_cost = (Money){7000};
	MUST(entity_update(&c, &card_year_entity, stored));
	REFUSED(step(&c, "submit"), ERR_INVALID, "karty dávají dohromady 70");
	((CardYear *)stored)->operating_cost = (Money){6000};
	MUST(entity_update(&c, &card_year_entity, stored));
	steps(&c, (const char *const[]){"submit", "approve"}, 2);
	EQ_TEXT(plan_now(&c)->state, PLAN_IN_FORCE);
	ctx_end(&c);
}

TEST("outlook: steps before the assembly keep what was not asked with the reason; a plan without any money says so") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	WorkSteps all;
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze", "publish", "close", "finish", "submit"}, 6);
	MUST(workflow_steps(&c, &plan_machine, plan_now(&c)->head.id, &all));
	Str waived = all.at[all.len - 1].waived;
	EXPECT(str_has(waived, S("Stanoviska skupin program zatím neeviduje")));
	EXPECT(str_has(waived, S("Jednání kolegia program zatím neeviduje")));
	EXPECT(str_has(waived, S("nemá v programu karty s částkami")));
	ctx_end(&c);
}

TEST("outlook: another lack than the one taken note of is not taken note of") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Outlook o = outlook_now(&c);
	REFUSED(outlook_accept(&c, plan_now(&c), 0, S("x")), ERR_CONFLICT, "nikdo nezadal");
	o.at[0][0].operating = (Money){1000};
	MUST(outlook_save(&c, &o, S("")));
	REFUSED(outlook_accept(&c, plan_now(&c), 999, S("Rezerva kraje.")), ERR_CONFLICT, "mezitím změnila");
	MUST(outlook_accept(&c, plan_now(&c), 1000, S("Rezerva kraje.")));
	o = outlook_now(&c);
	EXPECT(outlook_is_accepted(&o));
	o.at[0][0].operating = (Money){1001};
	MUST(outlook_save(&c, &o, S("")));
	o = outlook_now(&c);
	EXPECT(!outlook_is_accepted(&o));
	ctx_end(&c);
}

TEST("outlook: a plan is not evaluated while a running card lacks its last year or an approved one has not begun") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   run = added(&c, measure, "A01-01"), wait = added(&c, measure, "A01-02");
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze", "publish", "close", "finish", "submit", "approve"}, 7);
	MUST(workflow_do(&c, &card_machine, run, "start", NULL));
	ctx_end(&c);
	c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2030, 2, 1), 10 * 3600));
	REFUSED(step(&c, "evaluate"), ERR_INVALID, "A01-01 nemá vyhodnocení roku 2029, A01-02 nezačala");
	MUST(entity_insert(&c, &card_monitoring_entity, &(CardMonitoring){.card = run, .indicator = BLANK, .day = D(2028, 12, 31), .value = BLANK, .text = S("Průběžně.")}));
	MUST(workflow_do(&c, &card_machine, wait, "stop", &(WorkInput){.reason = S("bez realizátora")}));
	REFUSED(step(&c, "evaluate"), ERR_INVALID, "A01-01 nemá vyhodnocení roku 2029.");
	MUST(entity_insert(&c, &card_monitoring_entity, &(CardMonitoring){.card = run, .indicator = BLANK, .day = D(2029, 12, 31), .value = BLANK, .text = S("Splněno.")}));
	steps(&c, (const char *const[]){"evaluate"}, 1);
	ctx_end(&c);
}

TEST("outlook: annexes close the text of the plan; what people typed into a card is text there, not marks") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	cost(&c, added(&c, measure, "A01-01"), 2027, 123456, "S1", 100000);
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze"}, 2);
	PlanParts parts;
	MUST(plan_parts(&c, plan_now(&c)->newest_version, &parts));
	EQ_INT(parts.len, 7);
	EQ_TEXT(parts.at[5].title, "Příloha č. 1: Karty rozvojových aktivit");
	EQ_TEXT(parts.at[6].title, "Příloha č. 2: Výhled financování");
	bool title = false, text = false, sum = false;
	for (size_t i = 0; i < parts.at[5].text.len; i++) {
		const Paragraph *p = &parts.at[5].text.at[i];
		title = title || (p->kind == PARAGRAPH_HEADING && str_eq(p->text, S("A01-01 Pečovatelská služba *večer* | noc")));
		text = text || (p->kind == PARAGRAPH_TEXT && str_has(p->text, S("Co se udělá: # Rozšíření - směny")));
		sum = sum || (p->kind == PARAGRAPH_TABLE && str_has(p->text, S("1 234,56 Kč")));
	}
	EXPECT(title && text && sum);
	ctx_end(&c);
}

TEST("outlook: the table of the plan's text, the page and the JSON say the same sums") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Table t;
	cost(&c, added(&c, measure, "A01-01"), 2027, 123456, "S1", 100000);
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	Outlook o = outlook_now(&c);
	MUST(outlook_table(&c, &o, &t));
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze", "publish"}, 3);
	ctx_end(&c);
	Browser b = {.app = app};
	Answer  page = web_get(&b, "/plan/2027-2029/vyhled"), json = web_get(&b, "/plan/2027-2029/vyhled.json");
	EXPECT(str_has(page.body, S("234,56")));
	EXPECT(str_has(page.body, S("Souhlasí s kartami")));
	EXPECT(str_has(json.body, S("{\"cast\":\"celkem\",\"rok\":2027,\"kod\":\"nekryto\",\"polozka\":\"Nekryto\",\"castka\":\"234.56\"}")));
	bool found = false;
	for (size_t i = 0; i < t.rows; i++)
		found = found || (str_has(t.at[i * t.columns], S("Nekryto")) && str_has(t.at[i * t.columns + 1], S("234,56")));
	EXPECT(found);
}

static void enter(Ctx *c, i64 operating, i64 source) {
	Outlook o = outlook_now(c);
	o.at[0][0].operating = (Money){operating};
	o.at[0][0].by_source[0] = (Money){source};
	MUST(outlook_save(c, &o, str_format(t_arena, "částka %lld", (long long)operating)));
}

static i64 shown_cost(Ctx *c, Id version) {
	Outlook o;
	MUST(outlook_of_version(c, plan_now(c), version, &o));
	return o.head ? o.all.years[0].cost : -1;
}

TEST("outlook: everybody reads that of the plan in force until its update is approved; the update has its own") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	write_parts(&c);
	enter(&c, 111155, 111155);
	steps(&c, (const char *const[]){"draft", "freeze", "publish", "close", "finish", "submit", "approve"}, 7);
	Id valid = plan_now(&c)->valid_version;
	EQ_INT(shown_cost(&c, valid), 111155);
	steps(&c, (const char *const[]){"update"}, 1);
	enter(&c, 222266, 222266);
	EQ_INT(shown_cost(&c, valid), 111155);
	ctx_end(&c);
	Browser b = {.app = app};
	Str     page = web_get(&b, "/plan/2027-2029/vyhled").body;
	EXPECT(str_has(page, S("111,55")) && str_has(page, S("částka 111155")) && !str_has(page, S("222,66")));
	EXPECT(str_has(web_get(&b, "/plan/2027-2029/vyhled.json").body, S("1111.55")) && !str_has(web_get(&b, "/plan/2027-2029/vyhled.json").body, S("2222.66")));
	c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 5, 2), 10 * 3600));
	steps(&c, (const char *const[]){"freeze"}, 1);
	DocumentVersion held;
	MUST(version_get(&c, plan_now(&c)->newest_version, &held));
	ctx_end(&c);
	const char *address = str_z(t_arena, str_format(t_arena, "/plan/2027-2029/vyhled?verze=%lld", (long long)held.no));
	EQ_INT(web_get(&b, address).status, 404);
	EXPECT(!str_has(web_get(&b, "/plan/2027-2029/vyhled").body, S("222,66")));
	c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 5, 2), 10 * 3600));
	steps(&c, (const char *const[]){"publish"}, 1);
	ctx_end(&c);
	page = web_get(&b, "/plan/2027-2029/vyhled").body;
	EXPECT(str_has(page, S("111,55")) && str_has(page, str_c(address)) && !str_has(page, S("222,66")));
	EXPECT(str_has(web_get(&b, address).body, S("222,66")) && str_has(web_get(&b, address).body, S("která teď neplatí")));
	c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 5, 2), 10 * 3600));
	steps(&c, (const char *const[]){"close", "finish", "submit", "approve"}, 4);
	ctx_end(&c);
	page = web_get(&b, "/plan/2027-2029/vyhled").body;
	EXPECT(str_has(page, S("222,66")) && !str_has(page, S("111,55")));
}

static void enter_network(Ctx *c, i64 amount) {
	Outlook o = outlook_now(c);
	for (size_t i = 0; i < o.parts.len; i++)
		if (str_eq(o.parts.at[i]->code, S("network")))
			o.at[i][0].operating = o.at[i][0].by_source[0] = (Money){amount};
	MUST(outlook_save(c, &o, S("síť")));
}

TEST("outlook: ceilings of the network are held against that of the plan in force, not against what is being entered for its update") {
	App           *app;
	Id             measure;
	Ctx            c = given(&app, &measure);
	NetworkVersion next = {.effective_from = D(2027, 1, 1)};
	DraftMoney     m;
	write_parts(&c);
	enter_network(&c, 111155);
	steps(&c, (const char *const[]){"draft", "freeze", "publish", "close", "finish", "submit", "approve"}, 7);
	MUST(entity_insert(&c, &network_means_entity, &(NetworkMeans){.year = 2027, .amount = {333}, .source = S("prozatímní částka"), .resolution = BLANK}));      /* the plan's own counts */
	MUST(draft_money(&c, &next, &m));
	EXPECT(m.means.known);
	EQ_INT(m.means.amount, 111155);
	steps(&c, (const char *const[]){"update"}, 1);
	enter_network(&c, 999999999);
	MUST(draft_money(&c, &next, &m));
	EQ_INT(m.means.amount, 111155);
	ctx_end(&c);
}

TEST("outlook: a note of what is uncovered belongs to the frozen version that it was taken of, and stays with it") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Outlook o;
	write_parts(&c);
	enter(&c, 3000, 1000);
	steps(&c, (const char *const[]){"draft", "freeze", "publish", "close", "finish"}, 5);
	Id version = plan_now(&c)->newest_version;
	MUST(outlook_accept(&c, plan_now(&c), 2000, S("Doplatí se z rezervy.")));
	steps(&c, (const char *const[]){"submit", "approve", "update"}, 3);
	enter(&c, 9000, 1000);
	MUST(outlook_accept(&c, plan_now(&c), 8000, S("Zatím nevíme.")));
	MUST(outlook_of_version(&c, plan_now(&c), version, &o));
	EQ_TEXT(o.head->accepted_why, "Doplatí se z rezervy.");
	EXPECT(outlook_is_accepted(&o));
	ctx_end(&c);
}

TEST("outlook: whoever freezes a draft without it is told that it will not be put forward so") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	WorkSteps all;
	cost(&c, added(&c, measure, "A01-01"), 2027, 5000, "S1", 4000);
	write_parts(&c);
	steps(&c, (const char *const[]){"draft", "freeze"}, 2);
	MUST(workflow_steps(&c, &plan_machine, plan_now(&c)->head.id, &all));
	EXPECT(str_has(all.at[all.len - 1].waived, S("Výhled financování (příloha č. 2) není zadaný")));
	steps(&c, (const char *const[]){"rework"}, 1);
	MUST(outlook_take_cards(&c, plan_now(&c), CARDS_ALL));
	steps(&c, (const char *const[]){"freeze"}, 1);
	MUST(workflow_steps(&c, &plan_machine, plan_now(&c)->head.id, &all));
	EQ_TEXT(all.at[all.len - 1].waived, "");
	ctx_end(&c);
}

TEST("outlook: the economist enters the outlook and nothing else of the plan") {
	static const char *const may_do[] = {"ECO", "PLN"};
	for (size_t i = 0; i < LEN(may_do); i++)
		EXPECT(access_role_has(access_role(str_c(may_do[i])), CAP_OUTLOOK_EDIT));
	EXPECT(!access_role_has(access_role(S("ECO")), CAP_PLAN_UPDATE) && access_role_has(access_role(S("PLN")), CAP_PLAN_UPDATE));
	EXPECT(!access_role_has(access_role(S("VED")), CAP_OUTLOOK_EDIT));
}
