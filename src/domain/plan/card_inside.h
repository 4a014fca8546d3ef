/* card_inside.h: what the files of strategy and cards share. */
#pragma once
#include "core/codelist.h"
#include "core/record.h"
#include "core/trail.h"
#include "domain/plan/card.h"
#include "domain/plan/card.sql.h"
#include "domain/plan/inside.h"

typedef struct CardIds { Id *at; size_t len, cap; } CardIds;

/* The first column of every row; rows are read one by one after the query has ended. */
MUST_USE Err ids_read(Ctx *c, const Sql *sql, const DbValue *values, int count, CardIds *ret);
typedef struct CardRelations { CardRelation *at; size_t len, cap; } CardRelations;
MUST_USE Err card_relations_of(Ctx *c, Id plan, CardRelations *ret);
/* The person may write what belongs to the card: ERR_NOT_FOUND, or ERR_INVALID once it is approved and the person is not of the region. */
MUST_USE Err card_check_right(Ctx *c, Id card);
/* The same of a part (with a field `card`), and of the card that it stands at so far: one reads more cards than one may write. */
MUST_USE Err card_check_part(Ctx *c, const Entity *e, const void *row);
/* The plan is approved: its proposed cards are approved with it. */
MUST_USE Err cards_approve_with_plan(Ctx *c, const WorkMove *m);
/* What a text of a plan may name: cards with their sums (annex 1), money by year and source. */
extern const LiveItem card_live_items[2];
/* The plan that is being written, else the one that is valid; NULL = none. */
MUST_USE Err plan_meant(Ctx *c, Plan **ret);
MUST_USE Err cards_money_table(Ctx *c, const Plan *p, const PlanMoney *m, Table *t);
extern const RecordKind card_records[1];
/* Sources of money of a plan: those of the list, and those that have ended but are used. */
MUST_USE Err plan_sources(Ctx *c, const Plan *p, CodeItems *ret);
MUST_USE Err plan_codes(Ctx *c, const char *list, const Sql *used, const Plan *p, CodeItems *ret);
