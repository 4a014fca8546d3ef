/* file.h: whole files in and out of memory. */
#pragma once
#include "base/str.h"

bool file_read(Arena *a, const char *name, Str *ret);
/* Made or replaced. */
bool file_write(const char *name, Str bytes);
