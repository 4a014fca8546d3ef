/* catalogue_parts_page.h: what the pages of the catalogue share. */
#pragma once
#include "domain/register/catalogue_views_page.h"
#include "web/web.h"

typedef enum ListKind { LIST_OVERVIEW, LIST_MAP, LIST_TABLE } ListKind;

/* The whole of what was found as a file, however much it is (catalogue_export_page.c). */
MUST_USE Err         catalogue_export(Req *r, const Catalogue *k, const CatalogueQuery *q);
/* Districts with their counts; each is a link that narrows this page to it. NULL when there is nothing to count (catalogue_map_page.c). */
CatalogueMapView    *catalogue_map_view(Req *r, const Catalogue *k, const u32 *counts, const CatalogueChoice *chosen);
CatalogueContactView catalogue_contact(Ctx *c, Str kind, Str value, Str note);
MUST_USE Err         catalogue_service_json(Req *r, AsOf at, const ServiceWhole *w);
