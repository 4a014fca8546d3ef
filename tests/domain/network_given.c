/* network_given.c: a network with one version. */
#include "tests/domain/network_given.h"

static Id assembly(Ctx *c) {
	Organisation o = {.kind = S("body"), .name = S("Zastupitelstvo kraje"), .ref = BLANK};
	MUST(entity_insert(c, &organisation_entity, &o));
	return o.head.id;
}

static void add_territory(Db *db) {
	TerritoryImport done;
	Ctx             c = ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 1), 9 * 3600));
	MUST(territory_import_builtin(&c, S("78"), &done));
	ctx_end(&c);
}

void network_given(NetGiven *n) {
	*n = (NetGiven){.g = edit_given_in(test_app_filled(add_territory))};
	Ctx *c = by(&n->g, &actor_program);
	n->c = &n->g.c;
	MUST(resolution_add(c, &(ResolutionNew){.number = S("501/24/ZK"), .body = assembly(c), .decided_on = D(2024, 12, 17), .result = S("approved"),
		.title = S("Základní síť 2025")}, &n->resolution));
	MUST(network_of_tier(c, (Str){0}, &n->network));
	n->version = entity_new(t_arena, &network_version_entity);
	n->version->network = n->network->head.id;
	n->version->number = S("2025/1");
	n->version->title = S("Základní síť 2025");
	n->version->effective_from = D(2025, 1, 1);
	MUST(workflow_start(c, &network_version_machine, "take_over", n->version, &(WorkInput){.resolution = S("501/24/ZK")}));
	net(&n->g);
}

Line *network_line(NetGiven *n, const char *number) {
	Line *l = entity_new(t_arena, &line_entity);
	Str   areas;
	MUST(line_areas.read(n->c, entity_field(&line_entity, S("areas")), S("Liberec 60 %; Tanvald 40 %"), &areas));
	l->network = n->network->head.id;
	l->number = str_c(number);
	l->service = n->g.service;
	l->provider = n->g.provider;
	l->name = S("Pečovatelská služba Lípa");
	l->kind = S("40");
	strs_add(t_arena, &l->forms, S("ter"));
	l->areas = areas;
	l->unit = S("U");
	l->capacity = fte(500);
	l->level = S("Z1");
	l->status = S(LINE_IN_NETWORK);
	l->regionality = (Percent){10000};
	l->since = D(2025, 1, 1);
	l->ceilings = S("2025=300000000");
	l->by_version = n->version->head.id;
	l->resolution = n->resolution;
	l->change_reason = S("První síť.");
	return l;
}

Line *network_line_put(NetGiven *n, const char *number) {
	Line *l = network_line(n, number);
	MUST(line_write(n->c, l, D(2025, 1, 1), (Date){0}));
	return l;
}

void town_moves(NetGiven *n, const char *town, const char *district, Date from) {
	Ctx        *c = by(&n->g, &actor_program);
	const Unit *child = territory_by_slug(c, LEVEL_MUNICIPALITY, str_c(town)), *to = territory_by_slug(c, LEVEL_DISTRICT, str_c(district));
	EXPECT(child && to);
	EntityList rows;
	ListFilter of = {.field = entity_field(&membership_entity, S("child")), .value = str_format(c->arena, "%lld", (long long)child->id)};
	MUST(entity_list(c, &membership_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		Membership *m = rows.at[i];
		if (!str_eq(m->parent_level, S(LEVEL_DISTRICT)))
			continue;
		m->parent = to->id;
		MUST(history_change_judged(c, &membership_entity, m, from, (Date){0}));
	}
	n->c = net(&n->g);
}
