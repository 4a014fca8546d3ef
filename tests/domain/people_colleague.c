/* Local administrators: their own organisation, and nobody gives more than they may. */
#include "core/settings.h"
#include "domain/people/colleague.h"
#include "domain/people/demo.h"
#include "domain/people/grant.h"
#include "tests/support/store.h"
#include "tests/test.h"

static const char password[] = "modry-kocour-leze-dolu";

typedef struct Given { Db *db; Id home, foreign, pad, prv, neighbour; Actor actor; } Given;

static Id add(Ctx *c, const char *login, const char *role, Id provider, Id organisation, Date last_day) {
	Id id;
	MUST(account_add(c, str_c(login), str_c(login), organisation, &id));
	MUST(account_grant(c, id, str_c(role), SCOPE_PROVIDER, provider, D(2026, 1, 1), last_day));
	MUST(account_set_password(c, id, str_c(password), 0));
	return id;
}

static Given given(Date pad_ends) {
	Given g = {.db = test_store()};
	Ctx   c = ctx_make(t_arena, g.db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	MUST(people_seed(&c));
	MUST(setting_set(&c, S("people.second_factor_roles"), S("")));
	Organisation home = {.kind = S("provider"), .name = S("Domov"), .ref = 100}, foreign = {.kind = S("provider"), .name = S("Soused"), .ref = 200};
	MUST(entity_insert(&c, &organisation_entity, &home));
	MUST(entity_insert(&c, &organisation_entity, &foreign));
	g.home = home.head.id;
	g.foreign = foreign.head.id;
	g.pad = add(&c, "pad@example.org", "PAD", 100, g.home, pad_ends);
	g.prv = add(&c, "prv@example.org", "PRV", 100, g.home, (Date){0});
	g.neighbour = add(&c, "soused@example.org", "PRV", 200, g.foreign, (Date){0});
	ctx_end(&c);
	return g;
}

/* The way a person comes: signed in, with today's roles. */
static Ctx as(Given *g, const char *login, Date day) {
	Ctx      c = ctx_make(t_arena, g->db, &actor_public, prague_instant(day, 10 * 3600));
	SignedIn who;
	SessionInfo *info;
	MUST(sign_in(&c, str_c(login), str_c(password), S("192.0.2.7"), S("P"), &who));
	MUST(people_auth.session_of(&c, who.token, S("192.0.2.7"), &g->actor, &info));
	c.actor = &g->actor;
	return c;
}

static Str said(Ctx *c) {
	Str text = first_problem(c);
	c->problems.len = 0;
	return text;
}

TEST("colleagues: a local administrator sees people of their own organisation, and nobody else exists") {
	Given g = given((Date){0});
	Ctx   c = as(&g, "pad@example.org", D(2026, 11, 22));
	Colleagues all;
	Colleague  one;
	MUST(colleague_list(&c, &all));
	EQ_INT(all.len, 2);
	MUST(colleague_get(&c, g.prv, &one));
	EXPECT(!one.is_me && one.role_count == 1 && !one.has_foreign_role);
	EQ_INT(colleague_get(&c, g.neighbour, &one), ERR_NOT_FOUND);
	EQ_INT(colleague_get(&c, 999999, &one), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("colleagues: who is no local administrator can neither list nor invite") {
	Given g = given((Date){0});
	Ctx   c = as(&g, "prv@example.org", D(2026, 11, 22));
	Colleagues all;
	Id id;
	EQ_INT(colleague_list(&c, &all), ERR_FORBIDDEN);
	EQ_INT(colleague_add(&c, (NewColleague){.name = S("A"), .login = S("a@example.org"), .role = S("PRV")}, &id), ERR_FORBIDDEN);
	ctx_end(&c);
}

TEST("colleagues: a local administrator gives PRV and PAD in the own organisation, and nothing more") {
	Given g = given((Date){0});
	Ctx   c = as(&g, "pad@example.org", D(2026, 11, 22));
	static const char *const refused[] = {"ADM", "NET", "PSG", "MUN", "AUD", "PAY", "XXX"};
	for (size_t i = 0; i < LEN(refused); i++) {
		Err e = colleague_grant(&c, g.prv, str_c(refused[i]), (Date){0}, (Date){0});
		EXPECT(e == ERR_FORBIDDEN || e == ERR_INVALID);
		EXPECT(said(&c).len > 10);
	}
	MUST(colleague_grant(&c, g.prv, S("PAD"), (Date){0}, (Date){0}));
	/* by any way of writing: the check belongs to the entity */
	AccountRole elsewhere = {.account = g.neighbour, .role = S("PRV"), .scope_kind = S("provider"), .scope_ref = 200, .first_day = D(2026, 1, 1)};
	EQ_INT(entity_insert(&c, &account_role_entity, &elsewhere), ERR_FORBIDDEN);
	c.problems.len = 0;
	AccountRole stranger = {.account = g.neighbour, .role = S("PRV"), .scope_kind = S("provider"), .scope_ref = 100, .first_day = D(2026, 1, 1)};
	EQ_INT(entity_insert(&c, &account_role_entity, &stranger), ERR_FORBIDDEN);
	EXPECT(str_has(said(&c), S("lidem své organizace")));
	ctx_end(&c);
}

TEST("colleagues: nobody changes the own roles or account") {
	Given g = given((Date){0});
	Ctx   c = as(&g, "pad@example.org", D(2026, 11, 22));
	EQ_INT(colleague_grant(&c, g.pad, S("PRV"), (Date){0}, (Date){0}), ERR_FORBIDDEN);
	c.problems.len = 0;
	EQ_INT(colleague_set_state(&c, g.pad, S("blocked")), ERR_FORBIDDEN);
	EXPECT(str_has(said(&c), S("Svůj vlastní účet")));
	ctx_end(&c);
}

TEST("colleagues: a role given on lasts no longer than the right of the giver") {
	Given g = given(D(2026, 12, 31));
	Ctx   c = as(&g, "pad@example.org", D(2026, 11, 22));
	EQ_INT(colleague_grant(&c, g.prv, S("PAD"), (Date){0}, (Date){0}), ERR_FORBIDDEN);
	EXPECT(str_has(said(&c), S("31.\u00a012.\u00a02026")));
	EQ_INT(colleague_grant(&c, g.prv, S("PAD"), (Date){0}, D(2027, 1, 1)), ERR_FORBIDDEN);
	c.problems.len = 0;
	MUST(colleague_grant(&c, g.prv, S("PAD"), (Date){0}, D(2026, 12, 31)));
	ctx_end(&c);
}

TEST("colleagues: an invited person is of the organisation, has the role and cannot sign in yet") {
	Given g = given((Date){0});
	Ctx   c = as(&g, "pad@example.org", D(2026, 11, 22));
	Id    id;
	MUST(colleague_add(&c, (NewColleague){.name = S("Žofie Nová"), .login = S(" Zofie@Example.org "), .role = S("PRV")}, &id));
	Colleague one;
	MUST(colleague_get(&c, id, &one));
	EQ_TEXT(one.account->state, "invited");
	EQ_TEXT(one.account->login, "zofie@example.org");
	EQ_INT(one.role_count, 1);
	EQ_INT(colleague_add(&c, (NewColleague){.name = S("Znovu"), .login = S("zofie@example.org"), .role = S("PRV")}, &id), ERR_CONFLICT);
	ctx_end(&c);
}

TEST("colleagues: blocking ends the sessions at once, unblocking lets in again, an ended account stays so") {
	Given g = given((Date){0});
	Ctx   worker = as(&g, "prv@example.org", D(2026, 11, 22));
	SignedIn who;
	MUST(sign_in(&worker, S("prv@example.org"), str_c(password), S("192.0.2.9"), S("P"), &who));
	ctx_end(&worker);
	Ctx c = as(&g, "pad@example.org", D(2026, 11, 22));
	MUST(colleague_set_state(&c, g.prv, S("blocked")));
	SessionInfo *info;
	Actor actor;
	MUST(people_auth.session_of(&c, who.token, S("192.0.2.9"), &actor, &info));
	EXPECT(!info);
	MUST(colleague_set_state(&c, g.prv, S("active")));
	MUST(colleague_set_state(&c, g.prv, S("ended")));
	EQ_INT(colleague_set_state(&c, g.prv, S("active")), ERR_CONFLICT);
	c.problems.len = 0;
	EQ_INT(colleague_set_state(&c, g.prv, S("nonsense")), ERR_CONFLICT);
	ctx_end(&c);
}

TEST("colleagues: a role ends the same day, and one that has not begun never will") {
	Given g = given((Date){0});
	Ctx   c = as(&g, "pad@example.org", D(2026, 11, 22));
	Colleague one;
	MUST(colleague_grant(&c, g.prv, S("PAD"), D(2026, 12, 1), (Date){0}));
	MUST(colleague_get(&c, g.prv, &one));
	EQ_INT(one.role_count, 2);
	MUST(colleague_end_role(&c, g.prv, one.roles[1].head.id));
	MUST(colleague_end_role(&c, g.prv, one.roles[0].head.id));
	EQ_INT(colleague_end_role(&c, g.prv, one.roles[0].head.id), ERR_CONFLICT);
	c.problems.len = 0;
	EQ_INT(colleague_end_role(&c, g.neighbour, one.roles[0].head.id), ERR_NOT_FOUND);
	MUST(colleague_get(&c, g.prv, &one));
	EQ_INT(one.role_count, 1);
	EXPECT(date_eq(one.roles[0].last_day, D(2026, 11, 21)));
	ctx_end(&c);
	Ctx worker = as(&g, "prv@example.org", D(2026, 11, 22));
	EXPECT(!may(&worker, "register.own"));
	ctx_end(&worker);
}

TEST("colleagues: an account with a role elsewhere is blocked by the administrator of the application only") {
	Given g = given((Date){0});
	Ctx   p = ctx_make(t_arena, g.db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	MUST(account_grant(&p, g.prv, S("GRP"), SCOPE_BODY, 7, D(2026, 1, 1), (Date){0}));
	ctx_end(&p);
	Ctx c = as(&g, "pad@example.org", D(2026, 11, 22));
	EQ_INT(colleague_set_state(&c, g.prv, S("blocked")), ERR_FORBIDDEN);
	EXPECT(str_has(said(&c), S("mimo vaši organizaci")));
	ctx_end(&c);
}

TEST("colleagues: a role is given in the scope that belongs to it") {
	Given g = given((Date){0});
	Ctx   p = ctx_make(t_arena, g.db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	EQ_INT(account_grant(&p, g.prv, S("NET"), SCOPE_PROVIDER, 100, D(2026, 1, 1), (Date){0}), ERR_INVALID);
	p.problems.len = 0;
	EQ_INT(account_grant(&p, g.prv, S("PRV"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}), ERR_INVALID);
	ctx_end(&p);
}
