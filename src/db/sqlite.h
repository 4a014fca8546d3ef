/* sqlite.h: what the files of the SQLite engine share. */
#pragma once
#include <sqlite3.h>

#include "db/engine.h"

/* OK for SQLITE_OK; otherwise the kind of error, with the engine's words noted. */
Err  sqlite_failed(Conn *c, const Sql *sql, int rc);
Err  sqlite_exec(Conn *c, const char *text);
/* string_agg, greatest, least: PostgreSQL has them, this version of SQLite does not. */
int  sqlite_functions(sqlite3 *s);

Err  sqlite_check_references(Conn *c);
Err  sqlite_backup(Conn *c, const char *file);
Err  sqlite_check(Conn *c, Arena *a, Str *report);
void sqlite_optimize(Conn *c);
Err  sqlite_reindex(Conn *c);
