#pragma once
#include "core/person_data.h"

extern const PersonData needs_person_data[1];
