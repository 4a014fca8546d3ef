/* account.c: accounts and what they may do. */
#include "base/hash.h"
#include "core/trail.h"
#include "domain/people/grant.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

ENTITY(organisation_entity, Organisation, ORGANISATION_FIELDS, .name = "organisation", .table = "organisation", .one = "organizace",
       .many = "organizace", .of_many = "organizací", .article = "f", .key = "name", .title = "name", .read = "admin.accounts",
       .write = "admin.accounts", .path = "/app/sprava/organizace")

ENTITY(account_entity, Account, ACCOUNT_FIELDS, .name = "account", .table = "account", .one = "účet", .many = "účty", .of_many = "účtů",
       .article = "m", .key = "login", .title = "name", .read = "admin.accounts", .write = "admin.accounts", .path = "/app/sprava/uzivatele")

static Err check_role(Ctx *c, const void *row) {
	const AccountRole *r = row;
	if (date_is(r->last_day) && date_before(r->last_day, r->first_day))
		return fail(c, ERR_INVALID, "last_day", "Konec platnosti role je před jejím začátkem. Opravte jedno z dat.");
	bool is_region = str_eq(r->scope_kind, S("region"));
	if (!is_region && r->scope_ref == BLANK)
		return fail(c, ERR_INVALID, "scope_ref", "Role s rozsahem užším než celý kraj potřebuje záznam, ke kterému patří. Doplňte jeho číslo.");
	return grant_check(c, r);
}

ENTITY(account_role_entity, AccountRole, ACCOUNT_ROLE_FIELDS, .name = "account_role", .table = "account_role", .one = "role účtu",
       .many = "role účtů", .of_many = "rolí účtů", .article = "f", .key = "account,role,scope_kind,scope_ref,first_day", .title = "role",
       .order = "first_day", .read = "admin.accounts", .write = "admin.accounts", .path = "/app/sprava/role", .check = check_role)

static const char *const scope_words[] = {
	[SCOPE_NONE] = "none", [SCOPE_REGION] = "region", [SCOPE_DISTRICT] = "district", [SCOPE_MUNICIPALITY] = "municipality",
	[SCOPE_PROVIDER] = "provider", [SCOPE_BODY] = "body",
};

ScopeKind scope_kind_of(Str word) {
	for (size_t i = 0; i < LEN(scope_words); i++)
		if (str_eq(str_c(scope_words[i]), word))
			return (ScopeKind)i;
	return SCOPE_NONE;
}

Err account_login(Ctx *c, Id account, Str *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_account_login_get, P(V(account)));
	*ret = rows_next(&rows) ? str_dup(c->arena, col_text(&rows, 0)) : (Str){0};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account");
}

Err account_count(Ctx *c, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_account_number, DB_NONE, 0, ret) == OK ? OK : fail_internal(c, "accounts");
}

Err account_add(Ctx *c, Str login, Str name, Id organisation, Id *ret) {
	Account a = {.name = name, .organisation = organisation, .state = S("active")};
	a.login = str_lower_ascii(c->arena, str_trim(login));
	TRY(entity_insert(c, &account_entity, &a));
	*ret = a.head.id;
	return OK;
}

Err account_grant(Ctx *c, Id account, Str role, ScopeKind kind, Id ref, Date first_day, Date last_day) {
	AccountRole r = {.account = account, .role = role, .scope_kind = str_c(scope_words[kind]), .scope_ref = ref ? ref : BLANK,
	                 .first_day = first_day, .last_day = last_day, .granted_by = c->actor->account};
	return entity_insert(c, &account_role_entity, &r);
}

/* Roles that hold today; an expired one ends access the same day. */
static Err load_grants(Ctx *c, Actor *actor) {
	size_t cap = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_grants_of, P(V(actor->account), V(c->today)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, actor->grants, actor->grant_count, cap) = (Grant){
			.role = str_dup(c->arena, col_text(&rows, 0)), .scope = scope_kind_of(col_text(&rows, 1)), .ref = col_null(&rows, 2) ? 0 : col_int(&rows, 2),
			.last_day = col_date(&rows, 3)};
	return rows_end(&rows);
}

/* Who an account is today; *is_active false for a blocked or ended one. */
Err account_actor(Ctx *c, Id account, Actor *actor, bool *is_active) {
	*actor = (Actor){.account = account};
	*is_active = false;
	Rows rows = db_query(ctx_conn(c), &sql_account_of_session, P(V(account)));
	if (rows_next(&rows)) {
		actor->name = str_dup(c->arena, col_text(&rows, 0));
		*is_active = str_eq(col_text(&rows, 1), S("active"));
		actor->organisation = col_null(&rows, 2) ? 0 : col_int(&rows, 2);
		actor->organisation_name = str_dup(c->arena, col_text(&rows, 3));
	}
	TRY(rows_end(&rows));
	TRY(load_grants(c, actor));
	access_prepare(actor);
	return OK;
}

/* ---- letters ---- */

Err account_for_mail(Ctx *c, Id account, Str *address, Str *name) {
	Rows rows = db_query(ctx_conn(c), &sql_account_for_mail, P(V(account)));
	if (rows_next(&rows)) {
		*address = str_dup(c->arena, col_text(&rows, 0));
		*name = str_dup(c->arena, col_text(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account");
}

Err accounts_of_role(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret) {
	Str  kind = scope == SCOPE_NONE ? S("") : str_c(scope_words[scope]);
	Rows rows = db_query(ctx_conn(c), &sql_role_holders, P(V(role), V(c->today), V(kind), V(ref)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "role");
}

/* ---- passwords ---- */

/* The commonest ones and words of this region; what starts with one of them and is little else is refused too. */
static const char *const common[] = {
	"password", "heslo", "123456", "qwertz", "qwerty", "asdfgh", "administrator", "liberec", "jablonec", "ceskalipa", "turnov", "semily", "frydlant",
	"socialnisluzby", "letmein", "welcome", "iloveyou", "abc123", "111111", "000000", "sitovka",
};

static bool is_common(Arena *a, Str password) {
	Str lower = str_lower_ascii(a, password);
	size_t distinct = 0;
	bool   seen[256] = {0};
	for (size_t i = 0; i < lower.len; i++) {
		distinct += !seen[(u8)lower.ptr[i]];
		seen[(u8)lower.ptr[i]] = true;
	}
	if (distinct < 5)
		return true;
	for (size_t i = 0; i < LEN(common); i++) {
		Str word = str_c(common[i]);
		if (str_has(lower, word) && lower.len < word.len + 6)
			return true;
	}
	return false;
}

Err password_check(Ctx *c, Str password, bool is_administrator) {
	size_t n = utf8_count(password), least = is_administrator ? 17 : 12;
	if (n < least)
		return fail(c, ERR_INVALID, "password", "Heslo má %zu znaků, potřebuje jich aspoň %zu. Hodí se několik slov za sebou.", n, least);
	if (n > 128)
		return fail(c, ERR_INVALID, "password", "Heslo má víc než 128 znaků. Zkraťte je.");
	if (is_common(c->arena, password))
		return fail(c, ERR_INVALID, "password", "Takové heslo patří k nejčastějším a dá se uhodnout. Zvolte jiné, třeba několik náhodných slov.");
	return OK;
}

static const Rate by_old_password = {"password.account", 5, 15 * 60};

Err account_password_is(Ctx *c, Id account, Str password) {
	bool fine;
	i64  wait;
	TRY(rate_take(c, &by_old_password, str_format(c->arena, "%lld", (long long)account), &fine, &wait));
	if (!fine)
		return fail(c, ERR_RATE, NULL, "Heslo nesouhlasilo příliš mnohokrát. Zkuste to za %lld minut.", (long long)(wait / 60 + 1));
	Str  encoded = {0};
	Rows rows = db_query(ctx_conn(c), &sql_password_get, P(V(account)));
	if (rows_next(&rows))
		encoded = str_dup(c->arena, col_text(&rows, 0));
	if (rows_end(&rows) != OK)
		return fail_internal(c, "password");
	ctx_end(c);                                  /* nothing is held open while hashing */
	if (!encoded.len || !password_verify(utf8_first(password, 128), str_z(c->arena, encoded)))
		return fail(c, ERR_INVALID, "old", "Dosavadní heslo nesouhlasí. Zkontrolujte je a zkuste to znovu.");
	return OK;
}

static Err is_administrator(Ctx *c, Id account, bool *ret) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_has_role, P(V(account), V(S("ADM"))), 0, &n) != OK)
		return fail_internal(c, "roles");
	*ret = n > 0;
	return OK;
}

Err account_set_password(Ctx *c, Id account, Str password, Id keep_session) {
	bool administrator = false;
	char encoded[PASSWORD_HASH_SIZE];
	TRY(is_administrator(c, account, &administrator));
	TRY(password_check(c, password, administrator));
	if (!password_hash(password, encoded))
		return fail(c, ERR_BUSY, NULL, "Server je zaneprázdněný. Zkuste to za chvíli znovu.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_password_put, P(V(account), V(str_c(encoded)), V(c->now)), NULL) != OK)
		return fail_internal(c, "password");
	TRY(sessions_end(c, account, 0, keep_session));
	TRY(trail_add(c, (TrailEntry){.action = "password", .object = "account", .object_id = account, .text = S("Změna hesla")}));
	return tx_commit(&tx);
}
