#include "app/supervise.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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

void supervise_well(bool well) {
	if (well)
		tell("WATCHDOG=1");
}

void supervise_leaving(void) {
	tell("STOPPING=1");
}
