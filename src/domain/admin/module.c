/* module.c: what the subject admin brings: settings, code lists, accounts, the trail, jobs. */
#include "domain/admin/admin_page.h"
#include "domain/admin/checks.h"
#include "domain/admin/doctor_cli.h"
#include "domain/admin/night.h"
#include "domain/admin/schema.h"
#include "domain/admin/settings_cli.h"
#include "domain/people/people.h"
#include "web/module.h"
#include "web/screen.h"

extern const Module admin_module;

static const Route routes[] = {
	{GET, "/app/sprava", page_admin, "admin.open"},
	{GET, "/app/sprava/nastaveni", page_settings, "admin.settings"},
	{POST, "/app/sprava/nastaveni", post_settings, "admin.settings"},
	{GET, "/app/sprava/nastaveni/historie", page_settings_history, "admin.settings"},
	{POST, "/app/sprava/nastaveni/vychozi", post_setting_reset, "admin.settings", .fields = "klic"},
	{POST, "/app/sprava/nastaveni/bezpecnost", post_settings_dangerous, "admin.settings", .dangerous = true},
	{POST, "/app/sprava/nastaveni/bezpecnost/vychozi", post_setting_reset_dangerous, "admin.settings", .dangerous = true, .fields = "klic"},
	{GET, "/app/sprava/nastaveni/{skupina}", page_settings_group, "admin.settings"},
	{GET, "/app/sprava/seznamy", page_code_lists, "admin.code_lists"},
	{GET, "/app/sprava/seznamy/{list}", page_code_list, "admin.code_lists", .parameters = "vse"},
	{POST, "/app/sprava/seznamy/{list}", post_code_new, "admin.code_lists", .fields = "code,name,position,valid_from"},
	{GET, "/app/sprava/seznamy/{list}/{id}/ukoncit", page_code_end, "admin.code_lists"},
	{POST, "/app/sprava/seznamy/{list}/{id}/ukoncit", post_code_end, "admin.code_lists", .fields = "last_day,successor,anyway"},
	{GET, "/app/sprava/kontrola", page_doctor, "admin.health", .lane = LANE_WORK, .seconds = 30},
	{GET, "/app/sprava/zalohy", page_backups, "admin.health"},
	{POST, "/app/sprava/zalohy", post_backup, "admin.settings", .fields = ""},
	{GET, "/app/sprava/lhuty", page_retention, "admin.health", .lane = LANE_WORK},
	{POST, "/app/sprava/lhuty", post_retention, "admin.settings", .fields = ""},
	{GET, "/app/sprava/stopa", page_trail, "trail.read", .formats = true,
	 .parameters = "kdo,ucet,co,cislo,akce,od,do,pred"},
	{GET, "/app/sprava/nahlizeni", page_view_log, "trail.read", .formats = true, .parameters = "ucet,cislo,od,do,pred"},
	{GET, "/app/ucet/nahlizeni", page_own_views, SIGNED_IN, .parameters = "pred"},
	{GET, "/metriky", page_metrics, ANYONE, .lane = LANE_WORK},
	{GET, "/app/ucet/udaje", page_own_data, SIGNED_IN, .formats = true, .only_json = true},
	{GET, "/app/sprava/osoba/{ucet}", page_person, "admin.privacy", .formats = true, .only_json = true},
	{POST, "/app/sprava/osoba/{ucet}/omezit", post_person_restrict, "admin.privacy", .dangerous = true, .fields = ""},
	{POST, "/app/sprava/osoba/{ucet}/uvolnit", post_person_release, "admin.privacy", .fields = ""},
	{POST, "/app/sprava/osoba/{ucet}/vymazat", post_person_erase, "admin.privacy", .dangerous = true, .fields = "stopa"},
	{GET, "/app/proc", page_why, SIGNED_IN, .parameters = "adresa,opravneni,ucet"},
	{GET, "/app/ulohy", page_jobs, SIGNED_IN},
	{GET, "/app/ulohy/{id}", page_job, SIGNED_IN, .formats = true, .only_json = true},
	{POST, "/app/ulohy/{id}/zrusit", post_job_cancel, SIGNED_IN, .fields = ""},
	{POST, "/app/ulohy/{id}/znovu", post_job_again, SIGNED_IN, .fields = ""},
	ENTITY_SCREENS("/app/sprava/ciselniky", &code_item_entity, "admin.code_lists", "admin.code_lists", NULL),
};

static const MenuItem menu[] = {
	{"Správa", "/app/sprava", "admin.open", false, 90},
};

static const Command commands[] = {
	{"doctor", "[--json]", "ask every check; exit status 0 = well, 1 = a warning, 2 = something critical", cli_doctor, .as_is = true},
	{"retention", "[--dry-run]", "remove what is kept no longer than its term, or list what would go",
	 cli_retention},
	{"reorder", "", "make the stored keys of Czech order anew, after another version of ICU", cli_reorder},
	{"config list", "", "every setting with its value; * = differs from the standard", cli_config_list},
	{"config get", "KEY", "the value of a setting", cli_config_get},
	{"config set", "KEY VALUE", "change a setting, within its bounds", cli_config_set},
	{"config reset", "KEY", "back to the standard value", cli_config_reset},
};

static const Capability capabilities[] = {
	{"admin.privacy", "vyřizovat žádosti lidí o jejich osobní údaje"},
	{"admin.health", "vidět kontrolu aplikace, zálohy a lhůty uchování"},
};

static const JobKind jobs[] = {
	{"admin.night", "Noční úklid a kontrola", job_night, .retry = true},
};

const Module admin_module = {
	.name = "admin", .migrations = admin_migrations, .migration_count = &admin_migrations_count,
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	.checks = admin_checks, .check_count = LEN(admin_checks),
	MODULE_LIST(job, jobs),
	.start = night_start,
	MODULE_LIST(route, routes),
	MODULE_LIST(command, commands),
	.menu = menu, .menu_count = LEN(menu),
};
