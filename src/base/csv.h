/* csv.h: RFC 4180 in and out. TECH § 8 says which forms we read and write. */
#pragma once
#include "base/buf.h"

typedef struct CsvReader CsvReader;
typedef struct CsvLimits {
	size_t rows, columns, cell;              /* 0 = 100 000 rows, 256 columns, 32 kB */
} CsvLimits;

/* The whole file as bytes: BOM, UTF-8, UTF-16 and windows-1250 are recognised; the delimiter ; , or TAB by the header line. */
CsvReader *csv_open(Arena *a, Str bytes, CsvLimits limits);
/* One row into `cells` (which live until the next call). False at the end or on an error: then csv_why is not empty. */
bool       csv_next(CsvReader *r, Strs *cells);
Str        csv_why(const CsvReader *r);                   /* "Řádek 12, sloupec 3: …" */
u64        csv_row(const CsvReader *r);                   /* number of the last row, the header is 1 */
char       csv_delimiter(const CsvReader *r);
const char *csv_encoding(const CsvReader *r);             /* "UTF-8", "windows-1250", "UTF-16" */

/* People: BOM, semicolon, decimal comma. Data: comma, no BOM, decimal dot. Both end lines with CRLF. */
typedef enum CsvKind { CSV_PEOPLE, CSV_DATA } CsvKind;
typedef struct CsvWriter {
	Buf    *out;
	CsvKind kind;
	bool    started, in_row;
} CsvWriter;
void csv_text(CsvWriter *w, Str s);                       /* formula guard: one apostrophe in front of = + - @ | % TAB CR ' */
void csv_number(CsvWriter *w, i64 n, int places);         /* BLANK gives an empty cell */
void csv_row_end(CsvWriter *w);
/* What the guard of csv_text put in front is taken away again. */
Str  csv_unguard(Str cell);
