/* comment_rows_page.c: what comment periods bring; hearings are the other row of this folder (module.c), whose migrations are those of both. */
#include "core/codelist.h"
#include "domain/consultation/comment_keep.h"
#include "domain/consultation/consultation_demo.h"
#include "domain/consultation/consultation_page.h"
#include "domain/consultation/front_page.h"
#include "domain/consultation/lower_guards.h"
#include "domain/consultation/plan_link_page.h"
#include "web/module.h"

extern const Module comment_module;

static const Route routes[] = {CONSULTATION_ROUTES};
static const MenuItem menu[] = {
	{"Připomínky a projednání", "/pripominky", ANYONE, true, 40},
	{"Připomínky", "/app/pripominky", CAP_SETTLEMENT_PUBLISH, false, 45},
};
static const Entity *const  entities[] = {&consultation_entity, &comment_entity};
static const Machine *const machines[] = {&consultation_machine, &comment_machine};

static const Setting settings[] = {
	{"consultation.days_min", "Připomínkovat se musí nejméně", "Včetně prvního a posledního dne.", "8", SETTING_INT, 1, 365, .unit = "dnů", .group = "Připomínkování"},
	{"consultation.days_max", "Připomínkovat se smí nejvýše", "", "60", SETTING_INT, 1, 365, .unit = "dnů"},
	{"consultation.confirm_hours", "Na potvrzení připomínky e-mailem je", "Potom se nepotvrzená připomínka smaže.", "48", SETTING_INT, 1, 168, .unit = "hodin"},
	{"consultation.rate_address", "Připomínek s jedním e-mailem za hodinu", "Dopis s potvrzením jde na adresu, kterou mohl napsat kdokoli.", "5", SETTING_INT, 1, 1000, .unit = "připomínek"},
	{"consultation.check_days", "Přijatá připomínka se zkontroluje do", "", "5", SETTING_INT, 1, 250, .unit = "pracovních dnů"},
	{"consultation.propose_days", "Vypořádání se navrhne do", "Od přidělení.", "10", SETTING_INT, 1, 250, .unit = "pracovních dnů"},
	{"consultation.settle_days", "Vypořádání celého řízení se předloží do", "Od konce připomínkování.", "20", SETTING_INT, 1, 250, .unit = "pracovních dnů"},
	{"consultation.contacts_days", "Spojení na autory připomínek se smaže po", "Od zveřejnění vypořádání; text a odpověď zůstávají.", "365", SETTING_INT, 1, 3650, .unit = "dnů"},
};
static const Topic topics[] = {{"consultation", "Připomínkování", "Vyhlášení, prodloužení a konec připomínkových řízení a vypořádání připomínek.", MAIL_DIGEST}};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/comment.csv");
}

static Err demo(Ctx *c, DemoSize size) {
	(void)size;
	return consultation_demo(c);
}

const Module comment_module = {
	.name = "comment", .entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu),
	MODULE_LIST(machine, machines), MODULE_LIST(setting, settings), MODULE_LIST(topic, topics),
	MODULE_LIST(mail, comment_mails), MODULE_LIST(reaction, consultation_reactions),
	.guards = lower_guards, .guard_count = LOWER_GUARDS, .start = consultation_start,
	MODULE_ROWS(retention, comment_retention), MODULE_ROWS(person_data, comment_person_data),
	.happening = consultations_happening, .events = consultations_events, .find = consultations_find, .addresses = consultations_addresses,
	.seed = seed, .demo = demo,
};
