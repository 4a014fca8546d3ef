/* reorder.h: stored keys of Czech order, made anew when the rules of the library have changed. */
#pragma once
#include "core/ctx.h"

/* Every column X_sort of every table, from its X. In transactions of a thousand rows; not inside one. *rows = how many were changed. Notes
 * the version of the rules as the fact "sort.version". */
MUST_USE Err reorder_all(Ctx *c, i64 *rows);
