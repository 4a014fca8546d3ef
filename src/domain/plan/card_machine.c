/* card_machine.c: the way of an activity card: proposed, approved with the plan or its update, running, done; or stopped, or moved elsewhere. */
#include "domain/plan/card_inside.h"

static Err describe(Ctx *c, WorkObject *o) {
	const ActivityCard *k = o->row;
	o->title = str_format(c->arena, "%.*s %.*s", STR_ARG(k->code), STR_ARG(k->title));
	o->link = str_format(c->arena, "/app/karty/%lld", (long long)k->head.id);
	o->text = k->description;
	o->provider = id_given(k->implementer) ? k->implementer : 0;
	o->district = card_district(c, k);
	o->municipality = id_given(k->municipality) ? k->municipality : 0;
	return OK;
}

/* ---- guards ---- */

static Err plan_in_force(Ctx *c, const WorkObject *o, Verdict *ret) {
	const ActivityCard *k = o->row;
	Plan *p;
	TRY(plan_stored(c, k->plan, &p));
	if (!p->valid_version)
		*ret = (Verdict){REFUSED, S("Plán zatím neschválilo zastupitelstvo."), S("Karty se schválí s plánem; do té doby zůstávají návrhem.")};
	return OK;
}
static const Guard in_force = {"plan_in_force", "Plán je schválený.", plan_in_force};

static bool is_under_way(const ActivityCard *k) {
	return words_have(CARD_APPROVED " " CARD_RUNNING " " CARD_DONE, k->state);
}

static Err none_excluded(Ctx *c, const WorkObject *o, Verdict *ret) {
	Cards others;
	TRY(card_related(c, o->id, RELATION_EXCLUDES, &others));
	for (size_t i = 0; i < others.len; i++)
		if (is_under_way(others.at[i]))
			*ret = (Verdict){REFUSED, str_format(c->arena, "Vylučuje se s kartou %.*s, která je schválená.", STR_ARG(others.at[i]->code)),
			                 S("Nejdřív jednu z karet zastavte, nebo zrušte jejich vazbu.")};
	return OK;
}
static const Guard compatible = {"compatible", "Není schválená žádná karta, se kterou se vylučuje.", none_excluded};

static Err first_ones_run(Ctx *c, const WorkObject *o, Verdict *ret) {
	Cards others;
	TRY(card_related(c, o->id, RELATION_DEPENDS, &others));
	for (size_t i = 0; i < others.len; i++)
		if (!words_have(CARD_RUNNING " " CARD_DONE, others.at[i]->state))
			*ret = (Verdict){REFUSED, str_format(c->arena, "Závisí na kartě %.*s, která ještě neběží.", STR_ARG(others.at[i]->code)), S("Nejdřív zahajte ji.")};
	return OK;
}
static const Guard dependencies = {"dependencies", "Karty, na kterých závisí, už běží nebo jsou splněné.", first_ones_run};

static Err value_measured(Ctx *c, const WorkObject *o, Verdict *ret) {
	IndicatorStates all;
	TRY(card_indicators(c, o->id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].value != BLANK)
			return OK;
	*ret = (Verdict){REFUSED, S("Žádný ukazatel karty nemá naměřenou hodnotu."), S("Zapište ji do sledování karty.")};
	return OK;
}
static const Guard measured = {"measured", "Aspoň jeden ukazatel má naměřenou hodnotu.", value_measured};

/* Every year to 31 March. */
static Err next_march(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	Date since = prague_day(o->since.ms ? o->since : c->now);
	*ret = prague_instant(date(date_year(since) + 1, 4, 1), 0);
	*why = str_format(c->arena, "Plnění karty se zapisuje každý rok do 31. března; poprvé v roce %d.", date_year(since) + 1);
	return OK;
}

const Machine card_machine = {
	.name = "activity_card", .title = "Karta aktivity", .entity = &card_entity, .topic = "plan", .describe = describe,
	.help = "Kartu navrhne kdokoli z území nebo poskytovatel, schválí se s plánem nebo jeho aktualizací. Běžící karta se každý rok vyhodnotí. Splněná má naměřený ukazatel; "
	        "zastavená a přesunutá má zapsaný důvod.",
	MACHINE_STATES(
		{CARD_PROPOSED, "návrh", .tone = TONE_INFO, .waits_for = "PLN"},
		{CARD_APPROVED, "schválená", .tone = TONE_INFO, .waits_for = "PLN"},
		{CARD_RUNNING, "probíhá", .tone = TONE_OK, .waits_for = "PLN", .task = "Zapište, jak se karta plní", .button = "Otevřít kartu",
		 .why = "Plnění karet se vyhodnocuje každý rok.", .term = {.at = next_march}, .needs = "start"},
		{CARD_DONE, "splněná", .tone = TONE_OK, .is_final = true, .needs = "finish"},
		{CARD_STOPPED, "zastavená", .tone = TONE_WARN, .is_final = true},
		{CARD_MOVED, "přesunutá", .tone = TONE_WARN, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "create", "Založit kartu", "karta založena", CARD_PROPOSED, .capability = CAP_CARD_CREATE},
		{START, "propose", "Navrhnout kartu", "karta navržena", CARD_PROPOSED, .capability = CAP_CARD_PROPOSE, .notify = "PLN"},
		{CARD_PROPOSED, "approve", "Schválit kartu", "karta schválena", CARD_APPROVED, .capability = CAP_CARD_APPROVE, .guards = GUARDS(&in_force, &compatible)},
		{CARD_PROPOSED, "approve_with_plan", "Schválit s plánem", "karta schválena s plánem", CARD_APPROVED, .by_system = true},
		{CARD_APPROVED, "start", "Zahájit", "karta zahájena", CARD_RUNNING, .capability = CAP_CARD_UPDATE, .guards = GUARDS(&dependencies)},
		{CARD_RUNNING, "finish", "Označit za splněnou", "karta splněna", CARD_DONE, .capability = CAP_CARD_UPDATE, .guards = GUARDS(&measured), .notify = "VED"},
		{CARD_PROPOSED " " CARD_APPROVED " " CARD_RUNNING, "stop", "Zastavit", "karta zastavena", CARD_STOPPED, .capability = CAP_CARD_APPROVE,
		 .reason = REASON_REQUIRED, .reason_label = "Proč se karta zastavuje", .notify = "VED"},
		{CARD_PROPOSED " " CARD_APPROVED " " CARD_RUNNING, "move", "Přesunout jinam", "karta přesunuta", CARD_MOVED, .capability = CAP_CARD_APPROVE,
		 .reason = REASON_REQUIRED, .reason_label = "Kam se karta přesouvá a proč", .notify = "VED"}),
};

/* ---- approval of the plan ---- */

Err cards_approve_with_plan(Ctx *c, const WorkMove *m) {
	CardIds ids;
	TRY(ids_read(c, &sql_card_states, P(V(m->object->id), V(S(CARD_PROPOSED))), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(workflow_system(c, &card_machine, ids.at[i], "approve_with_plan", str_cat(c->arena, S("usnesení "), m->input->resolution)));
	return OK;
}
