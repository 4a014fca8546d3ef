/* Any file becomes rows under its header or is refused with a sentence. */
#include "core/table_inside.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena        a = {0};
	Ctx          c = ctx_make(&a, NULL, &actor_program, (Instant){1});
	TableReader *r;
	Strs         cells;
	Err          err = table_read_bytes(&c, str_of((const char *)data, size), S("x"), &r);
	if (err == OK) {
		size_t columns = table_header(r)->len;
		CHECK(columns <= TABLE_MAX_COLUMNS);
		while (table_read_next(r, &cells)) {
			CHECK(cells.len == columns && table_line(r) > 0);
			for (size_t i = 0; i < columns; i++)
				CHECK(cells.at[i].len <= TABLE_MAX_CELL && utf8_valid(cells.at[i]));
			CHECK(utf8_valid(table_place(r, 0)));
			c.problems.len = 0;
		}
		err = table_read_end(r);
	}
	CHECK(err == OK || (c.problems.len > 0 && utf8_valid(first_problem(&c)) && str_ends(first_problem(&c), S("."))));
	arena_free(&a);
	return 0;
}
