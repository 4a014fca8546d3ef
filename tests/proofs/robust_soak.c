/* robust_soak.c: requests of all kinds for a long time; memory and descriptors stay what they were after the first tenth. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/proofs/robust.h"

enum { THREADS = 4, ROUND = 64 };
static _Atomic i64 sent, wrong, by_class[6];
static i64 wanted;

/* What visitors, robots and strangers ask. Uncached ones among them: each carries a number. */
static int write_request(const Target *t, u64 *luck, char *to, size_t size) {
	u64 n = next_luck(luck);
	unsigned k = (unsigned)(n >> 8) % 100000;
#define TAIL " HTTP/1.1\r\nHost: localhost\r\n"
	(void)t;
	switch (n % 16) {
	case 0: return snprintf(to, size, "GET /" TAIL "\r\n");
	case 1: return snprintf(to, size, "GET /katalog" TAIL "Accept-Encoding: gzip\r\n\r\n");
	case 2: return snprintf(to, size, "GET /katalog?q=dum%%20%u" TAIL "\r\n", k);
	case 3: return snprintf(to, size, "GET /uzemi" TAIL "Accept-Encoding: gzip, br\r\n\r\n");
	case 4: return snprintf(to, size, "GET /s/neni-%u.css" TAIL "\r\n", k);
	case 5: return snprintf(to, size, "GET /neni/%u" TAIL "\r\n", k);
	case 6: return snprintf(to, size, "HEAD /katalog" TAIL "\r\n");
	case 7: return snprintf(to, size, "GET /prihlaseni" TAIL "Cookie: sid=%043u\r\n\r\n", k);
	case 8: return snprintf(to, size, "GET /app" TAIL "Cookie: a=%u; b=2\r\n\r\n", k);
	case 9: return snprintf(to, size, "GET /katalog.json?q=%u" TAIL "\r\n", k);
	case 10: return snprintf(to, size, "GET /uzemi.csv" TAIL "\r\n");
	case 11: return snprintf(to, size, "POST /prihlaseni" TAIL "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 15\r\n\r\nlogin=a&heslo=b");
	case 12: return snprintf(to, size, "GET /katalog?strana=%u" TAIL "\r\n", k % 9);
	case 13: return snprintf(to, size, "GET /sluzby/%u" TAIL "\r\n", k % 200);
	case 14: return snprintf(to, size, "GET /katalog?q=%%C5%%99%u&q=2" TAIL "\r\n", k);
	default: return snprintf(to, size, "GET /uzemi/turnov" TAIL "If-None-Match: \"x%u\"\r\n\r\n", k);
	}
}

typedef struct Ear { int fd; char held[65536]; size_t len; } Ear;

static bool more(Ear *e) {
	ssize_t n = e->len < sizeof e->held ? recv(e->fd, e->held + e->len, sizeof e->held - e->len, 0) : 0;
	if (n <= 0)
		return false;
	e->len += (size_t)n;
	return true;
}

static void drop(Ear *e, size_t n) {
	e->len -= n;
	memmove(e->held, e->held + n, e->len);
}

/* One answer; 0 = the connection has ended. */
static int hear(Ear *e, bool head_only, bool *closes) {
	char *end;
	while (!(end = memmem(e->held, e->len, "\r\n\r\n", 4)))
		if (!more(e))
			return 0;
	size_t head = (size_t)(end - e->held) + 4, left = 0;
	int    status = e->len > 12 ? (e->held[9] - '0') * 100 + (e->held[10] - '0') * 10 + e->held[11] - '0' : 0;
	char  *length = memmem(e->held, head, "Content-Length: ", 16);
	*closes = memmem(e->held, head, "Connection: close", 17) != NULL;
	if (length && !head_only && status != 304)
		left = strtoul(length + 16, NULL, 10);
	drop(e, head);
	while (left) {
		if (e->len == 0 && !more(e))
			return 0;
		size_t n = left < e->len ? left : e->len;
		left -= n;
		drop(e, n);
	}
	return status;
}

static void *visit(void *arg) {
	const Target *t = arg;
	static _Atomic u64 seeds = 7;
	u64  luck = ++seeds * 0x9E3779B97F4A7C15u;
	Ear *e = malloc(sizeof *e);
	CHECK(e != NULL);
	while (sent < wanted) {
		e->fd = connect_port(t->port);
		e->len = 0;
		bool closes = false;
		for (int i = 0; i < ROUND && !closes; i++) {
			char text[500];
			int  n = write_request(t, &luck, text, sizeof text);
			int  status = send(e->fd, text, (size_t)n, MSG_NOSIGNAL) == n ? hear(e, text[0] == 'H', &closes) : 0;
			sent++;
			by_class[status / 100 < 6 ? status / 100 : 0]++;
			wrong += status < 200 || (status >= 500 && status != 503);
			closes |= status == 0;
		}
		close(e->fd);
	}
	free(e);
	return NULL;
}

int soak(const Target *t, i64 requests) {
	enum { BAR_KB = 4096 };
	pthread_t threads[THREADS];
	int from = 0;
	wanted = requests;
	u64 began = now_us(), warm = 0;
	i64 warm_at = 0;
	for (int i = 0; i < THREADS; i++)
		CHECK(pthread_create(&threads[i], NULL, visit, (void *)(uintptr_t)t) == 0);
	while (sent < requests) {
		usleep(100 * 1000);
		if (!warm && sent >= requests / 10) {
			warm = resident_kb(t->pid);
			from = descriptors(t->pid) - THREADS;            /* ours */
			warm_at = sent;
		}
	}
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	sleep(1);
	u64 end = resident_kb(t->pid);
	int to = descriptors(t->pid);
	printf("# %lld requests in %.0f s: %lld 2xx, %lld 3xx, %lld 4xx, %lld 5xx, %lld wrong or unanswered; resident %llu kB after %lld, %llu kB at the end (%+lld kB), descriptors %d and %d\n",
		(long long)sent, (double)(now_us() - began) / 1e6, (long long)by_class[2], (long long)by_class[3], (long long)by_class[4], (long long)by_class[5],
		(long long)wrong, (unsigned long long)warm, (long long)warm_at, (unsigned long long)end, (long long)end - (long long)warm, from, to);
	return wrong == 0 && (i64)end - (i64)warm < BAR_KB && to <= from + 4 ? 0 : 1;      /* a thread that had nothing to do until now opens its reader */
}
