/* decision: what is decided of one line between versions, each kind with what it refuses (DOMAIN § 8 network_line, § 3 four eyes). */
#include "core/access.h"
#include "core/notice.h"
#include "core/task.h"
#include "domain/network/decision.h"
#include "domain/network/draft.h"
#include "tests/domain/mandate_given.h"

static Line *line_on(Given *g, Id line, Date day) {
	void *row;
	MUST(store_get(&g->c, &line_entity, (AsOf){.valid = day}, line, &row));
	return row;
}

static Decision *a_decision(const char *kind) {
	Decision *x = entity_new(t_arena, &line_decision_entity);
	x->kind = str_c(kind);
	x->why = S("Podle podkladů.");
	return x;
}

static Err add(Given *g, Decision *x, const char *number, const char *resolution) {
	x->head.id = 0;
	return decision_add(as_person(g, g->officer), x, str_c(number), str_c(resolution));
}

static Err step(Given *g, Id id, const Actor *who, const char *action, const char *resolution) {
	return workflow_do(as_person(g, who), &line_decision_machine, id, action, &(WorkInput){.reason = strcmp(action, "refuse") && strcmp(action, "reviewed") ? (Str){0} : S("Proto."),
		.resolution = str_c(resolution)});
}

TEST("decision: its machine passes the model check") {
	Strs faults = {0};
	workflow_check(t_arena, &line_decision_machine, &faults);
	if (faults.len)
		test_fail(__FILE__, __LINE__, "%zu faults, the first: %.*s", faults.len, STR_ARG(faults.at[0]));
}

TEST("decision: a provider gives up: the line has left from the day on, and its mandate ends with the last day in the network") {
	Given     g = given_network();
	Id        mandate = given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	Decision *x = a_decision(DECISION_LEAVE);
	REFUSED_SAYING(&g, add(&g, x, "101", ""), ERR_INVALID, "vyberte důvod");
	x->end_reason = S("vzdani");
	REFUSED_SAYING(&g, add(&g, x, "999", ""), ERR_INVALID, "999");
	REFUSED_SAYING(&g, decision_add(as_person(&g, g.statutory), x, S("101"), (Str){0}), ERR_FORBIDDEN, "");
	MUST(add(&g, x, "101", ""));
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 21))->status, LINE_IN_NETWORK);
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 22))->status, LINE_LEFT);
	EQ_TEXT(mandate_of(&g, mandate)->state, MANDATE_ENDED);
	EQ_INT(mandate_of(&g, mandate)->ends_on.n, D(2026, 11, 21).n);
	EQ_INT(add(&g, x, "101", ""), ERR_INVALID);
}

TEST("four eyes: that a service left on a past day is confirmed by another person, unless the register proves the day; nothing changes before") {
	Given     g = given_network();
	void     *row;
	Id        mandate = given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	Decision *x = a_decision(DECISION_LEAVE);
	x->end_reason = S("vzdani");
	x->from_day = D(2026, 11, 21);
	MUST(add(&g, x, "101", ""));
	EQ_TEXT(x->state, DECISION_WAITING);
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 22))->status, LINE_IN_NETWORK);
	EQ_TEXT(mandate_of(&g, mandate)->state, MANDATE_ACTIVE);
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "confirm", ""), ERR_FORBIDDEN, "");
	MUST(step(&g, x->head.id, g.head, "refuse", ""));
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 22))->status, LINE_IN_NETWORK);
	x = a_decision(DECISION_LEAVE);
	x->end_reason = S("vzdani");
	x->from_day = D(2026, 11, 1);
	MUST(add(&g, x, "101", ""));
	MUST(step(&g, x->head.id, g.head, "confirm", ""));
	EQ_TEXT(line_on(&g, g.line, D(2026, 10, 31))->status, LINE_IN_NETWORK);
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 1))->status, LINE_LEFT);
	EQ_TEXT(mandate_of(&g, mandate)->state, MANDATE_ENDED);
	Id other = given_line(&g, "102");
	MUST(store_get(as_program(&g), &service_entity, TODAY, line_on(&g, other, D(2026, 11, 22))->service, &row));
	Service *s = row;
	s->provided_to = D(2026, 10, 31);
	s->end_reason = S("zanik");
	MUST(history_change_judged(&g.c, &service_entity, s, D(2020, 1, 1), (Date){0}));
	x = a_decision(DECISION_LEAVE);
	x->end_reason = S("registrace");
	x->from_day = D(2026, 10, 31);                          /* still registered on that day: the register says another one */
	MUST(add(&g, x, "102", ""));
	EQ_TEXT(x->state, DECISION_WAITING);
	MUST(step(&g, x->head.id, g.head, "refuse", ""));
	x = a_decision(DECISION_LEAVE);
	x->end_reason = S("registrace");
	x->from_day = D(2026, 11, 1);
	MUST(add(&g, x, "102", ""));
	EQ_TEXT(x->state, DECISION_DONE);
	EQ_TEXT(line_on(&g, other, D(2026, 11, 1))->status, LINE_LEFT);
}

TEST("decision: a service that leaves later stands in the network until then, with its mandate") {
	Given     g = given_network();
	Id        mandate = given_mandate(&g, g.line, D(2026, 1, 1), D(2027, 12, 31), true);
	Decision *x = a_decision(DECISION_LEAVE);
	x->end_reason = S("registrace");
	x->from_day = D(2027, 1, 1);
	MUST(add(&g, x, "101", ""));
	EQ_TEXT(line_on(&g, g.line, D(2026, 12, 31))->status, LINE_IN_NETWORK);
	EQ_TEXT(line_on(&g, g.line, D(2027, 1, 1))->status, LINE_LEFT);
	EQ_TEXT(mandate_of(&g, mandate)->state, MANDATE_ACTIVE);
}

TEST("decision: a merger needs a resolution and a successor in the network, which may get the capacity by the same resolution") {
	Given     g = given_network();
	Id        other = given_line(&g, "102");
	Decision *x = a_decision(DECISION_MERGE);
	REFUSED_SAYING(&g, add(&g, x, "101", "12/26/ZK"), ERR_INVALID, "Chybí řádek, který kapacitu přebírá");
	x->successor = g.line;
	REFUSED_SAYING(&g, add(&g, x, "101", "12/26/ZK"), ERR_INVALID, "Vyberte jiný řádek");
	x->successor = other;
	x->capacity = fte(1300);
	REFUSED_SAYING(&g, add(&g, x, "101", ""), ERR_INVALID, "usnesení zastupitelstva");
	REFUSED_SAYING(&g, add(&g, x, "101", "99/26/ZK"), ERR_INVALID, "99/26/ZK");
	MUST(add(&g, x, "101", "12/26/ZK"));
	const Line *merged = line_on(&g, g.line, D(2026, 11, 22));
	EQ_TEXT(merged->status, LINE_MERGED);
	EQ_INT(merged->merged_under, other);
	EQ_INT(line_on(&g, other, D(2026, 11, 22))->capacity.hundredths, 1300);
	EQ_INT(line_on(&g, other, D(2026, 11, 21))->capacity.hundredths, 650);
}

TEST("decision: after a proposed exit the assembly lets the service go or keeps it; a line that was not proposed is refused") {
	Given     g = given_network();
	Decision *x = a_decision(DECISION_STAY);
	REFUSED_SAYING(&g, add(&g, x, "101", "12/26/ZK"), ERR_INVALID, "k vyřazení navržený není");
	change_line(&g, g.line, D(2026, 11, 1), 650, LINE_EXIT_PROPOSED);
	MUST(add(&g, x, "101", "12/26/ZK"));
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 22))->status, LINE_IN_NETWORK);
	change_line(&g, g.line, D(2026, 11, 22), 650, LINE_EXIT_PROPOSED);
	x = a_decision(DECISION_EXIT);
	REFUSED_SAYING(&g, add(&g, x, "101", ""), ERR_INVALID, "usnesení");
	MUST(add(&g, x, "101", "13/26/ZK"));
	EQ_TEXT(line_on(&g, g.line, D(2026, 11, 22))->status, LINE_LEFT);
}

TEST("four eyes: a line in the network is not changed by a form or a file without a new resolution; its note is") {
	Given g = given_network();
	Ctx  *c = as_person(&g, g.officer);
	Line *l = line_on(&g, g.line, D(2026, 11, 22));
	l->capacity = fte(900);
	l->change_reason = S("Přepis.");
	REFUSED_SAYING(&g, history_change(c, &line_entity, l, D(2026, 11, 22), (Date){0}), ERR_INVALID, "jen novým usnesením");
	l = line_on(&g, g.line, D(2026, 11, 22));
	l->level = S("Z2");
	l->change_reason = S("Přepis.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), (Date){0}), ERR_INVALID, "jen novým usnesením");
	l = line_on(&g, g.line, D(2026, 11, 22));
	l->note = S("Provoz i o víkendu.");
	MUST(history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), (Date){0}));
	Resolution r;
	MUST(resolution_by_number(&g.c, S("13/26/ZK"), &r));
	l = line_on(&g, g.line, D(2026, 11, 22));
	l->capacity = fte(900);
	l->resolution = r.head.id;
	MUST(history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), (Date){0}));
	EQ_INT(line_on(&g, g.line, D(2026, 11, 22))->capacity.hundredths, 900);
}

TEST("four eyes: what a version decided of later days is not written over by a form with what holds today, and a service that left comes back only by a new resolution") {
	Given      g = given_network();
	Resolution r;
	change_line(&g, g.line, D(2027, 1, 1), 800, LINE_IN_NETWORK);
	MUST(resolution_by_number(as_program(&g), S("12/26/ZK"), &r));
	Line *later = line_on(&g, g.line, D(2027, 1, 1));
	later->resolution = r.head.id;
	MUST(line_write(as_program(&g), later, D(2027, 1, 1), (Date){0}));
	Line *l = line_on(&g, g.line, D(2026, 11, 22));
	l->note = S("Provoz i o víkendu.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), (Date){0}), ERR_INVALID, "jen novým usnesením");
	l = line_on(&g, g.line, D(2027, 1, 1));
	l->capacity = fte(9900);
	l->change_reason = S("Přepis.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, l, D(2027, 1, 1), (Date){0}), ERR_INVALID, "jen novým usnesením");
	l = line_on(&g, g.line, D(2026, 11, 22));
	l->capacity = fte(9900);
	l->resolution = r.head.id;
	l->change_reason = S("Přepis.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), D(2026, 12, 31)), ERR_INVALID, "jen novým usnesením");
	l = line_on(&g, g.line, D(2026, 11, 22));
	l->note = S("Provoz i o víkendu.");
	MUST(history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), D(2026, 12, 31)));
	EQ_INT(line_on(&g, g.line, D(2027, 1, 1))->capacity.hundredths, 800);
	change_line(&g, g.line, D(2026, 11, 22), 650, LINE_LEFT);
	l = line_on(&g, g.line, D(2026, 11, 22));
	l->status = S(LINE_IN_NETWORK);
	l->change_reason = S("Přepis.");
	REFUSED_SAYING(&g, history_change(as_person(&g, g.officer), &line_entity, l, D(2026, 11, 22), (Date){0}), ERR_INVALID, "jen novým usnesením");
}

TEST("four eyes: a clerical error is put right for all its days when another person confirms it, unless the line changed meanwhile") {
	Given     g = given_network();
	Decision *x = a_decision(DECISION_CORRECTION);
	REFUSED_SAYING(&g, add(&g, x, "101", ""), ERR_INVALID, "nemění kapacitu");
	x->capacity = fte(675);
	MUST(add(&g, x, "101", ""));
	EQ_INT(line_on(&g, g.line, D(2026, 11, 22))->capacity.hundredths, 650);
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "confirm", ""), ERR_FORBIDDEN, "");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.head, "admit", "12/26/ZK"), ERR_INVALID, "druhý krok");
	MUST(step(&g, x->head.id, g.head, "confirm", ""));
	EQ_INT(line_on(&g, g.line, D(2025, 1, 1))->capacity.hundredths, 675);
	x = a_decision(DECISION_CORRECTION);
	x->capacity = fte(700);
	MUST(add(&g, x, "101", ""));
	change_line(&g, g.line, D(2026, 11, 22), 800, LINE_IN_NETWORK);
	REFUSED_SAYING(&g, step(&g, x->head.id, g.head, "confirm", ""), ERR_INVALID, "od zapsání opravy změnil");
	MUST(step(&g, x->head.id, g.head, "refuse", ""));
	EQ_INT(line_on(&g, g.line, D(2026, 11, 22))->capacity.hundredths, 800);
}

TEST("urgent situation: the head takes a service in by a resolution for twelve months at most; every coordinator hears of it, and its review is watched") {
	Given       g = given_network();
	Decision   *x = a_decision(DECISION_URGENT);
	WorkObject  o;
	i64         n;
	REFUSED_SAYING(&g, add(&g, x, "", ""), ERR_INVALID, "doplňte identifikátor");
	x->service = g.service;
	x->unit = S("U");
	x->capacity = fte(200);
	x->areas = line_on(&g, g.line, D(2026, 11, 22))->areas;
	x->level = S("Z2");
	x->until = D(2027, 11, 22);
	REFUSED_SAYING(&g, add(&g, x, "", ""), ERR_INVALID, "už v síti je");
	change_line(&g, g.line, D(2026, 11, 1), 650, LINE_LEFT);
	x->until = D(2027, 11, 23);
	REFUSED_SAYING(&g, add(&g, x, "", ""), ERR_INVALID, "dvanácti měsících");
	x->until = D(2027, 11, 22);
	MUST(add(&g, x, "", ""));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.head, "confirm", ""), ERR_INVALID, "druhý krok");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.head, "admit", ""), ERR_INVALID, "rady nebo zastupitelstva");
	FormRow *f = entity_new(t_arena, &form_row_entity);
	f->service = g.service;
	f->form = S("ter");
	MUST(history_create_judged(as_program(&g), &form_row_entity, f, D(2020, 1, 1), (Date){0}));
	Id coordinator;
	MUST(account_add(as_program(&g), S("koordinator@example.org"), S("Koordinátorka"), 0, &coordinator));
	MUST(account_grant(&g.c, coordinator, S("COO"), SCOPE_DISTRICT, territory_by_slug(&g.c, LEVEL_DISTRICT, S("tanvald"))->id, D(2026, 1, 1), (Date){0}));
	MUST(step(&g, x->head.id, g.head, "admit", "12/26/ZK"));
	MUST(decision_stored(&g.c, x->head.id, &x));
	const Line *l = line_on(&g, x->line, D(2026, 11, 22));
	EQ_TEXT(l->status, LINE_IN_NETWORK);
	EQ_TEXT(l->number, "102");
	EQ_INT(l->until.n, D(2027, 11, 22).n);
	EQ_INT(l->capacity.hundredths, 200);
	MUST(workflow_object(&g.c, &line_decision_machine, x->head.id, &o));
	EQ_INT(o.due.ms, prague_instant(D(2027, 11, 23), 0).ms);
	Actor who = {.account = coordinator, .name = S("Koordinátorka")};
	MUST(notice_unread(as_person(&g, &who), &n));
	EQ_INT(n, 1);
	MUST(step(&g, x->head.id, g.officer, "reviewed", ""));
}

TEST("decision: a registration that ends while its service is in the network is a task, once, until the line has left") {
	Given g = given_network();
	void *row;
	Tasks tasks;
	bool  more;
	MUST(decisions_watch_register(as_program(&g)));
	MUST(tasks_waiting(as_person(&g, g.officer), 20, &tasks, &more));
	size_t before = tasks.len;
	MUST(store_get(as_program(&g), &service_entity, TODAY, g.service, &row));
	Service *s = row;
	s->provided_to = D(2026, 12, 31);
	s->end_reason = S("zanik");
	MUST(history_change_judged(&g.c, &service_entity, s, D(2020, 1, 1), (Date){0}));
	MUST(decisions_watch_register(as_program(&g)));
	MUST(decisions_watch_register(as_program(&g)));
	MUST(tasks_waiting(as_person(&g, g.officer), 20, &tasks, &more));
	EQ_INT(tasks.len, before + 1);
	EXPECT(str_has(tasks.at[tasks.len - 1].title, S("vystoupení ze sítě")) || str_has(tasks.at[0].title, S("vystoupení ze sítě")));
	Decision *x = a_decision(DECISION_LEAVE);
	x->end_reason = S("registrace");
	x->from_day = D(2027, 1, 1);
	MUST(add(&g, x, "101", ""));
	MUST(decisions_watch_register(as_program(&g)));
	MUST(tasks_waiting(as_person(&g, g.officer), 20, &tasks, &more));
	EQ_INT(tasks.len, before);
}

TEST("§ 12: what a draft of a version does not include, and why, is the region's until the assembly decides; then the provider reads its own and the public all") {
	Given g = given_network();
	void *row;
	NetworkVersion *v = entity_new(t_arena, &network_version_entity);
	v->network = g.network;
	v->number = S("2027/1");
	v->title = S("Síť na rok 2027");
	v->effective_from = D(2027, 1, 1);
	MUST(draft_open(as_person(&g, g.officer), v));
	Exclusion *x = entity_new(t_arena, &network_exclusion_entity);
	x->by_version = v->head.id;
	x->provider = g.provider;
	x->name = S("Záměr");
	x->kind = line_on(&g, g.line, D(2026, 11, 22))->kind;
	x->reason = S("body");
	x->text = S("Body nestačí.");
	x->decided_on = D(2026, 11, 22);
	MUST(entity_insert(as_person(&g, g.officer), &network_exclusion_entity, x));
	MUST(entity_get(as_person(&g, g.statutory), &network_exclusion_entity, TODAY, x->head.id, &row));
	EQ_INT(((Exclusion *)row)->text.len + ((Exclusion *)row)->reason.len, 0);
	Grant grant = {.role = S("MUN"), .scope = SCOPE_MUNICIPALITY, .ref = territory_by_slug(&g.c, LEVEL_MUNICIPALITY, S("tanvald"))->id};
	Actor town = {.account = g.statutory->account, .name = S("Obec"), .grants = &grant, .grant_count = 1};
	access_prepare(&town);
	EQ_INT(entity_get(as_person(&g, &town), &network_exclusion_entity, TODAY, x->head.id, &row), ERR_NOT_FOUND);
	Resolution r;
	x->by_version = g.version;
	MUST(resolution_by_number(as_program(&g), S("10/26/ZK"), &r));
	x->resolution = r.head.id;
	MUST(entity_update(as_person(&g, g.officer), &network_exclusion_entity, x));
	MUST(entity_get(as_person(&g, g.statutory), &network_exclusion_entity, TODAY, x->head.id, &row));
	EQ_TEXT(((Exclusion *)row)->text, "Body nestačí.");
}
