/* store.c: a migrated store is made once per program; each test gets a copy. */
#include "tests/support/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/shared.h"
#include "tests/support/postgres.h"

static Arena kept;                               /* until the program ends */
static Str   template_file;

bool test_on_postgres(void) {
	const char *s = getenv("SITOVKA_TEST_DB");
	return s && strncmp(s, "postgres", 8) == 0;
}

bool test_is_short(void) {
	return test_on_postgres() && !getenv("EVERYTHING");
}

/* ---- migrations ---- */

/* The list of the program; where it is not linked, the modules that are, from the ground up. */
extern const Migration *all_migrations(size_t *count) __attribute__((weak));

#define MODULES(M) \
	M(core) M(web) M(people) M(territory) M(register) M(library) M(collection) M(needs) M(plan) M(network) M(finance) \
	M(consultation) M(coordination) M(messages) M(site) M(admin)
#define DECLARE(m) \
	extern const Migration m##_migrations[] __attribute__((weak)); \
	extern const size_t m##_migrations_count __attribute__((weak));
MODULES(DECLARE)

static void add(Migration **list, size_t *len, size_t *cap, const Migration *from, const size_t *count) {
	for (size_t i = 0; count && i < *count; i++)
		*ARENA_PUSH(&kept, *list, *len, *cap) = from[i];
}

const Migration *test_migrations(size_t *count) {
	static Migration *list;
	static size_t len, cap;
	if (all_migrations)
		return all_migrations(count);
#define ADD(m) add(&list, &len, &cap, m##_migrations, &m##_migrations_count);
	if (!list) {
		MODULES(ADD)
	}
	*count = len;
	return list;
}

static void migrate(const char *where) {
	Db *db;
	Str why = {0};
	size_t count;
	const Migration *list = test_migrations(&count);
	Err e = db_open(&kept, where, (DbOptions){.create = true}, &db, &why);
	if (e == OK) {
		e = db_migrate(&kept, db, list, count, &why, NULL);
		db_close(db);
	}
	if (e != OK)
		test_fail(__FILE__, __LINE__, "the template store cannot be made: %.*s", STR_ARG(why));
}

/* ---- SQLite files ---- */

static void remove_file(void *name) {
	static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
	for (size_t i = 0; i < LEN(ends); i++)
		unlink(str_z(&kept, str_format(&kept, "%s%s", (const char *)name, ends[i])));
}

static void remove_template(void) {
	remove_file((void *)(uintptr_t)template_file.ptr);
}

/* Memory, where the system has such a folder: tests write a lot and keep nothing. */
static const char *folder(void) {
	const char *s = getenv("TMPDIR");
	return s ? s : access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

static char *new_file(Arena *a) {
	char *name = str_z(a, str_format(a, "%s/sitovka-test-XXXXXX", folder()));
	int fd = mkstemp(name);
	CHECK(fd >= 0);
	close(fd);
	return name;
}

static void copy_file(const char *from, const char *to) {
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
	CHECK(in && out);
	static char piece[65536];
	for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;)
		CHECK(fwrite(piece, 1, n, out) == n);
	fclose(in);
	CHECK(fclose(out) == 0);
}

static Strs kept_files;                          /* removed when the program ends */

static void remove_kept(void) {
	for (size_t i = 0; i < kept_files.len; i++)
		remove_file((void *)(uintptr_t)kept_files.at[i].ptr);
}

static char *new_sqlite_file(Arena *a) {
	char *name = new_file(a);
	if (a == t_arena)
		arena_defer(t_arena, remove_file, str_z(&kept, str_c(name)));
	else if (strs_add(&kept, &kept_files, str_c(name)), kept_files.len == 1)
		atexit(remove_kept);
	return name;
}

static const char *new_sqlite(Arena *a, bool migrated) {
	char *name = new_sqlite_file(a);
	if (!migrated)
		return name;
	if (str_empty(template_file)) {
		char *made = new_file(&kept);
		migrate(made);
		template_file = str_c(made);
		atexit(remove_template);
	}
	copy_file(template_file.ptr, name);
	return name;
}

/* ---- PostgreSQL databases ---- */

static const char *new_postgres(Arena *a, bool migrated) {
	static const char *template;
	if (!migrated)
		return test_postgres_create(a, NULL);
	if (!template) {
		const char *made = test_postgres_create(&kept, NULL);
		migrate(made);
		template = made;
	}
	return test_postgres_create(a, template);
}

/* ---- stores ---- */

static const char *new_store(Arena *a, bool migrated) {
	static bool ready;
	if (!ready) {
		crypto_start();
#ifndef RELEASE
		password_cheap();
#endif
		db_at_close(shared_forget);
	}
	ready = true;
	return test_on_postgres() ? new_postgres(a, migrated) : new_sqlite(a, migrated);
}

const char *test_store_new(bool migrated) {
	return new_store(t_arena, migrated);
}

const char *test_store_kept(void) {
	return new_store(&kept, true);
}

static const char *like(Arena *a, const char *other) {
	if (test_on_postgres())
		return test_postgres_create(a, other);
	char *name = new_sqlite_file(a);
	copy_file(other, name);
	return name;
}

const char *test_store_like(const char *other) {
	return like(t_arena, other);
}

static void close_store(void *db) {
	db_close(db);
}

Db *test_store_open(const char *where, DbOptions options) {
	Db *db;
	Str why = {0};
	Err e = db_open(t_arena, where, options, &db, &why);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%s cannot be opened: %.*s", where, STR_ARG(why));
	arena_defer(t_arena, close_store, db);
	return db;
}

Db *test_store(void) {
	return test_store_open(test_store_new(true), (DbOptions){0});
}

/* A filled store is closed and kept until the program ends. */
const char *test_store_filled_like(const char *other, void (*fill)(Db *db)) {
	static struct Filled { void (*fill)(Db *db); const char *address; } known[16];
	struct Filled *f = known;
	while (f->fill && f->fill != fill)
		CHECK(++f < known + LEN(known));
	if (!f->fill) {
		const char *made = other ? like(&kept, other) : test_store_kept();
		Db         *db;
		Str         why = {0};
		MUST(db_open(&kept, made, (DbOptions){0}, &db, &why));
		fill(db);
		db_close(db);
		*f = (struct Filled){fill, made};
	}
	return test_store_like(f->address);
}

Db *test_store_filled(void (*fill)(Db *db)) {
	return test_store_open(test_store_filled_like(NULL, fill), (DbOptions){0});
}
