#include "domain/people/oidc_provider.h"

#include <pthread.h>

#include "base/json.h"
#include "core/fetch.h"
#include "core/settings.h"

enum { FRESH_MS = 10 * 60 * 1000, KEYS_AGAIN_MS = 60 * 1000 };

static struct {
	pthread_mutex_t lock;
	Arena           arena;
	OidcProvider    p;
	Instant         at, keys_at;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static OidcProvider copy_of(Arena *a, const OidcProvider *p) {
	return (OidcProvider){str_dup(a, p->issuer), str_dup(a, p->client), str_dup(a, p->hosts), str_dup(a, p->authorization), str_dup(a, p->token),
	                      str_dup(a, p->keys_at), str_dup(a, p->keys)};
}

static bool from_memory(Ctx *c, OidcProvider *ret) {
	pthread_mutex_lock(&kept.lock);
	bool fine = str_eq(kept.p.issuer, ret->issuer) && str_eq(kept.p.client, ret->client) && str_eq(kept.p.hosts, ret->hosts) && c->now.ms >= kept.at.ms &&
	            c->now.ms - kept.at.ms < FRESH_MS;
	if (fine)
		*ret = copy_of(c->arena, &kept.p);
	pthread_mutex_unlock(&kept.lock);
	return fine;
}

static void keep(Ctx *c, const OidcProvider *p) {
	pthread_mutex_lock(&kept.lock);
	arena_free(&kept.arena);
	kept.arena = (Arena){0};
	kept.p = copy_of(&kept.arena, p);
	kept.at = kept.keys_at = c->now;
	pthread_mutex_unlock(&kept.lock);
}

/* ---- documents ---- */

Str oidc_member(Arena *a, Str json, const char *name) {
	JsonReader *j = json_open_str(a, json);
	Str         found = {0};
	if (json_next(j) != JSON_OBJECT)
		return (Str){0};
	while (json_next(j) == JSON_KEY) {
		bool wanted = str_eq(json_text(j), str_c(name));
		if (!wanted && json_skip(j))
			continue;
		if (!wanted || json_next(j) != JSON_STRING)
			return (Str){0};
		found = str_dup(a, json_text(j));
	}
	return json_why(j).len ? (Str){0} : found;
}

bool oidc_member_lists(Arena *a, Str json, const char *name, const char *value, bool *is_there) {
	JsonReader *j = json_open_str(a, json);
	bool        lists = false;
	*is_there = false;
	if (json_next(j) != JSON_OBJECT)
		return false;
	while (json_next(j) == JSON_KEY) {
		if (!str_eq(json_text(j), str_c(name))) {
			if (!json_skip(j))
				return false;
			continue;
		}
		*is_there = true;
		JsonEvent e = json_next(j);
		if (e != JSON_ARRAY)
			return false;
		while ((e = json_next(j)) == JSON_STRING)
			lists = lists || str_eq(json_text(j), str_c(value));
		if (e != JSON_ARRAY_END)
			return false;
	}
	return lists;
}

static Err ask(Ctx *c, const OidcProvider *p, Str url, Str *body) {
	FetchAnswer  answer;
	FetchRequest q = {.url = url, .hosts = p->hosts, .may_be_private = setting_int(c, "people.oidc_private") == 1, .limit = OIDC_DOCUMENT_MOST, .seconds = OIDC_SECONDS};
	TRY(fetch(c, &q, &answer));
	if (answer.status != 200)
		return fail(c, ERR_BUSY, NULL, "Poskytovatel přihlášení odpověděl chybou. Zkuste to za chvíli znovu; trvá-li to, ohlaste to správci.");
	*body = answer.body;
	return OK;
}

static Err misconfigured(Ctx *c, const char *what) {
	return fail(c, ERR_BUSY, NULL, "Přihlášení přes organizaci není správně nastavené (%s). Ohlaste to správci a zatím se přihlaste heslem.", what);
}

Err oidc_provider(Ctx *c, OidcProvider *ret) {
	bool secure, named;
	Str  issuer = setting_text(c, "people.oidc_issuer"), document;
	*ret = (OidcProvider){.issuer = issuer, .client = setting_text(c, "people.oidc_client")};
	Str host = fetch_host(c->arena, issuer, &secure);
	if (!host.len || !ret->client.len)
		return misconfigured(c, "adresa poskytovatele nebo jméno klienta");
	ret->hosts = str_format(c->arena, "%.*s,%.*s", STR_ARG(host), STR_ARG(setting_text(c, "people.oidc_hosts")));
	if (from_memory(c, ret))
		return OK;
	Str base = str_ends(issuer, S("/")) ? str_first(issuer, issuer.len - 1) : issuer;
	TRY(ask(c, ret, str_cat(c->arena, base, S("/.well-known/openid-configuration")), &document));
	if (!str_eq(oidc_member(c->arena, document, "issuer"), issuer))
		return misconfigured(c, "poskytovatel se jmenuje jinak");
	ret->authorization = oidc_member(c->arena, document, "authorization_endpoint");
	ret->token = oidc_member(c->arena, document, "token_endpoint");
	ret->keys_at = oidc_member(c->arena, document, "jwks_uri");
	Str page = fetch_host(c->arena, ret->authorization, &secure);
	if (!page.len || (!secure && !fetch_is_loopback(page)) || !ret->token.len || !ret->keys_at.len)
		return misconfigured(c, "chybí adresa");
	bool has_pkce = oidc_member_lists(c->arena, document, "code_challenge_methods_supported", "S256", &named);
	if (named && !has_pkce)
		return misconfigured(c, "poskytovatel neumí PKCE");
	TRY(ask(c, ret, ret->keys_at, &ret->keys));
	keep(c, ret);
	return OK;
}

Err oidc_provider_keys_again(Ctx *c, OidcProvider *p) {
	pthread_mutex_lock(&kept.lock);
	bool too_soon = c->now.ms - kept.keys_at.ms < KEYS_AGAIN_MS && kept.keys_at.ms != kept.at.ms;
	kept.keys_at.ms = c->now.ms + (kept.at.ms == c->now.ms);     /* asked again: differs from the first time */
	pthread_mutex_unlock(&kept.lock);
	if (too_soon)
		return OK;
	TRY(ask(c, p, p->keys_at, &p->keys));
	pthread_mutex_lock(&kept.lock);
	if (str_eq(kept.p.issuer, p->issuer))
		kept.p.keys = str_dup(&kept.arena, p->keys);
	pthread_mutex_unlock(&kept.lock);
	return OK;
}
