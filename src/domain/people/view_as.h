/* view_as.h: an administrator or the head of department sees what another person sees: read only, noted in the trail, with a banner, for half
 * an hour at most. The pages of the other person's own account stay closed. */
#pragma once
#include "domain/people/people.h"

#define CAP_VIEW_AS "people.view_as"

/* ERR_INVALID for oneself, an account that is not active, or one that administers or audits (unless an administrator looks). */
MUST_USE Err view_as_begin(Ctx *c, Id session, Id account);
MUST_USE Err view_as_end(Ctx *c, Id session);
/* The person of the session becomes the one that is looked at; *actor stays when nobody is. */
MUST_USE Err view_as_load(Ctx *c, Id session, Actor *actor);
typedef struct ViewAsPerson { Id account; Str name, login, organisation; } ViewAsPerson;
typedef struct ViewAsPeople { ViewAsPerson *at; size_t len, cap; } ViewAsPeople;
/* Active accounts whose name or e-mail has these words. */
MUST_USE Err view_as_find(Ctx *c, Str words, ViewAsPeople *ret);
