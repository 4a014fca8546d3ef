#include "tests/domain/draft_given.h"

Id given_draft(Given *g) {
	NetworkVersion *v = entity_new(t_arena, &network_version_entity);
	v->network = g->network;
	v->number = S("2027/1");
	v->title = S("Síť na rok 2027");
	v->effective_from = D(2027, 1, 1);
	MUST(draft_open(as_person(g, g->officer), v));
	return v->head.id;
}

NetworkVersion *draft_version(Given *g, Id id) {
	NetworkVersion *v;
	MUST(network_version_stored(&g->c, id, &v));
	return v;
}

DraftLine *draft_line_at(Given *g, Id version, size_t i) {
	DraftLines all;
	MUST(draft_lines(&g->c, version, &all));
	EXPECT(i < all.len);
	return all.at[i];
}

Err draft_step(Given *g, Id version, const Actor *who, const char *action) {
	WorkInput in = {.resolution = strcmp(action, "approve") == 0 ? S("12/26/ZK") : (Str){0}, .reason = strcmp(action, "cancel") == 0 ? S("Omyl.") : (Str){0}};
	return workflow_do(as_person(g, who), &network_version_machine, version, action, &in);
}
