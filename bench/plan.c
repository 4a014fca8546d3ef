/* plan.c: makes the plan of the sample data that is being written a large one and puts it forward: bench-plan STORE CARDS. By the same functions as the program:
 * cards with every field, money of three years from six sources, places and indicators, thirty pages of chapters, both annexes. Prints the document. */
#include "bench/fill.h"
#include "core/settings.h"
#include "domain/plan/outlook.h"
#include "domain/territory/territory.h"

static const char sentence[] = "Kraj s obcemi a poskytovateli rozšíří terénní a ambulantní služby tak, aby lidé zůstali doma i tehdy, když potřebují pomoc večer, v noci a o víkendu. ";

static Str words(Arena *a, size_t sentences) {
	Strs all = {0};
	for (size_t i = 0; i < sentences; i++)
		strs_add(a, &all, str_c(sentence));
	return str_trim(str_join(a, (Str){0}, all));
}

static Err add_money(Ctx *c, const Plan *p, Id card, i64 n) {
	static const char *const sources[] = {"S1", "S2", "S4", "S5", "S6", "S8"};
	for (i64 y = 0; y < PLAN_YEARS; y++) {
		i64 cost = (1200000 + n * 7321) * (100 + 3 * y);
		TRY(entity_insert(c, &card_year_entity, &(CardYear){.card = card, .year = p->year_from + y, .operating_cost = {cost}, .investment_cost = {y ? BLANK : cost / 4},
			.milestone = S("Služba rozšíří provoz na večer a víkend.")}));
		for (size_t s = 0; s < LEN(sources); s++)
			TRY(entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = p->year_from + y, .source = str_c(sources[s]), .amount = {cost / 7 + (i64)s}}));
	}
	return OK;
}

static Err add_card(Ctx *c, const Plan *p, Id measure, const Units *districts, i64 n) {
	static const char *const groups[] = {"seniori", "zdravotni", "mentalni"}, *const kinds[] = {"40", "44", "39", "43"};
	ActivityCard *k = entity_new(c->arena, &card_entity);
	k->plan = p->head.id;
	k->code = str_format(c->arena, "%c%02d-%02d", (char)('D' + n / 90), (int)(n % 90 / 10 + 1), (int)(n % 10 + 1));
	k->title = str_format(c->arena, "Rozvojová aktivita číslo %lld: služby večer a o víkendu", (long long)n + 1);
	k->measure = measure;
	k->description = words(c->arena, 8);
	k->justification = words(c->arena, 5);
	k->risks = words(c->arena, 2);
	k->conditions = words(c->arena, 2);
	strs_add(c->arena, &k->target_groups, str_c(groups[n % (i64)LEN(groups)]));
	strs_add(c->arena, &k->kinds, str_c(kinds[n % (i64)LEN(kinds)]));
	strs_add(c->arena, &k->forms, S("ter"));
	k->change_type = S("increase");
	k->unit = S("U");
	k->capacity_now = fte(200 + n);
	k->capacity_target = fte(450 + n);
	k->partners = S("poskytovatelé vybraní výzvou kraje, obce obvodu");
	k->responsible = S("odbor sociálních věcí, oddělení plánování");
	k->starts_on = date((int)p->year_from, 1 + (int)(n % 12), 1);
	k->ends_on = date((int)p->year_to, 12, 31);
	TRY(card_add(c, k));
	for (size_t i = 0; i < 3 && districts->len; i++)
		TRY(entity_insert(c, &card_territory_entity, &(CardTerritory){.card = k->head.id, .territory = districts->at[((size_t)n + i) % districts->len]->id}));
	for (int i = 0; i < 2; i++)
		TRY(entity_insert(c, &card_indicator_entity, &(CardIndicator){.card = k->head.id, .name = i ? S("Klienti večer a o víkendu") : S("Kapacita v síti"),
			.unit = i ? S("osoby") : S("setiny úvazku"), .baseline = 200 + n, .target = 450 + n, .source = S("základní síť kraje")}));
	return add_money(c, p, k->head.id, n);
}

static Err write_chapters(Ctx *c, Id plan) {
	PlanChapters all;
	TRY(plan_chapters(c, plan, &all));
	for (size_t i = 0; i < all.len; i++) {
		CLEANUP(buf_free) Buf text = {0};
		buf_str(&text, all.at[i]->text);
		for (int n = 0; n < 10; n++) {
			buf_format(&text, "\n\n## Oddíl %d\n\n%.*s\n\n", n + 1, STR_ARG(words(c->arena, 9)));
			buf_lit(&text, "| Okres | Služby | Úvazky |\n| --- | ---: | ---: |\n| první | 12 | 48,50 |\n| druhý | 9 | 31,25 |\n| třetí | 17 | 60,00 |\n: Služby v oddílu\n");
		}
		all.at[i]->text = buf_take(&text, c->arena);
		TRY(plan_chapter_save(c, all.at[i]));
	}
	return OK;
}

static Err fill(Ctx *c, i64 count) {
	static const char *const steps[] = {"freeze", "publish"};
	Plan       *p;
	Strategy    strategy;
	Units       districts = {0};
	const Unit *region = territory_region(c);
	TRY(plan_by_slug(c, S("2027-2029"), &p));
	TRY(strategy_of(c, p->head.id, &strategy));
	if (region)
		TRY(territory_below(c, region->id, LEVEL_DISTRICT, TODAY, &districts));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	for (i64 n = 0, at = 0; n < count; at++) {
		const StrategyItem *s = strategy.at[(size_t)at % strategy.len];
		if (str_eq(s->level, S(STRATEGY_MEASURE)))
			TRY(add_card(c, p, s->head.id, &districts, n++));
	}
	TRY(write_chapters(c, p->head.id));
	TRY(outlook_take_cards(c, p, CARDS_ALL));
	TRY(tx_commit(&tx));
	for (size_t i = 0; i < LEN(steps); i++)
		TRY(workflow_do(c, &plan_machine, p->head.id, steps[i], NULL));
	TRY(plan_by_slug(c, S("2027-2029"), &p));
	TRY(setting_set(c, S("print.large_seconds"), S("900")));      /* by the clock, too: a machine that is shared needs it; the bar is processor time */
	printf("%lld\n", (long long)p->document);
	return OK;
}

int main(int argc, char **argv) {
	return bench_fill("bench-plan", argc, argv, fill);
}
