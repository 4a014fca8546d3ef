/* oidc.h: signing in through a provider of identity: authorization code with PKCE.
 *
 * Between the start and the return nothing lies in the store: state, nonce and verifier are sealed in a cookie of that browser. What came
 * back once is remembered, so that it cannot come again. An account is found by (issuer, subject) only; the first time by an invitation
 * or by a person who is signed in, never by an e-mail. */
#pragma once
#include "domain/people/people.h"

bool oidc_is_on(Ctx *c);
/* Named at start; empty = a public client. Read at each use. */
void oidc_set_secret_file(Str file);

typedef struct OidcStart {
	Str next, invitation;                    /* where to go then; token of an invitation that is being accepted, or {0} */
	Id  account;                             /* to which the identity is to be linked; 0 = none */
} OidcStart;
/* May ask the provider: not on an I/O thread, not in a transaction. *address is the provider's page, *cookie goes to the browser. */
MUST_USE Err oidc_begin(Ctx *c, const OidcStart *s, Str back, Str *address, Str *cookie);

typedef struct OidcReturn {
	Str cookie, state, code, issuer;         /* issuer: parameter iss, may be empty */
	Str back;                                /* our own address, as at the start */
	Str address, device;
	const SessionInfo *session;              /* of this browser, NULL = nobody is signed in */
} OidcReturn;
typedef struct OidcArrival {
	SignedIn who;                            /* token empty when nobody new was signed in */
	Str      renewed;                        /* token of the session that goes on, when its person has proved to be there */
	Str      next;
	bool     linked;
} OidcArrival;
/* ERR_INVALID with a sentence for whoever wants to sign in; what exactly was wrong stands in the journal. */
MUST_USE Err oidc_finish(Ctx *c, const OidcReturn *q, OidcArrival *ret);

MUST_USE Err oidc_linked(Ctx *c, Id account, bool *ret);
/* ERR_FORBIDDEN when the account would be left without any way in. */
MUST_USE Err oidc_unlink(Ctx *c, Id account);
