/* backup_write.c: making a backup. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/spool.h"
#include "base/json.h"
#include "core/backup_inside.h"
#include "core/backup.sql.h"
#include "core/files.h"
#include "core/jobs.h"

/* ---- records ---- */

typedef struct Making {
	Ctx        *c;
	int         fd;
	i64         size;                        /* of the sealed file */
	SealWriter *seal;
	SqueezeWriter *squeeze;
	Dump       *dump;
	Backup     *b;
	char        row[BACKUP_PIECE];
	size_t      row_len;
} Making;

static bool to_file(void *arg, const void *bytes, size_t n) {
	Making *m = arg;
	m->size += (i64)n;
	return spool_write(m->fd, str_of(bytes, n));
}

static bool to_seal(void *arg, const void *bytes, size_t n) {
	return seal_write(((Making *)arg)->seal, bytes, n);
}

static void put(Making *m, const void *bytes, size_t n) {
	const char *from = bytes;
	while (n) {
		size_t part = sizeof m->row - m->row_len < n ? sizeof m->row - m->row_len : n;
		memcpy(m->row + m->row_len, from, part);
		m->row_len += part;
		from += part;
		n -= part;
		if (m->row_len == sizeof m->row) {
			(void)squeeze_write(m->squeeze, m->row, m->row_len);      /* a failure is seen at the end, and by is_well */
			m->row_len = 0;
		}
	}
}

static bool is_well(Making *m) {
	return squeeze_write(m->squeeze, "", 0);
}

static void put_letter(Making *m, char letter) {
	put(m, &letter, 1);
}

static void put_number(Making *m, u64 n, int bytes) {
	u8 raw[8];
	for (int i = 0; i < bytes; i++)
		raw[i] = (u8)(n >> (8 * i));
	put(m, raw, (size_t)bytes);
}

static void put_text(Making *m, Str s) {
	CHECK(s.len <= BACKUP_TEXT_MAX);
	put_number(m, s.len, 4);
	put(m, s.ptr, s.len);
}

static Err storage(Ctx *c) {
	return fail(c, ERR_STORAGE, NULL, "Zálohu se nepodařilo zapsat: na disku došlo místo nebo zápis selhal (%s). Nic z ní nezůstalo.", strerror(errno));
}

/* ---- what goes in ---- */

static Err read_head(Making *m) {
	Conn *conn = db_dump_conn(m->dump);
	Rows  rows = db_query(conn, &sql_backup_head, DB_NONE);
	if (rows_next(&rows)) {
		Str hash = col_bytes(&rows, 1);
		m->b->trail_seq = col_int(&rows, 0);
		m->b->head = hex(m->c->arena, hash.ptr, hash.len);
	}
	TRY(rows_end(&rows));
	return db_get_int(conn, &sql_backup_data_version, DB_NONE, 0, &m->b->data_version);
}

static Err put_manifest(Making *m) {
	char iso[INSTANT_ISO_LEN];
	CLEANUP(buf_free) Buf b = {0};
	JsonWriter w = {.out = &b};
	jw_object(&w);
	jw_key(&w, "format");
	jw_int(&w, BACKUP_FORMAT);
	jw_key(&w, "made");
	jw_str(&w, instant_iso(m->c->now, iso));
	jw_key(&w, "engine");
	jw_str(&w, db_conn_engine(db_dump_conn(m->dump)) == ENGINE_SQLITE ? S("sqlite") : S("postgres"));
	jw_key(&w, "migrations");
	jw_array(&w);
	Rows rows = db_query(db_dump_conn(m->dump), &sql_backup_migrations, DB_NONE);
	while (rows_next(&rows)) {
		CLEANUP(buf_free) Buf name = {0};
		buf_str(&name, col_text(&rows, 0));
		buf_format(&name, " %lld", (long long)col_int(&rows, 1));
		jw_str(&w, buf_view(&name));
	}
	TRY(rows_end(&rows));
	jw_array_end(&w);
	jw_object_end(&w);
	put_letter(m, 'M');
	put_text(m, buf_view(&b));
	return OK;
}

static Err put_row(void *arg, Rows *row, const DumpTable *table) {
	Making *m = arg;
	put_letter(m, 'R');
	for (size_t i = 0; i < table->column_count; i++) {
		int n = (int)i;
		if (col_null(row, n)) {
			put_number(m, 0, 1);
			continue;
		}
		put_number(m, 1, 1);
		if (table->columns[i].type == DB_INT)
			put_number(m, (u64)col_int(row, n), 8);
		else
			put_text(m, table->columns[i].type == DB_TEXT ? col_text(row, n) : col_bytes(row, n));
	}
	return !is_well(m) ? ERR_STORAGE : job_is_cancelled(m->c) ? ERR_CANCELLED : OK;
}

static Err put_table(Making *m, DumpTable *t) {
	put_letter(m, 'T');
	put_text(m, t->name);
	CHECK(t->column_count <= BACKUP_COLUMNS_MAX);
	put_number(m, t->column_count, 1);
	for (size_t i = 0; i < t->column_count; i++) {
		put_letter(m, t->columns[i].type == DB_INT ? 'i' : t->columns[i].type == DB_TEXT ? 't' : 'b');
		put_text(m, t->columns[i].name);
	}
	TRY(db_dump_rows(m->dump, t, put_row, m));
	put_letter(m, 'E');
	put_number(m, (u64)t->rows, 8);
	m->b->tables++;
	m->b->rows += t->rows;
	return OK;
}

/* ---- files ---- */

/* Missing now, and still wanted: a hole that the person must hear about. One that was swept since the copied moment is no loss. */
static Err note_missing(Making *m, Str sha256) {
	i64 uses = 0;
	if (db_get_int(ctx_conn(m->c), &sql_backup_row_count, P(V(sha256)), 0, &uses) != OK)
		return fail_internal(m->c, "backup");
	m->b->missing += uses > 0;
	return OK;
}

static Err put_content(Making *m, Str sha256, i64 size) {
	Ctx       *c = m->c;
	size_t     said = c->problems.len;
	StoredFile f = {.sha256 = sha256, .size = size};
	int        fd;
	if (files_open(c, &f, true, &fd) != OK) {
		c->problems.len = said;
		return note_missing(m, sha256);
	}
	char piece[BACKUP_PIECE];
	put_letter(m, 'F');
	put(m, sha256.ptr, sha256.len);
	put_number(m, (u64)size, 8);
	i64 left = size;
	for (ssize_t n; left > 0 && (n = pread(fd, piece, sizeof piece, (off_t)(size - left))) > 0; left -= n)
		put(m, piece, left < n ? (size_t)left : (size_t)n);
	close(fd);
	m->b->files++;
	if (left > 0)
		return fail(c, ERR_STORAGE, NULL, "Obsah souboru %.*s se během zálohování změnil. Spusťte zálohu znovu.", STR_ARG(sha256));
	return !is_well(m) ? ERR_STORAGE : job_is_cancelled(c) ? ERR_CANCELLED : OK;
}

typedef struct Content { Str sha256; i64 size; } Content;

static Err put_contents(Making *m) {
	for (Str after = {0};;) {
		CLEANUP(arena_free) Arena page = {0};
		Content *list = NULL;
		size_t   len = 0, cap = 0;
		Rows rows = db_query(db_dump_conn(m->dump), &sql_backup_contents, P(V(after.len ? after : S(""))));
		while (rows_next(&rows))
			*ARENA_PUSH(&page, list, len, cap) = (Content){str_dup(&page, col_text(&rows, 0)), col_int(&rows, 1)};
		TRY(rows_end(&rows));
		for (size_t i = 0; i < len; i++)
			TRY(put_content(m, list[i].sha256, list[i].size));
		if (!len)
			return OK;
		after = str_dup(m->c->arena, list[len - 1].sha256);
	}
}

static void close_folder(DIR **d) {
	if (*d)
		closedir(*d);
}

static Err put_secrets(Making *m, Str state) {
	CLEANUP(close_folder) DIR *d = opendir(str_z(m->c->arena, state));
	for (struct dirent *entry; d && (entry = readdir(d));) {
		struct stat st;
		Str   text;
		char *path = str_z(m->c->arena, str_format(m->c->arena, "%.*s/%s", STR_ARG(state), entry->d_name));
		if (entry->d_name[0] == '.' || lstat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size >= BACKUP_SECRET_MAX)
			continue;
		TRY(backup_read_small(m->c, path, &text, &st));
		put_letter(m, 'S');
		put_text(m, str_c(entry->d_name));
		put_text(m, text);
		wipe((void *)(uintptr_t)text.ptr, text.len);
	}
	return OK;
}

static void put_end(Making *m) {
	CLEANUP(buf_free) Buf b = {0};
	JsonWriter w = {.out = &b};
	const struct { const char *key; i64 n; } counts[] = {
		{"tables", m->b->tables}, {"rows", m->b->rows}, {"files", m->b->files}, {"missing", m->b->missing}, {"trail_seq", m->b->trail_seq},
		{"data_version", m->b->data_version},
	};
	jw_object(&w);
	for (size_t i = 0; i < LEN(counts); i++) {
		jw_key(&w, counts[i].key);
		jw_int(&w, counts[i].n);
	}
	jw_key(&w, "head");
	jw_str(&w, m->b->head);
	jw_object_end(&w);
	put_letter(m, 'Z');
	put_text(m, buf_view(&b));
}

/* ---- making ---- */

static Err put_everything(Making *m, Str state) {
	TRY(read_head(m));
	TRY(put_manifest(m));
	DumpTables *tables = db_dump_tables(m->dump);
	for (size_t i = 0; i < tables->len; i++)
		TRY(put_table(m, &tables->at[i]));
	TRY(put_contents(m));
	TRY(put_secrets(m, state));
	put_end(m);
	bool sealed = squeeze_write(m->squeeze, m->row, m->row_len) && squeeze_end(m->squeeze) && seal_write_end(m->seal);
	wipe(m->row, sizeof m->row);
	return sealed && fsync(m->fd) == 0 ? OK : ERR_STORAGE;
}

static Err write_backup(Making *m, const SealKey *key, Str state) {
	Err e = db_dump_begin(m->c->arena, m->c->db, &m->dump);
	if (e != OK)
		return fail(m->c, e, NULL, "Úložiště teď nelze přečíst. Zkuste zálohu za chvíli znovu.");
	m->seal = seal_write_open(m->c->arena, key, to_file, m);
	m->squeeze = squeeze_open(m->c->arena, to_seal, m);
	e = put_everything(m, state);
	db_dump_end(m->dump);
	if (e == ERR_STORAGE && !m->c->problems.len)
		return storage(m->c);
	if (e == ERR_CANCELLED)
		return fail(m->c, e, NULL, "Záloha byla zastavena, nic z ní nezůstalo.");
	return e == OK || m->c->problems.len ? e : fail_internal(m->c, "backup");
}

static bool sync_folder(const char *path) {
	int  fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool fine = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return fine;
}

static Str file_name(Ctx *c) {
	Date day;
	int  seconds, y, mo, d;
	prague_wall(c->now, &day, &seconds);
	date_parts(day, &y, &mo, &d);
	return str_format(c->arena, "sitovka-%04d%02d%02d-%02d%02d%02d-%03d" BACKUP_SUFFIX, y, mo, d, seconds / 3600, seconds / 60 % 60, seconds % 60,
	                  (int)(c->now.ms % 1000));
}

Err backup_make(Ctx *c, const SealKey *key, Str folder, Str state, Backup *ret) {
	CHECK(c->tx_depth == 0);
	*ret = (Backup){.file = file_name(c), .folder = folder, .made = c->now, .key_name = seal_key_name(c->arena, key)};
	char *in = str_z(c->arena, folder), *place = str_z(c->arena, str_format(c->arena, "%s/%.*s", in, STR_ARG(ret->file)));
	char *draft = str_z(c->arena, str_format(c->arena, "%s.tmp", place));
	if (mkdir(in, 0700) != 0 && errno != EEXIST)
		return fail(c, ERR_STORAGE, NULL, "Složku %s pro zálohy nelze založit (%s).", in, strerror(errno));
	Making *m = NEW(c->arena, Making, .c = c, .b = ret);
	m->fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (m->fd < 0)
		return fail(c, ERR_STORAGE, NULL, "Do složky %s nelze zálohu zapsat (%s). Zkontrolujte práva a místo.", in, strerror(errno));
	Err e = write_backup(m, key, state);
	close(m->fd);
	ret->size = m->size;
	if (e == OK && (access(place, F_OK) == 0 || rename(draft, place) != 0 || !sync_folder(in)))
		e = storage(c);
	if (e != OK) {
		unlink(draft);
		return e;
	}
	return backup_note_made(c, ret);
}
