/* lower_guards.h: what comment periods ask of the plan's way and of documents. */
#pragma once
#include "core/workflow.h"

enum { LOWER_GUARDS = 5 };
extern const Guard lower_guards[LOWER_GUARDS];
