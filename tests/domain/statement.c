/* statement: who is asked by the shares of an application, until when, who is reminded, and what the system records when nothing came. */
#include "core/mail.h"
#include "core/task.h"
#include "domain/people/inside.h"
#include "tests/domain/call_given.h"
#include "tests/domain/mail_given.h"

static Statements all_of(Calling *g, Date day) {
	Statements all;
	Ctx        c = when(g, &actor_program, day, 9, 0, 0);
	MUST(statements_of(&c, g->application, &all));
	for (size_t i = 0; i < all.len; i++)
		all.at[i] = entity_copy(t_arena, &statement_entity, all.at[i]);
	ctx_end(&c);
	return all;
}

static void tick(Calling *g, Date day, int hour, int minute, int second) {
	i64 moved;
	Ctx c = when(g, &actor_program, day, hour, minute, second);
	MUST(workflow_tick(&c, &moved));
	ctx_end(&c);
}

TEST("statement: districts with a fifth of the service or more are asked by the program, at the seat of each; one a hundredth below is not") {
	Calling      g = given_call();
	Application *a;
	Units        districts = {0};
	Ctx          c = when(&g, g.k.worker, D(2027, 2, 11), 9, 0, 0);
	MUST(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a));
	g.application = a->head.id;
	fill_whole(&c, a->submission);
	MUST(territory_below(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY, &districts));
	static const char *const shares[] = {"60,01", "20,00", "19,99"};
	for (size_t i = 0; i < LEN(shares); i++) {
		put_value(&c, a->submission, "obvod", (i64)i + 1, str_z(t_arena, districts.at[i]->code), NULL);
		put_value(&c, a->submission, "podil", (i64)i + 1, shares[i], NULL);
	}
	MUST(workflow_do(&c, &submission_machine, a->submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	MUST(submission_submit(&c, a->submission, 0, true));
	ctx_end(&c);
	Statements all = all_of(&g, D(2027, 2, 12));
	EQ_INT(all.len, 2);
	for (size_t i = 0; i < all.len; i++) {
		EQ_TEXT(all.at[i]->state, STATEMENT_REQUESTED);
		EQ_INT(all.at[i]->district, districts.at[all.at[i]->share.basis_points == 6001 ? 0 : 1]->id);
		EXPECT(all.at[i]->municipality > 0);
		EQ_INT(all.at[i]->due.ms, prague_instant(D(2027, 3, 31), 16 * 3600).ms);
	}
}

static Err deliver_at(Calling *g, Id id, int hour, int minute, int second) {
	Ctx c = when(g, g->mayor, D(2027, 3, 31), hour, minute, second);
	Err e = workflow_do(&c, &statement_machine, id, "deliver", NULL);
	ctx_end(&c);
	return e;
}

static Id signed_one(Calling *g) {
	submitted(g);
	Id  id = all_of(g, D(2027, 2, 25)).at[0]->head.id;
	Ctx c = when(g, g->mayor, D(2027, 3, 30), 10, 0, 0);
	Statement *s = entity_copy(t_arena, &statement_entity, all_of(g, D(2027, 2, 25)).at[0]);
	s->verdict = S("potrebna");
	s->reason = S("Služba chybí.");
	s->accord = S("ano");
	s->co_funding = czk(0);
	s->body = S("Rada města");
	s->decided_on = D(2027, 3, 29);
	s->number = S("18/27");
	MUST(entity_update(&c, &statement_entity, s));
	MUST(workflow_do(&c, &statement_machine, id, "sign", NULL));
	ctx_end(&c);
	return id;
}

TEST("D1: a statement is taken a second before the end of statements") {
	Calling g = given_call();
	Id      id = signed_one(&g);
	tick(&g, D(2027, 3, 31), 15, 59, 59);
	EQ_INT(deliver_at(&g, id, 15, 59, 59), OK);
	tick(&g, D(2027, 3, 31), 16, 0, 0);
	EQ_TEXT(all_of(&g, D(2027, 4, 1)).at[0]->state, STATEMENT_USED);
}

TEST("D1: at the end of statements a signed one is refused also before the clock came round; the system then records that none came, and says it was the system") {
	Calling   g = given_call();
	WorkSteps steps;
	Id        id = signed_one(&g);
	tick(&g, D(2027, 3, 31), 15, 59, 59);
	EQ_TEXT(all_of(&g, D(2027, 3, 31)).at[0]->state, STATEMENT_SIGNED);
	EXPECT(deliver_at(&g, id, 16, 0, 0) != OK);
	tick(&g, D(2027, 3, 31), 16, 0, 0);
	EQ_TEXT(all_of(&g, D(2027, 4, 1)).at[0]->state, STATEMENT_NONE);
	EXPECT(deliver_at(&g, id, 16, 0, 1) != OK);
	Ctx c = when(&g, g.officer, D(2027, 4, 1), 9, 0, 0);
	MUST(workflow_steps(&c, &statement_machine, id, &steps));
	EQ_TEXT(steps.at[steps.len - 1].action, "miss");
	EQ_STR(steps.at[steps.len - 1].actor, actor_program.name);
	EQ_INT(steps.at[steps.len - 1].account, 0);
	ctx_end(&c);
}

/* How many notices the mayor got of a second. */
static i64 reminded(Calling *g, Date day, int hour, int minute, int second) {
	i64 sent;
	mail_set_people(&(MailPeople){.address = account_for_mail, .holders = accounts_of_role});
	Ctx c = when(g, &actor_program, day, hour, minute, second);
	const char *count = str_z(t_arena, str_format(t_arena, "SELECT COUNT(*) FROM notice WHERE account = %lld", (long long)g->mayor->account));
	i64 before = mail_number_of(&c, count);
	MUST(tasks_remind(&c, (Instant){c.now.ms - 1000}, c.now, &sent));
	sent = mail_number_of(&c, count) - before;
	mail_set_people(&(MailPeople){0});
	ctx_end(&c);
	return sent;
}

TEST("D9: a town that was asked is reminded seven and two days before the end of statements and on the last day at eight, to the second") {
	static const int days[] = {24, 29, 31};
	Calling g = given_call();
	submitted(&g);
	for (size_t i = 0; i < LEN(days); i++) {
		EQ_INT(reminded(&g, D(2027, 3, days[i]), 7, 59, 59), 0);
		EQ_INT(reminded(&g, D(2027, 3, days[i]), 8, 0, 0), 1);
		EQ_INT(reminded(&g, D(2027, 3, days[i]), 8, 0, 0), 0);
	}
}

TEST("D9: a town that has delivered its statement is reminded no more") {
	Calling g = given_call();
	submitted(&g);
	EQ_INT(reminded(&g, D(2027, 3, 24), 8, 0, 0), 1);
	delivered(&g, D(2027, 3, 25));
	EQ_INT(reminded(&g, D(2027, 3, 29), 8, 0, 0), 0);
	EQ_INT(reminded(&g, D(2027, 3, 31), 8, 0, 0), 0);
}

static void give_back(Calling *g, Date day, int hour) {
	Ctx c = when(g, g->officer, day, hour, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g->k.submission, "return", &(WorkInput){.reason = S("Doplňte rozpočet.")}));
	ctx_end(&c);
}

static void submit_again(Calling *g, Date day, int hour) {
	Ctx c = when(g, g->k.worker, day, hour, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g->k.submission, "reopen", NULL));
	MUST(workflow_do(&c, &submission_machine, g->k.submission, "lock", NULL));
	ctx_end(&c);
	c = when(g, g->k.statutory, day, hour, 30, 0);
	MUST(submission_submit(&c, g->k.submission, 0, true));
	ctx_end(&c);
}

TEST("D7, D9: while an application is returned for correction its towns are not reminded and nothing is missed; a second before the return they are, and again once it came back") {
	Calling g = given_call();
	submitted(&g);
	EQ_INT(reminded(&g, D(2027, 3, 24), 8, 0, 0), 1);
	give_back(&g, D(2027, 3, 26), 9);
	EQ_TEXT(all_of(&g, D(2027, 3, 26)).at[0]->state, STATEMENT_PAUSED);
	EQ_INT(reminded(&g, D(2027, 3, 29), 8, 0, 0), 0);
	EQ_INT(reminded(&g, D(2027, 3, 31), 8, 0, 0), 0);
	tick(&g, D(2027, 3, 31), 16, 0, 0);
	EQ_TEXT(all_of(&g, D(2027, 4, 1)).at[0]->state, STATEMENT_PAUSED);
	submit_again(&g, D(2027, 4, 1), 10);
	EQ_TEXT(all_of(&g, D(2027, 4, 1)).at[0]->state, STATEMENT_REQUESTED);
	EQ_INT(all_of(&g, D(2027, 4, 1)).at[0]->due.ms, prague_instant(D(2027, 4, 6), 16 * 3600).ms);      /* five days were left on 26 March */
	EQ_INT(reminded(&g, D(2027, 4, 6), 7, 59, 59), 0);
	EQ_INT(reminded(&g, D(2027, 4, 6), 8, 0, 0), 1);
	tick(&g, D(2027, 4, 6), 15, 59, 59);
	EQ_TEXT(all_of(&g, D(2027, 4, 6)).at[0]->state, STATEMENT_REQUESTED);
	tick(&g, D(2027, 4, 6), 16, 0, 0);
	EQ_TEXT(all_of(&g, D(2027, 4, 7)).at[0]->state, STATEMENT_NONE);
}

TEST("D7: an application that comes back at once takes no day from its towns; a signed statement is signed anew, for what the application says now") {
	Calling g = given_call();
	Id      id = signed_one(&g);
	give_back(&g, D(2027, 3, 30), 11);
	Ctx c = when(&g, g.mayor, D(2027, 3, 30), 12, 0, 0);
	EQ_INT(workflow_do(&c, &statement_machine, id, "deliver", NULL), ERR_CONFLICT);
	ctx_end(&c);
	submit_again(&g, D(2027, 3, 30), 13);
	Statement *s = all_of(&g, D(2027, 3, 30)).at[0];
	EQ_TEXT(s->state, STATEMENT_REQUESTED);
	EQ_TEXT(s->reason, "Služba chybí.");
	EQ_INT(s->due.ms, prague_instant(D(2027, 3, 31), 16 * 3600).ms);
	c = when(&g, g.mayor, D(2027, 3, 31), 12, 0, 0);
	MUST(workflow_do(&c, &statement_machine, id, "sign", NULL));
	MUST(workflow_do(&c, &statement_machine, id, "deliver", NULL));
	ctx_end(&c);
}

TEST("statement: a delivered one is not taken back while the application is corrected, and is when it came back") {
	Calling g = given_call();
	submitted(&g);
	delivered(&g, D(2027, 2, 25));
	give_back(&g, D(2027, 2, 26), 9);
	Id  id = all_of(&g, D(2027, 2, 26)).at[0]->head.id;
	Ctx c = when(&g, g.mayor, D(2027, 2, 26), 10, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &statement_machine, id, "replace", &(WorkInput){.reason = S("Změna.")}), ERR_INVALID, "Poskytovatel žádost opravuje");
	ctx_end(&c);
	submit_again(&g, D(2027, 2, 27), 9);
	EQ_TEXT(all_of(&g, D(2027, 2, 27)).at[0]->state, STATEMENT_DELIVERED);
	c = when(&g, g.mayor, D(2027, 2, 28), 10, 0, 0);
	MUST(workflow_do(&c, &statement_machine, id, "replace", &(WorkInput){.reason = S("Změna.")}));
	ctx_end(&c);
}

TEST("statement: of an application that was given up nobody is reminded") {
	Calling g = given_call();
	submitted(&g);
	Ctx c = when(&g, g.k.statutory, D(2027, 3, 1), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "give_up", &(WorkInput){.reason = S("Nemáme lidi.")}));
	ctx_end(&c);
	EQ_TEXT(all_of(&g, D(2027, 3, 1)).at[0]->state, STATEMENT_PAUSED);
	EQ_INT(reminded(&g, D(2027, 3, 24), 8, 0, 0), 0);
}
