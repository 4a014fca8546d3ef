/* draft: one working copy per network, what it differs in, G2 before the assembly, proposals of districts, approval in one transaction. */
#include "core/access.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.h"
#include "domain/network/start.h"
#include "domain/people/demo.h"
#include "tests/domain/draft_given.h"

static void set_capacity(Given *g, Id version, i64 capacity, const char *reason) {
	DraftLine *d = draft_line_at(g, version, 0);
	d->capacity = fte(capacity);
	d->change_reason = str_c(reason);
	MUST(draft_line_save(as_person(g, g->officer), d));
}

/* What an officer does before handing it over: ceilings from the rules, the annex. */
static void annex(Given *g, Id version) {
	size_t changed;
	MUST(draft_prices_take(as_person(g, g->officer), draft_version(g, version), &changed));
	MUST(draft_annex(as_person(g, g->officer), draft_version(g, version)));
}

static i64 capacity_on(Given *g, Date day) {
	void *row;
	MUST(store_get(&g->c, &line_entity, (AsOf){.valid = day}, g->line, &row));
	return ((Line *)row)->capacity.hundredths;
}

TEST("§ 12: points of an application stand in a draft before the assembly decides; a coordinator reads the change of its line without them, and its reason has none") {
	Given        g = given_network();
	Id           id = given_draft(&g);
	DraftLine   *d = draft_line_at(&g, id, 0);
	DraftChanges all;
	Grant        grant = {.role = S("COO"), .scope = SCOPE_DISTRICT, .ref = territory_by_slug(&g.c, LEVEL_DISTRICT, S("tanvald"))->id};
	Actor        coordinator = {.account = g.officer->account, .name = S("Koordinátorka"), .grants = &grant, .grant_count = 1};
	d->points = 61;
	d->capacity = fte(700);
	d->change_reason = S("Žádost B.");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	access_prepare(&coordinator);
	MUST(draft_changes(as_person(&g, g.officer), draft_version(&g, id), &all));
	EXPECT(str_has(str_join(t_arena, S("; "), all.at[0].what), S("Body hodnocení: nic → 61")));
	MUST(draft_changes(as_person(&g, &coordinator), draft_version(&g, id), &all));
	EQ_INT(all.at[0].what.len, 1);
	EXPECT(str_has(all.at[0].what.at[0], S("Kapacita v síti")));
	EQ_INT(all.at[0].how, DRAFT_CHANGED);
}

TEST("draft: it is a copy of the network; a second one of the same network is refused; a cancelled one leaves room") {
	Given        g = given_network();
	given_line(&g, "102");
	Id           id = given_draft(&g);
	DraftChanges all;
	MUST(draft_changes(&g.c, draft_version(&g, id), &all));
	EQ_INT(all.len, 2);
	EQ_INT(all.count[DRAFT_SAME], 2);
	NetworkVersion *second = entity_new(t_arena, &network_version_entity);
	*second = (NetworkVersion){.network = g.network, .number = S("2027/2"), .title = S("Druhá"), .effective_from = D(2027, 2, 1)};
	REFUSED_SAYING(&g, draft_open(as_person(&g, g.officer), second), ERR_CONFLICT, "2027/1");
	MUST(draft_step(&g, id, g.head, "cancel"));
	second->head.id = 0;
	MUST(draft_open(as_person(&g, g.officer), second));
}

TEST("draft: the network stands untouched until approval, which writes the difference in one transaction with its digest") {
	Given g = given_network();
	Id    id = given_draft(&g);
	set_capacity(&g, id, 700, "Potřeba obvodu.");
	DraftChanges all;
	MUST(draft_changes(&g.c, draft_version(&g, id), &all));
	EQ_INT(all.count[DRAFT_CHANGED], 1);
	EXPECT(str_has(all.at[0].what.at[0], S("6,50 → 7,00")));
	EQ_INT(capacity_on(&g, D(2027, 6, 1)), 650);
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	DraftLine *d = draft_line_at(&g, id, 0);
	REFUSED_SAYING(&g, draft_line_save(as_person(&g, g.officer), d), ERR_CONFLICT, "se už nemění");
	MUST(draft_step(&g, id, g.head, "approve"));
	EQ_INT(capacity_on(&g, D(2026, 12, 31)), 650);
	EQ_INT(capacity_on(&g, D(2027, 1, 1)), 700);
	NetworkDraft *n;
	MUST(draft_of(&g.c, id, &n));
	EQ_INT(draft_version(&g, id)->snapshot_sha256.len, 64);
	EXPECT(str_has(n->approved_text, S("\t7.00\t")) || str_has(n->approved_text, S("7,00")) || str_has(n->approved_text, S("7.00")));
	void *row;
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2027, 1, 1)}, g.line, &row));
	EQ_INT(((Line *)row)->by_version, id);
	EQ_STR(((Line *)row)->change_reason, S("Potřeba obvodu."));
	i64 moved;
	ctx_end(&g.c);
	g.c = ctx_make(t_arena, g.app->db, &actor_program, prague_instant(D(2027, 1, 1), 60));
	MUST(workflow_tick(&g.c, &moved));
	EQ_TEXT(draft_version(&g, id)->state, VERSION_EFFECTIVE);
	EQ_TEXT(draft_version(&g, g.version)->state, VERSION_SUPERSEDED);
}

TEST("draft: a line that leaves is left from the first day of the version on") {
	Given g = given_network();
	Id    id = given_draft(&g);
	DraftLine *d = draft_line_at(&g, id, 0);
	d->status = S(LINE_LEFT);
	d->change_reason = S("Poskytovatel končí.");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	DraftChanges all;
	MUST(draft_changes(&g.c, draft_version(&g, id), &all));
	EQ_INT(all.count[DRAFT_LEAVES], 1);
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(draft_step(&g, id, g.head, "approve"));
	void *row;
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2027, 1, 1)}, g.line, &row));
	EQ_TEXT(((Line *)row)->status, LINE_LEFT);
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2026, 12, 31)}, g.line, &row));
	EQ_TEXT(((Line *)row)->status, LINE_IN_NETWORK);
}

TEST("draft G2: a line without capacity, or with shares that are not 100 %, hinders and is named") {
	Given g = given_network();
	Id    id = given_draft(&g);
	DraftLine *d = draft_line_at(&g, id, 0);
	Str   areas = d->areas;
	d->capacity = fte(0);
	d->change_reason = S("x");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "větší než nula");
	d = draft_line_at(&g, id, 0);
	d->capacity = fte(650);
	Str one = areas;
	d->areas = str_cut(&one, ',');
	MUST(draft_line_save(as_person(&g, g.officer), d));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "100");
	MUST(draft_line_reset(as_person(&g, g.officer), draft_line_at(&g, id, 0)));
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
}

TEST("draft G2: a service whose registration has ended by the first day hinders") {
	Given g = given_network();
	Id    id = given_draft(&g);
	void *row;
	MUST(store_get(as_program(&g), &service_entity, TODAY, g.service, &row));
	Service *s = row;
	s->provided_to = D(2026, 12, 31);
	s->end_reason = S("zanik");
	MUST(history_change_judged(&g.c, &service_entity, s, D(2020, 1, 1), (Date){0}));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "nemají platnou registraci: 101");
}

TEST("draft G2: changes without a reason and proposals without an answer hinder") {
	Given g = given_network();
	Id    id = given_draft(&g);
	set_capacity(&g, id, 700, "");
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "Změněné řádky bez důvodu: 101");
	set_capacity(&g, id, 700, "Potřeba.");
	DraftProposal *p = entity_new(t_arena, &draft_proposal_entity);
	p->by_version = id;
	p->line = draft_line_at(&g, id, 0)->head.id;
	p->district = territory_by_slug(as_program(&g), LEVEL_DISTRICT, S("tanvald"))->id;
	p->title = S("Přidat");
	p->capacity = fte(800);
	p->text = S("Proto.");
	MUST(draft_propose(&g.c, p));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "Nerozhodnuté návrhy obvodů: 1");
}

TEST("draft G2: the difference is printed, and printed again after a change") {
	Given g = given_network();
	Id    id = given_draft(&g);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "není pořízená");
	annex(&g, id);
	set_capacity(&g, id, 700, "Potřeba.");
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "Pořiďte přílohu znovu");
	annex(&g, id);
	set_capacity(&g, id, 700, "Potřeba obvodu.");          /* only the reason: the assembly would read another one */
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "Pořiďte přílohu znovu");
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
}

TEST("draft G2: without an outlook the ceilings are not asked about, and the step says so") {
	Given     g = given_network();
	Id        id = given_draft(&g);
	WorkSteps steps;
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(workflow_steps(&g.c, &network_version_machine, id, &steps));
	EXPECT(str_has(steps.at[steps.len - 1].waived, S("plán v platnosti")));
	DraftMoney m;
	MUST(draft_money(&g.c, draft_version(&g, id), &m));
	EQ_INT(m.ceilings, 477750000);
	EXPECT(!m.means.known && str_has(m.means.why, S("na stránce Peníze na síť")));
	REFUSED_SAYING(&g, draft_acknowledge(as_person(&g, g.officer), draft_version(&g, id), 1, S("x")), ERR_FORBIDDEN, "");
}

static void write_means(Given *g, int year, i64 amount) {
	NetworkMeans *m = entity_new(t_arena, &network_means_entity);
	*m = (NetworkMeans){.year = year, .amount = {amount}, .source = S("rozpočtové provizorium"), .resolution = BLANK};
	MUST(entity_insert(as_program(g), &network_means_entity, m));
}

TEST("draft G2: a year that no plan in force has money for goes by what is written down for it; to the haléř it is enough, a haléř less is taken note of or refused") {
	Given      g = given_network();
	Id         id = given_draft(&g);
	DraftMoney m;
	write_means(&g, 2026, 1);                    /* of another year: says nothing */
	MUST(draft_money(&g.c, draft_version(&g, id), &m));
	EXPECT(!m.means.known);
	write_means(&g, 2027, 477750000 - 1);
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "(rozpočtové provizorium); chybí 0,01");
	MUST(draft_acknowledge(as_person(&g, g.head), draft_version(&g, id), 1, S("Z rezervy.")));
	MUST(draft_step(&g, id, g.officer, "route"));
}

TEST("draft G2: money for a year is written by those who answer for it, once for a year, and with where it comes from") {
	Given         g = given_network();
	NetworkMeans *m = entity_new(t_arena, &network_means_entity);
	*m = (NetworkMeans){.year = 2027, .amount = {1000}, .source = S("návrh rozpočtu"), .resolution = BLANK};
	EXPECT(may(as_person(&g, g.officer), CAP_MEANS_READ) && !may(&g.c, CAP_MEANS_UPDATE) && may(as_person(&g, g.head), CAP_MEANS_UPDATE));
	MUST(entity_insert(as_person(&g, g.head), &network_means_entity, m));
	NetworkMeans *again = entity_copy(t_arena, &network_means_entity, m);
	again->head.id = 0;
	REFUSED_SAYING(&g, entity_insert(as_person(&g, g.head), &network_means_entity, again), ERR_CONFLICT, "");
	NetworkMeans *bare = entity_new(t_arena, &network_means_entity);
	*bare = (NetworkMeans){.year = 2028, .amount = {1000}, .resolution = BLANK};
	REFUSED_SAYING(&g, entity_insert(as_person(&g, g.head), &network_means_entity, bare), ERR_INVALID, "Odkud částka je");
}

TEST("draft: a line that changed in the network meanwhile hinders until its state is taken over") {
	Given g = given_network();
	Id    id = given_draft(&g);
	change_line(&g, g.line, D(2026, 12, 1), 600, LINE_IN_NETWORK);
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "když už byl návrh založený");
	MUST(draft_line_reset(as_person(&g, g.officer), draft_line_at(&g, id, 0)));
	EQ_INT(draft_line_at(&g, id, 0)->capacity.hundredths, 600);
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
}

TEST("draft: a line that changed while the assembly had the draft is not written over; the version goes back first") {
	Given g = given_network();
	Id    id = given_draft(&g);
	set_capacity(&g, id, 700, "Potřeba obvodu.");
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	change_line(&g, g.line, D(2026, 12, 1), 650, LINE_WITH_RESERVATION);
	REFUSED_SAYING(&g, draft_step(&g, id, g.head, "approve"), ERR_INVALID, "Vraťte verzi k dopracování");
	void *row;
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2027, 1, 1)}, g.line, &row));
	EQ_TEXT(((Line *)row)->status, LINE_WITH_RESERVATION);
	MUST(workflow_do(as_person(&g, g.head), &network_version_machine, id, "return", &(WorkInput){.reason = S("Řádek se změnil.")}));
	MUST(draft_line_reset(as_person(&g, g.officer), draft_line_at(&g, id, 0)));
	set_capacity(&g, id, 700, "Potřeba obvodu.");
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(draft_step(&g, id, g.head, "approve"));
	EQ_INT(capacity_on(&g, D(2027, 1, 1)), 700);
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2027, 1, 1)}, g.line, &row));
	EQ_TEXT(((Line *)row)->status, LINE_WITH_RESERVATION);
}

TEST("draft G2: a number that another line of the network has, or had when it left, hinders") {
	Given g = given_network();
	Id    left = given_line(&g, "102");
	change_line(&g, left, D(2026, 2, 1), 650, LINE_LEFT);
	Id         id = given_draft(&g);
	DraftLine *d = entity_copy(t_arena, &draft_line_entity, draft_line_at(&g, id, 0));
	d->head = (EntityHead){0};
	d->origin = d->origin_version = BLANK;
	d->number = S("102");
	d->change_reason = S("Nový řádek.");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "102 (Číslo řádku");
}

TEST("draft G2: a line whose time runs out before the version begins hinders until it is prolonged or said to be over") {
	Given      g = given_network();
	Id         id = given_draft(&g);
	DraftLine *d = draft_line_at(&g, id, 0);
	d->until = D(2026, 12, 31);
	d->change_reason = S("Doba určitá.");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "doba skončí dřív");
	d = draft_line_at(&g, id, 0);
	d->status = S(LINE_EXPIRED);
	MUST(draft_line_save(as_person(&g, g.officer), d));
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
}

static void given_beds(Given *g, i64 count) {
	Ctx     *c = as_program(g);
	FormRow *f = entity_new(t_arena, &form_row_entity);
	f->service = g->service;
	f->form = S("pob");
	MUST(history_create_judged(c, &form_row_entity, f, D(2020, 1, 1), (Date){0}));
	Capacity *k = entity_new(t_arena, &capacity_entity);
	k->form_row = f->head.id;
	k->type = S("luzka");
	k->count = count;
	MUST(history_create_judged(c, &capacity_entity, k, D(2020, 1, 1), (Date){0}));
}

TEST("draft G2: beds of all lines of one service together are not more than the registered ones") {
	Given      g = given_network();
	Id         id = given_draft(&g);
	DraftLine *d = draft_line_at(&g, id, 0), *second = entity_copy(t_arena, &draft_line_entity, d);
	given_beds(&g, 7);
	d->unit = second->unit = S("L");
	d->capacity = second->capacity = fte(400);
	d->change_reason = second->change_reason = S("Lůžka.");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	second->head = (EntityHead){0};
	second->origin = second->origin_version = BLANK;
	second->number = S("102");
	MUST(draft_line_save(&g.c, second));
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "101, 102 (lůžek v síti 8, registrovaných 7)");
	second->capacity = fte(300);
	MUST(draft_line_save(as_person(&g, g.officer), second));
	annex(&g, id);
	EQ_INT(draft_step(&g, id, g.officer, "route"), ERR_INVALID);      /* home help is not counted in beds: that is another rule */
	for (size_t i = 0; i < g.c.problems.len; i++)
		EXPECT(!str_has(g.c.problems.at[i].text, S("přesahuje")));
}

TEST("draft: a version that would begin before the one approved last is refused at its day") {
	Given           g = given_network();
	NetworkVersion *v = entity_new(t_arena, &network_version_entity);
	v->network = g.network;
	v->number = S("2024/9");
	v->title = S("Dřívější");
	v->effective_from = D(2025, 1, 1);
	REFUSED_SAYING(&g, draft_open(as_person(&g, g.officer), v), ERR_INVALID, "účinnou od 1.");
}

TEST("draft: whoever wrote a line of it last, or handed it over, does not approve it, though the roles would allow both") {
	Given  g = given_network();
	Id     id = given_draft(&g);
	Grant *both = NEW_ARRAY(t_arena, Grant, 2);
	Actor *writer = NEW(t_arena, Actor, .account = 903, .name = S("píše i vede"), .grants = both, .grant_count = 2);
	Actor *other = NEW(t_arena, Actor, .account = 904, .name = S("vede i píše"), .grants = both, .grant_count = 2);
	both[0] = (Grant){.role = S("NET"), .scope = SCOPE_REGION};
	both[1] = (Grant){.role = S("VED"), .scope = SCOPE_REGION};
	access_prepare(writer);
	access_prepare(other);
	DraftLine *d = draft_line_at(&g, id, 0);
	d->capacity = fte(700);
	d->change_reason = S("Potřeba.");
	MUST(draft_line_save(as_person(&g, writer), d));
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	REFUSED_SAYING(&g, draft_step(&g, id, writer, "approve"), ERR_INVALID, "naposledy psali sami: 101");
	MUST(workflow_do(as_person(&g, g.head), &network_version_machine, id, "return", &(WorkInput){.reason = S("Ještě.")}));
	annex(&g, id);
	MUST(draft_step(&g, id, other, "route"));
	EQ_INT(draft_step(&g, id, other, "approve"), ERR_INVALID);
	MUST(draft_step(&g, id, g.head, "approve"));
}

TEST("draft: a change that somebody wrote into the network for a day after the version begins is not written over") {
	Given g = given_network();
	Id    id;
	change_line(&g, g.line, D(2027, 5, 1), 500, LINE_IN_NETWORK);
	id = given_draft(&g);
	set_capacity(&g, id, 700, "Potřeba obvodu.");
	annex(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "až po dni účinnosti a verze by ji přepsala: 101");
	MUST(draft_line_reset(as_person(&g, g.officer), draft_line_at(&g, id, 0)));
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(draft_step(&g, id, g.head, "approve"));
	EQ_INT(capacity_on(&g, D(2027, 5, 1)), 500);
}

TEST("draft: the sample: one person answers proposals and hands the version over, another one approves it, and the network is as the draft said") {
	static const Sql less = {.name = "test_means_less", .text = "UPDATE network_means SET amount = $1 WHERE year = 2027"};
	App      *app = test_app_demo();
	Ctx       c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Actor     officer, head;
	Networks  all;
	NetworkVersions versions;
	DraftProposals  proposals;
	DraftChanges    changes;
	DraftMoney      money;
	size_t          taken;
	Resolution      r;
	Tx              tx = {0};
	MUST(people_demo_actor(&c, "sit@demo.invalid", &officer));
	MUST(people_demo_actor(&c, "vedouci@demo.invalid", &head));
	MUST(networks_all(&c, &all));
	MUST(network_versions(&c, all.at[0]->head.id, true, &versions));
	NetworkVersion *v = versions.at[0];
	EQ_TEXT(v->state, VERSION_IS_DRAFT);
	MUST(resolution_get(&c, versions.at[1]->resolution, &r));
	MUST(tx_begin(&c, &tx));                     /* given up at the end: other tests read the sample too */
	MUST(draft_proposals(&c, v->head.id, &proposals));
	c.actor = &officer;
	for (size_t i = 0; i < proposals.len; i++)
		if (str_eq(proposals.at[i]->state, S(PROPOSAL_OPEN)))
			MUST(workflow_do(&c, &draft_proposal_machine, proposals.at[i]->head.id, "refuse", &(WorkInput){.reason = S("Příští rok.")}));
	MUST(draft_money(&c, v, &money));
	EQ_INT(money.without, 0);
	EXPECT(money.ceilings > 0);
	MUST(draft_prices_take(&c, v, &taken));
	MUST(draft_annex(&c, v));
	MUST(draft_money(&c, v, &money));
	EXPECT(money.means.known);
	EQ_INT(db_run(c.conn, &less, P(V(money.ceilings - 100)), NULL), OK);      /* the budget turned out a crown short */
	EQ_INT(workflow_do(&c, &network_version_machine, v->head.id, "route", NULL), ERR_INVALID);
	EXPECT(str_has(first_problem(&c), S("(návrh rozpočtu kraje na rok 2027, ukázková data); chybí")));
	c.problems.len = 0;
	MUST(draft_money(&c, v, &money));
	EQ_INT(money.over, 100);
	c.actor = &head;
	MUST(draft_acknowledge(&c, v, money.over, S("Z rezervy kraje.")));
	c.actor = &officer;
	Err e = workflow_do(&c, &network_version_machine, v->head.id, "route", NULL);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "route: %.*s", STR_ARG(first_problem(&c)));
	MUST(draft_changes(&c, v, &changes));
	EXPECT(changes.count[DRAFT_CHANGED] > 0);
	c.actor = &head;
	e = workflow_do(&c, &network_version_machine, v->head.id, "approve", &(WorkInput){.resolution = r.number});
	if (e != OK)
		test_fail(__FILE__, __LINE__, "approve: %.*s", STR_ARG(first_problem(&c)));
	for (size_t i = 0; i < changes.len; i++) {
		void *row;
		if (changes.at[i].how == DRAFT_NEW)      /* of an application, from its own day on */
			continue;
		MUST(store_get(&c, &line_entity, (AsOf){.valid = v->effective_from}, changes.at[i].line->origin, &row));
		EQ_INT(((Line *)row)->capacity.hundredths, changes.at[i].line->capacity.hundredths);
		EQ_STR(((Line *)row)->ceilings, changes.at[i].line->ceilings);
	}
	tx_end(&tx);
	ctx_end(&c);
}

TEST("draft: a coordinator proposes for its own district; two on one line and a line changed meanwhile are conflicts; the answer reaches the copy") {
	Given          g = given_network();
	Id             id = given_draft(&g);
	const Unit    *tanvald = territory_by_slug(as_program(&g), LEVEL_DISTRICT, S("tanvald")), *turnov = territory_by_slug(&g.c, LEVEL_DISTRICT, S("turnov"));
	Actor         *coordinator = NEW(t_arena, Actor, .account = 901, .name = S("koordinátorka"), .grant_count = 1);
	DraftProposals all;
	DraftLines     lines;
	coordinator->grants = NEW(t_arena, Grant, .role = S("COO"), .scope = SCOPE_DISTRICT, .ref = tanvald->id);
	access_prepare(coordinator);
	DraftProposal *one = entity_new(t_arena, &draft_proposal_entity);
	one->by_version = id;
	one->line = draft_line_at(&g, id, 0)->head.id;
	one->title = S("Přidat půl úvazku");
	one->capacity = fte(700);
	one->text = S("Shoda skupiny.");
	one->district = turnov->id;
	REFUSED_SAYING(&g, draft_propose(as_person(&g, coordinator), one), ERR_INVALID, "za svůj obvod");
	one->district = tanvald->id;
	MUST(draft_propose(as_person(&g, coordinator), one));
	DraftProposal *two = entity_copy(t_arena, &draft_proposal_entity, one);
	two->head = (EntityHead){0};
	two->district = turnov->id;
	two->capacity = fte(500);
	MUST(draft_propose(as_program(&g), two));
	MUST(draft_proposals(&g.c, id, &all));
	MUST(draft_lines(&g.c, id, &lines));
	EQ_INT(all.len, 2);
	EXPECT(str_has(draft_conflict(&g.c, all.at[0], &all, &lines), S("další návrhy: 1")));
	MUST(draft_proposals(as_person(&g, coordinator), id, &all));
	EQ_INT(all.len, 1);
	REFUSED_SAYING(&g, workflow_do(as_person(&g, coordinator), &draft_proposal_machine, one->head.id, "accept", NULL), ERR_FORBIDDEN, "");
	MUST(workflow_do(as_person(&g, g.officer), &draft_proposal_machine, one->head.id, "accept", NULL));
	EQ_INT(draft_line_at(&g, id, 0)->capacity.hundredths, 700);
	MUST(draft_proposals(&g.c, id, &all));
	MUST(draft_lines(&g.c, id, &lines));
	EXPECT(str_has(draft_conflict(&g.c, all.at[1], &all, &lines), S("od podání návrhu změnil")));
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.officer), &draft_proposal_machine, two->head.id, "accept", NULL), ERR_INVALID, "má teď kapacitu 7,00");
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.officer), &draft_proposal_machine, two->head.id, "accept_over", NULL), ERR_INVALID, "");
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.officer), &draft_proposal_machine, two->head.id, "refuse", NULL), ERR_INVALID, "");
	MUST(workflow_do(as_person(&g, g.officer), &draft_proposal_machine, two->head.id, "refuse", &(WorkInput){.reason = S("Vyhověno druhému návrhu.")}));
	MUST(draft_proposals(&g.c, id, &all));
	EQ_TEXT(all.at[1]->answer, "Vyhověno druhému návrhu.");
	DraftProposal *three = entity_copy(t_arena, &draft_proposal_entity, two);
	three->head = (EntityHead){0};
	three->capacity = fte(600);
	MUST(draft_propose(as_program(&g), three));
	REFUSED_SAYING(&g, workflow_do(as_person(&g, g.officer), &draft_proposal_machine, three->head.id, "accept_over", &(WorkInput){.reason = S("Proto.")}), ERR_INVALID,
	               "nezměnil");
	set_capacity(&g, id, 800, "Jiná žádost.");
	MUST(workflow_do(as_person(&g, g.officer), &draft_proposal_machine, three->head.id, "accept_over", &(WorkInput){.reason = S("Obvod má novější čísla.")}));
	EQ_INT(draft_line_at(&g, id, 0)->capacity.hundredths, 600);
}

TEST("draft: a prepared line that begins later than the version is prepared until its day") {
	Given g = given_network();
	change_line(&g, g.line, D(2026, 2, 1), 650, LINE_LEFT);
	change_line(&g, g.line, D(2026, 3, 1), 650, LINE_PREPARED);
	Id         id = given_draft(&g);
	DraftLine *d = draft_line_at(&g, id, 0);
	void      *row;
	d->status = S(LINE_IN_NETWORK);
	d->since = D(2027, 7, 1);
	d->change_reason = S("Má registraci od července.");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(draft_step(&g, id, g.head, "approve"));
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2027, 6, 30)}, g.line, &row));
	EQ_TEXT(((Line *)row)->status, LINE_PREPARED);
	MUST(store_get(&g.c, &line_entity, (AsOf){.valid = D(2027, 7, 1)}, g.line, &row));
	EQ_TEXT(((Line *)row)->status, LINE_IN_NETWORK);
}

/* Of both roles: a keeper of the network who leads the planning of a district, too. */
static const Actor *of_both_roles(void) {
	Grant *both = NEW_ARRAY(t_arena, Grant, 2);
	Actor *a = NEW(t_arena, Actor, .account = 906, .name = S("správce i koordinátor"), .grants = both, .grant_count = 2);
	both[0] = (Grant){.role = S("NET"), .scope = SCOPE_REGION};
	both[1] = (Grant){.role = S("COO"), .scope = SCOPE_REGION};
	access_prepare(a);
	return a;
}

static DraftProposal *given_proposal(Given *g, Id version, const Actor *who) {
	DraftProposal *p = entity_new(t_arena, &draft_proposal_entity);
	p->by_version = version;
	p->line = draft_line_at(g, version, 0)->head.id;
	p->district = territory_by_slug(as_program(g), LEVEL_DISTRICT, S("tanvald"))->id;
	p->title = S("Přidat");
	p->capacity = fte(800);
	p->text = S("Proto.");
	MUST(draft_propose(as_person(g, who), p));
	return p;
}

TEST("draft: what districts proposed to a version that is given up waits for nobody, and says why") {
	Given          g = given_network();
	Id             id = given_draft(&g);
	DraftProposals all;
	given_proposal(&g, id, of_both_roles());
	MUST(draft_step(&g, id, g.head, "cancel"));
	MUST(draft_proposals(as_person(&g, g.officer), id, &all));
	EQ_TEXT(all.at[0]->state, PROPOSAL_REFUSED);
	EXPECT(str_has(all.at[0]->answer, S("2027/1 byla zrušena")));
}

TEST("draft: whoever made a proposal does not accept it") {
	Given          g = given_network();
	Id             id = given_draft(&g);
	const Actor   *who = of_both_roles();
	DraftProposal *p = given_proposal(&g, id, who);
	REFUSED_SAYING(&g, workflow_do(as_person(&g, who), &draft_proposal_machine, p->head.id, "accept", NULL), ERR_INVALID, "Čtyři oči");
	set_capacity(&g, id, 700, "Jiná žádost.");
	REFUSED_SAYING(&g, workflow_do(as_person(&g, who), &draft_proposal_machine, p->head.id, "accept_over", &(WorkInput){.reason = S("Proto.")}), ERR_INVALID,
	               "Čtyři oči");
	MUST(workflow_do(as_person(&g, g.officer), &draft_proposal_machine, p->head.id, "accept_over", &(WorkInput){.reason = S("Obvod má novější čísla.")}));
}

TEST("draft: a number of a line as long as a number can be does not lead the next one") {
	Given g = given_network();
	void *row;
	Str   number;
	given_line(&g, "102");
	MUST(store_get(as_program(&g), &line_entity, TODAY, g.line, &row));
	Line *l = row;
	l->number = S("9223372036854775807");
	MUST(line_write(&g.c, l, D(2025, 1, 1), (Date){0}));
	MUST(draft_next_number(&g.c, g.network, 0, &number));
	EQ_TEXT(number, "103");
}

TEST("start: what an assembly decided for a day still to come is compared on that day, with what was known on the eve") {
	Given       g = given_network();
	Id          id = given_draft(&g);
	WaitingList list = {0};
	Str         link = {0};
	set_capacity(&g, id, 700, "Potřeba obvodu.");
	annex(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(draft_step(&g, id, g.head, "approve"));
	MUST(network_waiting(as_person(&g, g.officer), &list));
	for (size_t i = 0; i < list.len; i++)
		if (str_starts(list.at[i].link, S("/sit/rozdil")))
			link = list.at[i].link;
	EXPECT(str_has(link, S("drive=2027-01-01&drive-znalost=2026-01-21&pozdeji=2027-01-01")));
}
