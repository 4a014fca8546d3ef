/* floors: checks what DESIGN § 2 says about who may see whom. Called as: floors SRCDIR; fails when it finds something. */
#include <fts.h>
#include <stdio.h>

#include "tools/floors/floors.h"

static Str read_all(Arena *a, const char *path) {
	Buf to = {0};
	FILE *f = fopen(path, "rb");
	char part[65536];
	for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(&to, part, n);
	if (f)
		fclose(f);
	else
		perror(path);
	Str all = buf_take(&to, a);
	buf_free(&to);
	return all;
}

static int by_name(const FTSENT **a, const FTSENT **b) {
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

int main(int argc, char **argv) {
	if (argc != 2) {
		fprintf(stderr, "usage: floors SRCDIR\n");
		return 2;
	}
	Arena arena = {0};
	size_t root = strlen(argv[1]);
	while (root > 1 && argv[1][root - 1] == '/')
		root--;
	Floors f = {.arena = &arena, .root = str_format(&arena, "%.*s/", (int)root, argv[1])};
	FTS *tree = fts_open((char *[]){argv[1], NULL}, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	for (FTSENT *e; tree && (e = fts_read(tree));) {
		Str path = str_c(e->fts_path);
		if (e->fts_info != FTS_F || !(str_ends(path, S(".c")) || str_ends(path, S(".h")) || str_ends(path, S(".html"))))
			continue;
		Str relative = str_from(path, root);
		while (str_starts(relative, S("/")))
			relative = str_from(relative, 1);
		floors_check(&f, str_dup(&arena, relative), read_all(&arena, e->fts_path));
	}
	if (tree)
		fts_close(tree);
	fwrite(f.out.len ? f.out.ptr : "", 1, f.out.len, stdout);
	printf("floors: %d files, %d errors, %d warnings\n", f.files, f.errors, f.warnings);
	int bad = f.errors || !f.files;
	buf_free(&f.out);
	arena_free(&arena);
	return bad ? 1 : 0;
}
