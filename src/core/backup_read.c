/* backup_read.c: from a backup to a store that is checked: every count, every reference, the trail against its head, every file. */
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
#include "core/jobs.h"

enum { TABLES_MAX = 1000 };

typedef struct Reading {
	Ctx            *c;
	RestoreOptions  o;
	Backup         *b;
	int             fd;
	SealReader     *seal;
	SqueezeReader  *squeeze;
	Db             *db;                      /* the new store */
	Load           *load;
	DumpTables      tables;                  /* as the backup says, with the rows that were read */
	i64             rows, files;
	bool            in_tables, has_end;
	Strs            migrations;              /* "people 3" */
	Arena           row;
} Reading;

/* ---- bytes ---- */

static i64 from_file(void *arg, void *to, size_t n) {
	ssize_t got;
	do
		got = read(((Reading *)arg)->fd, to, n);
	while (got < 0 && errno == EINTR);
	return got;
}

static i64 from_seal(void *arg, void *to, size_t n) {
	return seal_read(((Reading *)arg)->seal, to, n);
}

static Err unreadable(Reading *r) {
	const char *why = "Záloha nedrží pohromadě: po řádném začátku přichází něco, co tam nepatří. Použijte jinou.";
	switch (seal_trouble(r->seal)) {
	case SEAL_FINE:
		break;
	case SEAL_NOT_OURS:
		why = "Soubor není záloha Síťovky. Zkontrolujte cestu.";
		break;
	case SEAL_OTHER_KEY:
		why = "Záloha je zašifrovaná pro jiný klíč. Použijte soukromý klíč, který platil v den jejího vzniku.";
		break;
	case SEAL_CUT:
		why = "Záloha je neúplná: konec souboru chybí. Použijte jinou.";
		break;
	case SEAL_ALTERED:
		why = "Záloha je poškozená: obsah souboru nesouhlasí s jeho pečetí. Použijte jinou.";
		break;
	case SEAL_READ_FAILED:
		why = "Soubor zálohy se nepodařilo dočíst. Zkontrolujte disk a zkuste to znovu.";
		break;
	}
	return fail(r->c, ERR_INVALID, NULL, "%s", why);
}

static Err take(Reading *r, void *to, size_t n) {
	for (size_t have = 0; have < n;) {
		i64 got = squeeze_read(r->squeeze, (char *)to + have, n - have);
		if (got <= 0)
			return unreadable(r);
		have += (size_t)got;
	}
	return OK;
}

static Err take_number(Reading *r, int bytes, u64 *ret) {
	u8 raw[8];
	TRY(take(r, raw, (size_t)bytes));
	*ret = 0;
	for (int i = 0; i < bytes; i++)
		*ret |= (u64)raw[i] << (8 * i);
	return OK;
}

static Err take_text(Reading *r, Arena *a, Str *ret) {
	u64 n;
	TRY(take_number(r, 4, &n));
	if (n > BACKUP_TEXT_MAX)
		return unreadable(r);
	char *to = arena_alloc(a, (size_t)n + 1);
	TRY(take(r, to, (size_t)n));
	*ret = str_of(to, (size_t)n);
	return OK;
}

/* ---- manifest ---- */

static Err read_manifest(Reading *r, Str text) {
	Arena      *a = r->c->arena;
	JsonReader *j = json_open_str(a, text);
	Str         key = {0};
	i64         format = 0;
	for (JsonEvent e; (e = json_next(j)) != JSON_END;) {
		if (e == JSON_ERROR)
			return unreadable(r);
		if (e == JSON_KEY)
			key = str_dup(a, json_text(j));
		else if (e == JSON_NUMBER && str_eq(key, S("format")))
			(void)json_int(j, &format);
		else if (e == JSON_STRING && str_eq(key, S("made")))
			(void)instant_read_iso(json_text(j), &r->b->made);
		else if (e == JSON_STRING && str_eq(key, S("migrations")))
			strs_add(a, &r->migrations, str_dup(a, json_text(j)));
	}
	if (format == BACKUP_FORMAT)
		return OK;
	return fail(r->c, ERR_INVALID, NULL, "Záloha má podobu č. %lld, kterou tento program nezná. Použijte novější verzi programu.", (long long)format);
}

static bool is_taken(const Reading *r, const Migration *m) {
	Str name = str_format(r->c->arena, "%s %d", m->module, m->number);
	for (size_t i = 0; i < r->migrations.len; i++)
		if (str_eq(r->migrations.at[i], name))
			return true;
	return false;
}

/* The schema as it was when the backup was made; what is newer follows when the rows are in. */
static Err old_schema(Reading *r) {
	size_t     count = 0, known = 0;
	Str        why = {0};
	Migration *list = NEW_ARRAY(r->c->arena, Migration, r->o.migration_count + 1);
	for (size_t i = 0; i < r->o.migration_count; i++)
		if (is_taken(r, &r->o.migrations[i]))
			list[count++] = r->o.migrations[i];
	for (size_t i = 0; i < r->migrations.len; i++)
		known += !str_starts(r->migrations.at[i], S("db "));
	if (known != count)
		return fail(r->c, ERR_INVALID, NULL, "Záloha je z novější verze programu, než je tato. Obnovte ji verzí, která ji vytvořila, nebo novější.");
	return db_migrate(r->c->arena, r->db, list, count, &why, NULL) == OK ? OK : fail(r->c, ERR_INVALID, NULL, "%.*s", STR_ARG(why));
}

/* ---- the target ---- */

static bool has_table(Dump *d, const char *name) {
	DumpTables *all = db_dump_tables(d);
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].name, str_c(name)))
			return true;
	return false;
}

static Err is_empty(Reading *r) {
	Dump *d;
	i64   seq = 0;
	if (db_dump_begin(r->c->arena, r->db, &d) != OK)
		return fail(r->c, ERR_STORAGE, NULL, "Cílové úložiště nelze přečíst. Zkontrolujte jeho adresu a práva.");
	Err e = has_table(d, "trail_head") ? db_get_int(db_dump_conn(d), &sql_backup_head, DB_NONE, 0, &seq) : OK;
	db_dump_end(d);
	if (e == OK && seq == 0)
		return OK;
	return fail(r->c, ERR_CONFLICT, NULL, "Cílové úložiště není prázdné. Obnovte zálohu do nového, nebo staré nejdřív odsuňte.");
}

static Err open_target(Reading *r) {
	Str why = {0};
	if (db_open(r->c->arena, r->o.to, (DbOptions){.create = true, .maintenance = true}, &r->db, &why) != OK)
		return fail(r->c, ERR_STORAGE, NULL, "%.*s", STR_ARG(why));
	TRY(is_empty(r));
	TRY(old_schema(r));
	return db_load_begin(r->c->arena, r->db, &r->load) == OK ? OK
	       : fail(r->c, ERR_STORAGE, NULL, "Do cílového úložiště nelze zapisovat: %.*s", STR_ARG(db_load_error(r->load)));
}

/* ---- rows ---- */

static Err take_table(Reading *r, DumpTable *t) {
	Arena *a = r->c->arena;
	u64    n;
	*t = (DumpTable){0};
	TRY(take_text(r, a, &t->name));
	TRY(take_number(r, 1, &n));
	for (u64 i = 0; i < n; i++) {
		char        letter;
		DumpColumn *x = ARENA_PUSH(a, t->columns, t->column_count, t->cap);
		TRY(take(r, &letter, 1));
		TRY(take_text(r, a, &x->name));
		if (letter != 'i' && letter != 't' && letter != 'b')
			return unreadable(r);
		x->type = letter == 'i' ? DB_INT : letter == 't' ? DB_TEXT : DB_BYTES;
	}
	return OK;
}

static Err take_row(Reading *r, const DumpTable *t) {
	DbValue values[BACKUP_COLUMNS_MAX];
	for (size_t i = 0; i < t->column_count; i++) {
		u64 there, n;
		Str s;
		TRY(take_number(r, 1, &there));
		values[i] = db_value_null();
		if (!there)
			continue;
		if (t->columns[i].type == DB_INT) {
			TRY(take_number(r, 8, &n));
			values[i] = db_value_int((i64)n);
			continue;
		}
		TRY(take_text(r, &r->row, &s));
		values[i] = t->columns[i].type == DB_TEXT ? db_value_text(s) : db_value_bytes(s);
	}
	Err e = db_load_row(r->load, values);
	arena_reset(&r->row);
	if (e != OK)
		return fail(r->c, ERR_STORAGE, NULL, "Řádek tabulky %.*s se nepodařilo uložit: %.*s", STR_ARG(t->name), STR_ARG(db_load_error(r->load)));
	return job_is_cancelled(r->c) ? fail(r->c, ERR_CANCELLED, NULL, "Obnova byla zastavena.") : OK;
}

static Err take_rows(Reading *r) {
	if (!r->load || !r->in_tables || r->tables.len == TABLES_MAX)
		return unreadable(r);
	DumpTable *t = ARENA_PUSH(r->c->arena, r->tables.at, r->tables.len, r->tables.cap);
	TRY(take_table(r, t));
	if (db_load_table(r->load, t) != OK)
		return fail(r->c, ERR_INVALID, NULL, "Tabulku %.*s program nezná v té podobě, jakou má v záloze. Použijte verzi programu, která zálohu vytvořila.",
		            STR_ARG(t->name));
	for (;;) {
		char letter;
		u64  count;
		TRY(take(r, &letter, 1));
		if (letter == 'R') {
			TRY(take_row(r, t));
			t->rows++;
			continue;
		}
		if (letter != 'E')
			return unreadable(r);
		TRY(take_number(r, 8, &count));
		r->rows += t->rows;
		return (i64)count == t->rows ? OK : unreadable(r);
	}
}

static Err end_tables(Reading *r) {
	if (!r->in_tables)
		return OK;
	r->in_tables = false;
	if (db_load_commit(r->load) == OK)
		return OK;
	return fail(r->c, ERR_INVALID, NULL, "Údaje ze zálohy na sebe nenavazují, nic se neuložilo: %.*s", STR_ARG(db_load_error(r->load)));
}

/* ---- files ---- */

static Err cannot_write(Reading *r, const char *path) {
	return fail(r->c, ERR_STORAGE, NULL, "Soubor %s nelze zapsat (%s). Zkontrolujte práva a místo na disku.", path, strerror(errno));
}

static bool make_folder(const char *path) {
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static Err copy_content(Reading *r, int fd, const char *path, u64 size, Sha256 *digest) {
	char        piece[BACKUP_PIECE];
	Sha256State st;
	sha256_start(&st);
	while (size) {
		size_t n = size < sizeof piece ? (size_t)size : sizeof piece;
		TRY(take(r, piece, n));
		sha256_add(&st, piece, n);
		if (!spool_write(fd, str_of(piece, n)))
			return cannot_write(r, path);
		size -= n;
	}
	*digest = sha256_end(&st);
	return fsync(fd) == 0 ? OK : cannot_write(r, path);
}

static Err take_file(Reading *r) {
	char name[SHA_HEX_LEN + 1] = {0};
	u8   raw[SHA_HEX_LEN / 2];
	u64  size;
	TRY(end_tables(r));
	TRY(take(r, name, SHA_HEX_LEN));
	if (!hex_read(str_c(name), raw, sizeof raw))
		return unreadable(r);
	TRY(take_number(r, 8, &size));
	char *files = str_z(r->c->arena, str_cat(r->c->arena, r->o.state, S("/files")));
	char *in = str_z(r->c->arena, str_format(r->c->arena, "%s/%.2s", files, name));
	char *path = str_z(r->c->arena, str_format(r->c->arena, "%s/%s", in, name));
	if (!make_folder(files) || !make_folder(in))
		return cannot_write(r, in);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return cannot_write(r, path);
	Sha256 digest = {0};
	Err    e = copy_content(r, fd, path, size, &digest);
	close(fd);
	r->files++;
	if (e == OK && memcmp(digest.bytes, raw, sizeof raw) != 0)
		e = fail(r->c, ERR_INVALID, NULL, "Soubor %s má v záloze jiný obsah, než k jakému patří. Použijte jinou zálohu.", name);
	return e;
}

static bool plain_name(Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || (c == '.' && i > 0)))
			return false;
	}
	return s.len > 0 && s.len < 100;
}

static Err take_secret(Reading *r) {
	Str name, text;
	TRY(end_tables(r));
	TRY(take_text(r, r->c->arena, &name));
	TRY(take_text(r, r->c->arena, &text));
	if (!plain_name(name))
		return unreadable(r);
	char *path = str_z(r->c->arena, str_format(r->c->arena, "%.*s/%.*s", STR_ARG(r->o.state), STR_ARG(name)));
	int   fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool  fine = fd >= 0 && spool_write(fd, text) && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	wipe((void *)(uintptr_t)text.ptr, text.len);
	return fine ? OK : cannot_write(r, path);
}

/* ---- the end ---- */

static Err read_end(Reading *r, Str text) {
	Arena      *a = r->c->arena;
	Backup     *b = r->b;
	JsonReader *j = json_open_str(a, text);
	const struct { const char *key; i64 *to; } counts[] = {
		{"tables", &b->tables}, {"rows", &b->rows}, {"files", &b->files}, {"missing", &b->missing}, {"trail_seq", &b->trail_seq},
		{"data_version", &b->data_version},
	};
	Str key = {0};
	for (JsonEvent e; (e = json_next(j)) != JSON_END;) {
		if (e == JSON_ERROR)
			return unreadable(r);
		if (e == JSON_KEY)
			key = str_dup(a, json_text(j));
		if (e == JSON_STRING && str_eq(key, S("head")))
			b->head = str_dup(a, json_text(j));
		for (size_t i = 0; e == JSON_NUMBER && i < LEN(counts); i++)
			if (str_eq(key, str_c(counts[i].key)))
				(void)json_int(j, counts[i].to);
	}
	r->has_end = true;
	if (b->tables != (i64)r->tables.len || b->rows != r->rows || b->files != r->files)
		return unreadable(r);
	return OK;
}

static Err take_end(Reading *r) {
	Str  text;
	char more;
	TRY(end_tables(r));
	TRY(take_text(r, r->c->arena, &text));
	TRY(read_end(r, text));
	return squeeze_read(r->squeeze, &more, 1) == 0 ? OK : unreadable(r);
}

static Err take_manifest(Reading *r) {
	Str text;
	TRY(take_text(r, r->c->arena, &text));
	if (r->db)
		return unreadable(r);
	TRY(read_manifest(r, text));
	r->in_tables = true;
	return open_target(r);
}

static Err read_records(Reading *r) {
	while (!r->has_end) {
		char letter;
		TRY(take(r, &letter, 1));
		if (letter != 'M' && !r->db)
			return unreadable(r);
		switch (letter) {
		case 'M': TRY(take_manifest(r)); break;
		case 'T': TRY(take_rows(r)); break;
		case 'F': TRY(take_file(r)); break;
		case 'S': TRY(take_secret(r)); break;
		case 'Z': TRY(take_end(r)); break;
		default: return unreadable(r);
		}
	}
	return OK;
}

static Err restore(Reading *r) {
	char *state = str_z(r->c->arena, r->o.state);
	if (!make_folder(state))
		return cannot_write(r, state);
	r->seal = seal_read_open(r->c->arena, r->o.key, from_file, r);
	if (seal_trouble(r->seal) != SEAL_FINE)
		return unreadable(r);
	r->squeeze = squeeze_read_open(r->c->arena, from_seal, r);
	TRY(read_records(r));
	return backup_check_store(r->c, r->db, &r->tables, r->b, &r->o);
}

Err backup_restore(Ctx *c, RestoreOptions o, Backup *ret) {
	*ret = (Backup){.file = o.file};
	Reading *r = NEW(c->arena, Reading, .c = c, .o = o, .b = ret);
	SealKey  public_key = seal_public_of(o.key);
	ret->key_name = seal_key_name(c->arena, &public_key);
	r->fd = open(str_z(c->arena, o.file), O_RDONLY | O_CLOEXEC);
	if (r->fd < 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Zálohu %.*s nelze otevřít (%s).", STR_ARG(o.file), strerror(errno));
	struct stat st;
	ret->size = fstat(r->fd, &st) == 0 ? (i64)st.st_size : 0;
	Err e = restore(r);
	if (r->load)
		db_load_drop(r->load);
	if (r->db)
		db_close(r->db);
	arena_free(&r->row);
	close(r->fd);
	return e;
}
