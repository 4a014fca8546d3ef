#include "domain/messages/question.h"

#include "base/text.h"
#include "core/deadline.h"
#include "core/notice.h"
#include "core/settings.h"
#include "core/trail.h"
#include "domain/messages/question.sql.h"

/* ---- reading ---- */

static bool is_region(const Ctx *c) {
	return access_scope(c, CAP_QUESTION_ANSWER).all;
}

static Question read_row(Ctx *c, Rows *r, bool region) {
	Arena   *a = c->arena;
	Question q = {.id = col_int(r, 0), .object = str_dup(a, col_text(r, 1)), .object_id = col_int(r, 2), .object_title = str_dup(a, col_text(r, 3)),
	              .text = str_dup(a, col_text(r, 4)), .answer = str_dup(a, col_text(r, 5)), .state = str_dup(a, col_text(r, 6)),
	              .answered_by = str_dup(a, col_text(r, 9)), .asked_at = col_instant(r, 10), .answered_at = col_instant(r, 11), .account = col_int(r, 12),
	              .reason = str_dup(a, col_text(r, 13)), .may_answer = region, .is_public = col_int(r, 14) != 0};
	q.is_mine = q.account && q.account == c->actor->account;
	if (region || q.is_mine) {
		q.author = str_dup(a, col_text(r, 7));
		q.organisation = str_dup(a, col_text(r, 8));
	}
	return q;
}

/* Auditors and heads read what waits too: everybody with the right in the scope of the region. */
static bool reads_all(const Ctx *c) {
	return access_scope(c, CAP_QUESTION_READ).all;
}

Err questions_list(Ctx *c, QuestionQuery q, Questions *ret) {
	*ret = (Questions){0};
	TRY(require(c, CAP_QUESTION_READ));
	Rows r = db_query(ctx_conn(c), &sql_question_list, P(V(q.before ? q.before : INT64_MAX), V(c->actor->account), V(reads_all(c)), V(q.waiting), V(q.object),
	                  V(q.object_id), V(q.limit)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_row(c, &r, is_region(c));
	return rows_end(&r) == OK ? OK : fail_internal(c, "questions");
}

Err questions_public(Ctx *c, const Record *record, i64 limit, Questions *ret) {
	*ret = (Questions){0};
	if (!record->answers_public)
		return fail(c, ERR_NOT_FOUND, NULL, "K tomuto záznamu veřejné odpovědi nejsou.");
	Rows r = db_query(ctx_conn(c), &sql_question_public, P(V(str_c(record->object)), V(record->id), V(limit)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_row(c, &r, false);
	return rows_end(&r) == OK ? OK : fail_internal(c, "questions");
}

Err question_get(Ctx *c, Id id, Question *ret) {
	bool found = false;
	TRY(require(c, CAP_QUESTION_READ));
	Rows r = db_query(ctx_conn(c), &sql_question_get, P(V(id)));
	if (rows_next(&r)) {
		*ret = read_row(c, &r, is_region(c));
		found = true;
	}
	if (rows_end(&r) != OK)
		return fail_internal(c, "question");
	bool may_know = found && (str_eq(ret->state, S("answered")) || ret->is_mine || reads_all(c));
	return may_know ? OK : fail(c, ERR_NOT_FOUND, NULL, "Dotaz s tímto číslem neexistuje, nebo k němu nemáte přístup.");
}

/* ---- writing ---- */

static Err check(Ctx *c, const char *field, const char *label, Str text, size_t most) {
	if (str_empty(str_trim(text)))
		return fail(c, ERR_INVALID, field, "%s: doplňte.", label);
	if (utf8_count(text) > most || !text_acceptable(text))
		return fail(c, ERR_INVALID, field, "%s: nejvýše %zu znaků. Zkraťte text.", label, most);
	return OK;
}

static Notice notice_of(Ctx *c, Id id, const char *title, Str text) {
	return (Notice){.topic = "questions", .title = str_c(title), .text = utf8_first(text, 200), .object = "question", .object_id = id,
	                .link = str_format(c->arena, "/app/dotazy/%lld", (long long)id)};
}

Err question_ask(Ctx *c, const Record *record, Str text, Id *ret) {
	TRY(require(c, CAP_QUESTION_CREATE));
	TRY(check(c, "text", "Dotaz", text, QUESTION_MAX));
	if (record && record->questions_until.ms && c->now.ms >= record->questions_until.ms)
		return fail(c, ERR_CONFLICT, NULL, "Ptát se šlo do %.*s. Odpovědi na dřívější dotazy najdete u záznamu.", STR_ARG(deadline_until(c->arena, record->questions_until)));
	Str title = record ? str_format(c->arena, "%.*s: %.*s", STR_ARG(record->kind), STR_ARG(record->title)) : S("");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_new_id(c->conn, ret) != OK ||
	    db_run(c->conn, &sql_question_add, P(V(*ret), V(record ? str_c(record->object) : S("")), V(record ? record->id : 0), V(title),
	           V(text_clean_lines(c->arena, text)), V(c->now), V(c->actor->account), V(c->actor->name), V(c->actor->organisation_name),
	           V(record && record->answers_public)), NULL) != OK)
		return fail_internal(c, "question");
	TRY(trail_add(c, (TrailEntry){.action = "create", .object = "question", .object_id = *ret, .text = S("Dotaz")}));
	Str role = setting_text(c, "messages.role");
	TRY(notice_add_role(c, str_z(c->arena, role), SCOPE_REGION, 0, notice_of(c, *ret, "Nový dotaz čeká na odpověď", text)));
	return tx_commit(&tx);
}

static bool is_told(const RecordFollowers *list, size_t count, Id account) {
	for (size_t i = 0; i < count; i++)
		if (list->at[i] == account)
			return true;
	return false;
}

/* Of a public answer: everybody whom the record concerns, and who asked about it, once; not who is told as the one who asked this. */
static Err tell_others(Ctx *c, const Question *q, Str answer) {
	RecordFollowers list;
	TRY(record_followers(c, q->object, q->object_id, &list));
	Rows r = db_query(ctx_conn(c), &sql_question_askers, P(V(q->object), V(q->object_id)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, list.at, list.len, list.cap) = col_int(&r, 0);
	if (rows_end(&r) != OK)
		return fail_internal(c, "questions");
	Notice n = notice_of(c, q->id, "Kraj odpověděl na dotaz", answer);
	n.text = str_format(c->arena, "%.*s. %.*s", STR_ARG(q->object_title), STR_ARG(utf8_first(answer, 160)));
	for (size_t i = 0; i < list.len; i++)
		if (list.at[i] != q->account && !is_told(&list, i, list.at[i]))
			TRY(notice_add(c, list.at[i], n));
	return OK;
}

Err question_answer(Ctx *c, Id id, Str answer) {
	Question q;
	TRY(require(c, CAP_QUESTION_ANSWER));
	TRY(check(c, "answer", "Odpověď", answer, ANSWER_MAX));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(question_get(c, id, &q));
	answer = text_clean_lines(c->arena, answer);
	if (db_run(c->conn, &sql_question_answer, P(V(id), V(answer), V(c->now), V(c->actor->name)), NULL) != OK)
		return fail_internal(c, "question");
	TrailChange change = {.field = "answer", .before = q.answer, .after = answer};
	TRY(trail_add(c, (TrailEntry){.action = "answer", .object = "question", .object_id = id, .changes = &change, .change_count = 1}));
	if (q.account)
		TRY(notice_add(c, q.account, notice_of(c, id, "Na váš dotaz je odpověď", answer)));
	if (q.is_public)
		TRY(tell_others(c, &q, answer));
	return tx_commit(&tx);
}

Err question_withdraw(Ctx *c, Id id, Str reason) {
	Question q;
	TRY(require(c, CAP_QUESTION_ANSWER));
	TRY(check(c, "reason", "Důvod", reason, 500));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(question_get(c, id, &q));
	if (str_eq(q.state, S("withdrawn")))
		return fail(c, ERR_CONFLICT, NULL, "Dotaz už je odložený.");
	c->reason = reason;
	if (db_run(c->conn, &sql_question_withdraw, P(V(id), V(reason), V(c->now), V(c->actor->name)), NULL) != OK)
		return fail_internal(c, "question");
	TRY(trail_add(c, (TrailEntry){.action = "withdraw", .object = "question", .object_id = id, .text = S("Dotaz odložen")}));
	if (q.account)
		TRY(notice_add(c, q.account, notice_of(c, id, "Váš dotaz kraj odložil", reason)));
	return tx_commit(&tx);
}
