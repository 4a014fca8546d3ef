/* keep.h: how long the mechanisms keep what they write, and what they hold about one person. Rows for core's module. */
#pragma once
#include "core/person_data.h"
#include "core/retention.h"

extern const RetentionRule core_retention[5];
extern const PersonData    core_person_data[3];
