#include "http/call.h"

#include <stdlib.h>
#include <unistd.h>

#include "http/decode.h"
#include "http/gzip.h"

enum {
	ARENA = 8 * 1024 * 1024,
	RESERVE = 1024 * 1024,                   /* for the page that says that the arena was full */
	SECONDS = 5,
	SMALL_BODY = 64 * 1024,                  /* of a refused request: read away rather than break the connection */
	COMPRESS = 1024,                         /* shorter answers are not worth it */
	LEVEL = 5,
};

/* ------------------------------------------------------------------------ life */

static void drop_answer(Call *c) {
	buf_free(&c->w.body);
	if (c->w.file >= 0)
		close(c->w.file);
	if (c->w.release)
		c->w.release(c->w.release_arg);
	c->w = (HttpResponse){.file = -1};
}

Call *call_take(HttpServer *s) {
	pthread_mutex_lock(&s->lock);
	Call *c = s->free;
	if (c) {
		s->free = c->next_free;
		s->free_count--;
	}
	pthread_mutex_unlock(&s->lock);
	if (!c)
		c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	Arena arena = c->arena;                  /* with the block that it kept */
	arena.limit = s->options.arena_limit ? s->options.arena_limit : ARENA;
	*c = (Call){.server = s, .arena = arena, .holders = 1, .w.file = -1};
	c->r = (HttpRequest){.arena = &c->arena, .number = ++s->last_number, .over_https = s->options.https, .deadline = UINT64_MAX};
	return c;
}

void call_drop(Call *c) {
	if (atomic_fetch_sub(&c->holders, 1) > 1)
		return;
	HttpServer *s = c->server;
	drop_answer(c);
	arena_reset(&c->arena);
	pthread_mutex_lock(&s->lock);
	bool keep = s->free_count < FREE_CALLS;
	if (keep) {
		c->next_free = s->free;
		s->free = c;
		s->free_count++;
	}
	pthread_mutex_unlock(&s->lock);
	if (!keep) {
		arena_free(&c->arena);
		free(c);
	}
}

void call_free_all(HttpServer *s) {
	while (s->free) {
		Call *c = s->free;
		s->free = c->next_free;
		arena_free(&c->arena);
		free(c);
	}
	s->free_count = 0;
}

/* Runs f; false when the arena was full and control jumped out of it. */
static bool within_memory(Call *c, void (*f)(Call *)) {
	OnFull full;
	c->arena.on_full = memory_owner_set(&full);
	bool fine = !ON_FULL(&full);
	if (fine)
		f(c);
	c->arena.on_full = NULL;
	memory_owner = full.outer;
	return fine;
}

/* -------------------------------------------------------------------- the answer */

Str call_content(const Call *c) {
	return c->w.static_bytes.len ? c->w.static_bytes : buf_view(&c->w.body);
}

static Str *find_header(HttpResponse *w, Str name) {
	for (size_t i = 0; i < w->headers.len; i++)
		if (http_same(w->headers.at[i].name, name))
			return &w->headers.at[i].value;
	return NULL;
}

static bool is_text(Str type) {
	static const char *const kinds[] = {"application/json", "application/javascript", "application/xml", "application/geo+json",
		"application/atom+xml", "application/rss+xml", "application/manifest+json", "application/ld+json", "image/svg+xml"};
	type = str_trim(str_cut(&type, ';'));
	for (size_t i = 0; i < LEN(kinds); i++)
		if (http_same(type, str_c(kinds[i])))
			return true;
	return http_same(str_first(type, 5), S("text/"));
}

static void vary_by_encoding(Call *c) {
	Str *vary = find_header(&c->w, S("Vary"));
	if (!vary)
		http_set_header(&c->r, &c->w, "Vary", S("Accept-Encoding"));
	else if (!str_has(str_lower_ascii(&c->arena, *vary), S("accept-encoding")))
		*vary = str_of(str_z(&c->arena, str_cat(&c->arena, *vary, S(", Accept-Encoding"))), vary->len + 17);
}

static void compress(Call *c) {
	const Str *type = find_header(&c->w, S("Content-Type"));
	if (c->w.compressed) {
		if (!find_header(&c->w, S("Content-Encoding")))
			http_set_header(&c->r, &c->w, "Content-Encoding", S("gzip"));
		vary_by_encoding(c);
		return;
	}
	if (c->w.body.len <= COMPRESS || !type || !is_text(*type) || find_header(&c->w, S("Content-Encoding")))
		return;
	vary_by_encoding(c);
	if (!http_accepts(http_header(&c->r, "accept-encoding"), S("gzip")))
		return;
	Buf small = {0};
	if (http_gzip_into(&small, buf_view(&c->w.body), LEVEL)) {
		buf_free(&c->w.body);
		c->w.body = small;
		http_set_header(&c->r, &c->w, "Content-Encoding", S("gzip"));
	} else {
		buf_free(&small);
	}
}

/* What the protocol asks of an answer, whoever made it. */
static void finish(Call *c) {
	if (c->w.status == 0)
		c->w.status = 200;
	CHECK(c->w.status >= 200 && c->w.status < 600);
	if (c->w.status == 204 || c->w.status == 304) {
		HttpResponse bare = {.status = c->w.status, .headers = c->w.headers, .close = c->w.close, .file = -1};
		drop_answer(c);
		c->w = bare;
	} else {
		compress(c);
	}
	if (c->w.status == 503 && !find_header(&c->w, S("Retry-After")))
		http_set_header(&c->r, &c->w, "Retry-After", S("2"));
	if ((c->w.status == 405 || c->w.status == 501) && !find_header(&c->w, S("Allow")))
		http_set_header(&c->r, &c->w, "Allow", S("GET, HEAD, POST"));
}

static void refuse(Call *c) {
	HttpHandler *h = &c->server->handler;
	int status = c->verdict.status;
	h->refuse(h->app, &c->r, &c->w, c->verdict.err, str_c(c->verdict.why));
	c->w.status = status;
	finish(c);
}

void call_refuse(Call *c, int status, Err e, const char *why) {
	drop_answer(c);
	c->w.status = c->verdict.status = status;
	c->verdict.err = e;
	c->verdict.why = why;
	if (within_memory(c, refuse))
		return;
	drop_answer(c);                          /* not even that: a bare number */
	c->w.status = 503;
	c->w.close = true;
}

static void refuse_for_memory(Call *c) {
	c->arena.limit += RESERVE;
	call_refuse(c, 503, ERR_BUSY, "Požadavek potřebuje víc paměti, než mu lze dát. Zkuste menší rozsah nebo to zkuste později.");
}

static void handle(Call *c) {
	HttpHandler *h = &c->server->handler;
	h->handle(h->app, &c->r, &c->w);
	finish(c);
}

void call_handle(Call *c) {
	if (!within_memory(c, handle))
		refuse_for_memory(c);
}

/* ----------------------------------------------------------------------- the head */

static void add_header(Call *c) {
	Params *to = &c->head.headers;
	Param p = c->r.headers.at[0];
	char *name = arena_copy(&c->arena, p.name.ptr, p.name.len);
	for (size_t i = 0; i < p.name.len; i++)
		name[i] = http_lower(name[i]);
	*ARENA_PUSH(&c->arena, to->at, to->len, to->cap) = (Param){str_of(name, p.name.len), str_dup(&c->arena, p.value)};
}

bool call_add_header(Call *c, Str name, Str value) {
	Param p = {name, value};
	c->r.headers.at = &p;
	bool ok = within_memory(c, add_header);
	c->r.headers.at = NULL;
	return ok;
}

/* The last hop that the proxy wrote; what stands before it anybody may have sent. */
static Str find_client(Call *c, bool by_proxy) {
	Str last = {0};
	for (size_t i = 0; by_proxy && i < c->r.headers.len; i++)
		if (str_eq(c->r.headers.at[i].name, S("x-forwarded-for")))
			last = c->r.headers.at[i].value;
	while (str_find_char(last, ',') >= 0)
		str_cut(&last, ',');
	char text[ADDRESS_TEXT];
	size_t len;
	return address_normal(str_trim(last), text, &len) ? str_dup(&c->arena, str_of(text, len)) : c->r.peer;
}

static bool is_proxy(const HttpServer *s, Str peer) {
	return str_eq(peer, S("unix")) ? s->options.behind_proxy : s->proxy_len && str_eq(peer, str_of(s->proxy, s->proxy_len));
}

static bool read_cookies(Call *c) {
	for (size_t i = 0; i < c->r.headers.len; i++)
		if (str_eq(c->r.headers.at[i].name, S("cookie")) && !http_read_cookies(&c->arena, c->r.headers.at[i].value, &c->r.cookies))
			return false;
	return true;
}

static const char *refusal_of(Err e) {
	switch (e) {
	case ERR_AUTH:
		return "Nejprve se prosím přihlaste.";
	case ERR_FORBIDDEN:
		return "K této stránce nemáte přístup.";
	case ERR_NOT_FOUND:
		return "Tato stránka neexistuje. Zkontrolujte adresu nebo začněte na úvodní stránce.";
	case ERR_METHOD:
		return "Takto tuto adresu použít nelze. Vraťte se na předchozí stránku.";
	case ERR_RATE:
		return "Požadavků přišlo příliš mnoho. Počkejte prosím chvíli.";
	case ERR_BUSY:
		return "Systém je právě přetížen. Zkuste to prosím za chvíli.";
	default:
		return "Požadavek nelze vyřídit. Vraťte se na předchozí stránku a zkuste to znovu.";
	}
}

/* Leaves the verdict: status 0 means that the request may go on. */
static void judge(Call *c) {
	HttpServer *s = c->server;
	Verdict *v = &c->verdict;
	c->r.headers = c->head.headers;
	*v = guard_head(&c->head, &s->hosts);
	c->r.method = v->status ? METHOD_OTHER : v->method;
	if (v->status)
		return;
	c->r.client = find_client(c, is_proxy(s, c->r.peer));
	const char *why = "Cookies v požadavku jsou poškozené. Smažte cookies tohoto webu a zkuste to znovu.";
	if (!http_read_path(&c->arena, c->r.target, &c->r.path, &c->r.query_raw, &why)
			|| !http_read_query(&c->arena, c->r.query_raw, GUARD_QUERY, &c->r.query, &why) || !read_cookies(c)) {
		v->status = 400;
		v->err = ERR_MALFORMED;
		v->why = why;
	}
}

static void plan(Call *c) {
	HttpHandler *h = &c->server->handler;
	c->plan = h->plan(h->app, &c->r);
	if (c->plan.refuse != OK || c->r.method != METHOD_POST)
		return;
	const HttpOptions *o = &c->server->options;
	c->verdict.err = body_start(&c->body, &c->arena, &c->verdict, &c->plan, http_header(&c->r, "content-type"), o->temporary);
}

static void copy_head(Call *c) {
	c->r.method_name = c->head.method = str_dup(&c->arena, c->head.method);
	c->r.target = c->head.target = str_dup(&c->arena, c->head.target);
	c->r.peer = c->r.client = str_dup(&c->arena, c->piece);
}

static Next end_with(Call *c, Next next) {
	if (next == NEXT_ANSWER)
		c->w.close = true;
	return next;
}

Next call_begin(Call *c, Str method, Str target, Str version, size_t head_size, Str peer) {
	c->head.method = method;
	c->head.target = target;
	c->head.version = version;
	c->head.size = head_size;
	c->piece = peer;
	c->server->tally.requests++;
	c->server->tally.active++;
	c->complete = watch_now();
	if (!within_memory(c, copy_head) || !within_memory(c, judge)) {
		refuse_for_memory(c);
		return end_with(c, NEXT_ANSWER);
	}
	Verdict *v = &c->verdict;
	if (v->status) {
		call_refuse(c, v->status, v->err, v->why);
		return end_with(c, NEXT_ANSWER);
	}
	if (!within_memory(c, plan)) {
		refuse_for_memory(c);
		return end_with(c, NEXT_ANSWER);
	}
	if (c->plan.refuse != OK) {
		call_refuse(c, err_status(c->plan.refuse), c->plan.refuse, refusal_of(c->plan.refuse));
		return end_with(c, !v->chunked && !v->asks && v->length <= SMALL_BODY ? NEXT_SWALLOW : NEXT_ANSWER);
	}
	if (v->err != OK) {
		call_refuse(c, err_status(v->err), v->err, c->body.why);
		return end_with(c, NEXT_ANSWER);
	}
	return NEXT_READ;
}

/* ----------------------------------------------------------------------- the body */

static void add_body(Call *c) {
	c->verdict.err = body_add(&c->body, c->piece);
}

static void end_body(Call *c) {
	c->verdict.err = body_end(&c->body, &c->r);
}

static bool body_step(Call *c, void (*f)(Call *)) {
	if (!within_memory(c, f)) {
		refuse_for_memory(c);
		c->w.close = true;
		return false;
	}
	if (c->verdict.err == OK)
		return true;
	call_refuse(c, err_status(c->verdict.err), c->verdict.err, c->body.why);
	c->w.close = true;
	return false;
}

bool call_add_body(Call *c, Str bytes) {
	c->piece = bytes;
	return body_step(c, add_body);
}

bool call_end_body(Call *c) {
	c->complete = watch_now();
	int seconds = c->plan.seconds ? c->plan.seconds : SECONDS;
	c->r.deadline = c->complete + (u64)seconds * 1000 * 1000;
	return c->r.method != METHOD_POST || body_step(c, end_body);
}

bool http_is_late(const HttpRequest *r) {
	return watch_now() > r->deadline;
}

/* --------------------------------------------------------------------- the end */

static Params copy_params(Arena *a, const Params *from) {
	Params to = {NEW_ARRAY(a, Param, from->len), from->len, from->len};
	for (size_t i = 0; i < from->len; i++)
		to.at[i] = (Param){str_dup(a, from->at[i].name), str_dup(a, from->at[i].value)};
	return to;
}

static void copy_request(Call *c) {
	const HttpRequest *from = c->connection;
	Arena *a = &c->arena;
	c->r = (HttpRequest){
		.arena = a, .number = from->number, .method = from->method, .over_https = from->over_https, .deadline = UINT64_MAX,
		.method_name = str_dup(a, from->method_name), .target = str_dup(a, from->target), .path = str_dup(a, from->path),
		.query_raw = str_dup(a, from->query_raw), .peer = str_dup(a, from->peer), .client = str_dup(a, from->client),
		.query = copy_params(a, &from->query), .headers = copy_params(a, &from->headers), .cookies = copy_params(a, &from->cookies),
	};
}

/* The lane may still be reading the late call, so nothing of it is taken but what nobody writes any more. */
Call *call_instead(const Call *late) {
	Call *c = call_take(late->server);
	if (!c)
		return NULL;
	c->complete = late->complete;
	c->connection = (void *)(uintptr_t)&late->r;
	if (within_memory(c, copy_request))
		call_refuse(c, 503, ERR_BUSY, "Odpověď se nepodařilo připravit včas. Zkuste to prosím za chvíli.");
	else
		refuse_for_memory(c);
	c->connection = NULL;
	return c;
}

static void count(Tally *t, int status, u64 took) {
	int slot = took ? 64 - __builtin_clzll(took) : 0;
	t->microseconds[slot < (int)LEN(t->microseconds) ? slot : (int)LEN(t->microseconds) - 1]++;
	t->by_class[status / 100]++;
}

static void log_call(Call *c) {
	HttpHandler *h = &c->server->handler;
	h->log(h->app, &c->r, &c->w, c->bytes, c->ready - c->complete);
}

void call_end(Call *c) {
	if (c->ready < c->complete)              /* never answered */
		c->ready = c->complete;
	if (c->answered)
		count(&c->server->tally, c->w.status, c->ready - c->complete);
	else
		c->w.status = 0;
	if (c->server->handler.log)
		within_memory(c, log_call);
	c->server->tally.active--;
}
