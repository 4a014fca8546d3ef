/* line_case.h: lines of the network year by year as cases of rule sets: what the rules give for each of them (F1 over its reference value), so that a rehearsal shows
 * whose compensation a changed set would change. */
#pragma once
#include "core/rule_case.h"
#include "domain/network/line.h"
#include "domain/rulebook/rulebook.h"

/* Where the inputs of a compensation come from: a line of the network or of a draft, and the part of the year in which it stands there: a mandate cannot be longer. */
typedef struct PriceSource {
	Str                   source, link;      /* of the line */
	Fte                   capacity;
	const ReferenceValue *value;             /* NULL = none is entered: blank */
	int                   year;
	Date                  from, to;
} PriceSource;
/* For rule_run, with a PriceSource; an input that no line has is not found. */
bool price_cell(void *source, Arena *a, const RuleName *input, RuleCell *ret);
/* The part of a year between both days; false when there is none. {0} = open. */
bool part_of_year(int year, Date since, Date until, Date *from, Date *to);

/* A line as it stands at the end of a year. The number of a case is that of the line with the four digits of the year behind it. */
#define LINE_CASES "network_line"
Err line_cases_list(Ctx *c, Str words, i64 year, i64 limit, RuleCases *ret);
Err line_case_find(Ctx *c, Id id, RuleCase *ret);
Err line_case_cells(Ctx *c, Id id, RuleCells *cells, void **arg);
