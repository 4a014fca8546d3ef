/* jobs.c, jobs_run.c: each job is run once, by whom it should. */
#include "tests/domain/jobs_given.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/access.h"
#include "core/jobs_inside.h"

/* ---- one job ---- */

TEST("jobs: a queued job waits, then is run once, and keeps its result, link, counts and times") {
	Ctx c = given_jobs();
	Id  id = job_queue(&c, "test.greet", "vstup");
	Job job;
	MUST(job_get(&c, id, &job));
	EQ_TEXT(job.state, "queued");
	EQ_TEXT(job.title, "Zkouška");
	EQ_TEXT(job.input, "vstup");
	EQ_TEXT(job.account_name, "Jana Nová");
	EQ_INT(job.created.ms, c.now.ms);
	EQ_INT(job.started.ms, 0);
	ctx_end(&c);
	jobs_set_clock(jobs_shown_now);
	jobs_shown = (Instant){c.now.ms + 5000};
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_INT(jobs_run_here(c.db), 0);
	MUST(job_get(&c, id, &job));
	EQ_TEXT(job.note, "");
	EQ_TEXT(job.state, "done");
	EQ_TEXT(job.result, "Ahoj, Jana Nová: vstup");
	EQ_TEXT(job.link, "/app/vysledek");
	EQ_INT(job.done, 3);
	EQ_INT(job.total, 3);
	EQ_INT(job.started.ms, jobs_shown.ms);
	EQ_INT(job.ended.ms, jobs_shown.ms);
	EQ_INT(job_seen_now.ms, jobs_shown.ms);
	ctx_end(&c);
}

TEST("jobs: a job without a title has the one of its kind") {
	Ctx c = given_jobs();
	Id  id;
	MUST(job_add(&c, "test.greet", S(""), S(""), S("/app/x"), &id));
	EQ_TEXT(job_now_of(&c, id).title, "Pozdrav");
	EQ_TEXT(job_now_of(&c, id).link, "/app/x");
	ctx_end(&c);
}

TEST("jobs: a job that is given up with its transaction was never queued") {
	Ctx c = given_jobs();
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	job_queue(&c, "test.greet", "");
	tx_end(&tx);
	EQ_INT(jobs_run_here(c.db), 0);
}

TEST("jobs: what went wrong becomes the note, and the next job runs") {
	Ctx c = given_jobs();
	Id  a = job_queue(&c, "test.refuse", ""), b = job_queue(&c, "test.silent", ""), d = job_queue(&c, "test.greet", "");
	EQ_INT(jobs_run_here(c.db), 3);
	EQ_TEXT(job_now_of(&c, a).state, "failed");
	EQ_TEXT(job_now_of(&c, a).note, "řádek 1: První řádek je prázdný.\nDruhý řádek také.");
	EQ_TEXT(job_now_of(&c, b).state, "failed");
	EXPECT(str_has(job_now_of(&c, b).note, S("Zkuste ji znovu")));
	EQ_TEXT(job_now_of(&c, d).state, "done");
}

TEST("jobs: what a job wrote without committing is rolled back") {
	Ctx c = given_jobs();
	Id  id = job_queue(&c, "test.half", "");
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, id).state, "failed");
	EQ_TEXT(job_now_of(&c, id).title, "Zkouška");
	EQ_TEXT(job_now_of(&c, id).note, "Uprostřed zápisu.");
}

TEST("jobs: a job that asks for too much memory fails, what it was writing is rolled back, and the next one runs") {
	Ctx    c = given_jobs();
	Id     a = job_queue(&c, "test.greedy", ""), b = job_queue(&c, "test.greet", "");
	size_t before = jobs_memory_max;
	jobs_memory_max = 5000000;
	EQ_INT(jobs_run_here(c.db), 2);
	jobs_memory_max = before;
	EQ_TEXT(job_now_of(&c, a).state, "failed");
	EXPECT(str_has(job_now_of(&c, a).note, S("víc paměti")));
	EQ_TEXT(job_now_of(&c, a).title, "Zkouška");
	EQ_INT(job_now_of(&c, a).done, 5);
	EQ_TEXT(job_now_of(&c, b).state, "done");
}

/* ---- as whom ---- */

static Err load(Ctx *c, Id account, Actor *ret) {
	if (account == job_petr.account)
		return fail(c, ERR_FORBIDDEN, NULL, "Účet uživatele byl zrušen.");
	*ret = (Actor){.account = account, .name = S("Jana Nováková"), .grants = NEW(c->arena, Grant, .role = S("NET")), .grant_count = 1};
	return OK;
}

TEST("jobs: a job runs as the person who queued it, with the rights of today") {
	Ctx c = given_jobs();
	jobs_set_actor_loader(load);
	Id id = job_queue(&c, "test.greet", "x");
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, id).result, "Ahoj, Jana Nováková: x");
	EQ_INT(job_seen_actor.account, 7);
	EQ_INT(job_seen_actor.grant_count, 1);
	EXPECT(!job_seen_actor.is_program);
}

TEST("jobs: who only looks at what others do neither stops their jobs nor runs them again") {
	Ctx   c = given_jobs();
	Grant audit = {.role = S("AUD"), .scope = SCOPE_REGION}, admin = {.role = S("ADM"), .scope = SCOPE_REGION};
	Actor auditor = {.account = 70, .name = S("Kontrola"), .grants = &audit, .grant_count = 1}, keeper = {.account = 71, .name = S("Správa"), .grants = &admin, .grant_count = 1};
	access_prepare(&auditor);
	access_prepare(&keeper);
	Ctx a = job_context(c.db, &auditor), k = job_context(c.db, &keeper);
	Job seen;
	Id  id = job_queue(&c, "test.greet", "x"), again;
	MUST(job_get(&a, id, &seen));
	EQ_INT(job_cancel(&a, id), ERR_FORBIDDEN);
	EQ_TEXT(job_now_of(&c, id).state, "queued");
	MUST(job_cancel(&k, id));
	EQ_INT(job_run_again(&a, id, &again), ERR_FORBIDDEN);
}

TEST("jobs: a person who may not act any more cannot act through a job") {
	Ctx c = given_jobs(), p = job_context(c.db, &job_petr);
	jobs_set_actor_loader(load);
	Id id = job_queue(&p, "test.greet", "x");
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, id).state, "failed");
	EQ_TEXT(job_now_of(&c, id).note, "Účet uživatele byl zrušen.");
}

TEST("jobs: the program's jobs run as the program, nobody's as nobody") {
	Ctx c = given_jobs(), program = job_context(c.db, &actor_program), nobody = job_context(c.db, &actor_public);
	jobs_set_actor_loader(load);
	job_queue(&program, "test.greet", "");
	EQ_INT(jobs_run_here(c.db), 1);
	EXPECT(job_seen_actor.is_program);
	job_queue(&nobody, "test.greet", "");
	EQ_INT(jobs_run_here(c.db), 1);
	EXPECT(!job_seen_actor.is_program);
	EQ_INT(job_seen_actor.account, 0);
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
	Ctx     c = given_jobs(), p = job_context(c.db, &job_petr), program = job_context(c.db, &actor_program), nobody = job_context(c.db, &actor_public);
	Id      id = job_queue(&c, "test.greet", ""), other = job_queue(&p, "test.greet", "");
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
	EQ_TEXT(job_now_of(&c, other).state, "cancelled");
}

/* ---- once more ---- */

TEST("jobs: what failed or was stopped is run again as the person who queued it, also when the program asks; not twice at once, and not by strangers") {
	Ctx c = given_jobs(), p = job_context(c.db, &job_petr), program = job_context(c.db, &actor_program);
	Id  first = job_queue(&c, "test.wait_again", "vstup"), again, third;
	EQ_INT(job_run_again(&c, first, &again), ERR_CONFLICT);
	MUST(job_cancel(&c, first));
	EQ_INT(job_run_again(&p, first, &again), ERR_NOT_FOUND);
	c.problems.len = 0;
	MUST(job_run_again(&program, first, &again));
	ctx_end(&program);
	Job made = job_now_of(&c, again);
	EQ_TEXT(made.state, "queued");
	EQ_TEXT(made.input, "vstup");
	EQ_INT(made.account, job_jana.account);
	EQ_TEXT(job_now_of(&c, first).state, "cancelled");
	EQ_INT(job_run_again(&c, first, &third), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("už znovu čeká")));
	c.problems.len = 0;
	MUST(job_cancel(&c, again));
	MUST(job_run_again(&c, first, &third));
}

TEST("jobs: what might have done half of its work is not run again from the list; the sentence says where it is") {
	Ctx c = given_jobs();
	Id  id = job_queue(&c, "test.refuse", ""), again;
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_INT(job_run_again(&c, id, &again), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("Zadejte ji znovu tam, kde vznikla.")));
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
	given_job_kinds();
	const char *where = test_store_new(true);
	Db         *nodes[2] = {test_store_open(where, (DbOptions){0}), test_store_open(where, (DbOptions){0})};
	Ctx         c = job_context(nodes[0], &job_jana);
	Tx          tx = {0};
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < JOBS_MANY; i++) {
		job_times[i] = 0;
		job_queue(&c, "test.count", str_z(t_arena, str_format(t_arena, "%d", i)));
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
	EQ_INT(sum, JOBS_MANY);
	for (int i = 0; i < JOBS_MANY; i++)
		EQ_INT(job_times[i], 1);
	static const Sql done = {"test_jobs_done", "SELECT COUNT(*) FROM job WHERE state = 'done' AND attempts = 1", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(&c), &done, DB_NONE, 0, &n));
	EQ_INT(n, JOBS_MANY);
	ctx_end(&c);
}

TEST("jobs: workers run what is queued here at once, and what another program queued soon") {
	Ctx c = given_jobs();
	given_workers(c.db, 2);
	usleep(200000);
	Instant from = instant_now();
	Id      id = job_queue(&c, "test.greet", "");
	job_wait_for(&c, id, "done");
	EXPECT(instant_now().ms - from.ms < 1500);   /* sooner than the next look */
	static const Sql foreign = {"test_job_foreign",
		"INSERT INTO job (id, kind, title, state, input, result, done, total, note, account, account_name, by_program, link, created, process, "
		"claim, attempts, cancel_wanted) VALUES (900001, 'test.greet', '', 'queued', '', '', 0, 0, '', 7, '', 0, '', '', '', '', 0, 0)", NULL};
	Conn *w;
	MUST(db_write_begin(c.db, &w));
	MUST(db_run(w, &foreign, DB_NONE, NULL));
	MUST(db_commit(w));
	job_wait_for(&c, 900001, "done");
}

TEST("jobs: a job that this program does not know waits for one that does, and stops nobody") {
	Ctx c = given_jobs();
	Id  strange = job_queue(&c, "test.greet", "");
	static const Sql rename = {"test_job_rename", "UPDATE job SET kind = 'future.thing'", NULL};
	Conn *w;
	MUST(db_write_begin(c.db, &w));
	MUST(db_run(w, &rename, DB_NONE, NULL));
	MUST(db_commit(w));
	Id id = job_queue(&c, "test.greet", "");
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, strange).state, "queued");
	EQ_TEXT(job_now_of(&c, id).state, "done");
}

TEST("jobs: a queue that is too long refuses more") {
	Ctx c = given_jobs();
	Tx  tx = {0};
	Id  id;
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < 1000; i++)
		job_queue(&c, "test.greet", "");
	EQ_INT(job_add(&c, "test.greet", S(""), S(""), S(""), &id), ERR_BUSY);
	EXPECT(str_has(first_problem(&c), S("příliš mnoho úloh")));
	tx_end(&tx);
}
