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
/* Article 18: what is held stays, and is not used. From the moment on erasure is refused and terms leave sessions and devices of the person alone;
 * lists that leave the program (files, keys of programs) have no row of theirs and call them by number alone; nobody views the program as they do; the
 * program writes them nothing by itself (letters that they ask for, and those about the safety of their account, go). They sign in as before and read
 * and take out their own data; administrators answer their requests. Trail and journal go on: the law wants them. c->reason says why. */
MUST_USE Err person_restrict(Ctx *c, Id account);
MUST_USE Err person_release(Ctx *c, Id account);
/* ERR_CONFLICT while restricted, for oneself, or for the last administrator. Without a reason ERR_INVALID at "reason". `in_trail`: the name in
 * the trail goes too. */
MUST_USE Err person_erase(Ctx *c, Id account, bool in_trail, i64 *erased);
