/* Hearings: what must hold before one is published, how it goes on, what a change does to seats. */
#include "tests/domain/hearing_given.h"

#include "core/task.h"

static Err act(Hall *h, const Actor *who, Id id, const char *action, const char *reason) {
	return workflow_do(hall_as(h, who), &hearing_machine, id, action, &(WorkInput){.reason = str_c(reason)});
}

static Str state_of(Hall *h, Id id) {
	WorkObject o;
	MUST(workflow_object(&h->c, &hearing_machine, id, &o));
	return o.state;
}

static Hearing *stored(Hall *h, Id id) {
	Hearing *x;
	MUST(hearing_get(hall_as(h, h->planner), id, &x));
	return x;
}

static Err change_capacity(Hall *h, Id id, i64 capacity, i64 reserved) {
	Hearing *x = stored(h, id);
	x->capacity = capacity;
	x->reserved = reserved;
	return hearing_change(&h->c, x);
}

TEST("hearing: the machines of hearings and sign-ups have no fault") {
	Strs faults = {0};
	(void)given_hall();
	workflow_check(t_arena, &hearing_machine, &faults);
	workflow_check(t_arena, &signup_machine, &faults);
	EQ_TEXT(str_join(t_arena, S("\n"), faults), "");
}

TEST("hearing: hours are read as people write them, and nothing else is an hour") {
	static const struct { const char *typed; int minutes; } good[] = {{"9:00", 540}, {"09.30", 570}, {"9", 540}, {" 24:00 ", 1440}, {"0:00", 0}, {"23:59", 1439}};
	static const char *const bad[] = {"", "25:00", "24:01", "9:60", "9:5", "devět", "9:00:00", "-1:00", "9:000", "123"};
	for (size_t i = 0; i < LEN(good); i++) {
		int m = -1;
		EXPECT(hearing_clock(str_c(good[i].typed), &m));
		EQ_INT(m, good[i].minutes);
	}
	for (size_t i = 0; i < LEN(bad); i++) {
		int m;
		if (hearing_clock(str_c(bad[i]), &m))
			test_fail(__FILE__, __LINE__, "%s is an hour", bad[i]);
	}
}

TEST("hearing: a day without an hour lasts to its end, 23:59 and 24:00 are the same, and the change to winter time does not shorten it") {
	Hall hall = given_hall();
	hall_as(&hall, hall.planner);
	static const struct { const char *time; int hour, day; } cases[] = {{"", 0, 26}, {"23:59", 0, 26}, {"24:00", 0, 26}, {"12:00", 12, 25}};
	for (size_t i = 0; i < LEN(cases); i++) {                 /* 25 October 2026 has 25 hours */
		Hearing *x = hearing_like(&hall, 5, 0);
		hall_at(&hall, D(2026, 9, 1), 9, 0, 0);
		x->day = D(2026, 10, 30);
		x->signup_day = D(2026, 10, 25);
		x->signup_time = str_c(cases[i].time);
		MUST(hearing_add(&hall.c, x));
		EQ_INT(x->signup_until.ms, prague_instant(D(2026, 10, cases[i].day), cases[i].hour * 3600).ms);
		EQ_TEXT(x->ends, "11:00");
	}
	ctx_end(&hall.c);
}

TEST("hearing: what does not fit is refused at its field") {
	Hall hall = given_hall();
	hall_as(&hall, hall.planner);
	Hearing *x = hearing_like(&hall, 5, 0);
	x->ends = S("8:00");
	REFUSED_WITH(hearing_add(&hall.c, x), ERR_INVALID, "Konec je dřív");
	x = hearing_like(&hall, 5, 6);
	REFUSED_WITH(hearing_add(&hall.c, x), ERR_INVALID, "Vyhrazených míst je víc");
	x = hearing_like(&hall, 5, 0);
	x->signup_day = D(2026, 12, 17);
	REFUSED_WITH(hearing_add(&hall.c, x), ERR_INVALID, "až po začátku");
	x = hearing_like(&hall, 5, 0);
	x->policy = S("per_organisation");
	REFUSED_WITH(hearing_add(&hall.c, x), ERR_INVALID, "kolik míst smí mít");
	x = hearing_like(&hall, 5, 0);
	x->starts = S("ráno");
	REFUSED_WITH(hearing_add(&hall.c, x), ERR_INVALID, "Začátek: zapište hodinu");
	ctx_end(&hall.c);
}

TEST("hearing: it is published with a place, seats, time to sign up, and fourteen days ahead or with a reason") {
	Hall hall = given_hall();
	hall_as(&hall, hall.planner);
	Hearing *x = hearing_like(&hall, 0, 0);
	x->room = x->building = S("");
	x->day = D(2026, 12, 5);
	x->signup_day = D(2026, 12, 4);
	MUST(hearing_add(&hall.c, x));
	Id id = x->head.id;
	EQ_INT(act(&hall, hall.planner, id, "publish", ""), ERR_INVALID);
	EQ_INT(hall.c.problems.len, 3);                           /* place, seats, notice */
	EXPECT(str_has(hall.c.problems.at[2].text, S("zbývá 13 dnů")));
	x = stored(&hall, id);
	x->online_url = S("https://schuzka.example.org/1");
	x->capacity = 10;
	x->notice_waiver = S("Lhůtu zkrátila rada.");
	MUST(hearing_change(&hall.c, x));
	hall_at(&hall, D(2026, 12, 4), 12, 0, 0);
	EQ_INT(act(&hall, hall.planner, id, "publish", ""), ERR_INVALID);
	EXPECT(str_has(first_problem(&hall.c), S("skončilo dřív, než začne")));
	hall_at(&hall, D(2026, 12, 4), 11, 59, 59);
	MUST(act(&hall, hall.planner, id, "publish", ""));
	WorkSteps steps;
	MUST(workflow_steps(&hall.c, &hearing_machine, id, &steps));
	EXPECT(str_has(steps.at[1].waived, S("Lhůtu zkrátila rada.")));
	ctx_end(&hall.c);
}

TEST("hearing: fourteen days ahead to the day need no reason") {
	Hall hall = given_hall();
	hall_as(&hall, hall.planner);
	Hearing *x = hearing_like(&hall, 5, 0);
	MUST(hearing_add(&hall.c, x));
	hall_at(&hall, D(2026, 12, 2), 23, 59, 59);
	MUST(act(&hall, hall.planner, x->head.id, "publish", ""));
	ctx_end(&hall.c);
}

TEST("hearing: a coordinator prepares one for the own district and publishes none; others may not even prepare") {
	Hall hall = given_hall();
	hall_as(&hall, hall.coordinator);
	REFUSED_WITH(hearing_add(&hall.c, hearing_like(&hall, 5, 0)), ERR_INVALID, "Zvolte obvod");
	Id whole = given_hearing(&hall, 5, 0);
	Hearing *x;
	EQ_INT(hearing_get(hall_as(&hall, hall.coordinator), whole, &x), ERR_NOT_FOUND);
	EQ_INT(act(&hall, hall.coordinator, whole, "cancel", "Nehodí se."), ERR_FORBIDDEN);
	EQ_INT(hearing_add(hall_as(&hall, hall.reader), hearing_like(&hall, 5, 0)), ERR_FORBIDDEN);
	EQ_INT(hearing_add(hall_as(&hall, NULL), hearing_like(&hall, 5, 0)), ERR_AUTH);
	ctx_end(&hall.c);
}

TEST("hearing: drafts are nobody's business, published ones everybody's, coming and past ones are told apart by the clock") {
	Hall hall = given_hall();
	Hearing *x;
	Hearings list;
	hall_as(&hall, hall.planner);
	Hearing *draft = hearing_like(&hall, 5, 0);
	MUST(hearing_add(&hall.c, draft));
	Id id = given_hearing(&hall, 5, 0);
	hall_as(&hall, NULL);
	EQ_INT(hearing_public(&hall.c, draft->head.id, &x), ERR_NOT_FOUND);
	MUST(hearing_public(&hall.c, id, &x));
	MUST(hearing_coming(&hall.c, &list));
	EQ_INT(list.len, 1);
	hall_at(&hall, D(2026, 12, 16), 11, 0, 0);
	MUST(hearing_coming(&hall.c, &list));
	EQ_INT(list.len, 1);
	hall_at(&hall, D(2026, 12, 16), 11, 0, 1);
	MUST(hearing_coming(&hall.c, &list));
	EQ_INT(list.len, 0);
	MUST(hearing_past(&hall.c, 10, &list));
	EQ_INT(list.len, 1);
	ctx_end(&hall.c);
}

TEST("hearing: seats are opened once, more of them are free, fewer are taken from the free ones only") {
	Hall hall = given_hall();
	Id id = given_hearing(&hall, 4, 1);
	Seats s = seats_of(&hall, id);
	EQ_INT(s.free, 3);
	EQ_INT(s.reserved, 1);
	(void)signed_up(&hall, id, "Jana Nová", "");
	(void)signed_up(&hall, id, "Petr Starý", "");
	MUST(change_capacity(&hall, id, 3, 1));
	EQ_INT(seats_of(&hall, id).free, 0);
	EQ_INT(change_capacity(&hall, id, 2, 1), ERR_INVALID);
	EXPECT(str_has(first_problem(&hall.c), S("obsazeno je 2 a volných zbývá 0")));
	EQ_INT(seats_of(&hall, id).capacity, 3);                  /* nothing of it was written */
	EQ_INT(stored(&hall, id)->capacity, 3);
	MUST(change_capacity(&hall, id, 2, 0));
	s = seats_of(&hall, id);
	EQ_INT(s.taken, 2);
	EQ_INT(s.free + s.reserved, 0);
	MUST(change_capacity(&hall, id, 10, 4));
	EQ_INT(seats_of(&hall, id).free, 4);
	ctx_end(&hall.c);
}

TEST("hearing: more seats go to those who wait, in order, while sign-up is open") {
	Hall hall = given_hall();
	Id id = given_hearing(&hall, 1, 0);
	(void)signed_up(&hall, id, "Jana Nová", "");
	Signup *second = signed_up(&hall, id, "Petr Starý", ""), *third = signed_up(&hall, id, "Ivan Malý", "");
	MUST(change_capacity(&hall, id, 2, 0));
	EQ_TEXT(signup_now(&hall, second->head.id)->state, SIGNUP_CONFIRMED);
	EQ_TEXT(signup_now(&hall, third->head.id)->state, SIGNUP_WAITLISTED);
	hall_at(&hall, D(2026, 12, 14), 12, 0, 0);
	MUST(change_capacity(&hall, id, 3, 0));
	EQ_TEXT(signup_now(&hall, third->head.id)->state, SIGNUP_WAITLISTED);
	EQ_INT(seats_of(&hall, id).free, 1);
	ctx_end(&hall.c);
}

TEST("hearing: another place or hour is told to everybody, another description to nobody") {
	Hall hall = given_hall();
	Id id = given_hearing(&hall, 1, 0);
	(void)signed_up(&hall, id, "Jana Nová", "");
	(void)signed_up(&hall, id, "Petr Starý", "");
	Hearing *x = stored(&hall, id);
	x->about = S("Program se upřesní.");
	MUST(hearing_change(&hall.c, x));
	EQ_INT(letters_of(&hall, "hearing.changed"), 0);
	x = stored(&hall, id);
	x->room = S("přízemí, sál");
	MUST(hearing_change(&hall.c, x));
	EQ_INT(letters_of(&hall, "hearing.changed"), 2);
	EXPECT(str_has(letter_to(&hall, "Petr Starý"), S("přízemí, sál")));
	x->head.version--;
	x->room = S("jinde");
	EQ_INT(hearing_change(&hall.c, x), ERR_CONFLICT);
	ctx_end(&hall.c);
}

TEST("hearing: sign-up closes by the clock, a later last hour keeps it open, and officers may act until then") {
	Hall hall = given_hall();
	i64  moved;
	Id   id = given_hearing(&hall, 5, 0);
	Hearing *x = stored(&hall, id);
	x->signup_time = S("15:00");
	MUST(hearing_change(&hall.c, x));
	hall_at(&hall, D(2026, 12, 14), 13, 0, 0);
	MUST(workflow_tick(hall_as(&hall, NULL), &moved));
	EQ_INT(moved, 0);
	(void)signed_up(&hall, id, "Jana Nová", "");
	hall_at(&hall, D(2026, 12, 14), 15, 0, 0);
	MUST(workflow_tick(hall_as(&hall, NULL), &moved));
	EQ_TEXT(state_of(&hall, id), HEARING_CLOSED);
	EQ_INT(act(&hall, hall.planner, id, "reopen", "Zájem je velký."), ERR_INVALID);
	x = stored(&hall, id);
	x->signup_time = S("18:00");
	MUST(hearing_change(&hall.c, x));
	MUST(act(&hall, hall.planner, id, "reopen", "Zájem je velký."));
	(void)signed_up(&hall, id, "Petr Starý", "");
	ctx_end(&hall.c);
}

TEST("hearing: it is held after it began; minutes are written, verified by one person and published by another") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 5, 0);
	hall_at(&hall, D(2026, 12, 14), 12, 0, 0);
	i64 moved;
	MUST(workflow_tick(&hall.c, &moved));
	hall_at(&hall, D(2026, 12, 16), 8, 59, 59);
	EQ_INT(act(&hall, hall.planner, id, "hold", ""), ERR_INVALID);
	EQ_INT(hearing_write_minutes(hall_as(&hall, hall.planner), id, stored(&hall, id)->head.version, S("Zápis"), NULL, NULL), ERR_CONFLICT);
	hall_at(&hall, D(2026, 12, 16), 9, 0, 0);
	MUST(act(&hall, hall.planner, id, "hold", ""));
	EQ_INT(hearing_change(hall_as(&hall, hall.planner), stored(&hall, id)), ERR_CONFLICT);
	EQ_INT(act(&hall, hall.head, id, "verify", ""), ERR_INVALID);
	MUST(hearing_write_minutes(hall_as(&hall, hall.planner), id, stored(&hall, id)->head.version, S("Přišlo 20 lidí."), NULL, NULL));
	EQ_INT(act(&hall, hall.planner, id, "publish_minutes", ""), ERR_INVALID);
	EQ_INT(act(&hall, hall.planner, id, "verify", ""), ERR_FORBIDDEN);
	MUST(act(&hall, hall.head, id, "verify", ""));
	MUST(hearing_write_minutes(hall_as(&hall, hall.planner), id, stored(&hall, id)->head.version, S("Přišlo 21 lidí."), NULL, NULL));
	EQ_INT(act(&hall, hall.planner, id, "publish_minutes", ""), ERR_INVALID);            /* what was verified has changed */
	MUST(act(&hall, hall.head, id, "verify", ""));
	MUST(act(&hall, hall.planner, id, "publish_minutes", ""));
	EQ_TEXT(state_of(&hall, id), HEARING_MINUTES);
	ctx_end(&hall.c);
}

TEST("hearing: one that is cancelled tells everybody why, ends their sign-ups and gives back the seats") {
	Hall hall = given_hall();
	Id   id = given_hearing(&hall, 1, 0);
	Signup *first = signed_up(&hall, id, "Jana Nová", ""), *second = signed_up(&hall, id, "Petr Starý", "");
	(void)asked(&hall, id, "Ivan Malý", "");
	EQ_INT(act(&hall, hall.planner, id, "cancel", ""), ERR_INVALID);
	MUST(act(&hall, hall.planner, id, "cancel", "Nemocný řečník."));
	EQ_TEXT(signup_now(&hall, first->head.id)->state, SIGNUP_CANCELLED);
	EQ_TEXT(signup_now(&hall, second->head.id)->state, SIGNUP_CANCELLED);
	EQ_INT(letters_of(&hall, "hearing.cancelled"), 2);
	EQ_INT(letters_of(&hall, "hearing.promoted"), 0);
	EXPECT(str_has(letter_to(&hall, "Petr Starý"), S("Nemocný řečník.")));
	EQ_INT(seats_of(&hall, id).free, 1);
	SignupNew n = {.name = S("Eva Nová"), .email = S("eva@example.org"), .consent = true};
	REFUSED_WITH(signup_ask(hall_as(&hall, NULL), id, &n, S("192.0.2.1")), ERR_CONFLICT, "zrušené");
	ctx_end(&hall.c);
}

TEST("hearing: it is bound to another record and found by it") {
	Hall hall = given_hall();
	Hearings list;
	Id id = given_hearing(&hall, 1, 0);
	MUST(hearing_bind(hall_as(&hall, hall.planner), id, "consultation", 5));
	MUST(hearing_of(hall_as(&hall, NULL), "consultation", 5, &list));
	EQ_INT(list.len, 1);
	MUST(hearing_of(&hall.c, "consultation", 6, &list));
	EQ_INT(list.len, 0);
	ctx_end(&hall.c);
}
