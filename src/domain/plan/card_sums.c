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

/* One card in one year, while it is summed. */
typedef struct OneCard { i64 cost, sources; } OneCard;

static size_t place_of(const Cards *cards, Id card) {
	for (size_t i = 0; i < cards->len; i++)
		if (cards->at[i]->head.id == card)
			return card_counts(cards->at[i]) ? i : SIZE_MAX;
	return SIZE_MAX;
}

static void add(i64 *to, i64 n) {
	if (n != BLANK)
		*to = *to == BLANK ? n : *to + n;
}

static void begin(YearMoney *y, i64 year) {
	*y = (YearMoney){.year = year, .operating = BLANK, .investment = BLANK, .cost = BLANK, .sources = BLANK, .missing = 0, .surplus = 0};
	for (size_t i = 0; i < SOURCES_MAX; i++)
		y->by_source[i] = BLANK;
}

static YearMoney *year_of(PlanMoney *m, i64 year, size_t *at) {
	for (*at = 0; *at < PLAN_YEARS; ++*at)
		if (m->years[*at].year == year)
			return &m->years[*at];
	return NULL;
}

static Err add_costs(Ctx *c, const Plan *p, const Cards *cards, PlanMoney *m, OneCard *one) {
	Rows r = db_query(ctx_conn(c), &sql_card_costs_of_plan, P(V(p->head.id)));
	while (rows_next(&r)) {
		size_t     card = place_of(cards, col_int(&r, 0)), at;
		YearMoney *y = year_of(m, col_int(&r, 1), &at);
		if (card == SIZE_MAX || !y)
			continue;
		i64 costs[] = {col_int(&r, 2), col_int(&r, 3)};
		add(&y->operating, costs[0]);
		add(&y->investment, costs[1]);
		for (size_t i = 0; i < LEN(costs); i++) {
			add(&y->cost, costs[i]);
			add(&one[card * PLAN_YEARS + at].cost, costs[i]);
		}
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "costs of cards");
}

static size_t source_place(const PlanMoney *m, Str code) {
	size_t i = 0;
	while (i < m->sources.len && !str_eq(m->sources.at[i]->code, code))
		i++;
	return i;
}

static Err add_amounts(Ctx *c, const Plan *p, const Cards *cards, PlanMoney *m, OneCard *one) {
	bool unknown = false;
	Rows r = db_query(ctx_conn(c), &sql_card_amounts_of_plan, P(V(p->head.id)));
	while (rows_next(&r)) {
		size_t     card = place_of(cards, col_int(&r, 0)), at, source = source_place(m, col_text(&r, 2));
		YearMoney *y = year_of(m, col_int(&r, 1), &at);
		if (card == SIZE_MAX || !y)
			continue;
		if (source >= m->sources.len) {
			unknown = true;
			continue;
		}
		add(&y->by_source[source], col_int(&r, 3));
		add(&y->sources, col_int(&r, 3));
		add(&one[card * PLAN_YEARS + at].sources, col_int(&r, 3));
	}
	if (rows_end(&r) != OK)
		return fail_internal(c, "sources of cards");
	return unknown ? fail(c, ERR_INVALID, NULL, "Některá karta má zdroj, který v číselníku zdrojů není. Doplňte jej do číselníku.") : OK;
}

/* In the order of the code list. */
static Err read_sources(Ctx *c, PlanMoney *m) {
	TRY(codelist_items(c, "funding_source", c->today, &m->sources));
	return m->sources.len <= SOURCES_MAX ? OK : fail(c, ERR_INVALID, NULL, "Číselník zdrojů má víc než %d položek, tolik jich tabulka nepojme.", SOURCES_MAX);
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

Err cards_money(Ctx *c, const Plan *p, const Cards *cards, PlanMoney *ret) {
	OneCard *one = NEW_ARRAY(c->arena, OneCard, cards->len * PLAN_YEARS + 1);
	*ret = (PlanMoney){0};
	TRY(read_sources(c, ret));
	begin(&ret->total, 0);
	for (size_t i = 0; i < PLAN_YEARS; i++)
		begin(&ret->years[i], p->year_from + (i64)i);
	for (size_t i = 0; i < cards->len * PLAN_YEARS; i++)
		one[i] = (OneCard){BLANK, BLANK};
	TRY(add_costs(c, p, cards, ret, one));
	TRY(add_amounts(c, p, cards, ret, one));
	for (size_t i = 0; i < cards->len * PLAN_YEARS; i++) {
		i64 lack = (one[i].cost == BLANK ? 0 : one[i].cost) - (one[i].sources == BLANK ? 0 : one[i].sources);
		YearMoney *y = &ret->years[i % PLAN_YEARS];
		*(lack > 0 ? &y->missing : &y->surplus) += lack > 0 ? lack : -lack;
	}
	for (size_t i = 0; i < PLAN_YEARS; i++)
		add_year(&ret->total, &ret->years[i], ret->sources.len);
	return OK;
}
