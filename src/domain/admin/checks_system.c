/* checks_system.c: addresses, files and their modes, the disk, the clock. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/format.h"
#include "base/text.h"
#include "core/trail_heads.h"
#include "domain/admin/checks.h"
#include "domain/admin/checks.sql.h"

enum { WEEK_DAYS = 8, CLOCK_MS = 120 * 1000 };
static const i64 wal_most = INT64_C(256) << 20, reserve = INT64_C(64) << 20;

/* ---- addresses ---- */

Err check_origin_https(Ctx *c, bool *fine, Str *detail) {
	Str origin = installation()->origin;
	*fine = str_starts(origin, S("https://")) || check_is_local(origin);
	*detail = str_format(c->arena, "Adresa je %.*s.", STR_ARG(origin));
	return OK;
}

Err check_origin_public(Ctx *c, bool *fine, Str *detail) {
	const Installation *here = installation();
	*fine = !here->behind_proxy || !check_is_local(here->origin);
	*detail = str_format(c->arena, "Za proxy je nastavená adresa %.*s.", STR_ARG(here->origin));
	return OK;
}

Err check_proxy_named(Ctx *c, bool *fine, Str *detail) {
	(void)c;
	const Installation *here = installation();
	*fine = !here->behind_proxy || here->proxy.len > 0;
	*detail = here->behind_proxy ? S("Program je za proxy, ale neví, ze které adresy přichází.") : (Str){0};
	return OK;
}

Err check_listen(Ctx *c, bool *fine, Str *detail) {
	const Installation *here = installation();
	*fine = here->behind_proxy || check_is_local(here->listen) || str_starts(here->listen, S("fd:"));
	*detail = str_format(c->arena, "Naslouchá se na %.*s.", STR_ARG(here->listen));
	return OK;
}

Err check_demo_private(Ctx *c, bool *fine, Str *detail) {
	const Installation *here = installation();
	*fine = !check_is_demo(c) || (check_is_local(here->listen) && check_is_local(here->origin));
	*detail = check_is_demo(c) ? S("Úložiště obsahuje ukázková data.") : (Str){0};
	return OK;
}

/* ---- files ---- */

static bool is_file_store(void) {
	return !str_starts(installation()->db, S("postgres"));
}

static bool others_may(const char *path) {
	struct stat st;
	return lstat(path, &st) == 0 && (st.st_mode & 077) != 0;
}

Err check_store_mode(Ctx *c, bool *fine, Str *detail) {
	static const char *const ends[] = {"", "-wal", "-shm"};
	*fine = true;
	for (size_t i = 0; is_file_store() && i < LEN(ends); i++) {
		char *path = str_z(c->arena, str_cat(c->arena, installation()->db, str_c(ends[i])));
		if (others_may(path)) {
			*fine = false;
			*detail = str_format(c->arena, "%s smějí otevřít i jiní.", path);
		}
	}
	return OK;
}

Err check_state_mode(Ctx *c, bool *fine, Str *detail) {
	char *path = str_z(c->arena, installation()->state);
	*fine = !others_may(path);
	*detail = *fine ? (Str){0} : str_format(c->arena, "Do složky %s smějí i jiní.", path);
	return OK;
}

static void close_folder(DIR **d) {
	if (*d)
		closedir(*d);
}

Err check_secret_mode(Ctx *c, bool *fine, Str *detail) {
	Str  state = installation()->state, key = installation()->backup_private_key;
	Strs open_ones = {0};
	CLEANUP(close_folder) DIR *d = opendir(str_z(c->arena, state));
	for (struct dirent *entry; d && (entry = readdir(d));) {
		struct stat st;
		char *path = str_z(c->arena, str_format(c->arena, "%.*s/%s", STR_ARG(state), entry->d_name));
		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 077) != 0)
			strs_add(c->arena, &open_ones, str_c(path));
	}
	if (key.len && others_may(str_z(c->arena, key)))
		strs_add(c->arena, &open_ones, key);
	*fine = open_ones.len == 0;
	*detail = str_join(c->arena, S(", "), open_ones);
	return OK;
}

/* Of another process it shows by the owner of what it writes. */
Err check_owner(Ctx *c, bool *fine, Str *detail) {
	struct stat st;
	bool as_root = installation()->serving ? geteuid() == 0 : stat(str_z(c->arena, installation()->state), &st) == 0 && st.st_uid == 0;
	*fine = !as_root || check_is_demo(c) || check_is_local(installation()->origin);
	*detail = as_root ? S("Soubory programu patří uživateli root.") : (Str){0};
	return OK;
}

/* ---- disk ---- */

static bool ask_disk(const char *folder, u64 *bytes_free, u64 *bytes) {
	struct statvfs v;
	if (statvfs(folder, &v) != 0)
		return false;
	*bytes_free = (u64)v.f_bavail * v.f_frsize;
	*bytes = (u64)v.f_blocks * v.f_frsize;
	return true;
}

bool (*checks_disk)(const char *folder, u64 *bytes_free, u64 *bytes) = ask_disk;

static bool room(Ctx *c, u64 *bytes_free, u64 *bytes) {
	return checks_disk(str_z(c->arena, installation()->state), bytes_free, bytes);
}

static Str size_words(Ctx *c, const char *before, u64 bytes) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, str_c(before));
	fmt_file_size(&b, (i64)bytes);
	buf_char(&b, '.');
	return buf_take(&b, c->arena);
}

Err check_disk_space(Ctx *c, bool *fine, Str *detail) {
	u64 left = 0, all = 1;
	*fine = room(c, &left, &all) && left >= all / 10;
	*detail = size_words(c, "Volných je ", left);
	return OK;
}

Err check_disk_reserve(Ctx *c, bool *fine, Str *detail) {
	u64 left = 0, all = 1;
	*fine = room(c, &left, &all) && left >= (u64)reserve;
	*detail = size_words(c, "Volných je ", left);
	return OK;
}

Err check_wal(Ctx *c, bool *fine, Str *detail) {
	struct stat st;
	bool there = is_file_store() && stat(str_z(c->arena, str_cat(c->arena, installation()->db, S("-wal"))), &st) == 0;
	*fine = !there || st.st_size < wal_most;
	*detail = there ? size_words(c, "Deník má ", (u64)st.st_size) : (Str){0};
	return OK;
}

/* ---- store ---- */

Err check_schema(Ctx *c, bool *fine, Str *detail) {
	i64 missing = installation()->missing_migrations;
	*fine = missing == 0;
	*detail = missing ? str_format(c->arena, "Chybí %lld kroků.", (long long)missing) : (Str){0};
	return OK;
}

Err check_clock(Ctx *c, bool *fine, Str *detail) {
	Instant newest = {0};
	Rows    rows = db_query(ctx_conn(c), &sql_check_newest_record, DB_NONE);
	if (rows_next(&rows))
		newest = col_instant(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "check");
	*fine = newest.ms <= c->now.ms + CLOCK_MS;
	if (!*fine)
		*detail = str_format(c->arena, "Poslední zapsaná změna je o %lld minut napřed před hodinami serveru.", (long long)((newest.ms - c->now.ms) / 60000));
	return OK;
}

static Err is_recent(Ctx *c, const char *fact, bool *fine, Str *detail) {
	bool never;
	i64  days;
	TRY(check_fact_age(c, fact, &never, &days));
	*fine = never ? check_is_demo(c) : days < WEEK_DAYS;
	*detail = never ? S("Zatím se tak nestalo.") : str_format(c->arena, "Naposledy před %lld dny.", (long long)days);
	return OK;
}

Err check_integrity_age(Ctx *c, bool *fine, Str *detail) {
	return is_recent(c, "store.checked", fine, detail);
}

Err check_trail_age(Ctx *c, bool *fine, Str *detail) {
	return is_recent(c, "trail.verified", fine, detail);
}

Err check_retention_done(Ctx *c, bool *fine, Str *detail) {
	return is_recent(c, "retention.done", fine, detail);
}

Err check_trail_heads(Ctx *c, bool *fine, Str *detail) {
	enum { HEAD_MS = 2 * 3600 * 1000 };
	Instant oldest;
	TRY(trail_heads_uncovered(c, &oldest));
	*fine = !oldest.ms || c->now.ms - oldest.ms <= HEAD_MS;
	if (*fine)
		return OK;
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Bez podpisu jsou změny od ");
	fmt_instant(&b, oldest);
	buf_char(&b, '.');
	*detail = buf_take(&b, c->arena);
	return OK;
}

Err check_sort_keys(Ctx *c, bool *fine, Str *detail) {
	Str now = text_sort_version(c->arena), stored;
	TRY(fact_get(c, "sort.version", &stored));
	*fine = !stored.len || str_eq(stored, now);
	*detail = str_format(c->arena, "Uložené názvy: %.*s, knihovna: %.*s.", STR_ARG(stored), STR_ARG(now));
	return OK;
}
