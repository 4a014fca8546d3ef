/* trail_record.h: a record of the trail as it is stored and hashed. Inside core only.
 *
 * What the chain covers: a version byte, then fields in fixed order, each its length and its bytes: the numbers seq, time in ms, account,
 * object_id (big end first, no zero bytes in front), then who, role, organisation, action, object, text, reason, changes. A length has 7
 * bits in a byte, the low ones first, the high bit says that more follow. So short records fit into few blocks of the digest, which is
 * half of the time that verifying takes. Personal values are covered by their salted digests only (trail_person, trail_value). */
#pragma once
#include "base/hash.h"
#include "core/trail.h"

enum { TRAIL_FORMAT = 1, TRAIL_SALT = 16, TRAIL_PAGE = 20000 };

typedef struct TrailStored {
	i64     seq;
	Instant at;
	i64     account, object_id;
	Str     who;                             /* digest of a row of trail_person */
	Str     role, organisation, action, object, text, reason, changes;
} TrailStored;

/* hash = SHA-256(prev ‖ record). `scratch` is emptied and used. */
Sha256 trail_hash(Buf *scratch, const Sha256 *prev, const TrailStored *r);
Sha256 trail_person_digest(Str salt, Str month, Str name, Str address);
/* {0} for an empty value: that a field was blank is no secret. */
Str    trail_value_digest(Arena *a, Str salt, bool is_after, Str value);

/* Changes as a column: [["field","before","after"], …]; a personal one holds digests and a fourth item, 1. `salts` has TRAIL_SALT bytes for
 * each change that is personal. */
void trail_changes_write(Arena *a, Buf *out, const TrailChange *changes, size_t n, const u8 (*salts)[TRAIL_SALT]);
/* False when the text is none of ours. Personal ones come with .erased set and their digests as values. */
bool trail_changes_read(Arena *a, Str stored, TrailChange **ret, size_t *n);

/* ---- trail_verify.c ---- */

/* Longer chains are read in pieces, side by side; tests choose less. */
void trail_verify_alone_up_to(i64 records);

/* ---- reading (trail.c), for the search ---- */

/* A row of trail_of_object or trail_search. */
TrailRecord  trail_read_record(Ctx *c, Rows *rows, const char *object, Id object_id);
/* The personal values of a record that were not erased. */
MUST_USE Err trail_read_values(Ctx *c, i64 seq, TrailChange *changes, size_t n);
