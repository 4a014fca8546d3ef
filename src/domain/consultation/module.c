/* module.c: what the subject consultation brings: public hearings and their seats. */
#include "core/codelist.h"
#include "domain/consultation/front_page.h"
#include "domain/consultation/hearing_rows_page.h"
#include "domain/consultation/inside.h"
#include "domain/consultation/schema.h"

extern const Module consultation_module;

static const Entity *const  entities[] = {HEARING_ENTITIES};
static const Machine *const machines[] = {HEARING_MACHINES};
static const Setting        settings[] = {HEARING_SETTINGS};
static const Topic          topics[] = {HEARING_TOPICS};

static const Route          routes[] = {HEARING_ROUTES};
static const MenuItem       menu[] = {HEARING_MENU};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/consultation.csv");
}

static Err demo(Ctx *c, DemoSize size) {
	(void)size;
	return hearing_demo(c);
}

static Err regular(Ctx *c) {
	i64 sent;
	return signup_remind(c, &sent);
}

const Module consultation_module = {
	.name = "consultation", .migrations = consultation_migrations, .migration_count = &consultation_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu),
	MODULE_LIST(machine, machines), MODULE_LIST(setting, settings), MODULE_LIST(topic, topics),
	MODULE_LIST(mail, hearing_mails), MODULE_LIST(reaction, hearing_reactions),
	MODULE_ROWS(retention, hearing_retention), MODULE_ROWS(person_data, hearing_person_data),
	.happening = hearings_happening, .events = hearings_events, .find = hearings_find, .addresses = hearings_addresses,
	.regular = regular, .seed = seed, .demo = demo,
};
