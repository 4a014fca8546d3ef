#include "tests/domain/jobs_given.h"

#include <signal.h>
#include <unistd.h>

const Actor job_jana = {.account = 7, .name = {"Jana Nová", sizeof "Jana Nová" - 1}};
const Actor job_petr = {.account = 8, .name = {"Petr Malý", sizeof "Petr Malý" - 1}};

/* ---- kinds ---- */

atomic_int job_times[JOBS_MANY];
atomic_int jobs_begun, jobs_ended;
Actor      job_seen_actor;
Instant    job_seen_now;

static Err run_greet(Ctx *c, Job *job) {
	job_seen_actor = *c->actor;
	job_seen_actor.name = (Str){0};
	job_seen_now = c->now;
	job->result = str_format(c->arena, "Ahoj, %.*s: %.*s", STR_ARG(c->actor->name), STR_ARG(job->input));
	job->link = S("/app/vysledek");
	return job_progress(c, job, 3, 3, "hotovo");
}

static Err run_refuse(Ctx *c, Job *job) {
	(void)job;
	fail(c, ERR_INVALID, NULL, "První řádek je prázdný.");
	c->problems.at[0].place = S("řádek 1");
	return fail(c, ERR_INVALID, NULL, "Druhý řádek také.");
}

static Err run_silent(Ctx *c, Job *job) {
	(void)c, (void)job;
	return ERR_INTERNAL;
}

static Err run_half(Ctx *c, Job *job) {
	Tx tx = {0};
	(void)job;
	static const Sql change = {"test_job_half", "UPDATE job SET title = 'half'", NULL};
	TRY(tx_begin(c, &tx));
	TRY(db_run(c->conn, &change, DB_NONE, NULL));
	return fail(c, ERR_CONFLICT, NULL, "Uprostřed zápisu.");
}

static Err run_count(Ctx *c, Job *job) {
	i64 n = 0;
	if (!str_to_int(job->input, &n))
		return ERR_INTERNAL;
	job_times[n]++;
	return job_progress(c, job, 1, 1, "");
}

static Err run_until_stopped(Ctx *c, Job *job) {
	jobs_begun++;
	for (i64 i = 0;; i++) {
		Err e = job_progress(c, job, i, 0, "čeká");
		if (e != OK) {
			jobs_ended++;
			return e;
		}
		usleep(1000);
	}
}

static Err run_deep(Ctx *c, Job *job) {
	(void)job;
	jobs_begun++;
	while (!job_is_cancelled(c))
		usleep(1000);
	return ERR_CANCELLED;
}

static Err run_greedy(Ctx *c, Job *job) {
	static const Sql change = {"test_job_greedy", "UPDATE job SET title = 'greedy'", NULL};
	TRY(job_progress(c, job, 5, 9, ""));
	Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(db_run(c->conn, &change, DB_NONE, NULL));
	for (;;)
		arena_alloc(c->arena, 100000);
}

static Err run_die(Ctx *c, Job *job) {
	(void)c, (void)job;
	kill(getpid(), SIGKILL);
	return OK;
}

static i64 stored_done(Ctx *c, Id id) {
	static const Sql done_of = {"test_job_done", "SELECT done FROM job WHERE id = $1", NULL};
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx own = ctx_make(&a, c->db, &actor_program, c->now);
	i64 n = -1;
	MUST(db_get_int(ctx_conn(&own), &done_of, P(V(id)), -1, &n));
	return n;
}

i64 job_seen_at_first, job_seen_soon, job_seen_later;
static Err run_measure(Ctx *c, Job *job) {
	TRY(job_progress(c, job, 1, 1000000, "začátek"));
	job_seen_at_first = stored_done(c, job->id);
	Instant from = instant_now();
	i64     n = 2;
	while (n < 100000 && instant_now().ms - from.ms < 500)
		TRY(job_progress(c, job, n++, 1000000, "uprostřed"));
	EXPECT(n > 10000);                           /* a transaction for each would not be as fast */
	job_seen_soon = stored_done(c, job->id);
	usleep(1200000);
	Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(job_progress(c, job, n++, 1000000, "při zápisu"));
	tx_end(&tx);
	TRY(job_progress(c, job, 777, 1000000, "později"));
	job_seen_later = stored_done(c, job->id);
	return OK;
}

static Err run_lost(Ctx *c, Job *job) {
	static const Sql take_away = {"test_job_lost", "UPDATE job SET state = 'failed', note = 'jinde'", NULL};
	Tx tx = {0};
	TRY(job_progress(c, job, 1, 2, ""));
	TRY(tx_begin(c, &tx));
	TRY(db_run(c->conn, &take_away, DB_NONE, NULL));
	TRY(tx_commit(&tx));
	usleep(1100000);
	Err e = job_progress(c, job, 2, 2, "");
	EQ_INT(e, ERR_CANCELLED);
	return e;
}

static const JobKind kinds[] = {
	{"test.greet", "Pozdrav", run_greet, false}, {"test.refuse", "Odmítnutí", run_refuse, false}, {"test.silent", "Mlčení", run_silent, false},
	{"test.half", "Půlka", run_half, false}, {"test.count", "Počítání", run_count, false}, {"test.wait", "Čekání", run_until_stopped, false},
	{"test.wait_again", "Čekání", run_until_stopped, true}, {"test.deep", "Hloubka", run_deep, false}, {"test.greedy", "Paměť", run_greedy, false},
	{"test.die", "Pád", run_die, false}, {"test.die_again", "Pád", run_die, true}, {"test.measure", "Měření", run_measure, false},
	{"test.lost", "Ztráta", run_lost, false},
};

/* ---- helpers ---- */

Instant jobs_shown;
Instant jobs_shown_now(void) {
	return jobs_shown;
}

static void forget_hooks(void *arg) {
	(void)arg;
	jobs_set_clock(NULL);
	jobs_set_actor_loader(NULL);
}

void given_job_kinds(void) {
	jobs_setup((const JobKind *const[]){kinds}, (const size_t[]){LEN(kinds)}, 1);
	jobs_begun = jobs_ended = 0;
	forget_hooks(NULL);                          /* a test before may have started the whole program */
	arena_defer(t_arena, forget_hooks, NULL);
}

Ctx job_context(Db *db, const Actor *actor) {
	return ctx_make(t_arena, db, actor, (Instant){INT64_C(1735689600000)});
}

Ctx given_jobs(void) {
	jobs_set_actor_loader(NULL);                 /* another test may have opened the whole program */
	given_job_kinds();
	return job_context(test_store(), &job_jana);
}

Id job_queue(Ctx *c, const char *kind, const char *input) {
	Id id;
	MUST(job_add(c, kind, S("Zkouška"), str_c(input), S(""), &id));
	return id;
}

Job job_now_of(Ctx *c, Id id) {
	Job job;
	Ctx all = job_context(c->db, &actor_program);
	MUST(job_get(&all, id, &job));
	ctx_end(&all);
	return job;
}

int jobs_run_here(Db *db) {
	int ran;
	MUST(jobs_run_all(t_arena, db, &ran));
	return ran;
}

Job job_wait_for(Ctx *c, Id id, const char *state) {
	for (int i = 0; i < 4000; i++) {
		Job job = job_now_of(c, id);
		if (str_eq(job.state, str_c(state)))
			return job;
		usleep(5000);
	}
	test_fail(__FILE__, __LINE__, "the job is still %.*s", STR_ARG(job_now_of(c, id).state));
}

static void stop_workers(void *arg) {
	(void)arg;
	jobs_stop();
}

void given_workers(Db *db, int threads) {
	jobs_start(db, threads);
	arena_defer(t_arena, stop_workers, NULL);
}
