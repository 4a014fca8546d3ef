/* golden.h: text compared with a file of tests/golden. GOLDEN=write rewrites the files; then read the difference before you commit it. */
#pragma once
#include "tests/test.h"

void golden(const char *file, int line, const char *name, Str got);
#define GOLDEN(name, got) golden(__FILE__, __LINE__, name, got)
