/* files.h: content-addressed files beside the store: uploads, staged imports, exports that wait to be fetched.
 *
 * A file is durable before the row that refers to it commits (temp + fsync + rename + fsync of the folder), mode 0600, named by its
 * SHA-256. Names that clients gave are data in the row. With PostgreSQL the folder must be shared by the nodes. */
#pragma once
#include "core/ctx.h"

typedef struct StoredFile {
	Id  id;
	Str name, type, sha256;                  /* of the client, by magic, hex */
	i64 size;
	Instant at;
} StoredFile;

void files_set_folder(const char *folder);   /* once at start */
/* Take over bytes from memory or from an open descriptor (read from 0). Inside a write transaction. */
MUST_USE Err files_put(Ctx *c, Str name, Str bytes, int fd, StoredFile *ret);
MUST_USE Err files_get(Ctx *c, Id id, StoredFile *ret);
/* Opened for reading; the caller closes. ERR_STORAGE when the content is missing or its digest (checked when `check`) is wrong. */
MUST_USE Err files_open(Ctx *c, const StoredFile *f, bool check, int *fd);
/* Rows and contents that nothing refers to and that are older than `before`; returns how many were removed. */
MUST_USE Err files_sweep(Ctx *c, Instant before, i64 *removed);
