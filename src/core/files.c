#include "core/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/spool.h"
#include "base/log.h"
#include "base/text.h"
#include "core/files.sql.h"

enum { PIECE = 65536, HEAD = 4096, PATH_SIZE = 4096, SHA_HEX = 64, NAME_MAX_CHARS = 200 };

static char folder[PATH_SIZE - 100];             /* room for what stands inside */

void files_set_folder(const char *path) {
	CHECK(strlen(path) < sizeof folder);
	memcpy(folder, path, strlen(path) + 1);
}

/* ---- places ---- */

typedef struct Path { char z[PATH_SIZE]; } Path;

/* <folder>/ab/abcdef…, or with an empty digest the folder itself. */
static Path folder_of(Str sha256) {
	Path p;
	int  n = str_empty(sha256) ? snprintf(p.z, sizeof p.z, "%s", folder) : snprintf(p.z, sizeof p.z, "%s/%.2s", folder, sha256.ptr);
	CHECK(n > 0 && (size_t)n < sizeof p.z);
	return p;
}

static Path place_in(const Path *in, const char *name) {
	Path p;
	int  n = snprintf(p.z, sizeof p.z, "%s/%s", in->z, name);
	CHECK(n > 0 && (size_t)n < sizeof p.z);
	return p;
}

static Path place_of(Arena *a, Str sha256) {
	CHECK(folder[0] && sha256.len == SHA_HEX);
	Path in = folder_of(sha256);
	return place_in(&in, str_z(a, sha256));
}

static bool sync_folder(const char *path) {
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool synced = fsync(fd) == 0;
	close(fd);
	return synced;
}

/* The folder for a content; a new one is durable itself. */
static bool make_folder(const char *path, const char *above) {
	if (mkdir(path, 0700) == 0)
		return sync_folder(above);
	return errno == EEXIST;
}

/* ---- writing ---- */

typedef struct Draft {
	Path        path;
	int         fd;
	Sha256State digest;
	i64         size;
	char        head[HEAD], tail[PIECE];         /* for file_type */
	size_t      head_len, tail_len;
} Draft;

/* How many bytes at an offset, all that are there up to n; -1 on an error. */
static ssize_t read_at(int fd, char *to, size_t n, i64 offset) {
	size_t have = 0;
	while (have < n) {
		ssize_t got = pread(fd, to + have, n - have, (off_t)offset + (off_t)have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

static bool draft_add(Draft *d, const char *from, size_t n) {
	sha256_add(&d->digest, from, n);
	d->size += (i64)n;
	return spool_write(d->fd, str_of(from, n));
}

static bool draft_copy(Draft *d, int from) {
	char piece[PIECE];
	for (;;) {
		ssize_t n = read_at(from, piece, sizeof piece, d->size);
		if (n <= 0)
			return n == 0;
		if (!draft_add(d, piece, (size_t)n))
			return false;
	}
}

static bool draft_open(Draft *d) {
	u8   mark[16];
	char name[5 + 2 * sizeof mark + 1] = "tmp-";
	random_bytes(mark, sizeof mark);
	for (size_t i = 0; i < sizeof mark; i++)
		snprintf(name + 4 + 2 * i, 3, "%02x", mark[i]);
	Path top = folder_of((Str){0}), above = place_in(&top, "..");
	if (!make_folder(top.z, above.z))
		return false;
	d->path = place_in(&top, name);
	d->fd = open(d->path.z, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return d->fd >= 0;
}

static bool draft_look(Draft *d) {
	i64     from = d->size > (i64)sizeof d->tail ? d->size - (i64)sizeof d->tail : 0;
	ssize_t head = read_at(d->fd, d->head, sizeof d->head, 0), tail = read_at(d->fd, d->tail, sizeof d->tail, from);
	if (head < 0 || tail < 0)
		return false;
	d->head_len = (size_t)head;
	d->tail_len = (size_t)tail;
	return true;
}

/* The content under its own name. A file of that name has the same bytes, and is replaced by a sound one in case the disk spoilt it. */
static bool draft_keep(Draft *d, Arena *a, Str sha256) {
	Path in = folder_of(sha256), place = place_of(a, sha256);
	return make_folder(in.z, folder) && rename(d->path.z, place.z) == 0 && sync_folder(in.z);
}

static Err storage_failed(Ctx *c, const char *what) {
	log_line(LOGS_ERROR, "files", 0, "%s: %s", what, strerror(errno));
	return fail(c, ERR_STORAGE, NULL, "Soubor se nepodařilo uložit: na disku serveru došlo místo nebo zápis selhal. Ohlaste to správci.");
}

Err files_stage(Ctx *c, Str bytes, int fd, StoredFile *ret) {
	CHECK(folder[0]);
	Draft *d = NEW(c->arena, Draft, .fd = -1);
	sha256_start(&d->digest);
	if (!draft_open(d))
		return storage_failed(c, "cannot create a file");
	bool written = (fd >= 0 ? draft_copy(d, fd) : draft_add(d, bytes.ptr, bytes.len)) && fsync(d->fd) == 0 && draft_look(d);
	if (written) {
		Sha256 digest = sha256_end(&d->digest);
		*ret = (StoredFile){.sha256 = hex(c->arena, digest.bytes, sizeof digest.bytes), .size = d->size, .at = c->now,
		                    .type = file_type(str_of(d->head, d->head_len), str_of(d->tail, d->tail_len))};
		written = draft_keep(d, c->arena, ret->sha256);
	}
	Err e = written ? OK : storage_failed(c, "cannot write");
	close(d->fd);
	if (!written)
		unlink(d->path.z);
	return e;
}

/* ---- rows ---- */

/* The name as the client gave it, without folders and without characters that cannot be seen or turn the text around. */
static Str clean_name(Arena *a, Str name) {
	for (size_t i = name.len; i > 0; i--)
		if (name.ptr[i - 1] == '/' || name.ptr[i - 1] == '\\') {
			name = str_from(name, i);
			break;
		}
	char  *kept = arena_alloc(a, name.len * 3 + 1);
	size_t n = 0;
	for (size_t pos = 0; pos < name.len;) {
		u32 c = utf8_next(name, &pos);
		if (c >= 0x20 && (c < 0x7F || c > 0x9F) && !(c >= 0x200B && c <= 0x200F) && !(c >= 0x202A && c <= 0x202E) && !(c >= 0x2066 && c <= 0x2069))
			n += utf8_put(kept + n, c);
	}
	Str cleaned = str_trim(utf8_first(text_clean(a, str_of(kept, n)), NAME_MAX_CHARS));
	return str_empty(cleaned) ? S("soubor") : cleaned;
}

static bool is_whole(const Path *p, i64 size) {
	struct stat st;
	return lstat(p->z, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == size;
}

Err files_put_staged(Ctx *c, Str name, const StoredFile *staged, StoredFile *ret) {
	CHECK(c->tx_depth > 0);
	Path place = place_of(c->arena, staged->sha256);
	if (!is_whole(&place, staged->size))         /* swept, because much time has passed */
		return fail(c, ERR_STORAGE, NULL, "Nahraný soubor už na serveru není. Nahrajte ho prosím znovu.");
	*ret = *staged;
	ret->name = clean_name(c->arena, name);
	ret->at = c->now;
	Err e = db_new_id(c->conn, &ret->id);
	if (e == OK)
		e = db_run(c->conn, &sql_file_add, P(V(ret->id), V(ret->name), V(ret->type), V(ret->sha256), V(ret->size), V(ret->at)), NULL);
	return e == OK ? OK : fail_internal(c, "stored file");
}

Err files_put(Ctx *c, Str name, Str bytes, int fd, StoredFile *ret) {
	CHECK(c->tx_depth > 0);
	StoredFile staged;
	TRY(files_stage(c, bytes, fd, &staged));
	return files_put_staged(c, name, &staged, ret);
}

Err files_get(Ctx *c, Id id, StoredFile *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_file_get, P(V(id)));
	bool found = rows_next(&rows);
	if (found)
		*ret = (StoredFile){
			.id = col_int(&rows, 0), .name = str_dup(c->arena, col_text(&rows, 1)), .type = str_dup(c->arena, col_text(&rows, 2)),
			.sha256 = str_dup(c->arena, col_text(&rows, 3)), .size = col_int(&rows, 4), .at = col_instant(&rows, 5),
		};
	if (rows_end(&rows) != OK)
		return fail_internal(c, "stored file");
	return found ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takový soubor tu není. Možná byl mezitím odstraněn.");
}

/* ---- reading ---- */

static bool digest_is(Arena *a, int fd, Str sha256) {
	char        piece[PIECE];
	Sha256State st;
	sha256_start(&st);
	for (i64 at = 0;;) {
		ssize_t n = read_at(fd, piece, sizeof piece, at);
		if (n < 0)
			return false;
		if (n == 0)
			break;
		sha256_add(&st, piece, (size_t)n);
		at += n;
	}
	Sha256 digest = sha256_end(&st);
	return str_eq(hex(a, digest.bytes, sizeof digest.bytes), sha256);
}

Err files_open(Ctx *c, const StoredFile *f, bool check, int *ret) {
	Path        place = place_of(c->arena, f->sha256);
	struct stat st;
	int         fd = open(place.z, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	bool        sound = fd >= 0 && fstat(fd, &st) == 0 && st.st_size == f->size && (!check || digest_is(c->arena, fd, f->sha256));
	if (!sound) {
		log_line(LOGS_ERROR, "files", c->request, "content of file %lld is missing or damaged: %s", (long long)f->id, place.z);
		if (fd >= 0)
			close(fd);
		return fail(c, ERR_STORAGE, NULL, "Obsah souboru na serveru chybí nebo je poškozený. Ohlaste to správci, obnoví ho ze zálohy.");
	}
	*ret = fd;
	return OK;
}

/* ---- sweeping ---- */

static Err remove_row(Ctx *c, Id id, i64 *removed) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Err e = db_run(c->conn, &sql_file_remove, P(V(id)), NULL);
	if (e == ERR_CONFLICT)                       /* somebody refers to it */
		return OK;
	if (e != OK)
		return fail_internal(c, "sweep of files");
	TRY(tx_commit(&tx));
	++*removed;
	return OK;
}

static Err sweep_rows(Ctx *c, Instant before, i64 *removed) {
	Id    *ids = NULL;
	size_t len = 0, cap = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_file_old, P(V(before)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids, len, cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "sweep of files");
	for (size_t i = 0; i < len; i++)
		TRY(remove_row(c, ids[i], removed));
	return OK;
}

/* As the writer: nobody can be about to write a row with this content. */
static Err remove_content(Ctx *c, const Path *place, Str sha256, i64 *removed) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	i64 uses;
	if (db_get_int(c->conn, &sql_file_uses, P(V(sha256)), 0, &uses) != OK)
		return fail_internal(c, "sweep of files");
	*removed += uses == 0 && unlink(place->z) == 0;
	return OK;                                   /* nothing was written */
}

static bool is_older(const Path *p, Instant than) {
	struct stat st;
	return lstat(p->z, &st) == 0 && S_ISREG(st.st_mode) && (i64)st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000 < than.ms;
}

static bool is_digest(const char *name) {
	u8 bytes[SHA_HEX / 2];
	return strlen(name) == SHA_HEX && hex_read(str_c(name), bytes, sizeof bytes);
}

static void close_folder(DIR **d) {
	if (*d)
		closedir(*d);
}

static Err sweep_folder(Ctx *c, const Path *in, Instant before, i64 *removed) {
	CLEANUP(close_folder) DIR *d = opendir(in->z);
	for (struct dirent *entry; d && (entry = readdir(d));) {
		Path place = place_in(in, entry->d_name);
		if (is_digest(entry->d_name) && is_older(&place, before))
			TRY(remove_content(c, &place, str_c(entry->d_name), removed));
	}
	return OK;
}

Err files_sweep(Ctx *c, Instant before, i64 *removed) {
	CHECK(folder[0] && c->tx_depth == 0);
	*removed = 0;
	TRY(sweep_rows(c, before, removed));
	Path top = folder_of((Str){0});
	CLEANUP(close_folder) DIR *d = opendir(top.z);
	for (struct dirent *entry; d && (entry = readdir(d));) {
		Path place = place_in(&top, entry->d_name);
		if (strlen(entry->d_name) == 2 && entry->d_name[0] != '.')
			TRY(sweep_folder(c, &place, before, removed));
		else if (strncmp(entry->d_name, "tmp-", 4) == 0 && is_older(&place, before))
			*removed += unlink(place.z) == 0;    /* of a process that died */
	}
	return OK;
}
