/* outlook_version.c: the outlook as a frozen version of the plan says it. Everybody reads that one: what is entered for an update is seen when the update is. */
#include "domain/plan/card_inside.h"
#include "domain/plan/outlook.h"
#include "domain/plan/outlook.sql.h"

Err outlook_freeze(Ctx *c, Plan *p, Id version) {
	Outlook o;
	TRY(outlook_read(c, p, &o));
	if (!o.head)
		return OK;
	const PlanOutlook *h = o.head;
	if (db_run(c->conn, &sql_frozen_outlook_put, P(V(version), V(h->note), V(h->accepted_missing.halere), V(h->accepted_why), V(h->accepted_at)), NULL) != OK ||
	    db_run(c->conn, &sql_frozen_outlook_cells_put, P(V(version), V(h->head.id)), NULL) != OK)
		return fail_internal(c, "outlook of a frozen version");
	return OK;
}

Err outlook_freeze_acceptance(Ctx *c, const Outlook *o) {
	const PlanOutlook *h = o->head;
	if (outlook_is_open(o->plan) || !o->plan->newest_version)
		return OK;
	if (db_run(c->conn, &sql_frozen_outlook_accept, P(V(o->plan->newest_version), V(h->accepted_missing.halere), V(h->accepted_why), V(h->accepted_at)), NULL) != OK)
		return fail_internal(c, "uncovered amount of a frozen version");
	return OK;
}

static Err read_head(Ctx *c, Outlook *o) {
	Rows r = db_query(ctx_conn(c), &sql_frozen_outlook, P(V(o->version)));
	while (rows_next(&r)) {
		o->head = NEW_ZERO(c->arena, PlanOutlook);
		*o->head = (PlanOutlook){.plan = o->plan->head.id, .note = str_dup(c->arena, col_text(&r, 0)), .accepted_missing = {col_int(&r, 1)},
			.accepted_why = str_dup(c->arena, col_text(&r, 2)), .accepted_at = col_instant(&r, 3)};
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "outlook of a frozen version");
}

Err outlook_of_version(Ctx *c, Plan *p, Id version, Outlook *ret) {
	TRY(outlook_blank(c, p, ret));
	ret->version = version;
	TRY(read_head(c, ret));
	if (ret->head)
		TRY(outlook_cells_read(c, &sql_frozen_outlook_cells, version, ret));
	outlook_sum(ret);
	return OK;
}
