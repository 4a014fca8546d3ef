/* Looking at the program as somebody else: read only, noted, with a way back. */
#include "core/trail.h"
#include "domain/people/view_as.h"
#include "tests/support/web.h"
#include "web/module.h"

static Id account_of(App *app, const char *login) {
	Ctx   c = app_ctx(app, t_arena);
	void *row;
	MUST(entity_find(&c, &account_entity, TODAY, "login", str_c(login), &row));
	Id id = ((EntityHead *)row)->id;
	ctx_end(&c);
	return id;
}

static Browser signed_in(const char *login, const char *network) {
	Browser b = {.app = test_app_demo(), .network = str_c(network)};
	web_sign_in(&b, login);
	return b;
}

static Answer look_as(Browser *b, const char *login) {
	return web_post(b, "/app/nahled", str_z(t_arena, str_format(t_arena, "account=%lld", (long long)account_of(b->app, login))));
}

TEST("view as: the head of department sees what a provider sees, with a banner, and comes back") {
	Browser b = signed_in("vedouci@demo.invalid", "10.41.1.1");
	EQ_INT(web_get(&b, "/app/moje-sluzby").status, 403);
	EQ_INT(look_as(&b, "poskytovatel@demo.invalid").status, 303);
	Answer a = web_get(&b, "/app/moje-sluzby");
	EXPECT(a.status == 200 && str_has(a.body, S("Prohlížíte jako <strong>Poskytovatelka Ukázková</strong>")));
	EQ_INT(web_post(&b, "/app/nahled/konec", "").status, 303);
	a = web_get(&b, "/app");
	EXPECT(a.status == 200 && !str_has(a.body, S("Prohlížíte jako")) && str_has(a.body, S("Vedoucí Ukázková")));
	Ctx c = app_ctx(b.app, t_arena);
	TrailRecords records;
	MUST(trail_of(&c, "account", account_of(b.app, "poskytovatel@demo.invalid"), 0, 2, &records));
	EXPECT(records.len == 2 && str_eq(records.at[0].action, S("view_as")) && str_eq(records.at[1].action, S("view_as")));
	EQ_TEXT(records.at[0].actor, "Vedoucí Ukázková");
	EQ_TEXT(records.at[1].actor, "Vedoucí Ukázková");
	ctx_end(&c);
}

TEST("view as: nothing can be changed by any form, and the pages of the other's account stay closed") {
	Browser b = signed_in("spravce@demo.invalid", "10.41.1.2");
	EQ_INT(look_as(&b, "sit@demo.invalid").status, 303);
	int refused = 0;
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		bool own = strncmp(route->path, "/app/ucet", 9) == 0;
		if (strchr(route->path, '{') || (route->method == GET && !own) || strcmp(route->path, "/odhlaseni") == 0 || strcmp(route->path, VIEW_AS_END) == 0)
			continue;
		Answer a = route->method == GET ? web_get(&b, route->path) : web_post(&b, route->path, "");
		if (a.status != 403)
			test_fail(__FILE__, __LINE__, "%s %s answers %d to somebody who only looks", route->method == GET ? "GET" : "POST", route->path, a.status);
		refused++;
	}
	EXPECT(refused > 10);
	EQ_INT(web_post(&b, VIEW_AS_END, "").status, 303);
}

TEST("view as: not oneself, not an administrator for others, not a blocked account, not without the right") {
	Browser b = signed_in("vedouci@demo.invalid", "10.41.1.3");
	EQ_INT(look_as(&b, "vedouci@demo.invalid").status, 422);
	Answer a = look_as(&b, "spravce@demo.invalid");
	EXPECT(a.status == 422 && str_has(a.body, S("jen správce aplikace")));
	EQ_INT(look_as(&b, "audit@demo.invalid").status, 422);
	EQ_INT(web_post(&b, "/app/nahled", "account=99999999").status, 422);
	EQ_INT(web_post(&b, "/app/nahled", "account=x").status, 400);
	Browser officer = signed_in("sit@demo.invalid", "10.41.1.4");
	EQ_INT(web_get(&officer, "/app/nahled").status, 403);
	EQ_INT(look_as(&officer, "poskytovatel@demo.invalid").status, 403);
}

TEST("view as: half an hour later one is oneself again") {
	App *app = test_app_demo();
	Ctx  c = app_ctx(app, t_arena);
	Id   ved = account_of(app, "vedouci@demo.invalid"), prv = account_of(app, "poskytovatel@demo.invalid");
	SignedIn who;
	Actor    actor;
	SessionInfo *info;
	MUST(sign_in(&c, S("vedouci@demo.invalid"), S(DEMO_PASSWORD), S("10.41.1.5"), S("P"), &who));
	MUST(people_auth.session_of(&c, who.token, S("10.41.1.5"), &actor, &info));
	EQ_INT(actor.account, ved);
	c.actor = &actor;
	MUST(view_as_begin(&c, info->id, prv));
	MUST(people_auth.session_of(&c, who.token, S("10.41.1.5"), &actor, &info));
	EXPECT(actor.account == prv && actor.viewer == ved && may(&c, "register.own"));
	ctx_end(&c);
	Ctx later = ctx_make(t_arena, app->db, &actor_public, (Instant){c.now.ms + 30 * 60 * 1000 - 1000});
	MUST(people_auth.session_of(&later, who.token, S("10.41.1.5"), &actor, &info));
	EQ_INT(actor.account, info ? prv : actor.account);
	ctx_end(&later);
	Ctx over = ctx_make(t_arena, app->db, &actor_public, (Instant){c.now.ms + 30 * 60 * 1000});
	people_auth.seen(&over, &(SessionInfo){.id = who.session});
	MUST(people_auth.session_of(&over, who.token, S("10.41.1.5"), &actor, &info));
	EXPECT(info && actor.account == ved && actor.viewer == 0);
	ctx_end(&over);
}
