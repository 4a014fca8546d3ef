/* annex.c: annexes of a plan as text: every card that counts with its money (annex 1) and the outlook (annex 2). They are made from the same sums as the
 * pages, at the moment when the text is frozen. */
#include "base/format.h"
#include "domain/plan/annex.h"
#include "domain/plan/card_inside.h"
#include "domain/plan/outlook.h"

Str markdown_plain(Arena *a, Str s) {
	CLEANUP(buf_free) Buf out = {0};
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch == '\n' || ch == '\r')
			ch = ' ';
		else if (memchr("\\`*_[]<>!#~", ch, 11))
			buf_char(&out, '\\');
		buf_char(&out, ch);
	}
	return buf_take(&out, a);
}

static void say(Arena *a, Buf *out, const char *label, Str text) {
	if (text.len)
		buf_format(out, "**%s:** %.*s\n\n", label, STR_ARG(markdown_plain(a, text)));
}

static Str names_of(Ctx *c, const char *list, const Strs *codes) {
	Strs names = {0};
	for (size_t i = 0; i < codes->len; i++)
		strs_add(c->arena, &names, codelist_name(c, list, codes->at[i]));
	return str_join(c->arena, S(", "), names);
}

static Str capacity(Ctx *c, const ActivityCard *k) {
	CLEANUP(buf_free) Buf b = {0};
	bool beds = str_eq(k->unit, S("L"));
	fmt_plain(&b, beds ? k->capacity_now.hundredths / 100 : k->capacity_now.hundredths, beds ? 0 : 2, ',');
	buf_lit(&b, " → ");
	fmt_plain(&b, beds ? k->capacity_target.hundredths / 100 : k->capacity_target.hundredths, beds ? 0 : 2, ',');
	buf_format(&b, " (%.*s)", STR_ARG(codelist_name(c, "network_unit", k->unit)));
	return buf_take(&b, c->arena);
}

static Err write_indicators(Ctx *c, Buf *out, Id card) {
	IndicatorStates all;
	TRY(card_indicators(c, card, &all));
	for (size_t i = 0; i < all.len; i++) {
		const CardIndicator *in = all.at[i].indicator;
		say(c->arena, out, "Ukazatel", str_format(c->arena, "%.*s (%.*s): z %lld na %lld", STR_ARG(in->name), STR_ARG(in->unit), (long long)in->baseline, (long long)in->target));
	}
	return OK;
}

static Err write_card(Ctx *c, Buf *out, const Plan *p, const Strategy *strategy, const ActivityCard *k, const PlanMoney *m) {
	Arena *a = c->arena;
	const StrategyItem *s = strategy_find(strategy, k->measure);
	Units  places;
	Implementers implementers;
	Table  money;
	CLEANUP(buf_free) Buf days = {0};
	TRY(card_territories(c, k->head.id, &places));
	TRY(card_implementers(c, k, &implementers));
	TRY(cards_money_table(c, p, m, &money));
	buf_format(out, "## %.*s %.*s\n{#karta%lld}\n\n", STR_ARG(k->code), STR_ARG(markdown_plain(a, k->title)), (long long)k->head.id);
	if (s)
		say(a, out, "Opatření", str_format(a, "%.*s %.*s", STR_ARG(s->code), STR_ARG(s->title)));
	say(a, out, "Co se udělá", k->description);
	say(a, out, "Proč", k->justification);
	say(a, out, "Území", units_text(a, &places));
	say(a, out, "Cílové skupiny", names_of(c, "target_group", &k->target_groups));
	say(a, out, "Druhy služeb", names_of(c, "service_kind", &k->kinds));
	say(a, out, "Kapacita", capacity(c, k));
	fmt_date_range(&days, k->starts_on, k->ends_on);
	say(a, out, "Kdy", buf_view(&days));
	say(a, out, "Kdo odpovídá", k->responsible);
	say(a, out, "Realizátoři", implementers_text(a, &implementers));
	say(a, out, "Další realizátoři a partneři", k->partners);
	say(a, out, "Rizika", k->risks);
	say(a, out, "Podmínky", k->conditions);
	TRY(write_indicators(c, out, k->head.id));
	money.caption = str_format(a, "Náklady a zdroje karty %.*s podle let", STR_ARG(k->code));
	buf_str(out, table_write(a, &money));
	buf_lit(out, "\n\n");
	return OK;
}

static Err write_cards(Ctx *c, const Plan *p, Buf *out) {
	Cards      cards;
	Strategy   strategy;
	PlanMoney *each, sum;
	Table      table;
	size_t     counted = 0;
	TRY(cards_of(c, p, CARDS_ALL, &cards));
	for (size_t i = 0; i < cards.len; i++)
		counted += card_counts(cards.at[i]);
	if (!counted)
		return OK;
	TRY(strategy_of(c, p->head.id, &strategy));
	TRY(cards_money_each(c, p, &cards, &each));
	cards_money_sum(p, &cards, each, &each[0].sources, &sum);
	buf_lit(out, "# Příloha č. 1: Karty rozvojových aktivit\n{#priloha1}\n\n");
	TRY(cards_money_table(c, p, &sum, &table));
	table.caption = S("Roční součty karet");
	buf_str(out, table_write(c->arena, &table));
	buf_lit(out, "\n\n");
	for (size_t i = 0; i < cards.len; i++)
		if (card_counts(cards.at[i]))
			TRY(write_card(c, out, p, &strategy, cards.at[i], &each[i]));
	return OK;
}

static Err write_outlook(Ctx *c, Plan *p, Buf *out) {
	Outlook o;
	Table   table;
	TRY(outlook_read(c, p, &o));
	if (!o.head)
		return OK;
	TRY(outlook_table(c, &o, &table));
	table.caption = str_format(c->arena, "Výhled financování na roky %lld–%lld", (long long)p->year_from, (long long)p->year_to);
	buf_lit(out, "# Příloha č. 2: Výhled financování\n{#priloha2}\n\n");
	say(c->arena, out, "Z čeho výhled vychází", o.head->note);
	buf_str(out, table_write(c->arena, &table));
	buf_lit(out, "\n\n");
	return OK;
}

Err plan_annexes(Ctx *c, const Plan *p, Buf *out) {
	Plan same = *p;
	TRY(write_cards(c, p, out));
	return write_outlook(c, &same, out);
}
