/* card.c: activity cards: what a card must say, who may propose one, and who may know of it. */
#include "core/access.h"
#include "domain/plan/card_inside.h"

/* ---- what must hold ---- */

static bool is_digit(char ch) {
	return ch >= '0' && ch <= '9';
}

/* "A02-09", "A02-109" */
static bool code_plausible(Str s) {
	if (s.len < 6 || s.len > 7 || s.ptr[0] < 'A' || s.ptr[0] > 'Z' || s.ptr[3] != '-' || !is_digit(s.ptr[1]) || !is_digit(s.ptr[2]))
		return false;
	for (size_t i = 4; i < s.len; i++)
		if (!is_digit(s.ptr[i]))
			return false;
	return true;
}

static Err check_code(Ctx *c, const ActivityCard *k) {
	i64 other;
	if (!code_plausible(k->code))
		return fail(c, ERR_INVALID, "code", "Kód: napište písmeno oblasti, dvě číslice, pomlčku a pořadí, například A02-09.");
	if (db_get_int(ctx_conn(c), &sql_card_by_code, P(V(k->plan), V(k->code)), 0, &other) != OK)
		return fail_internal(c, "card by its code");
	if (other && other != k->head.id)
		return fail(c, ERR_INVALID, "code", "Kód: %.*s už v plánu má jiná karta. Zvolte jiný.", STR_ARG(k->code));
	return OK;
}

static Err check_dates(Ctx *c, const ActivityCard *k, const Plan *p) {
	if (date_before(k->ends_on, k->starts_on))
		return fail(c, ERR_INVALID, "ends_on", "Do: konec je před začátkem.");
	if (date_year(k->starts_on) < p->year_from || date_year(k->starts_on) > p->year_to)
		return fail(c, ERR_INVALID, "starts_on", "Od: plán je na roky %lld–%lld, zapište den v nich.", (long long)p->year_from, (long long)p->year_to);
	if (date_year(k->ends_on) > p->year_to)
		return fail(c, ERR_INVALID, "ends_on", "Do: plán končí rokem %lld. Co pokračuje dál, bude v kartě dalšího plánu.", (long long)p->year_to);
	return OK;
}

static Err check_measure(Ctx *c, const ActivityCard *k) {
	void *row;
	TRY(store_get(c, &strategy_entity, TODAY, k->measure, &row));
	const StrategyItem *s = row;
	if (s->plan != k->plan || !str_eq(s->level, S(STRATEGY_MEASURE)))
		return fail(c, ERR_INVALID, "measure", "Opatření: vyberte opatření téhož plánu.");
	return OK;
}

static Err check_capacity(Ctx *c, const ActivityCard *k) {
	const CodeItem *unit = codelist_find(c, "network_unit", k->unit);
	if (!unit || !str_eq(code_attribute(unit, S("places")), S("0")))
		return OK;
	if (k->capacity_now.hundredths % 100)
		return fail(c, ERR_INVALID, "capacity_now", "Kapacita nyní: lůžka zapište celým číslem.");
	if (k->capacity_target.hundredths % 100)
		return fail(c, ERR_INVALID, "capacity_target", "Cílová kapacita: lůžka zapište celým číslem.");
	return OK;
}

static Err check_same_plan(Ctx *c, const ActivityCard *k) {
	ActivityCard *before;
	if (!k->head.id)
		return OK;
	size_t said = c->problems.len;
	Err    e = card_stored(c, k->head.id, &before);
	if (e == ERR_NOT_FOUND) {                /* it is being made */
		c->problems.len = said;
		return OK;
	}
	TRY(e);
	return before->plan == k->plan ? OK : fail(c, ERR_INVALID, "plan", "Plán: karta do jiného plánu nepřechází. Označte ji za přesunutou a založte novou.");
}

/* Others than the region change a card only while it is a proposal, and only their own: they read more cards than that. */
static Err check_stage(Ctx *c, const ActivityCard *k) {
	ActivityCard *before;
	if (c->actor->is_program || c->stepping || !k->state.len || access_scope(c, CAP_CARD_UPDATE).all)
		return OK;
	if (!str_eq(k->state, S(CARD_PROPOSED)))
		return fail(c, ERR_INVALID, NULL, "Schválenou kartu mění jen kraj. Napište koordinátorovi plánu, co je třeba změnit.");
	size_t said = c->problems.len;
	if (card_stored(c, k->head.id, &before) != OK) {
		c->problems.len = said;              /* it is being made */
		return OK;
	}
	return card_may_edit(c, before) ? OK : fail(c, ERR_INVALID, NULL, "Tento návrh podal někdo jiný. Napište koordinátorovi plánu, co by se v něm mělo změnit.");
}

static Err check(Ctx *c, const void *row) {
	const ActivityCard *k = row;
	Plan *p;
	TRY(plan_stored(c, k->plan, &p));
	TRY(check_same_plan(c, k));
	TRY(check_stage(c, k));
	Err all[] = {check_code(c, k), check_dates(c, k, p), check_measure(c, k), check_capacity(c, k)};
	for (size_t i = 0; i < LEN(all); i++)
		TRY(all[i]);
	return OK;
}

/* DOMAIN § 3: a provider reads cards that it carries out, whoever else does; a municipality too; a district those that lie in it or that its municipalities proposed. */
static const ScopeRows also_for[] = {
	{SCOPE_PROVIDER, "card_implementer", "card", "provider"},
	{SCOPE_MUNICIPALITY, "(SELECT i.card, g.ref FROM card_implementer i JOIN organisation g ON g.id = i.organisation WHERE g.kind = 'municipality')", "card", "ref"},
	{SCOPE_PROVIDER, "(SELECT i.card, g.ref FROM card_implementer i JOIN organisation g ON g.id = i.organisation WHERE g.kind = 'provider')", "card", "ref"},
	{SCOPE_DISTRICT, "card_territory", "card", "territory", .within = true},
	{SCOPE_DISTRICT, "activity_card", "id", "municipality", .within = true},
};

ENTITY(card_entity, ActivityCard, CARD_FIELDS, .name = "activity_card", .table = "activity_card", .one = "karta aktivity", .many = "karty aktivit",
       .of_many = "karet aktivit", .article = "f", .key = "plan,code", .title = "title", .order = "code", .read = CAP_CARD_READ, .write = CAP_CARD_UPDATE,
       .path = "/app/karty", .scope_provider = "implementer", .scope_municipality = "municipality", .scope_district = "district",
       .scope_rows = also_for, .scope_row_count = LEN(also_for), .check = check, .raises_data_version = true)

/* ---- reading ---- */

Err ids_read(Ctx *c, const Sql *sql, const DbValue *values, int count, CardIds *ret) {
	*ret = (CardIds){0};
	Rows r = db_query(ctx_conn(c), sql, values, count);
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "rows of cards");
}

Err card_stored(Ctx *c, Id id, ActivityCard **ret) {
	void *row;
	TRY(store_get(c, &card_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

/* When the plan was put forward for the last time; none = never. */
static Instant put_forward_at(Ctx *c, const Plan *p) {
	WorkSteps steps = {0};
	Instant   at = {0};
	if (workflow_steps(c, &plan_machine, p->head.id, &steps) != OK)
		return at;
	for (size_t i = 0; i < steps.len; i++)
		if (str_eq(steps.at[i].action, S("publish")))
			at = steps.at[i].at;
	return at;
}

/* The plan's own proposals, and those of others that it was put forward with: what comes later waits until the region has seen it. */
static bool stands_in_draft(Ctx *c, const Plan *p, const WorkSteps *steps) {
	static const char put_forward[] = PLAN_IN_CONSULTATION " " PLAN_SETTLING " " PLAN_FINAL " " PLAN_IN_APPROVAL;
	if (!words_have(put_forward, p->state) || !steps->len)
		return false;
	return str_eq(steps->at[0].action, S("create")) || steps->at[0].at.ms <= put_forward_at(c, p).ms;
}

static bool was_approved(const WorkSteps *steps) {
	for (size_t i = 0; i < steps->len; i++)
		if (str_eq(steps->at[i].after, S(CARD_APPROVED)))
			return true;
	return false;
}

/* What was decided is public, also what ended afterwards; a proposal only while its plan is put forward with it. */
bool card_is_public(Ctx *c, const Plan *p, const ActivityCard *k) {
	WorkSteps steps = {0};
	if (words_have(CARD_APPROVED " " CARD_RUNNING " " CARD_DONE, k->state))
		return true;
	size_t said = c->problems.len;
	bool   is_public = workflow_steps(c, &card_machine, k->head.id, &steps) == OK &&
	                   (was_approved(&steps) || (str_eq(k->state, S(CARD_PROPOSED)) && stands_in_draft(c, p, &steps)));
	c->problems.len = said;
	return is_public;
}

Id card_district(Ctx *c, const ActivityCard *k) {
	if (id_given(k->district) || !id_given(k->municipality))
		return id_given(k->district) ? k->district : 0;
	const Unit *above = territory_above(c, k->municipality, LEVEL_DISTRICT, TODAY);
	return above ? above->id : 0;
}

bool card_may_edit(Ctx *c, const ActivityCard *k) {
	RowScope s = access_scope(c, CAP_CARD_UPDATE);
	Id       district = card_district(c, k);
	if (s.all || !str_eq(k->state, S(CARD_PROPOSED)))
		return s.all;
	return (id_given(k->implementer) && scope_has_provider(&s, k->implementer)) || (id_given(k->municipality) && scope_has_municipality(&s, k->municipality)) ||
	       (district && scope_has_district(&s, district));
}

bool card_counts(const ActivityCard *k) {
	return !str_eq(k->state, S(CARD_STOPPED)) && !str_eq(k->state, S(CARD_MOVED));
}

Err cards_of(Ctx *c, const Plan *p, CardsOf which, Cards *ret) {
	CardIds ids;
	*ret = (Cards){0};
	TRY(ids_read(c, &sql_card_ids, P(V(p->head.id)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		ActivityCard *k;
		TRY(card_stored(c, ids.at[i], &k));
		if (which == CARDS_ALL || card_is_public(c, p, k))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = k;
	}
	return OK;
}

Err card_by_code(Ctx *c, const Plan *p, Str code, ActivityCard **ret) {
	i64 id;
	if (db_get_int(ctx_conn(c), &sql_card_by_code, P(V(p->head.id), V(code)), 0, &id) != OK)
		return fail_internal(c, "card by its code");
	if (!id)
		return fail(c, ERR_NOT_FOUND, NULL, "Kartu %.*s tento plán nemá. Vyberte ji ze seznamu karet.", STR_ARG(code));
	return card_stored(c, id, ret);
}

/* ---- a new one ---- */

/* Whose proposal it is: the territory or organisation of the one who writes it. */
static void note_proposer(Ctx *c, ActivityCard *k) {
	RowScope s = access_scope(c, CAP_CARD_PROPOSE);
	if (s.district_count)
		k->district = s.districts[0];
	if (s.municipality_count)
		k->municipality = s.municipalities[0];
	if (s.provider_count)
		k->implementer = s.providers[0];
}

Err card_add(Ctx *c, ActivityCard *k) {
	bool own = may(c, CAP_CARD_CREATE);
	if (!own) {
		TRY(require(c, CAP_CARD_PROPOSE));
		note_proposer(c, k);
	}
	return workflow_start(c, &card_machine, own ? "create" : "propose", k, NULL);
}

/* ---- as a record that needs and threads are bound to ---- */

static Err find_card(Ctx *c, Id id, Record *ret) {
	void *row;
	TRY(entity_get(c, &card_entity, TODAY, id, &row));
	const ActivityCard *k = row;
	ret->title = str_format(c->arena, "%.*s %.*s", STR_ARG(k->code), STR_ARG(k->title));
	ret->link = str_format(c->arena, "/app/karty/%lld", (long long)id);
	ret->side = id_given(k->municipality) ? SCOPE_MUNICIPALITY : id_given(k->district) ? SCOPE_DISTRICT : SCOPE_NONE;
	ret->side_ref = id_given(k->municipality) ? k->municipality : id_given(k->district) ? k->district : 0;
	return OK;
}

const RecordKind card_records[1] = {{"activity_card", "Karta aktivity", find_card}};
