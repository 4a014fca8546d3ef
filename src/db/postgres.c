/* postgres.c: statements and rows of PostgreSQL behind the interface of engine.h; the connection is in postgres_link.c. */
#include "db/postgres.h"

#include <stdio.h>
#include <stdlib.h>

enum { BYTEA = 17 };                           /* number of that type in PostgreSQL's catalogue */

typedef struct PgStmt {
	u64  session;                              /* in which it was prepared */
	char name[16];
} PgStmt;

/* Integers travel as text; texts and bytes in binary form, which is the bytes themselves and needs no copy. */
typedef struct Params {
	const char *values[PARAMS_MAX];
	int         lengths[PARAMS_MAX];
	int         formats[PARAMS_MAX];
	char        digits[PARAMS_MAX][24];
} Params;

/* What a loop over rows owns. */
typedef struct PgRows {
	const Sql *sql;
	Arena      bytes;                          /* decoded bytes of the present row */
	PGresult  *result;                         /* Rows.result */
	bool       streaming;
} PgRows;

/* ---- statements ---- */

/* The statement without a name: the next one takes its place. */
static Err prepare_once(Conn *c, const Sql *sql, PgStmt **ret) {
	static PgStmt nameless;
	*ret = &nameless;
	TRY(pg_settle(c));
	PGresult *res = PQprepare(pg_of(c)->link, nameless.name, sql->postgres ? sql->postgres : sql->text, 0, NULL);
	Err e = pg_failed(c, sql, res);
	PQclear(res);
	return e;
}

static Err get(Conn *c, const Sql *sql, PgStmt **ret) {
	if (sql->once)
		return prepare_once(c, sql, ret);
	Pg *p = pg_of(c);
	PgStmt *s = prepared_get(&c->cache, sql);
	if (!s) {
		s = calloc(1, sizeof *s);
		CHECK(s != NULL);
		snprintf(s->name, sizeof s->name, "s%d", ++p->names);
		prepared_put(&c->cache, sql, s);
	}
	*ret = s;
	if (s->session == p->session)
		return OK;
	TRY(pg_settle(c));
	PGresult *res = PQprepare(p->link, s->name, sql->postgres ? sql->postgres : sql->text, 0, NULL);
	Err e = pg_failed(c, sql, res);
	PQclear(res);
	if (e == OK)
		s->session = p->session;
	return e;
}

static void set_params(Params *p, const DbValue *values, int count) {
	for (int i = 0; i < count; i++) {
		Str s = value_text(&values[i]);
		p->formats[i] = 0;
		p->lengths[i] = 0;
		switch (values[i].type) {
		case DB_NULL:
			p->values[i] = NULL;
			break;
		case DB_INT:
			snprintf(p->digits[i], sizeof p->digits[i], "%lld", (long long)values[i].i);
			p->values[i] = p->digits[i];
			break;
		case DB_TEXT:
		case DB_BYTES:
			CHECK(s.len <= INT32_MAX);
			p->values[i] = s.ptr ? s.ptr : "";
			p->lengths[i] = (int)s.len;
			p->formats[i] = 1;
			break;
		}
	}
}

static Err prepare(Conn *c, const Sql *sql) {
	PgStmt *s;
	return get(c, sql, &s);
}

static Err execute(Conn *c, const Sql *sql, const DbValue *values, int count, PGresult **ret) {
	CHECK(count <= PARAMS_MAX);
	PgStmt *s;
	Params p;
	TRY(get(c, sql, &s));
	TRY(pg_settle(c));
	set_params(&p, values, count);
	PGresult *res = PQexecPrepared(pg_of(c)->link, s->name, count, p.values, p.lengths, p.formats, 0);
	Err e = pg_failed(c, sql, res);
	if (e == OK)
		*ret = res;
	else
		PQclear(res);
	return e;
}

/* ---- statements that are not waited for ---- */

static Err run_ahead(Conn *c, const Sql *sql, const DbValue *values, int count) {
	CHECK(count <= PARAMS_MAX);
	Pg *pg = pg_of(c);
	PgStmt *s;
	Params p;
	TRY(get(c, sql, &s));
	set_params(&p, values, count);
	if (PQpipelineStatus(pg->link) == PQ_PIPELINE_OFF && !PQenterPipelineMode(pg->link))
		return pg_failed(c, sql, NULL);
	if (!PQsendQueryPrepared(pg->link, s->name, count, p.values, p.lengths, p.formats, 0))
		return pg_failed(c, sql, NULL);
	pg->ahead[pg->ahead_count++] = sql;
	return pg->ahead_count < AHEAD_MAX ? OK : pg_settle(c);
}

/* The answers of one pipeline, each behind it an empty one, up to its mark. After an error the server only says of the others that it
 * left them out. */
static Err answers(Conn *c) {
	Pg  *pg = pg_of(c);
	Err  first = OK;
	bool at_mark = false;
	for (int i = 0; !at_mark && i <= pg->ahead_count && PQstatus(pg->link) == CONNECTION_OK;) {
		PGresult      *res = PQgetResult(pg->link);
		ExecStatusType status = PQresultStatus(res);
		at_mark = res && status == PGRES_PIPELINE_SYNC;
		if (!res)
			i++;
		else if (!at_mark && status != PGRES_PIPELINE_ABORTED && first == OK)
			first = pg_failed(c, i < pg->ahead_count ? pg->ahead[i] : NULL, res);
		PQclear(res);
	}
	return first == OK && !at_mark ? pg_failed(c, NULL, NULL) : first;
}

Err pg_settle(Conn *c) {
	Pg *pg = pg_of(c);
	if (PQpipelineStatus(pg->link) == PQ_PIPELINE_OFF)
		return OK;
	Err e = PQpipelineSync(pg->link) ? answers(c) : pg_failed(c, NULL, NULL);
	pg->ahead_count = 0;
	if (PQstatus(pg->link) == CONNECTION_OK && !PQexitPipelineMode(pg->link) && e == OK)
		e = pg_failed(c, NULL, NULL);
	return e;
}

static Err run(Conn *c, const Sql *sql, const DbValue *values, int count, i64 *changed) {
	PGresult *res;
	if (c->ahead && !changed)
		return run_ahead(c, sql, values, count);
	TRY(execute(c, sql, values, count, &res));
	i64 n = 0;
	if (changed)
		*changed = str_to_int(str_c(PQcmdTuples(res)), &n) ? n : 0;
	PQclear(res);
	return OK;
}

/* ---- streams ---- */

static Err send(Conn *c, const Sql *sql, const DbValue *values, int count) {
	CHECK(count <= PARAMS_MAX);
	PgStmt *s;
	Params p;
	TRY(get(c, sql, &s));
	/* Reading a long result takes as long as its reader does; the savepoint lets him leave early. */
	TRY(pg_exec(c, "SAVEPOINT stream; SET LOCAL statement_timeout = '10min'"));
	if (sql->once)                             /* a plain command drops the statement without a name */
		TRY(prepare_once(c, sql, &s));
	set_params(&p, values, count);
	PGconn *link = pg_of(c)->link;
	if (!PQsendQueryPrepared(link, s->name, count, p.values, p.lengths, p.formats, 0) || !PQsetSingleRowMode(link))
		return pg_failed(c, sql, NULL);
	return OK;
}

static void drain(PGconn *link) {
	for (PGresult *res; (res = PQgetResult(link)) != NULL;)
		PQclear(res);
}

/* Takes the next row from the wire. False at the end and on an error. */
static bool receive(Rows *r) {
	PGconn *link = pg_of(r->conn)->link;
	PgRows *own = r->stmt;
	PQclear(r->result);
	r->result = own->result = PQgetResult(link);
	if (PQresultStatus(r->result) == PGRES_SINGLE_TUPLE)
		return true;
	r->err = pg_failed(r->conn, own->sql, r->result);
	r->columns = r->row < 0 ? PQnfields(r->result) : r->columns;
	PQclear(r->result);
	r->result = own->result = NULL;
	drain(link);
	if (r->err == OK)
		r->err = pg_exec(r->conn, "RELEASE SAVEPOINT stream; SET LOCAL statement_timeout = 5000");
	return false;
}

static void leave_early(Rows *r) {
	Conn *c = r->conn;
	PGconn *link = pg_of(c)->link;
	if (c->role == ROLE_WRITER) {              /* what the statement writes stays */
		drain(link);
		r->err = pg_exec(c, "RELEASE SAVEPOINT stream; SET LOCAL statement_timeout = 5000");
		return;
	}
	PGcancel *cancel = PQgetCancel(link);
	char why[256];
	if (cancel)
		PQcancel(cancel, why, sizeof why);
	PQfreeCancel(cancel);
	drain(link);
	r->err = pg_exec(c, "ROLLBACK TO SAVEPOINT stream; RELEASE SAVEPOINT stream");
}

/* ---- rows ---- */

static void query(Rows *r, const Sql *sql, const DbValue *values, int count) {
	Conn *c = r->conn;
	PGresult *res = NULL;
	r->err = r->streaming ? send(c, sql, values, count) : execute(c, sql, values, count, &res);
	if (r->err != OK)
		return;
	PgRows *own = calloc(1, sizeof *own);
	CHECK(own != NULL);
	own->sql = sql;
	r->stmt = own;
	r->result = own->result = res;
	own->streaming = r->streaming;
	if (!r->streaming || receive(r))
		r->columns = PQnfields(r->result);
}

static bool next(Rows *r) {
	PgRows *own = r->stmt;
	arena_reset(&own->bytes);
	if (!r->streaming)
		return r->row < PQntuples(r->result);
	if (r->row == 0)                           /* the first one came with the columns */
		return r->result != NULL;
	return receive(r);
}

static void end(Rows *r) {
	PgRows *own = r->stmt;
	bool early = r->streaming && r->result;
	PQclear(r->result);
	if (early && r->err == OK)
		leave_early(r);
	else if (early)
		drain(pg_of(r->conn)->link);
	arena_free(&own->bytes);
	free(own);
}

/* The transaction is rolled back next; a stream's answers are read away before that. */
static void abandon(Conn *c, void *stmt) {
	PgRows *own = stmt;
	PQclear(own->result);
	if (own->streaming)
		drain(pg_of(c)->link);
	arena_free(&own->bytes);
	free(own);
}

/* ---- columns ---- */

static int row_of(const Rows *r) {
	return r->streaming ? 0 : r->row;
}

static bool is_null(Rows *r, int column) {
	return PQgetisnull(r->result, row_of(r), column) == 1;
}

static Str get_text(Rows *r, int column) {
	if (is_null(r, column))
		return (Str){0};
	return str_of(PQgetvalue(r->result, row_of(r), column), (size_t)PQgetlength(r->result, row_of(r), column));
}

static i64 get_int(Rows *r, int column) {
	Str s = get_text(r, column);
	i64 n = BLANK;
	if (s.ptr == NULL || str_to_int(s, &n))
		return n;
	if (str_eq(s, S("t")) || str_eq(s, S("f")))            /* a comparison; SQLite gives 1 and 0 */
		return s.ptr[0] == 't' ? 1 : 0;
	r->err = conn_error(r->conn, ((PgRows *)r->stmt)->sql, ERR_INTERNAL, "a column is not an integer");
	return BLANK;
}

static int hex_digit(char c) {
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static Str get_bytes(Rows *r, int column) {
	Str s = get_text(r, column);
	if (s.len < 2 || PQftype(r->result, column) != BYTEA)
		return s;                              /* a text column: its bytes */
	size_t n = (s.len - 2) / 2;
	char *to = arena_alloc(&((PgRows *)r->stmt)->bytes, n + 1);
	for (size_t i = 0; i < n; i++)
		to[i] = (char)(hex_digit(s.ptr[2 + 2 * i]) << 4 | hex_digit(s.ptr[3 + 2 * i]));
	return str_of(to, n);
}

static Err script(Conn *c, const char *text) {
	return pg_exec(c, text);
}

const EngineOps postgres_engine = {
	.engine = ENGINE_POSTGRES,
	.open = pg_open,
	.close = pg_close,
	.alive = pg_alive,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
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
	.script = script,
	.check = pg_check,
	.optimize = pg_optimize,
};
