/* backup.h: a copy of everything (rows, files, the secret) as one moment, encrypted to a public key, made while the program runs; and the way
 * back, also to the other engine, with a rehearsal that does all of it into a scratch store.
 *
 * One file, "sitovka-20261122-061500-123.zaloha". It appears complete or not at all. Reading and writing stream: memory is flat. */
#pragma once
#include "base/hash_seal.h"
#include "core/ctx.h"

#define BACKUP_SUFFIX ".zaloha"

typedef struct Backup {
	Str     file, folder;                    /* name, and where */
	Instant made;
	i64     size, tables, rows, files, missing;      /* missing: contents of files that were not there or damaged */
	i64     trail_seq, data_version;
	Str     head;                            /* hex of the trail's last hash */
	Str     key_name;
	Instant verified;                        /* rehearsed; none = never */
	Str     verdict;                         /* of the rehearsal; {0} = all was well */
} Backup;
typedef struct Backups { Backup *at; size_t len, cap; } Backups;

/* Key files. ERR_NOT_FOUND, ERR_INVALID, ERR_FORBIDDEN (others may read a private key) with a sentence. */
MUST_USE Err backup_key_load(Ctx *c, Str path, bool is_private, SealKey *ret);
/* A new pair; neither file may exist. */
MUST_USE Err backup_key_make(Ctx *c, Str public_path, Str private_path, SealKey *public_key);

/* Not inside a transaction. `state` is the folder of the secret and files. ERR_CANCELLED when the job of the Ctx was stopped. */
MUST_USE Err backup_make(Ctx *c, const SealKey *key, Str folder, Str state, Backup *ret);
/* Newest first, as this store remembers them. */
MUST_USE Err backup_list(Ctx *c, i64 limit, Backups *ret);
/* Nothing in the trail or in public data has changed since the last one. */
MUST_USE Err backup_is_fresh(Ctx *c, bool *fresh);
/* Files in the folder older than `before` go, and of days before yesterday all but the last one of each; never the newest of all. */
MUST_USE Err backup_sweep(Ctx *c, Str folder, Instant before, i64 *removed);

/* ---- the way back (backup_read.c) ---- */

typedef struct RestoreOptions {
	Str              file;
	const SealKey   *key;                    /* private */
	const char      *to;                     /* an empty store, file or postgresql://… */
	Str              state;                  /* folder for secret and files: must not exist or be empty */
	const Migration *migrations;             /* all that this program knows */
	size_t           migration_count;
} RestoreOptions;

/* Restores and checks: counts of every table, references, the chain of the trail against its head, digests of files. *ret says what the
 * backup held. c->db need not be open. ERR_INVALID with a sentence when the backup cannot be read or does not hold together. */
MUST_USE Err backup_restore(Ctx *c, RestoreOptions o, Backup *ret);
/* The same into a scratch folder inside `scratch`, which is removed again. */
MUST_USE Err backup_rehearse(Ctx *c, Str file, const SealKey *key, Str scratch, const Migration *migrations, size_t count, Backup *ret);
/* Note the outcome in this store's list; {0} = all was well. */
MUST_USE Err backup_note_verified(Ctx *c, Str file, Str verdict);
