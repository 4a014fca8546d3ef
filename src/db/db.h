/* db.h: the store. SQLite and PostgreSQL behind one interface; no caller knows which one is there.
 *
 * Statements are named (`Sql`, embedded from .sql files at build; core/store.c makes a few more from entity tables) and
 * prepared once per connection. Parameters are $1, $2 …, given in this order. Text compares bytewise on both engines.
 *
 * Connections: a thread reads through its own connection (db_reader). Reading happens inside a read transaction, so that all
 * queries of a page see one moment. There is one writer at a time on both engines: db_write_begin waits for it (5 s, then
 * ERR_BUSY). A connection is used by the thread that got it only. */
#pragma once
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/money.h"

typedef struct Db   Db;                       /* a store */
typedef struct Conn Conn;                     /* a connection */

typedef enum Engine { ENGINE_SQLITE, ENGINE_POSTGRES } Engine;

/* A statement. `name` is unique in the program and says where a slow or failing statement lives. A statement that needs
 * two texts has the second one in `postgres`, else NULL. */
typedef struct Sql {
	const char *name;
	const char *text;
	const char *postgres;
	bool        once;                     /* not kept prepared: its text may never come again, and it lives no longer than its rows */
} Sql;

/* ---- values ---- */

typedef enum DbType { DB_NULL, DB_INT, DB_TEXT, DB_BYTES } DbType;
typedef struct DbValue {
	DbType type;
	i64    i;
	Str    s;
	char   iso[INSTANT_ISO_LEN];          /* text of a date or an instant: the value owns it */
	u8     iso_len;
} DbValue;

DbValue db_value_int(i64 n);                  /* BLANK is NULL */
DbValue db_value_text(Str s);                 /* empty stays empty */
DbValue db_value_bytes(Str s);
DbValue db_value_date(Date d);                /* none is NULL */
DbValue db_value_instant(Instant t);
DbValue db_value_null(void);
static inline DbValue db_value_same(DbValue v) { return v; }
static inline DbValue db_value_money(Money m) { return db_value_int(m.halere); }
static inline DbValue db_value_fte(Fte f) { return db_value_int(f.hundredths); }
static inline DbValue db_value_percent(Percent p) { return db_value_int(p.basis_points); }
static inline DbValue db_value_bool(bool b) { return db_value_int(b ? 1 : 0); }
static inline DbValue db_value_i32(int n) { return db_value_int(n); }

#define V(x) \
	_Generic((x), i64: db_value_int, int: db_value_i32, bool: db_value_bool, Str: db_value_text, Date: db_value_date, \
		Instant: db_value_instant, Money: db_value_money, Fte: db_value_fte, Percent: db_value_percent, \
		DbValue: db_value_same)(x)
#define DB_NONE ((const DbValue *)0), 0
#define P(...) ((const DbValue[]){__VA_ARGS__}), (int)(sizeof((DbValue[]){__VA_ARGS__}) / sizeof(DbValue))

/* ---- opening ---- */

typedef struct DbOptions {
	bool        create;                   /* make the file when it is missing */
	bool        maintenance;              /* allows VACUUM INTO and integrity checks */
	int         busy_ms;                  /* wait for the writer; 0 = 5 000 */
} DbOptions;

/* `where` is a file path or postgresql://… . On an error *why is a Czech sentence in `a`. */
MUST_USE Err db_open(Arena *a, const char *where, DbOptions options, Db **ret, Str *why);
void         db_close(Db *db);
/* Whoever keeps something in memory per store is told before a store closes. Once per function, at start. */
void         db_at_close(void (*forget)(Db *db));
Engine       db_engine(const Db *db);

/* ---- transactions ---- */

/* This thread's reading connection, opened on first use and kept; NULL when the store cannot be reached. */
Conn        *db_reader(Db *db);
MUST_USE Err db_read_begin(Conn *c);
void         db_read_end(Conn *c);
/* Take the one writer. All statements until commit or rollback go through the returned connection. */
MUST_USE Err db_write_begin(Db *db, Conn **ret);
/* From here to the end of this write transaction, db_run without *changed need not wait for the store's word: on PostgreSQL one statement goes out
 * behind the other, and the error of one is that of a later call, db_commit at the latest. For long imports, where any error ends all. */
void         db_write_ahead(Conn *c);
MUST_USE Err db_commit(Conn *c);              /* durable when it returns OK; otherwise nothing happened */
void         db_rollback(Conn *c);
bool         db_is_writer(const Conn *c);
Engine       db_conn_engine(const Conn *c);
/* Threads that end give their reader back. */
void         db_thread_end(Db *db);

/* ---- statements ---- */

typedef struct Rows {
	Conn *conn;
	void *stmt;                           /* of the engine */
	void *result;
	int   row, columns;
	Err   err;
	bool  streaming;                      /* rows are fetched as they are read, memory stays flat */
} Rows;

/* Run a statement that gives rows. Rows are read with rows_next; a loop ends with rows_end, which returns the error, if any, of
 * any step. Texts are valid until the next rows_next. Leaving a loop early: rows_end as well.
 *     Rows rows = db_query(conn, &sql_district_list, P(V(region)));
 *     while (rows_next(&rows))
 *         add(str_dup(a, col_text(&rows, 1)));
 *     TRY(rows_end(&rows)); */
Rows         db_query(Conn *c, const Sql *sql, const DbValue *values, int count);
/* The same for results of any size: nothing else may run on this connection until rows_end. */
Rows         db_stream(Conn *c, const Sql *sql, const DbValue *values, int count);
bool         rows_next(Rows *r);
MUST_USE Err rows_end(Rows *r);
bool         col_null(Rows *r, int column);
i64          col_int(Rows *r, int column);    /* NULL gives BLANK */
bool         col_bool(Rows *r, int column);
Str          col_text(Rows *r, int column);   /* NULL gives {0} */
Str          col_bytes(Rows *r, int column);
Date         col_date(Rows *r, int column);
Instant      col_instant(Rows *r, int column);

/* Run a statement without rows; *changed (may be NULL) gets the number of rows touched. ERR_CONFLICT when a unique, foreign-key or
 * check constraint refused it, ERR_STORAGE when the disk did, ERR_BUSY when the time limit did. */
MUST_USE Err db_run(Conn *c, const Sql *sql, const DbValue *values, int count, i64 *changed);
/* One integer of one row; `missing` when there is no row or the value is NULL. */
MUST_USE Err db_get_int(Conn *c, const Sql *sql, const DbValue *values, int count, i64 missing, i64 *ret);
/* A new id from the counter row; inside a write transaction only. Blocks of ids are taken at once, unused ones are given back
 * at commit: ids are in order of writing and the same for the same work. */
MUST_USE Err db_new_id(Conn *c, Id *ret);
/* Last error text of the engine, for the log only. */
Str          db_last_error(const Conn *c);
/* Prepare a statement without running it (tests prepare all of them on both engines). */
MUST_USE Err db_prepare(Conn *c, const Sql *sql);

/* ---- schema ---- */

/* One migration of a module: text in the portable DDL of TECH § 6 ($ID $INT $TEXT $BYTES), several statements separated by ";"
 * at a line's end. Never edited once released. */
typedef struct Migration {
	const char *module;
	int         number;
	const char *name;
	const char *text;
} Migration;

/* Apply what is missing, in the given order, each in its own transaction. ERR_CONFLICT when the store is newer than the
 * program or a released migration was edited (a digest is kept). *why gets a Czech sentence. */
MUST_USE Err db_migrate(Arena *a, Db *db, const Migration *list, size_t count, Str *why, int *applied);
/* The same judgement without applying anything: how many migrations are missing (a backup comes before them). */
MUST_USE Err db_migrations_missing(Arena *a, Db *db, const Migration *list, size_t count, Str *why, int *missing);
/* For tests and the data dictionary: the DDL that an engine would get. */
Str          db_ddl_for(Arena *a, Engine e, Str portable);
/* Several statements without parameters, for migrations and maintenance only. */
MUST_USE Err db_script(Conn *c, const char *text);

/* Engine-side copies and checks. */
MUST_USE Err db_backup_to(Db *db, const char *file);            /* SQLite: a consistent copy; PostgreSQL: ERR_TYPE */
MUST_USE Err db_check_integrity(Arena *a, Db *db, Str *report); /* OK and empty report when all is well */
void         db_optimize(Db *db);                               /* ANALYZE, full-text merge, checkpoint */
