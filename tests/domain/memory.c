/* memory.c: memory is short at every moment of a request: the visitor hears 503, the program lives, nothing leaks (the sanitizer counts when the
 * program ends), what was being written is written whole or not at all, and the next request is served. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/trail.h"
#include "core/roomy.h"
#include "tests/support/web.h"

#ifndef RELEASE                              /* which cannot be short of memory on purpose */
typedef struct Ask { const char *method, *target, *form; } Ask;

static const Ask asks[] = {
	{"GET", "/"}, {"GET", "/katalog"}, {"GET", "/katalog?q=dum"}, {"GET", "/katalog?q=xyzxyz"}, {"GET", "/katalog?strana=2"}, {"GET", "/katalog.json"}, {"GET", "/katalog.csv"},
	{"GET", "/katalog.xlsx"}, {"GET", "/uzemi"}, {"GET", "/uzemi/turnov"}, {"GET", "/uzemi.csv"}, {"GET", "/uzemi/obce"}, {"GET", "/neni"}, {"GET", "/katalog?neznamy=1"},
	{"GET", "/prihlaseni"}, {"GET", "/napoveda"}, {"GET", "/app"}, {"GET", "/app/muj-ucet"}, {"GET", "/app/sprava/organizace"}, {"GET", "/app/sprava/organizace/novy"},
	{"GET", "/app/sprava/organizace.csv"}, {"GET", "/app/sprava/organizace.xlsx"}, {"GET", "/app/sprava/ucty"}, {"GET", "/app/sprava/stopa"}, {"GET", "/app/sprava/nastaveni"},
	{"GET", "/app/sprava/uzemi"}, {"GET", "/app/sluzby"}, {"GET", "/app/ulohy"}, {"GET", "/app/sprava/ciselniky"}, {"GET", "/app/sprava/obyvatelstvo"},
	{"GET", "/sluzby/1"}, {"GET", "/poskytovatele/1"}, {"GET", "/uzemi?ke-dni=2024-01-01"},
	{"POST", "/app/sprava/organizace/novy", "kind=region&name=Kraj&ref="}, {"POST", "/app/sprava/organizace/novy", "kind=&name="},
	{"GET", "/pripominky", NULL},
	{"GET", "/projednani", NULL},
	{"GET", "/potreby", NULL},
	{"GET", "/plan/2024-2026", NULL},
	{"GET", "/dokumenty", NULL},
	{"GET", "/usneseni", NULL},
	{"GET", "/hledat?q=pecovatelska", NULL},
	{"POST", "/prihlaseni", "login=nikdo@demo.invalid&password=spatne"},
};

static u64 stride(void) {
	const char *s = getenv("MEMORY_STRIDE");
	i64 n = 0;
	return s && str_to_int(str_c(s), &n) && n > 0 ? (u64)n : test_on_postgres() ? 149 : 37;
}

/* All of the first fifty, then one in so many, the last one too. */
static u64 after(u64 n, u64 last) {
	u64 next = n < 50 ? n + 1 : n + stride();
	return next > last && n < last ? last : next;
}

static i64 trail_length(Browser *b) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = app_ctx(b->app, &a);
	TrailVerdict v;
	if (trail_verify(&c, &v) != OK)
		test_fail(__FILE__, __LINE__, "the trail does not hold");
	return v.records;
}

TEST("memory: whenever it is short during a request, the answer is 503, nothing is half written, and the next request is served") {
	Browser b = {.app = test_app_demo()};
	u64 kinds = 0, failures = 0, asked;
	web_sign_in(&b, "spravce@demo.invalid");
	for (size_t i = 0; i < LEN(asks); i++) {
		const Ask *q = &asks[i];
		web_send_short(&b, q->method, q->target, q->form, 0, &asked);       /* what is kept in memory is there */
		Answer whole = web_send_short(&b, q->method, q->target, q->form, 0, &asked);
		EXPECT(whole.status < 500 && asked > 5);
		kinds++;
		u64 last = asked;
		for (u64 n = 1; n <= last; n = after(n, last)) {
			alarm(60);                       /* a lock that was left behind */
			Answer a = web_send_short(&b, q->method, q->target, q->form, n, &asked);
			failures += a.status == 503;
			if (a.status >= 500 && a.status != 503)
				test_fail(__FILE__, __LINE__, "%s %s, failure %llu of %llu: %d", q->method, q->target, (unsigned long long)n, (unsigned long long)last, a.status);
			if (n % 8 == 0)
				EQ_INT(web_send_short(&b, "GET", "/uzemi", NULL, 0, &asked).status, 200);
		}
		Answer again = web_send_short(&b, q->method, q->target, q->form, 0, &asked);
		bool too_often = again.status == 429;       /* signing in */
		if (again.status != whole.status && !too_often)
			test_fail(__FILE__, __LINE__, "%s %s: %d before, %d after", q->method, q->target, whole.status, again.status);
	}
	alarm(0);
	EXPECT(trail_length(&b) > 0);
	printf("# %llu kinds of requests, %llu failures of memory, every one answered\n", (unsigned long long)kinds, (unsigned long long)failures);
	EXPECT(kinds >= 30 && failures > 1000);
}
#endif

TEST("memory: what reads a whole large network gets a larger room, once, and gives it back with the request; where nothing is bounded nothing changes") {
	CLEANUP(arena_free) Arena bounded = {.limit = 8 << 20};
	CLEANUP(arena_free) Arena endless = {0};
	Ctx request = ctx_make(&bounded, NULL, &actor_public, (Instant){0}), job = ctx_make(&endless, NULL, &actor_program, (Instant){0});
	ctx_roomy(&request);
	ctx_roomy(&job);
	EXPECT(request.arena != &bounded && job.arena == &endless);
	Arena *room = request.arena;
	memset(arena_alloc(room, 20 << 20), 1, 20 << 20);
	ctx_roomy(&request);
	EXPECT(request.arena == room);
	EXPECT(bounded.held < 8 << 20);
}
