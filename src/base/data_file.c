#include "base/data_file.h"

#include <zlib.h>

#include "assets.h"

static Str unpack(Arena *a, Str gzip, size_t size) {
	char *to = arena_alloc(a, size_add(size, 1));
	z_stream z = {.next_in = (Bytef *)gzip.ptr, .avail_in = (uInt)gzip.len, .next_out = (Bytef *)to, .avail_out = (uInt)size + 1};
	CHECK(inflateInit2(&z, 15 + 16) == Z_OK);
	int end = inflate(&z, Z_FINISH);
	inflateEnd(&z);
	CHECK(end == Z_STREAM_END && z.total_out == size);      /* the build made it */
	return (Str){to, size};
}

Str data_file(Arena *a, const char *name) {
	for (size_t i = 0; i < data_files_count; i++)
		if (str_eq(data_files_all[i].name, str_c(name)))
			return unpack(a, data_files_all[i].gzip, data_files_all[i].size);
	return (Str){0};
}
