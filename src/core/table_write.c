/* table_write.c: tables out, one row after the other into a Buf that may flush: memory does not grow with the table. */
#include "base/csv.h"
#include "base/format.h"
#include "base/json.h"
#include "core/table_inside.h"

struct TableWriter {
	FileFormat         format;
	const TableColumn *columns;
	size_t             count, column;        /* the next cell */
	u32                row;                  /* of XLSX; the header is 0 */
	Buf               *out;
	CsvWriter          csv;
	JsonWriter         json;
	XlsxOut           *xlsx;
	size_t             sheet;
	Str                note;
	Err                err;
};

Str format_type(FileFormat f) {
	switch (f) {
	case FORMAT_XLSX:
		return S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	case FORMAT_JSON:
		return S("application/json");
	default:
		return S("text/csv; charset=utf-8");
	}
}

const char *format_suffix(FileFormat f) {
	return f == FORMAT_XLSX ? "xlsx" : f == FORMAT_JSON ? "json" : "csv";
}

/* ---- opening ---- */

static void start_csv(TableWriter *w) {
	for (size_t i = 0; i < w->count; i++)
		csv_text(&w->csv, str_c(w->csv.kind == CSV_PEOPLE ? w->columns[i].title : w->columns[i].key));
	csv_row_end(&w->csv);
}

static void start_xlsx(TableWriter *w, Arena *a, Str sheet) {
	w->xlsx = xlsx_out_open(a, w->out);
	if (!w->xlsx) {
		w->err = ERR_STORAGE;
		return;
	}
	w->sheet = xlsx_out_sheet(w->xlsx, sheet);
	for (size_t i = 0; i < w->count; i++)
		xlsx_out_header(w->xlsx, w->sheet, 0, (u32)i, str_c(w->columns[i].title), w->columns[i].width ? w->columns[i].width : 16);
}

static void start_json(TableWriter *w) {
	jw_object(&w->json);
	jw_key(&w->json, "meta");
	jw_object(&w->json);
	if (w->note.len) {
		jw_key(&w->json, "note");
		jw_str(&w->json, w->note);
	}
	jw_object_end(&w->json);
	jw_key(&w->json, "data");
	jw_array(&w->json);
}

TableWriter *table_open(Arena *a, Buf *out, FileFormat f, Str sheet, const TableColumn *columns, size_t count, Str note) {
	CHECK(count > 0);
	TableWriter *w = NEW(a, TableWriter, .format = f, .columns = columns, .count = count, .out = out, .note = note,
	                     .csv = {.out = out, .kind = f == FORMAT_CSV ? CSV_PEOPLE : CSV_DATA}, .json = {.out = out});
	if (f == FORMAT_XLSX)
		start_xlsx(w, a, sheet);
	else if (f == FORMAT_JSON)
		start_json(w);
	else
		start_csv(w);
	return w;
}

/* ---- cells ---- */

static const TableColumn *next_column(TableWriter *w) {
	CHECK(w->column < w->count);
	const TableColumn *column = &w->columns[w->column++];
	if (w->column == 1 && w->format == FORMAT_XLSX)
		w->row++;
	if (w->format == FORMAT_JSON) {
		if (w->column == 1)
			jw_object(&w->json);
		jw_key(&w->json, column->key);
	}
	return column;
}

void table_text(TableWriter *w, Str s) {
	next_column(w);
	if (w->format == FORMAT_JSON)
		jw_str(&w->json, s);
	else if (w->format != FORMAT_XLSX)
		csv_text(&w->csv, s);
	else if (w->xlsx)
		xlsx_out_text(w->xlsx, w->sheet, w->row, (u32)w->column - 1, s, STYLE_PLAIN);
}

/* Fractions are texts in JSON: readers that take numbers for doubles cannot spoil an amount. */
static void json_number(TableWriter *w, i64 n, int places) {
	if (places == 0 || n == BLANK) {
		jw_int(&w->json, n);
		return;
	}
	CLEANUP(buf_free) Buf b = {0};
	fmt_plain(&b, n, places, '.');
	jw_str(&w->json, buf_view(&b));
}

void table_int(TableWriter *w, i64 n) {
	const TableColumn *column = next_column(w);
	int places = column->type == CELL_DECIMAL ? column->places : 0;
	if (w->format == FORMAT_JSON)
		json_number(w, n, places);
	else if (w->format != FORMAT_XLSX)
		csv_number(&w->csv, n, places);
	else if (w->xlsx)
		xlsx_out_number(w->xlsx, w->sheet, w->row, (u32)w->column - 1, n, places, STYLE_PLAIN);
}

void table_date(TableWriter *w, Date d) {
	next_column(w);
	char iso[DATE_ISO_LEN];
	int  year, month, day;
	if (w->format == FORMAT_XLSX) {
		if (w->xlsx)
			xlsx_out_date(w->xlsx, w->sheet, w->row, (u32)w->column - 1, d, STYLE_PLAIN);
	} else if (w->format == FORMAT_JSON) {
		if (date_is(d))
			jw_str(&w->json, date_iso(d, iso));
		else
			jw_null(&w->json);
	} else if (w->format == FORMAT_CSV && date_is(d)) {
		CLEANUP(buf_free) Buf b = {0};
		date_parts(d, &year, &month, &day);
		buf_format(&b, "%d.%d.%d", day, month, year);        /* without blanks: spreadsheets take it for a day */
		csv_text(&w->csv, buf_view(&b));
	} else {
		csv_text(&w->csv, date_iso(d, iso));
	}
}

void table_bool(TableWriter *w, bool b) {
	next_column(w);
	if (w->format == FORMAT_JSON)
		jw_bool(&w->json, b);
	else if (w->format == FORMAT_CSV_DATA)
		csv_text(&w->csv, b ? S("true") : S("false"));
	else if (w->format == FORMAT_CSV)
		csv_text(&w->csv, b ? S("ano") : S("ne"));
	else if (w->xlsx)
		xlsx_out_text(w->xlsx, w->sheet, w->row, (u32)w->column - 1, b ? S("ano") : S("ne"), STYLE_PLAIN);
}

void table_row_end(TableWriter *w) {
	CHECK(w->column == w->count);
	w->column = 0;
	if (w->format == FORMAT_JSON)
		jw_object_end(&w->json);
	else if (w->format != FORMAT_XLSX)
		csv_row_end(&w->csv);
}

/* ---- the end ---- */

static Err close_xlsx(TableWriter *w) {
	if (!w->xlsx)
		return ERR_STORAGE;
	xlsx_out_table(w->xlsx, w->sheet, 0, w->row, (u32)w->count);
	if (w->note.len) {
		size_t about = xlsx_out_sheet(w->xlsx, S("O souboru"));
		u32    row = 0;
		for (Str rest = w->note; rest.len; row++)
			xlsx_out_text(w->xlsx, about, row, 0, str_cut(&rest, '\n'), STYLE_PLAIN);
	}
	return xlsx_out_close(w->xlsx);
}

Err table_close(TableWriter *w) {
	CHECK(w->column == 0);
	if (w->format == FORMAT_XLSX) {
		TRY(close_xlsx(w));
	} else if (w->format == FORMAT_JSON) {
		jw_array_end(&w->json);
		jw_object_end(&w->json);
	}
	return w->out->failed ? ERR_STORAGE : OK;
}
