/* setup.c: the first administrator of an empty store, and the accounts of the demo. */
#include <stdio.h>

#include "base/hash.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum { LINK_MS = 30 * 60 * 1000 };

static Str digest_of(Arena *a, Str token) {
	Sha256 d = sha256(token);
	return str_dup(a, str_of((const char *)d.bytes, sizeof d.bytes));
}

Err setup_link_make(Ctx *c, Str *token) {
	i64 accounts;
	Id  id;
	*token = (Str){0};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(account_count(c, &accounts));
	if (accounts > 0)
		return tx_commit(&tx);
	Str made = random_token(c->arena);
	Instant ends = {c->now.ms + LINK_MS};
	if (db_run(c->conn, &sql_link_forget, P(V(S("setup"))), NULL) != OK || db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_link_add, P(V(id), V(S("setup")), db_value_bytes(digest_of(c->arena, made)), V(c->now), V(ends)), NULL) != OK)
		return fail_internal(c, "setup link");
	TRY(tx_commit(&tx));
	*token = made;
	return OK;
}

static Err find_link(Ctx *c, Str token, Id *ret) {
	return db_get_int(ctx_conn(c), &sql_link_find, P(V(S("setup")), db_value_bytes(digest_of(c->arena, token)), V(c->now)), 0, ret);
}

bool setup_link_holds(Ctx *c, Str token) {
	Id  id;
	i64 accounts;
	return find_link(c, token, &id) == OK && id != 0 && account_count(c, &accounts) == OK && accounts == 0;
}

Err setup_first(Ctx *c, Str token, Str login, Str name, Str password) {
	TRY(password_check(c, password, true));
	char encoded[PASSWORD_HASH_SIZE];
	if (!password_hash(password, encoded))
		return fail(c, ERR_BUSY, NULL, "Server je zaneprázdněný. Zkuste to za chvíli znovu.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Id  link, account;
	i64 used = 0;
	if (!setup_link_holds(c, token) || find_link(c, token, &link) != OK || db_run(c->conn, &sql_link_use, P(V(link), V(c->now)), &used) != OK || used == 0)
		return fail(c, ERR_GONE, NULL, "Odkaz už neplatí. Spusťte program znovu, vypíše nový.");
	Actor        program = actor_program;
	const Actor *before = c->actor;
	c->actor = &program;
	Err e = account_add(c, login, name, 0, &account);
	if (e == OK)
		e = account_grant(c, account, S("ADM"), SCOPE_REGION, 0, c->today, (Date){0});
	if (e == OK)
		e = db_run(c->conn, &sql_password_put, P(V(account), V(str_c(encoded)), V(c->now)), NULL);
	c->actor = before;
	TRY(e);
	return tx_commit(&tx);
}

void people_print_sign_ins(Ctx *c, bool demo, Str origin) {
	if (!demo) {
		Str token;
		if (setup_link_make(c, &token) == OK && token.len)
			printf("První správce se založí na jednorázovém odkazu (platí 30 minut):\n  %.*s/zalozeni/%.*s\n", STR_ARG(origin), STR_ARG(token));
		return;
	}
	printf("Ukázková data. Přihlášení (heslo všech účtů: %s):\n", DEMO_PASSWORD);
	Rows rows = db_query(ctx_conn(c), &sql_demo_accounts, DB_NONE);
	while (rows_next(&rows))
		printf("  %-4.*s %-28.*s %.*s\n", STR_ARG(col_text(&rows, 2)), STR_ARG(col_text(&rows, 0)), STR_ARG(col_text(&rows, 1)));
	if (rows_end(&rows) != OK)
		printf("  (seznam účtů se nepodařilo přečíst)\n");
}
