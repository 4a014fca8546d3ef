/* people_page.c: sign in and out, the first administrator, one's own account. */
#include "base/hash.h"
#include "domain/people/people.h"
#include "domain/people/people.html.h"
#include "domain/people/people_page.h"
#include "web/parts.h"

/* ---- the cookie ---- */

static bool is_secure(void) {
	return str_starts(web_options()->origin, S("https:"));
}

static void set_cookie(Req *r, Str token) {
	Str value = is_secure() ? str_format(r->c->arena, "__Host-sid=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", STR_ARG(token))
	                        : str_format(r->c->arena, "sid=%.*s; Path=/; HttpOnly; SameSite=Lax", STR_ARG(token));
	if (!token.len)
		value = str_cat(r->c->arena, value, S("; Max-Age=0"));
	http_set_header(r->http, r->res, "Set-Cookie", value);
}

/* Where to go after signing in: an address of ours and nothing else (SECURITY § 4). */
static Str safe_next(Str next) {
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

/* ---- /prihlaseni ---- */

static Err show_sign_in(Req *r, Str login, Str error, Str next) {
	SignInView v = {.action = S("/prihlaseni"), .email = login, .error = error};
	HiddenView keep[] = {{S("csrf"), csrf_token(r, S("/prihlaseni"))}, {S("next"), next}};
	v.keep.at = keep;
	v.keep.len = LEN(keep);
	r->is_error = error.len > 0;
	r->no_index = true;
	view_sign_in_page(page(r, S("Přihlášení")), &v);
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
	bool     found;
	Str      password = http_param(&r->http->form, S("password"), &found);     /* not trimmed: blanks may belong to it */
	Err      e = sign_in(r->c, form(r, "login"), password, r->http->client, http_header(r->http, "user-agent"), &who);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_sign_in(r, form(r, "login"), first_problem(r->c), next);
	}
	TRY(e);
	if (is_signed_in(r))
		TRY(sign_out(r->c, r->session->id));     /* the old session of this browser ends */
	set_cookie(r, who.token);
	return redirect(r, "%.*s", STR_ARG(next));
}

Err post_sign_out(Req *r) {
	TRY(sign_out(r->c, r->session->id));
	set_cookie(r, (Str){0});
	http_set_header(r->http, r->res, "Clear-Site-Data", S("\"cache\", \"storage\""));
	return redirect(r, "/");
}

/* ---- errors of a form, by field ---- */

static ErrorsView *errors_of(Req *r, const FieldView *fields, size_t n) {
	ErrorsView *v = NEW_ZERO(r->c->arena, ErrorsView);
	for (size_t i = 0; i < n; i++)
		if (fields[i].error.len)
			*ARENA_PUSH(r->c->arena, v->errors.at, v->errors.len, v->errors.cap) =
				(LinkView){.label = fields[i].error, .href = str_cat(r->c->arena, S("#"), fields[i].name)};
	return v->errors.len ? v : NULL;
}

/* ---- /zalozeni/{token} ---- */

static Err show_setup(Req *r) {
	FieldView fields[] = {
		{.name = S("name"), .label = S("Jméno a příjmení"), .value = form(r, "name"), .error = field_problem(r, "name"), .autocomplete = "name"},
		{.name = S("login"), .label = S("E-mail"), .hint = S("Bude sloužit jako přihlašovací jméno."), .value = form(r, "login"),
		 .error = field_problem(r, "login"), .type = "email", .autocomplete = "username"},
		{.name = S("password"), .label = S("Heslo"), .hint = S("Aspoň 17 znaků; hodí se několik slov za sebou."),
		 .error = field_problem(r, "password"), .type = "password", .autocomplete = "new-password"},
	};
	ErrorsView *errors = errors_of(r, fields, LEN(fields));
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
	bool found;
	Err  e = setup_first(r->c, arg(r, 0), form(r, "login"), form(r, "name"), http_param(&r->http->form, S("password"), &found));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_setup(r);
	}
	TRY(e);
	return redirect(r, "/prihlaseni");
}

/* ---- /app/ucet ---- */

static Err show_account(Req *r) {
	FieldView fields[] = {
		{.name = S("old"), .label = S("Dosavadní heslo"), .error = field_problem(r, "old"), .type = "password", .autocomplete = "current-password"},
		{.name = S("password"), .label = S("Nové heslo"), .hint = S("Aspoň 12 znaků, správci aspoň 17."), .error = field_problem(r, "password"),
		 .type = "password", .autocomplete = "new-password"},
	};
	SessionViews sessions;
	TRY(sessions_of(r->c, r->c->actor->account, r->session->id, &sessions));
	ErrorsView *errors = errors_of(r, fields, LEN(fields));
	Str         login;
	TRY(account_login(r->c, r->c->actor->account, &login));
	r->is_error = errors != NULL;
	view_account_page(page(r, S("Můj účet")), r->c->actor->name, login, csrf_token(r, S("/app/ucet/heslo")), csrf_token(r, S("/app/ucet/odhlasit")), errors,
	                  fields, LEN(fields), sessions);
	return OK;
}

Err page_account(Req *r) {
	return show_account(r);
}

Err post_end_session(Req *r) {
	i64 session = 0;
	if (form_has(r, "session") && (!str_to_int(form(r, "session"), &session) || session <= 0))
		return fail(r->c, ERR_MALFORMED, NULL, "Číslo přihlášení ve formuláři není v pořádku. Načtěte stránku znovu.");
	TRY(sessions_end(r->c, r->c->actor->account, session, r->session->id));
	notice(r, "Přihlášení bylo ukončeno.");
	return redirect(r, "/app/ucet");
}

Err post_password(Req *r) {
	bool found;
	Str  old = http_param(&r->http->form, S("old"), &found), wanted = http_param(&r->http->form, S("password"), &found);
	Err  e = account_password_is(r->c, r->c->actor->account, old);
	if (e == OK)
		e = account_set_password(r->c, r->c->actor->account, wanted, r->session->id);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_account(r);
	}
	TRY(e);
	notice(r, "Heslo je změněné, ostatní přihlášení jsme ukončili.");
	return redirect(r, "/app/ucet");
}
