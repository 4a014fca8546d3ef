/* night.c: the work of a night: what ran out goes, the trail and the store are checked, statistics are refreshed. */
#include "domain/admin/night.h"

#include <stdio.h>

#include "base/text.h"
#include "core/check.h"
#include "core/files.h"
#include "core/reorder.h"
#include "core/retention.h"
#include "core/trail.h"

enum { STEPS = 5, DAY_MS = 24 * 3600 * 1000 };

static Err note_now(Ctx *c, const char *fact) {
	char iso[INSTANT_ISO_LEN];
	return fact_put(c, fact, instant_iso(c->now, iso));
}

static Err check_trail(Ctx *c) {
	TrailVerdict v;
	TRY(trail_verify(c, &v));
	if (v.broken_seq)
		return fail(c, ERR_STORAGE, NULL, "Stopa změn je porušená u záznamu č. %lld: %.*s", (long long)v.broken_seq, STR_ARG(v.why));
	return note_now(c, "trail.verified");
}

static Err check_store(Ctx *c) {
	Str report = {0};
	if (db_check_integrity(c->arena, c->db, &report) != OK || report.len)
		return fail(c, ERR_STORAGE, NULL, "Soubor databáze je poškozený, obnovte zálohu: %.*s", STR_ARG(utf8_first(report, 500)));
	return note_now(c, "store.checked");
}

/* A step that fails does not keep the others from being done; the first trouble is told. */
Err job_night(Ctx *c, Job *job) {
	i64 expired = 0, swept = 0;
	TRY(job_progress(c, job, 0, STEPS, "maže se, co je po lhůtě"));
	Err first = retention_run(c, &expired);
	TRY(job_progress(c, job, 1, STEPS, "uklízejí se soubory, na které nic neukazuje"));
	Err e = files_sweep(c, (Instant){c->now.ms - INT64_C(1) * DAY_MS}, &swept);
	first = first == OK ? e : first;
	TRY(job_progress(c, job, 2, STEPS, "ověřuje se stopa"));
	e = check_trail(c);
	first = first == OK ? e : first;
	TRY(job_progress(c, job, 3, STEPS, "kontroluje se databáze"));
	e = check_store(c);
	first = first == OK ? e : first;
	TRY(job_progress(c, job, 4, STEPS, "obnovují se statistiky"));
	ctx_end(c);                                  /* maintenance takes its own connection */
	db_optimize(c->db);
	job->done = job->total = STEPS;
	job->result = str_format(c->arena, "Po lhůtě odstraněno %lld, uklizeno %lld.", (long long)expired, (long long)swept);
	return first;
}

int cli_reorder(Ctx *c, int argc, char **argv) {
	i64 rows;
	(void)argv;
	if (argc > 0) {
		fprintf(stderr, "reorder takes no arguments.\n");
		return 2;
	}
	if (reorder_all(c, &rows) != OK) {
		Str why = first_problem(c);
		fprintf(stderr, "%.*s\n", STR_ARG(why));
		return 1;
	}
	printf("Klíče řazení jsou znovu spočítané, změněno %lld.\n", (long long)rows);
	return 0;
}

Err night_start(Ctx *c) {
	Str stored;
	TRY(fact_get(c, "sort.version", &stored));
	return stored.len ? OK : fact_put(c, "sort.version", text_sort_version(c->arena));
}
