#include "domain/register/generate_parts.h"

/* The file is cut at truncate_at; whatever comes after is only counted off. */
static void hand_on(Buf *out, Str text, i64 truncate_at, i64 *bytes) {
	if (truncate_at && *bytes + (i64)text.len > truncate_at)
		text = str_first(text, (size_t)(truncate_at - *bytes));
	buf_str(out, text);
	*bytes += (i64)text.len;
}

static void count(const GenService *s, RegisterGenerated *g) {
	g->services++;
	g->facilities += s->places;
	g->traps[TRAP_ICO_SHORT] += s->ico_short;
	g->traps[TRAP_IDENTIFIER_NUMBER] += s->identifier_number;
	g->traps[TRAP_IDENTIFIER_SHARED] += s->identifier_shared;
	g->traps[TRAP_NO_FACILITY] += s->places == 0;
	g->traps[TRAP_SERVICE_ENDED] += s->to.year != 0;
	g->traps[TRAP_DATE_TIME] += s->date_time;
	g->traps[TRAP_CAPACITY_TWICE] += s->twice;
	for (int k = 0; k < s->places; k++) {
		const GenPlace *place = &s->place[k];
		g->traps[TRAP_FACILITY_SPACES] += place->spaces;
		g->traps[TRAP_FACILITY_ENDED] += place->to.year != 0;
		g->traps[TRAP_NO_ADDRESS_POINT] += place->address_point == 0;
		g->traps[TRAP_PART_ELSEWHERE] += place->part_elsewhere;
		g->traps[TRAP_SECRET] += place->secret;
	}
}

static void count_providers(Arena *a, const GenPlan *p, RegisterGenerated *g) {
	bool *seen = NEW_ARRAY(a, bool, p->providers);
	for (i64 i = 0; i < g->services; i++) {
		const GenProvider *provider = &p->provider[p->owner[i]];
		if (seen[p->owner[i]])
			continue;
		seen[p->owner[i]] = true;
		g->providers++;
		g->traps[TRAP_ICO_ZEROS] += provider->zeros;
		g->traps[TRAP_ICO_CHECK_DIGIT] += provider->wrong_check;
		g->traps[TRAP_PROVIDER_SPACES] += provider->spaces;
	}
}

RegisterGenerated register_generate(Arena *a, RegisterGenerateOptions o, RegisterTerritory territory, Buf *out) {
	RegisterGenerated g = {0};
	GenPlan *p = gen_plan(a, o, territory);
	GenService *s = NEW(a, GenService, .index = 0);
	Buf record = {0};
	size_t next_edit = 0;
	hand_on(out, S("{\"polozky\":["), o.truncate_at, &g.bytes);
	for (i64 i = 0; i < p->kept; i++) {
		gen_service(p, i, s);
		while (next_edit < p->edit_count && p->edit[next_edit].record == i)
			gen_edit_service(a, p, s, &p->edit[next_edit++]);
		record.len = 0;
		if (i)
			buf_lit(&record, ",\n");
		gen_put_service(&record, p, s);
		hand_on(out, buf_view(&record), o.truncate_at, &g.bytes);
		count(s, &g);
	}
	hand_on(out, S("]}\n"), o.truncate_at, &g.bytes);
	buf_free(&record);
	count_providers(a, p, &g);
	g.edits = p->done;
	g.edit_count = p->done_count;
	return g;
}
