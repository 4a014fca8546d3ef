/* metrics.c: what was answered, counted by class of address and status, and how long it took; for the page that Prometheus reads. */
#include <stdatomic.h>

#include "web/inside.h"

static const char *const class_names[] = {"asset", "public", "data", "work", "other"};
enum { CLASS_ASSET, CLASS_PUBLIC, CLASS_DATA, CLASS_WORK, CLASS_OTHER, CLASSES, STATUSES = 6, BOUNDS = 10 };
static const u32 bounds_us[BOUNDS] = {500, 1000, 2500, 5000, 10000, 50000, 100000, 500000, 1000000, 5000000};

static struct {
	_Atomic u64 answers[CLASSES][STATUSES];
	_Atomic u64 within[CLASSES][BOUNDS + 1], sum_us[CLASSES];
	_Atomic u64 bytes;
} counted;

static const HttpServer *server;

void web_set_server(const HttpServer *s) {
	server = s;
}

static int class_of(const HttpRequest *r, const Match *m) {
	if (str_starts(r->path, S("/s/")))
		return CLASS_ASSET;
	if (!m || !m->route)
		return CLASS_OTHER;
	return m->format != PAGE_HTML ? CLASS_DATA : str_starts(r->path, S("/app")) ? CLASS_WORK : CLASS_PUBLIC;
}

void metrics_count(const HttpRequest *r, int status, u64 bytes, u64 microseconds) {
	int k = class_of(r, r->plan_data), bound = 0;
	int s = status >= 100 && status < 600 ? status / 100 : 0;
	while (bound < BOUNDS && microseconds > bounds_us[bound])
		bound++;
	atomic_fetch_add_explicit(&counted.answers[k][s], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&counted.within[k][bound], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&counted.sum_us[k], microseconds, memory_order_relaxed);
	atomic_fetch_add_explicit(&counted.bytes, bytes, memory_order_relaxed);
}

static u64 now(const _Atomic u64 *n) {
	return atomic_load_explicit(n, memory_order_relaxed);
}

static void put_answers(Buf *b) {
	buf_lit(b, "# HELP sitovka_requests_total Answered requests by class of address and class of status; status 0: the client left before.\n"
	           "# TYPE sitovka_requests_total counter\n");
	for (int k = 0; k < CLASSES; k++)
		for (int s = 0; s < STATUSES; s++)
			if (s != 1)
				buf_format(b, "sitovka_requests_total{class=\"%s\",status=\"%d%s\"} %llu\n", class_names[k], s, s ? "xx" : "",
				           (unsigned long long)now(&counted.answers[k][s]));
}

static void put_durations(Buf *b) {
	buf_lit(b, "# HELP sitovka_request_seconds From the complete request to the ready answer.\n# TYPE sitovka_request_seconds histogram\n");
	for (int k = 0; k < CLASSES; k++) {
		u64 all = 0, us = now(&counted.sum_us[k]);
		for (int i = 0; i <= BOUNDS; i++) {
			all += now(&counted.within[k][i]);
			buf_format(b, "sitovka_request_seconds_bucket{class=\"%s\",le=\"", class_names[k]);
			if (i < BOUNDS)
				buf_format(b, "%u.%06u", bounds_us[i] / 1000000, bounds_us[i] % 1000000);
			else
				buf_lit(b, "+Inf");
			buf_format(b, "\"} %llu\n", (unsigned long long)all);
		}
		buf_format(b, "sitovka_request_seconds_sum{class=\"%s\"} %llu.%06llu\n", class_names[k], (unsigned long long)(us / 1000000),
		           (unsigned long long)(us % 1000000));
		buf_format(b, "sitovka_request_seconds_count{class=\"%s\"} %llu\n", class_names[k], (unsigned long long)all);
	}
}

void web_metrics_write(Buf *b) {
	put_answers(b);
	put_durations(b);
	metric_put(b, "sitovka_sent_bytes_total", "counter", "Bytes of answers.", (i64)now(&counted.bytes));
	if (!server)
		return;
	HttpCounters c;
	http_counters((HttpServer *)(uintptr_t)server, &c);
	metric_put(b, "sitovka_requests_active", "gauge", "Requests that are being handled.", (i64)c.active);
	metric_put(b, "sitovka_requests_queued", "gauge", "Requests that wait for a worker.", (i64)c.queued);
	metric_put(b, "sitovka_requests_refused_total", "counter", "Requests that were answered 503 because a queue was full.", (i64)c.refused_busy);
}

void metric_put(Buf *b, const char *name, const char *type, const char *help, i64 value) {
	buf_format(b, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, type, name, (long long)value);
}
