/* module.c: what the subject register brings. */
#include "core/codelist.h"
#include "domain/register/register.h"
#include "domain/register/schema.h"
#include "web/module.h"

extern const Module register_module;

static const Entity *const entities[] = {&provider_entity, &service_entity, &form_row_entity, &capacity_entity, &facility_entity, &contact_entity};

static const Capability capabilities[] = {
	{CAP_REGISTER_EDIT, "upravovat služby a poskytovatele"},
	{CAP_REGISTER_SUGGEST, "navrhovat změny služeb"},
	{CAP_REGISTER_SECRET, "vidět utajené adresy"},
	{"register.read", "vidět pracovní seznamy služeb"},
	{"register.import", "načítat registr poskytovatelů"},
	{"register.own", "vidět služby vlastní organizace"},
	{"register.confirm", "potvrzovat údaje vlastní organizace"},
};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/register.csv");
}

const Module register_module = {
	.name = "register", .migrations = register_migrations, .migration_count = &register_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	.seed = seed,
};
