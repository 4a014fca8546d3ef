#include "base/hash.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(Sha256State), "Sha256State must hold the state of the library");
_Static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_SIZE, "PASSWORD_HASH_SIZE must hold an encoded hash");

#ifdef RELEASE
static const unsigned long long argon_passes = 3;
static const size_t             argon_memory = 64 * 1024 * 1024;
#else
static unsigned long long argon_passes = 3;
static size_t             argon_memory = 64 * 1024 * 1024;

void password_cheap(void) {
	argon_passes = 1;
	argon_memory = 8 * 1024 * 1024;
}
#endif

static pthread_once_t started = PTHREAD_ONCE_INIT;
static u8             fast_key[crypto_shorthash_KEYBYTES];

static void start(void) {
	if (sodium_init() < 0) {
		fputs("The cryptographic library cannot start: no source of randomness.\n", stderr);
		exit(1);
	}
	randombytes_buf(fast_key, sizeof fast_key);
}

void crypto_start(void) {
	CHECK(pthread_once(&started, start) == 0);
}

/* ---- digests ---- */

static const u8 *bytes_of(Str s) {
	return s.len ? (const u8 *)s.ptr : (const u8 *)"";
}

Sha256 sha256(Str s) {
	Sha256 ret;
	crypto_hash_sha256(ret.bytes, bytes_of(s), s.len);
	return ret;
}

void sha256_start(Sha256State *st) {
	crypto_hash_sha256_init((void *)st->opaque);
}

void sha256_add(Sha256State *st, const void *bytes, size_t n) {
	if (n)
		crypto_hash_sha256_update((void *)st->opaque, bytes, n);
}

Sha256 sha256_end(Sha256State *st) {
	Sha256 ret;
	crypto_hash_sha256_final((void *)st->opaque, ret.bytes);
	return ret;
}

Sha256 hmac_sha256(Str key, Str message) {
	crypto_auth_hmacsha256_state st;
	Sha256 ret;
	crypto_auth_hmacsha256_init(&st, bytes_of(key), key.len);
	crypto_auth_hmacsha256_update(&st, bytes_of(message), message.len);
	crypto_auth_hmacsha256_final(&st, ret.bytes);
	sodium_memzero(&st, sizeof st);
	return ret;
}

u64 fast_hash(Str s) {
	crypto_start();
	u64 h;
	_Static_assert(sizeof h == crypto_shorthash_BYTES, "SipHash gives 64 bits");
	crypto_shorthash((u8 *)&h, bytes_of(s), s.len, fast_key);
	return h;
}

/* ---- text forms ---- */

Str hex(Arena *a, const void *bytes, size_t n) {
	char *to = arena_alloc(a, size_add(size_mul(n, 2), 1));
	sodium_bin2hex(to, n * 2 + 1, bytes, n);
	return (Str){to, n * 2};
}

bool hex_read(Str s, void *to, size_t n) {
	if (s.len != size_mul(n, 2))
		return false;
	size_t got;
	return n == 0 || (sodium_hex2bin(to, n, s.ptr, s.len, NULL, &got, NULL) == 0 && got == n);
}

Str base64url(Arena *a, const void *bytes, size_t n) {
	size_t room = sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *to = arena_alloc(a, room);
	sodium_bin2base64(to, room, bytes, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (Str){to, room - 1};
}

bool base64url_read(Str s, void *to, size_t n) {
	if (s.len != sodium_base64_encoded_len(n, sodium_base64_VARIANT_URLSAFE_NO_PADDING) - 1)
		return false;
	for (size_t i = 0; i < s.len; i++)           /* the library takes any of these for "_" */
		if ((u8)s.ptr[i] >= 0x80)
			return false;
	size_t got;
	return n == 0 || (sodium_base642bin(to, n, s.ptr, s.len, NULL, &got, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && got == n);
}

/* ---- secrets ---- */

bool equal_secret(const void *a, const void *b, size_t n) {
	return sodium_memcmp(a, b, n) == 0;
}

void wipe(void *p, size_t n) {
	sodium_memzero(p, n);
}

_Static_assert(SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the key of the cipher");
_Static_assert(SEAL_EXTRA == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES, "nonce and tag");

Str seal_bytes(Arena *a, const u8 key[SEAL_KEY_SIZE], Str plain, Str bound) {
	enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
	u8 *to = arena_alloc(a, size_add(plain.len, SEAL_EXTRA));
	unsigned long long n = 0;
	random_bytes(to, NONCE);
	CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(to + NONCE, &n, bytes_of(plain), plain.len, bytes_of(bound), bound.len, NULL, to, key) == 0);
	return str_of((const char *)to, NONCE + (size_t)n);
}

bool seal_open_bytes(Arena *a, const u8 key[SEAL_KEY_SIZE], Str sealed, Str bound, Str *plain) {
	enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
	if (sealed.len < SEAL_EXTRA)
		return false;
	u8 *to = arena_alloc(a, sealed.len);
	unsigned long long n = 0;
	const u8 *from = bytes_of(sealed);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(to, &n, NULL, from + NONCE, sealed.len - NONCE, bytes_of(bound), bound.len, from, key) != 0)
		return false;
	*plain = str_of((const char *)to, (size_t)n);
	return true;
}

void random_bytes(void *to, size_t n) {
	crypto_start();
	randombytes_buf(to, n);
}

Str random_token(Arena *a) {
	u8 bits[32];
	random_bytes(bits, sizeof bits);
	Str token = base64url(a, bits, sizeof bits);
	wipe(bits, sizeof bits);
	return token;
}

bool password_hash(Str password, char to[PASSWORD_HASH_SIZE]) {
	crypto_start();
	return crypto_pwhash_str_alg(to, (const char *)bytes_of(password), password.len, argon_passes, argon_memory,
	                             crypto_pwhash_ALG_ARGON2ID13) == 0;
}

/* Only our own kind of hash: a stored text of another kind must not make us compute something else. */
static bool is_ours(const char *encoded) {
	return strnlen(encoded, PASSWORD_HASH_SIZE) < PASSWORD_HASH_SIZE && strncmp(encoded, "$argon2id$", 10) == 0;
}

bool password_verify(Str password, const char *encoded) {
	crypto_start();
	return is_ours(encoded) && crypto_pwhash_str_verify(encoded, (const char *)bytes_of(password), password.len) == 0;
}

bool password_needs_rehash(const char *encoded) {
	crypto_start();
	return !is_ours(encoded) || crypto_pwhash_str_needs_rehash(encoded, argon_passes, argon_memory) != 0;
}

/* ---- signatures ---- */

_Static_assert(SIGN_PUBLIC == crypto_sign_PUBLICKEYBYTES && SIGN_SEED == crypto_sign_SEEDBYTES && SIGN_SIZE == crypto_sign_BYTES, "sizes of Ed25519");

static void keys_of(const u8 seed[SIGN_SEED], u8 public_key[SIGN_PUBLIC], u8 secret[crypto_sign_SECRETKEYBYTES]) {
	CHECK(crypto_sign_seed_keypair(public_key, secret, seed) == 0);
}

void sign_public(const u8 seed[SIGN_SEED], u8 public_key[SIGN_PUBLIC]) {
	u8 secret[crypto_sign_SECRETKEYBYTES];
	keys_of(seed, public_key, secret);
	wipe(secret, sizeof secret);
}

void sign_text(const u8 seed[SIGN_SEED], Str text, u8 signature[SIGN_SIZE]) {
	u8 public_key[SIGN_PUBLIC], secret[crypto_sign_SECRETKEYBYTES];
	keys_of(seed, public_key, secret);
	CHECK(crypto_sign_detached(signature, NULL, (const u8 *)text.ptr, text.len, secret) == 0);
	wipe(secret, sizeof secret);
}

bool sign_holds(const u8 public_key[SIGN_PUBLIC], Str text, const u8 signature[SIGN_SIZE]) {
	return crypto_sign_verify_detached(signature, (const u8 *)text.ptr, text.len, public_key) == 0;
}
