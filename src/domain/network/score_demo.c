/* score_demo.c: what the prepared rules would change in the sample: points of applications, compensations of lines, reference values. */
#include "domain/network/score_demo.h"

#include "domain/people/demo.h"
#include "domain/rulebook/rehearsal.h"

static Err draft_of_set(Ctx *c, const RuleVersion *held, RuleVersion **ret) {
	RuleVersions all;
	*ret = NULL;
	TRY(rule_versions(c, false, &all));
	for (size_t i = 0; i < all.len && !*ret; i++)
		if (str_eq(all.at[i]->code, held->code) && str_eq(all.at[i]->state, S(RULES_DRAFT)))
			*ret = all.at[i];
	return OK;
}

Err score_demo(Ctx *c) {
	const Actor *before = c->actor;
	int          year = date_year(c->today);
	Actor        author;
	RuleVersion *held, *draft;
	Id           id;
	TRY(people_demo_actor(c, "metodik@demo.invalid", &author));
	c->actor = &author;
	Err e = rule_version_in_force(c, S("vychozi-1"), c->today, &held);
	if (e == OK)
		e = draft_of_set(c, held, &draft);
	if (e == OK && draft)
		e = rehearsal_run(c, &(RehearsalOrder){.version = draft->head.id, .against = held->head.id, .year_from = year, .year_to = year}, NULL, &id);
	c->actor = before;
	return e;
}
