/* module.c: what the subject plan brings: plans with chapters, notes, versions. The strategy tree and activity cards join here. */
#include "core/codelist.h"
#include "domain/plan/card_rows_page.h"
#include "domain/plan/demo.h"
#include "domain/plan/inside.h"
#include "domain/plan/person.h"
#include "domain/plan/plan_front_page.h"
#include "domain/plan/plan_routes_page.h"
#include "domain/plan/schema.h"
#include "web/module.h"

extern const Module plan_module;

static const Entity *const  entities[] = {&plan_entity, &plan_chapter_entity, &plan_note_entity, &plan_milestone_entity, CARD_ENTITIES};
static const Machine *const machines[] = {&plan_machine, CARD_MACHINES};

static const Reaction reactions[] = {CARD_REACTIONS};

static const Route routes[] = {
	PLAN_ROUTES,
	CARD_PUBLIC_ROUTES,
	CARD_OFFICE_ROUTES,
	OUTLOOK_ROUTES,
	ACTION_PLAN_ROUTES,
};

static const MenuItem menu[] = {
	{"Plán", "/plan", ANYONE, true, 20},
	{"Plán", "/app/plan", CAP_PLAN_READ, false, 44},
};

static const Capability capabilities[] = {
	{CAP_PLAN_DRAFT, "číst rozpracované kapitoly plánu a psát k nim poznámky"},
	{CAP_OUTLOOK_EDIT, "zadávat výhled financování plánu"},
	{CAP_OUTLOOK_ACCEPT, "vzít na vědomí nekrytou částku výhledu financování"},
};

static const Setting settings[] = {
	{"plan.settle_days", "Připomínky k plánu se vypořádají do", "Počítá se od konce příjmu připomínek; pak je úkol po termínu.", "20", SETTING_INT, 1, 200,
	 .unit = "pracovních dnů", .group = "Plán"},
};

static const Topic topics[] = {
	{"plan", "Plán sociálních služeb", "Zahájení plánu, zveřejnění návrhu k připomínkám, schválení a aktualizace.", MAIL_DIGEST},
};

static Err start(Ctx *c) {
	(void)c;
	document_set_keeper(plan_keeps_document);
	plan_live_add(card_live_items, LEN(card_live_items));
	plan_live_add(outlook_live_items, LEN(outlook_live_items));
	return OK;
}

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/plan.csv");
}

const Module plan_module = {
	.name = "plan", .migrations = plan_migrations, .migration_count = &plan_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(machine, machines), MODULE_LIST(reaction, reactions), MODULE_LIST(setting, settings), MODULE_LIST(topic, topics),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu),
	.happening = plans_happening, .events = plans_events, .find = plans_find, .addresses = plans_addresses,
	MODULE_ROWS(person_data, plan_person_data),
	MODULE_LIST(record, card_records), .start = start, .seed = seed, .demo = plan_demo,
};
