/* module.c: what the library brings: documents, resolutions, pages. */
#include "domain/library/inside.h"
#include "domain/library/resolution.h"
#include "domain/library/schema.h"
#include "web/module.h"

extern const Module library_module;

static const Entity *const  entities[] = {&document_entity, &document_version_entity, &resolution_entity};
static const Machine *const machines[] = {&document_version_machine};

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/library.csv");
}

const Module library_module = {
	.name = "library", .migrations = library_migrations, .migration_count = &library_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(machine, machines),
	.seed = seed,
};
