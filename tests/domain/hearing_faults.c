/* Seats when the store fails at any moment, and when many want the last ones at once. */
#include <pthread.h>

#include "base/hash.h"
#include "core/ledger.h"
#include "tests/domain/hearing_given.h"
#include "tests/support/faults.h"

enum { CROWD = 30, ROOM = 10 };

/* ---- a store that fails ---- */

static Id  hearing_id;
static Str link_held;

static Err record(Ctx *c) {
	Id        id;
	SignupNew n = {.name = S("Petr Starý"), .email = S("petr@example.org"), .consent = true};
	return signup_record(c, hearing_id, &n, S("phone"), false, &id);
}

static Err withdraw(Ctx *c) {
	return signup_withdraw(c, link_held);
}

static Err more_seats(Ctx *c) {
	Hearing *h;
	TRY(hearing_get(c, hearing_id, &h));
	h->capacity += 2;
	h->room = S("jiný sál");
	return hearing_change(c, h);
}

static Err cancel_all(Ctx *c) {
	return workflow_do(c, &hearing_machine, hearing_id, "cancel", &(WorkInput){.reason = S("Zkouška.")});
}

TEST("signup: whatever statement fails, an entry, leaving with promotion, more seats and cancelling are done whole or not at all") {
	Hall hall = given_hall();
	hearing_id = given_hearing(&hall, 1, 0);
	Signup *first = signed_up(&hall, hearing_id, "Eva Malá", "");
	(void)signed_up(&hall, hearing_id, "Ivan Velký", "");
	link_held = signup_link(t_arena, first);
	Ctx c = hall.c;
	c.actor = hall.planner;
	SURVIVES(record);
	SURVIVES(more_seats);
	SURVIVES(withdraw);
	SURVIVES(cancel_all);
	hall.c = ctx_make(t_arena, hall.app->db, hall.planner, c.now);
	Seats s = seats_of(&hall, hearing_id);
	EQ_INT(s.free, s.capacity);
	LedgerVerdict v;
	MUST(ledger_verify(&hall.c, &v));
	EQ_INT(v.broken, 0);
	ctx_end(&hall.c);
}

/* ---- a crowd ---- */

typedef struct Guest { Db *db; Str token; Instant now; Err err; pthread_t thread; } Guest;

static void *confirm(void *arg) {
	Guest *g = arg;
	Arena  a = {0};
	Ctx    c = ctx_make(&a, g->db, &actor_public, g->now);
	Signup *s;
	g->err = signup_confirm(&c, g->token, &s);
	ctx_end(&c);
	arena_free(&a);
	db_thread_end(g->db);
	return NULL;
}

TEST("signup: thirty people confirm for ten seats at once: ten sit, twenty wait, each has a place of their own") {
	Hall   hall = given_hall();
	Id     hearing = given_hearing(&hall, ROOM, 0);
	Guest  all[CROWD];
	for (int i = 0; i < CROWD; i++)
		all[i] = (Guest){.db = hall.app->db, .token = asked(&hall, hearing, str_z(t_arena, str_format(t_arena, "Host%d Dav", i)), ""), .now = hall.c.now};
	ctx_end(&hall.c);
	for (int i = 0; i < CROWD; i++)
		EXPECT(pthread_create(&all[i].thread, NULL, confirm, &all[i]) == 0);
	for (int i = 0; i < CROWD; i++)
		EXPECT(pthread_join(all[i].thread, NULL) == 0);
	hall.c = ctx_make(t_arena, hall.app->db, hall.planner, hall.c.now);
	for (int i = 0; i < CROWD; i++)
		EQ_INT(all[i].err, OK);
	Seats s = seats_of(&hall, hearing);
	EQ_INT(s.taken, ROOM);
	EQ_INT(s.waiting, CROWD - ROOM);
	Signups list;
	MUST(signup_list(&hall.c, hearing, (Str){0}, &list));
	for (size_t i = 0; i < list.len; i++) {
		EQ_INT(list.at[i]->position, (i64)i + 1);
		EQ_STR(list.at[i]->state, i < ROOM ? S(SIGNUP_CONFIRMED) : S(SIGNUP_WAITLISTED));
	}
	ctx_end(&hall.c);
}
