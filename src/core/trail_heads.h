/* trail_heads.h: signed heads of the trail. Whoever rules the store could write a new chain from its beginning; so every hour the last hash
 * is signed with Ed25519 and leaves the store: into a file beside it, to the system log, and by mail to whoever is named in the setting
 * trail.head_mail. A head that somebody kept elsewhere proves what the chain was then.
 *
 * One head is one line of text:
 *
 *     2026-11-22T05:00:00.000Z 1234 <hash, 64 hex digits> <public key, base64url> <signature of all before it, base64url> */
#pragma once
#include "base/hash.h"
#include "core/ctx.h"

/* Once at start: the folder of keys and heads (files trail.key, 0600, made when missing; trail.pub; trail.heads). ERR_STORAGE with *why. */
MUST_USE Err trail_heads_setup(Arena *a, Str folder, Str *why);
/* Sign the present head unless it was signed already; appends to the file, tells the system log, queues the letter. *signed_now may be NULL. */
MUST_USE Err trail_heads_sign(Ctx *c, bool *signed_now);
/* When the newest head of the file was signed; {0} when there is none. */
Instant      trail_heads_last(Arena *a);
/* When the oldest record was written that no head covers yet; {0}: every record is covered, or heads are not set up in this process. */
MUST_USE Err trail_heads_uncovered(Ctx *c, Instant *ret);
Str          trail_heads_file(void);         /* {0} before setup */

typedef struct HeadsVerdict {
	i64 heads;                               /* that hold */
	i64 bad_line;                            /* 0 = all hold */
	Str why;                                 /* Czech */
} HeadsVerdict;
/* Every line of a file of heads against a public key (32 bytes) and the chain of this store. ERR_NOT_FOUND when there is no such file. */
MUST_USE Err trail_heads_check(Ctx *c, const char *file, const u8 public_key[SIGN_PUBLIC], HeadsVerdict *ret);
/* The key of this installation. */
const u8    *trail_heads_public(void);
/* A public key as trail.pub holds it; false when it is none. */
bool         trail_heads_read_key(const char *file, u8 public_key[SIGN_PUBLIC]);
