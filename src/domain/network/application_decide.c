/* application_decide.c: the end of an application: what the officer proposes, what the assembly decided, what follows from a refusal. */
#include "core/codelist.h"
#include "domain/network/application_inside.h"
#include "domain/network/draft_application.h"
#include "domain/network/inside.h"
#include "domain/network/score_order.h"

typedef struct Proposal { Str what, refusal_reason; } Proposal;

Err application_note_proposal(Ctx *c, WorkMove *m) {
	const Proposal *p = m->input ? m->input->more : NULL;
	Application    *a = m->object->row;
	if (!p || !codelist_find(c, "application_proposal", p->what))
		return fail(c, ERR_INVALID, "proposal", "Vyberte, zda žádost navrhujete zařadit, nezařadit, nebo odložit.");
	if (p->refusal_reason.len && !codelist_find(c, "exclusion_reason", p->refusal_reason))
		return fail(c, ERR_INVALID, "refusal_reason", "Vyberte důvod nezařazení ze seznamu.");
	TRY(score_allows(c, a, p->what, &a->place));
	a->proposal = p->what;
	a->refusal_reason = str_eq(p->what, S(PROPOSE_OUT)) ? p->refusal_reason : (Str){0};
	return OK;
}

Err application_propose_for(Ctx *c, Id id, i64 version, Str proposal, Str refusal_reason, Str reason) {
	Proposal p = {proposal, refusal_reason};
	return workflow_do(c, &application_machine, id, "propose", &(WorkInput){.version = version, .reason = reason, .more = &p});
}

Err application_propose(Ctx *c, Id id, i64 version, Str proposal, Str reason) {
	return application_propose_for(c, id, version, proposal, (Str){0}, reason);
}

Err application_note_decision(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	a->resolution = m->input->resolution;
	a->decided_on = c->today;
	a->letter = m->input->reason;
	if (strcmp(m->transition->to, APPLICATION_REFUSED) != 0)
		a->refusal_reason = (Str){0};            /* of a proposal that the assembly did not follow */
	return OK;
}

/* ---- refused ---- */

/* The reason of the public register of needs that one of exclusion_reason leads to; {0} = no need stays without an answer. */
static Err answer_of(Ctx *c, Str reason, Str *ret) {
	CodeItems all;
	bool      any = false;
	*ret = (Str){0};
	TRY(codelist_items(c, "exclusion_reason", c->today, &all));
	for (size_t i = 0; i < all.len; i++) {
		Str answer = code_attribute(all.at[i], S("answer"));
		any = any || answer.len;
		if (str_eq(all.at[i]->code, reason))
			*ret = answer;
	}
	if (!any)                                    /* a list from before it led anywhere */
		*ret = S("zdroje");
	return OK;
}

static Err enter_need(Ctx *c, const Application *a, Id id, Str reason) {
	UnansweredNeed *u = entity_new(c->arena, &unanswered_entity);
	u->title = utf8_first(a->name, 160);
	u->district = a->district;
	u->target_group = a->target_group;
	u->kind = a->kind;
	u->unit = a->unit;
	u->missing_capacity = a->capacity;
	u->reason = reason;
	u->text = a->letter;
	u->resolution = a->resolution;
	u->review_date = date_add_months(c->today, 12);
	u->published_at = c->now;
	u->object = str_c(application_entity.name);
	u->object_id = id;
	return unanswered_add(c, u);
}

/* The version that it was not taken into: the one being written, else the one in force; NULL in a store without a network. */
static Err version_refusing(Ctx *c, NetworkVersion **ret) {
	Networks        all;
	NetworkVersions versions;
	TRY(draft_for_applications(c, ret));
	if (*ret)
		return OK;
	TRY(networks_all(c, &all));
	for (size_t i = 0; i < all.len && !*ret; i++) {
		TRY(network_versions(c, all.at[i]->head.id, false, &versions));
		const NetworkVersion *v = network_version_on(&versions, c->today);
		if (v)
			TRY(network_version_stored(c, v->head.id, ret));
	}
	return OK;
}

/* Into the public list of services that were not included, in the words that the officer wrote for the provider and the public. */
static Err enter_excluded(Ctx *c, const Application *a, Id id) {
	NetworkVersion *v;
	Resolution      r;
	size_t          said = c->problems.len;
	TRY(version_refusing(c, &v));
	if (!v)
		return OK;
	Exclusion *x = entity_new(c->arena, &network_exclusion_entity);
	x->by_version = v->head.id;
	x->service = id_given(a->service) ? a->service : 0;
	x->provider = a->provider;
	x->name = a->name;
	x->kind = a->kind;
	x->reason = a->refusal_reason;
	x->text = utf8_first(a->letter, 2000);
	x->decided_on = a->decided_on;
	x->resolution = resolution_by_number(c, a->resolution, &r) == OK ? r.head.id : 0;
	c->problems.len = said;
	x->application = id;
	return entity_insert(c, &network_exclusion_entity, x);
}

/* The letter, the row of the public list, and the need that stays without an answer, both with the reason: the one that was proposed, otherwise what the points say. */
Err application_note_refusal(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	Str          answer;
	TRY(application_note_decision(c, m));
	if (!a->refusal_reason.len)
		a->refusal_reason = a->level.len ? S("penize") : S("body");
	TRY(enter_excluded(c, a, m->object->id));
	TRY(answer_of(c, a->refusal_reason, &answer));
	return answer.len ? enter_need(c, a, m->object->id, answer) : OK;
}

/* Back in the order: the money of the year may be another one by now. Points stay. */
Err application_note_resumed(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	(void)c;
	a->proposal = a->resolution = (Str){0};
	a->decided_on = (Date){0};
	a->place = BLANK;
	return OK;
}
