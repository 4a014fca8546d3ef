/* xlsx_value.h: values of a worksheet as text, without any floating point. Pure. */
#pragma once
#include "base/date.h"
#include "base/str.h"

/* "_x000D_" of office files is one character; "_x005F_" hides such a mark. The result is `s` itself when there is nothing to do. */
Str  xlsx_unescape(Arena *a, Str s);
/* A plain decimal from what a program wrote for a double: exponent resolved, noise beyond 15 digits rounded away, as spreadsheets show it.
 * False when it is no number. */
bool xlsx_number(Arena *a, Str written, Str *ret);
/* A serial number (a result of xlsx_number) as "2024-01-31", "2024-01-31 12:30:00" or "12:30:00". {0} when no calendar has it. */
Str  xlsx_serial(Arena *a, Str number, bool is_1904);
bool xlsx_format_is_date(Str code);
bool xlsx_builtin_is_date(i64 format_id);
/* "C12": column 2, row 12; false when it is none. Either part may be looked at alone. */
bool xlsx_cell_read(Str ref, size_t *column, i64 *row);
Str  xlsx_column_name(Arena *a, size_t column);                /* "C" */
