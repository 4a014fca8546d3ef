/* core_module.c: what the mechanisms themselves bring: their tables, the code lists, the settings of the installation, commands. */
#include <stdio.h>

#include "app/app.h"
#include "core/schema.h"
#include "core/deadline_store.h"
#include "core/doc_text.h"
#include "core/keep.h"
#include "core/ledger.h"
#include "core/print.h"
#include "core/shared.h"
#include "core/trail.h"

extern const Module core_module;

static const Setting settings[] = {
	{"region.name", "Název kraje", "Zobrazuje se v záhlaví všech stránek.", "Ukázkový kraj", SETTING_TEXT, 1, 80, .group = "Kraj a kontakty"},
	{"region.code", "Kód kraje (RÚIAN)", "Číslo vyššího územního samosprávného celku; určuje výchozí území stránek.", "78", SETTING_INT, 1, 999},
	{"region.department", "Odpovědný odbor", "Kdo za stránky odpovídá.", "Krajský úřad, odbor sociálních věcí", SETTING_TEXT, 0, 120},
	{"region.phone", "Telefon pro veřejnost", "V patičce každé stránky.", "", SETTING_TEXT, 0, 40},
	{"region.email", "E-mail pro veřejnost", "V patičce každé stránky.", "", SETTING_EMAIL, 0, 120},
	{"trail.head_mail", "Kam posílat podepsané hlavy stopy", "Každou hodinu, kdy se něco změnilo. Adresa mimo tento server, třeba kontrola; prázdné = neposílá se.",
	 "", SETTING_EMAIL, 0, 120},
	{"deadline.reminders", "Připomínky lhůt", "Kdy se připomíná úkol nebo okno kalendáře, které nemá připomínky vlastní. „Vedoucímu“ = dozví se to i vedoucí odboru.",
	 REMINDERS_STANDARD, SETTING_TEXT, 3, 300, .fits = reminder_plan_fits, .group = "Lhůty"},
	{"backup.every_hours", "Záloha nejvýše jednou za", "Když se od poslední zálohy něco změnilo. 0 = samočinně se nezálohuje.", "1", SETTING_INT, 0, 168,
	 .unit = "hodin", .group = "Zálohy", .dangerous = true},
	{"backup.keep_days", "Zálohy se uchovávají", "Starší se mažou; nejnovější zůstává vždy.", "35", SETTING_INT, 2, 3650, .unit = "dnů", .dangerous = true},
	{"backup.rehearse_at", "Zkušební obnova", "V kolik hodin se nejnovější záloha obnoví na zkoušku, má-li server soukromý klíč.", "03:00", SETTING_HOUR},
	{"keep.journal_days", "Deník bezpečnostních událostí", "Neúspěšná přihlášení, odmítnuté přístupy, otevření osobních záznamů.", "548", SETTING_INT, 30, 3650,
	 .unit = "dnů", .group = "Lhůty uchování"},
	{"keep.trail_days", "Jména a adresy ve stopě změn", "Doba platnosti plánu a deset let, neurčí-li skartační řád jinak.", "4748", SETTING_INT, 365, 36500,
	 .unit = "dnů"},
	{"keep.sessions_days", "Skončená přihlášení", "", "90", SETTING_INT, 1, 3650, .unit = "dnů"},
	{"keep.devices_days", "Známá zařízení, která nikdo nepoužil", "", "365", SETTING_INT, 30, 3650, .unit = "dnů"},
	{"keep.jobs_days", "Dokončené úlohy", "", "30", SETTING_INT, 1, 3650, .unit = "dnů"},
	{"keep.imports_days", "Soubory nahrané k importu", "", "7", SETTING_INT, 1, 365, .unit = "dnů"},
	{"keep.prints_days", "Hotová PDF", "Potom se při dalším zájmu vytvoří znovu.", "30", SETTING_INT, 1, 3650, .unit = "dnů"},
	{"print.seconds", "Tisk do PDF smí trvat", "Potom se zastaví a čtenář se to dozví.", "60", SETTING_INT, 5, 900, .unit = "sekund", .group = "Tisk do PDF"},
	{"print.mb", "Tisk do PDF smí zabrat paměti", "", "512", SETTING_INT, 128, 4096, .unit = "MB"},
	{"print.large_seconds", "Tisk velkého dokumentu smí trvat", "Celý plán s přílohami.", "300", SETTING_INT, 5, 900, .unit = "sekund"},
	{"print.large_mb", "Tisk velkého dokumentu smí zabrat paměti", "Celý plán s přílohami.", "1024", SETTING_INT, 128, 4096, .unit = "MB"},
	{"files.text_kb", "Text jednoho dokumentu pro hledání", "Kolik se z PDF nebo DOCX nejvýše přečte.", "2000", SETTING_INT, 10, 8000, .unit = "kB", .group = "Soubory"},
	{"site.demo", "Ukázková data", "Označí každou stránku jako ukázková data. Nastavuje se jen příkazem demo.", "0", SETTING_BOOL, 0, 1, .by_program = true},
};

static const Entity *const entities[] = {&code_item_entity};

static const Capability capabilities[] = {
	{"admin.code_lists", "upravovat číselníky"},
	{"admin.settings", "upravovat nastavení aplikace"},
	{"trail.read", "číst celou stopu změn"},
};

static const Command commands[] = {
	{"verify", "[--heads FILE --key PUBLIC-FILE | --backup FILE --key PRIVATE-FILE]",
	 "recompute the chain of the trail, compare it with its signed heads and check the store; names the first broken record. With a backup: restore it on trial and check that", cli_verify},
	{"backup", "[--to FOLDER] [--key PUBLIC-FILE]", "an encrypted copy of everything, made while the program runs", cli_backup},
	{"backups", "", "backups that this store remembers", cli_backups},
};

static const MailKind mails[] = {
	{"core.trail_head", "Podepsaná hlava stopy", "Dostává adresa z nastavení, aby se dalo doložit, že stopa nebyla přepsána.", NULL, "hlava",
	 "Podepsaná hlava stopy změn", "Uschovejte tento řádek. Dokládá, jak stopa změn v aplikaci {adresa} v tu chvíli končila:\n\n{hlava}\n\n{kraj}, {odbor}\n"},
	{"core.notice", "Upozornění poslané hned", "Dostane ten, kdo si u tématu zvolil zasílání hned.", NULL, "jmeno nadpis text odkaz tema",
	 "{nadpis}", "Dobrý den,\n\n{text}{odkaz}\n\n{kraj}, {odbor}\n"},
	{"core.digest", "Denní souhrn upozornění", "Jednou denně, jen když je co sdělit. Co si člověk už v aplikaci přečetl, se neopakuje.", NULL,
	 "jmeno pocet seznam", "Síťovka: {pocet} upozornění",
	 "Dobrý den,\n\nod minulého souhrnu pro vás máme {pocet} upozornění:\n\n{seznam}\nVšechna najdete v aplikaci: {adresa}/app/upozorneni\n\n{kraj}, {odbor}\n"},
};

static const JobKind jobs[] = {
	{"core.backup", "Záloha", job_backup, .retry = true},
	{"core.rehearse", "Zkušební obnova zálohy", job_rehearse, .retry = true},
	{PRINT_JOB, "Tisk do PDF", job_print, .retry = true},
};

static const Check checks[] = {
	{"ledger.sums", "Knihy míst a peněz souhlasí: každý zápis dává nulu a žádný účet neklesl pod svou mez", SEVERITY_CRITICAL,
	 "Někdo zasáhl do databáze mimo aplikaci. Nechte zápis posoudit vývojářem a případně obnovte zálohu.", ledger_check},
	{"print.tool", "Program pro PDF je na serveru a jde spustit", SEVERITY_WARNING,
	 "Nainstalujte balíčky weasyprint a fonts-liberation, nebo při startu řekněte jiný příkaz volbou --pdf-command. Bez toho nejdou stahovat PDF.", check_print_tool},
	{"files.text", "Program pro text z PDF je na serveru", SEVERITY_WARNING, "Nainstalujte balíček poppler-utils. Bez něj nejde hledat v textu PDF.", check_doc_text},
};

static const Topic topics[] = {
	{"tasks", "Lhůty vašich úkolů", "Připomínky úkolů: týden a dva dny předem, v poslední den a po termínu. Vedoucí odboru i o úkolech lidí z kraje, které čekají dlouho po termínu.", MAIL_DIGEST},
};

/* Reminders since three days ago: what was missed while nothing ran is made up for; what went out is remembered. */
static Err remind(Ctx *c) {
	i64 sent;
	return tasks_remind(c, (Instant){c->now.ms - INT64_C(3) * 24 * 3600 * 1000}, c->now, &sent);
}

static Err seed(Ctx *c) {
	return codelist_seed(c, "code_lists/core.csv");
}

static void forget(Db *db) {
	shared_forget(db);
	journal_forget(db);
}

const Module core_module = {
	.name = "core", .migrations = core_migrations, .migration_count = &core_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(setting, settings), .capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(mail, mails), MODULE_LIST(command, commands), MODULE_LIST(job, jobs), MODULE_LIST(check, checks),
	MODULE_ROWS(retention, core_retention), MODULE_ROWS(person_data, core_person_data),
	MODULE_LIST(topic, topics), .regular = remind, .forget = forget, .seed = seed,
};
