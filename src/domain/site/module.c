/* module.c: what the subject site brings: home, the working overview, obligatory pages, answers to machines, the developers' component page. */
#include "domain/site/site.h"
#include "domain/site/site_page.h"
#include "web/module.h"
#include "web/work.h"

extern const Module site_module;

static const Route routes[] = {
	{GET, "/", page_home, ANYONE, .cached = true, .title = "Úvod"},
	{GET, "/hledat", page_search, ANYONE, .parameters = "q,orp", .title = "Hledání"},
	{GET, "/app", page_overview, "overview.read", .title = "Přehled"},
	{GET, "/app/ukoly", page_tasks, "overview.read", .parameters = "", .title = "Úkoly"},
	{GET, "/app/prubeh/{postup}/{id}", page_work, SIGNED_IN, .parameters = ""},
	{POST, "/app/prubeh/{postup}/{id}", post_work, SIGNED_IN},
	{POST, "/app/overit-stopu", post_trail_check, "trail.read", .fields = ""},
	{GET, "/data", page_open_data, ANYONE, .cached = true, .title = "Otevřená data"},
	{GET, "/mapa-stranek", page_site_map, ANYONE, .cached = true, .title = "Mapa stránek"},
	{GET, "/robots.txt", page_robots, ANYONE},
	{GET, "/sitemap.xml", page_sitemap, ANYONE, .cached = true},
	{GET, "/zdravi", page_health, ANYONE},
	{GET, "/_ui", page_components, ANYONE},
	{GET, "/_ui/pdf", page_print_sample, ANYONE, .lane = LANE_EXPORT, .parameters = "priprava"},
	{GET, "/_ui/docx", page_print_sample_docx, ANYONE, .lane = LANE_EXPORT, .parameters = ""},
	{POST, "/_ui/pdf", page_print_sample, ANYONE, .lane = LANE_EXPORT, .own_token = true},
};

static const MenuItem menu[] = {
	{"Přehled", "/app", "overview.read", false, 1},
	{"Otevřená data", "/data", ANYONE, true, 80},
};

static const Setting settings[] = {
	{"region.address", "Adresa úřadu", "Na stránkách Kontakt a Prohlášení o přístupnosti.", "", SETTING_TEXT, 0, 200,
	 .group = "Kraj a kontakty"},
	{"region.data_box", "Datová schránka úřadu", "Sedm znaků.", "", SETTING_TEXT, 0, 7},
	{"region.privacy", "Pověřenec pro ochranu osobních údajů", "Jméno nebo útvar a spojení.", "", SETTING_TEXT, 0, 200},
	{"data.licence", "Podmínky užití otevřených dat", "Věta na stránce Otevřená data.",
	 "Podmínky užití zatím nejsou určené. Než data použijete jinak než pro vlastní potřebu, napište správci stránek.", SETTING_TEXT, 0, 500,
	 .group = "Veřejné stránky"},
};

const Module site_module = {
	.name = "site",
	MODULE_LIST(route, routes), MODULE_LIST(setting, settings),
	.jobs = site_jobs, .job_count = LEN(site_jobs),
	.menu = menu, .menu_count = LEN(menu),
};
