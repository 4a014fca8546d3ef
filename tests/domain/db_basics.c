/* The store's promises that everything else rests on; the same on both engines. */
#include "db/sql_all.h"
#include "tests/domain/db.h"

TEST("db: a new store has no ids taken and an empty trail") {
	Db *db = test_store();
	static const Sql next = {"test_next_id", "SELECT next_id FROM id_counter", NULL}, seq = {"test_seq", "SELECT seq FROM trail_head", NULL};
	EQ_INT(asked_int(db, &next), 1);
	EQ_INT(asked_int(db, &seq), 0);
}

TEST("db: every named statement of the program can be prepared on this engine") {
	Db *db = test_store();
	Conn *c;
	MUST(db_write_begin(db, &c));
	for (size_t i = 0; i < sql_all_count; i++)
		if (db_prepare(c, sql_all[i]) != OK)
			test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(db_last_error(c)));
	MUST(db_commit(c));
	EXPECT(sql_all_count > 4);
}

TEST("db: a statement that the engine does not understand is an error with its name") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql wrong = {"test_wrong", "SELECT id FROM nowhere", NULL};
	MUST(db_read_begin(c));
	EQ_INT(db_prepare(c, &wrong), ERR_INTERNAL);
	EXPECT(str_starts(db_last_error(c), S("test_wrong: ")));
	EXPECT(str_has(db_last_error(c), S("nowhere")));
	db_read_end(c);
}

/* ---- parameters ---- */

TEST("db: parameters go by their number, not by where they stand") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql swapped = {"test_swapped", "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT) || CAST($3 AS TEXT)", NULL};
	for (int twice = 0; twice < 2; twice++) {
		Rows r = db_query(c, &swapped, P(V(S("first")), V(S("second")), V(S("third"))));
		EXPECT(rows_next(&r));
		EQ_TEXT(col_text(&r, 0), "second");
		EQ_TEXT(col_text(&r, 1), "first");
		EQ_TEXT(col_text(&r, 2), "secondthird");
		EXPECT(!rows_next(&r));
		EXPECT(!rows_next(&r));
		MUST(rows_end(&r));
	}
}

TEST("db: another number of values than of parameters is refused") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	EQ_INT(db_run(c, &insert_thing, P(V(1), V(S("a"))), NULL), ERR_INTERNAL);
	db_rollback(c);
}

static const Sql insert_all = {"test_insert_all",
	"INSERT INTO thing (id, name, amount, day, at, is_open, body) VALUES ($1, $2, $3, $4, $5, $6, $7)", NULL};
static const Sql read_all = {"test_read_all", "SELECT name, amount, day, at, is_open, body FROM thing WHERE id = $1", NULL};

TEST("db: what was written is read: text, number, day, instant, yes, bytes with zeros") {
	Db *db = given_things();
	Conn *c;
	Instant at = {1735689600123};
	Str bytes = str_of("\0\xff\\x'\n\0", 7);
	MUST(db_write_begin(db, &c));
	MUST(db_run(c, &insert_all, P(V(1), V(S("Žluťoučký 'kůň'")), V(czk(12)), V(D(2024, 2, 29)), V(at), V(true), db_value_bytes(bytes)), NULL));
	MUST(db_commit(c));

	c = db_reader(db);
	MUST(db_read_begin(c));
	Rows r = db_query(c, &read_all, P(V(1)));
	EXPECT(rows_next(&r));
	EQ_TEXT(col_text(&r, 0), "Žluťoučký 'kůň'");
	EQ_INT(col_int(&r, 1), 1200);
	EQ_INT(col_date(&r, 2).n, D(2024, 2, 29).n);
	EQ_TEXT(col_text(&r, 2), "2024-02-29");
	EQ_INT(col_instant(&r, 3).ms, at.ms);
	EXPECT(col_bool(&r, 4));
	EQ_STR(col_bytes(&r, 5), bytes);
	MUST(rows_end(&r));
	db_read_end(c);
}

TEST("db: blank, no day and no instant are NULL; an empty text is not") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(db_run(c, &insert_all, P(V(1), V((Str){0}), V((i64)BLANK), V((Date){0}), V((Instant){0}), V(false), db_value_bytes((Str){0})), NULL));
	MUST(db_run(c, &insert_all, P(V(2), V(S("b")), V((Fte){BLANK}), V((Date){0}), V((Instant){0}), V(false), db_value_null()), NULL));
	MUST(db_commit(c));

	c = db_reader(db);
	MUST(db_read_begin(c));
	Rows r = db_query(c, &read_all, P(V(1)));
	EXPECT(rows_next(&r));
	EXPECT(!col_null(&r, 0));
	EQ_TEXT(col_text(&r, 0), "");
	EXPECT(col_null(&r, 1));
	EXPECT(col_int(&r, 1) == BLANK);
	EXPECT(col_null(&r, 2) && !date_is(col_date(&r, 2)));
	EXPECT(col_null(&r, 3) && col_instant(&r, 3).ms == 0);
	EXPECT(!col_bool(&r, 4));
	EXPECT(!col_null(&r, 5) && col_bytes(&r, 5).len == 0);
	MUST(rows_end(&r));

	r = db_query(c, &read_all, P(V(2)));
	EXPECT(rows_next(&r));
	EXPECT(col_null(&r, 1));
	EXPECT(col_null(&r, 5) && col_bytes(&r, 5).len == 0);
	MUST(rows_end(&r));
	db_read_end(c);
}

TEST("db: the largest and the smallest number survive") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql echo = {"test_echo", "SELECT CAST($1 AS BIGINT)", NULL};
	i64 n;
	MUST(db_get_int(c, &echo, P(V(INT64_MAX)), 0, &n));
	EXPECT(n == INT64_MAX);
	MUST(db_get_int(c, &echo, P(V(INT64_MIN + 1)), 0, &n));
	EXPECT(n == INT64_MIN + 1);
}

TEST("db: a day that cannot be read is an error, not a missing day") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql bad = {"test_bad_day", "SELECT '2024-02-30'", NULL};
	Rows r = db_query(c, &bad, DB_NONE);
	EXPECT(rows_next(&r));
	EXPECT(!date_is(col_date(&r, 0)));
	EXPECT(!rows_next(&r));
	EQ_INT(rows_end(&r), ERR_INTERNAL);
}

TEST("db: a comparison reads as 1 and 0") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql compare = {"test_compare", "SELECT 1 = 1, 1 = 2", NULL};
	Rows r = db_query(c, &compare, DB_NONE);
	EXPECT(rows_next(&r));
	EXPECT(col_bool(&r, 0) && !col_bool(&r, 1));
	EQ_INT(col_int(&r, 0), 1);
	MUST(rows_end(&r));
}

TEST("db: one integer of no row, or NULL, is what the caller calls missing") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql none = {"test_none", "SELECT amount FROM thing WHERE id = 7", NULL};
	i64 n;
	MUST(db_get_int(c, &none, DB_NONE, -5, &n));
	EQ_INT(n, -5);
	MUST(db_get_int(c, &sum_things, DB_NONE, -6, &n));
	EQ_INT(n, -6);
}

/* ---- loops ---- */

TEST("db: a statement may be asked again inside its own loop") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	for (int i = 1; i <= 3; i++)
		MUST(add_thing(c, i, i == 1 ? "a" : i == 2 ? "b" : "c", i));
	static const Sql from = {"test_from", "SELECT id FROM thing WHERE id >= $1 ORDER BY id", NULL};
	Buf seen = {0};
	Rows outer = db_query(c, &from, P(V(1)));
	while (rows_next(&outer)) {
		i64 id = col_int(&outer, 0);
		Rows inner = db_query(c, &from, P(V(id)));
		while (rows_next(&inner))
			buf_format(&seen, "%d%d ", (int)id, (int)col_int(&inner, 0));
		MUST(rows_end(&inner));
	}
	MUST(rows_end(&outer));
	EQ_TEXT(buf_view(&seen), "11 12 13 22 23 33 ");
	buf_free(&seen);
	MUST(db_commit(c));
}

TEST("db: a loop left early leaves the connection usable") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 1));
	MUST(add_thing(c, 2, "b", 2));
	MUST(db_commit(c));
	c = db_reader(db);
	static const Sql ids = {"test_ids", "SELECT id FROM thing ORDER BY id", NULL};
	MUST(db_read_begin(c));
	for (int i = 0; i < 3; i++) {
		Rows r = i == 1 ? db_stream(c, &ids, DB_NONE) : db_query(c, &ids, DB_NONE);
		EXPECT(rows_next(&r));
		EQ_INT(col_int(&r, 0), 1);
		MUST(rows_end(&r));
	}
	i64 n;
	MUST(db_get_int(c, &count_things, DB_NONE, 0, &n));
	EQ_INT(n, 2);
	db_read_end(c);
}

TEST("db: rows that a writing statement returns can be read") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	static const Sql insert = {"test_returning", "INSERT INTO thing (id, name, amount) VALUES ($1, 'r', 3) RETURNING amount", NULL};
	i64 n;
	MUST(db_get_int(c, &insert, P(V(9)), 0, &n));
	EQ_INT(n, 3);
	MUST(db_commit(c));
	EQ_INT(asked_int(db, &count_things), 1);
}

TEST("db: db_run says how many rows it touched") {
	Db *db = given_things();
	Conn *c;
	static const Sql raise = {"test_raise", "UPDATE thing SET amount = amount + $1 WHERE id >= $2", NULL};
	i64 n;
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 1));
	MUST(add_thing(c, 2, "b", 2));
	MUST(db_run(c, &raise, P(V(1), V(1)), &n));
	EQ_INT(n, 2);
	MUST(db_run(c, &raise, P(V(1), V(3)), &n));
	EQ_INT(n, 0);
	MUST(db_commit(c));
}

/* ---- functions that SQLite lacks ---- */

TEST("db: string_agg joins, leaves NULLs out, and is NULL for nothing") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql agg = {"test_agg",
		"SELECT string_agg(x.t, ', ') FROM (SELECT 'a' AS t UNION ALL SELECT NULL UNION ALL SELECT '' UNION ALL SELECT 'c') x", NULL};
	static const Sql none = {"test_agg_none", "SELECT string_agg(name, ', ') FROM thing", NULL};
	static const Sql empty = {"test_agg_empty", "SELECT string_agg(x.t, ',') FROM (SELECT '' AS t) x", NULL};
	Rows r = db_query(c, &agg, DB_NONE);
	EXPECT(rows_next(&r));
	EQ_TEXT(col_text(&r, 0), "a, , c");
	MUST(rows_end(&r));
	r = db_query(c, &none, DB_NONE);
	EXPECT(rows_next(&r));
	EXPECT(col_null(&r, 0));
	MUST(rows_end(&r));
	r = db_query(c, &empty, DB_NONE);
	EXPECT(rows_next(&r));
	EXPECT(!col_null(&r, 0));
	EQ_TEXT(col_text(&r, 0), "");
	MUST(rows_end(&r));
}

TEST("db: greatest and least compare numbers as numbers and leave NULLs out") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql pick = {"test_pick", "SELECT greatest(9, 10, NULL), least(9, 10), greatest('b', 'a'), least(CAST(NULL AS BIGINT), NULL)", NULL};
	Rows r = db_query(c, &pick, DB_NONE);
	EXPECT(rows_next(&r));
	EQ_INT(col_int(&r, 0), 10);
	EQ_INT(col_int(&r, 1), 9);
	EQ_TEXT(col_text(&r, 2), "b");
	EXPECT(col_null(&r, 3));
	MUST(rows_end(&r));
}

TEST("db: text compares by bytes") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql order = {"test_order",
		"SELECT x.t FROM (SELECT 'b' AS t UNION ALL SELECT 'Z' UNION ALL SELECT 'á' UNION ALL SELECT 'a') x ORDER BY x.t", NULL};
	Buf seen = {0};
	Rows r = db_query(c, &order, DB_NONE);
	while (rows_next(&r))
		buf_str(&seen, col_text(&r, 0));
	MUST(rows_end(&r));
	EQ_TEXT(buf_view(&seen), "Zabá");
	buf_free(&seen);
}

/* ---- ids ---- */

TEST("db: ids follow each other; those of a transaction that was rolled back are given again") {
	Db *db = given_things();
	Conn *c;
	Id a, b;
	MUST(db_write_begin(db, &c));
	MUST(db_new_id(c, &a));
	MUST(db_new_id(c, &b));
	MUST(db_commit(c));
	EQ_INT(a, 1);
	EQ_INT(b, 2);

	MUST(db_write_begin(db, &c));
	MUST(db_new_id(c, &a));
	EQ_INT(a, 3);
	db_rollback(c);

	MUST(db_write_begin(db, &c));
	MUST(db_commit(c));                        /* takes none */
	MUST(db_write_begin(db, &c));
	MUST(db_new_id(c, &b));
	EQ_INT(b, 3);
	MUST(db_commit(c));
}

/* ---- addresses ---- */

TEST("db: a store that is not there is refused with a sentence") {
	Db *db = NULL;
	Str why = {0};
	if (test_on_postgres()) {
		EQ_INT(db_open(t_arena, "postgresql://nobody@127.0.0.1:1/none", (DbOptions){0}, &db, &why), ERR_BUSY);
		EXPECT(str_has(why, S("nelze připojit")));
	} else {
		EQ_INT(db_open(t_arena, "/dev/shm/sitovka-is-not-here.db", (DbOptions){0}, &db, &why), ERR_NOT_FOUND);
		EXPECT(str_has(why, S("neexistuje")));
		EQ_INT(db_open(t_arena, "/no-folder/x.db", (DbOptions){.create = true}, &db, &why), ERR_STORAGE);
		EXPECT(str_has(why, S("nelze založit")));
		EQ_INT(db_open(t_arena, "/proc/version", (DbOptions){0}, &db, &why), ERR_STORAGE);
		EXPECT(!str_empty(why));
	}
}

TEST("store: without a connection every question is answered by: try again later") {
	i64  n;
	Rows rows = db_query(NULL, &count_things, DB_NONE);
	EXPECT(!rows_next(&rows));
	EQ_INT(rows_end(&rows), ERR_BUSY);
	EQ_INT(db_get_int(NULL, &count_things, DB_NONE, 0, &n), ERR_BUSY);
	EQ_INT(db_run(NULL, &insert_thing, P(V(1), V(S("x")), V(1)), NULL), ERR_BUSY);
}
