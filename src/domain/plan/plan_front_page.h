/* plan_front_page.h: hooks of the module row. */
#pragma once
#include "web/front.h"

Err plans_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err plans_addresses(Ctx *c, SiteAddresses *list);
/* Contributions to a plan that are taken now. */
MUST_USE Err plans_events(Ctx *c, Instant from, Instant to, SiteEvents *list);
Err plans_happening(Ctx *c, FrontLines *list);
