/* files.c, files_type.c: contents beside the store are durable, private, shared when equal, and judged when read. */
#include "core/files.h"
#include "tests/support/store.h"
#include "tests/test.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

static char *folder;                             /* of this test */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at) {
	(void)st, (void)type, (void)at;
	return remove(path);
}

static void remove_all(void *path) {
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static Ctx given_folder(void) {
	const char *tmp = getenv("TMPDIR");
	char *made = str_z(t_arena, str_format(t_arena, "%s/sitovka-files-XXXXXX", tmp ? tmp : "/tmp"));
	EXPECT(mkdtemp(made));
	arena_defer(t_arena, remove_all, made);
	folder = str_z(t_arena, str_format(t_arena, "%s/files", made));
	files_set_folder(folder);
	return ctx_make(t_arena, test_store(), &actor_program, (Instant){INT64_C(1735689600000)});
}

static StoredFile put(Ctx *c, const char *name, Str bytes) {
	StoredFile f;
	Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(files_put(c, str_c(name), bytes, -1, &f));
	MUST(tx_commit(&tx));
	return f;
}

static Str content(Ctx *c, const StoredFile *f) {
	int fd;
	MUST(files_open(c, f, true, &fd));
	char *to = NEW_ARRAY(t_arena, char, f->size + 1);
	EQ_INT(read(fd, to, (size_t)f->size + 1), f->size);
	close(fd);
	return str_of(to, (size_t)f->size);
}

static char *place(const StoredFile *f) {
	return str_z(t_arena, str_format(t_arena, "%s/%.2s/%.*s", folder, f->sha256.ptr, STR_ARG(f->sha256)));
}

static int files_seen;
static int count_one(const char *path, const struct stat *st, int type, struct FTW *at) {
	(void)path, (void)st, (void)at;
	files_seen += type == FTW_F;
	return 0;
}

/* Files of any name in the folder. */
static int count_files(void) {
	files_seen = 0;
	nftw(folder, count_one, 16, FTW_PHYS);
	return files_seen;
}

static i64 count_rows(Ctx *c) {
	static const Sql rows = {"test_count_files", "SELECT COUNT(*) FROM stored_file", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(c), &rows, DB_NONE, -1, &n));
	ctx_end(c);
	return n;
}

static Str many_bytes(size_t n) {
	char *to = NEW_ARRAY(t_arena, char, n);
	Rand  r = rand_seed(n);
	for (size_t i = 0; i < n; i++)
		to[i] = (char)rand_range(&r, 0, 255);
	return str_of(to, n);
}

static Instant in_an_hour(void) {
	return (Instant){instant_now().ms + 3600000};
}

/* ---- in and out ---- */

TEST("files: what was put in comes out, with its name, size, digest and time") {
	Ctx        c = given_folder();
	Str        bytes = S("Název;Kapacita\nDomov;12\n");
	StoredFile f = put(&c, "sluzby.csv", bytes), g;
	MUST(files_get(&c, f.id, &g));
	EQ_TEXT(g.name, "sluzby.csv");
	EQ_TEXT(g.type, "text/plain");
	EQ_INT(g.size, bytes.len);
	EQ_INT(g.at.ms, c.now.ms);
	Sha256 digest = sha256(bytes);
	EQ_STR(g.sha256, hex(t_arena, digest.bytes, 32));
	EQ_STR(content(&c, &g), bytes);
	ctx_end(&c);
}

TEST("files: a content lies under its digest, and only we can read it") {
	Ctx         c = given_folder();
	StoredFile  f = put(&c, "a", S("abc"));
	struct stat st;
	EQ_TEXT(f.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	EQ_INT(stat(place(&f), &st), 0);
	EQ_INT(st.st_mode & 07777, 0600);
	EQ_INT(stat(folder, &st), 0);
	EQ_INT(st.st_mode & 07777, 0700);
	EQ_INT(count_files(), 1);
	ctx_end(&c);
}

TEST("files: equal contents are kept once under two rows") {
	Ctx        c = given_folder();
	StoredFile f = put(&c, "a.txt", S("stejný")), g = put(&c, "b.txt", S("stejný"));
	EXPECT(f.id != g.id);
	EQ_STR(f.sha256, g.sha256);
	EQ_INT(count_files(), 1);
	EQ_INT(count_rows(&c), 2);
	EQ_STR(content(&c, &g), S("stejný"));
	ctx_end(&c);
}

TEST("files: a content of many pieces is taken from a descriptor, from its beginning") {
	Ctx        c = given_folder();
	Str        bytes = many_bytes(3 * 65536 + 17);
	FILE      *from = tmpfile();
	StoredFile f;
	EXPECT(from && fwrite(bytes.ptr, 1, bytes.len, from) == bytes.len && fflush(from) == 0);
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(files_put(&c, S("velký.bin"), (Str){0}, fileno(from), &f));
	MUST(tx_commit(&tx));
	fclose(from);
	EQ_INT(f.size, bytes.len);
	EQ_STR(content(&c, &f), bytes);
	ctx_end(&c);
}

TEST("files: an empty file is a file") {
	Ctx        c = given_folder();
	StoredFile f = put(&c, "prázdný.txt", S(""));
	EQ_INT(f.size, 0);
	EQ_STR(content(&c, &f), S(""));
	ctx_end(&c);
}

TEST("files: the client's name is only a name: no folders, no hidden characters, never too long") {
	Ctx c = given_folder();
	EQ_TEXT(put(&c, "../../etc/passwd", S("x")).name, "passwd");
	EQ_TEXT(put(&c, "C:\\Users\\Jana\\Rozpočet 2025.xlsx", S("x")).name, "Rozpočet 2025.xlsx");
	EQ_TEXT(put(&c, "a\r\nSet-Cookie: b\x01\x7F.txt", S("x")).name, "aSet-Cookie: b.txt");
	EQ_TEXT(put(&c, "faktura\xE2\x80\xAE" "fdp.exe", S("x")).name, "fakturafdp.exe");
	EQ_TEXT(put(&c, "", S("x")).name, "soubor");
	EQ_TEXT(put(&c, "složka/", S("x")).name, "soubor");
	Str long_name = put(&c, str_z(t_arena, str_replace(t_arena, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), S("a"), S("řř řř"))), S("x")).name;
	EXPECT(utf8_count(long_name) <= 200 && utf8_valid(long_name));
	EXPECT(utf8_valid(put(&c, "d\xC5m\xFF", S("x")).name));
	ctx_end(&c);
}

TEST("files: the type follows from the bytes, whatever the name says") {
	static const struct { Str head, tail; const char *type; } cases[] = {
		{{"%PDF-1.7\n", 9}, {0}, "application/pdf"},
		{{"\x89PNG\r\n\x1A\n....", 12}, {0}, "image/png"},
		{{"\xFF\xD8\xFF\xE0", 4}, {0}, "image/jpeg"},
		{{"PK\x03\x04....", 8}, {"PK\x01\x02..xl/workbook.xml", 21}, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{{"PK\x03\x04....", 8}, {"PK\x01\x02..word/document.xml", 23}, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{{"PK\x03\x04....", 8}, {"PK\x01\x02..evil.exe", 14}, "application/zip"},
		{{"\x1F\x8B\x08", 3}, {0}, "application/gzip"},
		{{" \n{\"a\":1}", 9}, {0}, "application/json"},
		{{"\xEF\xBB\xBF[1]", 6}, {0}, "application/json"},
		{{"<?xml version=\"1.0\"?>", 21}, {0}, "application/xml"},
		{{"<html><script>", 14}, {0}, "text/plain"},
		{{"P\xF8\xEDli\x9A;1\r\n", 10}, {0}, "text/plain"},
		{{"\xFF\xFEN\0", 4}, {0}, "text/plain"},
		{{"MZ\x90\0\x03", 5}, {0}, "application/octet-stream"},
		{{"", 0}, {0}, "application/octet-stream"},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		EQ_STR(file_type(cases[i].head, cases[i].tail), str_c(cases[i].type));
}

TEST("files: a file that is not there is not found") {
	Ctx        c = given_folder();
	StoredFile f;
	EQ_INT(files_get(&c, 12345, &f), ERR_NOT_FOUND);
	EXPECT(str_has(first_problem(&c), S("Takový soubor tu není")));
	ctx_end(&c);
}

/* ---- what can go wrong ---- */

TEST("files: a missing or shortened content is refused at once, a changed one when its digest is checked") {
	Ctx        c = given_folder();
	StoredFile f = put(&c, "a", S("abcdef"));
	int        fd = open(place(&f), O_WRONLY);
	EXPECT(fd >= 0 && pwrite(fd, "X", 1, 3) == 1);
	int got;
	MUST(files_open(&c, &f, false, &got));
	close(got);
	EQ_INT(files_open(&c, &f, true, &got), ERR_STORAGE);
	EQ_INT(ftruncate(fd, 2), 0);
	EQ_INT(files_open(&c, &f, false, &got), ERR_STORAGE);
	close(fd);
	unlink(place(&f));
	EQ_INT(files_open(&c, &f, false, &got), ERR_STORAGE);
	EXPECT(str_has(first_problem(&c), S("obnoví ho ze zálohy")));
	ctx_end(&c);
}

TEST("files: putting a content again mends a damaged one") {
	Ctx        c = given_folder();
	StoredFile f = put(&c, "a", S("abcdef"));
	EQ_INT(truncate(place(&f), 3), 0);
	put(&c, "b", S("abcdef"));
	EQ_STR(content(&c, &f), S("abcdef"));
	ctx_end(&c);
}

TEST("files: a symbolic link in place of a content is refused") {
	Ctx        c = given_folder();
	StoredFile f = put(&c, "a", S("root:"));
	int        got;
	unlink(place(&f));
	EQ_INT(symlink("/etc/passwd", place(&f)), 0);
	EQ_INT(files_open(&c, &f, false, &got), ERR_STORAGE);
	ctx_end(&c);
}

TEST("files: a full disk is said, leaves nothing behind, and the program goes on") {
	Ctx           c = given_folder();
	struct rlimit before, small;
	StoredFile    f;
	put(&c, "první", S("x"));
	signal(SIGXFSZ, SIG_IGN);
	EQ_INT(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 300000;
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	EQ_INT(setrlimit(RLIMIT_FSIZE, &small), 0);
	Err e = files_put(&c, S("velký"), many_bytes(1000000), -1, &f);
	EQ_INT(setrlimit(RLIMIT_FSIZE, &before), 0);
	tx_end(&tx);
	EQ_INT(e, ERR_STORAGE);
	EXPECT(str_has(first_problem(&c), S("došlo místo")));
	EQ_INT(count_files(), 1);
	EQ_INT(count_rows(&c), 1);
	put(&c, "velký", many_bytes(1000000));
	EQ_INT(count_files(), 2);
	signal(SIGXFSZ, SIG_DFL);
	ctx_end(&c);
}

TEST("files: a folder that cannot be made and a descriptor that cannot be read are said") {
	Ctx        c = given_folder();
	StoredFile f = put(&c, "a", S("abc"));
	files_set_folder(place(&f));                 /* a file */
	EQ_INT(files_stage(&c, S("x"), -1, &f), ERR_STORAGE);
	files_set_folder(folder);
	int dir = open(folder, O_RDONLY | O_DIRECTORY);
	EQ_INT(files_stage(&c, (Str){0}, dir, &f), ERR_STORAGE);
	close(dir);
	EQ_INT(count_files(), 1);
	ctx_end(&c);
}

/* ---- large ones in two steps ---- */

TEST("files: a staged content has no row until it is put") {
	Ctx        c = given_folder();
	StoredFile staged, f;
	MUST(files_stage(&c, S("obsah"), -1, &staged));
	EQ_INT(staged.id, 0);
	EQ_INT(count_rows(&c), 0);
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(files_put_staged(&c, S("a.txt"), &staged, &f));
	MUST(tx_commit(&tx));
	EQ_STR(content(&c, &f), S("obsah"));
	EQ_INT(count_files(), 1);
	ctx_end(&c);
}

TEST("files: a staged content that was swept is refused") {
	Ctx        c = given_folder();
	StoredFile staged, f;
	i64        removed;
	MUST(files_stage(&c, S("obsah"), -1, &staged));
	MUST(files_sweep(&c, in_an_hour(), &removed));
	EQ_INT(removed, 1);
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	EQ_INT(files_put_staged(&c, S("a.txt"), &staged, &f), ERR_STORAGE);
	tx_end(&tx);
	EQ_INT(count_rows(&c), 0);
	ctx_end(&c);
}

/* ---- sweeping ---- */

TEST("files: what is given up leaves no row, and its content is swept") {
	Ctx        c = given_folder();
	StoredFile f;
	i64        removed;
	Tx         tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(files_put(&c, S("a"), S("vzato zpět"), -1, &f));
	tx_end(&tx);
	EQ_INT(count_rows(&c), 0);
	EQ_INT(count_files(), 1);
	MUST(files_sweep(&c, in_an_hour(), &removed));
	EQ_INT(removed, 1);
	EQ_INT(count_files(), 0);
	ctx_end(&c);
}

TEST("files: what a row refers to stays, what nothing refers to goes, what is young stays") {
	Ctx        c = given_folder();
	StoredFile kept = put(&c, "kept", S("one")), shared = put(&c, "shared", S("one")), loose = put(&c, "loose", S("two"));
	i64        removed;
	Conn      *w;
	MUST(db_write_begin(c.db, &w));
	MUST(db_script(w, "CREATE TABLE test_keeper (id BIGINT PRIMARY KEY, file BIGINT REFERENCES stored_file (id))"));
	MUST(db_script(w, str_z(t_arena, str_format(t_arena, "INSERT INTO test_keeper (id, file) VALUES (1, %lld)", (long long)kept.id))));
	MUST(db_commit(w));

	MUST(files_sweep(&c, c.now, &removed));      /* rows are as old as that, not older */
	EQ_INT(removed, 0);
	MUST(files_sweep(&c, (Instant){c.now.ms + 1}, &removed));
	EQ_INT(removed, 2);                          /* both rows; the contents are of today */
	EQ_INT(count_rows(&c), 1);
	EQ_INT(count_files(), 2);
	MUST(files_sweep(&c, in_an_hour(), &removed));
	EQ_INT(removed, 1);
	EQ_STR(content(&c, &kept), S("one"));
	StoredFile gone;
	EQ_INT(files_get(&c, shared.id, &gone), ERR_NOT_FOUND);
	EQ_INT(files_get(&c, loose.id, &gone), ERR_NOT_FOUND);
	EQ_INT(access(place(&loose), F_OK), -1);
	ctx_end(&c);
}

TEST("files: drafts of a process that died are swept when they are old, other files are left alone") {
	Ctx c = given_folder();
	put(&c, "a", S("abc"));
	i64   removed;
	char *draft = str_z(t_arena, str_format(t_arena, "%s/tmp-0123", folder)), *strange = str_z(t_arena, str_format(t_arena, "%s/README", folder));
	close(open(draft, O_CREAT | O_WRONLY, 0600));
	close(open(strange, O_CREAT | O_WRONLY, 0600));
	MUST(files_sweep(&c, (Instant){instant_now().ms - 3600000}, &removed));
	EQ_INT(access(draft, F_OK), 0);
	MUST(files_sweep(&c, in_an_hour(), &removed));
	EQ_INT(access(draft, F_OK), -1);
	EQ_INT(access(strange, F_OK), 0);
	ctx_end(&c);
}
