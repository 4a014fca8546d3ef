/* csrf.c: the walls before every request that may change something (SECURITY § 4): where it comes from, and a token that only our own
 * page could have given. */
#include "base/hash.h"
#include "web/inside.h"

enum { PRE_TOKEN_SECONDS = 2 * 60 * 60 };

static Str sign(Arena *a, Str key, const char *what, Str action, i64 when) {
	Sha256 mac = hmac_sha256(key, str_format(a, "%s|%.*s|%lld", what, STR_ARG(action), (long long)when));
	return base64url(a, mac.bytes, sizeof mac.bytes);
}

static Str path_only(Str action) {
	return str_cut(&action, '?');
}

/* With a session its token; without one a token of the form and the hour, which needs no cookie. */
Str csrf_make(Arena *a, const SessionInfo *session, Str action, Instant now) {
	action = path_only(action);
	if (session)
		return sign(a, str_of((const char *)session->key, sizeof session->key), "session", action, 0);
	i64 when = now.ms / 1000;
	Str key = str_of((const char *)web_options()->secret, sizeof web_options()->secret);
	return str_format(a, "%lld.%.*s", (long long)when, STR_ARG(sign(a, key, "form", action, when)));
}

static bool same(Str x, Str y) {
	return x.len == y.len && x.len > 0 && equal_secret(x.ptr, y.ptr, x.len);
}

/* The form that asks for the code belongs to the session that waits for it. */
static const SessionInfo *session_of(const Req *r) {
	return r->session ? r->session : r->waiting;
}

static bool token_holds(Req *r, Str token) {
	Arena *a = r->c->arena;
	const SessionInfo *session = session_of(r);
	if (session && same(token, csrf_make(a, session, r->http->path, r->c->now)))
		return true;
	if (session && !r->route->own_token)
		return false;
	Str rest = token, time = str_cut(&rest, '.');
	i64 when;
	if (!str_to_int(time, &when))
		return false;
	i64 age = r->c->now.ms / 1000 - when;
	if (age < 0 || age > PRE_TOKEN_SECONDS)
		return false;
	Str key = str_of((const char *)web_options()->secret, sizeof web_options()->secret);
	return same(rest, sign(a, key, "form", r->http->path, when));
}

/* Sec-Fetch-Site when the browser sends it, else an Origin that is ours as configured. */
static bool comes_from_us(const Req *r) {
	Str site = http_header(r->http, "sec-fetch-site");
	if (site.len)
		return str_eq(site, S("same-origin")) || str_eq(site, S("none"));
	return str_eq(http_header(r->http, "origin"), web_options()->origin);
}

/* RFC 8058: exactly this one field, by nobody who is signed in. */
static bool is_one_click(const Req *r) {
	return r->route->one_click && !session_of(r) && r->http->form.len == 1 && str_eq(r->http->form.at[0].name, S("List-Unsubscribe")) &&
	       str_eq(r->http->form.at[0].value, S("One-Click"));
}

Err csrf_check(Req *r) {
	if (is_one_click(r))
		return OK;
	if (!comes_from_us(r))
		return fail(r->c, ERR_FORBIDDEN, NULL, "Požadavek nepřišel ze stránek této aplikace, proto jej neprovedeme. Otevřete stránku znovu a formulář odešlete z ní.");
	if (!token_holds(r, form(r, "csrf")))
		return fail(r->c, ERR_FORBIDDEN, NULL, "Platnost formuláře vypršela. Vraťte se zpět, načtěte stránku znovu a odešlete jej ještě jednou.");
	return OK;
}

Str csrf_token(Req *r, Str action) {
	return csrf_make(r->c->arena, session_of(r), action, r->c->now);
}
