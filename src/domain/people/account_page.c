/* account_page.c: one's own account: where one is signed in, the password, the second factor. */
#include "domain/people/account.html.h"
#include "domain/people/inside.h"
#include "domain/people/oidc.h"
#include "domain/people/people_page.h"

static Id me(const Req *r) {
	return r->c->actor->account;
}

Err page_account(Req *r) {
	AccountView v = {.name = r->c->actor->name, .csrf_end = csrf_token(r, S("/app/ucet/odhlasit")), .has_password = r->session->has_password,
	                 .has_codes = r->session->has_codes};
	TRY(account_login(r->c, me(r), &v.login));
	TRY(sessions_of(r->c, me(r), r->session->id, &v.sessions));
	TRY(recovery_left(r->c, me(r), &v.recovery_left));
	v.has_oidc = oidc_is_on(r->c);
	v.csrf_link = csrf_token(r, S("/app/ucet/propojeni"));
	v.csrf_unlink = csrf_token(r, S("/app/ucet/propojeni/zrusit"));
	TRY(oidc_linked(r->c, me(r), &v.is_linked));
	view_account_page(page(r, S("Můj účet")), &v);
	return OK;
}

Err post_end_session(Req *r) {
	i64 session = 0;
	if (form_has(r, "session") && (!str_to_int(form(r, "session"), &session) || session <= 0))
		return fail(r->c, ERR_MALFORMED, NULL, "Číslo přihlášení ve formuláři není v pořádku. Načtěte stránku znovu.");
	TRY(sessions_end(r->c, me(r), session, r->session->id));
	notice(r, "Přihlášení bylo ukončeno.");
	return redirect(r, "/app/ucet");
}

/* ---- /app/ucet/heslo ---- */

static Err show_password(Req *r) {
	PasswordKind kind;
	TRY(password_kind_of(r->c, me(r), &kind));
	Str       hint = str_format(r->c->arena, "Aspoň %zu znaků; hodí se několik slov za sebou.", password_least(kind));
	FieldView fields[] = {
		{.name = S("old"), .label = S("Dosavadní heslo"), .error = field_problem(r, "old"), .type = "password", .autocomplete = "current-password"},
		new_password_field(r, str_z(r->c->arena, hint)),
	};
	ErrorsView *errors = people_errors(r, fields, LEN(fields));
	Str         login;
	TRY(account_login(r->c, me(r), &login));
	r->is_error = errors != NULL;
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_password_page(page(r, S("Změna hesla")), csrf_token(r, S("/app/ucet/heslo")), login, r->session->gate != NULL, errors, fields, LEN(fields));
	return OK;
}

Err page_password(Req *r) {
	return show_password(r);
}

Err post_password(Req *r) {
	Str token, wanted = typed_password(r, "password");
	Err e = account_password_is(r->c, me(r), typed_password(r, "old"), "old");
	if (e == OK)
		e = account_set_password(r->c, me(r), wanted, r->session->id);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_password(r);
	}
	TRY(e);
	TRY(session_renew(r->c, r->session->id, &token));
	session_cookie_set(r, token);
	notice(r, "Heslo je změněné, ostatní přihlášení jsme ukončili.");
	return redirect(r, "/app/ucet");
}

/* ---- /app/ucet/overeni ---- */

static Err show_second(Req *r) {
	SecondView v = {.csrf_offer = csrf_token(r, S("/app/ucet/overeni/zacit")), .csrf_confirm = csrf_token(r, S("/app/ucet/overeni")),
	                .csrf_remove = csrf_token(r, S("/app/ucet/overeni/zrusit")), .csrf_recovery = csrf_token(r, S("/app/ucet/zalozni-kody")),
	                .has_codes = r->session->has_codes, .must = r->session->gate || second_factor_is_due(r->c, r->c->actor)};
	CodeOffer offer;
	TRY(codes_offered(r->c, me(r), &offer));
	TRY(recovery_left(r->c, me(r), &v.recovery_left));
	v.is_open = offer.is_open;
	v.uri = offer.uri;
	v.secret = offer.secret;
	v.code = (FieldView){.name = S("code"), .label = S("Kód z aplikace"), .hint = S("Šest číslic, které aplikace právě ukazuje."), .error = field_problem(r, "code"),
	                     .width = WIDTH_10, .input_mode = "numeric", .autocomplete = "one-time-code"};
	v.errors = people_errors(r, &v.code, 1);
	r->is_error = v.errors != NULL;
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_second_page(page(r, S("Ověřovací aplikace")), &v);
	return OK;
}

Err page_second(Req *r) {
	return show_second(r);
}

Err post_second_offer(Req *r) {
	TRY(codes_offer(r->c, me(r)));
	return redirect(r, "/app/ucet/overeni");
}

static Err show_recovery(Req *r, Strs codes) {
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_recovery_page(page(r, S("Záložní kódy")), codes);
	return OK;
}

Err post_second_confirm(Req *r) {
	Strs codes;
	Str  token;
	Err  e = codes_confirm(r->c, me(r), form(r, "code"), r->session->id, &codes);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_second(r);
	}
	TRY(e);
	TRY(session_renew(r->c, r->session->id, &token));
	session_cookie_set(r, token);
	r->session->gate = NULL;
	return show_recovery(r, codes);
}

Err post_second_remove(Req *r) {
	TRY(codes_remove(r->c, me(r)));
	notice(r, "Ověřovací aplikace je odebraná.");
	return redirect(r, "/app/ucet");
}

Err post_recovery(Req *r) {
	Strs codes;
	if (!r->session->has_codes)
		return fail(r->c, ERR_CONFLICT, NULL, "Záložní kódy patří k ověřovací aplikaci. Nejdřív ji nastavte.");
	TRY(recovery_renew(r->c, me(r), &codes));
	return show_recovery(r, codes);
}
