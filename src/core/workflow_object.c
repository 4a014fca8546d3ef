/* workflow_object.c: an object of a machine as it stands: its row, whose it is, since when and until when it is in its state. */
#include "core/deadline_store.h"
#include "core/settings.h"
#include "core/workflow.sql.h"
#include "core/workflow_inside.h"

const Field *machine_state_field(const Machine *m) {
	return entity_field(m->entity, S("state"));
}

/* ---- whose it is ---- */

static Id column(const Entity *e, const char *name, const void *row) {
	const Field *f = name ? entity_field(e, str_c(name)) : NULL;
	Id           id = !name ? 0 : f ? *(const Id *)field_in(f, row) : ((const EntityHead *)row)->id;
	return id == BLANK ? 0 : id;
}

static void describe_by_entity(Ctx *c, const Entity *e, WorkObject *o) {
	const Field *title = e->title ? entity_field(e, str_c(e->title)) : NULL;
	o->title = title ? field_people(c, title, o->row) : str_format(c->arena, "%s č. %lld", e->one, (long long)o->id);
	o->link = e->path ? str_format(c->arena, "%s/%lld", e->path, (long long)o->id) : (Str){0};
	o->provider = column(e, e->scope_provider, o->row);
	o->municipality = column(e, e->scope_municipality, o->row);
	o->district = column(e, e->scope_district, o->row);
	o->body = column(e, e->scope_body, o->row);
}

Err work_object_of(Ctx *c, const Machine *m, void *row, WorkObject *ret) {
	const EntityHead *h = row;
	*ret = (WorkObject){.id = h->id, .version = h->version, .row = row, .state = *(const Str *)field_in(machine_state_field(m), row)};
	describe_by_entity(c, m->entity, ret);
	return m->describe ? m->describe(c, ret) : OK;
}

static Err last_step(Ctx *c, const Machine *m, WorkObject *o) {
	Rows rows = db_query(ctx_conn(c), &sql_workflow_step_last, P(V(str_c(m->name)), V(o->id)));
	if (rows_next(&rows) && str_eq(col_text(&rows, 3), o->state)) {
		o->since = col_instant(&rows, 0);
		o->due = col_null(&rows, 1) ? (Instant){0} : col_instant(&rows, 1);
		o->due_why = str_dup(c->arena, col_text(&rows, 2));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "workflow step");
}

Err workflow_object(Ctx *c, const Machine *m, Id id, WorkObject *ret) {
	void *row;
	TRY(store_get(c, m->entity, TODAY, id, &row));
	TRY(work_object_of(c, m, row, ret));
	return last_step(c, m, ret);
}

Id work_ref(const WorkObject *o, ScopeKind scope) {
	Id of[] = {[SCOPE_DISTRICT] = o->district, [SCOPE_MUNICIPALITY] = o->municipality, [SCOPE_PROVIDER] = o->provider, [SCOPE_BODY] = o->body};
	if (scope == SCOPE_REGION)
		return 0;
	return (size_t)scope < LEN(of) && of[scope] ? of[scope] : -1;
}

/* ---- deadlines ---- */

static const RuleUnit rule_units[] = {[TERM_DAYS] = UNIT_DAYS, [TERM_WORKING_DAYS] = UNIT_WORKING_DAYS, [TERM_MONTHS] = UNIT_MONTHS};

Err work_due(Ctx *c, const WorkObject *o, const State *s, const char *event, Instant *due, Str *why) {
	const Term *t = &s->term;
	Deadline    d;
	const char *wrong;
	*due = (Instant){0};
	*why = (Str){0};
	if (t->at)
		return t->at(c, o, due, why);
	int n = t->setting ? (int)setting_int(c, t->setting) : t->standard;
	if (n <= 0)
		return OK;
	DayCalendar  days;
	TRY(deadline_days(c, &days));
	DeadlineRule rule = {.unit = rule_units[t->unit], .count = n, .event = S("po kroku"), .clock = CLOCK_UNSAID};
	if (!deadline_compute(c->arena, &(DeadlineInput){.rule = &rule, .days = &days, .event = c->now, .event_name = str_c(event)}, &d, &wrong))
		return fail(c, ERR_INVALID, NULL, "Lhůtu stavu „%s“ nejde spočítat: %s", s->title, wrong);
	*due = d.at;
	*why = d.why;
	return OK;
}
