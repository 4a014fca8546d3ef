/* outlook_guard.c: the outlook as a table of text and what of G1 follows from money: annexes say the same, everything is covered or taken note of; and that
 * every card was evaluated before the plan is. */
#include "base/format.h"
#include "domain/plan/card_inside.h"
#include "domain/plan/outlook.h"

/* ---- as text ---- */

static void put_row(Ctx *c, Table *t, Str name, bool is_sum, const PlanMoney *m, size_t offset) {
	Str *row = &t->at[t->columns * t->rows++];
	row[0] = is_sum ? str_format(c->arena, "**%.*s**", STR_ARG(name)) : name;
	for (size_t y = 0; y <= PLAN_YEARS; y++) {
		i64 n = *(const i64 *)((const char *)(y < PLAN_YEARS ? &m->years[y] : &m->total) + offset);
		row[y + 1] = n == BLANK ? S("–") : money_text(c->arena, n, "nic");
	}
}

static void put_part(Ctx *c, Table *t, Str title, const Outlook *o, const PlanMoney *m, bool is_whole) {
	Str *row = &t->at[t->columns * t->rows++];
	row[0] = str_format(c->arena, "**%.*s**", STR_ARG(title));
	put_row(c, t, S("Provozní náklady"), false, m, offsetof(YearMoney, operating));
	put_row(c, t, S("Investiční náklady"), false, m, offsetof(YearMoney, investment));
	put_row(c, t, S("Náklady celkem"), true, m, offsetof(YearMoney, cost));
	for (size_t s = 0; s < o->sources.len; s++)
		if (m->total.by_source[s] != BLANK)
			put_row(c, t, o->sources.at[s]->name, false, m, offsetof(YearMoney, by_source) + s * sizeof(i64));
	put_row(c, t, S("Zdroje celkem"), true, m, offsetof(YearMoney, sources));
	put_row(c, t, S("Nekryto"), is_whole, m, offsetof(YearMoney, missing));
	if (m->total.surplus > 0)
		put_row(c, t, S("Rezerva"), false, m, offsetof(YearMoney, surplus));
}

Err outlook_table(Ctx *c, const Outlook *o, Table *t) {
	size_t columns = PLAN_YEARS + 2, most = (o->parts.len + 1) * (o->sources.len + 8) + 1;
	*t = (Table){.columns = columns, .rows = 1, .at = NEW_ARRAY(c->arena, Str, columns * most), .is_number = NEW_ARRAY(c->arena, bool, columns)};
	memset(t->at, 0, sizeof(Str) * columns * most);
	t->at[0] = S("Položka");
	for (size_t y = 0; y < PLAN_YEARS; y++)
		t->at[y + 1] = str_format(c->arena, "%lld", (long long)(o->plan->year_from + (i64)y));
	t->at[columns - 1] = S("Celkem");
	for (size_t i = 0; i < columns; i++)
		t->is_number[i] = i > 0;
	for (size_t p = 0; p < o->parts.len; p++)
		put_part(c, t, o->parts.at[p]->name, o, &o->part[p], false);
	put_part(c, t, S("Celkem"), o, &o->all, true);
	return OK;
}

static Err live(Ctx *c, Str *number, Table *table, Str *source) {
	Plan   *p;
	Outlook o;
	(void)number;
	TRY(plan_meant(c, &p));
	*source = S("žádný plán se nepíše ani neplatí");
	if (!p) {
		*table = (Table){.columns = 1, .rows = 1, .at = NEW_ARRAY(c->arena, Str, 1), .is_number = NEW_ARRAY(c->arena, bool, 1)};
		table->at[0] = S("Položka");
		return OK;
	}
	CLEANUP(buf_free) Buf day = {0};
	fmt_date(&day, c->today);
	TRY(outlook_read(c, p, &o));
	*source = str_format(c->arena, "výhled financování plánu %lld–%lld, stav k %.*s", (long long)p->year_from, (long long)p->year_to, STR_ARG(buf_view(&day)));
	return outlook_table(c, &o, table);
}

const LiveItem outlook_live_items[1] = {{"vyhled-financovani", "Výhled financování", true, live}};

/* ---- guards ---- */

/* Is there any money at all: a plan that is kept on paper has none here. */
static Err cards_have_money(Ctx *c, const Plan *p, bool *ret) {
	Cards     cards;
	PlanMoney m;
	TRY(cards_of(c, p, CARDS_ALL, &cards));
	TRY(cards_money(c, p, &cards, &m));
	*ret = m.total.cost != BLANK || m.total.sources != BLANK;
	return OK;
}

static Err totals(Ctx *c, const WorkObject *o, Verdict *ret) {
	Outlook            outlook;
	OutlookDifferences all;
	TRY(outlook_read(c, o->row, &outlook));
	TRY(outlook_differences(c, &outlook, &all));
	if (!all.len)
		return OK;
	const OutlookDifference *d = &all.at[0];
	CLEANUP(buf_free) Buf others = {0};
	if (all.len > 1) {
		buf_lit(&others, " Liší se ještě ");
		fmt_count(&others, (i64)all.len - 1, "částka.", "částky.", "částek.");
	}
	*ret = (Verdict){REFUSED, str_format(c->arena, "%.*s v roce %lld: karty dávají dohromady %.*s, příloha č. 2 říká %.*s.%.*s", STR_ARG(d->item), (long long)d->year,
		STR_ARG(money_text(c->arena, d->cards, "nic")), STR_ARG(money_text(c->arena, d->entered, "nic")), STR_ARG(buf_view(&others))),
		outlook_is_open(o->row) ? S("Opravte částky karet, nebo ve výhledu převezměte jejich součty.")
		                        : S("Opravte částky karet; když mají platit nové, vraťte plán k dopracování a ve výhledu převezměte jejich součty.")};
	return OK;
}
const Guard guard_totals = {"card_totals", "Roční součty karet souhlasí s přílohami.", totals};

static Err attached(Ctx *c, const WorkObject *o, Verdict *ret) {
	Outlook outlook;
	bool    money;
	TRY(outlook_read(c, o->row, &outlook));
	if (outlook.head)
		return OK;
	TRY(cards_have_money(c, o->row, &money));
	*ret = money ? (Verdict){REFUSED, S("Výhled financování (příloha č. 2) není zadaný."), S("Vraťte plán k dopracování, zadejte výhled na stránce plánu v části Výhled financování a návrh zmrazte znovu.")}
	             : (Verdict){WAIVED, S("Plán nemá v programu karty s částkami ani výhled financování."), S("Přiložte výhled k návrhu jako soubor.")};
	return OK;
}
const Guard guard_outlook_attached = {"outlook_attached", "K verzi pro připomínky je přiložený výhled financování.", attached};

/* Freezing asks for the text only (the draft may go to groups without money), but what is frozen now is what can be put forward later. */
static Err written(Ctx *c, const WorkObject *o, Verdict *ret) {
	static const char todo[] = "Zadejte ho na stránce plánu v části Výhled financování dřív, než návrh zmrazíte; po zmrazení se mění jen vrácením k dopracování.";
	OutlookDifferences all;
	Outlook            outlook;
	bool               money;
	TRY(outlook_read(c, o->row, &outlook));
	TRY(cards_have_money(c, o->row, &money));
	if (!outlook.head && money)
		*ret = (Verdict){WAIVED, S("Výhled financování (příloha č. 2) není zadaný a bez něj nepůjde návrh zveřejnit k připomínkám."), str_c(todo)};
	if (!outlook.head)
		return OK;
	TRY(outlook_differences(c, &outlook, &all));
	if (all.len)
		*ret = (Verdict){WAIVED, S("Výhled a karty mají různé součty, zmrazí se tak, jak jsou."), S("Ve výhledu převezměte součty karet dřív, než návrh zmrazíte.")};
	return OK;
}
const Guard guard_outlook_written = {"outlook_written", "Výhled financování je zadaný a souhlasí s kartami.", written};

static Err balances(Ctx *c, const WorkObject *o, Verdict *ret) {
	Outlook outlook;
	bool    money;
	TRY(outlook_read(c, o->row, &outlook));
	if (outlook_is_accepted(&outlook) && outlook.head)
		return OK;
	if (outlook.head) {
		*ret = (Verdict){REFUSED, str_format(c->arena, "Výhled má nekrytou částku %.*s.", STR_ARG(money_text(c->arena, outlook.all.total.missing, "nic"))),
		                 S("Doplňte zdroje, nebo ať ji vedoucí odboru na stránce výhledu vezme na vědomí s důvodem.")};
		return OK;
	}
	TRY(cards_have_money(c, o->row, &money));
	*ret = money ? (Verdict){REFUSED, S("Výhled financování (příloha č. 2) není zadaný."), S("Vraťte plán k dopracování a zadejte jej.")}
	             : (Verdict){WAIVED, S("Plán nemá v programu karty s částkami ani výhled financování."), S("Vyrovnanost výhledu doložte materiálem.")};
	return OK;
}
const Guard guard_outlook_balances = {"outlook_balances", "Výhled financování je vyrovnaný, nebo vedoucí odboru vzal nekrytou částku na vědomí.", balances};

/* ---- evaluation of cards ---- */

/* What is wrong with one card when its plan is evaluated; {0} = nothing. A running one needs its last year, a done one any entry. */
static Err lack_of(Ctx *c, const Plan *p, const ActivityCard *k, Str *ret) {
	Monitorings all;
	*ret = (Str){0};
	if (words_have(CARD_PROPOSED " " CARD_STOPPED " " CARD_MOVED, k->state))
		return OK;
	if (str_eq(k->state, S(CARD_APPROVED))) {
		*ret = S("nezačala");
		return OK;
	}
	TRY(card_monitorings(c, k->head.id, &all));
	bool is_running = str_eq(k->state, S(CARD_RUNNING));
	for (size_t i = 0; i < all.len; i++)
		if (!is_running || date_year(all.at[i]->day) >= p->year_to)
			return OK;
	*ret = is_running ? str_format(c->arena, "nemá vyhodnocení roku %lld", (long long)p->year_to) : S("nemá vyhodnocení");
	return OK;
}

static Err cards_evaluated(Ctx *c, const WorkObject *o, Verdict *ret) {
	enum { NAMED = 10 };
	const Plan *p = o->row;
	Cards       cards;
	Strs        lacks = {0};
	size_t      more = 0;
	TRY(cards_of(c, p, CARDS_ALL, &cards));
	for (size_t i = 0; i < cards.len; i++) {
		Str why;
		TRY(lack_of(c, p, cards.at[i], &why));
		if (why.len && lacks.len < NAMED)
			strs_add(c->arena, &lacks, str_format(c->arena, "%.*s %.*s", STR_ARG(cards.at[i]->code), STR_ARG(why)));
		else if (why.len)
			more++;
	}
	if (!lacks.len)
		return OK;
	CLEANUP(buf_free) Buf rest = {0};
	if (more) {
		buf_lit(&rest, " a ");
		fmt_count(&rest, (i64)more, "další", "další", "dalších");
	}
	*ret = (Verdict){REFUSED, str_format(c->arena, "Karty bez vyhodnocení: %.*s%.*s.", STR_ARG(str_join(c->arena, S(", "), lacks)), STR_ARG(buf_view(&rest))),
	                 S("Zapište do sledování karet, jak dopadly; karty, které nezačaly, zastavte nebo přesuňte.")};
	return OK;
}
const Guard guard_cards_evaluated = {"cards_evaluated", "Vyhodnocení karet aktivit je vyplněné.", cards_evaluated};
