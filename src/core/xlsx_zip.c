/* xlsx_zip.c: judges the directory of a zip by its own eyes, then unpacks one entry after the other; and packs. The only file with libarchive. */
#include "core/xlsx_zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum {
	MAX_ENTRIES = 2000, MAX_RATIO = 100, SMALL = 1024 * 1024, END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30, MAX_COMMENT = 65535,
};
static const u64 MAX_UNPACKED = 100 * 1024 * 1024;

static const char WHY_BROKEN[] = "Soubor je poškozený nebo neúplný. Otevřete jej v tabulkovém programu, uložte znovu jako .xlsx a nahrajte.";
static const char WHY_LOCKED[] = "Soubor je chráněný heslem. Zrušte heslo, uložte soubor a nahrajte jej znovu.";
static const char WHY_LARGE[] = "Soubor je po rozbalení příliš velký. Rozdělte ho na menší, nebo nechte v sešitu jen list s daty.";
static const char WHY_MANY[] = "Soubor má uvnitř příliš mnoho částí. Zkopírujte data do nového sešitu a nahrajte ten.";
static const char WHY_STRANGE[] = "Soubor je uvnitř uspořádaný jinak než sešit. Zkopírujte data do nového sešitu a nahrajte ten.";

typedef struct Entry {
	Str name;
	u64 at, packed, unpacked;
} Entry;

struct Zip {
	Arena      *arena;
	Str         bytes;
	Entry      *at;
	size_t      len;
	u64         read;                        /* bytes unpacked so far, of all parts */
	const char *why;
};

struct ZipPart {
	Zip            *zip;
	struct archive *archive;
};

/* ---- numbers of the format: little endian ---- */

static u64 number(Str s, size_t at, size_t width) {
	u64 n = 0;
	for (size_t i = width; i-- > 0;)
		n = n << 8 | (u8)s.ptr[at + i];
	return n;
}

/* ---- names ---- */

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool same_name(Str a, Str b) {
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (small(a.ptr[i]) != small(b.ptr[i]))
			return false;
	return true;
}

/* Nothing is ever written under such a name; a file that tries to leave its folder is not a workbook. */
static bool name_fine(Str name) {
	if (name.len == 0 || name.len > 500 || name.ptr[0] == '/' || memchr(name.ptr, '\\', name.len) || memchr(name.ptr, 0, name.len) ||
	    memchr(name.ptr, ':', name.len))
		return false;
	for (Str rest = name; rest.len;)
		if (str_eq(str_cut(&rest, '/'), S("..")))
			return false;
	return true;
}

/* ---- the directory ---- */

/* Position of the end record, or -1: the last one whose comment reaches exactly to the end. */
static i64 find_end(Str s) {
	if (s.len < END_SIZE)
		return -1;
	size_t last = s.len - END_SIZE, first = last > MAX_COMMENT ? last - MAX_COMMENT : 0;
	for (size_t at = last + 1; at-- > first;)
		if (number(s, at, 4) == 0x06054b50 && at + END_SIZE + number(s, at + 20, 2) == s.len)
			return (i64)at;
	return -1;
}

/* Sizes beyond 32 bits stand in an extra field; some writers put all of them there. */
static bool read_wide(Str extra, Entry *e) {
	for (size_t at = 0; at + 4 <= extra.len;) {
		size_t size = (size_t)number(extra, at + 2, 2), end = at + 4 + size;
		if (end > extra.len)
			return false;
		if (number(extra, at, 2) == 1) {
			u64 *wanted[] = {&e->unpacked, &e->packed, &e->at};
			for (size_t i = 0, from = at + 4; i < LEN(wanted); i++) {
				if (*wanted[i] != UINT32_MAX)
					continue;
				if (from + 8 > end)
					return false;
				*wanted[i] = number(extra, from, 8);
				from += 8;
			}
			return true;
		}
		at = end;
	}
	return false;
}

/* One entry of the directory at *at, which moves on. */
static const char *read_entry(Str s, size_t end, size_t *at, Entry *e) {
	if (end - *at < ENTRY_SIZE || number(s, *at, 4) != 0x02014b50)
		return WHY_BROKEN;
	u64    flags = number(s, *at + 8, 2), method = number(s, *at + 10, 2);
	size_t name = (size_t)number(s, *at + 28, 2), extra = (size_t)number(s, *at + 30, 2), comment = (size_t)number(s, *at + 32, 2);
	if (end - *at - ENTRY_SIZE < name + extra + comment)
		return WHY_BROKEN;
	*e = (Entry){.name = str_of(s.ptr + *at + ENTRY_SIZE, name), .packed = number(s, *at + 20, 4), .unpacked = number(s, *at + 24, 4),
	             .at = number(s, *at + 42, 4)};
	bool is_wide = e->packed == UINT32_MAX || e->unpacked == UINT32_MAX || e->at == UINT32_MAX;
	if (is_wide && !read_wide(str_of(s.ptr + *at + ENTRY_SIZE + name, extra), e))
		return WHY_BROKEN;
	*at += ENTRY_SIZE + name + extra + comment;
	if (flags & 1)
		return WHY_LOCKED;
	if (!name_fine(e->name) || (method != 0 && method != 8))
		return WHY_STRANGE;
	return NULL;
}

static int by_place(const void *x, const void *y) {
	const Entry *a = x, *b = y;
	return a->at < b->at ? -1 : a->at > b->at;
}

static const char *judge_sizes(Zip *z, u64 directory) {
	u64 packed = 0, unpacked = 0;
	for (size_t i = 0; i < z->len; i++) {
		const Entry *e = &z->at[i];
		if (e->packed > directory || e->at > directory || directory - e->at < LOCAL_SIZE + e->name.len + e->packed)
			return WHY_BROKEN;
		if (i + 1 < z->len && z->at[i + 1].at < e->at + LOCAL_SIZE + e->name.len + e->packed)
			return WHY_STRANGE;                  /* two entries share bytes: a bomb */
		if (e->unpacked > MAX_UNPACKED || (unpacked += e->unpacked) > MAX_UNPACKED)
			return WHY_LARGE;
		packed += e->packed;
	}
	return unpacked > SMALL && unpacked / MAX_RATIO > packed ? WHY_LARGE : NULL;
}

static const char *read_directory(Zip *z) {
	Str s = z->bytes;
	i64 end = find_end(s);
	if (end < 0)
		return WHY_BROKEN;
	size_t count = (size_t)number(s, (size_t)end + 10, 2), size = (size_t)number(s, (size_t)end + 12, 4), at = (size_t)number(s, (size_t)end + 16, 4);
	if (number(s, (size_t)end + 4, 2) || number(s, (size_t)end + 6, 2) || size > (size_t)end || at > (size_t)end - size)
		return WHY_BROKEN;
	if (count > MAX_ENTRIES)
		return WHY_MANY;
	z->at = NEW_ARRAY(z->arena, Entry, count + 1);
	size_t stop = at + size, directory = at;
	for (; z->len < count; z->len++) {
		const char *why = read_entry(s, stop, &at, &z->at[z->len]);
		if (why)
			return why;
		for (size_t i = 0; i < z->len; i++)
			if (same_name(z->at[i].name, z->at[z->len].name))
				return WHY_STRANGE;
	}
	qsort(z->at, z->len, sizeof *z->at, by_place);
	return judge_sizes(z, directory);
}

Zip *zip_open(Arena *a, Str bytes, const char **why) {
	Zip *z = NEW(a, Zip, .arena = a, .bytes = bytes);
	*why = read_directory(z);
	return *why ? NULL : z;
}

static const Entry *find(const Zip *z, Str name) {
	for (size_t i = 0; i < z->len; i++)
		if (same_name(z->at[i].name, name))
			return &z->at[i];
	return NULL;
}

bool zip_has(const Zip *z, Str name) {
	return find(z, name) != NULL;
}

const char *zip_why(const Zip *z) {
	return z->why;
}

/* ---- one part ---- */

static void close_part(void *arg) {
	ZipPart *p = arg;
	if (p->archive)
		archive_read_free(p->archive);
	p->archive = NULL;
}

ZipPart *zip_part_open(Zip *z, Str name) {
	const Entry *wanted = find(z, name);
	if (!wanted)
		return NULL;
	ZipPart *p = NEW(z->arena, ZipPart, .zip = z, .archive = archive_read_new());
	CHECK(p->archive != NULL);
	arena_defer(z->arena, close_part, p);
	struct archive_entry *e;
	bool is_open = archive_read_support_format_zip_seekable(p->archive) == ARCHIVE_OK &&
	               archive_read_open_memory(p->archive, z->bytes.ptr, z->bytes.len) == ARCHIVE_OK;
	while (is_open && archive_read_next_header(p->archive, &e) >= ARCHIVE_WARN) {
		const char *found = archive_entry_pathname(e);
		if (found && str_eq(str_c(found), wanted->name))
			return p;
	}
	z->why = WHY_BROKEN;
	close_part(p);
	return NULL;
}

i64 zip_part_read(ZipPart *p, char *to, size_t size) {
	Zip *z = p->zip;
	la_ssize_t n = archive_read_data(p->archive, to, size);
	if (n < 0) {
		z->why = WHY_BROKEN;
		return -1;
	}
	z->read += (u64)n;                       /* what the directory says may be a lie */
	if (z->read > MAX_UNPACKED || (z->read > SMALL && z->read / MAX_RATIO > z->bytes.len)) {
		z->why = WHY_LARGE;
		return -1;
	}
	return n;
}

void zip_part_close(ZipPart *p) {
	close_part(p);
}

ZipTrouble zip_trouble(const char *why) {
	return why == WHY_LOCKED ? ZIP_LOCKED : why == WHY_LARGE ? ZIP_LARGE : why == WHY_MANY ? ZIP_MANY : why == WHY_STRANGE ? ZIP_STRANGE : ZIP_BROKEN;
}

/* ---- packing ---- */

struct ZipOut {
	struct archive *archive;
	Buf            *out;
	bool            failed;
};

static la_ssize_t take(struct archive *archive, void *arg, const void *bytes, size_t n) {
	ZipOut *z = arg;
	(void)archive;
	buf_put(z->out, bytes, n);
	return (la_ssize_t)n;
}

static void close_archive(void *arg) {
	ZipOut *z = arg;
	if (z->archive)
		archive_write_free(z->archive);
	z->archive = NULL;
}

ZipOut *zip_out_begin(Arena *a, Buf *out) {
	ZipOut *z = NEW(a, ZipOut, .archive = archive_write_new(), .out = out);
	CHECK(z->archive != NULL);
	arena_defer(a, close_archive, z);
	z->failed = archive_write_set_format_zip(z->archive) != ARCHIVE_OK || archive_write_set_options(z->archive, "zip:compression=deflate") != ARCHIVE_OK ||
	            archive_write_set_bytes_in_last_block(z->archive, 1) != ARCHIVE_OK || archive_write_open(z->archive, z, NULL, take, NULL) != ARCHIVE_OK;
	return z;
}

/* The day is the first that the format knows: the real one would make other bytes every day. */
void zip_out_part(ZipOut *z, const char *name, Str bytes) {
	enum { DAY_ONE = 315532800 };
	struct archive_entry *e = archive_entry_new();
	CHECK(e != NULL);
	archive_entry_set_pathname(e, name);
	archive_entry_set_size(e, (la_int64_t)bytes.len);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0644);
	archive_entry_set_mtime(e, DAY_ONE, 0);
	z->failed = z->failed || archive_write_header(z->archive, e) != ARCHIVE_OK || archive_write_data(z->archive, bytes.ptr, bytes.len) != (la_ssize_t)bytes.len;
	archive_entry_free(e);
}

bool zip_out_end(ZipOut *z) {
	z->failed = z->failed || archive_write_close(z->archive) != ARCHIVE_OK;
	close_archive(z);
	return !z->failed;
}
