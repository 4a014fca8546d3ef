/* sign_in.c: by name and password, then by a code when the account has a second factor. */
#include "base/hash.h"
#include "core/task.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

static const Rate by_account = {"sign_in.account", 5, 15 * 60};
static const Rate by_network = {"sign_in.network", 50, 15 * 60};

Err wait_for(Ctx *c, const char *what, i64 seconds) {
	i64 minutes = (seconds + 59) / 60;
	return fail(c, ERR_RATE, NULL, "%s příliš mnohokrát. Zkuste to znovu za %lld %s.", what, (long long)minutes,
	            minutes == 1 ? "minutu" : minutes < 5 ? "minuty" : "minut");
}

static Err throttle(Ctx *c, Str login, Str address) {
	bool fine;
	i64  wait;
	TRY(rate_take(c, &by_network, rate_network(c->arena, address), &fine, &wait));
	if (fine)
		TRY(rate_take(c, &by_account, login, &fine, &wait));
	return fine ? OK : wait_for(c, "Přihlášení se nepovedlo", wait);
}

typedef struct Candidate {
	Id   account;                            /* 0 = nobody has this name */
	bool is_active, has_codes;
	Str  encoded;
} Candidate;

static Err find_candidate(Ctx *c, Str login, Candidate *ret) {
	*ret = (Candidate){0};
	Rows rows = db_query(ctx_conn(c), &sql_account_by_login, P(V(login)));
	if (rows_next(&rows))
		*ret = (Candidate){col_int(&rows, 0), str_eq(col_text(&rows, 1), S("active")), !col_null(&rows, 3), str_dup(c->arena, col_text(&rows, 2))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account");
}

/* The stored hash follows when the program asks for more work, and a password that the rules no longer take must be changed. Failing
 * here is no reason to keep the person out. */
static void refresh_password(Ctx *c, Id account, Str password, Str encoded) {
	size_t       said = c->problems.len;
	char         fresh[PASSWORD_HASH_SIZE];
	PasswordKind kind;
	bool         is_weak = password_kind_of(c, account, &kind) == OK && utf8_count(password) < password_least(kind);
	ctx_end(c);
	if (password_needs_rehash(str_z(c->arena, encoded)) && password_hash(password, fresh)) {
		CLEANUP(tx_end) Tx tx = {0};
		if (tx_begin(c, &tx) == OK && db_run(c->conn, &sql_password_rehash, P(V(account), V(encoded), V(str_c(fresh))), NULL) == OK)
			(void)!tx_commit(&tx);
	}
	if (is_weak) {
		CLEANUP(tx_end) Tx tx = {0};
		if (tx_begin(c, &tx) == OK && db_run(c->conn, &sql_password_must_change, P(V(account)), NULL) == OK)
			(void)!tx_commit(&tx);
	}
	c->problems.len = said;
}

/* The session itself, in the name of the person who gets it. */
Err sign_in_begin(Ctx *c, NewSession s, Id instead_of, SignedIn *ret) {
	AccountFacts facts;
	Actor        actor;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (account_actor(c, s.account, &actor, &facts) != OK)
		return fail_internal(c, "account");
	if (!facts.is_active)
		return fail(c, ERR_INVALID, "login", "E-mail nebo heslo nesouhlasí. Zkontrolujte je a zkuste to znovu.");
	actor.address = s.address;
	const Actor *before = c->actor;
	c->actor = &actor;
	Err e = session_add(c, s, ret);
	if (e == OK && instead_of)
		e = db_run(c->conn, &sql_session_end, P(V(s.account), V(instead_of)), NULL);
	if (e == OK && !s.waits)
		e = db_run(c->conn, &sql_account_signed_in, P(V(s.account), V(c->now)), NULL);
	if (e == OK && !s.waits)
		e = visit_note(c, s.account);
	if (e == OK && !s.waits)
		e = device_note(c, s.account, s.address, s.device);
	if (e == OK && !s.waits)
		e = trail_add(c, (TrailEntry){.action = "sign_in", .object = "account", .object_id = s.account, .text = S("Přihlášení")});
	c->actor = before;
	if (e != OK)
		return c->problems.len ? e : fail_internal(c, "sign in");
	return tx_commit(&tx);
}

Err sign_in(Ctx *c, Str login, Str password, Str address, Str device, SignedIn *ret) {
	login = str_lower_ascii(c->arena, utf8_first(str_trim(login), 200));
	TRY(throttle(c, login, address));
	Candidate who;
	TRY(find_candidate(c, login, &who));
	bool right = password_compare(c, password, who.encoded);
	if (!who.account || !who.is_active || !right) {
		journal_add(c, "sign_in_failed", login);
		rate_failed(c, &by_account, login);
		return fail(c, ERR_INVALID, "login", "E-mail nebo heslo nesouhlasí. Zkontrolujte je a zkuste to znovu.");
	}
	refresh_password(c, who.account, password, who.encoded);
	TRY(sign_in_begin(c, (NewSession){.account = who.account, .address = address, .device = device, .method = "password", .waits = who.has_codes}, 0, ret));
	rate_forget(c, &by_account, login);
	return OK;
}

Err sign_in_code(Ctx *c, Str pending, Str code, Str address, Str device, SignedIn *ret) {
	Id   account = 0, session = 0;
	Rows rows = db_query(ctx_conn(c), &sql_session_waiting, P(db_value_bytes(token_digest(c->arena, pending)), V(c->now)));
	if (rows_next(&rows)) {
		session = col_int(&rows, 0);
		account = col_int(&rows, 1);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "session");
	if (!account)
		return fail(c, ERR_AUTH, NULL, "Na kód jsme čekali deset minut. Přihlaste se znovu.");
	Err e = account_code_is(c, account, code, "code");
	if (e == ERR_INVALID)
		journal_add(c, "code_failed", str_format(c->arena, "%lld", (long long)account));
	TRY(e);
	return sign_in_begin(c, (NewSession){.account = account, .address = address, .device = device, .method = "code"}, session, ret);
}

/* ---- devices ---- */

/* What a browser calls itself, without version numbers: an update is no new device. */
static Str device_digest(Arena *a, Str address, Str device) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < device.len; i++)
		if ((device.ptr[i] < '0' || device.ptr[i] > '9') && device.ptr[i] != '.')
			buf_char(&b, device.ptr[i]);
	buf_char(&b, '|');
	buf_str(&b, rate_network(a, address));
	Sha256 d = sha256(buf_view(&b));
	return str_dup(a, str_of((const char *)d.bytes, 16));
}

Err device_note(Ctx *c, Id account, Str address, Str device) {
	DbValue digest = db_value_bytes(device_digest(c->arena, address, device));
	i64     known = 0, same = 0;
	if (db_get_int(c->conn, &sql_device_count, P(V(account)), 0, &known) != OK || db_run(c->conn, &sql_device_seen, P(V(account), digest, V(c->now)), &same) != OK)
		return fail_internal(c, "device");
	if (same > 0)
		return OK;
	if (db_run(c->conn, &sql_device_add, P(V(account), digest, V(c->now)), NULL) != OK)
		return fail_internal(c, "device");
	return known > 0 ? letter_new_device(c, account, address, device) : OK;      /* the first one is no news */
}
