/* table_xlsx_write.c: workbooks out through libxlsxwriter, the only file that sees it. Rows go to files in a temporary folder of ours, so memory
 * stays flat; texts are typed strings, never formulas or links. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/format.h"
#include "core/table_inside.h"

enum { MAX_SHEETS = 4, KIND_TEXT = 0, KIND_DATE = 1, KIND_NUMBER = 2, KIND_COUNT = KIND_NUMBER + 5, MAX_NAME = 31 };

/* A double holds this many decimal digits; longer numbers go out as text. */
static const i64 MAX_EXACT = INT64_C(999999999999999);

struct XlsxOut {
	Buf           *out;
	lxw_workbook  *book;
	lxw_worksheet *sheets[MAX_SHEETS];
	size_t         sheet_count;
	lxw_format    *formats[STYLE_COUNT][KIND_COUNT], *bold;
	Buf            z;                        /* the text at hand, with its NUL */
	char           folder[64], file[80];
	bool           failed;
};

static void close_book(XlsxOut *x) {
	if (x->book && workbook_close(x->book) != LXW_NO_ERROR)      /* frees it in any case */
		x->failed = true;
	x->book = NULL;
}

static void clean_up(void *arg) {
	XlsxOut *x = arg;
	close_book(x);
	buf_free(&x->z);
	if (x->folder[0]) {
		unlink(x->file);
		rmdir(x->folder);
	}
	x->folder[0] = '\0';
}

XlsxOut *xlsx_out_open(Arena *a, Buf *out) {
	const char *where = getenv("TMPDIR");
	XlsxOut    *x = NEW(a, XlsxOut, .out = out);
	int n = snprintf(x->folder, sizeof x->folder, "%s/sitovka-XXXXXX", where && strlen(where) < 40 ? where : "/tmp");
	if (n < 0 || !mkdtemp(x->folder))
		return NULL;
	snprintf(x->file, sizeof x->file, "%s/table.xlsx", x->folder);
	arena_defer(a, clean_up, x);
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = x->folder};
	x->book = workbook_new_opt(x->file, &options);
	if (!x->book)
		return NULL;
	x->bold = workbook_add_format(x->book);
	format_set_bold(x->bold);
	format_set_text_wrap(x->bold);
	format_set_align(x->bold, LXW_ALIGN_VERTICAL_TOP);
	return x;
}

static lxw_format *format_of(XlsxOut *x, XlsxStyle style, int kind) {
	static const char *const codes[KIND_COUNT] = {"@", "d. m. yyyy", "0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"};
	lxw_format **f = &x->formats[style][kind];
	if (*f)
		return *f;
	*f = workbook_add_format(x->book);
	format_set_num_format(*f, codes[kind]);
	if (style == STYLE_WRONG) {
		format_set_bg_color(*f, 0xFFD9D6);
		format_set_border(*f, LXW_BORDER_THIN);
		format_set_border_color(*f, 0xB3261E);
	}
	return *f;
}

static void check(XlsxOut *x, lxw_error e) {
	x->failed = x->failed || e != LXW_NO_ERROR;
}

/* Text that stands for itself: what looks like an escape of the format is escaped once more. */
static const char *z_of(XlsxOut *x, Str s) {
	x->z.len = 0;
	for (i64 at; (at = str_find(s, S("_x"))) >= 0; s = str_from(s, (size_t)at + 2)) {
		buf_put(&x->z, s.ptr, (size_t)at);
		buf_str(&x->z, s.len >= (size_t)at + 7 && s.ptr[at + 6] == '_' ? S("_x005F_x") : S("_x"));
	}
	buf_str(&x->z, s);
	buf_char(&x->z, '\0');
	return x->z.ptr;
}

/* ---- sheets ---- */

/* What spreadsheets allow as the name of a sheet. */
static Str sheet_name(Arena *a, Str name) {
	char *z = str_z(a, utf8_first(name, MAX_NAME));
	for (char *p = z; *p; p++)
		if (strchr("[]:*?/\\'", *p))
			*p = ' ';
	Str s = str_trim(str_c(z));
	return s.len ? s : S("Data");
}

size_t xlsx_out_sheet(XlsxOut *x, Str name) {
	CHECK(x->sheet_count < MAX_SHEETS);
	CLEANUP(arena_free) Arena a = {0};
	lxw_worksheet *sheet = workbook_add_worksheet(x->book, str_z(&a, sheet_name(&a, name)));
	if (!sheet)                                      /* the name is taken: the library's own one */
		sheet = workbook_add_worksheet(x->book, NULL);
	CHECK(sheet != NULL);
	x->sheets[x->sheet_count] = sheet;
	return x->sheet_count++;
}

void xlsx_out_header(XlsxOut *x, size_t sheet, u32 row, u32 column, Str title, int width) {
	check(x, worksheet_set_column(x->sheets[sheet], (lxw_col_t)column, (lxw_col_t)column, width, NULL));
	check(x, worksheet_write_string(x->sheets[sheet], row, (lxw_col_t)column, z_of(x, title), x->bold));
}

void xlsx_out_table(XlsxOut *x, size_t sheet, u32 header_row, u32 last_row, u32 columns) {
	worksheet_freeze_panes(x->sheets[sheet], header_row + 1, 0);
	if (last_row > header_row)
		check(x, worksheet_autofilter(x->sheets[sheet], header_row, 0, last_row, (lxw_col_t)(columns - 1)));
}

/* ---- cells ---- */

void xlsx_out_text(XlsxOut *x, size_t sheet, u32 row, u32 column, Str s, XlsxStyle style) {
	if (s.len == 0 && style == STYLE_PLAIN)
		return;
	lxw_format *f = format_of(x, style, KIND_TEXT);
	check(x, s.len ? worksheet_write_string(x->sheets[sheet], row, (lxw_col_t)column, z_of(x, s), f)
	               : worksheet_write_blank(x->sheets[sheet], row, (lxw_col_t)column, f));
}

void xlsx_out_number(XlsxOut *x, size_t sheet, u32 row, u32 column, i64 n, int places, XlsxStyle style) {
	static const double scales[] = {1, 10, 100, 1000, 10000};
	CHECK(places >= 0 && places < (int)LEN(scales));
	if (n == BLANK) {
		xlsx_out_text(x, sheet, row, column, (Str){0}, style);
	} else if (n > MAX_EXACT || n < -MAX_EXACT) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_plain(&b, n, places, '.');
		xlsx_out_text(x, sheet, row, column, buf_view(&b), style);
	} else {                                         /* the format knows doubles only; up to 15 digits come back as they were */
		check(x, worksheet_write_number(x->sheets[sheet], row, (lxw_col_t)column, (double)n / scales[places], format_of(x, style, KIND_NUMBER + places)));
	}
}

void xlsx_out_date(XlsxOut *x, size_t sheet, u32 row, u32 column, Date d, XlsxStyle style) {
	char iso[DATE_ISO_LEN];
	if (date_before(d, date(1900, 3, 1)))            /* no date at all, or one that the calendar of spreadsheets gets wrong */
		xlsx_out_text(x, sheet, row, column, date_iso(d, iso), style);
	else
		check(x, worksheet_write_number(x->sheets[sheet], row, (lxw_col_t)column, d.n - date(1899, 12, 30).n, format_of(x, style, KIND_DATE)));
}

void xlsx_out_comment(XlsxOut *x, size_t sheet, u32 row, u32 column, Str text) {
	lxw_comment_options look = {.width = 320, .height = 90};
	check(x, worksheet_write_comment_opt(x->sheets[sheet], row, (lxw_col_t)column, z_of(x, text), &look));
}

/* ---- the end ---- */

static bool copy_out(XlsxOut *x) {
	char piece[64 * 1024];
	int  fd = open(x->file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t n;
	while ((n = read(fd, piece, sizeof piece)) > 0)
		buf_put(x->out, piece, (size_t)n);
	close(fd);
	return n == 0;
}

Err xlsx_out_close(XlsxOut *x) {
	close_book(x);
	bool fine = !x->failed && copy_out(x);
	clean_up(x);
	return fine && !x->out->failed ? OK : ERR_STORAGE;
}
