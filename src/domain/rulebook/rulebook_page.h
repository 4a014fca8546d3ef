/* rulebook_page.h: pages of rule sets, and what they hand to the templates. The tree of a computation is a component that other subjects show too. */
#pragma once
#include "core/rule_case.h"
#include "domain/rulebook/rulebook.h"
#include "web/parts.h"
#include "web/screen.h"
#include "web/web.h"
#include "web/work.h"

Err page_rules_public(Req *r);
Err page_rule_set_public(Req *r);
Err page_rules(Req *r);
Err page_rule_set(Req *r);
Err post_rule_set(Req *r);
Err page_rule_set_edit(Req *r);
Err post_rule_set_edit(Req *r);
Err post_rule_set_copy(Req *r);
Err page_rule_set_record(Req *r);
Err post_rule_set_record(Req *r);
Err page_rule_set_try(Req *r);
Err post_rule_set_try(Req *r);

/* ---- the tree of a computation ---- */

typedef struct RuleStep RuleStep;
typedef struct RuleSteps { RuleStep *at; size_t len, cap; } RuleSteps;
struct RuleStep {
	Str       what, name, value;             /* "Vyrovnávací platba", "a * b", "13 200 000 Kč" */
	Str       source, link, legal;
	bool      failed, again;                 /* again: the same step is shown above with what is below it */
	bool      is_open;                       /* what is below it is shown at once */
	RuleSteps steps;
};
/* For {% use rule_steps(&root) %} of rulebook.html. */
RuleStep *rule_steps_of(Arena *a, const RuleNode *root);

/* ---- a set over a stored record ---- */

/* Rules that the record has inputs for, each with its tree, beside what the version in force says. */
typedef struct RuleOutcome { RuleStep *tree; Str key, title, before; bool changed; } RuleOutcome;
VIEW_LIST(RuleOutcome, RuleOutcomes);
typedef struct RecordTrial {
	Str          find, address;              /* as asked: words; "reference_value-12" */
	OptionViews  found;                      /* records that may be chosen: address and label */
	Str          label, link, problem, summary;
	RuleOutcomes outcomes;
	Strs         without;                    /* rules that the record has no inputs for */
	Date         day;
	bool         is_chosen, compares;
} RecordTrial;
/* Finds records, and computes over the one that is named. Nothing is written. `set` may be NULL: then only records are found. `against` may be NULL. */
MUST_USE Err record_trial(Req *r, const RuleSet *set, const RuleSet *against, Str find, Str address, RecordTrial *ret);
/* The other version that a draft is told apart from: the one in force today, NULL when it is this one or there is none. */
MUST_USE Err set_in_force(Req *r, const RuleVersion *v, RuleSet **ret);
/* Does the record say nothing of an input that the rule needs; has the rule inputs at all. */
bool         rule_lacks_input(const RuleNode *n);
bool         rule_has_inputs(const RuleSet *set, const RuleName *rule);
MUST_USE Err rule_set_of_page(Req *r, RuleVersion **v, RuleSet **set);

/* ---- views ---- */

typedef struct RuleSetLine { Str href, title, code, no, state, since; TagKind tone; } RuleSetLine;
VIEW_LIST(RuleSetLine, RuleSetLines);

typedef struct RuleNameLine { Str name, title, type, value, legal; i64 max; } RuleNameLine;
VIEW_LIST(RuleNameLine, RuleNameLines);

typedef struct FaultLine { Str block, line, mark, after, text; int row, column; bool is_warning; } FaultLine;
VIEW_LIST(FaultLine, FaultLines);

typedef struct RuleSetPage {
	const RuleVersion *v;
	Str           title, lead, edit_href, try_href, record_href, rehearse_href, sheet_href, history_href, copy_action, copy_csrf, public_href;
	PairViews     facts;
	RuleNameLines rules, parameters, others;
	FaultLines    faults;
	WorkPanel     panel;
	bool          has_panel;
} RuleSetPage;

typedef struct RuleSetForm {
	Str         title, action, back, csrf;
	i64         version;
	FieldView   fields[4];
	ErrorsView *errors;
	FaultLines  faults;
	bool        was_saved, was_tried;
	FieldView   find, record;
	RecordTrial trial;
} RuleSetForm;

typedef struct RuleSetRecord {
	Str         title, lead, back, here, keep_action, csrf, keep_why;
	FieldView   find, keep_rule;
	RecordTrial trial;
	Links       found, kept;                 /* records to choose; computations of the chosen one */
	bool        may_keep;
} RuleSetRecord;

typedef struct TryResult { Str title, value, before; bool failed, changed; } TryResult;
VIEW_LIST(TryResult, TryResults);
typedef struct TryCase { Str title, note; RuleStep *tree; TryResults results; } TryCase;
VIEW_LIST(TryCase, TryCases);

typedef struct RuleSetTry {
	Str         title, lead, action, back, csrf, summary;
	FieldView   cells, rule, day, against;
	ErrorsView *errors;
	TryCases    cases;
	bool        compares;
} RuleSetTry;
