#include "http/queue.h"

static void unlink_running(Queue *q, Work *w) {
	if (w->prev)
		w->prev->next = w->next;
	else
		q->running = w->next;
	if (w->next)
		w->next->prev = w->prev;
}

static Work *take_first(Queue *q) {
	Work *w = q->first;
	q->first = w->next;
	if (!q->first)
		q->last = NULL;
	q->waiting--;
	w->running = true;
	w->prev = NULL;
	w->next = q->running;
	if (q->running)
		q->running->prev = w;
	q->running = w;
	return w;
}

/* One thread at a time is being woken; it wakes the next one when it sees that there is more. Waking one for each work would
 * cost twice what a short work takes. Whether to signal, once the lock is given back. */
static bool wake_one(Queue *q) {
	if (!q->first || q->idle == 0 || q->waking)
		return false;
	q->waking = true;
	return true;
}

static void *work(void *arg) {
	Queue *q = arg;
	pthread_mutex_lock(&q->lock);
	for (;;) {
		while (!q->first && !(q->ending && !q->promised)) {
			q->idle++;
			pthread_cond_wait(&q->wake, &q->lock);
			q->idle--;
			q->waking = false;
		}
		if (!q->first)
			break;
		Work *w = take_first(q);
		bool late = w->late;
		if (!late) {
			bool wake = wake_one(q);
			pthread_mutex_unlock(&q->lock);
			if (wake)
				pthread_cond_signal(&q->wake);
			q->calls.run(w);
			pthread_mutex_lock(&q->lock);
			late = w->late;
		}
		unlink_running(q, w);
		pthread_mutex_unlock(&q->lock);
		q->calls.finish(w, late);
		pthread_mutex_lock(&q->lock);
	}
	pthread_mutex_unlock(&q->lock);
	if (q->calls.thread_end)
		q->calls.thread_end(q->calls.arg);
	return NULL;
}

bool queue_start(Queue *q, QueueCalls calls, int threads, int room) {
	*q = (Queue){.calls = calls, .room = room};
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->wake, NULL);
	for (int i = 0; i < threads && i < QUEUE_THREADS; i++) {
		if (pthread_create(&q->threads[q->thread_count], NULL, work, q) != 0)
			break;
		q->thread_count++;
	}
	return q->thread_count > 0;
}

bool queue_reserve(Queue *q) {
	pthread_mutex_lock(&q->lock);
	bool ok = !q->ending && q->waiting + q->promised < q->room + q->idle;
	if (ok)
		q->promised++;
	pthread_mutex_unlock(&q->lock);
	return ok;
}

void queue_put(Queue *q, Work *w) {
	w->next = w->prev = NULL;
	w->running = w->late = false;
	pthread_mutex_lock(&q->lock);
	q->promised--;
	if (q->last)
		q->last->next = w;
	else
		q->first = w;
	q->last = w;
	q->waiting++;
	bool wake = wake_one(q), ending = q->ending;
	pthread_mutex_unlock(&q->lock);
	if (ending)
		pthread_cond_broadcast(&q->wake);
	else if (wake)
		pthread_cond_signal(&q->wake);
}

static void expire_list(Queue *q, Work *w, u64 now) {
	for (; w; w = w->next)
		if (!w->late && w->deadline <= now) {
			w->late = true;
			q->calls.give_up(w);
		}
}

void queue_expire(Queue *q, u64 now) {
	pthread_mutex_lock(&q->lock);
	expire_list(q, q->first, now);
	expire_list(q, q->running, now);
	pthread_mutex_unlock(&q->lock);
}

int queue_waiting(Queue *q) {
	pthread_mutex_lock(&q->lock);
	int n = q->waiting;
	pthread_mutex_unlock(&q->lock);
	return n;
}

bool queue_is_empty(Queue *q) {
	pthread_mutex_lock(&q->lock);
	bool empty = !q->first && !q->running && !q->promised;
	pthread_mutex_unlock(&q->lock);
	return empty;
}

void queue_stop(Queue *q) {
	pthread_mutex_lock(&q->lock);
	q->ending = true;
	pthread_mutex_unlock(&q->lock);
	pthread_cond_broadcast(&q->wake);
	for (int i = 0; i < q->thread_count; i++)
		pthread_join(q->threads[i], NULL);
	q->thread_count = 0;                     /* the lock stays: somebody may still ask for a place and hear no */
}
