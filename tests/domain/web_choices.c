/* web_choices.c: records on the pages that follow from their tables: references in forms, chosen by name where they are few; the page of each kind of record. */
#include "domain/people/people.h"
#include "domain/territory/territory.h"
#include "tests/domain/web_everybody.h"
#include "web/screen.h"

TEST("choices: one of few records is chosen by name, not by a number that nobody knows") {
	Browser b = {.app = test_app_demo(), .network = S("10.230.1.1")};
	web_sign_in(&b, "planovac@demo.invalid");
	Answer a = web_get(&b, "/app/strategie/novy");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("<select class=\"input\" id=\"plan\"")) && str_has(a.body, S("2024–2026 (2024-2026)</option>")) && !str_has(a.body, S("Číslo záznamu")));
}

TEST("choices: of the many units of territory one is written; what was written wrong stays as it was typed") {
	Browser b = {.app = test_app_demo(), .network = S("10.230.1.2")};
	web_sign_in(&b, "planovac@demo.invalid");
	Answer a = web_get(&b, "/app/karty-uzemi/novy");
	EXPECT(a.status == 200 && str_has(a.body, S("<select class=\"input\" id=\"card\"")) && str_has(a.body, S("name=\"territory\"")));
	a = web_post(&b, "/app/karty-uzemi/novy", "card=tamta+karta&territory=999999999&reason=");
	EXPECT(a.status == 422 && str_has(a.body, S("value=\"tamta karta\"")) && str_has(a.body, S("value=\"999999999\"")));
	a = web_post(&b, "/app/karty-uzemi/novy", "card=999999999&territory=&reason=");
	EXPECT(a.status == 422 && str_has(a.body, S("<option value=\"999999999\" selected")));
}

TEST("choices: the page of a record opens for every kind of record that has them, also for one without a name") {
	size_t    opened = 0, people;
	Somebody *all = web_everybody(&people);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		EntityList   some;
		if (route->method != GET || route->handler != screen_detail)
			continue;
		Ctx c = ctx_make(t_arena, test_app_demo()->db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
		MUST(entity_list(&c, route->entity, &(ListQuery){.limit = 1}, &some));
		ctx_end(&c);
		if (!some.len)
			continue;
		Str    id = str_format(t_arena, "%lld", (long long)((const EntityHead *)some.at[0])->id);
		bool   is_open = false;
		for (size_t k = 0; k < people && !is_open; k++)
			if (web_may(&all[k], route->capability))
				is_open = web_get(&all[k].b, web_filled(route, str_z(t_arena, id))).status == 200;
		if (!is_open)
			test_fail(__FILE__, __LINE__, "%s opens for nobody", web_filled(route, str_z(t_arena, id)));
		opened++;
		arena_free(t_arena);
	}
	EXPECT(opened >= 20);
}

TEST("choices: a form of a new record begins with what the list was narrowed to") {
	Browser b = {.app = test_app_demo(), .network = S("10.230.1.3")};
	web_sign_in(&b, "planovac@demo.invalid");
	Str body = web_get(&b, "/app/plan/2024-2026/karty").body, id = str_from(body, (size_t)str_find(body, S("/app/karty/")) + 11);
	id = str_cut(&id, '"');
	const char *list = str_z(t_arena, str_cat(t_arena, S("/app/karty-roky?year=2025&card="), id));
	Str         form = str_cat(t_arena, S("/app/karty-roky/novy?card="), str_cat(t_arena, id, S("&amp;year=2025")));
	EXPECT(str_has(web_get(&b, list).body, form));
	const char *novy = str_z(t_arena, str_cat(t_arena, S("/app/karty-roky/novy?card="), id));
	EXPECT(str_has(web_get(&b, novy).body, str_cat(t_arena, S("<option value=\""), str_cat(t_arena, id, S("\" selected")))));
}

TEST("choices: a unit of territory is named in a form; a name that two bear is asked again with what tells them apart, and a code is enough") {
	Browser b = {.app = test_app_demo(), .network = S("10.230.1.4")};
	web_sign_in(&b, "planovac@demo.invalid");
	Answer a = web_get(&b, "/app/karty-uzemi/novy");
	EXPECT(str_has(a.body, S("Název, nebo číslo záznamu.")));
	a = web_post(&b, "/app/karty-uzemi/novy", "card=&territory=p%C4%9Bn%C4%8D%C3%ADn&reason=");
	EXPECT(a.status == 422 && str_has(a.body, S("je v evidenci vícekrát")) && str_has(a.body, S("Upřesněte, které myslíte.")));
	EXPECT(str_has(a.body, S("<select class=\"input\" id=\"territory\"")) && str_has(a.body, S("Pěnčín (obec, ORP Železný Brod)</option>")) &&
	       str_has(a.body, S("Pěnčín (obec, ORP Turnov)</option>")));
	a = web_post(&b, "/app/karty-uzemi/novy", "card=&territory=Fr%C3%BDdlant+nad+Atlantidou&reason=");
	EXPECT(a.status == 422 && str_has(a.body, S("Frýdlant nad Atlantidou“ v evidenci není")) && str_has(a.body, S("value=\"Frýdlant nad Atlantidou\"")));
}

TEST("choices: what is told apart finds its record again, a code of one level too; people are found by no name") {
	App *app = test_app_demo();
	Ctx  c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
	EntityList found;
	Id         id = 0;
	const Field *f = NULL;
	for (size_t i = 0; i < membership_entity.field_count; i++)
		if (membership_entity.fields[i].target == &territory_entity)
			f = &membership_entity.fields[i];
	MUST(ref_matches(&c, &territory_entity, S("Pěnčín (obec, ORP Turnov)"), &found));
	EQ_INT(found.len, 1);
	EQ_STR(ref_label(&c, &territory_entity, found.at[0]), S("Pěnčín (obec, ORP Turnov)"));
	Str code = ((const Territory *)found.at[0])->code;
	MUST(ref_read_name(&c, f, code, &id));
	EQ_INT(id, ((const EntityHead *)found.at[0])->id);
	MUST(ref_read_name(&c, f, S("PĚNČÍN (obec, orp turnov)"), &id));
	EQ_INT(ref_read_name(&c, f, S("Pěnčín"), &id), ERR_INVALID);
	EQ_INT(ref_read_name(&c, f, S("Pěnčín (obec, ORP Praha)"), &id), ERR_INVALID);
	c.problems.len = 0;
	MUST(ref_matches(&c, &account_entity, S("Správce Ukázkový"), &found));
	EQ_INT(found.len, 0);
	ctx_end(&c);
}
