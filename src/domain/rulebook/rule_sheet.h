/* rule_sheet.h: parameters and tables of a set as rows of a spreadsheet, and a changed spreadsheet back into the text. What the file does not have stays;
 * values are replaced at their place, new days and rows are added to their block; formulas, comments and order of the text are never touched. */
#pragma once
#include "core/exchange.h"
#include "domain/rulebook/rulebook.h"

typedef struct ParameterRow {
	const char *kind;                        /* "parametr", "tabulka" */
	Str         name, title, type, legal;
	Date        since;                       /* none = from the beginning */
	Str         row, value;                  /* of a table what stands before the colon; as they are written */
} ParameterRow;
typedef struct ParameterRows { ParameterRow *at; size_t len, cap; } ParameterRows;

void rule_sheet_rows(Arena *a, const RuleSet *set, ParameterRows *ret);
MUST_USE Err rule_sheet_write(Ctx *c, const ParameterRows *rows, FileFormat format, Str sheet, Buf *out);

typedef struct SheetChange { Str place, name, row, before, after; Date since; } SheetChange;
typedef struct SheetError { Str place, text; } SheetError;
typedef struct SheetPreview {
	SheetChange *changes;
	size_t       change_count, change_cap;
	SheetError  *errors;                     /* by cell, in the order of the file */
	size_t       error_count, error_cap;
	size_t       same;
	Str          text;                       /* of the set with the changes; meaningful without errors */
} SheetPreview;
/* ERR_INVALID at "soubor" when the file is no such table. */
MUST_USE Err rule_sheet_read(Ctx *c, const RuleSet *set, Str source, Str file_name, Str bytes, int fd, SheetPreview *ret);
