/* card_money_page.c: what the cards of a plan cost and who pays, by year and source; how far the plan is. */
#include "base/format.h"
#include "domain/plan/card.html.h"
#include "domain/plan/card_page.h"

/* ---- files: one row for each year and item, the same numbers as in the table ---- */

static void put(TableWriter *w, i64 year, Str code, Str name, i64 amount) {
	if (amount == BLANK)
		return;
	table_int(w, year);
	table_text(w, code);
	table_text(w, name);
	table_int(w, amount);
	table_row_end(w);
}

static Err send_money(Req *r, const Plan *p, const PlanMoney *m) {
	static const TableColumn columns[] = {{"rok", "Rok", CELL_INT, 0, 8}, {"kod", "Kód", CELL_TEXT, 0, 14}, {"polozka", "Položka", CELL_TEXT, 0, 36}, {"castka", "Částka v Kč", CELL_DECIMAL, 2, 20}};
	FileFormat f = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        file = str_format(r->c->arena, "financovani-%.*s.%s", STR_ARG(p->slug), format_suffix(f));
	TRY(download_start(r, format_type(f), f == FORMAT_JSON ? (Str){0} : file, out));
	TableWriter *w = table_open(r->c->arena, out, f, S("Financování karet"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < PLAN_YEARS; i++) {
		const YearMoney *y = &m->years[i];
		put(w, y->year, S("provoz"), S("Provozní náklady"), y->operating);
		put(w, y->year, S("investice"), S("Investiční náklady"), y->investment);
		put(w, y->year, S("naklady"), S("Náklady celkem"), y->cost);
		for (size_t s = 0; s < m->sources.len; s++)
			put(w, y->year, m->sources.at[s]->code, m->sources.at[s]->name, y->by_source[s]);
		put(w, y->year, S("zdroje"), S("Zdroje celkem"), y->sources);
		put(w, y->year, S("chybi"), S("Chybí"), y->missing);
		put(w, y->year, S("nad"), S("Zdroje nad náklady"), y->surplus);
	}
	TRY(table_close(w));
	return download_end(r, out);
}

/* ---- the drawing: the four largest sources and the rest, for each year; what is missing stands in the table ---- */

static size_t largest(const PlanMoney *m, const bool *taken) {
	size_t best = SIZE_MAX;
	for (size_t i = 0; i < m->sources.len; i++)
		if (!taken[i] && m->total.by_source[i] != BLANK && m->total.by_source[i] > 0 && (best == SIZE_MAX || m->total.by_source[i] > m->total.by_source[best]))
			best = i;
	return best;
}

static i64 thousands(i64 halere) {
	return div_round(halere == BLANK ? 0 : halere, 100000);
}

static ChartSeries series_of(Arena *a, Str name) {
	return (ChartSeries){.name = name, .at = NEW_ARRAY(a, i64, PLAN_YEARS)};
}

static void add_chart(Req *r, const PlanMoney *m, FinancePage *v) {
	enum { NAMED = 3 };
	Arena *a = r->c->arena;
	bool   taken[SOURCES_MAX] = {false};
	ChartSeries *series = NEW_ARRAY(a, ChartSeries, CHART_SERIES_MAX);
	i64          rest[PLAN_YEARS];
	Str         *labels = NEW_ARRAY(a, Str, PLAN_YEARS);
	size_t       n = 0, at;
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		labels[y] = str_format(a, "%lld", (long long)m->years[y].year);
		rest[y] = m->years[y].sources == BLANK ? 0 : m->years[y].sources;
	}
	for (; n < NAMED && (at = largest(m, taken)) != SIZE_MAX; n++) {
		taken[at] = true;
		series[n] = series_of(a, m->sources.at[at]->name);
		for (size_t y = 0; y < PLAN_YEARS; y++) {
			i64 value = m->years[y].by_source[at];
			((i64 *)series[n].at)[y] = thousands(value);
			rest[y] -= value == BLANK ? 0 : value;
		}
	}
	bool any_rest = false;
	for (size_t y = 0; y < PLAN_YEARS; y++)
		any_rest = any_rest || rest[y] > 0;
	ChartSeries others = series_of(a, S("ostatní zdroje")), lack = series_of(a, S("chybí"));
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		((i64 *)others.at)[y] = thousands(rest[y]);
		((i64 *)lack.at)[y] = thousands(m->years[y].missing);
	}
	if (any_rest)
		series[n++] = others;
	series[n++] = lack;
	v->has_chart = m->total.cost != BLANK || m->total.sources != BLANK;
	v->chart = (Chart){.kind = CHART_STACKED, .id = S("zdroje-karet"), .title = S("Zdroje karet a co chybí, podle let"), .unit = S("tis. Kč"), .label_head = S("Rok"),
		.desc = str_format(a, "Z nákladů %.*s nemá zdroj %.*s. Graf je v tisících Kč, přesné částky jsou v tabulce.",
		                   STR_ARG(money_text(a, m->total.cost, "–")), STR_ARG(money_text(a, m->total.missing, "–"))),
		.labels = labels, .label_count = PLAN_YEARS, .series = series, .series_count = n};
}

Links card_files(Req *r) {
	static const char *const files[][2] = {{"Tabulka (XLSX)", "xlsx"}, {"CSV", "csv"}, {"JSON", "json"}};
	Links ret = {0};
	for (size_t i = 0; i < LEN(files); i++)
		*ARENA_PUSH(r->c->arena, ret.at, ret.len, ret.cap) = (LinkView){.label = str_c(files[i][0]), .href = url_with_format(r, files[i][1])};
	return ret;
}

Err page_cards_money(Req *r) {
	Plan       *p;
	Cards       cards;
	PlanMoney   m;
	FinancePage v = {.title = S("Financování karet aktivit")};
	TRY(plan_of_address(r, false, &p));
	TRY(cards_of(r->c, p, CARDS_PUBLIC, &cards));
	TRY(cards_money(r->c, p, &cards, &m));
	if (r->format != PAGE_HTML)
		return send_money(r, p, &m);
	i64 counted = 0;
	for (size_t i = 0; i < cards.len; i++)
		counted += card_counts(cards.at[i]);
	v.lead = p->title;
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, counted, "kartu", "karty", "karet");
	v.count = str_format(r->c->arena, "Součet za %.*s. Zastavené a přesunuté karty se nepočítají.", STR_ARG(buf_view(&count)));
	card_money_lines(r, &m, &v.money, &v.heads);
	add_chart(r, &m, &v);
	v.downloads = card_files(r);
	v.ways = card_ways(r, p, false, "financovani");
	view_cards_money(page(r, v.title), &v);
	return OK;
}

/* ---- progress ---- */

typedef struct Measured { const ActivityCard *card; i64 progress; IndicatorStates states; } Measured;
typedef struct MeasuredCards { Measured *at; size_t len, cap; } MeasuredCards;

static bool stands_below(const Strategy *s, Id item, Id top) {
	for (const StrategyItem *at = strategy_find(s, item); at; at = strategy_find(s, at->parent))
		if (at->head.id == top)
			return true;
	return false;
}

/* The mean of all measured cards below; not of the means between. */
static i64 mean_below(const Strategy *s, const MeasuredCards *all, Id top, i64 *cards) {
	i64 sum = 0;
	*cards = 0;
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].progress != BLANK && stands_below(s, all->at[i].card->measure, top)) {
			sum += all->at[i].progress;
			++*cards;
		}
	return *cards ? div_round(sum, *cards) : BLANK;
}

static void add_line(Req *r, ProgressPage *v, Str code, Str title, Str href, int depth, i64 progress, Str note) {
	*ARENA_PUSH(r->c->arena, v->lines.at, v->lines.len, v->lines.cap) = (ProgressLine){.code = code, .title = title, .href = href, .depth = depth, .note = note,
		.progress = card_percent(r->c->arena, progress), .done = progress == BLANK ? 0 : progress};
}

/* Indicators by which the item itself is judged; *mean is BLANK when there are none of a card that counts. */
static void add_judged(Req *r, const Plan *p, const StrategyIndicators *judged, const MeasuredCards *all, Id item, int depth, ProgressLines *to, i64 *mean) {
	Arena *a = r->c->arena;
	i64    sum = 0, n = 0;
	for (size_t j = 0; j < judged->len; j++)
		for (size_t i = 0; i < all->len && judged->at[j].item == item; i++)
			for (size_t k = 0; k < all->at[i].states.len; k++) {
				const IndicatorState *s = &all->at[i].states.at[k];
				const CardIndicator  *in = s->indicator;
				if (in->head.id != judged->at[j].indicator)
					continue;
				Str value = s->value == BLANK ? S("zatím neměřeno") : str_format(a, "%lld", (long long)s->value);
				*ARENA_PUSH(a, to->at, to->len, to->cap) = (ProgressLine){.title = str_format(a, "Ukazatel: %.*s (karta %.*s)", STR_ARG(in->name), STR_ARG(all->at[i].card->code)),
					.href = card_href(r, p, all->at[i].card, false), .depth = depth + 1, .progress = card_percent(a, s->progress), .done = s->progress,
					.note = str_format(a, "%.*s, cíl %lld, %.*s", STR_ARG(value), (long long)in->target, STR_ARG(in->unit))};
				sum += s->progress;
				n++;
			}
	*mean = n ? div_round(sum, n) : BLANK;
}

static Str groups_note(Req *r, const StrategyItem *item) {
	Strs names = {0};
	for (size_t i = 0; i < item->working_groups.len; i++)
		strs_add(r->c->arena, &names, codelist_name(r->c, "working_group", item->working_groups.at[i]));
	return str_join(r->c->arena, S(", "), names);
}

static void add_item(Req *r, const Plan *p, const Strategy *s, const MeasuredCards *all, const StrategyIndicators *judged, const StrategyItem *item, ProgressPage *v) {
	i64 n, own, progress = mean_below(s, all, item->head.id, &n);
	int depth = str_eq(item->level, S(STRATEGY_PRIORITY)) ? 0 : str_eq(item->level, S(STRATEGY_GOAL)) ? 1 : 2;
	CLEANUP(buf_free) Buf note = {0};
	ProgressLines lines = {0};
	add_judged(r, p, judged, all, item->head.id, depth, &lines, &own);
	fmt_count(&note, n, "karta", "karty", "karet");
	if (own != BLANK) {
		buf_lit(&note, "; podle ");
		fmt_count(&note, (i64)lines.len, "ukazatele", "ukazatelů", "ukazatelů");
	}
	add_line(r, v, item->code, item->title, (Str){0}, depth, own != BLANK ? own : progress, buf_take(&note, r->c->arena));
	v->lines.at[v->lines.len - 1].groups = groups_note(r, item);
	for (size_t i = 0; i < lines.len; i++)
		*ARENA_PUSH(r->c->arena, v->lines.at, v->lines.len, v->lines.cap) = lines.at[i];
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].card->measure == item->head.id)
			add_line(r, v, all->at[i].card->code, all->at[i].card->title, card_href(r, p, all->at[i].card, false), 3, all->at[i].progress,
			         state_title(&card_machine, all->at[i].card->state));
}

static Err send_progress(Req *r, const Plan *p, const ProgressPage *v) {
	static const TableColumn columns[] = {{"kod", "Kód", CELL_TEXT, 0, 12}, {"nazev", "Název", CELL_TEXT, 0, 60}, {"plneni", "Plnění v %", CELL_TEXT, 0, 14}, {"poznamka", "Poznámka", CELL_TEXT, 0, 20},
	                                      {"skupiny", "Pracovní skupiny", CELL_TEXT, 0, 40}};
	FileFormat f = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        file = str_format(r->c->arena, "plneni-%.*s.%s", STR_ARG(p->slug), format_suffix(f));
	TRY(download_start(r, format_type(f), f == FORMAT_JSON ? (Str){0} : file, out));
	TableWriter *w = table_open(r->c->arena, out, f, S("Plnění"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < v->lines.len; i++) {
		const ProgressLine *l = &v->lines.at[i];
		table_text(w, l->code);
		table_text(w, l->title);
		table_text(w, l->progress);
		table_text(w, l->note);
		table_text(w, l->groups);
		table_row_end(w);
	}
	TRY(table_close(w));
	return download_end(r, out);
}

Err page_cards_progress(Req *r) {
	Plan         *p;
	Cards         cards;
	Strategy      strategy;
	MeasuredCards all = {0};
	StrategyIndicators judged;
	ProgressPage  v = {.title = S("Jak se plán plní")};
	TRY(plan_of_address(r, false, &p));
	TRY(cards_of(r->c, p, CARDS_PUBLIC, &cards));
	TRY(strategy_of(r->c, p->head.id, &strategy));
	TRY(strategy_indicators(r->c, p->head.id, &judged));
	for (size_t i = 0; i < cards.len; i++) {
		IndicatorStates s;
		if (!card_counts(cards.at[i]))
			continue;
		TRY(card_indicators(r->c, cards.at[i]->head.id, &s));
		*ARENA_PUSH(r->c->arena, all.at, all.len, all.cap) = (Measured){cards.at[i], card_progress(&s), s};
	}
	for (size_t i = 0; i < strategy.len && cards.len; i++)
		add_item(r, p, &strategy, &all, &judged, strategy.at[i], &v);
	if (r->format != PAGE_HTML)
		return send_progress(r, p, &v);
	v.lead = p->title;
	v.downloads = card_files(r);
	v.ways = card_ways(r, p, false, "plneni");
	view_cards_progress(page(r, v.title), &v);
	return OK;
}
