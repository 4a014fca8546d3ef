/* score: points by the rule set of the call: what is computed and from where, what people give instead, the level, the order (F27) and the money (F18, F19). */
#include "domain/network/score_order.h"
#include "domain/rulebook/calculation.h"
#include "tests/domain/call_given.h"

static ScoreRules *rules_of(Calling *g, Ctx *c) {
	Call       *k;
	ScoreRules *rules;
	MUST(call_stored(c, g->call, &k));
	MUST(score_rules(c, k, &rules));
	return rules;
}

static CaseCell *cell_of(CaseCells *all, const char *name) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].key, rule_key(t_arena, str_c(name))))
			return &all->at[i];
	test_fail(__FILE__, __LINE__, "no input %s", name);
}

static Str shown(RuleValue v) { return str_replace(t_arena, rule_value_show(t_arena, v), S("\u00a0"), S(" ")); }

TEST("§ 9.4: the criteria, their maxima and the parameters are those of the set that the call was announced with") {
	Calling     g = given_call();
	Call       *k;
	Ctx         c = when(&g, g.officer, D(2027, 1, 12), 9, 0, 0);
	ScoreRules *rules = rules_of(&g, &c);
	EQ_INT(rules->len, 13);
	EQ_INT(rules->max, 100);
	EQ_INT(rules->reviewers, 2);
	EQ_INT(rules->spread.basis_points, 2000);
	EXPECT(!rules->skips);
	EQ_TEXT(rules->at[0].code, "A1");
	EQ_INT(rules->at[0].max, 10);
	EQ_TEXT(rules->at[12].code, "E2");
	MUST(call_stored(&c, g.call, &k));
	EQ_INT(k->rules, rules->version->head.id);
	ctx_end(&c);
}

TEST("G14: a newer version of the rules changes nothing for a call that was announced before") {
	Calling      g = given_call();
	RuleVersion *v;
	Ctx          c = when(&g, &actor_program, D(2027, 1, 12), 9, 0, 0);
	Id           before = rules_of(&g, &c)->version->head.id;
	MUST(rule_version_copy(&c, before, &v));
	v->source = str_replace(t_arena, v->source, S("název: Body pro úroveň Z1\ntyp: číslo\nhodnota: 70"), S("název: Body pro úroveň Z1\ntyp: číslo\nhodnota: 90"));
	MUST(rule_version_save(&c, v));
	MUST(workflow_do(&c, &rule_set_machine, v->head.id, "check", NULL));
	MUST(workflow_do(&c, &rule_set_machine, v->head.id, "publish", &(WorkInput){.reason = S("Zkouška.")}));
	EQ_INT(rules_of(&g, &c)->version->head.id, before);
	ctx_end(&c);
}

TEST("call: without a published set for points it is not announced, and says what to do") {
	Calling      g = given_call();
	Call        *k;
	RuleVersion *v;
	Ctx          c = when(&g, &actor_program, D(2027, 1, 12), 9, 0, 0);
	MUST(rule_version_copy(&c, rules_of(&g, &c)->version->head.id, &v));
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->announced_at = (Instant){0};
	made->rules = v->head.id;
	MUST(call_add(&c, made, &(CallTargets){0}));
	REFUSED_TELLING(workflow_do(&c, &call_machine, made->head.id, "announce", NULL), ERR_INVALID, "není zveřejněná");
	ctx_end(&c);
}

TEST("score: inputs say where they stand; what nobody filled in is blank, and the criterion names the cell instead of giving a number") {
	Calling   g = given_call();
	CaseCells all;
	ScoreRun  run;
	i64       points;
	Str       how;
	stated(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	MUST(score_cells(&c, NULL, the_application(&c, g.application), &all));
	EQ_STR(shown(cell_of(&all, "podíl_kladných_vyjádření")->value), S("100 %"));
	EQ_STR(shown(cell_of(&all, "plánované_náklady")->value), S("1 200 000 Kč"));
	EQ_STR(shown(cell_of(&all, "stav_potřeby")->value), S("není"));
	EQ_STR(shown(cell_of(&all, "pořadí_potřeby")->value), S("nevztahuje se"));
	EQ_STR(shown(cell_of(&all, "referenční_náklad")->value), S("980 000 Kč"));
	EXPECT(str_has(cell_of(&all, "úvazky_přímé_péče")->source, S("část Personál")));
	EQ_INT(cell_of(&all, "kontrola_kvality")->value.state, RULE_BLANK);
	ScoreRules *rules = rules_of(&g, &c);
	MUST(score_run(&c, rules, NULL, the_application(&c, g.application), &run));
	EXPECT(!score_criterion(t_arena, &run, &rules->at[12], &points, &how));
	EXPECT(str_has(how, S("posuďte je sami")) && str_has(how, S("Výsledek inspekce kvality: nevyplněno")) && str_has(how, S("Ukázka")));
	EXPECT(score_criterion(t_arena, &run, &rules->at[6], &points, &how));
	EQ_INT(points, 10);
	ctx_end(&c);
}

TEST("score: what reviewers go by is kept when statements are closed; a need that is agreed on later changes nothing") {
	Calling   g = given_call();
	CaseCells before, after;
	stated(&g);
	Ctx c = when(&g, &actor_program, D(2027, 4, 2), 9, 0, 0);
	Application *a = the_application(&c, g.application);
	MUST(score_cells(&c, NULL, a, &before));
	ReferenceValue *v;
	MUST(reference_value(&c, S("40"), S("U"), 2028, &v));
	ReferenceValue *changed = entity_copy(t_arena, &reference_value_entity, v);
	changed->cost = czk(1);
	MUST(entity_update(&c, &reference_value_entity, changed));
	MUST(score_cells(&c, NULL, a, &after));
	EQ_INT(before.len, after.len);
	for (size_t i = 0; i < before.len; i++) {
		CaseCell *now = cell_of(&after, str_z(t_arena, before.at[i].key));
		EQ_STR(shown(now->value), shown(before.at[i].value));
		EQ_STR(now->source, before.at[i].source);
	}
	EQ_STR(shown(cell_of(&after, "referenční_náklad")->value), S("980 000 Kč"));
	ctx_end(&c);
}

TEST("§ 12: what an applicant is still filling in is no case of a rule set for anybody, also when it was submitted once; what was never submitted is none after it was given up") {
	Calling      g = given_call();
	RuleCase     one;
	RuleCases    list;
	RuleCells    cells;
	void        *arg;
	Application *a;
	Ctx          c = when(&g, g.k.worker, D(2027, 2, 11), 9, 0, 0);
	MUST(application_start(&c, g.call, S("C"), g.service, (Str){0}, &a));
	Id draft = a->head.id;
	ctx_end(&c);
	submitted(&g);
	c = when(&g, g.officer, D(2027, 2, 12), 10, 0, 0);
	EQ_INT(rule_case_find(&c, S(APPLICATION_CASES), draft, &one), ERR_NOT_FOUND);
	EQ_INT(network_cases[0].cells(&c, draft, &cells, &arg), ERR_NOT_FOUND);
	MUST(rule_case_find(&c, S(APPLICATION_CASES), g.application, &one));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 13), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "withdraw", &(WorkInput){.reason = S("Doplníme úvazky.")}));
	MUST(workflow_do(&c, &application_machine, draft, "give_up", &(WorkInput){.reason = S("Záměr odkládáme.")}));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 13), 10, 0, 0);
	EQ_INT(rule_case_find(&c, S(APPLICATION_CASES), g.application, &one), ERR_NOT_FOUND);
	EQ_INT(network_cases[0].cells(&c, g.application, &cells, &arg), ERR_NOT_FOUND);
	EQ_INT(network_cases[0].cells(&c, draft, &cells, &arg), ERR_NOT_FOUND);
	MUST(network_cases[0].list(&c, (Str){0}, BLANK, -1, &list));
	EQ_INT(list.len, 0);
	ctx_end(&c);
}

TEST("G10: whoever comes to act for the applicant after they began scores no further; nobody gives an exception to themselves") {
	Calling    g = given_call();
	ScoreItems none = {0};
	Id         sheet;
	stated(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	MUST(sheet_assign(&c, g.application, g.reviewers[0], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(&g, g.reviewer[0], D(2027, 4, 3), 9, 0, 0);
	MUST(workflow_do(&c, &sheet_machine, sheet, "begin", NULL));
	MUST(sheet_save(&c, sheet, 0, &none));
	ctx_end(&c);
	c = when(&g, &actor_program, D(2027, 4, 4), 9, 0, 0);
	MUST(account_grant(&c, g.reviewers[0], S("PRV"), SCOPE_PROVIDER, g.k.provider, D(2026, 1, 1), (Date){0}));
	MUST(account_grant(&c, g.head->account, S("HOD"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	MUST(account_grant(&c, g.head->account, S("MUN"), SCOPE_MUNICIPALITY, g.mayor->grants[0].ref, D(2026, 1, 1), (Date){0}));
	ctx_end(&c);
	c = when(&g, g.reviewer[0], D(2027, 4, 4), 10, 0, 0);
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &none), ERR_CONFLICT, "jedná za poskytovatele");
	REFUSED_TELLING(workflow_do(&c, &sheet_machine, sheet, "finish", NULL), ERR_INVALID, "jedná za poskytovatele");
	ctx_end(&c);
	c = when(&g, g.head, D(2027, 4, 4), 11, 0, 0);
	REFUSED_TELLING(sheet_assign(&c, g.application, g.head->account, S("Rozumím tomu nejlépe."), &sheet), ERR_FORBIDDEN, "sami sobě");
	ctx_end(&c);
}

TEST("four eyes: an officer who also acts for the applicant decides nothing about the application") {
	Calling g = given_call();
	Id      sheet;
	submitted(&g);
	Actor both = *g.officer;
	Grant grants[2] = {g.officer->grants[0], {.role = S("PRV"), .scope = SCOPE_PROVIDER, .ref = g.k.provider}};
	both.grants = grants;
	both.grant_count = 2;
	access_prepare(&both);
	Ctx c = when(&g, &both, D(2027, 2, 20), 9, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "pass", NULL), ERR_INVALID, "Jednáte také za poskytovatele");
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "fail", &(WorkInput){.reason = S("Proto.")}), ERR_INVALID, "Jednáte také za poskytovatele");
	REFUSED_TELLING(workflow_do(&c, &submission_machine, g.k.submission, "accept", NULL), ERR_FORBIDDEN, "Jednáte také za poskytovatele");
	REFUSED_TELLING(sheet_assign(&c, g.application, g.reviewers[0], (Str){0}, &sheet), ERR_FORBIDDEN, "Jednáte také za poskytovatele");
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 20), 10, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "pass", NULL));
	ctx_end(&c);
}

static void close_scores(Calling *g) {
	Ctx c = when(g, g->officer, D(2027, 4, 6), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g->application, "score", NULL));
	ctx_end(&c);
}

TEST("§ 9.4: the mean of the reviewers says the level; without a need an application A gets none, and is not proposed for entry but by the head of the department") {
	Calling g = given_call();
	stated(&g);
	scored(&g, 0, 0, 0);
	scored(&g, 1, 0, 0);
	close_scores(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 6), 9, 0, 0);
	Application *a = the_application(&c, g.application);
	EQ_INT(a->points, 9000);
	EQ_TEXT(a->level, "");
	REFUSED_TELLING(application_propose(&c, g.application, 0, S("in"), S("Podle bodů.")), ERR_INVALID, "nebo chybí potřeba");
	ctx_end(&c);
	c = when(&g, g.head, D(2027, 4, 6), 10, 0, 0);
	MUST(application_propose(&c, g.application, 0, S("in"), S("Potřebu doložila krizová situace.")));
	EQ_INT(the_application(&c, g.application)->place, 1);
	ctx_end(&c);
}

/* The reviewers give what makes this total, A1 in full. */
static void totals(Calling *g, int reviewer, i64 total) {
	ScoreItems items;
	Sheet     *s;
	Id         sheet;
	Ctx        c = when(g, g->officer, D(2027, 4, 2), 9, 0, reviewer);
	MUST(sheet_assign(&c, g->application, g->reviewers[reviewer], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(g, g->reviewer[reviewer], D(2027, 4, 3), 9, 0, 0);
	MUST(workflow_do(&c, &sheet_machine, sheet, "begin", NULL));
	MUST(sheet_get(&c, sheet, &s));
	MUST(sheet_items(&c, s, &items));
	for (size_t i = 0; i < items.len; i++) {
		items.at[i].points = total < items.at[i].max ? total : items.at[i].max;
		items.at[i].reason = S("Zdůvodnění hodnotitele.");
		total -= items.at[i].points;
	}
	MUST(sheet_save(&c, sheet, s->head.version, &items));
	MUST(workflow_do(&c, &sheet_machine, sheet, "finish", NULL));
	ctx_end(&c);
}

TEST("§ 9.4: 70 points are Z1, a half less Z2; 55 Z2, a half less nothing for who is not in the network") {
	static const struct { i64 first, second; const char *level; } rows[] = {{70, 70, "Z1"}, {70, 69, "Z2"}, {55, 55, "Z2"}, {55, 54, ""}};
	for (size_t i = 0; i < LEN(rows); i++) {
		Calling g = given_call();
		stated(&g);
		totals(&g, 0, rows[i].first);
		totals(&g, 1, rows[i].second);
		close_scores(&g);
		Ctx c = when(&g, g.officer, D(2027, 4, 7), 9, 0, 0);
		EQ_INT(the_application(&c, g.application)->points, (rows[i].first + rows[i].second) * 50);
		EQ_STR(the_application(&c, g.application)->level, str_c(rows[i].level));
		ctx_end(&c);
	}
}

TEST("score: exactly a fifth apart two are enough; a point more and a third reviewer is wanted") {
	for (i64 apart = 20; apart <= 21; apart++) {
		Calling g = given_call();
		stated(&g);
		totals(&g, 0, 80);
		totals(&g, 1, 80 - apart);
		Ctx c = when(&g, g.officer, D(2027, 4, 6), 9, 0, 0);
		Err e = workflow_do(&c, &application_machine, g.application, "score", NULL);
		if (apart == 20)
			EQ_INT(e, OK);
		else
			REFUSED_TELLING(e, ERR_INVALID, "třetího hodnotitele");
		ctx_end(&c);
	}
}

static void check_kept(Ctx *c, Id application, const char *rule, const char *result) {
	Calculations all;
	bool         agrees;
	Str          why;
	MUST(calculations_of(c, APPLICATION_CASES, application, str_c(rule), &all));
	EQ_INT(all.len, 1);
	EQ_STR(all.at[0].result, str_c(result));
	MUST(calculation_again(c, &all.at[0], &agrees, &why));
	if (!agrees)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
}

TEST("score: the tree of the total is kept with what people gave and why, and comes out again from what is kept") {
	Calling g = given_call();
	stated(&g);
	totals(&g, 0, 70);
	scored(&g, 1, 10, 2);
	close_scores(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 9, 0, 0);
	Calculations all;
	check_kept(&c, g.application, SCORE_RULE_TOTAL, "73");
	check_kept(&c, g.application, SCORE_RULE_LEVEL, "Z1");
	MUST(calculations_of(&c, APPLICATION_CASES, g.application, S(SCORE_RULE_TOTAL), &all));
	EXPECT(str_has(all.at[0].tree, S("Zdůvodnění hodnotitele.")) && str_has(all.at[0].tree, S("1. hodnotitel")));
	EXPECT(!str_has(all.at[0].tree, S("hodnotitel1@example.org")));
	ctx_end(&c);
}

TEST("§ 12: the tree of the points is for the applicant only after the decision, and never for a town or for another provider") {
	Calling  g = given_call();
	RuleCase one;
	stated(&g);
	totals(&g, 0, 70);
	totals(&g, 1, 70);
	close_scores(&g);
	const Actor *outside[] = {g.k.statutory, g.k.worker, g.k.stranger, g.mayor};
	for (size_t i = 0; i < LEN(outside); i++) {
		Ctx c = when(&g, outside[i], D(2027, 4, 7), 9, 0, 0);
		EQ_INT(rule_case_find(&c, S(APPLICATION_CASES), g.application, &one), ERR_NOT_FOUND);
		ctx_end(&c);
	}
	Ctx c = when(&g, g.officer, D(2027, 4, 8), 9, 0, 0);
	MUST(rule_case_find(&c, S(APPLICATION_CASES), g.application, &one));
	MUST(application_propose(&c, g.application, 0, S("in"), S("Podle pořadí.")));
	MUST(workflow_do(&c, &application_machine, g.application, "include", &(WorkInput){.resolution = S("100/27/ZK")}));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 4, 9), 9, 0, 0);
	MUST(rule_case_find(&c, S(APPLICATION_CASES), g.application, &one));
	ctx_end(&c);
	for (size_t i = 2; i < LEN(outside); i++) {
		c = when(&g, outside[i], D(2027, 4, 9), 9, 0, 0);
		EQ_INT(rule_case_find(&c, S(APPLICATION_CASES), g.application, &one), ERR_NOT_FOUND);
		ctx_end(&c);
	}
}

TEST("§ 12: points, level and place are in no export and no search of the applicant or a town before the decision") {
	Calling    g = given_call();
	EntityList list;
	stated(&g);
	totals(&g, 0, 70);
	totals(&g, 1, 70);
	close_scores(&g);
	const Actor *outside[] = {g.k.statutory, g.mayor};
	for (size_t i = 0; i < LEN(outside); i++) {
		Ctx c = when(&g, outside[i], D(2027, 4, 7), 9, 0, 0);
		MUST(entity_list(&c, &application_entity, &(ListQuery){.limit = -1}, &list));
		for (size_t k = 0; k < list.len; k++) {
			const Application *a = list.at[k];
			EXPECT(a->points == BLANK && a->place == BLANK && !a->level.len && !a->ties.len && a->money_needed == BLANK);
		}
		EQ_INT(entity_list(&c, &sheet_entity, &(ListQuery){.limit = -1}, &list), outside[i] == g.mayor ? ERR_FORBIDDEN : OK);
		ctx_end(&c);
	}
}

/* ---- the order ---- */

static Application *one(Id id, i64 points, const char *ties, const char *level) {
	Application *a = entity_new(t_arena, &application_entity);
	a->head.id = id;
	a->points = points;
	a->ties = str_c(ties);
	a->level = str_c(level);
	a->state = S(APPLICATION_SCORED);
	a->money_needed = 0;
	return a;
}

static Ranking ranked(Application **list, const i64 *needs, size_t count, i64 left, bool skips) {
	Ranking r = {.room = {.year = 2028, .known = left != BLANK, .left = left}};
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(t_arena, r.at, r.len, r.cap) = (Placed){.a = list[i], .needs = needs ? needs[i] : 0};
	score_order(t_arena, &r);
	score_hand_out(&r, skips);
	return r;
}

TEST("F27: more points go first, then the rank of the need in the region, then the lower cost, then the earlier number; what is not known stands last") {
	Application *list[] = {one(7, 6000, "2;9/10", "Z2"), one(1, 6000, ";1/2", "Z2"), one(3, 6000, "2;8/10", "Z2"), one(9, 7000, ";", "Z1"), one(4, 6000, "1;2", "Z2"),
	                       one(2, 6000, "2;9/10", "Z2"), one(5, 6000, "2;", "Z2")};
	static const Id want[] = {9, 4, 3, 2, 7, 5, 1};
	Ranking r = ranked(list, NULL, LEN(list), BLANK, false);
	for (size_t i = 0; i < LEN(want); i++) {
		EQ_INT(r.at[i].a->head.id, want[i]);
		EQ_INT(r.at[i].place, i + 1);
	}
}

TEST("F27: a third is not told from a third by rounding: fractions are compared exactly") {
	Application *list[] = {one(1, 6000, "1;333334/1000000", "Z2"), one(2, 6000, "1;1/3", "Z2"), one(3, 6000, "1;333333/1000000", "Z2")};
	Ranking r = ranked(list, NULL, LEN(list), BLANK, false);
	EQ_INT(r.at[0].a->head.id, 3);
	EQ_INT(r.at[1].a->head.id, 2);
	EQ_INT(r.at[2].a->head.id, 1);
}

TEST("F18, F27: money is handed out in the order; the first that does not fit ends it, unless the rules try the next ones") {
	static const i64 needs[] = {40, 50, 30, 10};
	Application *list[] = {one(1, 9000, "", "Z1"), one(2, 8000, "", "Z1"), one(3, 7000, "", "Z1"), one(4, 6000, "", "Z2")};
	Ranking r = ranked(list, needs, LEN(list), 80, false);
	static const char *const stops[] = {"in", "later", "later", "later"}, *const goes_on[] = {"in", "later", "in", "in"};
	for (size_t i = 0; i < LEN(list); i++) {
		EQ_STR(str_c(r.at[i].suggested), str_c(stops[i]));
		EQ_INT(r.at[i].money_ends, i == 1);
	}
	r = ranked(list, needs, LEN(list), 80, true);
	for (size_t i = 0; i < LEN(list); i++)
		EQ_STR(str_c(r.at[i].suggested), str_c(goes_on[i]));
	EQ_INT(r.at[3].left, 0);
	r = ranked(list, needs, LEN(list), 130, false);
	for (size_t i = 0; i < LEN(list); i++)
		EQ_STR(str_c(r.at[i].suggested), S("in"));
}

TEST("F27: who has not enough points takes no money and does not end the order; who is proposed to wait leaves it to others") {
	static const i64 needs[] = {40, 50, 30};
	Application *list[] = {one(1, 9000, "", ""), one(2, 8000, "", "Z1"), one(3, 7000, "", "Z1")};
	list[1]->state = S(APPLICATION_PROPOSED);
	list[1]->proposal = S("later");
	Ranking r = ranked(list, needs, LEN(list), 60, false);
	EQ_STR(str_c(r.at[0].suggested), S("out"));
	EQ_STR(str_c(r.at[2].suggested), S("in"));
	EQ_INT(r.at[2].left, 30);
}

TEST("F19: without an outlook the money is not asked about, and the step says so") {
	Calling   g = given_call();
	WorkSteps steps;
	stated(&g);
	totals(&g, 0, 70);
	totals(&g, 1, 70);
	close_scores(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 8), 9, 0, 0);
	MUST(application_propose(&c, g.application, 0, S("in"), S("Podle pořadí.")));
	MUST(workflow_steps(&c, &application_machine, g.application, &steps));
	EXPECT(str_has(steps.at[steps.len - 1].waived, S("Peníze roku se neověřují")));
	ctx_end(&c);
}

/* ---- the end ---- */

static void scored_well(Calling *g) {
	stated(g);
	totals(g, 0, 70);
	totals(g, 1, 70);
	close_scores(g);
}

static size_t unanswered(Ctx *c, Str *reason) {
	EntityList list;
	MUST(entity_list(c, &unanswered_entity, &(ListQuery){.limit = -1}, &list));
	*reason = list.len ? ((UnansweredNeed *)list.at[0])->reason : (Str){0};
	return list.len;
}

TEST("application: the reason of a refusal is chosen; the letter has it, and the register of needs that stay without an answer gets the one it leads to") {
	static const struct { const char *chosen, *kept, *answer; } rows[] = {{"duplicita", "duplicita", "jina-sluzba"}, {"", "penize", "zdroje"}, {"potreba", "potreba", ""}};
	for (size_t i = 0; i < LEN(rows); i++) {
		Calling g = given_call();
		Str     reason;
		scored_well(&g);
		Ctx c = when(&g, g.officer, D(2027, 4, 8), 9, 0, 0);
		REFUSED_TELLING(application_propose_for(&c, g.application, 0, S("out"), S("nic"), S("Zkouška.")), ERR_INVALID, "ze seznamu");
		MUST(application_propose_for(&c, g.application, 0, S("out"), str_c(rows[i].chosen), S("Zdůvodnění návrhu.")));
		MUST(workflow_do(&c, &application_machine, g.application, "refuse", &(WorkInput){.reason = S("Kapacita v obvodu stačí."), .resolution = S("100/27/ZK")}));
		EQ_STR(the_application(&c, g.application)->refusal_reason, str_c(rows[i].kept));
		EQ_INT(unanswered(&c, &reason), rows[i].answer[0] ? 1 : 0);
		EQ_STR(reason, str_c(rows[i].answer));
		ctx_end(&c);
	}
}

TEST("application: a deferred one has a day to come back to, comes back into the order with its points, and is proposed anew") {
	Calling    g = given_call();
	WorkObject o;
	scored_well(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 8), 9, 0, 0);
	MUST(application_propose(&c, g.application, 0, S("later"), S("Peníze nestačí.")));
	MUST(workflow_do(&c, &application_machine, g.application, "defer", &(WorkInput){.reason = S("Do rozpočtu kraje."), .resolution = S("100/27/ZK")}));
	MUST(workflow_object(&c, &application_machine, g.application, &o));
	EXPECT(o.due.ms > prague_instant(D(2028, 4, 1), 0).ms);
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "resume", NULL), ERR_INVALID, "změnilo");
	MUST(workflow_do(&c, &application_machine, g.application, "resume", &(WorkInput){.reason = S("Rozpočet má peníze.")}));
	Application *a = the_application(&c, g.application);
	EQ_INT(a->points, 7000);
	EQ_TEXT(a->proposal, "");
	MUST(application_propose(&c, g.application, 0, S("in"), S("Peníze stačí.")));
	MUST(workflow_do(&c, &application_machine, g.application, "include", &(WorkInput){.resolution = S("200/27/ZK")}));
	ctx_end(&c);
}
