/* needs in numbers: the public picture and its small numbers, the optimum, snapshots, files. */
#include "core/history.h"
#include "domain/needs/gap.h"
#include "domain/needs/optimal.h"
#include "domain/needs/snapshot.h"
#include "tests/domain/exchange.h"
#include "tests/domain/needs_given.h"

/* A need as it stands when the region has decided, without the way there. */
static Id decided(Given *g, const char *title, Id territory, const char *group, i64 persons, i64 beds, const char *state) {
	static const Sql set = {"test_need_state", "UPDATE need SET state = $2 WHERE id = $1", NULL};
	Ctx  c = acting(g, &actor_program);
	Need n = a_need(g, title);
	n.territory = territory;
	n.target_group = str_c(group);
	n.persons = persons;
	n.kind = S("49");
	n.form = S("pob");
	n.unit = beds ? S("L") : S("");
	n.missing_capacity.hundredths = beds ? beds * 100 : BLANK;
	n.owner = 0;
	MUST(need_add(&c, &n, false));
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &set, P(V(n.head.id), V(str_c(state))), NULL));
	MUST(tx_commit(&tx));
	ctx_end(&c);
	return n.head.id;
}

static size_t district_of(const Gap *gap, Id id) {
	size_t i = 0;
	while (i < gap->districts.len && gap->districts.at[i]->id != id)
		i++;
	EXPECT(i < gap->districts.len);
	return i;
}

static const GapRow *group_of(const Gap *gap, const char *code) {
	for (size_t i = 0; i < gap->groups.len; i++)
		if (str_eq(gap->groups.at[i].code, str_c(code)))
			return &gap->groups.at[i];
	return NULL;
}

/* ---- the picture ---- */

TEST("needs in numbers: only what the region has decided counts; what is covered has its people and misses nothing; needs of the whole region stand aside") {
	Given g = given_needs();
	Gap   gap;
	decided(&g, "Přijatá", g.smrzovka, "seniori", 20, 5, NEED_ACCEPTED);
	decided(&g, "Pokrytá", g.tanvald, "seniori", 10, 3, NEED_COVERED);
	decided(&g, "Nereagovaná", g.orp_tanvald, "seniori", 30, 7, NEED_UNANSWERED);
	decided(&g, "Jen navržená", g.smrzovka, "seniori", 100, 50, NEED_PROPOSED);
	decided(&g, "Nepřijatá", g.smrzovka, "seniori", 200, 60, NEED_REJECTED);
	decided(&g, "Celý kraj", territory_region(&g.c)->id, "seniori", 40, 9, NEED_ACCEPTED);
	Ctx c = acting(&g, &actor_public);
	MUST(gap_read(&c, BLANK, &gap));
	size_t         d = district_of(&gap, g.orp_tanvald);
	const GapCell *cell = &group_of(&gap, "seniori")->cells[d];
	EQ_INT(cell->needs, 3);
	EQ_INT(cell->persons, 60);
	EQ_INT(cell->missing_beds, 1200);
	EQ_INT(cell->network_fte, BLANK);            /* the register tells no units of direct care */
	EQ_INT(gap.whole_region.needs, 1);
	EQ_INT(gap.of_district[d].persons, 60);
	EXPECT(str_has(gap.source, S("registrovanou kapacitu")));
	ctx_end(&c);
}

TEST("needs in numbers: a count of one to four is not told, and no sum contains it; five and zero are told") {
	Given g = given_needs();
	Gap   gap;
	decided(&g, "Čtyři", g.smrzovka, "seniori", 4, 0, NEED_ACCEPTED);
	decided(&g, "Pět", g.smrzovka, "rodiny", 5, 0, NEED_ACCEPTED);
	decided(&g, "Sousedi", g.orp_turnov, "seniori", 50, 0, NEED_ACCEPTED);
	Ctx c = acting(&g, &actor_public);
	MUST(gap_read(&c, BLANK, &gap));
	size_t        here = district_of(&gap, g.orp_tanvald), there = district_of(&gap, g.orp_turnov);
	const GapRow *old = group_of(&gap, "seniori"), *families = group_of(&gap, "rodiny");
	EXPECT(old->cells[here].is_small && old->cells[here].persons == BLANK);
	EQ_INT(old->cells[there].persons, 50);
	EQ_INT(old->total.persons, 50);
	EXPECT(old->total.is_small);
	EQ_INT(families->cells[here].persons, 5);
	EQ_INT(families->cells[there].persons, 0);
	EQ_INT(gap.of_district[here].persons, 5);
	EXPECT(gap.of_district[here].is_small && !gap.of_district[there].is_small);
	ctx_end(&c);
}

/* Everything that is published about persons is a function of the shown cells: two stores that differ in hidden counts only tell the same. */
TEST("needs in numbers: whatever small counts are, from one to four, nothing that is published differs") {
	i64 told[2][64];
	size_t n[2] = {0};
	for (int turn = 0; turn < 2; turn++) {
		Given g = given_needs();
		Gap   gap;
		decided(&g, "První", g.smrzovka, "seniori", turn ? 4 : 1, 0, NEED_ACCEPTED);
		decided(&g, "Druhá", g.orp_turnov, "rodiny", turn ? 2 : 3, 0, NEED_COVERED);
		decided(&g, "Třetí", g.orp_turnov, "seniori", 17, 0, NEED_ACCEPTED);
		decided(&g, "Čtvrtá", territory_region(&g.c)->id, "seniori", turn ? 1 : 4, 0, NEED_ACCEPTED);
		Ctx c = acting(&g, &actor_public);
		MUST(gap_read(&c, BLANK, &gap));
		for (size_t d = 0; d < gap.districts.len; d++)
			told[turn][n[turn]++] = gap.of_district[d].persons;
		static const char *const groups[] = {"seniori", "rodiny", "bez-pristresi"};
		for (size_t i = 0; i < LEN(groups); i++) {
			told[turn][n[turn]++] = group_of(&gap, groups[i])->total.persons;
			for (size_t d = 0; d < gap.districts.len; d++)
				told[turn][n[turn]++] = group_of(&gap, groups[i])->cells[d].persons;
		}
		told[turn][n[turn]++] = gap.whole_region.persons;
		for (size_t i = 0; i < gap.kinds.len; i++)
			EQ_INT(gap.kinds.at[i].total.persons, 0);        /* the table by kinds tells no persons at all */
		ctx_end(&c);
	}
	EQ_INT(n[0], n[1]);
	for (size_t i = 0; i < n[0]; i++)
		EQ_INT(told[0][i], told[1][i]);
}

static Id network_district;
static Err from_network(Ctx *c, bool *known, NetworkCapacities *ret) {
	*known = true;
	NetworkCapacity line = {.district = network_district, .kind = S("40"), .fte = 350, .beds = BLANK};
	*ret = (NetworkCapacities){0};
	strs_add(c->arena, &line.groups, S("seniori"));
	strs_add(c->arena, &line.groups, S("pecujici"));
	*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = line;
	return OK;
}

TEST("needs in numbers: a subject that knows the network says what is in it, and each line counts for all its groups") {
	static const NetworkSource network = {"V síti je kapacita řádků sítě.", true, from_network};
	Given g = given_needs();
	Gap   gap;
	network_district = g.orp_tanvald;
	const NetworkSource *before = needs_network_source(&network);
	Ctx c = acting(&g, &actor_public);
	MUST(gap_read(&c, BLANK, &gap));
	size_t d = district_of(&gap, g.orp_tanvald);
	EQ_INT(group_of(&gap, "seniori")->cells[d].network_fte, 350);
	EQ_INT(group_of(&gap, "pecujici")->cells[d].network_fte, 350);
	EQ_INT(group_of(&gap, "rodiny")->cells[d].network_fte, 0);
	EXPECT(gap.fte_known);
	ctx_end(&c);
	EXPECT(needs_network_source(before) == &network);
}

/* ---- the optimum ---- */

TEST("optimal capacity: a grid saves what differs, blank takes away, the past stays; beds are whole") {
	Given       g = given_needs();
	OptimalRows rows;
	i64         changed;
	Ctx         c = acting(&g, g.planner);
	OptimalCell cells[] = {{S("40"), S("U"), g.orp_tanvald, S("8,50"), "a"}, {S("49"), S("L"), g.orp_tanvald, S("46"), "b"}, {S("49"), S("L"), g.orp_turnov, S(""), "c"}};
	MUST(optimal_save(&c, 2027, (Str){0}, cells, LEN(cells), S("Koncept sítě"), S("616/23/ZK"), &changed));
	EQ_INT(changed, 2);
	MUST(optimal_save(&c, 2027, (Str){0}, cells, LEN(cells), S("Jiný zdroj"), S(""), &changed));
	EQ_INT(changed, 0);
	ctx_end(&c);
	Instant then = g.c.now;
	c = acting(&g, g.planner);
	cells[0].typed = S("");
	cells[1].typed = S("50");
	MUST(optimal_save(&c, 2027, (Str){0}, cells, LEN(cells), S("Koncept sítě, oprava"), S(""), &changed));
	EQ_INT(changed, 2);
	MUST(optimal_of_year(&c, TODAY, 2027, &rows));
	EQ_INT(rows.len, 1);
	EQ_INT(rows.at[0].value, 5000);
	MUST(optimal_of_year(&c, (AsOf){.recorded = then}, 2027, &rows));
	EQ_INT(rows.len, 2);
	MUST(optimal_of_year(&c, TODAY, 2028, &rows));
	EQ_INT(rows.len, 0);
	ctx_end(&c);
}

TEST("optimal capacity: who saves the grid after somebody else is told at each number, and loses nothing of the other's") {
	Given       g = given_needs();
	OptimalRows rows;
	Str         seen, now;
	i64         changed;
	Ctx         c = acting(&g, g.planner);
	OptimalCell first[] = {{S("40"), S("U"), g.orp_tanvald, S("8,50"), "a"}, {S("49"), S("L"), g.orp_tanvald, S(""), "b"}};
	OptimalCell second[] = {{S("40"), S("U"), g.orp_tanvald, S(""), "a"}, {S("49"), S("L"), g.orp_tanvald, S("46"), "b"}};
	MUST(optimal_seen(&c, 2027, &seen));
	MUST(optimal_save(&c, 2027, seen, first, LEN(first), S("Koncept sítě"), S(""), &changed));
	EQ_INT(optimal_save(&c, 2027, seen, second, LEN(second), S("Koncept sítě"), S(""), &changed), ERR_CONFLICT);
	EQ_TEXT(str_c(c.problems.at[0].field), "a");
	EXPECT(str_has(c.problems.at[0].text, S("uloženo je teď 8,50")));
	c.problems.len = 0;
	MUST(optimal_of_year(&c, TODAY, 2027, &rows));
	EQ_INT(rows.len, 1);
	MUST(optimal_seen(&c, 2027, &now));
	second[0].typed = S("8,50");
	MUST(optimal_save(&c, 2027, now, second, LEN(second), S("Koncept sítě"), S(""), &changed));
	EQ_INT(changed, 1);
	ctx_end(&c);
}

TEST("optimal capacity: every wrong cell is named and nothing is saved; a coordinator cannot write it; no number without its source") {
	Given       g = given_needs();
	OptimalRows rows;
	i64         changed;
	OptimalCell cells[] = {{S("40"), S("U"), g.orp_tanvald, S("8,5"), "k-1"}, {S("49"), S("L"), g.orp_tanvald, S("46,5"), "k-2"}, {S("49"), S("L"), g.orp_turnov, S("mnoho"), "k-3"}};
	Ctx         c = acting(&g, g.planner);
	EQ_INT(optimal_save(&c, 2027, (Str){0}, cells, LEN(cells), S("Koncept"), S(""), &changed), ERR_INVALID);
	EQ_INT(c.problems.len, 2);
	EQ_TEXT(str_c(c.problems.at[0].field), "k-2");
	EXPECT(str_has(c.problems.at[0].text, S("celým číslem")) && str_has(c.problems.at[1].text, S("Turnov")));
	c.problems.len = 0;
	REFUSED_TELLING(optimal_save(&c, 2027, (Str){0}, cells, 1, S(""), S(""), &changed), ERR_INVALID, "Odkud čísla jsou");
	cells[0].unit = S("L");                      /* a forged cell: home help has no beds */
	REFUSED_TELLING(optimal_save(&c, 2027, (Str){0}, cells, 1, S("Koncept"), S(""), &changed), ERR_MALFORMED, "nepatří");
	MUST(optimal_of_year(&c, TODAY, 2027, &rows));
	EQ_INT(rows.len, 0);
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	cells[0].unit = S("U");
	REFUSED_TELLING(optimal_save(&c, 2027, (Str){0}, cells, 1, S("Koncept"), S(""), &changed), ERR_FORBIDDEN, "optimální kapacity");
	ctx_end(&c);
}

/* ---- snapshots ---- */

TEST("snapshots: half-years end on 30 June and 31 December") {
	EQ_INT(half_year_end(D(2026, 11, 22)).n, D(2026, 6, 30).n);
	EQ_INT(half_year_end(D(2026, 7, 1)).n, D(2026, 6, 30).n);
	EQ_INT(half_year_end(D(2026, 6, 30)).n, D(2025, 12, 31).n);
	EQ_INT(half_year_end(D(2026, 1, 1)).n, D(2025, 12, 31).n);
}

TEST("snapshots: the program makes one after the end of each half-year, once, and none from before the first need") {
	Given     g = given_needs();
	Id        made;
	Snapshots all;
	need_in(&g, "Večerní služba", NEED_PROPOSED);
	need_in(&g, "Rozepsaná", NEED_DRAFT);
	Ctx c = acting(&g, &actor_program);
	MUST(snapshot_regular(&c, &made));
	EQ_INT(made, 0);                             /* entered in November: on 30 June there was nothing */
	ctx_end(&c);
	g.c.now = prague_instant(D(2027, 1, 1), 600);
	c = acting(&g, &actor_program);
	MUST(snapshot_regular(&c, &made));
	EXPECT(made > 0);
	MUST(snapshot_regular(&c, &made));
	EQ_INT(made, 0);
	MUST(snapshots_list(&c, &all));
	EQ_INT(all.len, 1);
	EQ_INT(all.at[0].day.n, D(2026, 12, 31).n);
	EQ_INT(all.at[0].needs, 1);                  /* drafts belong to their authors */
	ctx_end(&c);
}

TEST("snapshots: what was kept stays as it was, whatever happens to the needs; somebody who changes a row is found out") {
	Given        g = given_needs();
	Id           id = need_in(&g, "Večerní služba", NEED_AGREED_GROUP), first, second;
	SnapshotRows before, after;
	SnapshotDiffs diffs;
	bool         holds;
	void        *row;
	Ctx          c = acting(&g, g.coordinator);
	REFUSED_TELLING(snapshot_make(&c, S("Můj"), &first), ERR_FORBIDDEN, "snímky");
	ctx_end(&c);
	c = acting(&g, g.planner);
	REFUSED_TELLING(snapshot_make(&c, S("  "), &first), ERR_INVALID, "Název snímku");
	MUST(snapshot_make(&c, S("Před"), &first));
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	MUST(entity_get(&c, &need_entity, TODAY, id, &row));
	((Need *)row)->persons = 99;
	MUST(need_save(&c, row));
	ctx_end(&c);
	need_in(&g, "Nová", NEED_PROPOSED);
	c = acting(&g, g.planner);
	MUST(snapshot_make(&c, S("Po"), &second));
	MUST(snapshot_rows(&c, first, &before));
	MUST(snapshot_rows(&c, second, &after));
	EQ_INT(before.len, 1);
	EQ_INT(before.at[0].persons, 14);
	snapshots_compare(t_arena, &before, &after, &diffs);
	EQ_INT(diffs.len, 2);
	EQ_INT(diffs.at[0].change, SNAP_CHANGED);
	EQ_INT(diffs.at[1].change, SNAP_NEW);
	snapshots_compare(t_arena, &after, &before, &diffs);
	EQ_INT(diffs.at[1].change, SNAP_GONE);
	MUST(snapshot_holds(&c, first, &holds));
	EXPECT(holds);
	static const Sql forge = {"test_forge", "UPDATE need_snapshot_row SET persons = 15 WHERE snapshot = $1", NULL};
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &forge, P(V(first)), NULL));
	MUST(tx_commit(&tx));
	MUST(snapshot_holds(&c, first, &holds));
	EXPECT(!holds);
	ctx_end(&c);
}

/* ---- files ---- */

static const char *const head = "Co chybí;Rok;Území;Cílová skupina;Nepříznivá sociální situace;Počet osob;Druh služby;Jednotka kapacity;Chybějící kapacita;Čím je potřeba doložena\n";

TEST("needs: a file brings new needs as drafts of its sender, changes those that are there, and the same file again changes nothing") {
	Given         g = given_needs();
	EntityList    list;
	ImportPreview p;
	given_files_folder();
	const char *file = str_z(t_arena, str_format(t_arena, "%s%s", head,
		"Večerní služba;2027;municipality/563811;senioři;Zůstávají sami.;14;pečovatelská služba;úvazek v přímé péči;2,5;šetření\n"));
	Str code = territory_by_id(&g.c, g.smrzovka)->code;
	file = str_z(t_arena, str_replace(t_arena, str_c(file), S("563811"), code));
	Ctx c = acting(&g, g.town);
	p = preview_of(&c, &need_entity, "potreby.csv", str_c(file));
	EQ_INT(p.errors, 0);
	EQ_INT(p.added, 1);
	MUST(exchange_apply(&c, p.id, (Date){0}, &p));
	ctx_end(&c);
	c = acting(&g, g.mayor);
	MUST(entity_list(&c, &need_entity, &(ListQuery){.limit = -1}, &list));
	EQ_INT(list.len, 1);
	const Need *n = list.at[0];
	EQ_TEXT(n->state, NEED_DRAFT);
	EQ_TEXT(n->author, "obec@example.org");
	EQ_INT(n->missing_capacity.hundredths, 250);
	EQ_INT(n->district, g.orp_tanvald);
	p = preview_of(&c, &need_entity, "potreby.csv", str_c(file));
	EQ_INT(p.same, 1);
	EQ_INT(p.added + p.changed + p.errors, 0);
	p = preview_of(&c, &need_entity, "potreby.csv", str_replace(t_arena, str_c(file), S(";14;"), S(";15;")));
	EQ_INT(p.changed, 1);
	MUST(exchange_apply(&c, p.id, (Date){0}, &p));
	ctx_end(&c);
}

TEST("needs: rows of a file that lie elsewhere or cannot be are errors with their place, and nothing is stored") {
	Given         g = given_needs();
	EntityList    list;
	given_files_folder();
	Str text = str_format(t_arena, "%sCizí;2027;municipality/%.*s;senioři;Situace.;14;;;;šetření\nNula osob;2027;municipality/%.*s;senioři;Situace.;0;;;;šetření\n", head,
	                      STR_ARG(territory_by_id(&g.c, g.tanvald)->code), STR_ARG(territory_by_id(&g.c, g.smrzovka)->code));
	Ctx           c = acting(&g, g.town);
	ImportPreview p = preview_of(&c, &need_entity, "potreby.csv", text);
	EQ_INT(p.errors, 2);
	EQ_INT(exchange_apply(&c, p.id, (Date){0}, &p), ERR_INVALID);
	c.problems.len = 0;
	MUST(entity_list(&c, &need_entity, &(ListQuery){.limit = -1}, &list));
	EQ_INT(list.len, 0);
	ctx_end(&c);
}
