/* dispatch.c: the life of a request above the server: match, session, access, walls against forgery, handler, answer. */
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/log.h"
#include "core/data_version.h"
#include "core/scan.h"
#include "web/inside.h"

static WebOptions options;

const WebOptions *web_options(void) {
	return &options;
}

void web_set_origin(Str origin) {
	options.origin = origin;
}

Err web_setup(Arena *a, const WebOptions *o, Str *why) {
	options = *o;
	cache_clear();
	return routes_build(a, o, why);
}

/* ---- who was here before: persons are served while the public is asked to come later ---- */

/* Sessions that were found lately, by a keyed hash of their cookie: before the store is asked, a made-up cookie is worth nothing. Old ones are
 * forgotten by those that fall into the same place. */
enum { PERSONS = 8192 };
static _Atomic u64 persons[PERSONS];

static Str person_token(const HttpRequest *r) {
	Str token = http_cookie(r, "__Host-sid");
	return token.len ? token : http_cookie(r, "sid");
}

static void remember_person(Str token) {
	u64 h = fast_hash(token);
	atomic_store_explicit(&persons[h % PERSONS], h, memory_order_relaxed);
}

static bool is_person(const HttpRequest *r) {
	Str token = person_token(r);
	if (!token.len)
		return false;
	u64 h = fast_hash(token);
	return atomic_load_explicit(&persons[h % PERSONS], memory_order_relaxed) == h;
}

/* ---- before the body is read ---- */

static Lane lane_of(const Route *route, Method method) {
	if (route->lane != LANE_LIGHT)
		return route->lane;
	return method == METHOD_POST || db_engine(options.db) == ENGINE_POSTGRES ? LANE_WORK : LANE_LIGHT;
}

static HttpPlan plan(void *app, HttpRequest *r) {
	(void)app;
	Match *m = NEW_ZERO(r->arena, Match);
	routes_find(r->arena, r->method, r->path, m);
	r->plan_data = m;
	bool reads = r->method == METHOD_GET || r->method == METHOD_HEAD;
	if (!m->route && !reads)
		return (HttpPlan){.refuse = m->wrong_method ? ERR_METHOD : ERR_NOT_FOUND};
	if (!m->route)
		return (HttpPlan){.lane = db_engine(options.db) == ENGINE_POSTGRES ? LANE_WORK : LANE_LIGHT};
	const Route *route = m->route;
	PageFormat   f = m->format;
	HttpPlan     p = {.lane = lane_of(route, r->method), .body_limit = route->body_limit, .field_limit = route->field_limit,
	                  .uploads = route->uploads, .seconds = route->seconds};
	p.is_person = is_person(r);
	if (uploads_wait(route)) {
		p.lane = LANE_OUT;
		p.seconds = (p.seconds ? p.seconds : 5) + SCAN_SECONDS;
	}
	if (prove_is_answer(r, route))
		p.lane = LANE_HASH;
	if (f != PAGE_HTML && route->lane == LANE_LIGHT) {
		p.lane = LANE_EXPORT;
		p.seconds = 60;
	}
	return p;
}

/* ---- one request ---- */

static Err doubles(Req *r) {
	Strs lists = {0};
	Str  names = str_c(r->route->lists ? r->route->lists : "");
	while (names.len)
		strs_add(r->c->arena, &lists, str_cut(&names, ','));
	Str twice = http_find_double(&r->http->query, &lists);
	if (!twice.len)
		twice = http_find_double(&r->http->form, &lists);
	return twice.len ? fail(r->c, ERR_MALFORMED, NULL, "Parametr „%.*s“ je v požadavku dvakrát. Ponechte jen jednu hodnotu.", STR_ARG(utf8_first(twice, 60)))
	                 : OK;
}

static bool is_listed(Str names, Str name) {
	while (names.len)
		if (str_eq(str_cut(&names, ','), name))
			return true;
	return false;
}

static Err unknown_parameters(Req *r) {
	for (size_t i = 0; r->route->parameters && i < r->http->query.len; i++) {
		Str name = r->http->query.at[i].name;
		if (!is_listed(str_c(r->route->parameters), name) && !is_listed(S("ke-dni,znalost,strana," PROVE_ANSWER), name))
			return fail(r->c, ERR_MALFORMED, NULL, "Parametr „%.*s“ tato stránka nezná. Zkontrolujte adresu.", STR_ARG(utf8_first(name, 60)));
	}
	return OK;
}

/* "a,b,c*": a name that ends in * stands for all that begin so. */
static bool is_field_of(Str names, Str name) {
	while (names.len) {
		Str one = str_cut(&names, ',');
		if (str_ends(one, S("*")) ? str_starts(name, str_first(one, one.len - 1)) : str_eq(one, name))
			return true;
	}
	return false;
}

static Err unknown_fields(Req *r) {
	for (size_t i = 0; r->route->fields && i < r->http->form.len; i++) {
		Str name = r->http->form.at[i].name;
		if (!is_field_of(str_c(r->route->fields), name) && !form_field_of_all(name))
			return fail_unknown_field(r, name);
	}
	return OK;
}

/* Something must be done first: a page leads there, anything else is refused. Public pages stay open. */
static Err at_gate(Req *r, bool *led_away) {
	const char *gate = r->session ? r->session->gate : NULL;
	if (!gate || r->route->at_gate || strcmp(r->route->capability, ANYONE) == 0)
		return OK;
	if (r->http->method == METHOD_POST || r->format != PAGE_HTML)
		return fail(r->c, ERR_FORBIDDEN, NULL, "Nejdřív dokončete zabezpečení svého účtu; otevřete stránku Můj účet.");
	*led_away = true;
	return redirect(r, "%s", gate);
}

/* A key opens data only, by a right that it was given. */
static Err allowed_to_key(Req *r) {
	const Route *route = r->route;
	if (strcmp(route->capability, ANYONE) == 0 && r->http->method != METHOD_POST)
		return OK;
	if (strcmp(route->capability, SIGNED_IN) == 0 || route->dangerous || (!route->api && (r->format == PAGE_HTML || r->http->method == METHOD_POST)))
		return fail(r->c, ERR_FORBIDDEN, NULL, "Klíč API otevírá jen data: přidejte na konec adresy .json, .csv nebo .xlsx. Stránky a formuláře jsou pro lidi.");
	return OK;
}

/* Who looks as somebody else changes nothing and does not see what only that person may: sessions, codes, keys. */
static Err only_looking(Req *r) {
	const Actor *who = r->c->actor;
	Str          path = r->http->path;
	if (!who->viewer || str_eq(path, S(VIEW_AS_END)) || str_eq(path, S("/odhlaseni")))
		return OK;
	if (r->http->method == METHOD_POST)
		return fail(r->c, ERR_FORBIDDEN, NULL, "Prohlížíte aplikaci jako %.*s, a to jen pro čtení. Prohlížení ukončete nahoře na stránce.", STR_ARG(who->name));
	if (str_eq(path, S("/app/ucet")) || str_starts(path, S("/app/ucet/")))
		return fail(r->c, ERR_FORBIDDEN, NULL, "Stránky účtu patří jen jeho majiteli. Prohlížení jako jiný člověk ukončete nahoře na stránce.");
	return OK;
}

static Err allowed(Req *r, const Match *m, bool *led_away) {
	if (m->wrong_method)
		return fail(r->c, ERR_METHOD, NULL, "Tuto adresu takto volat nelze.");
	if (!m->route)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Na adrese %.*s nic není. Možná je v ní překlep, nebo byla stránka přesunuta.",
		            STR_ARG(utf8_first(r->http->path, 120)));
	TRY(at_gate(r, led_away));
	if (*led_away)
		return OK;
	TRY(doubles(r));
	TRY(unknown_parameters(r));
	if (r->by_key)
		TRY(allowed_to_key(r));
	TRY(only_looking(r));
	TRY(require(r->c, m->route->capability));
	if (r->format != PAGE_HTML && m->route->files_need)
		TRY(require(r->c, m->route->files_need));
	return r->http->method == METHOD_POST && !r->by_key ? csrf_check(r) : OK;
}

/* "Bearer …": a program, not a browser. Its cookies are not looked at. */
static Err load_key(Req *r, Str credentials, Actor *actor) {
	Str rest = credentials, scheme = str_cut(&rest, ' ');
	r->by_key = true;
	if (!str_eq(str_lower_ascii(r->c->arena, scheme), S("bearer")))
		return fail(r->c, ERR_AUTH, NULL, "Hlavičce Authorization nerozumíme. Klíč API se posílá jako „Authorization: Bearer klíč“.");
	TRY(options.auth->actor_of_key(r->c, str_trim(rest), r->http->client, actor));
	r->c->actor = actor;
	return OK;
}

static Err load_session(Req *r, Actor *actor) {
	Str credentials = http_header(r->http, "authorization");
	if (credentials.len && options.auth)
		return load_key(r, credentials, actor);
	Str token = session_cookie(r);
	if (!token.len || !options.auth)
		return OK;
	TRY(options.auth->session_of(r->c, token, r->http->client, actor, &r->session));
	if (r->session && r->session->waits) {
		r->waiting = r->session;
		r->session = NULL;
	}
	if (r->session) {
		r->c->actor = actor;
		remember_person(token);
	}
	if (r->session && r->session->renewed.len) {
		session_cookie_set(r, r->session->renewed);
		remember_person(r->session->renewed);
	}
	return OK;
}

/* Pages that everybody sees alike may come from memory. */
static bool is_shared(const Req *r) {
	return r->route && r->route->cached && !r->session && !r->by_key && r->http->method != METHOD_POST && r->format != PAGE_CSV && r->format != PAGE_XLSX;
}

static Err from_memory(Req *r, Str *tag, bool *done) {
	i64 version;
	if (!is_shared(r))
		return OK;
	TRY(data_version(r->c, &version));
	*tag = cache_tag(r->c->arena, version, r->c->today, r->http->target);
	*done = cache_answer(r->http, r->res, *tag);
	return OK;
}

static void send_to_sign_in(Req *r) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "/prihlaseni?next=");
	html_url_str(&b, r->http->target);
	r->res->body.len = 0;
	r->page_open = false;
	r->c->problems.len = 0;
	redirect(r, "%.*s", STR_ARG(str_first(buf_view(&b), 1800)));
	buf_free(&b);
}

static Str header_set(const HttpResponse *w, const char *name) {
	for (size_t i = 0; i < w->headers.len; i++)
		if (str_eq(w->headers.at[i].name, str_c(name)))
			return w->headers.at[i].value;
	return (Str){0};
}

static void serve(Req *r, const Match *m, Actor *actor) {
	Str  tag = {0};
	bool done = false, answered = false;
	Err  e = load_session(r, actor);
	if (e == OK)
		e = allowed(r, m, &answered);
	headers_of_every_answer(r->http, r->res);
	if (e == OK && !answered)
		e = from_memory(r, &tag, &done);
	if (done)
		return;
	if (e == OK && !answered)
		e = prove_check(r, &answered);
	if (e == OK && !answered)
		e = unknown_fields(r);
	if (e == OK && !answered)
		e = uploads_scan(r);
	if (e == OK && !answered)
		e = m->route->handler(r);
	if (e == ERR_AUTH && r->http->method != METHOD_POST && r->format == PAGE_HTML && !r->by_key) {
		send_to_sign_in(r);
	} else if (e != OK) {
		answer_problem(r, e);
		if (m->wrong_method)
			http_set_header(r->http, r->res, "Allow", m->allow);
		return;
	}
	page_close(r);
	if (r->res->status == 0)
		r->res->status = 200;
	if (tag.len && r->res->status == 200 && !r->c->stale)
		cache_keep(r->http, r->res, header_set(r->res, "Content-Type"), tag);
	else if (!header_set(r->res, "Cache-Control").len)
		http_set_header(r->http, r->res, "Cache-Control", S("no-store"));
}

static void answer(HttpRequest *http, HttpResponse *res, Ctx *c) {
	const Match *m = http->plan_data;
	Actor       *visitor = NEW(http->arena, Actor, .name = actor_public.name, .address = http->client);
	access_prepare(visitor);
	c->actor = visitor;
	c->request = http->number;
	Req r = {.c = c, .http = http, .res = res, .out = &res->body, .route = m->route, .format = m->format};
	memcpy(r.args, m->args, sizeof r.args);
	serve(&r, m, NEW_ZERO(http->arena, Actor));
	if (r.session)
		options.auth->seen(c, r.session);
}

/* When the arena is full, what this thread holds of the store must be given back here, before the server says 503. */
static void handle(void *app, HttpRequest *http, HttpResponse *res) {
	(void)app;
	if (str_starts(http->path, S("/s/")) && asset_answer(http, res))
		return;
	Ctx     *c = NEW_ZERO(http->arena, Ctx);
	OnFull  *outer = http->arena->on_full, full;
	*c = ctx_make(http->arena, options.db, &actor_public, options.now());
	http->arena->on_full = memory_owner_set(&full);
	bool fine = !ON_FULL(&full);
	if (fine)
		answer(http, res, c);
	ctx_end(c);
	http->arena->on_full = outer;
	memory_owner = full.outer;
	if (!fine)
		memory_full(outer);
}

static void refuse(void *app, HttpRequest *r, HttpResponse *w, Err e, Str why) {
	(void)app;
	answer_refusal(r, w, e, why);
}

static void thread_end(void *app) {
	(void)app;
	db_thread_end(options.db);
}

/* An address that is a secret by itself, of an invitation or a new password, is told by its pattern. */
static Str shown_path(const HttpRequest *r) {
	const Match *m = r->plan_data;
	bool is_secret = m && m->route && strstr(m->route->path, "{token}");
	return is_secret ? str_c(m->route->path) : str_first(r->path, 300);
}

/* One JSON object per line, so that no text of a visitor can forge a line. No cookies, bodies or parameters. */
static void log_request(void *app, const HttpRequest *r, const HttpResponse *w, u64 bytes, u64 microseconds) {
	(void)app;
	metrics_count(r, w->status, bytes, microseconds);
	if (!options.log)
		return;
	CLEANUP(buf_free) Buf b = {0};
	JsonWriter j = {.out = &b};
	char       iso[INSTANT_ISO_LEN];
	jw_object(&j);
	jw_key(&j, "at");
	jw_str(&j, instant_iso(options.now(), iso));
	jw_key(&j, "request");
	jw_int(&j, (i64)r->number);
	jw_key(&j, "method");
	jw_str(&j, r->method_name);
	jw_key(&j, "path");
	jw_str(&j, shown_path(r));
	jw_key(&j, "status");
	jw_int(&j, w->status);
	jw_key(&j, "bytes");
	jw_int(&j, (i64)bytes);
	jw_key(&j, "us");
	jw_int(&j, (i64)microseconds);
	jw_object_end(&j);
	log_object(buf_view(&b));
}

HttpHandler web_handler(void) {
	return (HttpHandler){.plan = plan, .handle = handle, .refuse = refuse, .log = log_request, .thread_end = thread_end};
}
