/* reservation: letter, measure and day; the line follows it to „s výhradou“ with the level with v, and back, or to the door. */
#include "domain/network/reservation.h"
#include "tests/domain/mandate_given.h"

static Line *line_of(Given *g) {
	void *row;
	MUST(store_get(&g->c, &line_entity, TODAY, g->line, &row));
	return row;
}

static Reservation *a_reservation(Date due) {
	Reservation *x = entity_new(t_arena, &reservation_entity);
	x->letter = S("OSV/12/2026");
	x->text = S("Nízká obložnost.");
	x->measure = S("Doložit obložnost po měsících.");
	x->due = due;
	return x;
}

static Err step(Given *g, Id id, const Actor *who, const char *action, const char *reason) {
	return workflow_do(as_person(g, who), &reservation_machine, id, action, &(WorkInput){.reason = str_c(reason)});
}

TEST("reservation: the line stands with it from today on the level with v, and goes back when it is fulfilled") {
	Given        g = given_network();
	Reservation *x = a_reservation(D(2027, 6, 30));
	MUST(reservation_add(as_person(&g, g.officer), S("101"), x, S("12/26/ZK")));
	EQ_TEXT(line_of(&g)->status, LINE_WITH_RESERVATION);
	EQ_TEXT(line_of(&g)->level, "Z1v");
	void *row;
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2026, 11, 21)}, g.line, &row));
	EQ_TEXT(((Line *)row)->level, "Z1");
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "fulfil", ""), ERR_INVALID, "");
	MUST(step(&g, x->head.id, g.officer, "fulfil", "Obložnost 91 %, doloženo výkazem."));
	EQ_TEXT(line_of(&g)->status, LINE_IN_NETWORK);
	EQ_TEXT(line_of(&g)->level, "Z1");
}

static Line *line_on(Given *g, Date day) {
	void *row;
	MUST(store_get(&g->c, &line_entity, (AsOf){.valid = day}, g->line, &row));
	return row;
}

TEST("reservation: what is decided of the line for later days stays decided when a reservation is added and when it is settled") {
	Given        g = given_network();
	Reservation *x = a_reservation(D(2027, 6, 30));
	change_line(&g, g.line, D(2027, 1, 1), 700, LINE_IN_NETWORK);
	change_line(&g, g.line, D(2027, 9, 1), 700, LINE_LEFT);
	MUST(reservation_add(as_person(&g, g.officer), S("101"), x, S("12/26/ZK")));
	EQ_INT(line_on(&g, D(2026, 11, 22))->capacity.hundredths, 650);
	EQ_INT(line_on(&g, D(2027, 1, 1))->capacity.hundredths, 700);
	EQ_TEXT(line_on(&g, D(2027, 1, 1))->status, LINE_WITH_RESERVATION);
	EQ_TEXT(line_on(&g, D(2027, 1, 1))->level, "Z1v");
	EQ_TEXT(line_on(&g, D(2027, 9, 1))->status, LINE_LEFT);
	MUST(step(&g, x->head.id, g.officer, "fulfil", "Obložnost 91 %, doloženo výkazem."));
	EQ_TEXT(line_on(&g, D(2026, 11, 22))->level, "Z1");
	EQ_INT(line_on(&g, D(2027, 1, 1))->capacity.hundredths, 700);
	EQ_TEXT(line_on(&g, D(2027, 1, 1))->status, LINE_IN_NETWORK);
	EQ_TEXT(line_on(&g, D(2027, 1, 1))->level, "Z1");
	EQ_TEXT(line_on(&g, D(2027, 9, 1))->status, LINE_LEFT);
}

TEST("reservation: it is due within twelve months, needs a decision, a line in the network, and only one is open") {
	Given g = given_network();
	REFUSED_SAYING(&g, reservation_add(as_person(&g, g.officer), S("101"), a_reservation(D(2027, 11, 23)), S("12/26/ZK")), ERR_INVALID, "dvanáct");
	REFUSED_SAYING(&g, reservation_add(as_person(&g, g.officer), S("101"), a_reservation(D(2026, 11, 21)), S("12/26/ZK")), ERR_INVALID, "dvanáct");
	REFUSED_SAYING(&g, reservation_add(as_person(&g, g.officer), S("101"), a_reservation(D(2027, 1, 1)), S("99/26/ZK")), ERR_INVALID, "99/26/ZK");
	REFUSED_SAYING(&g, reservation_add(as_person(&g, g.officer), S("999"), a_reservation(D(2027, 1, 1)), S("12/26/ZK")), ERR_INVALID, "999");
	REFUSED_SAYING(&g, reservation_add(as_person(&g, g.statutory), S("101"), a_reservation(D(2027, 1, 1)), S("12/26/ZK")), ERR_FORBIDDEN, "");
	EQ_TEXT(line_of(&g)->status, LINE_IN_NETWORK);
	MUST(reservation_add(as_person(&g, g.officer), S("101"), a_reservation(D(2027, 11, 22)), S("12/26/ZK")));
	REFUSED_SAYING(&g, reservation_add(as_person(&g, g.officer), S("101"), a_reservation(D(2027, 1, 1)), S("12/26/ZK")), ERR_INVALID, "jednu otevřenou");
}

TEST("reservation: not fulfilled can be said only after its day, and proposes the line for exit") {
	Given        g = given_network();
	Reservation *x = a_reservation(D(2026, 12, 1));
	MUST(reservation_add(as_person(&g, g.officer), S("101"), x, S("12/26/ZK")));
	REFUSED_SAYING(&g, step(&g, x->head.id, g.officer, "fail", "Nic nedoloženo."), ERR_INVALID, "čas do");
	ctx_end(&g.c);
	g.c = ctx_make(t_arena, g.app->db, g.officer, prague_instant(D(2026, 12, 2), 9 * 3600));
	MUST(step(&g, x->head.id, g.officer, "fail", "Nic nedoloženo."));
	EQ_TEXT(line_of(&g)->status, LINE_EXIT_PROPOSED);
	EQ_TEXT(line_of(&g)->level, "Z1v");
}

TEST("reservation: one from before the program is recorded without touching its line") {
	Given g = given_network();
	change_line(&g, g.line, D(2026, 1, 1), 650, LINE_WITH_RESERVATION);
	i64 version = line_of(&g)->head.version;
	MUST(reservation_add(as_person(&g, g.officer), S("101"), a_reservation(D(2026, 11, 1)), (Str){0}));
	EQ_INT(line_of(&g)->head.version, version);
}
