/* server.c: between libmicrohttpd and everything else; the only file that knows the library.
 *
 * Its rules (TECH § 3): the handler is called for the head, for each piece of a body and once more at the end; an answer
 * queued in the first call ends the connection, so we do that only to refuse; a request that is handed to a lane suspends
 * its connection, and the lane does nothing but resume it, upon which the handler is called again; the state of a request is
 * given back in on_completed and nowhere else.
 *
 * We accept ourselves (watch.c) and pass connections in: MHD_quiesce_daemon races with its own threads about who takes the
 * listening socket out of epoll, and the loser ends the process. */
#include <errno.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "http/call.h"

enum {
	MEMORY = 30000,                          /* per connection: holds a 16 kB head, and stays below 32 kB when idle */
	SPARE = 256,                             /* connections on their way between the watch and the library */
	HASH_ROOM = 8,
	EXPORT_ROOM = 48,
	OUT_ROOM = 16,
	WORK_ROOM = 256,
};

static Conn *conn_of(struct MHD_Connection *connection) {
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

/* ------------------------------------------------------------------ connections */

static void on_connection(void *arg, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode what) {
	HttpServer *s = arg;
	if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
		if (*context)
			watch_remove(&s->watch, *context);
		*context = NULL;
		return;
	}
	const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *from = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	bool inet6 = from->client_addr->sa_family == AF_INET6, inet = from->client_addr->sa_family == AF_INET;
	socklen_t len = inet6 ? 28 : inet ? 16 : sizeof(sa_family_t);
	*context = watch_add(&s->watch, fd->connect_fd, from->client_addr, len);
	pthread_setspecific(s->io_thread, s);
}

static bool add_connection(void *arg, int fd, const struct sockaddr *from, socklen_t len) {
	HttpServer *s = arg;
	return MHD_add_connection(s->daemon, fd, from, len) == MHD_YES;
}

static void end_io_thread(void *arg) {
	HttpServer *s = arg;
	if (s->handler.thread_end)
		s->handler.thread_end(s->handler.app);
}

/* The raw request line comes by here before the library takes it apart. */
static void *on_target(void *arg, const char *target, struct MHD_Connection *connection) {
	HttpServer *s = arg;
	Conn *k = conn_of(connection);
	if (k)
		watch_head(&s->watch, k, target);
	return NULL;
}

/* We decode ourselves, strictly. */
static size_t leave_coded(void *arg, struct MHD_Connection *connection, char *text) {
	(void)arg;
	(void)connection;
	return strlen(text);
}

/* --------------------------------------------------------------------- answering */

static struct MHD_Response *make_response(Call *c) {
	HttpResponse *w = &c->w;
	struct MHD_Response *response;
	if (w->file >= 0) {
		c->bytes = w->file_size;
		response = MHD_create_response_from_fd64(w->file_size, w->file);
		if (response)
			w->file = -1;                    /* the library closes it */
	} else if (w->static_bytes.len) {
		Str s = w->static_bytes;
		c->bytes = s.len;
		response = w->release ? MHD_create_response_from_buffer_with_free_callback_cls(s.len, (void *)(uintptr_t)s.ptr, w->release, w->release_arg)
			: MHD_create_response_from_buffer(s.len, (void *)(uintptr_t)s.ptr, MHD_RESPMEM_PERSISTENT);
		if (response)
			w->release = NULL;
	} else if (w->body.len) {
		c->bytes = w->body.len;
		response = MHD_create_response_from_buffer(w->body.len, w->body.ptr, MHD_RESPMEM_MUST_FREE);
		if (response)
			w->body = (Buf){0};              /* handed over, not copied */
	} else {
		response = MHD_create_response_from_buffer(0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);
	}
	for (size_t i = 0; response && i < w->headers.len; i++)
		MHD_add_response_header(response, w->headers.at[i].name.ptr, w->headers.at[i].value.ptr);
	if (response && w->close)
		MHD_add_response_header(response, "Connection", "close");
	return response;
}

static enum MHD_Result send_answer(Call *c, struct MHD_Connection *connection) {
	HttpServer *s = c->server;
	if (atomic_load_explicit(&s->stopping, memory_order_relaxed))
		c->w.close = true;
	struct MHD_Response *response = make_response(c);
	if (!response)
		return MHD_NO;                       /* no memory for an answer: the connection ends */
	c->ready = watch_now();
	watch_answer(conn_of(connection), c->ready, c->bytes);
	enum MHD_Result ok = MHD_queue_response(connection, (unsigned)c->w.status, response);
	MHD_destroy_response(response);
	c->answered = ok == MHD_YES;
	if (c->r.method == METHOD_HEAD || !c->answered)
		c->bytes = 0;
	return ok;
}

/* In the first call: the library closes the connection after it, and what the client still sends is read away. */
static enum MHD_Result send_last_answer(Call *c, struct MHD_Connection *connection) {
	watch_linger(&c->server->watch, conn_of(connection)->fd);
	return send_answer(c, connection);
}

/* In the middle of a body the library takes no answer. The connection carries nothing else at that moment, so we write the
 * refusal ourselves and let the connection end. */
static enum MHD_Result say_at_once(Call *c, struct MHD_Connection *connection) {
	char date[HTTP_DATE_LEN];
	CLEANUP(buf_free) Buf out = {0};
	Str content = call_content(c);
	int fd = conn_of(connection)->fd;
	buf_format(&out, "HTTP/1.1 %d %s\r\nDate: %.*s\r\nConnection: close\r\nContent-Length: %zu\r\n", c->w.status,
		MHD_get_reason_phrase_for((unsigned)c->w.status), STR_ARG(http_date(time(NULL), date)), content.len);
	for (size_t i = 0; i < c->w.headers.len; i++)
		buf_format(&out, "%.*s: %.*s\r\n", STR_ARG(c->w.headers.at[i].name), STR_ARG(c->w.headers.at[i].value));
	buf_lit(&out, "\r\n");
	buf_str(&out, content);
	c->answered = send(fd, out.ptr, out.len, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)out.len;
	c->ready = watch_now();
	c->bytes = content.len;
	watch_linger(&c->server->watch, fd);
	return MHD_NO;
}

/* ------------------------------------------------------------------------- lanes */

static void run_work(Work *w) {
	call_handle((Call *)w);
}

static void finish_work(Work *w, bool late) {
	Call *c = (Call *)w;
	struct MHD_Connection *connection = c->connection;
	call_drop(c);                            /* from here on it is the I/O thread's */
	if (!late)
		MHD_resume_connection(connection);
}

static void give_up_work(Work *w) {
	MHD_resume_connection(((Call *)w)->connection);
}

static void end_worker(void *arg) {
	HttpServer *s = arg;
	if (s->handler.thread_end)
		s->handler.thread_end(s->handler.app);
}

static void tick(void *arg, u64 now) {
	HttpServer *s = arg;
	for (int i = 0; i < LANES; i++)
		queue_expire(&s->lanes[i], now);
	if (now != UINT64_MAX)
		atomic_store_explicit(&s->ticked, now, memory_order_relaxed);
}

/* Who signs in is nobody yet, so where passwords are hashed everybody is alike. */
static Weight weight_of(const Call *c) {
	if (c->plan.is_person || c->plan.lane == LANE_HASH)
		return WEIGHT_PERSON;
	return c->r.method == METHOD_POST ? WEIGHT_FORM : WEIGHT_PUBLIC;
}

static enum MHD_Result hand_over(Call *c, struct MHD_Connection *connection) {
	HttpServer *s = c->server;
	Queue *lane = &s->lanes[c->plan.lane - LANE_WORK];
	c->work.weight = weight_of(c);
	if (!queue_reserve(lane, c->work.weight)) {
		s->tally.refused_busy++;
		call_refuse(c, 503, ERR_BUSY, "Systém je právě přetížen. Zkuste to prosím za chvíli.");
		return send_answer(c, connection);
	}
	c->stage = STAGE_HANDED;
	c->holders = 2;
	c->connection = connection;
	c->work.deadline = c->r.deadline;
	watch_answer(conn_of(connection), c->r.deadline, 0);
	MHD_suspend_connection(connection);
	queue_put(lane, &c->work);               /* c may be gone from here on */
	return MHD_YES;
}

/* Resumed: the lane is done, or late. */
static enum MHD_Result handed_back(Call *c, struct MHD_Connection *connection, void **context) {
	if (!c->work.late)
		return send_answer(c, connection);
	Call *instead = call_instead(c);
	*context = instead;
	call_drop(c);
	if (!instead)
		return MHD_NO;
	instead->stage = STAGE_HANDED;
	return send_answer(instead, connection);
}

/* ---------------------------------------------------------------------- requests */

static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value, size_t value_len) {
	(void)kind;
	return call_add_header(arg, str_of(name, name_len), str_of(value ? value : "", value ? value_len : 0)) ? MHD_YES : MHD_NO;
}

static enum MHD_Result begin(HttpServer *s, struct MHD_Connection *connection, const char *method, const char *version, void **context) {
	Conn *k = conn_of(connection);
	Call *c = k ? call_take(s) : NULL;
	if (!c)
		return MHD_NO;
	*context = c;
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_header, c);
	const union MHD_ConnectionInfo *size = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	Next next = call_begin(c, str_c(method), str_of(k->target, k->target_len), str_c(version), size ? size->header_size : 0,
		str_of(k->peer, k->peer_len));
	if (next == NEXT_ANSWER)
		return send_last_answer(c, connection);
	c->stage = next == NEXT_READ ? STAGE_BODY : STAGE_SWALLOW;
	if (c->r.method == METHOD_POST)
		watch_body(k);
	return MHD_YES;
}

/* How busy this I/O thread has been with handlers. While public pages keep it from its connections, they go to the workers' bounded queue
 * like everything that may wait; persons, and pages that come from memory in no time, stay. */
static _Thread_local struct { u64 since, busy; int handled; bool crowded; } my_time;

static void note_time(u64 began, u64 ended) {
	enum { WINDOW = 100 * 1000, MUCH = 60 * 1000, LONG = 300 };
	my_time.busy += ended - began;
	my_time.handled++;
	if (ended - my_time.since < WINDOW)
		return;
	bool whole = ended - my_time.since < 2 * WINDOW;         /* a longer window has pauses in it */
	my_time.crowded = whole && my_time.busy > MUCH && my_time.busy > (u64)my_time.handled * LONG;
	my_time.since = ended;
	my_time.busy = 0;
	my_time.handled = 0;
}

static bool is_crowded(u64 now) {
	enum { FOR = 500 * 1000 };               /* then it is tried again here */
	if (my_time.crowded && now - my_time.since > FOR)
		my_time.crowded = false;
	return my_time.crowded;
}

static enum MHD_Result complete(Call *c, struct MHD_Connection *connection) {
	if (!call_end_body(c))
		return send_answer(c, connection);
	u64 began = watch_now();
	if (c->plan.lane == LANE_LIGHT && !c->plan.is_person && is_crowded(began))
		c->plan.lane = LANE_WORK;
	if (c->plan.lane != LANE_LIGHT)
		return hand_over(c, connection);
	call_handle(c);
	note_time(began, watch_now());
	return send_answer(c, connection);
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
		const char *data, size_t *size, void **context) {
	(void)url;
	Call *c = *context;
	if (!c)
		return begin(arg, connection, method, version, context);
	Str bytes = str_of(data, *size);
	*size = 0;
	if (bytes.len)
		atomic_fetch_add_explicit(&conn_of(connection)->received, bytes.len, memory_order_relaxed);
	switch (c->stage) {
	case STAGE_HANDED:
		return handed_back(c, connection, context);
	case STAGE_SWALLOW:
		return bytes.len ? MHD_YES : send_answer(c, connection);
	default:
		if (bytes.len == 0)
			return complete(c, connection);
		return call_add_body(c, bytes) ? MHD_YES : say_at_once(c, connection);
	}
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode how) {
	HttpServer *s = arg;
	Call *c = *context;
	Conn *k = conn_of(connection);
	*context = NULL;
	if (how != MHD_REQUEST_TERMINATED_COMPLETED_OK && c)
		c->bytes = 0;                        /* how much arrived, nobody knows */
	if (c) {
		call_end(c);
		call_drop(c);
	}
	if (k)
		watch_idle(&s->watch, k);
}

/* ------------------------------------------------------------------ start and stop */

NO_RETURN static void on_panic(void *arg, const char *file, unsigned line, const char *reason) {
	(void)arg;
	check_failed(reason ? reason : "libmicrohttpd", file, (int)line);
}

static Err fail(Str *why, Err e, Str sentence) {
	*why = sentence;
	return e;
}

static int or_default(int n, int otherwise) {
	return n > 0 ? n : otherwise;
}

static void settle(Arena *a, HttpServer *s) {
	HttpOptions *o = &s->options;
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	int cores = n < 1 ? 1 : n > 64 ? 64 : (int)n;
	o->temporary = str_dup(a, o->temporary.len ? o->temporary : S("/tmp"));
	o->io_threads = or_default(o->io_threads, cores < 2 ? 2 : cores);
	o->workers = or_default(o->workers, cores + 2);
	o->queue = or_default(o->queue, WORK_ROOM);
	s->watch.header_seconds = or_default(o->header_seconds, 10);
	s->watch.body_seconds = or_default(o->body_seconds, 30);
	s->watch.idle_seconds = or_default(o->idle_seconds, 15);
}

static void *start_daemon(HttpServer *s) {
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_NO_LISTEN_SOCKET;
	struct MHD_OptionItem options[] = {
		{MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},      /* strict, it would refuse a missing Host itself, and send the head of that answer twice */
		{MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL},
		{MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY, NULL},
		{MHD_OPTION_CONNECTION_LIMIT, s->watch.most + SPARE, NULL},
		{MHD_OPTION_CONNECTION_TIMEOUT, s->watch.idle_seconds, NULL},
		{s->options.io_threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, s->options.io_threads, NULL},
		{MHD_OPTION_END, 0, NULL},
	};
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_coded, s, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static bool start_lanes(HttpServer *s) {
	QueueCalls calls = {run_work, finish_work, give_up_work, end_worker, s};
	const struct { int threads, room, for_persons; } lanes[LANES] = {{s->options.workers, s->options.queue, 1}, {2, HASH_ROOM, 0}, {2, EXPORT_ROOM, 1}, {2, OUT_ROOM, 0}};
	for (; s->lanes_started < LANES; s->lanes_started++) {
		int i = s->lanes_started;
		if (!queue_start(&s->lanes[i], calls, lanes[i].threads, lanes[i].room, lanes[i].for_persons))
			return false;
	}
	return true;
}

static void stop_lanes(HttpServer *s) {
	for (int i = 0; i < s->lanes_started; i++)
		queue_stop(&s->lanes[i]);
}

/* Signals are for the main thread. */
static void block_signals(sigset_t *before) {
	static const int ours[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGCHLD, SIGALRM, SIGPIPE};
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < LEN(ours); i++)
		sigaddset(&set, ours[i]);
	pthread_sigmask(SIG_BLOCK, &set, before);
}

static bool start_threads(HttpServer *s) {
	WatchCalls calls = {add_connection, tick, s};
	sigset_t before;
	block_signals(&before);
	s->daemon = start_daemon(s);
	bool ok = s->daemon && start_lanes(s) && watch_start(&s->watch, calls);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ok;
}

Err http_start(Arena *a, HttpOptions options, HttpHandler handler, HttpServer **ret, Str *why) {
	signal(SIGPIPE, SIG_IGN);
	MHD_set_panic_func(on_panic, NULL);
	HttpServer *s = NEW(a, HttpServer, .options = options, .handler = handler);
	settle(a, s);
	s->hosts = listen_hosts(a, &options);
	if (options.proxy.len && !address_normal(options.proxy, s->proxy, &s->proxy_len))
		return fail(why, ERR_INVALID, str_format(a, "Adresa proxy %.*s není adresa IPv4 ani IPv6.", STR_ARG(options.proxy)));
	TRY(listen_open(a, &options, &s->watch.listener, why));
	pthread_mutex_init(&s->lock, NULL);
	CHECK(pthread_key_create(&s->io_thread, end_io_thread) == 0);
	watch_prepare(&s->watch);
	if (start_threads(s)) {
		*ret = s;
		return OK;
	}
	listen_close(&s->watch.listener);
	stop_lanes(s);
	if (s->daemon)
		MHD_stop_daemon(s->daemon);
	pthread_key_delete(s->io_thread);
	return fail(why, ERR_INTERNAL, S("Server se nepodařilo spustit. Zkontrolujte, kolik paměti, vláken a souborů smí program mít."));
}

int http_port(const HttpServer *s) {
	return s->watch.listener.port;
}

bool http_is_well(HttpServer *s) {
	enum { PATIENCE = 10 * 1000 * 1000 };
	u64 ticked = atomic_load_explicit(&s->ticked, memory_order_relaxed), now = watch_now();
	return ticked == 0 || now < ticked + PATIENCE;
}

static bool is_quiet(HttpServer *s) {
	for (int i = 0; i < LANES; i++)
		if (!queue_is_empty(&s->lanes[i]))
			return false;
	return watch_count(&s->watch) == 0;
}

static void wait_until_quiet(HttpServer *s, u64 latest) {
	while (!is_quiet(s) && watch_now() < latest)
		nanosleep(&(struct timespec){.tv_nsec = 5 * 1000 * 1000}, NULL);
}

/* The library aborts the process when it is stopped with a suspended connection, so every lane ends first. */
void http_stop(HttpServer *s, int seconds) {
	enum { SECOND = 1000 * 1000, LAST_ANSWERS = SECOND / 2 };
	atomic_store(&s->stopping, true);
	watch_close(&s->watch);
	wait_until_quiet(s, watch_now() + (u64)seconds * SECOND);
	tick(s, UINT64_MAX);                     /* who still waits is told so */
	stop_lanes(s);
	wait_until_quiet(s, watch_now() + LAST_ANSWERS);
	watch_stop(&s->watch);
	MHD_stop_daemon(s->daemon);
	watch_free(&s->watch);
	pthread_key_delete(s->io_thread);
	call_free_all(s);
}

void http_counters(HttpServer *s, HttpCounters *ret) {
	const Tally *t = &s->tally;
	*ret = (HttpCounters){.requests = t->requests, .active = t->active, .refused_busy = t->refused_busy};
	for (int i = 0; i < LANES; i++)
		ret->queued += (u64)queue_waiting(&s->lanes[i]);
	for (size_t i = 0; i < LEN(ret->by_class); i++)
		ret->by_class[i] = t->by_class[i];
	for (size_t i = 0; i < LEN(ret->microseconds); i++)
		ret->microseconds[i] = t->microseconds[i];
}
