#include "core/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"

enum { MAX_KEYS = 32, MAX_FILE = 8192, NUMBER_BYTES = 4 };

typedef struct Key {
	u32 number;
	u8  bytes[SEAL_KEY_SIZE];
} Key;

static Key  keys[MAX_KEYS];                  /* in order of their numbers */
static int  key_count;
static char key_file[4096];

void seal_forget(void) {
	wipe(keys, sizeof keys);
	key_count = 0;
}

/* ---- the file ---- */

static bool write_key(int fd, const Key *k) {
	CLEANUP(arena_free) Arena a = {0};
	Str line = str_format(&a, "%u %.*s\n", k->number, STR_ARG(base64url(&a, k->bytes, sizeof k->bytes)));
	bool fine = write(fd, line.ptr, line.len) == (ssize_t)line.len && fsync(fd) == 0;
	wipe((void *)(uintptr_t)line.ptr, line.len);
	return fine;
}

static bool put_new_key(int flags, u32 number) {
	int fd = open(key_file, flags | O_WRONLY | O_CLOEXEC, 0600);
	Key k = {.number = number};
	random_bytes(k.bytes, sizeof k.bytes);
	bool fine = fd >= 0 && write_key(fd, &k);
	if (fd >= 0)
		close(fd);
	if (fine)
		keys[key_count++] = k;
	wipe(&k, sizeof k);
	return fine;
}

static bool read_lines(Str text) {
	while (text.len) {
		Str line = str_trim(str_cut(&text, '\n'));
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		i64 number;
		Str rest = line;
		if (key_count == MAX_KEYS || !str_to_int(str_cut(&rest, ' '), &number) || number < 1 || number > UINT32_MAX ||
		    (key_count && number <= keys[key_count - 1].number) || !base64url_read(str_trim(rest), keys[key_count].bytes, SEAL_KEY_SIZE))
			return false;
		keys[key_count++].number = (u32)number;
	}
	return key_count > 0;
}

static bool read_file(int fd) {
	char    text[MAX_FILE];
	ssize_t n = read(fd, text, sizeof text);
	bool    fine = n > 0 && n < MAX_FILE && read_lines(str_of(text, (size_t)n));
	wipe(text, sizeof text);
	return fine;
}

bool seal_load(Arena *a, const char *file, bool make, Str *why) {
	struct stat st;
	seal_forget();
	CHECK(strlen(file) < sizeof key_file);
	memcpy(key_file, file, strlen(file) + 1);
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && make) {
		if (put_new_key(O_CREAT | O_EXCL, 1))
			return true;
		*why = str_format(a, "Cannot write the file of keys %s.", file);
		return false;
	}
	bool fine = fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & 077) == 0 && read_file(fd);
	if (fd >= 0)
		close(fd);
	if (!fine)
		*why = str_format(a, "The file of keys %s cannot be read, is damaged, or others may read it (chmod 600).", file);
	return fine;
}

bool seal_add_key(Arena *a, Str *why) {
	if (key_count > 0 && key_count < MAX_KEYS && put_new_key(O_APPEND, keys[key_count - 1].number + 1))
		return true;
	*why = str_format(a, "Cannot add a key to %s.", key_file);
	return false;
}

/* ---- values ---- */

i64 seal_key_now(void) {
	CHECK(key_count > 0);
	return keys[key_count - 1].number;
}

i64 seal_key_of(Str sealed) {
	u32 number = 0;
	for (size_t i = 0; i < NUMBER_BYTES && i < sealed.len; i++)
		number = number << 8 | (u8)sealed.ptr[i];
	return number;
}

Str seal(Arena *a, Str plain, Str bound) {
	const Key *k = &keys[key_count - 1];
	CHECK(key_count > 0);
	u8 number[NUMBER_BYTES] = {(u8)(k->number >> 24), (u8)(k->number >> 16), (u8)(k->number >> 8), (u8)k->number};
	return str_cat(a, str_of((const char *)number, sizeof number), seal_bytes(a, k->bytes, plain, bound));
}

bool seal_open(Arena *a, Str sealed, Str bound, Str *plain) {
	i64 number = seal_key_of(sealed);
	for (int i = 0; i < key_count && sealed.len > NUMBER_BYTES; i++)
		if (keys[i].number == number)
			return seal_open_bytes(a, keys[i].bytes, str_from(sealed, NUMBER_BYTES), bound, plain);
	return false;
}

/* ---- signatures ---- */

static Str sign_by(Arena *a, const Key *k, Str what) {
	Sha256 mac = hmac_sha256(str_of((const char *)k->bytes, sizeof k->bytes), str_cat(a, S("link|"), what));
	return str_format(a, "%u.%.*s", k->number, STR_ARG(base64url(a, mac.bytes, sizeof mac.bytes)));
}

Str seal_sign(Arena *a, Str what) {
	CHECK(key_count > 0);
	return sign_by(a, &keys[key_count - 1], what);
}

bool seal_signed(Arena *a, Str what, Str signature) {
	for (int i = 0; i < key_count; i++) {
		Str right = sign_by(a, &keys[i], what);
		if (right.len == signature.len && equal_secret(right.ptr, signature.ptr, right.len))
			return true;
	}
	return false;
}
