/* jobs_inside.h: what jobs.c, jobs_run.c and jobs_watch.c share. */
#pragma once
#include "core/jobs.h"

typedef enum StopReason { GOES_ON, STOP_PERSON, STOP_PROGRAM, STOP_LOST } StopReason;   /* lost: another process thinks that we died */

typedef struct Watch Watch;

/* A job that runs in this process. Lives on the stack of its runner, and in the list that the watcher looks at. */
typedef struct Running Running;
struct Running {
	Running       *next;
	Watch         *watch;
	const JobKind *kind;
	Job            job;
	Arena          arena;                    /* of everything the job makes */
	char           claim[33];
	int            reason;                   /* StopReason; atomic */
	bool           cancelled;                /* reason was given; atomic, Ctx.cancelled points here */
	bool           by_program, begun;
	i64            written_ms;               /* when progress was last written, on the monotonic clock */
};

extern size_t  jobs_memory_max;              /* what one job may hold; tests lower it */
const JobKind *job_kind(Str name);           /* NULL when this program does not know it */
Instant        job_now(void);
/* The row under the columns of job_get; by_program may be NULL. */
void           job_read_row(Arena *a, Rows *rows, Job *ret, bool *by_program);
MUST_USE Err   job_actor(Ctx *c, const Running *r, Actor *ret);
/* 32 hexadecimal digits that nobody had before. */
void           job_mark(char to[33]);
/* A job was queued in this process: its workers need not wait for their next look. */
void           jobs_wake(void);

/* The watcher of a store, one thread while anybody here runs its jobs: signs of life, wishes to stop, jobs of dead processes. */
enum { LOOK_SECONDS = 2, BEAT_SECONDS = 15, STALE_SECONDS = 120, ATTEMPTS_MAX = 3 };
Watch         *jobs_watch_begin(Db *db);
void           jobs_watch_end(Watch *w);
const char    *jobs_watch_process(const Watch *w);        /* mark of this process */
void           jobs_watch_add(Watch *w, Running *r);
void           jobs_watch_remove(Running *r);
void           jobs_watch_hurry(void);                    /* somebody wants to stop a job, perhaps here */
void           watch_stop_all(Watch *w);             /* the program ends: its jobs shall give up */
void           running_stop(Running *r, StopReason why);
MUST_USE Err   jobs_find_stale(Db *db);
