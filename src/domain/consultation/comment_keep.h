/* comment_keep.h: rows of the module: what of comments is kept for how long. */
#pragma once
#include "core/retention.h"

extern const RetentionRule comment_retention[2];
