/* card_rights: who may change what belongs to an activity card, and two people at its money. */
#include "domain/library/resolution.h"
#include "core/codelist.h"
#include "core/history.h"
#include "domain/plan/outlook.h"
#include "tests/domain/card_given.h"
#include "tests/domain/needs_given.h"
#include "tests/support/web.h"

typedef struct Cards2 {
	Given g;
	Id    ours, theirs;                      /* cards of the districts of Tanvald and Turnov */
} Cards2;

static Id card_of(Given *g, const Actor *who, const Plan *p, Id measure, const char *code) {
	Ctx c = acting(g, who);
	Id  id = given_card(&c, card_typed(p->head.id, measure, code));
	ctx_end(&c);
	return id;
}

static Cards2 given(void) {
	Cards2 t = {.g = given_needs()};
	Ctx   *c = &t.g.c;
	Plan  *p;
	Id     id, measure;
	static const char *const lists[] = {"code_lists/library.csv", "code_lists/plan.csv"};
	for (size_t i = 0; i < LEN(lists); i++)
		MUST(codelist_seed(c, lists[i]));
	Organisation board = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	MUST(entity_insert(c, &organisation_entity, &board));
	MUST(resolution_add(c, &(ResolutionNew){.number = S("100/26/RK"), .body = board.head.id, .decided_on = D(2026, 1, 20), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(plan_open(c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("100/26/RK"), .year_from = 2027}, &id));
	MUST(plan_by_slug(c, S("2027-2029"), &p));
	measure = given_measure(c, id);
	t.ours = card_of(&t.g, t.g.coordinator, p, measure, "A01-01");
	t.theirs = card_of(&t.g, t.g.neighbour, p, measure, "A01-02");
	return t;
}

/* Whatever belongs to a card, as a generic form or a file would write it. */
static Err put(Ctx *c, size_t what, Id card, Id other, Id territory) {
	switch (what) {
	case 0:
		return entity_insert(c, &card_year_entity, &(CardYear){.card = card, .year = 2027, .operating_cost = {100}, .investment_cost = {BLANK}});
	case 1:
		return entity_insert(c, &card_source_entity, &(CardSource){.card = card, .year = 2027, .source = S("S1"), .amount = {100}});
	case 2:
		return entity_insert(c, &card_territory_entity, &(CardTerritory){.card = card, .territory = territory});
	case 3:
		return entity_insert(c, &card_relation_entity, &(CardRelation){.card = card, .kind = S(RELATION_DEPENDS), .other = other});
	case 4:
		return entity_insert(c, &card_indicator_entity, &(CardIndicator){.card = card, .name = S("Klienti"), .unit = S("osoby"), .baseline = 1, .target = 2});
	default:
		return entity_insert(c, &card_monitoring_entity, &(CardMonitoring){.card = card, .indicator = BLANK, .day = c->today, .value = BLANK, .text = S("Jde to.")});
	}
}
enum { PARTS = 6 };

TEST("card_rights: a district's coordinator writes nothing to cards of other districts, and nothing to an own one once it is approved") {
	Cards2 t = given();
	Ctx    c = acting(&t.g, t.g.coordinator);
	for (size_t i = 0; i < PARTS; i++)
		REFUSED_TELLING(put(&c, i, t.theirs, t.ours, t.g.tanvald), ERR_NOT_FOUND, "Taková karta");
	for (size_t i = 0; i < PARTS; i++)
		MUST(put(&c, i, t.ours, t.theirs, t.g.tanvald));
	ctx_end(&c);
	c = acting(&t.g, &actor_program);
	MUST(workflow_system(&c, &card_machine, t.ours, "approve_with_plan", S("usnesení")));
	ctx_end(&c);
	c = acting(&t.g, t.g.coordinator);
	for (size_t i = 0; i < PARTS; i++)
		REFUSED_TELLING(put(&c, i, t.ours, t.theirs, t.g.smrzovka), ERR_INVALID, "Schválenou kartu");
	CardGrid      grid;
	ActivityCard *k;
	MUST(card_stored(&c, t.ours, &k));
	MUST(card_grid_read(&c, k, &grid));
	grid.years[1].operating = (Money){500};
	REFUSED_TELLING(card_grid_save(&c, t.ours, &grid), ERR_INVALID, "Schválenou kartu");
	ctx_end(&c);
}

TEST("card_rights: a coordinator writes the money of the own proposal, writes it again and takes an amount away") {
	Cards2        t = given();
	Ctx           c = acting(&t.g, t.g.coordinator);
	CardGrid      grid;
	CardSources   sources;
	ActivityCard *k;
	MUST(card_stored(&c, t.ours, &k));
	for (i64 amount = 100; amount <= 300; amount += 100) {
		MUST(card_grid_read(&c, k, &grid));
		grid.years[0].operating = (Money){amount};
		grid.years[0].by_source[0] = (Money){amount == 300 ? BLANK : amount};
		MUST(card_grid_save(&c, t.ours, &grid));
	}
	MUST(card_grid_read(&c, k, &grid));
	EQ_INT(grid.years[0].operating.halere, 300);
	MUST(card_sources(&c, t.ours, &sources));
	EQ_INT(sources.len, 0);
	MUST(card_stored(&c, t.theirs, &k));
	MUST(card_grid_read(&c, k, &grid));
	grid.years[0].operating = (Money){1};
	REFUSED_TELLING(card_grid_save(&c, t.theirs, &grid), ERR_NOT_FOUND, "Taková karta");
	ctx_end(&c);
}

TEST("card_rights: who saves the money of a card after somebody else is told, and loses nothing of the other's") {
	Cards2        t = given();
	Ctx           c = acting(&t.g, t.g.planner);
	CardGrid      first, second;
	ActivityCard *k;
	MUST(card_stored(&c, t.ours, &k));
	MUST(card_grid_read(&c, k, &first));
	second = first;
	first.years[0].operating = (Money){50000};
	MUST(card_grid_save(&c, t.ours, &first));
	second.years[0].investment = (Money){70000};
	REFUSED_TELLING(card_grid_save(&c, t.ours, &second), ERR_CONFLICT, "mezitím");
	MUST(card_grid_read(&c, k, &second));
	EQ_INT(second.years[0].operating.halere, 50000);
	EQ_INT(second.years[0].investment.halere, BLANK);
	second.years[0].investment = (Money){70000};
	MUST(card_grid_save(&c, t.ours, &second));
	ctx_end(&c);
}

/* As the plan goes on; what is asked is who reads what, not how it came there. */
static void plan_goes(Cards2 *t, const char *action, const char *state) {
	static const Sql step = {"test_plan_step",
		"INSERT INTO workflow_step (id, machine, object_id, action, state_before, state_after, at, account, actor, organisation, reason, resolution, waived, due_why, is_last) "
		"VALUES ($1, 'plan', $2, $3, '', $4, $5, 0, '', '', '', '', '', '', 0)", NULL};
	static const Sql set = {"test_plan_state", "UPDATE plan SET state = $2 WHERE id = $1", NULL};
	Ctx   c = acting(&t->g, &actor_program);
	Plan *p;
	Id    id;
	CLEANUP(tx_end) Tx tx = {0};
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	MUST(tx_begin(&c, &tx));
	MUST(db_new_id(c.conn, &id));
	if (*action)
		MUST(db_run(c.conn, &step, P(V(id), V(p->head.id), V(str_c(action)), V(str_c(state)), V(c.now)), NULL));
	MUST(db_run(c.conn, &set, P(V(p->head.id), V(str_c(state))), NULL));
	MUST(tx_commit(&tx));
	ctx_end(&c);
}

static bool is_read_by_all(Cards2 *t, Id card) {
	Ctx           c = acting(&t->g, &actor_public);
	Plan         *p;
	Cards         all;
	ActivityCard *k;
	bool          listed = false;
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	MUST(cards_of(&c, p, CARDS_PUBLIC, &all));
	for (size_t i = 0; i < all.len; i++)
		listed = listed || all.at[i]->head.id == card;
	MUST(card_stored(&c, card, &k));
	EXPECT(card_is_public(&c, p, k) == listed);
	ctx_end(&c);
	return listed;
}

static void step(Cards2 *t, Id card, const char *action) {
	Ctx c = acting(&t->g, &actor_program);
	MUST(strcmp(action, "approve_with_plan") == 0 ? workflow_system(&c, &card_machine, card, action, S("usnesení"))
	                                              : workflow_do(&c, &card_machine, card, action, &(WorkInput){.reason = S("jinde")}));
	ctx_end(&c);
}

TEST("card_rights: everybody reads a proposal while its plan is put forward with it, not one that came later or that was stopped before it was decided") {
	Cards2 t = given();
	EXPECT(!is_read_by_all(&t, t.ours));
	plan_goes(&t, "publish", PLAN_IN_CONSULTATION);
	EXPECT(is_read_by_all(&t, t.ours));
	Ctx           c = acting(&t.g, &actor_program);
	Plan         *p;
	ActivityCard *k;
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	MUST(card_stored(&c, t.ours, &k));
	Id measure = k->measure;
	ctx_end(&c);
	Id late = card_of(&t.g, t.g.coordinator, p, measure, "A01-03"), of_region = card_of(&t.g, t.g.planner, p, measure, "A01-04");
	EXPECT(!is_read_by_all(&t, late));
	EXPECT(is_read_by_all(&t, of_region));
	step(&t, t.theirs, "stop");
	EXPECT(!is_read_by_all(&t, t.theirs));
	step(&t, t.ours, "approve_with_plan");
	plan_goes(&t, "approve", PLAN_IN_FORCE);
	EXPECT(is_read_by_all(&t, t.ours));
	EXPECT(!is_read_by_all(&t, of_region));      /* a proposal to a plan in force waits for its update */
	EXPECT(!is_read_by_all(&t, t.theirs));
	plan_goes(&t, "", PLAN_DRAFTING);            /* an update is written */
	EXPECT(is_read_by_all(&t, t.ours));
	step(&t, t.ours, "stop");
	EXPECT(is_read_by_all(&t, t.ours));
}

TEST("card: money under a source that has ended stays in sums, on the card's form and in the outlook") {
	Cards2        t = given();
	Ctx           c = acting(&t.g, t.g.planner);
	CardGrid      grid;
	ActivityCard *k;
	Plan         *p;
	Cards         all;
	PlanMoney     m;
	Outlook       o;
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	MUST(card_stored(&c, t.ours, &k));
	MUST(card_grid_read(&c, k, &grid));
	grid.years[0].operating = (Money){900};
	grid.years[0].by_source[0] = (Money){700};
	MUST(card_grid_save(&c, t.ours, &grid));
	MUST(outlook_take_cards(&c, p, CARDS_ALL));
	Str code = grid.sources.at[0]->code;
	ctx_end(&c);
	c = acting(&t.g, &actor_program);
	const CodeItem *item = codelist_find(&c, "funding_source", code);
	MUST(history_end(&c, &code_item_entity, item->head.id, item->head.version, c.today, (Date){0}));
	ctx_end(&c);
	c = acting(&t.g, t.g.planner);
	MUST(cards_of(&c, p, CARDS_ALL, &all));
	MUST(cards_money(&c, p, &all, &m));
	EQ_INT(m.total.sources, 700);
	EQ_INT(m.total.missing, 200);
	MUST(card_grid_read(&c, k, &grid));
	i64 under = BLANK;
	for (size_t s = 0; s < grid.sources.len; s++)
		under = str_eq(grid.sources.at[s]->code, code) ? grid.years[0].by_source[s].halere : under;
	EQ_INT(under, 700);
	grid.years[1].operating = (Money){100};
	MUST(card_grid_save(&c, t.ours, &grid));
	MUST(outlook_read(&c, p, &o));
	EQ_INT(o.all.total.sources, 700);
	EQ_INT(o.all.total.missing, 200);
	ctx_end(&c);
}

/* ---- who reads a proposal ---- */

static Actor *who(const char *role, ScopeKind kind, Id ref) {
	Grant *grant = NEW_ZERO(t_arena, Grant);
	Actor *a = NEW_ZERO(t_arena, Actor);
	*grant = (Grant){.role = str_c(role), .scope = kind, .ref = ref};
	*a = (Actor){.account = 1, .name = str_c(role), .grants = grant, .grant_count = 1};
	access_prepare(a);
	return a;
}

static Id a_provider(Cards2 *t, const char *name) {
	Ctx      c = acting(&t->g, &actor_program);
	Provider p = {.name = str_c(name)};
	MUST(history_create_judged(&c, &provider_entity, &p, D(2026, 1, 1), (Date){0}));
	ctx_end(&c);
	return p.head.id;
}

/* By its address and in the list, which must agree. */
static bool reads(Cards2 *t, const Actor *a, Id card) {
	Ctx        c = acting(&t->g, a);
	void      *row;
	EntityList all;
	bool       listed = false, got = entity_get(&c, &card_entity, TODAY, card, &row) == OK;
	c.problems.len = 0;
	MUST(entity_list(&c, &card_entity, &(ListQuery){.limit = -1}, &all));
	for (size_t i = 0; i < all.len; i++)
		listed = listed || ((ActivityCard *)all.at[i])->head.id == card;
	EXPECT(got == listed);
	ctx_end(&c);
	return got;
}

static size_t years_read(Cards2 *t, const Actor *a) {
	Ctx        c = acting(&t->g, a);
	EntityList all;
	MUST(entity_list(&c, &card_year_entity, &(ListQuery){.limit = -1}, &all));
	ctx_end(&c);
	return all.len;
}

static Id measure_of(Cards2 *t) {
	Ctx           c = acting(&t->g, &actor_program);
	ActivityCard *k;
	MUST(card_stored(&c, t->ours, &k));
	ctx_end(&c);
	return k->measure;
}

static Plan *plan_of(Cards2 *t) {
	Ctx   c = acting(&t->g, &actor_program);
	Plan *p;
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	ctx_end(&c);
	return p;
}

TEST("card_rights: every provider that carries a card out reads the proposal, not only the first one; so does a town that does") {
	Cards2 t = given();
	Id     first = a_provider(&t, "Lípa"), second = a_provider(&t, "Jilm"), none = a_provider(&t, "Buk");
	Ctx    c = acting(&t.g, t.g.planner);
	ActivityCard *k;
	MUST(card_stored(&c, t.ours, &k));
	k->implementer = first;
	MUST(entity_update(&c, &card_entity, k));
	Organisation town = {.kind = S("municipality"), .name = S("Tanvald"), .ref = t.g.tanvald};
	ctx_end(&c);
	c = acting(&t.g, &actor_program);
	MUST(entity_insert(&c, &organisation_entity, &town));
	MUST(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = t.ours, .provider = second, .organisation = BLANK}));
	MUST(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = t.ours, .provider = BLANK, .organisation = town.head.id}));
	MUST(put(&c, 0, t.ours, t.theirs, t.g.tanvald));
	ctx_end(&c);
	EXPECT(reads(&t, who("PRV", SCOPE_PROVIDER, first), t.ours));
	EXPECT(reads(&t, who("PRV", SCOPE_PROVIDER, second), t.ours));
	EXPECT(!reads(&t, who("PRV", SCOPE_PROVIDER, none), t.ours) && !reads(&t, who("PRV", SCOPE_PROVIDER, second), t.theirs));
	EXPECT(reads(&t, who("MUN", SCOPE_MUNICIPALITY, t.g.tanvald), t.ours) && !reads(&t, t.g.town, t.ours));
	EQ_INT(years_read(&t, who("PRV", SCOPE_PROVIDER, second)), 1);        /* what belongs to the card is read with it */
	EQ_INT(years_read(&t, who("PRV", SCOPE_PROVIDER, none)), 0);
}

TEST("card_rights: a district's coordinator reads and completes what a town of the district proposed, as long as the town belongs to it") {
	Cards2 t = given();
	Id     card = card_of(&t.g, t.g.town, plan_of(&t), measure_of(&t), "A01-05");
	EXPECT(reads(&t, t.g.coordinator, card) && reads(&t, t.g.town, card));
	EXPECT(!reads(&t, t.g.neighbour, card));
	Ctx c = acting(&t.g, t.g.coordinator);
	MUST(put(&c, 0, card, t.theirs, t.g.smrzovka));
	ctx_end(&c);
	EQ_INT(years_read(&t, t.g.coordinator), 1);
	EQ_INT(years_read(&t, t.g.neighbour), 0);
	c = acting(&t.g, &actor_program);
	EntityList rows;
	ListFilter of[] = {{.field = entity_field(&membership_entity, S("child")), .value = str_format(t_arena, "%lld", (long long)t.g.smrzovka)},
	                   {.field = entity_field(&membership_entity, S("parent_level")), .value = S(LEVEL_DISTRICT)}};
	MUST(entity_list(&c, &membership_entity, &(ListQuery){.filters = of, .filter_count = 2, .limit = -1}, &rows));
	Membership *m = rows.at[0];
	m->parent = t.g.orp_turnov;
	MUST(history_change(&c, &membership_entity, m, D(2026, 3, 1), (Date){0}));
	ctx_end(&c);
	EXPECT(!reads(&t, t.g.coordinator, card));
	EXPECT(reads(&t, t.g.neighbour, card));
}

TEST("card_rights: a district's coordinator reads a proposal that lies in the district, whoever made it, and does not write it") {
	Cards2 t = given();
	Id     card = card_of(&t.g, t.g.planner, plan_of(&t), measure_of(&t), "A01-06");
	EXPECT(!reads(&t, t.g.coordinator, card));
	Ctx c = acting(&t.g, t.g.planner);
	MUST(entity_insert(&c, &card_territory_entity, &(CardTerritory){.card = card, .territory = t.g.smrzovka}));
	ctx_end(&c);
	EXPECT(reads(&t, t.g.coordinator, card) && !reads(&t, t.g.neighbour, card));
	c = acting(&t.g, t.g.coordinator);
	ActivityCard *k;
	MUST(card_stored(&c, card, &k));
	k->title = S("Jinak");
	REFUSED_TELLING(entity_update(&c, &card_entity, k), ERR_INVALID, "podal někdo jiný");
	REFUSED_TELLING(put(&c, 0, card, t.theirs, t.g.smrzovka), ERR_INVALID, "podal někdo jiný");
	ctx_end(&c);
}

TEST("card_rights: what belongs to a card that one only reads is not carried over to an own card") {
	static const Entity *const parts[] = {&card_year_entity, &card_source_entity, &card_territory_entity, &card_relation_entity, &card_indicator_entity,
	                                      &card_monitoring_entity, &card_implementer_entity};
	Cards2 t = given();
	Id     card = card_of(&t.g, t.g.planner, plan_of(&t), measure_of(&t), "A01-06"), provider = a_provider(&t, "Buk");
	Ctx    c = acting(&t.g, t.g.planner);
	for (size_t i = 0; i < PARTS; i++)
		MUST(put(&c, i, card, t.theirs, t.g.smrzovka));
	MUST(entity_insert(&c, &card_implementer_entity, &(CardImplementer){.card = card, .provider = provider, .organisation = BLANK}));
	ctx_end(&c);
	c = acting(&t.g, t.g.coordinator);
	for (size_t i = 0; i < LEN(parts); i++) {
		EntityList all;
		ListFilter of = {.field = entity_field(parts[i], S("card")), .value = str_format(t_arena, "%lld", (long long)card)};
		MUST(entity_list(&c, parts[i], &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &all));
		EQ_INT(all.len, 1);
		*(Id *)field_at(of.field, all.at[0]) = t.ours;
		REFUSED_TELLING(entity_update(&c, parts[i], all.at[0]), ERR_INVALID, "podal někdo jiný");
	}
	ctx_end(&c);
}

TEST("card_rights: the page of the strategy names indicators of those cards only that the reader may know of") {
	App          *app = test_app_demo();
	Browser       head = {.app = app}, worker = {.app = app};
	Ctx           c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
	Plan         *p;
	Cards         all;
	ActivityCard *hidden = NULL;
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	MUST(cards_of(&c, p, CARDS_ALL, &all));
	for (size_t i = 0; i < all.len; i++)
		if (!card_is_public(&c, p, all.at[i]))
			hidden = all.at[i];
	EXPECT(hidden != NULL);
	CardIndicator in = {.card = hidden->head.id, .name = S("Neveřejný ukazatel"), .unit = S("lidé"), .baseline = 0, .target = 100};
	MUST(entity_insert(&c, &card_indicator_entity, &in));
	MUST(entity_insert(&c, &strategy_indicator_entity, &(StrategyIndicator){.item = hidden->measure, .indicator = in.head.id}));
	ctx_end(&c);
	web_sign_in(&head, "vedouci@demo.invalid");
	web_sign_in(&worker, "poskytovatel@demo.invalid");
	EXPECT(str_has(web_get(&head, "/app/plan/2027-2029/strategie").body, S("Neveřejný ukazatel")));
	Answer page = web_get(&worker, "/app/plan/2027-2029/strategie");
	EQ_INT(page.status, 200);
	EXPECT(!str_has(page.body, S("Neveřejný ukazatel")));
}
