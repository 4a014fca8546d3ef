/* workflow_tables.c: the machines, guards and reactions of all modules, and looking things up in them. */
#include "core/workflow_inside.h"

enum { MAX_MACHINES = 64, MAX_HUNG = 256 };

static const Machine  *machines[MAX_MACHINES];
static const Guard    *guards[MAX_HUNG];
static const Reaction *reactions[MAX_HUNG];
static size_t          machine_count, guard_count, reaction_count;

bool words_have(const char *words, Str word) {
	Str rest = str_c(words);
	while (rest.len)
		if (str_eq(str_cut(&rest, ' '), word))
			return true;
	return false;
}

const Machine *machine_at(size_t i) {
	return i < machine_count ? machines[i] : NULL;
}

const Machine *machine_find(Str name) {
	for (size_t i = 0; i < machine_count; i++)
		if (str_eq(str_c(machines[i]->name), name))
			return machines[i];
	return NULL;
}

const Machine *machine_of_entity(const Entity *e) {
	for (size_t i = 0; i < machine_count; i++)
		if (machines[i]->entity == e)
			return machines[i];
	return NULL;
}

const State *machine_state(const Machine *m, Str key) {
	for (size_t i = 0; i < m->state_count; i++)
		if (str_eq(str_c(m->states[i].key), key))
			return &m->states[i];
	return NULL;
}

Str state_title(const Machine *m, Str key) {
	const State *s = machine_state(m, key);
	return s ? str_c(s->title) : key;
}

bool transition_leaves(const Machine *m, const Transition *t, Str state) {
	const State *s = machine_state(m, state);
	if (strcmp(t->from, START) == 0)
		return !state.len;
	if (strcmp(t->from, ANY_STATE) == 0)
		return s && !s->is_final && !str_eq(state, str_c(t->to));
	return words_have(t->from, state);
}

const Transition *machine_action(const Machine *m, Str from, Str action) {
	for (size_t i = 0; i < m->action_count; i++)
		if (str_eq(str_c(m->actions[i].action), action) && transition_leaves(m, &m->actions[i], from))
			return &m->actions[i];
	return NULL;
}

static bool hangs_on(const char *machine, const char *action, const Machine *m, const char *of) {
	return strcmp(machine, m->name) == 0 && strcmp(action, of) == 0;
}

const Guard *transition_guard(const Machine *m, const Transition *t, size_t i) {
	for (const Guard *const *g = t->guards; g && *g; g++)
		if (i-- == 0)
			return *g;
	for (size_t k = 0; k < guard_count; k++)
		if (hangs_on(guards[k]->machine, guards[k]->action, m, t->action) && i-- == 0)
			return guards[k];
	return NULL;
}

Err workflow_react(Ctx *c, const WorkMove *move) {
	for (size_t k = 0; k < reaction_count; k++)
		if (hangs_on(reactions[k]->machine, reactions[k]->action, move->machine, move->transition->action))
			TRY(reactions[k]->run(c, move));
	return OK;
}

/* ---- at start ---- */

static bool has_action(const char *machine, const char *action) {
	const Machine *m = machine ? machine_find(str_c(machine)) : NULL;
	for (size_t i = 0; m && action && i < m->action_count; i++)
		if (strcmp(m->actions[i].action, action) == 0)
			return true;
	return false;
}

static bool take_machines(Arena *a, const WorkTables *list, Str *why) {
	for (size_t i = 0; i < list->machine_count; i++) {
		if (machine_find(str_c(list->machines[i]->name))) {
			*why = str_format(a, "Postup „%s“ je v programu dvakrát.", list->machines[i]->name);
			return false;
		}
		CHECK(machine_count < MAX_MACHINES);
		machines[machine_count++] = list->machines[i];
	}
	return true;
}

static bool take_hung(Arena *a, const WorkTables *list, Str *why) {
	for (size_t i = 0; i < list->guard_count; i++) {
		const Guard *g = &list->guards[i];
		if (!has_action(g->machine, g->action)) {
			*why = str_format(a, "Podmínka „%s“ visí na akci, kterou žádný postup nemá.", g->key);
			return false;
		}
		CHECK(guard_count < MAX_HUNG);
		guards[guard_count++] = g;
	}
	for (size_t i = 0; i < list->reaction_count; i++) {
		const Reaction *r = &list->reactions[i];
		if (!has_action(r->machine, r->action)) {
			*why = str_format(a, "Na akci „%s“ postupu „%s“ čeká jiná část programu, ale postup ji nemá.", r->action, r->machine);
			return false;
		}
		CHECK(reaction_count < MAX_HUNG);
		reactions[reaction_count++] = r;
	}
	return true;
}

bool workflow_setup(Arena *a, const WorkTables *lists, size_t list_count, Str *why) {
	machine_count = guard_count = reaction_count = 0;
	for (size_t i = 0; i < list_count; i++)
		if (!take_machines(a, &lists[i], why))
			return false;
	for (size_t i = 0; i < list_count; i++)
		if (!take_hung(a, &lists[i], why))
			return false;
	return true;
}
