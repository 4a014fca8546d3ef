/* queue.h: a lane: a bounded queue and the threads that empty it. Knows nothing of requests.
 *
 * When there is too much to do, what matters less goes first: it finds no place while there is still room for what matters more, waits
 * behind it, and never holds the last thread.
 *
 * Work that is not done by its deadline is given up: `give_up` is called once, by queue_expire, while the work may still be
 * running; then `finish` says late = true, and whoever runs it must not touch the client any more. */
#pragma once
#include <pthread.h>

#include "base/base.h"

typedef enum Weight {
	WEIGHT_PUBLIC,                           /* half of the room */
	WEIGHT_FORM,                             /* three quarters */
	WEIGHT_PERSON,                           /* all of it, before the others */
} Weight;

typedef struct Work Work;
struct Work {
	Work  *next, *prev;
	Weight weight;
	u64   deadline;                          /* monotonic microseconds */
	bool  running, late;
};

typedef struct QueueCalls {
	void (*run)(Work *w);
	void (*finish)(Work *w, bool late);      /* after run, or instead of it when it was late before it began */
	void (*give_up)(Work *w);                /* under the queue's lock: must not call the queue */
	void (*thread_end)(void *arg);           /* may be NULL */
	void  *arg;
} QueueCalls;

enum { QUEUE_THREADS = 128 };

typedef struct Queue {
	QueueCalls      calls;
	pthread_mutex_t lock;
	pthread_cond_t  wake;
	struct { Work *first, *last; } waits[2]; /* persons, and all others */
	Work           *running;
	int             waiting, promised, room, idle;
	int             others_running, most_others;
	bool            waking, ending;
	pthread_t       threads[QUEUE_THREADS];
	int             thread_count;
} Queue;

/* False when not one thread could be started. `for_persons` of the threads do no other work; one thread always does. */
bool queue_start(Queue *q, QueueCalls calls, int threads, int room, int for_persons);
/* Take a place for a work of this weight. False = full or ending. A place that was taken must be filled by queue_put. */
bool queue_reserve(Queue *q, Weight weight);
void queue_put(Queue *q, Work *w);
/* Give up what is past its deadline. */
void queue_expire(Queue *q, u64 now);
int  queue_waiting(Queue *q);
/* Nothing waits and nothing runs. */
bool queue_is_empty(Queue *q);
/* No more work; what waits is still run. Ends the threads. */
void queue_stop(Queue *q);
