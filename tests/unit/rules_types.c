/* The table of types of docs/rules.md, whole: every pair of types under every operator gives this type or is refused. */
#include "core/rules_inside.h"
#include "tests/test.h"

#define TYPE_COUNT 8
static const RuleType types[TYPE_COUNT] = {RULE_NUMBER, RULE_PERCENT, RULE_MONEY, RULE_FTE, RULE_MONEY_PER_FTE, RULE_DATE, RULE_TEXT, RULE_YES_NO};
static const char letters[] = "npkumdtb";                  /* číslo, procenta, Kč, úvazky, Kč na úvazek, datum, text, ano/ne; . = refused */

static const struct { const char *sign, *rows[TYPE_COUNT]; } table[] = {
	/*       n           p           k           u           m           d           t           b on the right */
	{"+", {"n....d..", ".p......", "..k.....", "...u....", "....m...", "d.......", "........", "........"}},
	{"-", {"n.......", ".p......", "..k.....", "...u....", "....m...", "d....n..", "........", "........"}},
	{"*", {"nnkum...", "npkum...", "kk......", "uu..k...", "mm.k....", "........", "........", "........"}},
	{"/", {"nn......", "pn......", "kknmu...", "uu.n....", "mm..n...", "........", "........", "........"}},
	{"=", {"bb......", "bb......", "..b.....", "...b....", "....b...", ".....b..", "......b.", ".......b"}},
	{"<>", {"bb......", "bb......", "..b.....", "...b....", "....b...", ".....b..", "......b.", ".......b"}},
	{"<", {"bb......", "bb......", "..b.....", "...b....", "....b...", ".....b..", "........", "........"}},
	{">=", {"bb......", "bb......", "..b.....", "...b....", "....b...", ".....b..", "........", "........"}},
	{"a", {"........", "........", "........", "........", "........", "........", "........", ".......b"}},
	{"nebo", {"........", "........", "........", "........", "........", "........", "........", ".......b"}},
};

static char type_letter(const RuleSet *set) {
	RuleType type = set ? rule_set_find(set, S("vzorec"))->type : RULE_ANY;
	for (size_t i = 0; i < TYPE_COUNT && set; i++)
		if (types[i] == type)
			return letters[i];
	return set ? '?' : '.';
}

TEST("rules: the table of types holds for every pair of types and every operator; a count behaves as a number") {
	for (size_t op = 0; op < LEN(table); op++)
		for (size_t i = 0; i < TYPE_COUNT; i++)
			for (size_t j = 0; j < TYPE_COUNT; j++)
				for (int counts = 0; counts < 2; counts++) {
					RuleName   inputs[] = {{.name = S("x"), .type = types[i]}, {.name = S("y"), .type = types[j]}};
					RuleFaults faults = {0};
					for (size_t k = 0; k < 2 && counts; k++)
						inputs[k].type = inputs[k].type == RULE_NUMBER ? RULE_COUNT : inputs[k].type;
					Str     formula = str_format(t_arena, "x %s y", table[op].sign);
					RuleSet *set = rule_formula_read(t_arena, inputs, LEN(inputs), formula, RULE_ANY, &faults);
					if (type_letter(set) != table[op].rows[i][j])
						test_fail(__FILE__, __LINE__, "%c %s %c gives %c", letters[i], table[op].sign, letters[j], type_letter(set));
				}
}
