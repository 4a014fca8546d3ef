/* Tokens of a provider of identity: what is signed rightly passes, everything that an attacker would try does not. The tokens in tests/data/oidc
 * were made by another library (jose); the private keys are not kept. */
#include "domain/people/oidc_token.h"

#include <stdio.h>

#include "core/fetch.h"
#include "domain/people/oidc_provider.h"
#include "tests/test.h"

static Str file(const char *name) {
	char   text[32768];
	FILE  *f = fopen(name, "r");
	size_t n = f ? fread(text, 1, sizeof text, f) : 0;
	if (f)
		fclose(f);
	if (n == 0)
		test_fail(__FILE__, __LINE__, "%s is not there", name);
	return str_dup(t_arena, str_of(text, n));
}

static Str token(const char *name) {
	Str rest = file("tests/data/oidc/tokens.txt");
	while (rest.len) {
		Str line = str_cut(&rest, '\n'), its = str_cut(&line, ' ');
		if (str_eq(its, str_c(name)))
			return line;
	}
	test_fail(__FILE__, __LINE__, "no token %s", name);
	return (Str){0};
}

static bool passes(const char *name, OidcClaims *claims, const char **why) {
	bool unknown;
	*why = NULL;
	return oidc_token_read(t_arena, token(name), file("tests/data/oidc/keys.json"), claims, &unknown, why);
}

TEST("oidc: tokens of the three allowed kinds pass and say who it is") {
	static const char *const good[] = {"rs256", "es256", "eddsa", "no_kid"};
	for (size_t i = 0; i < LEN(good); i++) {
		OidcClaims c;
		const char *why;
		if (!passes(good[i], &c, &why))
			test_fail(__FILE__, __LINE__, "%s: %s", good[i], why);
		EQ_TEXT(c.issuer, "https://idp.example.org");
		EQ_TEXT(c.subject, "u-1");
		EQ_INT(c.expires, 1795000300);
		EQ_INT(c.amr.len, 2);
	}
}

TEST("oidc: none, HMAC with the public key, other kinds, other keys, keys brought along, changed and cut tokens are refused") {
	static const char *const bad[] = {"none", "none_signed", "hs256_pem", "hs256_n", "rs512", "ps256", "other_key", "unknown_kid", "own_jwk", "jku", "changed_claims",
		"changed_signature", "kid_of_other_kind", "two_parts", "four_parts", "padding", "empty", "double_claim"};
	for (size_t i = 0; i < LEN(bad); i++) {
		OidcClaims c;
		const char *why;
		if (passes(bad[i], &c, &why) || !why)
			test_fail(__FILE__, __LINE__, "%s passes", bad[i]);
	}
}

TEST("oidc: a key that the provider does not name is told apart, so that its keys may be asked for again") {
	OidcClaims c;
	const char *why;
	bool unknown;
	Str keys = file("tests/data/oidc/keys.json");
	EXPECT(!oidc_token_read(t_arena, token("unknown_kid"), keys, &c, &unknown, &why) && unknown);
	EXPECT(!oidc_token_read(t_arena, token("other_key"), keys, &c, &unknown, &why) && !unknown);
	EXPECT(!oidc_token_read(t_arena, token("rs256"), S("{\"keys\":[]}"), &c, &unknown, &why) && unknown);
	EXPECT(!oidc_token_read(t_arena, token("rs256"), S("not json"), &c, &unknown, &why));
}

static OidcClaims good_claims(void) {
	OidcClaims c = {.issuer = S("https://i"), .subject = S("u"), .nonce = S("n"), .expires = 1300, .issued = 1000, .has_expires = true, .has_issued = true};
	strs_add(t_arena, &c.audience, S("us"));
	return c;
}

static const char *wrong(const OidcClaims *c, i64 second) {
	return oidc_claims_wrong(c, &(OidcWanted){S("https://i"), S("us"), S("n"), {second * 1000}});
}

TEST("oidc: each claim is judged: issuer, subject, audience, party, expiry, issue, nonce") {
	OidcClaims c = good_claims();
	EXPECT(wrong(&c, 1000) == NULL);
	EXPECT(wrong(&c, 1359) == NULL && wrong(&c, 1360) != NULL);      /* a minute between clocks */
	EXPECT(wrong(&c, 940) == NULL && wrong(&c, 939) != NULL);
	c.issuer = S("https://i/");
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	c.subject = (Str){0};
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	c.nonce = S("m");
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	c.audience.at[0] = S("others");
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	strs_add(t_arena, &c.audience, S("others"));
	EXPECT(wrong(&c, 1000) != NULL);             /* two, and nobody says for whom */
	c.authorised = S("us");
	EXPECT(wrong(&c, 1000) == NULL);
	c.authorised = S("others");
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	c.has_expires = false;
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	c.has_issued = false;
	EXPECT(wrong(&c, 1000) != NULL);
	c = good_claims();
	c.expires = 99999;
	EXPECT(wrong(&c, 1601) != NULL);             /* issued more than ten minutes ago */
	c = good_claims();
	c.not_before = 1061;
	EXPECT(wrong(&c, 1000) != NULL);
}

TEST("oidc: claims of another kind, doubled, unfinished or too long are refused") {
	static const char *const bad[] = {"", "[]", "{", "{\"iss\":1}", "{\"exp\":\"1\"}", "{\"exp\":1.5}", "{\"exp\":-1}", "{\"aud\":1}", "{\"aud\":[1]}", "{\"amr\":\"pwd\"}",
		"{\"sub\":\"a\",\"sub\":\"b\"}", "{} {}", "{\"exp\":99999999999999999999}"};
	for (size_t i = 0; i < LEN(bad); i++) {
		OidcClaims c;
		const char *why = NULL;
		if (oidc_claims_read(t_arena, str_c(bad[i]), &c, &why) || !why)
			test_fail(__FILE__, __LINE__, "%s passes", bad[i]);
	}
}

TEST("oidc: the description of a provider is read by member, and one that is damaged says nothing") {
	bool named;
	Str d = S("{\"issuer\":\"https://i\",\"x\":{\"issuer\":\"no\"},\"code_challenge_methods_supported\":[\"plain\",\"S256\"]}");
	EQ_TEXT(oidc_member(t_arena, d, "issuer"), "https://i");
	EQ_INT(oidc_member(t_arena, d, "missing").len, 0);
	EXPECT(oidc_member_lists(t_arena, d, "code_challenge_methods_supported", "S256", &named) && named);
	EXPECT(!oidc_member_lists(t_arena, d, "missing", "S256", &named) && !named);
	EQ_INT(oidc_member(t_arena, S("{\"issuer\":\"https://i\",}"), "issuer").len, 0);
	EQ_INT(oidc_member(t_arena, S("{\"issuer\":5}"), "issuer").len, 0);
}

TEST("fetch: the host of an address is read strictly") {
	static const struct { const char *url, *host; bool secure; } known[] = {
		{"https://idp.example.org/a?b", "idp.example.org", true}, {"http://127.0.0.1:8080/x", "127.0.0.1", false}, {"https://IDP.Example.org", "idp.example.org", true},
		{"https://[::1]:1/x", "[::1]", true}, {"https://a@b/", "", true}, {"https://a b/", "", true}, {"ftp://a/", "", false}, {"https://a\\b/", "", true},
		{"javascript:alert(1)", "", false}, {"https://a#b/", "", true}, {"//a/", "", false},
	};
	for (size_t i = 0; i < LEN(known); i++) {
		bool secure;
		EQ_STR(fetch_host(t_arena, str_c(known[i].url), &secure), str_c(known[i].host));
		EQ_INT(secure, known[i].secure);
	}
}
