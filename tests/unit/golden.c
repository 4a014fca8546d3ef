#include "tests/unit/golden.h"

#include <stdio.h>
#include <stdlib.h>

void golden(const char *file, int line, const char *name, Str got) {
	const char *path = str_z(t_arena, str_format(t_arena, "tests/golden/%s", name));
	const char *mode = getenv("GOLDEN");
	if (mode && strcmp(mode, "write") == 0) {
		FILE *f = fopen(path, "wb");
		if (!f || fwrite(got.ptr, 1, got.len, f) != got.len || fclose(f) != 0)
			test_fail(file, line, "%s cannot be written", path);
		return;
	}
	FILE *f = fopen(path, "rb");
	if (!f)
		test_fail(file, line, "%s is missing; run the tests from the root, or once with GOLDEN=write", path);
	Buf want = {0};
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(&want, part, n);
	fclose(f);
	Str all = buf_take(&want, t_arena);
	buf_free(&want);
	size_t same = 0;
	while (same < all.len && same < got.len && all.ptr[same] == got.ptr[same])
		same++;
	if (!str_eq(all, got)) {
		size_t from = same > 40 ? same - 40 : 0;
		Str was = str_first(str_from(all, from), 120), is = str_first(str_from(got, from), 120);
		test_fail(file, line, "%s differs at byte %zu:\n#   …%.*s…\n# was\n#   …%.*s…", path, same, STR_ARG(is), STR_ARG(was));
	}
}
