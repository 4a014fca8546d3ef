/* cache.c: rendered public pages in memory under the data version. An entry is counted, because an answer may still be on its way
 * when a newer page takes its place. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/hash.h"
#include "web/inside.h"

enum { SLOTS = 2048, PAGE_MAX = 256 * 1024, ALL_MAX = 4 * 1024 * 1024 };

struct CachedPage {
	atomic_int users;
	Str        target, tag, type;            /* all in `memory` */
	Str        bytes, gzip;
	size_t     size;
	char       memory[];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static CachedPage     *slots[SLOTS];
static u64             asked[SLOTS];         /* the last page of a slot that was made once and not kept yet */
static size_t          held;

static void let_go(void *arg) {
	CachedPage *p = arg;
	if (atomic_fetch_sub(&p->users, 1) == 1)
		free(p);
}

Str cache_tag(Arena *a, i64 version, Date today, Str target) {
	return str_format(a, "\"%llx-%x-%llx\"", (unsigned long long)version, (unsigned)today.n, (unsigned long long)fast_hash(target));
}

static void tell_cache(HttpRequest *r, HttpResponse *w, Str tag) {
	http_set_header(r, w, "ETag", tag);
	http_set_header(r, w, "Cache-Control", S("public, max-age=60"));
	http_set_header(r, w, "Vary", S("Accept-Encoding, Cookie"));
}

static bool not_modified(HttpRequest *r, HttpResponse *w, Str tag) {
	if (!http_etag_matches(http_header(r, "if-none-match"), tag))
		return false;
	w->status = 304;
	tell_cache(r, w, tag);
	return true;
}

static bool takes_gzip(HttpRequest *r) {
	return http_accepts(http_header(r, "accept-encoding"), S("gzip"));
}

bool cache_answer(HttpRequest *r, HttpResponse *w, Str tag) {
	if (not_modified(r, w, tag))
		return true;
	pthread_mutex_lock(&lock);
	CachedPage *p = slots[str_hash(r->target) % SLOTS];
	bool zipped = p && p->gzip.len && takes_gzip(r);
	if (p && str_eq(p->target, r->target) && str_eq(p->tag, tag) && (zipped || p->bytes.len))
		atomic_fetch_add(&p->users, 1);
	else
		p = NULL;
	pthread_mutex_unlock(&lock);
	if (!p)
		return false;
	w->static_bytes = zipped ? p->gzip : p->bytes;
	w->release = let_go;
	w->release_arg = p;
	if (zipped)
		http_set_header(r, w, "Content-Encoding", S("gzip"));
	http_set_header(r, w, "Content-Type", str_dup(r->arena, p->type));
	tell_cache(r, w, tag);
	return true;
}

static Str place(char **at, Str s) {
	Str here = {*at, s.len};
	if (s.len)
		memcpy(*at, s.ptr, s.len);
	*at += s.len;
	return here;
}

/* Lists have more addresses than memory: a page is kept, and zipped for that, when it is asked for a second time. */
static bool is_second(Str target, Str tag) {
	u64 mark = fast_hash(tag);                   /* which holds the target's own hash */
	pthread_mutex_lock(&lock);
	u64 *last = &asked[str_hash(target) % SLOTS];
	bool again = *last == mark;
	*last = again ? 0 : mark;
	pthread_mutex_unlock(&lock);
	return again;
}

void cache_keep(HttpRequest *r, HttpResponse *w, Str type, Str tag) {
	tell_cache(r, w, tag);
	Str bytes = buf_view(&w->body);
	bool is_big = bytes.len > PAGE_MAX;          /* a whole plan: kept as browsers take it; who takes it otherwise has it made */
	if (w->status != 200 || w->file >= 0 || bytes.len == 0 || (is_big && !takes_gzip(r)) || !is_second(r->target, tag))
		return;
	Str    zipped = http_gzip(r->arena, bytes, 5);
	if (is_big && (!zipped.len || zipped.len > PAGE_MAX))
		return;
	if (is_big)
		bytes = (Str){0};
	size_t size = sizeof(CachedPage) + r->target.len + tag.len + type.len + bytes.len + zipped.len;
	CachedPage *p = malloc(size);
	if (!p)
		return;
	char *at = p->memory;
	p->users = 1;
	p->size = size;
	p->target = place(&at, r->target);
	p->tag = place(&at, tag);
	p->type = place(&at, type);
	p->bytes = place(&at, bytes);
	p->gzip = place(&at, zipped);
	pthread_mutex_lock(&lock);
	CachedPage **slot = &slots[str_hash(r->target) % SLOTS];
	CachedPage  *old = *slot;
	*slot = p;
	held += size - (old ? old->size : 0);
	bool too_much = held > ALL_MAX;
	pthread_mutex_unlock(&lock);
	if (old)
		let_go(old);
	if (too_much)
		cache_clear();                           /* rare and cheap: the next readers fill it again */
}

void cache_clear(void) {
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < SLOTS; i++)
		if (slots[i]) {
			let_go(slots[i]);
			slots[i] = NULL;
		}
	held = 0;
	pthread_mutex_unlock(&lock);
}
