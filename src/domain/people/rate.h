/* rate.h: how often something may be tried, counted in the store, so that all nodes count together. */
#pragma once
#include "core/ctx.h"

/* A bucket of tokens: `size` attempts come back over `seconds`. */
typedef struct Rate {
	const char *kind;
	i64         size, seconds;
} Rate;
/* Takes one; false when the bucket is empty or a delay still runs, then *wait_s says for how long. The key is kept as a digest only. */
MUST_USE Err rate_take(Ctx *c, const Rate *rate, Str key, bool *fine, i64 *wait_s);
/* From the fifth failure in a row the next attempt must wait: a minute, then twice as long each time, a quarter of an hour at most. A day
 * without a failure, or success (rate_forget), begins anew: nobody is locked out for ever. */
void         rate_failed(Ctx *c, const Rate *rate, Str key);
void         rate_forget(Ctx *c, const Rate *rate, Str key);
/* IPv4 /24 and IPv6 /48 of an address: an office shares one. */
Str          rate_network(Arena *a, Str address);
