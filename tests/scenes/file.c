#include "tests/scenes/file.h"

#include <stdio.h>

#include "base/buf.h"

bool file_read(Arena *a, const char *name, Str *ret) {
	FILE *f = fopen(name, "rb");
	Buf   b = {0};
	char  piece[16384];
	if (!f)
		return false;
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, piece, n);
	fclose(f);
	*ret = buf_take(&b, a);
	buf_free(&b);
	return true;
}

bool file_write(const char *name, Str bytes) {
	FILE *f = fopen(name, "wb");
	if (!f)
		return false;
	bool whole = fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len;
	return fclose(f) == 0 && whole;
}
