/* backup_check.c: whether a restored store is what the backup promised; and a backup restored on trial, into a scratch folder that goes again. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/backup_inside.h"
#include "core/trail.h"

static Err check_counts(Ctx *c, Db *db, const DumpTables *tables) {
	Dump *d;
	Err   e = db_dump_begin(c->arena, db, &d);
	if (e != OK)
		return fail_internal(c, "restore");
	for (size_t i = 0; i < tables->len && e == OK; i++) {
		i64 n = -1;
		e = db_dump_count(d, &tables->at[i], &n);
		if (e == OK && n != tables->at[i].rows)
			e = fail(c, ERR_INVALID, NULL, "V tabulce %.*s je po obnově %lld řádků místo %lld.", STR_ARG(tables->at[i].name), (long long)n,
			         (long long)tables->at[i].rows);
	}
	db_dump_end(d);
	return e;
}

static Err check_trail(Ctx *of, Db *db, const Backup *b) {
	CLEANUP(arena_free) Arena a = {0};
	CLEANUP(ctx_end) Ctx c = ctx_make(&a, db, &actor_program, of->now);
	TrailVerdict v;
	if (trail_verify(&c, &v) != OK)
		return fail_internal(of, "restore");
	if (v.broken_seq)
		return fail(of, ERR_INVALID, NULL, "Stopa změn po obnově nesouhlasí u záznamu č. %lld: %.*s", (long long)v.broken_seq, STR_ARG(v.why));
	if (v.records != b->trail_seq || (v.records > 0 && !str_eq(v.head, b->head)))
		return fail(of, ERR_INVALID, NULL, "Stopa změn po obnově končí jinak, než kde skončila při zálohování.");
	return OK;
}

Err backup_check_store(Ctx *c, Db *db, const DumpTables *tables, const Backup *b, const RestoreOptions *o) {
	Str report = {0}, why = {0};
	TRY(check_counts(c, db, tables));
	TRY(check_trail(c, db, b));
	if (db_check_integrity(c->arena, db, &report) != OK)
		return fail(c, ERR_STORAGE, NULL, "Obnovené úložiště není v pořádku: %.*s", STR_ARG(report));
	if (db_migrate(c->arena, db, o->migrations, o->migration_count, &why, NULL) != OK)
		return fail(c, ERR_STORAGE, NULL, "Obnovené údaje se nepodařilo převést na dnešní podobu: %.*s", STR_ARG(why));
	return OK;
}

/* ---- rehearsal ---- */

static void close_folder(DIR **d) {
	if (*d)
		closedir(*d);
}

static void remove_folder(Arena *a, const char *path) {
	CLEANUP(close_folder) DIR *d = opendir(path);
	for (struct dirent *entry; d && (entry = readdir(d));) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		char *inside = str_z(a, str_format(a, "%s/%s", path, entry->d_name));
		if (unlink(inside) != 0)
			remove_folder(a, inside);
	}
	rmdir(path);
}

Err backup_rehearse(Ctx *c, Str file, const SealKey *key, Str scratch, const Migration *migrations, size_t count, Backup *ret) {
	char *folder = str_z(c->arena, str_cat(c->arena, scratch, S("/zkouska-XXXXXX")));
	if (!mkdtemp(folder))
		return fail(c, ERR_STORAGE, NULL, "Složku %s pro zkušební obnovu nelze založit (%s).", folder, strerror(errno));
	RestoreOptions o = {.file = file, .key = key, .to = str_z(c->arena, str_format(c->arena, "%s/sitovka.db", folder)),
	                    .state = str_format(c->arena, "%s/state", folder), .migrations = migrations, .migration_count = count};
	Err e = backup_restore(c, o, ret);
	CLEANUP(arena_free) Arena names = {0};
	remove_folder(&names, folder);
	return e;
}
