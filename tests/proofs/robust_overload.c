/* robust_overload.c: visitors come in crowds and ask what is expensive; people who are signed in go on saving. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/proofs/robust.h"
#include "tests/scenes/page.h"

enum { CROWD = 200, BAR_MS = 2000 };
static atomic_bool over;
static _Atomic i64 asked, served, told_later, told_when, other;

/* What no memory holds: a search that nobody made before, a file. */
static void *visitor(void *arg) {
	const Target *t = arg;
	static _Atomic u64 seeds = 1;
	u64 luck = ++seeds * 0x9E3779B97F4A7C15u;
	while (!over) {
		char text[300], answer[4096];
		u64  n = next_luck(&luck);
		int  len = snprintf(text, sizeof text, n % 4 == 0 ? "GET /katalog.xlsx?q=%llu HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
		                                                : "GET /katalog?q=s%llu HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", (unsigned long long)n % 100000);
		int     fd = connect_port(t->port);
		ssize_t got = send(fd, text, (size_t)len, MSG_NOSIGNAL) == len ? recv(fd, answer, sizeof answer - 1, 0) : 0;
		asked++;
		if (got > 12) {
			answer[got] = 0;
			bool ok = memcmp(answer + 9, "200", 3) == 0, later = memcmp(answer + 9, "503", 3) == 0;
			served += ok;
			told_later += later;
			told_when += later && strstr(answer, "Retry-After: ");
			other += !ok && !later;
		}
		char waste[16384];
		while (got > 0 && recv(fd, waste, sizeof waste, 0) > 0) {
		}
		close(fd);
	}
	return NULL;
}

typedef struct Person { Arena kept, scratch; Jar jar; int port; } Person;

static bool load_form(Person *p, Str path, Fields *ret) {
	Reply r;
	Str   why;
	return client_call(&p->scratch, p->port, &p->jar, (Call){.method = S("GET"), .target = path}, &r, &why) && r.status == 200 &&
	       page_form(&p->scratch, r.body, path, path, ret);
}

static int send_form(Person *p, Str path, const char *more) {
	Fields hidden = {0};
	Reply  r;
	Str    why;
	CLEANUP(buf_free) Buf body = {0};
	if (!load_form(p, path, &hidden))
		return 0;
	for (size_t i = 0; i < hidden.len; i++)
		buf_format(&body, "%.*s=%.*s&", STR_ARG(hidden.at[i].name), STR_ARG(hidden.at[i].value));
	buf_str(&body, str_c(more));
	Call call = {S("POST"), path, S("application/x-www-form-urlencoded"), str_dup(&p->scratch, buf_view(&body)), true};
	return client_call(&p->kept, p->port, &p->jar, call, &r, &why) ? r.status : 0;
}

int overload(const Target *t, int seconds) {
	enum { SAVES = 2000 };
	static pthread_t crowd[CROWD];
	static u64 took[SAVES];
	Person p = {.port = t->port};
	size_t n = 0;
	int    failures = 0, status = send_form(&p, S("/prihlaseni"), "login=spravce@demo.invalid&password=ukazkova-sit-2026");
	if (status != 303) {
		printf("# the person cannot sign in: %d\n", status);
		return 1;
	}
	for (int i = 0; i < CROWD; i++)
		CHECK(pthread_create(&crowd[i], NULL, visitor, (void *)(uintptr_t)t) == 0);
	sleep(1);
	for (u64 end = now_us() + (u64)seconds * 1000000; now_us() < end && n < SAVES;) {
		char more[80];
		u64  began = now_us();
		snprintf(more, sizeof more, "kind=region&name=Lhota+%zu", n);
		status = send_form(&p, S("/app/sprava/organizace/novy"), more);
		took[n++] = now_us() - began;
		failures += status != 303;
		arena_reset(&p.scratch);
		usleep(20 * 1000);
	}
	over = true;
	for (int i = 0; i < CROWD; i++)
		pthread_join(crowd[i], NULL);
	u64 median = percentile(took, n, 50), p95 = percentile(took, n, 95);
	printf("# a crowd of %d asked %lld times: %lld served, %lld told to come later (%lld of them when), %lld otherwise; beside it one person opened and saved %zu forms, "
	       "%d not saved, median %llu ms, p95 %llu ms\n", CROWD, (long long)asked, (long long)served, (long long)told_later, (long long)told_when, (long long)other, n,
		failures, (unsigned long long)median / 1000, (unsigned long long)p95 / 1000);
	arena_free(&p.kept);
	arena_free(&p.scratch);
	return failures == 0 && n >= 5 && told_later > 0 && told_when == told_later && other == 0 && p95 < BAR_MS * 1000 ? 0 : 1;
}
