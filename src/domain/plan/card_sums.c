/* card_sums.c: sums of cards by year and source, exactly; how far cards, goals and priorities are. */
#include "domain/plan/card_inside.h"

/* ---- progress ---- */

i64 indicator_progress(i64 baseline, i64 target, i64 value) {
	i64 ret;
	if (baseline == BLANK || target == BLANK || value == BLANK)
		return 0;
	if (target == baseline)
		return value == target ? 10000 : 0;
	i64 way = target - baseline, gone = value - baseline;
	if (way < 0) {                           /* less is better */
		way = -way;
		gone = -gone;
	}
	if (gone <= 0)
		return 0;
	return gone >= way || !mul_div(gone, 10000, way, &ret) ? 10000 : ret;
}

i64 card_progress(const IndicatorStates *s) {
	i64 sum = 0;
	for (size_t i = 0; i < s->len; i++)
		sum += s->at[i].progress;
	return s->len ? div_round(sum, (i64)s->len) : BLANK;
}

/* ---- money ---- */

static size_t place_of(const Cards *cards, Id card) {
	for (size_t i = 0; i < cards->len; i++)
		if (cards->at[i]->head.id == card)
			return i;
	return SIZE_MAX;
}

static void add(i64 *to, i64 n) {
	if (n != BLANK)
		*to = *to == BLANK ? n : *to + n;
}

static void begin(PlanMoney *m, const CodeItems *sources, const Plan *p) {
	*m = (PlanMoney){.sources = *sources};
	for (size_t i = 0; i <= PLAN_YEARS; i++) {
		YearMoney *y = i < PLAN_YEARS ? &m->years[i] : &m->total;
		*y = (YearMoney){.year = i < PLAN_YEARS ? p->year_from + (i64)i : 0, .operating = BLANK, .investment = BLANK, .cost = BLANK, .sources = BLANK};
		for (size_t k = 0; k < SOURCES_MAX; k++)
			y->by_source[k] = BLANK;
	}
}

static YearMoney *year_of(PlanMoney *m, i64 year) {
	for (size_t i = 0; i < PLAN_YEARS; i++)
		if (m->years[i].year == year)
			return &m->years[i];
	return NULL;
}

static Err add_costs(Ctx *c, const Plan *p, const Cards *cards, PlanMoney *each) {
	Rows r = db_query(ctx_conn(c), &sql_card_costs_of_plan, P(V(p->head.id)));
	while (rows_next(&r)) {
		size_t     card = place_of(cards, col_int(&r, 0));
		YearMoney *y = card == SIZE_MAX ? NULL : year_of(&each[card], col_int(&r, 1));
		if (!y)
			continue;
		add(&y->operating, col_int(&r, 2));
		add(&y->investment, col_int(&r, 3));
		add(&y->cost, col_int(&r, 2));
		add(&y->cost, col_int(&r, 3));
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "costs of cards");
}

static size_t source_place(const CodeItems *sources, Str code) {
	size_t i = 0;
	while (i < sources->len && !str_eq(sources->at[i]->code, code))
		i++;
	return i;
}

static Err add_amounts(Ctx *c, const Plan *p, const Cards *cards, const CodeItems *sources, PlanMoney *each) {
	bool unknown = false;
	Rows r = db_query(ctx_conn(c), &sql_card_amounts_of_plan, P(V(p->head.id)));
	while (rows_next(&r)) {
		size_t     card = place_of(cards, col_int(&r, 0)), source = source_place(sources, col_text(&r, 2));
		YearMoney *y = card == SIZE_MAX ? NULL : year_of(&each[card], col_int(&r, 1));
		if (!y)
			continue;
		if (source >= sources->len) {
			unknown = true;
			continue;
		}
		add(&y->by_source[source], col_int(&r, 3));
		add(&y->sources, col_int(&r, 3));
	}
	if (rows_end(&r) != OK)
		return fail_internal(c, "sources of cards");
	return unknown ? fail(c, ERR_INVALID, NULL, "Některá karta má zdroj, který v číselníku zdrojů není. Doplňte jej do číselníku.") : OK;
}

static bool holds(const CodeItems *all, Str code) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i]->code, code))
			return true;
	return false;
}

/* What the list has today, in its order, then what has ended meanwhile and money of the plan still stands under. */
Err plan_codes(Ctx *c, const char *list, const Sql *used, const Plan *p, CodeItems *ret) {
	Strs codes = {0};
	TRY(codelist_items(c, list, c->today, ret));
	Rows r = db_query(ctx_conn(c), used, P(V(p->head.id)));
	while (rows_next(&r))
		strs_add(c->arena, &codes, str_dup(c->arena, col_text(&r, 0)));
	if (rows_end(&r) != OK)
		return fail_internal(c, "codes of a plan");
	for (size_t i = 0; i < codes.len; i++) {
		const CodeItem *item = holds(ret, codes.at[i]) ? NULL : codelist_find(c, list, codes.at[i]);
		if (item)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = item;
	}
	return OK;
}

Err plan_sources(Ctx *c, const Plan *p, CodeItems *ret) {
	TRY(plan_codes(c, "funding_source", &sql_plan_sources_used, p, ret));
	return ret->len <= SOURCES_MAX ? OK : fail(c, ERR_INVALID, NULL, "Číselník zdrojů má víc než %d položek, tolik jich tabulka nepojme.", SOURCES_MAX);
}

static void add_year(YearMoney *to, const YearMoney *y, size_t sources) {
	add(&to->operating, y->operating);
	add(&to->investment, y->investment);
	add(&to->cost, y->cost);
	add(&to->sources, y->sources);
	add(&to->missing, y->missing);
	add(&to->surplus, y->surplus);
	for (size_t i = 0; i < sources; i++)
		add(&to->by_source[i], y->by_source[i]);
}

/* What one card lacks in one year; what it has over covers no other card and no other year. */
static void close_card(PlanMoney *m) {
	for (size_t i = 0; i < PLAN_YEARS; i++) {
		YearMoney *y = &m->years[i];
		i64 lack = (y->cost == BLANK ? 0 : y->cost) - (y->sources == BLANK ? 0 : y->sources);
		*(lack > 0 ? &y->missing : &y->surplus) = lack > 0 ? lack : -lack;
		add_year(&m->total, y, m->sources.len);
	}
}

Err cards_money_each(Ctx *c, const Plan *p, const Cards *cards, PlanMoney **ret) {
	CodeItems sources;
	TRY(plan_sources(c, p, &sources));
	*ret = NEW_ARRAY(c->arena, PlanMoney, cards->len + 1);
	for (size_t i = 0; i < cards->len; i++)
		begin(&(*ret)[i], &sources, p);
	TRY(add_costs(c, p, cards, *ret));
	TRY(add_amounts(c, p, cards, &sources, *ret));
	for (size_t i = 0; i < cards->len; i++)
		close_card(&(*ret)[i]);
	return OK;
}

void cards_money_sum(const Plan *p, const Cards *cards, const PlanMoney *each, const CodeItems *sources, PlanMoney *ret) {
	begin(ret, sources, p);
	for (size_t i = 0; i < cards->len; i++)
		for (size_t y = 0; card_counts(cards->at[i]) && y <= PLAN_YEARS; y++)
			add_year(y < PLAN_YEARS ? &ret->years[y] : &ret->total, y < PLAN_YEARS ? &each[i].years[y] : &each[i].total, sources->len);
}

Err cards_money(Ctx *c, const Plan *p, const Cards *cards, PlanMoney *ret) {
	PlanMoney *each;
	CodeItems  sources;
	TRY(cards_money_each(c, p, cards, &each));
	TRY(plan_sources(c, p, &sources));
	cards_money_sum(p, cards, each, &sources, ret);
	return OK;
}
