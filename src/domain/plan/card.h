/* card.h: the strategy of a plan (priorities, goals, measures) and its activity cards: what will change, where, for whom, for how much and by when.
 *
 * A card hangs on a measure and has a code that is unique in the plan ("A02-09"). Anybody of a territory or a provider may propose one; the plan
 * approves it, and then it runs and is measured every year. Money stands by year and source; a blank amount is not zero. Capacity is in hundredths of
 * a full-time worker or of a bed, as in needs. */
#pragma once
#include "core/access.h"
#include "core/codelist.h"
#include "domain/people/people.h"
#include "domain/plan/plan.h"
#include "domain/register/register.h"

#define CAP_CARD_READ    "activity_card.read"
#define CAP_CARD_CREATE  "activity_card.create"
#define CAP_CARD_PROPOSE "activity_card.propose"
#define CAP_CARD_UPDATE  "activity_card.update"
#define CAP_CARD_APPROVE "activity_card.approve"

/* ---- strategy ---- */

#define STRATEGY_PRIORITY "priority"
#define STRATEGY_GOAL     "goal"
#define STRATEGY_MEASURE  "measure"

#define STRATEGY_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .filter = true, .list = 4) \
	F(T, level, code, "Úroveň", .codelist = "strategy_level", .required = true, .filter = true, .list = 3) \
	F(T, parent, ref, "Patří pod", .target = &strategy_entity, .hint = "Cíl patří pod prioritu, opatření pod cíl.") \
	F(T, code, text, "Kód", .required = true, .max = 20, .list = 1, .hint = "Jedinečný v plánu, například 1, 1.2 nebo 1.2.3.") \
	F(T, title, text, "Název", .required = true, .search = true, .max = 200, .list = 2) \
	F(T, text, longtext, "Popis", .max = 5000) \
	F(T, working_groups, codes, "Pracovní skupiny", .codelist = "working_group", .filter = true, .list = 5, .help = "Krajské skupiny, které na položce pracují.") \
	F(T, place, int, "Pořadí", .readonly = true, .min = 1, .max = 100000)
extern const Entity strategy_entity;
ENTITY_STRUCT(StrategyItem, STRATEGY_FIELDS)
typedef struct Strategy { StrategyItem **at; size_t len, cap; } Strategy;

/* Parents before children, in the order that the plan gives them; whoever asks. */
MUST_USE Err strategy_of(Ctx *c, Id plan, Strategy *ret);
const StrategyItem *strategy_find(const Strategy *s, Id id);
/* Groups of an item and of those above it, each once, in the order from the item upwards. */
Strs strategy_groups(Arena *a, const Strategy *s, Id item);
/* One place up or down among its siblings; at the edge nothing happens. Needs plan.update. */
MUST_USE Err strategy_move(Ctx *c, Id item, bool up);

/* ---- cards ---- */

#define CARD_PROPOSED "proposed"
#define CARD_APPROVED "approved"
#define CARD_RUNNING  "running"
#define CARD_DONE     "done"
#define CARD_STOPPED  "stopped"
#define CARD_MOVED    "moved"

#define CARD_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .filter = true, .list = 3) \
	F(T, code, text, "Kód", .required = true, .search = true, .max = 12, .list = 1, .hint = "Písmeno oblasti, dvě číslice, pomlčka a pořadí, například A02-09.") \
	F(T, title, text, "Název", .required = true, .search = true, .sort = true, .max = 200, .list = 2) \
	F(T, measure, ref, "Opatření", .target = &strategy_entity, .required = true, .filter = true, .list = 4) \
	F(T, description, longtext, "Co se udělá", .required = true, .max = 5000) \
	F(T, justification, longtext, "Proč", .required = true, .max = 5000) \
	F(T, target_groups, codes, "Cílové skupiny", .codelist = "target_group", .required = true, .filter = true) \
	F(T, kinds, codes, "Druhy služeb", .codelist = "service_kind", .required = true, .filter = true) \
	F(T, forms, codes, "Formy", .codelist = "service_form") \
	F(T, change_type, code, "Druh změny", .codelist = "card_change", .required = true, .filter = true) \
	F(T, unit, code, "Jednotka kapacity", .codelist = "network_unit", .required = true) \
	F(T, capacity_now, fte, "Kapacita nyní", .required = true, .max = 100000000, .hint = "Úvazky na dvě desetinná místa, lůžka celým číslem. Nová služba má 0.") \
	F(T, capacity_target, fte, "Cílová kapacita", .required = true, .max = 100000000, .list = 5) \
	F(T, implementer, ref, "Realizátor z registru", .target = &provider_entity, .filter = true) \
	F(T, partners, text, "Další realizátoři a partneři", .max = 500) \
	F(T, responsible, text, "Kdo za kartu odpovídá", .required = true, .max = 200, .hint = "Útvar nebo funkce, ne jméno.") \
	F(T, starts_on, date, "Od", .required = true) \
	F(T, ends_on, date, "Do", .required = true, .hint = "Včetně tohoto dne.") \
	F(T, risks, longtext, "Rizika", .max = 5000) \
	F(T, conditions, longtext, "Podmínky", .max = 5000) \
	F(T, district, ref, "Obvod ORP, který kartu navrhl", .target = &territory_entity, .readonly = true) \
	F(T, municipality, ref, "Obec, která kartu navrhla", .target = &territory_entity, .readonly = true) \
	F(T, state, code, "Stav", .codelist = "card_state", .readonly = true, .by_workflow = true, .filter = true, .list = 6)
extern const Entity card_entity;
ENTITY_STRUCT(ActivityCard, CARD_FIELDS)
extern const Machine card_machine;
typedef struct Cards { ActivityCard **at; size_t len, cap; } Cards;

/* A new card in the state proposed: the plan's coordinator for the region, others for their own territory or organisation. */
MUST_USE Err card_add(Ctx *c, ActivityCard *card);
MUST_USE Err card_stored(Ctx *c, Id id, ActivityCard **ret);
/* Which cards of a plan a person may know of: the public those that the plan put forward; officers all. In the order of codes. */
typedef enum CardsOf { CARDS_PUBLIC, CARDS_ALL } CardsOf;
MUST_USE Err cards_of(Ctx *c, const Plan *p, CardsOf which, Cards *ret);
bool         card_is_public(Ctx *c, const Plan *p, const ActivityCard *card);
/* The region any card; others a proposal of their own: of their organisation, municipality or district. What they read is more (row scope of the entity). */
bool         card_may_edit(Ctx *c, const ActivityCard *card);
/* That proposed it, or in which the municipality lies today that did; 0 = neither. */
Id           card_district(Ctx *c, const ActivityCard *card);
MUST_USE Err card_by_code(Ctx *c, const Plan *p, Str code, ActivityCard **ret);
/* Neither stopped nor moved: counted in sums and in progress. */
bool         card_counts(const ActivityCard *card);

/* ---- where ---- */

#define CARD_TERRITORY_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, territory, ref, "Území", .target = &territory_entity, .required = true, .filter = true, .list = 2)
ENTITY_STRUCT(CardTerritory, CARD_TERRITORY_FIELDS)
extern const Entity card_territory_entity;
/* Units in Czech order; none = nobody has said. */
MUST_USE Err card_territories(Ctx *c, Id card, Units *ret);
/* "Frýdlant, Liberec" */
Str          units_text(Arena *a, const Units *places);
/* Does it reach the district: it is named, or the whole region is, or one of its municipalities. */
bool         card_reaches(Ctx *c, const Units *places, Id district);

/* ---- who carries it out ---- */

#define CARD_IMPLEMENTER_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, provider, ref, "Poskytovatel z registru", .target = &provider_entity, .filter = true, .list = 2, .hint = "Vyplňte poskytovatele, nebo organizaci.") \
	F(T, organisation, ref, "Jiná organizace", .target = &organisation_entity, .filter = true, .list = 3, .hint = "Obec, kraj nebo jiný úřad.") \
	F(T, role, text, "Úloha", .max = 200, .list = 4, .hint = "Například hlavní realizátor nebo partner.")
ENTITY_STRUCT(CardImplementer, CARD_IMPLEMENTER_FIELDS)
extern const Entity card_implementer_entity;

typedef struct Implementer { Str key, name, role; } Implementer;         /* key: "p12" of the register, "o5" of an organisation */
typedef struct Implementers { Implementer *at; size_t len, cap; } Implementers;
/* That of the card itself first, then the others in the order in which they were added; each once. */
MUST_USE Err card_implementers(Ctx *c, const ActivityCard *k, Implementers *ret);
/* "Město Frýdlant (partner), Služby doma" */
Str          implementers_text(Arena *a, const Implementers *all);

/* ---- relations ---- */

#define RELATION_DEPENDS  "depends"
#define RELATION_EXCLUDES "excludes"

#define CARD_RELATION_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, kind, code, "Vazba", .codelist = "card_relation", .required = true, .filter = true, .list = 2) \
	F(T, other, ref, "Druhá karta", .target = &card_entity, .required = true, .list = 3)
ENTITY_STRUCT(CardRelation, CARD_RELATION_FIELDS)
extern const Entity card_relation_entity;
/* Cards on which it depends, or that it excludes and that exclude it. */
MUST_USE Err card_related(Ctx *c, Id card, const char *kind, Cards *ret);

/* ---- money ---- */

#define CARD_YEAR_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, year, int, "Rok", .required = true, .min = 2000, .max = 2110, .filter = true, .list = 2) \
	F(T, operating_cost, money, "Provozní náklady", .list = 3, .max = 100000000000000, .hint = "Prázdné pole neznamená nulu.") \
	F(T, investment_cost, money, "Investiční náklady", .list = 4, .max = 100000000000000) \
	F(T, milestone, text, "Milník roku", .max = 300, .list = 5)
ENTITY_STRUCT(CardYear, CARD_YEAR_FIELDS)
extern const Entity card_year_entity;

#define CARD_SOURCE_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, year, int, "Rok", .required = true, .min = 2000, .max = 2110, .filter = true, .list = 2) \
	F(T, source, code, "Zdroj", .codelist = "funding_source", .required = true, .filter = true, .list = 3) \
	F(T, amount, money, "Částka", .required = true, .max = 100000000000000, .list = 4)
ENTITY_STRUCT(CardSource, CARD_SOURCE_FIELDS)
extern const Entity card_source_entity;

typedef struct CardYears { CardYear **at; size_t len, cap; } CardYears;
typedef struct CardSources { CardSource **at; size_t len, cap; } CardSources;
MUST_USE Err card_years(Ctx *c, Id card, CardYears *ret);
MUST_USE Err card_sources(Ctx *c, Id card, CardSources *ret);

enum { SOURCES_MAX = 24, PLAN_YEARS = 3 };

/* One year of some cards. Haléře; BLANK = nobody has said. */
typedef struct YearMoney {
	i64 year, operating, investment, cost;
	i64 by_source[SOURCES_MAX];              /* in the order of PlanMoney.sources */
	i64 sources, missing, surplus;           /* missing: Σ over cards of what their sources do not reach; surplus: what they exceed */
} YearMoney;
typedef struct PlanMoney {
	CodeItems sources;
	YearMoney years[PLAN_YEARS], total;
} PlanMoney;
/* Of cards that count; exact sums of what the cards say. */
MUST_USE Err cards_money(Ctx *c, const Plan *p, const Cards *cards, PlanMoney *ret);
/* One for each card, whether it counts or not; and their sum over those that count. */
MUST_USE Err cards_money_each(Ctx *c, const Plan *p, const Cards *cards, PlanMoney **ret);
void         cards_money_sum(const Plan *p, const Cards *cards, const PlanMoney *each, const CodeItems *sources, PlanMoney *ret);

/* All money of a card as one form has it; blank amounts say nothing. */
typedef struct CardGridYear { Money operating, investment, by_source[SOURCES_MAX]; } CardGridYear;
typedef struct CardGrid {
	CodeItems    sources;
	Str          seen;                       /* digest of what was stored when it was read */
	i64          first_year;
	CardGridYear years[PLAN_YEARS];
} CardGrid;
MUST_USE Err card_grid_read(Ctx *c, const ActivityCard *k, CardGrid *ret);
/* Writes what differs; an amount that was emptied is taken away. Needs activity_card.update. ERR_CONFLICT when somebody saved after .seen was read. */
MUST_USE Err card_grid_save(Ctx *c, Id card, const CardGrid *g);

/* ---- indicators ---- */

#define CARD_INDICATOR_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, name, text, "Ukazatel", .required = true, .max = 200, .list = 2) \
	F(T, unit, text, "Jednotka", .required = true, .max = 40, .list = 3) \
	F(T, baseline, int, "Výchozí hodnota", .required = true, .max = 1000000000, .list = 4) \
	F(T, target, int, "Cílová hodnota", .required = true, .max = 1000000000, .list = 5) \
	F(T, source, text, "Zdroj údaje", .max = 200)
ENTITY_STRUCT(CardIndicator, CARD_INDICATOR_FIELDS)
extern const Entity card_indicator_entity;

/* By which indicators of its cards an item of the strategy is judged. */
#define STRATEGY_INDICATOR_FIELDS(F, T) \
	F(T, item, ref, "Položka strategie", .target = &strategy_entity, .required = true, .filter = true, .list = 1) \
	F(T, indicator, ref, "Ukazatel karty", .target = &card_indicator_entity, .required = true, .list = 2)
ENTITY_STRUCT(StrategyIndicator, STRATEGY_INDICATOR_FIELDS)
extern const Entity strategy_indicator_entity;
typedef struct StrategyIndicators { StrategyIndicator *at; size_t len, cap; } StrategyIndicators;
/* Of all items of a plan. */
MUST_USE Err strategy_indicators(Ctx *c, Id plan, StrategyIndicators *ret);

#define CARD_MONITORING_FIELDS(F, T) \
	F(T, card, ref, "Karta", .target = &card_entity, .required = true, .filter = true, .list = 1) \
	F(T, indicator, ref, "Ukazatel", .target = &card_indicator_entity, .list = 3) \
	F(T, day, date, "Stav ke dni", .required = true, .filter = true, .list = 2) \
	F(T, value, int, "Hodnota", .max = 1000000000, .list = 4) \
	F(T, text, longtext, "Vyhodnocení", .required = true, .max = 3000, .list = 5)
ENTITY_STRUCT(CardMonitoring, CARD_MONITORING_FIELDS)
extern const Entity card_monitoring_entity;

typedef struct IndicatorState {
	const CardIndicator *indicator;
	i64  value;                              /* the newest measured one; BLANK = none yet */
	Date day;
	i64  progress;                           /* basis points of the way from the baseline to the target, 0–10 000; without a value 0 */
} IndicatorState;
typedef struct IndicatorStates { IndicatorState *at; size_t len, cap; } IndicatorStates;
MUST_USE Err card_indicators(Ctx *c, Id card, IndicatorStates *ret);
typedef struct Monitorings { CardMonitoring **at; size_t len, cap; } Monitorings;
/* Newest first. */
MUST_USE Err card_monitorings(Ctx *c, Id card, Monitorings *ret);
/* (value − baseline) / (target − baseline), between 0 and 10 000. */
i64  indicator_progress(i64 baseline, i64 target, i64 value);
/* The mean of its indicators; BLANK without one. */
i64  card_progress(const IndicatorStates *s);
