/* exception_page.c: a later deadline for one respondent, and what was not submitted in time. */
#include "base/format.h"
#include "core/deadline.h"
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"

static Err show(Req *r, const Submission *s, bool as_typed) {
	ExceptionPage v = {.title = S("Pozdější lhůta pro jedno podání"), .lead = s->title, .back = submission_href(r, s), .version = s->head.version};
	Instant       until = submission_last_moment(s);
	v.organisation = s->organisation;
	v.until = until.ms ? deadline_wording(r->c->arena, until, false) : S("není určeno");
	v.action = str_cat(r->c->arena, v.back, S("/vyjimka"));
	v.csrf = csrf_token(r, v.action);
	v.closes_rule = (FieldView){.name = S("closes_rule"), .label = S("Podat do"), .hint = S("Den a hodina, například 22. 3. 2027 16:00."), .value = form(r, "closes_rule"),
	                            .error = field_problem(r, "closes_rule")};
	v.reason = (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Proč"), .hint = S("Uvidí to i ten, kdo podává, a zůstane to v historii podání."),
	                       .value = form(r, "reason"), .error = field_problem(r, "reason")};
	FieldView fields[] = {v.closes_rule, v.reason};
	v.errors = as_typed ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, v.back);
	view_exception(page(r, v.title), &v);
	return OK;
}

Err page_submission_exception(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	return show(r, s, false);
}

Err post_submission_exception(Req *r) {
	Submission *s;
	i64         version = 0;
	TRY(submission_open(r, &s));
	(void)(str_to_int(form(r, "version"), &version));
	Err e = submission_except(r->c, s->head.id, version, form(r, "closes_rule"), form(r, "reason"));
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show(r, s, true);
	}
	TRY(e);
	notice(r, "Pozdější lhůta platí jen pro toto podání. Kdo podává, dostal zprávu.");
	return redirect(r, "/app/vykaz/%lld", (long long)s->head.id);
}

Err page_submissions_overdue(Req *r) {
	Submissions all;
	ItemViews   items = {0};
	TRY(submissions_overdue(r->c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Submission *s = all.at[i];
		bool              is_locked = submission_is(s, SUBMISSION_LOCKED);
		*ARENA_PUSH(r->c->arena, items.at, items.len, items.cap) = (ItemView){
			.href = submission_href(r, s), .text = str_format(r->c->arena, "%.*s, %.*s", STR_ARG(s->title), STR_ARG(s->organisation)),
			.meta = str_cat(r->c->arena, S("podávalo se do "), deadline_until(r->c->arena, submission_last_moment(s))),
			.tag = is_locked ? S("zamčené, ale neodeslané") : S("rozpracované"), .tag_kind = is_locked ? TAG_ERR : TAG_WARN};
	}
	crumb(r, S("Podání"), S("/app/vykaz"));
	view_overdue(page(r, S("Neodevzdaná podání")), items, may(r->c, CAP_SUBMISSION_EXCEPT));
	return OK;
}
