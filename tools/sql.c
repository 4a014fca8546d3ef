/* sql.c: embeds SQL into the program.
 *
 *     sql in.sql out.c out.h                     named statements of one file
 *     sql --all out.c files…                     all statements in one array; files below schema/ say which tables are dated
 *     sql --schema out.c out.h files…            migrations of one module
 *
 * All three judge what they read (sql/lint.c, sql/schema.c, sql/as_of.c); with a problem nothing is written. */
#include "tools/sql/sql.h"

#include <stdio.h>
#include <stdlib.h>

static Arena arena;

static Str read_file(const char *path) {
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	Buf b = {0};
	char piece[65536];
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, piece, n);
	fclose(f);
	Str s = buf_take(&b, &arena);
	buf_free(&b);
	return s;
}

static void write_file(const char *path, Buf *b) {
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(b->ptr, 1, b->len, f) != b->len || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
	buf_free(b);
}

/* Ends the program when there was a problem. */
static void judge(Problems *p) {
	if (p->count == 0)
		return;
	fwrite(p->text.ptr, 1, p->text.len, stderr);
	exit(1);
}

static bool is_schema(const char *path) {
	return strstr(path, "/schema/") != NULL;
}

/* ---- C text ---- */

static void put_line(Buf *b, Str line) {
	buf_lit(b, "\n\t\"");
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		if (c == '\t')
			buf_lit(b, "\\t");
		else
			buf_char(b, c);
	}
	buf_lit(b, "\\n\"");
}

static void put_text(Buf *b, Str sql) {
	for (Str rest = sql_clean(&arena, sql); !str_empty(rest);)
		put_line(b, str_cut(&rest, '\n'));
}

static void put_start(Buf *b, const char *from, const char *header) {
	const char *name = strrchr(header, '/') ? strrchr(header, '/') + 1 : header;
	buf_format(b, "/* Made from %s; do not edit. */\n#include \"%s\"\n\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n", from, name);
}

static void put_header(Buf *b, const char *from) {
	buf_format(b, "/* Made from %s; do not edit. */\n#pragma once\n#include \"db/db.h\"\n", from);
}

/* ---- statements of one file ---- */

static void put_comment(Buf *b, Str text) {
	Str rest = str_replace(&arena, str_trim(text), S("*/"), S("* /"));
	buf_lit(b, "\n/* ");
	for (bool first = true; !str_empty(rest); first = false) {
		buf_str(b, first ? S("") : S("\n * "));
		buf_str(b, str_cut(&rest, '\n'));
	}
	buf_lit(b, " */\n");
}

static void put_statement(Buf *c, Buf *h, const Statement *s) {
	put_comment(h, s->description);
	buf_format(h, "extern const Sql sql_%.*s;\n", STR_ARG(s->name));
	buf_format(c, "\nconst Sql sql_%.*s = {\"%.*s\",", STR_ARG(s->name), STR_ARG(s->name));
	put_text(c, s->text.sql);
	buf_lit(c, ",");
	if (s->two_texts)
		put_text(c, s->postgres.sql);
	else
		buf_lit(c, " NULL");
	buf_lit(c, "};\n");
}

static int one_file(const char *in, const char *out_c, const char *out_h) {
	Problems p = {.arena = &arena};
	Statements list = {0};
	sql_read(&p, in, read_file(in), &list);
	judge(&p);
	Buf c = {0}, h = {0};
	put_start(&c, in, out_h);
	put_header(&h, in);
	for (size_t i = 0; i < list.len; i++)
		put_statement(&c, &h, &list.at[i]);
	write_file(out_c, &c);
	write_file(out_h, &h);
	return 0;
}

/* ---- all of them ---- */

static void refuse_same_names(Problems *p, const Statements *list) {
	for (size_t i = 0; i < list->len; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(list->at[i].name, list->at[k].name)) {
				p->path = list->at[i].path;
				problem(p, list->at[i].line, "the name %.*s is taken in %s:%d", STR_ARG(list->at[i].name), list->at[k].path, list->at[k].line);
			}
}

static int all_files(const char *out_c, int count, char **files) {
	Problems p = {.arena = &arena};
	Statements list = {0};
	Strs dated = {0};
	for (int i = 0; i < count; i++)
		if (is_schema(files[i]))
			lint_schema(&p, files[i], read_file(files[i]), &dated);
		else
			sql_read(&p, files[i], read_file(files[i]), &list);
	for (size_t i = 0; i < list.len; i++)
		lint_as_of(&p, &list.at[i], dated);
	refuse_same_names(&p, &list);
	judge(&p);

	Buf c = {0};
	buf_lit(&c, "/* Made from all .sql files; do not edit. */\n#include \"db/sql_all.h\"\n\n");
	for (int i = 0; i < count; i++)
		if (!is_schema(files[i]))
			buf_format(&c, "#include \"%s.h\"\n", strncmp(files[i], "src/", 4) == 0 ? files[i] + 4 : files[i]);
	buf_lit(&c, "\nconst Sql *const sql_all[] = {\n");
	for (size_t i = 0; i < list.len; i++)
		buf_format(&c, "\t&sql_%.*s,\n", STR_ARG(list.at[i].name));
	buf_format(&c, "\tNULL,\n};\nconst size_t sql_all_count = %zu;\n", list.len);
	write_file(out_c, &c);
	return 0;
}

/* ---- migrations ---- */

/* The folder above schema/. */
static Str module_of(const char *path) {
	const char *end = strstr(path, "/schema/"), *at = end;
	if (!end) {
		fprintf(stderr, "%s: migrations lie in <module>/schema/\n", path);
		exit(1);
	}
	while (at > path && at[-1] != '/')
		at--;
	return str_of(at, (size_t)(end - at));
}

/* 0001_name.sql */
static Str name_of(Problems *p, const char *path, int expected) {
	Str file = str_c(strrchr(path, '/') + 1);
	i64 number;
	p->path = path;
	if (file.len < 10 || !str_to_int(str_first(file, 4), &number) || number != expected || file.ptr[4] != '_' || !str_ends(file, S(".sql")))
		problem(p, 1, "expected %04d_name.sql: migrations are numbered from 0001 without a gap", expected);
	return str_of(file.ptr + 5, file.len > 9 ? file.len - 9 : 0);
}

static int schema(const char *out_c, const char *out_h, int count, char **files) {
	Problems p = {.arena = &arena};
	Strs dated = {0};
	Str module = module_of(files[0]);
	Buf c = {0}, h = {0};
	put_start(&c, "schema files", out_h);
	put_header(&h, "schema files");
	buf_format(&h, "\nextern const Migration %.*s_migrations[];\nextern const size_t %.*s_migrations_count;\n", STR_ARG(module), STR_ARG(module));
	buf_format(&c, "\nconst Migration %.*s_migrations[] = {\n", STR_ARG(module));
	for (int i = 0; i < count; i++) {
		Str content = read_file(files[i]), name = name_of(&p, files[i], i + 1);
		lint_schema(&p, files[i], content, &dated);
		buf_format(&c, "\t{\"%.*s\", %d, \"%.*s\",", STR_ARG(module), i + 1, STR_ARG(name));
		put_text(&c, content);
		buf_lit(&c, "},\n");
	}
	buf_format(&c, "};\nconst size_t %.*s_migrations_count = %d;\n", STR_ARG(module), count);
	judge(&p);
	write_file(out_c, &c);
	write_file(out_h, &h);
	return 0;
}

int main(int argc, char **argv) {
	if (argc >= 3 && strcmp(argv[1], "--all") == 0)
		return all_files(argv[2], argc - 3, argv + 3);
	if (argc >= 5 && strcmp(argv[1], "--schema") == 0)
		return schema(argv[2], argv[3], argc - 4, argv + 4);
	if (argc == 4 && argv[1][0] != '-')
		return one_file(argv[1], argv[2], argv[3]);
	fprintf(stderr, "sql in.sql out.c out.h | --all out.c files… | --schema out.c out.h files…\n");
	return 2;
}
