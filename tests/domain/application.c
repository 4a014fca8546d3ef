/* application: what its beginning takes over from the one before. */
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
