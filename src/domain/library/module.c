/* module.c: what the library brings: documents, resolutions, pages. */
#include "domain/library/checks.h"
#include "domain/library/document_demo.h"
#include "domain/library/document_routes_page.h"
#include "domain/library/document_rows_page.h"
#include "domain/library/feedback_page.h"
#include "domain/library/file_text.h"
#include "domain/library/front_page.h"
#include "domain/library/news_page.h"
#include "domain/library/pages_page.h"
#include "domain/library/pages_rows.h"
#include "domain/library/project_page.h"
#include "domain/library/resolution_page.h"
#include "domain/library/schema.h"
#include "domain/library/upload.h"
#include "web/module.h"

extern const Module library_module;

static const Entity *const  entities[] = {&document_entity, &document_version_entity, &resolution_entity, PAGES_ENTITIES, NEWS_ENTITIES,
                                           &feedback_entity, &project_entity, &project_source_entity};
static const Machine *const machines[] = {&document_version_machine, &feedback_machine};

static const Route routes[] = {
	DOCUMENT_ROUTES,
	RESOLUTION_ROUTES,
	PAGES_ROUTES,
	NEWS_ROUTES,
	FEEDBACK_ROUTES,
	PROJECT_ROUTES,
};

static const Capability capabilities[] = {
	PAGES_CAPABILITIES,
	FEEDBACK_CAPABILITIES,
};

static const MenuItem menu[] = {
	{"Dokumenty", "/dokumenty", ANYONE, true, 40},
	{"Dokumenty", "/app/dokumenty", CAP_DOCUMENT_READ, false, 45},
	PAGES_MENU,
	NEWS_MENU,
};

static const Setting settings[] = {
	UPLOAD_SETTINGS,
	FEEDBACK_SETTINGS,
};

static const PersonData person_data[] = {
	DOCUMENT_PERSON_DATA,
	PAGES_PERSON_DATA,
	NEWS_PERSON_DATA,
};

static const Reaction reactions[] = {
	DOCUMENT_REACTIONS,
	FEEDBACK_REACTIONS,
};

static const JobKind jobs[] = {
	FILE_TEXT_JOBS,
};

static const RecordKind records[] = {
	DOCUMENT_RECORDS,
};

/* Steps that a body decided lead to its resolution. */
static Err start(Ctx *c) {
	(void)c;
	work_set_resolutions(&work_resolutions);
	return OK;
}

static Err seed(Ctx *c) {
	TRY(codelist_seed(c, "code_lists/library.csv"));
	return pages_seed(c);
}

/* Texts whose day has come are found from now on; words of files that were not read are asked for again. */
static Err regular(Ctx *c) {
	TRY(file_text_regular(c));
	TRY(pages_index(c));
	return news_index(c);
}

static Err latest(Ctx *c, i64 limit, FrontLines *list) {
	TRY(documents_latest(c, (limit + 1) / 2, list));             /* a day on which many come out leaves room for news */
	return news_latest(c, limit, list);
}

static Err find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	TRY(documents_find(c, query, limit, list));
	return content_find(c, query, limit, list);
}

static Err addresses(Ctx *c, SiteAddresses *list) {
	TRY(documents_addresses(c, list));
	return content_addresses(c, list);
}

static Err demo(Ctx *c, DemoSize size) {
	TRY(documents_demo(c, size));
	TRY(projects_demo(c));
	return news_demo(c);
}

const Module library_module = {
	.name = "library", .migrations = library_migrations, .migration_count = &library_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu), MODULE_LIST(setting, settings),
	MODULE_LIST(machine, machines), MODULE_LIST(mail, feedback_mails), MODULE_LIST(topic, feedback_topics), MODULE_LIST(reaction, reactions),
	MODULE_LIST(job, jobs), MODULE_LIST(record, records), MODULE_LIST(check, library_checks),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_ROWS(person_data, person_data),
	.waiting = pages_waiting, .regular = regular, .seed = seed, .start = start, .demo = demo,
	.announce = news_announce, .happening = news_happening, .latest = latest, .find = find, .addresses = addresses,
};
