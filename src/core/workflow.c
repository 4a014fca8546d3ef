/* workflow.c: taking a step. */
#include "core/workflow.h"

#include "base/format.h"
#include "base/text.h"
#include "core/data_version.h"
#include "core/history.h"
#include "core/notice.h"
#include "core/trail.h"
#include "core/workflow.sql.h"
#include "core/workflow_inside.h"

enum { REASON_MAX = 2000, RESOLUTION_MAX = 120, TICK_MAX = 500 };

/* ---- what was written ---- */

static Err check_reason(Ctx *c, const Transition *t, Str reason) {
	const char *label = t->reason_label ? t->reason_label : "Důvod";
	if (t->reason == REASON_REQUIRED && !reason.len)
		return fail(c, ERR_INVALID, "reason", "%s: napište aspoň větu. Zůstane u záznamu a lidé, kterých se to týká, ji uvidí.", label);
	if (utf8_count(reason) > REASON_MAX)
		return fail(c, ERR_INVALID, "reason", "%s: text má víc než 2 000 znaků. Zkraťte jej.", label);
	if (!text_acceptable(reason))
		return fail(c, ERR_INVALID, "reason", "%s: text obsahuje znaky, které se nedají uložit. Přepište jej.", label);
	return OK;
}

static Err check_resolution(Ctx *c, const Transition *t, Str resolution) {
	if (!t->resolution && resolution.len)
		return fail(c, ERR_MALFORMED, NULL, "Tento krok usnesení nemá. Načtěte stránku znovu.");
	if (t->resolution && !resolution.len)
		return fail(c, ERR_INVALID, "resolution", "Doplňte, podle čeho se rozhodlo: %s, například 616/23/ZK.", t->resolution);
	if (utf8_count(resolution) > RESOLUTION_MAX || !text_acceptable(resolution))
		return fail(c, ERR_INVALID, "resolution", "Označení usnesení je příliš dlouhé nebo obsahuje nepřípustné znaky. Zapište například 616/23/ZK.");
	return OK;
}

/* The input with texts as they will be kept. */
static Err read_input(Ctx *c, const Transition *t, const WorkInput *in, WorkInput *ret) {
	*ret = in ? *in : (WorkInput){0};
	ret->reason = text_clean_lines(c->arena, ret->reason);
	ret->resolution = text_clean(c->arena, ret->resolution);
	Err reason = check_reason(c, t, ret->reason), resolution = check_resolution(c, t, ret->resolution);
	return reason != OK ? reason : resolution;
}

/* ---- refusals ---- */

static Str last_words(Ctx *c, const Machine *m, Id id) {
	WorkSteps steps;
	if (workflow_steps(c, m, id, &steps) != OK || !steps.len)
		return (Str){0};
	const WorkStep   *s = &steps.at[steps.len - 1];
	const Transition *t = machine_action(m, s->before, s->action);
	CLEANUP(buf_free) Buf at = {0};
	fmt_instant(&at, s->at);
	return str_format(c->arena, " Poslední krok: %s, %.*s, %.*s.", t ? t->done : "změna stavu", STR_ARG(s->actor), STR_ARG(buf_view(&at)));
}

static Err refuse_state(Ctx *c, const Machine *m, const WorkObject *o, const char *action) {
	const char *title = action;
	for (size_t i = 0; i < m->action_count; i++)
		if (strcmp(m->actions[i].action, action) == 0)
			title = m->actions[i].title;
	return fail(c, ERR_CONFLICT, NULL, "„%s“ teď nejde: stav záznamu je „%.*s“.%.*s Načtěte stránku znovu.", title,
	            STR_ARG(state_title(m, o->state)), STR_ARG(last_words(c, m, o->id)));
}

static Err refuse_version(Ctx *c, const Machine *m, const WorkObject *o) {
	return fail(c, ERR_CONFLICT, NULL, "Záznam se od načtení stránky změnil.%.*s Načtěte stránku znovu a podívejte se, zda krok ještě platí.",
	            STR_ARG(last_words(c, m, o->id)));
}

static Err refuse_right(Ctx *c, const Machine *m, const Transition *t, const WorkObject *o) {
	if (t->by_system)
		return fail(c, ERR_FORBIDDEN, NULL, "„%s“ dělá jen program sám, nikdo z lidí.", t->title);
	TRY(require(c, t->capability));
	if (t->only && workflow_concerns(c, m, o))
		return fail(c, ERR_FORBIDDEN, NULL, "„%s“ smí jen %s.", t->title, t->only->title);
	return fail(c, ERR_NOT_FOUND, NULL, "Záznam (%s) neexistuje, nebo k němu nemáte přístup.", m->entity->one);
}

static Err refuse_guards(Ctx *c, const WorkAction *action) {
	for (size_t i = 0; i < action->refusals.len; i++) {
		const Refusal *r = &action->refusals.at[i];
		Err e = fail(c, ERR_INVALID, NULL, "„%s“ zatím nejde. %.*s %.*s (Pravidlo: %.*s)", action->transition->title, STR_ARG(r->why), STR_ARG(r->todo),
		             STR_ARG(r->rule));
		CHECK(e == ERR_INVALID);
	}
	return ERR_INVALID;
}

/* ---- the step ---- */

static Str waived_lines(Arena *a, const Refusals *waived) {
	Strs lines = {0};
	for (size_t i = 0; i < waived->len; i++)
		strs_add(a, &lines, str_format(a, "%.*s %.*s", STR_ARG(waived->at[i].rule), STR_ARG(waived->at[i].why)));
	return str_join(a, S("\n"), lines);
}

static Err store_row(Ctx *c, const Machine *m, WorkMove *move, void *row) {
	if (!move->object->state.len)
		return entity_insert(c, m->entity, row);
	if (m->entity->dated)
		return history_change(c, m->entity, row, date_is(move->input->from) ? move->input->from : c->today, ((EntityHead *)row)->valid_to);
	TRY(entity_check(c, m->entity, row));
	return store_update(c, m->entity, row);
}

static Err note_in_trail(Ctx *c, const WorkMove *move, const void *before, const void *row) {
	const Entity *e = move->machine->entity;
	TrailChange  *changes;
	size_t        n = trail_changes(c, e, before, row, &changes);
	TRY(trail_add(c, (TrailEntry){.action = move->transition->action, .object = e->name, .object_id = ((const EntityHead *)row)->id,
	                              .text = str_c(move->transition->done), .changes = changes, .change_count = n}));
	return e->raises_data_version ? data_version_raise(c) : OK;
}

/* Store the row in its new state and everything that follows. */
static Err step(Ctx *c, WorkMove *move, Str waived) {
	const Machine    *m = move->machine;
	const Transition *t = move->transition;
	void             *row = move->object->row, *before = entity_copy(c->arena, m->entity, row);
	Str               said = c->reason;
	bool              is_new = !move->object->state.len;
	c->reason = move->input->reason;
	if (t->run)
		TRY(t->run(c, move));
	c->reason = move->input->reason;
	*(Str *)field_at(machine_state_field(m), row) = str_c(t->to);
	c->stepping = true;
	Err err = store_row(c, m, move, row);
	c->stepping = false;
	TRY(err);
	if (!is_new && !m->entity->dated)
		TRY(note_in_trail(c, move, before, row));
	WorkObject after;
	TRY(work_object_of(c, m, row, &after));
	if (is_new && !after.owner)
		after.owner = c->actor->account;
	move->object->id = after.id;
	TRY(work_due(c, &after, machine_state(m, after.state), t->done, &after.due, &after.due_why));
	TRY(work_follow(c, move, &after, waived));
	TRY(workflow_react(c, move));
	c->reason = said;
	return OK;
}

static Err do_inside(Ctx *c, const Machine *m, Id id, const char *action, const WorkInput *in) {
	WorkObject o;
	WorkInput  input;
	WorkAction judged;
	TRY(workflow_object(c, m, id, &o));
	const Transition *t = machine_action(m, o.state, str_c(action));
	for (size_t i = 0; !t && i < m->action_count; i++)       /* rights are asked before the state is told */
		if (strcmp(m->actions[i].action, action) == 0 && !work_has_right(c, &m->actions[i], &o))
			return refuse_right(c, m, &m->actions[i], &o);
	if (!t)
		return refuse_state(c, m, &o, action);
	if (!work_has_right(c, t, &o))
		return refuse_right(c, m, t, &o);
	if (t->on_due && (!o.due.ms || c->now.ms < o.due.ms))
		return fail(c, ERR_CONFLICT, NULL, "„%s“ nastane až uplynutím lhůty.", t->title);
	if (in && in->version && in->version != o.version)
		return refuse_version(c, m, &o);
	TRY(read_input(c, t, in, &input));
	TRY(work_judge(c, m, t, &o, &judged));
	if (judged.refusals.len)
		return refuse_guards(c, &judged);
	return step(c, &(WorkMove){m, t, &o, &input}, waived_lines(c->arena, &judged.waived));
}

Err workflow_do(Ctx *c, const Machine *m, Id id, const char *action, const WorkInput *in) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(do_inside(c, m, id, action, in));
	return tx_commit(&tx);
}

Err workflow_system(Ctx *c, const Machine *m, Id id, const char *action, Str reason) {
	const Actor *who = c->actor;
	c->actor = &actor_program;
	Err err = workflow_do(c, m, id, action, &(WorkInput){.reason = reason});
	c->actor = who;
	return err;
}

Err workflow_start(Ctx *c, const Machine *m, const char *action, void *row, const WorkInput *in) {
	const Transition *t = machine_action(m, (Str){0}, str_c(action));
	WorkObject        o;
	WorkInput         input;
	WorkAction        judged;
	CHECK(t != NULL);
	TRY(read_input(c, t, in, &input));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(work_object_of(c, m, row, &o));
	o.state = (Str){0};
	o.owner = o.owner ? o.owner : c->actor->account;
	if (!work_has_right(c, t, &o))
		return refuse_right(c, m, t, &o);
	TRY(work_judge(c, m, t, &o, &judged));
	if (judged.refusals.len)
		return refuse_guards(c, &judged);
	TRY(step(c, &(WorkMove){m, t, &o, &input}, waived_lines(c->arena, &judged.waived)));
	return tx_commit(&tx);
}

/* ---- from before ---- */

typedef struct Adoption { Ctx *c; const Machine *m; Ids ids; } Adoption;

static Err note_id(void *arg, void *row) {
	Adoption *a = arg;
	*ARENA_PUSH(a->c->arena, a->ids.at, a->ids.len, a->ids.cap) = ((EntityHead *)row)->id;
	return OK;
}

static Err adopt(Ctx *c, const Machine *m, const Transition *start, Id id) {
	WorkObject o, before;
	WorkInput  in = {.reason = S("Převzato z doby, kdy se kroky nezapisovaly.")};
	TRY(workflow_object(c, m, id, &o));
	if (o.since.ms)
		return OK;
	before = o;
	before.state = (Str){0};
	TRY(work_due(c, &o, machine_state(m, o.state), start->done, &o.due, &o.due_why));
	return work_follow(c, &(WorkMove){m, start, &before, &in}, &o, (Str){0});
}

Err workflow_adopt(Ctx *c, const Machine *m) {
	const Transition *start = NULL;
	Adoption          all = {c, m, {0}};
	for (size_t i = 0; i < m->action_count && !start; i++)
		start = strcmp(m->actions[i].from, START) == 0 ? &m->actions[i] : NULL;
	CHECK(start && c->actor->is_program);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_each(c, m->entity, &(ListQuery){0}, note_id, &all));
	for (size_t i = 0; i < all.ids.len; i++)
		TRY(adopt(c, m, start, all.ids.at[i]));
	return tx_commit(&tx);
}

/* ---- by the clock ---- */

static Err due_objects(Ctx *c, const Machine *m, const State *s, Ids *ret) {
	*ret = (Ids){0};
	Rows rows = db_query(ctx_conn(c), &sql_workflow_step_due, P(V(str_c(m->name)), V(str_c(s->key)), V(c->now), V((i64)TICK_MAX)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "workflow due");
}

/* One that cannot be moved does not stop the others; a guard may hold it until somebody acts. */
static Err tick_state(Ctx *c, const Machine *m, const Transition *t, const State *s, i64 *moved) {
	Ids due;
	TRY(due_objects(c, m, s, &due));
	for (size_t i = 0; i < due.len; i++) {
		size_t said = c->problems.len;
		Err    err = workflow_system(c, m, due.at[i], t->action, (Str){0});
		c->problems.len = said;
		if (err == ERR_BUSY || err == ERR_STORAGE)
			return err;
		*moved += err == OK;
	}
	return OK;
}

Err workflow_tick(Ctx *c, i64 *moved) {
	const Machine *m;
	*moved = 0;
	for (size_t i = 0; (m = machine_at(i)); i++)
		for (size_t k = 0; k < m->action_count; k++)
			for (size_t n = 0; m->actions[k].on_due && n < m->state_count; n++)
				if (transition_leaves(m, &m->actions[k], str_c(m->states[n].key)))
					TRY(tick_state(c, m, &m->actions[k], &m->states[n], moved));
	return OK;
}

/* ---- what happened ---- */

static Err read_steps(Ctx *c, Rows rows, WorkSteps *ret) {
	Arena *a = c->arena;
	*ret = (WorkSteps){0};
	while (rows_next(&rows)) {
		WorkStep s = {.id = col_int(&rows, 0), .object_id = col_int(&rows, 2), .at = col_instant(&rows, 6), .account = col_int(&rows, 7)};
		struct { Str *to; int column; } texts[] = {
			{&s.machine, 1}, {&s.action, 3}, {&s.before, 4}, {&s.after, 5}, {&s.actor, 8}, {&s.organisation, 9}, {&s.reason, 10}, {&s.resolution, 11},
			{&s.waived, 12}, {&s.due_why, 14},
		};
		for (size_t i = 0; i < LEN(texts); i++)
			*texts[i].to = str_dup(a, col_text(&rows, texts[i].column));
		s.due = col_null(&rows, 13) ? (Instant){0} : col_instant(&rows, 13);
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = s;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "workflow steps");
}

Err workflow_steps(Ctx *c, const Machine *m, Id object, WorkSteps *ret) {
	return read_steps(c, db_query(ctx_conn(c), &sql_workflow_step_list, P(V(str_c(m->name)), V(object))), ret);
}

Err workflow_steps_since(Ctx *c, Instant since, i64 limit, WorkSteps *ret) {
	return read_steps(c, db_query(ctx_conn(c), &sql_workflow_step_since, P(V(since), V(limit))), ret);
}
