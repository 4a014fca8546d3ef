/* sample.h: types for sample.html. */
#pragma once
#include "base/str.h"

typedef struct SampleRow {
	Str slug, name;
	i64 capacity;
} SampleRow;

typedef struct SampleRows {
	const SampleRow *at;
	size_t           len, cap;
} SampleRows;
