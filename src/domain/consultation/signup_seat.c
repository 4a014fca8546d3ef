/* signup_seat.c: who gets a seat, who waits, who comes next; what the steps of a sign-up do in the ledger. */
#include "base/text.h"
#include "core/ledger.h"
#include "domain/consultation/inside.h"

#include "domain/consultation/signup.sql.h"

Err signup_load(Ctx *c, Id id, Signup **ret) {
	void *row;
	TRY(store_get(c, &signup_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err signup_load_all(Ctx *c, Rows rows, Signups *ret) {
	Ids ids = {0};
	*ret = (Signups){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "sign-ups");
	for (size_t i = 0; i < ids.len; i++) {
		Signup *s;
		TRY(signup_load(c, ids.at[i], &s));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = s;
	}
	return OK;
}

/* ---- in the ledger ---- */

static Err account_of(Ctx *c, Id hearing, const char *name, Id *ret) {
	LedgerAccount a = {.book = SEATS_BOOK, .object = "hearing", .object_id = hearing, .name = name};
	TRY(ledger_find(c, &a));
	CHECK(a.id);
	*ret = a.id;
	return OK;
}

static Err move_seat(Ctx *c, const Signup *s, const char *from, const char *to, const char *reason) {
	Id source, target;
	TRY(account_of(c, s->hearing, from, &source));
	TRY(account_of(c, s->hearing, to, &target));
	return ledger_post(c, &(LedgerEntry){.book = SEATS_BOOK, .object = "signup", .object_id = s->head.id, .reason = reason, LEDGER_SIDES({source, -1}, {target, 1})});
}

static Err seats_left(Ctx *c, Id hearing, bool reserved, i64 *ret) {
	return ledger_balance_of(c, SEATS_BOOK, "hearing", hearing, reserved ? SEATS_RESERVED : SEATS_FREE, ret);
}

/* ---- the order ---- */

/* The first confirmation of a sign-up gives it its place, for ever. Confirmations are written one after the other; their moments never run backwards. */
static Err enter_order(Ctx *c, Signup *s) {
	i64     last;
	Instant before = {0};
	if (s->position != BLANK)
		return OK;
	Rows rows = db_query(c->conn, &sql_signup_last_confirmed, P(V(s->hearing)));
	if (rows_next(&rows))
		before = col_instant(&rows, 0);
	if (rows_end(&rows) != OK || db_get_int(c->conn, &sql_signup_last_position, P(V(s->hearing)), 0, &last) != OK)
		return fail_internal(c, "order of sign-ups");
	s->position = last + 1;
	s->confirmed_at = before.ms > c->now.ms ? before : c->now;
	return OK;
}

static Err over_quota(Ctx *c, const Hearing *h, Str organisation_fold, bool *ret) {
	i64 held = 0;
	*ret = false;
	if (!str_eq(h->policy, S("per_organisation")) || !organisation_fold.len)
		return OK;
	if (db_get_int(ctx_conn(c), &sql_signup_of_organisation, P(V(h->head.id), V(organisation_fold)), 0, &held) != OK)
		return fail_internal(c, "quota");
	*ret = held >= h->quota;
	return OK;
}

typedef struct Waiter { Id id; Str organisation; i64 position; } Waiter;
typedef struct Waiters { Waiter *at; size_t len, cap; } Waiters;

static Err queue_behind(Ctx *c, Id hearing, i64 position, Waiters *ret) {
	*ret = (Waiters){0};
	Rows rows = db_query(ctx_conn(c), &sql_signup_queue, P(V(hearing), V(position)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Waiter){col_int(&rows, 0), str_dup(c->arena, col_text(&rows, 1)), col_int(&rows, 2)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "waiting list");
}

Err signup_next(Ctx *c, const Hearing *h, bool by_hand, Id *ret) {
	i64     left, position = 0;
	Waiters waiters;
	*ret = 0;
	TRY(seats_left(c, h->head.id, false, &left));
	while (left > 0) {
		TRY(queue_behind(c, h->head.id, position, &waiters));
		for (size_t i = 0; i < waiters.len; i++) {
			bool over = false;
			if (!by_hand)
				TRY(over_quota(c, h, waiters.at[i].organisation, &over));
			if (!over) {
				*ret = waiters.at[i].id;
				return OK;
			}
			position = waiters.at[i].position;
		}
		if (!waiters.len)
			return OK;
	}
	return OK;
}

/* Nobody passes those who wait and could have the seat; one who is over the quota of their organisation holds up nobody else. */
static Err gets_seat(Ctx *c, const Hearing *h, const Signup *s, Str organisation_fold, bool *ret) {
	i64  left;
	Id   next;
	bool over;
	TRY(seats_left(c, h->head.id, s->reserved, &left));
	*ret = left > 0;
	if (!*ret || s->reserved)
		return OK;
	TRY(signup_next(c, h, false, &next));
	TRY(over_quota(c, h, organisation_fold, &over));
	*ret = !next && !over;
	return OK;
}

Err signup_place_it(Ctx *c, const Hearing *h, Id signup) {
	Signup *s;
	bool    seat;
	TRY(signup_load(c, signup, &s));
	TRY(gets_seat(c, h, s, text_fold(c->arena, s->organisation), &seat));
	return workflow_system(c, &signup_machine, signup, seat ? "confirm" : "queue", (Str){0});
}

Err signup_promote(Ctx *c, const Hearing *h) {
	Id next;
	if (!hearing_takes(h, c->now))
		return OK;
	for (;;) {
		TRY(signup_next(c, h, false, &next));
		if (!next)
			return OK;
		TRY(workflow_system(c, &signup_machine, next, "promote", (Str){0}));
	}
}

/* ---- what steps do ---- */

Err signup_take_seat(Ctx *c, WorkMove *m) {
	Signup *s = m->object->row;
	TRY(enter_order(c, s));
	return move_seat(c, s, s->reserved ? SEATS_RESERVED : SEATS_FREE, SEATS_TAKEN, m->transition->action);
}

Err signup_join_queue(Ctx *c, WorkMove *m) {
	Signup *s = m->object->row;
	s->reserved = false;
	return enter_order(c, s);
}

Err signup_give_back(Ctx *c, WorkMove *m) {
	Signup *s = m->object->row;
	if (db_run(c->conn, &sql_signup_token_drop, P(V(s->head.id)), NULL) != OK)
		return fail_internal(c, "sign-up");
	return str_eq(m->object->state, S(SIGNUP_CONFIRMED)) ? move_seat(c, s, SEATS_TAKEN, s->reserved ? SEATS_RESERVED : SEATS_FREE, m->transition->action) : OK;
}

Err signup_note_present(Ctx *c, WorkMove *m) {
	((Signup *)m->object->row)->checked_in_at = c->now;
	return OK;
}

Err signup_note_absent(Ctx *c, WorkMove *m) {
	(void)c;
	((Signup *)m->object->row)->checked_in_at = (Instant){0};
	return OK;
}
