/* person.h: requests of people about their own data: what is held, restriction, erasure. */
#pragma once
#include "core/person_data.h"

typedef struct PersonState {
	Id      account;
	Str     login, name;
	bool    restricted;
	Instant since;
	Str     reason, by;
} PersonState;
/* ERR_NOT_FOUND when there is no such account. */
MUST_USE Err person_get(Ctx *c, Id account, PersonState *ret);
/* From the moment on neither erasure nor retention by hand; c->reason says why. */
MUST_USE Err person_restrict(Ctx *c, Id account);
MUST_USE Err person_release(Ctx *c, Id account);
/* ERR_CONFLICT while restricted, for oneself, or for the last administrator. Without a reason ERR_INVALID at "reason". `in_trail`: the name in
 * the trail goes too. */
MUST_USE Err person_erase(Ctx *c, Id account, bool in_trail, i64 *erased);
