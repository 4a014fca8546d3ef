/* db.c: stores, connections and transactions; statements go on to the engine. */
#include "db/engine.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/db.sql.h"

struct Db {
	const EngineOps *ops;
	char            *where;
	DbOptions        options;
	u64              serial;                   /* unlike the address, never used twice */
	pthread_mutex_t  mutex;                    /* guards the list of readers */
	Conn            *readers;
	Turn             turn;                     /* to write */
	Conn            *writer;
};

/* The reader that this thread used last. */
static _Thread_local struct {
	u64   serial;
	Conn *conn;
} mine;

const char *db_where(const Db *db) {
	return db->where;
}

const DbOptions *db_options(const Db *db) {
	return &db->options;
}

int db_busy_ms(const Db *db) {
	return db->options.busy_ms > 0 ? db->options.busy_ms : BUSY_MS;
}

Engine db_engine(const Db *db) {
	return db->ops->engine;
}

Engine db_conn_engine(const Conn *c) {
	return c->ops->engine;
}

bool db_is_writer(const Conn *c) {
	return c->role == ROLE_WRITER && c->in_tx;
}

Str db_last_error(const Conn *c) {
	return str_c(c->error);
}

/* ---- errors ---- */

Err conn_error(Conn *c, const Sql *sql, Err e, const char *text) {
	snprintf(c->error, sizeof c->error, "%s: %s", sql ? sql->name : "store", text);
	for (size_t n = strlen(c->error); n && (c->error[n - 1] == '\n' || c->error[n - 1] == ' '); n--)
		c->error[n - 1] = '\0';
	return e;
}

void conn_why(Conn *c, const char *format, ...) {
	va_list ap;
	va_start(ap, format);
	vsnprintf(c->why, sizeof c->why, format, ap);
	va_end(ap);
}

/* PostgreSQL ends a transaction with its first error, SQLite would go on: nothing goes on here. */
static Err note(Conn *c, Err e) {
	if (e != OK && c && c->in_tx && c->dead == OK)
		c->dead = e;
	return e;
}

static Err may_run(Conn *c) {
	if (!c)                                    /* db_reader could not reach the store */
		return ERR_BUSY;
	CHECK(!c->streaming);
	return c->in_tx ? c->dead : OK;
}

/* Readers that were left for want of memory never came to rows_end. */
static void abandon_all(Conn *c) {
	while (c->open_count > 0)
		c->ops->abandon(c, c->open[--c->open_count]);
	c->streaming = false;
}

static void close_rows(Conn *c, const void *stmt) {
	for (int i = c->open_count; i-- > 0;)
		if (c->open[i] == stmt) {
			c->open[i] = c->open[--c->open_count];
			return;
		}
}

/* ---- connections ---- */

static Conn *conn_new(Db *db, Role role) {
	Conn *c = calloc(1, sizeof *c);
	CHECK(c != NULL);
	c->db = db;
	c->ops = db->ops;
	c->role = role;
	c->owner = pthread_self();
	return c;
}

static void conn_free(Conn *c) {
	if (!c)
		return;
	c->ops->close(c);
	free(c);
}

Conn *db_care_open(Db *db) {
	Conn *c = conn_new(db, ROLE_CARE);
	if (db->ops->open(c) == OK)
		return c;
	conn_free(c);
	return NULL;
}

void db_care_close(Conn *c) {
	conn_free(c);
}

static void db_free(Db *db) {
	for (Conn *c = db->readers; c;) {
		Conn *next = c->next;
		conn_free(c);
		c = next;
	}
	conn_free(db->writer);                     /* last: it moves the log into the file */
	turn_free(&db->turn);
	pthread_mutex_destroy(&db->mutex);
	free(db->where);
	free(db);
}

Err db_open(Arena *a, const char *where, DbOptions options, Db **ret, Str *why) {
	static atomic_ullong serials;
	bool postgres = str_starts(str_c(where), S("postgresql://")) || str_starts(str_c(where), S("postgres://"));
	Db *db = calloc(1, sizeof *db);
	CHECK(db != NULL);
	db->ops = postgres ? &postgres_engine : &sqlite_engine;
	db->where = strdup(where);
	CHECK(db->where != NULL);
	db->options = options;
	db->serial = atomic_fetch_add(&serials, 1) + 1;
	pthread_mutex_init(&db->mutex, NULL);
	turn_init(&db->turn);

	db->writer = conn_new(db, ROLE_WRITER);
	Err e = db->ops->open(db->writer);
	if (e != OK) {
		*why = str_dup(a, str_c(db->writer->why));
		db_free(db);
		return e;
	}
	*ret = db;
	return OK;
}

static void (*forgetters[16])(Db *);
static size_t forgetter_count;

void db_at_close(void (*forget)(Db *)) {
	for (size_t i = 0; i < forgetter_count; i++)
		if (forgetters[i] == forget)
			return;
	CHECK(forgetter_count < LEN(forgetters));
	forgetters[forgetter_count++] = forget;
}

void db_close(Db *db) {
	if (!db)
		return;
	if (turn_is_mine(&db->turn))
		db_rollback(db->writer);
	CHECK(!db->turn.taken);                    /* no other thread may be writing */
	for (size_t i = 0; i < forgetter_count; i++)
		forgetters[i](db);
	if (mine.serial == db->serial)
		mine.serial = 0;
	db_free(db);
}

static Conn **find_reader(Db *db) {
	Conn **at = &db->readers;
	while (*at && !pthread_equal((*at)->owner, pthread_self()))
		at = &(*at)->next;
	return at;
}

static Conn *add_reader(Db *db) {
	Conn *c = conn_new(db, ROLE_READER);
	if (db->ops->open(c) != OK) {
		conn_free(c);
		return NULL;
	}
	pthread_mutex_lock(&db->mutex);
	c->next = db->readers;
	db->readers = c;
	pthread_mutex_unlock(&db->mutex);
	return c;
}

Conn *db_reader(Db *db) {
	if (mine.serial != db->serial) {
		pthread_mutex_lock(&db->mutex);
		Conn *c = *find_reader(db);
		pthread_mutex_unlock(&db->mutex);
		if (!c)
			c = add_reader(db);
		if (!c)
			return NULL;
		mine.serial = db->serial;
		mine.conn = c;
	}
	return mine.conn->in_tx || mine.conn->ops->alive(mine.conn) ? mine.conn : NULL;
}

void db_thread_end(Db *db) {
	pthread_mutex_lock(&db->mutex);
	Conn **at = find_reader(db), *c = *at;
	if (c)
		*at = c->next;
	pthread_mutex_unlock(&db->mutex);
	conn_free(c);
	if (mine.serial == db->serial)
		mine.serial = 0;
}

/* ---- transactions ---- */

static Err begin(Conn *c, Begin kind) {
	CHECK(!c->in_tx);
	c->migrating = kind == BEGIN_MIGRATION;
	c->dead = OK;
	c->ahead = false;
	c->next_id = c->first_id = 0;
	TRY(c->ops->begin(c, kind));
	c->in_tx = true;
	return OK;
}

Err db_read_begin(Conn *c) {
	if (!c)
		return ERR_BUSY;
	CHECK(c->role != ROLE_WRITER);
	return begin(c, BEGIN_READ);
}

void db_read_end(Conn *c) {
	if (!c || !c->in_tx)
		return;
	abandon_all(c);
	c->ops->rollback(c);                       /* nothing was written */
	c->in_tx = false;
}

static Err take_writer(Db *db, Begin kind, Conn **ret) {
	CHECK(!turn_is_mine(&db->turn));
	if (!turn_take(&db->turn, db_busy_ms(db)))
		return ERR_BUSY;
	Err e = begin(db->writer, kind);
	if (e != OK) {
		turn_give(&db->turn);
		return e;
	}
	*ret = db->writer;
	return OK;
}

Err db_write_begin(Db *db, Conn **ret) {
	return take_writer(db, BEGIN_WRITE, ret);
}

Err db_migration_begin(Db *db, Conn **ret) {
	return take_writer(db, BEGIN_MIGRATION, ret);
}

void db_write_ahead(Conn *c) {
	CHECK(db_is_writer(c) && turn_is_mine(&c->db->turn));
	c->ahead = true;
}

static void end_writing(Conn *c) {
	c->in_tx = false;
	turn_give(&c->db->turn);
}

Err db_commit(Conn *c) {
	CHECK(db_is_writer(c) && turn_is_mine(&c->db->turn));
	Err e = may_run(c);
	if (e == OK && c->next_id != c->first_id)
		e = c->ops->run(c, &sql_db_id_write, P(V(c->next_id)), NULL);
	if (e == OK)
		e = c->ops->commit(c);
	if (e != OK)
		c->ops->rollback(c);
	end_writing(c);
	return e;
}

void db_rollback(Conn *c) {
	CHECK(db_is_writer(c) && turn_is_mine(&c->db->turn));
	abandon_all(c);
	c->ops->rollback(c);
	end_writing(c);
}

/* The writer's lock is held until commit, so the counter is read once, counted on here, and written back once. */
Err db_new_id(Conn *c, Id *ret) {
	CHECK(db_is_writer(c));
	if (c->next_id == 0) {
		TRY(db_get_int(c, &sql_db_id_read, DB_NONE, 0, &c->first_id));
		CHECK(c->first_id > 0);
		c->next_id = c->first_id;
	}
	*ret = c->next_id++;
	return OK;
}

/* ---- statements ---- */

static Rows start(Conn *c, const Sql *sql, const DbValue *values, int count, bool streaming) {
	Rows r = {.conn = c, .row = -1};
	r.err = may_run(c);
	if (r.err != OK)
		return r;
	c->streaming = r.streaming = streaming;
	c->ops->query(&r, sql, values, count);
	if (r.stmt) {
		CHECK(c->open_count < (int)LEN(c->open));
		c->open[c->open_count++] = r.stmt;
	}
	CHECK(r.err != OK || r.columns > 0);       /* what gives no rows belongs to db_run */
	return r;
}

Rows db_query(Conn *c, const Sql *sql, const DbValue *values, int count) {
	return start(c, sql, values, count, false);
}

Rows db_stream(Conn *c, const Sql *sql, const DbValue *values, int count) {
	CHECK(!c || c->in_tx);
	return start(c, sql, values, count, true);
}

bool rows_next(Rows *r) {
	if (r->err != OK || r->columns == 0)
		return false;
	r->row++;
	if (r->conn->ops->next(r))
		return true;
	r->columns = 0;                            /* over: no step may start it again */
	return false;
}

Err rows_end(Rows *r) {
	if (r->stmt)
		close_rows(r->conn, r->stmt);
	if (r->stmt || r->result)
		r->conn->ops->end(r);
	r->stmt = r->result = NULL;
	r->columns = 0;
	if (r->streaming)
		r->conn->streaming = false;
	return note(r->conn, r->err);
}

static void at_row(const Rows *r, int column) {
	CHECK(r->row >= 0 && column >= 0 && column < r->columns);
}

bool col_null(Rows *r, int column) {
	at_row(r, column);
	return r->conn->ops->is_null(r, column);
}

i64 col_int(Rows *r, int column) {
	at_row(r, column);
	return r->conn->ops->get_int(r, column);
}

Str col_text(Rows *r, int column) {
	at_row(r, column);
	return r->conn->ops->get_text(r, column);
}

Str col_bytes(Rows *r, int column) {
	at_row(r, column);
	return r->conn->ops->get_bytes(r, column);
}

Err db_run(Conn *c, const Sql *sql, const DbValue *values, int count, i64 *changed) {
	TRY(may_run(c));
	return note(c, c->ops->run(c, sql, values, count, changed));
}

Err db_get_int(Conn *c, const Sql *sql, const DbValue *values, int count, i64 missing, i64 *ret) {
	Rows r = db_query(c, sql, values, count);
	i64 n = rows_next(&r) ? col_int(&r, 0) : BLANK;
	TRY(rows_end(&r));
	*ret = n == BLANK ? missing : n;
	return OK;
}

Err db_prepare(Conn *c, const Sql *sql) {
	TRY(may_run(c));
	return note(c, c->ops->prepare(c, sql));
}

Err db_script(Conn *c, const char *text) {
	TRY(may_run(c));
	return note(c, c->ops->script(c, text));
}

/* ---- care ---- */

Err db_backup_to(Db *db, const char *file) {
	if (!db->ops->backup)
		return ERR_TYPE;
	Conn *c = db_care_open(db);
	if (!c)
		return ERR_STORAGE;
	Err e = db->ops->backup(c, file);
	db_care_close(c);
	return e;
}

Err db_check_integrity(Arena *a, Db *db, Str *report) {
	*report = (Str){0};
	Conn *c = db_care_open(db);
	if (!c)
		return ERR_BUSY;
	Err e = db->ops->check(c, a, report);
	db_care_close(c);
	return e;
}

void db_optimize(Db *db) {
	if (!turn_take(&db->turn, db_busy_ms(db)))
		return;                                /* somebody writes for long; tomorrow again */
	Conn *c = db_care_open(db);
	if (c)
		db->ops->optimize(c);
	db_care_close(c);
	turn_give(&db->turn);
}
