/* overview_change_page.c: "Co se změnilo od vaší poslední návštěvy", only what the person may know of. */
#include <stdlib.h>

#include "base/format.h"
#include "core/workflow.h"
#include "domain/site/overview_page.h"
#include "web/module.h"

enum { STEPS_READ = 300, SHOWN = 12, WEEK_MS = 7 * 24 * 3600 * 1000 };

/* Newest first: of several steps of one object the last one is told. */
static bool is_told(const WorkSteps *steps, size_t i) {
	for (size_t k = 0; k < i; k++)
		if (steps->at[k].object_id == steps->at[i].object_id && str_eq(steps->at[k].machine, steps->at[i].machine))
			return true;
	return false;
}

/* Steps of others, of objects that concern the person. */
static Err add_steps(Ctx *c, Instant since, Changes *list) {
	WorkSteps steps;
	TRY(workflow_steps_since(c, since, STEPS_READ, &steps));
	for (size_t i = 0; i < steps.len; i++) {
		const WorkStep *s = &steps.at[i];
		const Machine  *m = machine_find(s->machine);
		WorkObject      o;
		size_t          said = c->problems.len;
		if (!m || (s->account && s->account == c->actor->account) || is_told(&steps, i))
			continue;
		Err err = workflow_object(c, m, s->object_id, &o);
		c->problems.len = said;
		if (err != OK || !workflow_concerns(c, m, &o))
			continue;
		const Transition *t = machine_action(m, s->before, s->action);
		bool              is_own = o.owner && o.owner == c->actor->account && o.owner_link.len;
		change_add(c, list, (Change){s->at, s->actor, str_format(c->arena, "%.*s: %.*s", STR_ARG(o.title), STR_ARG(t ? str_c(t->done) : state_title(m, s->after))),
		                             is_own ? o.owner_link : o.link});
	}
	return OK;
}

static int newer(const void *x, const void *y) {
	const Change *a = x, *b = y;
	return a->at.ms < b->at.ms ? 1 : a->at.ms > b->at.ms ? -1 : 0;
}

static Str clock_of(Arena *a, Instant t) {
	Date day;
	int  seconds;
	prague_wall(t, &day, &seconds);
	return str_format(a, "%d:%02d", seconds / 3600, seconds / 60 % 60);
}

static void add_line(Req *r, const Change *change, OverviewView *v) {
	Arena *a = r->c->arena;
	CLEANUP(buf_free) Buf b = {0};
	fmt_weekday_date(&b, prague_day(change->at));
	Str day = buf_take(&b, a);
	if (!v->changes.len || !str_eq(v->changes.at[v->changes.len - 1].day, day))
		*ARENA_PUSH(a, v->changes.at, v->changes.len, v->changes.cap) = (ChangeDay){.day = day};
	ChangeLines *lines = &v->changes.at[v->changes.len - 1].lines;
	*ARENA_PUSH(a, lines->at, lines->len, lines->cap) = (ChangeLine){clock_of(a, change->at), change->who, change->text, change->link};
}

/* A first visit looks back a week. */
static Err since_when(Req *r, Instant *since, OverviewView *v) {
	CLEANUP(buf_free) Buf b = {0};
	TRY(visit_before(r->c, since));
	if (since->ms) {
		fmt_instant(&b, *since);
		v->since = str_format(r->c->arena, "od vaší poslední návštěvy (%.*s)", STR_ARG(buf_view(&b)));
		return OK;
	}
	*since = (Instant){r->c->now.ms - WEEK_MS};
	v->since = S("za posledních 7 dní");
	return OK;
}

Err overview_changes(Req *r, OverviewView *v) {
	Ctx              *c = r->c;
	const WebOptions *o = web_options();
	Changes           list = {0};
	Instant           since;
	TRY(since_when(r, &since, v));
	TRY(add_steps(c, since, &list));
	for (size_t i = 0; i < o->module_count; i++)
		if (o->modules[i]->changes)
			TRY(o->modules[i]->changes(c, since, &list));
	if (list.len > 1)
		qsort(list.at, list.len, sizeof *list.at, newer);
	v->changes_more = list.len > SHOWN;
	for (size_t i = 0; i < list.len && i < SHOWN; i++)
		add_line(r, &list.at[i], v);
	return OK;
}
