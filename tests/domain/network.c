/* Lines of the network: what they must hold, how they are read in two times, sums by territory, the way of a version. */
#include "domain/network/line_supply.h"
#include "tests/domain/network_given.h"
#include "web/web.h"

static bool said_at(Ctx *c, const char *field, const char *words) {
	for (size_t i = 0; i < c->problems.len; i++)
		if (c->problems.at[i].field && strcmp(c->problems.at[i].field, field) == 0 && str_has(c->problems.at[i].text, str_c(words))) {
			c->problems.len = 0;
			return true;
		}
	return false;
}
#define REFUSED_AT(l, field, words) (EQ_INT(line_write(n.c, l, D(2025, 1, 1), (Date){0}), ERR_INVALID), EXPECT(said_at(n.c, field, words)))

TEST("network: a line without capacity, with half a bed, or in a unit that its kind does not have is refused at the field (G2)") {
	NetGiven n;
	network_given(&n);
	Line *l = network_line(&n, "1");
	l->capacity = fte(0);
	REFUSED_AT(l, "capacity", "větší než nula");
	l->capacity = fte(250);
	l->unit = S("L");
	REFUSED_AT(l, "capacity", "celým číslem");
	l->capacity = fte(200);
	REFUSED_AT(l, "unit", "se kapacita v jednotce");
}

TEST("network: shares of territories that are not 100 % together are refused, and told how much they are") {
	NetGiven n;
	Str      areas;
	network_given(&n);
	const Field *f = entity_field(&line_entity, S("areas"));
	Line        *l = network_line(&n, "1");
	MUST(line_areas.read(n.c, f, S("liberec 60; Tanvald 39,99 %"), &areas));
	l->areas = areas;
	REFUSED_AT(l, "areas", "99,99");
	EQ_INT(line_areas.read(n.c, f, S("Atlantida 100 %"), &areas), ERR_INVALID);
	EQ_INT(line_areas.read(n.c, f, S("Liberec 50; Liberec 50"), &areas), ERR_INVALID);
	EQ_INT(line_areas.read(n.c, f, S("Liberec 0; Tanvald 100"), &areas), ERR_INVALID);
	EQ_INT(line_areas.read(n.c, f, S("Liberec 120"), &areas), ERR_INVALID);
	n.c->problems.len = 0;
	MUST(line_areas.read(n.c, f, S("Frýdlant"), &areas));
	EXPECT(str_ends(areas, S("=10000")));
	EQ_STR(line_areas.people(n.c, areas), line_areas.people(n.c, areas));
	Str again;
	MUST(line_areas.read(n.c, f, line_areas.people(n.c, l->areas), &again));
	EQ_STR(again, l->areas);
}

TEST("network: F17: shares of municipalities count in the district of the day; the text comes back the same, namesakes want their district") {
	NetGiven  n;
	LineWhole w;
	Str       areas, again;
	network_given(&n);
	const Field *f = entity_field(&line_entity, S("areas"));
	MUST(line_areas.read(n.c, f, S("obec Liberec 20; Desná 30 %; Tanvald 40 %; obec Pěnčín (ORP Turnov) 10 %"), &areas));
	MUST(line_areas.read(n.c, f, line_areas.people(n.c, areas), &again));
	EQ_STR(areas, again);
	EXPECT(str_has(line_areas.people(n.c, areas), S("obec Desná (ORP Tanvald) 30")));
	Line *l = network_line(&n, "1");
	l->areas = areas;
	MUST(line_write(n.c, l, D(2025, 1, 1), (Date){0}));
	MUST(line_whole(n.c, l->head.id, (AsOf){.valid = D(2025, 5, 1)}, &w));
	EQ_INT(w.part_count, 4);
	EQ_INT(w.area_count, 3);
	i64 sum = 0;
	for (size_t i = 0; i < w.area_count; i++) {
		EXPECT(str_eq(w.areas[i].district->level, S(LEVEL_DISTRICT)));
		EQ_INT(w.areas[i].share.basis_points, str_eq(w.areas[i].district->name, S("Tanvald")) ? 7000 : str_eq(w.areas[i].district->name, S("Liberec")) ? 2000 : 1000);
		sum += w.areas[i].share.basis_points;
	}
	EQ_INT(sum, 10000);
	EQ_INT(line_areas.read(n.c, f, S("obec Atlantida 100 %"), &areas), ERR_INVALID);
	EQ_INT(line_areas.read(n.c, f, S("obec Pěnčín 100 %"), &areas), ERR_INVALID);
	EXPECT(said_at(n.c, "areas", "obcí „Pěnčín“ je víc"));
	EQ_INT(line_areas.read(n.c, f, S("60 %"), &areas), ERR_INVALID);
	n.c->problems.len = 0;
}

TEST("network: F17: the sums of a municipality move to another district with the municipality, on the day of its membership") {
	NetGiven      n;
	LineWholes    all;
	NetworkTotals t;
	network_given(&n);
	town_moves(&n, "desna", "semily", D(2026, 1, 1));
	const Unit *town = territory_by_slug(n.c, LEVEL_MUNICIPALITY, S("desna"));
	Line *l = network_line(&n, "1");
	l->areas = str_format(n.c->arena, "%.*s=10000", STR_ARG(town->code));
	MUST(line_write(n.c, l, D(2025, 1, 1), (Date){0}));
	const struct { Date day; const char *district; } asked[] = {{D(2025, 12, 31), "Tanvald"}, {D(2026, 1, 1), "Semily"}};
	for (size_t i = 0; i < LEN(asked); i++) {
		MUST(lines_of(n.c, n.network->head.id, (AsOf){.valid = asked[i].day}, &all));
		MUST(network_totals(n.c, &all, 2025, &t));
		EQ_INT(t.districts.len, 1);
		EQ_STR(t.districts.at[0]->name, str_c(asked[i].district));
		EQ_INT(t.rows[0].cells[0], 500);
	}
}

TEST("network: ceilings are read as people write them and come back the same") {
	NetGiven n;
	Str      x, y;
	network_given(&n);
	const Field *f = entity_field(&line_entity, S("ceilings"));
	MUST(line_ceilings.read(n.c, f, S("2026: 1 250 000; 2025: 1,2 mil. Kč"), &x));
	EQ_TEXT(x, "2025=120000000,2026=125000000");
	MUST(line_ceilings.read(n.c, f, line_ceilings.people(n.c, x), &y));
	EQ_STR(x, y);
	EQ_INT(line_ceilings.read(n.c, f, S("1999: 5"), &x), ERR_INVALID);
	EQ_INT(line_ceilings.read(n.c, f, S("2026: -5"), &x), ERR_INVALID);
	EQ_INT(line_ceilings.read(n.c, f, S("2026 1000"), &x), ERR_INVALID);
	EQ_INT(line_ceilings.read(n.c, f, S("2026=9000000000000000000"), &x), ERR_INVALID);
	EQ_INT(line_ceilings.read(n.c, f, S("2026: 90 000 000 000 000 000"), &x), ERR_INVALID);
	EQ_INT(line_ceilings.read(n.c, f, S("2026: 1; 2026: 2"), &x), ERR_INVALID);
}

TEST("network: a service that is not registered, of another kind, or that ended before it came is refused") {
	NetGiven n;
	network_given(&n);
	Line *l = network_line(&n, "1");
	l->service = 999999;
	REFUSED_AT(l, "service", "v registru není");
	l->service = 0;
	REFUSED_AT(l, "service", "doplňte identifikátor");
	l->status = S(LINE_PREPARED);
	l->level = S("PZ2v");
	MUST(line_write(n.c, l, D(2025, 1, 1), (Date){0}));
	Line *k = network_line(&n, "2");
	k->kind = S("39");
	REFUSED_AT(k, "kind", "vedena jako");
	Service *s = edit_get(by(&n.g, &actor_program), &service_entity, n.g.service);
	s->provided_to = D(2024, 6, 30);
	MUST(history_change_judged(&n.g.c, &service_entity, s, D(2020, 1, 1), (Date){0}));
	net(&n.g);
	REFUSED_AT(network_line(&n, "3"), "service", "registrace skončila");
}

TEST("network: a line goes from status to status by the table only; merged names the line that took over") {
	NetGiven n;
	network_given(&n);
	EXPECT(line_may_become(S(LINE_IN_NETWORK), S(LINE_WITH_RESERVATION)));
	EXPECT(!line_may_become(S(LINE_PREPARED), S(LINE_WITH_RESERVATION)));
	EXPECT(!line_may_become(S(LINE_LEFT), S(LINE_MERGED)));
	EXPECT(!line_may_become((Str){0}, S(LINE_LEFT)));
	Line *l = network_line(&n, "1");
	l->status = S(LINE_LEFT);
	REFUSED_AT(l, "status", "nový řádek");
	l = network_line_put(&n, "1");
	l->status = S(LINE_MERGED);
	REFUSED_AT(l, "merged_under", "doplňte číslo řádku");
	l->merged_under = l->head.id;
	REFUSED_AT(l, "merged_under", "sám pod sebe");
	Line *other = network_line_put(&n, "2");
	l->merged_under = other->head.id;
	MUST(line_write(n.c, l, D(2025, 7, 1), (Date){0}));
	n.c->today = D(2025, 8, 1);
	l->status = S(LINE_WITH_RESERVATION);
	l->merged_under = 0;
	REFUSED_AT(l, "status", "přejít nedá");
}

TEST("network: a line of a version that is not approved, or of none, is refused; whoever only reads the network writes nothing") {
	NetGiven n;
	network_given(&n);
	NetworkVersion *draft = entity_new(t_arena, &network_version_entity);
	draft->network = n.network->head.id;
	draft->number = S("2026/1");
	draft->title = S("Návrh");
	draft->effective_from = D(2026, 1, 1);
	MUST(workflow_start(n.c, &network_version_machine, "open", draft, &(WorkInput){0}));
	Line *l = network_line(&n, "1");
	l->by_version = draft->head.id;
	REFUSED_AT(l, "by_version", "ještě není schválená");
	l->by_version = 0;
	REFUSED_AT(l, "by_version", "doplňte");
	l->by_version = n.version->head.id;
	l->change_reason = S("");
	REFUSED_AT(l, "change_reason", "doplňte");
	l->change_reason = S("Důvod.");
	n.c->actor = edit_actor("Analytik", "ANA", SCOPE_REGION, 4);
	EQ_INT(line_write(n.c, l, D(2025, 1, 1), (Date){0}), ERR_FORBIDDEN);
}

/* As if it had been written then. */
static void write_on(NetGiven *n, Line *l, Date from, Date to, Date known) {
	Tx tx = {0};
	MUST(tx_begin(n->c, &tx));
	history_record_at(n->c, prague_instant(known, 3600));
	MUST(line_write(n->c, l, from, to));
	MUST(tx_commit(&tx));
}

TEST("network: what was believed of a day stays readable when it is corrected later, with its shares and ceilings") {
	NetGiven  n;
	LineWhole w;
	network_given(&n);
	Line *l = network_line(&n, "1");
	write_on(&n, l, D(2025, 1, 1), (Date){0}, D(2025, 1, 10));
	Id id = l->head.id;
	l->capacity = fte(750);
	l->ceilings = S("2025=450000000");
	l->change_reason = S("Navýšení.");
	write_on(&n, l, D(2025, 7, 1), (Date){0}, D(2025, 6, 17));
	Line *fix = network_line(&n, "1");
	*fix = *l;
	fix->capacity = fte(525);
	fix->ceilings = S("2025=310000000");
	MUST(line_areas.read(n.c, entity_field(&line_entity, S("areas")), S("Liberec"), &fix->areas));
	fix->change_reason = S("Oprava opisu.");
	write_on(&n, fix, D(2025, 1, 1), D(2025, 6, 30), D(2025, 9, 1));
	const struct { Date day; Date known; i64 fte, money; size_t areas; } asked[] = {
		{D(2025, 5, 1), D(2025, 2, 1), 500, 300000000, 2}, {D(2025, 8, 1), D(2025, 2, 1), 500, 300000000, 2}, {D(2025, 8, 1), D(2025, 7, 1), 750, 450000000, 2},
		{D(2025, 5, 1), D(2025, 7, 1), 500, 300000000, 2}, {D(2025, 5, 1), D(2025, 10, 1), 525, 310000000, 1}, {D(2025, 8, 1), D(2025, 10, 1), 750, 450000000, 2},
	};
	for (size_t i = 0; i < LEN(asked); i++) {
		MUST(line_whole(n.c, id, (AsOf){asked[i].day, prague_instant(asked[i].known, 0)}, &w));
		EQ_INT(w.line->capacity.hundredths, asked[i].fte);
		EQ_INT(line_ceiling(&w, 2025), asked[i].money);
		EQ_INT(w.area_count, asked[i].areas);
		EQ_STR(w.provider, S("Domov u Lípy, z. s."));
		EQ_TEXT(w.identifier, "1234567");
	}
	EQ_INT(line_whole(n.c, id, (AsOf){D(2024, 12, 31), (Instant){0}}, &w), ERR_NOT_FOUND);
	EQ_INT(line_whole(n.c, id, (AsOf){D(2025, 5, 1), prague_instant(D(2025, 1, 9), 0)}, &w), ERR_NOT_FOUND);
}

TEST("network: F17: parts of territories sum up to the whole, the rest goes to the largest remainder, then to the lower code") {
	Line      l = {.unit = S("U"), .capacity = fte(100)};
	LineArea  areas[] = {{.share = {3333}}, {.share = {3333}}, {.share = {3334}}};
	LineWhole w = {.line = &l, .areas = areas, .area_count = 3};
	i64       parts[3];
	line_split(&w, 100, line_step(&w), parts);
	EQ_INT(parts[0], 33);
	EQ_INT(parts[1], 33);
	EQ_INT(parts[2], 34);
	areas[2].share = (Percent){3334};
	line_split(&w, 101, 1, parts);
	EQ_INT(parts[0] + parts[1] + parts[2], 101);
	LineArea halves[] = {{.share = {5000}}, {.share = {5000}}};
	l.unit = S("L");
	w = (LineWhole){.line = &l, .areas = halves, .area_count = 2};
	line_split(&w, 700, line_step(&w), parts);
	EQ_INT(parts[0], 400);                       /* beds are not cut; equal remainders: the lower code */
	EQ_INT(parts[1], 300);
}

TEST("network: the picture of needs counts lines of today by their shares, and registered beds while the network has no line") {
	NetGiven n;
	Gap      gap;
	i64      fte = 0, liberec = 0;
	network_given(&n);
	const NetworkSource *before = needs_network_source(&line_supply);
	MUST(gap_read(n.c, BLANK, &gap));
	EXPECT(!gap.fte_known && str_has(gap.source, S("registrovanou")));
	(void)network_line_put(&n, "0001");
	MUST(gap_read(n.c, BLANK, &gap));
	EXPECT(gap.fte_known && str_has(gap.source, S("základní sítě")));
	for (size_t i = 0; i < gap.kinds.len; i++)
		for (size_t d = 0; d < gap.districts.len && str_eq(gap.kinds.at[i].code, S("40")); d++) {
			fte += gap.kinds.at[i].cells[d].network_fte;
			liberec += str_eq(gap.districts.at[d]->name, S("Liberec")) ? gap.kinds.at[i].cells[d].network_fte : 0;
		}
	EQ_INT(fte, 500);
	EQ_INT(liberec, 300);
	EXPECT(needs_network_source(before) == &line_supply);
}

TEST("network: a version that is being written is not among those that people may know, and holds on no day") {
	NetGiven n;
	network_given(&n);
	NetworkVersion *v = entity_new(t_arena, &network_version_entity);
	v->network = n.network->head.id;
	v->number = S("2027/1");
	v->title = S("Základní síť 2027");
	v->effective_from = D(2027, 1, 1);
	MUST(workflow_start(n.c, &network_version_machine, "open", v, &(WorkInput){0}));
	NetworkVersions seen;
	MUST(network_versions(n.c, n.network->head.id, false, &seen));
	EQ_INT(seen.len, 1);
	EXPECT(network_version_on(&seen, D(2027, 2, 1)) && str_eq(network_version_on(&seen, D(2027, 2, 1))->number, S("2025/1")));
	EXPECT(!network_version_on(&seen, D(2024, 12, 31)));
}

TEST("network: a line leaves the network by its status and a reason; it cannot be just ended as other dated records") {
	NetGiven n;
	network_given(&n);
	EXPECT(web_route_of(t_arena, POST, S("/app/sit/radky/1/upravit")));
	EXPECT(!web_route_of(t_arena, POST, S("/app/sit/radky/1/ukoncit")));
	Line *l = network_line_put(&n, "1");
	l->status = S(LINE_LEFT);
	l->change_reason = (Str){0};
	REFUSED_AT(l, "change_reason", "doplňte");
	l->change_reason = S("Poskytovatel službu ukončil.");
	MUST(line_write(n.c, l, D(2026, 1, 1), (Date){0}));
}

TEST("network: a line taken in for a time is expired by itself from the day after, with what was decided of its capacity; one prolonged in time stays") {
	NetGiven n;
	network_given(&n);
	Line *l = network_line(&n, "1"), *other = network_line(&n, "2");
	l->until = D(2025, 12, 31);
	MUST(line_write(n.c, l, D(2025, 1, 1), (Date){0}));
	other->until = D(2026, 12, 31);
	MUST(line_write(n.c, other, D(2025, 1, 1), (Date){0}));
	by(&n.g, &actor_program);
	n.c->today = D(2025, 12, 31);
	MUST(lines_expire(n.c));
	void *row;
	MUST(store_get(n.c, &line_entity, (AsOf){.valid = D(2026, 1, 1)}, l->head.id, &row));
	EQ_TEXT(((Line *)row)->status, LINE_IN_NETWORK);
	n.c->today = D(2026, 1, 2);
	MUST(lines_expire(n.c));
	MUST(store_get(n.c, &line_entity, (AsOf){.valid = D(2025, 12, 31)}, l->head.id, &row));
	EQ_TEXT(((Line *)row)->status, LINE_IN_NETWORK);
	MUST(store_get(n.c, &line_entity, (AsOf){.valid = D(2026, 1, 1)}, l->head.id, &row));
	EQ_TEXT(((Line *)row)->status, LINE_EXPIRED);
	EQ_INT(((Line *)row)->capacity.hundredths, 500);
	MUST(store_get(n.c, &line_entity, (AsOf){.valid = D(2026, 1, 2)}, other->head.id, &row));
	EQ_TEXT(((Line *)row)->status, LINE_IN_NETWORK);
	i64 version = ((Line *)row)->head.version;
	MUST(lines_expire(n.c));
	MUST(store_get(n.c, &line_entity, (AsOf){.valid = D(2026, 1, 2)}, other->head.id, &row));
	EQ_INT(((Line *)row)->head.version, version);
}

TEST("network: the sample: every line that stands in it today holds the rules of a line, and its sums agree with its rows") {
	App          *app = test_app_demo();
	Ctx           c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Network      *n;
	LineWholes    all;
	NetworkTotals t;
	MUST(network_of_tier(&c, (Str){0}, &n));
	MUST(lines_of(&c, n->head.id, TODAY, &all));
	EXPECT(all.len > 150);
	i64 fte_sum = 0, beds = 0, lines = 0, cells = 0;
	for (size_t i = 0; i < all.len; i++) {
		Err e = entity_check(&c, &line_entity, all.at[i].line);
		if (e != OK)
			test_fail(__FILE__, __LINE__, "line %.*s: %.*s", STR_ARG(all.at[i].line->number), STR_ARG(first_problem(&c)));
		EXPECT(all.at[i].provider.len && (all.at[i].identifier.len || !all.at[i].line->service));
		bool in = line_counts(all.at[i].line);
		lines += in;
		fte_sum += in && str_eq(all.at[i].line->unit, S("U")) ? all.at[i].line->capacity.hundredths : 0;
		beds += in && str_eq(all.at[i].line->unit, S("L")) ? all.at[i].line->capacity.hundredths : 0;
	}
	MUST(network_totals(&c, &all, 2026, &t));
	for (size_t i = 0; i < t.len; i++)
		for (size_t d = 0; d < t.districts.len; d++)
			cells += t.rows[i].cells[d];
	EQ_INT(t.lines, lines);
	EQ_INT(t.beds, beds);
	EQ_INT(t.fte, fte_sum);
	EQ_INT(cells, beds + fte_sum);
	NetworkVersions versions;
	MUST(network_versions(&c, n->head.id, false, &versions));
	EXPECT(versions.len >= 36 && versions.len <= 46);
	EXPECT(date_year(versions.at[versions.len - 1]->effective_from) <= 2020);
	ctx_end(&c);
}
