/* checks_backup.c: is there a way back, and did anybody try it. Sample data on this computer needs none. */
#include <sys/stat.h>

#include "base/format.h"
#include "core/backup.h"
#include "core/settings.h"
#include "domain/admin/checks.h"

enum { LOOK = 200, AGE_HOURS = 26, VERIFIED_DAYS = 8 };

/* The newest backup; NULL with *fine set when there is nothing to judge. */
static Err newest(Ctx *c, bool *fine, const Backup **ret) {
	Backups all;
	TRY(backup_list(c, 1, &all));
	*ret = all.len ? &all.at[0] : NULL;
	*fine = true;
	return OK;
}

Err check_backup_set(Ctx *c, bool *fine, Str *detail) {
	const Installation *here = installation();
	*fine = check_is_demo(c) || (here->backup_folder.len && here->backup_key.len);
	*detail = *fine ? (Str){0} : S("Server běží bez složky a klíče záloh.");
	return OK;
}

Err check_backup_age(Ctx *c, bool *fine, Str *detail) {
	const Backup       *b;
	const Installation *here = installation();
	TRY(newest(c, fine, &b));
	if (!b) {                                    /* where nothing is set that is said by another check */
		*fine = check_is_demo(c) || !here->backup_folder.len;
		*detail = S("Žádná záloha zatím nevznikla.");
		return OK;
	}
	i64 hours = (c->now.ms - b->made.ms) / (3600 * 1000);
	*fine = check_is_demo(c) || hours < AGE_HOURS;
	*detail = str_format(c->arena, "Poslední vznikla před %lld hodinami.", (long long)hours);
	return OK;
}

Err check_backup_verified(Ctx *c, bool *fine, Str *detail) {
	Backups all;
	TRY(backup_list(c, LOOK, &all));
	*fine = check_is_demo(c) || all.len == 0;
	*detail = all.len ? S("Žádná z posledních záloh nebyla vyzkoušena.") : (Str){0};
	for (size_t i = 0; i < all.len && !*fine; i++) {
		i64 days = (c->now.ms - all.at[i].verified.ms) / (INT64_C(24) * 3600 * 1000);
		if (all.at[i].verified.ms && days < VERIFIED_DAYS) {
			*fine = true;
			*detail = str_format(c->arena, "Vyzkoušena %.*s.", STR_ARG(all.at[i].file));
		}
	}
	return OK;
}

Err check_backup_passed(Ctx *c, bool *fine, Str *detail) {
	Backups       all;
	const Backup *last = NULL;
	TRY(backup_list(c, LOOK, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].verified.ms && (!last || all.at[i].verified.ms > last->verified.ms))
			last = &all.at[i];
	*fine = !last || !last->verdict.len;
	*detail = *fine ? (Str){0} : str_format(c->arena, "%.*s: %.*s", STR_ARG(last->file), STR_ARG(last->verdict));
	return OK;
}

Err check_backup_complete(Ctx *c, bool *fine, Str *detail) {
	const Backup *b;
	TRY(newest(c, fine, &b));
	*fine = !b || b->missing == 0;
	*detail = *fine ? (Str){0} : str_format(c->arena, "V záloze %.*s chybí obsah %lld souborů.", STR_ARG(b->file), (long long)b->missing);
	return OK;
}

Err check_backup_elsewhere(Ctx *c, bool *fine, Str *detail) {
	struct stat backups, state;
	const Installation *here = installation();
	bool same = here->backup_folder.len && stat(str_z(c->arena, here->backup_folder), &backups) == 0 &&
	            stat(str_z(c->arena, here->state), &state) == 0 && backups.st_dev == state.st_dev;
	*fine = !same || check_is_demo(c);
	*detail = same ? str_format(c->arena, "Složka %.*s je na témže disku.", STR_ARG(here->backup_folder)) : (Str){0};
	return OK;
}

Err check_backup_often(Ctx *c, bool *fine, Str *detail) {
	i64 hours = setting_int(c, "backup.every_hours");
	*fine = hours >= 1 && hours <= 24;
	*detail = hours ? str_format(c->arena, "Nastaveno: jednou za %lld hodin.", (long long)hours) : S("Samočinné zálohování je vypnuté.");
	return OK;
}
