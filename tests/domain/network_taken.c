/* A new line of the network: what proves that it belongs there, from every way in; a network from before the program, whose lines come from a file. */
#include "domain/network/draft.h"
#include "domain/network/inside.h"
#include "tests/domain/exchange.h"
#include "tests/domain/mandate_given.h"

static Id resolution_no(Given *g, const char *number) {
	Resolution r;
	MUST(resolution_by_number(as_program(g), str_c(number), &r));
	return r.head.id;
}

static Line *new_line(Given *g, const char *number, Id resolution) {
	void *row;
	MUST(store_get(&g->c, &line_entity, TODAY, g->line, &row));
	Line *l = entity_copy(t_arena, &line_entity, row);
	l->head = (EntityHead){0};
	l->number = str_c(number);
	l->resolution = resolution;
	l->change_reason = S("Zařazení.");
	return l;
}

static Err write_from(Given *g, const Actor *who, Line *l, Date from) { return history_create(as_person(g, who), &line_entity, l, from, (Date){0}); }
static Err write_line(Given *g, Line *l) { return write_from(g, g->officer, l, D(2026, 11, 22)); }

static NetworkVersion *taken(Given *g, const char *number, Date from) {
	NetworkVersion *v = entity_new(t_arena, &network_version_entity);
	v->network = g->network;
	v->number = str_c(number);
	v->title = S("Převzatá síť");
	v->effective_from = from;
	return v;
}

static Err take(Given *g, NetworkVersion *v, const char *resolution) {
	return workflow_start(as_person(g, g->officer), &network_version_machine, "take_over", v, &(WorkInput){.resolution = str_c(resolution)});
}

TEST("four eyes: a new line wants a resolution that decided of it: none, that of an approved version, one that approved nothing, or of a coming day is refused with what to do") {
	Given g = given_network();
	Id    body, none, coming, own = resolution_no(&g, "13/26/ZK");
	Resolution r;
	MUST(resolution_get(&g.c, own, &r));
	body = r.body;
	MUST(resolution_add(as_program(&g), &(ResolutionNew){.number = S("14/26/ZK"), .body = body, .decided_on = D(2026, 11, 1), .result = S("rejected"), .title = S("Nic")}, &none));
	MUST(resolution_add(as_program(&g), &(ResolutionNew){.number = S("15/26/ZK"), .body = body, .decided_on = D(2026, 12, 1), .result = S("approved"), .title = S("Potom")}, &coming));
	REFUSED_SAYING(&g, write_line(&g, new_line(&g, "201", 0)), ERR_INVALID, "Usnesení: chybí. Nový řádek sítě potřebuje usnesení");
	REFUSED_SAYING(&g, write_line(&g, new_line(&g, "201", resolution_no(&g, "10/26/ZK"))), ERR_INVALID, "schválilo verzi sítě 2026/1 a takto v ní řádek není");
	REFUSED_SAYING(&g, write_line(&g, new_line(&g, "201", none)), ERR_INVALID, "nic neschválil");
	REFUSED_SAYING(&g, write_line(&g, new_line(&g, "201", coming)), ERR_INVALID, "ještě nenastal");
	Line *prepared = new_line(&g, "201", 0);
	prepared->status = S(LINE_PREPARED);
	prepared->service = 0;
	REFUSED_SAYING(&g, write_line(&g, prepared), ERR_INVALID, "do návrhu příští verze");
	MUST(write_line(&g, new_line(&g, "201", own)));
}

TEST("four eyes: the resolution of a version that is closed is no proof of a change that is not in it") {
	Given g = given_network();
	void *row;
	NetworkVersion *v = taken(&g, "2026/2", D(2026, 6, 1));
	MUST(take(&g, v, "12/26/ZK"));
	MUST(workflow_do(as_person(&g, g.head), &network_version_machine, v->head.id, "close_loading", NULL));
	MUST(store_get(&g.c, &line_entity, TODAY, g.line, &row));
	Line *l = row;
	l->capacity = fte(900);
	l->resolution = resolution_no(&g, "12/26/ZK");
	l->change_reason = S("Přepis.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), (Date){0}), ERR_INVALID, "schválilo verzi sítě 2026/2");
}

TEST("network: a version from before the program is taken over with its resolution; its lines are loaded and mended under it until another person closes it") {
	Given g = given_network();
	void *row;
	REFUSED_SAYING(&g, take(&g, taken(&g, "2024/1", D(2024, 1, 1)), "12/26/ZK"), ERR_INVALID, "od nejstarší");
	REFUSED_SAYING(&g, take(&g, taken(&g, "2027/1", D(2027, 1, 1)), "12/26/ZK"), ERR_INVALID, "ještě není účinná");
	NetworkVersion *v = taken(&g, "2026/2", D(2026, 6, 1)), *before;
	REFUSED_SAYING(&g, take(&g, v, ""), ERR_INVALID, "usnesení");
	MUST(take(&g, v, "12/26/ZK"));
	MUST(network_version_stored(&g.c, g.version, &before));
	EQ_TEXT(before->state, VERSION_SUPERSEDED);
	Line *l = new_line(&g, "301", resolution_no(&g, "12/26/ZK"));
	l->by_version = v->head.id;
	REFUSED_SAYING(&g, write_from(&g, g.officer, l, D(2026, 5, 31)), ERR_INVALID, "schválilo verzi sítě 2026/2");
	MUST(write_from(&g, g.officer, l, D(2026, 6, 1)));
	Line *silent = new_line(&g, "302", 0);                  /* the resolution of the version is enough for all its rows */
	silent->by_version = v->head.id;
	MUST(write_from(&g, g.officer, silent, D(2026, 6, 1)));
	MUST(store_get(&g.c, &line_entity, TODAY, l->head.id, &row));
	l = row;
	l->capacity = fte(700);
	l->change_reason = S("Oprava při načítání.");
	MUST(history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 6, 1), (Date){0}));
	MUST(store_get(&g.c, &line_entity, TODAY, g.line, &row));
	Line *older = row;                                      /* of the version before: its days are not the load's to change */
	older->capacity = fte(9900);
	older->change_reason = S("Přepis.");
	older->by_version = v->head.id;
	older->resolution = 0;
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, older, D(2026, 6, 1), (Date){0}), ERR_INVALID, "jen novým usnesením");
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.officer), &network_version_machine, v->head.id, "close_loading", NULL), ERR_FORBIDDEN, "");
	MUST(workflow_do(as_person(&g, g.head), &network_version_machine, v->head.id, "close_loading", NULL));
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.head), &network_version_machine, v->head.id, "close_loading", NULL), ERR_INVALID, "Uzavírat není co");
	Line *late = new_line(&g, "303", resolution_no(&g, "12/26/ZK"));
	late->by_version = v->head.id;
	REFUSED_SAYING(&g, write_from(&g, g.officer, late, D(2026, 6, 1)), ERR_INVALID, "schválilo verzi sítě 2026/2");
	late->resolution = 0;
	REFUSED_SAYING(&g, write_from(&g, g.officer, late, D(2026, 6, 1)), ERR_INVALID, "Usnesení: chybí");
}

/* The workbook of the network as it stands, its line under another number. */
static Str as_new_lines(Given *g) {
	Str bytes = export_of(as_person(g, g->officer), &line_entity, FORMAT_JSON);
	return str_replace(t_arena, bytes, S("\"101\""), S("\"901\""));
}

TEST("four eyes: a file is asked the same: its preview names the line that nothing proves, and while a version is loaded the same file is taken") {
	Given g = given_network();
	given_files_folder();
	ImportPreview p = preview_of(as_person(&g, g.officer), &line_entity, "sit.json", as_new_lines(&g));
	EQ_INT(p.errors, 1);
	bool said = false;
	for (size_t i = 0; i < p.len; i++)
		for (size_t k = 0; k < p.at[i].cell_count; k++)
			said = said || str_has(p.at[i].cells[k].error, S("Usnesení: chybí"));
	EXPECT(said);
	EQ_INT(exchange_apply(&g.c, p.id, D(2026, 11, 22), &p), ERR_INVALID);
	g.c.problems.len = 0;
	NetworkVersion *v = taken(&g, "2026/2", D(2026, 6, 1));
	MUST(take(&g, v, "12/26/ZK"));
	Str bytes = str_replace(t_arena, as_new_lines(&g), S("2026/1"), S("2026/2"));
	p = preview_of(as_person(&g, g.officer), &line_entity, "sit.json", bytes);
	for (size_t i = 0; i < p.len; i++)
		for (size_t k = 0; k < p.at[i].cell_count; k++)
			if (p.at[i].cells[k].error.len)
				test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(p.at[i].cells[k].error));
	EQ_INT(p.added, 1);
	MUST(exchange_apply(&g.c, p.id, D(2026, 6, 1), &p));
	LineWholes all;
	MUST(lines_of(&g.c, g.network, TODAY, &all));
	EQ_INT(all.len, 2);
}

TEST("network: once a version was approved here, nothing is taken over any more") {
	Given g = given_network();
	NetworkVersion *v;
	MUST(network_version_stored(as_program(&g), g.version, &v));
	v->snapshot_sha256 = S("abc");
	Tx tx = {0};
	MUST(tx_begin(&g.c, &tx));
	MUST(store_update(&g.c, &network_version_entity, v));
	MUST(tx_commit(&tx));
	REFUSED_SAYING(&g, take(&g, taken(&g, "2026/2", D(2026, 6, 1)), "12/26/ZK"), ERR_INVALID, "připravte jako návrh");
}
