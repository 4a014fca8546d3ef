/* workflow_judge.c: may it be done, and if not, why and what to do about it (DOMAIN G15: every "no" says why, which rule, what next). */
#include "base/format.h"
#include "core/workflow_inside.h"

/* ---- rights ---- */

static bool is_owner(Ctx *c, const WorkObject *o) {
	return o->owner != 0 && o->owner == c->actor->account;
}

const OnlyFor only_owner = {"ten, kdo záznam založil", is_owner};

static bool in_scope(Ctx *c, const char *capability, const WorkObject *o) {
	if (strcmp(capability, SIGNED_IN) == 0)
		return true;
	RowScope s = access_scope(c, capability);
	if (s.all || (o->provider && scope_has_provider(&s, o->provider)) || (o->municipality && scope_has_municipality(&s, o->municipality)) ||
	    (o->district && scope_has_district(&s, o->district)))
		return true;
	for (size_t i = 0; i < s.body_count; i++)
		if (o->body && s.bodies[i] == o->body)
			return true;
	return false;
}

bool work_has_right(Ctx *c, const Transition *t, const WorkObject *o) {
	if (t->by_system)
		return c->actor->is_program;
	if (!may(c, t->capability))
		return false;
	return t->only ? t->only->is(c, o) || c->actor->is_program : in_scope(c, t->capability, o);
}

bool workflow_concerns(Ctx *c, const Machine *m, const WorkObject *o) {
	if (is_owner(c, o))
		return true;
	for (size_t i = 0; i < m->action_count; i++) {
		const Transition *t = &m->actions[i];
		if (!t->by_system && strcmp(t->from, START) != 0 && strcmp(t->capability, ANYONE) != 0 && strcmp(t->capability, SIGNED_IN) != 0 && work_has_right(c, t, o))
			return true;
	}
	return false;
}

/* ---- what stands in the way ---- */

static void refuse(Ctx *c, WorkAction *to, const char *rule, Str why, Str todo) {
	*ARENA_PUSH(c->arena, to->refusals.at, to->refusals.len, to->refusals.cap) = (Refusal){str_c(rule), why, todo};
}

static Err judge_guards(Ctx *c, const Machine *m, const Transition *t, const WorkObject *o, WorkAction *to) {
	const Guard *g;
	for (size_t i = 0; (g = transition_guard(m, t, i)); i++) {
		Verdict v = {0};
		if (g->check)
			TRY(g->check(c, o, &v));
		else
			v = (Verdict){WAIVED, str_c(g->waived), {0}};
		if (v.kind == REFUSED)
			refuse(c, to, g->rule, v.why, v.todo);
		else if (v.kind == WAIVED)
			*ARENA_PUSH(c->arena, to->waived.at, to->waived.len, to->waived.cap) = (Refusal){str_c(g->rule), v.why, v.todo};
	}
	return OK;
}

/* The last time that each of these actions was taken, was it this person? */
static Err judge_four_eyes(Ctx *c, const Machine *m, const Transition *t, const WorkObject *o, WorkAction *to) {
	WorkSteps steps;
	Str       rest = str_c(t->not_by);
	if (!rest.len || !c->actor->account)
		return OK;
	TRY(workflow_steps(c, m, o->id, &steps));
	while (rest.len) {
		Str    action = str_cut(&rest, ' ');
		size_t i = steps.len;
		while (i && !str_eq(steps.at[i - 1].action, action))
			i--;
		if (!i || steps.at[i - 1].account != c->actor->account)
			continue;
		const Transition *by = machine_action(m, steps.at[i - 1].before, action);
		CLEANUP(buf_free) Buf at = {0};
		fmt_instant(&at, steps.at[i - 1].at);
		refuse(c, to, "Čtyři oči: připravuje jeden člověk, schvaluje jiný.",
		       str_format(c->arena, "Krok „%s“ jste udělali vy (%.*s).", by ? by->title : "příprava", STR_ARG(buf_view(&at))),
		       S("Požádejte kolegyni nebo kolegu se stejným oprávněním, úkol vidí na svém přehledu."));
		return OK;
	}
	return OK;
}

/* The moment of a timed action has come: what people do in that state comes too late, even if the program has not moved it yet. */
static void judge_time(Ctx *c, const Machine *m, const Transition *t, const WorkObject *o, WorkAction *to) {
	if (t->by_system || !o->due.ms || c->now.ms < o->due.ms)
		return;
	for (size_t i = 0; i < m->action_count; i++) {
		const Transition *timed = &m->actions[i];
		if (!timed->on_due || !transition_leaves(m, timed, o->state))
			continue;
		CLEANUP(buf_free) Buf at = {0};
		fmt_instant(&at, o->due);
		refuse(c, to, "Rozhoduje čas serveru.", str_format(c->arena, "Lhůta skončila %.*s.", STR_ARG(buf_view(&at))),
		       str_format(c->arena, "Záznam za chvíli přejde do stavu „%.*s“, potom načtěte stránku znovu.", STR_ARG(state_title(m, str_c(timed->to)))));
		return;
	}
}

Err work_judge(Ctx *c, const Machine *m, const Transition *t, const WorkObject *o, WorkAction *ret) {
	*ret = (WorkAction){.transition = t};
	judge_time(c, m, t, o, ret);
	TRY(judge_four_eyes(c, m, t, o, ret));
	return judge_guards(c, m, t, o, ret);
}

Err workflow_actions(Ctx *c, const Machine *m, const WorkObject *o, WorkActions *ret) {
	*ret = (WorkActions){0};
	for (size_t i = 0; i < m->action_count; i++) {
		const Transition *t = &m->actions[i];
		WorkAction        action;
		if (t->by_system || !transition_leaves(m, t, o->state) || !work_has_right(c, t, o))
			continue;
		TRY(work_judge(c, m, t, o, &action));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = action;
	}
	return OK;
}
