/* Whole stores out and in, on the same engine and across. */
#include "db/dump.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/domain/db.h"

static const Migration family[] = {
	{"test", 1, "family",
	 "CREATE TABLE person (id $ID, name $TEXT NOT NULL, mother $INT REFERENCES person (id), photo $BYTES, born $TEXT);\n"
	 "CREATE TABLE pet (id $ID, owner $INT NOT NULL REFERENCES person (id), chief $INT);\n"
	 "INSERT INTO pet (id, owner, chief) SELECT 1, 1, 1 WHERE 1 = 0;\n"},
};

static Db *open_family(const char *where) {
	Db *db;
	Str why = {0};
	MUST(db_open(t_arena, where, (DbOptions){.create = true}, &db, &why));
	MUST(db_migrate(t_arena, db, family, LEN(family), &why, NULL));
	return db;
}

static const Sql add_person = {"test_add_person", "INSERT INTO person (id, name, mother, photo, born) VALUES ($1, $2, $3, $4, $5)", NULL};
static const Sql add_pet = {"test_add_pet", "INSERT INTO pet (id, owner, chief) VALUES ($1, $2, $3)", NULL};

static void given_family(Db *db) {
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(db_run(c, &add_person, P(V((i64)1), V(S("Eva")), V((i64)1), db_value_null(), db_value_null()), NULL));
	MUST(db_commit(c));
}

typedef struct Pour { Load *load; const DumpTable *table; } Pour;

static Err pour_row(void *arg, Rows *row, const DumpTable *table) {
	Pour   *p = arg;
	DbValue values[8];
	for (size_t i = 0; i < table->column_count; i++) {
		int n = (int)i;
		values[i] = col_null(row, n) ? db_value_null() : table->columns[i].type == DB_INT ? db_value_int(col_int(row, n))
		            : table->columns[i].type == DB_TEXT ? db_value_text(col_text(row, n)) : db_value_bytes(col_bytes(row, n));
	}
	return db_load_row(p->load, values);
}

static Err pour(Db *from, Db *to, i64 *rows) {
	Dump *d;
	Load *l = NULL;
	MUST(db_dump_begin(t_arena, from, &d));
	DumpTables *tables = db_dump_tables(d);
	Err e = db_load_begin(t_arena, to, &l);
	*rows = 0;
	for (size_t i = 0; i < tables->len && e == OK; i++) {
		e = db_load_table(l, &tables->at[i]);
		if (e == OK)
			e = db_dump_rows(d, &tables->at[i], pour_row, &(Pour){l, &tables->at[i]});
		*rows += tables->at[i].rows;
	}
	if (e == OK)
		e = db_load_commit(l);
	db_load_drop(l);
	db_dump_end(d);
	return e;
}

static Str content(Db *db) {
	Buf   b = {0};
	Conn *c = db_reader(db);
	static const Sql all = {"test_persons", "SELECT id, name, mother, photo, born FROM person ORDER BY id", NULL};
	MUST(db_read_begin(c));
	Rows rows = db_query(c, &all, DB_NONE);
	while (rows_next(&rows)) {
		buf_format(&b, "%lld|", (long long)col_int(&rows, 0));
		buf_str(&b, col_text(&rows, 1));
		buf_format(&b, "|%lld|%d|%d|", (long long)col_int(&rows, 2), col_null(&rows, 3), col_null(&rows, 4));
		buf_str(&b, col_bytes(&rows, 3));
		buf_str(&b, col_text(&rows, 4));
		buf_char(&b, '\n');
	}
	MUST(rows_end(&rows));
	db_read_end(c);
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

static void remove_store(void *name) {
	unlink(name);
	unlink(str_z(t_arena, str_format(t_arena, "%s-wal", (char *)name)));
	unlink(str_z(t_arena, str_format(t_arena, "%s-shm", (char *)name)));
}

static const char *new_file(void) {
	char *name = str_z(t_arena, S("/tmp/sitovka-dump-XXXXXX"));
	int   fd = mkstemp(name);
	EXPECT(fd >= 0);
	close(fd);
	arena_defer(t_arena, remove_store, name);
	return name;
}

TEST("dump: rows that refer to later ones, to themselves and to nothing arrive whole, on this engine and on the other") {
	Db *from = open_family(test_store_new(false)), *same = open_family(test_store_new(false)), *other = open_family(new_file());
	i64 rows;
	given_family(from);
	Conn *c;
	MUST(db_write_begin(from, &c));
	for (i64 i = 2; i <= 777; i++)
		MUST(db_run(c, &add_person, P(V(i), V(i == 3 ? S("Řehoř \"x\" 🦊\ns koncem řádku") : S("")), V(i - 1),
		                              i % 2 ? db_value_bytes(str_of("\0\1\xFF", 3)) : db_value_null(), i % 3 ? V(D(2020, 2, 29)) : db_value_null()), NULL));
	static const Sql turn = {"test_turn", "UPDATE person SET mother = 777 WHERE id < 500", NULL};
	MUST(db_run(c, &turn, DB_NONE, NULL));
	MUST(db_run(c, &add_pet, P(V((i64)5), V((i64)777), db_value_null()), NULL));
	MUST(db_commit(c));
	MUST(pour(from, same, &rows));
	EXPECT(rows >= 778);
	EQ_STR(content(same), content(from));
	MUST(pour(same, other, &rows));
	EQ_STR(content(other), content(from));
	/* loading again replaces, and references are watched as before */
	MUST(pour(from, same, &rows));
	EQ_STR(content(same), content(from));
	MUST(db_write_begin(same, &c));
	EQ_INT(db_run(c, &add_pet, P(V((i64)6), V((i64)9999), db_value_null()), NULL), ERR_CONFLICT);
	db_rollback(c);
	db_close(from);
	db_close(same);
	db_close(other);
}

TEST("dump: a reference that leads nowhere is found when the load ends, and nothing is changed") {
	Db   *db = open_family(test_store_new(false));
	Load *l;
	given_family(db);
	Str       before = content(db);
	DumpColumn columns[] = {{S("id"), DB_INT}, {S("owner"), DB_INT}};
	DumpTable pet = {.name = S("pet"), .columns = columns, .column_count = 2};
	MUST(db_load_begin(t_arena, db, &l));
	MUST(db_load_table(l, &pet));
	MUST(db_load_row(l, (DbValue[]){V((i64)1), V((i64)4242)}));
	EXPECT(db_load_commit(l) != OK);
	db_load_drop(l);
	EQ_STR(content(db), before);
	db_close(db);
}

TEST("dump: a table or column that the store does not know is refused") {
	Db   *db = open_family(test_store_new(false));
	Load *l;
	DumpColumn wrong[] = {{S("id"), DB_INT}, {S("colour"), DB_TEXT}}, other_type[] = {{S("id"), DB_TEXT}};
	MUST(db_load_begin(t_arena, db, &l));
	EQ_INT(db_load_table(l, &(DumpTable){.name = S("pet"), .columns = wrong, .column_count = 2}), ERR_NOT_FOUND);
	EQ_INT(db_load_table(l, &(DumpTable){.name = S("pet"), .columns = other_type, .column_count = 1}), ERR_NOT_FOUND);
	EQ_INT(db_load_table(l, &(DumpTable){.name = S("car"), .columns = wrong, .column_count = 1}), ERR_NOT_FOUND);
	db_load_drop(l);
	db_close(db);
}

TEST("dump: it shows one moment, whatever is written meanwhile") {
	Db   *from = open_family(test_store_new(false)), *to = open_family(test_store_new(false));
	Dump *d;
	Load *l;
	given_family(from);
	MUST(db_dump_begin(t_arena, from, &d));
	Str   before = content(from);
	Conn *c;
	MUST(db_write_begin(from, &c));
	MUST(db_run(c, &add_person, P(V((i64)50), V(S("pozdě")), db_value_null(), db_value_null(), db_value_null()), NULL));
	MUST(db_commit(c));
	MUST(db_load_begin(t_arena, to, &l));
	DumpTables *tables = db_dump_tables(d);
	for (size_t i = 0; i < tables->len; i++) {
		MUST(db_load_table(l, &tables->at[i]));
		MUST(db_dump_rows(d, &tables->at[i], pour_row, &(Pour){l, &tables->at[i]}));
	}
	MUST(db_load_commit(l));
	db_dump_end(d);
	EQ_STR(content(to), before);
	db_close(from);
	db_close(to);
}
