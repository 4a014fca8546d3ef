/* totp.h: codes of RFC 6238 (six digits, thirty seconds, SHA-1: what every application in a telephone knows). */
#pragma once
#include "base/date.h"
#include "base/str.h"

enum { TOTP_SEED_SIZE = 20 };

/* Is it the code of this step or of a neighbour, and of a step after `last`? *step says which. */
bool totp_find(const u8 seed[TOTP_SEED_SIZE], Instant now, Str code, i64 last, i64 *step);
/* The seed for people: letters and digits in groups of four. */
Str  totp_letters(Arena *a, const u8 seed[TOTP_SEED_SIZE]);
/* otpauth://totp/… for the picture. */
Str  totp_uri(Arena *a, const u8 seed[TOTP_SEED_SIZE], Str issuer, Str login);
