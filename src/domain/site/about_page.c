/* about_page.c: the map of the site, open data. */
#include "base/format.h"
#include "core/settings.h"
#include "domain/site/about.html.h"
#include "domain/site/site_page.h"
#include "web/module.h"
#include "web/ui_page.html.h"

Err page_components(Req *r) {
	r->no_index = true;
	view_ui_page(page(r, S("Součásti stránek")));
	return OK;
}

/* ---- the map of the site, from the routes ---- */

static Str section_title(const char *module) {
	static const struct { const char *module, *title; } known[] = {
		{"register", "Služby a poskytovatelé"}, {"territory", "Území"}, {"library", "Dokumenty, aktuality a plánování"}, {"calendar", "Kalendář"},
		{"people", "Přihlášení"}, {"site", "O webu"}, {"needs", "Potřeby"}, {"plan", "Plány"}, {"consultation", "Připomínky a projednání"},
		{"comment", "Připomínky a projednání"},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (strcmp(known[i].module, module) == 0)
			return str_c(known[i].title);
	return S("Další stránky");
}

static Links *section(Arena *a, MapSections *all, Str title) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].title, title))
			return &all->at[i].links;
	MapSection *s = ARENA_PUSH(a, all->at, all->len, all->cap);
	*s = (MapSection){.title = title};
	return &s->links;
}

static void add_link(Arena *a, Links *links, Str label, Str href) {
	*ARENA_PUSH(a, links->at, links->len, links->cap) = (LinkView){.label = label, .href = href};
}

/* A page that everybody may open as it stands: it has a title and no arguments. */
static bool is_listed(const Route *route) {
	return route->method == GET && route->title && strcmp(route->capability, ANYONE) == 0 && !strchr(route->path, '{');
}

Err page_site_map(Req *r) {
	MapSections  all = {0};
	const char  *module;
	const Route *route;
	for (size_t i = 0; (route = web_route(i, &module)); i++)
		if (is_listed(route))
			add_link(r->c->arena, section(r->c->arena, &all, section_title(module)), str_c(route->title), str_c(route->path));
	SiteAddresses more;
	TRY(site_addresses(r, &more));
	for (size_t i = 0; i < more.len; i++)
		add_link(r->c->arena, section(r->c->arena, &all, more.at[i].section), more.at[i].title, more.at[i].href);
	view_site_map_page(page(r, S("Mapa stránek")), all);
	return OK;
}

/* ---- open data ---- */

/* What a set holds; one without a description is shown by its title. */
static Str data_text(const char *path) {
	static const struct { const char *path, *text; } known[] = {
		{"/katalog", "Veřejné služby v provozu: druh, formy, registrované kapacity, cílové skupiny, obce, poskytovatel a kontakty. Jedna registrace je jeden řádek."},
		{"/katalog/druhy", "Druhy sociálních služeb podle zákona č. 108/2006 Sb. s vysvětlením a počtem služeb."},
		{"/zivotni-situace", "Životní situace, se kterými služby pomáhají, a druhy služeb, které k nim patří."},
		{"/uzemi", "Správní obvody kraje s kódy RÚIAN a ČSÚ, obyvateli podle věku a počtem služeb."},
		{"/potreby", "Potřeby, o kterých kraj rozhodl, podle obvodů a cílových skupin: osoby, kapacita v síti a chybějící kapacita. Počty osob pod pět se nezveřejňují."},
		{"/potreby/druhy", "Optimální kapacity podle druhů služeb a obvodů a kapacita, která je v síti."},
		{"/potreby/bez-odpovedi", "Potřeby, na které síť neodpoví: důvod, rozhodnutí a datum přezkumu."},
		{"/uzemi/obce", "Obce kraje s kódy RÚIAN, jejich příslušnost ke správním obvodům a okresům a počty obyvatel."},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (strcmp(known[i].path, path) == 0)
			return str_c(known[i].text);
	return (Str){0};
}

static void add_set(Arena *a, DataSets *sets, const Route *route) {
	static const struct { const char *label, *suffix; } formats[] = {{"CSV", ".csv"}, {"XLSX", ".xlsx"}, {"JSON", ".json"}};
	DataSetView v = {.id = str_format(a, "sada-%zu", sets->len + 1), .title = str_c(route->title), .text = data_text(route->path)};
	for (size_t i = 0; i < LEN(formats); i++)
		add_link(a, &v.files, str_format(a, "%s (%s)", route->title, formats[i].label), str_format(a, "%s%s", route->path, formats[i].suffix));
	*ARENA_PUSH(a, sets->at, sets->len, sets->cap) = v;
}

/* Every public list that goes out as a file. */
static DataSets data_sets(Req *r) {
	DataSets     sets = {0};
	const Route *route;
	for (size_t i = 0; (route = web_route(i, NULL)); i++)
		if (is_listed(route) && route->formats)
			add_set(r->c->arena, &sets, route);
	return sets;
}

Err page_open_data(Req *r) {
	Instant changed;
	CLEANUP(buf_free) Buf when = {0};
	TRY(site_last_change(r->c, &changed));
	if (changed.ms)
		fmt_instant(&when, changed);
	r->description = S("Otevřená data o sociálních službách kraje: CSV, XLSX a JSON ke stažení a pro programy.");
	view_open_data_page(page(r, S("Otevřená data")), data_sets(r), setting_text(r->c, "data.licence"), buf_view(&when));
	return OK;
}
