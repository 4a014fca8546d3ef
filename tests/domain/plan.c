/* plan: opening, chapters of several authors, notes, freezing, live data that stand still in a version, the way to force. */
#include "domain/plan/plan.h"

#include "domain/consultation/consultation.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"
#include "core/person_data.h"
#include "core/trail.h"
#include "core/workflow.h"
#include "domain/people/people.h"
#include "domain/register/register.h"
#include "tests/support/store.h"
#include "tests/support/web.h"
#include "tests/test.h"

static Id given_body(Ctx *c) {
	Organisation o = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	MUST(entity_insert(c, &organisation_entity, &o));
	return o.head.id;
}

static void given_resolution(Ctx *c, Id body, const char *number, Date day) {
	Id id;
	MUST(resolution_add(c, &(ResolutionNew){.number = str_c(number), .body = body, .decided_on = day, .title = S("Plán"), .result = S("approved")}, &id));
}

static Ctx at(App *app, Date day) {
	return ctx_make(t_arena, app->db, &actor_program, prague_instant(day, 10 * 3600));
}

static Ctx given(App **app) {
	*app = test_app_empty();
	Ctx c = at(*app, D(2026, 2, 2));
	Id  body = given_body(&c);
	given_resolution(&c, body, "100/26/RK", D(2026, 1, 20));
	given_resolution(&c, body, "200/26/ZK", D(2026, 1, 21));
	return c;
}

static Id given_plan(Ctx *c) {
	Id id;
	MUST(plan_open(c, &(PlanNew){.author_unit = S("Odbor sociálních věcí"), .resolution = S("100/26/RK"), .year_from = 2027, .inputs_until = D(2026, 3, 1)}, &id));
	return id;
}

static Plan *stored(Ctx *c) {
	Plan *p;
	MUST(plan_by_slug(c, S("2027-2029"), &p));
	return p;
}

static PlanChapter *chapter(Ctx *c, i64 no) {
	PlanChapter *ch;
	MUST(plan_chapter_by_no(c, stored(c)->head.id, no, &ch));
	return ch;
}

static void save(Ctx *c, i64 no, const char *text) {
	PlanChapter *ch = chapter(c, no);
	ch->text = str_c(text);
	MUST(plan_chapter_save(c, ch));
}

static Str anchor_at(Ctx *c, i64 no, size_t i) {
	Paragraphs p;
	MUST(plan_chapter_paragraphs(c, chapter(c, no), &p));
	EXPECT(i < p.len);
	return p.at[i].anchor;
}

static void fill_all(Ctx *c) {
	for (i64 no = 1; no <= 5; no++)
		save(c, no, str_z(t_arena, str_format(t_arena, "Odstavec kapitoly číslo %d o službách.\n\nV kraji je ![služeb](zivy-udaj:pocet-sluzeb) služeb.", (int)no)));
}

static void step(Ctx *c, const char *action, const char *resolution) {
	Err e = workflow_do(c, &plan_machine, stored(c)->head.id, action, &(WorkInput){.reason = S("podle rozhodnutí"), .resolution = str_c(resolution)});
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", action, STR_ARG(first_problem(c)));
}

static Ctx drafted(App **app) {
	Ctx c = given(app);
	given_plan(&c);
	ctx_end(&c);
	c = at(*app, D(2026, 3, 2));
	step(&c, "draft", NULL);
	return c;
}

#define REFUSED(call, err, words) \
	do { \
		EQ_INT((call), (err)); \
		EXPECT(str_has(first_problem(&c), S(words))); \
		c.problems.len = 0; \
	} while (0)

TEST("plan: it is opened by a resolution that is recorded, for three years, with the five mandatory parts, and no other overlaps it") {
	App *app;
	Ctx  c = given(&app);
	Id   id;
	REFUSED(plan_open(&c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("9/26/RK"), .year_from = 2027}, &id), ERR_INVALID, "není v evidenci usnesení");
	given_plan(&c);
	Plan *p = stored(&c);
	EQ_INT(p->year_to, 2029);
	EQ_TEXT(p->state, PLAN_PREPARING);
	PlanChapters all;
	MUST(plan_chapters(&c, p->head.id, &all));
	EQ_INT(all.len, 5);
	EQ_TEXT(all.at[2]->title, "Vyhodnocení předchozího plánu");
	REFUSED(plan_open(&c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("100/26/RK"), .year_from = 2029}, &id), ERR_INVALID, "už plán je");
	ctx_end(&c);
}

TEST("plan: writing begins after the last day of contributions, which then are refused") {
	App *app;
	Ctx  c = given(&app);
	Id   plan = given_plan(&c);
	PlanNote n = {.plan = plan, .kind = S(NOTE_CONTRIBUTION), .text = S("Chybí odlehčovací služby.")};
	Plan    *p;
	MUST(plan_note_add(&c, &n));
	MUST(plan_by_slug(&c, S("2027-2029"), &p));
	EXPECT(plan_takes_contributions(&c, p));
	REFUSED(workflow_do(&c, &plan_machine, plan, "draft", &(WorkInput){0}), ERR_INVALID, "ještě přijímají");
	ctx_end(&c);
	c = at(app, D(2026, 3, 2));
	EXPECT(!plan_takes_contributions(&c, p));
	MUST(workflow_do(&c, &plan_machine, plan, "draft", &(WorkInput){0}));
	n = (PlanNote){.plan = plan, .kind = S(NOTE_CONTRIBUTION), .text = S("Pozdní podnět.")};
	REFUSED(plan_note_add(&c, &n), ERR_CONFLICT, "poslední den uplynul");
	PlanNotes notes;
	MUST(plan_notes(&c, plan, 0, &notes));
	EQ_INT(notes.len, 1);
	ctx_end(&c);
}

TEST("plan: paragraphs keep their anchors over edits, two chapters never share one, a deleted one is not given again") {
	App *app;
	Ctx  c = drafted(&app);
	save(&c, 1, "První odstavec o seniorech.\n\nDruhý odstavec o rodinách s dětmi.");
	save(&c, 2, "První odstavec o seniorech.");
	Str first = anchor_at(&c, 1, 0), second = anchor_at(&c, 1, 1);
	EXPECT(!str_eq(first, anchor_at(&c, 2, 0)));
	save(&c, 1, "Nový úvod, který tu nebyl.\n\nPrvní odstavec o seniorech a jejich rodinách.\n\nDruhý odstavec o rodinách s dětmi.");
	EQ_STR(anchor_at(&c, 1, 1), first);
	EQ_STR(anchor_at(&c, 1, 2), second);
	save(&c, 1, "První odstavec o seniorech a jejich rodinách.");
	save(&c, 1, "První odstavec o seniorech a jejich rodinách.\n\nDruhý odstavec o rodinách s dětmi.");
	EXPECT(!str_eq(anchor_at(&c, 1, 1), second));
	EXPECT(str_has(chapter(&c, 1)->taken, second));
	Str source;
	MUST(plan_chapter_source(&c, chapter(&c, 1), &source));
	EXPECT(!str_has(source, S("{#")));
	ctx_end(&c);
}

TEST("plan: the second of two who write one chapter is told, and nothing is lost; pasted Word text is cleaned") {
	App *app;
	Ctx  c = drafted(&app);
	PlanChapter *mine = chapter(&c, 1), *theirs = chapter(&c, 1);
	theirs->text = S("Text kolegyně.");
	MUST(plan_chapter_save(&c, theirs));
	mine->text = S("Můj text.");
	EQ_INT(plan_chapter_save(&c, mine), ERR_CONFLICT);
	c.problems.len = 0;
	EXPECT(str_has(chapter(&c, 1)->text, S("Text kolegyně.")));
	save(&c, 1, "<p class=MsoNormal>Kraj <b>podpoří</b> obce.<o:p></o:p></p>");
	EXPECT(str_starts(chapter(&c, 1)->text, S("Kraj **podpoří** obce.")));
	ctx_end(&c);
}

TEST("plan: a proposal of wording that is accepted takes the paragraph's place and its anchor; a settled one cannot be settled again") {
	App *app;
	Ctx  c = drafted(&app);
	save(&c, 1, "Kraj udrží kapacity služeb.\n\nDalší odstavec.");
	Str      anchor = anchor_at(&c, 1, 0);
	PlanNote n = {.plan = stored(&c)->head.id, .chapter = chapter(&c, 1)->head.id, .kind = S(NOTE_PROPOSAL), .anchor = anchor, .text = S("Přesněji."),
	              .proposal = S("Kraj zvýší kapacity terénních služeb.")};
	MUST(plan_note_add(&c, &n));
	MUST(plan_note_settle(&c, n.head.id, true, S("Děkuji.")));
	EXPECT(str_has(chapter(&c, 1)->text, S("zvýší kapacity terénních")));
	EQ_STR(anchor_at(&c, 1, 0), anchor);
	REFUSED(plan_note_settle(&c, n.head.id, false, S("")), ERR_CONFLICT, "už vyřídil");
	PlanNote elsewhere = {.plan = n.plan, .chapter = n.chapter, .kind = S(NOTE_COMMENT), .anchor = S("zz99"), .text = S("?")};
	REFUSED(plan_note_add(&c, &elsewhere), ERR_INVALID, "v kapitole není");
	ctx_end(&c);
}

static Id given_service(Ctx *c, Id provider, int n) {
	Service *s = entity_new(c->arena, &service_entity);
	s->provider = provider;
	s->identifier = str_format(c->arena, "%d", 1000000 + n);
	s->kind = S("40");
	s->name = str_format(c->arena, "Služba %d", n);
	s->provided_from = D(2020, 1, 1);
	s->is_public = true;
	MUST(history_create(c, &service_entity, s, D(2020, 1, 1), (Date){0}));
	return s->head.id;
}

static Id given_provider(Ctx *c) {
	Provider *p = entity_new(c->arena, &provider_entity);
	p->name = S("Ukázka, z. ú.");
	MUST(history_create(c, &provider_entity, p, D(2020, 1, 1), (Date){0}));
	return p->head.id;
}

TEST("plan: an empty mandatory part is named and stops freezing; a frozen text says its numbers and as of when") {
	App *app;
	Ctx  c = drafted(&app);
	Id   provider = given_provider(&c);
	given_service(&c, provider, 1);
	save(&c, 1, "Jen popis.");
	REFUSED(workflow_do(&c, &plan_machine, stored(&c)->head.id, "freeze", &(WorkInput){0}), ERR_INVALID, "Analytická část");
	fill_all(&c);
	save(&c, 2, "Přehled.\n\n![Služby podle druhu](zivy-udaj:sluzby-podle-druhu)\n\n![Neznámý](zivy-udaj:neznamy)");
	step(&c, "freeze", NULL);
	ctx_end(&c);
	c = at(app, D(2026, 3, 2));
	DocumentVersion v;
	MUST(version_get(&c, stored(&c)->newest_version, &v));
	EXPECT(str_has(v.text, S("V kraji je 1 služeb.")));
	EXPECT(str_has(v.text, S("stav k 2. 3. 2026")));
	EXPECT(str_has(v.text, S("| Druh služby | Služeb |")) && str_has(v.text, S("zivy-udaj:neznamy")));
	PlanParts parts;
	MUST(plan_parts(&c, v.head.id, &parts));
	EQ_INT(parts.len, 5);
	EQ_TEXT(parts.at[1].title, "Analytická část");
	EQ_INT(parts.at[1].text.at[1].kind, PARAGRAPH_TABLE);
	REFUSED(plan_chapter_save(&c, chapter(&c, 1)), ERR_CONFLICT, "kapitoly se teď nepíší");
	ctx_end(&c);
}

TEST("plan: from the draft over comments and approval into force; an update goes the same way and the valid text stays until then") {
	App *app;
	Ctx  c = drafted(&app);
	fill_all(&c);
	step(&c, "freeze", NULL);
	DocumentVersion shown;
	step(&c, "publish", NULL);
	step(&c, "close", NULL);
	save(&c, 1, "Odstavec kapitoly číslo 1 o službách, jak žádaly obce.");
	step(&c, "finish", NULL);
	step(&c, "submit", NULL);
	REFUSED(workflow_do(&c, &plan_machine, stored(&c)->head.id, "approve", &(WorkInput){.resolution = S("5/26/ZK")}), ERR_INVALID, "není v evidenci usnesení");
	step(&c, "approve", "200/26/ZK");
	Plan *p = stored(&c);
	EQ_TEXT(p->state, PLAN_IN_FORCE);
	EXPECT(p->approval_resolution && p->valid_version == p->newest_version);
	MUST(plan_shown_version(&c, p, &shown));
	EQ_INT(shown.no, 2);
	EQ_INT(shown.valid_from.n, D(2027, 1, 1).n);
	REFUSED(workflow_do(&c, &plan_machine, p->head.id, "evaluate", &(WorkInput){.reason = S("x")}), ERR_INVALID, "do konce roku 2029");
	step(&c, "update", NULL);
	save(&c, 1, "Odstavec kapitoly číslo 1 po aktualizaci.");
	step(&c, "freeze", NULL);
	MUST(plan_shown_version(&c, stored(&c), &shown));
	EQ_INT(shown.no, 2);
	ctx_end(&c);
}
TEST("plan: a frozen version renders the same bytes after ten thousand later changes of live data") {
	App *app;
	Ctx  c = drafted(&app);
	Id   provider = given_provider(&c), service = given_service(&c, provider, 1);
	fill_all(&c);
	save(&c, 2, "Přehled.\n\n![Služby podle druhu](zivy-udaj:sluzby-podle-druhu)");
	step(&c, "freeze", NULL);
	step(&c, "publish", NULL);
	ctx_end(&c);
	Browser b = {.app = app};
	Str     before = str_dup(t_arena, web_get(&b, "/plan/2027-2029/kapitola/2").body);
	EXPECT(str_has(before, S("pečovatelská služba")) || str_has(before, S("Pečovatelská služba")));
	c = at(app, D(2026, 3, 3));
	static const Sql rename = {"test_plan_rename", "UPDATE service SET name = $1, kind = $2 WHERE id = $3", NULL};
	for (int round = 0; round < 100; round++) {      /* ninety-nine changes and a new service each */
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(&c, &tx));
		for (int i = 0; i < 99; i++)
			MUST(db_run(c.conn, &rename, P(V(str_format(t_arena, "Služba %d v kole %d", i, round)), V(i % 2 ? S("39") : S("44")), V(service)), NULL));
		given_service(&c, provider, 100 + round);
		MUST(tx_commit(&tx));
	}
	Ctx now = at(app, D(2026, 3, 3));
	Str live;
	MUST(plan_live_markdown(&now, S("pocet-sluzeb"), S(""), false, &live));
	EQ_TEXT(live, "101");
	ctx_end(&now);
	EQ_STR(web_get(&b, "/plan/2027-2029/kapitola/2").body, before);
	ctx_end(&c);
}

TEST("plan: the public knows of a plan in preparation, and sees no chapter before it is put forward for comments") {
	App *app;
	Ctx  c = drafted(&app);
	fill_all(&c);
	ctx_end(&c);
	Browser b = {.app = app};
	EQ_INT(web_get(&b, "/plan").status, 200);
	Answer a = web_get(&b, "/plan/2027-2029");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("100/26/RK")));
	EXPECT(!str_has(a.body, S("Odstavec kapitoly")));
	EQ_INT(web_get(&b, "/plan/2027-2029/kapitola/1").status, 404);
	EQ_INT(web_get(&b, "/plan/1999-2001").status, 404);
	Ctx pub = ctx_make(t_arena, app->db, &actor_public, prague_instant(D(2026, 3, 2), 36000));
	PlanChapters all;
	EXPECT(plan_chapters(&pub, 1, &all) != OK);
	ctx_end(&pub);
}

TEST("plan: while comments are taken each paragraph of a chapter leads to the form, before that none does") {
	App *app;
	Ctx  c = drafted(&app);
	Date today = prague_day(instant_now());      /* of the pages; the plan's own day lies before */
	fill_all(&c);
	step(&c, "freeze", NULL);
	step(&c, "publish", NULL);
	Str channel[] = {S("web")};
	Consultation n = {.title = S("Připomínky k návrhu plánu"), .subject = stored(&c)->newest_version, .first_day = today, .last_day = date_add(today, 14),
	                  .who = S("kdokoli"), .channels = {channel, 1, 0}, .min_length = 1};
	MUST(consultation_add(&c, &n));
	ctx_end(&c);
	Browser b = {.app = app};
	EXPECT(!str_has(web_get(&b, "/plan/2027-2029/kapitola/1").body, S("napsat?odstavec=")));
	c = at(app, D(2026, 3, 2));
	Str anchor = anchor_at(&c, 1, 0);
	MUST(workflow_do(&c, &consultation_machine, n.head.id, "announce", &(WorkInput){0}));
	ctx_end(&c);
	Str page = web_get(&b, "/plan/2027-2029/kapitola/1").body, link = str_format(t_arena, "/pripominky/%lld/napsat?odstavec=%.*s", (long long)n.head.id, STR_ARG(anchor));
	EXPECT(str_has(page, link));
	EQ_INT(web_get(&b, str_z(t_arena, link)).status, 200);
}

TEST("plan: while comments are taken it it does not go on, and without their answers it gets no final wording") {
	App *app;
	Ctx  c = drafted(&app);
	fill_all(&c);
	step(&c, "freeze", NULL);
	step(&c, "publish", NULL);
	Str channel[] = {S("web")};
	Consultation n = {.title = S("Připomínky k návrhu plánu"), .subject = stored(&c)->newest_version, .first_day = D(2026, 3, 10), .last_day = D(2026, 3, 24),
	                  .who = S("kdokoli"), .channels = {channel, 1, 0}, .min_length = 1};
	if (consultation_add(&c, &n) != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(first_problem(&c)));
	WorkInput in = {.reason = S("konec")};
	REFUSED(workflow_do(&c, &plan_machine, stored(&c)->head.id, "close", &in), ERR_INVALID, "Připomínky se přijímají od");
	ctx_end(&c);
	c = at(app, D(2026, 3, 24));
	REFUSED(workflow_do(&c, &plan_machine, stored(&c)->head.id, "close", &in), ERR_INVALID, "Připomínky se přijímají");
	ctx_end(&c);
	Browser b = {.app = app};
	EXPECT(!str_has(web_get(&b, "/plan/2027-2029/kapitola/1").body, S("napsat?odstavec=")));
	c = at(app, D(2026, 3, 25));
	step(&c, "close", NULL);
	REFUSED(workflow_do(&c, &plan_machine, stored(&c)->head.id, "finish", &in), ERR_INVALID, "ještě nemají všechny odpověď");
	ctx_end(&c);
}

TEST("plan: what a person wrote to a plan is among the data about the person") {
	App *app;
	Ctx  c = given(&app);
	Id   account;
	MUST(account_add(&c, S("obec@example.org"), S("Jana Obecní"), 0, &account));
	Actor    jana = {.account = account, .name = S("Jana Obecní"), .is_program = true};
	PlanNote n = {.plan = given_plan(&c), .kind = S(NOTE_CONTRIBUTION), .text = S("Chybí osobní asistence.")};
	c.actor = &jana;
	MUST(plan_note_add(&c, &n));
	CLEANUP(buf_free) Buf out = {0};
	JsonWriter w = {.out = &out};
	MUST(person_data_export(&c, account, &w));
	EXPECT(str_has(buf_view(&out), S("poznamky_k_planu")) && str_has(buf_view(&out), S("Chybí osobní asistence.")));
	ctx_end(&c);
}

TEST("plan: documents of plans that the program never led stand in the archive by their days, those not public for nobody outside") {
	App *app;
	Ctx  c = given(&app);
	static const struct { const char *title; int year; bool is_public; } all[] = {{"Plán 2015–2017", 2015, true}, {"Plán 2018–2020", 2018, true}, {"Tajný plán", 2012, false}};
	Id       body = given_body(&c), document, version;
	OldPlans old;
	for (size_t i = 0; i < LEN(all); i++) {
		MUST(document_add(&c, &(DocumentNew){.title = str_c(all[i].title), .kind = S("plan"), .owner = body, .valid_to = D(all[i].year + 2, 12, 31),
			.is_public = all[i].is_public}, &document));
		MUST(version_add(&c, document, &(VersionNew){.text = S("Text.")}, &version));
		MUST(version_freeze(&c, version));
		MUST(version_put_in_force(&c, version, D(all[i].year, 1, 1)));
	}
	MUST(plans_before_program(&c, &old));
	EQ_INT(old.len, 3);
	EQ_TEXT(old.at[0].title, "Plán 2018–2020");
	EQ_TEXT(old.at[2].title, "Tajný plán");
	ctx_end(&c);
	Browser b = {.app = app};
	Answer  page = web_get(&b, "/plan");
	EXPECT(str_has(page.body, S("Plán 2015–2017")) && !str_has(page.body, S("Tajný plán")));
}

TEST("plan: a word changed in a long chapter does not put the chapter twice into the trail; what it was and is can be read there") {
	App *app;
	Ctx  c = drafted(&app);
	TrailRecords all;
	CLEANUP(buf_free) Buf text = {0};
	for (int i = 0; i < 500; i++)
		buf_format(&text, "Odstavec %d o službách, díky kterým lidé zůstávají doma.\n\n", i);
	const char *first = str_z(t_arena, buf_view(&text));
	save(&c, 1, first);
	save(&c, 1, str_z(t_arena, str_replace(t_arena, str_c(first), S("Odstavec 250 o službách"), S("Odstavec 250 o pomoci"))));
	MUST(trail_of(&c, plan_chapter_entity.name, chapter(&c, 1)->head.id, 0, 1, &all));
	bool told = false;
	for (size_t i = 0; i < all.at[0].change_count; i++) {
		const TrailChange *x = &all.at[0].changes[i];
		if (strcmp(x->field, "text") != 0)
			continue;
		told = str_has(x->before, S("Odstavec 250 o službách")) && str_has(x->after, S("Odstavec 250 o pomoci")) && str_has(x->after, S("SHA-256"));
		EXPECT(x->before.len < 1000 && x->after.len < 1000);
	}
	EXPECT(told);
	ctx_end(&c);
}
