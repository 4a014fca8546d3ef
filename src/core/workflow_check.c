/* workflow_check.c: the model check: everything that can be wrong with the table of a machine, found without running it.
 *
 *  words     names and titles are there, names are unique, states and actions that are named exist
 *  rights    every action is somebody's: a capability that a role holds, or the program; who a state waits for can do something in it
 *  paths     every state is reached from a start, every state leads to a final one, nothing leaves a final one, one action of a name per state
 *  required  a state that needs an action is not reached without it, not even the second time round after a step that leads back
 *  reasons   refusing, returning, cancelling and overriding want a reason; a timed action has a deadline to wait for */
#include <stdarg.h>
#include <stdio.h>

#include "core/mail.h"
#include "core/settings.h"
#include "core/workflow_inside.h"

enum { MAX_STATES = 64 };

typedef struct Check {
	Arena         *a;
	const Machine *m;
	Strs          *faults;
} Check;

static void fault(Check *k, const char *format, ...) PRINTF_LIKE(2, 3);
static void fault(Check *k, const char *format, ...) {
	char    text[400];
	va_list args;
	va_start(args, format);
	int n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	CHECK(n > 0);
	strs_add(k->a, k->faults, str_format(k->a, "%s: %s", k->m->name ? k->m->name : "?", text));
}

static bool blank(const char *s) {
	return !s || !*s;
}

static size_t index_of(const Machine *m, Str key) {
	const State *s = machine_state(m, key);
	return s ? (size_t)(s - m->states) : MAX_STATES;
}

static bool has_action(const Machine *m, Str name) {
	for (size_t i = 0; i < m->action_count; i++)
		if (str_eq(str_c(m->actions[i].action), name))
			return true;
	return false;
}

/* ---- words ---- */

static bool is_name(const char *s) {
	for (const char *p = s; p && *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || *p == '_'))
			return false;
	return !blank(s);
}

static void check_head(Check *k) {
	const Machine *m = k->m;
	if (!is_name(m->name))
		fault(k, "the name has other characters than a–z, 0–9 and _");
	if (blank(m->title))
		fault(k, "has no title");
	if (!m->entity)
		fault(k, "has no entity");
	const Field *f = m->entity ? machine_state_field(m) : NULL;
	if (m->entity && (!f || !f->by_workflow || !f->readonly))
		fault(k, "entity %s has no field state with .by_workflow and .readonly", m->entity->name);
	for (size_t i = 0; i < m->action_count; i++)
		if (m->actions[i].notify && !(m->topic && mail_topic_find(str_c(m->topic))))
			fault(k, "action %s tells people, but %s is no topic of notices", m->actions[i].action, m->topic ? m->topic : "nothing");
	if (!m->state_count || !m->action_count || m->state_count > MAX_STATES)
		fault(k, "has %zu states and %zu actions", m->state_count, m->action_count);
}

static void check_people(Check *k, const char *words, const char *where) {
	for (Str rest = str_c(words); rest.len;) {
		Str who = str_cut(&rest, ' ');
		if (!str_eq(who, S("owner")) && !access_role(who))
			fault(k, "%s: \"%.*s\" is neither a role nor owner", where, STR_ARG(who));
	}
}

static void check_state_words(Check *k, size_t i) {
	const State *s = &k->m->states[i];
	if (!is_name(s->key) || blank(s->title))
		fault(k, "state %s has no name or no title", s->key ? s->key : "?");
	for (size_t n = 0; n < i; n++)
		if (strcmp(k->m->states[n].key, s->key) == 0)
			fault(k, "state %s is there twice", s->key);
	check_people(k, s->waits_for, s->key);
	if (s->task && blank(s->waits_for))
		fault(k, "state %s has a task for nobody", s->key);
	if (s->task && blank(s->why))
		fault(k, "state %s has a task that does not say why", s->key);
	bool known = !s->term.setting;
	for (size_t n = 0; !known && setting_at(n); n++)
		known = strcmp(setting_at(n)->key, s->term.setting) == 0;
	if (!known)
		fault(k, "state %s: the deadline's setting %s is unknown", s->key, s->term.setting);
}

static void check_from(Check *k, const Transition *t) {
	if (strcmp(t->from, START) == 0 || strcmp(t->from, ANY_STATE) == 0)
		return;
	for (Str rest = str_c(t->from); rest.len;) {
		Str from = str_cut(&rest, ' ');
		const State *s = machine_state(k->m, from);
		if (!s)
			fault(k, "action %s leads from the state \"%.*s\", which does not exist", t->action, STR_ARG(from));
		else if (s->is_final)
			fault(k, "action %s leads from the final state %s", t->action, s->key);
	}
}

static void check_action_words(Check *k, const Transition *t) {
	if (!is_name(t->action) || blank(t->title) || blank(t->done))
		fault(k, "action %s has no name, title or words of the history", t->action ? t->action : "?");
	if (!t->to || !machine_state(k->m, str_c(t->to)))
		fault(k, "action %s leads to the state \"%s\", which does not exist", t->action, t->to ? t->to : "");
	check_from(k, t);
	check_people(k, t->notify, t->action);
	for (Str rest = str_c(t->not_by); rest.len;) {
		Str by = str_cut(&rest, ' ');
		if (!has_action(k->m, by))
			fault(k, "action %s must not be by the person of %.*s, an action that does not exist", t->action, STR_ARG(by));
	}
	const Guard *g;
	for (size_t i = 0; (g = transition_guard(k->m, t, i)); i++)
		if (blank(g->key) || blank(g->rule) || (g->check != NULL) == !blank(g->waived))
			fault(k, "action %s: guard %s has no rule, or neither a check nor a reason to be waived, or both", t->action, g->key ? g->key : "?");
}

static void check_unique_actions(Check *k) {
	const Machine *m = k->m;
	for (size_t s = 0; s <= m->state_count; s++) {
		Str state = s < m->state_count ? str_c(m->states[s].key) : (Str){0};
		for (size_t i = 0; i < m->action_count; i++)
			for (size_t n = 0; n < i; n++)
				if (strcmp(m->actions[i].action, m->actions[n].action) == 0 && transition_leaves(m, &m->actions[i], state) &&
				    transition_leaves(m, &m->actions[n], state))
					fault(k, "action %s leads twice from the state \"%.*s\"", m->actions[i].action, STR_ARG(state));
	}
}

/* ---- rights ---- */

static bool role_has(const Role *r, const char *capability) {
	for (const char **p = r->capabilities; *p; p++)
		if (strcmp(*p, capability) == 0)
			return true;
	return false;
}

static bool is_everybody(const char *capability) {
	return strcmp(capability, ANYONE) == 0 || strcmp(capability, SIGNED_IN) == 0;
}

static void check_right(Check *k, const Transition *t) {
	if (t->on_due && !t->by_system)
		fault(k, "action %s is timed, but people take it", t->action);
	if (t->by_system) {
		if (t->capability || t->only || t->not_by)
			fault(k, "action %s is the program's, but names people", t->action);
		return;
	}
	if (blank(t->capability)) {
		fault(k, "action %s has no capability", t->action);
		return;
	}
	size_t      n, holders = 0;
	const Role *roles = access_roles(&n);
	for (size_t i = 0; i < n; i++)
		holders += role_has(&roles[i], t->capability);
	if (!is_everybody(t->capability) && !holders)
		fault(k, "action %s needs %s, which no role has", t->action, t->capability);
}

/* Whoever has the task must find a button. */
static bool can_act(const Machine *m, const State *s, Str who) {
	const Role *r = access_role(who);
	for (size_t i = 0; i < m->action_count; i++) {
		const Transition *t = &m->actions[i];
		if (t->by_system || blank(t->capability) || !transition_leaves(m, t, str_c(s->key)))
			continue;
		if (!r || is_everybody(t->capability) || role_has(r, t->capability))
			return true;
	}
	return false;
}

static void check_waiting(Check *k, const State *s) {
	bool moves_itself = false;
	for (size_t i = 0; i < k->m->action_count; i++)
		moves_itself = moves_itself || (k->m->actions[i].by_system && transition_leaves(k->m, &k->m->actions[i], str_c(s->key)));
	if (s->is_final && s->task)
		fault(k, "the final state %s has a task", s->key);
	if (!s->is_final && blank(s->waits_for) && !moves_itself)
		fault(k, "nobody is to act in the state %s", s->key);
	for (Str rest = str_c(s->waits_for); rest.len;) {
		Str who = str_cut(&rest, ' ');
		if (!can_act(k->m, s, who))
			fault(k, "the state %s waits for %.*s, who can do nothing there", s->key, STR_ARG(who));
	}
}

/* ---- paths ---- */

/* States reached from those seen (from START too when `from_start`) by actions other than `without`; `onward`: by none that leads back. */
static void reach(const Machine *m, const char *without, bool from_start, bool onward, bool seen[MAX_STATES]) {
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < m->action_count; i++) {
			const Transition *t = &m->actions[i];
			size_t            to = t->to ? index_of(m, str_c(t->to)) : MAX_STATES;
			if (to == MAX_STATES || seen[to] || (without && strcmp(t->action, without) == 0) || (onward && t->restarts))
				continue;
			bool leads = from_start && strcmp(t->from, START) == 0;
			for (size_t s = 0; s < m->state_count && !leads; s++)
				leads = seen[s] && transition_leaves(m, t, str_c(m->states[s].key));
			more = more || leads;
			seen[to] = leads;
		}
	}
}

static bool reaches_end(const Machine *m, size_t from) {
	bool seen[MAX_STATES] = {false};
	seen[from] = true;
	reach(m, NULL, false, false, seen);
	for (size_t s = 0; s < m->state_count; s++)
		if (seen[s] && m->states[s].is_final)
			return true;
	return false;
}

static void check_paths(Check *k) {
	const Machine *m = k->m;
	bool           seen[MAX_STATES] = {false}, starts = false, ends = false;
	for (size_t i = 0; i < m->action_count; i++)
		starts = starts || strcmp(m->actions[i].from, START) == 0;
	if (!starts)
		fault(k, "no action begins it");
	reach(m, NULL, true, false, seen);
	for (size_t s = 0; s < m->state_count; s++) {
		const State *state = &m->states[s];
		bool leaves = false;
		for (size_t i = 0; i < m->action_count; i++)
			leaves = leaves || transition_leaves(m, &m->actions[i], str_c(state->key));
		ends = ends || state->is_final;
		if (!seen[s])
			fault(k, "the state %s is never reached", state->key);
		if (!leaves && !state->is_final)
			fault(k, "the state %s is a dead end, but not final", state->key);
		else if (!state->is_final && !reaches_end(m, s))
			fault(k, "no final state is reached from %s", state->key);
	}
	if (!ends)
		fault(k, "has no final state");
}

/* ---- required steps ---- */

/* Does the action lie ahead of a state, without going back. */
static bool lies_ahead(const Machine *m, size_t state, const char *action) {
	bool seen[MAX_STATES] = {false};
	seen[state] = true;
	reach(m, NULL, false, true, seen);
	for (size_t i = 0; i < m->action_count; i++)
		for (size_t s = 0; s < m->state_count; s++)
			if (seen[s] && strcmp(m->actions[i].action, action) == 0 && transition_leaves(m, &m->actions[i], str_c(m->states[s].key)))
				return true;
	return false;
}

/* Is the state reached without the action: from the beginning, or after a step that leads back before it. */
static bool is_bypassed(const Machine *m, size_t state, const char *action) {
	bool seen[MAX_STATES] = {false};
	for (size_t i = 0; i < m->action_count; i++) {
		const Transition *t = &m->actions[i];
		size_t            to = t->to ? index_of(m, str_c(t->to)) : MAX_STATES;
		if (t->restarts && to < MAX_STATES && lies_ahead(m, to, action))
			seen[to] = true;
	}
	reach(m, action, true, false, seen);
	return seen[state];
}

static void check_required(Check *k, size_t i) {
	const State *s = &k->m->states[i];
	for (Str rest = str_c(s->needs); rest.len;) {
		Str action = str_cut(&rest, ' ');
		if (!has_action(k->m, action))
			fault(k, "the state %s needs %.*s, an action that does not exist", s->key, STR_ARG(action));
		else if (is_bypassed(k->m, i, str_z(k->a, action)))
			fault(k, "the state %s needs %.*s, but there is a path without it", s->key, STR_ARG(action));
	}
}

/* ---- reasons and time ---- */

static void check_reason(Check *k, const Transition *t) {
	static const char *const stern[] = {"refuse", "reject", "return", "cancel", "override", "stop"};
	for (size_t i = 0; i < LEN(stern); i++)
		if (t->reason != REASON_REQUIRED && str_starts(str_c(t->action), str_c(stern[i])))
			fault(k, "action %s must want a reason", t->action);
	for (size_t s = 0; t->on_due && s < k->m->state_count; s++) {
		const State *from = &k->m->states[s];
		if (transition_leaves(k->m, t, str_c(from->key)) && !from->term.setting && !from->term.standard && !from->term.at)
			fault(k, "action %s is timed, but the state %s has no deadline", t->action, from->key);
	}
}

void workflow_check(Arena *a, const Machine *m, Strs *faults) {
	Check k = {a, m, faults};
	check_head(&k);
	for (size_t i = 0; i < m->state_count && i < MAX_STATES; i++) {
		check_state_words(&k, i);
		check_waiting(&k, &m->states[i]);
		check_required(&k, i);
	}
	for (size_t i = 0; i < m->action_count; i++) {
		check_action_words(&k, &m->actions[i]);
		check_right(&k, &m->actions[i]);
		check_reason(&k, &m->actions[i]);
	}
	check_unique_actions(&k);
	check_paths(&k);
}
