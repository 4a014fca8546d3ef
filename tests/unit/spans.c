/* spans.c: spans_put against a naive replay: one cell per day, one copy of all cells per recorded step. */
#include "core/history.h"
#include "tests/test.h"

#include "base/hash.h"

enum { DAYS = 100, STEPS = 40, RUNS = 2500, NOBODY = -1 };

/* The last cell stands for every later day. */
typedef struct Replay {
	int cell[STEPS + 1][DAYS + 1];
} Replay;

typedef struct Belief {
	Span span;
	int  recorded_from, recorded_to;         /* steps; end excluded, STEPS + 1 = still believed */
} Belief;
typedef struct Beliefs { Belief *at; size_t len, cap; } Beliefs;

static Date day(Date first, int n) { return date_add(first, n); }

static void put_naively(Replay *r, int step, int from, int to, int value) {
	memcpy(r->cell[step], r->cell[step - 1], sizeof r->cell[0]);
	for (int d = from; d <= to; d++)
		r->cell[step][d] = value;
}

/* Every day of a step, as the believed spans tell it; a day told twice fails. */
static void paint(const Beliefs *all, int step, Date first, int cell[DAYS + 1]) {
	for (int d = 0; d <= DAYS; d++)
		cell[d] = NOBODY;
	for (size_t i = 0; i < all->len; i++) {
		const Belief *b = &all->at[i];
		if (step < b->recorded_from || step >= b->recorded_to)
			continue;
		int last = date_is(b->span.to) ? b->span.to.n - first.n : DAYS;
		EXPECT(last <= DAYS && b->span.from.n - first.n >= 0 && b->span.from.n - first.n <= last);
		for (int d = b->span.from.n - first.n; d <= last; d++) {
			EQ_INT(cell[d], NOBODY);
			cell[d] = b->span.value;
		}
	}
}

static void believe(Arena *a, Beliefs *all, int step, const Spans *now, const Spans *next, const bool *keep) {
	for (size_t i = 0; i < now->len; i++)
		for (size_t b = 0; !keep[i] && b < all->len; b++)
			if (all->at[b].recorded_to > STEPS && date_eq(all->at[b].span.from, now->at[i].from))
				all->at[b].recorded_to = step;
	for (size_t i = 0; i < next->len; i++) {
		bool old = false;
		for (size_t k = 0; k < now->len; k++)
			old |= keep[k] && date_eq(now->at[k].from, next->at[i].from);
		if (!old)
			*ARENA_PUSH(a, all->at, all->len, all->cap) = (Belief){next->at[i], step, STEPS + 1};
	}
}

/* A span that meets what is there often: same day, next to it, open, all of it. */
static void choose(Rand *r, const Spans *now, Date first, int *from, int *to) {
	*from = (int)rand_range(r, 0, DAYS - 1);
	*to = rand_chance(r, 25) ? *from : (int)rand_range(r, *from, DAYS - 1);
	if (now->len && rand_chance(r, 40)) {
		Span s = now->at[rand_range(r, 0, (i64)now->len - 1)];
		int begin = s.from.n - first.n, end = date_is(s.to) ? s.to.n - first.n : DAYS;
		switch (rand_range(r, 0, 3)) {
		case 0: *from = begin; *to = end; break;
		case 1: *from = end < DAYS ? end + 1 : DAYS - 1; *to = *from; break;
		case 2: *to = begin > 0 ? begin - 1 : 0; *from = *from < *to ? *from : *to; break;
		default: *from = begin; *to = begin; break;
		}
	}
	if (*from > DAYS - 1)
		*from = DAYS - 1;
	if (*to >= DAYS || rand_chance(r, 20))
		*to = DAYS;
}

static void one_run(Rand *r, Replay *replay, Date first) {
	CLEANUP(arena_free) Arena a = {0};
	Beliefs all = {0};
	Spans now = {0};
	for (int d = 0; d <= DAYS; d++)
		replay->cell[0][d] = NOBODY;
	for (int step = 1; step <= STEPS; step++) {
		int from, to, value = rand_chance(r, 25) ? NOBODY : (int)rand_range(r, 0, 5);
		choose(r, &now, first, &from, &to);
		bool *keep = NEW_ARRAY(&a, bool, now.len + 1);
		Spans next;
		spans_put(&a, &now, day(first, from), to == DAYS ? (Date){0} : day(first, to), value, &next, keep);
		for (size_t i = 0; i < now.len; i++)          /* untouched means: no day of it was named */
			EQ_INT(keep[i], now.at[i].from.n - first.n > to || (date_is(now.at[i].to) && now.at[i].to.n - first.n < from));
		for (size_t i = 1; i < next.len; i++)
			EXPECT(date_is(next.at[i - 1].to) && date_before(next.at[i - 1].to, next.at[i].from));
		believe(&a, &all, step, &now, &next, keep);
		put_naively(replay, step, from, to, value);
		now = next;
	}
	for (int step = 0; step <= STEPS; step++) {
		int cell[DAYS + 1];
		paint(&all, step, first, cell);
		for (int d = 0; d <= DAYS; d++)
			EQ_INT(cell[d], replay->cell[step][d]);
	}
}

TEST("spans: 100 000 random changes give what a replay day by day gives, at every recorded step") {
	Rand r = rand_seed(2026);
	Replay *replay = NEW_ARRAY(t_arena, Replay, 1);
	for (int run = 0; run < RUNS; run++)
		one_run(&r, replay, D(2024, 2, 1));
}

static Spans put(Spans now, Date from, Date to, int value, bool *keep) {
	Spans next;
	spans_put(t_arena, &now, from, to, value, &next, keep);
	return next;
}

static void is(Spans s, size_t i, Date from, Date to, int value) {
	EXPECT(i < s.len);
	EQ_INT(s.at[i].from.n, from.n);
	EQ_INT(s.at[i].to.n, to.n);
	EQ_INT(s.at[i].value, value);
}

static const Date open_end;

TEST("spans: a change on 29 February leaves the days around it as they were") {
	bool keep[4];
	Spans s = put((Spans){0}, D(2024, 1, 1), open_end, 1, keep);
	s = put(s, D(2024, 2, 29), D(2024, 2, 29), 2, keep);
	EQ_INT(s.len, 3);
	EQ_INT(keep[0], false);
	is(s, 0, D(2024, 1, 1), D(2024, 2, 28), 1);
	is(s, 1, D(2024, 2, 29), D(2024, 2, 29), 2);
	is(s, 2, D(2024, 3, 1), open_end, 1);
}

TEST("spans: taking the days of a whole span away leaves nothing, of a middle leaves two ends") {
	bool keep[4];
	Spans s = put((Spans){0}, D(2025, 1, 1), D(2025, 12, 31), 1, keep);
	EQ_INT(put(s, D(2025, 1, 1), D(2025, 12, 31), -1, keep).len, 0);
	EQ_INT(put(s, D(2025, 1, 1), open_end, -1, keep).len, 0);
	s = put(s, D(2025, 3, 1), D(2025, 3, 31), -1, keep);
	EQ_INT(s.len, 2);
	is(s, 0, D(2025, 1, 1), D(2025, 2, 28), 1);
	is(s, 1, D(2025, 4, 1), D(2025, 12, 31), 1);
}

TEST("spans: a neighbour that only touches the changed days is kept, even with the same content") {
	bool keep[4];
	Spans s = put((Spans){0}, D(2025, 1, 1), D(2025, 6, 30), 1, keep);
	s = put(s, D(2025, 7, 1), open_end, 1, keep);
	EQ_INT(keep[0], true);
	EQ_INT(s.len, 2);
	s = put(s, D(2025, 6, 30), D(2025, 7, 1), 2, keep);
	EQ_INT(keep[0] || keep[1], false);
	EQ_INT(s.len, 3);
	is(s, 1, D(2025, 6, 30), D(2025, 7, 1), 2);
}
