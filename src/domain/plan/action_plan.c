/* action_plan.c: which cards belong to a year, in what they differ from the approved plan, and the text that says so. */
#include "domain/plan/action_plan.h"

#include "base/format.h"
#include "core/access.h"
#include "domain/plan/action_plan.sql.h"
#include "domain/plan/card_inside.h"

static Err check(Ctx *c, const void *row) {
	const ActionPlan *a = row;
	Plan *p;
	TRY(plan_stored(c, a->plan, &p));
	if (a->year < p->year_from || a->year > p->year_to)
		return fail(c, ERR_INVALID, "year", "Rok: plán je na roky %lld–%lld, vyberte jeden z nich.", (long long)p->year_from, (long long)p->year_to);
	return OK;
}

ENTITY(action_plan_entity, ActionPlan, ACTION_PLAN_FIELDS, .name = "action_plan", .table = "action_plan", .one = "akční plán", .many = "akční plány",
       .of_many = "akčních plánů", .article = "m", .title = "title", .order = "year", .read = CAP_PLAN_READ, .write = CAP_PLAN_UPDATE,
       .check = check, .raises_data_version = true)

/* ---- plans of years ---- */

Err action_plan_stored(Ctx *c, Id id, ActionPlan **ret) {
	void *row;
	TRY(store_get(c, &action_plan_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err action_plans_of(Ctx *c, const Plan *p, ActionPlans *ret) {
	CardIds ids;
	*ret = (ActionPlans){0};
	TRY(ids_read(c, &sql_action_plan_ids, P(V(p->head.id)), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(action_plan_stored(c, ids.at[i], ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

static Err find(Ctx *c, const Plan *p, i64 year, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_action_plan_id, P(V(p->head.id), V(year)), 0, ret) == OK ? OK : fail_internal(c, "action plan of a year");
}

Err action_plan_of_year(Ctx *c, const Plan *p, i64 year, ActionPlan **ret) {
	i64 id;
	TRY(find(c, p, year, &id));
	return id ? action_plan_stored(c, id, ret) : fail(c, ERR_NOT_FOUND, NULL, "Akční plán na rok %lld tento plán nemá.", (long long)year);
}

Err action_plan_open(Ctx *c, const Plan *p, i64 year, Id *ret) {
	i64 other;
	TRY(require(c, CAP_PLAN_UPDATE));
	if (!p->valid_version)
		return fail(c, ERR_INVALID, "year", "Akční plán se odvozuje z platného plánu. Tento plán zatím neschválilo zastupitelstvo.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(find(c, p, year, &other));
	if (other)
		return fail(c, ERR_CONFLICT, "year", "Rok: akční plán na rok %lld už je založený.", (long long)year);
	ActionPlan *a = entity_new(c->arena, &action_plan_entity);
	a->plan = p->head.id;
	a->year = year;
	a->title = str_format(c->arena, "Akční plán rozvoje sociálních služeb na rok %lld", (long long)year);
	TRY(workflow_start(c, &action_plan_machine, "open", a, NULL));
	*ret = a->head.id;
	return tx_commit(&tx);
}

Err action_plan_save(Ctx *c, ActionPlan *a, Str activities) {
	Paragraphs text;
	Str        why;
	TRY(require(c, CAP_PLAN_UPDATE));
	if (!str_eq(a->state, S(ACTION_DRAFTING)))
		return fail(c, ERR_CONFLICT, NULL, "Akční plán je zmrazený, jeho text se nemění. Vraťte ho k dopracování.");
	activities = text_clean_source(c->arena, activities);
	if (paragraphs_read(c->arena, activities, &text, &why) != OK)
		return fail(c, ERR_INVALID, "activities", "%.*s", STR_ARG(why));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	a->activities = activities;
	a->changed_at = c->now;
	a->changed_by = c->actor->name;
	TRY(entity_update(c, &action_plan_entity, a));
	return tx_commit(&tx);
}

Id action_plan_shown(const ActionPlan *a) {
	return id_given(a->valid_version) ? a->valid_version : id_given(a->newest_version) ? a->newest_version : 0;
}

bool action_plan_is_public(const ActionPlan *a) {
	return id_given(a->valid_version) || (id_given(a->newest_version) && !str_eq(a->state, S(ACTION_DRAFTING)));
}

/* ---- cards of the year ---- */

Str action_kind_text(ActionKind k) {
	return k == ACTION_STARTS ? S("začíná") : k == ACTION_CONTINUES ? S("pokračuje") : S("přenesená");
}

static bool is_worked_on(const ActivityCard *k) {
	return words_have(CARD_APPROVED " " CARD_RUNNING " " CARD_DONE, k->state);
}

/* Done cards belong to the year in which they run by their days; others also when they should have ended before it. */
static bool is_of_year(const ActivityCard *k, const YearMoney *m, i64 year) {
	bool days = date_year(k->starts_on) <= year && date_year(k->ends_on) >= year;
	bool late = date_year(k->ends_on) < year && !str_eq(k->state, S(CARD_DONE));
	return is_worked_on(k) && (days || late || m->cost != BLANK || m->sources != BLANK);
}

static ActionKind kind_of(const ActivityCard *k, i64 year) {
	bool waits = str_eq(k->state, S(CARD_APPROVED)) && date_year(k->starts_on) < year;
	if ((date_year(k->ends_on) < year && !str_eq(k->state, S(CARD_DONE))) || waits)
		return ACTION_CARRIED;
	return date_year(k->starts_on) < year ? ACTION_CONTINUES : ACTION_STARTS;
}

static Err milestone_of(Ctx *c, Id card, i64 year, Str *ret) {
	*ret = (Str){0};
	Rows r = db_query(ctx_conn(c), &sql_action_milestone, P(V(card), V(year)));
	while (rows_next(&r))
		*ret = str_dup(c->arena, col_text(&r, 0));
	return rows_end(&r) == OK ? OK : fail_internal(c, "milestone of a card");
}

Err action_cards(Ctx *c, const ActionPlan *a, ActionCards *ret) {
	Plan      *p;
	Cards      all, some = {0};
	PlanMoney *each;
	*ret = (ActionCards){0};
	TRY(plan_stored(c, a->plan, &p));
	TRY(cards_of(c, p, CARDS_ALL, &all));
	TRY(cards_money_each(c, p, &all, &each));
	ret->year = (size_t)(a->year - p->year_from);
	PlanMoney *chosen = NEW_ARRAY(c->arena, PlanMoney, all.len + 1);
	for (size_t i = 0; i < all.len; i++) {
		const YearMoney *m = &each[i].years[ret->year];
		ActionCard one = {.card = all.at[i], .kind = kind_of(all.at[i], a->year), .money = *m};
		if (!is_of_year(all.at[i], m, a->year))
			continue;
		TRY(milestone_of(c, all.at[i]->head.id, a->year, &one.milestone));
		chosen[some.len] = each[i];
		*ARENA_PUSH(c->arena, some.at, some.len, some.cap) = all.at[i];
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = one;
	}
	CodeItems sources;
	TRY(plan_sources(c, p, &sources));
	cards_money_sum(p, &some, chosen, &sources, &ret->money);
	return OK;
}

/* ---- against the approved plan ---- */

Err cards_freeze(Ctx *c, const Plan *p, Id version, const Cards *cards) {
	PlanMoney *each;
	TRY(cards_money_each(c, p, cards, &each));
	for (size_t i = 0; i < cards->len; i++)
		for (size_t y = 0; card_counts(cards->at[i]) && y < PLAN_YEARS; y++) {
			const ActivityCard *k = cards->at[i];
			const YearMoney    *m = &each[i].years[y];
			if (db_run(c->conn, &sql_frozen_card_put, P(V(version), V(k->head.id), V(m->year), V(k->code), V(k->title), V(k->starts_on), V(k->ends_on),
			           V(k->capacity_target.hundredths), V(m->cost), V(m->sources)), NULL) != OK)
				return fail_internal(c, "cards of a frozen version");
		}
	return OK;
}

typedef struct Frozen { Id card; Str code, title; Date starts_on, ends_on; i64 capacity, cost, sources; } Frozen;
typedef struct FrozenCards { Frozen *at; size_t len, cap; } FrozenCards;

static Err read_frozen(Ctx *c, Id version, i64 year, FrozenCards *ret) {
	*ret = (FrozenCards){0};
	Rows r = db_query(ctx_conn(c), &sql_frozen_cards, P(V(version), V(year)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Frozen){col_int(&r, 0), str_dup(c->arena, col_text(&r, 1)), str_dup(c->arena, col_text(&r, 2)),
			col_date(&r, 3), col_date(&r, 4), col_int(&r, 5), col_int(&r, 6), col_int(&r, 7)};
	return rows_end(&r) == OK ? OK : fail_internal(c, "cards of a frozen version");
}

static Str days_text(Arena *a, Date from, Date to) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date_range(&b, from, to);
	return buf_take(&b, a);
}

static Str capacity_text(Arena *a, i64 hundredths) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_decimal(&b, hundredths, 2);
	return buf_take(&b, a);
}

static Str changes_of(Arena *a, const Frozen *f, const ActionCard *k) {
	Strs list = {0};
	if (!str_eq(f->title, k->card->title))
		strs_add(a, &list, str_format(a, "název byl „%.*s“", STR_ARG(f->title)));
	if (f->starts_on.n != k->card->starts_on.n || f->ends_on.n != k->card->ends_on.n)
		strs_add(a, &list, str_format(a, "doba byla %.*s, je %.*s", STR_ARG(days_text(a, f->starts_on, f->ends_on)), STR_ARG(days_text(a, k->card->starts_on, k->card->ends_on))));
	if (f->capacity != k->card->capacity_target.hundredths)
		strs_add(a, &list, str_format(a, "cílová kapacita byla %.*s, je %.*s", STR_ARG(capacity_text(a, f->capacity)), STR_ARG(capacity_text(a, k->card->capacity_target.hundredths))));
	if (f->cost != k->money.cost)
		strs_add(a, &list, str_format(a, "náklady byly %.*s, jsou %.*s", STR_ARG(money_text(a, f->cost, "nevyplněno")), STR_ARG(money_text(a, k->money.cost, "nevyplněno"))));
	if (f->sources != k->money.sources)
		strs_add(a, &list, str_format(a, "zdroje byly %.*s, jsou %.*s", STR_ARG(money_text(a, f->sources, "nevyplněno")), STR_ARG(money_text(a, k->money.sources, "nevyplněno"))));
	return str_join(a, S("; "), list);
}

static void add_difference(Ctx *c, ActionDifferences *to, Str code, Str title, Str what) {
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (ActionDifference){code, title, what};
}

/* Cards that the plan had in this year and that the year does not have any more. */
static Err add_left_out(Ctx *c, const FrozenCards *frozen, const ActionCards *cards, i64 year, ActionDifferences *ret) {
	for (size_t i = 0; i < frozen->len; i++) {
		const Frozen *f = &frozen->at[i];
		bool          here = false, had = f->cost != BLANK || f->sources != BLANK || (date_year(f->starts_on) <= year && date_year(f->ends_on) >= year);
		ActivityCard *k;
		for (size_t n = 0; n < cards->len; n++)
			here = here || cards->at[n].card->head.id == f->card;
		if (here || !had)
			continue;
		TRY(card_stored(c, f->card, &k));
		add_difference(c, ret, k->code, k->title, str_format(c->arena, "byla, teď je ve stavu %.*s", STR_ARG(state_title(&card_machine, k->state))));
	}
	return OK;
}

Err action_differences(Ctx *c, const ActionPlan *a, Id version, const ActionCards *cards, ActionDifferences *ret) {
	FrozenCards frozen;
	*ret = (ActionDifferences){0};
	TRY(read_frozen(c, version, a->year, &frozen));
	ret->known = frozen.len > 0;
	for (size_t i = 0; i < cards->len && ret->known; i++) {
		const ActionCard *k = &cards->at[i];
		const Frozen     *f = NULL;
		for (size_t n = 0; n < frozen.len && !f; n++)
			f = frozen.at[n].card == k->card->head.id ? &frozen.at[n] : NULL;
		Str what = f ? changes_of(c->arena, f, k) : S("nebyla, přibyla po zmrazení");
		if (what.len)
			add_difference(c, ret, k->card->code, k->card->title, what);
	}
	return add_left_out(c, &frozen, cards, a->year, ret);
}
