/* jobs.h: long work. A job is a row in the store that a worker thread runs: progress, cancel, result, and it survives a restart.
 *
 * States: queued → running → done | failed | cancelled. A job whose process died is found by its stale heartbeat and marked failed (or
 * queued again, three times at most, when its kind says .retry). A job computes outside and writes in one transaction at its end, or
 * says that it does not.
 *
 * A job runs as the person who queued it, with the rights of the day it runs. Who may see a job: that person, the program, and
 * whoever has the capability admin.jobs; who may stop it and run it again: that person, the program, and whoever has admin.jobs_stop. */
#pragma once
#include "core/ctx.h"

typedef struct Job {
	Id      id;
	Str     kind, title, state;              /* title: "Import registru, rpss.json" */
	Str     input, result;                   /* texts of the kind's own */
	i64     done, total;
	Str     note;                            /* what it is doing, or why it failed */
	Id      account;
	Str     account_name;
	Instant created, started, ended;
	bool    cancel_wanted;
	Str     link;                            /* page of the result */
} Job;

typedef struct JobKind {
	const char *name;                        /* "register.import" */
	const char *title;
	Err       (*run)(Ctx *c, Job *job);      /* sets result and link; problems of the Ctx become the note */
	bool        retry;                       /* running it twice does no harm */
} JobKind;

#define JOBS_ALL "admin.jobs"                /* capability: see the jobs of everybody */
#define JOBS_STOP "admin.jobs_stop"          /* capability: stop them and run them again */

void jobs_setup(const JobKind *const *lists, const size_t *counts, size_t list_count);
/* Set once at start by whoever knows accounts: the person with today's grants, in c->arena; not OK when they may not act any more (the
 * job fails with that problem). Without it jobs of persons run with the rights of the program, under the person's name. */
void jobs_set_actor_loader(Err (*load)(Ctx *c, Id account, Actor *ret));
/* For tests: what the runners take for the present; NULL = the clock. */
void jobs_set_clock(Instant (*now)(void));
/* For whoever is acting. ERR_BUSY when too many jobs wait. */
MUST_USE Err job_add(Ctx *c, const char *kind, Str title, Str input, Str link, Id *ret);
MUST_USE Err job_get(Ctx *c, Id id, Job *ret);
typedef struct JobList { Job *at; size_t len, cap; } JobList;
MUST_USE Err job_list(Ctx *c, bool all_accounts, i64 limit, JobList *ret);
bool         job_may_change(const Ctx *c, const Job *job);
/* A waiting job never begins; a running one is asked to stop. ERR_CONFLICT when it is over. */
MUST_USE Err job_cancel(Ctx *c, Id id);
/* May this job be run once more: it failed or was stopped, and running it twice does no harm. *why is a whole Czech sentence otherwise. */
bool job_may_run_again(const Job *job, const char **why);
/* A failed or stopped job once more: a new one, of the same person, with the rights that they have when it runs. ERR_CONFLICT when it may not be run
 * again or waits again already. */
MUST_USE Err job_run_again(Ctx *c, Id id, Id *ret);
/* Jobs that ended before an instant are forgotten. */
MUST_USE Err jobs_sweep(Ctx *c, Instant before, i64 *removed);

/* From the thread of a running job, as often as it likes: progress is written at most once a second, in a transaction of its own (not
 * while the job itself writes). ERR_CANCELLED when the person stopped it or the program ends: give everything up and pass it on. */
MUST_USE Err job_progress(Ctx *c, Job *job, i64 done, i64 total, const char *note);
/* The same question without progress, from any depth and any thread; false outside of jobs. */
static inline bool job_is_cancelled(const Ctx *c) { return c->cancelled && __atomic_load_n(c->cancelled, __ATOMIC_RELAXED); }

/* Worker threads of this process; stop waits for the running step. jobs_run_all runs what is queued in the calling thread (CLI, tests),
 * which must not be reading or writing: ctx_end first. *ran may be NULL. */
void jobs_start(Db *db, int threads);
void jobs_stop(void);
MUST_USE Err jobs_run_all(Arena *a, Db *db, int *ran);
