/* core_module.c: what the mechanisms themselves bring: their tables, the code lists, the settings of the installation, `sitovka verify`. */
#include <stdio.h>

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
	{"site.demo", "Ukázková data", "Označí každou stránku jako ukázková data. Nastavuje se jen příkazem demo.", "0", SETTING_BOOL, 0, 1, .by_program = true},
};

static const Entity *const entities[] = {&code_item_entity};

static int verify(Ctx *c, int argc, char **argv) {
	(void)argv;
	if (argc > 0) {
		fprintf(stderr, "verify takes no arguments.\n");
		return 2;
	}
	TrailVerdict v;
	Str          report = {0};
	Err          e = trail_verify(c, &v);
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
	printf("Stopa je v pořádku: %lld záznamů, poslední otisk %.*s\n", (long long)v.records, STR_ARG(v.head));
	return 0;
}

static const Capability capabilities[] = {
	{"admin.code_lists", "upravovat číselníky"},
	{"admin.settings", "upravovat nastavení aplikace"},
	{"trail.read", "číst celou stopu změn"},
};

static const Command commands[] = {
	{"verify", "", "recompute the chain of the trail and check the store; names the first broken record", verify},
};

static const MailKind mails[] = {
	{"core.notice", "Upozornění poslané hned", "Dostane ten, kdo si u tématu zvolil zasílání hned.", NULL, "jmeno nadpis text odkaz tema",
	 "{nadpis}", "Dobrý den,\n\n{text}{odkaz}\n\n{kraj}, {odbor}\n"},
	{"core.digest", "Denní souhrn upozornění", "Jednou denně, jen když je co sdělit. Co si člověk už v aplikaci přečetl, se neopakuje.", NULL,
	 "jmeno pocet seznam", "Síťovka: {pocet} upozornění",
	 "Dobrý den,\n\nod minulého souhrnu pro vás přibylo {pocet} upozornění:\n\n{seznam}\nVšechna najdete v aplikaci: {adresa}/app/upozorneni\n\n{kraj}, {odbor}\n"},
};

static void forget(Db *db) {
	codelist_forget(db);
	journal_forget(db);
}

const Module core_module = {
	.name = "core", .migrations = core_migrations, .migration_count = &core_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(setting, settings), .capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(mail, mails), MODULE_LIST(command, commands),
	.forget = forget,
};
