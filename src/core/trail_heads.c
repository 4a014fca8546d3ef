/* trail_heads.c: the head of the chain is signed and leaves the store. */
#include "core/trail_heads.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "core/mail.h"
#include "core/settings.h"
#include "core/trail.sql.h"

enum { LINE_MAX = 400, KEY_TEXT = 43 };

static char key_file[512], public_file[512], heads_file[512];
static u8   seed[SIGN_SEED], own_public[SIGN_PUBLIC];
static bool is_ready;

/* ---- the key ---- */

static bool put_file(const char *path, int mode, Str text) {
	int  fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	bool fine = fd >= 0 && write(fd, text.ptr, text.len) == (ssize_t)text.len && fsync(fd) == 0;
	if (fd >= 0 && close(fd) != 0)
		fine = false;
	return fine;
}

static bool load_key(Arena *a) {
	struct stat st;
	char        text[KEY_TEXT + 1] = {0};
	int         fd = open(key_file, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT) {
		random_bytes(seed, sizeof seed);
		return put_file(key_file, 0600, base64url(a, seed, sizeof seed));
	}
	bool fine = fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & 077) == 0 && read(fd, text, KEY_TEXT) == KEY_TEXT &&
	            base64url_read(str_of(text, KEY_TEXT), seed, sizeof seed);
	if (fd >= 0)
		close(fd);
	wipe(text, sizeof text);
	return fine;
}

Err trail_heads_setup(Arena *a, Str folder, Str *why) {
	struct { char *to; const char *name; } files[] = {{key_file, "trail.key"}, {public_file, "trail.pub"}, {heads_file, "trail.heads"}};
	is_ready = false;
	for (size_t i = 0; i < LEN(files); i++)
		if ((size_t)snprintf(files[i].to, sizeof key_file, "%.*s/%s", STR_ARG(folder), files[i].name) >= sizeof key_file) {
			*why = S("The name of the state folder is too long.");
			return ERR_STORAGE;
		}
	if (!load_key(a)) {
		*why = str_format(a, "The key of the trail %s cannot be read or made, or others may read it (chmod 600).", key_file);
		return ERR_STORAGE;
	}
	sign_public(seed, own_public);
	if (access(public_file, F_OK) != 0 && !put_file(public_file, 0644, base64url(a, own_public, sizeof own_public))) {
		*why = str_format(a, "Cannot write the public key %s.", public_file);
		return ERR_STORAGE;
	}
	is_ready = true;
	return OK;
}

const u8 *trail_heads_public(void) {
	return own_public;
}

Str trail_heads_file(void) {
	return is_ready ? str_c(heads_file) : (Str){0};
}

bool trail_heads_read_key(const char *file, u8 public_key[SIGN_PUBLIC]) {
	char    text[KEY_TEXT];
	int     fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof text) : -1;
	if (fd >= 0)
		close(fd);
	return n == KEY_TEXT && base64url_read(str_of(text, KEY_TEXT), public_key, SIGN_PUBLIC);
}

/* ---- one line ---- */

typedef struct Head {
	Instant at;
	i64     seq;
	Str     hash, key, signature;            /* hash in hex, the others base64url */
	Str     covered;                         /* what is signed: the line up to the signature, without the blank */
} Head;

static bool head_read(Str line, Head *ret) {
	Str rest = line, at = str_cut(&rest, ' '), seq = str_cut(&rest, ' ');
	ret->hash = str_cut(&rest, ' ');
	ret->key = str_cut(&rest, ' ');
	ret->signature = rest;
	if (ret->signature.len == 0 || line.len <= ret->signature.len)
		return false;
	ret->covered = str_first(line, line.len - ret->signature.len - 1);
	return instant_read_iso(at, &ret->at) && str_to_int(seq, &ret->seq) && ret->seq > 0 && ret->hash.len == 64;
}

/* The last line of the file, or {0}. */
static Str last_line(Arena *a) {
	char text[2 * LINE_MAX];
	int  fd = open(heads_file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (Str){0};
	off_t   end = lseek(fd, 0, SEEK_END), from = end > (off_t)sizeof text ? end - (off_t)sizeof text : 0;
	ssize_t n = pread(fd, text, sizeof text, from);
	close(fd);
	Str all = str_trim(str_of(text, n > 0 ? (size_t)n : 0));
	for (size_t i = all.len; i > 0; i--)
		if (all.ptr[i - 1] == '\n')
			return str_dup(a, str_from(all, i));
	return str_dup(a, all);
}

Instant trail_heads_last(Arena *a) {
	Head h;
	return is_ready && head_read(last_line(a), &h) ? h.at : (Instant){0};
}

Err trail_heads_uncovered(Ctx *c, Instant *ret) {
	Head h;
	i64  covered = is_ready && head_read(last_line(c->arena), &h) ? h.seq : 0;
	*ret = (Instant){0};
	if (!is_ready)
		return OK;
	Rows rows = db_query(ctx_conn(c), &sql_trail_oldest_after, P(V(covered)));
	if (rows_next(&rows))
		*ret = col_instant(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "trail head");
}

/* ---- signing ---- */

static Err present(Ctx *c, i64 *seq, Str *hash) {
	*seq = 0;
	Rows rows = db_query(ctx_conn(c), &sql_trail_head, DB_NONE);
	if (rows_next(&rows)) {
		*seq = col_int(&rows, 0);
		Str bytes = col_bytes(&rows, 1);
		*hash = hex(c->arena, bytes.ptr, bytes.len);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "trail head");
}

/* One write of one line: two processes of one folder do not mix theirs. */
static bool append(Str line) {
	int  fd = open(heads_file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	bool fine = fd >= 0 && write(fd, line.ptr, line.len) == (ssize_t)line.len && fsync(fd) == 0;
	if (fd >= 0 && close(fd) != 0)
		fine = false;
	return fine;
}

static Err send_letter(Ctx *c, Str line) {
	Str to = setting_text(c, "trail.head_mail");
	if (!to.len)
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(mail_add(c, "core.trail_head", 0, to, &(MailHole){"hlava", line}, 1));
	return tx_commit(&tx);
}

Err trail_heads_sign(Ctx *c, bool *signed_now) {
	i64  seq;
	Str  hash = {0};
	Head last = {0};
	if (signed_now)
		*signed_now = false;
	TRY(present(c, &seq, &hash));
	bool has_last = head_read(last_line(c->arena), &last);
	if (!is_ready || seq == 0 || (has_last && last.seq == seq && str_eq(last.hash, hash)))
		return OK;
	char at[INSTANT_ISO_LEN];
	u8   signature[SIGN_SIZE];
	Str  covered = str_format(c->arena, "%.*s %lld %.*s %.*s", STR_ARG(instant_iso(c->now, at)), (long long)seq, STR_ARG(hash),
	                          STR_ARG(base64url(c->arena, own_public, sizeof own_public)));
	sign_text(seed, covered, signature);
	Str line = str_format(c->arena, "%.*s %.*s\n", STR_ARG(covered), STR_ARG(base64url(c->arena, signature, sizeof signature)));
	if (!append(line))
		return fail(c, ERR_STORAGE, NULL, "Podepsanou hlavu stopy se nepodařilo zapsat do souboru %s. Zkontrolujte místo na disku a práva.", heads_file);
	syslog(LOG_AUTHPRIV | LOG_NOTICE, "trail head %.*s", (int)line.len - 1, line.ptr);
	if (signed_now)
		*signed_now = true;
	return send_letter(c, str_first(line, line.len - 1));
}

/* ---- checking ---- */

static const char *wrong_with(Ctx *c, Str line, const u8 *public_key, Err *e) {
	Head h;
	u8   key[SIGN_PUBLIC], signature[SIGN_SIZE];
	if (!head_read(line, &h) || !base64url_read(h.key, key, sizeof key) || !base64url_read(h.signature, signature, sizeof signature))
		return "Řádek nemá podobu podepsané hlavy.";
	if (memcmp(key, public_key, sizeof key) != 0)
		return "Hlava je podepsaná jiným klíčem, než se kterým se porovnává.";
	if (!sign_holds(public_key, h.covered, signature))
		return "Podpis nesouhlasí: řádek někdo změnil.";
	Str  stored = {0};
	Rows rows = db_query(ctx_conn(c), &sql_trail_hash_at, P(V(h.seq)));
	if (rows_next(&rows)) {
		Str bytes = col_bytes(&rows, 0);
		stored = hex(c->arena, bytes.ptr, bytes.len);
	}
	*e = rows_end(&rows);
	if (*e != OK)
		return "Stopu se nepodařilo přečíst.";
	if (!stored.len)
		return "Záznam, který byl podepsaný, ve stopě chybí. Stopa byla zkrácena nebo nahrazena.";
	return str_eq(stored, h.hash) ? NULL : "Záznam ve stopě má jiný otisk, než jaký byl podepsaný. Stopa byla přepsána.";
}

Err trail_heads_check(Ctx *c, const char *file, const u8 public_key[SIGN_PUBLIC], HeadsVerdict *ret) {
	*ret = (HeadsVerdict){0};
	FILE *f = fopen(file, "re");
	if (!f)
		return fail(c, ERR_NOT_FOUND, NULL, "Soubor podepsaných hlav %s nejde otevřít.", file);
	char buffer[LINE_MAX];
	Err  e = OK;
	for (i64 n = 1; e == OK && !ret->bad_line && fgets(buffer, sizeof buffer, f); n++) {
		const char *why = wrong_with(c, str_trim(str_c(buffer)), public_key, &e);
		ret->heads += !why;
		if (why) {
			ret->bad_line = n;
			ret->why = str_c(why);
		}
	}
	fclose(f);
	return e == OK ? OK : fail_internal(c, "trail heads");
}
