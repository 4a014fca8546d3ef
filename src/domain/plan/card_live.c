/* card_live.c: cards as annex 1 of a plan and their money, as tables that a chapter names and freezing settles. The same sums as on the web. */
#include "base/format.h"
#include "domain/plan/card_inside.h"

Err plan_meant(Ctx *c, Plan **ret) {
	Plans all;
	*ret = NULL;
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len && !*ret; i++)
		if (words_have(PLAN_PREPARING " " PLAN_DRAFTING " " PLAN_SETTLING, all.at[i]->state))
			*ret = all.at[i];
	return *ret ? OK : plan_of_day(c, c->today, ret);
}

static void open_table(Ctx *c, Table *t, const char *const *heads, size_t columns, size_t rows, size_t texts) {
	*t = (Table){.columns = columns, .rows = 1, .at = NEW_ARRAY(c->arena, Str, columns * (rows + 1)), .is_number = NEW_ARRAY(c->arena, bool, columns)};
	for (size_t i = 0; i < columns; i++) {
		t->at[i] = str_c(heads[i]);
		t->is_number[i] = i >= texts;
	}
}

static Str source_of(Ctx *c, const Plan *p) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, c->today);
	return str_format(c->arena, "karty aktivit plánu %lld–%lld, stav k %.*s", (long long)p->year_from, (long long)p->year_to, STR_ARG(buf_view(&b)));
}

static void put_sums(Ctx *c, Table *t, Str name, const PlanMoney *m, size_t offset) {
	Str *row = &t->at[t->columns * t->rows++];
	row[0] = name;
	for (size_t i = 0; i < PLAN_YEARS; i++)
		row[i + 1] = money_text(c->arena, *(const i64 *)((const char *)&m->years[i] + offset), "–");
	row[PLAN_YEARS + 1] = money_text(c->arena, *(const i64 *)((const char *)&m->total + offset), "–");
}

Err cards_money_table(Ctx *c, const Plan *p, const PlanMoney *m, Table *t) {
	const char *heads[PLAN_YEARS + 2] = {"Položka"};
	for (size_t i = 0; i < PLAN_YEARS; i++)
		heads[i + 1] = str_z(c->arena, str_format(c->arena, "%lld", (long long)(p->year_from + (i64)i)));
	heads[PLAN_YEARS + 1] = "Celkem";
	open_table(c, t, heads, LEN(heads), m->sources.len + 3, 1);
	put_sums(c, t, S("Náklady celkem"), m, offsetof(YearMoney, cost));
	for (size_t s = 0; s < m->sources.len; s++)
		if (m->total.by_source[s] != BLANK)
			put_sums(c, t, m->sources.at[s]->name, m, offsetof(YearMoney, by_source) + s * sizeof(i64));
	put_sums(c, t, S("Zdroje celkem"), m, offsetof(YearMoney, sources));
	put_sums(c, t, S("Chybí"), m, offsetof(YearMoney, missing));
	return OK;
}

static Err money(Ctx *c, Str *number, Table *table, Str *source) {
	Plan     *p;
	Cards     cards = {0};
	PlanMoney m;
	(void)number;
	TRY(plan_meant(c, &p));
	if (!p) {
		open_table(c, table, (const char *const[]){"Položka"}, 1, 0, 1);
		*source = S("žádný plán se nepíše ani neplatí");
		return OK;
	}
	TRY(cards_of(c, p, CARDS_ALL, &cards));
	TRY(cards_money(c, p, &cards, &m));
	*source = source_of(c, p);
	return cards_money_table(c, p, &m, table);
}

static Err list(Ctx *c, Str *number, Table *table, Str *source) {
	static const char *const heads[] = {"Kód", "Karta", "Opatření", "Stav", "Náklady", "Zdroje", "Chybí"};
	Plan    *p;
	Cards    cards = {0};
	Strategy strategy = {0};
	PlanMoney *each = NULL;
	(void)number;
	TRY(plan_meant(c, &p));
	if (p) {
		TRY(cards_of(c, p, CARDS_ALL, &cards));
		TRY(strategy_of(c, p->head.id, &strategy));
		TRY(cards_money_each(c, p, &cards, &each));
	}
	open_table(c, table, heads, LEN(heads), cards.len, 4);
	for (size_t i = 0; i < cards.len; i++) {
		const ActivityCard *k = cards.at[i];
		const StrategyItem *s = strategy_find(&strategy, k->measure);
		const YearMoney *m = card_counts(k) ? &each[i].total : &(YearMoney){.cost = BLANK, .sources = BLANK};
		Str *row = &table->at[table->columns * table->rows++];
		Str  cells[] = {k->code, k->title, s ? s->code : (Str){0}, state_title(&card_machine, k->state), money_text(c->arena, m->cost, "–"),
		                money_text(c->arena, m->sources, "–"), money_text(c->arena, m->missing, "–")};
		memcpy(row, cells, sizeof cells);
	}
	*source = p ? source_of(c, p) : S("žádný plán se nepíše ani neplatí");
	return OK;
}

const LiveItem card_live_items[2] = {
	{"karty-aktivit", "Karty aktivit", true, list},
	{"financovani-karet", "Financování karet aktivit podle let a zdrojů", true, money},
};
