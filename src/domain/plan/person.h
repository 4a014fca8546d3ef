/* person.h: what plans hold about a person with an account. */
#pragma once
#include "core/person_data.h"

extern const PersonData plan_person_data[1];
