/* jobs.h: long work. A job is a row in the store that a worker thread runs: progress, cancel, result, and it survives a restart.
 *
 * States: queued → running → done | failed | cancelled. A job whose process died is found by its stale heartbeat and marked failed (or
 * queued again when its kind says .retry). A job computes outside and writes in one transaction at its end, or says that it does not. */
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
	Err       (*run)(Ctx *c, Job *job);      /* problems of the Ctx become the note */
	bool        retry;
} JobKind;

void jobs_setup(const JobKind *const *lists, const size_t *counts, size_t list_count);
MUST_USE Err job_add(Ctx *c, const char *kind, Str title, Str input, Str link, Id *ret);
MUST_USE Err job_get(Ctx *c, Id id, Job *ret);
typedef struct JobList { Job *at; size_t len, cap; } JobList;
MUST_USE Err job_list(Ctx *c, bool all_accounts, i64 limit, JobList *ret);
MUST_USE Err job_cancel(Ctx *c, Id id);
/* From a running job: progress is written at most once a second, in a transaction of its own. ERR_CANCELLED when the person stopped it. */
MUST_USE Err job_progress(Ctx *c, Job *job, i64 done, i64 total, const char *note);
/* Worker threads of this process; stop waits for the running step. jobs_run_all runs what is queued in the calling thread (CLI, tests). */
void jobs_start(Db *db, int threads);
void jobs_stop(void);
MUST_USE Err jobs_run_all(Arena *a, Db *db, int *ran);
