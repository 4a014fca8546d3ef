/* Whatever a child says about a table: rows within the limits, or the stream is broken; never anything between. */
#include "core/table_parse.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena       kept = {0}, row = {0};
	TableStream s = {.fd = -1, .memory = {(const char *)data, size}, .size = size};
	StreamPart  part;
	i64         line = 0;
	while ((part = table_stream_next(&s, &kept, &row)) == STREAM_HEAD || part == STREAM_ROW) {
		CHECK(s.head.columns.len > 0 && s.head.columns.len <= TABLE_MAX_COLUMNS);
		if (part == STREAM_HEAD)
			continue;
		CHECK(s.line > line);
		line = s.line;
		for (size_t i = 0; i < s.head.columns.len; i++)
			CHECK(s.cells[i].len <= TABLE_MAX_CELL && utf8_valid(s.cells[i]) && s.kinds[i] <= CELL_HAS_NO_VALUE);
		arena_reset(&row);
	}
	CHECK(part == STREAM_BROKEN || (s.err == OK ? s.head.columns.len > 0 : s.why.len > 0));
	arena_free(&kept);
	arena_free(&row);
	return 0;
}
