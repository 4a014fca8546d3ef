/* sqlite.c: SQLite behind the interface of engine.h. Copies and checks are in sqlite_care.c. */
#include "db/sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Parameters are bound by name: SQLite numbers "$2 … $1" by first appearance, so a position would swap values. */
typedef struct Stmt {
	sqlite3_stmt *handle;
	bool          busy;                        /* a loop reads from it */
	bool          kept;                        /* in the cache */
	int           columns, params;
	int           index[];                     /* SQLite's number of "$1", "$2" … */
} Stmt;

/* ---- errors ---- */

static Err kind_of(const Conn *c, int rc) {
	switch (rc) {
	case SQLITE_CONSTRAINT_NOTNULL:            /* a bug of the caller, unlike what people can cause */
	case SQLITE_CONSTRAINT_DATATYPE:
		return ERR_INTERNAL;
	}
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_CONSTRAINT:
		return ERR_CONFLICT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
	case SQLITE_NOMEM:
		return ERR_BUSY;
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return ERR_STORAGE;
	case SQLITE_READONLY:                      /* readers are made so; the writer's file is not to be written */
		return c->role == ROLE_READER ? ERR_INTERNAL : ERR_STORAGE;
	case SQLITE_TOOBIG:
		return ERR_TOO_LARGE;
	default:
		return ERR_INTERNAL;
	}
}

Err sqlite_failed(Conn *c, const Sql *sql, int rc) {
	if (rc == SQLITE_OK)
		return OK;
	return conn_error(c, sql, kind_of(c, rc), c->native ? sqlite3_errmsg(c->native) : sqlite3_errstr(rc));
}

Err sqlite_exec(Conn *c, const char *text) {
	return sqlite_failed(c, NULL, sqlite3_exec(c->native, text, NULL, NULL, NULL));
}

/* ---- connections ---- */

static Err make_file(Conn *c, const char *path) {
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		conn_why(c, "Soubor úložiště %s nelze založit. Zkontrolujte, že složka existuje a že do ní program smí zapisovat.", path);
		return ERR_STORAGE;
	}
	close(fd);
	return OK;
}

static Err find_file(Conn *c) {
	const char *path = db_where(c->db);
	if (access(path, F_OK) == 0)
		return OK;
	if (c->role == ROLE_WRITER && db_options(c->db)->create)
		return make_file(c, path);
	conn_why(c, "Soubor úložiště %s neexistuje. Zkontrolujte cestu v nastavení, nebo úložiště nejprve založte.", path);
	return ERR_NOT_FOUND;
}

static void set_limits(Conn *c) {
	sqlite3 *s = c->native;
	sqlite3_db_config(s, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(s, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, c->role == ROLE_READER ? 1 : 0, NULL);
	sqlite3_limit(s, SQLITE_LIMIT_LENGTH, 20 * 1000 * 1000);
	sqlite3_limit(s, SQLITE_LIMIT_SQL_LENGTH, 100 * 1000);
	sqlite3_limit(s, SQLITE_LIMIT_ATTACHED, c->role == ROLE_CARE && db_options(c->db)->maintenance ? 1 : 0);
	sqlite3_extended_result_codes(s, 1);
	sqlite3_busy_timeout(s, db_busy_ms(c->db));
}

static Err set_up(Conn *c) {
	set_limits(c);
	TRY(sqlite_failed(c, NULL, sqlite_functions(c->native)));
	if (c->role == ROLE_WRITER)
		TRY(sqlite_exec(c, "PRAGMA journal_mode = WAL"));
	TRY(sqlite_exec(c, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE;"   /* sorting beyond the cache */
		"PRAGMA cache_size = -16384; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0"));
	if (c->role == ROLE_READER)                /* only the writer moves the log into the file */
		TRY(sqlite_exec(c, "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0"));
	return OK;
}

/* Counting every allocation of the library costs a lock that all readers share. Its temporary files (sorting beyond the cache, statements that touch many
 * pages) would go to /var/tmp, where a server within its walls may not write. */
static void before_first(void) {
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	CHECK(setenv("SQLITE_TMPDIR", P_tmpdir, 1) == 0);
}

static Err open_conn(Conn *c) {
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, before_first);
	TRY(find_file(c));
	sqlite3 *s = NULL;
	int rc = sqlite3_open_v2(db_where(c->db), &s, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	c->native = s;
	Err e = sqlite_failed(c, NULL, rc);
	if (e == OK)
		e = set_up(c);
	if (e == OK)
		return OK;
	if (sqlite3_errcode(s) == SQLITE_NOTADB)
		conn_why(c, "Soubor %s není úložiště Síťovky. Zkontrolujte cestu v nastavení.", db_where(c->db));
	else
		conn_why(c, "Úložiště %s nelze otevřít (%s). Zkontrolujte práva k souboru, místo na disku a zda je nezamkl jiný program.",
			db_where(c->db), c->error);
	return e;
}

static void release(void *prepared) {
	Stmt *s = prepared;
	sqlite3_finalize(s->handle);
	free(s);
}

static void close_conn(Conn *c) {
	prepared_clear(&c->cache, release);
	if (c->role == ROLE_WRITER && c->native)   /* who closes last and has touched the log removes it */
		sqlite3_wal_checkpoint_v2(c->native, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	sqlite3_close_v2(c->native);
	c->native = NULL;
}

static bool alive(Conn *c) {
	return c->native != NULL;
}

/* ---- statements ---- */

static bool map_parameters(Stmt *s) {
	for (int i = 1; i <= s->params; i++) {
		const char *name = sqlite3_bind_parameter_name(s->handle, i);
		i64 n;
		if (!name || name[0] != '$' || !str_to_int(str_c(name + 1), &n) || n < 1 || n > s->params || s->index[n - 1])
			return false;
		s->index[n - 1] = i;
	}
	return true;
}

static Err make(Conn *c, const Sql *sql, Stmt **ret) {
	sqlite3_stmt *handle = NULL;
	const char *tail = NULL;
	int rc = sqlite3_prepare_v3(c->native, sql->text, -1, SQLITE_PREPARE_PERSISTENT, &handle, &tail);
	if (rc != SQLITE_OK)
		return sqlite_failed(c, sql, rc);
	if (!handle)
		return conn_error(c, sql, ERR_INTERNAL, "there is no statement");
	int params = sqlite3_bind_parameter_count(handle);
	Stmt *s = calloc(1, sizeof *s + (size_t)params * sizeof s->index[0]);
	CHECK(s != NULL);
	s->handle = handle;
	s->params = params;
	s->columns = sqlite3_column_count(handle);
	*ret = s;
	if (str_trim(str_c(tail)).len == 0 && map_parameters(s))
		return OK;
	release(s);
	return conn_error(c, sql, ERR_INTERNAL, "parameters must be $1, $2 … without a gap, and one statement stands alone");
}

/* The cached statement, or, while an outer loop still reads from that one, another just for now. */
static Err get(Conn *c, const Sql *sql, Stmt **ret) {
	if (sql->once)
		return make(c, sql, ret);
	Stmt *s = prepared_get(&c->cache, sql);
	if (s && !s->busy) {
		*ret = s;
		return OK;
	}
	TRY(make(c, sql, ret));
	if (!s) {
		(*ret)->kept = true;
		prepared_put(&c->cache, sql, *ret);
	}
	return OK;
}

static void put_back(Stmt *s) {
	sqlite3_reset(s->handle);
	s->busy = false;
	if (!s->kept)
		release(s);
}

static int bind_one(sqlite3_stmt *h, int at, const DbValue *v, sqlite3_destructor_type keep) {
	Str s = value_text(v);
	const char *ptr = s.ptr ? s.ptr : "";      /* NULL would bind NULL */
	switch (v->type) {
	case DB_INT:
		return sqlite3_bind_int64(h, at, v->i);
	case DB_TEXT:
		return sqlite3_bind_text64(h, at, ptr, s.len, keep, SQLITE_UTF8);
	case DB_BYTES:
		return sqlite3_bind_blob64(h, at, ptr, s.len, keep);
	case DB_NULL:
		break;
	}
	return sqlite3_bind_null(h, at);
}

static Err bind(Conn *c, const Sql *sql, Stmt *s, const DbValue *values, int count, sqlite3_destructor_type keep) {
	if (count != s->params)
		return conn_error(c, sql, ERR_INTERNAL, "another number of values than of parameters");
	for (int i = 0; i < count; i++) {
		int rc = bind_one(s->handle, s->index[i], &values[i], keep);
		if (rc != SQLITE_OK)
			return sqlite_failed(c, sql, rc);
	}
	return OK;
}

static Err prepare(Conn *c, const Sql *sql) {
	Stmt *s;
	TRY(get(c, sql, &s));
	if (!s->kept)
		release(s);
	return OK;
}

static Err run(Conn *c, const Sql *sql, const DbValue *values, int count, i64 *changed) {
	Stmt *s;
	TRY(get(c, sql, &s));
	Err e = bind(c, sql, s, values, count, SQLITE_STATIC);     /* values live longer than this call */
	if (e == OK) {
		int rc;
		while ((rc = sqlite3_step(s->handle)) == SQLITE_ROW)
			;
		e = rc == SQLITE_DONE ? OK : sqlite_failed(c, sql, rc);
		if (e == OK && changed)
			*changed = sqlite3_changes64(c->native);
	}
	put_back(s);
	return e;
}

static void query(Rows *r, const Sql *sql, const DbValue *values, int count) {
	Stmt *s;
	r->err = get(r->conn, sql, &s);
	if (r->err != OK)
		return;
	r->err = bind(r->conn, sql, s, values, count, SQLITE_TRANSIENT);
	if (r->err != OK) {
		put_back(s);
		return;
	}
	s->busy = true;
	r->stmt = s;
	r->result = (void *)(uintptr_t)sql;        /* for the log */
	r->columns = s->columns;
}

static bool next(Rows *r) {
	Stmt *s = r->stmt;
	int rc = sqlite3_step(s->handle);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		r->err = sqlite_failed(r->conn, r->result, rc);
	return false;
}

static void end(Rows *r) {
	put_back(r->stmt);
}

static void abandon(Conn *c, void *stmt) {
	(void)c;
	put_back(stmt);
}

/* ---- transactions ---- */

/* Prepared like every other: a page begins and ends reading once. */
static const Sql sql_begin = {"begin", "BEGIN", NULL}, sql_rollback = {"rollback", "ROLLBACK", NULL};

static Err begin_tx(Conn *c, Begin kind) {
	if (kind == BEGIN_READ)
		return run(c, &sql_begin, NULL, 0, NULL);
	if (kind == BEGIN_MIGRATION)               /* tables may be rebuilt; references are checked as a whole before commit */
		TRY(sqlite_exec(c, "PRAGMA foreign_keys = OFF"));
	Err e = sqlite_exec(c, "BEGIN IMMEDIATE");
	if (e != OK && kind == BEGIN_MIGRATION)
		(void)sqlite_exec(c, "PRAGMA foreign_keys = ON");
	return e;
}

static void end_migration(Conn *c) {
	if (c->migrating)
		(void)sqlite_exec(c, "PRAGMA foreign_keys = ON");
}

static Err commit(Conn *c) {
	if (c->migrating)
		TRY(sqlite_check_references(c));
	TRY(sqlite_exec(c, "COMMIT"));
	end_migration(c);
	return OK;
}

/* Some errors (disk full) have rolled back already. */
static void rollback(Conn *c) {
	if (!sqlite3_get_autocommit(c->native))
		(void)run(c, &sql_rollback, NULL, 0, NULL);
	end_migration(c);
}

/* ---- columns ---- */

static sqlite3_stmt *handle_of(Rows *r) {
	return ((Stmt *)r->stmt)->handle;
}

static bool is_null(Rows *r, int column) {
	return sqlite3_column_type(handle_of(r), column) == SQLITE_NULL;
}

static i64 get_int(Rows *r, int column) {
	switch (sqlite3_column_type(handle_of(r), column)) {
	case SQLITE_NULL:
		return BLANK;
	case SQLITE_INTEGER:
		return sqlite3_column_int64(handle_of(r), column);
	}
	i64 n = BLANK;
	const char *text = (const char *)sqlite3_column_text(handle_of(r), column);
	if (!text || !str_to_int(str_c(text), &n))
		r->err = conn_error(r->conn, r->result, ERR_INTERNAL, "a column is not an integer");
	return n;
}

static Str get_text(Rows *r, int column) {
	const char *text = (const char *)sqlite3_column_text(handle_of(r), column);    /* first: it settles the length */
	return str_of(text, (size_t)sqlite3_column_bytes(handle_of(r), column));
}

static Str get_bytes(Rows *r, int column) {
	const char *blob = sqlite3_column_blob(handle_of(r), column);
	return str_of(blob, (size_t)sqlite3_column_bytes(handle_of(r), column));
}

const EngineOps sqlite_engine = {
	.engine = ENGINE_SQLITE,
	.open = open_conn,
	.close = close_conn,
	.alive = alive,
	.begin = begin_tx,
	.commit = commit,
	.rollback = rollback,
	.prepare = prepare,
	.run = run,
	.query = query,
	.next = next,
	.end = end,
	.abandon = abandon,
	.is_null = is_null,
	.get_int = get_int,
	.get_text = get_text,
	.get_bytes = get_bytes,
	.script = sqlite_exec,
	.backup = sqlite_backup,
	.check = sqlite_check,
	.optimize = sqlite_optimize,
	.reindex = sqlite_reindex,
};
