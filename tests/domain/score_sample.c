/* score_sample: rules over every application of the sample: rehearsed, reckoned a second time from the leaves alone, and what is kept computed again. */
#include "domain/network/score.h"
#include "domain/rulebook/calculation.h"
#include "tests/support/reckon.h"
#include "tests/support/web.h"
#include "tests/test.h"

typedef struct Sample {
	Ctx       c;
	RuleSet  *set;
	RuleCases all;
} Sample;

static Sample given_sample(void) {
	Sample       s = {.c = ctx_make(t_arena, test_app_demo()->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600))};
	RuleVersion *v;
	RuleFaults   faults = {0};
	MUST(application_cases[0].list(&s.c, (Str){0}, BLANK, -1, &s.all));
	EXPECT(s.all.len >= 6);
	MUST(rule_version_in_force(&s.c, S("vychozi-1"), s.c.today, &v));
	MUST(rule_version_open(&s.c, v, &s.set, &faults));
	return s;
}

TEST("6.3: over all applications of the sample the same set flips nothing") {
	Sample         s = given_sample();
	Rehearsal      result;
	RehearsalCase *cases = NEW_ARRAY(t_arena, RehearsalCase, s.all.len);
	for (size_t i = 0; i < s.all.len; i++) {
		cases[i] = (RehearsalCase){.title = s.all.at[i].label, .day = s.all.at[i].day};
		MUST(application_cases[0].cells(&s.c, s.all.at[i].id, &cases[i].cells, &cases[i].arg));
	}
	rehearse(t_arena, s.set, s.set, cases, s.all.len, &result);
	EQ_INT(result.len, 0);
	EXPECT(result.compared > s.all.len * 13);
	ctx_end(&s.c);
}

TEST("6.3: over all applications of the sample every rule is what an independent reckoning of its tree gives") {
	Sample s = given_sample();
	size_t known = 0;
	for (size_t i = 0; i < s.all.len; i++) {
		RuleCells cells;
		void     *arg;
		MUST(application_cases[0].cells(&s.c, s.all.at[i].id, &cells, &arg));
		RuleRun *run = rule_run(t_arena, s.set, s.all.at[i].day, cells, arg);
		for (size_t k = 0; k < rule_set_count(s.set); k++) {
			const RuleName *n = rule_set_at(s.set, k);
			if (n->kind != RULE_RULE)
				continue;
			const RuleNode *node = rule_eval(run, n->name);
			known += node->value.state == RULE_KNOWN;
			if (!reckon_agrees(node))
				test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(s.all.at[i].label), STR_ARG(n->name));
		}
	}
	EXPECT(known > s.all.len * 13);
	ctx_end(&s.c);
}

TEST("6.3: every computation that the sample keeps comes out again, by its rules and by an independent reckoning of its tree") {
	Sample s = given_sample();
	size_t count = 0, totals = 0;
	for (size_t i = 0; i < s.all.len; i++) {
		Calculations kept;
		MUST(calculations_of(&s.c, APPLICATION_CASES, s.all.at[i].id, (Str){0}, &kept));
		for (size_t k = 0; k < kept.len; k++) {
			bool     agrees;
			Str      why = {0};
			RuleTree tree;
			MUST(calculation_again(&s.c, &kept.at[k], &agrees, &why));
			if (!agrees)
				test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(s.all.at[i].label), STR_ARG(why));
			EXPECT(rule_tree_read(t_arena, kept.at[k].tree, &tree, &why));
			EXPECT(reckon_agrees(tree.root));
			totals += str_eq(kept.at[k].rule, rule_key(t_arena, S(SCORE_RULE_TOTAL))) || str_eq(kept.at[k].rule, S(SCORE_RULE_TOTAL));
			count++;
		}
	}
	EXPECT(count >= 10);
	EXPECT(totals >= 5);
	ctx_end(&s.c);
}
