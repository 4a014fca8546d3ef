/* hash.h: digests, passwords, random bytes. This file pair and hash_seal.h see libsodium. */
#pragma once
#include "base/str.h"

typedef struct Sha256 { u8 bytes[32]; } Sha256;
typedef struct Sha256State { u8 opaque[128] __attribute__((aligned(16))); } Sha256State;

void   crypto_start(void);                                /* first thing in main; ends the process when it fails */
Sha256 sha256(Str s);
void   sha256_start(Sha256State *st);
void   sha256_add(Sha256State *st, const void *bytes, size_t n);
Sha256 sha256_end(Sha256State *st);
Str    hex(Arena *a, const void *bytes, size_t n);
bool   hex_read(Str s, void *to, size_t n);
Str    base64url(Arena *a, const void *bytes, size_t n);
bool   base64url_read(Str s, void *to, size_t n);         /* exactly n bytes */
Sha256 hmac_sha256(Str key, Str message);
bool   equal_secret(const void *a, const void *b, size_t n);   /* constant time */
void   wipe(void *p, size_t n);
u64    fast_hash(Str s);                                  /* SipHash with a key of this process */

/* XChaCha20-Poly1305 with a fresh nonce in front; `bound` is checked with it, not kept in it. */
enum { SEAL_KEY_SIZE = 32, SEAL_EXTRA = 40 };
Str    seal_bytes(Arena *a, const u8 key[SEAL_KEY_SIZE], Str plain, Str bound);
bool   seal_open_bytes(Arena *a, const u8 key[SEAL_KEY_SIZE], Str sealed, Str bound, Str *plain);

void   random_bytes(void *to, size_t n);
/* 256 random bits as base64url, 43 characters. */
Str    random_token(Arena *a);

/* Argon2id, 64 MiB, t = 3: HEAVY, about 0.12 s. `to` holds the encoded form. */
#define PASSWORD_HASH_SIZE 128
bool   password_hash(Str password, char to[PASSWORD_HASH_SIZE]);
bool   password_verify(Str password, const char *encoded);
bool   password_needs_rehash(const char *encoded);
#ifndef RELEASE
void   password_cheap(void);                     /* for tests that sign in a thousand times; what a hash costs really, unit tests say */
#endif

/* Ed25519 signatures. */
enum { SIGN_PUBLIC = 32, SIGN_SEED = 32, SIGN_SIZE = 64 };

/* The public key of a seed. */
void sign_public(const u8 seed[SIGN_SEED], u8 public_key[SIGN_PUBLIC]);
void sign_text(const u8 seed[SIGN_SEED], Str text, u8 signature[SIGN_SIZE]);
bool sign_holds(const u8 public_key[SIGN_PUBLIC], Str text, const u8 signature[SIGN_SIZE]);

/* Deterministic stream for generators and tests: same seed, same numbers on every machine (xoshiro256**). */
typedef struct Rand { u64 s[4]; } Rand;
Rand   rand_seed(u64 seed);
u64    rand_next(Rand *r);
i64    rand_range(Rand *r, i64 from, i64 to);             /* both included, without bias */
bool   rand_chance(Rand *r, int percent);
