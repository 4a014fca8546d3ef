#include "core/check.h"

#include "core/check.sql.h"

enum { MAX_CHECKS = 128 };
static const Check *known[MAX_CHECKS];
static size_t       known_count;

void checks_setup(const Check *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_CHECKS);
			known[known_count++] = &lists[i][k];
		}
}

const Check *check_at(size_t i) {
	return i < known_count ? known[i] : NULL;
}

const char *severity_word(Severity s) {
	return s == SEVERITY_CRITICAL ? "kritické" : s == SEVERITY_WARNING ? "varování" : "doporučení";
}

static Finding ask(Ctx *c, const Check *check) {
	Finding f = {.check = check};
	size_t  said = c->problems.len;
	Err     e = check->run(c, &f.fine, &f.detail);
	if (e != OK) {
		f.fine = false;
		f.detail = c->problems.len > said ? c->problems.at[said].text : S("Kontrolu se nepodařilo provést.");
	}
	c->problems.len = said;
	return f;
}

/* In the order of the table within each group. */
static void take(Findings *from, bool fine, Severity severity, Findings *to) {
	for (size_t i = 0; i < from->len; i++)
		if (from->at[i].fine == fine && (fine || from->at[i].check->severity == severity))
			to->at[to->len++] = from->at[i];
}

Err checks_run(Ctx *c, Findings *ret) {
	Findings asked = {0};
	for (size_t i = 0; i < known_count; i++)
		*ARENA_PUSH(c->arena, asked.at, asked.len, asked.cap) = ask(c, known[i]);
	*ret = (Findings){.at = NEW_ARRAY(c->arena, Finding, asked.len + 1), .cap = asked.len};
	take(&asked, false, SEVERITY_CRITICAL, ret);
	take(&asked, false, SEVERITY_WARNING, ret);
	take(&asked, false, SEVERITY_HINT, ret);
	take(&asked, true, SEVERITY_HINT, ret);
	return OK;
}

int checks_exit(const Findings *f) {
	int worst = 0;
	for (size_t i = 0; i < f->len; i++)
		if (!f->at[i].fine && (int)f->at[i].check->severity > worst)
			worst = (int)f->at[i].check->severity;
	return worst;
}

static Installation here;

/* Texts are kept here: whoever tells may be gone sooner than who asks. What was told before stays where somebody may still hold it. */
void installation_set(const Installation *i) {
	static Arena kept;
	Installation told = *i;
	Str *const   texts[] = {&told.db, &told.state, &told.listen, &told.origin, &told.proxy, &told.backup_folder, &told.backup_key, &told.backup_private_key,
	                        &told.scanner};
	for (size_t k = 0; k < LEN(texts); k++)
		*texts[k] = str_dup(&kept, *texts[k]);
	here = told;
}

const Installation *installation(void) {
	return &here;
}

/* ---- facts ---- */

Err fact_get(Ctx *c, const char *key, Str *ret) {
	*ret = (Str){0};
	Rows rows = db_query(ctx_conn(c), &sql_meta_get, P(V(str_c(key))));
	if (rows_next(&rows))
		*ret = str_dup(c->arena, col_text(&rows, 0));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "facts");
}

Err fact_put(Ctx *c, const char *key, Str value) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_meta_put, P(V(str_c(key)), V(value)), NULL) != OK)
		return fail_internal(c, "facts");
	return tx_commit(&tx);
}

typedef struct Remembered { const char *key; Str *text; bool *flag; } Remembered;
enum { REMEMBERED = 8 };

static void remembered(Installation *i, Remembered to[REMEMBERED]) {
	const Remembered list[REMEMBERED] = {
		{"serve.listen", &i->listen, NULL}, {"serve.origin", &i->origin, NULL}, {"serve.proxy", &i->proxy, NULL},
		{"serve.behind_proxy", NULL, &i->behind_proxy}, {"serve.backups", &i->backup_folder, NULL}, {"serve.backup_key", &i->backup_key, NULL},
		{"serve.backup_private_key", &i->backup_private_key, NULL}, {"serve.scanner", &i->scanner, NULL},
	};
	memcpy(to, list, sizeof list);
}

Err installation_remember(Ctx *c) {
	Remembered list[REMEMBERED];
	remembered(&here, list);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	for (size_t i = 0; i < LEN(list); i++) {
		Str now = list[i].text ? *list[i].text : *list[i].flag ? S("1") : S(""), before;
		TRY(fact_get(c, list[i].key, &before));
		if (!str_eq(now, before))
			TRY(fact_put(c, list[i].key, now));
	}
	return tx_commit(&tx);
}

Err installation_recall(Ctx *c) {
	Installation told = here;
	Remembered   list[REMEMBERED];
	Str          value;
	remembered(&told, list);
	TRY(fact_get(c, "serve.listen", &value));
	if (!value.len)                              /* it has never run: what was given here counts */
		return OK;
	for (size_t i = 0; i < LEN(list); i++) {
		TRY(fact_get(c, list[i].key, &value));
		if (list[i].flag)
			*list[i].flag = value.len > 0;
		else
			*list[i].text = value;
	}
	installation_set(&told);
	return OK;
}
