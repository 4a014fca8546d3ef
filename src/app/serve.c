/* serve.c: `sitovka serve`: answer requests and run jobs until a signal says stop. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/app.h"
#include "base/log.h"
#include "app/supervise.h"
#include "core/child.h"
#include "core/jobs.h"
#include "core/mail_send.h"
#include "core/trail_heads.h"
#include "core/trail.h"
#include "core/workflow.h"
#include "domain/people/people.h"

enum { JOB_THREADS = 2, DRAIN_SECONDS = 10, TICK_MS = 30 * 1000, FIRST_NIGHT = 600 };

static bool is_loopback(Str listen) {
	return str_starts(listen, S("127.")) || str_starts(listen, S("[::1]")) || str_starts(listen, S("localhost:")) || str_starts(listen, S("unix:"));
}

static void block_signals(sigset_t *wanted) {
	sigemptyset(wanted);
	sigaddset(wanted, SIGTERM);
	sigaddset(wanted, SIGINT);
	sigaddset(wanted, SIGHUP);
	pthread_sigmask(SIG_BLOCK, wanted, NULL);
}

/* "127.0.0.1:0" and the port that was taken: "127.0.0.1:43121". */
static Str with_port(Arena *a, Str listen, int port) {
	size_t colon = listen.len;
	while (colon && listen.ptr[colon - 1] != ':')
		colon--;
	return str_format(a, "%.*s%d", (int)colon, listen.ptr, port);
}

static void print_welcome(App *app, Str origin) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(app, &a);
	printf("Síťovka běží na %.*s\n", STR_ARG(origin));
	people_print_sign_ins(&c, app->demo, origin);
	fflush(stdout);
	ctx_end(&c);
}

/* Once a day, and not in the first minutes: a start should be quick. */
static Err night_if_due(Ctx *c) {
	char iso[DATE_ISO_LEN];
	Str  today = date_iso(c->today, iso), done;
	Id   job;
	TRY(fact_get(c, "night.on", &done));
	if (str_eq(done, today))
		return OK;
	TRY(fact_put(c, "night.on", today));
	return job_add(c, "admin.night", S("Noční úklid a kontrola"), (Str){0}, (Str){0}, &job);
}

static void night(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(app, &a);
	Err e = night_if_due(&c);
	if (e != OK)
		app_say(&c, e);
	ctx_end(&c);
}

/* Every ten minutes: reminders and the like. What fails is said and tried again. */
static void regular(App *app) {
	for (size_t i = 0; i < module_count; i++) {
		if (!modules[i]->regular)
			continue;
		CLEANUP(arena_free) Arena a = {0};
		Ctx c = app_ctx(app, &a);
		Err e = modules[i]->regular(&c);
		if (e != OK && e != ERR_BUSY)
			app_say(&c, e);
		ctx_end(&c);
	}
	db_thread_end(app->db);                  /* what looking through everything has read need not stay in memory, */
	malloc_trim(0);                          /* nor in the C library, which keeps what was given back */
}

/* Twice a minute: what closes by the clock closes. Only the server's clock decides. */
static void tick(App *app, Instant *ticked) {
	Instant now = instant_now();
	i64     moved;
	if (now.ms - ticked->ms < TICK_MS)
		return;
	*ticked = now;
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(app, &a);
	Err e = workflow_tick(&c, &moved);
	if (e != OK && e != ERR_BUSY)
		app_say(&c, e);
	ctx_end(&c);
}

/* Every hour in which something changed, the head of the trail is signed and leaves the store. */
static void sign_head(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx     c = app_ctx(app, &a);
	Instant last = trail_heads_last(&a);
	Err     e = c.now.ms - last.ms >= INT64_C(3600) * 1000 ? trail_heads_sign(&c, NULL) : OK;
	if (e != OK && e != ERR_BUSY)
		app_say(&c, e);
	ctx_end(&c);
}

/* How this server runs, for `sitovka doctor` of another process. */
static void remember(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx          c = app_ctx(app, &a);
	Installation here = *installation();
	here.serving = true;
	here.origin = web_options()->origin;
	installation_set(&here);
	Err e = installation_remember(&c);
	if (e != OK)
		app_say(&c, e);
	ctx_end(&c);
}

/* Names that we answer to: the origin's host, and this machine for checks of a supervisor. {0}: whatever we listen on. */
static Str hosts_of(App *app) {
	Str  rest = app->o.origin;
	i64  at = str_find(rest, S("://"));
	rest = at < 0 ? (Str){0} : str_from(rest, (size_t)at + 3);
	Str  host = str_cut(&rest, '/');
	bool v6 = str_starts(host, S("["));
	i64  end = str_find_char(host, v6 ? ']' : ':');
	if (end >= 0)
		host = str_first(host, (size_t)end + v6);
	return host.len ? str_cat(&app->arena, host, S(",localhost,127.0.0.1,[::1]")) : (Str){0};
}

static bool is_well(void *arg) {
	return http_is_well(arg);
}

int app_serve(App *app) {
	sigset_t signals;
	block_signals(&signals);                 /* before any thread starts: they inherit it */
	if (app->demo && !is_loopback(app->o.listen)) {
		fprintf(stderr, "A demo store is served on loopback only; listen on 127.0.0.1.\n");
		return 1;
	}
	supervise_start();
	app_confine_files(app);                  /* before any thread starts, for the same reason */
	if (app->o.log.len && !log_open(str_z(&app->arena, app->o.log))) {
		fprintf(stderr, "The log %.*s cannot be opened.\n", STR_ARG(app->o.log));
		return 1;
	}
	HttpOptions http = {.listen = app->o.listen, .proxy = app->o.proxy, .behind_proxy = app->o.behind_proxy, .hosts = hosts_of(app),
	                    .https = str_starts(app->o.origin, S("https://"))};
	HttpServer *server;
	Str         why = {0};
	if (http_start(&app->arena, http, web_handler(), &server, &why) != OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(why));
		return 1;
	}
	if (!app->o.origin.len && !str_starts(app->o.listen, S("unix:")))
		web_set_origin(str_cat(&app->arena, S("http://"), with_port(&app->arena, app->o.listen, http_port(server))));
	mail_set_origin(web_options()->origin);
	web_set_server(server);
	remember(app);
	jobs_start(app->db, JOB_THREADS);
	mail_start(app->db);
	if (!app_confine_calls(app)) {
		jobs_stop();
		mail_stop();
		http_stop(server, 0);
		return 1;
	}
	print_welcome(app, web_options()->origin);
	db_thread_end(app->db);                  /* what starting has read need not stay in memory */
	supervise_watch(is_well, server);
	supervise_ready();
	const struct timespec second = {.tv_sec = 1};
	Instant ticked = {0};
	u64  ticks = 0;
	bool whole = true;
	for (int got = 0; got != SIGTERM && got != SIGINT && whole;) {
		got = sigtimedwait(&signals, NULL, &second);
		if (got == SIGHUP)
			log_reopen();
		whole = child_is_alive();
		supervise_came_by();
		journal_flush(app->db);
		tick(app, &ticked);
		if (++ticks % 60 == 0)
			app_backup_tick(app);
		if (ticks % 60 == 15)
			sign_head(app);
		if (ticks % 60 == 30 && ticks > FIRST_NIGHT)
			night(app);
		if (ticks % 600 == 60)
			regular(app);
	}
	supervise_leaving();
	jobs_stop();
	mail_stop();
	web_set_server(NULL);
	http_stop(server, DRAIN_SECONDS);
	journal_flush(app->db);
	if (!whole)
		fprintf(stderr, "The helper that starts processes has ended; the program ends too, so that it is started anew.\n");
	return whole ? 0 : 1;
}
