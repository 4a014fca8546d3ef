/* inside.h: what the files of people/ share. */
#pragma once
#include "domain/people/people.h"

MUST_USE Err account_actor(Ctx *c, Id account, Actor *actor, bool *is_active);

/* A token bucket in the store, shared by all nodes: takes one; false when it is empty, then *wait_s says for how long. */
typedef struct Rate {
	const char *kind;
	i64         size, seconds;               /* `size` attempts come back over `seconds` */
} Rate;
MUST_USE Err rate_take(Ctx *c, const Rate *rate, Str key, bool *fine, i64 *wait_s);
void         rate_forget(Ctx *c, const Rate *rate, Str key);
