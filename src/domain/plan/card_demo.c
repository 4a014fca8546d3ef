/* card_demo.c: a strategy and activity cards of the valid plan and of the one that is written. All of them are invented and say so. */
#include "domain/plan/demo.h"

#include "domain/plan/action_plan.h"
#include "domain/plan/card_inside.h"
#include "domain/plan/outlook.h"

static const struct { const char *code, *title; } tree[] = {
	{"1", "Doma co nejdéle"}, {"1.1", "Dostupné terénní služby"}, {"1.1.1", "Rozšířit pečovatelskou službu na večer a víkend"},
	{"1.1.2", "Zdvojnásobit kapacitu odlehčovacích služeb"}, {"1.2", "Podpora pečujících"}, {"1.2.1", "Poradenství a vzdělávání pečujících"},
	{"2", "Bydlení a začlenění"}, {"2.1", "Podpora v bydlení"}, {"2.1.1", "Podpora samostatného bydlení"}, {"2.1.2", "Prostupné bydlení s prací sociálního pracovníka"},
	{"3", "Duševní zdraví a závislosti"}, {"3.1", "Péče v komunitě"}, {"3.1.1", "Týmy duševního zdraví"}, {"3.1.2", "Adiktologické služby v každém obvodu"},
};

/* Regional groups that care for the priorities. */
static const char *const groups[] = {"1", "4", "5"};

typedef struct Sample { const char *code, *measure, *title, *group, *kind, *unit, *change, *state; i64 now, target, cost; } Sample;
static const Sample samples[] = {
	{"A01-01", "1.1.1", "Večerní pečovatelská služba v horských obcích", "seniori", "40", "U", "increase", CARD_RUNNING, 350, 600, 2400000},
	{"A01-02", "1.1.1", "Pečovatelská služba o víkendech ve městech", "seniori", "40", "U", "increase", CARD_RUNNING, 800, 1100, 2900000},
	{"A01-03", "1.1.1", "Osobní asistence pro mladé dospělé", "zdravotni", "39", "U", "increase", CARD_APPROVED, 400, 550, 1200000},
	{"A02-01", "1.1.2", "Terénní odlehčovací služba", "pecujici", "44", "U", "new", CARD_RUNNING, 0, 400, 3400000},
	{"A02-02", "1.1.2", "Odlehčovací lůžka u domova pro seniory", "seniori", "44", "L", "new", CARD_RUNNING, 0, 800, 6400000},
	{"A02-03", "1.1.2", "Odlehčovací pobyty pro rodiny s dětmi s postižením", "zdravotni", "44", "L", "new", CARD_STOPPED, 0, 400, 3200000},
	{"A03-01", "1.2.1", "Poradna pro pečující v každém okrese", "pecujici", "37", "U", "increase", CARD_DONE, 200, 400, 1900000},
	{"A03-02", "1.2.1", "Kurzy pro pečující", "pecujici", "37", "U", "quality", CARD_DONE, 100, 100, 300000},
	{"B01-01", "2.1.1", "Podpora samostatného bydlení lidí s duševním onemocněním", "dusevni", "43", "U", "increase", CARD_RUNNING, 300, 500, 1800000},
	{"B01-02", "2.1.1", "Podpora samostatného bydlení lidí s mentálním postižením", "mentalni", "43", "U", "increase", CARD_APPROVED, 250, 400, 1350000},
	{"B02-01", "2.1.2", "Azylové byty s doprovodem", "bez-pristresi", "57", "L", "transformation", CARD_RUNNING, 2000, 2400, 860000},
	{"B02-02", "2.1.2", "Noclehárna mimo krajské město", "bez-pristresi", "63", "L", "new", CARD_MOVED, 0, 1000, 1250000},
	{"B02-03", "2.1.2", "Terénní programy pro lidi bez domova", "bez-pristresi", "69", "U", "increase", CARD_RUNNING, 300, 450, 1410000},
	{"C01-01", "3.1.1", "Třetí centrum duševního zdraví", "dusevni", "70", "U", "new", CARD_RUNNING, 0, 600, 5400000},
	{"C01-02", "3.1.1", "Sociální rehabilitace na venkově", "dusevni", "70", "U", "increase", CARD_APPROVED, 300, 400, 900000},
	{"C02-01", "3.1.2", "Kontaktní centrum: delší otevírací doba", "zavislosti", "59", "U", "increase", CARD_DONE, 400, 500, 960000},
	{"C02-02", "3.1.2", "Následná péče po léčbě závislosti", "zavislosti", "64", "U", "new", CARD_APPROVED, 0, 200, 1800000},
};
static const Sample proposals[] = {
	{"A01-01", "1.1.1", "Pečovatelská služba v noci", "seniori", "40", "U", "new", CARD_PROPOSED, 0, 300, 2900000},
	{"A02-01", "1.1.2", "Odlehčovací služba v každém obvodu", "pecujici", "44", "U", "increase", CARD_PROPOSED, 400, 900, 4300000},
	{"B01-01", "2.1.1", "Bydlení s podporou pro mladé dospělé", "bez-pristresi", "43", "U", "new", CARD_PROPOSED, 0, 200, 1800000},
	{"C01-01", "3.1.1", "Čtvrté centrum duševního zdraví", "dusevni", "70", "U", "new", CARD_PROPOSED, 0, 600, 5400000},
};

static Err add_tree(Ctx *c, Id plan, Id *ids) {
	for (size_t i = 0; i < LEN(tree); i++) {
		StrategyItem *s = entity_new(c->arena, &strategy_entity);
		size_t len = strlen(tree[i].code);
		*s = (StrategyItem){.plan = plan, .code = str_c(tree[i].code), .title = str_c(tree[i].title), .place = BLANK,
		                    .level = str_c(len == 1 ? STRATEGY_PRIORITY : len == 3 ? STRATEGY_GOAL : STRATEGY_MEASURE)};
		for (size_t k = 0; k < i; k++)
			if (strlen(tree[k].code) + 2 == len && str_starts(s->code, str_c(tree[k].code)))
				s->parent = ids[k];
		if (len == 1)
			strs_add(c->arena, &s->working_groups, str_c(groups[s->code.ptr[0] - '1']));
		TRY(entity_insert(c, &strategy_entity, s));
		ids[i] = s->head.id;
	}
	return OK;
}

static Err go_to_state(Ctx *c, Id card, const char *state) {
	static const struct { const char *state, *steps[3]; } ways[] = {
		{CARD_APPROVED, {"approve"}}, {CARD_RUNNING, {"approve", "start"}}, {CARD_DONE, {"approve", "start", "finish"}}, {CARD_STOPPED, {"approve", "stop"}},
		{CARD_MOVED, {"approve", "move"}},
	};
	for (size_t i = 0; i < LEN(ways); i++)
		for (size_t s = 0; strcmp(ways[i].state, state) == 0 && s < LEN(ways[i].steps) && ways[i].steps[s]; s++)
			TRY(workflow_do(c, &card_machine, card, ways[i].steps[s], &(WorkInput){.reason = S("Ukázkový důvod: karta pokračuje jinde nebo chybí realizátor.")}));
	return OK;
}

/* Costs grow by 3 % a year; the state pays a half, the region and municipalities the rest, and every third card lacks a part. */
static Err add_money(Ctx *c, const Plan *p, Id card, const Sample *s, size_t n) {
	static const struct { const char *source; int percent; } parts[] = {{"S1", 50}, {"S2", 20}, {"S4", 12}, {"S5", 10}};
	for (int i = 0; i < PLAN_YEARS; i++) {
		i64 cost = s->cost * (100 + 3 * i);          /* crowns × hundredths = haléře */
		bool invests = i == 0 && s->unit[0] == 'L';
		TRY(entity_insert(c, &card_year_entity, &(CardYear){.card = card, .year = p->year_from + i, .operating_cost = {cost},
			.investment_cost = {invests ? cost / 2 : BLANK},
			.milestone = i == 0 ? S("Služba začne (ukázkový milník)") : (Str){0}}));
		for (size_t k = 0; k < LEN(parts); k++)
			TRY(entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = p->year_from + i, .source = str_c(parts[k].source),
				.amount = {cost / 100 * parts[k].percent}}));
		if (n % 3)
			TRY(entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = p->year_from + i, .source = S("S8"), .amount = {cost - cost / 100 * 92}}));
	}
	return OK;
}

/* Indicators are whole numbers: staff is said in hours of a week, 40 to a full time. */
static i64 indicated(const Sample *s, i64 hundredths) {
	return s->unit[0] == 'L' ? hundredths / 100 : hundredths * 2 / 5;
}

static Err add_indicator(Ctx *c, Id card, const Sample *s, size_t n) {
	CardIndicator in = {.card = card, .name = S("Kapacita v síti"), .unit = s->unit[0] == 'L' ? S("lůžka") : S("hodiny přímé péče týdně"),
	                    .source = S("základní síť kraje"), .baseline = indicated(s, s->now), .target = indicated(s, s->target)};
	TRY(entity_insert(c, &card_indicator_entity, &in));
	if (!words_have(CARD_RUNNING " " CARD_DONE, str_c(s->state)))
		return OK;
	i64 way = in.target - in.baseline, gone = strcmp(s->state, CARD_DONE) == 0 ? way : way * (i64)(2 + n % 3) / 5;
	return entity_insert(c, &card_monitoring_entity, &(CardMonitoring){.card = card, .indicator = in.head.id, .day = date(2026, 3, 31), .value = in.baseline + gone,
		.text = S("Ukázkové vyhodnocení: kapacita roste podle plánu, chybějí pracovníci v sociálních službách.")});
}

/* Every fourth card has a town beside its provider. */
static Err add_implementers(Ctx *c, Id card, size_t n) {
	static const struct { const Entity *entity; const char *role; } kinds[] = {{&provider_entity, "hlavní realizátor"}, {&organisation_entity, "partner"}};
	for (size_t k = 0; k < LEN(kinds) && n % 4 == 0; k++) {
		EntityList all;
		TRY(entity_list(c, kinds[k].entity, &(ListQuery){.limit = 1, .offset = (i64)n / 4}, &all));
		if (!all.len)
			continue;
		Id id = ((const EntityHead *)all.at[0])->id;
		TRY(entity_insert(c, &card_implementer_entity, &(CardImplementer){.card = card, .provider = k == 0 ? id : BLANK, .organisation = k == 1 ? id : BLANK,
			.role = str_c(kinds[k].role)}));
	}
	return OK;
}

/* The first priority is judged by its first cards, not by all that stand below it. */
static Err judge_first(Ctx *c, Id priority, const Id *cards) {
	for (int i = 0; i < 2; i++) {
		IndicatorStates all;
		TRY(card_indicators(c, cards[i], &all));
		for (size_t k = 0; k < all.len; k++)
			TRY(entity_insert(c, &strategy_indicator_entity, &(StrategyIndicator){.item = priority, .indicator = all.at[k].indicator->head.id}));
	}
	return OK;
}

static Err add_card(Ctx *c, const Plan *p, const Sample *s, size_t n, const Id *ids, const Units *districts, Id *ret) {
	ActivityCard *k = entity_new(c->arena, &card_entity);
	k->plan = p->head.id;
	k->code = str_c(s->code);
	k->title = str_cat(c->arena, str_c(s->title), S(" (ukázka)"));
	for (size_t i = 0; i < LEN(tree); i++)
		if (strcmp(tree[i].code, s->measure) == 0)
			k->measure = ids[i];
	k->description = S("Ukázková karta: realizátor rozšíří službu podle potřeb obvodu, přijme pracovníky a upraví registraci.");
	k->justification = S("Ukázkové zdůvodnění: potřebu doložily obce a poskytovatelé, zájemci jsou odmítáni.");
	strs_add(c->arena, &k->target_groups, str_c(s->group));
	strs_add(c->arena, &k->kinds, str_c(s->kind));
	strs_add(c->arena, &k->forms, s->unit[0] == 'L' ? S("pob") : S("ter"));
	k->change_type = str_c(s->change);
	k->unit = str_c(s->unit);
	k->capacity_now = fte(s->now);
	k->capacity_target = fte(s->target);
	k->partners = S("poskytovatelé vybraní výzvou kraje");
	k->responsible = S("odbor sociálních věcí, oddělení plánování");
	k->starts_on = date((int)p->year_from, 1 + (int)(n * 5 % 12), 1);
	k->ends_on = date((int)p->year_to - (int)(n % 2), 12, 31);
	k->risks = S("Nedostatek pracovníků; souběh s rekonstrukcí prostor.");
	TRY(card_add(c, k));
	for (size_t i = 0; i < 2 && districts->len; i++)
		TRY(entity_insert(c, &card_territory_entity, &(CardTerritory){.card = k->head.id, .territory = districts->at[(n + 3 * i) % districts->len]->id}));
	TRY(add_implementers(c, k->head.id, n));
	TRY(add_money(c, p, k->head.id, s, n));
	TRY(add_indicator(c, k->head.id, s, n));
	*ret = k->head.id;
	return OK;
}

static Err add_cards(Ctx *c, const char *period, const Sample *list, size_t count) {
	Plan  *p;
	Id     ids[LEN(tree)], cards[LEN(samples)];
	Units  districts = {0};
	const Unit *region = territory_region(c);
	TRY(plan_by_slug(c, str_c(period), &p));
	TRY(add_tree(c, p->head.id, ids));
	if (region)
		TRY(territory_below(c, region->id, LEVEL_DISTRICT, TODAY, &districts));
	for (size_t i = 0; i < count; i++)
		TRY(add_card(c, p, &list[i], i, ids, &districts, &cards[i]));
	TRY(judge_first(c, ids[0], cards));
	TRY(entity_insert(c, &card_relation_entity, &(CardRelation){.card = cards[1], .kind = S(RELATION_DEPENDS), .other = cards[0]}));
	TRY(entity_insert(c, &card_relation_entity, &(CardRelation){.card = cards[2], .kind = S(RELATION_EXCLUDES), .other = cards[3]}));
	return OK;
}

/* The plan from before the program gets its annexes as if it were still written. */
static Err put_state(Ctx *c, const char *period, Str state) {
	Plan *p;
	TRY(plan_by_slug(c, str_c(period), &p));
	p->state = state;
	return store_update(c, &plan_entity, p);
}

static Err freeze_outlook(Ctx *c, const char *period, Str state) {
	Plan *p;
	TRY(put_state(c, period, state));
	TRY(plan_by_slug(c, str_c(period), &p));
	return outlook_freeze(c, p, p->valid_version);
}

/* Sums of cards beside an invented network: the state pays most of it, and what its users pay grows with the rest. */
static Err add_outlook(Ctx *c, const char *period, bool is_old) {
	static const struct { const char *source; i64 crowns; } parts[] = {{"S1", 1180000000}, {"S2", 92000000}, {"S3", 61000000}, {"S4", 148000000},
		{"S5", 690000000}, {"S6", 540000000}, {"S7", 44000000}};
	enum { NETWORK = 0 };
	Plan   *p;
	Outlook o;
	TRY(plan_by_slug(c, str_c(period), &p));
	Str state = p->state;
	if (is_old)
		TRY(put_state(c, period, S(PLAN_DRAFTING)));
	TRY(plan_by_slug(c, str_c(period), &p));
	TRY(outlook_take_cards(c, p, is_old ? CARDS_PUBLIC : CARDS_ALL));      /* a proposal that came later is not of the approved annex */
	TRY(outlook_read(c, p, &o));
	for (int y = 0; y < PLAN_YEARS; y++) {
		CardGridYear *g = &o.at[NETWORK][y];
		i64 sum = 0;
		for (size_t i = 0; i < LEN(parts); i++)
			for (size_t s = 0; s < o.sources.len; s++)
				if (str_eq(o.sources.at[s]->code, str_c(parts[i].source))) {
					g->by_source[s] = (Money){parts[i].crowns * (100 + 3 * y)};
					sum += parts[i].crowns * (100 + 3 * y);
				}
		g->operating = (Money){sum};
		g->investment = (Money){y ? BLANK : 0};
	}
	TRY(outlook_save(c, &o, S("Ukázkový výhled: náklady sítě rostou o 3 % ročně, karty podle přílohy č. 1.")));
	return is_old ? freeze_outlook(c, period, state) : OK;
}

/* The last year of the valid plan: its cards as they were approved, one that was prolonged since, and an action plan that the assembly approved. */
static Err add_action_plan(Ctx *c) {
	static const char *const steps[] = {"publish", "finish", "submit", "approve"};
	Plan         *p;
	Cards         all, approved = {0};
	ActivityCard *k;
	ActionPlan   *a;
	Id            id;
	TRY(plan_by_slug(c, S("2024-2026"), &p));
	TRY(cards_of(c, p, CARDS_ALL, &all));
	for (size_t i = 0; i < all.len; i++)
		if (!str_eq(all.at[i]->state, S(CARD_PROPOSED)))
			*ARENA_PUSH(c->arena, approved.at, approved.len, approved.cap) = all.at[i];
	TRY(cards_freeze(c, p, p->valid_version, &approved));
	TRY(card_by_code(c, p, S("A01-02"), &k));
	k->ends_on = date(2026, 12, 31);
	TRY(entity_update(c, &card_entity, k));
	TRY(action_plan_open(c, p, 2026, &id));
	TRY(action_plan_of_year(c, p, 2026, &a));
	TRY(action_plan_save(c, a, S("Kraj v roce 2026 dokončí karty platného plánu a připraví plán na další období. *Ukázkový text.*\n\n## Hlavní úkoly\n\n"
		"- rozšířit terénní služby večer a o víkendu,\n- otevřít odlehčovací lůžka,\n- připravit plán 2027–2029.\n")));
	for (size_t i = 0; i < LEN(steps); i++)
		TRY(workflow_do(c, &action_plan_machine, id, steps[i], &(WorkInput){.resolution = i == 3 ? S("616/23/ZK") : (Str){0}}));
	return OK;
}

/* One of the proposals is a town's: its district's coordinator finds it in the list. */
static Err give_to_town(Ctx *c, const char *code, const char *town) {
	const Unit   *u = territory_by_slug(c, LEVEL_MUNICIPALITY, str_c(town));
	Plan         *p;
	ActivityCard *k;
	if (!u)
		return OK;
	TRY(plan_by_slug(c, S("2027-2029"), &p));
	TRY(card_by_code(c, p, str_c(code), &k));
	k->municipality = u->id;
	return entity_update(c, &card_entity, k);
}

Err plan_cards_demo(Ctx *c) {
	TRY(add_cards(c, "2024-2026", samples, LEN(samples)));
	Plan *p;
	TRY(plan_by_slug(c, S("2024-2026"), &p));
	for (size_t i = 0; i < LEN(samples); i++) {
		ActivityCard *k;
		TRY(card_by_code(c, p, str_c(samples[i].code), &k));
		if (i == 2)                          /* it excludes A02-01, which runs: it stays a proposal */
			continue;
		TRY(go_to_state(c, k->head.id, samples[i].state));
	}
	TRY(add_action_plan(c));
	TRY(add_cards(c, "2027-2029", proposals, LEN(proposals)));
	TRY(give_to_town(c, "B01-01", "smrzovka"));
	TRY(add_outlook(c, "2024-2026", true));
	return add_outlook(c, "2027-2029", false);
}
