/* oidc_page.c: to the provider of identity and back. The way there is a link, not a form: the policy of our pages lets forms go nowhere else. */
#include "domain/people/inside.h"
#include "domain/people/oidc.h"
#include "domain/people/oidc.html.h"
#include "domain/people/people_page.h"

enum { COOKIE_S = 10 * 60 };

#define BACK "/prihlaseni/oidc/zpet"
#define COOKIE "oidc"

Err page_oidc_start(Req *r) {
	OidcStart s = {.next = safe_next(query(r, "next")), .invitation = query(r, "pozvanka")};
	Str       address, cookie;
	if (!oidc_is_on(r->c))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Přihlášení přes organizaci tu není zapnuté.");
	if (is_signed_in(r) && !s.invitation.len) {          /* whoever is signed in links or confirms the own account */
		s.account = r->c->actor->account;
		s.next = S("/app/ucet");
	}
	TRY(oidc_begin(r->c, &s, url_absolute(r, S(BACK)), &address, &cookie));
	cookie_set(r, COOKIE, cookie, COOKIE_S);
	return redirect_out(r, address);
}

Err page_oidc_back(Req *r) {
	OidcArrival arrival;
	OidcReturn  q = {.cookie = cookie_get(r, COOKIE), .state = query(r, "state"), .code = query(r, "code"), .issuer = query(r, "iss"),
	                 .back = url_absolute(r, S(BACK)), .address = r->http->client, .device = http_header(r->http, "user-agent"), .session = r->session};
	cookie_set(r, COOKIE, (Str){0}, 0);
	Err e = oidc_is_on(r->c) ? oidc_finish(r->c, &q, &arrival) : fail(r->c, ERR_NOT_FOUND, NULL, "Přihlášení přes organizaci tu není zapnuté.");
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_sign_in(r, (Str){0}, first_problem(r->c), S("/app"));
	}
	TRY(e);
	if (arrival.renewed.len) {
		session_cookie_set(r, arrival.renewed);
		notice(r, "Organizace potvrdila, že jste to vy. Přihlášení přes ni je s účtem propojené.");
		return redirect(r, "/app/ucet");
	}
	if (is_signed_in(r))
		TRY(sign_out(r->c, r->session->id));
	session_cookie_set(r, arrival.who.token);
	return arrival.who.waits ? redirect(r, "%.*s", STR_ARG(with_next(r, "/prihlaseni/kod", safe_next(arrival.next))))
	                         : redirect(r, "%.*s", STR_ARG(safe_next(arrival.next)));
}

/* ---- /app/ucet/propojeni ---- */

Err post_link(Req *r) {
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_oidc_link_page(page(r, S("Propojení s organizací")), setting_text(r->c, "people.oidc_label"));
	return OK;
}

Err post_unlink(Req *r) {
	TRY(oidc_unlink(r->c, r->c->actor->account));
	notice(r, "Přihlášení přes organizaci je od účtu odebrané.");
	return redirect(r, "/app/ucet");
}
