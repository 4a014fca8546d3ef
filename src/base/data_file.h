/* data_file.h: the files of data/ that are part of the program: territory, boundaries, code lists. */
#pragma once
#include "base/str.h"

/* The whole file, unpacked into the arena; `name` is relative to data/, "territory/orp.csv". {0} when there is none. */
Str data_file(Arena *a, const char *name);
