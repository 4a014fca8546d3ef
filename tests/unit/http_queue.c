#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "http/queue.h"
#include "tests/test.h"

typedef struct Job {
	Work        work;
	_Atomic int ran, finished, late, given_up;
	bool        stays;                       /* runs until the gate opens: no test depends on how quick the machine is */
} Job;

static _Atomic int  ended;
static atomic_bool gate;

static void sleep_ms(int ms) {
	nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void run(Work *w) {
	Job *j = (Job *)w;
	j->ran++;
	while (j->stays && !gate)
		sleep_ms(1);
}

/* It runs within ten seconds. */
static bool begins(Job *j) {
	for (int i = 0; i < 10000 && !j->ran; i++)
		sleep_ms(1);
	return j->ran == 1;
}

static void finish(Work *w, bool late) {
	((Job *)w)->late += late;
	((Job *)w)->finished++;
}

static void give_up(Work *w) {
	((Job *)w)->given_up++;
}

static void thread_end(void *arg) {
	++*(_Atomic int *)arg;
}

static const QueueCalls calls = {run, finish, give_up, thread_end, &ended};

TEST("http queue: what is put in is run once, also what waits at the end") {
	enum { JOBS = 2000 };
	Queue *q = arena_alloc(t_arena, sizeof *q);
	Job *jobs = calloc(JOBS, sizeof *jobs);
	ended = 0;
	EXPECT(queue_start(q, calls, 4, JOBS, 0));
	for (int i = 0; i < JOBS; i++) {
		EXPECT(queue_reserve(q, WEIGHT_PERSON));
		queue_put(q, &jobs[i].work);
	}
	queue_stop(q);
	for (int i = 0; i < JOBS; i++)
		EXPECT(jobs[i].ran == 1 && jobs[i].finished == 1 && jobs[i].late == 0);
	EQ_INT(ended, 4);
	EXPECT(!queue_reserve(q, WEIGHT_PERSON));
	free(jobs);
}

TEST("http queue: every idle thread takes its part when works come at once") {
	Queue *q = arena_alloc(t_arena, sizeof *q);
	Job jobs[4] = {{.stays = true}, {.stays = true}, {.stays = true}, {.stays = true}};
	gate = false;
	EXPECT(queue_start(q, calls, 4, 10, 0));
	for (int i = 0; i < 4; i++) {
		EXPECT(queue_reserve(q, WEIGHT_PERSON));
		queue_put(q, &jobs[i].work);
	}
	bool all = true;
	for (int i = 0; i < 4; i++)
		all = begins(&jobs[i]) && all;       /* while none of them has ended */
	gate = true;
	queue_stop(q);
	EXPECT(all);
}

TEST("http queue: a full one gives no place") {
	Queue *q = arena_alloc(t_arena, sizeof *q);
	Job jobs[4] = {{.stays = true}};
	gate = false;
	EXPECT(queue_start(q, calls, 1, 2, 0));
	EXPECT(queue_reserve(q, WEIGHT_PERSON));
	queue_put(q, &jobs[0].work);
	EXPECT(begins(&jobs[0]));
	for (int i = 1; i <= 2; i++) {
		EXPECT(queue_reserve(q, WEIGHT_PERSON));
		queue_put(q, &jobs[i].work);
	}
	bool refused = !queue_reserve(q, WEIGHT_PERSON);
	int  waiting = queue_waiting(q);
	gate = true;
	queue_stop(q);
	EXPECT(refused && waiting == 2);
	EXPECT(queue_is_empty(q));
}

TEST("http queue: what is late is given up once, whether it waits or runs") {
	Queue *q = arena_alloc(t_arena, sizeof *q);
	Job running = {.stays = true, .work.deadline = 10}, waiting = {.work.deadline = 20}, good = {.work.deadline = 1000};
	gate = false;
	EXPECT(queue_start(q, calls, 1, 5, 0));
	Job *all[] = {&running, &waiting, &good};
	for (int i = 0; i < 3; i++) {
		EXPECT(queue_reserve(q, WEIGHT_PERSON));
		queue_put(q, &all[i]->work);
		EXPECT(begins(&running));
	}
	queue_expire(q, 5);
	int early = running.given_up;
	queue_expire(q, 100);
	queue_expire(q, 100);
	int given_up = running.given_up;
	gate = true;
	queue_stop(q);
	EXPECT(early == 0 && given_up == 1 && running.given_up == 1);
	EQ_INT(waiting.given_up, 1);
	EXPECT(running.late == 1 && running.ran == 1 && running.finished == 1);
	EXPECT(waiting.late == 1 && waiting.ran == 0 && waiting.finished == 1);
	EXPECT(good.late == 0 && good.ran == 1 && good.given_up == 0);
}

static void *put_many(void *arg) {
	Queue *q = arg;
	enum { N = 3000 };
	Job *jobs = calloc(N, sizeof *jobs);
	long accepted = 0, done = 0;
	for (int i = 0; i < N; i++)
		if (queue_reserve(q, WEIGHT_PERSON)) {
			queue_put(q, &jobs[i].work);
			accepted++;
		}
	while (done < accepted) {
		done = 0;
		for (int i = 0; i < N; i++)
			done += jobs[i].finished;
		sleep_ms(1);
	}
	sleep_ms(5);
	for (int i = 0; i < N; i++)
		CHECK(jobs[i].ran <= 1 && jobs[i].ran == jobs[i].finished);
	free(jobs);
	return NULL;
}

TEST("http queue: many put while many take, and nothing is lost") {
	Queue *q = arena_alloc(t_arena, sizeof *q);
	pthread_t threads[3];
	EXPECT(queue_start(q, calls, 3, 50, 0));
	for (int i = 0; i < 3; i++)
		EQ_INT(pthread_create(&threads[i], NULL, put_many, q), 0);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	queue_stop(q);
	EXPECT(queue_is_empty(q));
}

TEST("http queue: what matters less finds no place while there is room for what matters more, waits behind it, and leaves a thread free") {
	enum { ROOM = 8 };
	Queue *q = arena_alloc(t_arena, sizeof *q);
	Job *first = calloc(1, sizeof *first), *crowd = calloc(ROOM, sizeof *crowd), *form = calloc(1, sizeof *form), *person = calloc(2, sizeof *person);
	ended = 0;
	gate = false;
	EXPECT(queue_start(q, calls, 2, ROOM, 1));
	first->stays = true;
	EXPECT(queue_reserve(q, WEIGHT_PUBLIC));
	queue_put(q, &first->work);
	EXPECT(begins(first));
	int taken = 0;
	while (taken < ROOM && queue_reserve(q, WEIGHT_PUBLIC))
		queue_put(q, &crowd[taken++].work);
	EXPECT(taken == ROOM / 2 || taken == ROOM / 2 + 1);      /* a thread without work is a place more */
	form->work.weight = WEIGHT_FORM;
	EXPECT(queue_reserve(q, WEIGHT_FORM));
	queue_put(q, &form->work);
	person->work.weight = WEIGHT_PERSON;
	EXPECT(queue_reserve(q, WEIGHT_PERSON));
	queue_put(q, &person->work);
	bool person_ran = begins(person);        /* by the thread that the others do not get */
	int crowd_ran = form->ran;
	for (int i = 0; i < taken; i++)
		crowd_ran += crowd[i].ran;
	gate = true;
	queue_stop(q);
	EXPECT(person_ran);
	EQ_INT(crowd_ran, 0);                    /* all of it only when the first had ended */
	EQ_INT(form->ran, 1);
	for (int i = 0; i < taken; i++)
		EQ_INT(crowd[i].finished, 1);
	free(first), free(crowd), free(form), free(person);
}
