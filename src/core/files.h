/* files.h: content-addressed files beside the store: uploads, staged imports, exports that wait to be fetched.
 *
 * A file is durable before the row that refers to it commits (temp + fsync + rename + fsync of the folder), mode 0600, named by its
 * SHA-256. Names that clients gave are data in the row. With PostgreSQL the folder must be shared by the nodes. */
#pragma once
#include "core/ctx.h"

typedef struct StoredFile {
	Id  id;
	Str name, type, sha256;                  /* of the client, media type by its first bytes, hex */
	i64 size;
	Instant at;
} StoredFile;

void files_set_folder(const char *folder);   /* once at start */
/* Take over bytes from memory (fd < 0) or from an open descriptor (read from 0). Inside a write transaction. Size limits are the caller's. */
MUST_USE Err files_put(Ctx *c, Str name, Str bytes, int fd, StoredFile *ret);
/* The same in two steps, for large files: the content becomes durable before anybody waits for the writer, then its row is written. */
MUST_USE Err files_stage(Ctx *c, Str bytes, int fd, StoredFile *ret);
MUST_USE Err files_put_staged(Ctx *c, Str name, const StoredFile *staged, StoredFile *ret);
MUST_USE Err files_get(Ctx *c, Id id, StoredFile *ret);
/* Opened for reading; the caller closes. ERR_STORAGE when the content is missing or its digest (checked when `check`) is wrong. */
MUST_USE Err files_open(Ctx *c, const StoredFile *f, bool check, int *fd);
/* Rows and contents that nothing refers to and that are older than `before`; returns how many were removed. A row is referred to by
 * REFERENCES stored_file (id) of any table. Outside of a transaction. */
MUST_USE Err files_sweep(Ctx *c, Instant before, i64 *removed);
/* Media type by the first bytes of a content and its last 64 kB: "application/pdf", …, "text/plain", "application/octet-stream". */
Str file_type(Str head, Str tail);
