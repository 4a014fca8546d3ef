/* plan_front_page.c: plans in the search of the site and on its map (web/front.h). */
#include "core/search.h"
#include "domain/plan/plan_front_page.h"
#include "domain/plan/plan.h"

static Str href_of(Ctx *c, const Plan *p) {
	return str_cat(c->arena, S("/plan/"), p->slug);
}

Err plans_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	Plans        all;
	SearchTokens t = search_tokens(c->arena, query);
	FoundGroup  *g = found_group(c, list, S("Plány"));
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (search_matches(&t, search_words(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(all.at[i]->title), STR_ARG(all.at[i]->slug)))) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = all.at[i]->title, .href = href_of(c, all.at[i])});
	return OK;
}

Err plans_addresses(Ctx *c, SiteAddresses *list) {
	Plans all;
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		address_add(c, list, (SiteAddress){S("Plány"), all.at[i]->title, href_of(c, all.at[i])});
	return OK;
}
