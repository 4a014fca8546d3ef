/* Reminders of tasks: steps of the workflow with a deadline remind whoever is to act, each once, and end with the head of the department. */
#include "core/deadline_store.h"
#include "core/notice.h"
#include "core/settings.h"
#include "core/task.h"
#include "domain/people/people.h"
#include "domain/register/error_report.h"
#include "domain/register/machines.h"
#include "tests/support/web.h"

static Ctx given_app(void) {
	App *app = test_app_empty();
	return ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 2), 10 * 3600));
}

static Id holder(Ctx *c, const char *login, const char *role, ScopeKind scope, Id ref) {
	Id id;
	MUST(account_add(c, str_c(login), S("Jana Ukázková"), 0, &id));
	MUST(account_grant(c, id, str_c(role), scope, ref, D(2026, 1, 1), (Date){0}));
	MUST(account_set_password(c, id, S("modry-kocour-leze-dolu"), 0));           /* active from now on */
	return id;
}

/* A report of an error, received on 2 November: ten working days over the holiday of the 17th are the 16th. */
static Id given_report(Ctx *c) {
	ErrorReport *r = entity_new(c->arena, &error_report_entity);
	r->service = 999;
	r->text = S("Telefon nefunguje.");
	r->email = S("");
	r->said_at = c->now;
	Err err = workflow_start(c, &error_report_machine, "report", r, NULL);
	if (err != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(c->problems.at[0].text));
	return r->head.id;
}

static i64 remind_day(Ctx *c, Date day) {
	i64 sent;
	c->now = prague_instant(day, 9 * 3600);
	MUST(tasks_remind(c, prague_instant(date_add(day, -3), 9 * 3600), c->now, &sent));
	return sent;
}

static NoticeRows notices(Ctx *c, Id account) {
	NoticeRows rows;
	Actor      a = {.account = account, .name = S("Jana")};
	Ctx        own = ctx_make(t_arena, c->db, &a, c->now);
	MUST(notice_list(&own, false, 0, 50, &rows));
	ctx_end(&own);
	return rows;
}

#define SAYS(text, part) \
	do { \
		Str text_ = str_replace(t_arena, (text), S("\xC2\xA0"), S(" ")); \
		if (!str_has(text_, S(part))) \
			test_fail(__FILE__, __LINE__, "\"%.*s\" has no \"%s\"", STR_ARG(text_), part); \
	} while (0)

TEST("task reminders: before, on and after the last day, each once, with the explanation; five working days later the head of the department learns who is to act") {
	Ctx c = given_app();
	Id  officer = holder(&c, "a@example.org", "NET", SCOPE_REGION, 0), head = holder(&c, "b@example.org", "VED", SCOPE_REGION, 0);
	Id  stranger = holder(&c, "c@example.org", "ECO", SCOPE_REGION, 0);
	given_report(&c);
	EQ_INT(remind_day(&c, D(2026, 11, 8)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 9)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 9)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 14)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 16)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 17)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 23)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 24)), 2);
	EQ_INT(remind_day(&c, D(2026, 11, 25)), 0);
	NoticeRows own = notices(&c, officer), heads = notices(&c, head);
	EQ_INT(own.len, 5);
	SAYS(own.at[4].title, "Ověřte hlášení chyby");
	SAYS(own.at[4].title, "zbývá 7 dnů");
	SAYS(own.at[4].text, "Lhůta: pondělí 16. 11. 2026, konec dne.");
	SAYS(own.at[4].text, "10 pracovních dnů");
	SAYS(own.at[1].title, "po termínu");
	EQ_INT(heads.len, 1);
	SAYS(heads.at[0].text, "Na tahu je: správce sítě.");
	SAYS(heads.at[0].link, "/app/hlaseni/");
	EQ_INT(notices(&c, stranger).len, 0);
	ctx_end(&c);
}

TEST("task reminders: whoever did the step is reminded no more; the next state has its own deadline") {
	Ctx c = given_app();
	Id  officer = holder(&c, "a@example.org", "NET", SCOPE_REGION, 0);
	Id  report = given_report(&c);
	EQ_INT(remind_day(&c, D(2026, 11, 9)), 1);
	MUST(error_report_do(&c, report, "take", NULL));                             /* ten working days from the 9th: the 24th */
	EQ_INT(remind_day(&c, D(2026, 11, 14)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 17)), 1);
	MUST(error_report_do(&c, report, "answer", &(WorkInput){.reason = S("Opraveno.")}));
	EQ_INT(remind_day(&c, D(2026, 11, 24)), 0);
	EQ_INT(remind_day(&c, D(2026, 12, 1)), 0);
	EQ_INT(notices(&c, officer).len, 2);
	ctx_end(&c);
}

TEST("task reminders: a task whose record was only renamed is not reminded of twice") {
	Ctx c = given_app();
	Id  report;
	holder(&c, "a@example.org", "NET", SCOPE_REGION, 0);
	report = given_report(&c);
	EQ_INT(remind_day(&c, D(2026, 11, 9)), 1);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(workflow_refresh(&c, &error_report_machine, report));
	MUST(tx_commit(&tx));
	EQ_INT(remind_day(&c, D(2026, 11, 9)), 0);
	ctx_end(&c);
}

TEST("task reminders: several tasks of a morning are one notice; those of others, late for long, another one for the head") {
	Ctx c = given_app();
	Id  officer = holder(&c, "a@example.org", "NET", SCOPE_REGION, 0), head = holder(&c, "b@example.org", "VED", SCOPE_REGION, 0);
	for (int i = 0; i < 9; i++)
		given_report(&c);
	EQ_INT(remind_day(&c, D(2026, 11, 16)), 1);
	NoticeRows own = notices(&c, officer);
	SAYS(own.at[0].title, "9 úkolů s lhůtou");
	SAYS(own.at[0].text, "a další: 1");
	SAYS(own.at[0].link, "/app/ukoly");
	EQ_INT(remind_day(&c, D(2026, 11, 24)), 2);
	SAYS(notices(&c, head).at[0].title, "9 úkolů vašich lidí po termínu");
	ctx_end(&c);
}

TEST("task reminders: what nobody is left to do reaches the head; a task of one person says whose it is") {
	Ctx  c = given_app();
	Id   head = holder(&c, "b@example.org", "VED", SCOPE_REGION, 0), one = holder(&c, "d@example.org", "PRV", SCOPE_PROVIDER, 5);
	Task t = {.kind = S("test.one"), .title = S("Doplňte výkaz"), .object = S("service"), .object_id = 1, .link = S("/app/moje-sluzby"), .button = S("Otevřít"),
	          .account = one, .due = prague_instant(D(2026, 11, 17), 0)};
	given_report(&c);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(task_open(&c, &t));
	MUST(tx_commit(&tx));
	EQ_INT(remind_day(&c, D(2026, 11, 17)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 24)), 2);
	EQ_INT(notices(&c, one).len, 2);
	EQ_INT(notices(&c, head).len, 1);
	SAYS(notices(&c, head).at[0].text, "Doplňte výkaz");
	SAYS(notices(&c, head).at[0].text, "Ověřte hlášení chyby");
	ctx_end(&c);
}

TEST("task reminders: what was missed while nothing ran is not sent after its day; a task opened late is not reminded of earlier days") {
	Ctx c = given_app();
	i64 sent;
	holder(&c, "a@example.org", "NET", SCOPE_REGION, 0);
	given_report(&c);
	Instant from = c.now;
	c.now = prague_instant(D(2026, 11, 16), 23 * 3600);
	MUST(tasks_remind(&c, from, c.now, &sent));
	EQ_INT(sent, 1);                                                             /* three lines of the plan, one notice */
	c.now = prague_instant(D(2026, 11, 20), 9 * 3600);
	given_report(&c);                                                            /* 4 December */
	MUST(tasks_remind(&c, from, c.now, &sent));
	EQ_INT(sent, 1);                                                             /* the first one alone, late by a day and more */
	ctx_end(&c);
}

TEST("task reminders: the region writes its own plan; what is no plan is refused and says what one looks like") {
	Ctx c = given_app();
	holder(&c, "a@example.org", "NET", SCOPE_REGION, 0);
	EQ_INT(setting_set(&c, S("deadline.reminders"), S("občas")), ERR_INVALID);
	SAYS(c.problems.at[0].text, "7 dnů předem");
	c.problems.len = 0;
	MUST(setting_set(&c, S("deadline.reminders"), S("3 dny předem")));
	given_report(&c);
	EQ_INT(remind_day(&c, D(2026, 11, 9)), 0);
	EQ_INT(remind_day(&c, D(2026, 11, 13)), 1);
	EQ_INT(remind_day(&c, D(2026, 11, 17)), 0);
	ctx_end(&c);
}
