/* template: compiles one template of src/ to C. Called as: template FILE.html OUT.c OUT.h */
#include <stdio.h>
#include <stdlib.h>

#include "tools/template/template.h"

static bool read_all(Buf *to, const char *path) {
	FILE *f = fopen(path, "rb");
	if (!f)
		return false;
	char part[16384];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(to, part, n);
	bool ok = !ferror(f);
	fclose(f);
	return ok;
}

static void write_all(const Buf *from, const char *path) {
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(from->ptr, 1, from->len, f) == from->len;
	if (!f || fclose(f) != 0 || !ok) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv) {
	if (argc != 4) {
		fprintf(stderr, "usage: template FILE.html OUT.c OUT.h\n");
		return 2;
	}
	Buf source = {0}, c = {0}, h = {0};
	if (!read_all(&source, argv[1])) {
		perror(argv[1]);
		return 1;
	}
	Arena a = {0};
	Str error;
	if (!template_compile(&a, str_c(argv[1]), buf_view(&source), &c, &h, &error)) {
		fprintf(stderr, "%.*s\n", STR_ARG(error));
		return 1;
	}
	write_all(&c, argv[2]);
	write_all(&h, argv[3]);
	arena_free(&a);
	buf_free(&source), buf_free(&c), buf_free(&h);
	return 0;
}
