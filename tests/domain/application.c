/* application: what its beginning takes over from the one before. */
#include "core/access.h"
#include "tests/domain/call_given.h"

static Id next_call(Calling *g) {
	Call *k;
	Ctx   c = when(g, g->officer, D(2027, 4, 1), 9, 0, 0);
	MUST(call_stored(&c, g->call, &k));
	Call *next = entity_copy(t_arena, &call_entity, k);
	next->head = (EntityHead){0};
	next->opens_rule = S("1. 6. 2027 8:00");
	next->closes_rule = S("30. 6. 2027 16:00");
	next->statements_rule = S("31. 7. 2027 16:00");
	MUST(call_add(&c, next, &(CallTargets){0}));
	Id id = next->head.id;
	MUST(workflow_do(&c, &call_machine, id, "announce", NULL));
	ctx_end(&c);
	return id;
}

TEST("application: begun for a service anew, it takes over what was submitted for it last, except days; for a new intention there is nothing to take") {
	Calling      g = given_call();
	Application *a, *intention;
	FormValues   v;
	i64          count;
	submitted(&g);
	Id  call = next_call(&g);
	Ctx c = when(&g, g.k.worker, D(2027, 6, 2), 9, 0, 0);
	MUST(application_start(&c, call, S("A"), g.service, (Str){0}, &a));
	MUST(application_copy_last(&c, a, &count));
	EXPECT(count > 40);
	MUST(submission_values(&c, a->submission, &v));
	EQ_TEXT(form_value(&v, S("identifikator"), 0)->origin, "z registru služeb");
	EQ_TEXT(form_value(&v, S("n1.1"), 0)->typed, "1 200 000");
	EQ_INT(form_value(&v, S("n1.1"), 0)->before, 120000000);
	EXPECT(!form_value(&v, S("od"), 0));
	MUST(application_start(&c, call, S("C"), 0, S("Nový denní stacionář"), &intention));
	MUST(application_copy_last(&c, intention, &count));
	EQ_INT(count, 0);
	ctx_end(&c);
}

TEST("application: who acts for two providers says which of them asks for a new service; the other one neither sees nor submits it; a service says itself whose it is") {
	Calling      g = given_call();
	Application *a, *seen;
	Grant        grants[] = {{.role = S("PRV"), .scope = SCOPE_PROVIDER, .ref = g.k.provider}, {.role = S("PRV"), .scope = SCOPE_PROVIDER, .ref = g.k.other_provider}};
	Actor        both = {.account = g.k.worker->account, .name = S("Za dva"), .grants = grants, .grant_count = 2, .organisation_name = S("Za dva")};
	access_prepare(&both);
	Ctx c = when(&g, &both, D(2027, 2, 11), 9, 0, 0);
	REFUSED_TELLING(application_start(&c, g.call, S("C"), 0, S("Noční stacionář"), &a), ERR_INVALID, "Vyberte, kdo o novou službu žádá");
	REFUSED_TELLING(application_start_for(&c, g.call, S("C"), 0, 999999, S("Noční stacionář"), &a), ERR_INVALID, "za kterého jednáte");
	REFUSED_TELLING(application_start_for(&c, g.call, S("A"), g.service, g.k.other_provider, (Str){0}, &a), ERR_INVALID, "patří jinému poskytovateli");
	MUST(application_start_for(&c, g.call, S("C"), 0, g.k.other_provider, S("Noční stacionář"), &a));
	EQ_INT(a->provider, g.k.other_provider);
	EQ_INT(the_submission(&c, a->submission)->provider, g.k.other_provider);
	Id id = a->head.id, form = a->submission;
	MUST(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a));
	EQ_INT(a->provider, g.k.provider);
	fill_whole(&c, form);
	MUST(workflow_do(&c, &submission_machine, form, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	EQ_INT(application_get(&c, id, &seen), ERR_NOT_FOUND);
	EXPECT(submission_submit(&c, form, 0, true) != OK);
	ctx_end(&c);
	c = when(&g, g.k.stranger, D(2027, 2, 12), 10, 0, 0);
	MUST(application_get(&c, id, &seen));
	MUST(submission_submit(&c, form, 0, true));
	EQ_TEXT(the_application(&c, id)->state, APPLICATION_SUBMITTED);
	ctx_end(&c);
}
