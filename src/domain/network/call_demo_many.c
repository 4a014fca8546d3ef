/* call_demo_many.c: calls and applications of the larger samples: of providers whose people have accounts only there. */
#include "domain/needs/optimal.h"
#include "domain/network/call_demo_inside.h"
#include "domain/network/demo.sql.h"
#include "domain/people/demo.h"

enum { EARLIER_CALLS = 3, SERVICES_READ = 20 };

typedef struct Asking { Actor person; Id service, provider; } Asking;
typedef struct Crowd { Asking *at; size_t len; } Crowd;

/* One account for a provider; it may both fill in and sign. */
static Err add_person(Ctx *c, Asking *x, size_t no) {
	void        *row;
	const char  *login = str_z(c->arena, str_format(c->arena, "zadatel%03zu@demo.invalid", no));
	TRY(entity_get(c, &provider_entity, TODAY, x->provider, &row));
	Organisation o = {.kind = S("provider"), .name = ((Provider *)row)->name, .ref = x->provider};
	TRY(entity_insert(c, &organisation_entity, &o));
	TRY(people_demo_account(c, login, str_z(c->arena, str_format(c->arena, "Žadatelka Ukázková %zu", no)), "PSG", SCOPE_PROVIDER, x->provider, o.head.id));
	return people_demo_actor(c, login, &x->person);
}

/* The sample forms count in workers: services of other units are left out. */
static Err gather(Ctx *c, size_t most, Crowd *ret) {
	AsOf at = as_of_full(c, TODAY);
	Id   last = 0;
	*ret = (Crowd){.at = NEW_ARRAY(c->arena, Asking, most)};
	Date since = date_add(c->today, -(EARLIER_CALLS + 2) * 365);
	Rows rows = db_query(ctx_conn(c), &sql_network_demo_applicants, P(V(at.valid), V(at.recorded), V((i64)most * SERVICES_READ), V(since)));
	while (rows_next(&rows) && ret->len < most) {
		Strs units = optimal_units(c, str_dup(c->arena, col_text(&rows, 2)));
		if (col_int(&rows, 1) == last || !units.len || !str_eq(units.at[0], S("U")))
			continue;
		last = col_int(&rows, 1);
		ret->at[ret->len++] = (Asking){.service = col_int(&rows, 0), .provider = last};
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "applicants of the sample");
	for (size_t i = 0; i < ret->len; i++)
		TRY(add_person(c, &ret->at[i], i + 1));
	return OK;
}

/* One transaction in memory of its own. */
static Err apply_apart(CallTale *s, Id call, const Asking *x, size_t turn, Far far, int day, int later) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx     *c = s->c;
	Ctx      own = ctx_make(&scratch, c->db, &actor_program, s->now);
	CallTale apart = *s;
	Tx       tx = {0};
	apart.c = &own;
	Err e = tx_begin(&own, &tx);
	e = e == OK ? call_tale_apply(&apart, call, &(Applicant){&x->person, &x->person, x->service}, turn, far, day, later) : e;
	e = e == OK ? tx_commit(&tx) : e;
	ctx_end(&own);
	return e == OK ? OK : fail(c, e, NULL, "%.*s", STR_ARG(first_problem(&own)));
}

static Err apply_all(CallTale *s, Id call, const Crowd *all, size_t from, size_t to, const Far *ways, size_t way_count, int day, int later) {
	ctx_end(s->c);
	for (size_t i = from; i < to; i++)
		TRY(apply_apart(s, call, &all->at[i], i, ways[i % way_count], day, later));
	return OK;
}

/* Decided and closed, one a year. */
static Err earlier(CallTale *s, const Crowd *all, size_t each) {
	static const Far ways[] = {TO_REFUSED, TO_REFUSED_FORMALLY, TO_REFUSED};
	for (int back = 1; back <= EARLIER_CALLS; back++) {
		int        day = -365 * back;
		Id         id;
		size_t     from = (size_t)(back - 1) * each;
		CallSample k = {str_z(s->c->arena, str_format(s->c->arena, "Výzva ke vstupu do sítě, před %s", back == 1 ? "rokem" : back == 2 ? "dvěma lety" : "třemi lety")),
		                "Řádná výzva pro nové služby. Ukázková data.", day - 295, day - 252, day - 236, 1 - back, false};
		TRY(call_tale_call(s, &k, true, &id));
		TRY(call_tale_open(s, id, k.opens));
		TRY(apply_all(s, id, all, from, from + each, ways, LEN(ways), day - 280, day - 250));
		TRY(call_tale_close(s, id));
		TRY(call_tale_finish(s, id, day - 200));
	}
	return OK;
}

Err call_demo_many(CallTale *s, DemoSize size) {
	static const size_t most[] = {[DEMO_S] = 0, [DEMO_L] = 80, [DEMO_XL] = 400};
	static const Far    ways[] = {TO_SUBMITTED, TO_CHECKED, TO_STATED, TO_SCORED, TO_PROPOSED, TO_DEFERRED, TO_REFUSED, TO_REFUSED_FORMALLY};
	CallSample k = {"Výzva k rozšíření sítě", "Hledáme služby pro obvody, kterým chybí. Ukázková data.", -55, -34, -12, 1, false};
	Crowd      all;
	Id         id;
	if (!most[size])
		return OK;
	s->c->actor = &actor_program;
	s->c->now = s->now;
	s->c->today = prague_day(s->now);
	TRY(gather(s->c, most[size], &all));
	size_t each = all.len / (2 * EARLIER_CALLS);
	TRY(earlier(s, &all, each));
	TRY(call_tale_call(s, &k, true, &id));
	TRY(call_tale_open(s, id, k.opens));
	TRY(apply_all(s, id, &all, EARLIER_CALLS * each, all.len, ways, LEN(ways), -36, -24));
	return call_tale_close(s, id);
}
