/* Why can I, why can't I: the page says what the access mechanism decides, and by which role. */
#include "domain/people/people.h"
#include "tests/support/web.h"
#include "web/module.h"

static Browser signed_in(const char *login, const char *network) {
	Browser b = {.app = test_app_demo(), .network = str_c(network)};
	web_sign_in(&b, login);
	return b;
}

TEST("why: the page agrees with what each page does, for every address without arguments") {
	Browser b = signed_in("analytik@demo.invalid", "10.42.1.1");
	int     asked = 0;
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != GET || strchr(route->path, '{') || strcmp(route->capability, ANYONE) == 0 || strcmp(route->capability, SIGNED_IN) == 0)
			continue;
		Answer page = web_get(&b, route->path);
		Answer why = web_get(&b, str_z(t_arena, str_format(t_arena, "/app/proc?adresa=%s", route->path)));
		EQ_INT(why.status, 200);
		bool says_yes = str_has(why.body, S("přístup má")), refused = page.status == 403;
		if (says_yes == refused)
			test_fail(__FILE__, __LINE__, "%s answers %d, and the explanation says %s", route->path, page.status, says_yes ? "yes" : "no");
		asked++;
	}
	EXPECT(asked > 10);
}

TEST("why: the person is named by the e-mail too, and one that nobody has is told as missing") {
	Browser b = {.app = test_app_demo(), .network = S("10.61.9.1")};
	web_sign_in(&b, "audit@demo.invalid");
	Answer a = web_get(&b, "/app/proc?adresa=/app/sluzby&ucet=Poskytovatel@demo.invalid");
	EXPECT(a.status == 200 && str_has(a.body, S("Poskytovatelka Ukázková: přístup nemá")));
	EQ_INT(web_get(&b, "/app/proc?adresa=/app/sluzby&ucet=nikdo@demo.invalid").status, 404);
}

TEST("why: a refused page leads to the explanation, which names the roles that could") {
	Browser b = signed_in("poskytovatel@demo.invalid", "10.42.1.2");
	Answer  a = web_get(&b, "/app/sprava/nastaveni");
	EXPECT(a.status == 403 && str_has(a.body, S("/app/proc?adresa=")));
	a = web_get(&b, "/app/proc?adresa=/app/sprava/nastaveni?x=1");
	EXPECT(a.status == 200 && str_has(a.body, S("správce aplikace")) && str_has(a.body, S("přístup nemá")));
	a = web_get(&b, "/app/proc?opravneni=register.own");
	EXPECT(str_has(a.body, S("platí dnes")) && str_has(a.body, S("přístup má")));
}

TEST("why: another's account is explained to who cares for accounts only, and an unknown address is told") {
	Browser b = signed_in("sit@demo.invalid", "10.42.1.3");
	EQ_INT(web_get(&b, "/app/proc?adresa=/app&ucet=1").status, 403);
	EXPECT(str_has(web_get(&b, "/app/proc?adresa=/neni").body, S("žádná stránka není")));
	EXPECT(str_has(web_get(&b, "/app/proc?adresa=/katalog").body, S("otevře ji každý")));
	Browser admin = signed_in("spravce@demo.invalid", "10.42.1.4");
	Ctx   c = app_ctx(admin.app, t_arena);
	void *row;
	MUST(entity_find(&c, &account_entity, TODAY, "login", S("obec.jablonec@demo.invalid"), &row));
	Id id = ((EntityHead *)row)->id;
	ctx_end(&c);
	Answer a = web_get(&admin, str_z(t_arena, str_format(t_arena, "/app/proc?opravneni=need.create&ucet=%lld", (long long)id)));
	EXPECT(a.status == 200 && str_has(a.body, S("Obecní Ukázkový")) && str_has(a.body, S("Jablonec nad Nisou")) && str_has(a.body, S("přístup má")));
}
