/* link.c: one-time links. The store knows only the digest of the token; a link is bound to a purpose, an account and its organisation. */
#include "base/hash.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

static DbValue id_or_null(Id id) {
	return id ? V(id) : db_value_null();
}

Err link_make(Ctx *c, const char *purpose, Id account, Str detail, i64 minutes, Str *token, Instant *ends) {
	Id  id, organisation = 0;
	Str made = random_token(c->arena), what = str_c(purpose);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	*ends = (Instant){c->now.ms + minutes * 60 * 1000};
	if ((account && db_get_int(c->conn, &sql_account_organisation, P(V(account)), 0, &organisation) != OK) ||
	    db_run(c->conn, &sql_link_sweep, P(V(c->now)), NULL) != OK || db_run(c->conn, &sql_link_forget, P(V(what), id_or_null(account)), NULL) != OK ||
	    db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_link_add,
	           P(V(id), V(what), db_value_bytes(token_digest(c->arena, made)), V(c->now), V(*ends), id_or_null(account), id_or_null(organisation), V(detail)),
	           NULL) != OK)
		return fail_internal(c, "link");
	TRY(tx_commit(&tx));
	*token = made;
	return OK;
}

Err link_forget(Ctx *c, const char *purpose, Id account) {
	return db_run(c->conn, &sql_link_forget, P(V(str_c(purpose)), id_or_null(account)), NULL) == OK ? OK : fail_internal(c, "link");
}

Err link_find(Ctx *c, const char *purpose, Str token, Link *ret) {
	*ret = (Link){0};
	Rows rows = db_query(ctx_conn(c), &sql_link_find, P(V(str_c(purpose)), db_value_bytes(token_digest(c->arena, token)), V(c->now)));
	if (rows_next(&rows))
		*ret = (Link){col_int(&rows, 0), col_null(&rows, 1) ? 0 : col_int(&rows, 1), str_dup(c->arena, col_text(&rows, 2))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "link");
}

Err link_use(Ctx *c, const char *purpose, Str token, Link *ret) {
	i64 used = 0;
	TRY(link_find(c, purpose, token, ret));
	if (ret->id && db_run(c->conn, &sql_link_use, P(V(ret->id), V(c->now)), &used) != OK)
		return fail_internal(c, "link");
	return used == 1 ? OK : fail(c, ERR_GONE, NULL, "Odkaz už neplatí: byl použit, vypršel, nebo jej nahradil novější. Požádejte o nový.");
}

Err link_last(Ctx *c, const char *purpose, Id account, Instant *made, Instant *ends) {
	*made = *ends = (Instant){0};
	Rows rows = db_query(ctx_conn(c), &sql_link_last, P(V(str_c(purpose)), V(account)));
	if (rows_next(&rows)) {
		*made = col_instant(&rows, 0);
		*ends = col_instant(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "link");
}
