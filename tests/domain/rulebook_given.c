#include "tests/domain/rulebook_given.h"

#include "core/access.h"
#include "core/codelist.h"

Actor *officer(Ctx *c, const char *login, const char *role) {
	Id     id;
	Actor *a = NEW_ZERO(t_arena, Actor);
	Grant *grant = NEW(t_arena, Grant, .role = str_c(role), .scope = SCOPE_REGION);
	MUST(account_add(c, str_c(login), str_c(login), 0, &id));
	MUST(account_grant(c, id, str_c(role), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	*a = (Actor){.account = id, .name = str_c(login), .grants = grant, .grant_count = 1};
	access_prepare(a);
	return a;
}

Book given_book(void) {
	Book         b = {.k = given_collection()};
	Ctx          c = at_time(&b.k, &actor_program, D(2027, 2, 10), 8, 0, 0);
	RuleVersion *v;
	MUST(codelist_seed(&c, "code_lists/rulebook.csv"));
	MUST(rulebook_seed(&c));
	MUST(rulebook_seed(&c));
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2027, 2, 10), &v));
	b.shipped = v->head.id;
	b.author = officer(&c, "pisar.pravidel@example.org", "MET");
	b.head = officer(&c, "schvalovatel.pravidel@example.org", "VED");
	ctx_end(&c);
	return b;
}

RuleVersion *version_of(Ctx *c, Id id) {
	RuleVersion *v;
	MUST(rule_version_get(c, id, &v));
	return v;
}

RuleSet *set_of(Ctx *c, const RuleVersion *v) {
	RuleFaults faults;
	RuleSet   *set;
	MUST(rule_version_open(c, v, &set, &faults));
	EXPECT(set != NULL);
	return set;
}
