/* xlsx_sheet.h: rows of a worksheet from XML events. Pure: whoever feeds the XML takes the rows that stand ready after each piece. */
#pragma once
#include "core/xlsx_parts.h"

enum { TABLE_MAX_ROWS = 100000, TABLE_MAX_COLUMNS = 256, TABLE_MAX_CELL = 32 * 1024 };

/* What a cell was in the file; its text is the same for all kinds: ISO dates, decimal dots, "ano" and "ne". */
typedef enum CellKind { CELL_IS_TEXT, CELL_IS_NUMBER, CELL_IS_DATE, CELL_IS_BOOL, CELL_IS_ERROR, CELL_HAS_NO_VALUE } CellKind;

typedef struct SheetRow {
	i64    number;                           /* as the spreadsheet counts, from 1 */
	Str   *cells;                            /* {0} where there is none */
	u8    *kinds;
	size_t len;
} SheetRow;

typedef struct Sheet {
	/* given */
	Arena               *arena;              /* of the rows that wait; whoever empties it sets len to 0 */
	Arena               *open;               /* of the row that is being read, which may come in many pieces */
	Arena               *kept;               /* of the sheet itself */
	const SharedStrings *strings;
	const Styles        *styles;
	bool                 is_1904;
	Xml                 *xml;
	/* rows that stand ready */
	SheetRow *at;
	size_t    len, cap;
	/* the cell that is being read */
	RichText  text;
	size_t    column;
	i64       row, rows;
	char      type;                          /* of the cell: n s b e t(ext) d */
	bool      is_date, in_value, has_value, has_formula, in_data;
	Str       cells[TABLE_MAX_COLUMNS];
	u8        kinds[TABLE_MAX_COLUMNS];
	bool      shared[TABLE_MAX_COLUMNS];     /* the text lies in the shared strings */
	size_t    width;                         /* of the row: its last cell that holds something + 1 */
	Str       why, place;                    /* a sentence; "buňka C12" */
} Sheet;

XmlHandler sheet_handler(Sheet *s);
