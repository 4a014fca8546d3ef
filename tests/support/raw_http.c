#include "tests/support/raw_http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* ---------------------------------------------------------------------- the site */

u64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000 + (u64)t.tv_nsec / 1000000;
}

u64 resident_bytes(void) {
	long pages = 0, skipped = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f && fscanf(f, "%ld %ld", &skipped, &pages) != 2)
		pages = 0;
	if (f)
		fclose(f);
	return (u64)pages * 4096;
}

static i64 number_of(const HttpRequest *r, const char *name) {
	bool found;
	i64 n = 0;
	return str_to_int(http_param(&r->query, str_c(name), &found), &n) && found ? n : 0;
}

static HttpPlan plan(void *app, HttpRequest *r) {
	Site *s = app;
	s->planned++;
	if (str_eq(r->path, S("/no"))) {
		i64 status = number_of(r, "status");
		for (Err e = ERR_INVALID; e <= ERR_INTERNAL; e++)
			if (err_status(e) == status)
				return (HttpPlan){.refuse = e};
	}
	if (str_eq(r->path, S("/upload")))
		return (HttpPlan){.lane = LANE_WORK, .uploads = true, .body_limit = 300u << 20, .seconds = 60};
	if (str_eq(r->path, S("/work")))
		return (HttpPlan){.lane = LANE_WORK, .seconds = (int)number_of(r, "seconds")};
	if (str_eq(r->path, S("/hash")))
		return (HttpPlan){.lane = LANE_HASH, .seconds = 30};
	if (str_eq(r->path, S("/export")))
		return (HttpPlan){.lane = LANE_EXPORT, .seconds = 60};
	return (HttpPlan){0};
}

static void say_form(HttpRequest *r, HttpResponse *w) {
	for (size_t i = 0; i < r->form.len; i++)
		buf_format(&w->body, "%.*s=%.*s\n", STR_ARG(r->form.at[i].name), STR_ARG(r->form.at[i].value));
	for (size_t i = 0; i < r->uploads.len; i++) {
		const Upload *u = &r->uploads.at[i];
		u64 sum = 0;
		char piece[4096];
		for (ssize_t n; u->fd >= 0 && (n = read(u->fd, piece, sizeof piece)) > 0;)
			for (ssize_t k = 0; k < n; k++)
				sum += (u8)piece[k];
		for (size_t k = 0; k < u->bytes.len; k++)
			sum += (u8)u->bytes.ptr[k];
		buf_format(&w->body, "%.*s: %.*s (%.*s), %llu bytes in %s, sum %llu\n", STR_ARG(u->field), STR_ARG(u->file_name), STR_ARG(u->type),
			(unsigned long long)u->size, u->fd >= 0 ? "a file" : "memory", (unsigned long long)sum);
	}
	if (r->body.len)
		buf_format(&w->body, "body: %.*s\n", STR_ARG(r->body));
}

static void count_release(void *arg) {
	((Site *)arg)->released++;
}

static void fill_page(HttpRequest *r, HttpResponse *w) {
	http_set_header(r, w, "Content-Type", S("text/html; charset=utf-8"));
	for (int i = 0; i < 1000; i++)
		buf_format(&w->body, "<p>Služba číslo %05d</p>\n", i);
}

static void sleep_ms(i64 ms) {
	if (ms > 0)
		nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
}

static void handle_waiting(Site *s, HttpRequest *r, HttpResponse *w) {
	int now = ++s->running;
	for (int most = s->most_running; now > most && !atomic_compare_exchange_weak(&s->most_running, &most, now);) {
	}
	sleep_ms(number_of(r, "ms"));
	s->running--;
	s->late += http_is_late(r);
	buf_str(&w->body, r->path);
}

static void handle(void *app, HttpRequest *r, HttpResponse *w) {
	Site *s = app;
	static const char still[] = "These bytes outlive the server.";
	s->handled++;
	http_set_header(r, w, "Content-Type", S("text/plain; charset=utf-8"));
	if (str_eq(r->path, S("/form"))) {
		say_form(r, w);
	} else if (str_eq(r->path, S("/upload"))) {
		s->resident = resident_bytes();
		say_form(r, w);
	} else if (str_eq(r->path, S("/full"))) {
		buf_lit(&w->body, "must be given back");
		for (;;)
			arena_alloc(r->arena, 100 * 1000);
	} else if (str_eq(r->path, S("/page"))) {
		fill_page(r, w);
	} else if (str_eq(r->path, S("/static"))) {
		w->static_bytes = str_of(still, sizeof still - 1);
	} else if (str_eq(r->path, S("/counted"))) {
		w->static_bytes = str_of(still, sizeof still - 1);
		w->release = count_release;
		w->release_arg = s;
	} else if (str_eq(r->path, S("/file"))) {
		w->file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
		w->file_size = sizeof still - 1;
		if (w->file < 0 || write(w->file, still, sizeof still - 1) < 0 || lseek(w->file, 0, SEEK_SET) < 0)
			w->status = 500;
	} else if (str_eq(r->path, S("/none")) || str_eq(r->path, S("/same"))) {
		w->status = str_eq(r->path, S("/none")) ? 204 : 304;
		http_set_header(r, w, "ETag", S("\"7\""));
		buf_lit(&w->body, "must not go out");
	} else if (str_eq(r->path, S("/who"))) {
		buf_format(&w->body, "%.*s %.*s", STR_ARG(r->peer), STR_ARG(r->client));
	} else if (str_eq(r->path, S("/echo"))) {
		bool found;
		Str v = http_param(&r->query, S("q"), &found);
		buf_format(&w->body, "%s[%.*s]", found ? "found" : "missing", STR_ARG(v));
		http_set_header(r, w, "X-Echo", v);
	} else {
		handle_waiting(s, r, w);
	}
}

static void refuse(void *app, HttpRequest *r, HttpResponse *w, Err e, Str why) {
	(void)app;
	http_set_header(r, w, "Content-Type", S("text/plain; charset=utf-8"));
	http_set_header(r, w, "X-Error", str_c(err_name(e)));
	buf_str(&w->body, why);
}

static void log_request(void *app, const HttpRequest *r, const HttpResponse *w, u64 bytes, u64 microseconds) {
	Site *s = app;
	(void)r;
	(void)w;
	(void)bytes;
	(void)microseconds;
	s->logged++;
}

static void thread_end(void *app) {
	((Site *)app)->threads_ended++;
}

void site_start(Site *s, HttpOptions o) {
	Str why = {0};
	*s = (Site){0};
	if (!o.listen.len)
		o.listen = S("127.0.0.1:0");
	HttpHandler h = {plan, handle, refuse, log_request, thread_end, s};
	Err e = http_start(&s->arena, o, h, &s->server, &why);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "the server did not start: %.*s", STR_ARG(why));
	s->port = http_port(s->server);
}

void site_stop(Site *s, int seconds) {
	http_stop(s->server, seconds);
	http_counters(s->server, &s->counters);
	arena_free(&s->arena);
}

/* -------------------------------------------------------------------- the client */

Wire wire_open(int port) {
	Wire w = {.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((u16)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (w.fd < 0 || connect(w.fd, (struct sockaddr *)&to, sizeof to) != 0)
		test_fail(__FILE__, __LINE__, "connect: %s", strerror(errno));
	return w;
}

void wire_close(Wire *w) {
	if (w->fd >= 0)
		close(w->fd);
	free(w->got);
	*w = (Wire){.fd = -1};
}

bool wire_say(Wire *w, Str bytes) {
	while (bytes.len) {
		ssize_t n = send(w->fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

/* False at the end, on an error, or when nothing comes for `ms`. */
static bool receive(Wire *w, int ms) {
	struct pollfd p = {.fd = w->fd, .events = POLLIN};
	if (poll(&p, 1, ms) <= 0)
		return false;
	if (w->cap - w->len < 4096) {
		w->cap = w->cap ? w->cap * 2 : 16384;
		char *bigger = realloc(w->got, w->cap);
		CHECK(bigger != NULL);
		w->got = bigger;
	}
	ssize_t n = recv(w->fd, w->got + w->len, w->cap - w->len, 0);
	if (n <= 0)
		return false;
	w->len += (size_t)n;
	return true;
}

static Str take(Wire *w, size_t n) {
	Str s = str_dup(t_arena, str_of(w->got, n));
	w->len -= n;
	if (w->len)
		memmove(w->got, w->got + n, w->len);
	return s;
}

Str answer_header(const Answer *a, const char *name) {
	Str rest = a->head;
	while (rest.len) {
		Str value = str_trim(str_cut(&rest, '\n'));
		Str key = str_cut(&value, ':');
		if (str_eq(str_lower_ascii(t_arena, key), str_lower_ascii(t_arena, str_c(name))))
			return str_trim(value);
	}
	return (Str){0};
}

static Answer hear(Wire *w, bool with_body) {
	enum { PATIENCE = 10000 };
	Answer a = {0};
	i64 end;
	while ((end = str_find(str_of(w->got, w->len), S("\r\n\r\n"))) < 0)
		if (!receive(w, PATIENCE))
			return (Answer){0};
	a.head = take(w, (size_t)end + 4);
	i64 status = 0, length = 0;
	if (!str_starts(a.head, S("HTTP/1.1 ")) || !str_to_int(str_of(a.head.ptr + 9, 3), &status))
		return (Answer){0};
	Str declared = answer_header(&a, "Content-Length");
	if (declared.len && !str_to_int(declared, &length))
		return (Answer){0};
	if (!with_body || status == 304 || status == 204 || status == 100)
		length = 0;
	while (w->len < (size_t)length)
		if (!receive(w, PATIENCE))
			return (Answer){0};
	a.body = take(w, (size_t)length);
	a.status = (int)status;
	return a;
}

Answer wire_hear(Wire *w) {
	return hear(w, true);
}

Answer wire_hear_head(Wire *w) {
	return hear(w, false);
}

bool wire_ends(Wire *w, int ms) {
	if (w->len)
		return false;
	struct pollfd p = {.fd = w->fd, .events = POLLIN};
	if (poll(&p, 1, ms) <= 0)
		return false;
	char c;
	return recv(w->fd, &c, 1, 0) <= 0;
}

Str wire_rest(Wire *w) {
	while (receive(w, 10000)) {
	}
	return take(w, w->len);
}

Answer ask(int port, Str bytes) {
	Wire w = wire_open(port);
	wire_say(&w, bytes);
	Answer a = wire_hear(&w);
	wire_close(&w);
	return a;
}

Answer ask_get(int port, const char *target) {
	return ask(port, str_format(t_arena, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", target));
}
