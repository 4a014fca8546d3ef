/* checks.h: what doctor asks about the library. */
#pragma once
#include "core/check.h"

extern const Check library_checks[1];
