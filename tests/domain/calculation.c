/* calculation: cases that subjects offer to rule sets, and computations that are kept with their whole tree. */
#include "domain/rulebook/calculation.h"

#include "core/access.h"
#include "core/codelist.h"
#include "tests/domain/rulebook_given.h"
#include "tests/support/reckon.h"

static Book given_values(void) {
	Book b = given_book();
	Ctx  c = at_time(&b.k, &actor_program, D(2027, 2, 10), 8, 40, 0);
	MUST(codelist_seed(&c, "code_lists/register.csv"));
	MUST(codelist_seed(&c, "code_lists/needs.csv"));
	MUST(reference_values_seed(&c));
	ctx_end(&c);
	return b;
}

static RuleCases values(Ctx *c, const char *words, i64 year) {
	RuleCases list;
	MUST(rule_case_kind(S("reference_value"))->list(c, str_c(words), year, -1, &list));
	return list;
}

static const RuleNode *computed(Ctx *c, const RuleVersion *v, Id value, const char *rule, RuleRun **run) {
	RuleCase  one;
	RuleCells cells;
	void     *arg;
	MUST(rule_case_find(c, S("reference_value"), value, &one));
	MUST(rule_case_kind(S("reference_value"))->cells(c, value, &cells, &arg));
	*run = rule_run(c->arena, set_of(c, v), one.day, cells, arg);
	return rule_eval(*run, str_c(rule));
}

static Id kept(Ctx *c, Book *b, Id value, const char *rule) {
	RuleRun     *run;
	RuleVersion *v = version_of(c, b->shipped);
	const RuleNode *n = computed(c, v, value, rule, &run);
	Id           id;
	MUST(calculation_keep(c, &(NewCalculation){.owner_kind = "reference_value", .owner = value, .version = v}, run, n, &id));
	return id;
}

TEST("rule case: records of a subject are found by words, whatever their diacritics, and by year; nobody finds what their role does not show") {
	Book      b = given_values();
	Ctx       c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleCases all = values(&c, "", BLANK), some = values(&c, "PECOVATELSKA uvazek", 2026);
	RuleCase  one;
	EXPECT(all.len > 30);
	EQ_INT(some.len, 1);
	EXPECT(str_has(some.at[0].label, S("2026")) && date_eq(some.at[0].day, D(2026, 1, 1)));
	EQ_INT(values(&c, "nic takového", BLANK).len, 0);
	RuleCases few;
	MUST(rule_case_kind(S("reference_value"))->list(&c, (Str){0}, BLANK, 3, &few));
	EQ_INT(few.len, 3);
	EQ_INT(rule_case_find(&c, S("neznámé"), 1, &one), ERR_NOT_FOUND);
	EQ_INT(rule_case_find(&c, S("reference_value"), 999999, &one), ERR_NOT_FOUND);
	EXPECT(rule_case_kind(S("neznámé")) == NULL);
	ctx_end(&c);
	c = at_time(&b.k, &actor_public, D(2027, 2, 10), 9, 0, 0);
	EXPECT(rule_case_find(&c, S("reference_value"), some.at[0].id, &one) != OK);
	EXPECT(rule_case_kind(S("reference_value"))->list(&c, (Str){0}, BLANK, -1, &all) != OK || all.len == 0);
	ctx_end(&c);
}

TEST("calculation: a kept tree is the same computation for ever; it is kept once, and computing something else keeps another one") {
	Book        b = given_values();
	Ctx         c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	Id          value = values(&c, "pečovatelská", 2026).at[0].id, other;
	Id          id = kept(&c, &b, value, "vyrovnávací_platba");
	Calculation k;
	Calculations all;
	bool        agrees;
	Str         why;
	RuleTree    t;
	EQ_INT(kept(&c, &b, value, "vyrovnávací_platba"), id);
	MUST(calculation_get(&c, id, &k));
	EQ_TEXT(k.result, "735\u00a0000\u00a0Kč");
	EQ_TEXT(k.title, "Vyrovnávací platba podle jednotek");
	EQ_INT(k.version, b.shipped);
	EXPECT(rule_tree_read(t_arena, k.tree, &t, &why));
	EXPECT(reckon_agrees(t.root));
	MUST(calculation_again(&c, &k, &agrees, &why));
	EXPECT(agrees && str_empty(why));

	void *row;
	MUST(store_get(&c, &reference_value_entity, TODAY, value, &row));
	((ReferenceValue *)row)->cost = czk(999000);
	MUST(entity_update(&c, &reference_value_entity, row));
	MUST(calculation_get(&c, id, &k));
	MUST(calculation_again(&c, &k, &agrees, &why));      /* by what it was computed from, not by what the record says today */
	EXPECT(agrees);
	other = kept(&c, &b, value, "vyrovnávací_platba");
	EXPECT(other != id);
	MUST(calculations_of(&c, "reference_value", value, S("vyrovnávací_platba"), &all));
	EQ_INT(all.len, 2);
	EQ_INT(all.at[0].id, other);
	MUST(calculations_of(&c, "reference_value", value, S("A1"), &all));
	EQ_INT(all.len, 0);
	ctx_end(&c);
}

TEST("calculation: every rule of the shipped set over every reference value comes out again from its kept tree, failures too") {
	Book      b = given_values();
	Ctx       c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleCases all = values(&c, "", BLANK);
	RuleSet  *set = set_of(&c, version_of(&c, b.shipped));
	size_t    trees = 0;
	for (size_t i = 0; i < all.len; i += 7)
		for (size_t k = 0; k < rule_set_count(set); k++) {
			const RuleName *rule = rule_set_at(set, k);
			Calculation     x;
			bool            agrees;
			Str             why;
			RuleTree        t;
			if (rule->kind != RULE_RULE)
				continue;
			MUST(calculation_get(&c, kept(&c, &b, all.at[i].id, str_z(t_arena, rule->name)), &x));
			MUST(calculation_again(&c, &x, &agrees, &why));
			EXPECT(rule_tree_read(t_arena, x.tree, &t, &why));
			if (!agrees || !reckon_agrees(t.root))
				test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(rule->name), STR_ARG(why));
			trees++;
		}
	EXPECT(trees > 100);
	ctx_end(&c);
}

TEST("calculation: who may not see the record may not see what was computed for it") {
	Book        b = given_values();
	Ctx         c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	Id          id = kept(&c, &b, values(&c, "pečovatelská", 2026).at[0].id, "vyrovnávací_platba");
	Calculation k;
	MUST(calculation_get(&c, id, &k));
	ctx_end(&c);
	c = at_time(&b.k, &actor_public, D(2027, 2, 10), 9, 0, 0);
	EXPECT(calculation_get(&c, id, &k) != OK);
	EQ_INT(calculation_get(&c, 999999, &k), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("calculation: a tree that somebody changed in the database is told by its page and by doctor") {
	Book        b = given_values();
	Ctx         c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	Id          id = kept(&c, &b, values(&c, "pečovatelská", 2026).at[0].id, "vyrovnávací_platba");
	Calculation k;
	bool        fine;
	Str         detail;
	MUST(check_calculations(&c, &fine, &detail));
	EXPECT(fine && str_has(detail, S("1")));
	MUST(calculation_get(&c, id, &k));
	k.tree = str_replace(t_arena, k.tree, S("980000"), S("990000"));
	MUST(calculation_again(&c, &k, &fine, &detail));
	EXPECT(!fine && str_has(detail, S("otisku")));
	ctx_end(&c);

	static const Sql forge = {.name = "forge", .text = "UPDATE calculation SET tree = REPLACE(tree, '980000', '990000') WHERE id = $1"};
	c = at_time(&b.k, &actor_program, D(2027, 2, 10), 10, 0, 0);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	EQ_INT(db_run(c.conn, &forge, P(V(id)), NULL), OK);
	MUST(tx_commit(&tx));
	MUST(check_calculations(&c, &fine, &detail));
	EXPECT(!fine && str_has(detail, S("neodpovídá svému otisku")));
	ctx_end(&c);
}
