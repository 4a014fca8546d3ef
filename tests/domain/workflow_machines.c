/* workflow_machines.c: machines of the field as tables. */
#include "tests/domain/workflow.h"

World world;

/* ---- guards ---- */

#define NEEDS(key, rule, condition, why_, todo_) \
	static Err check_##key(Ctx *c, const WorkObject *o, Verdict *ret) { \
		(void)c; \
		(void)o; \
		if (!(condition)) \
			*ret = (Verdict){REFUSED, S(why_), S(todo_)}; \
		return OK; \
	} \
	static const Guard key = {#key, rule, check_##key}

NEEDS(inputs_closed, "Sběr podnětů je uzavřený.", world.inputs_closed, "Sběr podnětů ještě běží.", "Počkejte na jeho konec, nebo jej uzavřete.");
NEEDS(parts_filled, "Povinné části plánu nejsou prázdné.", world.parts_filled, "Chybí některá z povinných částí.", "Doplňte ji v textu plánu.");
NEEDS(has_outlook, "K návrhu je připojený výhled financování.", world.has_outlook, "Výhled financování chybí.", "Připojte verzi výhledu.");
NEEDS(all_settled, "Každá připomínka má vypořádání.", world.unsettled == 0, "Nevypořádané připomínky zbývají.", "Vypořádejte je na stránce Vypořádání.");
NEEDS(all_opinions, "Každá územní řídicí skupina dala stanovisko.", world.opinions_missing == 0, "Některá skupina stanovisko nedala.",
	"Vyžádejte je, nebo zapište „bez stanoviska“ s důvodem.");
NEEDS(is_signed, "Výkaz je podepsaný.", world.is_signed, "Výkaz nemá podpis.", "Přiložte podepsaný soubor.");
NEEDS(has_declaration, "Žadatel prohlásil, že je oprávněn jednat.", world.has_declaration, "Prohlášení chybí.", "Zaškrtněte je.");
NEEDS(no_conflict, "Hodnotitel není ve střetu zájmů.", !world.has_conflict, "Jste ve střetu zájmů.", "Předejte žádost jinému hodnotiteli.");
NEEDS(in_network, "Služba je v síti.", world.in_network, "Služba není zařazená v síti.", "Nejdřív ji zařaďte.");
NEEDS(has_contract, "Smlouva je podepsaná.", world.has_contract, "Smlouva podepsaná není.", "Zapište den podpisu.");
NEEDS(no_overdue, "Žádný výkaz není po termínu.", !world.reports_overdue, "Poskytovatel dluží výkaz.", "Vyžádejte jej, nebo požádejte vedoucí o výjimku.");
static const Guard consulted_bodies = {"consulted_bodies", "Stanovisko K10 je zaznamenané.", .waived = "Orgány zatím program nevede."};

/* ---- the object ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const Paper *p = o->row;
	(void)c;
	o->owner = p->account == BLANK ? 0 : p->account;
	o->link = S("/papir");
	return OK;
}

/* The last day of a consultation is the object's own. */
static Err closes(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	(void)c;
	Date last = ((const Paper *)o->row)->closes;
	*ret = date_is(last) ? prague_instant(date_add(last, 1), 0) : (Instant){0};
	*why = S("Konec posledního dne připomínkování.");
	return OK;
}

#define MACHINE_OF(name_, title_) .name = name_, .title = title_, .entity = &paper_entity, .describe = describe, .topic = "test"

const Machine plan_test = {
	MACHINE_OF("plan", "Střednědobý plán"),
	MACHINE_STATES(
		{"preparing", "příprava", .waits_for = "PLN", .task = "Uzavřete sběr podnětů", .why = "Na podněty navazuje návrh."},
		{"drafting", "zpracování návrhu", .waits_for = "PLN"},
		{"reviewed", "projednání v orgánech", .waits_for = "VED", .task = "Zveřejněte návrh k připomínkám", .why = "Zveřejňuje jiný člověk, než kdo návrh uzavřel."},
		{"in_consultation", "připomínkování", .tone = TONE_INFO, .term = {.standard = 14}},
		{"settling", "vypořádání", .waits_for = "PLN", .term = {.standard = 20, .unit = TERM_WORKING_DAYS}},
		{"final", "konečné znění", .waits_for = "VED"},
		{"in_approval", "schvalování", .waits_for = "PLN"},
		{"in_force", "platný", .tone = TONE_OK, .waits_for = "PLN", .needs = "open draft freeze publish close finish send approve"},
		{"evaluated", "vyhodnocený", .waits_for = "PLN"},
		{"archived", "archivovaný", .is_final = true},
		{"superseded", "nahrazený", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "open", "Zahájit přípravu", "příprava zahájena", "preparing", .capability = "t.plan", .resolution = "usnesení rady kraje", .notify = "COO PSG"},
		{"preparing", "draft", "Začít zpracovávat", "zpracování začalo", "drafting", .capability = "t.plan", .guards = GUARDS(&inputs_closed)},
		{"drafting", "freeze", "Uzavřít verzi", "verze uzavřena", "reviewed", .capability = "t.plan", .guards = GUARDS(&parts_filled)},
		{"reviewed", "publish", "Zveřejnit k připomínkám", "zveřejněno k připomínkám", "in_consultation", .capability = "t.publish", .not_by = "freeze",
		 .guards = GUARDS(&has_outlook, &consulted_bodies), .alarms = true},
		{"in_consultation", "close", "Uzavřít připomínkování", "připomínkování skončilo", "settling", .by_system = true, .on_due = true},
		{"settling", "finish", "Vydat konečné znění", "konečné znění", "final", .capability = "t.plan", .guards = GUARDS(&all_settled)},
		{"final", "send", "Předložit ke schválení", "předloženo", "in_approval", .capability = "t.publish", .not_by = "finish", .guards = GUARDS(&all_opinions)},
		{"in_approval", "approve", "Zapsat schválení", "schváleno", "in_force", .capability = "t.plan", .resolution = "usnesení zastupitelstva kraje",
		 .document = "plan"},
		{"in_approval", "return", "Vrátit k přepracování", "vráceno", "drafting", .capability = "t.plan", .reason = REASON_REQUIRED, .restarts = true},
		{"in_force", "evaluate", "Vyhodnotit", "vyhodnoceno", "evaluated", .capability = "t.plan"},
		{"in_force", "supersede", "Nahradit", "nahrazen novou verzí", "superseded", .by_system = true},
		{"evaluated", "archive", "Archivovat", "archivováno", "archived", .capability = "t.plan"}),
};

const Machine route_test = {
	MACHINE_OF("document_route", "Cesta dokumentu orgány"),
	MACHINE_STATES(
		{"draft", "návrh", .waits_for = "PLN KKS"},
		{"with_steering_groups", "v územních řídicích skupinách", .waits_for = "KKS", .term = {.standard = 30}},
		{"with_college", "v kolegiu K10", .waits_for = "KKS"},
		{"with_committee", "ve výboru", .waits_for = "PLN"},
		{"with_board", "v radě", .waits_for = "PLN"},
		{"with_assembly", "v zastupitelstvu", .waits_for = "PLN"},
		{"decided", "rozhodnuto", .is_final = true, .needs = "freeze compile college committee board assembly"}),
	MACHINE_ACTIONS(
		{START, "draft", "Založit dokument", "dokument založen", "draft", .capability = "t.plan"},
		{"draft", "freeze", "Uzavřít a rozeslat", "rozesláno skupinám", "with_steering_groups", .capability = "t.route", .notify = "COO GRP CHA"},
		{"with_steering_groups", "compile", "Sestavit stanoviska", "stanoviska sestavena", "with_college", .capability = "t.route", .guards = GUARDS(&all_opinions)},
		{"with_college", "college", "Zapsat stanovisko K10", "stanovisko K10", "with_committee", .capability = "t.route"},
		{"with_committee", "committee", "Zapsat usnesení výboru", "projednal výbor", "with_board", .capability = "t.plan", .resolution = "usnesení výboru"},
		{"with_board", "board", "Zapsat usnesení rady", "projednala rada", "with_assembly", .capability = "t.plan", .resolution = "usnesení rady kraje"},
		{"with_assembly", "assembly", "Zapsat usnesení zastupitelstva", "rozhodlo zastupitelstvo", "decided", .capability = "t.plan",
		 .resolution = "usnesení zastupitelstva kraje"},
		{"with_steering_groups with_college with_committee with_board with_assembly", "new_version", "Vydat novou verzi", "nová verze", "draft",
		 .capability = "t.plan", .restarts = true, .notify = "COO"}),
};

const Machine consultation_test = {
	MACHINE_OF("consultation", "Připomínkování"),
	MACHINE_STATES(
		{"planned", "připravuje se", .waits_for = "PLN"},
		{"open", "otevřené", .tone = TONE_INFO, .term = {.at = closes}},
		{"closed", "uzavřené", .waits_for = "VED", .task = "Zveřejněte vypořádání", .why = "Autoři připomínek čekají na odpověď."},
		{"published", "vypořádání zveřejněné", .is_final = true, .tone = TONE_OK, .needs = "open close publish"},
		{"cancelled", "zrušené", .is_final = true, .tone = TONE_WARN}),
	MACHINE_ACTIONS(
		{START, "plan", "Naplánovat", "naplánováno", "planned", .capability = "t.plan"},
		{"planned", "open", "Otevřít připomínkování", "otevřeno", "open", .capability = "t.publish", .not_by = "plan", .alarms = true},
		{"open", "prolong", "Prodloužit", "prodlouženo", "open", .capability = "t.plan", .reason = REASON_REQUIRED},
		{"open", "close", "Uzavřít", "uzavřeno", "closed", .by_system = true, .on_due = true},
		{"closed", "publish", "Zveřejnit vypořádání", "vypořádání zveřejněno", "published", .capability = "t.publish", .guards = GUARDS(&all_settled)},
		{"planned open", "cancel", "Zrušit", "zrušeno", "cancelled", .capability = "t.plan", .reason = REASON_REQUIRED, .alarms = true}),
};

const Machine comment_test = {
	MACHINE_OF("comment", "Připomínka"),
	MACHINE_STATES(
		{"received", "přijatá", .waits_for = "PLN", .term = {.standard = 5, .unit = TERM_WORKING_DAYS}},
		{"checked", "zkontrolovaná", .waits_for = "PLN"},
		{"assigned", "přidělená", .waits_for = "PLN NET", .term = {.standard = 10, .unit = TERM_WORKING_DAYS}},
		{"proposed", "s návrhem vypořádání", .waits_for = "VED"},
		{"decided", "rozhodnutá", .waits_for = "PLN"},
		{"published", "zveřejněná", .is_final = true, .needs = "check assign propose confirm publish"},
		{"merged", "sloučená", .is_final = true},
		{"late", "po termínu", .waits_for = "PLN"},
		{"left_out", "nevypořádává se", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "submit", "Podat připomínku", "podána", "received", .capability = ANYONE},
		{START, "submit_late", "Zapsat pozdní připomínku", "došla pozdě", "late", .capability = "t.plan"},
		{"received", "check", "Zkontrolovat", "zkontrolována", "checked", .capability = "t.plan"},
		{"received", "merge", "Sloučit", "sloučena", "merged", .capability = "t.plan", .reason = REASON_REQUIRED},
		{"late", "accept_late", "Přijmout přes pozdní podání", "přijata přes pozdní podání", "received", .capability = "t.plan", .reason = REASON_REQUIRED},
		{"late", "refuse_late", "Nevypořádat", "nevypořádá se", "left_out", .capability = "t.plan", .reason = REASON_REQUIRED},
		{"checked", "assign", "Přidělit", "přidělena", "assigned", .capability = "t.plan", .notify = "NET"},
		{"assigned", "propose", "Navrhnout vypořádání", "navrženo", "proposed", .capability = "t.settle", .reason = REASON_REQUIRED},
		{"proposed", "confirm", "Potvrdit vypořádání", "potvrzeno", "decided", .capability = "t.publish", .not_by = "propose"},
		{"proposed", "return", "Vrátit", "vráceno", "assigned", .capability = "t.publish", .reason = REASON_REQUIRED, .restarts = true},
		{"decided", "publish", "Zveřejnit", "zveřejněno", "published", .capability = "t.plan", .notify = "owner"}),
};

const Machine submission_test = {
	MACHINE_OF("submission", "Výkaz"),
	MACHINE_STATES(
		{"draft", "rozpracovaný", .waits_for = "PRV PSG", .task = "Vyplňte výkaz", .why = "Kraj z něj počítá dotaci.", .term = {.at = closes}},
		{"locked", "uzamčený", .waits_for = "PSG", .task = "Odešlete výkaz", .why = "Dokud není odeslaný, jako by nebyl.", .term = {.at = closes}},
		{"submitted", "ke schválení krajem", .tone = TONE_INFO, .waits_for = "ANA", .task = "Posuďte výkaz", .why = "Poskytovatel čeká na výsledek.",
		 .term = {.standard = 20, .unit = TERM_WORKING_DAYS}},
		{"returned", "vrácený k opravě", .tone = TONE_WARN, .waits_for = "PRV PSG", .term = {.standard = 10, .unit = TERM_WORKING_DAYS}},
		{"accepted", "schválený", .tone = TONE_OK, .is_final = true, .needs = "lock submit accept"},
		{"refused", "odmítnutý", .tone = TONE_ERR, .is_final = true},
		{"missed", "neodevzdaný", .tone = TONE_ERR, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "create", "Vytvořit výkaz", "vytvořen", "draft", .capability = "t.fill"},
		{"draft", "lock", "Uzamknout", "uzamčen", "locked", .capability = "t.fill"},
		{"locked", "unlock", "Odemknout", "odemčen", "draft", .capability = "t.sign", .restarts = true},
		{"locked", "submit", "Odeslat kraji", "odeslán", "submitted", .capability = "t.sign", .guards = GUARDS(&has_declaration, &is_signed), .document = "submission",
		 .notify = "ANA"},
		{"submitted", "withdraw", "Vzít zpět", "vzat zpět", "draft", .capability = "t.sign", .restarts = true},
		{"submitted", "return", "Vrátit k opravě", "vrácen", "returned", .capability = "t.judge", .reason = REASON_REQUIRED, .notify = "PSG"},
		{"returned", "reopen", "Otevřít k opravě", "otevřen k opravě", "draft", .capability = "t.fill", .restarts = true},
		{"submitted", "accept", "Schválit", "schválen", "accepted", .capability = "t.judge", .notify = "PSG"},
		{"submitted", "refuse", "Odmítnout", "odmítnut", "refused", .capability = "t.judge", .reason = REASON_REQUIRED, .notify = "PSG"},
		{"draft locked", "miss", "Zapsat neodevzdání", "neodevzdán v termínu", "missed", .by_system = true, .on_due = true}),
};

const Machine application_test = {
	MACHINE_OF("network_application", "Žádost o zařazení do sítě"),
	MACHINE_STATES(
		{"received", "přijatá", .waits_for = "NET", .term = {.standard = 10, .unit = TERM_WORKING_DAYS}},
		{"checked", "formálně v pořádku", .waits_for = "COO", .task = "Vyjádřete se k žádosti", .why = "Služba působí ve vašem obvodu.", .term = {.standard = 15}},
		{"refused_formally", "odmítnutá pro formální vady", .is_final = true},
		{"stated", "s vyjádřením obcí", .waits_for = "HOD"},
		{"scored_once", "hodnocená jednou", .waits_for = "HOD"},
		{"scored", "hodnocená", .waits_for = "NET"},
		{"proposed", "s návrhem rozhodnutí", .waits_for = "VED"},
		{"included", "zařazená", .is_final = true, .tone = TONE_OK, .needs = "check score score_again propose include"},
		{"refused", "nezařazená", .is_final = true},
		{"deferred", "odložená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "receive", "Přijmout žádost", "přijata", "received", .capability = "t.network"},
		{"received", "check", "Potvrdit formální kontrolu", "formálně v pořádku", "checked", .capability = "t.network", .notify = "COO"},
		{"received", "refuse_formally", "Odmítnout pro vady", "odmítnuta pro vady", "refused_formally", .capability = "t.network", .reason = REASON_REQUIRED,
		 .notify = "PSG"},
		{"checked", "state", "Zapsat vyjádření", "obce se vyjádřily", "stated", .capability = "t.state"},
		{"checked", "state_none", "Zapsat „bez vyjádření“", "bez vyjádření", "stated", .by_system = true, .on_due = true},
		{"stated", "score", "Ohodnotit", "první hodnocení", "scored_once", .capability = "t.score", .guards = GUARDS(&no_conflict)},
		{"scored_once", "score_again", "Ohodnotit podruhé", "druhé hodnocení", "scored", .capability = "t.score", .not_by = "score", .guards = GUARDS(&no_conflict)},
		{"scored", "score_third", "Vyžádat třetí hodnocení", "třetí hodnocení", "scored_once", .capability = "t.network", .restarts = true},
		{"scored", "propose", "Navrhnout rozhodnutí", "navrženo", "proposed", .capability = "t.network"},
		{"proposed", "include", "Zařadit", "zařazena", "included", .capability = "t.publish", .not_by = "propose", .resolution = "usnesení zastupitelstva kraje"},
		{"proposed", "refuse", "Nezařadit", "nezařazena", "refused", .capability = "t.publish", .reason = REASON_REQUIRED, .resolution = "usnesení zastupitelstva kraje"},
		{"proposed", "defer", "Odložit", "odložena", "deferred", .capability = "t.publish", .reason = REASON_REQUIRED}),
};

const Machine mandate_test = {
	MACHINE_OF("mandate", "Pověření"),
	MACHINE_STATES(
		{"draft", "návrh", .waits_for = "NET"},
		{"approved", "schválené", .waits_for = "NET"},
		{"active", "platné", .tone = TONE_OK, .waits_for = "NET", .term = {.at = closes}, .needs = "draft approve issue"},
		{"ended", "ukončené", .waits_for = "NET", .task = "Zkontrolujte nadměrné vyrovnání", .why = "Po konci pověření se vyúčtují všechny platby.",
		 .term = {.standard = 6, .unit = TERM_MONTHS}},
		{"archived", "archivované", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "draft", "Připravit pověření", "připraveno", "draft", .capability = "t.network", .guards = GUARDS(&in_network)},
		{"draft", "approve", "Zapsat schválení", "schváleno", "approved", .capability = "t.network", .resolution = "usnesení zastupitelstva kraje"},
		{"approved", "issue", "Vydat", "vydáno", "active", .capability = "t.network", .guards = GUARDS(&in_network), .document = "mandate", .notify = "PSG"},
		{"active", "amend", "Změnit dodatkem", "změněno dodatkem", "active", .capability = "t.network", .resolution = "usnesení zastupitelstva kraje"},
		{"active", "end", "Ukončit dřív", "ukončeno", "ended", .capability = "t.network", .reason = REASON_REQUIRED, .notify = "PSG ECO"},
		{"active", "expire", "Ukončit uplynutím doby", "doba uplynula", "ended", .by_system = true, .on_due = true, .notify = "PSG ECO"},
		{"ended", "archive", "Archivovat", "archivováno", "archived", .capability = "t.network"}),
};

const Machine payment_test = {
	MACHINE_OF("payment", "Platba"),
	MACHINE_STATES(
		{"prepared", "připravená", .waits_for = "PAY", .task = "Schvalte platbu", .why = "Bez druhého podpisu se neodešle."},
		{"approved", "schválená", .waits_for = "ECO"},
		{"sent", "odeslaná", .waits_for = "ECO"},
		{"confirmed", "potvrzená bankou", .is_final = true, .tone = TONE_OK, .needs = "prepare approve send confirm"},
		{"returned", "vrácená", .is_final = true, .tone = TONE_ERR}),
	MACHINE_ACTIONS(
		{START, "prepare", "Připravit platbu", "připravena", "prepared", .capability = "t.pay", .guards = GUARDS(&has_contract, &no_overdue)},
		{"prepared", "approve", "Schválit", "schválena", "approved", .capability = "t.approve", .not_by = "prepare"},
		{"approved", "send", "Odeslat", "odeslána", "sent", .capability = "t.pay"},
		{"sent", "confirm", "Potvrdit podle výpisu", "potvrzena", "confirmed", .capability = "t.pay"},
		{ANY_STATE, "return", "Vrátit", "vrácena", "returned", .capability = "t.pay", .reason = REASON_REQUIRED}),
};

const Machine *const work_machines[8] = {&plan_test, &route_test, &consultation_test, &comment_test, &submission_test, &application_test, &mandate_test, &payment_test};
