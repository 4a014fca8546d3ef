/* postgres.h: databases inside the server of SITOVKA_TEST_DB. */
#pragma once
#include "base/str.h"

/* A new database, a copy of `like` (an address given before) or empty; gives its address. Dropped together with `a`, or when the
 * program ends. */
const char *test_postgres_create(Arena *a, const char *like);
/* Run a command in the server's own database, as an administrator would. */
void        test_postgres_do(const char *command);
