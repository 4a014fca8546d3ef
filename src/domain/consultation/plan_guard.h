/* plan_guard.h: what comment periods ask of the plan's way. */
#pragma once
#include "core/workflow.h"

enum { PLAN_GUARDS = 3 };
extern const Guard plan_guards[PLAN_GUARDS];
