/* line_index.h: which rows of lines hold as of two times, answered from memory.
 *
 * A row of a line is a span of days, believed from one instant to another; what a row says never changes. The spans of a store stand in memory as one counted set
 * (forty bytes each, and at most twenty for finding those of an instant), so a network that has changed a hundred thousand times is read by walking over the spans
 * that were believed at about that time, and only the rows that hold are asked for. A reader that sees a newer data version adds what came and closes what was given
 * up; inside a write transaction the store itself is asked. */
#pragma once
#include "core/ctx.h"
#include "core/entity.h"

typedef struct LineRows { Id *at; size_t len, cap; bool known; } LineRows;      /* known: false when the store must be asked */
/* Rows of a network's lines that hold and are believed at a full AsOf, by their row ids. */
MUST_USE Err line_rows_at(Ctx *c, Id network, AsOf at, LineRows *ret);
/* The same at two moments at once, parted: rows that hold only at the first, only at the second, at both. */
typedef struct LineRowsTwo { LineRows first, second, both; } LineRowsTwo;
MUST_USE Err line_rows_at_two(Ctx *c, Id network, AsOf first, AsOf second, LineRowsTwo *ret);
/* The store closes. */
void         line_index_forget(Db *db);
