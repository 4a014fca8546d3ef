/* Any bytes are read or refused with a place; what was read and written again reads as the same cells. */
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Buf b = {0};
	CsvLimits limits = {.rows = 50, .columns = 8, .cell = 64};
	CsvWriter w = {.out = &b, .kind = size % 2 ? CSV_PEOPLE : CSV_DATA};
	Strs cells, all[52];
	size_t n = 0;

	CsvReader *r = csv_open(&a, str_of((const char *)data, size), limits);
	for (size_t i = 0; i < 8; i++)           /* a header that makes the delimiter certain */
		csv_text(&w, S("x"));
	csv_row_end(&w);
	while (csv_next(r, &cells)) {
		CHECK(cells.len >= 1 && cells.len <= 8 && n < LEN(all));
		all[n] = (Strs){0};
		for (size_t i = 0; i < cells.len; i++) {
			CHECK(utf8_valid(cells.at[i]));
			strs_add(&a, &all[n], str_dup(&a, cells.at[i]));
			csv_text(&w, cells.at[i]);
		}
		csv_row_end(&w);
		n++;
	}
	CHECK(utf8_valid(csv_why(r)));

	limits.rows = 60;
	limits.cell = 65;                        /* the apostrophe */
	CsvReader *again = csv_open(&a, buf_view(&b), limits);
	CHECK(csv_next(again, &cells) && cells.len == 8);
	for (size_t row = 0; row < n; row++) {
		CHECK(csv_next(again, &cells) && cells.len == all[row].len);
		for (size_t i = 0; i < cells.len; i++)
			CHECK(str_eq(csv_unguard(cells.at[i]), all[row].at[i]));
	}
	CHECK(!csv_next(again, &cells) && str_empty(csv_why(again)));
	buf_free(&b);
	arena_free(&a);
	return 0;
}
