#include "app/supervise.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

static int supervisor = -1;

void supervise_start(void) {
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	const char *path = getenv("NOTIFY_SOCKET");
	size_t len = path ? strlen(path) : 0;
	if (len < 2 || len >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
		return;
	memcpy(to.sun_path, path, len);
	if (path[0] == '@')                      /* a name without a file */
		to.sun_path[0] = 0;
	supervisor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (supervisor >= 0 && connect(supervisor, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) == 0)
		return;
	fprintf(stderr, "The supervisor's socket cannot be reached; it will not hear of us.\n");
	if (supervisor >= 0)
		close(supervisor);
	supervisor = -1;
}

static void tell(const char *words) {
	if (supervisor >= 0 && send(supervisor, words, strlen(words), MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
		return;                              /* it will ask no more than the next second */
}

void supervise_ready(void) {
	tell("READY=1");
}

static struct {
	bool      (*is_well)(void *arg);
	void       *arg;
	pthread_t   thread;
	atomic_bool runs;
	_Atomic i64 came_by;                     /* seconds of the clock that only goes forward */
} watched;

static i64 now_s(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec;
}

void supervise_came_by(void) {
	watched.came_by = now_s();
}

static void *say_well(void *arg) {
	enum { LONGEST_CHORE = 3600 };
	const struct timespec pause = {.tv_nsec = 200 * 1000 * 1000};
	(void)arg;
	for (int i = 0; watched.runs; i++) {
		if (i % 5 == 0 && now_s() - watched.came_by < LONGEST_CHORE && watched.is_well(watched.arg))
			tell("WATCHDOG=1");
		nanosleep(&pause, NULL);
	}
	return NULL;
}

void supervise_watch(bool (*is_well)(void *arg), void *arg) {
	if (supervisor < 0)
		return;
	watched.is_well = is_well;
	watched.arg = arg;
	watched.runs = true;
	supervise_came_by();
	if (pthread_create(&watched.thread, NULL, say_well, NULL) != 0)
		watched.runs = false;                /* then we are replaced, and that is right: the machine is out of threads */
}

void supervise_leaving(void) {
	if (watched.runs) {
		watched.runs = false;
		pthread_join(watched.thread, NULL);
	}
	tell("STOPPING=1");
}
