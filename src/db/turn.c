#include "db/engine.h"

#include <errno.h>
#include <time.h>

struct Waiter {
	Waiter        *next;
	pthread_t      thread;
	pthread_cond_t called;
	bool           has_turn;
};

void turn_init(Turn *t) {
	*t = (Turn){0};
	pthread_mutex_init(&t->mutex, NULL);
}

void turn_free(Turn *t) {
	pthread_mutex_destroy(&t->mutex);
}

static struct timespec in_ms(int ms) {
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += ms / 1000;
	at.tv_nsec += (long)(ms % 1000) * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	return at;
}

static void leave_queue(Turn *t, Waiter *w) {
	Waiter *before = NULL, *at = t->first;
	while (at != w) {
		before = at;
		at = at->next;
	}
	if (before)
		before->next = w->next;
	else
		t->first = w->next;
	if (t->last == w)
		t->last = before;
}

static bool wait_in_queue(Turn *t, int wait_ms) {
	Waiter w = {.thread = pthread_self()};
	pthread_condattr_t monotonic;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&w.called, &monotonic);
	pthread_condattr_destroy(&monotonic);

	if (t->last)
		t->last->next = &w;
	else
		t->first = &w;
	t->last = &w;

	struct timespec until = in_ms(wait_ms);
	while (!w.has_turn)
		if (pthread_cond_timedwait(&w.called, &t->mutex, &until) == ETIMEDOUT)
			break;
	if (!w.has_turn)                         /* the turn may have come together with the timeout */
		leave_queue(t, &w);
	pthread_cond_destroy(&w.called);
	return w.has_turn;
}

bool turn_take(Turn *t, int wait_ms) {
	pthread_mutex_lock(&t->mutex);
	bool mine = true;
	if (t->taken) {
		mine = wait_in_queue(t, wait_ms);
	} else {
		t->taken = true;
		t->holder = pthread_self();
	}
	pthread_mutex_unlock(&t->mutex);
	return mine;
}

/* The turn is handed to the first one who waits: a thread that asks again at once cannot overtake. */
void turn_give(Turn *t) {
	pthread_mutex_lock(&t->mutex);
	Waiter *w = t->first;
	if (w) {
		t->first = w->next;
		if (!t->first)
			t->last = NULL;
		t->holder = w->thread;
		w->has_turn = true;
		pthread_cond_signal(&w->called);
	} else {
		t->taken = false;
	}
	pthread_mutex_unlock(&t->mutex);
}

bool turn_is_mine(Turn *t) {
	pthread_mutex_lock(&t->mutex);
	bool mine = t->taken && pthread_equal(t->holder, pthread_self());
	pthread_mutex_unlock(&t->mutex);
	return mine;
}
