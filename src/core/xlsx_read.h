/* xlsx_read.h: the first sheet of a workbook in memory, row by row. */
#pragma once
#include "core/xlsx_sheet.h"

typedef struct Xlsx Xlsx;

/* NULL with a sentence in *why. The arena holds all that is read for as long as the workbook is: styles, shared strings, one piece of rows. */
Xlsx *xlsx_open(Arena *a, Str bytes, Str *why);
Str   xlsx_sheet_name(const Xlsx *x);
/* The next row that holds something; it lives until the next call. False at the end or on an error: then xlsx_why is not empty. */
bool  xlsx_next(Xlsx *x, SheetRow *ret);
Str   xlsx_why(const Xlsx *x);
Str   xlsx_why_place(const Xlsx *x);         /* "řádek 12, buňka C12", or {0} */
