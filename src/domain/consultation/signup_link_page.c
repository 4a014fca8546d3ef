/* signup_link_page.c: pages behind links of letters: confirming, changing, giving the seat up. Looking changes nothing; a button does. */
#include "domain/consultation/hearing.html.h"
#include "domain/consultation/hearing_page.h"

static void about_signup(Req *r, const Signup *s, SignupPage *v) {
	v->s = s;
	v->state = signup_state_words(s->state, &v->tone);
	v->code = signup_code_shown(r->c->arena, s->code);
	v->has_seat = str_eq(s->state, S(SIGNUP_CONFIRMED));
	v->waits = str_eq(s->state, S(SIGNUP_WAITLISTED));
	v->ics = str_cat(r->c->arena, v->v.href, S("/kalendar.ics"));
}

/* ---- /projednani/potvrzeni/{token} ---- */

Err page_signup_confirm(Req *r) {
	Signup    *s;
	Hearing   *h;
	SignupPage v = {0};
	TRY(signup_by_token(r->c, arg(r, 0), &s, &h));
	if (!str_eq(s->state, S(SIGNUP_UNCONFIRMED)))
		return redirect(r, "/projednani/prihlaska/%.*s", STR_ARG(signup_link(r->c->arena, s)));
	TRY(hearing_view(r, h, &v.v));
	about_signup(r, s, &v);
	v.action = r->http->path;
	v.csrf = csrf_token(r, v.action);
	r->no_index = true;
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, S("Veřejná projednání"), S("/projednani"));
	crumb(r, h->title, v.v.href);
	view_signup_confirm(page(r, S("Potvrďte přihlášku")), &v);
	return OK;
}

Err post_signup_confirm(Req *r) {
	static const char *const none[] = {NULL};
	Signup *s;
	TRY(form_only(r, none));
	TRY(signup_confirm(r->c, arg(r, 0), &s));
	return redirect(r, "/projednani/prihlaska/%.*s?potvrzeno=1", STR_ARG(signup_link(r->c->arena, s)));
}

/* ---- /projednani/prihlaska/{token} ---- */

static NoteView said(Req *r) {
	if (str_eq(query(r, "potvrzeno"), S("1")))
		return (NoteView){.kind = NOTE_OK, .title = S("Přihláška je potvrzená."), .text = S("Podrobnosti s odkazem jsme poslali e-mailem."), .is_result = true};
	if (str_eq(query(r, "ulozeno"), S("1")))
		return (NoteView){.kind = NOTE_OK, .title = S("Změny jsou uložené."), .is_result = true};
	if (str_eq(query(r, "odhlaseno"), S("1")))
		return (NoteView){.kind = NOTE_OK, .title = S("Jste odhlášeni."), .text = S("Místo dostane další v pořadí. Děkujeme, že jste dali vědět."), .is_result = true};
	return (NoteView){0};
}

static Err show_signup(Req *r, bool changes) {
	Arena     *a = r->c->arena;
	Signup    *s;
	Hearing   *h;
	i64        place;
	SignupPage v = {.asks = str_eq(query(r, "odhlasit"), S("1"))};
	TRY(signup_by_link(r->c, arg(r, 0), &s, &h));
	TRY(signup_place(r->c, s, &place));
	TRY(hearing_view(r, h, &v.v));
	about_signup(r, s, &v);
	v.place = place ? str_format(a, "%lld.", (long long)place) : (Str){0};
	v.may_change = (v.has_seat || v.waits) && r->c->now.ms < h->begins_at.ms;
	v.action = str_format(a, "/projednani/prihlaska/%.*s/odhlasit", STR_ARG(arg(r, 0)));
	v.csrf = csrf_token(r, v.action);
	v.edit_action = str_format(a, "/projednani/prihlaska/%.*s/upravit", STR_ARG(arg(r, 0)));
	v.edit_csrf = csrf_token(r, v.edit_action);
	v.here = str_format(a, "/projednani/prihlaska/%.*s", STR_ARG(arg(r, 0)));
	v.leave_href = str_cat(a, v.here, S("?odhlasit=1"));
	v.field_count = signup_fields(r, v.fields, s, false, false);
	if (changes)
		v.errors = hearing_errors(r, v.fields, v.field_count);
	v.note = said(r);
	r->no_index = true;
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, S("Veřejná projednání"), S("/projednani"));
	crumb(r, h->title, v.v.href);
	view_signup(page(r, S("Vaše přihláška")), &v);
	return OK;
}

Err page_signup(Req *r) {
	return show_signup(r, false);
}

Err post_signup_edit(Req *r) {
	static const char *const known[] = {"name", "organisation", "phone", "role", "question", NULL};
	TRY(form_only(r, known));
	SignupNew n = signup_typed(r);
	Err e = signup_edit(r->c, arg(r, 0), &n);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_signup(r, true);
	}
	TRY(e);
	return redirect(r, "/projednani/prihlaska/%.*s?ulozeno=1", STR_ARG(arg(r, 0)));
}

Err post_signup_withdraw(Req *r) {
	static const char *const none[] = {NULL};
	TRY(form_only(r, none));
	TRY(signup_withdraw(r->c, arg(r, 0)));
	return redirect(r, "/projednani/prihlaska/%.*s?odhlaseno=1", STR_ARG(arg(r, 0)));
}
