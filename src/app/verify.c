/* verify.c: `sitovka verify`: does the trail hold, do its signed heads agree with it, do the books of the ledger sum up, is the store whole. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/app.h"
#include "core/check.h"
#include "core/ledger.h"
#include "core/trail.h"
#include "core/trail_heads.h"

typedef struct Asked { Str heads, backup, key; } Asked;

static bool read_words(int argc, char **argv, Asked *ret) {
	struct { const char *word; Str *to; } known[] = {{"--heads", &ret->heads}, {"--backup", &ret->backup}, {"--key", &ret->key}};
	for (int i = 0; i < argc; i += 2) {
		bool found = false;
		for (size_t k = 0; k < LEN(known) && i + 1 < argc; k++)
			if (strcmp(argv[i], known[k].word) == 0) {
				*known[k].to = str_c(argv[i + 1]);
				found = true;
			}
		if (!found)
			return false;
	}
	bool both = ret->heads.len && ret->backup.len, other = ret->heads.len || ret->backup.len;
	return !both && (ret->key.len > 0) == other;
}

/* The heads of this installation, or a file that was kept elsewhere with the key that was kept with it. */
static int verify_heads(Ctx *c, const Asked *asked) {
	u8         given[SIGN_PUBLIC];
	const u8  *key = trail_heads_public();
	const char *file = str_z(c->arena, asked->heads.len ? asked->heads : trail_heads_file());
	if (!asked->heads.len && (!*file || access(file, F_OK) != 0)) {
		printf("Podepsané hlavy stopy tu zatím nejsou; server je zapisuje každou hodinu.\n");
		return 0;
	}
	if (asked->key.len && !trail_heads_read_key(str_z(c->arena, asked->key), given)) {
		fprintf(stderr, "Klíč %.*s nejde přečíst. Má to být soubor trail.pub té instalace.\n", STR_ARG(asked->key));
		return 2;
	}
	HeadsVerdict v;
	Err          e = trail_heads_check(c, file, asked->key.len ? given : key, &v);
	if (e != OK)
		return app_say(c, e);
	if (v.bad_line) {
		printf("Podepsaná hlava na řádku %lld souboru %s nesouhlasí: %.*s\n", (long long)v.bad_line, file, STR_ARG(v.why));
		return 1;
	}
	printf("Podepsané hlavy souhlasí: %lld.\n", (long long)v.heads);
	return 0;
}

static i64 milliseconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int verify_store(Ctx *c) {
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
	printf("Stopa je v pořádku: %lld záznamů (za %lld ms), poslední otisk %.*s\n", (long long)v.records, (long long)took, STR_ARG(v.head));
	return 0;
}

static int verify_ledger(Ctx *c) {
	LedgerVerdict v;
	Err           e = ledger_verify(c, &v);
	if (e != OK)
		return app_say(c, e);
	if (v.broken) {
		printf("Zápis č. %lld knihy míst a peněz je porušený: %.*s.\n", (long long)v.broken, STR_ARG(v.why));
		return 1;
	}
	printf("Knihy míst a peněz souhlasí: %lld zápisů na %lld účtech.\n", (long long)v.entries, (long long)v.accounts);
	return 0;
}

static int remember(Ctx *c) {
	char iso[INSTANT_ISO_LEN];
	Err  e = fact_put(c, "trail.verified", instant_iso(c->now, iso));
	if (e == OK)
		e = fact_put(c, "store.checked", instant_iso(c->now, iso));
	return app_say(c, e);
}

int cli_verify(Ctx *c, int argc, char **argv) {
	Asked asked = {0};
	if (!read_words(argc, argv, &asked)) {
		fprintf(stderr, "verify [--heads FILE --key PUBLIC-FILE | --backup FILE --key PRIVATE-FILE]\n");
		return 2;
	}
	if (asked.backup.len)
		return cli_verify_backup(c, asked.backup, asked.key);
	int code = verify_store(c);
	if (code == 0)
		code = verify_ledger(c);
	if (code == 0)
		code = verify_heads(c, &asked);
	return code == 0 ? remember(c) : code;
}
