/* dump.c: whole stores out and in. The catalogue is asked in each engine's own words; everything else is the same. */
#include "db/dump.h"

#include <stdio.h>

#include "base/log.h"
#include "db/engine.h"

static const Sql sql_tables = {"dump_tables",
	"SELECT t.name, x.name, x.type FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS x "
	"WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name <> 'schema_migration' AND x.hidden = 0 "
	"ORDER BY t.name, x.cid",
	"SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, NULL) FROM pg_class AS c "
	"JOIN pg_attribute AS a ON a.attrelid = c.oid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r' "
	"AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND c.relname <> 'schema_migration' ORDER BY c.relname, a.attnum"};

/* ---- the catalogue ---- */

static bool type_named(Str name, DbType *ret) {
	static const struct { const char *name; DbType type; } known[] = {
		{"INTEGER", DB_INT}, {"TEXT", DB_TEXT}, {"BLOB", DB_BYTES}, {"bigint", DB_INT}, {"text", DB_TEXT}, {"bytea", DB_BYTES},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(str_c(known[i].name), name)) {
			*ret = known[i].type;
			return true;
		}
	return false;
}

static Err read_tables(Arena *a, Conn *c, DumpTables *ret) {
	Err  e = OK;
	Rows rows = db_query(c, &sql_tables, DB_NONE);
	while (e == OK && rows_next(&rows)) {
		Str        name = col_text(&rows, 0);
		DumpTable *t = ret->len ? &ret->at[ret->len - 1] : NULL;
		if (!t || !str_eq(t->name, name)) {
			t = ARENA_PUSH(a, ret->at, ret->len, ret->cap);
			*t = (DumpTable){.name = str_dup(a, name)};
		}
		DumpColumn *x = ARENA_PUSH(a, t->columns, t->column_count, t->cap);
		*x = (DumpColumn){.name = str_dup(a, col_text(&rows, 1))};
		if (!type_named(col_text(&rows, 2), &x->type))
			e = conn_error(c, &sql_tables, ERR_TYPE, "a column has a type that a dump does not know");
	}
	TRY(rows_end(&rows));
	return e;
}

/* Names come from the catalogue of our own schema: letters, digits and underscores. */
static void put_name(Buf *b, Str name) {
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		CHECK((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
	}
	buf_str(b, name);
}

static void put_columns(Buf *b, const DumpTable *t) {
	for (size_t i = 0; i < t->column_count; i++) {
		if (i)
			buf_lit(b, ", ");
		put_name(b, t->columns[i].name);
	}
}

/* Lives in the arena: a connection keeps prepared statements by their address. */
static const Sql *statement(Arena *a, Str table, Buf *b) {
	buf_char(b, '\0');
	Sql *s = NEW(a, Sql, .name = str_z(a, str_cat(a, S("dump_"), table)), .text = str_dup(a, buf_view(b)).ptr);
	buf_free(b);
	return s;
}

/* ---- out ---- */

struct Dump {
	Arena     *arena;
	Conn      *conn;
	DumpTables tables;
};

Err db_dump_begin(Arena *a, Db *db, Dump **ret) {
	Conn *c = db_care_open(db);
	if (!c)
		return ERR_BUSY;
	Dump *d = NEW(a, Dump, .arena = a, .conn = c);
	Err   e = db_read_begin(c);
	if (e == OK)
		e = read_tables(a, c, &d->tables);
	if (e != OK) {
		log_line(LOGS_ERROR, "dump", 0, "%.*s", STR_ARG(db_last_error(c)));
		db_dump_end(d);
		return e;
	}
	*ret = d;
	return OK;
}

DumpTables *db_dump_tables(Dump *d) {
	return &d->tables;
}

Conn *db_dump_conn(Dump *d) {
	return d->conn;
}

Err db_dump_rows(Dump *d, DumpTable *table, Err (*row)(void *arg, Rows *row, const DumpTable *table), void *arg) {
	CLEANUP(buf_free) Buf b = {0};
	Err e = OK;
	buf_lit(&b, "SELECT ");
	put_columns(&b, table);
	buf_lit(&b, " FROM ");
	put_name(&b, table->name);
	table->rows = 0;
	Rows rows = db_stream(d->conn, statement(d->arena, table->name, &b), DB_NONE);
	while (e == OK && rows_next(&rows)) {
		table->rows++;
		e = row(arg, &rows, table);
	}
	Err read = rows_end(&rows);
	if (read != OK)
		log_line(LOGS_ERROR, "dump", 0, "%.*s", STR_ARG(db_last_error(d->conn)));
	return e != OK ? e : read;
}

Err db_dump_count(Dump *d, const DumpTable *table, i64 *ret) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "SELECT COUNT(*) FROM ");
	put_name(&b, table->name);
	return db_get_int(d->conn, statement(d->arena, table->name, &b), DB_NONE, 0, ret);
}

void db_dump_end(Dump *d) {
	if (d->conn) {
		db_read_end(d->conn);
		db_care_close(d->conn);
	}
	d->conn = NULL;
}

/* ---- in ---- */

enum { BATCH_MAX = 100 };

struct Load {
	Arena     *arena;
	Conn      *conn;
	DumpTables tables;                       /* of the store */
	const Sql *one, *many;
	size_t     columns, batch, held;         /* values wait until `batch` rows are together */
	Arena      texts;                        /* of the rows that wait */
	DbValue    values[PARAMS_MAX];
	char       error[DB_ERROR_TEXT];
};

/* References are looked at when everything is there: on SQLite by the migration's transaction, on PostgreSQL like this. */
#define ALTER_REFERENCES(how) \
	"DO $$ DECLARE r record; BEGIN FOR r IN SELECT CAST(conrelid AS regclass) AS t, conname FROM pg_constraint WHERE contype = 'f' " \
	"AND connamespace = CAST(current_schema() AS regnamespace) LOOP " \
	"EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I " how "', r.t, r.conname); END LOOP; END $$"

static Err failed(Load *l, Err e) {
	if (e != OK && l->conn && !l->error[0])
		snprintf(l->error, sizeof l->error, "%.*s", STR_ARG(db_last_error(l->conn)));
	return e;
}

static Err empty_tables(Load *l) {
	for (size_t i = 0; i < l->tables.len; i++) {
		CLEANUP(buf_free) Buf b = {0};
		buf_lit(&b, "DELETE FROM ");
		put_name(&b, l->tables.at[i].name);
		TRY(db_run(l->conn, statement(l->arena, l->tables.at[i].name, &b), DB_NONE, NULL));
	}
	return OK;
}

Err db_load_begin(Arena *a, Db *db, Load **ret) {
	Load *l = NEW_ZERO(a, Load);
	l->arena = a;
	*ret = l;
	TRY(db_migration_begin(db, &l->conn));
	Err e = db_engine(db) == ENGINE_POSTGRES ? db_script(l->conn, ALTER_REFERENCES("DEFERRABLE INITIALLY DEFERRED")) : OK;
	if (e == OK)
		e = read_tables(a, l->conn, &l->tables);
	if (e == OK)
		e = empty_tables(l);
	return failed(l, e);
}

static const DumpTable *table_named(const Load *l, Str name) {
	for (size_t i = 0; i < l->tables.len; i++)
		if (str_eq(l->tables.at[i].name, name))
			return &l->tables.at[i];
	return NULL;
}

static bool has_column(const DumpTable *t, const DumpColumn *x) {
	for (size_t i = 0; i < t->column_count; i++)
		if (str_eq(t->columns[i].name, x->name))
			return t->columns[i].type == x->type;
	return false;
}

static const Sql *insert(Load *l, const DumpTable *t, size_t rows) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "INSERT INTO ");
	put_name(&b, t->name);
	buf_lit(&b, " (");
	put_columns(&b, t);
	buf_lit(&b, ") VALUES ");
	for (size_t i = 0; i < rows; i++) {
		buf_str(&b, i ? S(", (") : S("("));
		for (size_t k = 0; k < t->column_count; k++)
			buf_format(&b, "%s$%zu", k ? ", " : "", i * t->column_count + k + 1);
		buf_char(&b, ')');
	}
	return statement(l->arena, t->name, &b);
}

static Err flush(Load *l) {
	Err e = OK;
	if (l->held && l->held == l->batch)
		e = db_run(l->conn, l->many, l->values, (int)(l->held * l->columns), NULL);
	else
		for (size_t i = 0; i < l->held && e == OK; i++)
			e = db_run(l->conn, l->one, l->values + i * l->columns, (int)l->columns, NULL);
	l->held = 0;
	arena_reset(&l->texts);
	return failed(l, e);
}

Err db_load_table(Load *l, const DumpTable *table) {
	const DumpTable *ours = table_named(l, table->name);
	TRY(flush(l));
	if (!ours || table->column_count == 0 || table->column_count > PARAMS_MAX)
		return ERR_NOT_FOUND;
	for (size_t i = 0; i < table->column_count; i++)
		if (!has_column(ours, &table->columns[i]))
			return ERR_NOT_FOUND;
	l->columns = table->column_count;
	l->batch = PARAMS_MAX / l->columns < BATCH_MAX ? PARAMS_MAX / l->columns : BATCH_MAX;
	l->one = insert(l, table, 1);
	l->many = insert(l, table, l->batch);
	return OK;
}

Err db_load_row(Load *l, const DbValue *values) {
	for (size_t i = 0; i < l->columns; i++) {
		DbValue *v = &l->values[l->held * l->columns + i];
		*v = values[i];
		if (v->type == DB_TEXT || v->type == DB_BYTES)
			v->s = str_dup(&l->texts, v->s);
	}
	l->held++;
	return l->held == l->batch ? flush(l) : OK;
}

Err db_load_commit(Load *l) {
	TRY(flush(l));
	if (db_conn_engine(l->conn) == ENGINE_POSTGRES)
		TRY(failed(l, db_script(l->conn, "SET CONSTRAINTS ALL IMMEDIATE;" ALTER_REFERENCES("NOT DEFERRABLE"))));
	if (l->conn->ops->reindex)
		TRY(failed(l, l->conn->ops->reindex(l->conn)));
	Conn *c = l->conn;
	l->conn = NULL;
	arena_free(&l->texts);
	Err e = db_commit(c);
	if (e != OK)
		snprintf(l->error, sizeof l->error, "%.*s", STR_ARG(db_last_error(c)));
	return e;
}

void db_load_drop(Load *l) {
	if (l->conn)
		db_rollback(l->conn);
	l->conn = NULL;
	arena_free(&l->texts);
}

Str db_load_error(const Load *l) {
	return str_c(l->error);
}
