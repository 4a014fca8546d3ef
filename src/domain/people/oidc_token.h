/* oidc_token.h: what a provider of identity signed. Pure: bytes in, claims or a reason out. */
#pragma once
#include "base/date.h"
#include "base/str.h"

enum { OIDC_TOKEN_MOST = 64 * 1024 };

typedef struct OidcClaims {
	Str  issuer, subject, nonce, authorised, acr;    /* authorised: azp */
	Strs audience, amr;
	i64  expires, issued, not_before;        /* seconds; 0 = not said */
	bool has_expires, has_issued;
} OidcClaims;

typedef struct OidcHeader { Str alg, kid; } OidcHeader;

/* JSON of a token's middle. False with *why when it is not an object, says something twice, or a claim is of another kind than it must be. */
bool oidc_claims_read(Arena *a, Str json, OidcClaims *ret, const char **why);
/* JSON of a token's head. Only RS256, ES256 and EdDSA; what would bring a key along, or must be understood (crit), is refused. */
bool oidc_header_read(Arena *a, Str json, OidcHeader *ret, const char **why);
/* Signature against the provider's keys (a JWKS), then the claims. False with *why. *unknown_key: the token names a key that is not there. */
bool oidc_token_read(Arena *a, Str token, Str keys, OidcClaims *ret, bool *unknown_key, const char **why);

typedef struct OidcWanted {
	Str     issuer, client, nonce;
	Instant now;
} OidcWanted;
/* Is it for us, of this sign-in, and of now (a minute of difference between clocks)? NULL = yes, else what is wrong. */
const char *oidc_claims_wrong(const OidcClaims *claims, const OidcWanted *wanted);
