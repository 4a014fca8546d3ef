#include "tests/domain/mandate_given.h"

#include "base/data_file.h"

static const Date forever;

static void import_territory(Db *db) {
	static const char *const names[] = {"kraje.csv", "orp.csv", "obce_cr.csv", "obce_lbk.csv"};
	ImportFile      files[LEN(names)];
	TerritoryImport done;
	Ctx             c = ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	for (size_t i = 0; i < LEN(names); i++)
		files[i] = (ImportFile){str_c(names[i]), data_file(t_arena, str_z(t_arena, str_format(t_arena, "territory/%s", names[i])))};
	MUST(territory_import(&c, &(ImportFiles){files, LEN(files), LEN(files)}, S("78"), &done));
	ctx_end(&c);
}

static const Actor *person(Ctx *c, const char *login, const char *role, ScopeKind scope, Id ref) {
	Id     id;
	Actor *a = NEW_ZERO(t_arena, Actor);
	MUST(account_add(c, str_c(login), str_c(login), 0, &id));
	MUST(account_grant(c, id, str_c(role), scope, ref, D(2026, 1, 1), forever));
	a->account = id;
	a->name = str_c(login);
	a->grant_count = 1;
	a->grants = NEW(t_arena, Grant, .role = str_c(role), .scope = scope, .ref = ref);
	access_prepare(a);
	return a;
}

static Id add_service(Ctx *c, Id provider, const char *identifier) {
	Service *s = entity_new(c->arena, &service_entity);
	s->provider = provider;
	s->identifier = str_c(identifier);
	s->kind = S("40");
	s->name = S("Pečovatelská služba Lípa");
	s->provided_from = D(2020, 1, 1);
	s->is_public = true;
	MUST(history_create(c, &service_entity, s, D(2020, 1, 1), forever));
	return s->head.id;
}

static Id add_provider(Ctx *c) {
	Provider *p = entity_new(c->arena, &provider_entity);
	p->name = S("Domov u Lípy, z. s.");
	p->ico = S("26404567");
	p->street = S("Lipová");
	p->house_no = S("7");
	MUST(history_create(c, &provider_entity, p, D(2020, 1, 1), forever));
	return p->head.id;
}

static void add_resolutions(Ctx *c) {
	Organisation o = {.kind = S("body"), .name = S("Zastupitelstvo kraje"), .ref = BLANK};
	Id           id;
	MUST(entity_insert(c, &organisation_entity, &o));
	static const char *const numbers[] = {"10/26/ZK", "11/26/ZK", "12/26/ZK", "13/26/ZK"};
	for (size_t i = 0; i < LEN(numbers); i++)
		MUST(resolution_add(c, &(ResolutionNew){.number = str_c(numbers[i]), .body = o.head.id, .decided_on = D(2026, 1, 20 + (int)i), .title = S("Síť"),
			.result = S("approved")}, &id));
}

static Str shares(Ctx *c) {
	const Unit *tanvald = territory_by_slug(c, LEVEL_DISTRICT, S("tanvald")), *turnov = territory_by_slug(c, LEVEL_DISTRICT, S("turnov"));
	CHECK(tanvald && turnov);
	Str first = str_format(c->arena, "%.*s=6000", STR_ARG(tanvald->code)), second = str_format(c->arena, "%.*s=4000", STR_ARG(turnov->code));
	return str_cmp(first, second) < 0 ? str_format(c->arena, "%.*s,%.*s", STR_ARG(first), STR_ARG(second)) : str_format(c->arena, "%.*s,%.*s",
		STR_ARG(second), STR_ARG(first));
}

Id given_line(Given *g, const char *number) {
	Ctx  *c = as_program(g);
	Line *l = entity_new(c->arena, &line_entity);
	l->network = g->network;
	l->number = str_c(number);
	l->provider = g->provider;
	l->service = strcmp(number, "101") == 0 ? g->service : add_service(c, g->provider, str_z(c->arena, str_format(c->arena, "1234%s", number)));
	l->name = S("Pečovatelská služba Lípa");
	l->kind = S("40");
	strs_add(c->arena, &l->forms, S("ter"));
	strs_add(c->arena, &l->target_groups, S("seniori"));
	l->areas = shares(c);
	l->ceilings = S("2026=420000000,2027=477750000");
	l->unit = S("U");
	l->capacity = fte(650);
	l->level = S("Z1");
	l->status = S(LINE_IN_NETWORK);
	l->since = D(2025, 1, 1);
	l->by_version = g->version;
	l->merged_under = 0;
	l->change_reason = S("Zařazena.");
	MUST(line_write(c, l, D(2025, 1, 1), forever));
	return l->head.id;
}

void change_line(Given *g, Id line, Date from, i64 capacity, const char *status) {
	Ctx  *c = as_program(g);
	void *row;
	MUST(store_get(c, &line_entity, TODAY, line, &row));
	Line *l = row;
	l->capacity = fte(capacity);
	l->status = str_c(status);
	l->change_reason = S("Změna pro zkoušku.");
	MUST(line_write(c, l, from, forever));
}

Given given_network(void) {
	Given g = {.app = test_app_filled(import_territory)};
	Networks all;
	g.c = ctx_make(t_arena, g.app->db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	Ctx *c = &g.c;
	g.provider = add_provider(c);
	g.service = add_service(c, g.provider, "1234567");
	add_resolutions(c);
	MUST(networks_all(c, &all));
	g.network = all.at[0]->head.id;
	NetworkVersion *v = entity_new(c->arena, &network_version_entity);
	v->network = g.network;
	v->number = S("2026/1");
	v->title = S("Síť na rok 2026");
	v->effective_from = D(2025, 1, 1);
	MUST(workflow_start(c, &network_version_machine, "take_over", v, &(WorkInput){.resolution = S("10/26/ZK")}));
	g.version = v->head.id;
	g.officer = person(c, "sit@example.org", "NET", SCOPE_REGION, 0);
	g.head = person(c, "vedouci@example.org", "VED", SCOPE_REGION, 0);
	g.statutory = person(c, "statutar@example.org", "PSG", SCOPE_PROVIDER, g.provider);
	g.line = given_line(&g, "101");
	g.c.actor = g.head;
	MUST(workflow_do(&g.c, &network_version_machine, g.version, "close_loading", NULL));
	g.c.actor = &actor_program;
	return g;
}

Ctx *as_person(Given *g, const Actor *a) {
	ctx_end(&g->c);
	Instant now = {g->c.now.ms + 60000};
	g->c = ctx_make(t_arena, g->app->db, a, now);
	return &g->c;
}

Ctx *as_program(Given *g) {
	return as_person(g, &actor_program);
}

Id given_mandate(Given *g, Id line, Date first, Date last, bool issued) {
	Mandate *m;
	MUST(mandate_fill(as_person(g, g->officer), line, first, &m));
	m->last_day = last;
	MUST(mandate_add(&g->c, m));
	Id id = m->head.id;
	if (!issued)
		return id;
	Err err = workflow_do(as_person(g, g->head), &mandate_machine, id, "approve", &(WorkInput){.resolution = S("11/26/ZK")});
	if (err != OK)
		test_fail(__FILE__, __LINE__, "approve: %.*s", STR_ARG(first_problem(&g->c)));
	MUST(workflow_do(as_person(g, g->officer), &mandate_machine, id, "issue", NULL));
	return id;
}

Mandate *mandate_of(Given *g, Id id) {
	Mandate *m;
	MUST(mandate_stored(&g->c, id, &m));
	return m;
}
