/* view_as.c: looking at the program as somebody else. */
#include "domain/people/view_as.h"

#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"
#include "domain/people/view_as.sql.h"

enum { VIEW_MS = 30 * 60 * 1000, FOUND_MAX = 25 };

static bool holds(const Actor *who, const char *role) {
	for (size_t i = 0; i < who->grant_count; i++)
		if (str_eq(who->grants[i].role, str_c(role)))
			return true;
	return false;
}

static Err check(Ctx *c, Id account, Actor *seen) {
	AccountFacts facts;
	TRY(require(c, CAP_VIEW_AS));
	if (account == c->actor->account)
		return fail(c, ERR_INVALID, "account", "To jste vy sami. Vyberte někoho jiného.");
	TRY(account_actor(c, account, seen, &facts));
	if (!facts.is_active)
		return fail(c, ERR_INVALID, "account", "Tento účet není aktivní, jeho pohled si zobrazit nejde.");
	i64 restricted;
	if (db_get_int(ctx_conn(c), &sql_account_is_restricted, P(V(account)), 0, &restricted) != OK)
		return fail_internal(c, "view as");
	if (restricted)
		return fail(c, ERR_INVALID, "account", "Zpracování údajů tohoto člověka je omezené, jeho pohled si zobrazit nejde.");
	if ((holds(seen, "ADM") || holds(seen, "AUD")) && !holds(c->actor, "ADM"))
		return fail(c, ERR_INVALID, "account", "Pohled správce aplikace nebo kontroly si může zobrazit jen správce aplikace.");
	return OK;
}

Err view_as_begin(Ctx *c, Id session, Id account) {
	Actor seen;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(check(c, account, &seen));
	if (db_run(c->conn, &sql_view_as_put, P(V(session), V(account), V(c->now)), NULL) != OK)
		return fail_internal(c, "view as");
	TRY(trail_add(c, (TrailEntry){.action = "view_as", .object = "account", .object_id = account, .text = S("Začátek prohlížení jako tento člověk")}));
	return tx_commit(&tx);
}

Err view_as_end(Ctx *c, Id session) {
	i64 ended = 0;
	Id  seen = c->actor->account;
	if (!c->actor->viewer)
		return OK;
	/* the record is of the person who looked, not of the one who was looked at */
	Actor viewer = {.account = c->actor->viewer, .name = c->actor->viewer_name, .address = c->actor->address};
	const Actor *before = c->actor;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	c->actor = &viewer;
	Err e = db_run(c->conn, &sql_view_as_forget, P(V(session)), &ended);
	if (e == OK)
		e = trail_add(c, (TrailEntry){.action = "view_as", .object = "account", .object_id = seen, .text = S("Konec prohlížení jako tento člověk")});
	c->actor = before;
	return e == OK ? tx_commit(&tx) : fail_internal(c, "view as");
}

Err view_as_load(Ctx *c, Id session, Actor *actor) {
	Id      account = 0;
	Instant since = {0};
	Rows    rows = db_query(ctx_conn(c), &sql_view_as_of, P(V(session)));
	if (rows_next(&rows)) {
		account = col_int(&rows, 0);
		since = col_instant(&rows, 1);
	}
	TRY(rows_end(&rows));
	if (!account || c->now.ms - since.ms >= VIEW_MS)
		return OK;
	Actor        seen;
	AccountFacts facts;
	TRY(account_actor(c, account, &seen, &facts));
	if (!facts.is_active)
		return OK;
	seen.viewer = actor->account;
	seen.viewer_name = actor->name;
	seen.address = actor->address;
	*actor = seen;
	return OK;
}

Err view_as_find(Ctx *c, Str words, ViewAsPeople *ret) {
	EntityList found;
	*ret = (ViewAsPeople){0};
	TRY(require(c, CAP_VIEW_AS));
	c->scope_decided = true;                     /* names of people with an account, for whoever may look as them */
	Err e = entity_list(c, &account_entity, &(ListQuery){.search = words, .limit = FOUND_MAX}, &found);
	c->scope_decided = false;
	TRY(e);
	for (size_t i = 0; i < found.len; i++) {
		const Account *a = found.at[i];
		if (str_eq(a->state, S("active")) && a->head.id != c->actor->account)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
				(ViewAsPerson){a->head.id, a->name, a->login, field_people(c, entity_field(&account_entity, S("organisation")), a)};
	}
	return OK;
}
