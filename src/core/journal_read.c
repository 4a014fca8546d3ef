/* journal_read.c: looking into the journal and forgetting it. */
#include "core/journal.h"
#include "core/trail.sql.h"

static DbValue or_null(Str s) {
	return s.len ? V(s) : db_value_null();
}

static DbValue id_or_null(Id id) {
	return id ? V(id) : db_value_null();
}

static DbValue instant_or_null(Instant t) {
	return t.ms ? V(t) : db_value_null();
}

Err journal_search(Ctx *c, JournalSearch q, JournalEvents *ret) {
	*ret = (JournalEvents){0};
	Rows rows = db_query(ctx_conn(c), &sql_journal_search,
	                     P(or_null(q.what), id_or_null(q.account), or_null(q.object), id_or_null(q.object_id), instant_or_null(q.from), instant_or_null(q.to),
	                       V(q.before_id ? q.before_id : INT64_MAX), V(q.limit)));
	while (rows_next(&rows)) {
		JournalEvent *e = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*e = (JournalEvent){.id = col_int(&rows, 0), .at = col_instant(&rows, 1), .account = col_int(&rows, 3), .object_id = col_int(&rows, 8)};
		Str *texts[] = {&e->what, &e->actor, &e->address, &e->detail, &e->object};
		static const int columns[] = {2, 4, 5, 6, 7};
		for (size_t i = 0; i < LEN(texts); i++)
			*texts[i] = str_dup(c->arena, col_text(&rows, columns[i]));
	}
	Err err = rows_end(&rows);
	return err == OK ? OK : fail_store(c, err, "journal");
}

Err journal_count(Ctx *c, Instant before, i64 *count) {
	return db_get_int(ctx_conn(c), &sql_journal_count_before, P(V(before)), 0, count) == OK ? OK : fail_internal(c, "journal");
}

Err journal_sweep(Ctx *c, Instant before, i64 *removed) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_journal_forget_before, P(V(before)), removed) != OK)
		return fail_internal(c, "journal");
	return tx_commit(&tx);
}
