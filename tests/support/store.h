/* store.h: stores for tests. SITOVKA_TEST_DB chooses the engine: unset is a SQLite file in a temporary folder, postgresql://…
 * is a new database inside that server (tests/support/postgres.sh starts one). Everything is removed after the test.
 *
 *     TEST("district: two of one name are refused") { Db *db = test_store(); … } */
#pragma once
#include "db/db.h"
#include "tests/test.h"

/* An empty store with the schema of all modules, open. */
Db         *test_store(void);
/* The address of a new store that nobody has opened: with the schema of all modules, or with nothing at all. */
const char *test_store_new(bool migrated);
/* The same with the schema, until the program ends. */
const char *test_store_kept(void);
/* A new store like another one, which nobody has open. */
const char *test_store_like(const char *other);
/* A copy of a store that `fill` filled once, open: for what many tests begin with. What `fill` leaves in memory is not done again. */
Db         *test_store_filled(void (*fill)(Db *db));
/* The same, of a store like `other`; gives the address of the copy. */
const char *test_store_filled_like(const char *other, void (*fill)(Db *db));
/* Opens a store until the end of the test. */
Db         *test_store_open(const char *where, DbOptions options);
bool        test_on_postgres(void);
/* The short run on PostgreSQL: what asks the store nothing new is left to SQLite, and to `make check`, which sets EVERYTHING. */
bool        test_is_short(void);

/* The migrations of all modules, in order. */
const Migration *test_migrations(size_t *count);
