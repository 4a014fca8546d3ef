/* jobs_given.h: kinds of jobs that do what tests need, and a store with the workers of the program. */
#pragma once
#include <stdatomic.h>

#include "core/jobs.h"
#include "tests/support/store.h"
#include "tests/test.h"

/* Kinds: test.greet, test.refuse, test.silent, test.half, test.count, test.wait, test.wait_again, test.deep, test.greedy, test.die, test.die_again,
 * test.measure, test.lost. */
extern const Actor job_jana, job_petr;

enum { JOBS_MANY = 200 };
extern atomic_int job_times[JOBS_MANY];          /* how often test.count ran with each input */
extern atomic_int jobs_begun, jobs_ended;        /* of the waiting kinds */
extern Actor      job_seen_actor;                /* by test.greet */
extern Instant    job_seen_now;
extern i64        job_seen_at_first, job_seen_soon, job_seen_later;    /* progress in the store, by test.measure */
extern Instant    jobs_shown;                    /* what jobs_shown_now gives */
Instant jobs_shown_now(void);

void given_job_kinds(void);
Ctx  job_context(Db *db, const Actor *actor);
/* An empty store, as Jana. */
Ctx  given_jobs(void);
Id   job_queue(Ctx *c, const char *kind, const char *input);
/* As it stands now. */
Job  job_now_of(Ctx *c, Id id);
/* Runs what is queued in this thread; how many. */
int  jobs_run_here(Db *db);
/* Until the job is in a state, 20 s at most. */
Job  job_wait_for(Ctx *c, Id id, const char *state);
/* Until the end of the test. */
void given_workers(Db *db, int threads);
