/* backup.c: keys of backups, and the list of those that were made. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/spool.h"
#include "core/backup_inside.h"
#include "core/backup.sql.h"
#include "core/data_version.h"

/* ---- keys ---- */

Err backup_read_small(Ctx *c, const char *path, Str *ret, struct stat *st) {
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Soubor %s nelze otevřít (%s). Zkontrolujte cestu a práva.", path, strerror(errno));
	char   *to = arena_alloc(c->arena, BACKUP_SECRET_MAX);
	ssize_t n = read(fd, to, BACKUP_SECRET_MAX);
	bool    fine = n >= 0 && n < BACKUP_SECRET_MAX && fstat(fd, st) == 0 && S_ISREG(st->st_mode);
	close(fd);
	if (!fine)
		return fail(c, ERR_INVALID, NULL, "Soubor %s nelze přečíst, nebo je příliš velký.", path);
	*ret = str_of(to, (size_t)n);
	return OK;
}

Err backup_key_load(Ctx *c, Str path, bool is_private, SealKey *ret) {
	struct stat st;
	Str         text;
	char       *name = str_z(c->arena, path);
	TRY(backup_read_small(c, name, &text, &st));
	if (is_private && (st.st_mode & 077) != 0)
		return fail(c, ERR_FORBIDDEN, NULL, "Soukromý klíč %s smějí číst i jiní. Spusťte: chmod 600 %s", name, name);
	bool fine = seal_key_read(text, is_private, ret);
	if (is_private)
		wipe((void *)(uintptr_t)text.ptr, text.len);
	return fine ? OK : fail(c, ERR_INVALID, NULL, "V souboru %s není %s klíč zálohy. Nový pár vytvoří příkaz sitovka backup-key.", name,
	                        is_private ? "soukromý" : "veřejný");
}

static bool write_new(const char *path, Str text, mode_t mode) {
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return false;
	bool fine = fchmod(fd, mode) == 0 && spool_write(fd, text) && fsync(fd) == 0;
	close(fd);
	if (!fine)
		unlink(path);
	return fine;
}

Err backup_key_make(Ctx *c, Str public_path, Str private_path, SealKey *public_key) {
	SealKey private_key;
	char   *open_name = str_z(c->arena, public_path), *closed_name = str_z(c->arena, private_path);
	seal_make_keys(public_key, &private_key);
	Str  text = seal_key_text(c->arena, &private_key, true);
	bool fine = write_new(closed_name, text, 0600);
	wipe(&private_key, sizeof private_key);
	wipe((void *)(uintptr_t)text.ptr, text.len);
	if (!fine)
		return fail(c, ERR_CONFLICT, NULL, "Soubor %s nelze založit: buď už existuje, nebo do složky nelze psát.", closed_name);
	if (write_new(open_name, seal_key_text(c->arena, public_key, false), 0644))
		return OK;
	unlink(closed_name);
	return fail(c, ERR_CONFLICT, NULL, "Soubor %s nelze založit: buď už existuje, nebo do složky nelze psát.", open_name);
}

/* ---- the list ---- */

Err backup_note_made(Ctx *c, const Backup *b) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_backup_add, P(V(b->file), V(b->folder), V(b->made), V(b->size), V(b->tables), V(b->rows), V(b->files), V(b->missing),
	                                       V(b->trail_seq), V(b->data_version), V(b->key_name)), NULL) != OK)
		return fail_internal(c, "backup");
	return tx_commit(&tx);
}

Err backup_list(Ctx *c, i64 limit, Backups *ret) {
	*ret = (Backups){0};
	Rows rows = db_query(ctx_conn(c), &sql_backup_list, P(V(limit)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Backup){
			.file = str_dup(c->arena, col_text(&rows, 0)), .folder = str_dup(c->arena, col_text(&rows, 1)), .made = col_instant(&rows, 2),
			.size = col_int(&rows, 3), .tables = col_int(&rows, 4), .rows = col_int(&rows, 5), .files = col_int(&rows, 6),
			.missing = col_int(&rows, 7), .trail_seq = col_int(&rows, 8), .data_version = col_int(&rows, 9),
			.key_name = str_dup(c->arena, col_text(&rows, 10)), .verified = col_instant(&rows, 11), .verdict = str_dup(c->arena, col_text(&rows, 12)),
		};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "backups");
}

Err backup_is_fresh(Ctx *c, bool *fresh) {
	Backups last;
	i64     seq = 0, version;
	TRY(backup_list(c, 1, &last));
	TRY(data_version(c, &version));
	Rows rows = db_query(ctx_conn(c), &sql_backup_head, DB_NONE);
	if (rows_next(&rows))
		seq = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "backups");
	*fresh = last.len && last.at[0].trail_seq == seq && last.at[0].data_version == version;
	return OK;
}

Err backup_note_verified(Ctx *c, Str file, Str verdict) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_backup_verified, P(V(file), V(c->now), V(verdict)), NULL) != OK)
		return fail_internal(c, "backups");
	return tx_commit(&tx);
}

static Err forget(Ctx *c, Str file) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_backup_forget, P(V(file)), NULL) != OK)
		return fail_internal(c, "backups");
	return tx_commit(&tx);
}

/* Files of ours only; what a killed process left unfinished goes after a day. */
static bool is_over(Ctx *c, const char *name, const struct stat *st, Instant before) {
	i64 changed = (i64)st->st_mtim.tv_sec * 1000, day_ago = c->now.ms - INT64_C(24) * 3600 * 1000;
	if (!str_starts(str_c(name), S("sitovka-")) || !S_ISREG(st->st_mode))
		return false;
	return (str_ends(str_c(name), S(BACKUP_SUFFIX)) && changed < before.ms) || (str_ends(str_c(name), S(BACKUP_SUFFIX ".tmp")) && changed < day_ago);
}

/* The day in its name: "sitovka-20261122". */
static Str day_of(const char *name) {
	return str_first(str_c(name), 16);
}

static int by_name(const struct dirent **x, const struct dirent **y) {
	return strcmp((*x)->d_name, (*y)->d_name);
}

static Err sweep_one(Ctx *c, Str folder, const char *name, const char *next, Instant before, i64 *removed) {
	struct stat st;
	char *path = str_z(c->arena, str_format(c->arena, "%.*s/%s", STR_ARG(folder), name));
	if (lstat(path, &st) != 0)
		return OK;
	Instant thin = {c->now.ms - INT64_C(48) * 3600 * 1000};
	bool    has_later = next && str_eq(day_of(name), day_of(next)) && str_ends(str_c(next), S(BACKUP_SUFFIX));
	if (!is_over(c, name, &st, has_later && thin.ms > before.ms ? thin : before) || unlink(path) != 0)
		return OK;
	++*removed;
	return forget(c, str_c(name));
}

Err backup_sweep(Ctx *c, Str folder, Instant before, i64 *removed) {
	Backups         last;
	struct dirent **names = NULL;
	Err             e = OK;
	*removed = 0;
	TRY(backup_list(c, 1, &last));
	int n = scandir(str_z(c->arena, folder), &names, NULL, by_name);
	for (int i = 0; i < n; i++) {
		const char *name = names[i]->d_name;
		if (e == OK && !(last.len && str_eq(last.at[0].file, str_c(name))))
			e = sweep_one(c, folder, name, i + 1 < n ? names[i + 1]->d_name : NULL, before, removed);
	}
	for (int i = 0; i < n; i++)
		free(names[i]);
	free(names);
	return e;
}
