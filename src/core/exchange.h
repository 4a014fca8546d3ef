/* exchange.h: files in and out, for every entity from its field table, and the parts that hand-written imports share.
 *
 * Export: the filtered set of a list as CSV (people or data), XLSX or JSON, streamed. Import: a previewed object: each row and cell is
 * judged, then all or nothing is committed; the same file again changes nothing; export → import = 0 changes. */
#pragma once
#include "core/entity.h"
#include "core/files.h"

typedef enum FileFormat { FORMAT_CSV, FORMAT_CSV_DATA, FORMAT_XLSX, FORMAT_JSON } FileFormat;
Str         format_type(FileFormat f);       /* text/csv; charset=utf-8 … */
const char *format_suffix(FileFormat f);     /* "csv" … */

/* ---- tables out: a writer that pages with sets of their own use too ---- */

typedef enum CellType { CELL_TEXT, CELL_INT, CELL_DECIMAL, CELL_DATE, CELL_BOOL } CellType;
typedef struct TableColumn {
	const char *key;                         /* JSON name and header of data CSV */
	const char *title;                       /* header for people */
	CellType    type;
	int         places;                      /* of CELL_DECIMAL */
	int         width;                       /* of XLSX, in characters; 0 = 16 */
} TableColumn;
typedef struct TableWriter TableWriter;
/* `note` (may be {0}) says where the data come from and that they are sample data: first lines of XLSX's second sheet, "meta" of JSON. */
TableWriter *table_open(Arena *a, Buf *out, FileFormat f, Str sheet, const TableColumn *columns, size_t count, Str note);
void table_text(TableWriter *w, Str s);
void table_int(TableWriter *w, i64 n);       /* BLANK = empty; also haléře and hundredths for CELL_DECIMAL */
void table_date(TableWriter *w, Date d);
void table_bool(TableWriter *w, bool b);
void table_row_end(TableWriter *w);
MUST_USE Err table_close(TableWriter *w);    /* ERR_STORAGE when writing failed */

/* ---- tables in ---- */

typedef struct TableReader TableReader;
/* CSV, XLSX (first sheet, or the named one) or JSON array of flat objects, recognised by content. `fd` is read from 0. *why is a Czech
 * sentence; limits of SECURITY § 6. The first row is the header. */
MUST_USE Err table_read_open(Ctx *c, int fd, Str file_name, TableReader **ret);
const Strs  *table_header(const TableReader *r);
/* Next row; cells in header order, missing ones empty. Dates come as ISO, numbers with a decimal dot. False at the end or on an error. */
bool         table_read_next(TableReader *r, Strs *cells);
Err          table_read_end(TableReader *r);                    /* OK, or the error that stopped it (said through the Ctx) */
/* "řádek 12, buňka C12" of a column of the current row. */
Str          table_place(const TableReader *r, size_t column);

/* ---- entities ----
 *
 * A row of a file is named by the key of its entity; where the key does not tell the rows apart, or there is none, by the column "id". Things
 * that are referred to are named by their key (parts joined by "/"), or by "#" and their number. Codes are written as internal codes for data
 * and as names for people; import takes both. Import needs the columns of the key, ignores what the program sets, leaves alone what the file
 * does not have, and refuses columns that it does not know. */

/* Once at start: previews name their entity. */
void exchange_setup(const Entity *const *const *lists, const size_t *counts, size_t list_count);
/* "Ukázková data: …" where the store holds sample data, else {0}. */
Str  export_note(Ctx *c);

/* The query's rows. Columns: key fields first, then all readable fields by their labels; refs and codes with key and name. */
MUST_USE Err exchange_export(Ctx *c, const Entity *e, const ListQuery *q, FileFormat f, Buf *out);

typedef enum ImportVerdict { IMPORT_SAME, IMPORT_NEW, IMPORT_CHANGED, IMPORT_ERROR } ImportVerdict;
typedef struct ImportCell {
	const Field *field;
	Str          before, after;              /* people's form */
	Str          error;                      /* a sentence, or {0} */
	Str          note;                       /* what was done to the value, or {0}: "Zaokrouhleno z 3,5417." */
	Str          place;
} ImportCell;
typedef struct ImportRow {
	i64          line;
	ImportVerdict   verdict;
	Str          title;
	ImportCell *cells;                      /* changed and wrong ones */
	size_t       cell_count;
} ImportRow;
typedef struct ImportPreview {
	Id          id;
	const Entity *entity;
	Str         file_name;
	Str         source;                      /* how the file was understood: "CSV, kódování windows-1250, oddělovač ;", "XLSX, list Data" */
	i64         same, added, changed, errors;
	ImportRow *at;                          /* rows that are not the same, first 1 000 */
	size_t      len, cap;
	Instant     made;
	i64         data_version;                /* the preview is judged anew when data changed since */
	Str         state;                       /* open, applied, dropped */
} ImportPreview;
/* Judge a file against the store; the preview and the file are kept for `exchange_apply`. */
MUST_USE Err exchange_preview(Ctx *c, const Entity *e, Str file_name, Str bytes, int fd, ImportPreview *ret);
MUST_USE Err exchange_preview_get(Ctx *c, Id id, ImportPreview *ret);
/* All or nothing; ERR_CONFLICT when the file would now do something else than when it was last judged: *ret is the new judgement, and applying
 * once more accepts it. ERR_INVALID when rows have errors. For dated entities changes hold from `from` to the end of the span that holds on
 * that day: what was already decided for later days stays. */
MUST_USE Err exchange_apply(Ctx *c, Id preview, Date from, ImportPreview *ret);
/* The sender's workbook with a comment and a colour at each wrong cell and a sheet "Chyby"; of any input format, as XLSX. */
MUST_USE Err exchange_annotated(Ctx *c, Id preview, Buf *out);
/* Forget files of previews older than `before`, applied or not; returns how many. */
MUST_USE Err exchange_sweep(Ctx *c, Instant before, i64 *forgotten);
