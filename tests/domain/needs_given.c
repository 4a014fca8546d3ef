#include "tests/domain/needs_given.h"

#include "core/codelist.h"

static Actor *actor(Given *g, const char *login, const char *role, ScopeKind kind, Id ref) {
	Id     id;
	Actor *a = NEW_ZERO(t_arena, Actor);
	Grant *grant = NEW_ZERO(t_arena, Grant);
	MUST(account_add(&g->c, str_c(login), str_c(login), 0, &id));
	MUST(account_grant(&g->c, id, str_c(role), kind, ref, D(2026, 1, 1), (Date){0}));
	*grant = (Grant){.role = str_c(role), .scope = kind, .ref = ref};
	*a = (Actor){.account = id, .name = str_c(login), .grants = grant, .grant_count = 1, .organisation_name = str_c(login)};
	access_prepare(a);
	return a;
}

static Id unit(Ctx *c, const char *level, const char *slug) {
	const Unit *u = territory_by_slug(c, level, str_c(slug));
	if (!u)
		test_fail(__FILE__, __LINE__, "no %s %s", level, slug);
	return u->id;
}

static void fill(Db *db) {
	static const char *const lists[] = {"code_lists/people.csv", "code_lists/register.csv", "code_lists/needs.csv", "code_lists/collection.csv"};
	fill_territory(db);
	Ctx c = ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
	for (size_t i = 0; i < LEN(lists); i++)
		MUST(codelist_seed(&c, lists[i]));
	ctx_end(&c);
}

Given given_needs(void) {
	Given g = {.c = given_filled(fill)};
	g.tanvald = unit(&g.c, LEVEL_MUNICIPALITY, "tanvald");
	g.smrzovka = unit(&g.c, LEVEL_MUNICIPALITY, "smrzovka");
	g.orp_tanvald = unit(&g.c, LEVEL_DISTRICT, "tanvald");
	g.orp_turnov = unit(&g.c, LEVEL_DISTRICT, "turnov");
	Organisation group = {.kind = S("body"), .name = S("Skupina pro seniory"), .ref = BLANK};
	MUST(entity_insert(&g.c, &organisation_entity, &group));
	g.group = group.head.id;
	g.town = actor(&g, "obec@example.org", "MUN", SCOPE_MUNICIPALITY, g.smrzovka);
	g.mayor = actor(&g, "starosta@example.org", "MSG", SCOPE_MUNICIPALITY, g.smrzovka);
	g.coordinator = actor(&g, "koordinator@example.org", "COO", SCOPE_DISTRICT, g.orp_tanvald);
	g.neighbour = actor(&g, "turnov@example.org", "COO", SCOPE_DISTRICT, g.orp_turnov);
	g.member = actor(&g, "clen@example.org", "GRP", SCOPE_BODY, g.group);
	g.chair = actor(&g, "predseda@example.org", "CHA", SCOPE_BODY, g.group);
	g.planner = actor(&g, "plan@example.org", "PLN", SCOPE_REGION, 0);
	g.head = actor(&g, "vedouci@example.org", "VED", SCOPE_REGION, 0);
	g.officer = actor(&g, "sit@example.org", "NET", SCOPE_REGION, 0);
	return g;
}

Ctx acting(Given *g, const Actor *a) {
	ctx_end(&g->c);
	g->c.now.ms += 60000;
	Ctx c = ctx_make(t_arena, g->c.db, a, g->c.now);
	return c;
}

Need a_need(const Given *g, const char *title) {
	Need *n = entity_new(t_arena, &need_entity);
	n->title = str_c(title);
	n->year = 2027;
	n->territory = g->smrzovka;
	n->target_group = S("seniori");
	n->situation = S("Lidé po návratu z nemocnice zůstávají sami a nikdo k nim večer nechodí.");
	n->persons = 14;
	n->kind = S("40");
	n->form = S("ter");
	n->unit = S("U");
	n->missing_capacity = fte(250);
	n->evidence = S("zkusenost");
	n->evidence_text = S("Zjištění pečovatelské služby z října 2026.");
	return *n;
}

static void take(Given *g, Id need, const Actor *who, const char *action) {
	Ctx c = acting(g, who);
	if (strcmp(action, "agree_steering") == 0)
		MUST(need_rank(&c, need, false, RANK_LAST, 0));
	MUST(workflow_do(&c, &need_machine, need, action, NULL));
	ctx_end(&c);
}

Id need_in(Given *g, const char *title, const char *state) {
	const struct { const char *state; const Actor *who; const char *action; } steps[] = {
		{NEED_PROPOSED, g->mayor, "submit"}, {NEED_AGREED_GROUP, g->coordinator, "agree_group"}, {NEED_AGREED_STEERING, g->coordinator, "agree_steering"},
		{NEED_ACCEPTED, g->planner, "accept"},
	};
	Ctx  c = acting(g, g->town);
	Need n = a_need(g, title);
	MUST(need_add(&c, &n, false));
	ctx_end(&c);
	for (size_t i = 0; i < LEN(steps) && !str_eq(state_of(g, n.head.id), str_c(state)); i++)
		take(g, n.head.id, steps[i].who, steps[i].action);
	EQ_STR(state_of(g, n.head.id), str_c(state));
	return n.head.id;
}

Str state_of(Given *g, Id need) {
	void *row;
	Ctx   c = acting(g, &actor_program);
	MUST(store_get(&c, &need_entity, TODAY, need, &row));
	ctx_end(&c);
	return ((Need *)row)->state;
}
