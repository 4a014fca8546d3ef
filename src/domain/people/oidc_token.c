/* oidc_token.c: the only file that sees rhonabwy. It verifies one signature by one key that we chose; what the token says about keys is not
 * listened to, and nothing is ever fetched. */
#include "domain/people/oidc_token.h"

#include <pthread.h>
#include <rhonabwy.h>

#include "base/hash.h"

enum { LEAST_RSA_BITS = 2048, MOST_RSA_BITS = 8192, KEYS_MOST = 64 };

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start(void) {
	CHECK(r_global_init() == RHN_OK);
}

static bool no(const char **why, const char *text) {
	*why = text;
	return false;
}

/* ---- the three parts ---- */

static bool is_base64url(Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' || ch == '_'))
			return false;
	}
	return s.len > 0 && s.len % 4 != 1;
}

static bool decode(Arena *a, Str part, Str *ret) {
	size_t n = part.len * 3 / 4;
	char  *to = arena_alloc(a, n + 1);
	*ret = str_of(to, n);
	return is_base64url(part) && base64url_read(part, to, n);
}

/* ---- the key ---- */

static bool fits(jwk_t *key, Str alg) {
	unsigned bits = 0;
	int      type = r_jwk_key_type(key, &bits, R_FLAG_IGNORE_REMOTE);
	Str      use = str_c(r_jwk_get_property_str(key, "use")), its = str_c(r_jwk_get_property_str(key, "alg"));
	if (!(type & R_KEY_TYPE_PUBLIC) || (use.len && !str_eq(use, S("sig"))) || (its.len && !str_eq(its, alg)))
		return false;
	if (str_eq(alg, S("RS256")))
		return (type & R_KEY_TYPE_RSA) && bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
	Str curve = str_c(r_jwk_get_property_str(key, "crv"));
	if (str_eq(alg, S("ES256")))
		return (type & R_KEY_TYPE_EC) && str_eq(curve, S("P-256"));
	return (type & R_KEY_TYPE_EDDSA) && str_eq(curve, S("Ed25519"));
}

/* The named one; without a name the only one that fits. NULL when there is none. The caller frees it. */
static jwk_t *key_of(jwks_t *keys, const OidcHeader *head) {
	jwk_t *found = NULL;
	int    count = 0;
	for (size_t i = 0; i < r_jwks_size(keys) && i < KEYS_MOST; i++) {
		jwk_t *key = r_jwks_get_at(keys, i);
		bool   named = !head->kid.len || str_eq(str_c(r_jwk_get_property_str(key, "kid")), head->kid);
		if (key && named && fits(key, head->alg) && count++ == 0)
			found = key;
		else
			r_jwk_free(key);
	}
	if (found && count > 1) {
		r_jwk_free(found);
		return NULL;
	}
	return found;
}

static jwa_alg alg_of(Str name) {
	return str_eq(name, S("RS256")) ? R_JWA_ALG_RS256 : str_eq(name, S("ES256")) ? R_JWA_ALG_ES256 : R_JWA_ALG_EDDSA;
}

static bool is_signed(Arena *a, Str token, jwk_t *key, jwa_alg alg) {
	jws_t *jws = NULL;
	bool   fine = r_jws_init(&jws) == RHN_OK && r_jws_advanced_parse(jws, str_z(a, token), R_PARSE_NONE, R_FLAG_IGNORE_REMOTE) == RHN_OK &&
	              r_jws_get_alg(jws) == alg && r_jws_verify_signature(jws, key, R_FLAG_IGNORE_REMOTE) == RHN_OK;
	r_jws_free(jws);
	return fine;
}

static bool verify(Arena *a, Str token, Str keys_json, const OidcHeader *head, bool *unknown_key, const char **why) {
	jwks_t *keys = NULL;
	CHECK(pthread_once(&started, start) == 0);
	if (r_jwks_init(&keys) != RHN_OK)
		return no(why, "no memory");
	bool   fine = false;
	jwk_t *key = r_jwks_import_from_json_str(keys, str_z(a, keys_json)) == RHN_OK ? key_of(keys, head) : NULL;
	*unknown_key = key == NULL;
	if (key)
		fine = is_signed(a, token, key, alg_of(head->alg));
	*why = key ? "the signature is not the provider's" : "the provider has no such key";
	r_jwk_free(key);
	r_jwks_free(keys);
	return fine;
}

bool oidc_token_read(Arena *a, Str token, Str keys, OidcClaims *ret, bool *unknown_key, const char **why) {
	Str        rest = token, head = str_cut(&rest, '.'), body = str_cut(&rest, '.'), json;
	OidcHeader header;
	*unknown_key = false;
	if (token.len > OIDC_TOKEN_MOST)
		return no(why, "the token is too long");
	if (!is_base64url(head) || !is_base64url(body) || !is_base64url(rest))
		return no(why, "the token is not of three parts");
	if (!decode(a, head, &json))
		return no(why, "the head is damaged");
	if (!oidc_header_read(a, json, &header, why) || !verify(a, token, keys, &header, unknown_key, why))
		return false;
	return decode(a, body, &json) ? oidc_claims_read(a, json, ret, why) : no(why, "the claims are damaged");
}
