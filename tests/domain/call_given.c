#include "tests/domain/call_given.h"

#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"

static Actor *person(Ctx *c, const char *login, const char *role, ScopeKind kind, Id ref, Id *account) {
	Id     id;
	Actor *a = NEW_ZERO(t_arena, Actor);
	Grant *grant = NEW_ZERO(t_arena, Grant);
	MUST(account_add(c, str_c(login), str_c(login), 0, &id));
	MUST(account_grant(c, id, str_c(role), kind, ref, D(2026, 1, 1), (Date){0}));
	*grant = (Grant){.role = str_c(role), .scope = kind, .ref = ref};
	*a = (Actor){.account = id, .name = str_c(login), .grants = grant, .grant_count = 1, .organisation_name = str_c(login)};
	access_prepare(a);
	if (account)
		*account = id;
	return a;
}

Ctx when(Calling *g, const Actor *a, Date day, int hour, int minute, int second) { return at_time(&g->k, a, day, hour, minute, second); }

static Id service(Ctx *c, Id provider) {
	Service *s = entity_new(t_arena, &service_entity);
	s->provider = provider;
	s->identifier = S("1234567");
	s->kind = S("40");
	s->name = S("Pečovatelská služba U Lípy");
	s->provided_from = D(2015, 1, 1);
	s->is_public = true;
	MUST(history_create_judged(c, &service_entity, s, D(2015, 1, 1), (Date){0}));
	return s->head.id;
}

static void tick(Calling *g, Date day, int hour) {
	i64 moved;
	Ctx c = when(g, &actor_program, day, hour, 0, 0);
	MUST(workflow_tick(&c, &moved));
	ctx_end(&c);
}

Calling given_call(void) {
	static const char *const logins[] = {"hodnotitel1@example.org", "hodnotitel2@example.org", "hodnotitel3@example.org"};
	Calling g = {.k = given_collection()};
	g.officer = g.k.g.officer;
	g.head = g.k.g.head;
	Ctx c = when(&g, &actor_program, D(2027, 1, 9), 9, 0, 0);
	MUST(codelist_seed(&c, "code_lists/network.csv"));
	MUST(codelist_seed(&c, "code_lists/rulebook.csv"));
	MUST(rulebook_seed(&c));
	MUST(reference_values_seed(&c));
	g.service = service(&c, g.k.provider);
	for (int i = 0; i < 3; i++)
		g.reviewer[i] = person(&c, logins[i], "HOD", SCOPE_REGION, 0, &g.reviewers[i]);
	Units districts = {0};
	MUST(territory_below(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY, &districts));
	const Unit *seat = territory_by_code(&c, LEVEL_MUNICIPALITY, districts.at[0]->seat);
	g.mayor = person(&c, "starostka@example.org", "MSG", SCOPE_MUNICIPALITY, seat->id, NULL);
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 1, 10), 9, 0, 0);
	Call        *k = entity_new(t_arena, &call_entity);
	FormVersion *v;
	k->title = S("Výzva k síti na rok 2028");
	k->target_year = 2028;
	strs_add(t_arena, &k->types, S("A"));
	strs_add(t_arena, &k->types, S("C"));
	MUST(form_published(&c, S("zadost-a"), &v));
	k->form_a = v->head.id;
	MUST(form_published(&c, S("zadost-c"), &v));
	k->form_c = v->head.id;
	k->opens_rule = S("1. 2. 2027 8:00");
	k->closes_rule = S("15. 3. 2027 16:00");
	k->statements_rule = S("31. 3. 2027 16:00");
	MUST(call_add(&c, k, &(CallTargets){0}));
	g.call = k->head.id;
	MUST(workflow_do(&c, &call_machine, g.call, "announce", NULL));
	ctx_end(&c);
	return g;
}

Application *the_application(Ctx *c, Id id) {
	Application *a;
	MUST(application_stored(c, id, &a));
	return a;
}

void begun(Calling *g) {
	Application *a;
	Ctx c = when(g, g->k.worker, D(2027, 2, 11), 9, 0, 0);
	MUST(application_start(&c, g->call, S("A"), g->service, (Str){0}, &a));
	g->application = a->head.id;
	g->k.submission = a->submission;
	ctx_end(&c);
}

void submitted(Calling *g) {
	if (!g->application)
		begun(g);
	submit_whole(&g->k, D(2027, 2, 12), 9, 0, 0);
}

void delivered(Calling *g, Date day) {
	Statements all;
	Ctx        c = when(g, g->mayor, day, 10, 0, 0);
	MUST(statements_of(&c, g->application, &all));
	size_t mine = 0;
	while (mine < all.len && all.at[mine]->municipality != g->mayor->grants[0].ref)
		mine++;
	EXPECT(mine < all.len);
	Statement *s = entity_copy(t_arena, &statement_entity, all.at[mine]);
	s->verdict = S("potrebna");
	s->persons = 30;
	s->reason = S("Lidé po návratu z nemocnice nemají pomoc.");
	s->accord = S("ano");
	s->co_funding = czk(100000);
	s->body = S("Rada města");
	s->decided_on = D(2027, 2, 24);
	s->number = S("12/27");
	MUST(entity_update(&c, &statement_entity, s));
	MUST(workflow_do(&c, &statement_machine, s->head.id, "sign", NULL));
	MUST(workflow_do(&c, &statement_machine, s->head.id, "deliver", NULL));
	ctx_end(&c);
}

void stated(Calling *g) {
	submitted(g);
	delivered(g, D(2027, 2, 25));
	tick(g, D(2027, 3, 16), 9);
	Ctx c = when(g, g->officer, D(2027, 3, 17), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g->k.submission, "accept", NULL));
	MUST(workflow_do(&c, &application_machine, g->application, "close_statements", NULL));
	ctx_end(&c);
}

Id scored(Calling *g, int reviewer, i64 first, i64 others_missing) {
	ScoreItems items;
	Sheet     *s;
	Id         sheet;
	Ctx        c = when(g, g->officer, D(2027, 4, 2), 9, 0, reviewer);
	MUST(sheet_assign(&c, g->application, g->reviewers[reviewer], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(g, g->reviewer[reviewer], D(2027, 4, 3), 9, 0, 0);
	MUST(workflow_do(&c, &sheet_machine, sheet, "begin", NULL));
	MUST(sheet_get(&c, sheet, &s));
	MUST(sheet_items(&c, s, &items));
	for (size_t i = 0; i < items.len; i++) {
		items.at[i].points = i == 0 ? first : items.at[i].max > others_missing ? items.at[i].max - others_missing : 0;
		items.at[i].reason = S("Zdůvodnění hodnotitele.");
	}
	MUST(sheet_save(&c, sheet, s->head.version, &items));
	MUST(workflow_do(&c, &sheet_machine, sheet, "finish", NULL));
	ctx_end(&c);
	return sheet;
}
