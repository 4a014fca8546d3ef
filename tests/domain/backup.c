/* Backups: the same store comes back, on either engine; what is damaged is refused; nothing half is ever left. */
#include "core/backup.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/backup_inside.h"
#include "core/files.h"
#include "core/settings.h"
#include "core/trail.h"
#include "tests/support/store.h"

typedef struct Given {
	Ctx     c;
	SealKey open_key, closed_key;
	Str     folder, state, to;
} Given;

static void remove_all(void *folder) {
	char command[300];
	snprintf(command, sizeof command, "rm -rf '%s'", (char *)folder);
	EXPECT(system(command) == 0);
}

static void write_text(const char *path, Str text) {
	FILE *f = fopen(path, "wb");
	CHECK(f && fwrite(text.ptr, 1, text.len, f) == text.len && fclose(f) == 0);
}

static void given_rows(Ctx *c) {
	StoredFile file;
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	for (int i = 0; i < 40; i++)
		MUST(trail_add(c, (TrailEntry){.action = "note", .object = "test", .object_id = i, .text = S("Žluťoučký kůň 🐎")}));
	MUST(files_put(c, S("smlouva.pdf"), S("%PDF-1.4 obsah"), -1, &file));
	MUST(files_put(c, S("prázdný"), S(""), -1, &file));
	MUST(files_put(c, S("kopie.pdf"), S("%PDF-1.4 obsah"), -1, &file));
	MUST(tx_commit(&tx));
}

static Given *given(void) {
	static Arena kept;
	Given *g = NEW_ZERO(t_arena, Given);
	char  *top = str_z(t_arena, S("/tmp/sitovka-backup-XXXXXX"));
	EXPECT(mkdtemp(top) != NULL);
	arena_defer(t_arena, remove_all, top);
	g->folder = str_format(t_arena, "%s/zalohy", top);
	g->state = str_format(t_arena, "%s/state", top);
	g->to = str_format(t_arena, "%s/nove", top);
	EXPECT(mkdir(str_z(t_arena, g->state), 0700) == 0 && mkdir(str_z(t_arena, g->to), 0700) == 0);
	write_text(str_z(t_arena, str_cat(t_arena, g->state, S("/secret"))), S("tajemstvi\0programu"));
	files_set_folder(str_z(&kept, str_cat(&kept, g->state, S("/files"))));
	g->c = ctx_make(t_arena, test_store(), &actor_program, instant_now());
	seal_make_keys(&g->open_key, &g->closed_key);
	given_rows(&g->c);
	return g;
}

static Str path_of(const Given *g, const Backup *b) {
	(void)g;
	return str_format(t_arena, "%.*s/%.*s", STR_ARG(b->folder), STR_ARG(b->file));
}

static Err back(Given *g, Str file, const char *to, Backup *ret) {
	RestoreOptions o = {.file = file, .key = &g->closed_key, .to = to, .state = str_cat(t_arena, g->to, S("/state"))};
	o.migrations = test_migrations(&o.migration_count);
	g->c.problems.len = 0;
	return backup_restore(&g->c, o, ret);
}

static const char *new_file(Given *g, const char *name) {
	return str_z(t_arena, str_format(t_arena, "%.*s/%s", STR_ARG(g->to), name));
}

/* Every row of every table as text, but the list of backups itself. */
static Err print_row(void *arg, Rows *row, const DumpTable *table) {
	Strs *lines = arg;
	Buf   b = {0};
	for (size_t i = 0; i < table->column_count; i++) {
		Str s = table->columns[i].type == DB_BYTES ? hex(t_arena, col_bytes(row, (int)i).ptr, col_bytes(row, (int)i).len)
		        : table->columns[i].type == DB_TEXT ? col_text(row, (int)i) : str_format(t_arena, "%lld", (long long)col_int(row, (int)i));
		buf_format(&b, "%s%.*s|", col_null(row, (int)i) ? "NULL" : "", STR_ARG(s));
	}
	strs_add(t_arena, lines, buf_take(&b, t_arena));
	buf_free(&b);
	return OK;
}

static int by_text(const void *x, const void *y) {
	return str_cmp(*(const Str *)x, *(const Str *)y);
}

static Str content(Db *db) {
	Dump *d;
	Buf   b = {0};
	MUST(db_dump_begin(t_arena, db, &d));
	DumpTables *all = db_dump_tables(d);
	for (size_t i = 0; i < all->len; i++) {
		Strs lines = {0};
		if (str_eq(all->at[i].name, S("backup_log")))
			continue;
		MUST(db_dump_rows(d, &all->at[i], print_row, &lines));
		if (lines.len)
			qsort(lines.at, lines.len, sizeof *lines.at, by_text);
		buf_format(&b, "%.*s\n", STR_ARG(all->at[i].name));
		for (size_t k = 0; k < lines.len; k++)
			buf_format(&b, "  %.*s\n", STR_ARG(lines.at[k]));
	}
	db_dump_end(d);
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

static Str read_text(const char *path) {
	char    *to = arena_alloc(t_arena, 4096);
	int      fd = open(path, O_RDONLY);
	ssize_t  n = read(fd, to, 4096);
	EXPECT(fd >= 0 && n >= 0);
	close(fd);
	return str_of(to, (size_t)n);
}

TEST("backup: the same rows, files, secret and head of the trail come back, into either engine") {
	Given *g = given();
	Backup b, r;
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	EXPECT(b.tables > 20 && b.rows > 40 && b.files == 2 && b.missing == 0 && b.trail_seq == 40);
	const char *targets[] = {new_file(g, "a.db"), test_on_postgres() ? test_store_new(false) : new_file(g, "b.db")};
	for (size_t i = 0; i < LEN(targets); i++) {
		MUST(back(g, path_of(g, &b), targets[i], &r));
		EQ_INT(r.rows, b.rows);
		EQ_INT(r.files, b.files);
		EQ_STR(r.head, b.head);
		Db *db = test_store_open(targets[i], (DbOptions){.maintenance = true});
		EQ_STR(content(db), content(g->c.db));
	}
	EQ_TEXT(read_text(new_file(g, "state/secret")), "tajemstvi\0programu");
	Sha256 digest = sha256(S("%PDF-1.4 obsah"));
	Str    name = hex(t_arena, digest.bytes, sizeof digest.bytes);
	EQ_TEXT(read_text(new_file(g, str_z(t_arena, str_format(t_arena, "state/files/%.2s/%.*s", name.ptr, STR_ARG(name))))), "%PDF-1.4 obsah");
	ctx_end(&g->c);
}

TEST("backup: full text is found after a restore, and people's writing goes on") {
	Given *g = given();
	Backup b;
	static const Sql doc = {"test_doc", "INSERT INTO search_doc (id, kind, object_id, is_public, title, title_sort, words) VALUES (900, 'x', 1, 1, 'T', $1, 'pecovatelska sluzba')", NULL};
	static const Sql found = {"test_found", "SELECT COUNT(*) FROM search_index WHERE search_index MATCH 'pecovatelska'",
		"SELECT COUNT(*) FROM search_doc WHERE index_words @@ to_tsquery('simple', 'pecovatelska')"};
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&g->c, &tx));
	MUST(db_run(g->c.conn, &doc, P(db_value_bytes(S("t"))), NULL));
	MUST(tx_commit(&tx));
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	const char *to = new_file(g, "a.db");
	MUST(back(g, path_of(g, &b), to, &b));
	Ctx c = ctx_make(t_arena, test_store_open(to, (DbOptions){0}), &actor_program, instant_now());
	i64 n;
	static const Sql sqlite_found = {"test_found_sqlite", "SELECT COUNT(*) FROM search_index WHERE search_index MATCH 'pecovatelska'", NULL};
	MUST(db_get_int(ctx_conn(&c), test_on_postgres() ? &sqlite_found : &found, DB_NONE, 0, &n));
	EQ_INT(n, 1);
	MUST(setting_set(&c, S("backup.keep_days"), S("40")));
	TrailVerdict v;
	MUST(trail_verify(&c, &v));
	EQ_INT(v.broken_seq, 0);
	EQ_INT(v.records, 41);
	ctx_end(&c);
	ctx_end(&g->c);
}

static void damage(Str from, const char *to, i64 cut, i64 flip) {
	char *bytes = NULL;
	FILE *f = fopen(str_z(t_arena, from), "rb");
	CHECK(f != NULL);
	CHECK(fseek(f, 0, SEEK_END) == 0);
	size_t size = (size_t)ftell(f);
	rewind(f);
	bytes = malloc(size);
	CHECK(bytes && fread(bytes, 1, size, f) == size);
	fclose(f);
	if (flip >= 0)
		bytes[flip] = (char)(bytes[flip] ^ 1);
	write_text(to, str_of(bytes, cut >= 0 ? (size_t)cut : size));
	free(bytes);
}

static void refused(Given *g, const char *file, const char *words) {
	Backup      r;
	size_t      count;
	const Migration *list = test_migrations(&count);
	g->c.problems.len = 0;
	EXPECT(backup_rehearse(&g->c, str_c(file), &g->closed_key, g->to, list, count, &r) != OK);
	if (!str_has(first_problem(&g->c), str_c(words)))
		test_fail(__FILE__, __LINE__, "not \"%s\": %.*s", words, STR_ARG(first_problem(&g->c)));
}

TEST("backup: cut, altered, meant for another key or no backup at all: each is refused by its own sentence") {
	Given *g = given();
	Backup b;
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	const char *bad = new_file(g, "bad");
	Str         whole = path_of(g, &b);
	for (i64 cut = 200; cut < b.size; cut += b.size / 7) {
		damage(whole, bad, cut, -1);
		refused(g, bad, "neúplná");
	}
	damage(whole, bad, b.size - 1, -1);
	refused(g, bad, "neúplná");
	for (i64 at = 150; at < b.size; at += b.size / 7) {
		damage(whole, bad, -1, at);
		refused(g, bad, "po");
	}
	write_text(bad, S("PK\3\4 něco jiného"));
	refused(g, bad, "není záloha");
	write_text(bad, S(""));
	refused(g, bad, "není záloha");
	refused(g, "/nikde/nic.zaloha", "nelze otevřít");
	seal_make_keys(&(SealKey){{0}}, &g->closed_key);
	refused(g, str_z(t_arena, whole), "jiný klíč");
	ctx_end(&g->c);
}

TEST("backup: rehearsal leaves nothing behind, and its outcome is remembered") {
	Given  *g = given();
	Backup  b, r;
	Backups all;
	size_t  count, left = 0;
	const Migration *list = test_migrations(&count);
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	MUST(backup_rehearse(&g->c, path_of(g, &b), &g->closed_key, g->to, list, count, &r));
	EQ_STR(r.head, b.head);
	DIR *d = opendir(str_z(t_arena, g->to));
	while (readdir(d))
		left++;
	closedir(d);
	EQ_INT(left, 2);
	MUST(backup_note_verified(&g->c, b.file, (Str){0}));
	MUST(backup_list(&g->c, 10, &all));
	EQ_INT(all.len, 1);
	EXPECT(all.at[0].verified.ms == g->c.now.ms && !all.at[0].verdict.len);
	ctx_end(&g->c);
}

TEST("backup: it is never restored over a store that holds something") {
	Given *g = given();
	Backup b;
	const char *full = new_file(g, "plne.db");
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	MUST(back(g, path_of(g, &b), full, &b));
	EQ_INT(back(g, path_of(g, &b), full, &b), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&g->c), S("není prázdné")));
	ctx_end(&g->c);
}

TEST("backup: a newer one is refused, an older schema is brought up to date") {
	Given *g = given();
	Backup b;
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	RestoreOptions o = {.file = path_of(g, &b), .key = &g->closed_key, .to = new_file(g, "stary.db"), .state = str_cat(t_arena, g->to, S("/s"))};
	o.migrations = test_migrations(&o.migration_count);
	o.migration_count--;
	g->c.problems.len = 0;
	EQ_INT(backup_restore(&g->c, o, &b), ERR_INVALID);
	EXPECT(str_has(first_problem(&g->c), S("z novější verze")));
	size_t     count;
	const Migration *known = test_migrations(&count);
	Migration *more = NEW_ARRAY(t_arena, Migration, count + 1);
	memcpy(more, known, count * sizeof *known);
	more[count] = (Migration){"zzz", 1, "novinka", "CREATE TABLE novelty (id $ID);\n"};
	o = (RestoreOptions){.file = o.file, .key = o.key, .to = new_file(g, "novy.db"), .state = o.state, .migrations = more, .migration_count = count + 1};
	g->c.problems.len = 0;
	MUST(backup_restore(&g->c, o, &b));
	Db *db = test_store_open(o.to, (DbOptions){0});
	int missing;
	Str why = {0};
	MUST(db_migrations_missing(t_arena, db, more, count + 1, &why, &missing));
	EQ_INT(missing, 0);
	ctx_end(&g->c);
}

TEST("backup: a file whose content is gone or spoilt is counted, the rest is saved") {
	Given *g = given();
	Backup b;
	Sha256 digest = sha256(S("%PDF-1.4 obsah"));
	Str    name = hex(t_arena, digest.bytes, sizeof digest.bytes);
	write_text(str_z(t_arena, str_format(t_arena, "%.*s/files/%.2s/%.*s", STR_ARG(g->state), name.ptr, STR_ARG(name))), S("%PDF-1.4 OBSAH"));
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	EQ_INT(b.missing, 1);
	EQ_INT(b.files, 1);
	MUST(back(g, path_of(g, &b), new_file(g, "a.db"), &b));
	EQ_INT(b.missing, 1);
	ctx_end(&g->c);
}

static size_t files_in(Str folder, const char *suffix) {
	size_t n = 0;
	DIR   *d = opendir(str_z(t_arena, folder));
	for (struct dirent *e; d && (e = readdir(d));)
		n += str_ends(str_c(e->d_name), str_c(suffix));
	if (d)
		closedir(d);
	return n;
}

TEST("backup: on a full disk nothing is left") {
	Given        *g = given();
	Backup        b;
	struct rlimit before, small;
	EXPECT(getrlimit(RLIMIT_FSIZE, &before) == 0);
	signal(SIGXFSZ, SIG_IGN);
	small = (struct rlimit){.rlim_cur = 2000, .rlim_max = before.rlim_max};
	EXPECT(setrlimit(RLIMIT_FSIZE, &small) == 0);
	Err e = backup_make(&g->c, &g->open_key, g->folder, g->state, &b);
	EXPECT(setrlimit(RLIMIT_FSIZE, &before) == 0);
	EQ_INT(e, ERR_STORAGE);
	EXPECT(str_has(first_problem(&g->c), S("Nic z ní nezůstalo")));
	EQ_INT(files_in(g->folder, ""), 2);
	ctx_end(&g->c);
}

/* The child opens the store for itself: no connection crosses the fork. */
static void back_up_for_ever(const char *db, Str folder, Str state, const SealKey *key) {
	Arena a = {0};
	Db   *store;
	Str   why = {0};
	if (db_open(&a, db, (DbOptions){0}, &store, &why) != OK)
		_exit(1);
	for (;;) {
		Backup b;
		Arena  own = {0};
		Ctx    c = ctx_make(&own, store, &actor_program, instant_now());
		if (backup_make(&c, key, folder, state, &b) != OK)
			_exit(1);
		ctx_end(&c);
		arena_free(&own);
	}
}

TEST("backup: killed in the middle, every finished one is whole and a half one is never taken for it") {
	if (test_on_postgres())
		return;                                  /* the file is written by the same code */
	Given      *g = given();
	const char *store = new_file(g, "zivy.db");
	Backup      b;
	size_t      drafts = 0, count;
	const Migration *list = test_migrations(&count);
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	MUST(back(g, path_of(g, &b), store, &b));
	for (int round = 0; round < 6; round++) {
		pid_t child = fork();
		if (child == 0)
			back_up_for_ever(store, g->folder, g->state, &g->open_key);
		for (int i = 0; i < 4000 && files_in(g->folder, ".tmp") == drafts; i++)        /* a busy machine starts it late */
			usleep(5000);
		usleep((useconds_t)(round * 7000));
		kill(child, SIGKILL);
		EXPECT(waitpid(child, NULL, 0) == child);
		drafts = files_in(g->folder, ".tmp");
	}
	EXPECT(drafts > 0);
	DIR *d = opendir(str_z(t_arena, g->folder));
	for (struct dirent *e; (e = readdir(d));)
		if (str_ends(str_c(e->d_name), S(BACKUP_SUFFIX))) {
			g->c.problems.len = 0;
			MUST(backup_rehearse(&g->c, str_format(t_arena, "%.*s/%s", STR_ARG(g->folder), e->d_name), &g->closed_key, g->to, list, count, &b));
			break;                                 /* rehearsals are slow under the sanitizers; any one will do */
		}
	closedir(d);
	i64 removed;
	g->c.now.ms += INT64_C(25) * 3600 * 1000;
	MUST(backup_sweep(&g->c, g->folder, (Instant){g->c.now.ms - INT64_C(35) * 24 * 3600 * 1000}, &removed));
	EQ_INT(files_in(g->folder, ".tmp"), 0);
	ctx_end(&g->c);
}

TEST("backup: of older days one stays for each, beyond the term none, and the newest of all always") {
	Given *g = given();
	Backup b;
	i64    removed;
	const i64 hour = 3600 * 1000;
	static const char *const old[] = {"sitovka-20250101-010000-000.zaloha", "sitovka-20250102-010000-000.zaloha", "sitovka-20250102-020000-000.zaloha",
		"sitovka-20250102-030000-000.zaloha", "cizi.zaloha"};
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	for (size_t i = 0; i < LEN(old); i++)
		write_text(str_z(t_arena, str_format(t_arena, "%.*s/%s", STR_ARG(g->folder), old[i])), S("x"));
	MUST(backup_sweep(&g->c, g->folder, (Instant){g->c.now.ms - 1000 * hour}, &removed));
	EQ_INT(removed, 0);
	g->c.now.ms += 72 * hour;
	MUST(backup_sweep(&g->c, g->folder, (Instant){g->c.now.ms - 1000 * hour}, &removed));
	EQ_INT(removed, 2);
	g->c.now.ms += 2000 * hour;
	MUST(backup_sweep(&g->c, g->folder, (Instant){g->c.now.ms - 1000 * hour}, &removed));
	EQ_INT(removed, 2);
	EQ_INT(files_in(g->folder, BACKUP_SUFFIX), 2);
	ctx_end(&g->c);
}

TEST("backup: fresh until something is recorded") {
	Given *g = given();
	Backup b;
	bool   fresh = true;
	MUST(backup_is_fresh(&g->c, &fresh));
	EXPECT(!fresh);
	MUST(backup_make(&g->c, &g->open_key, g->folder, g->state, &b));
	MUST(backup_is_fresh(&g->c, &fresh));
	EXPECT(fresh);
	MUST(setting_set(&g->c, S("backup.keep_days"), S("41")));
	MUST(backup_is_fresh(&g->c, &fresh));
	EXPECT(!fresh);
	ctx_end(&g->c);
}

TEST("backup: a private key that others may read is refused, and keys are never overwritten") {
	Given  *g = given();
	SealKey key;
	const char *closed = new_file(g, "priv"), *open_name = new_file(g, "pub");
	MUST(backup_key_make(&g->c, str_c(open_name), str_c(closed), &key));
	MUST(backup_key_load(&g->c, str_c(closed), true, &key));
	EQ_INT(backup_key_load(&g->c, str_c(closed), false, &key), ERR_INVALID);
	EQ_INT(backup_key_load(&g->c, S("/nikde"), false, &key), ERR_NOT_FOUND);
	EXPECT(chmod(closed, 0640) == 0);
	EQ_INT(backup_key_load(&g->c, str_c(closed), true, &key), ERR_FORBIDDEN);
	EQ_INT(backup_key_make(&g->c, str_c(open_name), str_c(closed), &key), ERR_CONFLICT);
	ctx_end(&g->c);
}
