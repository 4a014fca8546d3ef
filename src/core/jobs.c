#include "core/jobs.h"

#include <stdatomic.h>

#include "base/hash.h"
#include "core/access.h"
#include "core/jobs.sql.h"
#include "core/jobs_inside.h"

enum { MAX_KINDS = 128, WAITING_MAX = 1000 };

static const JobKind *known[MAX_KINDS];
static size_t         known_count;
static Err          (*load_actor)(Ctx *c, Id account, Actor *ret);
static Instant (*_Atomic clock_now)(void);

void jobs_setup(const JobKind *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_KINDS);
			known[known_count++] = &lists[i][k];
		}
}

void jobs_set_actor_loader(Err (*load)(Ctx *c, Id account, Actor *ret)) {
	load_actor = load;
}

void jobs_set_clock(Instant (*now)(void)) {
	clock_now = now;
}

Instant job_now(void) {
	Instant (*now)(void) = clock_now;
	return now ? now() : instant_now();
}

const JobKind *job_kind(Str name) {
	for (size_t i = 0; i < known_count; i++)
		if (str_eq(str_c(known[i]->name), name))
			return known[i];
	return NULL;
}

void job_mark(char to[33]) {
	CLEANUP(arena_free) Arena a = {0};
	u8  bytes[16];
	random_bytes(bytes, sizeof bytes);
	Str text = hex(&a, bytes, sizeof bytes);
	CHECK(text.len == 32);
	memcpy(to, text.ptr, 32);
	to[32] = '\0';
}

/* The rights are those of today: somebody who lost a role while the job waited does not act with it. */
Err job_actor(Ctx *c, const Running *r, Actor *ret) {
	*ret = r->by_program ? actor_program : actor_public;
	if (r->job.account == 0)
		return OK;
	if (load_actor) {
		TRY(load_actor(c, r->job.account, ret));
		access_prepare(ret);
		return OK;
	}
	*ret = actor_program;
	ret->account = r->job.account;
	ret->name = r->job.account_name;
	return OK;
}

/* ---- queueing ---- */

static Err fail_queue_full(Ctx *c) {
	return fail(c, ERR_BUSY, NULL, "Ve frontě už čeká příliš mnoho úloh. Zkuste to znovu, až některé doběhnou.");
}

Err job_add(Ctx *c, const char *kind, Str title, Str input, Str link, Id *ret) {
	const JobKind *k = job_kind(str_c(kind));
	CHECK(k != NULL);
	if (str_empty(title))
		title = str_c(k->title);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	i64 waiting;
	if (db_get_int(c->conn, &sql_job_waiting_count, DB_NONE, 0, &waiting) != OK)
		return fail_internal(c, "job");
	if (waiting >= WAITING_MAX)
		return fail_queue_full(c);
	Id  id = 0;
	Err e = db_new_id(c->conn, &id);
	if (e == OK)
		e = db_run(c->conn, &sql_job_add, P(V(id), V(str_c(kind)), V(title), V(input), V(c->actor->account), V(c->actor->name),
		                                    V(c->actor->is_program), V(link), V(c->now)), NULL);
	if (e != OK)
		return fail_internal(c, "job");
	TRY(tx_commit(&tx));
	jobs_wake();                                 /* who looks waits until this is committed */
	*ret = id;
	return OK;
}

/* ---- looking ---- */

void job_read_row(Arena *a, Rows *rows, Job *ret, bool *by_program) {
	*ret = (Job){
		.id = col_int(rows, 0), .kind = str_dup(a, col_text(rows, 1)), .title = str_dup(a, col_text(rows, 2)),
		.state = str_dup(a, col_text(rows, 3)), .input = str_dup(a, col_text(rows, 4)), .result = str_dup(a, col_text(rows, 5)),
		.done = col_int(rows, 6), .total = col_int(rows, 7), .note = str_dup(a, col_text(rows, 8)), .account = col_int(rows, 9),
		.account_name = str_dup(a, col_text(rows, 10)), .created = col_instant(rows, 11), .started = col_instant(rows, 12),
		.ended = col_instant(rows, 13), .cancel_wanted = col_bool(rows, 14), .link = str_dup(a, col_text(rows, 15)),
	};
	if (by_program)
		*by_program = col_bool(rows, 16);
}

static bool may_see(const Ctx *c, const Job *job) {
	return may(c, JOBS_ALL) || (c->actor->account && c->actor->account == job->account);
}

Err job_get(Ctx *c, Id id, Job *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_job_get, P(V(id)));
	bool found = rows_next(&rows);
	if (found)
		job_read_row(c->arena, &rows, ret, NULL);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "job");
	if (!found || !may_see(c, ret))
		return fail(c, ERR_NOT_FOUND, NULL, "Taková úloha tu není. Staré úlohy se po čase odstraňují.");
	return OK;
}

Err job_list(Ctx *c, bool all_accounts, i64 limit, JobList *ret) {
	*ret = (JobList){0};
	if (all_accounts)
		TRY(require(c, JOBS_ALL));
	if (c->actor->account == 0 && !c->actor->is_program)
		return OK;                               /* nobody has no jobs */
	Rows rows = db_query(ctx_conn(c), &sql_job_list, P(V(c->actor->account), V(all_accounts), V(limit)));
	while (rows_next(&rows))
		job_read_row(c->arena, &rows, ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap), NULL);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "job");
}

/* ---- stopping ---- */

bool job_may_change(const Ctx *c, const Job *job) {
	return may(c, JOBS_STOP) || (c->actor->account && c->actor->account == job->account);
}

static Err get_to_change(Ctx *c, Id id, Job *ret) {
	TRY(job_get(c, id, ret));
	return job_may_change(c, ret) ? OK : fail(c, ERR_FORBIDDEN, NULL, "Úlohu někoho jiného zastavuje a znovu spouští jen správce.");
}

Err job_cancel(Ctx *c, Id id) {
	Job job;
	i64 waiting = 0, running = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(get_to_change(c, id, &job));
	Str note = str_format(c->arena, "Úlohu zastavil uživatel %.*s dřív, než začala.", STR_ARG(c->actor->name));
	Err e = db_run(c->conn, &sql_job_cancel_waiting, P(V(id), V(c->now), V(note)), &waiting);
	if (e == OK && !waiting)
		e = db_run(c->conn, &sql_job_cancel_running, P(V(id)), &running);
	if (e != OK)
		return fail_internal(c, "job");
	if (!waiting && !running)
		return fail(c, ERR_CONFLICT, NULL, "Úloha už skončila, není co zastavit.");
	TRY(tx_commit(&tx));
	jobs_watch_hurry();
	return OK;
}

/* ---- once more ---- */

bool job_may_run_again(const Job *job, const char **why) {
	const JobKind *k = job_kind(job->kind);
	if (!str_eq(job->state, S("failed")) && !str_eq(job->state, S("cancelled"))) {
		*why = "Znovu se spouští jen úloha, která se nepovedla nebo byla zastavena.";
		return false;
	}
	*why = "Tuto úlohu nejde spustit znovu odsud. Zadejte ji znovu tam, kde vznikla.";
	return k && k->retry;
}

Err job_run_again(Ctx *c, Id id, Id *ret) {
	Job         job;
	i64         open, waiting;
	const char *why;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(get_to_change(c, id, &job));
	if (!job_may_run_again(&job, &why))
		return fail(c, ERR_CONFLICT, NULL, "%s", why);
	if (db_get_int(c->conn, &sql_job_open_like, P(V(id)), 0, &open) != OK || db_get_int(c->conn, &sql_job_waiting_count, DB_NONE, 0, &waiting) != OK)
		return fail_internal(c, "job");
	if (open)
		return fail(c, ERR_CONFLICT, NULL, "Stejná úloha už znovu čeká nebo běží. Najdete ji v seznamu úloh.");
	if (waiting >= WAITING_MAX)
		return fail_queue_full(c);
	if (db_new_id(c->conn, ret) != OK || db_run(c->conn, &sql_job_add_again, P(V(*ret), V(id), V(c->now)), NULL) != OK)
		return fail_internal(c, "job");
	TRY(tx_commit(&tx));
	jobs_wake();
	return OK;
}

Err jobs_sweep(Ctx *c, Instant before, i64 *removed) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_job_sweep, P(V(before)), removed) != OK)
		return fail_internal(c, "job");
	return tx_commit(&tx);
}
