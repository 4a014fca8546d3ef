/* register_cli.c: `sitovka import register` and `sitovka generate register`. */
#include "domain/register/register_cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/data_file.h"
#include "domain/register/generate.h"
#include "domain/register/register_import.h"

static int say_problems(const Ctx *c, Err e) {
	for (size_t i = 0; i < c->problems.len; i++)     /* the place is in the sentence */
		fprintf(stderr, "%.*s\n", STR_ARG(c->problems.at[i].text));
	if (c->problems.len == 0)
		fprintf(stderr, "%s\n", err_name(e));
	return 1;
}

static int misused(const char *what) {
	fprintf(stderr, "%s\n", what);
	return 2;
}

/* ---- import ---- */

typedef struct ImportOptions {
	const char *file, *accept_smaller;
	bool        accept_all, preview_only;
} ImportOptions;

static bool read_import_options(int argc, char **argv, ImportOptions *o) {
	*o = (ImportOptions){0};
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--accept-all") == 0)
			o->accept_all = true;
		else if (strcmp(argv[i], "--preview-only") == 0)
			o->preview_only = true;
		else if (strcmp(argv[i], "--accept-smaller") == 0 && i + 1 < argc)
			o->accept_smaller = argv[++i];
		else if (argv[i][0] == '-' || o->file)
			return false;
		else
			o->file = argv[i];
	}
	return o->file && !(o->accept_all && o->preview_only);
}

static void print_counts(const RegisterImport *r) {
	printf("records %lld, services %lld, providers %lld, facilities %lld\n", (long long)r->records, (long long)r->services, (long long)r->providers,
	       (long long)r->facilities);
	printf("added %lld, changed %lld, ended %lld, missing %lld, held %lld, unchanged %lld\n", (long long)r->added, (long long)r->changed,
	       (long long)r->ended, (long long)r->missing, (long long)r->held, (long long)r->same);
	printf("changed fields %lld, names that follow %lld, kept corrections %lld, found for repair %lld\n", (long long)r->fields, (long long)r->derived,
	       (long long)r->kept, (long long)r->faults);
}

static void print_changes(Ctx *c, Id import) {
	RegisterRows    rows;
	RegisterChanges changes;
	for (i64 after = 0; register_rows(c, import, S("changed"), after, 100, &rows) == OK && rows.len; after = rows.at[rows.len - 1].position)
		for (size_t i = 0; i < rows.len; i++) {
			if (register_row_changes(c, import, rows.at[i].position, &changes) != OK)
				return;
			for (size_t k = 0; k < changes.len; k++) {
				const RegisterChange *x = &changes.at[k];
				printf("%.*s\t%s\t%.*s\t%s\t%.*s\t%.*s\t%.*s\n", STR_ARG(rows.at[i].code), x->entity->name, STR_ARG(x->kind), x->field ? x->field->name : "",
				       STR_ARG(x->object_name), STR_ARG(x->before), STR_ARG(x->after));
			}
		}
}

int register_import_command(Ctx *c, int argc, char **argv) {
	ImportOptions o;
	if (!read_import_options(argc, argv, &o))
		return misused("import register FILE [--accept-all | --preview-only] [--accept-smaller REASON]");
	int fd = open(o.file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "%s cannot be opened: %s\n", o.file, strerror(errno));
		return 1;
	}
	const char    *slash = strrchr(o.file, '/');
	RegisterInput  in = {.fd = fd, .name = str_c(slash ? slash + 1 : o.file), .accept_smaller = o.accept_smaller ? str_c(o.accept_smaller) : (Str){0}};
	RegisterImport r;
	Err            e = register_preview(c, &in, &r);
	if (e == OK) {
		print_counts(&r);
		if (o.preview_only)
			print_changes(c, r.id);
		if (o.accept_all)
			e = register_apply(c, &in, r.id, true, &r);
		else
			e = register_import_drop(c, r.id);           /* nobody else can go on with a file that is only here */
		if (e == OK && o.accept_all)
			printf("applied %lld\n", (long long)r.used);
		else if (e == OK && !o.preview_only)
			printf("nothing was applied; accept with --accept-all\n");
	}
	close(fd);
	return e == OK ? 0 : say_problems(c, e);
}

/* ---- generate ---- */

static bool to_stdout(Buf *b, void *arg) {
	(void)arg;
	return fwrite(b->ptr, 1, b->len, stdout) == b->len;
}

static bool read_number(int argc, char **argv, int *i, const char *name, i64 *ret, bool *fine) {
	if (strcmp(argv[*i], name) != 0)
		return false;
	*fine = *i + 1 < argc && str_to_int(str_c(argv[*i + 1]), ret);
	++*i;
	return true;
}

static bool read_generate_options(int argc, char **argv, RegisterGenerateOptions *o) {
	i64 seed = 1, percent = 0;
	for (int i = 0; i < argc; i++) {
		bool fine = true;
		if (read_number(argc, argv, &i, "--seed", &seed, &fine) || read_number(argc, argv, &i, "--edits", &o->edits, &fine) ||
		    read_number(argc, argv, &i, "--services", &o->services, &fine) || read_number(argc, argv, &i, "--drop-percent", &percent, &fine) ||
		    read_number(argc, argv, &i, "--truncate-at", &o->truncate_at, &fine)) {
			if (!fine || percent < 0 || percent > 100 || o->edits < 0 || o->services < 0 || o->truncate_at < 0)
				return false;
		} else {
			return false;
		}
	}
	o->seed = (u64)seed;
	o->drop_percent = (int)percent;
	return true;
}

/* The option --size belongs to the program and does not reach a command: the size stands as the first word. */
static bool read_size(const char *s, RegisterSize *ret) {
	static const char *const sizes[] = {[REGISTER_S] = "S", [REGISTER_L] = "L", [REGISTER_XL] = "XL"};
	for (size_t i = 0; i < LEN(sizes); i++)
		if (strcmp(s, sizes[i]) == 0) {
			*ret = (RegisterSize)i;
			return true;
		}
	return false;
}

int register_generate_command(Ctx *c, int argc, char **argv) {
	RegisterGenerateOptions o = {.as_of = c->today};
	if (argc < 1 || !read_size(argv[0], &o.size) || !read_generate_options(argc - 1, argv + 1, &o))
		return misused("generate register S|L|XL [--seed N] [--edits N] [--services N] [--drop-percent N] [--truncate-at BYTES] > FILE");
	RegisterTerritory territory;
	Str               why = {0};
	if (register_territory_read(c->arena, data_file(c->arena, "territory/obce_cr.csv"), data_file(c->arena, "territory/casti_obci_psc_lbk.csv"),
	                            &territory, &why) != OK) {
		fprintf(stderr, "%.*s\n", STR_ARG(why));
		return 1;
	}
	Buf out = {.flush = to_stdout, .flush_at = 1 << 16};
	register_generate(c->arena, o, territory, &out);
	bool fine = buf_finish(&out) && fflush(stdout) == 0;
	buf_free(&out);
	return fine ? 0 : 1;
}
