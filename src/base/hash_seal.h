/* hash_seal.h: streams that only the holder of a private key can read: encrypted to a public key, so that who writes them needs no secret.
 *
 * "SITSEAL1", 32 bytes of digest of the public key, the key of the stream sealed to it, the stream's head, and pieces of at most 64 kB, each with its
 * length and authenticated in its order; the last one is marked. A stream that was cut, altered or continued is not read to its end. */
#pragma once
#include "base/str.h"

enum { SEAL_KEY = 32 };
typedef struct SealKey { u8 bytes[SEAL_KEY]; } SealKey;

void seal_make_keys(SealKey *public_key, SealKey *private_key);
/* The public key of a private one. */
SealKey seal_public_of(const SealKey *private_key);
/* A short sign by which people compare keys: "3f2a-91c0-77de-0b14". */
Str  seal_key_name(Arena *a, const SealKey *public_key);
/* Key files: one line of a word and base64url, other lines are ignored. */
Str  seal_key_text(Arena *a, const SealKey *k, bool is_private);
bool seal_key_read(Str text, bool is_private, SealKey *ret);

/* ---- writing ---- */

typedef struct SealWriter SealWriter;
/* Takes finished bytes; false = writing failed. */
typedef bool (*SealSink)(void *arg, const void *bytes, size_t n);
SealWriter *seal_write_open(Arena *a, const SealKey *public_key, SealSink sink, void *arg);
bool seal_write(SealWriter *w, const void *bytes, size_t n);
/* The last piece; false when any write failed. */
bool seal_write_end(SealWriter *w);

/* ---- reading ---- */

typedef struct SealReader SealReader;
typedef enum SealTrouble {
	SEAL_FINE, SEAL_NOT_OURS, SEAL_OTHER_KEY, SEAL_CUT, SEAL_ALTERED, SEAL_READ_FAILED,
} SealTrouble;
/* Gives up to n bytes, 0 at the end, -1 when reading failed. */
typedef i64 (*SealSource)(void *arg, void *to, size_t n);
SealReader *seal_read_open(Arena *a, const SealKey *private_key, SealSource source, void *arg);
/* Up to n bytes, 0 at the sound end of the stream, -1 on trouble. What was given before came from the writer, unaltered. */
i64  seal_read(SealReader *r, void *to, size_t n);
SealTrouble seal_trouble(const SealReader *r);
