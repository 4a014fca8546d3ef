/* draft_application: an application that was decided becomes a line of the draft, once, and is known from both sides. */
#include "domain/network/draft_application.h"
#include "domain/network/draft_price.h"
#include "domain/network/draft_years.h"
#include "core/codelist.h"
#include "tests/domain/call_given.h"

static Id draft_at(Calling *g, Date day) {
	Networks        all;
	NetworkVersion *v = entity_new(t_arena, &network_version_entity);
	Ctx             c = when(g, &actor_program, day, 11, 0, 0);
	MUST(network_seed(&c));
	ctx_end(&c);
	c = when(g, g->officer, day, 12, 0, 0);
	MUST(networks_all(&c, &all));
	v->network = all.at[0]->head.id;
	v->number = S("2028/1");
	v->title = S("Síť na rok 2028");
	v->effective_from = D(2028, 1, 1);
	MUST(draft_open(&c, v));
	ctx_end(&c);
	return v->head.id;
}

static void proposed(Calling *g, const char *proposal) {
	stated(g);
	scored(g, 0, 10, 0);
	scored(g, 1, 5, 0);
	Ctx c = when(g, g->officer, D(2027, 4, 6), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g->application, "score", NULL));
	MUST(application_propose(&c, g->application, 0, str_c(proposal), S("Podle pořadí bodů.")));
	ctx_end(&c);
}

static void decided(Calling *g, const char *action) {
	Ctx c = when(g, g->officer, D(2027, 5, 6), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g->application, action, &(WorkInput){.resolution = S("100/27/ZK"), .reason = S("Podle usnesení.")}));
	ctx_end(&c);
}

TEST("draft application: type A is a new line with the capacity, territory, money and level of the application, and only once") {
	Calling    g = given_call();
	DraftLine *d;
	DraftPut   put = {0};
	proposed(&g, "in");
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 9, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &put, &d), ERR_CONFLICT, "Založte návrh");
	ctx_end(&c);
	Id version = draft_at(&g, D(2027, 4, 7));
	c = when(&g, g.head, D(2027, 4, 7), 13, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &put, &d), ERR_FORBIDDEN, "");
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	MUST(draft_put_application(&c, g.application, &put, &d));
	Application *a = the_application(&c, g.application);
	EQ_INT(d->by_version, version);
	EQ_TEXT(d->number, "1");
	EQ_TEXT(d->status, LINE_IN_NETWORK);
	EQ_TEXT(d->level, "Z1");
	EQ_INT(d->points, 98);
	EQ_INT(d->capacity.hundredths, 250);
	EQ_STR(d->areas, a->areas);
	EQ_INT(d->service, g.service);
	EQ_INT(d->since.n, D(2028, 1, 1).n);
	EXPECT(str_has(d->change_reason, S("Žádost A.")));
	ApplicationLine *x;
	MUST(application_line_of(&c, g.application, &x));
	EQ_INT(x->draft_line, d->head.id);
	REFUSED_TELLING(draft_put_application(&c, g.application, &put, &d), ERR_CONFLICT, "už je zapsaná ve verzi 2028/1");
	MUST(draft_line_reset(&c, d));               /* taken back: it may be put in again */
	MUST(draft_put_application(&c, g.application, &put, &d));
	ctx_end(&c);
}

TEST("draft application: another level than that of the points needs a reason; what is not proposed for entry does not get in") {
	Calling    g = given_call();
	DraftLine *d;
	DraftPut   put = {.level = S("Z2")};
	proposed(&g, "later");
	draft_at(&g, D(2027, 4, 7));
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &put, &d), ERR_CONFLICT, "není navržená k zařazení");
	ctx_end(&c);
	decided(&g, "include");
	c = when(&g, g.officer, D(2027, 5, 7), 14, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &put, &d), ERR_INVALID, "proč je úroveň jiná");
	put.level = S("Z9");
	REFUSED_TELLING(draft_put_application(&c, g.application, &put, &d), ERR_INVALID, "vyberte ji z nabídky");
	put = (DraftPut){.level = S("Z2"), .reason = S("Tak rozhodlo zastupitelstvo.")};
	MUST(draft_put_application(&c, g.application, &put, &d));
	EQ_TEXT(d->level, "Z2");
	EXPECT(str_has(d->change_reason, S("usnesení 100/27/ZK")) && str_has(d->change_reason, S("Tak rozhodlo")));
	ctx_end(&c);
}

static DraftLine *put_line(Calling *g, Id version, const char *number, const char *status, Id service) {
	Ctx          c = when(g, g->officer, D(2027, 4, 7), 12, 30, 0);
	Application *a = the_application(&c, g->application);
	DraftLine   *d = entity_new(t_arena, &draft_line_entity);
	d->by_version = version;
	d->number = str_c(number);
	d->provider = a->provider;
	d->service = service;
	d->name = S("Připravovaná pečovatelská služba");
	d->kind = a->kind;
	d->forms = (Strs){0};
	strs_add(t_arena, &d->forms, a->form);
	d->areas = a->areas;
	d->unit = a->unit;
	d->capacity = fte(100);
	d->level = S("PZ2v");
	d->status = str_c(status);
	d->since = D(2028, 1, 1);
	d->change_reason = S("Záměr.");
	MUST(draft_line_save(&c, d));
	ctx_end(&c);
	return d;
}

static void be_type(Calling *g, const char *type) {
	Ctx c = when(g, &actor_program, D(2027, 4, 7), 10, 0, 0);
	Application *a = the_application(&c, g->application);
	Tx           tx = {0};
	a->type = str_c(type);
	a->vp = czk(900000);
	MUST(tx_begin(&c, &tx));
	MUST(store_update(&c, &application_entity, a));
	MUST(tx_commit(&tx));
	ctx_end(&c);
}

TEST("draft application: type A of a service that stands in the draft in the same form is refused and told where") {
	Calling    g = given_call();
	DraftLine *d;
	proposed(&g, "in");
	Id version = draft_at(&g, D(2027, 4, 7));
	put_line(&g, version, "0041", LINE_IN_NETWORK, g.service);
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &(DraftPut){0}, &d), ERR_INVALID, "už v návrhu je, řádek 0041");
	ctx_end(&c);
}

TEST("draft application: type B begins a prepared line, keeps its number, and a second application does not write over it") {
	Calling    g = given_call();
	DraftLine *d, *prepared;
	proposed(&g, "in");
	be_type(&g, "B");
	Id version = draft_at(&g, D(2027, 4, 7));
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 12, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &(DraftPut){0}, &d), ERR_INVALID, "není řádek, který by žádost typu B");
	ctx_end(&c);
	prepared = put_line(&g, version, "0007", LINE_PREPARED, 0);
	c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	REFUSED_TELLING(draft_put_application(&c, g.application, &(DraftPut){0}, &d), ERR_INVALID, "Vyberte řádek návrhu");
	MUST(draft_put_application(&c, g.application, &(DraftPut){.target = prepared->head.id}, &d));
	EQ_INT(d->head.id, prepared->head.id);
	EQ_TEXT(d->number, "0007");
	EQ_TEXT(d->status, LINE_IN_NETWORK);
	EQ_INT(d->service, g.service);
	EQ_INT(d->capacity.hundredths, 250);
	EQ_TEXT(d->ceilings, "2028=90000000,2029=0");           /* the form asks for nothing in 2029 */
	ctx_end(&c);
}

TEST("draft application: type C changes the line of its service; an intention without one becomes a prepared line") {
	Calling    g = given_call();
	DraftLine *d, *line;
	proposed(&g, "in");
	be_type(&g, "C");
	Id version = draft_at(&g, D(2027, 4, 7));
	line = put_line(&g, version, "0012", LINE_IN_NETWORK, g.service);
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	MUST(draft_put_application(&c, g.application, &(DraftPut){.target = line->head.id, .level = S("Z1"), .reason = S("Služba už v síti je.")}, &d));
	EQ_TEXT(d->status, LINE_IN_NETWORK);
	EQ_INT(d->capacity.hundredths, 250);
	EQ_TEXT(d->name, "Připravovaná pečovatelská služba");
	MUST(draft_line_reset(&c, d));
	ctx_end(&c);
	c = when(&g, &actor_program, D(2027, 4, 7), 15, 0, 0);
	Application *a = the_application(&c, g.application);
	Tx           tx = {0};
	a->service = BLANK;
	a->level = S("PZ2v");
	MUST(tx_begin(&c, &tx));
	MUST(store_update(&c, &application_entity, a));
	MUST(tx_commit(&tx));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 7), 16, 0, 0);
	MUST(draft_put_application(&c, g.application, &(DraftPut){0}, &d));
	EQ_TEXT(d->status, LINE_PREPARED);
	EQ_TEXT(d->level, "PZ2v");
	ctx_end(&c);
}

/* ---- amounts by years ---- */

/* The first row of the table is the one of the whole form: 2029, zero. */
static void type_years(Calling *g, const char *const (*rows)[2], size_t count) {
	begun(g);
	Ctx c = when(g, g->k.worker, D(2027, 2, 11), 9, 30, 0);
	for (size_t i = 0; i < count; i++) {
		put_value(&c, g->k.submission, "vp_rok", (i64)i + 2, rows[i][0], NULL);
		put_value(&c, g->k.submission, "vp_dalsi", (i64)i + 2, rows[i][1], NULL);
	}
	ctx_end(&c);
}

static void ask(Calling *g, i64 halere) {
	Ctx c = when(g, &actor_program, D(2027, 4, 7), 10, 0, 0);
	Application *a = the_application(&c, g->application);
	Tx           tx = {0};
	a->vp = (Money){halere};
	MUST(tx_begin(&c, &tx));
	MUST(store_update(&c, &application_entity, a));
	MUST(tx_commit(&tx));
	ctx_end(&c);
}

static DraftLine *put_in(Calling *g) {
	DraftLine *d;
	Ctx        c = when(g, g->officer, D(2027, 4, 7), 14, 0, 0);
	MUST(draft_put_application(&c, g->application, &(DraftPut){0}, &d));
	ctx_end(&c);
	return d;
}

/* 2,5 workers of § 40: (980 000 − 245 000) × 2,5 = 1 837 500 Kč a year (F1). */
TEST("draft application: F1, G2: each year that is asked for is a ceiling, the lower of the request and of the rules to the haléř; the line says for which years") {
	static const char *const rows[][2] = {{"2031", "1 837 500,00"}, {"2030", "1 837 500,01"}, {"2032", "1 837 499,99"}};
	Calling g = given_call();
	type_years(&g, rows, LEN(rows));
	proposed(&g, "in");
	ask(&g, 183750001);
	draft_at(&g, D(2027, 4, 7));
	DraftLine *d = put_in(&g);
	EQ_TEXT(d->ceilings, "2028=183750000,2029=0,2030=183750000,2031=183750000,2032=183749999");
	EXPECT(str_has(d->change_reason, S("Strop je podle pravidel, žádost chtěla víc: rok 2028, 2030.")));
}

TEST("draft application: a year with a blank amount asks for nothing, zero is asked for as zero; years before the first one don't count") {
	static const char *const rows[][2] = {{"2030", ""}, {"2028", "5"}, {"2031", "7"}};
	Calling g = given_call();
	type_years(&g, rows, LEN(rows));
	proposed(&g, "in");
	ask(&g, 0);
	draft_at(&g, D(2027, 4, 7));
	DraftLine *d = put_in(&g);
	EQ_TEXT(d->ceilings, "2028=0,2029=0,2031=700");
	EXPECT(!str_has(d->change_reason, S("podle pravidel")));
}

TEST("draft application: a form in which a later year stands twice is not taken, and says which year; with one of the rows away it is") {
	static const char *const rows[][2] = {{"2031", "7"}, {"2030", "9"}, {"2031", "9"}};
	Calling g = given_call();
	type_years(&g, rows, LEN(rows));
	Ctx c = when(&g, g.k.worker, D(2027, 2, 11), 9, 45, 0);
	fill_whole(&c, g.k.submission);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	REFUSED_TELLING(submission_submit(&c, g.k.submission, 0, true), ERR_INVALID, "je rok 2031 dvakrát");
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 5, 0);
	EXPECT(str_eq(the_application(&c, g.application)->state, S(APPLICATION_DRAFT)));
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "unlock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 12), 9, 10, 0);
	put_value(&c, g.k.submission, "vp_rok", 4, "2032", NULL);
	ctx_end(&c);
	submitted(&g);
	c = when(&g, &actor_program, D(2027, 2, 12), 9, 30, 0);
	EXPECT(str_eq(the_application(&c, g.application)->state, S(APPLICATION_SUBMITTED)));
	ctx_end(&c);
}

TEST("draft application: without an amount the first year has no ceiling; a line that begins in July is asked half a year of the rules") {
	Calling g = given_call();
	proposed(&g, "in");
	ask(&g, BLANK);
	draft_at(&g, D(2027, 4, 7));
	DraftLine *d = put_in(&g);
	EQ_TEXT(d->ceilings, "2029=0");
	Ctx c = when(&g, &actor_program, D(2027, 4, 7), 15, 0, 0);
	Application *a = the_application(&c, g.application);
	NetworkVersion *v;
	AskedYears   years;
	a->vp = czk(1500000);
	a->starts_on = D(2028, 7, 1);
	MUST(network_version_stored(&c, d->by_version, &v));
	MUST(draft_weigh_application(&c, v, a, NULL, &years));
	EQ_INT(years.len, 2);
	EQ_INT(years.at[0].year, 2028);
	EQ_INT(years.at[0].computed, 91875000);
	EQ_INT(years.at[0].ceiling, 91875000);
	a->starts_on = D(2029, 1, 1);                           /* the first whole year is then 2029 */
	MUST(draft_weigh_application(&c, v, a, NULL, &years));
	EQ_INT(years.len, 1);
	EQ_INT(years.at[0].year, 2029);
	EQ_INT(years.at[0].ceiling, 150000000);
	ctx_end(&c);
	DraftMoney money;
	c = when(&g, g.officer, D(2027, 4, 7), 16, 0, 0);
	MUST(draft_money(&c, v, &money));
	EQ_INT(money.without, 1);
	MUST(draft_line_stored(&c, d->by_version, d->head.id, &d));
	d->since = D(2029, 1, 1);                               /* it costs nothing in the first year, so that it lacks no ceiling of it */
	MUST(draft_line_save(&c, d));
	MUST(draft_money(&c, v, &money));
	EQ_INT(money.without, 0);
	ctx_end(&c);
}

/* ---- not included ---- */

static size_t exclusions(Ctx *c, Exclusion **first) {
	EntityList all;
	MUST(entity_list(c, &network_exclusion_entity, &(ListQuery){.limit = -1}, &all));
	*first = all.len ? all.at[0] : NULL;
	return all.len;
}

TEST("application: refused by the assembly it stands in the list of what was not included at once, with reason and words for the public; before that and when deferred it does not") {
	Calling    g = given_call();
	Exclusion *x;
	Id         version;
	proposed(&g, "out");
	version = draft_at(&g, D(2027, 4, 7));
	Ctx c = when(&g, &actor_program, D(2027, 5, 5), 9, 0, 0);
	EQ_INT(exclusions(&c, &x), 0);
	ctx_end(&c);
	decided(&g, "defer");
	c = when(&g, &actor_program, D(2027, 5, 6), 10, 0, 0);
	EQ_INT(exclusions(&c, &x), 0);
	ctx_end(&c);
	decided(&g, "refuse");
	c = when(&g, g.k.statutory, D(2027, 5, 7), 9, 0, 0);    /* of a version that is still written, yet decided: its provider reads why */
	EQ_INT(exclusions(&c, &x), 1);
	EQ_INT(x->by_version, version);
	EQ_INT(x->application, g.application);
	EQ_INT(x->service, g.service);
	EQ_TEXT(x->reason, "penize");
	EQ_TEXT(x->text, "Podle usnesení.");
	EQ_INT(x->decided_on.n, D(2027, 5, 6).n);
	NetworkVersion *v;
	MUST(network_version_stored(&c, version, &v));
	EXPECT(exclusion_is_public(x, v));
	x->application = BLANK;
	EXPECT(!exclusion_is_public(x, v));                     /* what the region itself wrote waits for the assembly */
	ctx_end(&c);
}

TEST("application: a refusal in a store without a network has no list to stand in, and is decided all the same") {
	Calling    g = given_call();
	Exclusion *x;
	proposed(&g, "out");
	decided(&g, "refuse");
	Ctx c = when(&g, &actor_program, D(2027, 5, 7), 9, 0, 0);
	EQ_INT(exclusions(&c, &x), 0);
	ctx_end(&c);
}

static Str told;

static Err step(Calling *g, Id version, const Actor *who, Date day, const char *action) {
	Ctx c = when(g, who, day, 10, 0, 0);
	Err e = workflow_do(&c, &network_version_machine, version, action, &(WorkInput){.resolution = strcmp(action, "approve") ? (Str){0} : S("300/27/ZK")});
	told = str_dup(t_arena, first_problem(&c));
	ctx_end(&c);
	return e;
}

TEST("draft application: refused meanwhile it hinders handing over, undecided it hinders approval; approved its line is known from the application") {
	Calling    g = given_call();
	DraftLine *d;
	size_t     taken;
	proposed(&g, "in");
	Id  version = draft_at(&g, D(2027, 4, 7)), body;
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	MUST(draft_put_application(&c, g.application, &(DraftPut){0}, &d));
	NetworkVersion *v;
	MUST(network_version_stored(&c, version, &v));
	MUST(draft_prices_take(&c, v, &taken));
	MUST(draft_annex(&c, v));
	ctx_end(&c);
	MUST(step(&g, version, g.officer, D(2027, 4, 8), "route"));
	c = when(&g, &actor_program, D(2027, 5, 1), 9, 0, 0);
	MUST(codelist_seed(&c, "code_lists/library.csv"));
	Organisation o = {.kind = S("body"), .name = S("Zastupitelstvo kraje"), .ref = BLANK};
	MUST(entity_insert(&c, &organisation_entity, &o));
	MUST(resolution_add(&c, &(ResolutionNew){.number = S("300/27/ZK"), .body = o.head.id, .decided_on = D(2027, 4, 30), .result = S("approved"), .title = S("Síť 2028")}, &body));
	ctx_end(&c);
	EQ_INT(step(&g, version, g.head, D(2027, 5, 2), "approve"), ERR_INVALID);
	EXPECT(str_has(told, S("není zapsané rozhodnutí")));
	decided(&g, "include");
	MUST(step(&g, version, g.head, D(2027, 5, 8), "approve"));
	c = when(&g, g.officer, D(2027, 5, 9), 9, 0, 0);
	ApplicationLine *x;
	void            *row;
	MUST(application_line_of(&c, g.application, &x));
	EXPECT(!id_given(x->draft_line) && id_given(x->line));
	MUST(store_get(&c, &line_entity, (AsOf){.valid = D(2028, 1, 1)}, x->line, &row));
	EQ_INT(((Line *)row)->capacity.hundredths, 250);
	ctx_end(&c);
}

TEST("draft application: a draft that is given up frees its applications") {
	Calling          g = given_call();
	DraftLine       *d;
	ApplicationLine *x;
	size_t           taken;
	proposed(&g, "in");
	Id  version = draft_at(&g, D(2027, 4, 7));
	Ctx c = when(&g, g.officer, D(2027, 4, 7), 14, 0, 0);
	MUST(draft_put_application(&c, g.application, &(DraftPut){0}, &d));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 7), 15, 0, 0);
	NetworkVersion *v;
	MUST(network_version_stored(&c, version, &v));
	MUST(draft_prices_take(&c, v, &taken));
	MUST(draft_annex(&c, v));
	ctx_end(&c);
	decided(&g, "refuse");
	EQ_INT(step(&g, version, g.officer, D(2027, 5, 8), "route"), ERR_INVALID);
	EXPECT(str_has(told, S("k zařazení nejsou")));
	c = when(&g, g.head, D(2027, 5, 9), 9, 0, 0);
	MUST(workflow_do(&c, &network_version_machine, version, "cancel", &(WorkInput){.reason = S("Začneme znovu.")}));
	MUST(application_line_of(&c, g.application, &x));
	EXPECT(x == NULL);
	ctx_end(&c);
}
