/* jobs.c, jobs_run.c, jobs_watch.c: each job is run once, by whom it should, can be stopped, and is not lost with its process. */
#include "core/jobs.h"
#include "tests/support/store.h"
#include "tests/test.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/jobs_inside.h"

static const Actor jana = {.account = 7, .name = {"Jana Nová", sizeof "Jana Nová" - 1}};
static const Actor petr = {.account = 8, .name = {"Petr Malý", sizeof "Petr Malý" - 1}};

/* ---- kinds ---- */

enum { MANY = 200 };
static atomic_int times[MANY];
static atomic_int begun, ended;
static Actor      seen_actor;
static Instant    seen_now;

static Err run_greet(Ctx *c, Job *job) {
	seen_actor = *c->actor;
	seen_actor.name = (Str){0};
	seen_now = c->now;
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
	times[n]++;
	return job_progress(c, job, 1, 1, "");
}

static Err run_until_stopped(Ctx *c, Job *job) {
	begun++;
	for (i64 i = 0;; i++) {
		Err e = job_progress(c, job, i, 0, "čeká");
		if (e != OK) {
			ended++;
			return e;
		}
		usleep(1000);
	}
}

static Err run_deep(Ctx *c, Job *job) {
	(void)job;
	begun++;
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

static i64 seen_at_first, seen_soon, seen_later;
static Err run_measure(Ctx *c, Job *job) {
	TRY(job_progress(c, job, 1, 1000000, "začátek"));
	seen_at_first = stored_done(c, job->id);
	Instant from = instant_now();
	i64     n = 2;
	while (n < 100000 && instant_now().ms - from.ms < 500)
		TRY(job_progress(c, job, n++, 1000000, "uprostřed"));
	EXPECT(n > 10000);                           /* a transaction for each would not be as fast */
	seen_soon = stored_done(c, job->id);
	usleep(1200000);
	Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(job_progress(c, job, n++, 1000000, "při zápisu"));
	tx_end(&tx);
	TRY(job_progress(c, job, 777, 1000000, "později"));
	seen_later = stored_done(c, job->id);
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

static Instant shown;
static Instant shown_now(void) {
	return shown;
}

static void forget_hooks(void *arg) {
	(void)arg;
	jobs_set_clock(NULL);
	jobs_set_actor_loader(NULL);
}

static void given_kinds(void) {
	jobs_setup((const JobKind *const[]){kinds}, (const size_t[]){LEN(kinds)}, 1);
	begun = ended = 0;
	arena_defer(t_arena, forget_hooks, NULL);
}

static Ctx context(Db *db, const Actor *actor) {
	return ctx_make(t_arena, db, actor, (Instant){INT64_C(1735689600000)});
}

static Ctx given_store(void) {
	given_kinds();
	return context(test_store(), &jana);
}

static Id queue(Ctx *c, const char *kind, const char *input) {
	Id id;
	MUST(job_add(c, kind, S("Zkouška"), str_c(input), S(""), &id));
	return id;
}

static Job job_of(Ctx *c, Id id) {
	Job job;
	Ctx all = context(c->db, &actor_program);
	MUST(job_get(&all, id, &job));
	ctx_end(&all);
	return job;
}

static int run_all(Db *db) {
	int ran;
	MUST(jobs_run_all(t_arena, db, &ran));
	return ran;
}

/* Until the job is in a state, 20 s at most. */
static Job wait_for(Ctx *c, Id id, const char *state) {
	for (int i = 0; i < 4000; i++) {
		Job job = job_of(c, id);
		if (str_eq(job.state, str_c(state)))
			return job;
		usleep(5000);
	}
	test_fail(__FILE__, __LINE__, "the job is still %.*s", STR_ARG(job_of(c, id).state));
}

static void stop_workers(void *arg) {
	(void)arg;
	jobs_stop();
}

static void start_workers(Db *db, int threads) {
	jobs_start(db, threads);
	arena_defer(t_arena, stop_workers, NULL);
}

/* ---- one job ---- */

TEST("jobs: a queued job waits, then is run once, and keeps its result, link, counts and times") {
	Ctx c = given_store();
	Id  id = queue(&c, "test.greet", "vstup");
	Job job;
	MUST(job_get(&c, id, &job));
	EQ_TEXT(job.state, "queued");
	EQ_TEXT(job.title, "Zkouška");
	EQ_TEXT(job.input, "vstup");
	EQ_TEXT(job.account_name, "Jana Nová");
	EQ_INT(job.created.ms, c.now.ms);
	EQ_INT(job.started.ms, 0);
	ctx_end(&c);
	jobs_set_clock(shown_now);
	shown = (Instant){c.now.ms + 5000};
	EQ_INT(run_all(c.db), 1);
	EQ_INT(run_all(c.db), 0);
	MUST(job_get(&c, id, &job));
	EQ_TEXT(job.state, "done");
	EQ_TEXT(job.result, "Ahoj, Jana Nová: vstup");
	EQ_TEXT(job.link, "/app/vysledek");
	EQ_TEXT(job.note, "");
	EQ_INT(job.done, 3);
	EQ_INT(job.total, 3);
	EQ_INT(job.started.ms, shown.ms);
	EQ_INT(job.ended.ms, shown.ms);
	EQ_INT(seen_now.ms, shown.ms);
	ctx_end(&c);
}

TEST("jobs: a job without a title has the one of its kind") {
	Ctx c = given_store();
	Id  id;
	MUST(job_add(&c, "test.greet", S(""), S(""), S("/app/x"), &id));
	EQ_TEXT(job_of(&c, id).title, "Pozdrav");
	EQ_TEXT(job_of(&c, id).link, "/app/x");
	ctx_end(&c);
}

TEST("jobs: a job that is given up with its transaction was never queued") {
	Ctx c = given_store();
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	queue(&c, "test.greet", "");
	tx_end(&tx);
	EQ_INT(run_all(c.db), 0);
}

TEST("jobs: what went wrong becomes the note, and the next job runs") {
	Ctx c = given_store();
	Id  a = queue(&c, "test.refuse", ""), b = queue(&c, "test.silent", ""), d = queue(&c, "test.greet", "");
	EQ_INT(run_all(c.db), 3);
	EQ_TEXT(job_of(&c, a).state, "failed");
	EQ_TEXT(job_of(&c, a).note, "řádek 1: První řádek je prázdný.\nDruhý řádek také.");
	EQ_TEXT(job_of(&c, b).state, "failed");
	EXPECT(str_has(job_of(&c, b).note, S("Zkuste ji znovu")));
	EQ_TEXT(job_of(&c, d).state, "done");
}

TEST("jobs: what a job wrote without committing is rolled back") {
	Ctx c = given_store();
	Id  id = queue(&c, "test.half", "");
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, id).state, "failed");
	EQ_TEXT(job_of(&c, id).title, "Zkouška");
	EQ_TEXT(job_of(&c, id).note, "Uprostřed zápisu.");
}

TEST("jobs: a job that asks for too much memory fails, what it was writing is rolled back, and the next one runs") {
	Ctx    c = given_store();
	Id     a = queue(&c, "test.greedy", ""), b = queue(&c, "test.greet", "");
	size_t before = jobs_memory_max;
	jobs_memory_max = 5000000;
	EQ_INT(run_all(c.db), 2);
	jobs_memory_max = before;
	EQ_TEXT(job_of(&c, a).state, "failed");
	EXPECT(str_has(job_of(&c, a).note, S("víc paměti")));
	EQ_TEXT(job_of(&c, a).title, "Zkouška");
	EQ_INT(job_of(&c, a).done, 5);
	EQ_TEXT(job_of(&c, b).state, "done");
}

/* ---- as whom ---- */

static Err load(Ctx *c, Id account, Actor *ret) {
	if (account == petr.account)
		return fail(c, ERR_FORBIDDEN, NULL, "Účet uživatele byl zrušen.");
	*ret = (Actor){.account = account, .name = S("Jana Nováková"), .grants = NEW(c->arena, Grant, .role = S("NET")), .grant_count = 1};
	return OK;
}

TEST("jobs: a job runs as the person who queued it, with the rights of today") {
	Ctx c = given_store();
	jobs_set_actor_loader(load);
	Id id = queue(&c, "test.greet", "x");
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, id).result, "Ahoj, Jana Nováková: x");
	EQ_INT(seen_actor.account, 7);
	EQ_INT(seen_actor.grant_count, 1);
	EXPECT(!seen_actor.is_program);
}

TEST("jobs: a person who may not act any more cannot act through a job") {
	Ctx c = given_store(), p = context(c.db, &petr);
	jobs_set_actor_loader(load);
	Id id = queue(&p, "test.greet", "x");
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, id).state, "failed");
	EQ_TEXT(job_of(&c, id).note, "Účet uživatele byl zrušen.");
}

TEST("jobs: the program's jobs run as the program, nobody's as nobody") {
	Ctx c = given_store(), program = context(c.db, &actor_program), nobody = context(c.db, &actor_public);
	jobs_set_actor_loader(load);
	queue(&program, "test.greet", "");
	EQ_INT(run_all(c.db), 1);
	EXPECT(seen_actor.is_program);
	queue(&nobody, "test.greet", "");
	EQ_INT(run_all(c.db), 1);
	EXPECT(!seen_actor.is_program);
	EQ_INT(seen_actor.account, 0);
}

/* Contexts of one thread share its reader: each ends before the next one asks. */
static Err look(Ctx *c, Id id) {
	Job job;
	Err e = job_get(c, id, &job);
	ctx_end(c);
	return e;
}

static Err list_of(Ctx *c, bool all, i64 limit, JobList *ret) {
	Err e = job_list(c, all, limit, ret);
	ctx_end(c);
	return e;
}

TEST("jobs: people see and stop their own jobs, the program all of them") {
	Ctx     c = given_store(), p = context(c.db, &petr), program = context(c.db, &actor_program), nobody = context(c.db, &actor_public);
	Id      id = queue(&c, "test.greet", ""), other = queue(&p, "test.greet", "");
	JobList list;
	MUST(look(&c, id));
	MUST(look(&program, other));
	EQ_INT(look(&c, other), ERR_NOT_FOUND);
	EQ_INT(look(&nobody, other), ERR_NOT_FOUND);
	EQ_INT(job_cancel(&c, other), ERR_NOT_FOUND);
	EQ_INT(job_cancel(&nobody, other), ERR_NOT_FOUND);
	MUST(list_of(&c, false, 10, &list));
	EQ_INT(list.len, 1);
	EQ_INT(list.at[0].id, id);
	EQ_INT(list_of(&c, true, 10, &list), ERR_FORBIDDEN);
	MUST(list_of(&nobody, false, 10, &list));
	EQ_INT(list.len, 0);
	MUST(list_of(&program, true, 10, &list));
	EQ_INT(list.len, 2);
	EQ_INT(list.at[0].id, other);
	MUST(list_of(&program, true, 1, &list));
	EQ_INT(list.len, 1);
	MUST(job_cancel(&program, other));
	EQ_TEXT(job_of(&c, other).state, "cancelled");
}

/* ---- several runners ---- */

static void *run_as_node(void *arg) {
	CLEANUP(arena_free) Arena a = {0};
	Db  *db = arg;
	int *ran = calloc(1, sizeof *ran);
	Err  e = jobs_run_all(&a, db, ran);
	if (e != OK)
		*ran = -1;
	db_thread_end(db);
	return ran;
}

TEST("jobs: two programs that share a store run 200 jobs exactly once each") {
	given_kinds();
	const char *where = test_store_new(true);
	Db         *nodes[2] = {test_store_open(where, (DbOptions){0}), test_store_open(where, (DbOptions){0})};
	Ctx         c = context(nodes[0], &jana);
	Tx          tx = {0};
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < MANY; i++) {
		times[i] = 0;
		queue(&c, "test.count", str_z(t_arena, str_format(t_arena, "%d", i)));
	}
	MUST(tx_commit(&tx));
	pthread_t threads[4];
	int       sum = 0;
	for (size_t i = 0; i < LEN(threads); i++)
		EQ_INT(pthread_create(&threads[i], NULL, run_as_node, nodes[i % 2]), 0);
	for (size_t i = 0; i < LEN(threads); i++) {
		void *ran;
		pthread_join(threads[i], &ran);
		EXPECT(*(int *)ran >= 0);
		sum += *(int *)ran;
		free(ran);
	}
	EQ_INT(sum, MANY);
	for (int i = 0; i < MANY; i++)
		EQ_INT(times[i], 1);
	static const Sql done = {"test_jobs_done", "SELECT COUNT(*) FROM job WHERE state = 'done' AND attempts = 1", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(&c), &done, DB_NONE, 0, &n));
	EQ_INT(n, MANY);
	ctx_end(&c);
}

TEST("jobs: workers run what is queued here at once, and what another program queued soon") {
	Ctx c = given_store();
	start_workers(c.db, 2);
	usleep(200000);
	Instant from = instant_now();
	Id      id = queue(&c, "test.greet", "");
	wait_for(&c, id, "done");
	EXPECT(instant_now().ms - from.ms < 1500);   /* sooner than the next look */
	static const Sql foreign = {"test_job_foreign",
		"INSERT INTO job (id, kind, title, state, input, result, done, total, note, account, account_name, by_program, link, created, process, "
		"claim, attempts, cancel_wanted) VALUES (900001, 'test.greet', '', 'queued', '', '', 0, 0, '', 7, '', 0, '', '', '', '', 0, 0)", NULL};
	Conn *w;
	MUST(db_write_begin(c.db, &w));
	MUST(db_run(w, &foreign, DB_NONE, NULL));
	MUST(db_commit(w));
	wait_for(&c, 900001, "done");
}

TEST("jobs: a job that this program does not know waits for one that does, and stops nobody") {
	Ctx c = given_store();
	Id  strange = queue(&c, "test.greet", "");
	static const Sql rename = {"test_job_rename", "UPDATE job SET kind = 'future.thing'", NULL};
	Conn *w;
	MUST(db_write_begin(c.db, &w));
	MUST(db_run(w, &rename, DB_NONE, NULL));
	MUST(db_commit(w));
	Id id = queue(&c, "test.greet", "");
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, strange).state, "queued");
	EQ_TEXT(job_of(&c, id).state, "done");
}

TEST("jobs: a queue that is too long refuses more") {
	Ctx c = given_store();
	Tx  tx = {0};
	Id  id;
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < 1000; i++)
		queue(&c, "test.greet", "");
	EQ_INT(job_add(&c, "test.greet", S(""), S(""), S(""), &id), ERR_BUSY);
	EXPECT(str_has(first_problem(&c), S("příliš mnoho úloh")));
	tx_end(&tx);
}

/* ---- progress ---- */

TEST("jobs: progress is cheap to tell, written at once, then once a second, and not while the job writes") {
	Ctx c = given_store();
	Id  id = queue(&c, "test.measure", "");
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, id).state, "done");
	EQ_INT(seen_at_first, 1);
	EQ_INT(seen_soon, 1);
	EQ_INT(seen_later, 777);
}

TEST("jobs: a job that another program took over gives up and writes nothing more") {
	Ctx c = given_store();
	Id  id = queue(&c, "test.lost", "");
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, id).state, "failed");
	EQ_TEXT(job_of(&c, id).note, "jinde");
}

/* ---- stopping ---- */

TEST("jobs: a waiting job that is stopped never begins") {
	Ctx c = given_store();
	Id  id = queue(&c, "test.greet", "");
	MUST(job_cancel(&c, id));
	EQ_TEXT(job_of(&c, id).state, "cancelled");
	EQ_TEXT(job_of(&c, id).note, "Úlohu zastavil uživatel Jana Nová dřív, než začala.");
	EQ_INT(run_all(c.db), 0);
	EQ_INT(job_cancel(&c, id), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("už skončila")));
}

TEST("jobs: a running job that is stopped gives up, however deep it is") {
	Ctx c = given_store();
	start_workers(c.db, 2);
	Id a = queue(&c, "test.wait", ""), b = queue(&c, "test.deep", "");
	wait_for(&c, a, "running");
	wait_for(&c, b, "running");
	MUST(job_cancel(&c, a));
	MUST(job_cancel(&c, b));
	EXPECT(job_of(&c, a).cancel_wanted || job_of(&c, a).ended.ms);
	Job job = wait_for(&c, a, "cancelled");
	EQ_TEXT(job.note, "Úloha byla zastavena.");
	EXPECT(job.ended.ms > 0);
	EQ_TEXT(wait_for(&c, b, "cancelled").note, "Úloha byla zastavena.");
	EQ_INT(ended, 1);
}

TEST("jobs: when the program ends, running jobs give up; those that may run twice wait again") {
	Ctx c = given_store();
	Id  a = queue(&c, "test.wait", ""), b = queue(&c, "test.wait_again", ""), d = queue(&c, "test.greet", "");
	jobs_start(c.db, 2);
	while (begun < 2)
		usleep(1000);
	jobs_stop();
	EQ_INT(ended, 2);
	EQ_TEXT(job_of(&c, a).state, "failed");
	EQ_TEXT(job_of(&c, a).note, "Program se ukončil dřív, než úloha doběhla.");
	EQ_TEXT(job_of(&c, b).state, "queued");
	EQ_TEXT(job_of(&c, d).state, "queued");
	jobs_stop();                                 /* nothing runs: nothing to do */
	MUST(job_cancel(&c, b));
	EQ_INT(run_all(c.db), 1);
	EQ_TEXT(job_of(&c, d).state, "done");
}

/* ---- processes that die ---- */

/* Runs the queue in a process of its own, which is killed by its job. Nothing may be open here. */
static void run_in_dying_process(const char *where) {
	fflush(NULL);
	pid_t child = fork();
	EXPECT(child >= 0);
	if (child == 0) {
		CLEANUP(arena_free) Arena a = {0};
		Db *db;
		Str why;
		if (db_open(&a, where, (DbOptions){0}, &db, &why) == OK && jobs_run_all(&a, db, NULL) == OK)
			_exit(0);
		_exit(1);
	}
	int status;
	EQ_INT(waitpid(child, &status, 0), child);
	EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static const char *given_dying_job(const char *kind, Id *id) {
	given_kinds();
	const char *where = test_store_new(true);
	Db *db;
	Str why;
	MUST(db_open(t_arena, where, (DbOptions){0}, &db, &why));
	Ctx c = context(db, &jana);
	*id = queue(&c, kind, "");
	queue(&c, "test.greet", "po pádu");
	db_close(db);
	shown = (Instant){INT64_C(1735689600000)};
	jobs_set_clock(shown_now);
	run_in_dying_process(where);
	return where;
}

TEST("jobs: a job whose process was killed is found by its silence and marked failed; what waited is run") {
	Id          id;
	const char *where = given_dying_job("test.die", &id);
	Db         *db = test_store_open(where, (DbOptions){0});
	Ctx         c = context(db, &jana);
	EQ_TEXT(job_of(&c, id).state, "running");
	MUST(jobs_find_stale(db));
	EQ_TEXT(job_of(&c, id).state, "running");    /* perhaps it still lives */
	shown.ms += 121000;
	EQ_INT(run_all(db), 1);
	EQ_TEXT(job_of(&c, id).state, "failed");
	EXPECT(str_has(job_of(&c, id).note, S("Program se ukončil uprostřed úlohy.")));
	EQ_INT(job_of(&c, id).ended.ms, shown.ms);
	EQ_TEXT(job_of(&c, id + 1).result, "Ahoj, Jana Nová: po pádu");
}

TEST("jobs: a killed job that was to be stopped counts as stopped") {
	Id          id;
	const char *where = given_dying_job("test.die_again", &id);
	Db         *db = test_store_open(where, (DbOptions){0});
	Ctx         c = context(db, &jana);
	MUST(job_cancel(&c, id));
	shown.ms += 121000;
	MUST(jobs_find_stale(db));
	EQ_TEXT(job_of(&c, id).state, "cancelled");
}

TEST("jobs: a killed job that may run twice is tried three times, then it failed") {
	Id          id;
	const char *where = given_dying_job("test.die_again", &id);
	for (int i = 0; i < 2; i++) {
		shown.ms += 121000;
		run_in_dying_process(where);
	}
	Db *db = test_store_open(where, (DbOptions){0});
	Ctx c = context(db, &jana);
	EQ_TEXT(job_of(&c, id).state, "running");
	shown.ms += 121000;
	EQ_INT(run_all(db), 1);
	EQ_TEXT(job_of(&c, id).state, "failed");
	EQ_TEXT(job_of(&c, id + 1).state, "done");
}

TEST("jobs: what ended long ago is forgotten, what waits is not") {
	Ctx c = given_store();
	i64 removed;
	Id  a = queue(&c, "test.greet", "");
	jobs_set_clock(shown_now);
	shown = c.now;
	EQ_INT(run_all(c.db), 1);
	Id b = queue(&c, "test.greet", "");
	MUST(jobs_sweep(&c, c.now, &removed));
	EQ_INT(removed, 0);
	MUST(jobs_sweep(&c, (Instant){c.now.ms + 1}, &removed));
	EQ_INT(removed, 1);
	Job job;
	EQ_INT(job_get(&c, a, &job), ERR_NOT_FOUND);
	MUST(job_get(&c, b, &job));
	ctx_end(&c);
}
