/* workflow_follow.c: what a step leaves behind: its row, tasks closed and opened, notices. */
#include "core/notice.h"
#include "core/task.h"
#include "core/workflow.sql.h"
#include "core/workflow_inside.h"

static Err put_step(Ctx *c, const WorkMove *move, const WorkObject *o, Str waived) {
	const Actor *by = c->actor;
	Str          machine = str_c(move->machine->name);
	Id           id;
	if (db_run(c->conn, &sql_workflow_step_pass, P(V(machine), V(o->id)), NULL) != OK || db_new_id(c->conn, &id) != OK)
		return fail_internal(c, "workflow step");
	Err err = db_run(c->conn, &sql_workflow_step_add,
	                 P(V(id), V(machine), V(o->id), V(str_c(move->transition->action)), V(move->object->state), V(o->state), V(c->now), V(by->account),
	                   V(by->name), V(by->organisation_name), V(move->input->reason), V(move->input->resolution), V(waived), V(o->due), V(o->due_why)), NULL);
	return err == OK ? OK : fail_internal(c, "workflow step");
}

/* ---- tasks ---- */

static Str task_kind(Arena *a, const Machine *m, Str state) {
	return str_format(a, "%s.%.*s", m->name, STR_ARG(state));
}

static Err open_task_for(Ctx *c, const Machine *m, const WorkObject *o, const State *s, Str who) {
	Str  which = o->brief.len ? o->brief : o->title;
	Task t = {.kind = task_kind(c->arena, m, o->state), .title = str_format(c->arena, "%s: %.*s", s->task, STR_ARG(which)), .why = str_c(s->why),
	          .object = str_c(m->entity->name), .object_id = o->id, .link = o->link, .button = s->button ? str_c(s->button) : S("Otevřít"),
	          .due = o->due, .due_why = o->due_why};
	if (str_eq(who, S("owner"))) {
		t.account = o->owner;
		t.link = o->owner_link.len ? o->owner_link : o->link;
		return t.account ? task_open(c, &t) : OK;
	}
	const Role *role = access_role(who);
	CHECK(role);
	t.role = who;
	t.ref = work_ref(o, role->scope);
	return t.ref >= 0 ? task_open(c, &t) : OK;
}

static Err open_tasks(Ctx *c, const Machine *m, const WorkObject *o) {
	const State *s = machine_state(m, o->state);
	Str          rest = str_c(s->waits_for);
	while (s->task && rest.len)
		TRY(open_task_for(c, m, o, s, str_cut(&rest, ' ')));
	return OK;
}

static Err close_tasks(Ctx *c, const Machine *m, Id object, Str state) {
	return state.len ? task_close(c, task_kind(c->arena, m, state), m->entity->name, object) : OK;
}

Err workflow_refresh(Ctx *c, const Machine *m, Id id) {
	WorkObject o;
	TRY(workflow_object(c, m, id, &o));
	TRY(close_tasks(c, m, id, o.state));
	return open_tasks(c, m, &o);
}

Err workflow_due_again(Ctx *c, const Machine *m, Id id) {
	WorkObject   o;
	TRY(workflow_object(c, m, id, &o));
	const State *s = machine_state(m, o.state);
	Str          rest = str_c(s->waits_for);
	TRY(work_due(c, &o, s, "změna termínu", &o.due, &o.due_why));
	if (db_run(c->conn, &sql_workflow_step_due_set, P(V(str_c(m->name)), V(id), V(o.due), V(o.due_why)), NULL) != OK)
		return fail_internal(c, "workflow deadline");
	while (s->task && rest.len)
		TRY(open_task_for(c, m, &o, s, str_cut(&rest, ' ')));
	return OK;
}

/* ---- notices ---- */

/* Until when, where the object says it in a sentence; how a computed deadline came about stands on its page. */
static Str notice_text(Arena *a, const Machine *m, const WorkMove *move, const WorkObject *o) {
	Str reason = move->input->reason, title = state_title(m, o->state);
	const State *s = machine_state(m, o->state);
	Str text = reason.len ? str_format(a, "Nový stav: %.*s. %s: %.*s", STR_ARG(title), move->transition->reason_label ? move->transition->reason_label : "Důvod", STR_ARG(reason))
	                      : str_format(a, "Nový stav: %.*s.", STR_ARG(title));
	return s && s->term.at && o->due.ms && !str_has(o->due_why, S("\n")) ? str_format(a, "%.*s\n%.*s", STR_ARG(text), STR_ARG(o->due_why)) : text;
}

/* Nobody is told what they did themselves. A role is meant over the object's place; where the object has none, wherever it is held. */
static Err tell(Ctx *c, const WorkMove *move, const WorkObject *o) {
	const Machine *m = move->machine;
	Str            rest = str_c(move->transition->notify);
	Notice         n = {.topic = m->topic, .title = str_format(c->arena, "%.*s: %s", STR_ARG(o->title), move->transition->done),
	                    .text = notice_text(c->arena, m, move, o), .link = o->link, .object = m->entity->name, .object_id = o->id};
	while (rest.len) {
		Str who = str_cut(&rest, ' ');
		if (str_eq(who, S("owner"))) {
			Notice to_owner = n;
			to_owner.link = o->owner_link.len ? o->owner_link : o->link;
			if (o->owner && o->owner != c->actor->account)
				TRY(notice_add(c, o->owner, to_owner));
			continue;
		}
		const Role *role = access_role(who);
		Id          ref = work_ref(o, role->scope);
		TRY(notice_add_role(c, role->code, ref < 0 ? SCOPE_NONE : role->scope, ref < 0 ? 0 : ref, n));
	}
	return OK;
}

Err work_follow(Ctx *c, const WorkMove *move, WorkObject *o, Str waived) {
	TRY(put_step(c, move, o, waived));
	TRY(close_tasks(c, move->machine, o->id, move->object->state));
	TRY(open_tasks(c, move->machine, o));
	return tell(c, move, o);
}
