/* module.c: what the subject network brings. Each room has its rows in a header of its own. */
#include "core/codelist.h"
#include "domain/network/call_page.h"
#include "domain/network/demo.h"
#include "domain/network/decision_page.h"
#include "domain/network/draft_page.h"
#include "domain/network/inside.h"
#include "domain/network/letters.h"
#include "domain/network/line_index.h"
#include "domain/network/mandate_demo.h"
#include "domain/network/mandate_rows_page.h"
#include "domain/network/means.h"
#include "domain/network/network_page.h"
#include "domain/network/privacy.h"
#include "domain/network/reservation_page.h"
#include "domain/network/score_demo.h"
#include "domain/network/review_page.h"
#include "domain/network/schema.h"
#include "domain/network/sit_front_page.h"
#include "domain/network/sit_page.h"
#include "domain/network/start.h"
#include "web/module.h"
#include "web/screen.h"

extern const Module network_module;

static const Entity *const  entities[] = {&network_entity, &network_version_entity, &line_entity, &network_exclusion_entity, &network_means_entity,
                                            MANDATE_ENTITIES, DRAFT_ENTITIES,
                                            &reservation_entity, REVIEW_ENTITIES, &line_decision_entity, CALL_ENTITIES};
static const Machine *const machines[] = {&network_version_machine, MANDATE_MACHINES, &draft_proposal_machine, &reservation_machine, REVIEW_MACHINES,
                                            &line_decision_machine, CALL_MACHINES};
static const Reaction       reactions[] = {DRAFT_REACTIONS, APPLICATION_REACTIONS};

static const Route routes[] = {
	SIT_ROUTES,
	NETWORK_OFFICE_ROUTES,
	ENTITY_SCREENS("/app/sit/site", &network_entity, CAP_NETWORK_READ, CAP_NETWORK_APPROVE, NULL),
	ENTITY_SCREENS("/app/sit/penize", &network_means_entity, CAP_MEANS_READ, CAP_MEANS_UPDATE, NULL),
	ENTITY_SCREENS("/app/sit/nezarazene", &network_exclusion_entity, CAP_NETWORK_READ, CAP_NETWORK_UPDATE, NULL),
	ENTITY_SCREENS_LASTING("/app/sit/radky", &line_entity, CAP_NETWORK_READ, CAP_NETWORK_UPDATE, "forms,target_groups", false),
	MANDATE_ROUTES,
	DRAFT_ROUTES,
	RESERVATION_ROUTES,
	REVIEW_ROUTES,
	DECISION_ROUTES,
	CALL_ROUTES,
};

static const MenuItem menu[] = {
	{"Základní síť", "/sit", ANYONE, true, 10},
	{"Síť", "/app/sit", CAP_NETWORK_READ, false, 41, .also = "/app/prehodnoceni"},
	MANDATE_MENU,
	DRAFT_MENU,
	CALL_MENU,
};

static const Setting settings[] = {MANDATE_SETTINGS, REVIEW_SETTINGS, CALL_SETTINGS};
static const RecordKind records[] = {CALL_RECORDS};
static const JobKind jobs[] = {MANDATE_JOBS, RESERVATION_JOBS};
static const Check   checks[] = {MANDATE_CHECKS, RESERVATION_CHECKS};

static const Topic topics[] = {
	{"network", "Síť služeb", "Nová verze sítě, její schválení a účinnost.", MAIL_DIGEST},
};

static Err find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	TRY(network_find(c, query, limit, list));
	return mandates_find_lines(c, query, limit, list);
}

static Err waiting(Ctx *c, WaitingList *list) {
	TRY(network_waiting(c, list));
	TRY(mandates_waiting(c, list));
	return reviews_waiting(c, list);
}

static Err regular(Ctx *c) {
	TRY(lines_expire(c));                        /* before mandates: they end with their lines */
	TRY(decisions_watch_register(c));
	return mandates_regular(c);
}

static Err seed(Ctx *c) {
	TRY(codelist_seed(c, "code_lists/network.csv"));
	TRY(network_seed(c));
	return mandates_seed(c);
}

static Err demo(Ctx *c, DemoSize size) {
	TRY(network_demo(c, size));
	TRY(mandates_demo(c, size));
	TRY(reservations_demo(c));
	TRY(draft_demo(c));
	TRY(reviews_demo(c));
	TRY(decisions_demo(c));
	TRY(means_demo(c));
	TRY(call_demo(c, size));
	TRY(draft_applications_demo(c));
	return score_demo(c);
}

const Module network_module = {
	.name = "network", .migrations = network_migrations, .migration_count = &network_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(machine, machines), MODULE_LIST(reaction, reactions), MODULE_LIST(guard, draft_guards), MODULE_LIST(topic, topics),
	MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu),
	MODULE_LIST(setting, settings), MODULE_LIST(job, jobs), MODULE_LIST(check, checks), MODULE_LIST(mail, network_mails),
	.waiting = waiting, .regular = regular, .find = find,
	.figures = network_figures, .latest = network_latest, .addresses = network_addresses, .start = network_start, .forget = line_index_forget,
	MODULE_LIST(record, records),
	MODULE_ROWS(person_data, network_person_data),
	MODULE_LIST(rule_case, network_cases), .happening = calls_happening, .events = calls_events,
	.seed = seed, .demo = demo,
};
