/* module.c: what the subject territory brings. */
#include "core/codelist.h"
#include "domain/territory/territory_front_page.h"
#include "domain/territory/command.h"
#include "domain/territory/demo.h"
#include "domain/territory/schema.h"
#include "domain/territory/territory_page.h"
#include "web/module.h"
#include "web/screen.h"

extern const Module territory_module;

static const Entity *const entities[] = {&territory_entity, &membership_entity, &population_entity};

static const Capability capabilities[] = {
	{"territory.edit", "upravovat území a počty obyvatel"},
};

static const Route routes[] = {
	{GET, "/uzemi", page_territory, ANYONE, .cached = true, .formats = true, .parameters = TERRITORY_PARAMETERS, .title = "Území kraje"},
	{GET, "/uzemi/obce", page_municipalities, ANYONE, .cached = true, .formats = true, .parameters = MUNICIPALITIES_PARAMETERS, .title = "Seznam obcí"},
	{GET, "/uzemi/obec/{obec}", page_municipality, ANYONE, .cached = true, .formats = true, .parameters = "", .title = "Obec"},
	{GET, "/uzemi/{orp}", page_district, ANYONE, .cached = true, .formats = true, .parameters = "", .title = "Správní obvod ORP"},
	ENTITY_SCREENS("/app/sprava/uzemi", &territory_entity, "territory.edit", "territory.edit", NULL),
	ENTITY_SCREENS("/app/sprava/prislusnost", &membership_entity, "territory.edit", "territory.edit", NULL),
	ENTITY_SCREENS("/app/sprava/obyvatelstvo", &population_entity, "territory.edit", "territory.edit", NULL),
};

static const MenuItem menu[] = {
	{"Území", "/uzemi", ANYONE, true, 30},
	{"Území", "/app/sprava/uzemi", "territory.edit", false, 70},
};

static const Command commands[] = {
	{"import territory", "FILE…|--builtin [--region CODE|--all]", "load regions, counties, districts, municipalities, population and boundaries",
	 territory_import_command},
};

static Err start(Ctx *c) {
	(void)c;
	territory_tell_access();
	return OK;
}

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/territory.csv");
}

const Module territory_module = {
	.name = "territory", .migrations = territory_migrations, .migration_count = &territory_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(route, routes),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(command, commands),
	.menu = menu, .menu_count = LEN(menu),
	.find = territory_find, .addresses = territory_addresses,
	.forget = territory_shapes_forget, .start = start, .seed = seed, .demo = territory_demo,
};
