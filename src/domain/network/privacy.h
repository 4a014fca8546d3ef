/* privacy.h: what the network holds about a person with an account. */
#pragma once
#include "core/person_data.h"

extern const PersonData network_person_data[1];
