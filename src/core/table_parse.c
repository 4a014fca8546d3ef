/* table_parse.c: which of the three formats a file has, and one row after the other in the form that fields read. Runs in a child: knows
 * neither the store nor who asks. */
#include <stdlib.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/text.h"
#include "core/table_inside.h"
#include "core/table_parse.h"
#include "core/xlsx_read.h"
#include "core/xlsx_value.h"

typedef struct TableParser {
	Arena       arena;                       /* of the parsers */
	Arena       row;                         /* of the current row */
	TableFormat format;
	CsvReader  *csv;
	Xlsx       *xlsx;
	JsonTable  *json;
	Strs        header, cells;
	u8          kinds[TABLE_MAX_COLUMNS];
	i64         line;                        /* of the current row */
	Err         err;
	Str         why;
} TableParser;

static Err say(TableParser *p, Err err, Str why) {
	p->why = why;
	return p->err = err;
}

static Str row_place(TableParser *p) {
	if (p->format == TABLE_XLSX)
		return str_format(&p->arena, "List %.*s, řádek %lld", STR_ARG(xlsx_sheet_name(p->xlsx)), (long long)p->line);
	return str_format(&p->arena, "%s %lld", p->format == TABLE_JSON ? "záznam" : "řádek", (long long)p->line);
}

static Err refuse(TableParser *p, Err err, const char *sentence) {
	return say(p, err, str_c(sentence));
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

static Err recognise(TableParser *p, Str s, Str name) {
	Arena *a = &p->row;
	Str    head = str_trim(str_starts(s, S("\xEF\xBB\xBF")) ? str_from(s, 3) : s);
	if (head.len == 0)
		return refuse(p, ERR_INVALID, "Soubor je prázdný. Vyberte soubor s daty.");
	if (str_starts(s, S("\xD0\xCF\x11\xE0")))
		return refuse(p, ERR_TYPE, "Soubor je ve starém formátu Excelu (.xls), nebo je chráněný heslem. Uložte jej bez hesla jako .xlsx nebo CSV a nahrajte znovu.");
	bool is_zip = str_starts(s, S("PK\x03\x04")) || str_starts(s, S("PK\x05\x06"));
	if (has_suffix(a, name, S(".xlsx")) && !is_zip)
		return refuse(p, ERR_TYPE, "Soubor se jmenuje .xlsx, ale sešit v něm není. Otevřete jej v tabulkovém programu, uložte jako .xlsx a nahrajte znovu.");
	if ((has_suffix(a, name, S(".csv")) || has_suffix(a, name, S(".json"))) && is_zip)
		return refuse(p, ERR_TYPE, "Soubor se jmenuje jinak, než co obsahuje: je to sešit .xlsx nebo archiv. Opravte jeho název a nahrajte jej znovu.");
	if (!is_zip && (!looks_like_text(s) || str_starts(s, S("%PDF"))))
		return refuse(p, ERR_TYPE, "Soubor není tabulka. Načíst umíme XLSX, CSV a JSON.");
	bool is_json = !is_zip && (head.ptr[0] == '{' || head.ptr[0] == '[');
	if (has_suffix(a, name, S(".json")) && !is_json)
		return refuse(p, ERR_TYPE, "Soubor se jmenuje .json, ale JSON to není. Opravte jeho název, nebo jej uložte znovu.");
	p->format = is_zip ? TABLE_XLSX : is_json ? TABLE_JSON : TABLE_CSV;
	return OK;
}

/* ---- rows of each format into p->cells ---- */

static Err said(TableParser *p, Str why) {
	if (why.len)
		say(p, ERR_INVALID, why);
	return p->err;
}

static Err xlsx_said(TableParser *p) {
	Str why = xlsx_why(p->xlsx), place = xlsx_why_place(p->xlsx);
	if (why.len && place.len)
		return say(p, ERR_INVALID, str_format(&p->arena, "List %.*s, %.*s: %.*s", STR_ARG(xlsx_sheet_name(p->xlsx)), STR_ARG(place), STR_ARG(why)));
	return said(p, why);
}

/* Room for as many cells as the header has; more than that only when they are empty. */
static Err put_cells(TableParser *p, const Str *cells, const u8 *kinds, size_t n) {
	for (size_t i = p->header.len; i < n; i++)
		if (cells[i].len)
			return say(p, ERR_INVALID, str_format(&p->arena, "%.*s má víc buněk než záhlaví. Zkontrolujte oddělovače a uvozovky, nebo pojmenujte sloupec.",
			                                      STR_ARG(row_place(p))));
	p->cells.len = p->header.len;
	for (size_t i = 0; i < p->header.len; i++) {
		p->cells.at[i] = i < n ? cells[i] : (Str){0};
		p->kinds[i] = i < n && kinds ? kinds[i] : (u8)CELL_IS_TEXT;
	}
	return OK;
}

static bool next_csv(TableParser *p) {
	Strs cells;
	if (!csv_next(p->csv, &cells)) {
		said(p, csv_why(p->csv));
		return false;
	}
	p->line = (i64)csv_row(p->csv);
	if (cells.len < p->header.len) {
		say(p, ERR_INVALID, str_format(&p->arena, "Řádek %lld má %zu sloupců, záhlaví jich má %zu. Zkontrolujte oddělovače a uvozovky.", (long long)p->line,
		                               cells.len, p->header.len));
		return false;
	}
	for (size_t i = 0; i < cells.len; i++)
		cells.at[i] = csv_unguard(cells.at[i]);
	return put_cells(p, cells.at, NULL, cells.len) == OK;
}

static bool next_xlsx(TableParser *p) {
	SheetRow row;
	if (!xlsx_next(p->xlsx, &row)) {
		xlsx_said(p);
		return false;
	}
	p->line = row.number;
	return put_cells(p, row.cells, row.kinds, row.len) == OK;
}

static bool next_json(TableParser *p) {
	arena_reset(&p->row);
	p->cells.len = p->header.len;
	p->line++;
	if (json_table_next(p->json, &p->row, p->cells.at, p->kinds))
		return true;
	said(p, json_table_why(p->json));
	return false;
}

static Err open_csv(TableParser *p, Str bytes) {
	Strs header;
	p->csv = csv_open(&p->arena, bytes, (CsvLimits){.rows = TABLE_MAX_ROWS, .columns = TABLE_MAX_COLUMNS, .cell = TABLE_MAX_CELL});
	if (!csv_next(p->csv, &header))
		return csv_why(p->csv).len ? said(p, csv_why(p->csv)) : refuse(p, ERR_INVALID, "Soubor je prázdný. Vyberte soubor s daty.");
	for (size_t i = 0; i < header.len; i++)
		strs_add(&p->arena, &p->header, text_clean(&p->arena, csv_unguard(header.at[i])));
	return OK;
}

static Err open_xlsx(TableParser *p, Str bytes) {
	SheetRow header;
	Str      why;
	p->xlsx = xlsx_open(&p->arena, bytes, &why);
	if (!p->xlsx)
		return said(p, why);
	if (!xlsx_next(p->xlsx, &header))
		return xlsx_why(p->xlsx).len ? xlsx_said(p) : refuse(p, ERR_INVALID, "První list sešitu je prázdný. Dejte tabulku na první list.");
	for (size_t i = 0; i < header.len; i++)
		strs_add(&p->arena, &p->header, text_clean(&p->arena, header.cells[i]));
	return OK;
}

static Err open_json(TableParser *p, Str bytes) {
	Str why;
	p->json = json_table_open(&p->arena, bytes, &p->header, &why);
	return p->json ? OK : said(p, why);
}

static Err open_bytes(TableParser *p, Str bytes, Str name) {
	if (bytes.len > TABLE_MAX_FILE)
		return refuse(p, ERR_TOO_LARGE, "Soubor je větší než 10 MB. Rozdělte ho na menší.");
	TRY(recognise(p, bytes, name));
	TRY(p->format == TABLE_CSV ? open_csv(p, bytes) : p->format == TABLE_XLSX ? open_xlsx(p, bytes) : open_json(p, bytes));
	p->cells.at = NEW_ARRAY(&p->arena, Str, TABLE_MAX_COLUMNS);
	return OK;
}

static bool next_row(TableParser *p) {
	if (p->err != OK)
		return false;
	return p->format == TABLE_CSV ? next_csv(p) : p->format == TABLE_XLSX ? next_xlsx(p) : next_json(p);
}

/* ---- the stream ---- */

static void put_number(Buf *out, u64 n, size_t bytes) {
	buf_put(out, (const char *)&n, bytes);   /* both sides are the same program: the machine's own order */
}

static void put_text(Buf *out, Str s) {
	put_number(out, s.len, 4);
	buf_str(out, s);
}

static void put_head(TableParser *p, Buf *out) {
	buf_char(out, 'H');
	put_number(out, p->format, 1);
	put_number(out, p->format == TABLE_CSV ? (u8)csv_delimiter(p->csv) : 0, 1);
	put_text(out, p->format == TABLE_CSV ? str_c(csv_encoding(p->csv)) : (Str){0});
	put_text(out, p->format == TABLE_XLSX ? xlsx_sheet_name(p->xlsx) : (Str){0});
	put_number(out, p->header.len, 2);
	for (size_t i = 0; i < p->header.len; i++)
		put_text(out, p->header.at[i]);
}

static void put_row(const TableParser *p, Buf *out) {
	buf_char(out, 'R');
	put_number(out, (u64)p->line, 8);
	for (size_t i = 0; i < p->cells.len; i++) {
		put_number(out, p->kinds[i], 1);
		put_text(out, p->cells.at[i]);
	}
}

static void put_end(const TableParser *p, Buf *out) {
	buf_char(out, 'E');
	put_number(out, p->err, 1);
	put_text(out, p->why);
}

static void parse(TableParser *p, Str name, Str bytes, Buf *out) {
	if (open_bytes(p, bytes, name) == OK) {
		put_head(p, out);
		while (next_row(p))
			put_row(p, out);
	}
	put_end(p, out);
}

void table_parse(Str name, Str bytes, Buf *out) {
	TableParser *p = calloc(1, sizeof *p);
	CHECK(p != NULL);
	parse(p, name, bytes, out);
	arena_free(&p->arena);
	arena_free(&p->row);
	free(p);
}

/* ---- in the child: memory that is given back by its end ---- */

static int convert(int in, int out) {
	static TableParser p;
	static OnFull      full;
	static Buf         file, stream;
	u32                name_len;
	if (ON_FULL(&full))
		return CHILD_EXIT_NO_MEMORY;
	p.arena.on_full = p.row.on_full = memory_owner_set(&full);
	if (!child_read(in, TABLE_MAX_FILE + 4096, &file) || file.len < sizeof name_len)
		return 1;
	memcpy(&name_len, file.ptr, sizeof name_len);
	if (name_len > file.len - sizeof name_len)
		return 1;
	stream = child_writer(&out);
	parse(&p, str_of(file.ptr + sizeof name_len, name_len), str_from(buf_view(&file), sizeof name_len + name_len), &stream);
	return buf_finish(&stream) ? 0 : 1;
}

const ChildKind convert_table = {.name = "convert", .role = SANDBOX_CONVERT, .cpu_seconds = 10, .wall_seconds = 20, .memory = 256u << 20,
                                 .most_out = TABLE_MAX_STREAM, .run = convert};
