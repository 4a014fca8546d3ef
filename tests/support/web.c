#include "tests/support/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/check.h"
#include "domain/people/people.h"

static Instant clock_set;

static Instant clock_now(void) { return clock_set.ms ? clock_set : instant_now(); }

void web_clock(Instant at) { clock_set = at; }

/* Each test begins with the whole program known: one that sets up its own roles or settings leaves nothing to the next. */
void test_before_each(void) {
	static Arena kept;
	clock_set = (Instant){0};
	MUST(app_hand_over(&kept));
}

static App *open_app(const char *store, bool with_demo) {
	static char state[2][64] = {"/tmp/sitovka-web-XXXXXX", "/tmp/sitovka-web-XXXXXX"};
	char       *folder = state[with_demo];
	App        *app = calloc(1, sizeof *app);
	CHECK(app != NULL);
	if (strstr(folder, "XXXXXX") && !mkdtemp(folder))
		test_fail(__FILE__, __LINE__, "no temporary folder");
	app->o = (AppOptions){.listen = S("127.0.0.1:8080"), .state = str_c(folder), .quiet = true};
	app->o.db = str_dup(&app->arena, str_c(store));
	MUST(app_open(app, true, true));
	return app;
}

/* An empty program was set up long before any day of a test: what a test then writes at its own instant is never younger than the real clock. */
static void seed(App *app, bool with_demo) {
	Arena a = {0};
	Ctx   c = app_ctx(app, &a);
	Err   e = OK;
	if (!with_demo)
		c.now = prague_instant(D(2000, 1, 1), 0);
	for (size_t i = 0; i < module_count && e == OK; i++)
		if (modules[i]->seed)
			e = modules[i]->seed(&c);
	for (size_t i = 0; i < module_count && e == OK && with_demo; i++)
		if (modules[i]->demo)
			e = modules[i]->demo(&c, DEMO_S);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(first_problem(&c)));
	ctx_end(&c);
	arena_free(&a);
}

static App *served;

/* web_setup is of the process: whoever asks last is served. */
static void serve_it(App *app) {
	installation_set(&(Installation){.db = app->o.db, .state = app->o.state, .listen = app->o.listen, .origin = S("http://127.0.0.1:8080")});
	if (served == app)
		return;
	served = app;
	WebOptions web = {.db = app->db, .modules = modules, .module_count = module_count, .origin = S("http://127.0.0.1:8080"), .demo = app->demo,
	                  .auth = &people_auth, .now = clock_now};
	memcpy(web.secret, app->secret, sizeof web.secret);
	Str why = {0};
	if (web_setup(&app->arena, &web, &why) != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
}

App *test_app_demo(void) {
	static App *demo;
	if (!demo) {
		demo = open_app(test_store_kept(), true);
		seed(demo, true);
		demo->demo = true;
	}
	serve_it(demo);
	return demo;
}

static void close_app(void *arg) {
	App *app = arg;
	served = served == app ? NULL : served;
	app_close(app);
	free(app);
}

/* Set up once per program of tests; each test gets a copy. */
static const char *set_up_store(void) {
	static const char *store;
	if (!store) {
		const char *made = test_store_kept();
		App        *app = open_app(made, false);
		seed(app, false);
		close_app(app);
		store = made;
	}
	return store;
}

static App *open_copy(const char *store) {
	App *app = open_app(store, false);
	arena_defer(t_arena, close_app, app);
	serve_it(app);
	return app;
}

App *test_app_empty(void) { return open_copy(test_store_like(set_up_store())); }

App *test_app_filled(void (*fill)(Db *db)) { return open_copy(test_store_filled_like(set_up_store(), fill)); }

/* ---- one request ---- */

static void add(Params *list, const char *name, Str value) {
	*ARENA_PUSH(t_arena, list->at, list->len, list->cap) = (Param){str_c(name), value};
}

static Str file_bytes(int fd, u64 size) {
	char *p = arena_alloc(t_arena, (size_t)size);
	EXPECT(pread(fd, p, (size_t)size, 0) == (ssize_t)size);
	close(fd);
	return str_of(p, (size_t)size);
}

static Answer take(HttpResponse *w) {
	Answer a = {.status = w->status ? w->status : 200};
	for (size_t i = 0; i < w->headers.len; i++)
		add(&a.headers, str_z(t_arena, str_lower_ascii(t_arena, w->headers.at[i].name)), str_dup(t_arena, w->headers.at[i].value));
	a.body = w->file >= 0 ? file_bytes(w->file, w->file_size) : str_dup(t_arena, w->static_bytes.ptr ? w->static_bytes : buf_view(&w->body));
	if (w->release)
		w->release(w->release_arg);
	buf_free(&w->body);
	if (str_starts(web_header(&a, "content-type"), S("text/html")) && !web_header(&a, "content-encoding").len)
		a.body = str_replace(t_arena, a.body, S("\u00A0"), S(" "));             /* tests name words; where a line may break is tested apart */
	return a;
}

static u64 shortage, requests_for_memory;

static void drop(HttpResponse *w) {
	buf_free(&w->body);
	if (w->file >= 0)
		close(w->file);
	if (w->release)
		w->release(w->release_arg);
	*w = (HttpResponse){.file = -1};
}

/* The program as it is released cannot be short of memory on purpose; tests of that are not in it (tests/domain/memory.c). */
static void memory_begin(u64 nth) {
#ifdef RELEASE
	(void)nth;
#else
	memory_asked = 0;
	memory_fail_at = nth;
#endif
}

static u64 memory_end(void) {
#ifdef RELEASE
	return 0;
#else
	memory_fail_at = 0;
	return memory_asked;
#endif
}

/* As the server does it: false when control left the handler for want of memory. */
static bool within_memory(const HttpHandler *h, HttpRequest *r, HttpResponse *w) {
	OnFull full;
	r->arena->on_full = memory_owner_set(&full);
	bool fine = !ON_FULL(&full);
	if (fine) {
		memory_begin(shortage);
		h->handle(h->app, r, w);
	}
	requests_for_memory = memory_end();
	r->arena->on_full = NULL;
	memory_owner = full.outer;
	return fine;
}

Answer web_send(Browser *b, const char *method, const char *target, const char *form, const Params *headers, bool with_token) {
	static u64   number;
	Arena        arena = {0};
	HttpHandler  h = web_handler();
	bool         is_post = strcmp(method, "POST") == 0;
	HttpRequest  r = {.arena = &arena, .number = ++number, .method = is_post ? METHOD_POST : strcmp(method, "GET") == 0 ? METHOD_GET : METHOD_OTHER,
	                  .method_name = str_c(method), .target = str_c(target), .client = b->network.len ? b->network : S("192.0.2.1"), .peer = S("127.0.0.1")};
	HttpResponse w = {.file = -1};
	const char  *why = NULL;
	if (!http_read_path(&arena, r.target, &r.path, &r.query_raw, &why) || !http_read_query(&arena, r.query_raw, 128, &r.query, &why)) {
		arena_free(&arena);
		return (Answer){.status = 400};          /* what the server itself does */
	}
	if (b->cookie.len)
		EXPECT(http_read_cookies(&arena, b->cookie, &r.cookies));
	for (size_t i = 0; headers && i < headers->len; i++)
		*ARENA_PUSH(&arena, r.headers.at, r.headers.len, r.headers.cap) = headers->at[i];
	HttpPlan plan = h.plan(h.app, &r);
	if (is_post && form)
		EXPECT(http_read_query(&arena, str_c(form), plan.field_limit ? plan.field_limit : 1000, &r.form, &why));
	if (with_token && is_post) {
		Ctx          c = app_ctx(b->app, &arena);
		c.now = clock_now();
		Actor        actor;
		SessionInfo *session = NULL;
		if (b->cookie.len)
			MUST(people_auth.session_of(&c, str_from(b->cookie, 4), S(""), &actor, &session));
		Req probe = {.c = &c, .http = &r, .session = session};
		*ARENA_PUSH(&arena, r.form.at, r.form.len, r.form.cap) = (Param){S("csrf"), csrf_token(&probe, r.path)};
		*ARENA_PUSH(&arena, r.headers.at, r.headers.len, r.headers.cap) = (Param){S("sec-fetch-site"), S("same-origin")};
		ctx_end(&c);
	}
	if (plan.refuse != OK)
		h.refuse(h.app, &r, &w, plan.refuse, S("Odmítnuto."));
	else if (!within_memory(&h, &r, &w)) {
		drop(&w);
		w.status = 503;
	}
	Answer a = take(&w);
	arena_free(&arena);
	return a;
}

Answer web_send_short(Browser *b, const char *method, const char *target, const char *form, u64 nth, u64 *asked) {
	shortage = nth;
	Answer a = web_send(b, method, target, form, NULL, strcmp(method, "POST") == 0);
	shortage = 0;
	*asked = requests_for_memory;
	return a;
}

Answer web_get(Browser *b, const char *target) {
	return web_send(b, "GET", target, NULL, NULL, false);
}

Answer web_post(Browser *b, const char *target, const char *form) {
	return web_send(b, "POST", target, form, NULL, true);
}

Str web_header(const Answer *a, const char *lower_name) {
	bool found;
	return http_param(&a->headers, str_c(lower_name), &found);
}

void web_sign_in(Browser *b, const char *login) {
	Answer a = web_post(b, "/prihlaseni", str_z(t_arena, str_format(t_arena, "login=%s&password=%s&next=/app", login, DEMO_PASSWORD)));
	if (a.status != 303)
		test_fail(__FILE__, __LINE__, "%s is not let in: %d", login, a.status);
	Str cookie = web_header(&a, "set-cookie");
	b->cookie = str_dup(&b->app->arena, str_cut(&cookie, ';'));      /* outlives a test that empties its arena */
}
