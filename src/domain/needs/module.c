/* module.c: what the subject needs brings. */
#include "core/codelist.h"
#include "domain/needs/machines.h"
#include "domain/needs/schema.h"
#include "web/module.h"

extern const Module needs_module;

static const Entity *const entities[] = {&need_entity, &offer_entity, &need_link_entity, &unanswered_entity};

static const Capability capabilities[] = {
	{CAP_NEEDS_AGREE, "zapisovat projednání potřeby v pracovní skupině"},
	{CAP_NEEDS_OPTIMAL, "zapisovat optimální kapacity"},
	{CAP_NEEDS_SNAPSHOT, "pořizovat a číst snímky potřeb"},
};

static const Setting settings[] = {
	{"needs.group_days", "Pracovní skupina projedná potřebu do", "Počítá se od podání potřeby; pak je úkol po termínu.", "60", SETTING_INT, 1, 400,
	 .unit = "dnů", .group = "Potřeby území"},
	{"needs.steering_days", "Územní řídicí skupina projedná potřebu do", "Počítá se od projednání v pracovní skupině.", "60", SETTING_INT, 1, 400, .unit = "dnů"},
	{"needs.region_days", "Kraj o potřebě rozhodne do", "Počítá se od souhlasu územní řídicí skupiny.", "90", SETTING_INT, 1, 400, .unit = "dnů"},
};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/needs.csv");
}

const Module needs_module = {
	.name = "needs", .migrations = needs_migrations, .migration_count = &needs_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	.settings = settings, .setting_count = LEN(settings),
	.machines = needs_machines, .machine_count = LEN(needs_machines),
	MODULE_LIST(topic, needs_topics),
	.seed = seed,
};
