/* The laws of difference (F28), over the versions of the sample and over random networks; and lines as of two times against a naive replay. */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "domain/network/inside.h"
#include "tests/domain/network_given.h"

/* ---- the laws ---- */

static const LineWhole *line_among(const LineWholes *all, Id id) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].line->head.id == id)
			return &all->at[i];
	return NULL;
}

/* A + diff(A, B): what the difference says, and the rest of A. */
static void apply(const LineWholes *a, const NetworkDiff *d, LineWholes *ret) {
	*ret = (LineWholes){0};
	for (size_t i = 0; i < a->len; i++) {
		const LineWhole *now = &a->at[i];
		for (size_t k = 0; k < d->len; k++)
			if (d->at[k].before && d->at[k].before->line->head.id == a->at[i].line->head.id)
				now = d->at[k].after;
		if (now)
			*ARENA_PUSH(t_arena, ret->at, ret->len, ret->cap) = *now;
	}
	for (size_t k = 0; k < d->len; k++)
		if (!d->at[k].before)
			*ARENA_PUSH(t_arena, ret->at, ret->len, ret->cap) = *d->at[k].after;
}

/* What the page of changes counts, without reading what is the same, is what the whole difference says. */
static void hold_counts(Ctx *c, Id network, AsOf x, AsOf y) {
	LineWholes  before, after;
	NetworkDiff all = {0}, some = {0};
	i64         only_ceiling, only[2] = {0};
	MUST(network_diff(c, network, x, y, &all));
	MUST(lines_changed(c, network, x, y, &before, &after, &only_ceiling));
	MUST(network_diff_of(c, &before, date_year(x.valid), &after, date_year(y.valid), &some));
	for (size_t i = 0; i < all.len; i++)
		only[0] += delta_is_only_money(&all.at[i]);
	for (size_t i = 0; i < some.len; i++)
		only[1] += delta_is_only_money(&some.at[i]);
	EQ_INT(some.counts[DELTA_CAME], all.counts[DELTA_CAME]);
	EQ_INT(some.counts[DELTA_LEFT], all.counts[DELTA_LEFT]);
	EQ_INT((i64)some.counts[DELTA_CHANGED] - only[1], (i64)all.counts[DELTA_CHANGED] - only[0]);
	EQ_INT(only[1] + only_ceiling, only[0]);
	EQ_INT(some.fte, all.fte);
	EQ_INT(some.beds, all.beds);
}

static i64 cell_of(const NetworkTotals *t, Str unit, Str kind, const Unit *district) {
	i64 n = 0;
	for (size_t i = 0; i < t->len; i++)
		for (size_t d = 0; d < t->districts.len; d++)
			if (str_eq(t->rows[i].unit, unit) && str_eq(t->rows[i].kind, kind) && t->districts.at[d]->id == district->id)
				n += t->rows[i].cells[d];
	return n;
}

/* What rows of the difference say of each kind in each district is what the totals have more or less. */
static void hold_parts(const NetworkDiff *d, const NetworkTotals *ta, const NetworkTotals *tb) {
	const NetworkTotals *const sides[] = {ta, tb};
	for (size_t s = 0; s < LEN(sides); s++)
		for (size_t i = 0; i < sides[s]->len; i++)
			for (size_t u = 0; u < sides[s]->districts.len; u++) {
				const TotalRow *row = &sides[s]->rows[i];
				const Unit     *district = sides[s]->districts.at[u];
				i64             sum = 0;
				for (size_t k = 0; k < d->len; k++)
					sum += delta_part(&d->at[k], row->unit, row->kind, district);
				EQ_INT(sum, cell_of(tb, row->unit, row->kind, district) - cell_of(ta, row->unit, row->kind, district));
			}
}

static void hold_laws(Ctx *c, const LineWholes *a, int year_a, const LineWholes *b, int year_b) {
	NetworkDiff   same = {0}, d = {0}, back = {0};
	LineWholes    sum;
	NetworkTotals ta, tb;
	MUST(network_diff_of(c, a, year_a, a, year_a, &same));
	EQ_INT(same.len, 0);
	EQ_INT(same.fte, 0);
	MUST(network_diff_of(c, a, year_a, b, year_b, &d));
	MUST(network_diff_of(c, b, year_b, a, year_a, &back));
	EQ_INT(d.len, back.len);
	EQ_INT(d.fte, -back.fte);
	EQ_INT(d.counts[DELTA_CAME], back.counts[DELTA_LEFT]);
	apply(a, &d, &sum);
	EQ_INT(sum.len, b->len);
	for (size_t i = 0; i < b->len; i++) {
		const LineWhole *x = line_among(&sum, b->at[i].line->head.id);
		EXPECT(x && line_same(x->line, b->at[i].line));
	}
	MUST(network_totals(c, a, year_a, &ta));
	MUST(network_totals(c, b, year_b, &tb));
	i64 fte_sum = 0, beds = 0, money = 0;
	for (size_t i = 0; i < d.len; i++) {
		fte_sum += d.at[i].fte;
		beds += d.at[i].beds;
		money += d.at[i].ceiling;
	}
	EQ_INT(fte_sum, tb.fte - ta.fte);
	EQ_INT(beds, tb.beds - ta.beds);
	EQ_INT(money, tb.ceilings - ta.ceilings);
	EQ_INT((i64)d.counts[DELTA_CAME] - (i64)d.counts[DELTA_LEFT], tb.lines - ta.lines);
	EQ_INT(d.fte, fte_sum);
	EQ_INT(d.beds, beds);
	EQ_INT(d.ceiling, money);
	hold_parts(&d, &ta, &tb);
}

TEST("network: F28: between any two moments of the sample the difference with itself is empty, A with the difference is B, and sums agree") {
	App     *app = test_app_demo();
	Rand     rand = rand_seed(28);
	Ctx      c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Network *n;
	MUST(network_of_tier(&c, (Str){0}, &n));
	for (int i = 0; i < 12; i++) {
		LineWholes a, b;
		Date       x = date_add(D(2019, 12, 1), (int)rand_range(&rand, 0, 2600)), y = date_add(D(2019, 12, 1), (int)rand_range(&rand, 0, 2600));
		Instant    known = i % 3 ? (Instant){0} : prague_instant(date_add(D(2020, 1, 1), (int)rand_range(&rand, 0, 2500)), 0);
		MUST(lines_of(&c, n->head.id, (AsOf){x, known}, &a));
		MUST(lines_of(&c, n->head.id, (AsOf){y, (Instant){0}}, &b));
		hold_laws(&c, &a, date_year(x), &b, date_year(y));
		hold_counts(&c, n->head.id, (AsOf){x, known}, (AsOf){y, (Instant){0}});
		Tx tx = {0};                             /* in a transaction the store is asked, not memory */
		MUST(tx_begin(&c, &tx));
		hold_counts(&c, n->head.id, (AsOf){x, known}, (AsOf){y, (Instant){0}});
		tx_end(&tx);
	}
	ctx_end(&c);
}

TEST("network: F17, F28: a municipality that goes over to another district is a row of the difference, which explains the sums of both districts; nothing else is told") {
	NetGiven      n;
	network_given(&n);
	town_moves(&n, "desna", "semily", D(2026, 1, 1));
	Line *l = network_line(&n, "1");
	MUST(line_areas.read(n.c, entity_field(&line_entity, S("areas")), S("Liberec 60 %; obec Desná 40 %"), &l->areas));
	MUST(line_write(n.c, l, D(2025, 1, 1), (Date){0}));
	(void)network_line_put(&n, "2");
	AsOf          before = {.valid = D(2025, 12, 31)}, after = {.valid = D(2026, 1, 1)};
	LineWholes    a, b;
	NetworkDiff   d = {0};
	const Unit   *tanvald = territory_by_slug(n.c, LEVEL_DISTRICT, S("tanvald")), *semily = territory_by_slug(n.c, LEVEL_DISTRICT, S("semily"));
	MUST(lines_of(n.c, n.network->head.id, before, &a));
	MUST(lines_of(n.c, n.network->head.id, after, &b));
	MUST(network_diff_of(n.c, &a, 2025, &b, 2025, &d));
	EQ_INT(d.len, 1);
	EQ_INT(d.counts[DELTA_MOVED], 1);
	EXPECT(d.at[0].moved && !d.at[0].territory && !delta_is_only_money(&d.at[0]));
	EQ_INT(d.fte, 0);
	EQ_INT(delta_part(&d.at[0], S("U"), (Str){0}, tanvald), -200);
	EQ_INT(delta_part(&d.at[0], S("U"), (Str){0}, semily), 200);
	EQ_INT(delta_part(&d.at[0], S("U"), (Str){0}, NULL), 0);
	hold_laws(n.c, &a, 2025, &b, 2025);
	hold_laws(n.c, &a, 2025, &b, 2026);          /* another ceiling as well: the row is one of money, and still explains the districts */
	hold_counts(n.c, n.network->head.id, before, after);
}

/* ---- random lines ---- */

typedef struct Content { i64 capacity; Str areas, status, level, ceilings; } Content;

static Line *line_of(NetGiven *n, int thing, const Content *k) {
	Line *l = network_line(n, "");
	l->number = str_format(n->c->arena, "R%04d", thing);
	l->capacity = fte(k->capacity);
	l->areas = k->areas;
	l->status = k->status;
	l->level = k->level;
	l->ceilings = k->ceilings;
	l->until = str_eq(k->status, S(LINE_EXPIRED)) ? D(2030, 1, 1) : (Date){0};
	return l;
}

static Content random_content(NetGiven *n, Rand *r) {
	static const char *const areas[] = {"Liberec 60; Tanvald 40", "Liberec", "Tanvald", "Jilemnice 10; Semily 20; Turnov 70"};
	static const char *const status[] = {LINE_IN_NETWORK, LINE_WITH_RESERVATION, LINE_LEFT, LINE_PREPARED, LINE_EXPIRED}, *const level[] = {"Z1", "Z2", "Z1v"};
	Content k = {.capacity = rand_range(r, 1, 40) * 25,
	             .status = str_c(status[rand_range(r, 0, LEN(status) - 1)]), .level = str_c(level[rand_range(r, 0, LEN(level) - 1)])};
	MUST(line_areas.read(n->c, entity_field(&line_entity, S("areas")), str_c(areas[rand_range(r, 0, LEN(areas) - 1)]), &k.areas));
	k.ceilings = str_format(n->c->arena, "2025=%lld", (long long)rand_range(r, 0, 9) * 100000);
	return k;
}

enum { THINGS = 40, DAYS = 120, OPERATIONS = 1500, A_STEP = 60, CONTENTS = 24, LOOKS = 120, NOBODY = -1, MOST_STEPS = 1700 };

typedef struct Replay {
	NetGiven    n;
	Rand        rand;
	Content     contents[CONTENTS];
	Id          id[THINGS];
	Line       *newest[THINGS];              /* as it was written last: it carries the version */
	int         steps;
	Instant     at[MOST_STEPS + 1];
	signed char (*cell)[THINGS][DAYS + 1];   /* per step; the last day stands for every later one */
} Replay;

static Date day(int n) { return n >= DAYS ? (Date){0} : date_add(D(2025, 1, 1), n); }

static void operate(Replay *w) {
	int thing = (int)rand_range(&w->rand, 0, THINGS - 1), from = (int)rand_range(&w->rand, 0, DAYS - 1);
	int to = rand_chance(&w->rand, 40) ? DAYS : (int)rand_range(&w->rand, from, DAYS - 1), value = (int)rand_range(&w->rand, 0, CONTENTS - 1);
	Ctx *c = w->n.c;
	if (w->id[thing] && rand_chance(&w->rand, 10)) {
		MUST(history_end(c, &line_entity, w->id[thing], w->newest[thing]->head.version, day(from), day(to)));
		i64 version;
		static const Sql newest = {"test_line_version", "SELECT MAX(version) FROM network_line WHERE id = $1", NULL};
		MUST(db_get_int(ctx_conn(c), &newest, P(V(w->id[thing])), 0, &version));
		w->newest[thing]->head.version = version;
		value = NOBODY;
	} else {
		Line *l = line_of(&w->n, thing, &w->contents[value]);
		l->head.id = w->id[thing];
		l->head.version = w->id[thing] ? w->newest[thing]->head.version : 0;
		MUST(w->id[thing] ? history_change_judged(c, &line_entity, l, day(from), day(to)) : history_create_judged(c, &line_entity, l, day(from), day(to)));
		i64 version;
		static const Sql newest = {"test_line_version", "SELECT MAX(version) FROM network_line WHERE id = $1", NULL};
		MUST(db_get_int(ctx_conn(c), &newest, P(V(l->head.id)), 0, &version));
		w->id[thing] = l->head.id;
		Line *kept = NEW_ZERO(t_arena, Line);
		kept->head.version = version;
		w->newest[thing] = kept;
	}
	for (int d = from; d <= to; d++)
		w->cell[w->steps][thing][d] = (signed char)value;
}

static void step(Replay *w, int count) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx own = ctx_make(&a, w->n.g.app->db, &actor_program, (Instant){w->n.g.c.now.ms + 1000 * (w->steps + 1)});
	w->n.c = &own;
	w->steps++;
	CHECK(w->steps <= MOST_STEPS);
	memcpy(w->cell[w->steps], w->cell[w->steps - 1], sizeof w->cell[0]);
	Tx tx = {0};
	MUST(tx_begin(w->n.c, &tx));
	for (int i = 0; i < count; i++)
		operate(w);
	MUST(history_instant(w->n.c, &w->at[w->steps]));
	MUST(tx_commit(&tx));
	ctx_end(&own);
}

static void look(Replay *w) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx        own = ctx_make(&a, w->n.g.app->db, &actor_program, (Instant){w->at[w->steps].ms + 5000});
	int        s = rand_chance(&w->rand, 25) ? w->steps : (int)rand_range(&w->rand, 1, w->steps);      /* as known now is asked most */
	int        d = (int)rand_range(&w->rand, 0, DAYS), stand = 0;
	LineWholes all;
	EntityList stored;
	MUST(lines_of(&own, w->n.network->head.id, (AsOf){date_add(D(2025, 1, 1), d), w->at[s]}, &all));
	MUST(lines_stored(&own, w->n.network->head.id, (AsOf){date_add(D(2025, 1, 1), d), w->at[s]}, &stored));
	EQ_INT(all.len, stored.len);
	for (size_t i = 0; i < all.len; i++)
		EQ_INT(all.at[i].line->head.row, ((EntityHead *)stored.at[i])->row);
	for (int t = 0; t < THINGS; t++) {
		const LineWhole *x = w->id[t] ? line_among(&all, w->id[t]) : NULL;
		int              want = w->cell[s][t][d];
		EQ_INT(x != NULL, want != NOBODY);
		stand += want != NOBODY;
		if (!x)
			continue;
		const Content *k = &w->contents[want];
		EQ_INT(x->line->capacity.hundredths, k->capacity);
		EQ_STR(x->line->areas, k->areas);
		EQ_STR(x->line->status, k->status);
		EQ_STR(x->line->ceilings, k->ceilings);
	}
	EQ_INT(all.len, stand);
	ctx_end(&own);
}

/* NETWORK_OPERATIONS=100000 for the whole of it, in transactions of 1,000. */
TEST("network: lines with shares and ceilings, seen as of any two times, are what a replay day by day gives, and differences keep their laws") {
	const char *wanted = getenv("NETWORK_OPERATIONS");
	i64         operations = OPERATIONS;
	EXPECT(!wanted || str_to_int(str_c(wanted), &operations));
	Replay *w = NEW_ARRAY(t_arena, Replay, 1);
	network_given(&w->n);
	by(&w->n.g, &actor_program);
	w->rand = rand_seed(2025);
	w->cell = arena_alloc(t_arena, size_mul(MOST_STEPS + 1, sizeof *w->cell));
	memset(w->cell[0], NOBODY, sizeof w->cell[0]);
	for (int i = 0; i < CONTENTS; i++)
		w->contents[i] = random_content(&w->n, &w->rand);
	int a_step = wanted ? 1000 : A_STEP;
	ctx_end(&w->n.g.c);
	for (i64 done = 0; done < operations; done += a_step) {
		step(w, a_step);
		if (rand_chance(&w->rand, 20))           /* the index in memory grows between writes */
			look(w);
	}
	for (int i = 0; i < (wanted ? 1000 : LOOKS); i++)
		look(w);
	Ctx own = ctx_make(t_arena, w->n.g.app->db, &actor_program, (Instant){w->at[w->steps].ms + 5000});
	w->n.c = &own;
	for (int i = 0; i < 20; i++) {
		LineWholes a, b;
		AsOf       x = {date_add(D(2025, 1, 1), (int)rand_range(&w->rand, 0, DAYS)), w->at[rand_range(&w->rand, 1, w->steps)]};
		AsOf       y = {date_add(D(2025, 1, 1), (int)rand_range(&w->rand, 0, DAYS)), w->at[rand_range(&w->rand, 1, w->steps)]};
		MUST(lines_of(w->n.c, w->n.network->head.id, x, &a));
		MUST(lines_of(w->n.c, w->n.network->head.id, y, &b));
		hold_laws(w->n.c, &a, 2025, &b, 2025);
	}
	ctx_end(&own);
}
