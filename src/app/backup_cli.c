/* backup_cli.c: backups from the command line, as jobs, and by the clock of a running server. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "base/format.h"
#include "core/backup.h"
#include "core/backup.sql.h"
#include "core/settings.h"

/* ---- words of a command: --name value, flags, the rest ---- */

typedef struct Words {
	Str  file, second, key, to;
	bool overwrite;
} Words;

static bool read_words(int argc, char **argv, bool files, Words *w) {
	*w = (Words){0};
	for (int i = 0; i < argc; i++) {
		Str word = str_c(argv[i]);
		Str *value = str_eq(word, S("--key")) ? &w->key : str_eq(word, S("--to")) ? &w->to : NULL;
		if (value && i + 1 < argc)
			*value = str_c(argv[++i]);
		else if (str_eq(word, S("--overwrite")))
			w->overwrite = true;
		else if (files && !str_starts(word, S("--")) && !w->second.len)
			*(w->file.len ? &w->second : &w->file) = word;
		else
			return false;
	}
	return true;
}

static int usage(const char *text) {
	fprintf(stderr, "sitovka %s\n", text);
	return 2;
}

static void print_size(i64 bytes) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_file_size(&b, bytes);
	printf("%.*s", STR_ARG(buf_view(&b)));
}

static void print_backup(const Backup *b) {
	printf("%lld tabulek, %lld řádků, %lld souborů, ", (long long)b->tables, (long long)b->rows, (long long)b->files);
	print_size(b->size);
	printf("\nposlední záznam stopy č. %lld, otisk %.*s\nklíč %.*s\n", (long long)b->trail_seq, STR_ARG(b->head), STR_ARG(b->key_name));
	if (b->missing)
		printf("Pozor: obsah %lld souborů na serveru chybí nebo je poškozený, v záloze není.\n", (long long)b->missing);
}

/* ---- keys ---- */

int app_backup_key(App *app) {
	Words w;
	if (!read_words(app->o.argc, app->o.argv, true, &w) || !w.second.len)
		return usage("backup-key PUBLIC-FILE PRIVATE-FILE");
	CLEANUP(arena_free) Arena a = {0};
	Ctx     c = {.arena = &a, .actor = &actor_program};
	SealKey key;
	Err     e = backup_key_make(&c, w.file, w.second, &key);
	if (e != OK)
		return app_say(&c, e);
	Str name = seal_key_name(&a, &key);
	printf("Klíč zálohy %.*s\n  veřejný (na server): %.*s\n  soukromý (mimo server, na dvě různá místa): %.*s\n"
	       "Bez soukromého klíče zálohu nikdo neobnoví, ani vy.\n", STR_ARG(name), STR_ARG(w.file), STR_ARG(w.second));
	return 0;
}

/* ---- making ---- */

static Err make(Ctx *c, Str folder, Str key_file, Backup *ret) {
	const Installation *here = installation();
	SealKey             key;
	TRY(backup_key_load(c, key_file, false, &key));
	return backup_make(c, &key, folder, here->state, ret);
}

int cli_backup(Ctx *c, int argc, char **argv) {
	Words  w;
	Backup b;
	if (!read_words(argc, argv, false, &w))
		return usage("backup [--to FOLDER] [--key PUBLIC-FILE]");
	Str folder = w.to.len ? w.to : installation()->backup_folder, key = w.key.len ? w.key : installation()->backup_key;
	if (!folder.len || !key.len) {
		fprintf(stderr, "Say where to and for whom: --to FOLDER --key PUBLIC-FILE (a pair of keys: sitovka backup-key).\n");
		return 2;
	}
	Err e = make(c, folder, key, &b);
	if (e != OK)
		return app_say(c, e);
	printf("Záloha %.*s/%.*s\n", STR_ARG(b.folder), STR_ARG(b.file));
	print_backup(&b);
	return b.missing ? 1 : 0;
}

int cli_backups(Ctx *c, int argc, char **argv) {
	(void)argv;
	Backups all;
	if (argc > 0)
		return usage("backups");
	Err e = backup_list(c, 1000, &all);
	for (size_t i = 0; i < all.len && e == OK; i++) {
		CLEANUP(buf_free) Buf when = {0};
		fmt_instant(&when, all.at[i].made);
		printf("%.*s\t%.*s\t", STR_ARG(buf_view(&when)), STR_ARG(all.at[i].file));
		print_size(all.at[i].size);
		printf("\t%s\n", !all.at[i].verified.ms ? "neověřena" : all.at[i].verdict.len ? "NEPROŠLA" : "ověřena");
	}
	return app_say(c, e);
}

/* ---- rehearsal ---- */

static Err rehearse(Ctx *c, Str file, Str key_file, Backup *b) {
	SealKey          key;
	size_t           count;
	const Migration *list = all_migrations(&count);
	TRY(backup_key_load(c, key_file, true, &key));
	return backup_rehearse(c, file, &key, installation()->state, list, count, b);
}

/* The name without folders: under it the list of this store knows the backup. */
static Str base_name(Str path) {
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return str_from(path, i);
	return path;
}

int cli_verify_backup(Ctx *c, Str file, Str key) {
	Backup b;
	key = key.len ? key : installation()->backup_private_key;
	if (!key.len)
		return usage("verify --backup FILE --key PRIVATE-FILE");
	Err e = rehearse(c, file, key, &b);
	Str why = e == OK ? (Str){0} : first_problem(c);
	Err noted = e == ERR_NOT_FOUND || e == ERR_FORBIDDEN ? OK : backup_note_verified(c, base_name(file), why);
	if (e != OK || noted != OK)
		return app_say(c, e != OK ? e : noted);
	printf("Záloha se obnovila na zkoušku a je v pořádku.\n");
	print_backup(&b);
	return 0;
}

/* ---- restoring ---- */

static bool exists(const char *path) {
	struct stat st;
	return lstat(path, &st) == 0;
}

/* Somebody has the SQLite file open: the library holds a shared lock on byte 128 of its -shm file. */
static bool is_in_use(Arena *a, Str db) {
	int fd = open(str_z(a, str_cat(a, db, S("-shm"))), O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return false;
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 128, .l_len = 1};
	bool used = fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
	close(fd);
	return used;
}

static bool confirmed(Str what) {
	char answer[16] = {0};
	if (!isatty(STDIN_FILENO))
		return false;
	printf("V %.*s už úložiště je. Odsunout ho stranou a na jeho místo obnovit zálohu? Napište ano: ", STR_ARG(what));
	fflush(stdout);
	return fgets(answer, sizeof answer, stdin) && str_eq(str_trim(str_c(answer)), S("ano"));
}

static Err move(Ctx *c, Str from, Str to) {
	char *old = str_z(c->arena, from);
	if (!exists(old))
		return OK;
	if (rename(old, str_z(c->arena, to)) == 0)
		return OK;
	return fail(c, ERR_STORAGE, NULL, "%s nelze přejmenovat na %.*s (%s).", old, STR_ARG(to), strerror(errno));
}

/* A SQLite store is a file with up to two companions, and its state folder. */
static Err move_store(Ctx *c, Str db, Str state, Str to_db, Str to_state) {
	static const char *const ends[] = {"-wal", "-shm", ""};
	for (size_t i = 0; i < LEN(ends); i++)
		TRY(move(c, str_cat(c->arena, db, str_c(ends[i])), str_cat(c->arena, to_db, str_c(ends[i]))));
	return move(c, state, to_state);
}

static Err restore_file(Ctx *c, RestoreOptions o, Str db, Backup *b) {
	Arena *a = c->arena;
	Str    new_db = str_cat(a, db, S(".obnova")), state = o.state, new_state = str_cat(a, o.state, S(".obnova"));
	Str    stamp = str_format(a, ".pred-obnovou-%lld", (long long)c->now.ms);
	o.to = str_z(a, new_db);
	o.state = new_state;
	if (exists(o.to) || exists(str_z(a, new_state)))
		return fail(c, ERR_CONFLICT, NULL, "%s zůstalo po obnově, která neskončila. Smažte ho i s %.*s a spusťte obnovu znovu.", o.to, STR_ARG(new_state));
	TRY(backup_restore(c, o, b));
	TRY(move_store(c, db, state, str_cat(a, db, stamp), str_cat(a, state, stamp)));
	return move_store(c, new_db, new_state, db, state);
}

static Err restore(Ctx *c, App *app, const Words *w, Backup *b) {
	SealKey        key;
	RestoreOptions o = {.file = w->file, .key = &key, .to = str_z(c->arena, app->o.db), .state = app_state_folder(c->arena, &app->o)};
	bool           is_file = !str_starts(app->o.db, S("postgres"));
	o.migrations = all_migrations(&o.migration_count);
	TRY(backup_key_load(c, w->key, true, &key));
	TRY(app_hand_over(&app->arena));
	if (!is_file)
		return backup_restore(c, o, b);
	if (is_in_use(c->arena, app->o.db))
		return fail(c, ERR_BUSY, NULL, "Nad %s běží program. Zastavte ho a spusťte obnovu znovu.", o.to);
	if ((exists(o.to) || exists(str_z(c->arena, o.state))) && !w->overwrite && !confirmed(app->o.db))
		return fail(c, ERR_CONFLICT, NULL, "V %s už úložiště je a nic se nezměnilo. Obnovte zálohu jinam, nebo přidejte --overwrite: staré se odsune stranou.",
		            o.to);
	return restore_file(c, o, app->o.db, b);
}

int app_restore(App *app) {
	Words w;
	if (!read_words(app->o.argc, app->o.argv, true, &w) || !w.file.len || w.second.len || !w.key.len)
		return usage("restore FILE --key PRIVATE-FILE [--db FILE|postgresql://…] [--overwrite]");
	CLEANUP(arena_free) Arena a = {0};
	Ctx    c = {.arena = &a, .actor = &actor_program, .now = instant_now()};
	Backup b;
	c.today = prague_day(c.now);
	Err e = restore(&c, app, &w, &b);
	if (e != OK)
		return app_say(&c, e);
	CLEANUP(buf_free) Buf when = {0};
	fmt_instant(&when, b.made);
	printf("Obnoveno do %.*s, stav z %.*s\n", STR_ARG(app->o.db), STR_ARG(buf_view(&when)));
	print_backup(&b);
	return 0;
}

/* ---- rehearsal without a store ---- */

bool app_wants_rehearsal(const App *app, const char *command) {
	bool backup = false;
	for (int i = 0; i < app->o.argc; i++)
		backup = backup || strcmp(app->o.argv[i], "--backup") == 0;
	bool is_file = !str_starts(app->o.db, S("postgresql://"));
	CLEANUP(arena_free) Arena a = {0};
	return strcmp(command, "verify") == 0 && backup && is_file && !exists(str_z(&a, app->o.db));
}

/* The trial needs room: it is restored beside the backup. */
static Str folder_of(Arena *a, Str file) {
	Str name = base_name(file);
	return name.len == file.len ? S(".") : str_dup(a, str_first(file, file.len - name.len));
}

int app_rehearse(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx              c = {.arena = &a, .actor = &actor_program, .now = instant_now()};
	Str              file = {0}, key_file = {0};
	SealKey          key;
	Backup           b;
	size_t           count;
	const Migration *list = all_migrations(&count);
	for (int i = 0; i + 1 < app->o.argc; i += 2)
		*(strcmp(app->o.argv[i], "--key") == 0 ? &key_file : &file) = str_c(app->o.argv[i + 1]);
	if (app->o.argc != 4 || !file.len || !key_file.len)
		return usage("verify --backup FILE --key PRIVATE-FILE");
	c.today = prague_day(c.now);
	Err e = backup_key_load(&c, key_file, true, &key);
	e = e == OK ? backup_rehearse(&c, file, &key, folder_of(&a, file), list, count, &b) : e;
	if (e != OK)
		return app_say(&c, e);
	printf("Záloha se obnovila na zkoušku a je v pořádku.\n");
	print_backup(&b);
	return 0;
}

/* ---- jobs ---- */

Err job_backup(Ctx *c, Job *job) {
	const Installation *here = installation();
	Backup              b;
	i64                 removed;
	TRY(job_progress(c, job, 0, 1, "zálohuje se"));
	TRY(make(c, here->backup_folder, here->backup_key, &b));
	Instant before = {c->now.ms - setting_int(c, "backup.keep_days") * 24 * 3600 * 1000};
	TRY(backup_sweep(c, here->backup_folder, before, &removed));
	job->done = job->total = 1;
	job->result = b.file;
	job->link = S("/app/sprava/zalohy");
	if (b.missing)
		return fail(c, ERR_STORAGE, NULL, "Záloha je hotová, ale obsah %lld souborů na serveru chybí nebo je poškozený.", (long long)b.missing);
	return OK;
}

Err job_rehearse(Ctx *c, Job *job) {
	const Installation *here = installation();
	Backups             last;
	Backup              b;
	TRY(backup_list(c, 1, &last));
	if (!last.len)
		return OK;
	Str file = str_format(c->arena, "%.*s/%.*s", STR_ARG(last.at[0].folder), STR_ARG(last.at[0].file));
	TRY(job_progress(c, job, 0, 1, "záloha se obnovuje na zkoušku"));
	Err e = rehearse(c, file, here->backup_private_key, &b);
	job->done = job->total = 1;
	job->link = S("/app/sprava/zalohy");
	if (e == ERR_CANCELLED)
		return e;
	TRY(backup_note_verified(c, last.at[0].file, e == OK ? (Str){0} : first_problem(c)));
	return e;
}

/* ---- the clock ---- */

static Err is_idle(Ctx *c, const char *kind, bool *idle) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_backup_jobs_waiting, P(V(str_c(kind))), 0, &n) != OK)
		return fail_internal(c, "backups");
	*idle = n == 0;
	return OK;
}

static Err add(Ctx *c, const char *kind, Str title) {
	Id   id;
	bool idle = false;
	TRY(is_idle(c, kind, &idle));
	return idle ? job_add(c, kind, title, (Str){0}, (Str){0}, &id) : OK;
}

/* Every so many hours when something changed, and once a day in any case: a copy that is still being made shows that copying works. */
static Err backup_if_due(Ctx *c) {
	enum { HOUR = 3600 * 1000 };
	i64     hours = setting_int(c, "backup.every_hours");
	Backups last;
	bool    fresh = false;
	if (hours == 0)
		return OK;
	TRY(backup_list(c, 1, &last));
	i64 age = last.len ? c->now.ms - last.at[0].made.ms : INT64_MAX;
	if (age < hours * HOUR)
		return OK;
	if (age < INT64_C(24) * HOUR)
		TRY(backup_is_fresh(c, &fresh));
	return fresh ? OK : add(c, "core.backup", S("Záloha"));
}

static Err rehearse_if_due(Ctx *c) {
	Backups last;
	Date    day;
	int     seconds;
	Str     hour = setting_text(c, "backup.rehearse_at"), minutes = hour, hours = str_cut(&minutes, ':'), done;
	i64     h, m;
	prague_wall(c->now, &day, &seconds);
	if (!str_to_int(hours, &h) || !str_to_int(minutes, &m) || seconds < h * 3600 + m * 60)
		return OK;
	char iso[DATE_ISO_LEN];
	TRY(fact_get(c, "backup.rehearsed_on", &done));
	TRY(backup_list(c, 1, &last));
	if (str_eq(done, date_iso(day, iso)) || !last.len || last.at[0].verified.ms)
		return OK;
	TRY(fact_put(c, "backup.rehearsed_on", date_iso(day, iso)));
	return add(c, "core.rehearse", S("Zkušební obnova zálohy"));
}

void app_backup_tick(App *app) {
	if (!app->o.backups.len || !app->o.backup_key.len)
		return;
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = app_ctx(app, &a);
	Err e = backup_if_due(&c);
	if (e == OK && app->o.backup_private_key.len)
		e = rehearse_if_due(&c);
	if (e != OK)
		app_say(&c, e);
	ctx_end(&c);
}
