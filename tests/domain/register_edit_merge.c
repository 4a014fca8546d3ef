/* merge.c: two records become one and no link is lost. */
#include "core/task.h"
#include "domain/people/people.h"
#include "domain/register/merge.h"
#include "domain/register/suggest.h"
#include "tests/domain/register_edit.h"
#include "tests/domain/register_given.h"

static Id given_double(Given *g) {
	Id       id = edit_add_service(&g->c, g->provider, "7654321", "Pečovatelská služba Lípa (dvojitá)");
	FormRow *same = entity_new(t_arena, &form_row_entity), *other = entity_new(t_arena, &form_row_entity);
	same->service = other->service = id;
	same->form = S("ter");
	other->form = S("amb");
	MUST(history_create(&g->c, &form_row_entity, same, D(2020, 1, 1), (Date){0}));
	MUST(history_create(&g->c, &form_row_entity, other, D(2020, 1, 1), (Date){0}));
	Capacity *beds = entity_new(t_arena, &capacity_entity);
	beds->form_row = same->head.id;
	beds->type = S("kontakt");
	beds->count = 12;
	MUST(history_create(&g->c, &capacity_entity, beds, D(2020, 1, 1), (Date){0}));
	static const char *const numbers[] = {"485 226 111", "485 226 222"};
	for (size_t i = 0; i < LEN(numbers); i++) {
		Contact *t = entity_new(t_arena, &contact_entity);
		t->service = id;
		t->kind = S("phone");
		t->value = str_c(numbers[i]);
		MUST(history_create(&g->c, &contact_entity, t, D(2020, 1, 1), (Date){0}));
	}
	return id;
}

static i64 parts(Ctx *c, const Entity *e, Id service) {
	EntityList rows;
	MUST(parts_list(c, e, TODAY, service, &rows));
	return (i64)rows.len;
}

static i64 version(Ctx *c, const Entity *e, Id id) {
	return ((EntityHead *)edit_get(c, e, id))->version;
}

TEST("register merge: what the target lacks moves, what it has ends, and the old number leads to it") {
	Given     g = edit_given();
	Id        old = given_double(&g), to;
	MergePlan plan;
	i64       made;
	const Actor *c = edit_actor("Pavel", "PRV", SCOPE_PROVIDER, g.provider);
	MUST(suggestion_add(by(&g, c), old, NULL, 0, S("Přidejte středisko."), (Str){0}, &made));
	MUST(merge_plan(net(&g), &service_entity, old, g.service, &plan));
	EQ_INT(plan.parts[0].moved.len, 1);
	EQ_INT(plan.parts[0].doubled.len, 1);
	EQ_INT(plan.parts[2].moved.len, 1);
	EQ_INT(plan.parts[2].doubled.len, 1);
	g.c.reason = S("Jedna registrace zapsaná dvakrát.");
	MUST(merge_apply(net(&g), &service_entity, old, version(net(&g), &service_entity, old), g.service, S("pečovatelská  služba lípa (dvojitá)")));
	EXPECT(edit_is_gone(net(&g), &service_entity, old));
	Tasks tasks;
	bool  more;
	MUST(tasks_waiting(net(&g), 10, &tasks, &more));
	EQ_INT(tasks.len, 1);
	EQ_STR(tasks.at[0].link, str_format(t_arena, "/app/sluzby/%lld/navrhy", (long long)g.service));
	EQ_INT(parts(net(&g), &form_row_entity, g.service), 2);
	EQ_INT(parts(net(&g), &capacity_entity, g.service), 2);
	EQ_INT(parts(net(&g), &contact_entity, g.service), 2);
	EQ_INT(parts(net(&g), &contact_entity, old), 0);
	MUST(register_redirect(net(&g), "service", old, &to));
	EQ_INT(to, g.service);
	i64 open;
	MUST(suggestion_count(net(&g), g.service, &open));
	EQ_INT(open, 1);
	void *before;                                /* yesterday is as it was */
	MUST(entity_get(net(&g), &service_entity, (AsOf){.valid = D(2026, 11, 20)}, old, &before));
	EQ_INT(((Service *)before)->merged_into, 0);
	TrailRecords t;
	MUST(trail_of(net(&g), "service", g.service, 0, 1, &t));
	EQ_TEXT(t.at[0].action, "merge");
	EXPECT(str_has(t.at[0].text, S("dvojitá")));
	ctx_end(&g.c);
}

TEST("register merge: into itself, without the name or a reason, over a newer version: refused and nothing moves") {
	Given     g = edit_given();
	Id        old = given_double(&g);
	i64       seen = version(net(&g), &service_entity, old);
	MergePlan plan;
	EXPECT(edit_refused(net(&g), merge_plan(net(&g), &service_entity, old, old, &plan), ERR_CONFLICT, "sám se sebou"));
	EXPECT(edit_refused(net(&g), merge_plan(net(&g), &service_entity, old, 999999, &plan), ERR_NOT_FOUND, "neexistuje"));
	g.c.reason = S("Totéž.");
	EXPECT(edit_refused(net(&g), merge_apply(net(&g), &service_entity, old, seen, g.service, S("něco jiného")), ERR_INVALID, "Opište název"));
	EXPECT(edit_refused(net(&g), merge_apply(net(&g), &service_entity, old, seen + 1, g.service, S("Pečovatelská služba Lípa (dvojitá)")), ERR_CONFLICT, "mezitím"));
	g.c.reason = S("");
	EXPECT(edit_refused(net(&g), merge_apply(net(&g), &service_entity, old, seen, g.service, S("Pečovatelská služba Lípa (dvojitá)")), ERR_INVALID, "Důvod sloučení"));
	EQ_INT(parts(net(&g), &contact_entity, old), 2);
	const Actor *c = edit_actor("Pavel", "PSG", SCOPE_PROVIDER, g.provider);
	EXPECT(edit_refused(by(&g, c), merge_plan(by(&g, c), &service_entity, old, g.service, &plan), ERR_FORBIDDEN, "upravovat služby"));
	ctx_end(&g.c);
}

TEST("register merge: no chains: neither into a merged record nor of one into which another was merged") {
	Given     g = edit_given();
	Id        old = given_double(&g), third = edit_add_service(net(&g), g.provider, "1111111", "Třetí");
	MergePlan plan;
	g.c.reason = S("Totéž.");
	MUST(merge_apply(net(&g), &service_entity, old, version(net(&g), &service_entity, old), g.service, S("Pečovatelská služba Lípa (dvojitá)")));
	EXPECT(edit_refused(net(&g), merge_plan(net(&g), &service_entity, third, old, &plan), ERR_CONFLICT, "Slučte rovnou"));
	EXPECT(edit_refused(net(&g), merge_plan(net(&g), &service_entity, g.service, third, &plan), ERR_CONFLICT, "opačným směrem"));
	MUST(merge_plan(net(&g), &service_entity, third, g.service, &plan));
	ctx_end(&g.c);
}

TEST("register merge: a service that began today and was merged today still leads to its target") {
	Given    g = edit_given();
	Service *s = entity_copy(t_arena, &service_entity, edit_get(net(&g), &service_entity, g.service));
	Id       to;
	s->head = (EntityHead){0};
	s->identifier = S("2222222");
	MUST(register_save(net(&g), &service_entity, s, g.c.today));
	g.c.reason = S("Omyl.");
	MUST(merge_apply(net(&g), &service_entity, s->head.id, version(net(&g), &service_entity, s->head.id), g.service, s->name));
	MUST(register_redirect(net(&g), "service", s->head.id, &to));
	EQ_INT(to, g.service);
	Service *today = edit_get(net(&g), &service_entity, s->head.id);
	EQ_INT(today->merged_into, g.service);
	EXPECT(!service_is_provided(today, g.c.today));
	g.c.reason = S("Ještě něco.");
	Contact *t = entity_new(t_arena, &contact_entity);
	t->service = s->head.id;
	t->kind = S("phone");
	t->value = S("485 000 000");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &contact_entity, t, g.c.today), ERR_CONFLICT, "byla sloučena"));
	ctx_end(&g.c);
}

TEST("register merge: a provider's services and people go to the target, with a record of each in the trail") {
	Given g = edit_given();
	Ctx  *program = by(&g, &actor_program);
	Id    account, to;
	Organisation o = {.kind = S("provider"), .name = S("Domov u Lípy"), .ref = g.provider};
	MUST(entity_insert(program, &organisation_entity, &o));
	MUST(account_add(program, S("lipa@example.org"), S("Lípa Statutární"), o.head.id, &account));
	MUST(account_grant(program, account, S("PSG"), SCOPE_PROVIDER, g.provider, D(2026, 1, 1), (Date){0}));
	MergePlan plan;
	MUST(merge_plan(net(&g), &provider_entity, g.provider, g.neighbour, &plan));
	EQ_INT(plan.parts[0].moved.len, 1);
	EQ_INT(plan.parts[1].moved.len, 1);
	g.c.reason = S("Fúze.");
	MUST(merge_apply(net(&g), &provider_entity, g.provider, version(net(&g), &provider_entity, g.provider), g.neighbour, S("Domov u Lípy, z. s.")));
	EXPECT(edit_is_gone(net(&g), &provider_entity, g.provider));
	EQ_INT(((Service *)edit_get(net(&g), &service_entity, g.service))->provider, g.neighbour);
	MUST(register_redirect(net(&g), "provider", g.provider, &to));
	EQ_INT(to, g.neighbour);
	EQ_INT(edit_count(net(&g), "SELECT scope_ref FROM account_role WHERE role = 'PSG'"), g.neighbour);
	EQ_INT(edit_count(net(&g), "SELECT ref FROM organisation WHERE kind = 'provider'"), g.neighbour);
	EQ_INT(edit_count(net(&g), "SELECT COUNT(*) FROM trail WHERE object IN ('account_role', 'organisation') AND action = 'change'"), 2);
	ctx_end(&g.c);
}

/* Two services of different providers, in the order of their identifiers. */
static void two_services(Ctx *c, Service *ret[2]) {
	EntityList rows;
	ret[0] = ret[1] = NULL;
	MUST(entity_list(c, &service_entity, &(ListQuery){.order = entity_field(&service_entity, S("identifier")), .limit = -1}, &rows));
	for (size_t i = 0; i < rows.len && !ret[1]; i++) {
		Service *s = rows.at[i];
		if (date_is(s->provided_to))
			continue;
		if (!ret[0])
			ret[0] = s;
		else if (s->provider != ret[0]->provider)
			ret[1] = s;
	}
	EXPECT(ret[1] != NULL);
}

TEST("register merge: the next import neither brings a merged service back nor takes what moved from its target") {
	Db      *db;
	Ctx      c = given_register_store(&db);
	Service *s[2];
	Id       to;
	must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 11}, NULL));
	two_services(&c, s);
	i64 contacts = parts(&c, &contact_entity, s[0]->head.id) + parts(&c, &contact_entity, s[1]->head.id);
	i64 places = parts(&c, &facility_entity, s[0]->head.id) + parts(&c, &facility_entity, s[1]->head.id);
	c.reason = S("Totéž.");
	MUST(merge_apply(&c, &service_entity, s[0]->head.id, s[0]->head.version, s[1]->head.id, s[0]->name));
	EQ_INT(parts(&c, &contact_entity, s[1]->head.id), contacts);
	RegisterImport again = must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 11, .edits = 500}, NULL));
	EXPECT(again.changed > 50);
	EXPECT(edit_is_gone(&c, &service_entity, s[0]->head.id));
	EQ_INT(edit_count(&c, str_z(t_arena, str_format(t_arena, "SELECT COUNT(DISTINCT id) FROM service WHERE identifier = '%.*s'", STR_ARG(s[0]->identifier)))), 1);
	MUST(register_redirect(&c, "service", s[0]->head.id, &to));
	EQ_INT(to, s[1]->head.id);
	EXPECT(parts(&c, &facility_entity, s[1]->head.id) >= places - 1);
	ctx_end(&c);
}

TEST("register merge: after the provider was merged the import goes on with its target's services") {
	Db      *db;
	Ctx      c = given_register_store(&db);
	Service *s[2];
	must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 11}, NULL));
	two_services(&c, s);
	Provider *old = edit_get(&c, &provider_entity, s[0]->provider), *kept = edit_get(&c, &provider_entity, s[1]->provider);
	c.reason = S("Fúze.");
	MUST(merge_apply(&c, &provider_entity, old->head.id, old->head.version, kept->head.id, old->name));
	RegisterImport again = must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 11, .edits = 500}, NULL));
	EXPECT(again.changed > 50);
	EQ_INT(((Service *)edit_get(&c, &service_entity, s[0]->head.id))->provider, kept->head.id);
	EXPECT(edit_is_gone(&c, &provider_entity, old->head.id));
	ctx_end(&c);
}
