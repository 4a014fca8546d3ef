/* territory_front_page.h: hooks of the module row (web/front.h). */
#pragma once
#include "domain/territory/territory.h"
#include "web/front.h"

Err territory_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err territory_addresses(Ctx *c, SiteAddresses *list);
