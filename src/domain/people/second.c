/* second.c: the second factor: codes of an application in the telephone, and recovery codes for when it is lost. */
#include "base/hash.h"
#include "core/seal.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"
#include "domain/people/second.sql.h"
#include "domain/people/totp.h"

enum { RECOVERY_CODES = 10, RECOVERY_LETTERS = 16 };

static const Rate by_code = {"code.account", 5, 15 * 60};

/* ---- seeds ---- */

static Str bound_to(Ctx *c, Id account) {
	return str_format(c->arena, "totp %lld", (long long)account);
}

static Err open_seed(Ctx *c, Id account, Str sealed, u8 seed[TOTP_SEED_SIZE]) {
	Str plain;
	if (!seal_open(c->arena, sealed, bound_to(c, account), &plain) || plain.len != TOTP_SEED_SIZE)
		return fail(c, ERR_BUSY, NULL, "Ověřovací kód teď nelze posoudit, na serveru chybí klíč. Ohlaste to správci aplikace.");
	memcpy(seed, plain.ptr, TOTP_SEED_SIZE);
	wipe((void *)(uintptr_t)plain.ptr, plain.len);
	return OK;
}

typedef struct Stored {
	Str  sealed, offered;
	bool is_confirmed;
	i64  last_step;
} Stored;

static Err stored_of(Ctx *c, Id account, Stored *ret) {
	*ret = (Stored){0};
	Rows rows = db_query(ctx_conn(c), &sql_totp_get, P(V(account)));
	if (rows_next(&rows))
		*ret = (Stored){str_dup(c->arena, col_bytes(&rows, 0)), str_dup(c->arena, col_bytes(&rows, 1)), !col_null(&rows, 2), col_int(&rows, 3)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "second factor");
}

Err codes_offer(Ctx *c, Id account) {
	u8 seed[TOTP_SEED_SIZE];
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	random_bytes(seed, sizeof seed);
	Str sealed = seal(c->arena, str_of((const char *)seed, sizeof seed), bound_to(c, account));
	wipe(seed, sizeof seed);
	if (db_run(c->conn, &sql_totp_offer, P(V(account), db_value_bytes(sealed), V(c->now)), NULL) != OK)
		return fail_internal(c, "second factor");
	return tx_commit(&tx);
}

Err codes_offered(Ctx *c, Id account, CodeOffer *ret) {
	Stored s;
	u8     seed[TOTP_SEED_SIZE];
	Str    login;
	*ret = (CodeOffer){0};
	TRY(stored_of(c, account, &s));
	if (!s.offered.len)
		return OK;
	TRY(open_seed(c, account, s.offered, seed));
	TRY(account_login(c, account, &login));
	Str issuer = str_cat(c->arena, S("Síťovka "), setting_text(c, "region.name"));
	*ret = (CodeOffer){totp_uri(c->arena, seed, issuer, login), totp_letters(c->arena, seed), true};
	wipe(seed, sizeof seed);
	return OK;
}

/* ---- recovery codes ---- */

/* 80 bits in letters that nobody confuses: abcd-efgh-jkmn-pqrs. */
static Str make_code(Arena *a) {
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789-";      /* 32 places; the last is never drawn: 31 letters */
	char code[RECOVERY_LETTERS + 3];
	size_t n = 0;
	for (int i = 0; i < RECOVERY_LETTERS; i++) {
		u8 byte;
		do
			random_bytes(&byte, 1);
		while ((byte & 31) == 31);
		if (i && i % 4 == 0)
			code[n++] = '-';
		code[n++] = letters[byte & 31];
	}
	return str_dup(a, str_of(code, n));
}

/* Typed with or without lines between, in any case. */
static Str digest_of_code(Arena *a, Id account, Str typed) {
	CLEANUP(buf_free) Buf b = {0};
	buf_format(&b, "%lld|", (long long)account);
	Str lower = str_lower_ascii(a, typed);
	for (size_t i = 0; i < lower.len; i++)
		if (lower.ptr[i] != '-' && lower.ptr[i] != ' ')
			buf_char(&b, lower.ptr[i]);
	return token_digest(a, buf_view(&b));
}

static Err write_recovery(Ctx *c, Id account, Strs *codes) {
	*codes = (Strs){0};
	if (db_run(c->conn, &sql_recovery_forget, P(V(account)), NULL) != OK)
		return fail_internal(c, "recovery codes");
	for (int i = 0; i < RECOVERY_CODES; i++) {
		Id  id;
		Str code = make_code(c->arena);
		strs_add(c->arena, codes, code);
		if (db_new_id(c->conn, &id) != OK ||
		    db_run(c->conn, &sql_recovery_add, P(V(id), V(account), db_value_bytes(digest_of_code(c->arena, account, code))), NULL) != OK)
			return fail_internal(c, "recovery codes");
	}
	return OK;
}

static Err note(Ctx *c, Id account, const char *what, Str letter) {
	TRY(trail_add(c, (TrailEntry){.action = "second_factor", .object = "account", .object_id = account, .text = str_c(what)}));
	return letter_security(c, account, letter);
}

Err recovery_renew(Ctx *c, Id account, Strs *recovery) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(write_recovery(c, account, recovery));
	TRY(note(c, account, "Nové záložní kódy", S("K vašemu účtu byly vytvořeny nové záložní kódy, dosavadní přestaly platit.")));
	return tx_commit(&tx);
}

Err recovery_left(Ctx *c, Id account, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_recovery_left, P(V(account)), 0, ret) == OK ? OK : fail_internal(c, "recovery codes");
}

/* ---- a code is given ---- */

/* One statement uses it up, so that of two requests with the same code one loses. */
static Err use_step(Ctx *c, Id account, i64 step, bool *fine) {
	i64 used = 0;
	if (db_run(c->conn, &sql_totp_step, P(V(account), V(step)), &used) != OK)
		return fail_internal(c, "second factor");
	*fine = used == 1;
	return OK;
}

static Err use_recovery(Ctx *c, Id account, Str typed, bool *fine) {
	i64 used = 0;
	if (db_run(c->conn, &sql_recovery_use, P(V(account), db_value_bytes(digest_of_code(c->arena, account, typed)), V(c->now)), &used) != OK)
		return fail_internal(c, "recovery codes");
	*fine = used == 1;
	return *fine ? note(c, account, "Použit záložní kód", S("K přihlášení byl použit jeden z vašich záložních kódů.")) : OK;
}

static Str digits_of(Arena *a, Str typed) {
	return str_replace(a, str_trim(typed), S(" "), S(""));
}

static Err use_code(Ctx *c, Id account, Str typed, bool *fine) {
	Stored s;
	u8     seed[TOTP_SEED_SIZE];
	i64    step;
	*fine = false;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(stored_of(c, account, &s));
	if (!s.is_confirmed)
		return tx_commit(&tx);
	Str digits = digits_of(c->arena, typed);
	if (digits.len > 6) {
		TRY(use_recovery(c, account, typed, fine));
	} else {
		TRY(open_seed(c, account, s.sealed, seed));
		if (totp_find(seed, c->now, digits, s.last_step, &step))
			TRY(use_step(c, account, step, fine));
		wipe(seed, sizeof seed);
	}
	return tx_commit(&tx);
}

static Err take_attempt(Ctx *c, Str key) {
	bool fine;
	i64  wait;
	TRY(rate_take(c, &by_code, key, &fine, &wait));
	return fine ? OK : wait_for(c, "Kód nesouhlasil", wait);
}

static Err wrong_code(Ctx *c, Str key, const char *field) {
	rate_failed(c, &by_code, key);
	return fail(c, ERR_INVALID, field, "Kód nesouhlasí nebo už byl použit. Počkejte na další kód v aplikaci a zapište jeho šest číslic.");
}

Err account_code_is(Ctx *c, Id account, Str code, const char *field) {
	bool fine;
	Str  key = str_format(c->arena, "%lld", (long long)account);
	TRY(take_attempt(c, key));
	TRY(use_code(c, account, code, &fine));
	if (!fine)
		return wrong_code(c, key, field);
	rate_forget(c, &by_code, key);
	return OK;
}

/* ---- setting up and taking away ---- */

Err codes_confirm(Ctx *c, Id account, Str code, Id keep_session, Strs *recovery) {
	Stored s;
	u8     seed[TOTP_SEED_SIZE];
	i64    step = 0;
	Str    key = str_format(c->arena, "%lld", (long long)account);
	TRY(take_attempt(c, key));
	TRY(stored_of(c, account, &s));
	if (!s.offered.len)
		return fail(c, ERR_CONFLICT, NULL, "Nastavení ověřovací aplikace nebylo zahájeno. Začněte na stránce Můj účet.");
	TRY(open_seed(c, account, s.offered, seed));
	bool right = totp_find(seed, c->now, digits_of(c->arena, code), 0, &step);
	wipe(seed, sizeof seed);
	if (!right)
		return wrong_code(c, key, "code");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	i64 changed = 0;
	if (db_run(c->conn, &sql_totp_confirm, P(V(account), V(c->now), V(step), db_value_bytes(s.offered)), &changed) != OK)
		return fail_internal(c, "second factor");
	if (changed != 1)
		return fail(c, ERR_CONFLICT, NULL, "Nastavení mezitím začalo znovu v jiném okně. Načtěte stránku a použijte kód z ní.");
	TRY(write_recovery(c, account, recovery));
	TRY(sessions_end(c, account, 0, keep_session));
	TRY(note(c, account, "Ověřovací aplikace nastavena", S("K vašemu účtu byla nastavena ověřovací aplikace. Při přihlášení teď budete zadávat i kód.")));
	TRY(tx_commit(&tx));
	rate_forget(c, &by_code, key);
	return OK;
}

static Err remove_all(Ctx *c, Id account) {
	return db_run(c->conn, &sql_totp_remove, P(V(account)), NULL) == OK && db_run(c->conn, &sql_recovery_forget, P(V(account)), NULL) == OK
	           ? OK : fail_internal(c, "second factor");
}

Err codes_remove(Ctx *c, Id account) {
	if (second_factor_is_due(c, c->actor))
		return fail(c, ERR_FORBIDDEN, NULL, "S vaší rolí je ověřovací aplikace povinná. Máte-li nový telefon, nastavte ji znovu; dosavadní tím přestane platit.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(remove_all(c, account));
	TRY(note(c, account, "Ověřovací aplikace odebrána", S("Ověřovací aplikace byla od vašeho účtu odebrána. K přihlášení teď stačí heslo.")));
	return tx_commit(&tx);
}

Err codes_reset(Ctx *c, Id account) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(remove_all(c, account));
	TRY(sessions_end(c, account, 0, 0));
	TRY(note(c, account, "Správce zrušil ověřovací aplikaci",
	         S("Správce zrušil ověřovací aplikaci u vašeho účtu. Po přihlášení si nastavíte novou.")));
	return tx_commit(&tx);
}
