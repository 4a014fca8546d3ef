/* rulebook.h: rule sets of the region as it keeps them: versions that are drafted, approved by a second pair of eyes, published and never changed after that.
 *
 * The text of a set and what it means: core/rules.h. What was computed by a set names its version by code, number and digest. */
#pragma once
#include "core/rules.h"
#include "core/workflow.h"

#define CAP_RULES_READ    "rule_set.read"
#define CAP_RULES_CREATE  "rule_set.create"
#define CAP_RULES_UPDATE  "rule_set.update"
#define CAP_RULES_APPROVE "rule_set.approve"

#define RULES_DRAFT     "draft"
#define RULES_CHECKED   "checked"
#define RULES_PUBLISHED "published"
#define RULES_RETIRED   "retired"

#define RULE_VERSION_FIELDS(F, T) \
	F(T, code, text, "Označení sady", .required = true, .max = 40, .filter = true, .list = 2, .readonly = true) \
	F(T, no, int, "Verze", .required = true, .readonly = true, .list = 3) \
	F(T, title, text, "Název", .required = true, .search = true, .sort = true, .max = 160, .list = 1) \
	F(T, valid_from, date, "Platí od", .list = 5, .hint = "Prázdné: od zveřejnění.") \
	F(T, note, longtext, "Co se proti minulé verzi změnilo", .max = 2000) \
	F(T, source, longtext, "Text pravidel", .required = true, .max = RULE_SET_MAX) \
	F(T, digest, text, "Otisk textu", .readonly = true, .max = 64) \
	F(T, state, code, "Stav", .codelist = "rule_set_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4) \
	F(T, account, int, "Účet autora", .readonly = true, .help = "Kdo text psal naposledy.") \
	F(T, author, text, "Autor", .readonly = true) \
	F(T, made_at, instant, "Založena", .readonly = true) \
	F(T, published_at, instant, "Zveřejněna", .readonly = true)
ENTITY_STRUCT(RuleVersion, RULE_VERSION_FIELDS)
extern const Entity  rule_version_entity;
extern const Machine rule_set_machine;

typedef struct RuleVersions { RuleVersion **at; size_t len, cap; } RuleVersions;
/* Newest first within a set, sets by code; published ones alone, or all. */
MUST_USE Err rule_versions(Ctx *c, bool published_only, RuleVersions *ret);
/* Everybody may read it: it is published, or was. A draft that was dropped never becomes public. */
bool         rule_version_is_public(const RuleVersion *v);
/* Who may not see drafts finds public ones only: ERR_NOT_FOUND. */
MUST_USE Err rule_version_get(Ctx *c, Id id, RuleVersion **ret);
/* The set of this code that holds on a day: the published version that began last. ERR_NOT_FOUND with a sentence. */
MUST_USE Err rule_version_in_force(Ctx *c, Str code, Date day, RuleVersion **ret);
/* Its text, read; lives as long as the Ctx. NULL in *ret when it has errors: *faults says which. */
MUST_USE Err rule_version_open(Ctx *c, const RuleVersion *v, RuleSet **ret, RuleFaults *faults);
/* The same of any text. The longest that a set may be takes more memory than a page has: what is read has an arena of its own, which goes with the Ctx. */
RuleSet     *rule_text_open(Ctx *c, Str source, RuleFaults *faults);

/* A draft with the text of this version and the next number. */
MUST_USE Err rule_version_copy(Ctx *c, Id from, RuleVersion **ret);
/* Title, day, note and text of a draft; mistakes in the text don't matter yet, they are found by opening it. ERR_CONFLICT unless it is a draft. */
MUST_USE Err rule_version_save(Ctx *c, RuleVersion *v);
/* ---- reference values ---- */

#define REFERENCE_VALUE_FIELDS(F, T) \
	F(T, year, int, "Rok", .required = true, .filter = true, .list = 1, .min = 2015, .max = 2100) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .required = true, .filter = true, .list = 2) \
	F(T, unit, code, "Jednotka", .codelist = "network_unit", .required = true, .filter = true, .list = 3) \
	F(T, cost, money, "Referenční náklad na jednotku", .required = true, .list = 4, .max = INT64_C(10000000000)) \
	F(T, revenue, money, "Referenční výnos na jednotku", .required = true, .list = 5, .max = INT64_C(10000000000)) \
	F(T, region_value, money, "Hodnota z poskytovatelů kraje", .list = 6, .max = INT64_C(10000000000)) \
	F(T, providers, int, "Počet poskytovatelů druhu v kraji", .list = 7, .max = 10000) \
	F(T, national_value, money, "Celostátní hodnota", .list = 8, .max = INT64_C(10000000000)) \
	F(T, source, text, "Odkud číslo je", .required = true, .max = 200, .list = 9)
ENTITY_STRUCT(ReferenceValue, REFERENCE_VALUE_FIELDS)
extern const Entity reference_value_entity;
/* Of a kind in a unit ("U", "L"): those of the year, else of the last year before it. ERR_NOT_FOUND with a sentence. */
MUST_USE Err reference_value(Ctx *c, Str kind, Str unit, i64 year, ReferenceValue **ret);
/* The inputs of a set that it gives, with where they stand; false for any other key. NULL: there is none, they are blank. */
bool         reference_value_cell(Arena *a, const ReferenceValue *v, Str key, RuleCell *ret);

/* The sets that the program brings (data/rules), published: those that the store does not know yet. */
MUST_USE Err rulebook_seed(Ctx *c);
MUST_USE Err reference_values_seed(Ctx *c);

/* ---- rehearsal: what would come out otherwise ---- */

typedef struct RehearsalCase {
	Str       title, link;
	Date      day;
	RuleCells cells;
	void     *arg;
} RehearsalCase;
typedef struct RehearsalChange {
	Str       title, link, rule, rule_title;
	RuleValue before, after;
} RehearsalChange;
/* Of a rule that both sets have: for how many cases either of them gives a value, how many of those differ, and the sums of what is known on each side. */
typedef struct RehearsalTotal {
	Str      rule, title;
	RuleType type;
	size_t   computed, changed;
	bool     adds_up;                        /* numbers, and no sum was too large */
	Exact    before, after;
} RehearsalTotal;
typedef struct Rehearsal {
	RehearsalChange *at;                     /* only what differs */
	size_t           len, cap;
	RehearsalTotal  *totals;                 /* in the order of the set */
	size_t           total_count;
	size_t           cases, compared;        /* values that were looked at on both sides */
	Strs             only_before, only_after;        /* rules that the other set does not have */
} Rehearsal;
/* Every rule that both sets have, over every case; failures count as one value, whatever their sentence. */
void rehearse(Arena *a, const RuleSet *before, const RuleSet *after, const RehearsalCase *cases, size_t count, Rehearsal *ret);

/* A case written by a person: lines "název = hodnota". For rule_run; a line that nobody reads or a value of the wrong form is said in *why. */
typedef struct WrittenCase { Str text, why; } WrittenCase;
bool written_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret);
/* A line for each input that the rule needs, without values; of the whole set when `rule` is NULL. */
Str  written_case_blank(Arena *a, const RuleSet *set, const RuleName *rule);
