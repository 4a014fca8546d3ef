/* reservation: letter, measure and day; the line follows it to „s výhradou“ with the level with v, and back, or to the door. */
#include "core/jobs.h"
#include "core/mail.h"
#include "domain/network/mandate_template.h"
#include "domain/network/reservation_letter.h"
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
	Reservation      *x = a_reservation(D(2026, 11, 1));
	ReservationLetter p;
	MUST(reservation_add(as_person(&g, g.officer), S("101"), x, (Str){0}));
	EQ_INT(line_of(&g)->head.version, version);
	MUST(reservation_letter_of(&g.c, x->head.id, &p));
	EQ_INT(p.id, 0);
}

static i64 letters_sent(Given *g) {
	static const Sql count = {.name = "test_reservation_letters", .text = "SELECT COUNT(*) FROM mail_letter WHERE kind = 'network.reservation'"};
	i64 n;
	MUST(db_get_int(ctx_conn(&g->c), &count, DB_NONE, 0, &n));
	return n;
}

TEST("reservation: its letter is made of the region's template word for word, people of the provider are written to, and it never changes") {
	Given             g = given_network();
	Reservation      *x = a_reservation(D(2027, 6, 30));
	ReservationLetter p, again;
	MandateTemplate  *t;
	bool              fine;
	Str               detail;
	MUST(reservation_add(as_person(&g, g.officer), S("101"), x, S("12/26/ZK")));
	MUST(reservation_letter_of(&g.c, x->head.id, &p));
	EXPECT(str_has(p.title, S("Pečovatelská služba Lípa")));
	const char *const said[] = {"Domov u Lípy, z. s.", "26404567", "OSV/12/2026", "12/26/ZK", "Nízká obložnost.", "Doložit obložnost po měsících.", "30.", "101"};
	for (size_t i = 0; i < LEN(said); i++)
		if (!str_has(p.text, str_c(said[i])))
			test_fail(__FILE__, __LINE__, "the letter does not say %s: %.*s", said[i], STR_ARG(p.text));
	EXPECT(!str_has(p.text, S("{")));
	EXPECT(p.pdf.job != 0);
	EQ_INT(letters_sent(&g), 1);
	StoredFile one, two;
	Ctx       *c = as_program(&g);
	MUST(files_stage(c, S("%PDF-1 první"), -1, &one));
	MUST(files_stage(c, S("%PDF-1 druhé"), -1, &two));
	for (int i = 0; i < 2; i++) {
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(c, &tx));
		MUST(reservation_letter_keep(c, p.id, i ? &two : &one));
		MUST(tx_commit(&tx));
	}
	MUST(reservation_letter_of(c, x->head.id, &again));
	EQ_STR(again.sha256, one.sha256);
	MUST(mandate_template_of(as_person(&g, g.officer), PAPER_RESERVATION, D(2026, 11, 22), &t));
	t->text = S("Jiné znění {sluzba}.");
	MUST(history_change(&g.c, &mandate_template_entity, t, D(2026, 11, 22), (Date){0}));
	MUST(reservation_letter_of(&g.c, x->head.id, &again));
	EQ_STR(again.text, p.text);
	MUST(check_reservation_letters(as_program(&g), &fine, &detail));
	EXPECT(fine);
}

TEST("reservation: a letter with a word that the program does not know is refused in the template; a mandate without the Commission's decision too") {
	Given            g = given_network();
	MandateTemplate *t;
	MUST(mandate_template_of(as_person(&g, g.officer), PAPER_RESERVATION, D(2026, 11, 22), &t));
	t->text = S("Milý {adresat}");
	REFUSED_SAYING(&g, history_change(&g.c, &mandate_template_entity, t, D(2026, 11, 22), (Date){0}), ERR_INVALID, "nezná slovo {adresat}");
	MUST(mandate_template_of(as_person(&g, g.officer), PAPER_MANDATE, D(2026, 11, 22), &t));
	t->legal_reference = (Str){0};
	REFUSED_SAYING(&g, history_change(&g.c, &mandate_template_entity, t, D(2026, 11, 22), (Date){0}), ERR_INVALID, "rozhodnutí Komise");
}
