/* table_inside.h: what the files of core's exchange say to each other about tables; nobody else needs it. */
#pragma once
#include "core/exchange.h"
#include "core/xlsx_sheet.h"

/* Whatever is wrong with a file is said at the field of the upload form. */
#define FILE_FIELD "soubor"

/* ---- in ---- */

/* Like table_read_open, of bytes that live as long as c->arena. */
MUST_USE Err table_read_bytes(Ctx *c, Str bytes, Str file_name, TableReader **ret);
/* From the first row once more. */
MUST_USE Err table_read_again(TableReader *r);
/* What the cells of the current row were in the file, in header order (CellKind). */
const u8    *table_kinds(const TableReader *r);
i64          table_line(const TableReader *r);                 /* of the current row, as the spreadsheet or editor counts */
/* How the file was understood: "CSV, kódování windows-1250, oddělovač ;". */
Str          table_source(const TableReader *r);
Str          table_row_place(const TableReader *r);            /* "List Data, řádek 12" */

/* JSON of flat objects, as rows. */
typedef struct JsonTable JsonTable;
JsonTable *json_table_open(Arena *a, Str bytes, Strs *header, Str *why);
/* One row into `cells` and `kinds`, texts in `a`. False at the end, or with json_table_why. */
bool       json_table_next(JsonTable *t, Arena *a, Str *cells, u8 *kinds);
Str        json_table_why(const JsonTable *t);

/* ---- workbooks out (table_xlsx_write.c): rows of each sheet in order ---- */

typedef struct XlsxOut XlsxOut;
typedef enum XlsxStyle { STYLE_PLAIN, STYLE_WRONG, STYLE_COUNT } XlsxStyle;

XlsxOut *xlsx_out_open(Arena *a, Buf *out);                    /* NULL when no temporary folder can be made */
size_t   xlsx_out_sheet(XlsxOut *x, Str name);                 /* its number */
/* A bold header cell and the width of its column in characters. */
void     xlsx_out_header(XlsxOut *x, size_t sheet, u32 row, u32 column, Str title, int width);
void     xlsx_out_text(XlsxOut *x, size_t sheet, u32 row, u32 column, Str s, XlsxStyle style);
void     xlsx_out_number(XlsxOut *x, size_t sheet, u32 row, u32 column, i64 n, int places, XlsxStyle style);
void     xlsx_out_date(XlsxOut *x, size_t sheet, u32 row, u32 column, Date d, XlsxStyle style);
void     xlsx_out_comment(XlsxOut *x, size_t sheet, u32 row, u32 column, Str text);
/* The first row stays and filters, down to the last row. */
void     xlsx_out_table(XlsxOut *x, size_t sheet, u32 header_row, u32 last_row, u32 columns);
MUST_USE Err xlsx_out_close(XlsxOut *x);                       /* writes all of it to the Buf */
