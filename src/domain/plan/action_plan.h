/* action_plan.h: the action plan of one year: which cards of a plan in force are worked on in that year, what they cost then, what is carried over from the
 * years before and in what they differ from the plan as it was approved.
 *
 * The officer writes what the region will do; the rest is derived from cards and frozen with the text. It goes a way of its own: draft, comments,
 * final wording, approval. */
#pragma once
#include "domain/plan/card.h"

#define ACTION_DRAFTING        "drafting"
#define ACTION_IN_CONSULTATION "in_consultation"
#define ACTION_FINAL           "final"
#define ACTION_IN_APPROVAL     "in_approval"
#define ACTION_IN_FORCE        "in_force"
#define ACTION_CLOSED          "closed"

#define ACTION_PLAN_FIELDS(F, T) \
	F(T, plan, ref, "Plán", .target = &plan_entity, .required = true, .readonly = true, .filter = true) \
	F(T, year, int, "Rok", .required = true, .readonly = true, .min = 2000, .max = 2110, .list = 2) \
	F(T, title, text, "Název", .required = true, .readonly = true, .max = 200, .list = 1) \
	F(T, state, code, "Stav", .codelist = "action_plan_state", .readonly = true, .by_workflow = true, .list = 3) \
	F(T, activities, longtext, "Co kraj v tomto roce udělá", .max = 100000, .hint = "Text s nadpisy a odrážkami. Karty, částky a rozdíly proti plánu se doplní samy.") \
	F(T, changed_at, instant, "Uloženo", .readonly = true) \
	F(T, changed_by, text, "Uložil", .readonly = true, .max = 200) \
	F(T, resolution, ref, "Schválen usnesením", .target = &resolution_entity, .readonly = true) \
	F(T, document, ref, "Dokument v knihovně", .target = &document_entity, .readonly = true) \
	F(T, newest_version, ref, "Poslední zmrazená verze", .target = &document_version_entity, .readonly = true) \
	F(T, valid_version, ref, "Verze v platnosti", .target = &document_version_entity, .readonly = true)
ENTITY_STRUCT(ActionPlan, ACTION_PLAN_FIELDS)
extern const Entity  action_plan_entity;
extern const Machine action_plan_machine;
typedef struct ActionPlans { ActionPlan **at; size_t len, cap; } ActionPlans;

/* For a year of a plan that is in force. ERR_INVALID at "year", ERR_CONFLICT when the year has one. Needs plan.update. */
MUST_USE Err action_plan_open(Ctx *c, const Plan *p, i64 year, Id *ret);
/* ERR_NOT_FOUND. */
MUST_USE Err action_plan_stored(Ctx *c, Id id, ActionPlan **ret);
MUST_USE Err action_plan_of_year(Ctx *c, const Plan *p, i64 year, ActionPlan **ret);
/* The newest year first. */
MUST_USE Err action_plans_of(Ctx *c, const Plan *p, ActionPlans *ret);
/* Text as the author wrote it; a.head.version says which one was read. Needs plan.update; ERR_CONFLICT when frozen or somebody was faster. */
MUST_USE Err action_plan_save(Ctx *c, ActionPlan *a, Str activities);
bool         action_plan_is_public(const ActionPlan *a);
/* What people see: the valid version, else the one put forward; 0 = none. */
Id           action_plan_shown(const ActionPlan *a);

typedef enum ActionKind { ACTION_STARTS, ACTION_CONTINUES, ACTION_CARRIED } ActionKind;
Str action_kind_text(ActionKind k);

typedef struct ActionCard {
	ActivityCard *card;
	ActionKind          kind;
	YearMoney           money;               /* of that year */
	Str                 milestone;
} ActionCard;
typedef struct ActionCards { ActionCard *at; size_t len, cap; PlanMoney money; size_t year; } ActionCards;   /* money.years[year] is their sum */
/* Approved and running cards, and those done, with work or money in the year; carried over: should have ended before it, and did not. */
MUST_USE Err action_cards(Ctx *c, const ActionPlan *a, ActionCards *ret);

typedef struct ActionDifference { Str code, title, what; } ActionDifference;
typedef struct ActionDifferences { ActionDifference *at; size_t len, cap; bool known; } ActionDifferences;  /* known: the version has its cards frozen */
/* In what the cards of the year differ from a frozen version of the plan, or of the action plan itself. */
MUST_USE Err action_differences(Ctx *c, const ActionPlan *a, Id version, const ActionCards *cards, ActionDifferences *ret);

/* The whole text, as Markdown. */
MUST_USE Err action_plan_compose(Ctx *c, const ActionPlan *a, Str *ret);

/* Remember what a version says about cards that count; for the steps that freeze. */
MUST_USE Err cards_freeze(Ctx *c, const Plan *p, Id version, const Cards *cards);
