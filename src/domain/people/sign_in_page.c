/* sign_in_page.c: sign in, give the code, sign out; the first administrator. */
#include "domain/people/inside.h"
#include "domain/people/oidc.h"
#include "domain/people/people_page.h"
#include "domain/people/sign_in.html.h"

/* ---- pieces ---- */

ErrorsView *people_errors(Req *r, const FieldView *fields, size_t n) {
	return errors_view(r, fields, n);
}

Str typed_password(const Req *r, const char *name) {
	bool found;
	return http_param(&r->http->form, str_c(name), &found);
}

FieldView new_password_field(Req *r, const char *hint) {
	return (FieldView){.name = S("password"), .label = S("Nové heslo"), .hint = str_c(hint), .error = field_problem(r, "password"), .type = "password",
	                   .autocomplete = "new-password"};
}

Str safe_next(Str next) {
	if (next.len < 1 || next.len > 1500 || next.ptr[0] != '/' || (next.len > 1 && next.ptr[1] == '/'))
		return S("/app");
	for (size_t i = 0; i < next.len; i++) {
		char ch = next.ptr[i];
		bool fine = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || strchr("/_?=&%.-", ch);
		if (!fine || ch == 0)
			return S("/app");
	}
	return next;
}

Str with_next(Req *r, const char *path, Str next) {
	CLEANUP(buf_free) Buf b = {0};
	buf_format(&b, "%s?next=", path);
	html_url_str(&b, next);
	return buf_take(&b, r->c->arena);
}

/* ---- /prihlaseni ---- */

Err show_sign_in(Req *r, Str login, Str error, Str next) {
	SignInView v = {.action = S("/prihlaseni"), .email = login, .error = error, .forgotten = LINK("Zapomenuté heslo", "/zapomenute-heslo")};
	HiddenView keep[] = {{S("csrf"), csrf_token(r, S("/prihlaseni"))}, {S("next"), next}};
	v.keep.at = keep;
	v.keep.len = LEN(keep);
	r->is_error = error.len > 0;
	r->no_index = true;
	Str label = oidc_is_on(r->c) ? setting_text(r->c, "people.oidc_label") : (Str){0};
	view_sign_in_page(page(r, S("Přihlášení")), &v, label, with_next(r, "/prihlaseni/oidc", next));
	return OK;
}

Err page_sign_in(Req *r) {
	if (is_signed_in(r))
		return redirect(r, "%.*s", STR_ARG(safe_next(query(r, "next"))));
	return show_sign_in(r, (Str){0}, (Str){0}, safe_next(query(r, "next")));
}

Err post_sign_in(Req *r) {
	SignedIn who;
	Str      next = safe_next(form(r, "next"));
	Err      e = sign_in(r->c, form(r, "login"), typed_password(r, "password"), r->http->client, http_header(r->http, "user-agent"), &who);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_sign_in(r, form(r, "login"), first_problem(r->c), next);
	}
	TRY(e);
	if (is_signed_in(r))
		TRY(sign_out(r->c, r->session->id));     /* the old session of this browser ends */
	session_cookie_set(r, who.token);
	return who.waits ? redirect(r, "%.*s", STR_ARG(with_next(r, "/prihlaseni/kod", next))) : redirect(r, "%.*s", STR_ARG(next));
}

/* ---- /prihlaseni/kod ---- */

static Err show_code(Req *r, Str error, Str next) {
	FieldView code = {.name = S("code"), .label = S("Kód"), .hint = S("Šest číslic z aplikace v telefonu. Nemáte-li telefon, zapište jeden ze záložních kódů."),
	                  .error = error, .width = WIDTH_20, .autocomplete = "one-time-code"};
	r->is_error = error.len > 0;
	r->no_index = true;
	view_code_page(page(r, S("Ověření přihlášení")), csrf_token(r, S("/prihlaseni/kod")), next, &code);
	return OK;
}

Err page_code(Req *r) {
	Str next = safe_next(query(r, "next"));
	return r->waiting ? show_code(r, (Str){0}, next) : redirect(r, "%.*s", STR_ARG(with_next(r, "/prihlaseni", next)));
}

Err post_code(Req *r) {
	SignedIn who;
	Str      next = safe_next(form(r, "next"));
	if (!r->waiting)
		return redirect(r, "%.*s", STR_ARG(with_next(r, "/prihlaseni", next)));
	Err e = sign_in_code(r->c, session_cookie(r), form(r, "code"), r->http->client, http_header(r->http, "user-agent"), &who);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_code(r, first_problem(r->c), next);
	}
	TRY(e);
	session_cookie_set(r, who.token);
	return redirect(r, "%.*s", STR_ARG(next));
}

Err post_sign_out(Req *r) {
	TRY(sign_out(r->c, r->session->id));
	session_cookie_set(r, (Str){0});
	http_set_header(r->http, r->res, "Clear-Site-Data", S("\"cache\", \"storage\""));
	return redirect(r, "/");
}

/* ---- /zalozeni/{token} ---- */

static Err show_setup(Req *r) {
	FieldView fields[] = {
		{.name = S("name"), .label = S("Jméno a příjmení"), .value = form(r, "name"), .error = field_problem(r, "name"), .autocomplete = "name"},
		{.name = S("login"), .label = S("E-mail"), .hint = S("Bude sloužit jako přihlašovací jméno."), .value = form(r, "login"),
		 .error = field_problem(r, "login"), .type = "email", .autocomplete = "username"},
		new_password_field(r, "Aspoň 17 znaků; hodí se několik slov za sebou."),
	};
	ErrorsView *errors = people_errors(r, fields, LEN(fields));
	r->is_error = errors != NULL;
	r->no_index = true;
	view_setup_page(page(r, S("Založení prvního správce")), r->http->path, csrf_token(r, r->http->path), errors, fields, LEN(fields));
	return OK;
}

Err page_setup(Req *r) {
	if (!setup_link_holds(r->c, arg(r, 0)))
		return fail(r->c, ERR_GONE, NULL, "Odkaz už neplatí: byl použit, nebo uplynulo 30 minut. Spusťte program znovu, vypíše nový.");
	return show_setup(r);
}

Err post_setup(Req *r) {
	Err e = setup_first(r->c, arg(r, 0), form(r, "login"), form(r, "name"), typed_password(r, "password"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_setup(r);
	}
	TRY(e);
	return redirect(r, "/prihlaseni");
}
