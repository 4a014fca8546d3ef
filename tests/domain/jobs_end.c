/* jobs_run.c, jobs_watch.c: progress, jobs that are stopped, and jobs whose process died. */
#include "tests/domain/jobs_given.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/jobs_inside.h"

/* ---- progress ---- */

TEST("jobs: progress is cheap to tell, written at once, then once a second, and not while the job writes") {
	Ctx c = given_jobs();
	Id  id = job_queue(&c, "test.measure", "");
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, id).state, "done");
	EQ_INT(job_seen_at_first, 1);
	EQ_INT(job_seen_soon, 1);
	EQ_INT(job_seen_later, 777);
}

TEST("jobs: a job that another program took over gives up and writes nothing more") {
	Ctx c = given_jobs();
	Id  id = job_queue(&c, "test.lost", "");
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, id).state, "failed");
	EQ_TEXT(job_now_of(&c, id).note, "jinde");
}

/* ---- stopping ---- */

TEST("jobs: a waiting job that is stopped never begins") {
	Ctx c = given_jobs();
	Id  id = job_queue(&c, "test.greet", "");
	MUST(job_cancel(&c, id));
	EQ_TEXT(job_now_of(&c, id).state, "cancelled");
	EQ_TEXT(job_now_of(&c, id).note, "Úlohu zastavil uživatel Jana Nová dřív, než začala.");
	EQ_INT(jobs_run_here(c.db), 0);
	EQ_INT(job_cancel(&c, id), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("už skončila")));
}

TEST("jobs: a running job that is stopped gives up, however deep it is") {
	Ctx c = given_jobs();
	given_workers(c.db, 2);
	Id a = job_queue(&c, "test.wait", ""), b = job_queue(&c, "test.deep", "");
	job_wait_for(&c, a, "running");
	job_wait_for(&c, b, "running");
	MUST(job_cancel(&c, a));
	MUST(job_cancel(&c, b));
	EXPECT(job_now_of(&c, a).cancel_wanted || job_now_of(&c, a).ended.ms);
	Job job = job_wait_for(&c, a, "cancelled");
	EQ_TEXT(job.note, "Úloha byla zastavena.");
	EXPECT(job.ended.ms > 0);
	EQ_TEXT(job_wait_for(&c, b, "cancelled").note, "Úloha byla zastavena.");
	EQ_INT(jobs_ended, 1);
}

TEST("jobs: when the program ends, running jobs give up; those that may run twice wait again") {
	Ctx c = given_jobs();
	Id  a = job_queue(&c, "test.wait", ""), b = job_queue(&c, "test.wait_again", ""), d = job_queue(&c, "test.greet", "");
	jobs_start(c.db, 2);
	while (jobs_begun < 2)
		usleep(1000);
	jobs_stop();
	EQ_INT(jobs_ended, 2);
	EQ_TEXT(job_now_of(&c, a).state, "failed");
	EQ_TEXT(job_now_of(&c, a).note, "Program se ukončil dřív, než úloha doběhla.");
	EQ_TEXT(job_now_of(&c, b).state, "queued");
	EQ_TEXT(job_now_of(&c, d).state, "queued");
	jobs_stop();                                 /* nothing runs: nothing to do */
	MUST(job_cancel(&c, b));
	EQ_INT(jobs_run_here(c.db), 1);
	EQ_TEXT(job_now_of(&c, d).state, "done");
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
	given_job_kinds();
	const char *where = test_store_new(true);
	Db *db;
	Str why;
	MUST(db_open(t_arena, where, (DbOptions){0}, &db, &why));
	Ctx c = job_context(db, &job_jana);
	*id = job_queue(&c, kind, "");
	job_queue(&c, "test.greet", "po pádu");
	db_close(db);
	jobs_shown = (Instant){INT64_C(1735689600000)};
	jobs_set_clock(jobs_shown_now);
	run_in_dying_process(where);
	return where;
}

TEST("jobs: a job whose process was killed is found by its silence and marked failed; what waited is run") {
	Id          id;
	const char *where = given_dying_job("test.die", &id);
	Db         *db = test_store_open(where, (DbOptions){0});
	Ctx         c = job_context(db, &job_jana);
	EQ_TEXT(job_now_of(&c, id).state, "running");
	MUST(jobs_find_stale(db));
	EQ_TEXT(job_now_of(&c, id).state, "running");    /* perhaps it still lives */
	jobs_shown.ms += 121000;
	EQ_INT(jobs_run_here(db), 1);
	EQ_TEXT(job_now_of(&c, id).state, "failed");
	EXPECT(str_has(job_now_of(&c, id).note, S("Program se ukončil uprostřed úlohy.")));
	EQ_INT(job_now_of(&c, id).ended.ms, jobs_shown.ms);
	EQ_TEXT(job_now_of(&c, id + 1).result, "Ahoj, Jana Nová: po pádu");
}

TEST("jobs: a killed job that was to be stopped counts as stopped") {
	Id          id;
	const char *where = given_dying_job("test.die_again", &id);
	Db         *db = test_store_open(where, (DbOptions){0});
	Ctx         c = job_context(db, &job_jana);
	MUST(job_cancel(&c, id));
	jobs_shown.ms += 121000;
	MUST(jobs_find_stale(db));
	EQ_TEXT(job_now_of(&c, id).state, "cancelled");
}

TEST("jobs: a killed job that may run twice is tried three times, then it failed") {
	Id          id;
	const char *where = given_dying_job("test.die_again", &id);
	for (int i = 0; i < 2; i++) {
		jobs_shown.ms += 121000;
		run_in_dying_process(where);
	}
	Db *db = test_store_open(where, (DbOptions){0});
	Ctx c = job_context(db, &job_jana);
	EQ_TEXT(job_now_of(&c, id).state, "running");
	jobs_shown.ms += 121000;
	EQ_INT(jobs_run_here(db), 1);
	EQ_TEXT(job_now_of(&c, id).state, "failed");
	EQ_TEXT(job_now_of(&c, id + 1).state, "done");
}

TEST("jobs: what ended long ago is forgotten, what waits is not") {
	Ctx c = given_jobs();
	i64 removed;
	Id  a = job_queue(&c, "test.greet", "");
	jobs_set_clock(jobs_shown_now);
	jobs_shown = c.now;
	EQ_INT(jobs_run_here(c.db), 1);
	Id b = job_queue(&c, "test.greet", "");
	MUST(jobs_sweep(&c, c.now, &removed));
	EQ_INT(removed, 0);
	MUST(jobs_sweep(&c, (Instant){c.now.ms + 1}, &removed));
	EQ_INT(removed, 1);
	Job job;
	EQ_INT(job_get(&c, a, &job), ERR_NOT_FOUND);
	MUST(job_get(&c, b, &job));
	ctx_end(&c);
}
