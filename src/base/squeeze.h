/* squeeze.h: streams made smaller and read back (deflate). Memory is flat. */
#pragma once
#include "base/hash_seal.h"

typedef struct SqueezeWriter SqueezeWriter;
SqueezeWriter *squeeze_open(Arena *a, SealSink sink, void *arg);
bool squeeze_write(SqueezeWriter *w, const void *bytes, size_t n);
bool squeeze_end(SqueezeWriter *w);

typedef struct SqueezeReader SqueezeReader;
SqueezeReader *squeeze_read_open(Arena *a, SealSource source, void *arg);
/* Up to n bytes; 0 at the end, when the source has nothing more either; -1 when the source fails or does not fit. */
i64  squeeze_read(SqueezeReader *r, void *to, size_t n);
