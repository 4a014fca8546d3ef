/* score_rules.h: points by the rule set that a call names. What is a criterion, how many points it gives, from how many points which level follows, who goes first when
 * points are the same: all of it stands in the set, which the region edits; the program knows only the names of a few rules.
 *
 *     criteria           every rule with „nejvýše“ that body_celkem leans on. A criterion that cannot be computed, because a cell is blank or because it asks
 *                        for something that no record knows, is for people to judge.
 *     výsledné_body      points of the application, over the mean of what the reviewers gave
 *     navržená_úroveň    the code or the name of a level of the network, or „nezařazeno“
 *     shoda_1, shoda_2…  order where points are the same, the lower value first
 *     platba_v_pořadí    how much money of the year the application takes
 *     počet_hodnotitelů, rozdíl_hodnotitelů, přeskočit_nákladné    parameters that the program reads */
#pragma once
#include "domain/network/score_cases.h"
#include "domain/rulebook/rulebook.h"

#define SCORE_RULE_SUM   "body_celkem"
#define SCORE_RULE_TOTAL "výsledné_body"
#define SCORE_RULE_LEVEL "navržená_úroveň"
#define SCORE_RULE_MONEY "platba_v_pořadí"
enum { SCORE_TIES_MAX = 9 };

typedef struct Criterion {
	Str code, name;                          /* of the rule: "A1", "Potřeba existuje a je odsouhlasena" */
	i64 max;
} Criterion;
typedef struct ScoreRules {
	const RuleVersion *version;
	const RuleSet     *set;
	Date               day;                  /* parameters and tables are those of the last day of the call */
	Criterion         *at;
	size_t             len, cap;
	i64                max, reviewers;
	Percent            spread;               /* of max: two reviewers who are more apart need a third one */
	bool               skips;                /* one that does not fit into the money does not end the order */
} ScoreRules;
/* Of the version that the call names. ERR_CONFLICT with a sentence when it is no set for points. */
MUST_USE Err score_rules(Ctx *c, const Call *k, ScoreRules **ret);
/* NULL and *why, the sentence, where score_rules would refuse: a call from before there were sets for points is still read. */
MUST_USE Err score_rules_if(Ctx *c, const Call *k, ScoreRules **ret, Str *why);
/* What a set lacks to give points, a sentence; {0} = nothing. */
Str          score_rules_lack(Arena *a, const RuleSet *set, Date day);
/* The version that a new call gets unless another is chosen: the one of the setting that holds today; NULL when there is none. */
MUST_USE Err score_rules_usual(Ctx *c, Date day, RuleVersion **ret);

/* One application through the set. */
typedef struct ScoreRun {
	const ScoreRules *rules;
	CaseCells       *cells;
	RuleRun          *run;
} ScoreRun;
MUST_USE Err score_run(Ctx *c, const ScoreRules *rules, ScoreWorld *w, const Application *a, ScoreRun *ret);
/* Whole points of a criterion; false with a sentence why they are not known. *how: from which cells they come. */
bool         score_criterion(Arena *a, ScoreRun *s, const Criterion *k, i64 *points, Str *how);
