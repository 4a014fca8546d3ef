/* privacy.h: what the subject holds about one person and for how long. Rows for the module. */
#pragma once
#include "core/person_data.h"
#include "core/retention.h"

extern const RetentionRule people_retention[2];
extern const PersonData    people_person_data[3];
