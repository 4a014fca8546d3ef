/* core_module.c: what the mechanisms themselves bring: their tables, the code lists, the settings of the installation, `sitovka verify`. */
#include <stdio.h>
#include <time.h>

#include "app/app.h"
#include "core/schema.h"
#include "core/trail.h"

extern const Module core_module;

static const Setting settings[] = {
	{"region.name", "Název kraje", "Zobrazuje se v záhlaví všech stránek.", "Ukázkový kraj", SETTING_TEXT, 1, 80, .group = "Kraj a kontakty"},
	{"region.code", "Kód kraje (RÚIAN)", "Číslo vyššího územního samosprávného celku; určuje výchozí území stránek.", "78", SETTING_INT, 1, 999},
	{"region.department", "Odpovědný odbor", "Kdo za stránky odpovídá.", "Krajský úřad, odbor sociálních věcí", SETTING_TEXT, 0, 120},
	{"region.phone", "Telefon pro veřejnost", "V patičce každé stránky.", "", SETTING_TEXT, 0, 40},
	{"region.email", "E-mail pro veřejnost", "V patičce každé stránky.", "", SETTING_EMAIL, 0, 120},
	{"site.announcement", "Upozornění na všech stránkách", "Prázdné = nic se nezobrazí.", "", SETTING_TEXT, 0, 300, .group = "Veřejné stránky"},
	{"backup.every_hours", "Záloha nejvýše jednou za", "Když se od poslední zálohy něco změnilo. 0 = samočinně se nezálohuje.", "1", SETTING_INT, 0, 168,
	 .unit = "hodin", .group = "Zálohy", .dangerous = true},
	{"backup.keep_days", "Zálohy se uchovávají", "Starší se mažou; nejnovější zůstává vždy.", "35", SETTING_INT, 2, 3650, .unit = "dnů", .dangerous = true},
	{"backup.rehearse_at", "Zkušební obnova", "V kolik hodin se nejnovější záloha obnoví na zkoušku, má-li server soukromý klíč.", "03:00", SETTING_HOUR},
	{"site.demo", "Ukázková data", "Označí každou stránku jako ukázková data. Nastavuje se jen příkazem demo.", "0", SETTING_BOOL, 0, 1, .by_program = true},
};

static const Entity *const entities[] = {&code_item_entity};

static i64 milliseconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int verify_trail(Ctx *c) {
	TrailVerdict v;
	Str          report = {0};
	i64          start = milliseconds();
	Err          e = trail_verify(c, &v);
	i64          took = milliseconds() - start;
	if (e != OK)
		return app_say(c, e);
	if (v.broken_seq) {
		printf("Záznam č. %lld je porušený: %.*s\n", (long long)v.broken_seq, STR_ARG(v.why));
		return 1;
	}
	if (db_check_integrity(c->arena, c->db, &report) != OK || report.len) {
		printf("Soubor databáze je poškozený: %.*s\n", STR_ARG(report));
		return 1;
	}
	char iso[INSTANT_ISO_LEN];
	e = fact_put(c, "trail.verified", instant_iso(c->now, iso));
	if (e == OK)
		e = fact_put(c, "store.checked", instant_iso(c->now, iso));
	if (e != OK)
		return app_say(c, e);
	printf("Stopa je v pořádku: %lld záznamů (za %lld ms), poslední otisk %.*s\n", (long long)v.records, (long long)took, STR_ARG(v.head));
	return 0;
}

static int verify(Ctx *c, int argc, char **argv) {
	Str file = {0}, key = {0};
	for (int i = 0; i + 1 < argc; i += 2)
		*(strcmp(argv[i], "--backup") == 0 ? &file : &key) = str_c(argv[i + 1]);
	bool known = argc == 0 || (argc % 2 == 0 && argc <= 4 && file.len);
	for (int i = 0; i < argc; i += 2)
		known = known && (strcmp(argv[i], "--backup") == 0 || strcmp(argv[i], "--key") == 0);
	if (!known) {
		fprintf(stderr, "verify [--backup FILE --key PRIVATE-FILE]\n");
		return 2;
	}
	return file.len ? cli_verify_backup(c, file, key) : verify_trail(c);
}

static const Capability capabilities[] = {
	{"admin.code_lists", "upravovat číselníky"},
	{"admin.settings", "upravovat nastavení aplikace"},
	{"trail.read", "číst celou stopu změn"},
};

static const Command commands[] = {
	{"verify", "[--backup FILE --key PRIVATE-FILE]",
	 "recompute the chain of the trail and check the store; names the first broken record. With a backup: restore it on trial and check that", verify},
	{"backup", "[--to FOLDER] [--key PUBLIC-FILE]", "an encrypted copy of everything, made while the program runs", cli_backup},
	{"backups", "", "backups that this store remembers", cli_backups},
};

static const MailKind mails[] = {
	{"core.notice", "Upozornění poslané hned", "Dostane ten, kdo si u tématu zvolil zasílání hned.", NULL, "jmeno nadpis text odkaz tema",
	 "{nadpis}", "Dobrý den,\n\n{text}{odkaz}\n\n{kraj}, {odbor}\n"},
	{"core.digest", "Denní souhrn upozornění", "Jednou denně, jen když je co sdělit. Co si člověk už v aplikaci přečetl, se neopakuje.", NULL,
	 "jmeno pocet seznam", "Síťovka: {pocet} upozornění",
	 "Dobrý den,\n\nod minulého souhrnu pro vás přibylo {pocet} upozornění:\n\n{seznam}\nVšechna najdete v aplikaci: {adresa}/app/upozorneni\n\n{kraj}, {odbor}\n"},
};

static const JobKind jobs[] = {
	{"core.backup", "Záloha", job_backup, .retry = true},
	{"core.rehearse", "Zkušební obnova zálohy", job_rehearse, .retry = true},
};

static void forget(Db *db) {
	codelist_forget(db);
	journal_forget(db);
}

const Module core_module = {
	.name = "core", .migrations = core_migrations, .migration_count = &core_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(setting, settings), .capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(mail, mails), MODULE_LIST(command, commands), MODULE_LIST(job, jobs),
	.forget = forget,
};
