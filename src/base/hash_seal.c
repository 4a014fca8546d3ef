#include "base/hash_seal.h"

#include <sodium.h>

#include "base/hash.h"

enum {
	MAGIC = 8, PIECE = 65536, TAIL = crypto_secretstream_xchacha20poly1305_ABYTES,
	STREAM_KEY = crypto_secretstream_xchacha20poly1305_KEYBYTES, STREAM_HEAD = crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	SEALED = STREAM_KEY + crypto_box_SEALBYTES, SIGN = 32, LENGTH = 4,
};
_Static_assert(SEAL_KEY == crypto_box_PUBLICKEYBYTES && SEAL_KEY == crypto_box_SECRETKEYBYTES, "keys of crypto_box have 32 bytes");

static const char magic[MAGIC] = {'S', 'I', 'T', 'S', 'E', 'A', 'L', '1'};

/* ---- keys ---- */

void seal_make_keys(SealKey *public_key, SealKey *private_key) {
	CHECK(crypto_box_keypair(public_key->bytes, private_key->bytes) == 0);
}

SealKey seal_public_of(const SealKey *private_key) {
	SealKey ret;
	CHECK(crypto_scalarmult_base(ret.bytes, private_key->bytes) == 0);
	return ret;
}

static Sha256 sign_of(const SealKey *public_key) {
	return sha256(str_of((const char *)public_key->bytes, SEAL_KEY));
}

Str seal_key_name(Arena *a, const SealKey *public_key) {
	Sha256 s = sign_of(public_key);
	Str    h = hex(a, s.bytes, 8);
	return str_format(a, "%.4s-%.4s-%.4s-%.4s", h.ptr, h.ptr + 4, h.ptr + 8, h.ptr + 12);
}

#define PUBLIC_WORD  "sitovka-backup-public"
#define PRIVATE_WORD "sitovka-backup-private"

Str seal_key_text(Arena *a, const SealKey *k, bool is_private) {
	Str code = base64url(a, k->bytes, SEAL_KEY);
	return str_format(a, "%s %.*s\n", is_private ? PRIVATE_WORD : PUBLIC_WORD, STR_ARG(code));
}

bool seal_key_read(Str text, bool is_private, SealKey *ret) {
	while (text.len) {
		Str line = str_trim(str_cut(&text, '\n')), word = str_cut(&line, ' ');
		if (str_eq(word, is_private ? S(PRIVATE_WORD) : S(PUBLIC_WORD)))
			return base64url_read(str_trim(line), ret->bytes, SEAL_KEY);
	}
	return false;
}

/* ---- writing ---- */

struct SealWriter {
	SealSink sink;
	void    *arg;
	bool     failed;
	size_t   len;
	crypto_secretstream_xchacha20poly1305_state state;
	u8       plain[PIECE];
	u8       sealed[LENGTH + PIECE + TAIL];
};

static void put(SealWriter *w, const void *bytes, size_t n) {
	w->failed = w->failed || !w->sink(w->arg, bytes, n);
}

static void wipe_writer(void *arg) {
	wipe(arg, sizeof(SealWriter));
}

SealWriter *seal_write_open(Arena *a, const SealKey *public_key, SealSink sink, void *arg) {
	SealWriter *w = NEW_ZERO(a, SealWriter);
	u8          key[STREAM_KEY], sealed[SEALED], head[STREAM_HEAD];
	Sha256      sign = sign_of(public_key);
	w->sink = sink;
	w->arg = arg;
	arena_defer(a, wipe_writer, w);
	crypto_secretstream_xchacha20poly1305_keygen(key);
	crypto_secretstream_xchacha20poly1305_init_push(&w->state, head, key);
	w->failed = crypto_box_seal(sealed, key, sizeof key, public_key->bytes) != 0;
	wipe(key, sizeof key);
	put(w, magic, sizeof magic);
	put(w, sign.bytes, sizeof sign.bytes);
	put(w, sealed, sizeof sealed);
	put(w, head, sizeof head);
	return w;
}

static void put_piece(SealWriter *w, u8 tag) {
	u32 n = (u32)w->len + TAIL;
	for (int i = 0; i < LENGTH; i++)
		w->sealed[i] = (u8)(n >> (8 * i));
	if (crypto_secretstream_xchacha20poly1305_push(&w->state, w->sealed + LENGTH, NULL, w->plain, w->len, w->sealed, LENGTH, tag) != 0)
		w->failed = true;
	put(w, w->sealed, LENGTH + n);
	w->len = 0;
}

bool seal_write(SealWriter *w, const void *bytes, size_t n) {
	const u8 *from = bytes;
	while (n && !w->failed) {
		size_t part = PIECE - w->len < n ? PIECE - w->len : n;
		memcpy(w->plain + w->len, from, part);
		w->len += part;
		from += part;
		n -= part;
		if (w->len == PIECE)
			put_piece(w, 0);
	}
	return !w->failed;
}

bool seal_write_end(SealWriter *w) {
	put_piece(w, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
	return !w->failed;
}

/* ---- reading ---- */

struct SealReader {
	SealSource  source;
	void       *arg;
	SealTrouble trouble;
	bool        last;                        /* the marked piece was read */
	size_t      at, len;
	crypto_secretstream_xchacha20poly1305_state state;
	u8          sealed[LENGTH + PIECE + TAIL];
	u8          plain[PIECE];
};

static void wipe_reader(void *arg) {
	wipe(arg, sizeof(SealReader));
}

static bool trouble(SealReader *r, SealTrouble t) {
	r->trouble = t;
	return false;
}

/* Exactly n bytes. */
static bool take(SealReader *r, void *to, size_t n) {
	for (size_t have = 0; have < n;) {
		i64 got = r->source(r->arg, (u8 *)to + have, n - have);
		if (got <= 0)
			return trouble(r, got < 0 ? SEAL_READ_FAILED : SEAL_CUT);
		have += (size_t)got;
	}
	return true;
}

static bool open_stream(SealReader *r, const SealKey *private_key) {
	u8      start[MAGIC], sign[SIGN], sealed[SEALED], head[STREAM_HEAD], key[STREAM_KEY];
	SealKey ours = seal_public_of(private_key);
	Sha256  our_sign = sign_of(&ours);
	if (!take(r, start, sizeof start))
		return trouble(r, r->trouble == SEAL_CUT ? SEAL_NOT_OURS : r->trouble);
	if (memcmp(start, magic, sizeof magic) != 0)
		return trouble(r, SEAL_NOT_OURS);
	if (!take(r, sign, sizeof sign) || !take(r, sealed, sizeof sealed) || !take(r, head, sizeof head))
		return false;
	if (memcmp(sign, our_sign.bytes, sizeof sign) != 0)
		return trouble(r, SEAL_OTHER_KEY);
	if (crypto_box_seal_open(key, sealed, sizeof sealed, ours.bytes, private_key->bytes) != 0)
		return trouble(r, SEAL_ALTERED);
	bool fine = crypto_secretstream_xchacha20poly1305_init_pull(&r->state, head, key) == 0;
	wipe(key, sizeof key);
	return fine || trouble(r, SEAL_ALTERED);
}

SealReader *seal_read_open(Arena *a, const SealKey *private_key, SealSource source, void *arg) {
	SealReader *r = NEW_ZERO(a, SealReader);
	r->source = source;
	r->arg = arg;
	arena_defer(a, wipe_reader, r);
	open_stream(r, private_key);
	return r;
}

/* Behind the last piece nothing may follow. */
static bool at_end(SealReader *r) {
	u8  more;
	i64 got = r->source(r->arg, &more, 1);
	return got == 0 || trouble(r, got < 0 ? SEAL_READ_FAILED : SEAL_ALTERED);
}

static bool next_piece(SealReader *r) {
	unsigned long long len = 0;
	u8                 tag = 0;
	if (!take(r, r->sealed, LENGTH))
		return false;
	u32 n = 0;
	for (int i = 0; i < LENGTH; i++)
		n |= (u32)r->sealed[i] << (8 * i);
	if (n < TAIL || n > PIECE + TAIL)
		return trouble(r, SEAL_ALTERED);
	if (!take(r, r->sealed + LENGTH, n))
		return false;
	if (crypto_secretstream_xchacha20poly1305_pull(&r->state, r->plain, &len, &tag, r->sealed + LENGTH, n, r->sealed, LENGTH) != 0)
		return trouble(r, SEAL_ALTERED);
	r->at = 0;
	r->len = (size_t)len;
	r->last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	return !r->last || at_end(r);
}

i64 seal_read(SealReader *r, void *to, size_t n) {
	while (r->trouble == SEAL_FINE && r->at == r->len && !r->last)
		if (!next_piece(r))
			break;
	if (r->trouble != SEAL_FINE)
		return -1;
	size_t part = r->len - r->at < n ? r->len - r->at : n;
	memcpy(to, r->plain + r->at, part);
	r->at += part;
	return (i64)part;
}

SealTrouble seal_trouble(const SealReader *r) {
	return r->trouble;
}
