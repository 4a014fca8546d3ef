/* module.c: what the subject register brings. */
#include "core/codelist.h"
#include "domain/register/register_cli.h"
#include "domain/register/register_import.h"
#include "domain/register/schema.h"
#include "web/module.h"

extern const Module register_module;

static const Entity *const entities[] = {&provider_entity, &service_entity, &form_row_entity, &capacity_entity, &facility_entity, &contact_entity};

static const Capability capabilities[] = {
	{CAP_REGISTER_EDIT, "upravovat služby a poskytovatele"},
	{CAP_REGISTER_SUGGEST, "navrhovat změny služeb"},
	{CAP_REGISTER_SECRET, "vidět utajené adresy"},
	{"register.read", "vidět pracovní seznamy služeb"},
	{CAP_REGISTER_IMPORT, "načítat registr poskytovatelů"},
	{"register.own", "vidět služby vlastní organizace"},
	{"register.confirm", "potvrzovat údaje vlastní organizace"},
};

static const Command commands[] = {
	{"import register", "FILE [--accept-all | --preview-only] [--accept-smaller REASON]",
	 "compare the national register's JSON with the store and say what would change; apply it with --accept-all", register_import_command},
	{"generate register", "[S|L|XL] [--seed N] [--edits N] [--services N] [--drop-percent N] [--truncate-at BYTES]",
	 "write a file that looks like the national register, with invented providers", register_generate_command},
};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/register.csv");
}

const Module register_module = {
	.name = "register", .migrations = register_migrations, .migration_count = &register_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(command, commands),
	.seed = seed,
};
