/* register_edit_given.c: what the tests of changes by hand begin with. */
#include "tests/domain/register_edit.h"

static const Date forever;

const Actor *edit_actor(const char *name, const char *role, ScopeKind scope, Id ref) {
	Actor *a = NEW(t_arena, Actor, .account = 7000 + ref, .name = str_c(name), .grant_count = 1);
	a->grants = NEW(t_arena, Grant, .role = str_c(role), .scope = scope, .ref = ref);
	access_prepare(a);
	return a;
}

Id edit_add_service(Ctx *c, Id provider, const char *identifier, const char *name) {
	Service *s = entity_new(c->arena, &service_entity);
	s->provider = provider;
	s->identifier = str_c(identifier);
	s->kind = S("40");
	s->name = str_c(name);
	s->provided_from = D(2020, 1, 1);
	s->is_public = true;
	MUST(history_create(c, &service_entity, s, D(2020, 1, 1), forever));
	return s->head.id;
}

static Id add_provider(Ctx *c, const char *name, const char *ico) {
	Provider *p = entity_new(c->arena, &provider_entity);
	p->name = str_c(name);
	p->ico = str_c(ico);
	MUST(history_create(c, &provider_entity, p, D(2020, 1, 1), forever));
	return p->head.id;
}

static void add_parts(Ctx *c, Given *g) {
	FormRow *f = entity_new(c->arena, &form_row_entity);
	f->service = g->service;
	f->form = S("ter");
	MUST(history_create(c, &form_row_entity, f, D(2020, 1, 1), forever));
	g->form = f->head.id;
	Capacity *k = entity_new(c->arena, &capacity_entity);
	k->form_row = g->form;
	k->type = S("klient");
	k->count = 40;
	MUST(history_create(c, &capacity_entity, k, D(2020, 1, 1), forever));
	g->capacity = k->head.id;
	Facility *p = entity_new(c->arena, &facility_entity);
	p->service = g->service;
	p->name = S("Azyl u řeky");
	p->street = S("Tajná");
	p->house_no = S("7");
	p->secret_address = true;
	MUST(history_create(c, &facility_entity, p, D(2020, 1, 1), forever));
	g->place = p->head.id;
	Contact *t = entity_new(c->arena, &contact_entity);
	t->service = g->service;
	t->kind = S("phone");
	t->value = S("485 226 111");
	MUST(history_create(c, &contact_entity, t, D(2020, 1, 1), forever));
	g->contact = t->head.id;
}

Given edit_given(void) {
	return edit_given_in(test_app_empty());
}

Given edit_given_in(App *app) {
	Given g = {.app = app};
	Ctx   program = ctx_make(t_arena, g.app->db, &actor_program, prague_instant(D(2026, 11, 1), 9 * 3600));
	g.provider = add_provider(&program, "Domov u Lípy, z. s.", "26404567");
	g.neighbour = add_provider(&program, "Sousedé, z. ú.", "");
	g.service = edit_add_service(&program, g.provider, "1234567", "Pečovatelská služba Lípa");
	add_parts(&program, &g);
	ctx_end(&program);
	g.officer = edit_actor("Síťová Nová", "NET", SCOPE_REGION, 0);
	g.c = ctx_make(t_arena, g.app->db, g.officer, prague_instant(D(2026, 11, 22), 9 * 3600));
	return g;
}

bool edit_refused(Ctx *c, Err got, Err want, const char *words) {
	bool said = false;
	for (size_t i = 0; i < c->problems.len; i++)
		said = said || str_has(c->problems.at[i].text, str_c(words));
	if (got != want || !said)
		test_fail(__FILE__, __LINE__, "%s instead of %s, said: %.*s", err_name(got), err_name(want), STR_ARG(first_problem(c)));
	c->problems.len = 0;
	return true;
}

void *edit_get(Ctx *c, const Entity *e, Id id) {
	void *row;
	MUST(entity_get(c, e, TODAY, id, &row));
	return row;
}

bool edit_is_gone(Ctx *c, const Entity *e, Id id) {
	void *row;
	Err   err = entity_get(c, e, TODAY, id, &row);
	c->problems.len = 0;
	return err == ERR_NOT_FOUND;
}

i64 edit_count(Ctx *c, const char *select) {
	Sql *sql = NEW(t_arena, Sql, .name = str_z(t_arena, str_format(t_arena, "test_%s", select)), .text = select);
	i64  n;
	MUST(db_get_int(ctx_conn(c), sql, DB_NONE, 0, &n));
	return n;
}
