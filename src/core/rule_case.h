/* rule_case.h: records that rule sets are computed over, as rows of modules (.rule_cases): a subject says which of its records are cases, who may see them, and what
 * the inputs of a set are for one of them. Whoever keeps the sets tries drafts on them, rehearses them and shows what was computed; it knows the subject by a word only.
 *
 *     static const RuleCaseKind rule_cases[] = {{"application", "Žádosti o zařazení do sítě", list, find, cells}};
 *     …  MODULE_LIST(rule_case, rule_cases),
 */
#pragma once
#include "core/ctx.h"
#include "core/rules.h"

typedef struct RuleCase {
	Id   id;
	Str  label;                              /* "Žádost 12/2027, Domov U Lípy" */
	Str  link;                               /* its page for the acting person, or {0} */
	Date day;                                /* as of which parameters and tables are taken */
} RuleCase;
typedef struct RuleCases { RuleCase *at; size_t len, cap; } RuleCases;

typedef struct RuleCaseKind {
	const char *code, *title;                /* "application", "Žádosti o zařazení do sítě" */
	/* Cases that the acting person may see with their results, the newest first. `find`: words of a name or number, {0} = all. `year`: of the case, BLANK = any.
	 * limit -1 = all. NULL: records that only own stored computations, nothing to try a set on. */
	Err       (*list)(Ctx *c, Str find, i64 year, i64 limit, RuleCases *ret);
	/* ERR_NOT_FOUND when there is none, or it or what was computed for it is not for the acting person to know: this also guards stored computations. */
	Err       (*find)(Ctx *c, Id id, RuleCase *ret);
	/* What rule_run needs, all read now and living as long as c->arena. An input that the record knows nothing of has no cell (false), one that nobody
	 * filled in is blank. Asked only for cases that `find` gave. */
	Err       (*cells)(Ctx *c, Id id, RuleCells *cells, void **arg);
} RuleCaseKind;

/* Does its label have every one of these words, whatever case and diacritics: for `list`. */
bool rule_case_has(Arena *a, const RuleCase *one, Str words);

void rule_cases_setup(const RuleCaseKind *const *lists, const size_t *counts, size_t list_count);
const RuleCaseKind *rule_case_kind_at(size_t i);             /* NULL past the end */
const RuleCaseKind *rule_case_kind(Str code);                /* NULL when unknown */
/* ERR_NOT_FOUND for an unknown kind too. */
MUST_USE Err rule_case_find(Ctx *c, Str kind, Id id, RuleCase *ret);
