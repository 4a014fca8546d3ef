/* needs_front_page.h: needs in the search of the site: sums of a district or of a group, and what the network will not answer. */
#pragma once
#include "web/front.h"

MUST_USE Err needs_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
