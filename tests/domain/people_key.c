/* people: API keys: some rights of a person, for a while, for data only. */
#include "domain/people/api_key.h"

#include "domain/people/inside.h"
#include "tests/support/web.h"

static Params bearer(Str key, const char *cookie) {
	Params p = {0};
	*ARENA_PUSH(t_arena, p.at, p.len, p.cap) = (Param){S("authorization"), str_cat(t_arena, S("Bearer "), key)};
	if (cookie)
		*ARENA_PUSH(t_arena, p.at, p.len, p.cap) = (Param){S("cookie"), str_c(cookie)};
	return p;
}

static Answer ask(Browser *b, const char *method, const char *target, Str key) {
	Params headers = bearer(key, NULL);
	return web_send(b, method, target, strcmp(method, "POST") == 0 ? "x=1" : NULL, &headers, false);
}

static Id account_of(Ctx *c, const char *login) {
	void *row;
	MUST(entity_find(c, &account_entity, TODAY, "login", str_c(login), &row));
	return ((Account *)row)->head.id;
}

/* A key of the network officer of the demo with the named capabilities. */
static Str given_key(Browser *b, const char *capabilities, int days) {
	Ctx          c = app_ctx(b->app, t_arena);
	Actor        actor;
	AccountFacts facts;
	Strs         list = {0};
	Str          key;
	for (Str rest = str_c(capabilities); rest.len;)
		strs_add(t_arena, &list, str_cut(&rest, ','));
	MUST(account_actor(&c, account_of(&c, "sit@demo.invalid"), &actor, &facts));
	c.actor = &actor;
	MUST(api_key_add(&c, S("Zkušební program"), &list, date_add(c.today, days), &key));
	ctx_end(&c);
	return key;
}

TEST("api key: it reads the data of its right and nothing else, and never gets a cookie") {
	Browser b = {.app = test_app_demo()};
	Str key = given_key(&b, "register.read", 30);
	Answer a = ask(&b, "GET", "/app/sluzby.json", key);
	EQ_INT(a.status, 200);
	EQ_INT(web_header(&a, "set-cookie").len, 0);
	EQ_INT(ask(&b, "GET", "/app/sluzby.csv", key).status, 200);
	EQ_INT(ask(&b, "GET", "/app/sluzby", key).status, 403);
	EQ_INT(ask(&b, "GET", "/app/sprava/ciselniky.json", key).status, 403);
	EQ_INT(ask(&b, "GET", "/app/ucet", key).status, 403);
	EQ_INT(ask(&b, "GET", "/app/ucet/klice", key).status, 403);
	EQ_INT(ask(&b, "GET", "/katalog.json", key).status, 200);
	EQ_INT(web_get(&b, "/app/sluzby.json").status, 401);
}

TEST("api key: it posts nothing, with the rights of its person or without") {
	Browser b = {.app = test_app_demo()};
	Str key = given_key(&b, "register.read", 30);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != POST || route->api)
			continue;
		Answer a = ask(&b, "POST", str_z(t_arena, str_replace(t_arena, str_replace(t_arena, str_c(route->path), S("{id}"), S("1")), S("{token}"), S("x"))), key);
		if (a.status < 400 || a.status >= 500)
			test_fail(__FILE__, __LINE__, "POST %s with a key answers %d", route->path, a.status);
	}
}

TEST("api key: the cookie of the same request does not count") {
	Browser b = {.app = test_app_demo(), .network = S("203.0.113.9")};
	web_sign_in(&b, "spravce@demo.invalid");
	EQ_INT(web_get(&b, "/app/sprava").status, 200);
	EQ_INT(ask(&b, "GET", "/app/sprava", S("neco")).status, 401);
	EQ_INT(ask(&b, "GET", "/app/sprava/ciselniky.json", given_key(&b, "register.read", 30)).status, 403);
}

TEST("api key: one that is unknown, revoked, or over is refused with a sentence that says which") {
	Browser b = {.app = test_app_demo()};
	Str key = given_key(&b, "register.read", 0);
	EQ_INT(ask(&b, "GET", "/app/sluzby.json", key).status, 200);
	static const Sql age = {"test_key_age", "UPDATE api_key SET last_day = '2020-01-01' WHERE last_day = $1", NULL};
	Ctx c = app_ctx(b.app, t_arena);
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &age, P(V(c.today)), NULL));
	MUST(tx_commit(&tx));
	Answer a = ask(&b, "GET", "/app/sluzby.json", key);
	EXPECT(a.status == 401 && str_has(a.body, S("skončila")));
	EQ_TEXT(web_header(&a, "www-authenticate"), "Bearer");
	Str other = given_key(&b, "register.read", 30);
	ApiKeys keys;
	MUST(api_keys_of(&c, account_of(&c, "sit@demo.invalid"), &keys));
	EQ_INT(api_key_end(&c, account_of(&c, "audit@demo.invalid"), keys.at[0].id), ERR_NOT_FOUND);
	MUST(api_key_end(&c, account_of(&c, "sit@demo.invalid"), keys.at[0].id));
	ctx_end(&c);
	a = ask(&b, "GET", "/app/sluzby.json", other);
	EXPECT(a.status == 401 && str_has(a.body, S("zrušen")));
	a = ask(&b, "GET", "/app/sluzby.json", S("sitovka_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	EXPECT(a.status == 401 && str_has(a.body, S("neznáme")));
	Params basic = {0};
	*ARENA_PUSH(t_arena, basic.at, basic.len, basic.cap) = (Param){S("authorization"), S("Basic eDp5")};
	EQ_INT(web_send(&b, "GET", "/app/sluzby.json", NULL, &basic, false).status, 401);
}

TEST("api key: nobody gives a key what they may not do, without an end, or for more than a year") {
	Browser b = {.app = test_app_demo()};
	Ctx c = app_ctx(b.app, t_arena);
	Actor actor;
	AccountFacts facts;
	Str key;
	MUST(account_actor(&c, account_of(&c, "sit@demo.invalid"), &actor, &facts));
	c.actor = &actor;
	static const char *const bad[] = {"admin.accounts", "public", "signed_in", "neznámé"};
	for (size_t i = 0; i < LEN(bad); i++) {
		Strs list = {0};
		strs_add(t_arena, &list, str_c(bad[i]));
		EQ_INT(api_key_add(&c, S("x"), &list, c.today, &key), ERR_INVALID);
	}
	Strs fine = {0}, none = {0};
	strs_add(t_arena, &fine, S("register.read"));
	EQ_INT(api_key_add(&c, S("x"), &none, c.today, &key), ERR_INVALID);
	EQ_INT(api_key_add(&c, S("x"), &fine, (Date){0}, &key), ERR_INVALID);
	EQ_INT(api_key_add(&c, S("x"), &fine, date_add(c.today, 366), &key), ERR_INVALID);
	EQ_INT(api_key_add(&c, S("x"), &fine, date_add(c.today, -1), &key), ERR_INVALID);
	EQ_INT(api_key_add(&c, S(""), &fine, c.today, &key), ERR_INVALID);
	ctx_end(&c);
}

TEST("api key: after as many requests as a minute allows the next one waits, another key does not") {
	Browser b = {.app = test_app_demo()};
	Ctx c = app_ctx(b.app, t_arena);
	MUST(setting_set(&c, S("people.key_rate"), S("3")));
	Str key = given_key(&b, "register.read", 30), other = given_key(&b, "register.read", 30);
	Actor actor;
	for (int i = 0; i < 3; i++)
		MUST(api_key_actor(&c, key, S(""), &actor));
	EQ_INT(api_key_actor(&c, key, S(""), &actor), ERR_RATE);
	MUST(api_key_actor(&c, other, S(""), &actor));
	MUST(setting_reset(&c, S("people.key_rate")));
	ctx_end(&c);
}

TEST("api key: the page makes one that works, shows it once, and the store keeps a digest only") {
	Browser b = {.app = test_app_demo(), .network = S("203.0.113.10")};
	web_sign_in(&b, "sit@demo.invalid");
	Ctx c = app_ctx(b.app, t_arena);
	Str day = field_machine(t_arena, entity_field(&account_role_entity, S("first_day")), &(AccountRole){.first_day = date_add(c.today, 10)});
	Answer a = web_post(&b, "/app/ucet/klice", str_z(t_arena, str_format(t_arena, "name=Tabulka&capability=register.read&last_day=%.*s", STR_ARG(day))));
	EQ_INT(a.status, 200);
	i64 at = str_find(a.body, S("sitovka_"));
	EXPECT(at > 0);
	Str key = str_first(str_from(a.body, (size_t)at), 51);
	EQ_INT(ask(&b, "GET", "/app/sluzby.json", key).status, 200);
	EXPECT(!str_has(web_get(&b, "/app/ucet/klice").body, key));
	static const Sql stored = {"test_keys", "SELECT COUNT(*) FROM api_key WHERE token_sha256 = $1", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(&c), &stored, P(db_value_bytes(key)), 0, &n));
	EQ_INT(n, 0);
	ctx_end(&c);
	a = web_post(&b, "/app/ucet/klice", "name=&last_day=zitra&capability=admin.accounts");
	EXPECT(a.status == 422);
}
