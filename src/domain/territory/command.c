/* command.c: sitovka import territory. */
#include "domain/territory/command.h"

#include <stdio.h>
#include <string.h>

#include "core/settings.h"

enum { MOST_FILES = 32, MOST_BYTES = 64 << 20 };

static bool read_file(Arena *a, const char *path, Str *ret) {
	FILE *f = fopen(path, "rb");
	if (!f)
		return false;
	bool fine = fseek(f, 0, SEEK_END) == 0;
	long size = fine ? ftell(f) : -1;
	fine = size >= 0 && size <= MOST_BYTES && fseek(f, 0, SEEK_SET) == 0;
	char *bytes = fine ? arena_alloc(a, (size_t)size + 1) : NULL;
	fine = fine && fread(bytes, 1, (size_t)size, f) == (size_t)size;
	fclose(f);
	*ret = str_of(bytes, fine ? (size_t)size : 0);
	return fine;
}

static int say(const Ctx *c, Err e) {
	for (size_t i = 0; i < c->problems.len; i++) {
		const Problem *p = &c->problems.at[i];
		fprintf(stderr, "%.*s%s%.*s\n", STR_ARG(p->place), p->place.len ? ": " : "", STR_ARG(p->text));
	}
	if (e != OK)
		fprintf(stderr, "Nic se neuložilo.\n");
	return e == OK ? 0 : 1;
}

static int wrong_usage(const char *what) {
	fprintf(stderr, "sitovka import territory: %s\n", what);
	return 2;
}

static Str last_part(Str path) {
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return str_from(path, i);
	return path;
}

int territory_import_command(Ctx *c, int argc, char **argv) {
	ImportFiles     files = {0};
	TerritoryImport done;
	bool            builtin = false;
	Str             region = setting_text(c, "region.code");
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--builtin") == 0) {
			builtin = true;
		} else if (strcmp(argv[i], "--all") == 0) {
			region = (Str){0};
		} else if (strcmp(argv[i], "--region") == 0 && i + 1 < argc) {
			region = str_c(argv[++i]);
		} else if (argv[i][0] == '-') {
			return wrong_usage("options are --builtin, --region CODE and --all.");
		} else {
			Str bytes;
			if (files.len == MOST_FILES || !read_file(c->arena, argv[i], &bytes)) {
				fprintf(stderr, "%s: the file cannot be read or is larger than 64 MB.\n", argv[i]);
				return 1;
			}
			*ARENA_PUSH(c->arena, files.at, files.len, files.cap) = (ImportFile){last_part(str_c(argv[i])), bytes};
		}
	}
	if (builtin == (files.len > 0))
		return wrong_usage("give either files or --builtin.");
	Err e = builtin ? territory_import_builtin(c, region, &done) : territory_import(c, &files, region, &done);
	if (e == OK)
		printf("Nových záznamů %lld, změněných %lld, beze změny %lld, řádků jiných krajů přeskočeno %lld.\n", (long long)done.added,
		       (long long)done.changed, (long long)done.same, (long long)done.skipped);
	return say(c, e);
}
