/* plan_held: what the public reads of a plan between its versions. */
#include "domain/library/document.h"
#include "core/access.h"
#include "domain/plan/plan.h"
#include "domain/people/people.h"
#include "tests/support/store.h"
#include "tests/support/web.h"
#include "tests/test.h"

static Ctx at(App *app, Date day) {
	return ctx_make(t_arena, app->db, &actor_program, prague_instant(day, 10 * 3600));
}

static Plan *stored(Ctx *c) {
	Plan *p;
	MUST(plan_by_slug(c, S("2027-2029"), &p));
	return p;
}

static void write_all(Ctx *c, const char *word) {
	for (i64 no = 1; no <= 5; no++) {
		PlanChapter *ch;
		MUST(plan_chapter_by_no(c, stored(c)->head.id, no, &ch));
		ch->text = str_format(t_arena, "Odstavec kapitoly %d, %s.", (int)no, word);
		MUST(plan_chapter_save(c, ch));
	}
}

static void step(Ctx *c, const char *action, const char *resolution) {
	Err e = workflow_do(c, &plan_machine, stored(c)->head.id, action, &(WorkInput){.reason = S("podle rozhodnutí"), .resolution = str_c(resolution)});
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", action, STR_ARG(first_problem(c)));
}

static Ctx given(App **app) {
	Id           id;
	Organisation board = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	*app = test_app_empty();
	Ctx c = at(*app, D(2026, 2, 2));
	MUST(entity_insert(&c, &organisation_entity, &board));
	static const char *const numbers[] = {"100/26/RK", "200/26/ZK"};
	for (size_t i = 0; i < LEN(numbers); i++)
		MUST(resolution_add(&c, &(ResolutionNew){.number = str_c(numbers[i]), .body = board.head.id, .decided_on = D(2026, 1, 20), .title = S("Plán"),
		                                         .result = S("approved")}, &id));
	MUST(plan_open(&c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("100/26/RK"), .year_from = 2027, .inputs_until = D(2026, 2, 1)}, &id));
	step(&c, "draft", NULL);
	write_all(&c, "první návrh");
	return c;
}

/* Does the public find the word anywhere: pages of the plan, its document with all versions, files, search, the newest on home. */
static bool is_read_by_all(Ctx *c, App *app, const char *word) {
	Id   document = stored(c)->document;
	bool found = false;
	ctx_end(c);
	Browser b = {.app = app};
	Str     pages[] = {S("/plan/2027-2029"), S("/plan/2027-2029/kapitola/1"), S("/plan/2027-2029/kapitola/1?verze=1"), S("/plan/2027-2029/kapitola/1?verze=2"),
	                   S("/plan/2027-2029/kapitola/1?verze=3"), S("/plan/2027-2029/rozdil?od=1&do=2"), S("/plan/2027-2029/rozdil?od=2&do=3"),
	                   str_format(t_arena, "/dokumenty/%lld", (long long)document), str_format(t_arena, "/dokumenty/%lld/verze/1", (long long)document),
	                   str_format(t_arena, "/dokumenty/%lld/verze/2", (long long)document), str_format(t_arena, "/dokumenty/%lld/verze/3", (long long)document),
	                   str_format(t_arena, "/dokumenty/%lld/rozdil?od=1&do=2", (long long)document), str_format(t_arena, "/dokumenty/%lld/rozdil?od=2&do=3", (long long)document)};
	for (size_t i = 0; i < LEN(pages); i++)
		found = found || str_has(web_get(&b, str_z(t_arena, pages[i])).body, str_c(word));
	*c = at(app, D(2026, 3, 3));
	return found;
}

static i64 files_for_all(Ctx *c, App *app) {
	Id  document = stored(c)->document;
	i64 n = 0;
	ctx_end(c);
	Browser b = {.app = app};
	for (int no = 1; no <= 3; no++)
		n += web_get(&b, str_z(t_arena, str_format(t_arena, "/dokumenty/%lld/verze/%d/docx", (long long)document, no))).status == 200;
	*c = at(app, D(2026, 3, 3));
	return n;
}

TEST("plan: a draft that steering groups discuss is read by the public only when it is put forward for comments, also when an older version is public") {
	App            *app;
	Ctx             c = given(&app);
	Plan           *p;
	DocumentVersion shown;
	step(&c, "freeze", NULL);
	EXPECT(!is_read_by_all(&c, app, "první návrh"));
	step(&c, "publish", NULL);
	EXPECT(is_read_by_all(&c, app, "první návrh"));
	step(&c, "close", NULL);
	write_all(&c, "konečné znění");
	step(&c, "finish", NULL);
	step(&c, "submit", NULL);
	step(&c, "approve", "200/26/ZK");
	EXPECT(is_read_by_all(&c, app, "konečné znění"));
	EQ_INT(files_for_all(&c, app), 2);
	step(&c, "update", NULL);
	write_all(&c, "nová aktualizace");
	step(&c, "freeze", NULL);
	EXPECT(!is_read_by_all(&c, app, "nová aktualizace"));
	EQ_INT(files_for_all(&c, app), 2);
	p = stored(&c);
	c.actor = &actor_public;
	EQ_INT(version_get(&c, p->newest_version, &shown), ERR_NOT_FOUND);
	MUST(document_newest(&c, p->document, &shown));
	EQ_INT(shown.no, 2);
	c.actor = &actor_program;
	c.problems.len = 0;
	MUST(version_get(&c, p->newest_version, &shown));
	EQ_INT(shown.no, 3);
	step(&c, "publish", NULL);
	EXPECT(is_read_by_all(&c, app, "nová aktualizace"));
	EQ_INT(files_for_all(&c, app), 3);
	ctx_end(&c);
}

TEST("plan: a draft that was reworked before it was put forward stays inside, and what everybody reads meanwhile is the last one put forward") {
	App            *app;
	Ctx             c = given(&app);
	DocumentVersion shown;
	step(&c, "freeze", NULL);
	step(&c, "rework", NULL);
	write_all(&c, "druhý návrh");
	step(&c, "freeze", NULL);
	step(&c, "publish", NULL);
	EXPECT(is_read_by_all(&c, app, "druhý návrh"));
	EXPECT(!is_read_by_all(&c, app, "první návrh"));
	c.actor = &actor_public;
	MUST(plan_shown_version(&c, stored(&c), &shown));
	EQ_INT(shown.no, 2);
	ctx_end(&c);
}

static Actor officer(const char *role, Id account) {
	Grant *g = NEW(t_arena, Grant, .role = str_c(role), .scope = SCOPE_REGION);
	Actor  a = {.account = account, .name = str_c(role), .grants = g, .grant_count = 1};
	access_prepare(&a);
	return a;
}

#define REFUSED(call, err, words) \
	do { \
		EQ_INT((call), (err)); \
		EXPECT(str_has(first_problem(&c), S(words))); \
		c.problems.len = 0; \
	} while (0)

TEST("plan: the text of a plan is not written, shown, hidden, put in force or taken back in the library by officers who write other documents") {
	App   *app;
	Ctx    c = given(&app);
	Actor  network = officer("NET", 1), planner = officer("PLN", 2);
	Plan  *p;
	Id     id;
	Document *d;
	VersionNew n = {.text = S("Jiný text."), .valid_from = D(2026, 3, 1)};
	step(&c, "freeze", NULL);
	step(&c, "publish", NULL);
	p = stored(&c);
	Id first = p->newest_version;
	c.actor = &network;
	REFUSED(version_add(&c, p->document, &n, &id), ERR_FORBIDDEN, "text plánu");
	REFUSED(version_withdraw(&c, first, S("Chyba.")), ERR_FORBIDDEN, "text plánu");
	REFUSED(version_put_in_force(&c, first, D(2026, 3, 1)), ERR_CONFLICT, "Zapsat schválení");
	MUST(document_get(&c, p->document, &d));
	d->is_public = false;
	REFUSED(document_change(&c, d), ERR_FORBIDDEN, "text plánu");
	c.actor = &planner;
	REFUSED(version_put_in_force(&c, first, D(2026, 3, 1)), ERR_CONFLICT, "Zapsat schválení");
	MUST(version_add(&c, p->document, &n, &id));
	REFUSED(version_freeze(&c, id), ERR_CONFLICT, "Zapsat schválení");
	MUST(version_drop(&c, id));
	step(&c, "close", NULL);
	write_all(&c, "konečné znění");
	step(&c, "finish", NULL);
	step(&c, "submit", NULL);
	step(&c, "approve", "200/26/ZK");
	EQ_TEXT(stored(&c)->state, PLAN_IN_FORCE);
	c.actor = &network;
	MUST(document_add(&c, &(DocumentNew){.title = S("Jiný dokument"), .kind = S("plan"), .owner = d->owner}, &id));
	MUST(version_add(&c, id, &n, &id));
	ctx_end(&c);
}
