/* mandate_territory_page.h: /app/povereni/na-uzemi: what its handler gives to the template. */
#pragma once
#include "web/parts.h"
#include "web/web.h"

Err page_mandates_here(Req *r);

typedef struct HereRow { Str name, href, provider, mandate, mandate_href, share, capacity, ceiling, part, town; } HereRow;
VIEW_LIST(HereRow, HereRows);
typedef struct HerePage {
	Str       title, lead, found, year, town, sum, sum_part, sum_town;
	FieldView fields[2];
	KpiViews  kpis;
	HereRows  rows;
	Links     downloads;
} HerePage;
