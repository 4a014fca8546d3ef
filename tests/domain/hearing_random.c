/* Random sign-ups, cancellations and promotions: the ledger conserves seats and says the same as a naive list of people in order. SEATS_OPERATIONS
 * says how many; tests/check.sh seats does 10 000 on each store. */
#include <stdlib.h>

#include "base/hash.h"
#include "core/ledger.h"
#include "tests/domain/hearing_given.h"

enum { OPERATIONS = 600, PEOPLE = 3000, CHECK_EVERY = 500 };

typedef enum Where { NOT_YET, SITS, WAITS, LEFT } Where;
typedef struct Oracle {
	Id    ids[PEOPLE];
	Where where[PEOPLE];                     /* in the order of confirmation */
	int   people;
	i64   capacity;
} Oracle;

static i64 sitting(const Oracle *o) {
	i64 n = 0;
	for (int i = 0; i < o->people; i++)
		n += o->where[i] == SITS;
	return n;
}

/* What the rule says: while somebody waits and a seat is free, the first who waits sits down. */
static void settle(Oracle *o) {
	for (int i = 0; i < o->people && sitting(o) < o->capacity; i++)
		if (o->where[i] == WAITS)
			o->where[i] = SITS;
}

static void compare(Hall *h, Id hearing, const Oracle *o) {
	Seats s = seats_of(h, hearing);
	EQ_INT(s.capacity, o->capacity);
	EQ_INT(s.taken, sitting(o));
	EQ_INT(s.free, o->capacity - sitting(o));
	for (int i = 0; i < o->people; i++) {
		const Signup *x = signup_now(h, o->ids[i]);
		const char *want = o->where[i] == SITS ? SIGNUP_CONFIRMED : o->where[i] == WAITS ? SIGNUP_WAITLISTED : SIGNUP_CANCELLED;
		EQ_STR(x->state, str_c(want));
		EQ_INT(x->position, i + 1);
	}
	LedgerVerdict v;
	MUST(ledger_verify(&h->c, &v));
	EQ_INT(v.broken, 0);
}

static void join(Hall *h, Id hearing, Oracle *o) {
	SignupNew n = {.name = str_format(h->c.arena, "Člověk %d", o->people), .consent = true};
	MUST(signup_record(&h->c, hearing, &n, S("phone"), false, &o->ids[o->people]));
	o->where[o->people++] = WAITS;
	settle(o);
}

static void leave(Hall *h, Oracle *o, int i) {
	Err e = signup_cancel(&h->c, o->ids[i], S("Nemůže přijít."));
	EQ_INT(e, o->where[i] == LEFT ? ERR_CONFLICT : OK);
	h->c.problems.len = 0;
	o->where[i] = LEFT;
	settle(o);
}

static void resize(Hall *h, Id hearing, Oracle *o, i64 capacity) {
	Hearing *x;
	MUST(hearing_get(&h->c, hearing, &x));
	x->capacity = capacity;
	Err e = hearing_change(&h->c, x);
	EQ_INT(e, capacity < sitting(o) ? ERR_INVALID : OK);
	h->c.problems.len = 0;
	o->capacity = e == OK ? capacity : o->capacity;
	settle(o);
}

/* Memory of thousands of operations must not pile up in one arena. */
static void breathe(Hall *h, Arena *a) {
	const Actor *who = h->c.actor;
	Instant now = {h->c.now.ms + 100};
	ctx_end(&h->c);
	arena_reset(a);
	h->c = ctx_make(a, h->app->db, who, now);
}

TEST("hearing: random sign-ups, cancellations and changes of capacity conserve the ledger and agree with a naive list") {
	Hall   hall = given_hall();
	Id     hearing = given_hearing(&hall, 40, 0);
	Rand   rand = rand_seed(20261122);
	Oracle *o = NEW_ZERO(t_arena, Oracle);
	const char *wanted = getenv("SEATS_OPERATIONS");
	i64    total = OPERATIONS;
	EXPECT(!wanted || str_to_int(str_c(wanted), &total));
	CLEANUP(arena_free) Arena a = {0};
	o->capacity = 40;
	hall_as(&hall, hall.planner);
	for (i64 i = 0; i < total; i++) {
		int dice = (int)rand_range(&rand, 0, 99);
		if ((dice < 25 || o->people == 0) && o->people < PEOPLE)
			join(&hall, hearing, o);
		else if (dice < 97)
			leave(&hall, o, (int)rand_range(&rand, o->people > 120 ? o->people - 120 : 0, o->people - 1));
		else
			resize(&hall, hearing, o, rand_range(&rand, 20, 60));
		breathe(&hall, &a);
		if (i % CHECK_EVERY == CHECK_EVERY - 1)
			compare(&hall, hearing, o);
	}
	compare(&hall, hearing, o);
	EXPECT(o->people > total / 5);
	ctx_end(&hall.c);
}
