/* confirm.c: the yearly confirmation, who gives it, and which are old. */
#include "core/settings.h"
#include "domain/register/confirm.h"
#include "tests/domain/register_edit.h"

static Service *service(Ctx *c, Id id) { return edit_get(c, &service_entity, id); }

static i64 stale(Ctx *c) {
	StaleFilters f = confirm_stale_filters(c);
	EntityList   rows;
	MUST(entity_list(c, &service_entity, &(ListQuery){.filters = f.at, .filter_count = LEN(f.at), .limit = 1, .want_total = true}, &rows));
	return rows.total;
}

TEST("register confirm: the statutory person confirms the own service, with the day and the name") {
	Given g = edit_given();
	const Actor *c = edit_actor("Stanislava Statutární", "PSG", SCOPE_PROVIDER, g.provider);
	EXPECT(service_may_confirm(by(&g, c), service(by(&g, c), g.service)));
	EXPECT(service_is_stale(by(&g, c), service(by(&g, c), g.service)));
	EQ_INT(stale(by(&g, c)), 1);
	MUST(service_confirm(by(&g, c), g.service, 1));
	EQ_INT(service(by(&g, c), g.service)->confirmed_on.n, g.c.today.n);
	EQ_TEXT(service(by(&g, c), g.service)->confirmed_by, "Stanislava Statutární");
	EQ_INT(stale(by(&g, c)), 0);
	TrailRecords t;
	MUST(trail_of(by(&g, c), "service", g.service, 0, 1, &t));
	EXPECT(str_has(t.at[0].reason, S("Potvrzení")));
	i64 version = service(by(&g, c), g.service)->head.version;
	MUST(service_confirm(by(&g, c), g.service, 0));     /* again on the same day: nothing */
	EQ_INT(service(by(&g, c), g.service)->head.version, version);
	ctx_end(&g.c);
}

TEST("register confirm: a neighbour's service is not to be found, a clerk may not, an officer may") {
	Given g = edit_given();
	const Actor *neighbour = edit_actor("Soused", "PSG", SCOPE_PROVIDER, g.neighbour), *clerk = edit_actor("Pracovník", "PRV", SCOPE_PROVIDER, g.provider);
	EXPECT(!service_may_confirm(by(&g, neighbour), service(by(&g, neighbour), g.service)));
	EXPECT(edit_refused(by(&g, neighbour), service_confirm(by(&g, neighbour), g.service, 0), ERR_NOT_FOUND, "nemáte přístup"));
	EXPECT(edit_refused(by(&g, clerk), service_confirm(by(&g, clerk), g.service, 0), ERR_FORBIDDEN, "potvrzovat údaje"));
	MUST(service_confirm(net(&g), g.service, 0));
	ctx_end(&g.c);
}

TEST("register confirm: what was changed since it was shown, and what is not provided, is not confirmed") {
	Given    g = edit_given();
	Service *s = service(net(&g), g.service);
	EXPECT(edit_refused(net(&g), service_confirm(net(&g), g.service, s->head.version + 5), ERR_CONFLICT, "mezitím změnily"));
	s->provided_to = D(2026, 6, 30);
	s->end_reason = S("zanik");
	g.c.reason = S("Skončila.");
	MUST(register_save(net(&g), &service_entity, s, g.c.today));
	EXPECT(edit_refused(net(&g), service_confirm(net(&g), g.service, 0), ERR_INVALID, "skončila 30."));
	EQ_INT(stale(net(&g)), 0);
	ctx_end(&g.c);
}

TEST("register confirm: a confirmation is old when the months of the setting are over") {
	Given g = edit_given();
	MUST(service_confirm(net(&g), g.service, 0));
	g.c.today = D(2027, 11, 21);
	EQ_INT(stale(net(&g)), 0);
	g.c.today = D(2027, 11, 22);
	EQ_INT(stale(net(&g)), 1);
	EXPECT(service_is_stale(net(&g), service(net(&g), g.service)));
	ctx_end(&g.c);
}
