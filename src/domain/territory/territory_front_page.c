/* territory_front_page.c: territory in the search of the site and on its map. */
#include "core/search.h"
#include "domain/territory/territory_front_page.h"

static Err units_of(Ctx *c, const char *level, Units *ret) {
	const Unit *region = territory_region(c);
	*ret = (Units){0};
	return region ? territory_below(c, region->id, level, TODAY, ret) : OK;
}

static Err find_units(Ctx *c, const SearchTokens *t, const char *title, const char *one, const char *level, const char *folder, i64 limit, FoundGroups *list) {
	Units       units;
	FoundGroup *g = found_group(c, list, str_c(title));
	TRY(units_of(c, level, &units));
	for (size_t i = 0; i < units.len; i++)
		if (search_matches(t, search_words(c->arena, units.at[i]->name)) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = units.at[i]->name, .text = str_c(one), .href = str_format(c->arena, "%s%.*s", folder, STR_ARG(units.at[i]->slug))});
	return OK;
}

Err territory_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	SearchTokens t = search_tokens(c->arena, query);
	TRY(find_units(c, &t, "Správní obvody", "správní obvod obce s rozšířenou působností", LEVEL_DISTRICT, "/uzemi/", limit, list));
	return find_units(c, &t, "Obce", "obec", LEVEL_MUNICIPALITY, "/uzemi/obec/", limit, list);
}

Err territory_addresses(Ctx *c, SiteAddresses *list) {
	Units units;
	TRY(units_of(c, LEVEL_DISTRICT, &units));
	for (size_t i = 0; i < units.len; i++)
		address_add(c, list, (SiteAddress){S("Správní obvody"), units.at[i]->name, str_cat(c->arena, S("/uzemi/"), units.at[i]->slug)});
	return OK;
}
