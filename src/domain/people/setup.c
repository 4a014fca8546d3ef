/* setup.c: the first administrator of an empty store, and the accounts of the demo. */
#include <stdio.h>

#include "base/hash.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum { SETUP_MINUTES = 30 };

Err setup_link_make(Ctx *c, Str *token) {
	i64     accounts;
	Instant ends;
	*token = (Str){0};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(account_count(c, &accounts));
	if (accounts == 0)
		TRY(link_make(c, "setup", 0, (Str){0}, SETUP_MINUTES, token, &ends));
	return tx_commit(&tx);
}

bool setup_link_holds(Ctx *c, Str token) {
	Link link;
	i64  accounts;
	return link_find(c, "setup", token, &link) == OK && link.id != 0 && account_count(c, &accounts) == OK && accounts == 0;
}

Err setup_first(Ctx *c, Str token, Str login, Str name, Str password) {
	char encoded[PASSWORD_HASH_SIZE];
	TRY(password_check(c, password, PASSWORD_ADMINISTRATOR, login, name));
	TRY(password_encode(c, password, encoded));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Id   account;
	Link link;
	if (!setup_link_holds(c, token) || link_use(c, "setup", token, &link) != OK)
		return fail(c, ERR_GONE, NULL, "Odkaz už neplatí. Spusťte program znovu, vypíše nový.");
	Actor        program = actor_program;
	const Actor *before = c->actor;
	c->actor = &program;
	Err e = account_add(c, login, name, 0, &account);
	if (e == OK)
		e = account_grant(c, account, S("ADM"), SCOPE_REGION, 0, c->today, (Date){0});
	if (e == OK)
		e = password_store(c, account, str_c(encoded));
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
	enum { PRINTED = 40 };                       /* large samples have hundreds */
	i64  count = 0;
	Rows rows = db_query(ctx_conn(c), &sql_demo_accounts, DB_NONE);
	while (rows_next(&rows))
		if (++count <= PRINTED)
			printf("  %-4.*s %-28.*s %.*s\n", STR_ARG(col_text(&rows, 2)), STR_ARG(col_text(&rows, 0)), STR_ARG(col_text(&rows, 1)));
	if (rows_end(&rows) != OK)
		printf("  (seznam účtů se nepodařilo přečíst)\n");
	else if (count > PRINTED)
		printf("  a další, celkem %lld: v programu na stránce Správa, Účty\n", (long long)count);
}
