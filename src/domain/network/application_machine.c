/* application_machine.c: the steps of an application, from its form to the decision of the assembly. */
#include "domain/network/application_inside.h"
#include "domain/network/score_order.h"

static Err describe(Ctx *c, WorkObject *o) {
	const Application *a = o->row;
	o->title = str_format(c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	o->link = str_format(c->arena, "/app/zadosti/%lld", (long long)o->id);
	o->owner = a->owner;
	o->provider = a->provider;
	o->district = a->district > 0 ? a->district : 0;
	return OK;
}

static Err statements_done(Ctx *c, const WorkObject *o, Verdict *ret) {
	bool done;
	i64  missing;
	TRY(statements_complete(c, o->row, &done, &missing));
	if (!done)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Chybí vyjádření obvodů: %lld.", (long long)missing),
		                 S("Počkejte na ně, nebo na konec lhůty; co nepřijde, zapíše se jako „nepřišlo“.")};
	return OK;
}
static const Guard statements_guard = {"statements_done", "Vyjádření obcí jsou doručená, nebo jejich lhůta minula.", statements_done, NULL, NULL, NULL};

static Err is_not_own(Ctx *c, const WorkObject *o, Verdict *ret) {
	if (application_is_own(c, o->row))
		*ret = (Verdict){REFUSED, S("Jednáte také za poskytovatele, který žádá."), S("Ať o žádosti rozhodne jiný pracovník kraje.")};
	return OK;
}
static const Guard others_guard = {"application_not_own", "O žádosti rozhoduje jen ten, kdo nejedná za žadatele.", is_not_own, NULL, NULL, NULL};

static const Guard heard_guard = {"application_heard", "Návrh projednala odborná skupina a územní řídicí skupiny.",
                                  .waived = "Jednání odborné skupiny a územních řídicích skupin program zatím neeviduje; zápisy přiložte k materiálu."};

const Machine application_machine = {
	.name = "network_application", .title = "Žádost o zařazení do sítě", .entity = &application_entity, .topic = "network", .describe = describe,
	.help = "Žádost se podává formulářem. Správce sítě ji formálně zkontroluje, obce se vyjádří, dva hodnotitelé dají body, správce navrhne a zastupitelstvo rozhodne.",
	MACHINE_STATES(
		{APPLICATION_DRAFT, "rozpracovaná", .tone = TONE_WARN, .waits_for = "PSG"},
		{APPLICATION_SUBMITTED, "podaná, čeká na formální kontrolu", .tone = TONE_INFO, .waits_for = "NET"},
		{APPLICATION_CHECKED, "formálně v pořádku, vyjadřují se obce", .tone = TONE_INFO, .waits_for = "NET"},
		{APPLICATION_STATED, "čeká na hodnocení", .tone = TONE_INFO, .waits_for = "NET", .task = "Zajistěte hodnocení žádosti", .button = "Otevřít žádost",
		 .why = "Žádost hodnotí dva hodnotitelé.", .term = {.setting = "network.score_days"}, .needs = "close_statements"},
		{APPLICATION_SCORED, "ohodnocená", .tone = TONE_INFO, .waits_for = "NET", .task = "Navrhněte, jak o žádosti rozhodnout", .button = "Otevřít žádost",
		 .why = "Návrh jde územním řídicím skupinám a zastupitelstvu.", .needs = "close_statements score"},
		{APPLICATION_PROPOSED, "s návrhem", .tone = TONE_INFO, .waits_for = "NET", .needs = "score propose"},
		{APPLICATION_INCLUDED, "zařazená", .tone = TONE_OK, .is_final = true, .needs = "score propose include"},
		{APPLICATION_REFUSED, "nezařazená", .tone = TONE_ERR, .is_final = true},
		{APPLICATION_DEFERRED, "odložená", .tone = TONE_WARN, .waits_for = "NET", .task = "Vraťte se k odložené žádosti", .button = "Otevřít žádost",
		 .why = "Poskytovatel čeká, zda se na ni najdou peníze.", .term = {.setting = "network.deferred_months", .unit = TERM_MONTHS}, .needs = "score propose defer"},
		{APPLICATION_FORMAL, "formálně odmítnutá", .tone = TONE_ERR, .is_final = true},
		{APPLICATION_WITHDRAWN, "zrušená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "apply", "Založit žádost", "žádost založena", APPLICATION_DRAFT, .capability = CAP_APPLICATION_CREATE},
		{APPLICATION_DRAFT, "submitted", "Podat", "žádost podána", APPLICATION_SUBMITTED, .by_system = true, .guards = GUARDS(&application_fits),
		 .run = application_take_form},
		{APPLICATION_SUBMITTED, "taken_back", "Vrátit do rozpracovaných", "vráceno do rozpracovaných", APPLICATION_DRAFT, .by_system = true, .restarts = true,
		 .run = application_stop_statements},
		{APPLICATION_SUBMITTED, "pass", "Formálně v pořádku", "formálně v pořádku", APPLICATION_CHECKED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&application_registered, &others_guard), .run = application_accept_form},
		{APPLICATION_SUBMITTED, "fail", "Formálně odmítnout", "formálně odmítnuta", APPLICATION_FORMAL, .capability = CAP_APPLICATION_APPROVE, .guards = GUARDS(&others_guard),
		 .reason = REASON_REQUIRED, .alarms = true, .notify = "owner PSG", .run = application_refuse_form},
		{APPLICATION_DRAFT " " APPLICATION_SUBMITTED " " APPLICATION_CHECKED " " APPLICATION_STATED " " APPLICATION_SCORED " " APPLICATION_PROPOSED
		 " " APPLICATION_DEFERRED, "give_up",
		 "Vzít žádost zpět", "žádost vzata zpět", APPLICATION_WITHDRAWN, .capability = CAP_APPLICATION_SUBMIT, .reason = REASON_REQUIRED, .alarms = true, .notify = "NET",
		 .run = application_give_up},
		{APPLICATION_SUBMITTED, "passed", "Formálně v pořádku", "formální kontrola v pořádku", APPLICATION_CHECKED, .by_system = true,
		 .guards = GUARDS(&application_registered)},
		{APPLICATION_SUBMITTED, "failed", "Formálně odmítnout", "formálně odmítnuta", APPLICATION_FORMAL, .by_system = true,
		 .run = application_stop_statements},
		{APPLICATION_DRAFT, "cancelled", "Zrušit", "žádost zrušena", APPLICATION_WITHDRAWN, .by_system = true, .reason = REASON_REQUIRED},
		{APPLICATION_CHECKED, "close_statements", "Uzavřít vyjádření obcí", "vyjádření uzavřena", APPLICATION_STATED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&statements_guard, &others_guard), .run = application_keep_inputs},
		{APPLICATION_STATED, "score", "Uzavřít hodnocení", "hodnocení uzavřeno", APPLICATION_SCORED, .capability = CAP_APPLICATION_APPROVE, .guards = GUARDS(&score_guard, &others_guard),
		 .run = score_close},
		{APPLICATION_SCORED, "propose", "Zapsat návrh", "zapsán návrh", APPLICATION_PROPOSED, .capability = CAP_APPLICATION_APPROVE, .guards = GUARDS(&application_funding, &others_guard),
		 .reason = REASON_REQUIRED, .reason_label = "Zdůvodnění návrhu", .run = application_note_proposal},
		{APPLICATION_PROPOSED " " APPLICATION_DEFERRED, "include", "Zapsat zařazení", "zařazena do sítě", APPLICATION_INCLUDED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&others_guard, &heard_guard), .resolution = "usnesení zastupitelstva kraje", .reason = REASON_OPTIONAL, .reason_label = "Sdělení poskytovateli",
		 .alarms = true, .notify = "owner PSG COO", .run = application_note_decision},
		{APPLICATION_PROPOSED " " APPLICATION_DEFERRED, "refuse", "Zapsat nezařazení", "nezařazena", APPLICATION_REFUSED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&others_guard, &heard_guard), .resolution = "usnesení zastupitelstva kraje", .reason = REASON_REQUIRED,
		 .reason_label = "Odůvodnění pro poskytovatele a veřejnost", .alarms = true, .notify = "owner PSG COO", .run = application_note_refusal},
		{APPLICATION_DEFERRED, "resume", "Vrátit do pořadí", "vrácena do pořadí", APPLICATION_SCORED, .capability = CAP_APPLICATION_APPROVE, .guards = GUARDS(&others_guard),
		 .reason = REASON_REQUIRED, .reason_label = "Co se změnilo", .notify = "owner PSG", .run = application_note_resumed},
		{APPLICATION_PROPOSED, "defer", "Zapsat odložení", "rozhodnutí odloženo", APPLICATION_DEFERRED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&others_guard, &heard_guard), .resolution = "usnesení zastupitelstva kraje", .reason = REASON_REQUIRED, .reason_label = "Proč a do kdy",
		 .notify = "owner PSG", .run = application_note_decision}),
};
