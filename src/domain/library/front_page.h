/* front_page.h: pages, news and projects in the search of the site and on its map (web/front.h); documents have their own (document_rows_page.h). */
#pragma once
#include "web/front.h"

Err content_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err content_addresses(Ctx *c, SiteAddresses *list);
