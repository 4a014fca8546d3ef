/* history.c against a naive replay: one cell per thing, day and recorded step. HISTORY_OPERATIONS=100000 does so many in stores of 5,000 each. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "core/trail.h"
#include "tests/domain/history_given.h"

enum { THINGS = 12, DAYS = 90, OPERATIONS = 5000, NOBODY = -1 };

typedef struct World {
	Ctx     c;
	Rand    rand;
	Date    first;
	Id      id[THINGS];                      /* 0 = not created yet */
	int     operations, steps;               /* done and recorded so far; a step has one operation at least */
	Instant at[OPERATIONS + 1];
	signed char cell[OPERATIONS + 1][THINGS][DAYS + 1]; /* content per day; the last one stands for every later day */
} World;

static i64 asked(Ctx *c, const Sql *sql, Id id) {
	i64 n;
	MUST(db_get_int(ctx_conn(c), sql, P(V(id)), 0, &n));
	return n;
}

static i64 trail_count(Ctx *c) {
	static const Sql count = {"test_trail_count", "SELECT MAX(seq) FROM trail WHERE seq > $1", NULL};
	return asked(c, &count, 0);
}

static Date day(const World *w, int n) { return n >= DAYS ? (Date){0} : date_add(w->first, n); }

static i64 version_of(World *w, Id id) {
	static const Sql newest = {"test_newest_version", "SELECT MAX(version) FROM probe WHERE id = $1", NULL};
	return asked(&w->c, &newest, id);
}

/* Days that often meet what is there: one day, next to a border, open. */
static void choose_days(World *w, int *from, int *to) {
	*from = (int)rand_range(&w->rand, 0, DAYS - 1);
	*to = rand_chance(&w->rand, 20) ? *from : (int)rand_range(&w->rand, *from, DAYS - 1);
	if (rand_chance(&w->rand, 30))
		*from = *from / 30 * 30;
	if (rand_chance(&w->rand, 30) && *to / 30 * 30 - 1 >= *from)
		*to = *to / 30 * 30 - 1;
	if (rand_chance(&w->rand, 20))
		*to = DAYS;
}

static void paint(World *w, int thing, int from, int to, int value) {
	for (int d = from; d <= to; d++)
		w->cell[w->steps][thing][d] = (signed char)value;
}

static bool painted(const World *w, int thing, int from, int to, int value) {
	for (int d = from; d <= to; d++)
		if (w->cell[w->steps][thing][d] != value)
			return false;
	return true;
}

/* One operation on the store and on the replay's newest step. */
static void operate(World *w) {
	int thing = (int)rand_range(&w->rand, 0, THINGS - 1), from, to, value = (int)rand_range(&w->rand, 0, CONTENTS - 1);
	choose_days(w, &from, &to);
	Ctx *c = &w->c;
	i64  records = trail_count(c);
	if (!w->id[thing]) {
		Probe *p = history_content(c->arena, value);
		MUST(history_create(c, &probe_entity, p, day(w, from), day(w, to)));
		EQ_INT(p->head.version, 1);
		w->id[thing] = p->head.id;
		EQ_INT(trail_count(c), records + 1);
	} else if (rand_chance(&w->rand, 25)) {
		value = NOBODY;
		MUST(history_end(c, &probe_entity, w->id[thing], version_of(w, w->id[thing]), day(w, from), day(w, to)));
	} else {
		Probe *p = history_content(c->arena, value);
		p->head.id = w->id[thing];
		p->head.version = version_of(w, p->head.id);
		MUST(history_change(c, &probe_entity, p, day(w, from), day(w, to)));
	}
	if (painted(w, thing, from, to, value))
		EQ_INT(trail_count(c), records);
	else
		EXPECT(trail_count(c) > records);
	paint(w, thing, from, to, value);
}

/* Mostly one, sometimes a whole import. */
static int choose_count(World *w) {
	if (rand_chance(&w->rand, 50))
		return 1;
	return (int)rand_range(&w->rand, 2, rand_chance(&w->rand, 60) ? 5 : 30);
}

/* One recorded step: some operations in one transaction, which may be given up; the clock may stand still or step back. */
static void step(World *w) {
	CLEANUP(arena_free) Arena a = {0};
	Arena *whole = w->c.arena;
	w->c.arena = &a;
	if (rand_chance(&w->rand, 80))
		w->c.now.ms += rand_range(&w->rand, rand_chance(&w->rand, 10) ? -5000 : 0, 2000);
	w->steps++;
	memcpy(w->cell[w->steps], w->cell[w->steps - 1], sizeof w->cell[0]);
	Id  ids[THINGS];
	memcpy(ids, w->id, sizeof ids);
	int count = choose_count(w);
	Tx  tx = {0};
	MUST(tx_begin(&w->c, &tx));
	for (int i = 0; i < count; i++)
		operate(w);
	Instant recorded;
	MUST(history_instant(&w->c, &recorded));
	if (rand_chance(&w->rand, 8)) {
		tx_end(&tx);
		memcpy(w->id, ids, sizeof ids);
		memcpy(w->cell[w->steps], w->cell[w->steps - 1], sizeof w->cell[0]);
		recorded = w->at[w->steps - 1];
	} else {
		MUST(tx_commit(&tx));
		EXPECT(recorded.ms > w->at[w->steps - 1].ms);
		w->operations += count;
	}
	w->at[w->steps] = recorded;
	w->c.arena = whole;
}

static int step_at(const World *w, Instant recorded) {
	int s = 0;
	for (int i = 1; i <= w->steps; i++)
		if (w->at[i].ms <= recorded.ms)
			s = i;
	return s;
}

static AsOf random_as_of(World *w, int *step_index, int *cell) {
	*cell = (int)rand_range(&w->rand, 0, DAYS);
	Instant recorded = {rand_range(&w->rand, w->at[1].ms - 5, w->at[w->steps].ms + 5)};
	if (rand_chance(&w->rand, 50))                 /* exactly at a change */
		recorded = w->at[rand_range(&w->rand, 1, w->steps)];
	*step_index = step_at(w, recorded);
	return (AsOf){.valid = date_add(w->first, *cell), .recorded = recorded};
}

static void compare_one(World *w) {
	int  s, cell, thing = (int)rand_range(&w->rand, 0, THINGS - 1);
	AsOf at = random_as_of(w, &s, &cell);
	int  want = w->id[thing] ? w->cell[s][thing][cell] : NOBODY;
	void *row;
	Err  e = entity_get(&w->c, &probe_entity, at, w->id[thing], &row);
	EQ_INT(e, want == NOBODY ? ERR_NOT_FOUND : OK);
	if (e == OK)
		EQ_INT(history_content_of(row), want);
	w->c.problems.len = 0;
}

static int thing_of(const World *w, Id id) {
	for (int t = 0; t < THINGS; t++)
		if (w->id[t] == id)
			return t;
	test_fail(__FILE__, __LINE__, "an id that nobody made: %lld", (long long)id);
}

static void compare_diff(World *w) {
	int  s1, s2, d1, d2;
	AsOf before = random_as_of(w, &s1, &d1), after = random_as_of(w, &s2, &d2);
	Diff diff;
	MUST(history_diff(&w->c, &probe_entity, before, after, &diff));
	bool told[THINGS] = {false};
	for (size_t i = 0; i < diff.len; i++) {
		const DiffItem *d = &diff.at[i];
		int t = thing_of(w, d->id), was = w->cell[s1][t][d1], is = w->cell[s2][t][d2];
		EXPECT(was != is && !told[t]);
		told[t] = true;
		EQ_INT(d->kind, was == NOBODY ? HISTORY_ADDED : is == NOBODY ? HISTORY_ENDED : HISTORY_CHANGED);
		EQ_INT(d->before ? history_content_of(d->before) : NOBODY, was);
		EQ_INT(d->after ? history_content_of(d->after) : NOBODY, is);
	}
	for (int t = 0; t < THINGS; t++)
		EQ_INT(told[t], w->cell[s1][t][d1] != w->cell[s2][t][d2]);
}

static void look(World *w) {
	CLEANUP(arena_free) Arena a = {0};
	Arena *whole = w->c.arena;
	w->c.arena = &a;
	for (int i = 0; i < 3; i++)
		compare_one(w);
	if (w->steps % 8 == 0)
		compare_diff(w);
	w->c.arena = whole;
	w->c.problems = (Problems){0};
}

/* One store; what was is looked at after each step, and the chain of the trail at the end. Gives the number of operations. */
static int replay(u64 seed) {
	World *w = NEW_ARRAY(t_arena, World, 1);
	w->c = given_history_store();
	w->rand = rand_seed(seed);
	w->first = D(2024, 1, 15);
	w->at[0] = w->c.now;
	memset(w->cell[0], NOBODY, sizeof w->cell[0]);
	while (w->operations < OPERATIONS && w->steps < OPERATIONS) {
		step(w);
		look(w);
	}
	TrailVerdict v;
	MUST(trail_verify(&w->c, &v));
	EQ_INT(v.broken_seq, 0);
	EQ_INT(v.records, trail_count(&w->c));
	ctx_end(&w->c);
	return w->operations;
}

TEST("history: random changes of days, seen as of any two times, are what a replay day by day gives") {
	const char *wanted = getenv("HISTORY_OPERATIONS");
	i64         least = OPERATIONS, done = 0;
	EXPECT(!wanted || str_to_int(str_c(wanted), &least));
	for (u64 seed = 20240229; done < least; seed++) {
		done += replay(seed);
		if (wanted)
			printf("# %lld operations\n", (long long)done);
	}
}
