#include "tests/domain/card_given.h"

#include "tests/test.h"

Id given_measure(Ctx *c, Id plan) {
	static const char *const levels[] = {STRATEGY_PRIORITY, STRATEGY_GOAL, STRATEGY_MEASURE}, *const codes[] = {"1", "1.1", "1.1.1"};
	Id parent = BLANK;
	for (size_t i = 0; i < LEN(levels); i++) {
		StrategyItem *s = entity_new(t_arena, &strategy_entity);
		s->plan = plan;
		s->level = str_c(levels[i]);
		s->code = str_c(codes[i]);
		s->title = S("Doma co nejdéle");
		s->parent = parent;
		MUST(entity_insert(c, &strategy_entity, s));
		parent = s->head.id;
	}
	return parent;
}

ActivityCard *card_typed(Id plan, Id measure, const char *code) {
	ActivityCard *k = entity_new(t_arena, &card_entity);
	k->plan = plan;
	k->code = str_c(code);
	k->title = S("Pečovatelská služba večer");
	k->measure = measure;
	k->description = S("Služba bude i večer.");
	k->justification = S("Rodiny o ni žádají.");
	strs_add(t_arena, &k->target_groups, S("seniori"));
	strs_add(t_arena, &k->kinds, S("40"));
	k->change_type = S("increase");
	k->unit = S("U");
	k->capacity_now = fte(350);
	k->capacity_target = fte(500);
	k->responsible = S("vedoucí oddělení");
	k->starts_on = D(2027, 1, 1);
	k->ends_on = D(2029, 12, 31);
	return k;
}

Id given_card(Ctx *c, ActivityCard *k) {
	Err e = card_add(c, k);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(k->code), STR_ARG(first_problem(c)));
	return k->head.id;
}
