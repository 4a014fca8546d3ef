/* session.c: signing in and out, sessions, and who is asking (handed over to web as people_auth). */
#include <stdatomic.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/text.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum { IDLE_MS = 30 * 60 * 1000, LIFE_MS = 12 * 60 * 60 * 1000, SEEN_EVERY_MS = 60 * 1000 };

static const Rate by_account = {"sign_in.account", 5, 15 * 60};
static const Rate by_network = {"sign_in.network", 50, 15 * 60};

static Str digest_of(Arena *a, Str token) {
	Sha256 d = sha256(token);
	return str_dup(a, str_of((const char *)d.bytes, sizeof d.bytes));
}

/* ---- who is asking ---- */

static Err find_session(Ctx *c, Str token, SessionInfo **info, Id *account) {
	*info = NULL;
	Rows rows = db_query(ctx_conn(c), &sql_session_by_token, P(db_value_bytes(digest_of(c->arena, token))));
	if (rows_next(&rows)) {
		SessionInfo *s = NEW(c->arena, SessionInfo, .id = col_int(&rows, 0), .signed_in_at = col_instant(&rows, 3),
		                     .last_seen = col_instant(&rows, 4), .ends = col_instant(&rows, 5), .notice = str_dup(c->arena, col_text(&rows, 6)));
		Str key = col_bytes(&rows, 1);
		CHECK(key.len == sizeof s->key);
		memcpy(s->key, key.ptr, sizeof s->key);
		*account = col_int(&rows, 2);
		if (c->now.ms < s->ends.ms && c->now.ms - s->last_seen.ms < IDLE_MS)
			*info = s;
	}
	return rows_end(&rows);
}

static Err session_of(Ctx *c, Str token, Str address, Actor *actor, SessionInfo **info) {
	Id   account = 0;
	bool is_active = false;
	if (find_session(c, token, info, &account) != OK)
		return fail_internal(c, "session");
	if (!*info)
		return OK;
	if (account_actor(c, account, actor, &is_active) != OK)
		return fail_internal(c, "session");
	actor->address = address;
	if (!is_active)
		*info = NULL;
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
	if (c->now.ms - info->last_seen.ms >= SEEN_EVERY_MS)
		write_session(c, &sql_session_seen, info->id, V(c->now));
}

static void keep_notice(Ctx *c, const SessionInfo *info, Str text) {
	write_session(c, &sql_session_notice, info->id, V(text));
}

const Auth people_auth = {session_of, seen, keep_notice};

/* ---- in ---- */

static Err wait_for(Ctx *c, i64 seconds) {
	i64 minutes = (seconds + 59) / 60;
	return fail(c, ERR_RATE, NULL, "Přihlášení se nepovedlo příliš mnohokrát. Zkuste to znovu za %lld %s.", (long long)minutes,
	            minutes == 1 ? "minutu" : minutes < 5 ? "minuty" : "minut");
}

static Err throttle(Ctx *c, Str login, Str address) {
	bool fine;
	i64  wait;
	TRY(rate_take(c, &by_network, rate_network(c->arena, address), &fine, &wait));
	if (!fine)
		return wait_for(c, wait);
	TRY(rate_take(c, &by_account, login, &fine, &wait));
	return fine ? OK : wait_for(c, wait);
}

/* An unknown name costs the same time: a hash of a password that nobody has. */
static const char *stranger(void) {
	static char        encoded[PASSWORD_HASH_SIZE];
	static atomic_flag made = ATOMIC_FLAG_INIT;
	static atomic_bool ready;
	if (!atomic_flag_test_and_set(&made)) {
		u8 nobody[32];
		random_bytes(nobody, sizeof nobody);
		CHECK(password_hash(str_of((const char *)nobody, sizeof nobody), encoded));
		atomic_store(&ready, true);
	}
	while (!atomic_load(&ready))
		usleep(1000);
	return encoded;
}

static Err find_account(Ctx *c, Str login, Id *account, bool *is_active, Str *encoded) {
	*account = 0;
	Rows rows = db_query(ctx_conn(c), &sql_account_by_login, P(V(login)));
	if (rows_next(&rows)) {
		*account = col_int(&rows, 0);
		*is_active = str_eq(col_text(&rows, 1), S("active"));
		*encoded = str_dup(c->arena, col_text(&rows, 2));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account");
}

static Err add_session(Ctx *c, Id account, Str address, Str device, SignedIn *ret) {
	u8 key[32];
	random_bytes(key, sizeof key);
	ret->token = random_token(c->arena);
	ret->account = account;
	TRY(db_new_id(c->conn, &ret->session));
	Instant ends = {c->now.ms + LIFE_MS};
	return db_run(c->conn, &sql_session_add,
	              P(V(ret->session), db_value_bytes(digest_of(c->arena, ret->token)), db_value_bytes(str_of((const char *)key, sizeof key)), V(account),
	                V(c->now), V(ends), V(address), V(utf8_first(text_clean(c->arena, device), 200))),
	              NULL);
}

Err sign_in(Ctx *c, Str login, Str password, Str address, Str device, SignedIn *ret) {
	login = str_lower_ascii(c->arena, utf8_first(str_trim(login), 200));
	TRY(throttle(c, login, address));
	Id   account;
	bool is_active = false;
	Str  encoded = {0};
	TRY(find_account(c, login, &account, &is_active, &encoded));
	ctx_end(c);                                  /* nothing is held open while hashing */
	bool right = password_verify(utf8_first(password, 128), encoded.len ? str_z(c->arena, encoded) : stranger());
	if (!account || !is_active || !encoded.len || !right) {
		journal_add(c, "sign_in_failed", login);
		return fail(c, ERR_INVALID, "login", "E-mail nebo heslo nesouhlasí. Zkontrolujte je a zkuste to znovu.");
	}
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Actor actor;
	TRY(account_actor(c, account, &actor, &is_active));
	actor.address = address;
	const Actor *before = c->actor;
	c->actor = &actor;
	Err e = add_session(c, account, address, device, ret);
	if (e == OK)
		e = db_run(c->conn, &sql_account_signed_in, P(V(account), V(c->now)), NULL);
	if (e == OK)
		e = db_run(c->conn, &sql_session_sweep, P(V(c->now)), NULL);
	if (e == OK)
		e = trail_add(c, (TrailEntry){.action = "sign_in", .object = "account", .object_id = account, .text = S("Přihlášení")});
	c->actor = before;
	if (e != OK)
		return fail_internal(c, "sign in");
	TRY(tx_commit(&tx));
	rate_forget(c, &by_account, login);
	return OK;
}

Err sign_out(Ctx *c, Id session) {
	return sessions_end(c, c->actor->account, session, 0);
}

Err sessions_of(Ctx *c, Id account, Id this_session, SessionViews *ret) {
	*ret = (SessionViews){0};
	Rows rows = db_query(ctx_conn(c), &sql_session_list, P(V(account), V(c->now)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (SessionView){
			.id = col_int(&rows, 0), .signed_in_at = col_instant(&rows, 1), .last_seen = col_instant(&rows, 2),
			.address = str_dup(c->arena, col_text(&rows, 3)), .device = str_dup(c->arena, col_text(&rows, 4)), .is_this = col_int(&rows, 0) == this_session};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "sessions");
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
