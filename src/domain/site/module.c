/* module.c: what the subject site brings: home, the working overview, obligatory pages, the developers' component page. */
#include "domain/site/site_page.h"
#include "web/module.h"

extern const Module site_module;

static const Route routes[] = {
	{GET, "/", page_home, ANYONE, .cached = true},
	{GET, "/app", page_overview, "overview.read"},
	{GET, "/_ui", page_components, ANYONE},
};

static const MenuItem menu[] = {
	{"Přehled", "/app", "overview.read", false, 1},
};

const Module site_module = {
	.name = "site",
	MODULE_LIST(route, routes),
	.menu = menu, .menu_count = LEN(menu),
};
