/* seal.h: secrets that the store has to keep but must not be able to read: sealed by keys of a file outside it (mode 0600).
 *
 * A line of the file is "number key" (base64url of 32 bytes); the highest number seals, all of them open, so a key can be changed without
 * losing anything. A sealed value begins with the number of its key. */
#pragma once
#include "core/ctx.h"

/* Read the keys; `make` writes a new file with one key when there is none. False with *why. */
bool seal_load(Arena *a, const char *file, bool make, Str *why);
/* Add a key to the file that was loaded; what is sealed from now on is sealed by it. False with *why. */
bool seal_add_key(Arena *a, Str *why);
/* `bound`: what the value belongs to ("totp 12"): it cannot be moved to another row. */
Str  seal(Arena *a, Str plain, Str bound);
bool seal_open(Arena *a, Str sealed, Str bound, Str *plain);      /* false: another key, another row, damaged */
/* A signature of what a link says ("signup 12"), for addresses in letters: whoever holds it was sent it. Text of a-z, A-Z, 0-9, "-", "_" and "."; it
 * begins with the number of its key. */
Str  seal_sign(Arena *a, Str what);
bool seal_signed(Arena *a, Str what, Str signature);
/* Number of the key that seals now, and of the one that sealed this. */
i64  seal_key_now(void);
i64  seal_key_of(Str sealed);
void seal_forget(void);                      /* zeroes the keys */
