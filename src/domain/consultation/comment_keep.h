/* comment_keep.h: rows of the module: what of comments is kept for how long. */
#pragma once
#include "core/person_data.h"
#include "core/retention.h"

extern const RetentionRule comment_retention[2];
extern const PersonData comment_person_data[1];
