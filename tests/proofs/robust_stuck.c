/* robust_stuck.c: a thousand connections that never get anywhere, of five kinds; everybody else must not notice. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/proofs/robust.h"

enum { KINDS = 5 };
static const char *const beginnings[KINDS] = {
	"",                                                                          /* says nothing at all */
	"GET /kat",                                                                  /* half a line, then a letter now and then */
	"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b",                               /* headers without an end */
	"POST /prihlaseni HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nlogin=",    /* a body that drips */
	"GET /katalog HTTP/1.1\r\nHost: localhost\r\n\r\nGET /katalog HTTP/1.1\r\nHost: localhost\r\n\r\nGET /uzemi HTTP/1.1\r\nHost: localhost\r\n\r\n", /* asks and never reads */
};

static int open_stuck(const Target *t, int kind) {
	int fd = connect_port(t->port), small = 2048;
	if (kind == 4)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
	size_t n = strlen(beginnings[kind]);
	if (n && send(fd, beginnings[kind], n, MSG_NOSIGNAL) < 0)
		fprintf(stderr, "a stuck connection was refused at once\n");
	return fd;
}

/* One more letter: keeps slow ones alive. Those that the server has ended are opened anew: an attacker does not give up. */
static int drip(const Target *t, int *fds, int n) {
	int again = 0;
	for (int i = 0; i < n; i++) {
		int  kind = i % KINDS;
		char waste;
		bool gone = kind != 4 && recv(fds[i], &waste, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
		if (kind >= 1 && kind <= 3 && !gone)
			gone = send(fds[i], "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EAGAIN;
		if (gone) {
			close(fds[i]);
			fds[i] = open_stuck(t, kind);
			again++;
		}
	}
	return again;
}

int stuck(const Target *t, int connections, int seconds) {
	enum { MOST = 200000, BAR_MS = 100 };
	static const char *const pages[] = {"/", "/katalog", "/uzemi", "/s/neni"};
	struct rlimit files = {8192, 8192};
	setrlimit(RLIMIT_NOFILE, &files);
	u64 *took = calloc(MOST, sizeof *took);
	int *fds = calloc((size_t)connections, sizeof *fds);
	CHECK(took && fds);
	for (int i = 0; i < 20; i++)
		get_status(t, pages[i % 4]);
	u64 before_kb = resident_kb(t->pid);
	for (int i = 0; i < connections; i++)
		fds[i] = open_stuck(t, i % KINDS);
	usleep(300 * 1000);
	u64 held_kb = resident_kb(t->pid), end = now_us() + (u64)seconds * 1000000, dripped = now_us();
	size_t n = 0;
	int bad = 0, again = 0;
	while (now_us() < end && n < MOST) {
		if (now_us() - dripped > 1000000) {
			again += drip(t, fds, connections);
			dripped = now_us();
		}
		u64 began = now_us();
		int status = get_status(t, pages[n % 4]);
		took[n++] = now_us() - began;
		bad += status != (n % 4 == 0 ? 404 : 200);
		usleep(2000);
	}
	u64 median = percentile(took, n, 50), p95 = percentile(took, n, 95), p99 = percentile(took, n, 99);
	u64 per = (held_kb - before_kb) * 1024 / (u64)connections;
	printf("# %d stuck connections (%d ended by the server and opened anew), %zu other requests: median %llu us, p95 %llu us, p99 %llu us, %d wrong answers; %llu bytes for each stuck connection\n",
		connections, again, n, (unsigned long long)median, (unsigned long long)p95, (unsigned long long)p99, bad, (unsigned long long)per);
	for (int i = 0; i < connections; i++)
		close(fds[i]);
	free(took);
	free(fds);
	return bad == 0 && n > 100 && p95 <= BAR_MS * 1000 ? 0 : 1;
}
