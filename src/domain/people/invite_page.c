/* invite_page.c: pages of one-time links: the invitation, a forgotten password, another e-mail. They are reached from letters, so nothing of
 * them may leave by a Referer, stay in a cache or be found by search engines; frame and headers see to that. */
#include "domain/people/inside.h"
#include "domain/people/invite.html.h"
#include "domain/people/oidc.h"
#include "domain/people/people_page.h"

static Str least_of(Req *r, PasswordKind kind) {
	return str_format(r->c->arena, "Aspoň %zu znaků; hodí se několik slov za sebou.", password_least(kind));
}

/* The form for a new password: who, for what, where it goes. */
static Err show_choice(Req *r, const char *title, const char *lead, const Invitation *i, bool is_invitation) {
	FieldView   field = new_password_field(r, str_z(r->c->arena, least_of(r, i->kind)));
	LinkPage    v = {.title = str_c(title), .lead = str_c(lead), .action = r->http->path, .csrf = csrf_token(r, r->http->path), .login = i->login,
	                 .name = i->name, .organisation = i->organisation, .field = field, .errors = people_errors(r, &field, 1)};
	if (is_invitation && oidc_is_on(r->c)) {
		v.organisation_label = setting_text(r->c, "people.oidc_label");
		v.organisation_href = str_cat(r->c->arena, S("/prihlaseni/oidc?pozvanka="), arg(r, 0));
	}
	r->is_error = v.errors != NULL;
	r->no_index = true;
	view_link_page(page(r, v.title), &v);
	return OK;
}

/* ---- /pozvanka/{token} ---- */

#define INVITED "Pozvánka"
#define INVITED_LEAD "Účet je připravený. Zvolte si heslo a můžete začít pracovat."

Err page_invitation(Req *r) {
	Invitation i;
	TRY(invitation_get(r->c, arg(r, 0), &i));
	return show_choice(r, INVITED, INVITED_LEAD, &i, true);
}

Err post_invitation(Req *r) {
	Invitation i;
	SignedIn   who;
	TRY(invitation_get(r->c, arg(r, 0), &i));
	Err e = invitation_accept(r->c, arg(r, 0), typed_password(r, "password"), r->http->client, http_header(r->http, "user-agent"), &who);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_choice(r, INVITED, INVITED_LEAD, &i, true);
	}
	TRY(e);
	if (is_signed_in(r))
		TRY(sign_out(r->c, r->session->id));
	session_cookie_set(r, who.token);
	return redirect(r, "/app");
}

/* ---- /zapomenute-heslo ---- */

static Err show_forgotten(Req *r, bool sent) {
	r->no_index = true;
	view_forgotten_page(page(r, S("Zapomenuté heslo")), csrf_token(r, S("/zapomenute-heslo")), sent);
	return OK;
}

Err page_forgotten(Req *r) {
	return show_forgotten(r, false);
}

Err post_forgotten(Req *r) {
	TRY(reset_ask(r->c, form(r, "login"), r->http->client));
	return show_forgotten(r, true);
}

/* ---- /nove-heslo/{token} ---- */

#define RESET "Nové heslo"
#define RESET_LEAD "Po změně vás odhlásíme ze všech zařízení. Ověřovací aplikace zůstává, jak byla."

Err page_reset(Req *r) {
	Invitation i;
	TRY(reset_get(r->c, arg(r, 0), &i));
	return show_choice(r, RESET, RESET_LEAD, &i, false);
}

Err post_reset(Req *r) {
	Invitation i;
	TRY(reset_get(r->c, arg(r, 0), &i));
	Err e = reset_use(r->c, arg(r, 0), typed_password(r, "password"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_choice(r, RESET, RESET_LEAD, &i, false);
	}
	TRY(e);
	return redirect(r, "/prihlaseni");
}

/* ---- /novy-email/{token} ---- */

Err page_new_email(Req *r) {
	Invitation i;
	TRY(email_get(r->c, arg(r, 0), &i));
	r->no_index = true;
	view_new_email_page(page(r, S("Nový e-mail")), r->http->path, csrf_token(r, r->http->path), i.login, i.detail);
	return OK;
}

Err post_new_email(Req *r) {
	Err e = email_use(r->c, arg(r, 0));
	if (e == ERR_CONFLICT)
		return fail(r->c, ERR_CONFLICT, NULL, "Tento e-mail už má jiný účet. Zvolte jiný, nebo se obraťte na správce.");
	TRY(e);
	return redirect(r, "/prihlaseni");
}

/* ---- /app/ucet/email ---- */

static Err show_email(Req *r) {
	Str       login;
	FieldView field = {.name = S("login"), .label = S("Nový e-mail"), .hint = S("Pošleme na něj odkaz, kterým změnu potvrdíte."), .value = form(r, "login"),
	                   .error = field_problem(r, "login"), .type = "email", .autocomplete = "email"};
	TRY(account_login(r->c, r->c->actor->account, &login));
	ErrorsView *errors = people_errors(r, &field, 1);
	r->is_error = errors != NULL;
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_email_page(page(r, S("Změna e-mailu")), csrf_token(r, S("/app/ucet/email")), login, errors, &field);
	return OK;
}

Err page_email(Req *r) {
	return show_email(r);
}

Err post_email(Req *r) {
	Err e = email_ask(r->c, r->c->actor->account, form(r, "login"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_email(r);
	}
	TRY(e);
	notice(r, "Na novou adresu odešel odkaz. Do jeho potvrzení platí dosavadní e-mail.");
	return redirect(r, "/app/ucet");
}
