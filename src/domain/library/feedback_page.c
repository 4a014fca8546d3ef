/* feedback_page.c: the form of feedback without an account, and where it is answered. */
#include "domain/library/feedback_page.h"

#include "domain/library/feedback.html.h"

#define HERE "/pristupnost/zprava"

static Err show_form(Req *r) {
	FeedbackForm v = {.action = S(HERE), .csrf = csrf_token(r, S(HERE)), .is_sent = str_eq(query(r, "odeslano"), S("1"))};
	v.text = (FieldView){.kind = FIELD_AREA, .name = S("text"), .label = S("Co se nedaří"), .rows = 6, .hint = S("Napište i to, čím stránky čtete nebo ovládáte."),
	                     .value = form(r, "text"), .error = field_problem(r, "text")};
	v.page = (FieldView){.name = S("page"), .label = S("Které stránky se to týká"), .optional = true, .hint = S("Adresa nebo název stránky."),
	                     .value = r->http->method == METHOD_POST ? form(r, "page") : query(r, "stranka"), .error = field_problem(r, "page")};
	v.email = (FieldView){.name = S("email"), .label = S("Váš e-mail"), .optional = true, .type = "email", .autocomplete = "email", .width = WIDTH_20,
	                      .hint = S("Jen chcete-li odpověď. Po odpovědi jej smažeme."), .value = form(r, "email"), .error = field_problem(r, "email")};
	FieldView all[] = {v.text, v.page, v.email};
	v.errors = errors_view(r, all, LEN(all));
	r->is_error = v.errors != NULL;
	r->no_index = true;
	crumb(r, S("Prohlášení o přístupnosti"), S("/pristupnost"));
	view_feedback_form(page(r, v.is_sent ? S("Zpráva přijata") : S("Zpětná vazba o přístupnosti")), &v);
	return OK;
}

Err page_feedback(Req *r) {
	return show_form(r);
}

Err post_feedback(Req *r) {
	static const char *const known[] = {"text", "page", "email", "adresa-webu", NULL};
	TRY(form_only(r, known));
	bool is_machine = form(r, "adresa-webu").len > 0;        /* people do not see the field: what fills it in gets its thanks and nothing else */
	Err  e = is_machine ? OK : feedback_add(r->c, form(r, "page"), form(r, "text"), form(r, "email"), r->http->client);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_form(r);
	}
	TRY(e);
	return redirect(r, HERE "?odeslano=1");
}

/* ---- where it is answered ---- */

static FeedbackRow row_of(Req *r, const Feedback *f) {
	const State *s = machine_state(&feedback_machine, f->state);
	return (FeedbackRow){.f = f, .href = row_href(r, &feedback_entity, f->head.id), .state = state_title(&feedback_machine, f->state),
	                     .tone = s ? work_tone(s->tone) : TAG_PLAIN, .mail_href = str_cat(r->c->arena, S("mailto:"), f->email)};
}

Err page_feedback_list(Req *r) {
	bool             done = str_eq(query(r, "stav"), S("vyrizena"));
	Feedbacks        list;
	FeedbackListView v = {.content = content_tabs(r, FEEDBACK_HOME),
	                      .tabs = LIST_OF(TabView, {.label = S("Čeká na odpověď"), .href = S(FEEDBACK_HOME), .current = !done},
	                                      {.label = S("Vyřízené"), .href = S(FEEDBACK_HOME "?stav=vyrizena"), .current = done})};
	TRY(feedback_list(r->c, done, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = row_of(r, list.at[i]);
	crumb(r, S("Obsah webu"), S(CONTENT_HOME));
	view_feedback_list(page(r, S("Zprávy o překážkách")), &v);
	return OK;
}

static Err show_one(Req *r, Id id) {
	void     *row;
	WorkPanel panel;
	TRY(entity_get(r->c, &feedback_entity, TODAY, id, &row));
	TRY(work_panel(r, &feedback_machine, id, row_href(r, &feedback_entity, id), &panel));
	FeedbackRow v = row_of(r, row);
	crumb(r, S("Zprávy o překážkách"), S(FEEDBACK_HOME));
	view_feedback_one(page(r, S("Zpráva o překážce")), &v, &panel);
	return OK;
}

Err page_feedback_one(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return show_one(r, id);
}

Err post_feedback_one(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	Err e = work_submit(r, &feedback_machine, id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_one(r, id);
	TRY(e);
	return redirect(r, "%.*s", STR_ARG(row_href(r, &feedback_entity, id)));
}
