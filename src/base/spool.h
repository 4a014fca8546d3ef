/* spool.h: temporary files without a name. */
#pragma once
#include "base/buf.h"

/* A new file that nobody else can open, closed with the arena. -1 when the folder cannot hold one. */
int  spool_open(Arena *a, Str folder);
/* The same, but the caller closes it. */
int  spool_new(const char *folder);
/* All of it; short writes and EINTR are looped here. */
bool spool_write(int fd, Str bytes);
bool spool_rewind(int fd);
/* From the beginning to the end, but at most `most` bytes, wherever the file stands. */
bool spool_read(int fd, size_t most, Buf *to);
