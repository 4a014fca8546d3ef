/* front_page.h: hearings and comment periods on pages that belong to all subjects (web/front.h). */
#pragma once
#include "web/front.h"

Err hearings_events(Ctx *c, Instant from, Instant to, SiteEvents *list);
Err consultations_events(Ctx *c, Instant from, Instant to, SiteEvents *list);
Err hearings_happening(Ctx *c, FrontLines *list);
Err hearings_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err hearings_addresses(Ctx *c, SiteAddresses *list);
Err consultations_happening(Ctx *c, FrontLines *list);
Err consultations_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err consultations_addresses(Ctx *c, SiteAddresses *list);
