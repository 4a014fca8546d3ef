/* work_draw.c: boxes are states in the order of the table, arrows are actions. */
#include "web/work_draw.h"

#include "core/access.h"

static int place_of(const Machine *m, Str key) {
	const State *s = machine_state(m, key);
	return s ? (int)(s - m->states) : 0;
}

static bool was_there(const WorkSteps *steps, Str key) {
	for (size_t i = 0; steps && i < steps->len; i++)
		if (str_eq(steps->at[i].after, key))
			return true;
	return false;
}

static void add_arrow(FlowArrow *arrows, size_t *n, int from, int to, size_t number) {
	CHECK(*n < FLOW_ARROWS_MAX);
	arrows[(*n)++] = (FlowArrow){from, to, (int)number};
}

static void add_arrows(const Machine *m, size_t i, FlowArrow *arrows, size_t *n) {
	const Transition *t = &m->actions[i];
	int               to = place_of(m, str_c(t->to));
	if (strcmp(t->from, START) == 0)
		add_arrow(arrows, n, FLOW_FROM_START, to, i + 1);
	else if (strcmp(t->from, ANY_STATE) == 0)
		add_arrow(arrows, n, FLOW_FROM_ANY, to, i + 1);
	else
		for (Str rest = str_c(t->from); rest.len;)
			add_arrow(arrows, n, place_of(m, str_cut(&rest, ' ')), to, i + 1);
}

void machine_flow(Arena *a, const Machine *m, Str now, const WorkSteps *steps, Flow *ret) {
	FlowBox   *boxes = NEW_ARRAY(a, FlowBox, m->state_count);
	FlowArrow *arrows = NEW_ARRAY(a, FlowArrow, FLOW_ARROWS_MAX);
	size_t     n = 0;
	for (size_t i = 0; i < m->state_count; i++) {
		const State *s = &m->states[i];
		boxes[i] = (FlowBox){str_c(s->title), s->is_final, str_eq(now, str_c(s->key)), !str_eq(now, str_c(s->key)) && was_there(steps, str_c(s->key))};
	}
	for (size_t i = 0; i < m->action_count; i++)
		add_arrows(m, i, arrows, &n);
	*ret = (Flow){.id = str_format(a, "postup-%s", m->name), .title = str_format(a, "Postup: %s", m->title), .boxes = boxes, .box_count = m->state_count,
	              .arrows = arrows, .arrow_count = n};
	ret->desc = now.len ? str_format(a, "Stavy a kroky mezi nimi. Zvýrazněný je současný stav: %.*s.", STR_ARG(state_title(m, now)))
	                    : S("Stavy a kroky mezi nimi. Čísla kroků jsou v tabulce.");
}

/* ---- who, in words ---- */

static bool role_has(const Role *r, const char *capability) {
	for (const char **p = r->capabilities; *p; p++)
		if (strcmp(*p, capability) == 0)
			return true;
	return false;
}

Str transition_who(Arena *a, const Transition *t) {
	size_t      n;
	const Role *roles = access_roles(&n);
	Strs        names = {0};
	if (t->by_system)
		return t->on_due ? S("program, jakmile uplyne lhůta") : S("program");
	if (strcmp(t->capability, ANYONE) == 0)
		return S("kdokoli");
	if (t->only == &only_owner)
		return str_c(t->only->title);
	for (size_t i = 0; i < n; i++)
		if (role_has(&roles[i], t->capability))
			strs_add(a, &names, str_c(roles[i].title));
	return strcmp(t->capability, SIGNED_IN) == 0 ? S("každý přihlášený") : str_join(a, S(", "), names);
}

Str people_words(Arena *a, const char *words) {
	Strs names = {0};
	for (Str rest = str_c(words); rest.len;) {
		Str         who = str_cut(&rest, ' ');
		const Role *r = access_role(who);
		strs_add(a, &names, r ? str_c(r->title) : S("ten, kdo záznam založil"));
	}
	return str_join(a, S(", "), names);
}
