/* card_board_page.c: cards of a plan as a board: a column for each state or priority, with the number of its cards and their money; officers take simple steps
 * right there. */
#include "base/format.h"
#include "core/access.h"
#include "domain/plan/card.html.h"
#include "domain/plan/card_page.h"

static const StrategyItem *priority_of(const Strategy *s, Id measure) {
	const StrategyItem *at = strategy_find(s, measure);
	while (at && strategy_find(s, at->parent))
		at = strategy_find(s, at->parent);
	return at;
}

/* Steps that ask for nothing: no reason, no resolution. Whether their guards agree is said when they are taken. */
static void add_steps(Req *r, const ActivityCard *k, BoardCard *v) {
	for (size_t i = 0; i < card_machine.action_count; i++) {
		const Transition *t = &card_machine.actions[i];
		if (!t->by_system && t->reason != REASON_REQUIRED && !t->resolution && transition_leaves(&card_machine, t, k->state) && may(r->c, t->capability))
			*ARENA_PUSH(r->c->arena, v->steps.at, v->steps.len, v->steps.cap) = (BoardStep){str_c(t->action), str_c(t->title)};
	}
}

static BoardCard card_of(Req *r, const Plan *p, const Strategy *strategy, const ActivityCard *k, const PlanMoney *money, bool office, bool by_priority) {
	Arena              *a = r->c->arena;
	const StrategyItem *s = strategy_find(strategy, k->measure);
	BoardCard v = {.code = k->code, .title = k->title, .tone = card_tone(k), .version = k->head.version,
		.href = card_href(r, p, k, office)};
	v.state = by_priority ? state_title(&card_machine, k->state) : (Str){0};
	v.note = s ? str_format(a, "%.*s %.*s", STR_ARG(s->code), STR_ARG(s->title)) : (Str){0};
	if (money->total.cost != BLANK)
		v.missing = money->total.missing > 0 ? str_format(a, "%.*s, chybí %.*s", STR_ARG(money_text(a, money->total.cost, "–")), STR_ARG(money_text(a, money->total.missing, "–")))
		                                     : money_text(a, money->total.cost, "–");
	if (!office)
		return v;
	add_steps(r, k, &v);
	v.move = str_format(a, "/app/plan/%.*s/karty/%lld/posun", STR_ARG(p->slug), (long long)k->head.id);
	v.csrf = v.steps.len ? csrf_token(r, v.move) : (Str){0};
	if (by_priority && card_counts(k) && card_may_edit(r->c, k))
		v.change = str_format(a, "/app/plan/%.*s/karty/hromadne?id=%lld", STR_ARG(p->slug), (long long)k->head.id);
	return v;
}

typedef struct Sum { i64 count, cost, missing; } Sum;

static void put_column(Req *r, CardBoard *board, BoardColumn *column, const Sum *sum) {
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, sum->count, "karta", "karty", "karet");
	column->count = buf_take(&count, r->c->arena);
	column->cost = money_text(r->c->arena, sum->cost, "–");
	column->missing = money_text(r->c->arena, sum->missing, "–");
	column->id = str_format(r->c->arena, "sloupec-%zu", board->columns.len + 1);
	*ARENA_PUSH(r->c->arena, board->columns.at, board->columns.len, board->columns.cap) = *column;
}

/* Columns of the states that have cards, in the order of the machine; or of all priorities. */
Err card_board(Req *r, const Plan *p, const Strategy *strategy, const Cards *cards, bool office, bool by_priority, CardBoard *ret) {
	PlanMoney *each;
	*ret = (CardBoard){0};
	TRY(cards_money_each(r->c, p, cards, &each));
	size_t columns = by_priority ? strategy->len : card_machine.state_count;
	for (size_t i = 0; i < columns; i++) {
		const StrategyItem *item = by_priority ? strategy->at[i] : NULL;
		const State        *state = by_priority ? NULL : &card_machine.states[i];
		Sum                 sum = {0};
		if (item && !str_eq(item->level, S(STRATEGY_PRIORITY)))
			continue;
		BoardColumn column = {.title = item ? str_format(r->c->arena, "%.*s %.*s", STR_ARG(item->code), STR_ARG(item->title)) : str_c(state->title)};
		for (size_t k = 0; k < cards->len; k++) {
			const ActivityCard *card = cards->at[k];
			if (item ? priority_of(strategy, card->measure) != item : !str_eq(card->state, str_c(state->key)))
				continue;
			sum.count++;
			sum.cost += each[k].total.cost == BLANK ? 0 : each[k].total.cost;
			sum.missing += each[k].total.missing;
			*ARENA_PUSH(r->c->arena, column.cards.at, column.cards.len, column.cards.cap) = card_of(r, p, strategy, card, &each[k], office, by_priority);
		}
		if (item || sum.count)
			put_column(r, ret, &column, &sum);
	}
	return OK;
}

/* Back to the board with the same filter; only addresses of this plan's cards. */
static Str way_back(Req *r, const Plan *p) {
	Str list = str_format(r->c->arena, "/app/plan/%.*s/karty", STR_ARG(p->slug)), next = form(r, "next");
	return str_starts(next, str_cat(r->c->arena, list, S("?"))) ? next : list;
}

Err post_card_move(Req *r) {
	Plan *p;
	Id    id;
	void *row;
	i64   version;
	TRY(plan_of_address(r, true, &p));
	TRY(arg_id(r, 1, &id));
	TRY(entity_get(r->c, &card_entity, TODAY, id, &row));
	const ActivityCard *k = row;
	const Transition   *t = machine_action(&card_machine, k->state, form(r, "krok"));
	if (k->plan != p->head.id)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou kartu tento plán nemá.");
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	Err e = t ? workflow_do(r->c, &card_machine, id, t->action, &(WorkInput){.version = version})
	          : fail(r->c, ERR_CONFLICT, NULL, "Karta %.*s je mezitím v jiném stavu (%.*s).", STR_ARG(k->code), STR_ARG(state_title(&card_machine, k->state)));
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		notice(r, "%.*s: %.*s", STR_ARG(k->code), STR_ARG(first_problem(r->c)));
	else if (e != OK)
		return e;
	else
		notice(r, "%.*s: %s.", STR_ARG(k->code), t->done);
	return redirect(r, "%.*s", STR_ARG(way_back(r, p)));
}
