/* table_read.c: tables in: which of the three formats it is, and one row after the other in the form that fields read. */
#include <errno.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/text.h"
#include "core/table_inside.h"
#include "core/xlsx_read.h"
#include "core/xlsx_value.h"

typedef enum TableFormat { TABLE_CSV, TABLE_XLSX, TABLE_JSON } TableFormat;

struct TableReader {
	Ctx        *c;
	Arena       arena;                       /* of the parsers */
	Arena       row;                         /* of the current row */
	Buf         file;                        /* when it was read from a descriptor */
	TableFormat format;
	CsvReader  *csv;
	Xlsx       *xlsx;
	JsonTable  *json;
	Strs        header, cells;
	u8          kinds[TABLE_MAX_COLUMNS];
	i64         line;                        /* of the current row */
	Err         err;
};

static Err refuse(TableReader *r, Err err, const char *sentence) {
	return r->err = fail(r->c, err, FILE_FIELD, "%s", sentence);
}

/* ---- which format ---- */

static bool has_suffix(Arena *a, Str name, Str suffix) {
	return str_ends(str_lower_ascii(a, name), suffix);
}

/* Bytes of text, as far as the beginning tells: no zeros unless it is UTF-16. */
static bool looks_like_text(Str s) {
	Str head = str_first(s, 4096);
	if (str_starts(s, S("\xFF\xFE")) || str_starts(s, S("\xFE\xFF")))
		return true;
	size_t zeros[2] = {0};
	for (size_t i = 0; i < head.len; i++)
		zeros[i % 2] += head.ptr[i] == 0;
	return zeros[0] == 0 || zeros[1] == 0;
}

static Err recognise(TableReader *r, Str s, Str name) {
	Arena *a = &r->row;
	Str    head = str_trim(str_starts(s, S("\xEF\xBB\xBF")) ? str_from(s, 3) : s);
	if (head.len == 0)
		return refuse(r, ERR_INVALID, "Soubor je prázdný. Vyberte soubor s daty.");
	if (str_starts(s, S("\xD0\xCF\x11\xE0")))
		return refuse(r, ERR_TYPE, "Soubor je ve starém formátu Excelu (.xls), nebo je chráněný heslem. Uložte jej bez hesla jako .xlsx nebo CSV a nahrajte znovu.");
	bool is_zip = str_starts(s, S("PK\x03\x04")) || str_starts(s, S("PK\x05\x06"));
	if (has_suffix(a, name, S(".xlsx")) && !is_zip)
		return refuse(r, ERR_TYPE, "Soubor se jmenuje .xlsx, ale sešit v něm není. Otevřete jej v tabulkovém programu, uložte jako .xlsx a nahrajte znovu.");
	if ((has_suffix(a, name, S(".csv")) || has_suffix(a, name, S(".json"))) && is_zip)
		return refuse(r, ERR_TYPE, "Soubor se jmenuje jinak, než co obsahuje: je to sešit .xlsx nebo archiv. Opravte jeho název a nahrajte jej znovu.");
	if (!is_zip && (!looks_like_text(s) || str_starts(s, S("%PDF"))))
		return refuse(r, ERR_TYPE, "Soubor není tabulka. Načíst umíme XLSX, CSV a JSON.");
	bool is_json = !is_zip && (head.ptr[0] == '{' || head.ptr[0] == '[');
	if (has_suffix(a, name, S(".json")) && !is_json)
		return refuse(r, ERR_TYPE, "Soubor se jmenuje .json, ale JSON to není. Opravte jeho název, nebo jej uložte znovu.");
	r->format = is_zip ? TABLE_XLSX : is_json ? TABLE_JSON : TABLE_CSV;
	return OK;
}

/* ---- rows of each format into r->cells ---- */

static Err said(TableReader *r, Str why) {
	if (why.len)
		r->err = fail(r->c, ERR_INVALID, FILE_FIELD, "%.*s", STR_ARG(why));
	return r->err;
}

static Err xlsx_said(TableReader *r) {
	Str why = xlsx_why(r->xlsx), place = xlsx_why_place(r->xlsx);
	if (why.len && place.len)
		return r->err = fail(r->c, ERR_INVALID, FILE_FIELD, "List %.*s, %.*s: %.*s", STR_ARG(xlsx_sheet_name(r->xlsx)), STR_ARG(place), STR_ARG(why));
	return said(r, why);
}

/* Room for as many cells as the header has; more than that only when they are empty. */
static Err put_cells(TableReader *r, const Str *cells, const u8 *kinds, size_t n) {
	for (size_t i = r->header.len; i < n; i++)
		if (cells[i].len)
			return r->err = fail(r->c, ERR_INVALID, FILE_FIELD, "%.*s má víc buněk než záhlaví. Zkontrolujte oddělovače a uvozovky, nebo pojmenujte sloupec.",
			                     STR_ARG(table_row_place(r)));
	r->cells.len = r->header.len;
	for (size_t i = 0; i < r->header.len; i++) {
		r->cells.at[i] = i < n ? cells[i] : (Str){0};
		r->kinds[i] = i < n && kinds ? kinds[i] : (u8)CELL_IS_TEXT;
	}
	return OK;
}

static bool next_csv(TableReader *r) {
	Strs cells;
	if (!csv_next(r->csv, &cells)) {
		said(r, csv_why(r->csv));
		return false;
	}
	r->line = (i64)csv_row(r->csv);
	if (cells.len < r->header.len) {
		r->err = fail(r->c, ERR_INVALID, FILE_FIELD, "Řádek %lld má %zu sloupců, záhlaví jich má %zu. Zkontrolujte oddělovače a uvozovky.", (long long)r->line,
		              cells.len, r->header.len);
		return false;
	}
	for (size_t i = 0; i < cells.len; i++)
		cells.at[i] = csv_unguard(cells.at[i]);
	return put_cells(r, cells.at, NULL, cells.len) == OK;
}

static bool next_xlsx(TableReader *r) {
	SheetRow row;
	if (!xlsx_next(r->xlsx, &row)) {
		xlsx_said(r);
		return false;
	}
	r->line = row.number;
	return put_cells(r, row.cells, row.kinds, row.len) == OK;
}

static bool next_json(TableReader *r) {
	arena_reset(&r->row);
	r->cells.len = r->header.len;
	r->line++;
	if (json_table_next(r->json, &r->row, r->cells.at, r->kinds))
		return true;
	said(r, json_table_why(r->json));
	return false;
}

bool table_read_next(TableReader *r, Strs *cells) {
	if (r->err != OK)
		return false;
	bool any = r->format == TABLE_CSV ? next_csv(r) : r->format == TABLE_XLSX ? next_xlsx(r) : next_json(r);
	*cells = r->cells;
	return any;
}

/* ---- opening ---- */

static Err open_csv(TableReader *r, Str bytes) {
	Strs header;
	r->csv = csv_open(&r->arena, bytes, (CsvLimits){.rows = TABLE_MAX_ROWS, .columns = TABLE_MAX_COLUMNS, .cell = TABLE_MAX_CELL});
	if (!csv_next(r->csv, &header))
		return csv_why(r->csv).len ? said(r, csv_why(r->csv)) : refuse(r, ERR_INVALID, "Soubor je prázdný. Vyberte soubor s daty.");
	for (size_t i = 0; i < header.len; i++)
		strs_add(&r->arena, &r->header, text_clean(&r->arena, csv_unguard(header.at[i])));
	return OK;
}

static Err open_xlsx(TableReader *r, Str bytes) {
	SheetRow header;
	Str      why;
	r->xlsx = xlsx_open(&r->arena, bytes, &why);
	if (!r->xlsx)
		return said(r, why);
	if (!xlsx_next(r->xlsx, &header))
		return xlsx_why(r->xlsx).len ? xlsx_said(r) : refuse(r, ERR_INVALID, "První list sešitu je prázdný. Dejte tabulku na první list.");
	for (size_t i = 0; i < header.len; i++)
		strs_add(&r->arena, &r->header, text_clean(&r->arena, header.cells[i]));
	return OK;
}

static Err open_json(TableReader *r, Str bytes) {
	Str why;
	r->json = json_table_open(&r->arena, bytes, &r->header, &why);
	return r->json ? OK : said(r, why);
}

static void free_reader(void *arg) {
	TableReader *r = arg;
	arena_free(&r->arena);
	arena_free(&r->row);
	buf_free(&r->file);
}

static TableReader *new_reader(Ctx *c) {
	TableReader *r = NEW(c->arena, TableReader, .c = c, .arena = {.on_full = c->arena->on_full}, .row = {.on_full = c->arena->on_full});
	arena_defer(c->arena, free_reader, r);
	return r;
}

static Err open_bytes(TableReader *r, Str bytes, Str name) {
	if (bytes.len > TABLE_MAX_FILE)
		return refuse(r, ERR_TOO_LARGE, "Soubor je větší než 10 MB. Rozdělte ho na menší.");
	TRY(recognise(r, bytes, name));
	TRY(r->format == TABLE_CSV ? open_csv(r, bytes) : r->format == TABLE_XLSX ? open_xlsx(r, bytes) : open_json(r, bytes));
	r->cells.at = NEW_ARRAY(&r->arena, Str, TABLE_MAX_COLUMNS);
	return OK;
}

Err table_read_bytes(Ctx *c, Str bytes, Str name, TableReader **ret) {
	*ret = new_reader(c);
	return open_bytes(*ret, bytes, name);
}

Err table_read_open(Ctx *c, int fd, Str name, TableReader **ret) {
	TableReader *r = *ret = new_reader(c);
	char         piece[64 * 1024];
	for (off_t at = 0;;) {
		ssize_t n = pread(fd, piece, sizeof piece, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return refuse(r, ERR_STORAGE, "Soubor se nepodařilo přečíst. Nahrajte jej prosím znovu.");
		if (n == 0)
			break;
		buf_put(&r->file, piece, (size_t)n);
		at += n;
		if (r->file.len > TABLE_MAX_FILE)
			break;
	}
	return open_bytes(r, buf_view(&r->file), name);
}

/* ---- questions ---- */

const Strs *table_header(const TableReader *r) { return &r->header; }
const u8   *table_kinds(const TableReader *r) { return r->kinds; }
i64         table_line(const TableReader *r) { return r->line; }
Err         table_read_end(TableReader *r) { return r->err; }

Str table_source(const TableReader *r) {
	if (r->format == TABLE_XLSX)
		return str_format(r->c->arena, "XLSX, list %.*s", STR_ARG(xlsx_sheet_name(r->xlsx)));
	if (r->format == TABLE_JSON)
		return S("JSON");
	char delimiter = csv_delimiter(r->csv);
	return delimiter == '\t' ? str_format(r->c->arena, "CSV, kódování %s, oddělovač tabulátor", csv_encoding(r->csv))
	                         : str_format(r->c->arena, "CSV, kódování %s, oddělovač %c", csv_encoding(r->csv), delimiter);
}

Str table_row_place(const TableReader *r) {
	Arena *a = r->c->arena;
	if (r->format == TABLE_XLSX)
		return str_format(a, "List %.*s, řádek %lld", STR_ARG(xlsx_sheet_name(r->xlsx)), (long long)r->line);
	return str_format(a, "%s %lld", r->format == TABLE_JSON ? "záznam" : "řádek", (long long)r->line);
}

Str table_place(const TableReader *r, size_t column) {
	Arena *a = r->c->arena;
	Str    row = table_row_place(r), name = column < r->header.len ? r->header.at[column] : (Str){0};
	if (r->format == TABLE_XLSX)
		return str_format(a, "%.*s, buňka %.*s%lld", STR_ARG(row), STR_ARG(xlsx_column_name(a, column)), (long long)r->line);
	if (r->format == TABLE_JSON)
		return str_format(a, "%.*s, údaj „%.*s“", STR_ARG(row), STR_ARG(name));
	return str_format(a, "%.*s, sloupec %zu (%.*s)", STR_ARG(row), column + 1, STR_ARG(name));
}
