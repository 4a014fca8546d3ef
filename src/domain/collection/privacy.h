/* privacy.h: what submissions hold about a person with an account. */
#pragma once
#include "core/person_data.h"

extern const PersonData collection_person_data[1];
