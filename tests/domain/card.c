/* card: the strategy tree, what a card must say, relations, the way of a card, sums and progress. */
#include "tests/domain/card_given.h"

#include "base/format.h"
#include "core/access.h"
#include "core/exchange.h"
#include "core/record.h"
#include "domain/people/people.h"
#include "tests/support/store.h"
#include "tests/support/web.h"
#include "tests/test.h"

static Ctx given(App **app, Id *measure) {
	*app = test_app_empty();
	Ctx c = ctx_make(t_arena, (*app)->db, &actor_program, prague_instant(D(2026, 2, 2), 10 * 3600));
	Organisation o = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	MUST(entity_insert(&c, &organisation_entity, &o));
	Id id, plan;
	MUST(resolution_add(&c, &(ResolutionNew){.number = S("100/26/RK"), .body = o.head.id, .decided_on = D(2026, 1, 20), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(plan_open(&c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("100/26/RK"), .year_from = 2027, .inputs_until = D(2026, 3, 1)}, &plan));
	*measure = given_measure(&c, plan);
	return c;
}

static Plan *plan_now(Ctx *c) {
	Plan *p;
	MUST(plan_by_slug(c, S("2027-2029"), &p));
	return p;
}

static ActivityCard *a_card(Ctx *c, Id measure, const char *code) {
	return card_typed(plan_now(c)->head.id, measure, code);
}

static Id added(Ctx *c, Id measure, const char *code) {
	return given_card(c, a_card(c, measure, code));
}

#define REFUSED(call, err, words) \
	do { \
		EQ_INT((call), (err)); \
		EXPECT(str_has(first_problem(&c), S(words))); \
		c.problems.len = 0; \
	} while (0)

static Err relate(Ctx *c, Id card, const char *kind, Id other) {
	return entity_insert(c, &card_relation_entity, &(CardRelation){.card = card, .kind = str_c(kind), .other = other});
}

static void cost(Ctx *c, Id card, i64 year, i64 operating, i64 investment) {
	MUST(entity_insert(c, &card_year_entity, &(CardYear){.card = card, .year = year, .operating_cost = {operating}, .investment_cost = {investment}}));
}

static void source(Ctx *c, Id card, i64 year, const char *code, i64 amount) {
	MUST(entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = year, .source = str_c(code), .amount = {amount}}));
}

TEST("card: a goal stands below a priority and a measure below a goal of the same plan, codes are unique") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	StrategyItem *s = entity_new(t_arena, &strategy_entity);
	*s = (StrategyItem){.plan = plan_now(&c)->head.id, .level = S(STRATEGY_GOAL), .code = S("1.2"), .title = S("Cíl"), .parent = measure, .place = BLANK};
	REFUSED(entity_insert(&c, &strategy_entity, s), ERR_INVALID, "cíl patří pod prioritu");
	s->parent = 0;
	REFUSED(entity_insert(&c, &strategy_entity, s), ERR_INVALID, "vyberte prioritu");
	s->level = S(STRATEGY_PRIORITY);
	s->code = S("1.1");
	EXPECT(entity_insert(&c, &strategy_entity, s) != OK);
	c.problems.len = 0;
	ctx_end(&c);
}

TEST("card: items of the strategy move up and down among their siblings and stop at the edge") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	StrategyItem *s = entity_new(t_arena, &strategy_entity);
	s->plan = plan_now(&c)->head.id;
	s->level = S(STRATEGY_PRIORITY);
	s->code = S("2");
	s->title = S("Bydlení");
	MUST(entity_insert(&c, &strategy_entity, s));
	Strategy tree;
	MUST(strategy_of(&c, s->plan, &tree));
	EQ_INT(tree.len, 4);
	EQ_TEXT(tree.at[2]->code, "1.1.1");
	EQ_TEXT(tree.at[3]->code, "2");
	MUST(strategy_move(&c, s->head.id, true));
	MUST(strategy_move(&c, s->head.id, true));
	MUST(strategy_of(&c, s->plan, &tree));
	EQ_TEXT(tree.at[0]->code, "2");
	EQ_TEXT(tree.at[3]->code, "1.1.1");
	MUST(strategy_move(&c, s->head.id, false));
	MUST(strategy_of(&c, s->plan, &tree));
	EQ_TEXT(tree.at[0]->code, "1");
	ctx_end(&c);
}

TEST("card: it has a code of its plan, days within the plan, whole beds and a measure; the state is written by steps only") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	added(&c, measure, "A02-09");
	ActivityCard *k = a_card(&c, measure, "A02-09");
	REFUSED(card_add(&c, k), ERR_INVALID, "už v plánu má jiná karta");
	k->code = S("A2-9");
	REFUSED(card_add(&c, k), ERR_INVALID, "například A02-09");
	k->code = S("A02-10");
	k->ends_on = D(2030, 1, 1);
	REFUSED(card_add(&c, k), ERR_INVALID, "končí rokem 2029");
	k->ends_on = D(2026, 12, 31);
	REFUSED(card_add(&c, k), ERR_INVALID, "konec je před začátkem");
	k->ends_on = D(2029, 12, 31);
	k->unit = S("L");
	REFUSED(card_add(&c, k), ERR_INVALID, "lůžka zapište celým číslem");
	k->capacity_now = fte(300);
	MUST(card_add(&c, k));
	EQ_TEXT(k->state, CARD_PROPOSED);
	k->state = S(CARD_DONE);
	EQ_INT(entity_update(&c, &card_entity, k), ERR_INVALID);
	c.problems.len = 0;
	ctx_end(&c);
}

TEST("card: dependencies make no circle, an exclusion holds both ways and stands once") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   x = added(&c, measure, "A01-01"), y = added(&c, measure, "A01-02"), z = added(&c, measure, "A01-03"), w = added(&c, measure, "A01-04");
	MUST(relate(&c, x, RELATION_DEPENDS, y));
	MUST(relate(&c, y, RELATION_DEPENDS, z));
	REFUSED(relate(&c, z, RELATION_DEPENDS, x), ERR_INVALID, "vznikl by kruh");
	REFUSED(relate(&c, x, RELATION_DEPENDS, x), ERR_INVALID, "sama na sebe");
	MUST(relate(&c, w, RELATION_EXCLUDES, x));
	REFUSED(relate(&c, x, RELATION_EXCLUDES, w), ERR_INVALID, "už vazbu mají");
	Cards of_x, of_w;
	MUST(card_related(&c, x, RELATION_EXCLUDES, &of_x));
	MUST(card_related(&c, w, RELATION_EXCLUDES, &of_w));
	EQ_INT(of_x.len, 1);
	EQ_INT(of_w.len, 1);
	EQ_INT(of_x.at[0]->head.id, w);
	EQ_INT(of_w.at[0]->head.id, x);
	ctx_end(&c);
}

TEST("card: sums by year and source are exact, a blank is not a zero, one card's surplus does not cover another's lack") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   x = added(&c, measure, "A01-01"), y = added(&c, measure, "A01-02");
	cost(&c, x, 2027, 10000001, BLANK);
	cost(&c, y, 2027, 50000000, 7);
	cost(&c, y, 2028, BLANK, BLANK);
	source(&c, x, 2027, "S1", 10000003);
	source(&c, y, 2027, "S1", 20000000);
	source(&c, y, 2027, "S4", 0);
	EQ_INT(entity_insert(&c, &card_year_entity, &(CardYear){.card = x, .year = 2030, .operating_cost = {1}, .investment_cost = {BLANK}}), ERR_INVALID);
	c.problems.len = 0;
	Cards     all;
	PlanMoney m;
	MUST(cards_of(&c, plan_now(&c), CARDS_ALL, &all));
	MUST(cards_money(&c, plan_now(&c), &all, &m));
	EQ_INT(m.years[0].cost, 60000008);
	EQ_INT(m.years[0].by_source[0], 30000003);
	EQ_INT(m.years[0].by_source[1], BLANK);
	EQ_INT(m.years[0].by_source[3], 0);
	EQ_INT(m.years[0].missing, 30000007);
	EQ_INT(m.years[0].surplus, 2);
	EQ_INT(m.years[0].cost, m.years[0].sources + m.years[0].missing - m.years[0].surplus);
	EQ_INT(m.years[1].cost, BLANK);
	EQ_INT(m.total.cost, 60000008);
	MUST(workflow_do(&c, &card_machine, y, "stop", &(WorkInput){.reason = S("chybí pracovníci")}));
	MUST(cards_of(&c, plan_now(&c), CARDS_ALL, &all));
	MUST(cards_money(&c, plan_now(&c), &all, &m));
	EQ_INT(m.years[0].cost, 10000001);
	ctx_end(&c);
}

TEST("card: it is approved with the plan only, waits for what it depends on, and is done when an indicator was measured") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   x = added(&c, measure, "A01-01"), y = added(&c, measure, "A01-02");
	MUST(relate(&c, x, RELATION_DEPENDS, y));
	REFUSED(workflow_do(&c, &card_machine, x, "approve", NULL), ERR_INVALID, "neschválilo zastupitelstvo");
	EQ_INT(workflow_do(&c, &card_machine, x, "stop", NULL), ERR_INVALID);
	c.problems.len = 0;
	MUST(workflow_system(&c, &card_machine, x, "approve_with_plan", S("usnesení")));
	MUST(workflow_system(&c, &card_machine, y, "approve_with_plan", S("usnesení")));
	REFUSED(workflow_do(&c, &card_machine, x, "start", NULL), ERR_INVALID, "ještě neběží");
	MUST(workflow_do(&c, &card_machine, y, "start", NULL));
	MUST(workflow_do(&c, &card_machine, x, "start", NULL));
	REFUSED(workflow_do(&c, &card_machine, x, "finish", NULL), ERR_INVALID, "nemá naměřenou hodnotu");
	CardIndicator i = {.card = x, .name = S("Klienti večer"), .unit = S("osoby"), .baseline = 10, .target = 30};
	MUST(entity_insert(&c, &card_indicator_entity, &i));
	CardMonitoring other = {.card = y, .indicator = i.head.id, .day = c.today, .value = 15, .text = S("x")};
	REFUSED(entity_insert(&c, &card_monitoring_entity, &other), ERR_INVALID, "patří jiné kartě");
	MUST(entity_insert(&c, &card_monitoring_entity, &(CardMonitoring){.card = x, .indicator = i.head.id, .day = c.today, .value = 15, .text = S("Služba začala.")}));
	MUST(workflow_do(&c, &card_machine, x, "finish", NULL));
	IndicatorStates s;
	MUST(card_indicators(&c, x, &s));
	EQ_INT(s.at[0].progress, 2500);
	EQ_INT(card_progress(&s), 2500);
	ctx_end(&c);
}

TEST("card: progress is the way gone from the baseline to the target, less may be better, and it never leaves 0 to 100 %") {
	EQ_INT(indicator_progress(0, 3, 1), 3333);
	EQ_INT(indicator_progress(100, 50, 75), 5000);
	EQ_INT(indicator_progress(10, 20, 5), 0);
	EQ_INT(indicator_progress(10, 20, 25), 10000);
	EQ_INT(indicator_progress(5, 5, 5), 10000);
	EQ_INT(indicator_progress(5, 5, 6), 0);
	EQ_INT(card_progress(&(IndicatorStates){0}), BLANK);
}

/* "10 000,01 Kč" of the cell of a Markdown table that begins with `name`, as it stands. */
static Str cell_of(const Table *t, const char *name, size_t column) {
	for (size_t i = 0; i < t->rows; i++)
		if (str_eq(t->at[i * t->columns], str_c(name)))
			return t->at[i * t->columns + column];
	test_fail(__FILE__, __LINE__, "no row %s", name);
	return (Str){0};
}

static Str body(App *app, const char *target) {
	Browser b = {.app = app};
	Answer  a = web_get(&b, target);
	EQ_INT(a.status, 200);
	return a.body;
}

static i64 halere(Str typed) {
	Money       m;
	const char *why;
	EXPECT(read_money(typed, &m, &why));
	return m.halere;
}

TEST("card: sums of cards, totals of the annex and totals of the JSON are the same for every year and source") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	static const char *const codes[] = {"S1", "S2", "S4", "S8"};
	i64  cost_of[3] = {0}, by_source[3][4] = {{0}};
	for (int n = 0; n < 30; n++) {
		Id card = added(&c, measure, str_z(t_arena, str_format(t_arena, "A%02d-%02d", n / 10, n % 10 + 10)));
		for (int y = 0; y < 3; y++) {
			i64 operating = 1234567 + n * 98765 + y * 4321;
			cost(&c, card, 2027 + y, operating, n % 4 ? BLANK : 777 + n);
			cost_of[y] += operating + (n % 4 ? 0 : 777 + n);
			for (size_t s = 0; s < LEN(codes); s++)
				if ((n + y + (int)s) % 3) {
					i64 amount = 111111 + n * 333 + y * 7 + (i64)s;
					source(&c, card, 2027 + y, codes[s], amount);
					by_source[y][s] += amount;
				}
		}
		MUST(workflow_system(&c, &card_machine, card, "approve_with_plan", S("usnesení")));
	}
	const LiveItem *item = NULL, *at;
	for (size_t i = 0; (at = plan_live_at(i)); i++)
		if (strcmp(at->name, "financovani-karet") == 0)
			item = at;
	EXPECT(item != NULL);
	Table annex;
	Str   number, from;
	MUST(item->value(&c, &number, &annex, &from));
	static const char *const names[] = {"stát přes kraj (MPSV)", "kraj z rozpočtu", "obce", "ESF a OPZ+"};
	ctx_end(&c);
	Str json = body(app, "/plan/2027-2029/financovani.json");
	for (int y = 0; y < 3; y++) {
		EQ_INT(halere(cell_of(&annex, "Náklady celkem", (size_t)y + 1)), cost_of[y]);
		Str said = str_format(t_arena, "{\"rok\":%d,\"kod\":\"naklady\",\"polozka\":\"Náklady celkem\",\"castka\":\"%lld.%02d\"}", 2027 + y, (long long)(cost_of[y] / 100), (int)(cost_of[y] % 100));
		EXPECT(str_has(json, said));
		for (size_t s = 0; s < LEN(codes); s++) {
			EQ_INT(halere(cell_of(&annex, names[s], (size_t)y + 1)), by_source[y][s]);
			said = str_format(t_arena, "{\"rok\":%d,\"kod\":\"%s\",\"polozka\":\"%s\",\"castka\":\"%lld.%02d\"}", 2027 + y, codes[s], names[s],
			                  (long long)(by_source[y][s] / 100), (int)(by_source[y][s] % 100));
			EXPECT(str_has(json, said));
		}
	}
}

TEST("card: the drawing in time has a bar for every card, however many there are") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	for (int n = 0; n < 120; n++)
		MUST(workflow_system(&c, &card_machine, added(&c, measure, str_z(t_arena, str_format(t_arena, "A%02d-%02d", n / 10, n % 10 + 10))), "approve_with_plan", S("usnesení")));
	ctx_end(&c);
	Str page = body(app, "/plan/2027-2029/karty");
	size_t bars = 0;
	for (i64 at; (at = str_find(page, S("<rect class=\"c"))) >= 0; page = str_from(page, (size_t)at + 1))
		bars++;
	EQ_INT(bars, 240);                       /* once for wide and once for narrow screens */
}

TEST("card: the grid of years writes what differs, an emptied amount is taken away, a zero stays") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   x = added(&c, measure, "A01-01");
	ActivityCard *k;
	CardGrid      g;
	source(&c, x, 2027, "S1", 500);
	source(&c, x, 2028, "S1", 700);
	MUST(card_stored(&c, x, &k));
	MUST(card_grid_read(&c, k, &g));
	EQ_INT(g.years[0].by_source[0].halere, 500);
	EQ_INT(g.years[0].operating.halere, BLANK);
	g.years[0].by_source[0] = (Money){BLANK};
	g.years[1].by_source[1] = (Money){0};
	g.years[2].operating = (Money){12345};
	MUST(card_grid_save(&c, x, &g));
	CardSources s;
	CardYears   y;
	MUST(card_sources(&c, x, &s));
	MUST(card_years(&c, x, &y));
	EQ_INT(s.len, 2);
	EQ_TEXT(s.at[0]->source, "S1");
	EQ_INT(s.at[0]->year, 2028);
	EQ_TEXT(s.at[1]->source, "S2");
	EQ_INT(s.at[1]->amount.halere, 0);
	EQ_INT(y.len, 1);
	MUST(card_grid_read(&c, k, &g));
	MUST(card_grid_save(&c, x, &g));
	CardSources again;
	MUST(card_sources(&c, x, &again));
	EQ_INT(again.at[1]->head.version, s.at[1]->head.version);
	ctx_end(&c);
}

TEST("card: strategy, cards, years and sources as XLSX come back without a change") {
	static const Entity *const all[] = {&strategy_entity, &card_entity, &card_territory_entity, &card_relation_entity, &card_year_entity, &card_source_entity,
	                                    &card_indicator_entity};
	App *app = test_app_demo();
	Ctx  c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	for (size_t i = 0; i < LEN(all); i++) {
		CLEANUP(buf_free) Buf out = {0};
		ImportPreview p;
		MUST(exchange_export(&c, all[i], &(ListQuery){.limit = -1}, FORMAT_XLSX, &out));
		Err e = exchange_preview(&c, all[i], S("karty.xlsx"), buf_view(&out), -1, &p);
		if (e != OK)
			test_fail(__FILE__, __LINE__, "%s: %.*s", all[i]->name, STR_ARG(first_problem(&c)));
		if (p.added || p.changed || p.errors)
			test_fail(__FILE__, __LINE__, "%s: %d new, %d changed, %d wrong", all[i]->name, (int)p.added, (int)p.changed, (int)p.errors);
		EXPECT(p.same > 0);
	}
	ctx_end(&c);
}

TEST("card: needs and threads find it as a record by its code and title") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Record found;
	Id   x = added(&c, measure, "A01-01");
	MUST(record_find(&c, S("activity_card"), x, &found));
	EQ_TEXT(found.title, "A01-01 Pečovatelská služba večer");
	EQ_INT(record_find(&c, S("activity_card"), x + 1000, &found), ERR_NOT_FOUND);
	c.problems.len = 0;
	ctx_end(&c);
}

TEST("card: it has any number of implementers, each a provider of the register or another organisation, and each once") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   x = added(&c, measure, "A01-01");
	Implementers  all;
	ActivityCard *k;
	Organisation  town = {.kind = S("municipality"), .name = S("Město Frýdlant"), .ref = BLANK}, region = {.kind = S("region"), .name = S("Kraj"), .ref = BLANK};
	MUST(entity_insert(&c, &organisation_entity, &town));
	MUST(entity_insert(&c, &organisation_entity, &region));
	MUST(card_stored(&c, x, &k));
	MUST(card_implementers(&c, k, &all));
	EQ_INT(all.len, 0);
	REFUSED(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = x, .provider = BLANK, .organisation = BLANK}), ERR_INVALID, "jedno z toho");
	MUST(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = x, .provider = BLANK, .organisation = town.head.id, .role = S("partner")}));
	MUST(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = x, .provider = BLANK, .organisation = region.head.id}));
	REFUSED(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = x, .provider = BLANK, .organisation = town.head.id}), ERR_INVALID, "karta ho už má");
	MUST(card_implementers(&c, k, &all));
	EQ_TEXT(implementers_text(t_arena, &all), "Město Frýdlant (partner), Kraj");
	MUST(workflow_system(&c, &card_machine, x, "approve_with_plan", S("usnesení")));
	MUST(workflow_system(&c, &card_machine, added(&c, measure, "A01-02"), "approve_with_plan", S("usnesení")));
	Str key = all.at[0].key;
	ctx_end(&c);
	Str page = body(app, str_z(t_arena, str_format(t_arena, "/plan/2027-2029/karty?realizator=%.*s", STR_ARG(key))));
	EXPECT(str_has(page, S("1 karta")) || str_has(page, S("1\xC2\xA0karta")));
	EXPECT(str_has(body(app, "/plan/2027-2029/karty/A01-01"), S("Město Frýdlant (partner), Kraj")));
}

TEST("card: working groups of a measure are those of everything above it, each once; its card and the page of progress name them") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Strategy tree;
	MUST(codelist_seed(&c, "code_lists/register.csv"));
	added(&c, measure, "A01-01");
	MUST(strategy_of(&c, plan_now(&c)->head.id, &tree));
	static const char *const groups[][2] = {{"1", "2"}, {NULL}, {"2", "3"}};
	for (size_t i = 0; i < tree.len; i++) {
		for (size_t k = 0; k < LEN(groups[i]) && groups[i][k]; k++)
			strs_add(t_arena, &tree.at[i]->working_groups, str_c(groups[i][k]));
		MUST(entity_update(&c, &strategy_entity, tree.at[i]));
	}
	Strs all = strategy_groups(t_arena, &tree, measure);
	EQ_TEXT(str_join(t_arena, S(" "), all), "2 3 1");
	strs_add(t_arena, &tree.at[0]->working_groups, S("99"));
	EXPECT(entity_update(&c, &strategy_entity, tree.at[0]) != OK);      /* no such group */
	c.problems.len = 0;
	MUST(workflow_system(&c, &card_machine, given_card(&c, a_card(&c, measure, "A01-02")), "approve_with_plan", S("usnesení")));
	ctx_end(&c);
	EXPECT(str_has(body(app, "/plan/2027-2029/karty/A01-02"), S("Osoby se zdravotním postižením, Rodina a děti, Senioři")));
	EXPECT(str_has(body(app, "/plan/2027-2029/plneni"), S("Pracovní skupiny: Senioři, Osoby se zdravotním postižením")));
}

TEST("card: an item of the strategy is judged by indicators of cards below it only, each once, and its progress is then their mean") {
	App *app;
	Id   measure;
	Ctx  c = given(&app, &measure);
	Id   plan = plan_now(&c)->head.id, x = added(&c, measure, "A01-01"), y = added(&c, measure, "A01-02");
	Strategy tree;
	StrategyIndicators judged;
	MUST(strategy_of(&c, plan, &tree));
	CardIndicator of_x = {.card = x, .name = S("Lidé"), .unit = S("lidé"), .baseline = 0, .target = 100};
	CardIndicator of_y = {.card = y, .name = S("Hodiny"), .unit = S("h"), .baseline = 0, .target = 10};
	MUST(entity_insert(&c, &card_indicator_entity, &of_x));
	MUST(entity_insert(&c, &card_indicator_entity, &of_y));
	MUST(entity_insert(&c, &strategy_indicator_entity, &(StrategyIndicator){.item = tree.at[0]->head.id, .indicator = of_x.head.id}));
	EXPECT(entity_insert(&c, &strategy_indicator_entity, &(StrategyIndicator){.item = tree.at[0]->head.id, .indicator = of_x.head.id}) != OK);
	c.problems.len = 0;
	StrategyItem *other = entity_new(t_arena, &strategy_entity);
	*other = (StrategyItem){.plan = plan, .level = S(STRATEGY_PRIORITY), .code = S("2"), .title = S("Jinde"), .parent = BLANK, .place = BLANK};
	MUST(entity_insert(&c, &strategy_entity, other));
	REFUSED(entity_insert(&c, &strategy_indicator_entity, &(StrategyIndicator){.item = other->head.id, .indicator = of_x.head.id}), ERR_INVALID, "karta A01-01 pod položku 2 nepatří");
	MUST(strategy_indicators(&c, plan, &judged));
	EQ_INT(judged.len, 1);
	MUST(entity_insert(&c, &card_monitoring_entity, &(CardMonitoring){.card = x, .indicator = of_x.head.id, .day = c.today, .value = 80, .text = S("Roste.")}));
	MUST(workflow_system(&c, &card_machine, x, "approve_with_plan", S("usnesení")));
	MUST(workflow_system(&c, &card_machine, y, "approve_with_plan", S("usnesení")));
	ctx_end(&c);
	Str page = body(app, "/plan/2027-2029/plneni.csv");
	EXPECT(str_has(page, S("1;Doma co nejdéle;\"80,0\u00a0%\"")));                   /* by its indicator */
	EXPECT(str_has(page, S("1.1;Doma co nejdéle;\"40,0\u00a0%\"")));                 /* the mean of both cards */
	EXPECT(str_has(page, S("Ukazatel: Lidé (karta A01-01);\"80,0\u00a0%\"")));
}
