/* What a provider of identity sends: claims, head, token, its description, its keys. Nothing but the kept tokens of its keys may pass. */
#include "base/json.h"
#include "domain/people/oidc_provider.h"
#include "domain/people/oidc_token.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static char  keys[8192], token[8192];
static bool  loaded;

static size_t load(const char *name, char *to, size_t room) {
	FILE *f = fopen(name, "r");
	size_t n = f ? fread(to, 1, room - 1, f) : 0;
	if (f)
		fclose(f);
	to[n] = 0;
	return n;
}

/* The file has a name and a token on each line. */
static Str first_token(void) {
	Str rest = str_c(token), line = str_cut(&rest, '\n');
	str_cut(&line, ' ');
	return line;
}

static void check_claims(const OidcClaims *c) {
	CHECK(c->audience.len <= 32 && c->amr.len <= 32);
	CHECK(utf8_valid(c->issuer) && utf8_valid(c->subject) && utf8_valid(c->nonce));
	OidcWanted w = {S("https://idp.example.org"), S("sitovka"), S("nonce-1"), {INT64_C(1795000000000)}};
	if (!oidc_claims_wrong(c, &w))
		CHECK(str_eq(c->issuer, w.issuer) && str_eq(c->nonce, w.nonce) && c->subject.len > 0);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena       a = {0};
	const char *why = NULL;
	OidcClaims  claims;
	OidcHeader  head;
	bool        unknown_key, named;
	if (!loaded) {
		load("tests/data/oidc/keys.json", keys, sizeof keys);
		load("tests/data/oidc/tokens.txt", token, sizeof token);
		loaded = true;
	}
	if (size == 0)
		return 0;
	Str s = str_of((const char *)data + 1, size - 1);
	switch (data[0] % 5) {
	case 0: if (oidc_claims_read(&a, s, &claims, &why)) check_claims(&claims); else CHECK(why); break;
	case 1: if (oidc_header_read(&a, s, &head, &why)) CHECK(head.alg.len == 5); else CHECK(why); break;
	case 2: if (oidc_token_read(&a, s, str_c(keys), &claims, &unknown_key, &why)) check_claims(&claims); else CHECK(why); break;
	case 3: (void)oidc_member(&a, s, "issuer"); (void)oidc_member_lists(&a, s, "code_challenge_methods_supported", "S256", &named); break;
	default: (void)oidc_token_read(&a, first_token(), s, &claims, &unknown_key, &why); break;
	}
	arena_free(&a);
	return 0;
}
