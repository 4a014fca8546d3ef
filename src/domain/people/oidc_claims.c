/* oidc_claims.c: reading and judging what a token says. */
#include "base/hash.h"
#include "base/json.h"
#include "domain/people/oidc_token.h"

enum { CLOCKS_S = 60, OLDEST_S = 10 * 60, VALUES_MOST = 32 };

static bool no(const char **why, const char *text) {
	*why = text;
	return false;
}

static bool read_text(JsonReader *j, Arena *a, Str *to) {
	if (json_next(j) != JSON_STRING)
		return false;
	*to = str_dup(a, json_text(j));
	return true;
}

static bool read_seconds(JsonReader *j, i64 *to, bool *has) {
	if (json_next(j) != JSON_NUMBER || !json_int(j, to) || *to < 0 || *to > INT64_C(1) << 40)
		return false;
	if (has)
		*has = true;
	return true;
}

/* One text or an array of texts. */
static bool read_texts(JsonReader *j, Arena *a, Strs *to, bool may_be_one) {
	JsonEvent e = json_next(j);
	if (e == JSON_STRING && may_be_one) {
		strs_add(a, to, str_dup(a, json_text(j)));
		return true;
	}
	if (e != JSON_ARRAY)
		return false;
	while ((e = json_next(j)) == JSON_STRING && to->len < VALUES_MOST)
		strs_add(a, to, str_dup(a, json_text(j)));
	return e == JSON_ARRAY_END;
}

static bool read_claim(JsonReader *j, Arena *a, Str name, OidcClaims *c) {
	struct { const char *name; Str *to; } texts[] = {
		{"iss", &c->issuer}, {"sub", &c->subject}, {"nonce", &c->nonce}, {"azp", &c->authorised}, {"acr", &c->acr},
	};
	for (size_t i = 0; i < LEN(texts); i++)
		if (str_eq(name, str_c(texts[i].name)))
			return read_text(j, a, texts[i].to);
	if (str_eq(name, S("aud")))
		return read_texts(j, a, &c->audience, true);
	if (str_eq(name, S("amr")))
		return read_texts(j, a, &c->amr, false);
	if (str_eq(name, S("exp")))
		return read_seconds(j, &c->expires, &c->has_expires);
	if (str_eq(name, S("iat")))
		return read_seconds(j, &c->issued, &c->has_issued);
	if (str_eq(name, S("nbf")))
		return read_seconds(j, &c->not_before, NULL);
	return json_skip(j);
}

bool oidc_claims_read(Arena *a, Str json, OidcClaims *ret, const char **why) {
	*ret = (OidcClaims){0};
	if (json.len > OIDC_TOKEN_MOST)
		return no(why, "the claims are too long");
	JsonReader *j = json_open_str(a, json);
	JsonEvent   e;
	if (json_next(j) != JSON_OBJECT)
		return no(why, "the claims are no object");
	while ((e = json_next(j)) == JSON_KEY)
		if (!read_claim(j, a, str_dup(a, json_text(j)), ret))
			return no(why, "a claim is of another kind than it must be");
	return e == JSON_OBJECT_END && json_next(j) == JSON_END ? true : no(why, "the claims are damaged");
}

bool oidc_header_read(Arena *a, Str json, OidcHeader *ret, const char **why) {
	static const char *const refused[] = {"crit", "jwk", "jku", "x5c", "x5u", "b64", "zip", "enc"};
	*ret = (OidcHeader){0};
	JsonReader *j = json_open_str(a, json);
	JsonEvent   e;
	if (json.len > OIDC_TOKEN_MOST || json_next(j) != JSON_OBJECT)
		return no(why, "the head is no object");
	while ((e = json_next(j)) == JSON_KEY) {
		Str name = str_dup(a, json_text(j));
		for (size_t i = 0; i < LEN(refused); i++)
			if (str_eq(name, str_c(refused[i])))
				return no(why, "the head brings along what only the provider may say");
		bool fine = str_eq(name, S("alg")) ? read_text(j, a, &ret->alg) : str_eq(name, S("kid")) ? read_text(j, a, &ret->kid) : json_skip(j);
		if (!fine)
			return no(why, "the head is damaged");
	}
	if (e != JSON_OBJECT_END || json_next(j) != JSON_END)
		return no(why, "the head is damaged");
	if (!str_eq(ret->alg, S("RS256")) && !str_eq(ret->alg, S("ES256")) && !str_eq(ret->alg, S("EdDSA")))
		return no(why, "the signature is of a kind that is not allowed");
	return true;
}

static bool holds(const Strs *list, Str value) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i], value))
			return true;
	return false;
}

const char *oidc_claims_wrong(const OidcClaims *c, const OidcWanted *w) {
	i64 now = w->now.ms / 1000;
	if (!str_eq(c->issuer, w->issuer))
		return "another issuer";
	if (!c->subject.len || c->subject.len > 255)
		return "no subject";
	if (!holds(&c->audience, w->client))
		return "another audience";
	if ((c->audience.len > 1 || c->authorised.len) && !str_eq(c->authorised, w->client))
		return "another authorised party";
	if (!c->has_expires || c->expires + CLOCKS_S <= now)
		return "it has expired";
	if (!c->has_issued || c->issued > now + CLOCKS_S || c->issued + OLDEST_S < now)
		return "it was issued at another time";
	if (c->not_before > now + CLOCKS_S)
		return "it does not hold yet";
	if (!w->nonce.len || c->nonce.len != w->nonce.len || !equal_secret(c->nonce.ptr, w->nonce.ptr, w->nonce.len))
		return "another sign-in";
	return NULL;
}
