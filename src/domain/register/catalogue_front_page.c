/* catalogue_front_page.c: what the catalogue puts on pages that belong to all subjects: hits of the search, addresses for the map of the site. */
#include "core/codelist.h"
#include "domain/register/catalogue_page.h"
#include "domain/register/catalogue_views_page.h"

static void find_services(Ctx *c, const Catalogue *k, Str query, i64 limit, FoundGroups *list) {
	CatalogueQuery  q = {.text = query, .limit = (size_t)limit};
	CatalogueResult found;
	FoundGroup     *g = found_group(c, list, S("Služby"));
	catalogue_search(c->arena, k, &q, &found);
	catalogue_rows(c->arena, k, &q, &found);
	g->total = found.tokens.len ? found.total : 0;
	for (size_t i = 0; i < found.row_count && g->total; i++) {
		const CatalogueService *s = &k->services[found.rows[i]];
		Str where = s->place_count ? k->facets[CAT_PLACE].at[k->place_of[s->places]].name : (Str){0};
		found_add(c, g, (FoundLine){.title = s->name, .href = catalogue_service_href(c->arena, s->id, s->name),
			.text = str_format(c->arena, "%.*s, %.*s%s%.*s", STR_ARG(k->facets[CAT_KIND].at[s->kind].name), STR_ARG(k->providers[s->provider].name),
			                   where.len ? ", " : "", STR_ARG(where))});
	}
	CLEANUP(buf_free) Buf more = {0};
	buf_lit(&more, "/katalog?q=");
	html_url_str(&more, query);
	g->more = buf_take(&more, c->arena);
}

static void find_providers(Ctx *c, const Catalogue *k, const SearchTokens *t, i64 limit, FoundGroups *list) {
	FoundGroup *g = found_group(c, list, S("Poskytovatelé"));
	for (size_t i = 0; i < k->provider_count; i++) {
		const CatalogueProvider *p = &k->providers[i];
		if (!p->count || !search_matches(t, search_words(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(p->name), STR_ARG(p->ico)))))
			continue;
		if (g->total++ < limit)
			found_add(c, g, (FoundLine){.title = p->name, .href = catalogue_provider_href(c->arena, p->id, p->ico), .text = str_cat(c->arena, S("IČO "), p->ico)});
	}
}

static Err find_codes(Ctx *c, const SearchTokens *t, const char *title, const char *code_list, const char *folder, i64 limit, FoundGroups *list) {
	CodeItems   items;
	FoundGroup *g = found_group(c, list, str_c(title));
	TRY(codelist_items(c, code_list, c->today, &items));
	for (size_t i = 0; i < items.len; i++) {
		const CodeItem *item = items.at[i];
		if (!search_matches(t, search_words(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(item->name), STR_ARG(item->description)))))
			continue;
		if (g->total++ < limit)
			found_add(c, g, (FoundLine){.title = catalogue_capital(c->arena, item->name), .text = item->description,
				.href = str_format(c->arena, "%s%.*s", folder, STR_ARG(item->code))});
	}
	return OK;
}

Err catalogue_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	const Catalogue *k;
	SearchTokens     t = search_tokens(c->arena, query);
	TRY(catalogue_get(c, &k));
	TRY(find_codes(c, &t, "Životní situace", "life_situation", "/zivotni-situace/", limit, list));
	find_services(c, k, query, limit, list);
	find_providers(c, k, &t, limit, list);
	return find_codes(c, &t, "Druhy služeb", "service_kind", "/katalog/druhy/", limit, list);
}

Err catalogue_suggest(Ctx *c, Str query, Str *ret) {
	const Catalogue *k;
	TRY(catalogue_get(c, &k));
	*ret = catalogue_suggestion(c->arena, k, query);
	return OK;
}

static Err add_codes(Ctx *c, const char *section, const char *code_list, const char *folder, SiteAddresses *list) {
	CodeItems items;
	TRY(codelist_items(c, code_list, c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		address_add(c, list, (SiteAddress){str_c(section), catalogue_capital(c->arena, items.at[i]->name), str_format(c->arena, "%s%.*s", folder, STR_ARG(items.at[i]->code))});
	return OK;
}

Err catalogue_addresses(Ctx *c, SiteAddresses *list) {
	TRY(add_codes(c, "Životní situace", "life_situation", "/zivotni-situace/", list));
	return add_codes(c, "Druhy služeb", "service_kind", "/katalog/druhy/", list);
}
