/* sqlite_care.c: copies, checks and tidying of a SQLite file. */
#include "db/sqlite.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Calls f for each row of the statement. */
static Err each_row(Conn *c, const char *text, void (*f)(Conn *, sqlite3_stmt *, void *), void *arg) {
	sqlite3_stmt *s = NULL;
	TRY(sqlite_failed(c, NULL, sqlite3_prepare_v2(c->native, text, -1, &s, NULL)));
	int rc;
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		f(c, s, arg);
	Err e = rc == SQLITE_DONE ? OK : sqlite_failed(c, NULL, rc);
	sqlite3_finalize(s);
	return e;
}

static const char *text_at(sqlite3_stmt *s, int column) {
	const char *text = (const char *)sqlite3_column_text(s, column);
	return text ? text : "?";
}

/* ---- checks ---- */

static void add_reference(Conn *c, sqlite3_stmt *s, void *arg) {
	(void)c;
	buf_format(arg, "%s, row %lld: refers to a missing row of %s\n", text_at(s, 0), (long long)sqlite3_column_int64(s, 1), text_at(s, 2));
}

static void add_finding(Conn *c, sqlite3_stmt *s, void *arg) {
	(void)c;
	if (strcmp(text_at(s, 0), "ok") != 0)
		buf_format(arg, "%s\n", text_at(s, 0));
}

Err sqlite_check_references(Conn *c) {
	CLEANUP(buf_free) Buf found = {0};
	TRY(each_row(c, "PRAGMA foreign_key_check", add_reference, &found));
	if (found.len == 0)
		return OK;
	buf_char(&found, '\0');
	return conn_error(c, NULL, ERR_CONFLICT, found.ptr);
}

Err sqlite_check(Conn *c, Arena *a, Str *report) {
	CLEANUP(buf_free) Buf found = {0};
	TRY(each_row(c, "PRAGMA integrity_check(100)", add_finding, &found));
	TRY(each_row(c, "PRAGMA foreign_key_check", add_reference, &found));
	*report = str_dup(a, buf_view(&found));
	return found.len ? ERR_STORAGE : OK;
}

/* ---- copies ---- */

static Err copy_all(Conn *c, sqlite3 *to) {
	sqlite3_backup *b = sqlite3_backup_init(to, "main", c->native, "main");
	if (!b)
		return conn_error(c, NULL, ERR_STORAGE, sqlite3_errmsg(to));
	int rc = sqlite3_backup_step(b, -1);       /* in one step: one moment, and a busy writer cannot start it over */
	sqlite3_backup_finish(b);
	if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
		return conn_error(c, NULL, ERR_BUSY, sqlite3_errmsg(to));
	if (rc != SQLITE_DONE)
		return conn_error(c, NULL, ERR_STORAGE, sqlite3_errmsg(to));
	/* The copy leaves WAL mode: one file to carry away. */
	rc = sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK : conn_error(c, NULL, ERR_STORAGE, sqlite3_errmsg(to));
}

Err sqlite_backup(Conn *c, const char *file) {
	int fd = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return conn_error(c, NULL, ERR_STORAGE, "the copy exists already or cannot be made");
	close(fd);
	sqlite3 *to = NULL;
	Err e = ERR_STORAGE;
	if (sqlite3_open_v2(file, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
		e = copy_all(c, to);
	if (sqlite3_close(to) != SQLITE_OK)
		e = ERR_STORAGE;
	if (e != OK)
		unlink(file);
	return e;
}

/* ---- tidying ---- */

static void merge_index(Conn *c, sqlite3_stmt *s, void *arg) {
	(void)arg;
	char *text = sqlite3_mprintf("INSERT INTO \"%w\"(\"%w\") VALUES ('optimize')", text_at(s, 0), text_at(s, 0));
	(void)sqlite_exec(c, text);
	sqlite3_free(text);
}

static void rebuild_index(Conn *c, sqlite3_stmt *s, void *arg) {
	char *text = sqlite3_mprintf("INSERT INTO \"%w\"(\"%w\") VALUES ('rebuild')", text_at(s, 0), text_at(s, 0));
	Err   e = sqlite_exec(c, text);
	*(Err *)arg = e != OK ? e : *(Err *)arg;
	sqlite3_free(text);
}

static const char fts_tables[] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%USING fts5%'";

/* The full text of rows that came past the statements of core/search.c. */
Err sqlite_reindex(Conn *c) {
	Err built = OK;
	TRY(each_row(c, fts_tables, rebuild_index, &built));
	return built;
}

void sqlite_optimize(Conn *c) {
	(void)sqlite_exec(c, "PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA optimize");
	(void)each_row(c, fts_tables, merge_index, NULL);
	(void)sqlite_exec(c, "PRAGMA wal_checkpoint(TRUNCATE)");
}
