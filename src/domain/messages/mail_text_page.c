/* mail_text_page.c: the text of one kind of letter: edit, look at it with sample values, back to the standard. */
#include "domain/messages/mail.html.h"
#include "domain/messages/mail_page.h"
#include "domain/messages/mail_views_page.h"

#define HOME "/app/sprava/posta"

static Err open_kind(Req *r, const MailKind **ret) {
	*ret = mail_kind_find(arg(r, 0));
	return *ret ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Takový druh dopisu program nezná.");
}

static void add_holes(Req *r, MailTextPage *v) {
	static const char general[] = "kraj odbor adresa";
	const char *const lists[] = {v->kind->holes, general};
	for (size_t i = 0; i < LEN(lists); i++)
		for (Str rest = str_c(lists[i]); rest.len;) {
			Str      word = str_cut(&rest, ' '), hole = str_format(r->c->arena, "{%.*s}", STR_ARG(word));
			HoleView h = {.name = hole};
			mail_text_sample(r->c, hole, &h.sample);
			*ARENA_PUSH(r->c->arena, v->holes.at, v->holes.len, v->holes.cap) = h;
		}
}

static Err show(Req *r, const MailKind *k, Str subject, Str body, bool is_preview) {
	MailTextPage v = {.kind = k, .action = str_format(r->c->arena, HOME "/texty/%s", k->key), .is_preview = is_preview};
	Str          stored_subject, stored_body;
	TRY(mail_text(r->c, k, &stored_subject, &stored_body, &v.edited));
	v.csrf = csrf_token(r, v.action);
	v.subject = (FieldView){.name = S("subject"), .label = S("Předmět"), .value = subject, .error = field_problem(r, "subject")};
	v.body = (FieldView){.kind = FIELD_AREA, .rows = 14, .name = S("body"), .label = S("Text"), .value = body, .error = field_problem(r, "body"),
	                     .hint = S("Prostý text. Slova ve složených závorkách program nahradí.")};
	add_holes(r, &v);
	mail_text_sample(r->c, subject, &v.subject_sample);
	mail_text_sample(r->c, body, &v.body_sample);
	FieldView all[] = {v.subject, v.body};
	v.errors = errors_view(r, all, LEN(all));
	r->is_error = v.errors != NULL;
	crumb(r, S("Správa"), S("/app/sprava"));
	crumb(r, S("Pošta"), S(HOME));
	view_mail_text(page(r, str_c(k->title)), &v);
	return OK;
}

Err page_mail_text(Req *r) {
	const MailKind *k;
	Str             subject, body;
	bool            edited;
	TRY(open_kind(r, &k));
	TRY(mail_text(r->c, k, &subject, &body, &edited));
	return show(r, k, subject, body, false);
}

static Err only_known(Req *r) {
	static const char *const known[] = {"csrf", "subject", "body", "co"};
	for (size_t i = 0; i < r->http->form.len; i++) {
		Str  name = r->http->form.at[i].name;
		bool fine = false;
		for (size_t k = 0; k < LEN(known); k++)
			fine = fine || str_eq(name, str_c(known[k]));
		if (!fine)
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole „%.*s“, které sem nepatří.", STR_ARG(utf8_first(name, 60)));
	}
	return OK;
}

Err post_mail_text(Req *r) {
	const MailKind *k;
	Str             what = form(r, "co"), subject = form(r, "subject"), body = form(r, "body");
	TRY(open_kind(r, &k));
	TRY(only_known(r));
	if (str_eq(what, S("standardni"))) {
		TRY(mail_text_reset(r->c, k));
		notice(r, "Platí zase původní text.");
		return redirect(r, HOME "/texty/%s", k->key);
	}
	bool preview = str_eq(what, S("nahled"));
	Err  e = preview ? mail_text_check(r->c, k, subject, body) : mail_text_set(r->c, k, subject, body);
	if (e == ERR_INVALID)
		set_status(r, 422);
	if (e == ERR_INVALID || (e == OK && preview))
		return show(r, k, subject, body, true);
	TRY(e);
	notice(r, "Text dopisu je uložený.");
	return redirect(r, HOME "/texty/%s", k->key);
}
