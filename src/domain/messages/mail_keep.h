/* mail_keep.h: rows of the module about letters: keeping, one person's data, checks. */
#pragma once
#include "core/check.h"
#include "core/person_data.h"
#include "core/retention.h"

extern const RetentionRule mail_retention[3];
extern const PersonData    mail_person_data[3];
extern const Check         mail_checks[3];
