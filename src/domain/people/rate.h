/* rate.h: how often something may be tried, counted in the store, so that all nodes count together. */
#pragma once
#include "core/ctx.h"

/* A bucket of tokens: `size` attempts come back over `seconds`. */
typedef struct Rate {
	const char *kind;
	i64         size, seconds;
} Rate;
/* Takes one; false when the bucket is empty, then *wait_s says for how long. The key is kept as a digest only. */
MUST_USE Err rate_take(Ctx *c, const Rate *rate, Str key, bool *fine, i64 *wait_s);
void         rate_forget(Ctx *c, const Rate *rate, Str key);
/* IPv4 /24 and IPv6 /48 of an address: an office shares one. */
Str          rate_network(Arena *a, Str address);
