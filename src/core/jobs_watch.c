/* jobs_watch.c: beside the threads that run jobs, one that tells the store that they live, hears who should stop, and finds jobs whose
 * process died. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/jobs.sql.h"
#include "base/log.h"
#include "core/jobs_inside.h"

struct Watch {
	Watch         *next;
	Db            *db;
	int            users;
	char           process[33];
	pthread_t      thread;
	pthread_cond_t news;
	bool           ends, hurry;
	bool           stopping;                 /* who begins now need not begin */
	Running       *running;
};

/* Guards the list of watches and everything in them. Held for moments, never while the store is asked. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Watch          *watches;

static void *watch(void *arg);

/* ---- who watches ---- */

static Watch *jobs_watch_new(Db *db) {
	Watch *w = calloc(1, sizeof *w);
	CHECK(w != NULL);
	w->db = db;
	job_mark(w->process);
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&w->news, &monotonic);
	pthread_condattr_destroy(&monotonic);
	sigset_t all, before;                        /* signals are for the main thread */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	CHECK(pthread_create(&w->thread, NULL, watch, w) == 0);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return w;
}

Watch *jobs_watch_begin(Db *db) {
	pthread_mutex_lock(&lock);
	Watch *w = watches;
	while (w && w->db != db)
		w = w->next;
	if (!w) {
		w = jobs_watch_new(db);
		w->next = watches;
		watches = w;
	}
	w->users++;
	pthread_mutex_unlock(&lock);
	return w;
}

void jobs_watch_end(Watch *w) {
	pthread_mutex_lock(&lock);
	bool last = --w->users == 0;
	if (last) {
		CHECK(w->running == NULL);
		Watch **at = &watches;
		while (*at != w)
			at = &(*at)->next;
		*at = w->next;
		w->ends = true;
		pthread_cond_signal(&w->news);
	}
	pthread_mutex_unlock(&lock);
	if (!last)
		return;
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->news);
	free(w);
}

const char *jobs_watch_process(const Watch *w) {
	return w->process;
}

/* ---- what is watched ---- */

void jobs_watch_add(Watch *w, Running *r) {
	pthread_mutex_lock(&lock);
	r->watch = w;
	r->next = w->running;
	w->running = r;
	if (w->stopping)
		running_stop(r, STOP_PROGRAM);
	pthread_mutex_unlock(&lock);
}

void jobs_watch_remove(Running *r) {
	pthread_mutex_lock(&lock);
	Running **at = &r->watch->running;
	while (*at != r)
		at = &(*at)->next;
	*at = r->next;
	pthread_mutex_unlock(&lock);
}

void running_stop(Running *r, StopReason why) {
	int none = GOES_ON;
	__atomic_compare_exchange_n(&r->reason, &none, (int)why, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
	__atomic_store_n(&r->cancelled, true, __ATOMIC_RELAXED);
}

void watch_stop_all(Watch *w) {
	pthread_mutex_lock(&lock);
	w->stopping = true;
	for (Running *r = w->running; r; r = r->next)
		running_stop(r, STOP_PROGRAM);
	pthread_mutex_unlock(&lock);
}

void jobs_watch_hurry(void) {
	pthread_mutex_lock(&lock);
	for (Watch *w = watches; w; w = w->next) {
		w->hurry = true;
		pthread_cond_signal(&w->news);
	}
	pthread_mutex_unlock(&lock);
}

static void stop_job(Watch *w, Id id) {
	pthread_mutex_lock(&lock);
	for (Running *r = w->running; r; r = r->next)
		if (r->job.id == id)
			running_stop(r, STOP_PERSON);
	pthread_mutex_unlock(&lock);
}

/* ---- the thread ---- */

/* The store may be out of reach for a while: whoever looks every two seconds says nothing and looks again. */
static void look_who_stops(Watch *w) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, w->db, &actor_program, job_now());
	Id    *ids = NULL;
	size_t len = 0, cap = 0;
	Rows   rows = db_query(ctx_conn(&c), &sql_job_wanted_off, P(V(str_c(w->process))));
	while (rows_next(&rows))
		*ARENA_PUSH(&a, ids, len, cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return;
	for (size_t i = 0; i < len; i++)
		stop_job(w, ids[i]);
}

static void beat(Watch *w) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, w->db, &actor_program, job_now());
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(&c, &tx) != OK || db_run(c.conn, &sql_job_beat, P(V(str_c(w->process)), V(c.now)), NULL) != OK || tx_commit(&tx) != OK)
		log_line(LOGS_WARNING, "jobs", 0, "no sign of life could be written");
}

/* Waits for news or for the next look; false when the watch ends. */
static bool wait_for_news(Watch *w, bool *anybody) {
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += LOOK_SECONDS;
	pthread_mutex_lock(&lock);
	while (!w->ends && !w->hurry && pthread_cond_timedwait(&w->news, &lock, &until) == 0)
		;
	w->hurry = false;
	*anybody = w->running != NULL;
	bool goes_on = !w->ends;
	pthread_mutex_unlock(&lock);
	return goes_on;
}

static i64 seconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

static void *watch(void *arg) {
	Watch *w = arg;
	i64    beaten = seconds(), searched = 0;
	bool   anybody;
	while (wait_for_news(w, &anybody)) {
		if (anybody)
			look_who_stops(w);
		if (!anybody) {
			beaten = seconds();                  /* a job begins with a sign of life */
		} else if (seconds() - beaten >= BEAT_SECONDS) {
			beat(w);
			beaten = seconds();
		}
		if (seconds() - searched >= STALE_SECONDS / 4) {
			if (jobs_find_stale(w->db) != OK)
				log_line(LOGS_WARNING, "jobs", 0, "jobs of dead processes could not be looked for");
			searched = seconds();
		}
	}
	db_thread_end(w->db);
	return NULL;
}

/* ---- jobs of dead processes ---- */

typedef struct Stale {
	Id   id;
	Str  claim;
	bool again, unwanted;
} Stale;

static Err read_stale(Ctx *c, Stale **list, size_t *len) {
	size_t  cap = 0;
	Instant limit = {c->now.ms - INT64_C(1000) * STALE_SECONDS};
	*list = NULL;
	*len = 0;
	Rows rows = db_query(ctx_conn(c), &sql_job_stale, P(V(limit)));
	while (rows_next(&rows)) {
		const JobKind *kind = job_kind(col_text(&rows, 1));
		*ARENA_PUSH(c->arena, *list, *len, cap) = (Stale){
			.id = col_int(&rows, 0), .claim = str_dup(c->arena, col_text(&rows, 2)), .unwanted = col_bool(&rows, 4),
			.again = kind && kind->retry && col_int(&rows, 3) < ATTEMPTS_MAX,
		};
	}
	return rows_end(&rows);
}

static Err bury(Ctx *c, const Stale *s) {
	if (s->again && !s->unwanted)
		return db_run(c->conn, &sql_job_back, P(V(s->id), V(s->claim), V(0)), NULL);
	Str state = s->unwanted ? S("cancelled") : S("failed");
	Str note = s->unwanted ? S("Úloha byla zastavena.")
	                       : S("Program se ukončil uprostřed úlohy. Zkontrolujte, co se stihlo, a spusťte ji znovu.");
	return db_run(c->conn, &sql_job_dead, P(V(s->id), V(s->claim), V(state), V(c->now), V(note)), NULL);
}

Err jobs_find_stale(Db *db) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, db, &actor_program, job_now());
	Stale *list;
	size_t len;
	TRY(read_stale(&c, &list, &len));
	if (len == 0)
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(&c, &tx));
	TRY(read_stale(&c, &list, &len));            /* again as the writer: somebody may have shown a sign of life */
	for (size_t i = 0; i < len; i++)
		TRY(bury(&c, &list[i]));
	return tx_commit(&tx);
}
