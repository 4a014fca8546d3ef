/* postgres.h: what the files of the PostgreSQL engine share. */
#pragma once
#include <libpq-fe.h>

#include "db/engine.h"

enum { AHEAD_MAX = 256 };                      /* statements on the way; their answers must fit between us and the server */

typedef struct Pg {
	PGconn *link;
	u64     session;                           /* raised by each connecting: statements prepared before are gone */
	int     names;                             /* of prepared statements so far */
	bool    stale;                             /* a table changed under prepared statements: prepare all again */
	i64     retry_at, retry_wait;              /* ms of the monotonic clock */
	char    xid[24];                           /* of the write transaction, to ask what became of it */
	const Sql *ahead[AHEAD_MAX];               /* statements that went out and were not answered yet */
	int     ahead_count;
} Pg;

static inline Pg *pg_of(Conn *c) {
	return c->native;
}

/* Kind of the error in `res` (NULL: of the connection); notes its words. OK for a good result. */
Err  pg_failed(Conn *c, const Sql *sql, const PGresult *res);
Err  pg_exec(Conn *c, const char *text);
/* Wait for the answers of all statements that went ahead; the first error among them. Before anything that is waited for. */
Err  pg_settle(Conn *c);

Err  pg_open(Conn *c);
void pg_close(Conn *c);
bool pg_alive(Conn *c);
Err  pg_begin(Conn *c, Begin kind);
Err  pg_commit(Conn *c);
void pg_rollback(Conn *c);
Err  pg_check(Conn *c, Arena *a, Str *report);
void pg_optimize(Conn *c);
