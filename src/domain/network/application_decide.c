/* application_decide.c: the end of an application: what the officer proposes, what the assembly decided, what follows from a refusal. */
#include "core/codelist.h"
#include "domain/network/application_inside.h"
#include "domain/network/score_order.h"

Err application_note_proposal(Ctx *c, WorkMove *m) {
	const Str   *proposal = m->input ? m->input->more : NULL;
	Application *a = m->object->row;
	if (!proposal || !codelist_find(c, "application_proposal", *proposal))
		return fail(c, ERR_INVALID, "proposal", "Vyberte, zda žádost navrhujete zařadit, nezařadit, nebo odložit.");
	TRY(score_allows(c, a, *proposal, &a->place));
	a->proposal = *proposal;
	return OK;
}

Err application_propose(Ctx *c, Id id, i64 version, Str proposal, Str reason) {
	return workflow_do(c, &application_machine, id, "propose", &(WorkInput){.version = version, .reason = reason, .more = &proposal});
}

Err application_note_decision(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	a->resolution = m->input->resolution;
	a->decided_on = c->today;
	a->letter = m->input->reason;
	return OK;
}

/* Refused: the letter, and the need that stays without an answer. */
Err application_note_refusal(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	TRY(application_note_decision(c, m));
	UnansweredNeed *u = entity_new(c->arena, &unanswered_entity);
	u->title = utf8_first(a->name, 160);
	u->district = a->district;
	u->target_group = a->target_group;
	u->kind = a->kind;
	u->unit = a->unit;
	u->missing_capacity = a->capacity;
	u->reason = S("zdroje");
	u->text = a->letter;
	u->resolution = a->resolution;
	u->review_date = date_add_months(c->today, 12);
	u->published_at = c->now;
	u->object = str_c(application_entity.name);
	u->object_id = m->object->id;
	return unanswered_add(c, u);
}
