/* module.c: what the rule book brings: rule sets of the region. The language itself is core/rules.h. */
#include "core/codelist.h"
#include "domain/rulebook/calculation_page.h"
#include "domain/rulebook/demo.h"
#include "domain/rulebook/reference_case.h"
#include "domain/rulebook/rehearsal_page.h"
#include "domain/rulebook/rule_sheet_page.h"
#include "domain/rulebook/rulebook_page.h"
#include "domain/rulebook/schema.h"
#include "web/module.h"
#include "web/screen.h"

extern const Module rulebook_module;

static const Entity *const  entities[] = {&rule_version_entity, &reference_value_entity};
static const Machine *const machines[] = {&rule_set_machine};

static const Route routes[] = {
	{GET, "/pravidla", page_rules_public, ANYONE, .parameters = "", .title = "Pravidla výpočtů"},
	{GET, "/pravidla/{id}", page_rule_set_public, ANYONE, .parameters = ""},
	{GET, "/app/pravidla", page_rules, CAP_RULES_READ, .parameters = "", .title = "Sady pravidel"},
	ENTITY_SCREENS("/app/pravidla/hodnoty", &reference_value_entity, CAP_RULES_READ, CAP_RULES_UPDATE, NULL),
	{GET, "/app/pravidla/{id}", page_rule_set, CAP_RULES_READ, .parameters = ""},
	{POST, "/app/pravidla/{id}", post_rule_set, CAP_RULES_READ},
	{GET, "/app/pravidla/{id}/upravit", page_rule_set_edit, CAP_RULES_UPDATE, .parameters = "ulozeno"},
	{POST, "/app/pravidla/{id}/upravit", post_rule_set_edit, CAP_RULES_UPDATE, .fields = "title,valid_from,note,source,find,record", .body_limit = 1 << 20},
	{POST, "/app/pravidla/{id}/kopie", post_rule_set_copy, CAP_RULES_CREATE, .fields = ""},
	{GET, "/app/pravidla/{id}/historie", screen_history, CAP_RULES_UPDATE, .entity = &rule_version_entity},
	{GET, "/app/pravidla/{id}/parametry", page_rule_sheet, CAP_RULES_READ, .formats = true, .parameters = ""},
	{POST, "/app/pravidla/{id}/parametry", post_rule_sheet, CAP_RULES_UPDATE, .uploads = true, .body_limit = 10 << 20, .seconds = 60, .fields = "soubor"},
	{GET, "/app/pravidla/{id}/prehrani", page_rehearsals, CAP_RULES_READ, .parameters = ""},
	{POST, "/app/pravidla/{id}/prehrani", post_rehearsal, CAP_RULES_UPDATE, .fields = "kind,year_from,year_to,against"},
	{GET, "/app/pravidla/{id}/prehrani/{prehrani}", page_rehearsal, CAP_RULES_READ, .formats = true, .parameters = ""},
	{GET, "/app/pravidla/{id}/zaznam", page_rule_set_record, CAP_RULES_READ, .parameters = "hledat,zaznam"},
	{POST, "/app/pravidla/{id}/zaznam", post_rule_set_record, CAP_RULES_UPDATE, .fields = "zaznam,rule"},
	{GET, "/app/pravidla/{id}/zkouska", page_rule_set_try, CAP_RULES_READ, .parameters = ""},
	{POST, "/app/pravidla/{id}/zkouska", post_rule_set_try, CAP_RULES_READ, .fields = "cells,rule,day,against", .body_limit = 256 << 10},
	{GET, "/app/vypocty/{id}", page_calculation, CAP_RULES_READ, .parameters = ""},
	{GET, "/app/vypocty/{id}/pdf", page_calculation_pdf, CAP_RULES_READ, .lane = LANE_EXPORT, .seconds = 60, .parameters = "priprava"},
	{POST, "/app/vypocty/{id}/pdf", page_calculation_pdf, CAP_RULES_READ, .fields = ""},
};

static const MenuItem menu[] = {
	{"Pravidla", "/app/pravidla", CAP_RULES_UPDATE, false, 61},
};

static const Topic topics[] = {
	{"rules", "Pravidla výpočtů", "Sada pravidel, kterou jste připravili, je schválená nebo vrácená.", MAIL_DIGEST},
};

static const JobKind jobs[] = {
	{REHEARSAL_JOB, "Přehrání pravidel na minulých letech", job_rehearsal, .retry = true},
	{CALCULATION_PDF_JOB, "PDF výpočtu", job_calculation_pdf, .retry = true},
};

static const Check checks[] = {
	{"rulebook.calculations", "Uložené výpočty vycházejí ze svých hodnot a pravidel znovu stejně", SEVERITY_CRITICAL,
	 "Někdo zasáhl do databáze mimo aplikaci, nebo se změnil program. Nechte výpočet posoudit vývojářem a případně obnovte zálohu.", check_calculations},
};

static Err addresses(Ctx *c, SiteAddresses *list) {
	RuleVersions all;
	TRY(rule_versions(c, true, &all));
	for (size_t i = 0; i < all.len; i++)
		address_add(c, list, (SiteAddress){S("Pravidla výpočtů"), all.at[i]->title, str_format(c->arena, "/pravidla/%lld", (long long)all.at[i]->head.id)});
	return OK;
}

static Err seed(Ctx *c) {
	TRY(codelist_seed(c, "code_lists/rulebook.csv"));
	TRY(rulebook_seed(c));
	return reference_values_seed(c);
}

const Module rulebook_module = {
	.name = "rulebook", .migrations = rulebook_migrations, .migration_count = &rulebook_migrations_count,
	.entities = entities, .entity_count = LEN(entities), MODULE_LIST(machine, machines), MODULE_LIST(route, routes), MODULE_LIST(topic, topics),
	.menu = menu, .menu_count = LEN(menu), MODULE_LIST(job, jobs), MODULE_LIST(check, checks), MODULE_LIST(rule_case, rulebook_cases),
	.addresses = addresses, .seed = seed, .demo = rulebook_demo,
};
