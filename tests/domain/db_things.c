#include "tests/domain/db.h"

const Migration thing_migrations[1] = {{"test", 1, "things",
	"CREATE TABLE thing (\n"
	"	id      $ID,\n"
	"	name    $TEXT NOT NULL UNIQUE,\n"
	"	amount  $INT CHECK (amount >= 0),\n"
	"	day     $TEXT,\n"
	"	at      $TEXT,\n"
	"	is_open $INT NOT NULL DEFAULT 0 CHECK (is_open IN (0, 1)),\n"
	"	body    $BYTES\n"
	");\n"
	"CREATE TABLE part (\n"
	"	id       $ID,\n"
	"	thing_id $INT NOT NULL REFERENCES thing (id),\n"
	"	note     $TEXT\n"
	");\n"}};

const Sql count_things = {"test_count_things", "SELECT COUNT(*) FROM thing", NULL};
const Sql sum_things = {"test_sum_things", "SELECT CAST(SUM(amount) AS BIGINT) FROM thing", NULL};
const Sql insert_thing = {"test_insert_thing", "INSERT INTO thing (id, name, amount) VALUES ($1, $2, $3)", NULL};

const char *given_things_where(void) {
	const char *where = test_store_new(false);
	Db *db;
	Str why = {0};
	MUST(db_open(t_arena, where, (DbOptions){.create = true}, &db, &why));
	Err e = db_migrate(t_arena, db, thing_migrations, LEN(thing_migrations), &why, NULL);
	db_close(db);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
	return where;
}

Db *given_things(void) {
	return test_store_open(given_things_where(), (DbOptions){.busy_ms = 2000});
}

Err add_thing(Conn *c, Id id, const char *name, i64 amount) {
	return db_run(c, &insert_thing, P(V(id), V(str_c(name)), V(amount)), NULL);
}

i64 asked_int(Db *db, const Sql *sql) {
	Conn *c = db_reader(db);
	i64 n = BLANK;
	MUST(db_read_begin(c));
	Err e = db_get_int(c, sql, DB_NONE, BLANK, &n);
	db_read_end(c);
	MUST(e);
	return n;
}
