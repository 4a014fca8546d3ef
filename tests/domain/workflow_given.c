/* workflow_given.c: papers, people and a store for the tests of the workflow. */
#include "core/mail.h"
#include "tests/domain/workflow.h"

ENTITY(paper_entity, Paper, PAPER_FIELDS, .name = "paper", .table = "paper", .one = "papír", .many = "papíry", .of_many = "papírů", .article = "m",
       .title = "title", .read = "t.read", .write = "t.read", .path = "/papir", .scope_provider = "provider", .scope_district = "district")

static const Migration migration[] = {{"test_paper", 1, "paper",
	"CREATE TABLE paper (\n"
	"	id $ID,\n	version $INT NOT NULL,\n	title $TEXT NOT NULL,\n	state $TEXT NOT NULL,\n	account $INT,\n	provider $INT,\n"
	"	district $INT,\n	closes $TEXT\n);\n"}};

static const Capability capabilities[] = {
	{"t.read", "vidět papíry"}, {"t.plan", "vést plán"}, {"t.publish", "zveřejňovat"}, {"t.route", "rozesílat orgánům"}, {"t.settle", "vypořádávat"},
	{"t.fill", "vyplňovat výkazy"}, {"t.sign", "podepisovat výkazy"}, {"t.judge", "posuzovat výkazy"}, {"t.network", "vést síť"}, {"t.state", "vyjadřovat se"},
	{"t.score", "hodnotit"}, {"t.pay", "připravovat platby"}, {"t.approve", "schvalovat platby"},
};

#define CAN(...) (const char *[]){"t.read", __VA_ARGS__, NULL}
static const Role roles[] = {
	{"PLN", "koordinátor plánu", SCOPE_REGION, CAN("t.plan", "t.route", "t.settle")},
	{"VED", "vedoucí odboru", SCOPE_REGION, CAN("t.publish", "t.plan")},
	{"KKS", "manažer koordinační struktury", SCOPE_REGION, CAN("t.route")},
	{"NET", "správce sítě", SCOPE_REGION, CAN("t.network", "t.settle")},
	{"ANA", "analytik", SCOPE_REGION, CAN("t.judge")},
	{"HOD", "hodnotitel", SCOPE_REGION, CAN("t.score")},
	{"ECO", "ekonom", SCOPE_REGION, CAN("t.pay", "t.approve")},
	{"PAY", "schvalovatel plateb", SCOPE_REGION, CAN("t.approve")},
	{"COO", "koordinátor", SCOPE_DISTRICT, CAN("t.state")},
	{"PRV", "pracovník poskytovatele", SCOPE_PROVIDER, CAN("t.fill")},
	{"PSG", "statutární zástupce", SCOPE_PROVIDER, CAN("t.fill", "t.sign")},
	{"GRP", "člen skupiny", SCOPE_BODY, CAN("t.read")},
	{"CHA", "předseda skupiny", SCOPE_BODY, CAN("t.read")},
};

static void set_up(void) {
	Str               why = {0};
	const Capability *lists[] = {capabilities};
	size_t            counts[] = {LEN(capabilities)};
	static Arena      kept;
	WorkTables        work = {work_machines, LEN(work_machines), NULL, 0, NULL, 0};
	EXPECT(access_setup(&kept, lists, counts, 1, roles, LEN(roles), &why));
	static const Topic topics[] = {{"test", "Zkouška", "Zkušební postupy.", MAIL_NONE}};
	const MailKind    *no_kinds[] = {NULL};
	const Topic       *topic_lists[] = {topics};
	EXPECT(mail_setup(&kept, no_kinds, (size_t[]){0}, topic_lists, (size_t[]){LEN(topics)}, 1, &why));
	EXPECT(workflow_setup(&kept, &work, 1, &why));
}

Ctx given_work(void) {
	Db        *db = test_store();
	size_t     n;
	Str        why = {0};
	Migration *all = NEW_ARRAY(t_arena, Migration, 257);
	const Migration *own = test_migrations(&n);
	memcpy(all, own, n * sizeof *own);
	all[n] = migration[0];
	if (db_migrate(t_arena, db, all, n + 1, &why, NULL) != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
	set_up();
	world = (World){0};
	return ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
}

const Actor *work_person(const char *name, Id account, const char *role, ScopeKind scope, Id ref) {
	Actor *a = NEW(t_arena, Actor, .account = account, .name = str_c(name), .grant_count = 1);
	a->grants = NEW(t_arena, Grant, .role = str_c(role), .scope = scope, .ref = ref);
	access_prepare(a);
	return a;
}

Paper *paper(Ctx *c, const char *title) {
	Paper *p = entity_new(c->arena, &paper_entity);
	p->title = str_c(title);
	p->provider = p->district = BLANK;
	return p;
}

Id given_paper(Ctx *c, const Actor *who, const Machine *m, const char *action, Paper *p, const WorkInput *in) {
	c->actor = who;
	p->account = who->account;
	Err err = workflow_start(c, m, action, p, in);
	if (err != OK)
		test_fail(__FILE__, __LINE__, "%s.%s: %.*s", m->name, action, STR_ARG(first_problem(c)));
	return p->head.id;
}

Err work_as(Ctx *c, const Actor *who, const Machine *m, Id id, const char *action, const WorkInput *in) {
	c->actor = who;
	return workflow_do(c, m, id, action, in);
}

Str work_state(Ctx *c, const Machine *m, Id id) {
	WorkObject o;
	MUST(workflow_object(c, m, id, &o));
	return o.state;
}

const WorkAction *work_offer(Ctx *c, const Actor *who, const Machine *m, Id id, const char *action) {
	WorkObject  o;
	WorkActions all;
	c->actor = who;
	MUST(workflow_object(c, m, id, &o));
	MUST(workflow_actions(c, m, &o, &all));
	for (size_t i = 0; i < all.len; i++)
		if (strcmp(all.at[i].transition->action, action) == 0)
			return &all.at[i];
	return NULL;
}

void work_refused(const char *file, int line, Ctx *c, Err got, Err want, const char *words) {
	bool said = false;
	for (size_t i = 0; i < c->problems.len; i++)
		said = said || str_has(c->problems.at[i].text, str_c(words));
	if (got != want || !said)
		test_fail(file, line, "%s instead of %s, said: %.*s", err_name(got), err_name(want), STR_ARG(first_problem(c)));
	c->problems.len = 0;
}
