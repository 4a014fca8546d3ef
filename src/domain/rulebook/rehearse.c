/* rehearse.c: two sets over the same cases; a case that a person wrote. */
#include "domain/rulebook/rulebook.h"

#include "base/text.h"

static bool same_value(RuleValue x, RuleValue y) {
	return x.state == y.state && rule_value_equal(x, y);
}

static bool is_computed(RuleValue v) {
	return v.state == RULE_KNOWN || v.state == RULE_NOT_APPLICABLE;
}

static void add_up(Arena *a, RehearsalTotal *t, RuleValue x, RuleValue y) {
	t->computed += is_computed(x) || is_computed(y);
	t->changed += !same_value(x, y);
	if (x.state == RULE_KNOWN && t->adds_up)
		t->adds_up = exact_add(a, t->before, x.number, &t->before);
	if (y.state == RULE_KNOWN && t->adds_up)
		t->adds_up = exact_add(a, t->after, y.number, &t->after);
}

/* Rules that both have, one total each. */
static void begin_totals(Arena *a, const RuleSet *before, const RuleSet *after, Rehearsal *ret) {
	size_t cap = 0;
	for (size_t i = 0; i < rule_set_count(after); i++) {
		const RuleName *rule = rule_set_at(after, i), *twin = rule_set_find(before, rule->name);
		if (rule->kind == RULE_RULE && twin && twin->kind == RULE_RULE)
			*ARENA_PUSH(a, ret->totals, ret->total_count, cap) = (RehearsalTotal){.rule = rule->name, .title = rule->title, .type = rule->type,
				.adds_up = rule_type_is_number(rule->type) && rule->type == twin->type, .before = exact_int(a, 0), .after = exact_int(a, 0)};
	}
}

static void rehearse_case(Arena *a, const RuleSet *before, const RuleSet *after, const RehearsalCase *one, Rehearsal *ret) {
	RuleRun *old = rule_run(a, before, one->day, one->cells, one->arg), *now = rule_run(a, after, one->day, one->cells, one->arg);
	for (size_t i = 0; i < ret->total_count; i++) {
		RehearsalTotal *t = &ret->totals[i];
		RuleValue       x = rule_eval(old, t->rule)->value, y = rule_eval(now, t->rule)->value;
		ret->compared++;
		add_up(a, t, x, y);
		if (!same_value(x, y))
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) =
				(RehearsalChange){.title = one->title, .link = one->link, .rule = t->rule, .rule_title = t->title, .before = x, .after = y};
	}
}

static void missing_rules(Arena *a, const RuleSet *in, const RuleSet *from, Strs *ret) {
	for (size_t i = 0; i < rule_set_count(in); i++) {
		const RuleName *rule = rule_set_at(in, i), *twin = rule_set_find(from, rule->name);
		if (rule->kind == RULE_RULE && (!twin || twin->kind != RULE_RULE))
			strs_add(a, ret, rule->name);
	}
}

void rehearse(Arena *a, const RuleSet *before, const RuleSet *after, const RehearsalCase *cases, size_t count, Rehearsal *ret) {
	*ret = (Rehearsal){.cases = count};
	missing_rules(a, before, after, &ret->only_before);
	missing_rules(a, after, before, &ret->only_after);
	begin_totals(a, before, after, ret);
	for (size_t i = 0; i < count; i++)
		rehearse_case(a, before, after, &cases[i], ret);
}

/* ---- a case that a person wrote ---- */

static bool line_of(Arena *a, Str text, const RuleName *input, Str *value) {
	while (text.len) {
		Str line = str_cut(&text, '\n'), name = str_cut(&line, '=');
		if (str_eq(rule_key(a, name), input->key)) {
			*value = str_trim(line);
			return true;
		}
	}
	return false;
}

bool written_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	WrittenCase *c = arg;
	Str          typed, why = {0};
	if (!line_of(a, c->text, input, &typed))
		return false;
	ret->source = S("zadaný příklad");
	if (!input->is_list) {
		if (!rule_value_read(a, input->type, typed, &ret->value, &why))
			ret->value = rule_failed(input->type, str_format(a, "Hodnotě „%.*s = %.*s“ nerozumíme. %.*s", STR_ARG(input->name), STR_ARG(typed), STR_ARG(why)));
		return true;
	}
	size_t cap = 0;
	while (typed.len) {
		RuleValue *item = ARENA_PUSH(a, ret->items, ret->item_count, cap);
		Str        one = str_cut(&typed, ';');
		if (!rule_value_read(a, input->type, one, item, &why))
			*item = rule_failed(input->type, str_format(a, "Položce „%.*s“ nerozumíme. %.*s", STR_ARG(one), STR_ARG(why)));
	}
	return true;
}

Str written_case_blank(Arena *a, const RuleSet *set, const RuleName *rule) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < rule_set_count(set); i++) {
		const RuleName *n = rule_set_at(set, i);
		if (n->kind != RULE_INPUT || (rule && !rule_set_uses(set, rule, n)))
			continue;
		buf_str(&b, n->name);
		buf_lit(&b, " = \n");
	}
	return buf_take(&b, a);
}
