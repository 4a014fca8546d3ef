#include "domain/people/account_states.h"

#include "domain/people/account_states.sql.h"

Err account_states(Ctx *c, AccountStates *ret) {
	*ret = (AccountStates){0};
	Rows rows = db_query(ctx_conn(c), &sql_account_states, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (AccountState){str_dup(c->arena, col_text(&rows, 0)), col_int(&rows, 1)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account states");
}
