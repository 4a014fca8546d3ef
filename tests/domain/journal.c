/* journal.c: events of visitors are kept, outside the chain, and cannot hold anybody up. */
#include "core/trail.h"
#include "tests/support/store.h"
#include "tests/test.h"

static const Actor visitor = {.account = 7, .name = {"Žofie Říhová", sizeof "Žofie Říhová" - 1}, .address = {"192.0.2.17", 10}};

static Ctx context(Db *db) { return ctx_make(t_arena, db, &visitor, (Instant){INT64_C(1735689600000)}); }

static i64 count(Ctx *c, const Sql *sql) {
	i64 n;
	MUST(db_get_int(ctx_conn(c), sql, DB_NONE, 0, &n));
	return n;
}

static const Sql journal_count = {"test_journal_count", "SELECT COUNT(*) FROM journal", NULL};

TEST("journal: events are written when the queue is flushed, each into its own store, and not into the chain") {
	Db *db = test_store(), *other = test_store();
	Ctx c = context(db), d = context(other);
	journal_add(&c, "sign_in_failed", str_of("jméno\0x", 8));
	journal_add(&d, "forbidden", S("/app/sprava"));
	journal_add(&c, "forbidden", S("/app/uzivatele"));
	EQ_INT(count(&c, &journal_count), 0);
	ctx_end(&c);
	journal_flush(db);
	EQ_INT(count(&c, &journal_count), 2);
	EQ_INT(count(&d, &journal_count), 0);
	static const Sql first = {"test_journal_first", "SELECT what, account, actor, address, detail FROM journal ORDER BY id LIMIT 1", NULL};
	Rows rows = db_query(ctx_conn(&c), &first, DB_NONE);
	EXPECT(rows_next(&rows));
	EQ_TEXT(col_text(&rows, 0), "sign_in_failed");
	EQ_INT(col_int(&rows, 1), 7);
	EQ_TEXT(col_text(&rows, 2), "Žofie Říhová");
	EQ_TEXT(col_text(&rows, 3), "192.0.2.17");
	EQ_TEXT(col_text(&rows, 4), "jméno\uFFFDx");
	MUST(rows_end(&rows));
	static const Sql records = {"test_journal_records", "SELECT seq FROM trail_head", NULL};
	EQ_INT(count(&c, &records), 0);
	ctx_end(&d);
	journal_flush(other);
	EQ_INT(count(&d, &journal_count), 1);
	ctx_end(&c);
	ctx_end(&d);
}

TEST("journal: an event inside a change that is given up is kept; a flood is bounded and the lost ones are counted") {
	Db *db = test_store();
	Ctx c = context(db);
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < 600; i++)
		journal_add(&c, "forbidden", S("Příliš dlouhý popis, který se zkrátí jen na konci. Příliš dlouhý popis, který se zkrátí jen na konci."
		                               "Příliš dlouhý popis, který se zkrátí jen na konci. Příliš dlouhý popis, který se zkrátí jen na konci."
		                               "Příliš dlouhý popis, který se zkrátí jen na konci. Příliš dlouhý popis, který se zkrátí jen na konci."));
	tx_end(&tx);
	journal_flush(db);
	EQ_INT(count(&c, &journal_count), 513);
	static const Sql lost = {"test_journal_lost", "SELECT detail FROM journal WHERE what = 'dropped'", NULL};
	Rows rows = db_query(ctx_conn(&c), &lost, DB_NONE);
	EXPECT(rows_next(&rows));
	EQ_TEXT(col_text(&rows, 0), "88");
	MUST(rows_end(&rows));
	ctx_end(&c);
	journal_flush(db);
	EQ_INT(count(&c, &journal_count), 513);
	ctx_end(&c);
}
