/* modules.c: the subjects of the program, lowest first. The one place that knows them all. */
#include "app/app.h"

extern const Module core_module, people_module, territory_module, register_module, library_module, rulebook_module, collection_module,
                    needs_module, plan_module, network_module, calendar_module, consultation_module, comment_module, messages_module, site_module, admin_module;

const Module *const modules[] = {
	&core_module, &people_module, &territory_module, &register_module, &library_module, &collection_module, &needs_module, &rulebook_module, &plan_module,
	&network_module, &calendar_module, &consultation_module, &comment_module, &messages_module, &site_module, &admin_module,
};
const size_t module_count = LEN(modules);

/* Migrations of all modules in their order; the store's own come first, by itself. */
const Migration *all_migrations(size_t *count) {
	static Migration list[256];
	size_t           n = 0;
	for (size_t i = 0; i < module_count; i++) {
		size_t own = modules[i]->migration_count ? *modules[i]->migration_count : 0;
		CHECK(n + own <= LEN(list));
		for (size_t k = 0; k < own; k++)
			list[n++] = modules[i]->migrations[k];
	}
	*count = n;
	return list;
}
