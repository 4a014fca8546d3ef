/* session.c: sessions, and who is asking (handed over to web as people_auth). */
#include "base/hash.h"
#include "base/text.h"
#include "core/task.h"
#include "core/trail.h"
#include "domain/people/api_key.h"
#include "domain/people/inside.h"
#include "domain/people/view_as.h"
#include "domain/people/people.sql.h"

enum { MINUTE_MS = 60 * 1000, SEEN_EVERY_MS = MINUTE_MS, WAITING_MS = 10 * MINUTE_MS, DAY_MS = 24 * 60 * MINUTE_MS };

Str token_digest(Arena *a, Str token) {
	Sha256 d = sha256(token);
	return str_dup(a, str_of((const char *)d.bytes, sizeof d.bytes));
}

/* ---- who is asking ---- */

typedef struct Found {
	SessionInfo *info;                       /* NULL: no such session, or it is over */
	Id           account;
	Str          method;
	Str          roles;                      /* with which its token was given */
} Found;

static bool is_over(Ctx *c, const SessionInfo *s) {
	i64 idle_ms = setting_int(c, "people.idle_minutes") * MINUTE_MS;
	return c->now.ms >= s->ends.ms || c->now.ms - s->last_seen.ms >= idle_ms;
}

static Err find_session(Ctx *c, Str token, Found *ret) {
	*ret = (Found){0};
	Rows rows = db_query(ctx_conn(c), &sql_session_by_token, P(db_value_bytes(token_digest(c->arena, token))));
	if (rows_next(&rows)) {
		SessionInfo *s = NEW(c->arena, SessionInfo, .id = col_int(&rows, 0), .signed_in_at = col_instant(&rows, 3),
		                     .last_seen = col_instant(&rows, 4), .ends = col_instant(&rows, 5), .notice = str_dup(c->arena, col_text(&rows, 6)),
		                     .proved_at = col_instant(&rows, 7), .waits = col_bool(&rows, 9));
		Str key = col_bytes(&rows, 1);
		CHECK(key.len == sizeof s->key);
		memcpy(s->key, key.ptr, sizeof s->key);
		*ret = (Found){s, col_int(&rows, 2), str_dup(c->arena, col_text(&rows, 8)), str_dup(c->arena, col_text(&rows, 10))};
	}
	TRY(rows_end(&rows));
	if (ret->info && is_over(c, ret->info))
		ret->info = NULL;
	return OK;
}

static bool password_is_old(Ctx *c, const AccountFacts *f) {
	i64 days = setting_int(c, "people.password_days");
	return days > 0 && c->now.ms - f->password_at.ms > days * DAY_MS;
}

static Str roles_text(Arena *a, const Actor *actor) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < actor->grant_count; i++) {
		const Grant *g = &actor->grants[i];
		buf_format(&b, "%s%.*s %d %lld", i ? "," : "", STR_ARG(g->role), (int)g->scope, (long long)g->ref);
	}
	return buf_take(&b, a);
}

/* A right that came or went gives the session another token (SECURITY § 2). Of two requests at once one gets it; when the writer is busy the
 * next request tries again. */
static void follow_roles(Ctx *c, SessionInfo *info, Str before, Str now) {
	size_t said = c->problems.len;
	i64    changed = 0;
	Str    made = random_token(c->arena);
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(c, &tx) == OK &&
	    db_run(c->conn, &sql_session_follow_roles, P(V(info->id), V(before), db_value_bytes(token_digest(c->arena, made)), V(now)), &changed) == OK &&
	    tx_commit(&tx) == OK && changed == 1)
		info->renewed = made;
	c->problems.len = said;
}

/* The page that must be dealt with before work. Who came through the organisation's own sign-in has shown there what it asks for. */
static const char *gate_of(Ctx *c, const Actor *actor, const AccountFacts *f, Str method) {
	if (str_eq(method, S("oidc")))
		return NULL;
	if (f->has_password && !str_starts(method, S("oidc")) && (f->must_change || password_is_old(c, f)))
		return "/app/ucet/heslo";
	return !f->has_codes && second_factor_is_due(c, actor) ? "/app/ucet/overeni" : NULL;
}

static Err session_of(Ctx *c, Str token, Str address, Actor *actor, SessionInfo **info) {
	Found        found;
	AccountFacts facts;
	*info = NULL;
	if (find_session(c, token, &found) != OK)
		return fail_internal(c, "session");
	if (!found.info)
		return OK;
	if (account_actor(c, found.account, actor, &facts) != OK)
		return fail_internal(c, "session");
	if (!facts.is_active)
		return OK;
	actor->address = address;
	Str roles = roles_text(c->arena, actor);
	if (!found.info->waits && !str_eq(roles, found.roles))
		follow_roles(c, found.info, found.roles, roles);
	*info = found.info;
	(*info)->has_password = facts.has_password;
	(*info)->has_codes = facts.has_codes;
	(*info)->gate = gate_of(c, actor, &facts, found.method);
	if ((*info)->gate) {
		actor->grant_count = 0;                  /* until then the person may do what everybody may */
		access_prepare(actor);
	}
	if (may(&(Ctx){.actor = actor}, CAP_VIEW_AS))
		return view_as_load(c, (*info)->id, actor) == OK ? OK : fail_internal(c, "view as");
	return OK;
}

/* A small write of its own; a busy writer is no reason to fail the page. */
static void write_session(Ctx *c, const Sql *sql, Id id, DbValue value) {
	size_t said = c->problems.len;
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(c, &tx) == OK && db_run(c->conn, sql, P(V(id), value), NULL) == OK && tx_commit(&tx) == OK)
		return;
	c->problems.len = said;
}

static void seen(Ctx *c, const SessionInfo *info) {
	size_t said = c->problems.len;
	if (c->now.ms - info->last_seen.ms < SEEN_EVERY_MS)
		return;
	write_session(c, &sql_session_seen, info->id, V(c->now));
	if (c->actor->account && !c->actor->viewer && visit_note(c, c->actor->account) != OK)    /* who looks as somebody visits for nobody */
		c->problems.len = said;
}

static void keep_notice(Ctx *c, const SessionInfo *info, Str text) {
	write_session(c, &sql_session_notice, info->id, V(text));
}

static Err prove(Ctx *c, const SessionInfo *info, Str password, Str *token) {
	TRY(info->has_password ? account_password_is(c, c->actor->account, password, "potvrzeni-heslo")
	                       : account_code_is(c, c->actor->account, password, "potvrzeni-heslo"));
	return session_renew(c, info->id, token);
}

const Auth people_auth = {.session_of = session_of, .seen = seen, .keep_notice = keep_notice, .prove = prove, .actor_of_key = api_key_actor};

/* ---- beginning ---- */

Err session_add(Ctx *c, NewSession s, SignedIn *ret) {
	u8           key[32];
	Actor        actor;
	AccountFacts facts;
	random_bytes(key, sizeof key);
	if (account_actor(c, s.account, &actor, &facts) != OK)
		return fail_internal(c, "session");
	*ret = (SignedIn){.token = random_token(c->arena), .account = s.account, .waits = s.waits};
	Instant ends = {c->now.ms + (s.waits ? WAITING_MS : setting_int(c, "people.session_hours") * 60 * MINUTE_MS)};
	if (db_new_id(c->conn, &ret->session) != OK || db_run(c->conn, &sql_session_sweep, P(V(c->now)), NULL) != OK ||
	    db_run(c->conn, &sql_session_add,
	           P(V(ret->session), db_value_bytes(token_digest(c->arena, ret->token)), db_value_bytes(str_of((const char *)key, sizeof key)), V(s.account),
	             V(c->now), V(ends), V(s.address), V(utf8_first(text_clean(c->arena, s.device), 200)), V(str_c(s.method)), V(s.waits),
	             V(roles_text(c->arena, &actor))),
	           NULL) != OK)
		return fail_internal(c, "session");
	return OK;
}

Err session_renew(Ctx *c, Id session, Str *token) {
	Str made = random_token(c->arena);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_session_renew, P(V(session), db_value_bytes(token_digest(c->arena, made)), V(c->now)), NULL) != OK)
		return fail_internal(c, "session");
	TRY(tx_commit(&tx));
	*token = made;
	return OK;
}

/* ---- a person's sessions ---- */

Err sessions_of(Ctx *c, Id account, Id this_session, SessionViews *ret) {
	*ret = (SessionViews){0};
	Instant idle_since = {c->now.ms - setting_int(c, "people.idle_minutes") * MINUTE_MS};
	Rows    rows = db_query(ctx_conn(c), &sql_session_list, P(V(account), V(c->now), V(idle_since)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (SessionView){
			.id = col_int(&rows, 0), .signed_in_at = col_instant(&rows, 1), .last_seen = col_instant(&rows, 2),
			.address = str_dup(c->arena, col_text(&rows, 3)), .device = str_dup(c->arena, col_text(&rows, 4)), .is_this = col_int(&rows, 0) == this_session};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "sessions");
}

Err sign_out(Ctx *c, Id session) {
	return sessions_end(c, c->actor->account, session, 0);
}

Err sessions_end(Ctx *c, Id account, Id session, Id keep) {
	CLEANUP(tx_end) Tx tx = {0};
	i64 ended = 0;
	TRY(tx_begin(c, &tx));
	Err e = session ? db_run(c->conn, &sql_session_end, P(V(account), V(session)), &ended)
	                : db_run(c->conn, &sql_session_end_others, P(V(account), V(keep)), &ended);
	if (e == OK && ended > 0)
		e = trail_add(c, (TrailEntry){.action = "sign_out", .object = "account", .object_id = account, .text = S("Odhlášení")});
	return e == OK ? tx_commit(&tx) : fail_internal(c, "sessions");
}
