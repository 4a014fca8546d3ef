/* card_public_page.c: one activity card: what, where, for whom, for how much, how it goes. */
#include "base/format.h"
#include "core/access.h"
#include "domain/needs/need.h"
#include "domain/plan/card.html.h"
#include "domain/plan/card_page.h"

Str card_percent(Arena *a, i64 basis_points) {
	CLEANUP(buf_free) Buf b = {0};
	if (basis_points == BLANK)
		return S("–");
	fmt_percent(&b, (Percent){(basis_points + 5) / 10 * 10});              /* one decimal everywhere: means would have two, others one */
	return buf_take(&b, a);
}

/* ---- money ---- */

static void money_line(Req *r, const PlanMoney *m, MoneyLines *ret, Str label, size_t offset, bool is_sum, bool always) {
	MoneyLine l = {.label = label, .is_sum = is_sum};
	bool      any = always;
	for (size_t i = 0; i <= PLAN_YEARS; i++) {
		const YearMoney *y = i < PLAN_YEARS ? &m->years[i] : &m->total;
		i64 value = *(const i64 *)((const char *)y + offset);
		any = any || value != BLANK;
		strs_add(r->c->arena, &l.cells, money_text(r->c->arena, value, "–"));
	}
	if (any)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = l;
}

void card_money_lines(Req *r, const PlanMoney *m, MoneyLines *ret, Strs *heads) {
	for (size_t i = 0; i < PLAN_YEARS; i++)
		strs_add(r->c->arena, heads, str_format(r->c->arena, "%lld", (long long)m->years[i].year));
	strs_add(r->c->arena, heads, S("Celkem"));
	money_line(r, m, ret, S("Provozní náklady"), offsetof(YearMoney, operating), false, false);
	money_line(r, m, ret, S("Investiční náklady"), offsetof(YearMoney, investment), false, false);
	money_line(r, m, ret, S("Náklady celkem"), offsetof(YearMoney, cost), true, true);
	for (size_t i = 0; i < m->sources.len; i++)
		money_line(r, m, ret, m->sources.at[i]->name, offsetof(YearMoney, by_source) + i * sizeof(i64), false, false);
	money_line(r, m, ret, S("Zdroje celkem"), offsetof(YearMoney, sources), true, true);
	money_line(r, m, ret, S("Chybí"), offsetof(YearMoney, missing), true, true);
	if (m->total.surplus > 0)
		money_line(r, m, ret, S("Zdroje nad náklady"), offsetof(YearMoney, surplus), false, true);
}

/* ---- the parts of a card ---- */

static void add_pair(Req *r, PairViews *to, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (PairView){.label = str_c(label), .value = value};
}

static Err add_facts(Req *r, const Plan *p, const ActivityCard *k, CardPage *v) {
	static const char *const names[] = {"change_type", "target_groups", "kinds", "forms", "unit", "capacity_now", "capacity_target", "partners", "responsible",
	                                    "starts_on", "ends_on"};
	Strategy all;
	Units    places;
	Implementers implementers;
	Arena   *a = r->c->arena;
	TRY(strategy_of(r->c, p->head.id, &all));
	static const char *const levels[] = {"Opatření", "Cíl", "Priorita"};
	const StrategyItem *s = strategy_find(&all, k->measure);
	for (size_t i = 0; s && i < LEN(levels); i++, s = strategy_find(&all, s->parent))
		*ARENA_PUSH(a, v->pairs.at, v->pairs.len, v->pairs.cap) = (PairView){.label = str_c(levels[i]), .value = str_format(a, "%.*s %.*s", STR_ARG(s->code), STR_ARG(s->title)),
			.href = str_format(a, "/plan/%.*s/karty?opatreni=%.*s", STR_ARG(p->slug), STR_ARG(s->code))};
	Strs groups = strategy_groups(a, &all, k->measure), group_names = {0};
	for (size_t i = 0; i < groups.len; i++)
		strs_add(a, &group_names, codelist_name(r->c, "working_group", groups.at[i]));
	add_pair(r, &v->pairs, "Pracovní skupiny", str_join(a, S(", "), group_names));
	TRY(card_territories(r->c, k->head.id, &places));
	add_pair(r, &v->pairs, "Území", card_places_text(r->c, &places));
	TRY(card_implementers(r->c, k, &implementers));
	add_pair(r, &v->pairs, "Realizátoři", implementers_text(a, &implementers));
	for (size_t i = 0; i < LEN(names); i++) {
		PairView pair = pair_view(r, entity_field(&card_entity, str_c(names[i])), k);
		if (pair.value.len)
			*ARENA_PUSH(a, v->pairs.at, v->pairs.len, v->pairs.cap) = (PairView){.label = pair.label, .value = pair.value};
	}
	return OK;
}

/* Accepted needs that this card answers: by their titles, for everybody; officers get the way to them. */
static Err add_needs(Req *r, const ActivityCard *k, CardPage *v) {
	NeedLinks links;
	TRY(need_links_of(r->c, "activity_card", k->head.id, &links));
	for (size_t i = 0; i < links.len; i++) {
		void *row;
		TRY(store_get(r->c, &need_entity, TODAY, links.at[i].need, &row));
		const Need *n = row;
		if (need_is_public(n->state))
			*ARENA_PUSH(r->c->arena, v->needs.at, v->needs.len, v->needs.cap) = (LinkView){.label = n->title,
				.href = may(r->c, CAP_NEED_READ) ? str_format(r->c->arena, "/app/potreby/%lld", (long long)n->head.id) : (Str){0}};
	}
	return OK;
}

static Err add_related(Req *r, const Plan *p, Id card, const char *kind, Links *ret) {
	Cards all;
	TRY(card_related(r->c, card, kind, &all));
	for (size_t i = 0; i < all.len; i++)
		if (card_is_for(r, p, all.at[i]))
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){
				.label = str_format(r->c->arena, "%.*s %.*s", STR_ARG(all.at[i]->code), STR_ARG(all.at[i]->title)),
				.href = str_format(r->c->arena, "/plan/%.*s/karty/%.*s", STR_ARG(p->slug), STR_ARG(all.at[i]->code))};
	return OK;
}

static Str int_text(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	if (n == BLANK)
		return S("–");
	fmt_int(&b, n);
	return buf_take(&b, a);
}

static Err add_indicators(Req *r, Id card, CardPage *v) {
	Arena          *a = r->c->arena;
	IndicatorStates all;
	Monitorings     past;
	TRY(card_indicators(r->c, card, &all));
	TRY(card_monitorings(r->c, card, &past));
	for (size_t i = 0; i < all.len; i++) {
		const CardIndicator *in = all.at[i].indicator;
		*ARENA_PUSH(a, v->indicators.at, v->indicators.len, v->indicators.cap) = (IndicatorLine){
			.name = in->name, .unit = in->unit, .baseline = int_text(a, in->baseline), .target = int_text(a, in->target), .value = int_text(a, all.at[i].value),
			.progress = all.at[i].value == BLANK ? S("zatím neměřeno") : card_percent(a, all.at[i].progress), .day = plan_day(r, all.at[i].day)};
	}
	for (size_t i = 0; i < past.len; i++) {
		Str name = {0};
		for (size_t n = 0; n < all.len; n++)
			if (all.at[n].indicator->head.id == past.at[i]->indicator)
				name = all.at[n].indicator->name;
		*ARENA_PUSH(a, v->monitoring.at, v->monitoring.len, v->monitoring.cap) = (MonitoringLine){
			.day = plan_day(r, past.at[i]->day), .indicator = name, .value = int_text(a, past.at[i]->value), .text = past.at[i]->text};
	}
	v->progress = all.len ? card_percent(a, card_progress(&all)) : (Str){0};
	return OK;
}

static Err add_moments(Req *r, Id card, CardPage *v) {
	WorkSteps steps;
	char      iso[DATE_ISO_LEN];
	TRY(workflow_steps(r->c, &card_machine, card, &steps));
	for (size_t i = 0; i < steps.len; i++) {
		Date day = prague_day(steps.at[i].at);
		const Transition *t = machine_action(&card_machine, steps.at[i].before, steps.at[i].action);
		*ARENA_PUSH(r->c->arena, v->moments.at, v->moments.len, v->moments.cap) = (MomentView){.done = true, .when = plan_day(r, day),
			.datetime = str_dup(r->c->arena, date_iso(day, iso)), .text = t ? str_c(t->done) : state_title(&card_machine, steps.at[i].after)};
	}
	return OK;
}

Err card_page_of(Req *r, const Plan *p, const ActivityCard *k, CardPage *v) {
	PlanMoney money;
	CardYears years;
	ActivityCard one = *k;
	ActivityCard *list[] = {&one};
	Cards cards = {list, 1, 1};
	if (!card_counts(k))
		one.state = S(CARD_APPROVED);        /* its own page shows its own money */
	*v = (CardPage){.title = str_format(r->c->arena, "%.*s %.*s", STR_ARG(k->code), STR_ARG(k->title)), .lead = p->title, .description = k->description,
	                .justification = k->justification, .risks = k->risks, .conditions = k->conditions, .state = state_title(&card_machine, k->state),
	                .tone = card_tone(k)};
	TRY(add_facts(r, p, k, v));
	TRY(add_needs(r, k, v));
	TRY(add_related(r, p, k->head.id, RELATION_DEPENDS, &v->depends));
	TRY(add_related(r, p, k->head.id, RELATION_EXCLUDES, &v->excludes));
	TRY(cards_money(r->c, p, &cards, &money));
	card_money_lines(r, &money, &v->money, &v->heads);
	TRY(card_years(r->c, k->head.id, &years));
	for (size_t i = 0; i < years.len; i++)
		if (years.at[i]->milestone.len)
			strs_add(r->c->arena, &v->milestones, str_format(r->c->arena, "%lld: %.*s", (long long)years.at[i]->year, STR_ARG(years.at[i]->milestone)));
	TRY(add_indicators(r, k->head.id, v));
	return add_moments(r, k->head.id, v);
}

Err page_card(Req *r) {
	Plan         *p;
	ActivityCard *k;
	CardPage      v;
	TRY(plan_of_address(r, false, &p));
	TRY(card_by_code(r->c, p, arg(r, 1), &k));
	if (!card_is_for(r, p, k))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Kartu %.*s tento plán nemá. Vyberte ji ze seznamu karet.", STR_ARG(arg(r, 1)));
	TRY(card_page_of(r, p, k, &v));
	TRY(plan_card_comment_address(r->c, p, k->head.id, &v.comment_href));
	if (entity_in_scope(r->c, &card_entity, k))
		v.office = str_format(r->c->arena, "/app/karty/%lld", (long long)k->head.id);
	crumb(r, S("Karty aktivit"), str_format(r->c->arena, "/plan/%.*s/karty", STR_ARG(p->slug)));
	view_card(page(r, v.title), &v);
	return OK;
}
