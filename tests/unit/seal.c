/* Streams sealed to a key, and squeezed ones: what was cut, altered, continued or meant for another is not read to its end. */
#include "base/squeeze.h"

#include "base/hash.h"
#include "tests/test.h"

typedef struct Held { Buf to; size_t at; i64 fail_at; } Held;

static bool keep(void *arg, const void *bytes, size_t n) {
	Held *h = arg;
	buf_put(&h->to, bytes, n);
	return h->fail_at == 0 || (i64)h->to.len < h->fail_at;
}

/* In uneven pieces, as pipes give them. */
static i64 give(void *arg, void *to, size_t n) {
	Held  *h = arg;
	size_t left = h->to.len - h->at, part = n < left ? n : left;
	part = part > 777 ? 777 : part;
	memcpy(to, h->to.ptr + h->at, part);
	h->at += part;
	return (i64)part;
}

static SealKey open_key, closed_key;

static Held sealed(Str text) {
	Held h = {0};
	crypto_start();
	seal_make_keys(&open_key, &closed_key);
	SealWriter *w = seal_write_open(t_arena, &open_key, keep, &h);
	EXPECT(seal_write(w, text.ptr, text.len / 2));
	EXPECT(seal_write(w, text.ptr + text.len / 2, text.len - text.len / 2));
	EXPECT(seal_write_end(w));
	return h;
}

static SealTrouble read_all(Held *h, const SealKey *key, Buf *to) {
	char        piece[1000];
	i64         n;
	h->at = 0;
	SealReader *r = seal_read_open(t_arena, key, give, h);
	while ((n = seal_read(r, piece, sizeof piece)) > 0)
		buf_put(to, piece, (size_t)n);
	EXPECT((n < 0) == (seal_trouble(r) != SEAL_FINE));
	return seal_trouble(r);
}

static Str noise(size_t n) {
	char *s = arena_alloc(t_arena, n + 1);
	Rand  r = rand_seed(n);
	for (size_t i = 0; i < n; i++)
		s[i] = (char)rand_next(&r);
	return str_of(s, n);
}

TEST("seal: what was written is read, of every length around a piece") {
	static const size_t lengths[] = {0, 1, 65535, 65536, 65537, 131072, 200000};
	for (size_t i = 0; i < LEN(lengths); i++) {
		Str  text = noise(lengths[i]);
		Held h = sealed(text);
		Buf  got = {0};
		EQ_INT(read_all(&h, &closed_key, &got), SEAL_FINE);
		EQ_STR(buf_view(&got), text);
		buf_free(&got);
		buf_free(&h.to);
	}
}

TEST("seal: cut anywhere, it is not read to its end") {
	Held h = sealed(noise(140000));
	size_t whole = h.to.len;
	for (size_t len = 0; len < whole; len += len < 300 ? 1 : 4999) {
		Buf got = {0};
		h.to.len = len;
		SealTrouble t = read_all(&h, &closed_key, &got);
		EXPECT(t == SEAL_CUT || (len < 8 && t == SEAL_NOT_OURS));
		buf_free(&got);
	}
	h.to.len = whole;
	buf_free(&h.to);
}

TEST("seal: one flipped bit anywhere is found") {
	Held h = sealed(noise(70000));
	for (size_t at = 0; at < h.to.len; at += at < 300 ? 1 : 3001)
		for (int bit = 0; bit < 8; bit += 7) {
			Buf got = {0};
			h.to.ptr[at] = (char)(h.to.ptr[at] ^ (1 << bit));
			SealTrouble t = read_all(&h, &closed_key, &got);
			if (t == SEAL_FINE)
				test_fail(__FILE__, __LINE__, "bit %d of byte %zu", bit, at);
			h.to.ptr[at] = (char)(h.to.ptr[at] ^ (1 << bit));
			buf_free(&got);
		}
	buf_free(&h.to);
}

TEST("seal: pieces in another order, twice, or behind the last one are found") {
	Str  text = noise(65536 * 3);
	Held h = sealed(text);
	enum { HEAD = 8 + 32 + 80 + 24, PIECE = 4 + 65536 + 17 };
	char *swapped = arena_alloc(t_arena, PIECE);
	memcpy(swapped, h.to.ptr + HEAD, PIECE);
	memmove(h.to.ptr + HEAD, h.to.ptr + HEAD + PIECE, PIECE);
	memcpy(h.to.ptr + HEAD + PIECE, swapped, PIECE);
	Buf got = {0};
	EQ_INT(read_all(&h, &closed_key, &got), SEAL_ALTERED);
	buf_free(&got);
	memcpy(h.to.ptr + HEAD + PIECE, h.to.ptr + HEAD, PIECE);
	EQ_INT(read_all(&h, &closed_key, &got), SEAL_ALTERED);
	buf_free(&got);
	buf_free(&h.to);
	h = sealed(S("krátká"));
	buf_lit(&h.to, "x");
	EQ_INT(read_all(&h, &closed_key, &got), SEAL_ALTERED);
	EQ_INT(got.len, 0);
	buf_free(&got);
	buf_free(&h.to);
}

TEST("seal: another key opens nothing, and says so") {
	Held    h = sealed(S("tajné"));
	SealKey other_open, other_closed;
	Buf     got = {0};
	seal_make_keys(&other_open, &other_closed);
	EQ_INT(read_all(&h, &other_closed, &got), SEAL_OTHER_KEY);
	EQ_INT(got.len, 0);
	SealKey again = seal_public_of(&closed_key);
	EXPECT(memcmp(again.bytes, open_key.bytes, SEAL_KEY) == 0);
	EXPECT(!str_has(buf_view(&h.to), S("tajné")));
	buf_free(&h.to);
	buf_free(&got);
}

TEST("seal: a sink that fails makes the end fail") {
	Held h = {.fail_at = 70000};
	crypto_start();
	seal_make_keys(&open_key, &closed_key);
	SealWriter *w = seal_write_open(t_arena, &open_key, keep, &h);
	Str text = noise(200000);
	EXPECT(!seal_write(w, text.ptr, text.len));
	EXPECT(!seal_write_end(w));
	buf_free(&h.to);
}

TEST("seal: key files are read by their word, and a public one is no private one") {
	SealKey got;
	crypto_start();
	seal_make_keys(&open_key, &closed_key);
	Str open_text = seal_key_text(t_arena, &open_key, false), closed_text = seal_key_text(t_arena, &closed_key, true);
	EXPECT(seal_key_read(str_cat(t_arena, S("# záloha\n"), open_text), false, &got) && memcmp(&got, &open_key, sizeof got) == 0);
	EXPECT(seal_key_read(closed_text, true, &got) && memcmp(&got, &closed_key, sizeof got) == 0);
	EXPECT(!seal_key_read(open_text, true, &got));
	EXPECT(!seal_key_read(closed_text, false, &got));
	EXPECT(!seal_key_read(S("sitovka-backup-public krátký\n"), false, &got));
	EXPECT(!seal_key_read(S(""), false, &got));
	EQ_INT(seal_key_name(t_arena, &open_key).len, 19);
}

TEST("squeeze: what was written is read; cut, altered or continued it is not") {
	static const size_t lengths[] = {0, 1, 70000, 300000};
	for (size_t i = 0; i < LEN(lengths); i++) {
		Str  text = i == 3 ? noise(lengths[i]) : str_of(memset(arena_alloc(t_arena, lengths[i] + 1), 'a', lengths[i]), lengths[i]);
		Held h = {0};
		Buf  got = {0};
		char piece[5000];
		i64  n;
		SqueezeWriter *w = squeeze_open(t_arena, keep, &h);
		EXPECT(squeeze_write(w, text.ptr, text.len) && squeeze_end(w));
		EXPECT(i != 2 || h.to.len < 1000);
		SqueezeReader *r = squeeze_read_open(t_arena, give, &h);
		while ((n = squeeze_read(r, piece, sizeof piece)) > 0)
			buf_put(&got, piece, (size_t)n);
		EQ_INT(n, 0);
		EQ_STR(buf_view(&got), text);
		for (int how = 0; how < 2; how++) {
			Held bad = {0};
			buf_put(&bad.to, h.to.ptr, how ? h.to.len : h.to.len - 1);
			if (how)
				buf_lit(&bad.to, "x");
			r = squeeze_read_open(t_arena, give, &bad);
			while ((n = squeeze_read(r, piece, sizeof piece)) > 0)
				;
			EQ_INT(n, -1);
			buf_free(&bad.to);
		}
		buf_free(&got);
		buf_free(&h.to);
	}
}
