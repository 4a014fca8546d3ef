/* outlook.h: annex 2 of a plan, the outlook of money: costs and sources by year, for each part of what the plan pays for. An officer enters it; the part that
 * is made of activity cards (annex 1) must say what the cards say, and one table is the web page, the text of the plan and the files.
 *
 * A blank amount is not zero. Per year Σ sources + uncovered = Σ costs + reserve, and one of the two is zero (F19). An uncovered amount is taken note of by
 * the head of the department, and only as it stood then: another amount needs another note. */
#pragma once
#include "domain/plan/card.h"

#define CAP_OUTLOOK_EDIT   "plan.outlook"
#define CAP_OUTLOOK_ACCEPT "plan.outlook_accept"

#define PLAN_OUTLOOK_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .readonly = true) \
	F(T, note, longtext, "Z čeho výhled vychází", .max = 3000) \
	F(T, changed_at, instant, "Uloženo", .readonly = true) \
	F(T, changed_by, text, "Uložil", .readonly = true, .max = 200) \
	F(T, accepted_missing, money, "Nekrytá částka vzatá na vědomí", .readonly = true, .max = 100000000000000) \
	F(T, accepted_why, longtext, "Proč ji vedoucí odboru vzal na vědomí", .readonly = true, .max = 2000) \
	F(T, accepted_by, text, "Kdo ji vzal na vědomí", .readonly = true, .max = 200) \
	F(T, accepted_at, instant, "Kdy", .readonly = true)
ENTITY_STRUCT(PlanOutlook, PLAN_OUTLOOK_FIELDS)
extern const Entity plan_outlook_entity;

#define OUTLOOK_OPERATING  "provoz"
#define OUTLOOK_INVESTMENT "investice"

#define PLAN_OUTLOOK_CELL_FIELDS(F, T) \
	F(T, outlook, ref, "Výhled", .target = &plan_outlook_entity, .required = true, .readonly = true) \
	F(T, part, code, "Část", .codelist = "outlook_part", .required = true, .readonly = true) \
	F(T, item, text, "Položka", .required = true, .readonly = true, .max = 40, .help = "provoz, investice, nebo kód zdroje.") \
	F(T, year, int, "Rok", .required = true, .readonly = true, .min = 2000, .max = 2110) \
	F(T, amount, money, "Částka", .required = true, .readonly = true, .max = 100000000000000)
ENTITY_STRUCT(PlanOutlookCell, PLAN_OUTLOOK_CELL_FIELDS)
extern const Entity plan_outlook_cell_entity;

enum { OUTLOOK_PARTS_MAX = 8, OUTLOOK_ITEMS_MAX = SOURCES_MAX + 2 };

typedef struct Outlook {
	Plan        *plan;
	PlanOutlook *head;                       /* NULL = nobody has entered any */
	CodeItems    parts, sources;
	CardGridYear at[OUTLOOK_PARTS_MAX][PLAN_YEARS];
	PlanMoney    part[OUTLOOK_PARTS_MAX];    /* sums of each part */
	PlanMoney    all;                        /* … and of all of them: .missing is what is uncovered, .surplus the reserve */
	i64          change;                     /* version that a form was made from; 0 = of a new one */
	Id           version;                    /* frozen version of the plan's document whose annex it is; 0 = as it is entered now */
} Outlook;

/* As it is entered now, for officers. */
MUST_USE Err outlook_read(Ctx *c, Plan *p, Outlook *ret);
/* As a frozen version says it, for whoever may know of the version; without a head when that version has none. */
MUST_USE Err outlook_of_version(Ctx *c, Plan *p, Id version, Outlook *ret);
/* Steps of the plan: amounts become those of a version; so does a note of what is uncovered, if it comes while the version is the newest and frozen. */
MUST_USE Err outlook_freeze(Ctx *c, Plan *p, Id version);
MUST_USE Err outlook_freeze_acceptance(Ctx *c, const Outlook *o);
/* Parts, sources and blank amounts; those of the rows that a statement gives for `of`: part, item, year, amount. */
MUST_USE Err outlook_blank(Ctx *c, Plan *p, Outlook *ret);
MUST_USE Err outlook_cells_read(Ctx *c, const Sql *sql, Id of, Outlook *o);
/* Amounts may be entered now: until the plan's text is frozen. */
bool         outlook_is_open(const Plan *p);
/* Sums again, after cells were changed. */
void         outlook_sum(Outlook *o);
/* "provoz", "investice", then sources in the order of their list; {0} past the end. */
Str          outlook_item(const Outlook *o, size_t i);
Str          outlook_item_name(const Outlook *o, size_t i);
Money       *outlook_cell(Outlook *o, size_t part, size_t year, size_t item);
/* Writes what differs. Needs plan.outlook. ERR_CONFLICT when somebody was faster or the plan is frozen. */
MUST_USE Err outlook_save(Ctx *c, const Outlook *o, Str note);
/* The part made of cards takes their sums as they are now. */
MUST_USE Err outlook_take_cards(Ctx *c, Plan *p, CardsOf which);
/* The head of the department takes note of the uncovered amount (haléře, as it was `seen`; ERR_CONFLICT when it is another by now). Needs plan.outlook_accept. */
MUST_USE Err outlook_accept(Ctx *c, Plan *p, i64 seen, Str why);
/* Everything is covered, or what is not was taken note of as it is. */
bool         outlook_is_accepted(const Outlook *o);

/* One cell of the part made of cards in which the outlook and the cards differ. */
typedef struct OutlookDifference { i64 year; Str item; i64 entered, cards; } OutlookDifference;
typedef struct OutlookDifferences { OutlookDifference *at; size_t len, cap; } OutlookDifferences;
/* Against annex 1: all cards that count; of a frozen version those that everybody may know of. */
MUST_USE Err outlook_differences(Ctx *c, const Outlook *o, OutlookDifferences *ret);
/* As a table of text: rows by part and item, columns by year. */
MUST_USE Err outlook_table(Ctx *c, const Outlook *o, Table *t);

extern const Guard guard_totals, guard_outlook_attached, guard_outlook_written, guard_outlook_balances, guard_cards_evaluated;
extern const LiveItem outlook_live_items[1];
