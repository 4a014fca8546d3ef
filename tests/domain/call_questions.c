/* questions about a call: until when they are taken, who reads the answer, who is told. */
#include "core/notice.h"
#include "core/record.h"
#include "domain/messages/question.h"
#include "tests/domain/call_given.h"

static Err find_call(Ctx *c, Id id, Record *ret) {
	Call *k;
	TRY(call_get(c, id, &k));
	ret->title = k->title;
	ret->answers_public = call_is_public(k);
	ret->questions_until = call_questions_until(k);
	return OK;
}

static Id follower;
static Err follow_call(Ctx *c, Id id, RecordFollowers *to) {
	(void)id;
	if (follower)
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = follower;
	return OK;
}

static Record the_record(Ctx *c, Id call) {
	static const RecordKind kinds[] = {{"call", "Výzva", find_call, follow_call}};
	Record r;
	records_setup((const RecordKind *const[]){kinds}, (const size_t[]){1}, 1);
	MUST(record_find(c, S("call"), call, &r));
	return r;
}

static i64 told(Ctx *c, const Actor *who, const char *title) {
	i64 n;
	static const Sql count = {.text = "SELECT COUNT(*) FROM notice WHERE account = $1 AND title = $2", .name = "test_notices"};
	MUST(db_get_int(ctx_conn(c), &count, P(V(who->account), V(str_c(title))), 0, &n));
	return n;
}

TEST("call questions: answered to everybody without who asked; those who apply and who asked too are told once") {
	Calling   g = given_call();
	Questions list;
	Id        first, second;
	Ctx       c = when(&g, g.k.stranger, D(2027, 2, 2), 9, 0, 0);
	Record    r = the_record(&c, g.call);
	follower = g.k.worker->account;
	MUST(question_ask(&c, &r, S("Platí výzva i pro ambulantní formu?"), &first));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 2), 10, 0, 0);
	r = the_record(&c, g.call);
	MUST(question_ask(&c, &r, S("Kolik příloh?"), &second));
	MUST(questions_public(&c, &r, 10, &list));
	EQ_INT(list.len, 0);
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 3), 9, 0, 0);
	MUST(question_answer(&c, first, S("Ano.")));
	EQ_INT(told(&c, g.k.stranger, "Na váš dotaz je odpověď"), 1);
	EQ_INT(told(&c, g.k.stranger, "Kraj odpověděl na dotaz"), 0);
	EQ_INT(told(&c, g.k.worker, "Kraj odpověděl na dotaz"), 1);        /* applies and asked: once */
	ctx_end(&c);
	Actor anybody = {0};
	c = when(&g, &anybody, D(2027, 2, 3), 10, 0, 0);
	r = the_record(&c, g.call);
	MUST(questions_public(&c, &r, 10, &list));
	EQ_INT(list.len, 1);
	EQ_TEXT(list.at[0].answer, "Ano.");
	EXPECT(!list.at[0].author.len && !list.at[0].organisation.len && !list.at[0].account && !list.at[0].is_mine);
	ctx_end(&c);
	follower = 0;
}

TEST("call questions: taken a second before the end of questions, refused at it; answers come later too") {
	Calling   g = given_call();
	Call     *k;
	Questions list;
	Id        id, late;
	Ctx       c = when(&g, g.officer, D(2027, 1, 10), 9, 30, 0);
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->state = (Str){0};
	made->announced_at = (Instant){0};
	made->questions_rule = S("16. 3. 2027 16:00");
	REFUSED_TELLING(call_add(&c, made, &(CallTargets){0}), ERR_INVALID, "mezi otevřením a uzavřením");
	made->head = (EntityHead){0};
	made->questions_rule = S("8. 3. 2027 12:00");
	MUST(call_add(&c, made, &(CallTargets){0}));
	MUST(workflow_do(&c, &call_machine, made->head.id, "announce", NULL));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 3, 8), 11, 59, 59);
	Record r = the_record(&c, made->head.id);
	MUST(question_ask(&c, &r, S("Stihnu to?"), &id));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 3, 8), 12, 0, 0);
	r = the_record(&c, made->head.id);
	REFUSED_TELLING(question_ask(&c, &r, S("A teď?"), &late), ERR_CONFLICT, "Ptát se šlo do");
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 3, 9), 9, 0, 0);
	MUST(question_answer(&c, id, S("Ano.")));
	r = the_record(&c, made->head.id);
	MUST(questions_public(&c, &r, 10, &list));
	EQ_INT(list.len, 1);
	ctx_end(&c);
}

TEST("call questions: without a day of their own they end with the call; a planned call has no public answers") {
	Calling   g = given_call();
	Questions list;
	Id        id;
	Ctx       c = when(&g, g.k.worker, D(2027, 3, 15), 16, 0, 0);
	Record    r = the_record(&c, g.call);
	EQ_INT(question_ask(&c, &r, S("Ještě?"), &id), ERR_CONFLICT);
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 1, 10), 9, 30, 0);
	Call *k;
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->state = (Str){0};
	made->announced_at = (Instant){0};
	MUST(call_add(&c, made, &(CallTargets){0}));
	r = the_record(&c, made->head.id);
	EQ_INT(questions_public(&c, &r, 10, &list), ERR_NOT_FOUND);
	ctx_end(&c);
}
