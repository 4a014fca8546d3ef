/* jobs_run.c: taking a job, running it, writing how it ended; the worker threads. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "core/jobs.sql.h"
#include "base/log.h"
#include "core/jobs_inside.h"

enum { WORKERS_MAX = 16, END_TRIES = 3, NOTE_PROBLEMS = 20, PROGRESS_MS = 1000 };
size_t jobs_memory_max = (size_t)1 << 30;

static _Thread_local Running *mine;              /* what this thread runs */

static i64 monotonic_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- progress ---- */

static Err give_up(Ctx *c, const Running *r) {
	switch ((StopReason)__atomic_load_n(&r->reason, __ATOMIC_RELAXED)) {
	case STOP_PROGRAM:
		return fail(c, ERR_CANCELLED, NULL, "Program se ukončil dřív, než úloha doběhla.");
	case STOP_LOST:
		return fail(c, ERR_CANCELLED, NULL, "Úlohu převzal jiný běžící program.");
	case STOP_PERSON:
	case GOES_ON:
		break;
	}
	return fail(c, ERR_CANCELLED, NULL, "Úloha byla zastavena.");
}

/* What the store says to our progress. When it cannot be asked now, the next second will do. */
static void write_progress(Ctx *of_job, Running *r, Str note) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, of_job->db, &actor_program, job_now());
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(&c, &tx) != OK)
		return;
	Rows rows = db_query(c.conn, &sql_job_progress,
	                     P(V(r->job.id), V(str_c(r->claim)), V(r->job.done), V(r->job.total), V(note), V(c.now)));
	bool ours = rows_next(&rows), wanted_off = ours && col_bool(&rows, 0);
	if (rows_end(&rows) != OK || tx_commit(&tx) != OK)
		return;
	if (!ours)
		running_stop(r, STOP_LOST);
	else if (wanted_off)
		running_stop(r, STOP_PERSON);
}

Err job_progress(Ctx *c, Job *job, i64 done, i64 total, const char *note) {
	Running *r = mine;
	CHECK(r && job == &r->job);
	job->done = done;
	job->total = total;
	i64 now = monotonic_ms();
	if (c->tx_depth == 0 && now - r->written_ms >= PROGRESS_MS) {
		r->written_ms = now;
		write_progress(c, r, str_c(note));
	}
	return job_is_cancelled(c) ? give_up(c, r) : OK;
}

/* ---- taking ---- */

static Err first_waiting(Ctx *c, Id *ret, const JobKind **kind) {
	Rows rows = db_query(ctx_conn(c), &sql_job_waiting, DB_NONE);
	while (!*kind && rows_next(&rows)) {         /* another version of the program may have queued what we don't know */
		*ret = col_int(&rows, 0);
		*kind = job_kind(col_text(&rows, 1));
	}
	return rows_end(&rows);
}

static Err read_taken(Ctx *c, Id id, Running *r) {
	Rows rows = db_query(c->conn, &sql_job_get, P(V(id)));
	if (rows_next(&rows))
		job_read_row(&r->arena, &rows, &r->job, &r->by_program);
	return rows_end(&rows);
}

/* Several threads and several processes want the same job: the UPDATE gives it to one. r->kind stays NULL when there is none. */
static Err take(Db *db, Watch *w, Running *r) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, db, &actor_program, job_now());
	CLEANUP(tx_end) Tx tx = {0};
	Id             id = 0;
	i64            taken = 0;
	const JobKind *kind = NULL;
	TRY(tx_begin(&c, &tx));
	TRY(first_waiting(&c, &id, &kind));
	if (!kind)
		return OK;
	job_mark(r->claim);
	TRY(db_run(c.conn, &sql_job_claim, P(V(id), V(c.now), V(str_c(jobs_watch_process(w))), V(str_c(r->claim))), &taken));
	if (!taken)
		return OK;
	TRY(read_taken(&c, id, r));
	TRY(tx_commit(&tx));
	r->kind = kind;
	return OK;
}

/* ---- running ---- */

static Err run_as_person(Ctx *c, Running *r) {
	Actor *actor = NEW(c->arena, Actor, .account = 0);
	TRY(job_actor(c, r, actor));
	c->actor = actor;
	return r->kind->run(c, &r->job);
}

/* The job asked for more memory than there is: its arena is given back, and the thread's connection with whatever was being read. */
static Err out_of_memory(Ctx *c, Running *r) {
	Job left = {.id = r->job.id, .done = r->job.done, .total = r->job.total};
	ctx_end(c);
	db_thread_end(c->db);
	arena_free(&r->arena);
	r->job = left;
	c->actor = &actor_program;
	c->problems = (Problems){0};
	return fail(c, ERR_INTERNAL, NULL, "Úloha potřebuje víc paměti, než smí mít. Rozdělte práci na menší části, nebo to ohlaste správci.");
}

static Err run_within_memory(Ctx *c, Running *r) {
	OnFull full;
	r->arena.limit = jobs_memory_max;
	r->arena.on_full = memory_owner_set(&full);
	bool fine = !ON_FULL(&full);
	Err  e = fine ? run_as_person(c, r) : ERR_INTERNAL;
	r->arena.limit = 0;                          /* what is left to do is small */
	r->arena.on_full = NULL;
	memory_owner = full.outer;
	return fine ? e : out_of_memory(c, r);
}

/* ---- how it ended ---- */

static Str problems_text(Ctx *c, Err e) {
	Strs   lines = {0};
	size_t shown = c->problems.len < NOTE_PROBLEMS ? c->problems.len : NOTE_PROBLEMS;
	for (size_t i = 0; i < shown; i++) {
		const Problem *p = &c->problems.at[i];
		strs_add(c->arena, &lines, str_empty(p->place) ? p->text : str_format(c->arena, "%.*s: %.*s", STR_ARG(p->place), STR_ARG(p->text)));
	}
	if (c->problems.len > shown)
		strs_add(c->arena, &lines, str_format(c->arena, "Dalších problémů: %zu.", c->problems.len - shown));
	if (lines.len == 0 && e == ERR_CANCELLED)
		return S("Úloha byla zastavena.");
	if (lines.len == 0 && e != OK)
		strs_add(c->arena, &lines, S("Úloha se nezdařila. Zkuste ji znovu; trvá-li to, ohlaste ji správci."));
	return str_join(c->arena, S("\n"), lines);
}

static Err write_end(Ctx *of_job, const Running *r, Err e, Str note) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, of_job->db, &actor_program, job_now());
	CLEANUP(tx_end) Tx tx = {0};
	StopReason why = e == ERR_CANCELLED ? (StopReason)r->reason : GOES_ON;
	const Job *j = &r->job;
	Str        claim = str_c(r->claim);
	TRY(tx_begin(&c, &tx));
	if (why == STOP_PROGRAM && (r->kind->retry || !r->begun)) {
		TRY(db_run(c.conn, &sql_job_back, P(V(j->id), V(claim), V(1)), NULL));
	} else if (e == OK) {
		TRY(db_run(c.conn, &sql_job_end, P(V(j->id), V(claim), V(S("done")), V(c.now), V(j->result), V(note), V(j->link), V(j->done),
		                                   V(j->total)), NULL));
	} else {
		Str state = why == STOP_PERSON ? S("cancelled") : S("failed");
		TRY(db_run(c.conn, &sql_job_dead, P(V(j->id), V(claim), V(state), V(c.now), V(note)), NULL));
	}
	return tx_commit(&tx);
}

/* Should the store stay out of reach, the job remains "running" and is found by its old heartbeat. */
static void say_how_it_ended(Ctx *c, const Running *r, Err e) {
	Str note = problems_text(c, e);
	for (int i = 0; i < END_TRIES; i++) {
		if (write_end(c, r, e, note) == OK)
			return;
		sleep(1);
	}
	log_line(LOGS_ERROR, "jobs", 0, "the end of job %lld (%s) could not be written", (long long)r->job.id, err_name(e));
}

static void run(Db *db, Watch *w, Running *r) {
	Ctx c = ctx_make(&r->arena, db, &actor_program, job_now());
	c.cancelled = &r->cancelled;
	CHECK(!mine);
	mine = r;
	jobs_watch_add(w, r);
	r->begun = !job_is_cancelled(&c);            /* the program may have begun to end while we took it */
	Err e = r->begun ? run_within_memory(&c, r) : ERR_CANCELLED;
	ctx_end(&c);
	jobs_watch_remove(r);
	mine = NULL;
	say_how_it_ended(&c, r, e);
}

/* One waiting job, if there is one. */
static Err run_next(Db *db, Watch *w, bool *ran) {
	CLEANUP(arena_free) Arena kept = {0};
	Running *r = NEW(&kept, Running, .next = NULL);
	Err      e = take(db, w, r);
	*ran = e == OK && r->kind;
	if (*ran)
		run(db, w, r);
	arena_free(&r->arena);
	return e;
}

Err jobs_run_all(Arena *a, Db *db, int *ran) {
	(void)a;                                     /* each job has an arena of its own */
	int count = 0;
	TRY(jobs_find_stale(db));
	Watch *w = jobs_watch_begin(db);
	Err    e = OK;
	for (bool found = true; found && e == OK;) {
		e = run_next(db, w, &found);
		count += found;
	}
	jobs_watch_end(w);
	if (ran)
		*ran = count;
	return e;
}

/* ---- worker threads ---- */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t  news;
	pthread_t       threads[WORKERS_MAX];
	int             count;
	int             wakes;                       /* jobs queued here that no worker has looked for yet */
	bool            ends;
	Db             *db;
	Watch          *watch;
} workers = {.lock = PTHREAD_MUTEX_INITIALIZER};

void jobs_wake(void) {
	pthread_mutex_lock(&workers.lock);
	if (workers.wakes < workers.count) {
		workers.wakes++;
		pthread_cond_signal(&workers.news);
	}
	pthread_mutex_unlock(&workers.lock);
}

static bool anything_waits(Db *db) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, db, &actor_program, job_now());
	Id             id;
	const JobKind *kind = NULL;
	return first_waiting(&c, &id, &kind) == OK && kind;
}

/* Waits until a job was queued here, or until it is time to look for those of other processes. False at the end. */
static bool wait_for_job(bool *woken) {
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_SECONDS;
	pthread_mutex_lock(&workers.lock);
	while (!workers.ends && workers.wakes == 0 && pthread_cond_timedwait(&workers.news, &workers.lock, &until) == 0)
		;
	*woken = workers.wakes > 0;
	workers.wakes -= *woken;
	bool goes_on = !workers.ends;
	pthread_mutex_unlock(&workers.lock);
	return goes_on;
}

static bool ending(void) {
	pthread_mutex_lock(&workers.lock);
	bool ends = workers.ends;
	pthread_mutex_unlock(&workers.lock);
	return ends;
}

static void *work(void *arg) {
	Db  *db = arg;
	bool woken = false;
	do {
		/* Who was woken asks as the writer, and so waits until whoever queued the job has committed. */
		for (bool found = woken || anything_waits(db); found && !ending();)
			if (run_next(db, workers.watch, &found) != OK)
				break;                           /* the store is busy or away: the next look is soon */
	} while (wait_for_job(&woken));
	db_thread_end(db);
	return NULL;
}

static void make_condition(void) {
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&workers.news, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

void jobs_start(Db *db, int threads) {
	CHECK(workers.count == 0 && threads > 0 && threads <= WORKERS_MAX);
	make_condition();
	workers.db = db;
	workers.watch = jobs_watch_begin(db);
	workers.wakes = 0;
	workers.ends = false;
	sigset_t all, before;                        /* signals are for the main thread */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (int i = 0; i < threads; i++)
		CHECK(pthread_create(&workers.threads[i], NULL, work, db) == 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_mutex_lock(&workers.lock);
	workers.count = threads;
	pthread_mutex_unlock(&workers.lock);
}

void jobs_stop(void) {
	pthread_mutex_lock(&workers.lock);
	int count = workers.count;
	workers.count = 0;                           /* who queues a job now wakes nobody */
	workers.ends = true;
	pthread_cond_broadcast(&workers.news);
	pthread_mutex_unlock(&workers.lock);
	if (count == 0)
		return;
	watch_stop_all(workers.watch);
	for (int i = 0; i < count; i++)
		pthread_join(workers.threads[i], NULL);
	jobs_watch_end(workers.watch);
	pthread_cond_destroy(&workers.news);
}
