/* main.c: gives every kept input of tests/fuzz/corpus/TARGET/ to its fuzz target once. A fault ends the process with the
 * sanitizer's report; the file that was read last stands above it. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

#define TARGET(function, name) int fuzz_##function(const uint8_t *data, size_t size);
#include "replay.h"
#undef TARGET

static const struct Target {
	const char *name;
	int       (*run)(const uint8_t *data, size_t size);
} targets[] = {
#define TARGET(function, name) {name, fuzz_##function},
#include "replay.h"
	{NULL, NULL},
};

static int is_file(const struct dirent *e) { return e->d_name[0] != '.'; }

static void run_file(const struct Target *t, const char *path) {
	FILE *f = fopen(path, "rb");
	Buf   b = {0};
	char  piece[16384];
	if (!f)
		return;
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, piece, n);
	fclose(f);
	/* exactly as large as the input, so that a step beyond its end is seen */
	uint8_t *exact = malloc(b.len ? b.len : 1);
	if (b.len)
		memcpy(exact, b.ptr, b.len);
	t->run(exact, b.len);
	free(exact);
	buf_free(&b);
}

static int run_target(const struct Target *t) {
	struct dirent **list;
	char            path[1024];
	snprintf(path, sizeof path, "tests/fuzz/corpus/%s", t->name);
	int n = scandir(path, &list, is_file, alphasort);
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "tests/fuzz/corpus/%s/%s", t->name, list[i]->d_name);
		fprintf(stderr, "%s\r", path);
		run_file(t, path);
		free(list[i]);
	}
	if (n >= 0)
		free(list);
	return n;
}

int main(void) {
	setvbuf(stdout, NULL, _IOLBF, 0);
	int passed = 0, failed = 0;
	for (const struct Target *t = targets; t->name; t++) {
		int n = run_target(t);
		n > 0 ? passed++ : failed++;
		printf("%sok %d - corpus of %s: %d inputs\n", n > 0 ? "" : "not ", passed + failed, t->name, n);
	}
	printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
	return failed ? 1 : passed ? 0 : 2;
}
