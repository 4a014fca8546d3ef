/* score_cases.h: an application as a case of a rule set: every input by its Czech name, with where it stands: the form, the register, needs, the plan, the network,
 * statements. What the program cannot know is blank and says why; nobody guesses.
 *
 * While statements are collected the inputs are those of today. When they are closed they are kept: reviewers, the closing of the scores and whoever asks later go by the
 * same ones. */
#pragma once
#include "core/rule_case.h"
#include "domain/needs/optimal.h"
#include "domain/network/application.h"
#include "domain/network/sit.h"
#include "domain/plan/card.h"

typedef struct CaseCell {
	Str       key;
	RuleValue value;
	Str       source, link;
} CaseCell;
typedef struct CaseCells { CaseCell *at; size_t len, cap; } CaseCells;

/* What applications of one call have in common, read once. */
typedef struct ScoreNeed { Id id, district; Str title, kind, group, state, card; i64 rank_district, rank_region; } ScoreNeed;
typedef struct ScoreWorld {
	Ctx          *c;
	const Call   *call;
	Date          day;                       /* the first of the year that the call is for */
	CallTargets   targets;
	LineWholes    lines;                     /* of the network on that day, prepared ones too */
	OptimalRows   optimal;
	i64           optimal_year;              /* BLANK = nobody has entered any */
	struct { ScoreNeed *at; size_t len, cap; } needs;
	const Plan   *plan;                      /* NULL = none in force */
	Cards         cards;
	Strategy      strategy;
} ScoreWorld;
MUST_USE Err score_world(Ctx *c, const Call *k, ScoreWorld **ret);

/* As everything stands now. */
MUST_USE Err score_cells_now(ScoreWorld *w, const Application *a, CaseCells *ret);
/* Those that were kept; without any, those of now (`w` NULL: it is read when needed). */
MUST_USE Err score_cells(Ctx *c, ScoreWorld *w, const Application *a, CaseCells *ret);
/* When statements are closed. In a transaction. */
MUST_USE Err score_cells_keep(Ctx *c, const Application *a);

/* For rule_run, with CaseCells as the argument; an input that no application has is not found. */
bool score_cell(void *cells, Arena *a, const RuleName *input, RuleCell *ret);

/* The line of the application's own service; NULL when it has none. */
const LineWhole *score_own_line(const ScoreWorld *w, const Application *a);

/* Applications that were submitted, for trials and rehearsals of rule sets and for the computations that are kept. */
#define APPLICATION_CASES "application"
/* And of prices of lines (draft_price.h), which only own their computations, and of the lines themselves by years (line_case.h). */
extern const RuleCaseKind network_cases[3];
