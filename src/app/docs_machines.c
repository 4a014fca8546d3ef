/* docs_machines.c: docs/machines.md and a drawing per machine: states, actions, who, what must hold, what follows. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/docs.h"
#include "core/settings.h"
#include "web/work_draw.h"

static const char *unit_word(TermUnit u) {
	static const char *const words[] = {[TERM_DAYS] = "days", [TERM_WORKING_DAYS] = "working days", [TERM_MONTHS] = "months"};
	return words[u];
}

static void put_term(Buf *b, const Term *t) {
	const Setting *s = t->setting ? setting_find(str_c(t->setting)) : NULL;
	if (t->at)
		buf_lit(b, "of the object");
	else if (t->setting)
		buf_format(b, "%s %s (`%s`)", s ? s->standard : "?", unit_word(t->unit), t->setting);
	else if (t->standard)
		buf_format(b, "%d %s", t->standard, unit_word(t->unit));
}

static void put_states(Buf *b, Arena *a, const Machine *m) {
	buf_lit(b, "| state | title | waits for | deadline | reached only through |\n|---|---|---|---|---|\n");
	for (size_t i = 0; i < m->state_count; i++) {
		const State *s = &m->states[i];
		buf_format(b, "| `%s`%s | %s | %.*s | ", s->key, s->is_final ? ", final" : "", s->title, STR_ARG(people_words(a, s->waits_for)));
		put_term(b, &s->term);
		buf_format(b, " | %s |\n", s->needs ? s->needs : "");
	}
}

static void put_from(Buf *b, const Transition *t) {
	buf_str(b, strcmp(t->from, START) == 0 ? S("start") : strcmp(t->from, ANY_STATE) == 0 ? S("any") : str_c(t->from));
}

static void put_conditions(Buf *b, Arena *a, const Machine *m, const Transition *t) {
	Strs         all = {0};
	const Guard *g;
	if (t->only && t->only != &only_owner)
		strs_add(a, &all, str_format(a, "Jen %s.", t->only->title));
	if (t->not_by)
		strs_add(a, &all, str_format(a, "Čtyři oči: ne ten, kdo udělal %s.", t->not_by));
	for (size_t i = 0; (g = transition_guard(m, t, i)); i++)
		strs_add(a, &all, g->waived ? str_format(a, "%s (zatím se neptá: %s)", g->rule, g->waived) : str_c(g->rule));
	if (t->reason == REASON_REQUIRED)
		strs_add(a, &all, S("S důvodem."));
	if (t->resolution)
		strs_add(a, &all, str_format(a, "S rozhodnutím: %s.", t->resolution));
	docs_cell(b, str_join(a, S(" "), all));
}

static void put_actions(Buf *b, Arena *a, const Machine *m) {
	buf_lit(b, "\n| no. | action | title | from | to | who | what must hold | told | document |\n|---|---|---|---|---|---|---|---|---|\n");
	for (size_t i = 0; i < m->action_count; i++) {
		const Transition *t = &m->actions[i];
		buf_format(b, "| %zu | `%s` | %s | ", i + 1, t->action, t->title);
		put_from(b, t);
		buf_format(b, " | %s | %.*s | ", t->to, STR_ARG(transition_who(a, t)));
		put_conditions(b, a, m, t);
		buf_format(b, " | %.*s | %s |\n", STR_ARG(people_words(a, t->notify)), t->document ? t->document : "");
	}
}

Str docs_machines(Arena *a) {
	CLEANUP(buf_free) Buf b = {0};
	const Machine *m;
	buf_lit(&b, "# Machines\n\n"
	            "Written by `sitovka docs docs`; do not edit. What moves by steps, drawn from the tables that the engine runs ([workflow](workflow.md)).\n"
	            "Numbers on the arrows are those of the actions; boxes with a double line are final; the dot is the start.\n");
	for (size_t i = 0; (m = machine_at(i)); i++) {
		buf_format(&b, "\n<a id=\"%s\"></a>\n## %s – %s\n\n", m->name, m->name, m->title);
		if (m->help)
			buf_format(&b, "%s ", m->help);
		buf_format(&b, "Objects: [`%s`](data-dictionary.md#%s).\n\n![%s](img/machine-%s.svg)\n\n", m->entity->name, m->entity->name, m->title, m->name);
		put_states(&b, a, m);
		put_actions(&b, a, m);
	}
	return buf_take(&b, a);
}

Str docs_machine_drawing(Arena *a, const Machine *m) {
	CLEANUP(buf_free) Buf b = {0};
	Flow f;
	machine_flow(a, m, (Str){0}, NULL, &f);
	f.alone = true;
	view_flow(&b, &f);
	buf_char(&b, '\n');
	return buf_take(&b, a);
}
