/* register.c: writes a made-up national register of real size to standard output: bench-register [SEED]. Same seed, same bytes. */
#include <stdio.h>
#include <stdlib.h>

#include "domain/register/generate.h"

static Str read_whole(Arena *a, const char *name) {
	FILE *f = fopen(name, "rb");
	Buf   b = {0};
	char  piece[65536];
	for (size_t n; f && (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, piece, n);
	if (f)
		fclose(f);
	Str ret = buf_take(&b, a);
	buf_free(&b);
	return ret;
}

static bool to_stdout(Buf *b, void *arg) {
	return fwrite(b->ptr, 1, b->len, arg) == b->len;
}

int main(int argc, char **argv) {
	Arena             a = {0};
	RegisterTerritory territory;
	Str               why;
	if (register_territory_read(&a, read_whole(&a, "data/territory/obce_cr.csv"), read_whole(&a, "data/territory/casti_obci_psc_lbk.csv"),
	                            &territory, &why) != OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(why));
		return 1;
	}
	Buf out = {.flush = to_stdout, .flush_arg = stdout, .flush_at = 1 << 20};
	RegisterGenerateOptions wanted = {.seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, .size = REGISTER_L, .as_of = date(2026, 8, 31)};
	RegisterGenerated made = register_generate(&a, wanted, territory, &out);
	bool ok = buf_finish(&out) && fflush(stdout) == 0;
	fprintf(stderr, "%lld services, %lld facilities, %lld bytes\n", (long long)made.services, (long long)made.facilities, (long long)made.bytes);
	buf_free(&out);
	arena_free(&a);
	return ok ? 0 : 1;
}
