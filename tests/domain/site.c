/* Home, overview and obligatory pages over an empty store and over services that a test makes. */
#include "domain/register/overview.h"
#include "domain/site/site.h"

#include "core/access.h"
#include "core/history.h"
#include "domain/register/register.h"
#include "tests/support/web.h"

static const Date forever;

static Ctx at(App *app) {
	return ctx_make(t_arena, app->db, &actor_program, instant_now());
}

static Id given_provider(Ctx *c) {
	Provider *p = entity_new(c->arena, &provider_entity);
	p->name = S("Ukázka, z. ú.");
	MUST(history_create(c, &provider_entity, p, D(2020, 1, 1), forever));
	return p->head.id;
}

static Id given_service(Ctx *c, Id provider, const char *name, Date since, bool is_public) {
	Service *s = entity_new(c->arena, &service_entity);
	s->provider = provider;
	s->identifier = str_format(c->arena, "%d", 1000000 + since.n);
	s->kind = S("40");
	s->name = str_c(name);
	s->provided_from = since;
	s->is_public = is_public;
	MUST(history_create(c, &service_entity, s, since, forever));
	return s->head.id;
}

TEST("site: home of an empty store says that the catalogue is being filled and does not draw a map") {
	Browser b = {.app = test_app_empty()};
	Answer  a = web_get(&b, "/");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("Katalog se teprve plní")));
	EXPECT(!str_has(a.body, S("<svg class=\"map\"")));
}

TEST("site: an empty store counts nothing and knows nobody's inhabitants") {
	App *app = test_app_empty();
	Ctx  c = at(app);
	HomeNumbers   n;
	HomeDistricts d;
	NamedServices s;
	LastImport    i;
	MUST(home_numbers(&c, &n));
	EQ_INT(n.services + n.providers + n.municipalities, 0);
	EQ_INT(n.inhabitants, BLANK);
	MUST(home_districts(&c, &d));
	EQ_INT(d.len, 0);
	MUST(home_newest(&c, 5, &s));
	EQ_INT(s.len, 0);
	MUST(home_last_import(&c, &i));
	EQ_INT(i.at.ms, 0);
	ctx_end(&c);
}

TEST("site: the newest public services come first; what is not public is neither counted nor shown") {
	App *app = test_app_empty();
	Ctx  c = at(app);
	Id   provider = given_provider(&c);
	given_service(&c, provider, "Starší služba", D(2020, 1, 1), true);
	Id newest = given_service(&c, provider, "Nová služba", D(2025, 5, 1), true);
	given_service(&c, provider, "Skrytá služba", D(2025, 6, 1), false);
	HomeNumbers   n;
	NamedServices s;
	MUST(home_numbers(&c, &n));
	EQ_INT(n.services, 2);
	EQ_INT(n.providers, 1);
	MUST(home_newest(&c, 1, &s));
	EQ_INT(s.len, 1);
	EQ_INT(s.at[0].id, newest);
	ctx_end(&c);
	Browser b = {.app = app};
	Answer  a = web_get(&b, "/");
	EXPECT(str_has(a.body, S("Nová služba")));
	EXPECT(!str_has(a.body, S("Skrytá služba")));
	a = web_get(&b, "/sitemap.xml");
	EXPECT(str_has(a.body, S("-nova-sluzba</loc>")));
	EXPECT(!str_has(a.body, S("skryta-sluzba")));
}

TEST("site: services that nobody confirmed wait, by provider and together") {
	App *app = test_app_empty();
	Ctx  c = at(app);
	Id   one = given_provider(&c), other = given_provider(&c);
	given_service(&c, one, "První", D(2020, 1, 1), true);
	given_service(&c, other, "Druhá", D(2020, 1, 2), true);
	Freshness f;
	MUST(register_freshness(&c, one, &f));
	EQ_INT(f.services, 1);
	EQ_INT(f.stale, 1);
	MUST(register_freshness(&c, 0, &f));
	EQ_INT(f.services, 2);
	EQ_INT(f.stale, 2);
	ctx_end(&c);
}

TEST("site: the trail is verified on demand, and only for who may read it") {
	App *app = test_app_empty();
	Ctx  c = at(app);
	Id   job;
	int  ran;
	TrailState state;
	MUST(overview_trail_state(&c, &state));
	EQ_INT(state.job, 0);
	MUST(trail_check_start(&c, &job));
	ctx_end(&c);
	MUST(jobs_run_all(t_arena, app->db, &ran));
	EQ_INT(ran, 1);
	c = at(app);
	MUST(overview_trail_state(&c, &state));
	EQ_INT(state.job, job);
	EQ_STR(state.state, S("done"));
	EXPECT(str_starts(state.text, S("V pořádku")));
	c.actor = &actor_public;
	EQ_INT(trail_check_start(&c, &job), ERR_AUTH);
	EQ_INT(overview_trail_state(&c, &state), ERR_AUTH);
	ctx_end(&c);
}

TEST("site: the health of the program is one word") {
	Browser b = {.app = test_app_empty()};
	Answer  a = web_get(&b, "/zdravi");
	EQ_INT(a.status, 200);
	EQ_STR(a.body, S("{\"stav\":\"ok\"}"));
}
