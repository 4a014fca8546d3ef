/* sql_all.h: every named statement of the program, for the test that prepares them all. The array is made at build. */
#pragma once
#include "db/db.h"

extern const Sql *const sql_all[];
extern const size_t     sql_all_count;
