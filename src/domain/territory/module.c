/* module.c: what the subject territory brings. */
#include "core/codelist.h"
#include "domain/territory/schema.h"
#include "domain/territory/territory.h"
#include "web/module.h"

extern const Module territory_module;

static const Entity *const entities[] = {&territory_entity, &membership_entity, &population_entity};

static const Capability capabilities[] = {
	{"territory.edit", "upravovat území a počty obyvatel"},
};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/territory.csv");
}

const Module territory_module = {
	.name = "territory", .migrations = territory_migrations, .migration_count = &territory_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	.seed = seed,
};
