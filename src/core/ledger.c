/* ledger.c: entries are written and summed. */
#include "core/ledger.h"

#include "core/ledger.sql.h"

/* ---- accounts ---- */

Err ledger_find(Ctx *c, LedgerAccount *a) {
	a->id = 0;
	Rows rows = db_query(ctx_conn(c), &sql_ledger_account_find, P(V(str_c(a->book)), V(str_c(a->object)), V(a->object_id), V(str_c(a->name))));
	if (rows_next(&rows)) {
		a->id = col_int(&rows, 0);
		a->floor = col_int(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "ledger account");
}

Err ledger_open(Ctx *c, LedgerAccount *a) {
	i64 floor = a->floor;
	CHECK(c->tx_depth > 0);
	TRY(ledger_find(c, a));
	if (a->id) {
		CHECK(a->floor == floor);
		return OK;
	}
	a->floor = floor;
	if (db_new_id(c->conn, &a->id) != OK ||
	    db_run(c->conn, &sql_ledger_account_add, P(V(a->id), V(str_c(a->book)), V(str_c(a->object)), V(a->object_id), V(str_c(a->name)), V(floor)), NULL) != OK)
		return fail_internal(c, "ledger account");
	return OK;
}

/* ---- posting ---- */

/* A side that is fine leaves its account at or above the floor. */
static Err judge(Ctx *c, const LedgerEntry *e, const LedgerSide *side) {
	i64  after = 0;
	bool known = false, fits = true;
	Rows rows = db_query(c->conn, &sql_ledger_account_state, P(V(side->account)));
	if (rows_next(&rows)) {
		known = str_eq(col_text(&rows, 0), str_c(e->book));
		CHECK(!__builtin_add_overflow(col_int(&rows, 2), side->amount, &after));
		fits = side->amount > 0 || col_null(&rows, 1) || after >= col_int(&rows, 1);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "ledger balance");
	CHECK(known);
	return fits ? OK : fail(c, ERR_CONFLICT, NULL, "Tolik už toho na účtu není, zápis se neprovedl. Načtěte stránku znovu a podívejte se, kolik zbývá.");
}

static void refuse_uneven(const LedgerEntry *e) {
	i64 sum = 0;
	CHECK(e->side_count >= 2);
	for (size_t i = 0; i < e->side_count; i++) {
		CHECK(e->sides[i].amount != 0 && !__builtin_add_overflow(sum, e->sides[i].amount, &sum));
		for (size_t k = 0; k < i; k++)
			CHECK(e->sides[k].account != e->sides[i].account);
	}
	CHECK(sum == 0);
}

Err ledger_post(Ctx *c, const LedgerEntry *e) {
	Id id;
	CHECK(c->tx_depth > 0);
	refuse_uneven(e);
	for (size_t i = 0; i < e->side_count; i++)
		TRY(judge(c, e, &e->sides[i]));
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_ledger_entry_add, P(V(id), V(str_c(e->book)), V(str_c(e->object)), V(e->object_id), V(str_c(e->reason)), V(c->actor->account), V(c->now)),
	           NULL) != OK)
		return fail_internal(c, "ledger entry");
	for (size_t i = 0; i < e->side_count; i++)
		if (db_run(c->conn, &sql_ledger_posting_add, P(V(id), V(e->sides[i].account), V(e->sides[i].amount), V(c->now)), NULL) != OK)
			return fail_internal(c, "ledger posting");
	return OK;
}

/* ---- reading ---- */

Err ledger_balance(Ctx *c, Id account, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_ledger_sum, P(V(account)), 0, ret) == OK ? OK : fail_internal(c, "ledger balance");
}

Err ledger_balance_at(Ctx *c, Id account, Instant at, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_ledger_sum_at, P(V(account), V(at)), 0, ret) == OK ? OK : fail_internal(c, "ledger balance");
}

Err ledger_balance_of(Ctx *c, const char *book, const char *object, Id object_id, const char *name, i64 *ret) {
	Err e = db_get_int(ctx_conn(c), &sql_ledger_sum_of, P(V(str_c(book)), V(str_c(object)), V(object_id), V(str_c(name))), 0, ret);
	return e == OK ? OK : fail_internal(c, "ledger balance");
}

Err ledger_lines(Ctx *c, const char *book, const char *object, Id object_id, i64 limit, LedgerLines *ret) {
	Arena *a = c->arena;
	*ret = (LedgerLines){0};
	Rows rows = db_query(ctx_conn(c), &sql_ledger_line_list, P(V(str_c(book)), V(str_c(object)), V(object_id), V(limit)));
	while (rows_next(&rows))
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (LedgerLine){
			.entry = col_int(&rows, 0), .object = str_dup(a, col_text(&rows, 1)), .object_id = col_int(&rows, 2), .reason = str_dup(a, col_text(&rows, 3)),
			.account = col_int(&rows, 4), .at = col_instant(&rows, 5), .name = str_dup(a, col_text(&rows, 6)), .amount = col_int(&rows, 7)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "ledger lines");
}

/* ---- does it hold ---- */

static void note_worst(LedgerVerdict *v, Id entry, Str why) {
	if (v->broken && v->broken <= entry)
		return;
	v->broken = entry;
	v->why = why;
}

static Err find_uneven(Ctx *c, LedgerVerdict *v) {
	Rows rows = db_query(ctx_conn(c), &sql_ledger_uneven, NULL, 0);
	if (rows_next(&rows))
		note_worst(v, col_int(&rows, 0), str_format(c->arena, "strany zápisu nedávají dohromady nulu, ale %lld", (long long)col_int(&rows, 1)));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "ledger verify");
}

static Err find_strange(Ctx *c, LedgerVerdict *v) {
	Rows rows = db_query(ctx_conn(c), &sql_ledger_strange, NULL, 0);
	if (rows_next(&rows))
		note_worst(v, col_int(&rows, 0), S("jedna jeho strana je v jiné knize nebo z jiné doby"));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "ledger verify");
}

static Err find_low(Ctx *c, LedgerVerdict *v) {
	Rows rows = db_query(ctx_conn(c), &sql_ledger_low, NULL, 0);
	if (rows_next(&rows))
		note_worst(v, col_int(&rows, 0), str_format(c->arena, "účet %.*s/%.*s %lld/%.*s klesl pod svou mez na %lld", STR_ARG(col_text(&rows, 1)),
		                                           STR_ARG(col_text(&rows, 2)), (long long)col_int(&rows, 3), STR_ARG(col_text(&rows, 4)), (long long)col_int(&rows, 5)));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "ledger verify");
}

Err ledger_verify(Ctx *c, LedgerVerdict *ret) {
	*ret = (LedgerVerdict){0};
	Rows rows = db_query(ctx_conn(c), &sql_ledger_counts, NULL, 0);
	if (rows_next(&rows)) {
		ret->entries = col_int(&rows, 0);
		ret->accounts = col_int(&rows, 1);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "ledger verify");
	TRY(find_uneven(c, ret));
	TRY(find_strange(c, ret));
	return find_low(c, ret);
}

Err ledger_check(Ctx *c, bool *fine, Str *detail) {
	LedgerVerdict v;
	TRY(ledger_verify(c, &v));
	*fine = v.broken == 0;
	*detail = v.broken ? str_format(c->arena, "Zápis č. %lld: %.*s.", (long long)v.broken, STR_ARG(v.why))
	                   : str_format(c->arena, "%lld zápisů na %lld účtech.", (long long)v.entries, (long long)v.accounts);
	return OK;
}
