/* check.h: questions to the installation and its data that `sitovka doctor` and the page of checks ask. Rows of modules: .checks.
 *
 * A row's title is a sentence that should be true. A check tells what it found in .detail and whether the sentence holds; it reads only.
 * What a check asks about the running program stands in the Installation. */
#pragma once
#include "core/ctx.h"

typedef enum Severity { SEVERITY_HINT, SEVERITY_WARNING, SEVERITY_CRITICAL } Severity;      /* doporučení, varování, kritické */

typedef struct Check {
	const char *key;                         /* "backup.age" */
	const char *title;                       /* Czech: "Poslední záloha je mladší než 26 hodin" */
	Severity    severity;
	const char *remedy;                      /* Czech: what to do when the sentence is not true */
	Err       (*run)(Ctx *c, bool *fine, Str *detail);
} Check;

typedef struct Finding {
	const Check *check;
	bool         fine;
	Str          detail;                     /* Czech, may be {0} */
} Finding;
typedef struct Findings { Finding *at; size_t len, cap; } Findings;

void checks_setup(const Check *const *lists, const size_t *counts, size_t list_count);
const Check *check_at(size_t i);             /* NULL past the end */
const char  *severity_word(Severity s);
/* All of them, the worst that does not hold first, then those that hold. A check that fails to ask counts as not fine. */
MUST_USE Err checks_run(Ctx *c, Findings *ret);
/* 0 all well or hints only, 1 a warning, 2 something critical. */
int checks_exit(const Findings *f);

/* How this installation runs: options of the program that checks, backups and metrics need to know. Set once at start. */
typedef struct Installation {
	Str  db, state, listen, origin, proxy;
	bool behind_proxy, serving;              /* serving: this process answers requests; else the options are those of the last serve */
	Str  backup_folder, backup_key, backup_private_key;      /* paths; empty = not configured */
	Str  scanner;                            /* socket of the virus scanner; empty = none */
	i64  missing_migrations;
} Installation;
void installation_set(const Installation *i);
const Installation *installation(void);
/* The server notes how it runs, so that `sitovka doctor` in another process judges the same; recall takes it over. */
MUST_USE Err installation_remember(Ctx *c);
MUST_USE Err installation_recall(Ctx *c);

/* A fact about this store that is no setting: when something was last done. {0} when it was never noted. */
MUST_USE Err fact_get(Ctx *c, const char *key, Str *ret);
/* Outside of the trail; in a transaction of its own unless one is open. */
MUST_USE Err fact_put(Ctx *c, const char *key, Str value);
