/* dump.h: everything that a store holds, as rows of plain types, the same from both engines: what was taken out of one can be loaded into the
 * other. Tables and columns come from the engine's own catalogue, so that a new table cannot be forgotten. What the engine derives by itself
 * (indexes, generated columns, the index of the full text) is not taken; loading makes it anew. */
#pragma once
#include "db/db.h"

typedef struct DumpColumn {
	Str    name;
	DbType type;                             /* DB_INT, DB_TEXT, DB_BYTES */
} DumpColumn;

typedef struct DumpTable {
	Str         name;
	DumpColumn *columns;
	size_t      column_count, cap;
	i64         rows;                        /* known after db_dump_rows, or counted while loading */
} DumpTable;
typedef struct DumpTables { DumpTable *at; size_t len, cap; } DumpTables;

/* ---- out: one moment of the store, while others write on. The arena outlives the dump. ---- */

typedef struct Dump Dump;
MUST_USE Err db_dump_begin(Arena *a, Db *db, Dump **ret);
DumpTables  *db_dump_tables(Dump *d);        /* by name; without schema_migration */
/* The same moment, for questions of the caller. */
Conn        *db_dump_conn(Dump *d);
/* Every row, in flat memory; `row` gets one value per column, alive until it returns; not OK stops. Sets table->rows. */
MUST_USE Err db_dump_rows(Dump *d, DumpTable *table, Err (*row)(void *arg, Rows *row, const DumpTable *table), void *arg);
/* How many there are, without reading them. */
MUST_USE Err db_dump_count(Dump *d, const DumpTable *table, i64 *ret);
void         db_dump_end(Dump *d);

/* ---- in: into a store that has the schema, in one transaction. The arena outlives the store. ---- */

typedef struct Load Load;
/* Removes what the migrations put into the tables. */
MUST_USE Err db_load_begin(Arena *a, Db *db, Load **ret);
/* ERR_NOT_FOUND when the store has no such table or column. */
MUST_USE Err db_load_table(Load *l, const DumpTable *table);
MUST_USE Err db_load_row(Load *l, const DbValue *values);
/* Checks every reference and commits. After any error: db_load_drop. */
MUST_USE Err db_load_commit(Load *l);
void         db_load_drop(Load *l);          /* harmless after a commit */
/* For the log. */
Str          db_load_error(const Load *l);
