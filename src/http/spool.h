/* spool.h: temporary files without a name. */
#pragma once
#include "base/str.h"

/* A new file that nobody else can open, closed with the arena. -1 when the folder cannot hold one. */
int  spool_open(Arena *a, Str folder);
/* All of it; short writes and EINTR are looped here. */
bool spool_write(int fd, Str bytes);
bool spool_rewind(int fd);
