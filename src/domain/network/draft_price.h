/* draft_price.h: what the rule set in force gives for each line of a draft (F1 over the reference value, F2), beside the ceiling that is written there (G2).
 *
 * Ceilings are taken from the rules by one step, or stay another amount with a reason. The reason holds for the two amounts that it was written for: when either
 * changes, it has to be said again. What an application asked for less than the rules give is a reason by itself. Trees are kept when the version is approved. */
#pragma once
#include "core/rule_case.h"
#include "domain/network/draft.h"
#include "domain/rulebook/rulebook.h"

#define PRICE_RULE           "vyrovnávací_platba"
#define PRICE_RULE_REFERENCE "referenční_hodnota"

#define LINE_PRICE_FIELDS(F, T) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .readonly = true, .filter = true) \
	F(T, draft_line, int, "Řádek návrhu", .readonly = true, .help = "Prázdné, když už verzi schválilo zastupitelstvo.") \
	F(T, line, int, "Řádek sítě", .readonly = true, .filter = true, .help = "Prázdné, dokud verzi zastupitelstvo neschválilo.") \
	F(T, number, text, "Číslo řádku", .readonly = true, .max = 40) \
	F(T, year, int, "Rok", .readonly = true, .required = true) \
	F(T, computed, money, "Podle pravidel", .readonly = true, .max = INT64_C(100000000000000), .help = "Prázdné, když ji pravidla neurčí.") \
	F(T, ceiling, money, "Strop řádku", .readonly = true, .max = INT64_C(100000000000000)) \
	F(T, why, longtext, "Proč je strop jiný", .readonly = true, .max = 2000) \
	F(T, author, text, "Kdo odchylku zdůvodnil", .readonly = true, .max = 200) \
	F(T, made_at, instant, "Kdy", .readonly = true, .required = true)
ENTITY_STRUCT(LinePrice, LINE_PRICE_FIELDS)
extern const Entity line_price_entity;

typedef struct DraftPrice {
	DraftLine      *line;
	i64             ceiling, computed;       /* haléře of the year; BLANK = there is none, the rules don't say */
	Str             fault;                   /* why the rules don't say, or what is wrong with the reference value */
	bool            departs, stands;         /* stands: it doesn't, or there is a reason */
	Str             why, by;                 /* the reason that holds, and whose */
	LinePrice      *row;                     /* NULL = none is kept */
	Date            from, to;                /* the part of the year in which it stands in the network */
} DraftPrice;
typedef struct DraftPrices {
	DraftPrice  *at;
	size_t       len, cap;
	int          year;
	RuleVersion *rules;                      /* NULL: then lacks says why nothing is computed */
	Str          lacks;
	i64          computed;                   /* sum of what the rules give */
	size_t       departing, waiting;         /* waiting: departing without a reason */
} DraftPrices;

/* Lines of the draft that count and whose time touches the year, in the order of their numbers. */
MUST_USE Err draft_prices(Ctx *c, const NetworkVersion *v, DraftPrices *ret);
/* What the rules in force on the first day of the version give for a line and a year in which it stands in the network; BLANK with a fault when they don't say, or
 * when its reference value is another one than they choose. */
MUST_USE Err draft_price_of_year(Ctx *c, const NetworkVersion *v, DraftLine *d, int year, i64 *computed, Str *fault);
/* How one of them came about. reference: NULL when there was nothing to choose from. `node` is NULL when the rules say nothing. */
typedef struct PriceTree { RuleRun *run; const RuleNode *node, *reference; } PriceTree;
MUST_USE Err draft_price_tree(Ctx *c, const NetworkVersion *v, const DraftPrices *all, const DraftPrice *p, PriceTree *ret);
/* Ceilings become what the rules give, but for those with a reason. Needs network.update. */
MUST_USE Err draft_prices_take(Ctx *c, const NetworkVersion *v, size_t *changed);
/* One reason for these lines (their ids in the draft) and no others. Needs network.update. ERR_INVALID when there is nothing to explain at one of them. */
MUST_USE Err draft_prices_explain(Ctx *c, const NetworkVersion *v, const Id *lines, size_t count, Str why);

/* ---- from draft.c, module.c ---- */

MUST_USE Err draft_prices_settle(Ctx *c, const NetworkVersion *v, const DraftPrices *all);    /* trees are kept; lines have their origin. In a transaction. */
MUST_USE Err draft_prices_drop(Ctx *c, Id version);
Err          prices_stand(Ctx *c, const WorkObject *o, Verdict *ret);
/* What was kept: for a version, in the order of numbers; for a line of the network, the newest first. */
typedef struct LinePrices { LinePrice **at; size_t len, cap; } LinePrices;
MUST_USE Err line_prices_of_version(Ctx *c, Id version, LinePrices *ret);
MUST_USE Err line_prices(Ctx *c, Id line, LinePrices *ret);
#define PRICE_CASES "line_price"
/* Of a version that is being written for the region, of a decided one for those who read the network. */
Err          price_find_case(Ctx *c, Id id, RuleCase *ret);
