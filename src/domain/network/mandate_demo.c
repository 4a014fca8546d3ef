/* mandate_demo.c: sample mandates: of earlier years, in force, ending soon, ended early, amended, and drafts. Papers are printed when somebody asks. */
#include "domain/network/mandate_demo.h"

#include "core/notice.h"
#include "domain/network/mandate_inside.h"
#include "domain/people/demo.h"

enum { DAY_MS = 24 * 3600 * 1000, EARLIER_YEARS = 3 };

typedef struct Tale {
	Ctx         *c;
	Actor        officer, head;
	Date         today;
	Instant      now;
} Tale;

static void act(Tale *t, const Actor *who, Date day) {
	t->c->actor = who;
	t->c->today = date_after(day, t->today) ? t->today : day;
	t->c->now = date_before(day, t->today) ? prague_instant(day, 10 * 3600) : t->now;
}

/* The decision by which the line stands as it does on a day; the text of a number that is recorded. */
static Err decision_of(Ctx *c, Id line, Date day, Str *ret) {
	LineWhole  w;
	Resolution r;
	TRY(line_whole(c, line, (AsOf){.valid = day}, &w));
	TRY(resolution_get(c, w.line->resolution, &r));
	*ret = r.number;
	return OK;
}

/* How far it goes: draft, approved, active. */
static Err lead(Tale *t, Id line, Date first, Date last, int how_far, Id *ret) {
	Ctx     *c = t->c;
	Mandate *m;
	Str      decision;
	*ret = 0;
	act(t, &t->officer, date_add(first, -25));
	TRY(mandate_fill(c, line, first, &m));
	m->last_day = last;
	LineFacts f;
	TRY(line_facts(c, line, first, &f));
	if (!f.is_in_network || date_before(first, f.from))
		return OK;
	if (date_is(f.to) && date_before(f.to, m->last_day))
		m->last_day = f.to;
	TRY(mandate_add(c, m));
	*ret = m->head.id;
	if (how_far == 0)
		return OK;
	act(t, &t->head, date_add(first, -20));
	TRY(decision_of(c, line, first, &decision));
	TRY(workflow_do(c, &mandate_machine, *ret, "approve", &(WorkInput){.resolution = decision}));
	if (how_far == 1)
		return OK;
	act(t, &actor_program, date_add(first, -12));
	return workflow_do(c, &mandate_machine, *ret, "issue", NULL);
}

static Err finish(Tale *t, Id id, Date last) {
	act(t, &actor_program, date_add(last, 1));
	TRY(workflow_system(t->c, &mandate_machine, id, "expire", (Str){0}));
	act(t, &t->officer, date_add(last, 150));
	return workflow_do(t->c, &mandate_machine, id, "archive", &(WorkInput){.reason = S("Závěrečná kontrola bez nadměrného vyrovnání. Ukázková data.")});
}

/* The capacity of the line has changed since the mandate began: an amendment says so. */
static Err amend(Tale *t, Id id, Id line) {
	Ctx       *c = t->c;
	Mandate   *m;
	EntityList spans;
	Str        decision;
	TRY(mandate_stored(c, id, &m));
	TRY(store_spans(c, &line_entity, line, (Instant){0}, &spans));
	for (size_t i = 0; i < spans.len; i++) {
		const Line *l = spans.at[i];
		MandateTerms terms;
		if (!date_after(l->head.valid_from, m->first_day) || date_after(l->head.valid_from, m->ends_on) || !line_counts(l) || date_after(l->head.valid_from, t->today))
			continue;
		TRY(mandate_terms(c, m, l->head.valid_from, &terms));
		if (terms.capacity.hundredths == l->capacity.hundredths)
			continue;
		MandateAmendment *x = entity_new(c->arena, &mandate_amendment_entity);
		x->mandate = id;
		x->effective_from = l->head.valid_from;
		x->capacity = l->capacity;
		x->reason = S("Kapacita řádku sítě se změnila rozhodnutím zastupitelstva. Ukázková data.");
		act(t, &t->officer, date_add(l->head.valid_from, -6));
		TRY(mandate_amendment_add(c, x));
		act(t, &actor_program, date_add(l->head.valid_from, -3));
		TRY(decision_of(c, line, l->head.valid_from, &decision));
		TRY(workflow_do(c, &mandate_amendment_machine, x->head.id, "issue", &(WorkInput){.resolution = decision}));
	}
	return OK;
}

/* One that began before that day. */
static Err end_early(Tale *t, Id id, Date last) {
	Mandate *m;
	TRY(mandate_stored(t->c, id, &m));
	if (!date_before(m->first_day, last))
		return OK;
	act(t, &t->head, last);
	return mandate_end_early(t->c, id, &(MandateEnd){last, S("Dohoda s poskytovatelem, služba se slučuje. Ukázková data."), 0});
}

static Date later(Date a, Date b) {
	return date_after(a, b) ? a : b;
}

static Err of_line(Tale *t, const Line *l, size_t turn) {
	int  year = date_year(t->today);
	Id   id, line = l->head.id;
	Date now_from = later(l->since, date(year - 2, 1, 1)), before_from = later(l->since, date(year - 2 - EARLIER_YEARS, 1, 1)), before_to = date(year - 3, 12, 31);
	if (date_before(before_from, date(year - 3, 7, 1)) && turn % 3 == 0) {
		TRY(lead(t, line, before_from, before_to, 2, &id));
		if (id)
			TRY(finish(t, id, before_to));
	}
	Date last = turn % 27 == 1 ? date(year, 12, 31) : turn % 27 == 10 ? date_add(t->today, 75) : turn % 27 == 19 ? date_add(t->today,
		170) : date(year + 1 + (int)(turn % 2), 12, 31);
	if (turn % 29 == 5)
		return OK;                               /* none: it waits on the page of lines without a mandate */
	if (turn % 23 == 11)
		return lead(t, line, date_add(t->today, 30), date(year + 2, 12, 31), (int)(turn % 2), &id);
	TRY(lead(t, line, now_from, last, 2, &id));
	if (!id)
		return OK;
	TRY(amend(t, id, line));
	return turn % 31 == 17 ? end_early(t, id, date_add(t->today, -35)) : OK;
}

/* One transaction in memory of its own: a large sample has thousands of lines. */
static Err of_line_apart(Tale *t, Ctx *c, const Line *l, size_t turn) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx own = ctx_make(&scratch, c->db, c->actor, t->now);
	Tx  tx = {0};
	t->c = &own;
	Err e = tx_begin(&own, &tx);
	e = e == OK ? of_line(t, l, turn) : e;
	e = e == OK ? tx_commit(&tx) : e;
	ctx_end(&own);
	t->c = c;
	return e == OK ? OK : fail(c, e, NULL, "%.*s", STR_ARG(first_problem(&own)));
}

/* What those years have told them was read long ago. */
static Err notices_are_read(Ctx *c) {
	static const char *const logins[] = {"sit@demo.invalid", "ekonom@demo.invalid"};
	const Actor *before = c->actor;
	for (size_t i = 0; i < LEN(logins); i++) {
		Actor who;
		TRY(people_demo_actor(c, logins[i], &who));
		c->actor = &who;
		Err err = notice_read_all(c);
		c->actor = before;
		TRY(err);
	}
	return OK;
}

Err mandates_demo(Ctx *c, DemoSize size) {
	static const size_t most[] = {[DEMO_S] = 400, [DEMO_L] = 1500, [DEMO_XL] = 5000};
	Tale       t = {.c = c, .today = c->today, .now = c->now};
	Networks   all;
	LineWholes lines;
	TRY(people_demo_actor(c, "sit@demo.invalid", &t.officer));
	TRY(people_demo_actor(c, "vedouci@demo.invalid", &t.head));
	TRY(networks_all(c, &all));
	TRY(lines_of(c, all.at[0]->head.id, TODAY, &lines));
	ctx_end(c);                                  /* the lines below write and read by themselves */
	for (size_t i = 0, turn = 0; i < lines.len && turn < most[size]; i++)
		if (line_counts(lines.at[i].line))
			TRY(of_line_apart(&t, c, lines.at[i].line, turn++));
	i64 told;
	TRY(mandates_watch(c, &told));
	return notices_are_read(c);
}
