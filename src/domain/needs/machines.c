/* machines.c: the steps of a need as a table. */
#include "domain/needs/machines.h"

#include "core/codelist.h"
#include "domain/needs/answer.h"

const Topic needs_topics[1] = {
	{"needs", "Potřeby území", "Jak vaši potřebu projednaly skupiny a jak o ní rozhodl kraj.", MAIL_DIGEST},
};

/* ---- whose it is ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const Need *n = o->row;
	const Unit *u = n->territory ? territory_by_id(c, n->territory) : NULL;
	bool        is_town = u && str_eq(u->level, S(LEVEL_MUNICIPALITY));
	const Unit *district = !u ? NULL : is_town ? territory_above(c, u->id, LEVEL_DISTRICT, TODAY) : str_eq(u->level, S(LEVEL_DISTRICT)) ? u : NULL;
	o->title = u ? str_format(c->arena, "%.*s, %.*s", STR_ARG(n->title), STR_ARG(u->name)) : n->title;
	o->link = str_format(c->arena, "/app/potreby/%lld", (long long)n->head.id);
	o->text = n->situation;
	o->owner = n->owner;
	o->municipality = is_town ? u->id : 0;       /* also of a row that is about to be stored */
	o->district = district ? district->id : 0;
	o->provider = n->provider;
	o->body = n->body;
	if (o->id || c->actor->is_program)
		return OK;
	RowScope s = access_scope(c, CAP_NEED_CREATE);
	if (!o->provider && s.provider_count)
		o->provider = s.providers[0];
	if (!o->body && s.body_count)
		o->body = s.bodies[0];
	return OK;
}

/* ---- guards ---- */

static Err has_place(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Need *n = o->row;
	if (n->district && (n->rank_district == BLANK || !n->rank_district))
		*ret = (Verdict){REFUSED, S("Potřeba nemá místo v pořadí svého obvodu."),
		                 str_format(c->arena, "Zařaďte ji na stránce Pořadí potřeb (/app/potreby/poradi?obvod=%lld).", (long long)n->district)};
	return OK;
}
static const Guard ranked = {"ranked", "Každá projednaná potřeba má v obvodu své jediné místo v pořadí.", has_place};

static Err has_link(Ctx *c, const WorkObject *o, Verdict *ret) {
	NeedLinks links;
	TRY(need_links(c, o->id, &links));
	if (!links.len)
		*ret = (Verdict){REFUSED, S("Není uvedeno, co na potřebu odpovídá."), S("Propojte ji se službou, kartou aktivity nebo řádkem sítě v části Co na potřebu odpovídá.")};
	return OK;
}
static const Guard linked = {"linked", "Pokrytá potřeba je propojená s tím, co ji pokrývá.", has_link};

/* ---- who ---- */

static bool for_region(Ctx *c, const WorkObject *o) {
	(void)o;
	return access_scope(c, CAP_NEED_APPROVE).all;
}
static const OnlyFor region_only = {"ten, kdo o potřebách rozhoduje za kraj", for_region};

/* ---- what else changes ---- */

static Err leave_order(Ctx *c, WorkMove *m) {
	return need_rank_leave(c, m->object->row);
}

static Err finish(Ctx *c, WorkMove *m) {
	TRY(need_rank_leave(c, m->object->row));
	return answer_ended(c, m);
}

const Machine need_machine = {
	.name = "need", .title = "Karta potřeby", .entity = &need_entity, .topic = "needs", .describe = describe,
	.help = "Potřebu zapíše obec, koordinátor, skupina, poskytovatel nebo kraj. Projedná ji pracovní skupina a územní řídicí skupina obvodu, která jí dá pořadí; kraj ji "
	        "přijme, nebo nepřijme. Přijatou potřebu něco pokryje, nebo kraj veřejně řekne, že na ni síť neodpoví, proč a kdy se k tomu vrátí.",
	MACHINE_STATES(
		{NEED_DRAFT, "rozepsaná", .waits_for = "owner MSG PSG CHA", .task = "Dokončete a podejte potřebu", .button = "Otevřít potřebu",
		 .why = "Dokud není podaná, nikdo ji neprojedná."},
		{NEED_PROPOSED, "navržená", .tone = TONE_INFO, .waits_for = "CHA COO", .task = "Projednejte potřebu v pracovní skupině", .button = "Otevřít potřebu",
		 .why = "Pracovní skupina potvrdí, že potřeba v území je a že je dobře popsaná.", .term = {.setting = "needs.group_days"}},
		{NEED_AGREED_GROUP, "souhlas skupiny", .tone = TONE_INFO, .waits_for = "COO", .task = "Dejte potřebě pořadí a projednejte ji v územní řídicí skupině",
		 .button = "Otevřít potřebu", .why = "Obvod říká, co je pro něj nejdůležitější.", .term = {.setting = "needs.steering_days"}},
		{NEED_AGREED_STEERING, "souhlas obvodu", .tone = TONE_INFO, .waits_for = "PLN", .task = "Rozhodněte o potřebě za kraj",
		 .button = "Rozhodnout", .why = "Obvod čeká, zda kraj s potřebou počítá.", .term = {.setting = "needs.region_days"}},
		{NEED_ACCEPTED, "přijatá krajem", .tone = TONE_OK, .waits_for = "PLN", .needs = "submit agree_group agree_steering accept"},
		{NEED_REJECTED, "nepřijatá krajem", .tone = TONE_WARN, .waits_for = "PLN"},
		{NEED_COVERED, "pokrytá", .tone = TONE_OK, .waits_for = "PLN", .needs = "accept cover"},
		{NEED_UNANSWERED, "nereagovaná", .tone = TONE_WARN, .waits_for = "PLN", .needs = "accept leave"},
		{NEED_CLOSED, "uzavřená", .is_final = true},
		{NEED_WITHDRAWN, "stažená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Zapsat potřebu", "potřeba zapsána", NEED_DRAFT, .capability = CAP_NEED_CREATE},
		{NEED_DRAFT, "submit", "Podat potřebu", "potřeba podána", NEED_PROPOSED, .capability = CAP_NEED_SUBMIT},
		{NEED_PROPOSED, "return", "Vrátit k doplnění", "vráceno k doplnění", NEED_DRAFT, .capability = CAP_NEEDS_AGREE, .reason = REASON_REQUIRED,
		 .reason_label = "Co je třeba doplnit", .restarts = true, .notify = "owner", .run = leave_order},
		{NEED_PROPOSED, "agree_group", "Zapsat projednání v pracovní skupině", "projednáno v pracovní skupině", NEED_AGREED_GROUP, .capability = CAP_NEEDS_AGREE,
		 .reason = REASON_OPTIONAL, .reason_label = "Datum jednání a závěr", .notify = "owner"},
		{NEED_AGREED_GROUP, "agree_steering", "Zapsat souhlas územní řídicí skupiny", "schváleno územní řídicí skupinou", NEED_AGREED_STEERING,
		 .capability = CAP_NEED_APPROVE, .guards = GUARDS(&ranked), .reason = REASON_OPTIONAL, .reason_label = "Datum jednání a závěr", .notify = "owner"},
		{NEED_AGREED_GROUP " " NEED_AGREED_STEERING, "send_back", "Vrátit pracovní skupině", "vráceno pracovní skupině", NEED_PROPOSED, .capability = CAP_NEED_APPROVE,
		 .reason = REASON_REQUIRED, .restarts = true, .notify = "owner CHA"},
		{NEED_AGREED_STEERING, "accept", "Přijmout za kraj", "přijato krajem", NEED_ACCEPTED, .capability = CAP_NEED_APPROVE, .only = &region_only,
		 .reason = REASON_OPTIONAL, .reason_label = "Jak kraj s potřebou naloží", .notify = "owner COO"},
		{NEED_AGREED_STEERING, "reject", "Nepřijmout", "nepřijato krajem", NEED_REJECTED, .capability = CAP_NEED_APPROVE, .only = &region_only,
		 .reason = REASON_REQUIRED, .reason_label = "Proč kraj potřebu nepřijal", .alarms = true, .notify = "owner COO", .run = answer_reject},
		{NEED_ACCEPTED, "cover", "Označit jako pokrytou", "potřeba pokryta", NEED_COVERED, .capability = CAP_NEED_APPROVE, .only = &region_only,
		 .guards = GUARDS(&linked), .reason = REASON_OPTIONAL, .reason_label = "Od kdy a čím je pokryta", .notify = "owner COO", .run = leave_order},
		{NEED_ACCEPTED, "leave", "Zapsat, že síť neodpoví", "síť na potřebu neodpoví", NEED_UNANSWERED, .capability = CAP_NEED_APPROVE, .only = &region_only,
		 .reason = REASON_REQUIRED, .reason_label = "Proč síť neodpoví", .resolution = "rozhodnutí orgánu kraje", .alarms = true, .notify = "owner COO",
		 .run = answer_leave},
		{NEED_REJECTED " " NEED_UNANSWERED, "reconsider", "Vrátit k rozhodnutí kraje", "vráceno k rozhodnutí", NEED_AGREED_STEERING, .capability = CAP_NEED_APPROVE,
		 .only = &region_only, .reason = REASON_REQUIRED, .restarts = true, .notify = "owner COO", .run = answer_ended},
		{NEED_COVERED, "reopen", "Potřeba už pokrytá není", "pokrytí skončilo", NEED_ACCEPTED, .capability = CAP_NEED_APPROVE, .only = &region_only,
		 .reason = REASON_REQUIRED, .notify = "owner COO"},
		{NEED_ACCEPTED " " NEED_REJECTED " " NEED_COVERED " " NEED_UNANSWERED, "close", "Uzavřít, potřeba pominula", "potřeba pominula", NEED_CLOSED,
		 .capability = CAP_NEED_APPROVE, .only = &region_only, .reason = REASON_REQUIRED, .notify = "owner COO", .run = finish},
		{NEED_DRAFT " " NEED_PROPOSED, "withdraw", "Stáhnout potřebu", "potřeba stažena", NEED_WITHDRAWN, .capability = CAP_NEED_CREATE, .only = &only_owner,
		 .reason = REASON_REQUIRED, .run = leave_order}),
};

const Machine *const needs_machines[1] = {&need_machine};
