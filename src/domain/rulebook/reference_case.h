/* reference_case.h: reference values as cases of a rule set (core/rule_case.h). */
#pragma once
#include "core/rule_case.h"
#include "domain/rulebook/rulebook.h"

extern const RuleCaseKind rulebook_cases[1];
