/* module.c: what the subject needs brings. */
#include "core/codelist.h"
#include "domain/needs/demo.h"
#include "domain/needs/machines.h"
#include "domain/needs/needs_records.h"
#include "domain/needs/schema.h"
#include "domain/needs/needs_front_page.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/optimal.h"
#include "domain/needs/overview.h"
#include "domain/needs/privacy.h"
#include "domain/needs/snapshot.h"
#include "web/module.h"
#include "web/screen.h"

extern const Module needs_module;

static const Entity *const entities[] = {&need_entity, &offer_entity, &need_link_entity, &unanswered_entity, &optimal_entity};

static const Capability capabilities[] = {
	{CAP_NEEDS_AGREE, "zapisovat projednání potřeby v pracovní skupině"},
	{CAP_NEEDS_OPTIMAL, "zapisovat optimální kapacity"},
	{CAP_NEEDS_SNAPSHOT, "pořizovat a číst snímky potřeb"},
};

/* Lists of the generic screens are not used: a need is chosen by its territory, which a table of fields cannot say. */
static const Route routes[] = {
	{GET, "/potreby", page_public_needs, ANYONE, .cached = true, .formats = true, .parameters = "skupina,mapa", .title = "Potřeby území"},
	{GET, "/potreby/druhy", page_public_kinds, ANYONE, .cached = true, .formats = true, .parameters = "orp,rok", .title = "Optimální kapacity"},
	{GET, "/potreby/bez-odpovedi", page_unanswered, ANYONE, .cached = true, .formats = true, .parameters = "orp,skupina,duvod,stav,strana",
	 .title = "Na co síť neodpoví"},
	{GET, "/app/potreby", page_needs, CAP_NEED_READ, .entity = &need_entity, .formats = true, .title = "Potřeby území"},
	{GET, "/app/potreby/nova", page_need_new, CAP_NEED_CREATE},
	{POST, "/app/potreby/nova", post_need_new, CAP_NEED_CREATE},
	{GET, "/app/potreby/import", screen_import, CAP_NEED_CREATE, .entity = &need_entity},
	{POST, "/app/potreby/import", screen_import_upload, CAP_NEED_CREATE, .entity = &need_entity, .uploads = true, .body_limit = 10 << 20, .seconds = 60,
	 .fields = ""},
	{GET, "/app/potreby/import/{id}", screen_import_preview, CAP_NEED_CREATE, .entity = &need_entity},
	{GET, "/app/potreby/import/{id}/chyby", screen_import_annotated, CAP_NEED_CREATE, .entity = &need_entity, .lane = LANE_EXPORT},
	{POST, "/app/potreby/import/{id}", screen_import_apply, CAP_NEED_CREATE, .entity = &need_entity, .seconds = 60, .fields = "valid_from"},
	{GET, "/app/potreby/poradi", page_rank, CAP_NEED_READ, .parameters = "obvod", .title = "Pořadí potřeb"},
	{POST, "/app/potreby/poradi", post_rank, CAP_NEED_APPROVE},
	{GET, "/app/potreby/optimalni", page_optimal, CAP_NEED_READ, .parameters = "rok", .title = "Optimální kapacity"},
	{POST, "/app/potreby/optimalni", post_optimal, CAP_NEEDS_OPTIMAL, .fields = "rok,source,resolution,videno,k-*", .field_limit = 1000},
	{GET, "/app/potreby/snimky", page_snapshots, CAP_NEEDS_SNAPSHOT, .parameters = "", .title = "Snímky potřeb"},
	{POST, "/app/potreby/snimky", post_snapshot, CAP_NEEDS_SNAPSHOT, .fields = "title"},
	{GET, "/app/potreby/snimky/porovnani", page_snapshots_compare, CAP_NEEDS_SNAPSHOT, .parameters = "drive,pozdeji"},
	{GET, "/app/potreby/snimky/{id}", page_snapshot, CAP_NEEDS_SNAPSHOT, .formats = true, .parameters = ""},
	ENTITY_SCREENS("/app/optimalni-kapacity", &optimal_entity, CAP_NEED_READ, CAP_NEEDS_OPTIMAL, NULL),
	{GET, "/app/potreby/{id}", page_need, CAP_NEED_READ},
	{POST, "/app/potreby/{id}/krok", post_need_step, CAP_NEED_READ},
	{GET, "/app/potreby/{id}/upravit", page_need_edit, CAP_NEED_CREATE},
	{POST, "/app/potreby/{id}/upravit", post_need_edit, CAP_NEED_CREATE},
	{GET, "/app/potreby/{id}/historie", page_need_history, CAP_NEED_READ, .parameters = "pred"},
	{GET, "/app/potreby/{id}/odpoved", page_need_answer, CAP_NEED_APPROVE},
	{POST, "/app/potreby/{id}/odpoved", post_need_answer, CAP_NEED_APPROVE},
	{GET, "/app/potreby/{id}/nabidka", page_offer_new, CAP_NEED_CREATE},
	{POST, "/app/potreby/{id}/nabidka", post_offer_new, CAP_NEED_CREATE},
	{POST, "/app/potreby/{id}/nabidky/{offer}/stahnout", post_offer_withdraw, CAP_NEED_CREATE},
	{POST, "/app/potreby/{id}/vazby", post_link_add, CAP_NEED_APPROVE},
	{POST, "/app/potreby/{id}/vazby/{link}/zrusit", post_link_remove, CAP_NEED_APPROVE},
};

static const MenuItem menu[] = {
	{"Potřeby", "/potreby", ANYONE, true, 12},
	{"Potřeby", "/app/potreby", CAP_NEED_READ, false, 30},
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
	MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu),
	.settings = settings, .setting_count = LEN(settings),
	.machines = needs_machines, .machine_count = LEN(needs_machines),
	MODULE_LIST(topic, needs_topics), MODULE_ROWS(person_data, needs_person_data),
	.records = needs_records, .record_count = LEN(needs_records),
	MODULE_LIST(job, needs_jobs), MODULE_LIST(check, needs_checks),
	.waiting = needs_waiting, .changes = needs_changes, .regular = needs_regular, .find = needs_find,
	.seed = seed, .demo = needs_demo,
};
