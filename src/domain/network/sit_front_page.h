/* sit_front_page.h: hooks of the module row (web/front.h). */
#pragma once
#include "domain/network/sit.h"
#include "web/front.h"

Err network_figures(Ctx *c, KeyFigures *list);
Err network_latest(Ctx *c, i64 limit, FrontLines *list);
Err network_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err network_addresses(Ctx *c, SiteAddresses *list);
Err network_start(Ctx *c);
