/* Cells as spreadsheets write them: numbers, serial days, escapes, addresses; and what an upload is by its first bytes. */
#include "core/files.h"
#include "core/xlsx_value.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static bool is_decimal(Str s) {
	size_t digits = 0, points = 0;
	for (size_t i = s.len && s.ptr[0] == '-'; i < s.len; i++)
		s.ptr[i] == '.' ? points++ : s.ptr[i] >= '0' && s.ptr[i] <= '9' ? digits++ : (points = 9);
	return digits > 0 && points <= 1 && s.ptr[s.len - 1] != '.';
}

/* "2024-01-31", "2024-01-31 12:30:00" or "12:30:00" */
static void check_serial(Str day) {
	Date d;
	CHECK(day.len == 0 || day.len == 8 || day.len == 10 || day.len == 19);
	CHECK(day.len < 10 || date_read_iso(str_first(day, 10), &d) || str_starts(day, S("1900-02-29")));     /* spreadsheets have that day */
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena  a = {0};
	Str    text = str_of((const char *)data, size), number, again;
	size_t column;
	i64    row;
	if (xlsx_number(&a, text, &number)) {
		CHECK(is_decimal(number));
		CHECK(xlsx_number(&a, number, &again) && str_eq(again, number));
		check_serial(xlsx_serial(&a, number, false));
		check_serial(xlsx_serial(&a, number, true));
	}
	Str plain = xlsx_unescape(&a, text);
	CHECK(plain.len <= text.len && (!utf8_valid(text) || utf8_valid(plain) || str_has(text, S("_x0000_"))));    /* the reader of cells refuses zeros */
	xlsx_format_is_date(text);
	if (xlsx_cell_read(text, &column, &row))
		CHECK(row >= 1 && str_starts(text, xlsx_column_name(&a, column)));
	Str type = file_type(text, text);
	CHECK(str_find_char(type, '/') > 0);
	arena_free(&a);
	return 0;
}
