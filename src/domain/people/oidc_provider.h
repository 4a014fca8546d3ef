/* oidc_provider.h: what the provider says of itself, kept for ten minutes. */
#pragma once
#include "core/ctx.h"

enum { OIDC_SECONDS = 8, OIDC_DOCUMENT_MOST = 256 * 1024 };

typedef struct OidcProvider {
	Str issuer, client, hosts;
	Str authorization, token, keys_at;       /* addresses */
	Str keys;                                /* JWKS */
} OidcProvider;

/* From memory or by asking. */
MUST_USE Err oidc_provider(Ctx *c, OidcProvider *ret);
/* Its keys anew: a token named one that was not among them. At most once a minute; else the same. */
MUST_USE Err oidc_provider_keys_again(Ctx *c, OidcProvider *p);
/* One text of a JSON object's first level; {0} when it is missing or no text. Pure. */
Str oidc_member(Arena *a, Str json, const char *name);
bool oidc_member_lists(Arena *a, Str json, const char *name, const char *value, bool *is_there);
