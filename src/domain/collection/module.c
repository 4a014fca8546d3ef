/* module.c: what the subject collection brings: forms and what is filled into them. */
#include "core/access.h"
#include "core/codelist.h"
#include "core/task.h"
#include "domain/collection/collection_page.h"
#include "domain/collection/privacy.h"
#include "domain/collection/schema.h"
#include "domain/collection/submission.h"
#include "web/module.h"

extern const Module collection_module;

static const Entity *const  entities[] = {&form_entity, &form_version_entity, &form_field_entity, &submission_entity, &submission_note_entity,
                                            &submission_file_entity, &asked_file_entity};
static const Machine *const machines[] = {&form_version_machine, &submission_machine};

static const Route routes[] = {COLLECTION_ROUTES};

static const MenuItem menu[] = {
	{"Formuláře", "/app/formulare", CAP_COLLECTION_UPDATE, false, 60},
};

static const Setting settings[] = {
	{"collection.decide_days", "O podání se rozhodne do", "Počítá se od podání; po dobu opravy lhůta stojí.", "20", SETTING_INT, 5, 200, .unit = "pracovních dnů", .group = "Podání"},
	{"collection.fix_days", "Vrácené podání se opraví do", "Počítá se od vrácení.", "10", SETTING_INT, 5, 100, .unit = "pracovních dnů"},
};

static const Capability capabilities[] = {
	{CAP_SUBMISSION_EXCEPT, "povolit jednomu podání pozdější lhůtu"},
};

static const Topic topics[] = {
	{"collection", "Podání", "Potvrzení podání, vrácení k opravě, přijetí a odmítnutí.", MAIL_IMMEDIATE},
};

static Err waiting(Ctx *c, WaitingList *list) {
	Submissions late;
	if (!may(c, CAP_SUBMISSION_APPROVE) && !may(c, CAP_SUBMISSION_EXCEPT))
		return OK;
	TRY(submissions_overdue(c, &late));
	if (late.len)
		waiting_add(c, list, (Waiting){.title = S("Neodevzdaná podání po lhůtě"), .why = S("Kdo nestihl odeslat, může dostat pozdější lhůtu s důvodem."), .is_calm = true,
		                               .link = S("/app/vykaz/neodevzdana"), .button = S("Zobrazit"), .count = (i64)late.len});
	return OK;
}

static Err seed(Ctx *c) {
	TRY(codelist_seed(c, "code_lists/collection.csv"));
	return forms_seed(c);
}

const Module collection_module = {
	.name = "collection", .migrations = collection_migrations, .migration_count = &collection_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(machine, machines), MODULE_LIST(route, routes), .menu = menu, .menu_count = LEN(menu), MODULE_LIST(setting, settings), MODULE_LIST(topic, topics),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_ROWS(person_data, collection_person_data),
	.waiting = waiting, .regular = receipts_keep, .seed = seed,
};
