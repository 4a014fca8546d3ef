/* call, application, statement, score: from the announcement of a call to the decision. */
#include "core/access.h"
#include "core/person_data.h"
#include "core/settings.h"
#include "domain/network/score_order.h"
#include "tests/domain/call_given.h"

TEST("call: the machines of calls, applications, statements and sheets pass the model check") {
	static const Machine *const machines[] = {&call_machine, &application_machine, &statement_machine, &sheet_machine};
	for (size_t i = 0; i < LEN(machines); i++) {
		Strs faults = {0};
		workflow_check(t_arena, machines[i], &faults);
		if (faults.len)
			test_fail(__FILE__, __LINE__, "%zu faults, the first: %.*s", faults.len, STR_ARG(faults.at[0]));
	}
}

TEST("call: when it opens and closes is said as it is true at that second; of a cancelled one what had been promised") {
	Calling g = given_call();
	Call   *k;
	Ctx     c = when(&g, g.officer, D(2027, 1, 12), 9, 0, 0);
	MUST(call_stored(&c, g.call, &k));
	EXPECT(str_starts(call_when(t_arena, k, (Instant){k->opens_at.ms - 1}), S("Otevře se v\u00a0pondělí 1.\u00a02.\u00a02027, 8:00, zavře se v\u00a0pondělí 15.")));
	EXPECT(str_starts(call_when(t_arena, k, k->opens_at), S("Otevřela se v\u00a0pondělí 1.\u00a02.\u00a02027, 8:00, zavře se v\u00a0pondělí 15.")));
	EXPECT(str_has(call_when(t_arena, k, (Instant){k->closes_at.ms - 1}), S(", zavře se ")));
	EXPECT(str_has(call_when(t_arena, k, k->closes_at), S(", zavřela se v\u00a0pondělí 15.\u00a03.\u00a02027, 16:00.")));
	EQ_TEXT(str_c(call_opens_word(k, k->opens_at)), "Otevřela se");
	EQ_TEXT(str_c(call_closes_word(k, (Instant){k->closes_at.ms - 1})), "Zavře se");
	ctx_end(&c);
	c = when(&g, g.head, D(2027, 1, 13), 9, 0, 0);
	MUST(workflow_do(&c, &call_machine, g.call, "cancel", &(WorkInput){.reason = S("Vyhlášená omylem.")}));
	MUST(call_stored(&c, g.call, &k));
	EXPECT(str_starts(call_when(t_arena, k, c.now), S("Měla se otevřít v\u00a0pondělí 1.")));
	EXPECT(str_has(call_when(t_arena, k, c.now), S(", zavřít v\u00a0pondělí 15.")));
	ctx_end(&c);
}

static Str state_of_call(Calling *g) {
	Call *k;
	Ctx   c = when(g, &actor_program, D(2027, 1, 11), 9, 0, 0);
	MUST(call_stored(&c, g->call, &k));
	Str s = str_dup(t_arena, k->state);
	ctx_end(&c);
	return s;
}

static void tick_at(Calling *g, Date day, int hour, int minute, int second) {
	i64 moved;
	Ctx c = when(g, &actor_program, day, hour, minute, second);
	MUST(workflow_tick(&c, &moved));
	ctx_end(&c);
}

TEST("call: D1: opens and closes by the clock, on the second") {
	Calling g = given_call();
	tick_at(&g, D(2027, 2, 1), 7, 59, 59);
	EQ_TEXT(state_of_call(&g), "announced");
	tick_at(&g, D(2027, 2, 1), 8, 0, 0);
	EQ_TEXT(state_of_call(&g), "open");
	tick_at(&g, D(2027, 3, 15), 15, 59, 59);
	EQ_TEXT(state_of_call(&g), "open");
	tick_at(&g, D(2027, 3, 15), 16, 0, 0);
	EQ_TEXT(state_of_call(&g), "closed");
}

TEST("call: an ordinary one lasts 14 days at least, an extraordinary one 7, and the refusal says so") {
	Calling g = given_call();
	Ctx     c = when(&g, g.officer, D(2027, 1, 10), 9, 30, 0);
	Call   *k;
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->opens_rule = S("1. 6. 2027 8:00");
	made->closes_rule = S("7. 6. 2027 16:00");
	made->statements_rule = S("30. 6. 2027 16:00");
	REFUSED_TELLING(call_add(&c, made, &(CallTargets){0}), ERR_INVALID, "řádná výzva musí být otevřená nejméně 14 dnů");
	made->head = (EntityHead){0};
	made->extraordinary = true;
	made->closes_rule = S("7. 6. 2027 16:00");
	REFUSED_TELLING(call_add(&c, made, &(CallTargets){0}), ERR_INVALID, "nejméně 7 dnů");
	made->head = (EntityHead){0};
	made->closes_rule = S("8. 6. 2027 16:00");
	MUST(call_add(&c, made, &(CallTargets){0}));
	ctx_end(&c);
}

TEST("call: what was announced is not changed, only prolonged, and drafts follow the later end") {
	Calling      g = given_call();
	Call        *k;
	Application *a;
	tick_at(&g, D(2027, 2, 1), 8, 0, 0);
	Ctx c = when(&g, g.k.worker, D(2027, 2, 11), 9, 0, 0);
	MUST(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 12), 9, 0, 0);
	MUST(call_stored(&c, g.call, &k));
	Call *changed = entity_copy(t_arena, &call_entity, k);
	changed->target_year = 2029;
	REFUSED_TELLING(call_change(&c, changed, &(CallTargets){0}), ERR_CONFLICT, "jde jen prodloužit");
	REFUSED_TELLING(call_prolong(&c, g.call, 0, S("10. 3. 2027 16:00"), S("Žádost poskytovatelů.")), ERR_INVALID, "později");
	MUST(call_prolong(&c, g.call, 0, S("22. 3. 2027 16:00"), S("Žádost poskytovatelů.")));
	EQ_INT(the_submission(&c, a->submission)->closes_at.ms, prague_instant(D(2027, 3, 22), 16 * 3600).ms);
	ctx_end(&c);
}

TEST("call: D4: a last day on Saturday moves to Monday and the call says why") {
	Calling g = given_call();
	Ctx     c = when(&g, g.officer, D(2027, 1, 10), 9, 30, 0);
	Call   *k;
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->opens_rule = S("1. 6. 2027 8:00");
	made->closes_rule = S("19. 6. 2027 16:00");
	made->statements_rule = S("30. 6. 2027 16:00");
	MUST(call_add(&c, made, &(CallTargets){0}));
	EQ_INT(made->closes_at.ms, prague_instant(D(2027, 6, 21), 16 * 3600).ms);
	EXPECT(str_has(made->why, S("sobota")));
	ctx_end(&c);
}

TEST("application: begins from an open call for a service of one's own, once, with what the register knows") {
	Calling      g = given_call();
	Application *a;
	FormValues   v;
	Ctx          c = when(&g, g.k.worker, D(2027, 1, 31), 9, 0, 0);
	REFUSED_TELLING(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a), ERR_CONFLICT, "teď žádat nejde");
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 1), 8, 0, 0);
	REFUSED_TELLING(application_start(&c, g.call, S("B"), g.service, (Str){0}, &a), ERR_INVALID, "typ žádosti");
	REFUSED_TELLING(application_start(&c, g.call, S("A"), 0, S("Záměr"), &a), ERR_INVALID, "jen projektový záměr C");
	MUST(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a));
	MUST(submission_values(&c, a->submission, &v));
	EQ_TEXT(form_text_of(&v, "identifikator"), "1234567");
	EQ_TEXT(form_value(&v, S("nazev"), 0)->origin, "z registru služeb");
	REFUSED_TELLING(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a), ERR_CONFLICT, "už v této výzvě máte");
	MUST(application_start(&c, g.call, S("C"), 0, S("Nový denní stacionář"), &a));
	ctx_end(&c);
	c = when(&g, g.k.stranger, D(2027, 2, 2), 8, 0, 0);
	REFUSED_TELLING(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a), ERR_INVALID, "své organizace");
	ctx_end(&c);
}

TEST("application: a call for some kinds of services takes no other kind, whatever the form says when it is submitted") {
	Calling      g = given_call();
	Call        *k;
	Application *a;
	Ctx          c = when(&g, g.officer, D(2027, 1, 10), 9, 30, 0);
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	strs_add(t_arena, &made->kinds, S("44"));
	MUST(call_add(&c, made, &(CallTargets){0}));
	MUST(workflow_do(&c, &call_machine, made->head.id, "announce", NULL));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 11), 9, 0, 0);
	REFUSED_TELLING(application_start(&c, made->head.id, S("A"), g.service, (Str){0}, &a), ERR_INVALID, "vyjmenované druhy");
	MUST(application_start(&c, made->head.id, S("C"), 0, S("Nová odlehčovací služba"), &a));
	fill_whole(&c, a->submission);
	MUST(workflow_do(&c, &submission_machine, a->submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	REFUSED_TELLING(submission_submit(&c, a->submission, 0, true), ERR_INVALID, "vyjmenované druhy");
	MUST(workflow_do(&c, &submission_machine, a->submission, "unlock", NULL));
	put_value(&c, a->submission, "druh", 0, "44", NULL);
	MUST(workflow_do(&c, &submission_machine, a->submission, "lock", NULL));
	MUST(submission_submit(&c, a->submission, 0, true));
	ctx_end(&c);
}

TEST("application: submitting takes the numbers from the form and asks the district for a statement; withdrawing gives it back") {
	Calling    g = given_call();
	Statements all;
	submitted(&g);
	Ctx c = when(&g, g.k.statutory, D(2027, 2, 12), 10, 0, 0);
	Application *a = the_application(&c, g.application);
	EQ_TEXT(a->state, "submitted");
	EQ_INT(a->capacity.hundredths, 250);
	EQ_INT(a->costs.halere, 120000000);
	EXPECT(str_ends(a->areas, S("=10000")));
	MUST(statements_of(&c, g.application, &all));
	EQ_INT(all.len, 1);
	EQ_TEXT(all.at[0]->state, "requested");
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "withdraw", &(WorkInput){.reason = S("Oprava.")}));
	EQ_TEXT(the_application(&c, g.application)->state, "draft");
	ctx_end(&c);
}

TEST("statement: without an explicit co-funding it is not signed; after its time it is recorded as none") {
	Calling    g = given_call();
	Statements all;
	submitted(&g);
	Ctx c = when(&g, g.mayor, D(2027, 2, 25), 10, 0, 0);
	MUST(statements_of(&c, g.application, &all));
	Statement *s = entity_copy(t_arena, &statement_entity, all.at[0]);
	s->verdict = S("potrebna");
	s->reason = S("Služba chybí.");
	s->accord = S("ano");
	s->body = S("Rada města");
	s->decided_on = D(2027, 2, 24);
	s->number = S("12/27");
	MUST(entity_update(&c, &statement_entity, s));
	REFUSED_TELLING(workflow_do(&c, &statement_machine, s->head.id, "sign", NULL), ERR_INVALID, "spolufinancování");
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 3, 17), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "accept", NULL));
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "close_statements", NULL), ERR_INVALID, "Chybí vyjádření");
	ctx_end(&c);
	tick_at(&g, D(2027, 3, 31), 16, 0, 0);
	c = when(&g, g.officer, D(2027, 4, 1), 9, 0, 0);
	MUST(statements_of(&c, g.application, &all));
	EQ_TEXT(all.at[0]->state, "none");
	MUST(workflow_do(&c, &application_machine, g.application, "close_statements", NULL));
	ctx_end(&c);
}

TEST("score: G10: two reviewers close together are enough, their mean counts, and each criterion says why") {
	Calling    g = given_call();
	ScoreItems items;
	Sheet     *s;
	stated(&g);
	Id sheet = scored(&g, 0, 10, 0);
	Ctx c = when(&g, g.officer, D(2027, 4, 4), 9, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "score", NULL), ERR_INVALID, "potřeba jsou 2");
	MUST(sheet_get(&c, sheet, &s));
	MUST(sheet_items(&c, s, &items));
	bool found = false;
	for (size_t i = 0; i < items.len; i++)
		if (str_eq(items.at[i].criterion, S("C1"))) {
			found = items.at[i].computed == 10 && str_has(items.at[i].how, S("100"));
		}
	EXPECT(found);
	ctx_end(&c);
	scored(&g, 1, 5, 0);
	c = when(&g, g.officer, D(2027, 4, 5), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "score", NULL));
	EQ_INT(the_application(&c, g.application)->points, 9750);
	ctx_end(&c);
}

TEST("score: more than a fifth apart a third reviewer is wanted; then the mean of three counts") {
	Calling g = given_call();
	stated(&g);
	scored(&g, 0, 10, 0);
	scored(&g, 1, 0, 2);
	Ctx c = when(&g, g.officer, D(2027, 4, 5), 9, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "score", NULL), ERR_INVALID, "třetího hodnotitele");
	ctx_end(&c);
	scored(&g, 2, 10, 0);
	c = when(&g, g.officer, D(2027, 4, 6), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "score", NULL));
	EQ_INT(the_application(&c, g.application)->points, 8867);
	ctx_end(&c);
}

static Str long_text(size_t n) {
	char *s = NEW_ARRAY(t_arena, char, n);
	memset(s, 'a', n);
	return (Str){s, n};
}

TEST("G10: points below the maximum or against the program need a reason; points out of range are refused") {
	Calling    g = given_call();
	ScoreItems items;
	Sheet     *s;
	Id         sheet;
	stated(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	MUST(sheet_assign(&c, g.application, g.reviewers[0], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(&g, g.reviewer[0], D(2027, 4, 3), 9, 0, 0);
	MUST(sheet_get(&c, sheet, &s));
	MUST(sheet_items(&c, s, &items));
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &items), ERR_CONFLICT, "přidělené");
	MUST(workflow_do(&c, &sheet_machine, sheet, "begin", NULL));
	ScoreItem  low = {.criterion = S("E2"), .points = 3}, high = {.criterion = S("A1"), .points = 11}, other = {.criterion = S("C1"), .points = 9};
	ScoreItems one = {&low, 1, 1};
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &one), ERR_INVALID, "3 bodů z 5; napište důvod");
	one.at = &high;
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &one), ERR_INVALID, "od 0 do 10");
	one.at = &other;
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &one), ERR_INVALID, "pravidla dávají 10 bodů a vy 9");
	low.reason = S("  \n ");
	one.at = &low;
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &one), ERR_INVALID, "3 bodů z 5; napište důvod");
	low.reason = long_text(5000);
	REFUSED_TELLING(sheet_save(&c, sheet, 0, &one), ERR_INVALID, "nejvýše 4000 znaků");
	low.reason = S("Projednala jen pracovní skupina.");
	MUST(sheet_save(&c, sheet, 0, &one));
	REFUSED_TELLING(workflow_do(&c, &sheet_machine, sheet, "finish", NULL), ERR_INVALID, "Bez bodů");
	ctx_end(&c);
}

TEST("G10: who acts for the applicant does not score, unless the head of the department says why") {
	Calling g = given_call();
	Id      sheet;
	stated(&g);
	Ctx c = when(&g, &actor_program, D(2027, 4, 1), 9, 0, 0);
	MUST(account_grant(&c, g.reviewers[0], S("PRV"), SCOPE_PROVIDER, g.k.provider, D(2026, 1, 1), (Date){0}));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	REFUSED_TELLING(sheet_assign(&c, g.application, g.reviewers[0], (Str){0}, &sheet), ERR_INVALID, "jedná za poskytovatele");
	REFUSED_TELLING(sheet_assign(&c, g.application, g.reviewers[0], S("Není jiný."), &sheet), ERR_FORBIDDEN, "vedoucí odboru");
	MUST(sheet_assign(&c, g.application, g.reviewers[1], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(&g, g.head, D(2027, 4, 2), 10, 0, 0);
	MUST(sheet_assign(&c, g.application, g.reviewers[0], S("Jiný odborník v kraji není."), &sheet));
	ctx_end(&c);
	c = when(&g, g.reviewer[1], D(2027, 4, 2), 11, 0, 0);
	Sheet *s;
	EQ_INT(sheet_get(&c, sheet, &s), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("G10: who acts for a town that funds the service does not score it") {
	Calling    g = given_call();
	Statements all;
	Id         sheet;
	stated(&g);
	Ctx c = when(&g, &actor_program, D(2027, 4, 1), 9, 0, 0);
	MUST(statements_of(&c, g.application, &all));
	MUST(account_grant(&c, g.reviewers[0], S("MUN"), SCOPE_MUNICIPALITY, all.at[0]->municipality, D(2026, 1, 1), (Date){0}));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	REFUSED_TELLING(sheet_assign(&c, g.application, g.reviewers[0], (Str){0}, &sheet), ERR_INVALID, "spolufinancuje");
	ctx_end(&c);
}

TEST("application: refused by the assembly it tells the provider why and stands among needs without an answer") {
	Calling    g = given_call();
	EntityList unanswered;
	stated(&g);
	scored(&g, 0, 10, 0);
	scored(&g, 1, 5, 0);
	Ctx c = when(&g, g.officer, D(2027, 4, 6), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "score", NULL));
	REFUSED_TELLING(application_propose(&c, g.application, 0, S("mozna"), S("Nevím.")), ERR_INVALID, "Vyberte, zda");
	MUST(application_propose(&c, g.application, 0, S("out"), S("Na službu nejsou peníze.")));
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "refuse", &(WorkInput){.reason = S("Na službu nejsou peníze.")}), ERR_INVALID, "usnesení");
	MUST(workflow_do(&c, &application_machine, g.application, "refuse", &(WorkInput){.reason = S("Na službu nejsou peníze."), .resolution = S("100/27/ZK")}));
	MUST(entity_list(&c, &unanswered_entity, &(ListQuery){.limit = -1}, &unanswered));
	EQ_INT(unanswered.len, 1);
	EQ_INT(((UnansweredNeed *)unanswered.at[0])->object_id, g.application);
	EQ_TEXT(the_application(&c, g.application)->letter, "Na službu nejsou peníze.");
	ctx_end(&c);
}

TEST("score: the sum is of all criteria as they stand, also when the last saving sent only one of them, and finishing writes down the rest") {
	Calling    g = given_call();
	ScoreItems items;
	Sheet     *s;
	Id         sheet;
	stated(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	MUST(sheet_assign(&c, g.application, g.reviewers[0], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(&g, g.reviewer[0], D(2027, 4, 3), 9, 0, 0);
	MUST(workflow_do(&c, &sheet_machine, sheet, "begin", NULL));
	MUST(sheet_get(&c, sheet, &s));
	MUST(sheet_items(&c, s, &items));
	ScoreItems judged = {0};
	for (size_t i = 0; i < items.len; i++)
		if (items.at[i].computed == BLANK) {
			items.at[i].points = items.at[i].max;
			*ARENA_PUSH(t_arena, judged.at, judged.len, judged.cap) = items.at[i];
		}
	MUST(sheet_save(&c, sheet, 0, &judged));
	i64 sum = 0;
	for (size_t i = 0; i < items.len; i++)
		sum += items.at[i].points;
	ScoreItem  low = {.criterion = S("A1"), .points = 5, .reason = S("Projednala jen pracovní skupina.")};
	ScoreItems one = {&low, 1, 1};
	MUST(sheet_save(&c, sheet, 0, &one));
	MUST(sheet_get(&c, sheet, &s));
	EQ_INT(s->points, sum + 5);              /* the rules gave 0: nobody has entered such a need */
	MUST(workflow_do(&c, &sheet_machine, sheet, "finish", NULL));
	MUST(sheet_get(&c, sheet, &s));
	EQ_INT(s->points, sum + 5);
	ctx_end(&c);
}

TEST("G10: only the head of the department writes an exception, also where no conflict is known yet: it would hold for one that comes") {
	Calling g = given_call();
	Id      sheet;
	stated(&g);
	Ctx c = when(&g, g.officer, D(2027, 4, 2), 9, 0, 0);
	REFUSED_TELLING(sheet_assign(&c, g.application, g.reviewers[0], S("Pro jistotu."), &sheet), ERR_FORBIDDEN, "vedoucí odboru");
	ctx_end(&c);
}

TEST("score: where two reviewers agree nobody adds a third") {
	Calling g = given_call();
	Id      sheet;
	stated(&g);
	scored(&g, 0, 10, 0);
	scored(&g, 1, 5, 0);
	Ctx c = when(&g, g.officer, D(2027, 4, 5), 9, 0, 0);
	REFUSED_TELLING(sheet_assign(&c, g.application, g.reviewers[2], (Str){0}, &sheet), ERR_CONFLICT, "Třetí se přiděluje, jen když");
	ctx_end(&c);
}

static ScoreRules *rules_of_call(Calling *g, Ctx *c) {
	Call       *k;
	ScoreRules *rules;
	MUST(call_stored(c, g->call, &k));
	MUST(score_rules(c, k, &rules));
	return rules;
}

/* What the set gives for a criterion as everything stands; BLANK when it cannot be computed. */
static i64 computed(Calling *g, Ctx *c, const char *code) {
	ScoreRules *rules = rules_of_call(g, c);
	ScoreRun    run;
	i64         points = BLANK;
	Str         how;
	MUST(score_run(c, rules, NULL, the_application(c, g->application), &run));
	for (size_t i = 0; i < rules->len; i++)
		if (str_eq(rules->at[i].code, str_c(code)))
			(void)score_criterion(t_arena, &run, &rules->at[i], &points, &how);
	return points;
}

TEST("score: amounts as large as a number can be give points and do not end the program") {
	Calling      g = given_call();
	Application *a;
	submitted(&g);
	Ctx c = when(&g, g.k.statutory, D(2027, 2, 12), 10, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "withdraw", &(WorkInput){.reason = S("Oprava.")}));
	put_value(&c, g.k.submission, "uvazek", 1, "90000000000000000", NULL);
	for (i64 line = 2; line < 5; line++) {
		put_value(&c, g.k.submission, "pozice", line, "Pečovatelka", NULL);
		put_value(&c, g.k.submission, "uvazek", line, "90000000000000000", NULL);
		put_value(&c, g.k.submission, "prima", line, "ano", NULL);
		put_value(&c, g.k.submission, "kvalifikace", line, "ano", NULL);
	}
	put_value(&c, g.k.submission, "n1.1", 0, "90000000000000000", NULL);
	put_value(&c, g.k.submission, "s1", 0, "90000000000000000", NULL);
	put_value(&c, g.k.submission, "spolufinancovani", 0, "90000000000000000", NULL);
	put_value(&c, g.k.submission, "spf_castka", 1, "90000000000000000", NULL);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	MUST(submission_submit(&c, g.k.submission, 0, true));
	a = the_application(&c, g.application);
	ScoreRules *rules = rules_of_call(&g, &c);
	ScoreRun    run;
	MUST(score_run(&c, rules, NULL, a, &run));
	for (size_t i = 0; i < rules->len; i++) {
		i64 points;
		Str how;
		EXPECT(!score_criterion(t_arena, &run, &rules->at[i], &points, &how) || (points >= 0 && points <= rules->at[i].max));
	}
	ctx_end(&c);
}

TEST("score: a statement gives points for the share that the district has in the form as it was submitted last") {
	Calling   g = given_call();
	Units     districts = {0};
	submitted(&g);
	Ctx c = when(&g, g.k.statutory, D(2027, 2, 12), 10, 0, 0);
	MUST(territory_below(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY, &districts));
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "withdraw", &(WorkInput){.reason = S("Oprava.")}));
	put_value(&c, g.k.submission, "podil", 1, "30", NULL);
	put_value(&c, g.k.submission, "obvod", 2, str_z(t_arena, districts.at[1]->code), NULL);
	put_value(&c, g.k.submission, "podil", 2, "70", NULL);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	MUST(submission_submit(&c, g.k.submission, 0, true));
	ctx_end(&c);
	delivered(&g, D(2027, 2, 25));
	c = when(&g, g.officer, D(2027, 2, 26), 10, 0, 0);
	EQ_INT(computed(&g, &c, "C1"), 3);
	ctx_end(&c);
}

TEST("statement: whoever is asked to state reads the application, and its points no more than others; a town that nobody asked does not") {
	Calling      g = given_call();
	Application *a;
	Statements   all;
	submitted(&g);
	Ctx c = when(&g, g.mayor, D(2027, 2, 20), 9, 0, 0);
	MUST(statements_of(&c, g.application, &all));
	MUST(application_get(&c, g.application, &a));
	EXPECT(!application_sees_points(&c, a));
	Actor other = *g.mayor;
	Grant elsewhere = {.role = S("MSG"), .scope = SCOPE_MUNICIPALITY, .ref = 999999};
	other.grants = &elsewhere;
	other.grant_count = 1;
	access_prepare(&other);
	ctx_end(&c);
	c = when(&g, &other, D(2027, 2, 20), 10, 0, 0);
	EQ_INT(application_get(&c, g.application, &a), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("statement: it is not replaced once the officer has closed the statements, though the days still run") {
	Calling    g = given_call();
	Statements all;
	submitted(&g);
	delivered(&g, D(2027, 2, 25));
	Ctx c = when(&g, g.officer, D(2027, 2, 26), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "accept", NULL));
	MUST(workflow_do(&c, &application_machine, g.application, "close_statements", NULL));
	ctx_end(&c);
	c = when(&g, g.mayor, D(2027, 3, 1), 9, 0, 0);
	MUST(statements_of(&c, g.application, &all));
	REFUSED_TELLING(workflow_do(&c, &statement_machine, all.at[0]->head.id, "replace", &(WorkInput){.reason = S("Jiná částka.")}), ERR_INVALID, "jsou uzavřená");
	ctx_end(&c);
}

TEST("application: points are not in the rows that the applicant reads before the decision") {
	Calling      g = given_call();
	Application *a;
	Applications all;
	stated(&g);
	scored(&g, 0, 10, 0);
	scored(&g, 1, 5, 0);
	Ctx c = when(&g, g.officer, D(2027, 4, 6), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "score", NULL));
	MUST(application_get(&c, g.application, &a));
	EQ_INT(a->points, 9750);
	MUST(application_propose(&c, g.application, 0, S("in"), S("Podle bodů.")));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 4, 7), 9, 0, 0);
	MUST(application_get(&c, g.application, &a));
	EQ_INT(a->points, BLANK);
	MUST(application_list(&c, g.call, &all));
	EQ_INT(all.at[0]->points, BLANK);
	ctx_end(&c);
	Actor both = *g.k.statutory;                 /* scores applications of others besides */
	Grant grants[] = {g.k.statutory->grants[0], {.role = S("HOD"), .scope = SCOPE_REGION}};
	both.grants = grants;
	both.grant_count = LEN(grants);
	access_prepare(&both);
	c = when(&g, &both, D(2027, 4, 7), 10, 0, 0);
	MUST(application_get(&c, g.application, &a));
	EQ_INT(a->points, BLANK);
	EXPECT(!application_sees_points(&c, a));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 8), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "include", &(WorkInput){.resolution = S("100/27/ZK")}));
	WorkSteps steps;
	MUST(workflow_steps(&c, &application_machine, g.application, &steps));
	EXPECT(str_has(steps.at[steps.len - 1].waived, S("územních řídicích skupin program zatím neeviduje")));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 4, 9), 9, 0, 0);
	MUST(application_get(&c, g.application, &a));
	EQ_INT(a->points, 9750);
	ctx_end(&c);
}

TEST("call: prolonged, it moves the end also for locked and submitted forms and for the statements that can still come") {
	Calling    g = given_call();
	Statements all;
	WorkObject o;
	tick_at(&g, D(2027, 2, 1), 8, 0, 0);
	submitted(&g);
	Ctx c = when(&g, g.officer, D(2027, 3, 1), 9, 0, 0);
	MUST(call_prolong(&c, g.call, 0, S("12. 4. 2027 16:00"), S("Žádost poskytovatelů.")));
	Instant end = prague_instant(D(2027, 4, 12), 16 * 3600);
	EQ_INT(the_submission(&c, g.k.submission)->closes_at.ms, end.ms);
	MUST(statements_of(&c, g.application, &all));
	EQ_INT(all.at[0]->due.ms, end.ms);
	MUST(workflow_object(&c, &statement_machine, all.at[0]->head.id, &o));
	EQ_INT(o.due.ms, end.ms);
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 3, 20), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "withdraw", &(WorkInput){.reason = S("Oprava.")}));
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 3, 21), 9, 0, 0);
	MUST(call_prolong(&c, g.call, 0, S("14. 4. 2027 16:00"), S("Výpadek sítě.")));
	MUST(workflow_object(&c, &submission_machine, g.k.submission, &o));
	EQ_INT(o.due.ms, prague_instant(D(2027, 4, 14), 16 * 3600).ms);
	ctx_end(&c);
}

TEST("call: what was announced keeps its days and its steps, whatever setting is raised or text corrected later") {
	Calling g = given_call();
	Call   *k;
	Ctx     c = when(&g, &actor_program, D(2027, 1, 20), 9, 0, 0);
	MUST(setting_set(&c, S("network.call_days"), S("60")));
	ctx_end(&c);
	tick_at(&g, D(2027, 2, 1), 8, 0, 0);
	EQ_TEXT(state_of_call(&g), "open");
	c = when(&g, g.officer, D(2027, 2, 2), 9, 0, 0);
	MUST(call_stored(&c, g.call, &k));
	Call *changed = entity_copy(t_arena, &call_entity, k);
	changed->about = S("Hledáme terénní služby.");
	MUST(call_change(&c, changed, &(CallTargets){0}));
	ctx_end(&c);
	tick_at(&g, D(2027, 3, 15), 16, 0, 0);
	EQ_TEXT(state_of_call(&g), "closed");
}

static Call *another(Calling *g, Ctx *c, const char *opens, const char *closes, const char *statements) {
	Call *k;
	MUST(call_stored(c, g->call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->announced_at = (Instant){0};
	made->opens_rule = str_c(opens);
	made->closes_rule = str_c(closes);
	made->statements_rule = str_c(statements);
	return made;
}

TEST("call: days without a year are of the year in which it was announced, also when it is corrected in the next one") {
	Calling g = given_call();
	Call   *k;
	Ctx     c = when(&g, g.officer, D(2027, 12, 1), 9, 0, 0);
	Call   *made = another(&g, &c, "10. 12. 8:00", "31. 1. příštího roku 16:00", "15. 2. příštího roku 16:00");
	MUST(call_add(&c, made, &(CallTargets){0}));
	MUST(workflow_do(&c, &call_machine, made->head.id, "announce", NULL));
	ctx_end(&c);
	c = when(&g, g.officer, D(2028, 1, 5), 9, 0, 0);
	MUST(call_stored(&c, made->head.id, &k));
	i64   closes = k->closes_at.ms;
	Call *changed = entity_copy(t_arena, &call_entity, k);
	changed->about = S("Hledáme terénní služby.");
	MUST(call_change(&c, changed, &(CallTargets){0}));
	MUST(call_stored(&c, made->head.id, &k));
	EQ_INT(k->closes_at.ms, closes);
	EXPECT(call_takes(k, c.now));
	ctx_end(&c);
}

TEST("call: announced late it would be open for fewer days than the settings ask, and is not announced") {
	Calling g = given_call();
	Ctx     c = when(&g, g.officer, D(2027, 5, 1), 9, 0, 0);
	Call   *made = another(&g, &c, "3. 5. 2027 8:00", "31. 5. 2027 16:00", "30. 6. 2027 16:00");
	MUST(call_add(&c, made, &(CallTargets){0}));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 5, 20), 9, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &call_machine, made->head.id, "announce", NULL), ERR_INVALID, "méně než 14 dnů");
	ctx_end(&c);
}

TEST("call: a need or a district that is named twice is one") {
	Calling     g = given_call();
	CallTargets t = {0}, stored;
	Units       districts = {0};
	Ctx         c = when(&g, g.officer, D(2027, 1, 10), 9, 30, 0);
	Call       *made = another(&g, &c, "1. 6. 2027 8:00", "30. 6. 2027 16:00", "31. 7. 2027 16:00");
	MUST(territory_below(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY, &districts));
	for (int i = 0; i < 2; i++)
		*ARENA_PUSH(t_arena, t.districts.at, t.districts.len, t.districts.cap) = districts.at[0];
	MUST(call_add(&c, made, &t));
	MUST(call_targets(&c, made->head.id, &stored));
	EQ_INT(stored.districts.len, 1);
	ctx_end(&c);
}

TEST("application: taken back while its form waits for the region or for a correction, it takes the form along; nobody is left with its task") {
	Calling g = given_call();
	submitted(&g);
	Ctx c = when(&g, g.officer, D(2027, 3, 17), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "return", &(WorkInput){.reason = S("Doplňte rozpočet.")}));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 3, 18), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "give_up", &(WorkInput){.reason = S("Službu nezřídíme.")}));
	EQ_TEXT(the_submission(&c, g.k.submission)->state, "cancelled");
	EQ_TEXT(the_application(&c, g.application)->state, "withdrawn");
	ctx_end(&c);
	g = given_call();
	submitted(&g);
	c = when(&g, g.k.statutory, D(2027, 3, 18), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "give_up", &(WorkInput){.reason = S("Službu nezřídíme.")}));
	EQ_TEXT(the_submission(&c, g.k.submission)->state, "cancelled");
	ctx_end(&c);
}

TEST("application: who decides on forms in general does not make its formal check by the way") {
	static const char *const actions[] = {"accept", "refuse", "return"};
	Calling g = given_call();
	submitted(&g);
	Ctx c = when(&g, g.k.analyst, D(2027, 3, 17), 9, 0, 0);
	for (size_t i = 0; i < LEN(actions); i++)
		REFUSED_TELLING(workflow_do(&c, &submission_machine, g.k.submission, actions[i], &(WorkInput){.reason = S("Podle formuláře.")}), ERR_FORBIDDEN, "správce sítě");
	EQ_TEXT(the_application(&c, g.application)->state, "submitted");
	EQ_TEXT(the_submission(&c, g.k.submission)->state, "submitted");
	ctx_end(&c);
}

TEST("application: its author is forgotten on request and the application stays; what a reviewer scored is in the reviewer's own data") {
	Calling g = given_call();
	CLEANUP(buf_free) Buf b = {0};
	JsonWriter w = {.out = &b};
	i64        n;
	stated(&g);
	scored(&g, 0, 10, 0);
	Ctx c = when(&g, &actor_program, D(2027, 4, 4), 9, 0, 0);
	MUST(person_data_export(&c, g.reviewers[0], &w));
	EXPECT(str_has(buf_view(&b), S("hodnocení žádosti")));
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(person_data_erase(&c, g.k.worker->account, &n));
	MUST(tx_commit(&tx));
	EQ_INT(the_application(&c, g.application)->owner, 0);
	EQ_TEXT(the_application(&c, g.application)->author, "");
	EQ_TEXT(the_submission(&c, g.k.submission)->saved_by, "");
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 4, 5), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "give_up", &(WorkInput){.reason = S("Službu nezřídíme.")}));
	ctx_end(&c);
}

TEST("statement: a district that comes into an application after the days of the call gets days of its own") {
	Calling    g = given_call();
	Statements all;
	Units      districts = {0};
	submitted(&g);
	Ctx c = when(&g, g.officer, D(2027, 3, 30), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "return", &(WorkInput){.reason = S("Chybí druhý obvod.")}));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 4, 1), 9, 0, 0);
	MUST(territory_below(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY, &districts));
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "reopen", NULL));
	put_value(&c, g.k.submission, "podil", 1, "30", NULL);
	put_value(&c, g.k.submission, "obvod", 2, str_z(t_arena, districts.at[1]->code), NULL);
	put_value(&c, g.k.submission, "podil", 2, "70", NULL);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	MUST(submission_submit(&c, g.k.submission, 0, true));
	MUST(statements_of(&c, g.application, &all));
	EQ_INT(all.len, 2);
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->district == districts.at[1]->id)
			EQ_INT(prague_day((Instant){all.at[i]->due.ms - 1}).n, D(2027, 4, 15).n);     /* ten working days after 1 April */
	ctx_end(&c);
}

TEST("application: the head of the department makes the formal check too, and the form goes along") {
	Calling g = given_call();
	submitted(&g);
	Ctx c = when(&g, g.head, D(2027, 3, 17), 9, 0, 0);
	MUST(workflow_do(&c, &application_machine, g.application, "pass", NULL));
	EQ_TEXT(the_application(&c, g.application)->state, "checked");
	EQ_TEXT(the_submission(&c, g.k.submission)->state, "accepted");
	EXPECT(c.actor == g.head);
	ctx_end(&c);
}
