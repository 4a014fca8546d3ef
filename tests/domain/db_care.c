/* Large results, copies, checks, a full disk. */
#include "tests/domain/db.h"

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t bytes_in_use(void) {
	return __sanitizer_get_current_allocated_bytes ? __sanitizer_get_current_allocated_bytes() : mallinfo2().uordblks + mallinfo2().hblkhd;
}

static const Sql many = {"test_many",
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
	"SELECT i, 'a text of some length, so that a result kept in memory shows ' || CAST(i AS TEXT) FROM n", NULL};

TEST("db: 200 000 rows stream through flat memory") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	MUST(db_read_begin(c));
	i64 sum = 0, rows = 0;
	size_t before = bytes_in_use(), most = before;
	Rows r = db_stream(c, &many, P(V(200000)));
	while (rows_next(&r)) {
		sum += col_int(&r, 0);
		if (rows++ % 10000 == 0 && bytes_in_use() > most)
			most = bytes_in_use();
	}
	MUST(rows_end(&r));
	EQ_INT(rows, 200000);
	EQ_INT(sum, (i64)200000 * 200001 / 2);
	EXPECT(most - before < 2 * 1024 * 1024);
	i64 n;
	MUST(db_get_int(c, &count_things, DB_NONE, -1, &n));
	EQ_INT(n, 0);
	db_read_end(c);
}

static const Sql many_sorted = {"test_many_sorted",
	"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) "
	"SELECT i, m FROM (SELECT i, CAST(i * 7919 % 100003 AS TEXT) || $2 AS m FROM n) k ORDER BY m, i", NULL};

TEST("db: sorting more than fits takes bounded memory") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	char filler[600];
	memset(filler, 'x', sizeof filler);
	MUST(db_read_begin(c));
	i64 sum = 0, rows = 0;
	size_t before = bytes_in_use(), most = before;
	Rows r = db_stream(c, &many_sorted, P(V(100000), V(str_of(filler, sizeof filler))));
	while (rows_next(&r)) {                      /* 60 MB */
		sum += col_int(&r, 0);
		if (rows++ % 1000 == 0 && bytes_in_use() > most)
			most = bytes_in_use();
	}
	MUST(rows_end(&r));
	EQ_INT(rows, 100000);
	EQ_INT(sum, (i64)100000 * 100001 / 2);
	EXPECT(most - before < 32 * 1024 * 1024);
	db_read_end(c);
}

TEST("db: a long stream can be left early, by a reader and by the writer") {
	Db *db = given_things();
	Conn *c = db_reader(db), *w;
	i64 n;
	MUST(db_read_begin(c));
	Rows r = db_stream(c, &many, P(V(200000)));
	EXPECT(rows_next(&r) && rows_next(&r));
	MUST(rows_end(&r));
	MUST(db_get_int(c, &count_things, DB_NONE, -1, &n));
	EQ_INT(n, 0);
	db_read_end(c);

	MUST(db_write_begin(db, &w));
	MUST(add_thing(w, 1, "a", 1));
	r = db_stream(w, &many, P(V(2000)));
	EXPECT(rows_next(&r));
	MUST(rows_end(&r));
	MUST(db_commit(w));
	EQ_INT(asked_int(db, &count_things), 1);
}

TEST("db: a stream without rows ends at once, and one that fails says so") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	static const Sql none = {"test_stream_none", "SELECT id FROM thing", NULL};
	static const Sql fails = {"test_stream_fails",
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
		"SELECT CASE WHEN i < 900 THEN i ELSE abs(-9223372036854775807 - (i - i + 1)) END FROM n", NULL};
	MUST(db_read_begin(c));
	Rows r = db_stream(c, &none, DB_NONE);
	EXPECT(!rows_next(&r));
	MUST(rows_end(&r));
	r = db_stream(c, &fails, DB_NONE);
	while (rows_next(&r))
		;
	EXPECT(rows_end(&r) != OK);
	db_read_end(c);
	EQ_INT(asked_int(db, &count_things), 0);
}

static void remove_file(void *name) {
	unlink(name);
}

TEST("db: a copy holds what was committed, and does not overwrite") {
	Db *db = given_things();
	char *file = str_z(t_arena, str_format(t_arena, "/tmp/sitovka-copy-%d.db", (int)getpid()));
	if (test_on_postgres()) {
		EQ_INT(db_backup_to(db, file), ERR_TYPE);
		return;
	}
	arena_defer(t_arena, remove_file, file);
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 7));
	MUST(db_commit(c));
	MUST(db_write_begin(db, &c));              /* a writer at work does not stop it */
	MUST(add_thing(c, 2, "b", 8));
	MUST(db_backup_to(db, file));
	MUST(db_commit(c));
	EQ_INT(db_backup_to(db, file), ERR_STORAGE);
	EXPECT(access(str_z(t_arena, str_format(t_arena, "%s-wal", file)), F_OK) != 0);
	Db *copy;
	Str why;
	MUST(db_open(t_arena, file, (DbOptions){0}, &copy, &why));
	i64 sum = asked_int(copy, &sum_things);
	db_close(copy);
	EQ_INT(sum, 7);
	EXPECT(access(str_z(t_arena, str_format(t_arena, "%s-wal", file)), F_OK) != 0);   /* a closed store is one file */
}

TEST("db: a healthy store has an empty report, also after tidying") {
	Db *db = given_things();
	Str report = S("x");
	MUST(db_check_integrity(t_arena, db, &report));
	EQ_TEXT(report, "");
	db_optimize(db);
	MUST(db_check_integrity(t_arena, db, &report));
	EQ_TEXT(report, "");
}

TEST("db: damage in the file is reported") {
	if (test_on_postgres())
		return;
	const char *where = given_things_where();
	Db *db = test_store_open(where, (DbOptions){0});
	Conn *c;
	MUST(db_write_begin(db, &c));
	for (int i = 0; i < 500; i++)
		MUST(add_thing(c, i + 1, str_z(t_arena, str_format(t_arena, "thing number %d", i)), i));
	MUST(db_commit(c));
	db_optimize(db);                           /* moves the log into the file */
	FILE *f = fopen(where, "r+b");
	EXPECT(f && fseek(f, -4096, SEEK_END) == 0);
	for (int i = 0; i < 64; i++)
		fputc(0x5a, f);
	fclose(f);
	Db *again = test_store_open(where, (DbOptions){0});
	Str report;
	EXPECT(db_check_integrity(t_arena, again, &report) != OK);
}

TEST("db: a full disk is a storage error; what was committed stays readable and writing works again later") {
	if (test_on_postgres())
		return;
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 1));
	MUST(db_script(c, "PRAGMA max_page_count = 1"));           /* no page more than there are */
	static const Sql big = {"test_big", "UPDATE thing SET body = $1", NULL};
	char *zeros = arena_alloc(t_arena, 1000000);
	EQ_INT(db_run(c, &big, P(db_value_bytes(str_of(zeros, 1000000))), NULL), ERR_STORAGE);
	EQ_INT(db_commit(c), ERR_STORAGE);
	EQ_INT(asked_int(db, &count_things), 0);
	MUST(db_write_begin(db, &c));
	MUST(db_script(c, "PRAGMA max_page_count = 100000"));
	MUST(add_thing(c, 1, "a", 1));
	MUST(db_run(c, &big, P(db_value_bytes(str_of(zeros, 1000000))), NULL));
	MUST(db_commit(c));
	EQ_INT(asked_int(db, &count_things), 1);
}
