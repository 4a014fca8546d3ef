/* What tests of rules share: names of faults, cases written as "name = value; name = value". */
#pragma once
#include "core/rules.h"

Str         given_file(const char *path);
const char *given_fault_name(int id);
bool        given_fault_seen(int id);
/* A case showed this fault with this sentence. */
void        given_fault_see(int id, Str sentence);
/* Did a case show a sentence with this piece? */
bool        given_sentence_seen(Str piece);
/* The shipped rule set. */
RuleSet    *given_set(Arena *a);
/* Cells of a case, read by the types that the set asks for; a name that is missing has no cell. For rule_run. */
typedef struct GivenCase { Str text; } GivenCase;
bool        given_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret);
/* The rule over the case, as people see it, with plain blanks; 1 March 2026. */
Str         given_result(const RuleSet *set, const char *text, const char *rule);
/* Runs tests/data/rules.txt, tests/data/rules_faulty.txt; number of cases, *wrong of those that did not hold. */
int         given_formulas(int *wrong);
int         given_faulty_sets(int *wrong);
