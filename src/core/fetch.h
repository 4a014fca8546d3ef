/* fetch.h: a request to a server that the administrator has named, and to nobody else (SECURITY § 7): https, plain http on loopback only; no
 * redirects, no proxies, no addresses of inner networks unless that was allowed; bounded in size and time. */
#pragma once
#include "core/ctx.h"

typedef struct FetchRequest {
	Str    url;
	Str    hosts;                            /* host names that may be asked, joined by "," */
	bool   may_be_private;                   /* the named host may lie in an inner network */
	Str    form;                             /* body of a POST, urlencoded; {0} = GET */
	Str    user, password;                   /* Basic; {0} = none */
	size_t limit;                            /* bytes of the answer */
	int    seconds;
} FetchRequest;

typedef struct FetchAnswer {
	int status;
	Str body;                                /* in c->arena */
} FetchAnswer;

/* Not inside a transaction. Any status is OK; ERR_BUSY with a sentence when there is no answer, ERR_INVALID when this may not be asked. */
MUST_USE Err fetch(Ctx *c, const FetchRequest *request, FetchAnswer *ret);
/* Host of an http or https address, lower case; {0} when it is none of these or holds a user. Pure. */
Str  fetch_host(Arena *a, Str url, bool *secure);
bool fetch_is_loopback(Str host);
