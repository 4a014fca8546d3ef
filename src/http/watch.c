#include "http/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum {
	SECOND = 1000 * 1000,
	TICK = SECOND / 4,
	LINGER = 2 * SECOND,
	RATE = 1024,                             /* bytes per second, least */
	CONNECTIONS = 4096,
	OTHER_FILES = 256,                       /* descriptors that are not connections */
};

u64 watch_now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * SECOND + (u64)t.tv_nsec / 1000;
}

static void wake_up(Watch *w) {
	u64 one = 1;
	ssize_t n = write(w->wake, &one, sizeof one);
	(void)n;                                 /* full means that it is awake */
}

/* -------------------------------------------------------------------- connections */

Conn *watch_add(Watch *w, int fd, const struct sockaddr *from, socklen_t len) {
	Conn *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	c->fd = fd;
	c->peer_len = address_text(from, len, c->peer);
	c->deadline = watch_now() + (u64)w->header_seconds * SECOND;
	pthread_mutex_lock(&w->lock);
	c->next = w->conns;
	if (w->conns)
		w->conns->prev = c;
	w->conns = c;
	w->count++;
	pthread_mutex_unlock(&w->lock);
	return c;
}

void watch_remove(Watch *w, Conn *c) {
	pthread_mutex_lock(&w->lock);
	if (c->prev)
		c->prev->next = c->next;
	else
		w->conns = c->next;
	if (c->next)
		c->next->prev = c->prev;
	bool was_full = w->count-- == w->most;
	pthread_mutex_unlock(&w->lock);
	if (was_full)
		wake_up(w);
	free(c->target);
	free(c);
}

int watch_count(Watch *w) {
	pthread_mutex_lock(&w->lock);
	int n = w->count;
	pthread_mutex_unlock(&w->lock);
	return n;
}

/* Written by the I/O thread of the connection, read by the watch; a glance at the old value costs one tick. */
static void enter(Conn *c, Phase phase, u64 deadline) {
	atomic_store_explicit(&c->deadline, deadline, memory_order_relaxed);
	atomic_store_explicit(&c->phase, (int)phase, memory_order_relaxed);
}

/* The library ends a silent connection after idle_seconds, but a slow head looks busy to it. */
void watch_idle(Watch *w, Conn *c) {
	enter(c, PHASE_IDLE, watch_now() + (u64)(w->idle_seconds + w->header_seconds) * SECOND);
	if (atomic_load_explicit(&w->closing, memory_order_relaxed))
		wake_up(w);
}

void watch_head(Watch *w, Conn *c, const char *target) {
	u64 latest = watch_now() + (u64)w->header_seconds * SECOND;
	u64 deadline = atomic_load_explicit(&c->deadline, memory_order_relaxed);
	enter(c, PHASE_HEAD, deadline && deadline < latest ? deadline : latest);
	c->target_len = 0;
	size_t len = target ? strlen(target) : 0;
	if (len > c->target_cap) {
		size_t cap = len < 256 ? 256 : len;
		char *bigger = realloc(c->target, cap);
		if (!bigger)
			return;                          /* an empty target is refused */
		c->target = bigger;
		c->target_cap = cap;
	}
	if (len)
		memcpy(c->target, target, len);
	c->target_len = len;
}

void watch_body(Conn *c) {
	enter(c, PHASE_BODY, 0);
}

void watch_answer(Conn *c, u64 deadline, u64 size) {
	enter(c, PHASE_ANSWER, deadline + 30 * SECOND + size / RATE * SECOND);
}

/* ------------------------------------------------------------------------ sweeping */

/* The first body_seconds are free; after that every such span must bring its share. */
static bool is_slow_body(const Watch *w, Conn *c, u64 now) {
	u64 received = atomic_load_explicit(&c->received, memory_order_relaxed);
	u64 span = (u64)w->body_seconds * SECOND;
	if (!c->window_at) {
		c->window_at = now;
		c->window_bytes = received;
	}
	if (now - c->window_at < span)
		return false;
	bool slow = received < c->window_bytes + (u64)w->body_seconds * RATE;
	c->window_at = now;
	c->window_bytes = received;
	return slow;
}

static bool is_over(const Watch *w, Conn *c, u64 now) {
	int phase = atomic_load_explicit(&c->phase, memory_order_relaxed);
	u64 deadline = atomic_load_explicit(&c->deadline, memory_order_relaxed);
	if (phase == PHASE_BODY)
		return is_slow_body(w, c, now);
	c->window_at = 0;
	if (phase == PHASE_IDLE && atomic_load_explicit(&w->closing, memory_order_relaxed))
		return true;
	return deadline && now > deadline;
}

/* The library notices the end of the stream and closes; only it may close. */
static void sweep(Watch *w, u64 now) {
	pthread_mutex_lock(&w->lock);
	for (Conn *c = w->conns; c; c = c->next)
		if (is_over(w, c, now))
			shutdown(c->fd, SHUT_RDWR);
	pthread_mutex_unlock(&w->lock);
}

void watch_linger(Watch *w, int fd) {
	u64 until = watch_now() + LINGER;
	pthread_mutex_lock(&w->lock);
	int copy = w->lingering_count < LINGERERS ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
	if (copy >= 0) {
		w->lingering[w->lingering_count].fd = copy;
		w->lingering[w->lingering_count++].until = until;
	}
	pthread_mutex_unlock(&w->lock);
}

/* False when nothing more is to come. */
static bool read_away(int fd) {
	char waste[16 * 1024];
	for (int i = 0; i < 64; i++) {
		ssize_t n = recv(fd, waste, sizeof waste, MSG_DONTWAIT);
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		if (n == 0)
			return false;
	}
	return true;
}

static void read_away_all(Watch *w, u64 now) {
	pthread_mutex_lock(&w->lock);
	for (int i = 0; i < w->lingering_count;) {
		if (now < w->lingering[i].until && read_away(w->lingering[i].fd)) {
			i++;
			continue;
		}
		close(w->lingering[i].fd);
		w->lingering[i] = w->lingering[--w->lingering_count];
	}
	pthread_mutex_unlock(&w->lock);
}

/* ----------------------------------------------------------------------- accepting */

/* False when the machine is out of something: then wait for the next tick. */
static bool accept_some(Watch *w) {
	for (int i = 0; i < 64 && watch_count(w) < w->most; i++) {
		struct sockaddr_storage from;
		socklen_t len = sizeof from;
		int fd = accept4(w->listener.fd, (struct sockaddr *)&from, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (fd < 0)
			return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
		if (!w->calls.add(w->calls.arg, fd, (struct sockaddr *)&from, len))
			return false;
	}
	return true;
}

static void *watch(void *arg) {
	Watch *w = arg;
	u64 next = watch_now();
	bool well = true;
	while (!atomic_load(&w->ending)) {
		u64 now = watch_now();
		if (now >= next || atomic_load(&w->closing)) {
			sweep(w, now);
			w->calls.tick(w->calls.arg, now);
			next = now + TICK;
			well = true;
		}
		read_away_all(w, now);
		if (atomic_load(&w->closing))
			listen_close(&w->listener);
		bool may_accept = well && w->listener.fd >= 0 && watch_count(w) < w->most;
		struct pollfd at[2] = {{.fd = w->wake, .events = POLLIN}, {.fd = may_accept ? w->listener.fd : -1, .events = POLLIN}};
		int ms = (int)((next - now) / 1000) + 1;
		if (poll(at, 2, ms) <= 0)
			continue;
		u64 count;
		if (at[0].revents && read(w->wake, &count, sizeof count) < 0)
			continue;
		if (at[1].revents)
			well = accept_some(w);
	}
	return NULL;
}

void watch_prepare(Watch *w) {
	struct rlimit files;
	w->most = CONNECTIONS;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < CONNECTIONS + OTHER_FILES)
		w->most = files.rlim_cur > 2 * OTHER_FILES ? (int)files.rlim_cur - OTHER_FILES : OTHER_FILES;
	pthread_mutex_init(&w->lock, NULL);
}

bool watch_start(Watch *w, WatchCalls calls) {
	w->calls = calls;
	w->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (w->wake < 0)
		return false;
	if (pthread_create(&w->thread, NULL, watch, w) != 0) {
		close(w->wake);
		return false;
	}
	return true;
}

void watch_close(Watch *w) {
	atomic_store(&w->closing, true);
	wake_up(w);
}

void watch_stop(Watch *w) {
	atomic_store(&w->ending, true);
	wake_up(w);
	pthread_join(w->thread, NULL);
	for (int i = 0; i < w->lingering_count; i++)
		close(w->lingering[i].fd);
	listen_close(&w->listener);
}

void watch_free(Watch *w) {
	close(w->wake);
}
