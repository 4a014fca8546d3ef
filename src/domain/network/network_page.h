/* network_page.h: pages of the office: versions of the network and the way to everything else of it. */
#pragma once
#include "domain/network/sit_page.h"
#include "web/work.h"

Err page_office_network(Req *r);
Err page_office_version(Req *r);
Err post_office_version_step(Req *r);

#define NETWORK_OFFICE_ROUTES \
	{GET, "/app/sit", page_office_network, CAP_NETWORK_READ, .parameters = "sit", .title = "Síť, pracovní přehled"}, \
	{GET, "/app/sit/verze/{id}", page_office_version, CAP_NETWORK_READ, .parameters = ""}, \
	{POST, "/app/sit/verze/{id}/krok", post_office_version_step, CAP_NETWORK_READ, .fields = "resolution"}

typedef struct OfficeVersion { Str href, number, title, day, state, resolution, resolution_href; TagKind tone; } OfficeVersion;
VIEW_LIST(OfficeVersion, OfficeVersions);
typedef struct OfficeNetworkView {
	Str            title, since_words, since_href, last_href;
	bool           has_since;
	KpiViews       kpis;
	Links          networks;
	ItemViews      ways;
	OfficeVersions versions;
} OfficeNetworkView;
typedef struct OfficeVersionView { Str title, lead; PairViews pairs; Links ways; WorkPanel work; } OfficeVersionView;
