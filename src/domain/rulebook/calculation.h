/* calculation.h: computations that are kept: why did this application get 61 points. The whole tree of a number down to its source cells, with the version of the rules,
 * belongs to a record of some subject (core/rule_case.h: its kind and id). It is written once and never changes; computing anew keeps another one.
 *
 *     RuleRun        *run = rule_run(c->arena, set, day, cells, arg);
 *     const RuleNode *n = rule_eval(run, S("body_celkem"));
 *     TRY(calculation_keep(c, &(NewCalculation){"application", a->head.id, version, S("Body celkem")}, run, n, &id));
 *
 * Its page is calculation_link (/app/vypocty/ID) with the PDF for the annex of a decision. Lists of them: {% use calculations(calculation_lines(…)) %} of
 * calculation.html. Who may see one: whoever `find` of the kind gives the owner to. */
#pragma once
#include "core/print.h"
#include "core/rule_case.h"
#include "domain/rulebook/rulebook.h"

typedef struct Calculation {
	Id      id;
	Str     owner_kind;
	Id      owner;
	Str     rule, title, result;             /* "body_celkem", "Body celkem", as people see it */
	Id      version;                         /* RuleVersion, 0 = none was kept */
	Str     set_code, set_digest;
	Date    day;
	Str     tree, tree_sha256;               /* rule_tree_read */
	Instant made_at;
	Printout pdf;
	Str     file_sha256;
} Calculation;
typedef struct Calculations { Calculation *at; size_t len, cap; } Calculations;

typedef struct NewCalculation {
	const char       *owner_kind;            /* code of a RuleCaseKind */
	Id                owner;
	const RuleVersion *version;              /* whose text computed it; NULL = a formula of its own */
	Str               title;                 /* {0} = that of the rule */
} NewCalculation;

/* Asks no right: the subject has decided that it computes. When the newest one of this owner and rule is the same tree, that one is given again. */
MUST_USE Err calculation_keep(Ctx *c, const NewCalculation *n, const RuleRun *run, const RuleNode *root, Id *ret);
/* For the acting person. ERR_NOT_FOUND when the owner is not for them. */
MUST_USE Err calculation_get(Ctx *c, Id id, Calculation *ret);
/* Newest first; `rule` {0} = all. Asks no right: the caller shows them on the page of the owner. */
MUST_USE Err calculations_of(Ctx *c, const char *owner_kind, Id owner, Str rule, Calculations *ret);
Str          calculation_link(Arena *a, Id id);

/* The set once more over the cells that stand in the tree. *agrees: it gives the same result; *why says what differs, whole sentences. */
MUST_USE Err calculation_again(Ctx *c, const Calculation *k, bool *agrees, Str *why);

/* ---- the PDF, made once ---- */

#define CALCULATION_PDF_JOB "rulebook.calculation_pdf"
MUST_USE Err calculation_ask_pdf(Ctx *c, const Calculation *k);
/* In a transaction; nothing happens when it has one already. */
MUST_USE Err calculation_keep_pdf(Ctx *c, Id id, const StoredFile *staged);
Str          calculation_file_name(Arena *a, Id id);
MUST_USE Err calculation_stored(Ctx *c, Id id, Calculation *ret);        /* whoever asks */
/* Row of doctor: what is kept is what was written, and its rules give it again. */
Err          check_calculations(Ctx *c, bool *fine, Str *detail);
