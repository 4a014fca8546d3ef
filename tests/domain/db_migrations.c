#include "tests/domain/db.h"

#include <sqlite3.h>

static Db *empty_store(void) {
	return test_store_open(test_store_new(false), (DbOptions){.create = true});
}

static Err migrate(Db *db, const Migration *list, size_t count, Str *why, int *applied) {
	return db_migrate(t_arena, db, list, count, why, applied);
}

static const Migration two[] = {
	{"test", 1, "first", "CREATE TABLE one (id $ID, name $TEXT NOT NULL);\nINSERT INTO one (id, name) VALUES (1, 'a; b');\n"},
	{"test", 2, "second", "ALTER TABLE one ADD COLUMN amount $INT;\nUPDATE one SET amount = 5;\n"},
};
static const Sql sum_one = {"test_sum_one", "SELECT CAST(SUM(amount) AS BIGINT) FROM one", NULL};
static const Sql count_one = {"test_count_one", "SELECT COUNT(*) FROM one", NULL};

TEST("migrations: what is missing is applied, and a second time nothing is") {
	Db *db = empty_store();
	Str why;
	int n;
	MUST(db_migrations_missing(t_arena, db, two, 2, &why, &n));
	EQ_INT(n, 3);                              /* one is the store's own */
	MUST(migrate(db, two, 1, &why, &n));
	EQ_INT(n, 2);
	MUST(db_migrations_missing(t_arena, db, two, 2, &why, &n));
	EQ_INT(n, 1);
	MUST(migrate(db, two, 2, &why, &n));
	EQ_INT(n, 1);
	MUST(migrate(db, two, 2, &why, &n));
	EQ_INT(n, 0);
	EQ_INT(asked_int(db, &sum_one), 5);
}

TEST("migrations: a store newer than the program is refused") {
	Db *db = empty_store();
	Str why;
	int n;
	MUST(migrate(db, two, 2, &why, &n));
	EQ_INT(migrate(db, two, 1, &why, &n), ERR_CONFLICT);
	EXPECT(str_has(why, S("novější než program")));
	EXPECT(str_has(why, S("test 2")));
	EQ_INT(db_migrations_missing(t_arena, db, two, 1, &why, &n), ERR_CONFLICT);
}

TEST("migrations: a released migration that was edited is refused") {
	Db *db = empty_store();
	Str why;
	Migration edited[] = {two[0], two[1]};
	MUST(migrate(db, two, 2, &why, NULL));
	edited[1].text = "ALTER TABLE one ADD COLUMN amount $INT;\nUPDATE one SET amount = 6;\n";
	EQ_INT(migrate(db, edited, 2, &why, NULL), ERR_CONFLICT);
	EXPECT(str_has(why, S("test 2")));
	EQ_INT(asked_int(db, &sum_one), 5);
}

TEST("migrations: one that fails leaves nothing of itself, and those before it stay") {
	Db *db = empty_store();
	Str why;
	int n;
	Migration list[] = {two[0], {"test", 2, "wrong", "CREATE TABLE half (id $ID);\nINSERT INTO nowhere (id) VALUES (1);\n"}};
	EXPECT(migrate(db, list, 2, &why, &n) != OK);
	EXPECT(str_has(why, S("test 2 (wrong)")));
	EXPECT(str_has(why, S("nowhere")));
	EQ_INT(n, 2);
	EQ_INT(asked_int(db, &count_one), 1);
	MUST(migrate(db, two, 2, &why, &n));
	EQ_INT(n, 1);
}

TEST("migrations: a table that others refer to can be built anew") {
	Db *db = empty_store();
	Str why;
	const Migration list[] = {
		{"test", 1, "first", "CREATE TABLE one (id $ID);\nCREATE TABLE two (id $ID, one_id $INT NOT NULL REFERENCES one (id));\n"
			"INSERT INTO one (id) VALUES (1);\nINSERT INTO two (id, one_id) VALUES (1, 1);\n"},
		{"test", 2, "anew",
			"-- only sqlite\n"
			"CREATE TABLE one_new (id $ID, amount $INT CHECK (amount > 0));\nINSERT INTO one_new (id, amount) SELECT id, 1 FROM one;\n"
			"DROP TABLE one;\nALTER TABLE one_new RENAME TO one;\n"
			"-- only postgres\n"
			"ALTER TABLE one ADD COLUMN amount $INT CHECK (amount > 0);\nUPDATE one SET amount = 1;\n"
			"-- both\n"
			"INSERT INTO two (id, one_id) VALUES (2, 1);\n"},
	};
	MUST(migrate(db, list, 2, &why, NULL));
	EQ_INT(asked_int(db, &sum_one), 1);
	Conn *c;
	static const Sql orphan = {"test_orphan_two", "INSERT INTO two (id, one_id) VALUES (3, 9)", NULL};
	MUST(db_write_begin(db, &c));
	EQ_INT(db_run(c, &orphan, DB_NONE, NULL), ERR_CONFLICT);   /* references are enforced again */
	db_rollback(c);
}

TEST("migrations: one that leaves a reference to nothing is refused") {
	Db *db = empty_store();
	Str why;
	const Migration list[] = {{"test", 1, "orphan", "CREATE TABLE one (id $ID);\n"
		"CREATE TABLE two (id $ID, one_id $INT NOT NULL REFERENCES one (id));\nINSERT INTO two (id, one_id) VALUES (1, 1);\n"}};
	EQ_INT(migrate(db, list, 1, &why, NULL), ERR_CONFLICT);
	MUST(migrate(db, NULL, 0, &why, NULL));
}

TEST("migrations: a start with nothing to apply does not walk through the references of the store; the check of the store names what is broken") {
	const Migration list[] = {{"test", 1, "first", "CREATE TABLE one (id $ID);\nCREATE TABLE two (id $ID, one_id $INT NOT NULL REFERENCES one (id));\n"}};
	if (test_on_postgres())
		return;                                  /* it cannot be made there */
	const char *file = test_store_new(false);
	Db *db = test_store_open(file, (DbOptions){.create = true});
	Str why, report = {0};
	MUST(migrate(db, list, 1, &why, NULL));
	sqlite3 *raw;
	EQ_INT(sqlite3_open(file, &raw), SQLITE_OK);
	EQ_INT(sqlite3_exec(raw, "PRAGMA foreign_keys = OFF; INSERT INTO two (id, one_id) VALUES (1, 9)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	MUST(migrate(db, list, 1, &why, NULL));
	EQ_INT(db_check_integrity(t_arena, db, &report), ERR_STORAGE);
	EXPECT(str_has(report, S("two")));
}

TEST("migrations: a search index of SQLite is filled by statements, since a trigger on it counts as unsafe") {
	if (test_on_postgres())
		return;
	Db *db = empty_store();
	Str why;
	Migration list[] = {{"test", 1, "search",
		"CREATE TABLE doc (id $ID, fold $TEXT NOT NULL);\n"
		"-- only sqlite\n"
		"CREATE VIRTUAL TABLE doc_fts USING fts5(fold, content='doc', content_rowid='id');\n"
		"INSERT INTO doc (id, fold) VALUES (1, 'domov u lipy');\n"
		"INSERT INTO doc_fts (rowid, fold) SELECT id, fold FROM doc;\n"
		"-- both\n"},
		{"test", 2, "trigger",
		"-- only sqlite\n"
		"CREATE TRIGGER doc_added AFTER INSERT ON doc BEGIN\n"
		"	INSERT INTO doc_fts (rowid, fold) VALUES (new.id, new.fold);\n"
		"END;\n"
		"INSERT INTO doc (id, fold) VALUES (2, 'dum u lipy');\n"
		"-- both\n"}};
	MUST(migrate(db, list, 1, &why, NULL));
	static const Sql find = {"test_find", "SELECT COUNT(*) FROM doc_fts WHERE doc_fts MATCH '\"lip\"*'", NULL};
	EQ_INT(asked_int(db, &find), 1);
	db_optimize(db);
	EQ_INT(asked_int(db, &find), 1);
	EXPECT(migrate(db, list, 2, &why, NULL) != OK);
	EXPECT(str_has(why, S("unsafe use of virtual table")));
}

TEST("ddl: types fit the engine and tables of SQLite are strict") {
	Str portable = S("-- $ID here\nCREATE TABLE a (id $ID, n $INT CHECK (n IN (0, 1)), t $TEXT DEFAULT '$INT (', b $BYTES);\n"
		"create unique index a_n ON a (n) WHERE (n > 0);\n");
	EQ_TEXT(db_ddl_for(t_arena, ENGINE_SQLITE, portable), "-- $ID here\nCREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER CHECK (n IN (0, 1)), "
		"t TEXT DEFAULT '$INT (', b BLOB) STRICT;\ncreate unique index a_n ON a (n) WHERE (n > 0);\n");
	EQ_TEXT(db_ddl_for(t_arena, ENGINE_POSTGRES, portable), "-- $ID here\nCREATE TABLE a (id BIGINT PRIMARY KEY, n BIGINT CHECK (n IN (0, 1)), "
		"t TEXT DEFAULT '$INT (', b BYTEA);\ncreate unique index a_n ON a (n) WHERE (n > 0);\n");
}

TEST("ddl: a part for one engine is left out for the other, its lines stay empty") {
	Str portable = S("a;\n-- only sqlite\nb;\n-- only postgres\nc $$ $INT ; $$;\n-- both\nd;\n");
	EQ_TEXT(db_ddl_for(t_arena, ENGINE_SQLITE, portable), "a;\n\nb;\n\n\n\nd;\n");
	EQ_TEXT(db_ddl_for(t_arena, ENGINE_POSTGRES, portable), "a;\n\n\n\nc $$ $INT ; $$;\n\nd;\n");
}
