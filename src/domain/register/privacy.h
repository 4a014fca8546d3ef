/* privacy.h: what the subject holds about one person: suggestions, and who loaded or overrode what. */
#pragma once
#include "core/person_data.h"

extern const PersonData register_person_data[2];
