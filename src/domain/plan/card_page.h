/* card_page.h: pages of the strategy and of activity cards. */
#pragma once
#include "domain/plan/card_inside.h"
#include "domain/plan/card_views_page.h"
#include "domain/plan/plan_page.h"

/* public */
Err page_cards(Req *r);
Err page_card(Req *r);
Err page_cards_money(Req *r);
Err page_cards_progress(Req *r);
/* office */
Err page_office_cards(Req *r);
Err page_office_card(Req *r);
Err post_card_step(Req *r);
Err post_card_money(Req *r);
Err page_card_new(Req *r);
Err post_card_new(Req *r);
Err page_strategy(Req *r);
Err post_strategy_up(Req *r);
Err post_strategy_down(Req *r);
Err page_cards_bulk(Req *r);
Err post_cards_bulk(Req *r);
Err post_card_move(Req *r);
/* annex 2 */
Err page_outlook(Req *r);
Err page_office_outlook(Req *r);
Err post_outlook(Req *r);
Err post_outlook_cards(Req *r);
Err post_outlook_accept(Req *r);
/* action plans */
Err page_action_plan(Req *r);
Err page_action_plans(Req *r);
Err post_action_plan_new(Req *r);
Err page_office_action_plan(Req *r);
Err post_action_plan(Req *r);
Err post_action_plan_step(Req *r);

/* ---- pieces ---- */

/* Cards of the plan that this person may know of: the public ones, and of others those within the rights of the person. */
MUST_USE Err cards_for(Req *r, const Plan *p, Cards *ret);
bool         card_is_for(Req *r, const Plan *p, const ActivityCard *k);
MUST_USE Err card_list_show(Req *r, bool office);
/* What the page of a card tells; `office` leads its links to working pages. */
MUST_USE Err card_page_of(Req *r, const Plan *p, const ActivityCard *k, CardPage *ret);
Html         card_timeline(Arena *a, const Plan *p, const Cards *cards);
Str          card_places_text(Ctx *c, const Units *places);
TagKind      card_tone(const ActivityCard *k);
void         card_money_lines(Req *r, const PlanMoney *m, MoneyLines *ret, Strs *heads);
/* Action plans of a plan: those that the public may know of, or all. */
MUST_USE Err action_plan_lines(Req *r, const Plan *p, bool office, PlanLines *ret);
/* A choice of measures of the plan. */
MUST_USE Err card_measure_field(Req *r, const Plan *p, FieldView *f);
/* Cards as a board in columns by state, or by priority. */
MUST_USE Err card_board(Req *r, const Plan *p, const Strategy *strategy, const Cards *cards, bool office, bool by_priority, CardBoard *ret);
/* The same page as files. */
Links        card_files(Req *r);
Str          card_href(Req *r, const Plan *p, const ActivityCard *k, bool office);
Links        card_ways(Req *r, const Plan *p, bool office, const char *current);
/* As it is typed into a field: without units. */
Str          card_money_typed(Arena *a, Money m);
Str          card_percent(Arena *a, i64 basis_points);
