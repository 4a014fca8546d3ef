/* db.h: what the tests of the store share: two small tables beside those of the store itself. */
#pragma once
#include "tests/support/store.h"

extern const Migration thing_migrations[1];

/* A store with the tables thing and part, open. */
Db         *given_things(void);
const char *given_things_where(void);
/* Inserts a thing named `name` with the amount. */
Err         add_thing(Conn *c, Id id, const char *name, i64 amount);
/* One integer, read by a reader of this thread in a transaction of its own. */
i64         asked_int(Db *db, const Sql *sql);

extern const Sql count_things, sum_things, insert_thing;
