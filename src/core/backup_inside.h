/* backup_inside.h: the inner form of a backup, for backup_write.c and backup_read.c.
 *
 * Sealed (base/hash_seal.h), and before that squeezed (base/squeeze.h), is a stream of records, each with its letter in front; numbers are
 * little-endian, texts have their length (4 bytes) in front:
 *     M text                                   manifest, JSON
 *     T name, columns (1 byte count: i t b, name)    a table begins
 *     R values (0 = NULL; 1 and 8 bytes, or a text)  a row of it
 *     E 8 bytes                                the table ends after so many rows
 *     F digest in hex, 8 bytes, content        a file
 *     S name, text                             a small file of the state folder: secrets
 *     Z text                                   end, JSON with counts and the head of the trail */
#pragma once
#include "base/squeeze.h"
#include "core/backup.h"
#include "db/dump.h"

struct stat;

enum {
	BACKUP_PIECE = 65536, BACKUP_FORMAT = 1, BACKUP_TEXT_MAX = 64 << 20, BACKUP_COLUMNS_MAX = 255, BACKUP_SECRET_MAX = 65536, SHA_HEX_LEN = 64,
};

/* The list of those that were made, for whoever finished one; backup.c. */
MUST_USE Err backup_note_made(Ctx *c, const Backup *b);
MUST_USE Err backup_read_small(Ctx *c, const char *path, Str *ret, struct stat *st);
/* Counts of every table, the trail against its head, the engine's own checks; then newer migrations. */
MUST_USE Err backup_check_store(Ctx *c, Db *db, const DumpTables *tables, const Backup *b, const RestoreOptions *o);
