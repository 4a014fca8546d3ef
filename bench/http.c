/* http.c: a server that does nothing but answer, to weigh the http floor: /inline on the I/O thread, /handed by a worker, with 2 kB
 * each, and /headers with the security headers of every page. Prints its port; at SIGTERM the microseconds of CPU per request. */
#include "http/http.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

static char page[2048];

static HttpPlan plan(void *app, HttpRequest *r) {
	(void)app;
	return (HttpPlan){.lane = str_eq(r->path, S("/handed")) ? LANE_WORK : LANE_LIGHT};
}

static void handle(void *app, HttpRequest *r, HttpResponse *w) {
	(void)app;
	http_set_header(r, w, "Content-Type", S("text/html; charset=utf-8"));
	if (str_eq(r->path, S("/headers"))) {
		http_set_header(r, w, "Content-Security-Policy", S("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"));
		http_set_header(r, w, "X-Content-Type-Options", S("nosniff"));
		http_set_header(r, w, "Referrer-Policy", S("same-origin"));
		http_set_header(r, w, "Cross-Origin-Opener-Policy", S("same-origin"));
		http_set_header(r, w, "Cross-Origin-Resource-Policy", S("same-origin"));
		http_set_header(r, w, "Permissions-Policy", S("camera=(), geolocation=(), microphone=()"));
		http_set_header(r, w, "Cache-Control", S("no-store"));
	}
	buf_put(&w->body, page, sizeof page);
}

static void refuse(void *app, HttpRequest *r, HttpResponse *w, Err e, Str why) {
	(void)app;
	(void)r;
	(void)e;
	buf_str(&w->body, why);
}

static u64 cpu(void) {
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (u64)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1000000 + (u64)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

int main(int argc, char **argv) {
	Arena a = {0};
	HttpServer *s;
	Str why;
	memset(page, 'x', sizeof page);
	sigset_t end;
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	sigaddset(&end, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &end, NULL);
	HttpOptions o = {.listen = argc > 1 ? str_c(argv[1]) : S("127.0.0.1:0")};
	if (http_start(&a, o, (HttpHandler){.plan = plan, .handle = handle, .refuse = refuse}, &s, &why) != OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(why));
		return 1;
	}
	printf("%d\n", http_port(s));
	fflush(stdout);
	u64 before = 0, requests = 0;
	for (int got = 0; got != SIGTERM;) {     /* SIGUSR1: what it cost since the last one */
		sigwait(&end, &got);
		HttpCounters c;
		http_counters(s, &c);
		u64 now = cpu(), n = c.requests - requests;
		if (n)
			printf("%llu requests, %.2f us of CPU each\n", (unsigned long long)n, (double)(now - before) / (double)n);
		fflush(stdout);
		before = now;
		requests = c.requests;
	}
	http_stop(s, 2);
	arena_free(&a);
	return 0;
}
