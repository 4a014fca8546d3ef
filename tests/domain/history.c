/* Rules of history.c, one by one; history_replay.c compares it with a replay day by day. */
#include "core/trail.h"
#include "tests/domain/history_given.h"

static const Date forever;

static Probe *given_probe(Ctx *c, int value, Date from, Date to) {
	Probe *p = history_content(c->arena, value);
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
	Ctx    c = given_history_store();
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), forever);
	Instant known = c.now;
	c.now.ms += 1000;
	Probe *next = history_content(c.arena, 4);
	next->head = p->head;
	MUST(history_change(&c, &probe_entity, next, D(2024, 2, 29), D(2024, 2, 29)));
	void *row;
	MUST(entity_get(&c, &probe_entity, (AsOf){D(2024, 2, 29), known}, p->head.id, &row));
	EQ_INT(history_content_of(row), 1);
	MUST(entity_get(&c, &probe_entity, (AsOf){D(2024, 2, 29), c.now}, p->head.id, &row));
	EQ_INT(history_content_of(row), 4);
	EQ_INT(((Probe *)row)->kinds.len, 2);
	MUST(entity_get(&c, &probe_entity, (AsOf){D(2024, 3, 1), c.now}, p->head.id, &row));
	EQ_INT(history_content_of(row), 1);
	ctx_end(&c);
}

TEST("history: after a change of some days the thing can be changed from any of its days") {
	Ctx    c = given_history_store();
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), D(2024, 6, 30));
	p->head.version = 1;
	p->name = history_content_name(2);
	MUST(history_change(&c, &probe_entity, p, D(2024, 7, 1), forever));
	void *row;                                     /* days that nobody touched carry the newest version */
	MUST(entity_get(&c, &probe_entity, (AsOf){.valid = D(2024, 3, 1)}, p->head.id, &row));
	EQ_INT(((EntityHead *)row)->version, 2);
	((Probe *)row)->amount = czk(7);
	MUST(history_change(&c, &probe_entity, row, D(2024, 3, 1), D(2024, 3, 31)));
	ctx_end(&c);
}

TEST("history: whoever read an older version is refused, also after an end") {
	Ctx    c = given_history_store();
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
	Ctx    c = given_history_store();
	Probe *p = history_content(c.arena, 1);
	refused(&c, history_create(&c, &probe_entity, p, D(2024, 2, 2), D(2024, 2, 1)), ERR_INVALID, "valid_to", "před jejím začátkem");
	refused(&c, history_create(&c, &probe_entity, p, forever, forever), ERR_INVALID, "valid_from", "den, od kterého");
	EQ_INT(p->head.id, 0);
	p->name = S("");
	refused(&c, history_create(&c, &probe_entity, p, D(2024, 2, 2), forever), ERR_INVALID, "name", "povinný");
	p = given_probe(&c, 1, D(2024, 2, 2), D(2024, 2, 2));
	Probe *q = history_content(c.arena, 1);
	q->head.id = p->head.id;
	refused(&c, history_create(&c, &probe_entity, q, D(2025, 1, 1), forever), ERR_CONFLICT, NULL, "už existuje");
	q->head.id = 999999;
	refused(&c, history_change(&c, &probe_entity, q, D(2025, 1, 1), forever), ERR_NOT_FOUND, NULL, "neexistuje");
	refused(&c, history_end(&c, &probe_entity, 999999, 1, D(2025, 1, 1), forever), ERR_NOT_FOUND, NULL, "neexistuje");
	ctx_end(&c);
}

TEST("history: a unique value is refused on days when another thing has it, and free on the others") {
	Ctx    c = given_history_store();
	Probe *p = history_content(c.arena, 1), *q = history_content(c.arena, 2);
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
	Ctx     c = given_history_store();
	Probe  *p = given_probe(&c, 1, D(2024, 1, 1), forever);
	Instant first = p->head.recorded_from, a, b;
	c = ctx_make(t_arena, c.db, &actor_program, (Instant){first.ms - 3600000});
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(history_instant(&c, &a));
	Probe *q = given_probe(&c, 2, D(2024, 1, 1), forever);
	MUST(history_instant(&c, &b));
	MUST(tx_commit(&tx));
	EQ_INT(a.ms, first.ms + 1);
	EQ_INT(b.ms, a.ms);
	EQ_INT(q->head.recorded_from.ms, a.ms);
	c = ctx_make(t_arena, c.db, &actor_program, (Instant){first.ms - 3600000});
	void *row;                                     /* what was written is seen, whatever the clock says */
	MUST(entity_get(&c, &probe_entity, (AsOf){.valid = D(2024, 1, 1)}, q->head.id, &row));
	ctx_end(&c);
}

TEST("history: the trail holds the days and the fields of every piece that changed") {
	Ctx    c = given_history_store();
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
	Ctx    c = given_history_store();
	Probe *p = given_probe(&c, 1, D(2024, 1, 1), D(9999, 12, 31));
	EQ_INT(date_is(p->head.valid_to), false);
	ctx_end(&c);
}
