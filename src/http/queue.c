#include "http/queue.h"

static void unlink_running(Queue *q, Work *w) {
	if (w->prev)
		w->prev->next = w->next;
	else
		q->running = w->next;
	if (w->next)
		w->next->prev = w->prev;
}

/* The list whose first work may run now, NULL = none. At the end everything may. */
static Work **next_list(Queue *q) {
	if (q->waits[0].first)
		return &q->waits[0].first;
	return q->waits[1].first && (q->ending || q->others_running < q->most_others) ? &q->waits[1].first : NULL;
}

static Work *take_first(Queue *q, Work **list) {
	Work *w = *list;
	*list = w->next;
	q->waiting--;
	q->others_running += w->weight != WEIGHT_PERSON;
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
	if (q->idle == 0 || q->waking || !next_list(q))
		return false;
	q->waking = true;
	return true;
}

static void *work(void *arg) {
	Queue *q = arg;
	pthread_mutex_lock(&q->lock);
	for (;;) {
		Work **list;
		while (!(list = next_list(q)) && !(q->ending && !q->promised && q->waiting == 0)) {
			q->idle++;
			pthread_cond_wait(&q->wake, &q->lock);
			q->idle--;
			q->waking = false;
		}
		if (!list)
			break;
		Work *w = take_first(q, list);
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
		q->others_running -= w->weight != WEIGHT_PERSON;
		pthread_mutex_unlock(&q->lock);
		q->calls.finish(w, late);
		pthread_mutex_lock(&q->lock);
	}
	pthread_mutex_unlock(&q->lock);
	if (q->calls.thread_end)
		q->calls.thread_end(q->calls.arg);
	return NULL;
}

bool queue_start(Queue *q, QueueCalls calls, int threads, int room, int for_persons) {
	*q = (Queue){.calls = calls, .room = room, .most_others = threads - for_persons > 1 ? threads - for_persons : 1};
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->wake, NULL);
	for (int i = 0; i < threads && i < QUEUE_THREADS; i++) {
		if (pthread_create(&q->threads[q->thread_count], NULL, work, q) != 0)
			break;
		q->thread_count++;
	}
	return q->thread_count > 0;
}

static int room_for(const Queue *q, Weight weight) {
	return weight == WEIGHT_PERSON ? q->room : weight == WEIGHT_FORM ? q->room - q->room / 4 : q->room - q->room / 2;
}

bool queue_reserve(Queue *q, Weight weight) {
	pthread_mutex_lock(&q->lock);
	bool ok = !q->ending && q->waiting + q->promised < room_for(q, weight) + q->idle;
	if (ok)
		q->promised++;
	pthread_mutex_unlock(&q->lock);
	return ok;
}

void queue_put(Queue *q, Work *w) {
	w->next = w->prev = NULL;
	w->running = w->late = false;
	pthread_mutex_lock(&q->lock);
	int which = w->weight != WEIGHT_PERSON;
	q->promised--;
	if (q->waits[which].first)
		q->waits[which].last->next = w;
	else
		q->waits[which].first = w;
	q->waits[which].last = w;
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
	expire_list(q, q->waits[0].first, now);
	expire_list(q, q->waits[1].first, now);
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
	bool empty = q->waiting == 0 && !q->running && !q->promised;
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
