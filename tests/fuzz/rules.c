/* Any bytes as a rule set, a formula or a kept tree (the first byte chooses): what is read is computed without harm, and its tree is read again as the same. */
#include <stdlib.h>

#include "core/rules_inside.h"

static bool cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	const u8 *seed = arg;
	int choice = (int)(input->key.len + *seed) % 7;
	static const RuleValue items[3] = {{.type = RULE_NUMBER, .state = RULE_KNOWN}, {.type = RULE_NUMBER}, {.type = RULE_NUMBER, .state = RULE_NOT_APPLICABLE}};
	if (choice == 0)
		return false;
	ret->items = (RuleValue *)items;
	ret->item_count = (size_t)choice % 4;
	ret->value = choice == 1 ? rule_blank(input->type) : choice == 2 ? rule_not_applicable(input->type) : input->type == RULE_DATE ? rule_date((Date){700000 + choice}) :
		input->type == RULE_TEXT ? rule_text(S("A")) :
		input->type == RULE_YES_NO ? rule_yes_no(choice & 1) : rule_number(input->type, exact_ratio(a, choice - 4, choice));
	return true;
}

static void judge(const RuleFaults *faults) {
	for (size_t i = 0; i < faults->len; i++) {
		const RuleFault *f = &faults->at[i];
		CHECK(f->id > 0 && f->id < RULE_FAULT_COUNT && f->line > 0 && f->column > 0 && f->length >= 0 && f->text.len > 0 && utf8_valid(f->text));
	}
}

static void circle(Arena *a, const RuleTree *t) {
	CLEANUP(buf_free) Buf once = {0};
	CLEANUP(buf_free) Buf twice = {0};
	RuleTree back;
	Str why;
	rule_tree_write(&once, t);
	CHECK(rule_tree_read(a, buf_view(&once), &back, &why));
	rule_tree_write(&twice, &back);
	CHECK(str_eq(buf_view(&once), buf_view(&twice)));
}

static void evaluate(Arena *a, const RuleSet *set, u8 seed) {
	RuleRun *run = rule_run(a, set, date(2026, 3, 1), cell, &seed);
	for (size_t i = 0; i < rule_set_count(set); i++) {
		const RuleName *n = rule_set_at(set, i);
		if (n->kind != RULE_RULE)
			continue;
		const RuleNode *node = rule_eval(run, n->name);
		CHECK(node->value.state != RULE_FAILED || node->value.text.len > 0);
		rule_value_show(a, node->value);
		RuleTree t = rule_tree(run, node);
		circle(a, &t);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	CLEANUP(arena_free) Arena a = {0};
	if (size == 0)
		return 0;
	Str in = str_dup(&a, str_of((const char *)data + 1, size - 1)), why = {0};
	RuleFaults faults = {0};
	RuleTree tree;
	static const RuleName inputs[] = {
		{.name = STR_CONST("x"), .type = RULE_NUMBER}, {.name = STR_CONST("náklady"), .type = RULE_MONEY}, {.name = STR_CONST("u"), .type = RULE_FTE},
		{.name = STR_CONST("den_d"), .type = RULE_DATE}, {.name = STR_CONST("t"), .type = RULE_TEXT}, {.name = STR_CONST("b"), .type = RULE_YES_NO},
		{.name = STR_CONST("s"), .type = RULE_NUMBER, .is_list = true}, {.name = STR_CONST("p"), .type = RULE_PERCENT}};
	if (data[0] == '{') {
		if (rule_tree_read(&a, in, &tree, &why))
			circle(&a, &tree);
		else
			CHECK(why.len > 0);
		return 0;
	}
	RuleSet *set = data[0] == '=' ? rule_formula_read(&a, inputs, LEN(inputs), in, RULE_ANY, &faults) : rule_set_read(&a, in, &faults);
	judge(&faults);
	CHECK((set != NULL) != faults.has_error);
	if (set)
		evaluate(&a, set, (u8)size);
	return 0;
}
