/* module.c: what the subject register brings. */
#include "core/codelist.h"
#include "domain/register/catalogue.h"
#include "domain/register/catalogue_page.h"
#include "domain/register/edit_routes_page.h"
#include "domain/register/error_report.h"
#include "domain/register/machines.h"
#include "domain/register/overview.h"
#include "domain/register/register_cli.h"
#include "domain/register/register_demo.h"
#include "domain/register/register_import.h"
#include "domain/register/privacy.h"
#include "domain/register/register_import_page.h"
#include "domain/register/register_records.h"
#include "domain/register/schema.h"
#include "web/module.h"

extern const Module register_module;

static const Entity *const entities[] = {&provider_entity, &service_entity, &form_row_entity, &capacity_entity, &facility_entity, &contact_entity,
                                        &error_report_entity, &suggestion_entity};

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
	{"generate register", "S|L|XL [--seed N] [--edits N] [--services N] [--drop-percent N] [--truncate-at BYTES]",
	 "write a file that looks like the national register, with invented providers", register_generate_command},
};

static const Route routes[] = {
	CATALOGUE_ROUTES,
	EDIT_ROUTES,
	REGISTER_IMPORT_ROUTES,
};

static const MenuItem menu[] = {
	{"Katalog služeb", "/katalog", ANYONE, true, 1},
	{"Služby", "/app/sluzby", "register.read", false, 35},
	{"Moje služby", "/app/moje-sluzby", "register.own", false, 35},
	{"Návrhy změn", "/app/moje-sluzby/navrhy", CAP_REGISTER_SUGGEST, false, 36, "/app/moje-sluzby"},
	{"Import registru", "/app/sluzby/import", CAP_REGISTER_IMPORT, false, 38, "/app/sluzby"},
	{"K opravě v registru", "/app/sluzby/opravy", CAP_REGISTER_EDIT, false, 39, "/app/sluzby"},
	{"Hlášení chyb", "/app/hlaseni", CAP_REGISTER_EDIT, false, 40, "/app/sluzby"},
};

static const Setting settings[] = {
	{"register.confirm_months", "Údaje služeb se potvrzují jednou za", "Po této době je služba v seznamu nepotvrzených.", "12", SETTING_INT, 1, 60,
	 .unit = "měsíců", .group = "Služby a poskytovatelé"},
	{"register.suggestion_days", "O návrhu změny se rozhodne do", "Počítá se od podání návrhu; pak je úkol po termínu.", "30", SETTING_INT, 1, 365, .unit = "dnů"},
	{"register.report_days", "Hlášení chyby se vyřídí do", "Počítá se od přijetí, a znovu od převzetí.", "10", SETTING_INT, 1, 250, .unit = "pracovních dnů"},
	{"register.report_reopen_days", "Vyřízené hlášení lze vrátit k řešení", "Potom se uzavře samo.", "30", SETTING_INT, 1, 365, .unit = "dnů"},
};

static Err seed(Ctx *c) {
	TRY(codelist_seed(c, "code_lists/register.csv"));
	for (size_t i = 0; i < LEN(register_machines); i++)
		TRY(workflow_adopt(c, register_machines[i]));
	return OK;
}

const Module register_module = {
	.name = "register", .migrations = register_migrations, .migration_count = &register_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(command, commands),
	MODULE_LIST(route, routes),
	.jobs = register_jobs, .job_count = LEN(register_jobs),
	.settings = settings, .setting_count = LEN(settings),
	.records = register_records, .record_count = LEN(register_records),
	.menu = menu, .menu_count = LEN(menu),
	.machines = register_machines, .machine_count = LEN(register_machines),
	.reactions = register_reactions, .reaction_count = LEN(register_reactions),
	.mails = register_mails, .mail_count = LEN(register_mails), .topics = register_topics, .topic_count = LEN(register_topics),
	MODULE_ROWS(person_data, register_person_data),
	.waiting = register_waiting, .changes = register_changes,
	.find = catalogue_find, .suggest = catalogue_suggest, .addresses = catalogue_addresses,
	.start = catalogue_pages_start, .forget = catalogue_forget, .seed = seed, .demo = register_demo,
};
