/* reorder.c: keys of Czech order that another library made are made anew, and nothing else is touched. */
#include "core/reorder.h"
#include "core/trail.h"
#include "tests/domain/territory_given.h"

static Str order_of(Ctx *c) {
	static const Sql names = {"test_order", "SELECT name FROM territory ORDER BY name_sort, id", NULL};
	Strs all = {0};
	Rows rows = db_query(ctx_conn(c), &names, DB_NONE);
	while (rows_next(&rows))
		strs_add(t_arena, &all, str_dup(t_arena, col_text(&rows, 0)));
	MUST(rows_end(&rows));
	return str_join(t_arena, S(","), all);
}

TEST("reorder: keys of another order are made anew in every table, once; the order is Czech again") {
	static const Sql spoil = {"test_spoil", "UPDATE territory SET name_sort = $1 WHERE id % 2 = 0", NULL};
	Ctx c = given_territory();
	i64 rows;
	Str right = order_of(&c);
	MUST(reorder_all(&c, &rows));
	EQ_INT(rows, 0);                                 /* all is well already */
	Tx  tx = {0};
	i64 spoilt;
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &spoil, P(db_value_bytes(S("x"))), &spoilt));
	MUST(tx_commit(&tx));
	EXPECT(spoilt > 50 && !str_eq(order_of(&c), right));
	ctx_end(&c);
	MUST(reorder_all(&c, &rows));
	EQ_INT(rows, spoilt);
	EQ_STR(order_of(&c), right);
	ctx_end(&c);
}
