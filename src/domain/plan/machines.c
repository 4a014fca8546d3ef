/* machines.c: the way of a plan, from the resolution that opens it to the archive, as a table (DOMAIN § 8). */
#include "core/codelist.h"
#include "domain/plan/inside.h"
#include "domain/plan/outlook.h"

static Err describe(Ctx *c, WorkObject *o) {
	const Plan *p = o->row;
	o->title = p->title;
	o->link = str_format(c->arena, "/app/plan/%.*s", STR_ARG(p->slug));
	o->owner_link = str_format(c->arena, "/plan/%.*s", STR_ARG(p->slug));
	o->text = p->vision;
	return OK;
}

/* ---- guards ---- */

static Err inputs_closed(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Plan *p = o->row;
	if (!date_is(p->inputs_until))
		*ret = (Verdict){REFUSED, S("Není určeno, do kdy se přijímají podněty obcí, poskytovatelů a veřejnosti."), S("Doplňte den v údajích plánu.")};
	else if (!date_after(c->today, p->inputs_until))
		*ret = (Verdict){REFUSED, S("Podněty se ještě přijímají."), S("Počkejte na poslední den, nebo ho v údajích plánu změňte.")};
	return OK;
}
static const Guard inputs = {"inputs_closed", "Sběr podnětů skončil.", inputs_closed};

/* Each part that the decree asks for has a chapter with a text. */
static Err parts_filled(Ctx *c, const WorkObject *o, Verdict *ret) {
	PlanChapters chapters;
	CodeItems    parts;
	Strs         missing = {0};
	TRY(plan_chapters(c, o->id, &chapters));
	TRY(codelist_items(c, "plan_part", c->today, &parts));
	for (size_t i = 0; i < parts.len; i++) {
		bool filled = !code_attribute(parts.at[i], S("mandatory")).len;
		for (size_t k = 0; k < chapters.len && !filled; k++)
			filled = str_eq(chapters.at[k]->part, parts.at[i]->code) && chapters.at[k]->text.len;
		if (!filled)
			strs_add(c->arena, &missing, parts.at[i]->name);
	}
	if (missing.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Povinné části bez textu: %.*s.", STR_ARG(str_join(c->arena, S(", "), missing))),
		                 S("Napište je v osnově plánu.")};
	return OK;
}
static const Guard parts = {"parts_filled", "Všech pět povinných částí (§ 39a vyhlášky č. 505/2006 Sb.) má text.", parts_filled};

/* G1: subjects that answer these hang theirs here when they come; those of money stand in outlook_guard.c. */
static const Guard standpoints = {"steering_standpoints", "Každá územní řídicí skupina dala stanovisko, nebo je u ní důvod, proč ne.",
                                  .waived = "Stanoviska skupin program zatím neeviduje; přiložte je k materiálu."};
static const Guard college = {"college", "K plánu se vyjádřilo Kolegium obcí III. typu, nebo je důvod, proč ne.",
                              .waived = "Jednání kolegia program zatím neeviduje; zápis přiložte k materiálu."};
static Err period_over(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Plan *p = o->row;
	if (date_year(c->today) <= p->year_to)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Období plánu trvá do konce roku %lld.", (long long)p->year_to), S("Vyhodnoťte plán po jeho skončení.")};
	return OK;
}
static const Guard over = {"period_over", "Období plánu skončilo.", period_over};

const Machine plan_machine = {
	.name = "plan", .title = "Střednědobý plán", .entity = &plan_entity, .topic = "plan", .describe = describe,
	.help = "Plán otevře usnesení rady kraje. Napsané kapitoly se zmrazí do verze, kterou projednají řídicí skupiny, veřejnost k ní dá připomínky a po jejich vypořádání ji "
	        "schválí zastupitelstvo. Zmrazená verze se už nemění; platný plán se mění jen aktualizací stejnou cestou.",
	MACHINE_STATES(
		{PLAN_PREPARING, "příprava", .tone = TONE_INFO, .waits_for = "PLN", .task = "Sbírejte podněty a začněte psát plán", .button = "Otevřít plán",
		 .why = "Obce, poskytovatelé a uživatelé mají říct, co v plánu má být."},
		{PLAN_DRAFTING, "zpracování", .tone = TONE_INFO, .waits_for = "PLN", .task = "Dopište kapitoly a zmrazte návrh plánu", .button = "Otevřít plán",
		 .why = "Zmrazený návrh jde k projednání."},
		{PLAN_REVIEWED, "projednání ve skupinách", .tone = TONE_INFO, .waits_for = "PLN", .task = "Zveřejněte návrh plánu k připomínkám", .button = "Otevřít plán",
		 .why = "Veřejnost má právo návrh připomínkovat."},
		{PLAN_IN_CONSULTATION, "připomínky veřejnosti", .tone = TONE_WARN, .waits_for = "PLN", .needs = "freeze publish"},
		{PLAN_SETTLING, "vypořádání připomínek", .tone = TONE_INFO, .waits_for = "PLN", .task = "Vypořádejte připomínky a zmrazte konečné znění", .button = "Otevřít plán",
		 .why = "Ti, kdo připomínky dali, čekají na odpověď.", .term = {"plan.settle_days", .unit = TERM_WORKING_DAYS}},
		{PLAN_FINAL, "konečné znění", .tone = TONE_INFO, .waits_for = "VED", .task = "Předložte plán orgánům kraje", .button = "Otevřít plán",
		 .why = "Plán schvaluje zastupitelstvo kraje.", .needs = "freeze publish finish"},
		{PLAN_IN_APPROVAL, "schvalování", .tone = TONE_WARN, .waits_for = "VED", .task = "Zapište, jak o plánu rozhodlo zastupitelstvo", .button = "Otevřít plán",
		 .why = "Schválený plán vejde v platnost.", .needs = "finish submit"},
		{PLAN_IN_FORCE, "v platnosti", .tone = TONE_OK, .waits_for = "PLN", .needs = "freeze publish finish submit approve"},
		{PLAN_EVALUATED, "vyhodnocený", .tone = TONE_OK, .waits_for = "PLN", .needs = "approve evaluate"},
		{PLAN_ARCHIVED, "v archivu", .is_final = true, .needs = "approve evaluate archive"}),
	MACHINE_ACTIONS(
		{START, "open", "Zahájit práce na plánu", "práce na plánu zahájeny", PLAN_PREPARING, .capability = CAP_PLAN_CREATE, .resolution = "usnesení rady kraje",
		 .notify = "COO PSG", .run = plan_step_open},
		{PLAN_PREPARING, "draft", "Začít psát", "začalo psaní plánu", PLAN_DRAFTING, .capability = CAP_PLAN_UPDATE, .guards = GUARDS(&inputs)},
		{PLAN_DRAFTING, "freeze", "Zmrazit návrh", "návrh zmrazen", PLAN_REVIEWED, .capability = CAP_PLAN_PUBLISH, .guards = GUARDS(&parts, &guard_outlook_written), .alarms = true,
		 .notify = "COO", .run = plan_step_freeze},
		{PLAN_REVIEWED, "publish", "Zveřejnit k připomínkám", "zveřejněno k připomínkám", PLAN_IN_CONSULTATION, .capability = CAP_PLAN_PUBLISH,
		 .guards = GUARDS(&guard_outlook_attached), .alarms = true, .notify = "COO PSG MSG", .run = plan_step_publish},
		{PLAN_REVIEWED " " PLAN_FINAL, "rework", "Vrátit k dopracování", "vráceno k dopracování", PLAN_DRAFTING, .capability = CAP_PLAN_PUBLISH,
		 .reason = REASON_REQUIRED, .restarts = true},
		{PLAN_IN_CONSULTATION, "close", "Ukončit připomínky", "příjem připomínek skončil", PLAN_SETTLING, .capability = CAP_PLAN_PUBLISH,
		 .reason = REASON_REQUIRED, .reason_label = "Kdy a jak příjem připomínek skončil"},
		{PLAN_SETTLING, "finish", "Zmrazit konečné znění", "konečné znění zmrazeno", PLAN_FINAL, .capability = CAP_PLAN_PUBLISH, .guards = GUARDS(&parts, &guard_totals),
		 .alarms = true, .notify = "VED COO", .run = plan_step_freeze},
		{PLAN_FINAL, "submit", "Předložit výboru, radě a zastupitelstvu", "předloženo orgánům kraje", PLAN_IN_APPROVAL, .capability = CAP_PLAN_APPROVE,
		 .guards = GUARDS(&parts, &standpoints, &college, &guard_outlook_balances, &guard_totals), .notify = "ELE"},
		{PLAN_IN_APPROVAL, "approve", "Zapsat schválení", "schváleno", PLAN_IN_FORCE, .capability = CAP_PLAN_APPROVE, .resolution = "usnesení zastupitelstva kraje",
		 .alarms = true, .notify = "COO PSG MSG PLN", .run = plan_step_approve},
		{PLAN_IN_APPROVAL, "return", "Zapsat vrácení nebo zamítnutí", "vráceno zpracovateli", PLAN_DRAFTING, .capability = CAP_PLAN_APPROVE,
		 .reason = REASON_REQUIRED, .reason_label = "Důvod podle zápisu z jednání", .restarts = true, .notify = "PLN COO"},
		{PLAN_IN_FORCE, "update", "Zahájit aktualizaci", "zahájena aktualizace", PLAN_DRAFTING, .capability = CAP_PLAN_PUBLISH, .reason = REASON_REQUIRED,
		 .reason_label = "Co se aktualizuje a proč", .restarts = true, .notify = "COO"},
		{PLAN_IN_FORCE, "evaluate", "Zapsat vyhodnocení", "plán vyhodnocen", PLAN_EVALUATED, .capability = CAP_PLAN_PUBLISH, .guards = GUARDS(&over, &guard_cards_evaluated),
		 .reason = REASON_REQUIRED, .reason_label = "Závěr vyhodnocení", .notify = "COO VED"},
		{PLAN_EVALUATED, "archive", "Uložit do archivu", "uloženo do archivu", PLAN_ARCHIVED, .capability = CAP_PLAN_PUBLISH}),
};
