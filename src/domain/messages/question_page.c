/* question_page.c: questions with answers for everybody. */
#include "domain/messages/thread.html.h"
#include "domain/messages/thread_page.h"
#include "domain/messages/thread_parts_page.h"

enum { SHOWN = 50 };

static Err read_record(Req *r, Str address, Record *record, Str *title) {
	*title = (Str){0};
	*record = (Record){0};
	if (!address.len)
		return OK;
	TRY(record_read(r->c, address, record));
	*title = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(record->kind), STR_ARG(record->title));
	return OK;
}

Err page_questions(Req *r) {
	QuestionsPage v = {.may_ask = may(r->c, CAP_QUESTION_CREATE)};
	QuestionQuery q = {.waiting = str_eq(query(r, "stav"), S("cekaji")), .limit = SHOWN + 1};
	Record        record;
	Str           address = query(r, "zaznam");
	TRY(query_int(r, "pred", 0, 0, INT64_MAX, &q.before));
	TRY(read_record(r, address, &record, &v.record));
	q.object = str_c(record.object);
	q.object_id = record.id;
	TRY(questions_list(r->c, q, &v.list));
	if (v.list.len > SHOWN) {
		v.list.len = SHOWN;
		v.next = url_with(r, "pred", str_format(r->c->arena, "%lld", (long long)v.list.at[SHOWN - 1].id));
	}
	*ARENA_PUSH(r->c->arena, v.tabs.at, v.tabs.len, v.tabs.cap) = (TabView){.label = S("Všechny"), .href = url_with(r, "stav", (Str){0}), .current = !q.waiting};
	*ARENA_PUSH(r->c->arena, v.tabs.at, v.tabs.len, v.tabs.cap) = (TabView){.label = S("Čekají na odpověď"), .href = url_with(r, "stav", S("cekaji")), .current = q.waiting};
	v.new_href = address.len ? str_format(r->c->arena, "/app/dotazy/novy?zaznam=%.*s", STR_ARG(address)) : S("/app/dotazy/novy");
	view_questions(page(r, S("Dotazy a odpovědi")), &v);
	return OK;
}

/* ---- asking ---- */

static Err show_form(Req *r, Str address, Str title, bool is_public) {
	QuestionForm v = {.action = S("/app/dotazy/novy"), .record = title};
	v.csrf = csrf_token(r, v.action);
	v.text = text_field(r, "text", "Dotaz", 5);
	v.text.hint = is_public ? S("Dotaz i odpověď uvidí veřejnost, vaše jméno a organizaci jen kraj. Nepište do něj osobní údaje ani to, podle čeho vás jde poznat.")
	              : S("Dotaz i odpověď uvidí všichni přihlášení, vaše jméno jen kraj. Nepište do něj osobní údaje.");
	keep(r, &v.keep, "zaznam", address);
	v.errors = errors_view(r, &v.text, 1);
	r->is_error = v.errors != NULL;
	crumb(r, S("Dotazy a odpovědi"), S("/app/dotazy"));
	view_question_new(page(r, S("Položit dotaz")), &v);
	return OK;
}

Err page_question_new(Req *r) {
	Record record;
	Str    title;
	TRY(read_record(r, query(r, "zaznam"), &record, &title));
	return show_form(r, query(r, "zaznam"), title, record.answers_public);
}

Err post_question_new(Req *r) {
	Record record;
	Str    title, address = form(r, "zaznam");
	Id     id;
	TRY(only_known(r, "zaznam text"));
	TRY(read_record(r, address, &record, &title));
	Err e = question_ask(r->c, address.len ? &record : NULL, form(r, "text"), &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, address, title, record.answers_public);
	}
	TRY(e);
	notice(r, "Dotaz je odeslaný. Až kraj odpoví, přijde vám upozornění.");
	return redirect(r, "/app/dotazy/%lld", (long long)id);
}

/* ---- one question ---- */

static Err show(Req *r, const Question *q) {
	Ctx         *c = r->c;
	QuestionPage v = {.q = q, .title = str_format(c->arena, "Dotaz č. %lld", (long long)q->id), .record_href = record_href(r, q->object, q->object_id)};
	v.answer_action = str_format(c->arena, "/app/dotazy/%lld/odpoved", (long long)q->id);
	v.withdraw_action = str_format(c->arena, "/app/dotazy/%lld/odlozit", (long long)q->id);
	v.answer_csrf = csrf_token(r, v.answer_action);
	v.withdraw_csrf = csrf_token(r, v.withdraw_action);
	v.answer = text_field(r, "answer", "Odpověď", 6);
	v.answer.hint = q->is_public ? S("Uvidí ji hned veřejnost i s dotazem, bez toho, kdo se ptal. Dostanou ji i žadatelé.") : S("Uvidí ji hned všichni přihlášení.");
	if (!form_has(r, "answer"))
		v.answer.value = q->answer;
	v.reason = (FieldView){.name = S("reason"), .label = S("Proč se dotaz odkládá"), .hint = S("Uvidí ho ten, kdo se ptal."), .value = form(r, "reason"), .error = field_problem(r, "reason")};
	FieldView fields[] = {v.answer, v.reason};
	v.errors = errors_view(r, fields, LEN(fields));
	r->is_error = v.errors != NULL;
	crumb(r, S("Dotazy a odpovědi"), S("/app/dotazy"));
	view_question(page(r, v.title), &v);
	return OK;
}

static Err open_question(Req *r, Question *q) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return question_get(r->c, id, q);
}

Err page_question(Req *r) {
	Question q;
	TRY(open_question(r, &q));
	return show(r, &q);
}

static Err done(Req *r, const Question *q, Err e, const char *text) {
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, q);
	}
	TRY(e);
	notice(r, "%s", text);
	return redirect(r, "/app/dotazy/%lld", (long long)q->id);
}

Err post_question_answer(Req *r) {
	Question q;
	TRY(open_question(r, &q));
	TRY(only_known(r, "answer"));
	return done(r, &q, question_answer(r->c, q.id, form(r, "answer")), q.is_public ? "Odpověď je zveřejněná všem." : "Odpověď je zveřejněná všem přihlášeným.");
}

Err post_question_withdraw(Req *r) {
	Question q;
	TRY(open_question(r, &q));
	TRY(only_known(r, "reason"));
	return done(r, &q, question_withdraw(r->c, q.id, form(r, "reason")), "Dotaz je odložený.");
}
