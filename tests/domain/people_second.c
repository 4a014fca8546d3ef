/* people: the second factor, recovery codes, and the gate before work. */
#include <liboath/oath.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/seal.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "domain/people/totp.h"
#include "tests/support/web.h"

enum { NINE = 9 * 3600 };
static const char good[] = "modry-kocour-leze-dolu";

static const char *key_file(void) {
	static char name[] = "/tmp/sitovka-keys-XXXXXX";
	if (strstr(name, "XXXXXX")) {
		if (!mkdtemp(name))
			test_fail(__FILE__, __LINE__, "no temporary folder");
	}
	return str_z(t_arena, str_format(t_arena, "%s/keys", name));
}

static Ctx at(Db *db, Instant now) {
	return ctx_make(t_arena, db, &actor_program, now);
}

static Ctx after(Ctx *c, i64 seconds) {
	ctx_end(c);
	return at(c->db, (Instant){c->now.ms + seconds * 1000});
}

static Ctx given_officer(Id *account) {
	Str why = {0};
	unlink(key_file());
	if (!seal_load(t_arena, key_file(), true, &why))
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
	Ctx c = at(test_store(), prague_instant(D(2026, 11, 22), NINE));
	MUST(people_seed(&c));
	MUST(account_add(&c, S("jana@example.org"), S("Jana Říhová"), 0, account));
	MUST(account_grant(&c, *account, S("NET"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	MUST(account_set_password(&c, *account, str_c(good), 0));
	return c;
}

static Err try_in(Ctx *c, SignedIn *who) {
	return sign_in(c, S("jana@example.org"), str_c(good), S("192.0.2.7"), S("Prohlížeč"), who);
}

static Err try_code(Ctx *c, const SignedIn *who, Str code, SignedIn *ret) {
	c->problems.len = 0;
	return sign_in_code(c, who->token, code, S("192.0.2.7"), S("Prohlížeč"), ret);
}

static SessionInfo *session(Ctx *c, Str token, Actor *actor) {
	SessionInfo *info;
	MUST(people_auth.session_of(c, token, S("192.0.2.7"), actor, &info));
	return info;
}

/* What a telephone that read the picture shows at this moment. */
static Str telephone(Ctx *c, Str secret) {
	char *seed, code[7];
	size_t len;
	Str packed = str_replace(t_arena, secret, S(" "), S(""));
	CHECK(oath_base32_decode(packed.ptr, packed.len, &seed, &len) == OATH_OK);
	CHECK(oath_totp_generate(seed, len, (time_t)(c->now.ms / 1000), 30, 0, 6, code) == OATH_OK);
	free(seed);
	return str_dup(t_arena, str_c(code));
}

static Str given_telephone(Ctx *c, Id account, Strs *recovery) {
	CodeOffer offer;
	MUST(codes_offer(c, account));
	MUST(codes_offered(c, account, &offer));
	EXPECT(offer.is_open);
	MUST(codes_confirm(c, account, telephone(c, offer.secret), 0, recovery));
	return offer.secret;
}

TEST("second factor: after the password a code is awaited, and nobody is signed in until it is right") {
	Id account;
	Strs recovery;
	Ctx first = given_officer(&account);
	Str secret = given_telephone(&first, account, &recovery);
	Ctx c_ = after(&first, 60), *c = &c_;
	SignedIn who, in;
	Actor actor;
	MUST(try_in(c, &who));
	EXPECT(who.waits && session(c, who.token, &actor)->waits);
	EQ_INT(try_code(c, &who, S("000000"), &in), ERR_INVALID);
	MUST(try_code(c, &who, telephone(c, secret), &in));
	EXPECT(!str_eq(in.token, who.token) && session(c, who.token, &actor) == NULL);
	SessionInfo *info = session(c, in.token, &actor);
	EXPECT(info && !info->waits && info->gate == NULL && actor.grant_count == 1);
	ctx_end(c);
}

TEST("second factor: a code works once, also for another session of the same person") {
	Id account;
	Strs recovery;
	Ctx first = given_officer(&account);
	Str secret = given_telephone(&first, account, &recovery);
	Ctx c_ = after(&first, 60), *c = &c_;
	SignedIn one, two, in;
	MUST(try_in(c, &one));
	MUST(try_in(c, &two));
	MUST(try_code(c, &one, telephone(c, secret), &in));
	EQ_INT(try_code(c, &two, telephone(c, secret), &in), ERR_INVALID);
	Ctx next = after(c, 30);
	MUST(try_code(&next, &two, telephone(&next, secret), &in));
	ctx_end(&next);
}

TEST("second factor: the code that set it up does not sign in") {
	Id account;
	Strs recovery;
	Ctx c_ = given_officer(&account), *c = &c_;
	Str secret = given_telephone(c, account, &recovery);
	SignedIn who, in;
	MUST(try_in(c, &who));
	EQ_INT(try_code(c, &who, telephone(c, secret), &in), ERR_INVALID);
	ctx_end(c);
}

TEST("second factor: after five wrong codes the right one waits too, and not for ever") {
	Id account;
	Strs recovery;
	Ctx first = given_officer(&account);
	Str secret = given_telephone(&first, account, &recovery);
	Ctx c_ = after(&first, 60), *c = &c_;
	SignedIn who, in;
	MUST(try_in(c, &who));
	for (int i = 0; i < 5; i++)
		EQ_INT(try_code(c, &who, S("000000"), &in), ERR_INVALID);
	EQ_INT(try_code(c, &who, telephone(c, secret), &in), ERR_RATE);
	Ctx later = after(c, 181);
	MUST(try_code(&later, &who, telephone(&later, secret), &in));
	ctx_end(&later);
}

TEST("second factor: the waiting ends after ten minutes") {
	Id account;
	Strs recovery;
	Ctx first = given_officer(&account);
	Str secret = given_telephone(&first, account, &recovery);
	Ctx c = after(&first, 60);
	SignedIn who, in;
	MUST(try_in(&c, &who));
	Ctx late = after(&c, 601);
	EQ_INT(try_code(&late, &who, telephone(&late, secret), &in), ERR_AUTH);
	ctx_end(&late);
}

TEST("second factor: each of ten recovery codes works once, however it is typed, and new ones end the old") {
	Id account;
	Strs recovery, fresh;
	Ctx first = given_officer(&account);
	given_telephone(&first, account, &recovery);
	Ctx c_ = after(&first, 60), *c = &c_;
	SignedIn who, in;
	i64 left;
	EQ_INT(recovery.len, 10);
	MUST(try_in(c, &who));
	Str shouted = str_replace(t_arena, recovery.at[3], S("-"), S(" "));
	char *z = str_z(t_arena, shouted);
	for (size_t i = 0; z[i]; i++)
		z[i] = (char)(z[i] >= 'a' && z[i] <= 'z' ? z[i] - 32 : z[i]);
	MUST(try_code(c, &who, str_c(z), &in));
	MUST(recovery_left(c, account, &left));
	EQ_INT(left, 9);
	MUST(try_in(c, &who));
	EQ_INT(try_code(c, &who, recovery.at[3], &in), ERR_INVALID);
	MUST(recovery_renew(c, account, &fresh));
	EQ_INT(try_code(c, &who, recovery.at[4], &in), ERR_INVALID);
	MUST(try_code(c, &who, fresh.at[0], &in));
	ctx_end(c);
}

TEST("second factor: neither seed nor recovery code stands in the store, and a seed opens for its account only") {
	Id account, other;
	Strs recovery;
	Ctx c_ = given_officer(&account), *c = &c_;
	Str secret = str_replace(t_arena, given_telephone(c, account, &recovery), S(" "), S(""));
	char *seed;
	size_t len;
	CHECK(oath_base32_decode(secret.ptr, secret.len, &seed, &len) == OATH_OK);
	static const Sql sealed_of = {"test_sealed", "SELECT t.sealed, r.code_sha256 FROM account_totp t JOIN recovery_code r ON r.account = t.account ORDER BY r.id", NULL};
	Rows rows = db_query(ctx_conn(c), &sealed_of, DB_NONE);
	EXPECT(rows_next(&rows));
	Str sealed = str_dup(t_arena, col_bytes(&rows, 0)), plain;
	EXPECT(!str_has(sealed, str_of(seed, len)) && !str_eq(col_bytes(&rows, 1), recovery.at[0]));
	MUST(rows_end(&rows));
	free(seed);
	MUST(account_add(c, S("petr@example.org"), S("Petr"), 0, &other));
	EXPECT(seal_open(t_arena, sealed, str_format(t_arena, "totp %lld", (long long)account), &plain));
	EXPECT(!seal_open(t_arena, sealed, str_format(t_arena, "totp %lld", (long long)other), &plain));
	ctx_end(c);
}

TEST("second factor: after a change of the key old seeds still open, after a loss of the file sign-in says whose turn it is") {
	Id account;
	Strs recovery;
	Str why = {0};
	Ctx first = given_officer(&account);
	Str secret = given_telephone(&first, account, &recovery);
	EXPECT(seal_add_key(t_arena, &why));
	EQ_INT(seal_key_now(), 2);
	EXPECT(seal_load(t_arena, key_file(), false, &why));
	EQ_INT(seal_key_now(), 2);
	Ctx c_ = after(&first, 60), *c = &c_;
	SignedIn who, in;
	MUST(try_in(c, &who));
	MUST(try_code(c, &who, telephone(c, secret), &in));
	unlink(key_file());
	EXPECT(seal_load(t_arena, key_file(), true, &why));
	Ctx next = after(c, 60);
	MUST(try_in(&next, &who));
	EQ_INT(try_code(&next, &who, telephone(&next, secret), &in), ERR_BUSY);
	EXPECT(str_has(first_problem(&next), S("klíč")));
	ctx_end(&next);
}

TEST("second factor: a file of keys that others may read is refused") {
	Str why = {0};
	unlink(key_file());
	EXPECT(seal_load(t_arena, key_file(), true, &why));
	EXPECT(chmod(key_file(), 0640) == 0);
	EXPECT(!seal_load(t_arena, key_file(), true, &why) && str_has(why, S("chmod 600")));
	unlink(key_file());
}

TEST("second factor: whose role obliges to it can do nothing until it is set up, others and the demo can") {
	Id account, member;
	Ctx c_ = given_officer(&account), *c = &c_;
	SignedIn who;
	Actor actor;
	MUST(try_in(c, &who));
	SessionInfo *info = session(c, who.token, &actor);
	EXPECT(!who.waits && info && actor.grant_count == 0);
	EQ_TEXT(str_c(info->gate), "/app/ucet/overeni");
	MUST(account_add(c, S("clen@example.org"), S("Člen skupiny"), 0, &member));
	MUST(account_grant(c, member, S("GRP"), SCOPE_BODY, 3, D(2026, 1, 1), (Date){0}));
	MUST(account_set_password(c, member, S("zeleny-kocour-leze-ven"), 0));
	MUST(sign_in(c, S("clen@example.org"), S("zeleny-kocour-leze-ven"), S("192.0.2.8"), S("x"), &who));
	EXPECT(session(c, who.token, &actor)->gate == NULL);
	EQ_INT(actor.grant_count, 1);
	MUST(setting_set(c, S("site.demo"), S("1")));
	MUST(try_in(c, &who));
	EXPECT(session(c, who.token, &actor)->gate == NULL);
	ctx_end(c);
}

TEST("second factor: whose role obliges to it cannot take it away, an administrator can, and the person gets a letter") {
	Id account;
	Strs recovery;
	Ctx c_ = given_officer(&account), *c = &c_;
	Actor her;
	AccountFacts facts;
	given_telephone(c, account, &recovery);
	MUST(account_actor(c, account, &her, &facts));
	EXPECT(facts.has_codes);
	c->actor = &her;
	EQ_INT(codes_remove(c, account), ERR_FORBIDDEN);
	c->actor = &actor_program;
	MUST(codes_reset(c, account));
	MUST(account_actor(c, account, &her, &facts));
	EXPECT(!facts.has_codes);
	static const Sql letters = {"test_letters", "SELECT COUNT(*) FROM mail_letter WHERE kind = 'people.security' AND body LIKE '%zrušil%'", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(c), &letters, DB_NONE, 0, &n));
	EQ_INT(n, 1);
	ctx_end(c);
}

TEST("password: one that the rules no longer take, or that is too old where the region wants it changed, must be changed first") {
	Id account;
	Ctx c_ = given_officer(&account), *c = &c_;
	SignedIn who;
	Actor actor;
	MUST(setting_set(c, S("people.second_factor_roles"), S("")));
	MUST(account_grant(c, account, S("ADM"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	MUST(account_set_password(c, account, S("sedmnact-znaku-12"), 0));
	MUST(sign_in(c, S("jana@example.org"), S("sedmnact-znaku-12"), S("192.0.2.7"), S("x"), &who));
	EXPECT(session(c, who.token, &actor)->gate == NULL);
	MUST(setting_set(c, S("people.password_days"), S("90")));
	Ctx later = after(c, 91 * 24 * 3600);
	MUST(sign_in(&later, S("jana@example.org"), S("sedmnact-znaku-12"), S("192.0.2.7"), S("x"), &who));
	EQ_TEXT(str_c(session(&later, who.token, &actor)->gate), "/app/ucet/heslo");
	MUST(account_set_password(&later, account, S("osmnact-znaku-1234"), who.session));
	EXPECT(session(&later, who.token, &actor)->gate == NULL);
	static const Sql shorten = {"test_shorten", "UPDATE account_password SET encoded = $1", NULL};
	char encoded[128];
	MUST(password_encode(&later, S("kratsi-nez-17"), encoded));
	Tx tx = {0};
	MUST(tx_begin(&later, &tx));
	MUST(db_run(later.conn, &shorten, P(V(str_c(encoded))), NULL));
	MUST(tx_commit(&tx));
	MUST(sign_in(&later, S("jana@example.org"), S("kratsi-nez-17"), S("192.0.2.7"), S("x"), &who));
	EQ_TEXT(str_c(session(&later, who.token, &actor)->gate), "/app/ucet/heslo");
	ctx_end(&later);
}

TEST("devices: signing in from another network or browser is told by letter, the first time and an update of the browser are not") {
	Id account;
	Ctx c_ = given_officer(&account), *c = &c_;
	SignedIn who;
	static const struct { const char *address, *device; i64 letters; } steps[] = {
		{"192.0.2.7", "Firefox/120.0 (Linux)", 0}, {"192.0.2.9", "Firefox/121.0 (Linux)", 0}, {"198.51.100.1", "Firefox/121.0 (Linux)", 1},
		{"192.0.2.7", "Safari/17", 2}, {"198.51.100.1", "Firefox/122.0 (Linux)", 2},
	};
	static const Sql letters = {"test_device_letters", "SELECT COUNT(*) FROM mail_letter WHERE kind = 'people.device'", NULL};
	for (size_t i = 0; i < LEN(steps); i++) {
		i64 n;
		MUST(sign_in(c, S("jana@example.org"), str_c(good), str_c(steps[i].address), str_c(steps[i].device), &who));
		MUST(db_get_int(ctx_conn(c), &letters, DB_NONE, 0, &n));
		EQ_INT(n, steps[i].letters);
	}
	ctx_end(c);
}

TEST("sign-in: an unknown name, a wrong password, an account without one and a blocked one cost the same number of hashes") {
	Id account, invited;
	Ctx c_ = given_officer(&account), *c = &c_;
	SignedIn who;
	MUST(account_add(c, S("pozvany@example.org"), S("Pozvaný"), 0, &invited));
	static const char *const logins[] = {"nikdo@example.org", "jana@example.org", "pozvany@example.org"};
	for (size_t i = 0; i < LEN(logins); i++) {
		u64 before = password_work();
		EQ_INT(sign_in(c, str_c(logins[i]), S("spatne-heslo-dlouhe"), S("192.0.2.7"), S("x"), &who), ERR_INVALID);
		EQ_INT(password_work() - before, 1);
	}
	ctx_end(c);
}
