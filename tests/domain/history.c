/* history.c against a naive replay: one cell per thing, day and recorded step. */
#include "core/history.h"
#include "tests/support/store.h"
#include "tests/test.h"

#include "base/hash.h"
#include "core/codelist.h"
#include "core/schema.h"
#include "core/trail.h"

#define PROBE_FIELDS(F, T) \
	F(T, name, text, "Název", .required = true, .sort = true, .search = true) \
	F(T, mark, text, "Značka", .unique = true) \
	F(T, amount, money, "Částka") \
	F(T, since, date, "Působí od") \
	F(T, open, bool, "Otevřeno") \
	F(T, kinds, codes, "Druhy", .codelist = "probe_kind")
ENTITY_STRUCT(Probe, PROBE_FIELDS)
ENTITY(probe_entity, Probe, PROBE_FIELDS, .name = "probe", .table = "probe", .one = "vzorek", .many = "vzorky", .of_many = "vzorků",
       .article = "m", .dated = true, .key = "name", .title = "name", .read = "public", .write = "public", .is_public = true)

static const char probe_table[] =
	"CREATE TABLE probe (\n"
	"	row_id $ID, id $INT NOT NULL, version $INT NOT NULL,\n"
	"	valid_from $TEXT NOT NULL, valid_to $TEXT, recorded_from $TEXT NOT NULL, recorded_to $TEXT,\n"
	"	name $TEXT NOT NULL, name_sort $BYTES NOT NULL, name_fold $TEXT NOT NULL, mark $TEXT NOT NULL,\n"
	"	amount $INT, since $TEXT, open $INT NOT NULL\n"
	");\n"
	"CREATE UNIQUE INDEX probe_believed ON probe (id, valid_from) WHERE recorded_to IS NULL;\n"
	"CREATE INDEX probe_id ON probe (id, recorded_from);\n"
	"CREATE TABLE probe_kinds (owner $INT NOT NULL, code $TEXT NOT NULL, PRIMARY KEY (owner, code));\n";

static const Date forever;

static void given_kind(Ctx *c, const char *code) {
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	item->list = S("probe_kind");
	item->code = item->name = str_c(code);
	MUST(history_create(c, &code_item_entity, item, D(2000, 1, 1), forever));
}

static Ctx given_store(Db **ret) {
	*ret = test_store();
	Ctx c = ctx_make(t_arena, *ret, &actor_program, (Instant){INT64_C(1704067200000)});     /* 2024-01-01 */
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_script(c.conn, str_z(t_arena, db_ddl_for(t_arena, db_engine(*ret), str_c(probe_table)))));
	MUST(tx_commit(&tx));
	given_kind(&c, "ambulantni");
	given_kind(&c, "terenni");
	return c;
}

static i64 trail_count(Ctx *c) {
	static const Sql count = {"test_trail_count", "SELECT COALESCE(MAX(seq), 0) FROM trail", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(c), &count, DB_NONE, 0, &n));
	return n;
}

/* ---- the replay ---- */

enum { THINGS = 8, DAYS = 90, STEPS = 2000, CONTENTS = 5, NOBODY = -1 };

typedef struct World {
	Ctx     c;
	Rand    rand;
	Date    first;
	Id      id[THINGS];                      /* 0 = not created yet */
	int     steps;                           /* recorded so far */
	Instant at[STEPS + 1];
	signed char cell[STEPS + 1][THINGS][DAYS + 1];      /* content per day; the last one stands for every later day */
} World;

static Str content_name(int content) { return str_format(t_arena, "Služba č. %d žluť", content); }

static Probe *content(Arena *a, int content) {
	Probe *p = entity_new(a, &probe_entity);
	p->name = content_name(content);
	p->amount = content ? czk(content * 1000) : (Money){BLANK};
	p->since = content > 2 ? D(2024, 2, 29) : forever;
	p->open = content % 2 == 1;
	if (content == 2 || content == 4)
		strs_add(a, &p->kinds, S("terenni"));
	if (content == 4)
		strs_add(a, &p->kinds, S("ambulantni"));
	return p;
}

static int content_of(const Probe *p) {
	for (int k = 0; k < CONTENTS; k++) {
		const Probe *want = content(t_arena, k);
		bool same = true;
		for (size_t i = 0; i < probe_entity.field_count; i++)
			same &= field_equal(&probe_entity.fields[i], p, want);
		if (same)
			return k;
	}
	test_fail(__FILE__, __LINE__, "a row has the content of no step: %.*s", STR_ARG(p->name));
}

static Date day(const World *w, int n) { return n >= DAYS ? forever : date_add(w->first, n); }

static i64 version_of(World *w, Id id) {
	EntityList rows;
	i64        newest = 0;
	MUST(store_all_rows(&w->c, &probe_entity, id, &rows));
	for (size_t i = 0; i < rows.len; i++)
		newest = ((EntityHead *)rows.at[i])->version > newest ? ((EntityHead *)rows.at[i])->version : newest;
	return newest;
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
		Probe *p = content(c->arena, value);
		MUST(history_create(c, &probe_entity, p, day(w, from), day(w, to)));
		EQ_INT(p->head.version, 1);
		w->id[thing] = p->head.id;
		EQ_INT(trail_count(c), records + 1);
	} else if (rand_chance(&w->rand, 25)) {
		value = NOBODY;
		MUST(history_end(c, &probe_entity, w->id[thing], version_of(w, w->id[thing]), day(w, from), day(w, to)));
	} else {
		Probe *p = content(c->arena, value);
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

/* One recorded step: a few operations in one transaction, which may be given up; the clock may stand still or step back. */
static void step(World *w) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx old = w->c;
	w->c.arena = &a;
	if (rand_chance(&w->rand, 80))
		w->c.now.ms += rand_range(&w->rand, rand_chance(&w->rand, 10) ? -5000 : 0, 2000);
	w->steps++;
	memcpy(w->cell[w->steps], w->cell[w->steps - 1], sizeof w->cell[0]);
	Id  ids[THINGS];
	memcpy(ids, w->id, sizeof ids);
	Tx  tx = {0};
	MUST(tx_begin(&w->c, &tx));
	for (i64 n = rand_chance(&w->rand, 20) ? 3 : 1; n > 0; n--)
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
	}
	w->at[w->steps] = recorded;
	w->c.arena = old.arena;
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
		EQ_INT(content_of(row), want);
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
		EQ_INT(d->kind, was == NOBODY ? DIFF_ADDED : is == NOBODY ? DIFF_ENDED : DIFF_CHANGED);
		EQ_INT(d->before ? content_of(d->before) : NOBODY, was);
		EQ_INT(d->after ? content_of(d->after) : NOBODY, is);
	}
	for (int t = 0; t < THINGS; t++)
		EQ_INT(told[t], w->cell[s1][t][d1] != w->cell[s2][t][d2]);
}

TEST("history: random changes of days, seen as of any two times, are what a replay day by day gives") {
	World *w = NEW_ARRAY(t_arena, World, 1);
	Db    *db;
	w->c = given_store(&db);
	w->rand = rand_seed(20240229);
	w->first = D(2024, 1, 15);
	w->at[0] = w->c.now;
	memset(w->cell[0], NOBODY, sizeof w->cell[0]);
	while (w->steps < STEPS)
		step(w);
	Ctx whole = w->c;
	for (int i = 0; i < 3000; i++) {
		CLEANUP(arena_free) Arena a = {0};
		w->c.arena = &a;
		i % 10 == 0 ? compare_diff(w) : compare_one(w);
		w->c.arena = whole.arena;
		w->c.problems = (Problems){0};
	}
	TrailVerdict v;
	MUST(trail_verify(&w->c, &v));
	EQ_INT(v.broken_seq, 0);
	ctx_end(&w->c);
}

/* ---- single rules ---- */

static Probe *given_probe(Ctx *c, int value, Date from, Date to) {
	Probe *p = content(c->arena, value);
	MUST(history_create(c, &probe_entity, p, from, to));
	return p;
}

static void refused(Ctx *c, Err got, Err want, const char *field, const char *part) {
	EQ_INT(got, want);
	EXPECT(c->problems.len == 1 && str_has(c->problems.at[0].text, str_c(part)));
	EXPECT((c->problems.at[0].field == NULL) == (field == NULL));
	EXPECT(!field || strcmp(c->problems.at[0].field, field) == 0);
	c->problems.len = 0;
}

TEST("history: what is asked at an older recorded time knows nothing of a later change") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), forever);
	Instant known = c.now;
	c.now.ms += 1000;
	Probe *next = content(c.arena, 4);
	next->head = p->head;
	MUST(history_change(&c, &probe_entity, next, D(2024, 2, 29), D(2024, 2, 29)));
	void *row;
	MUST(entity_get(&c, &probe_entity, (AsOf){D(2024, 2, 29), known}, p->head.id, &row));
	EQ_INT(content_of(row), 1);
	MUST(entity_get(&c, &probe_entity, (AsOf){D(2024, 2, 29), c.now}, p->head.id, &row));
	EQ_INT(content_of(row), 4);
	EQ_INT(((Probe *)row)->kinds.len, 2);
	MUST(entity_get(&c, &probe_entity, (AsOf){D(2024, 3, 1), c.now}, p->head.id, &row));
	EQ_INT(content_of(row), 1);
	ctx_end(&c);
}

TEST("history: after a change of some days the thing can be changed from any of its days") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), D(2024, 6, 30));
	p->head.version = 1;
	p->name = content_name(2);
	MUST(history_change(&c, &probe_entity, p, D(2024, 7, 1), forever));
	void *row;                                     /* days that nobody touched carry the newest version */
	MUST(entity_get(&c, &probe_entity, (AsOf){.valid = D(2024, 3, 1)}, p->head.id, &row));
	EQ_INT(((EntityHead *)row)->version, 2);
	((Probe *)row)->amount = czk(7);
	MUST(history_change(&c, &probe_entity, row, D(2024, 3, 1), D(2024, 3, 31)));
	ctx_end(&c);
}

TEST("history: whoever read an older version is refused, also after an end") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), forever), *q = entity_copy(c.arena, &probe_entity, p);
	p->amount = czk(5);
	MUST(history_change(&c, &probe_entity, p, D(2024, 2, 1), forever));
	EQ_INT(p->head.version, 2);
	q->amount = czk(6);
	refused(&c, history_change(&c, &probe_entity, q, D(2024, 2, 1), forever), ERR_CONFLICT, NULL, "uložil někdo jiný");
	EQ_INT(q->head.version, 1);
	refused(&c, history_end(&c, &probe_entity, p->head.id, 1, D(2024, 2, 1), forever), ERR_CONFLICT, NULL, "uložil někdo jiný");
	MUST(history_end(&c, &probe_entity, p->head.id, 2, D(2024, 1, 1), forever));
	refused(&c, history_change(&c, &probe_entity, p, D(2024, 2, 1), forever), ERR_CONFLICT, NULL, "uložil někdo jiný");
	p->head.version = 3;                           /* who knows of the end may bring it back */
	MUST(history_change(&c, &probe_entity, p, D(2024, 2, 1), forever));
	ctx_end(&c);
}

TEST("history: days that end before they begin, no first day, an unknown thing and a taken number are refused") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = content(c.arena, 1);
	refused(&c, history_create(&c, &probe_entity, p, D(2024, 2, 2), D(2024, 2, 1)), ERR_INVALID, "valid_to", "před jejím začátkem");
	refused(&c, history_create(&c, &probe_entity, p, forever, forever), ERR_INVALID, "valid_from", "den, od kterého");
	EQ_INT(p->head.id, 0);
	p->name = S("");
	refused(&c, history_create(&c, &probe_entity, p, D(2024, 2, 2), forever), ERR_INVALID, "name", "povinný");
	p = given_probe(&c, 1, D(2024, 2, 2), D(2024, 2, 2));
	Probe *q = content(c.arena, 1);
	q->head.id = p->head.id;
	refused(&c, history_create(&c, &probe_entity, q, D(2025, 1, 1), forever), ERR_CONFLICT, NULL, "už existuje");
	q->head.id = 999999;
	refused(&c, history_change(&c, &probe_entity, q, D(2025, 1, 1), forever), ERR_NOT_FOUND, NULL, "neexistuje");
	refused(&c, history_end(&c, &probe_entity, 999999, 1, D(2025, 1, 1), forever), ERR_NOT_FOUND, NULL, "neexistuje");
	ctx_end(&c);
}

TEST("history: a unique value is refused on days when another thing has it, and free on the others") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = content(c.arena, 1), *q = content(c.arena, 2);
	p->mark = q->mark = S("26404567");
	MUST(history_create(&c, &probe_entity, p, D(2024, 1, 1), D(2024, 6, 30)));
	refused(&c, history_create(&c, &probe_entity, q, D(2024, 6, 30), forever), ERR_CONFLICT, "mark", "patří jinému");
	MUST(history_create(&c, &probe_entity, q, D(2024, 7, 1), forever));
	refused(&c, history_change(&c, &probe_entity, p, D(2025, 1, 1), D(2025, 1, 1)), ERR_CONFLICT, "mark", "patří jinému");
	p->amount = czk(3);                            /* its own days are no obstacle */
	MUST(history_change(&c, &probe_entity, p, D(2024, 2, 1), D(2024, 6, 30)));
	ctx_end(&c);
}

TEST("history: one transaction records at one instant, the next one later, also when the clock steps back an hour") {
	Db     *db;
	Ctx     c = given_store(&db);
	Probe  *p = given_probe(&c, 1, D(2024, 1, 1), forever);
	Instant first = p->head.recorded_from, a, b;
	c = ctx_make(t_arena, db, &actor_program, (Instant){first.ms - 3600000});
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(history_instant(&c, &a));
	Probe *q = given_probe(&c, 2, D(2024, 1, 1), forever);
	MUST(history_instant(&c, &b));
	MUST(tx_commit(&tx));
	EQ_INT(a.ms, first.ms + 1);
	EQ_INT(b.ms, a.ms);
	EQ_INT(q->head.recorded_from.ms, a.ms);
	c = ctx_make(t_arena, db, &actor_program, (Instant){first.ms - 3600000});
	void *row;                                     /* what was written is seen, whatever the clock says */
	MUST(entity_get(&c, &probe_entity, (AsOf){.valid = D(2024, 1, 1)}, q->head.id, &row));
	ctx_end(&c);
}

TEST("history: the trail holds the days and the fields of every piece that changed") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), D(2024, 6, 30));
	p->amount = czk(9);
	MUST(history_change(&c, &probe_entity, p, D(2024, 6, 1), D(2024, 7, 31)));
	TrailRecords r;
	MUST(trail_of(&c, "probe", p->head.id, 0, 10, &r));
	EQ_INT(r.len, 3);
	EQ_TEXT(r.at[0].action, "create");             /* July did not exist before */
	EQ_TEXT(r.at[0].changes[0].after, "2024-07-01");
	EQ_TEXT(r.at[1].action, "change");
	EQ_INT(r.at[1].change_count, 3);
	EQ_TEXT(r.at[1].changes[0].after, "2024-06-01");
	EQ_TEXT(r.at[1].changes[1].after, "2024-06-30");
	EQ_TEXT(str_c(r.at[1].changes[2].field), "amount");
	EQ_TEXT(r.at[1].changes[2].before, "1000.00");
	EQ_TEXT(r.at[1].changes[2].after, "9.00");
	MUST(history_end(&c, &probe_entity, p->head.id, p->head.version, D(2024, 7, 1), forever));
	MUST(trail_of(&c, "probe", p->head.id, 0, 1, &r));
	EQ_TEXT(r.at[0].action, "end");
	EQ_TEXT(r.at[0].changes[0].before, "2024-07-01");
	EQ_TEXT(r.at[0].changes[1].before, "2024-07-31");
	ctx_end(&c);
}

TEST("history: the last day of the calendar means open") {
	Db    *db;
	Ctx    c = given_store(&db);
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), D(9999, 12, 31));
	EQ_INT(date_is(p->head.valid_to), false);
	ctx_end(&c);
}
