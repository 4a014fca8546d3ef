#include "domain/library/front_page.h"

#include "core/search.h"
#include "domain/library/news_page.h"
#include "domain/library/project.h"

static Err describe_page(Ctx *c, Id id, FoundLine *line) {
	PageText text;
	TRY(page_in_force(c, id, c->today, &text));
	if (!text.version)
		return ERR_NOT_FOUND;
	line->href = text.address;
	line->text = text.lead;
	return OK;
}

static Err find_projects(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	Projects     all;
	SearchTokens t = search_tokens(c->arena, query);
	FoundGroup  *g = found_group(c, list, S("Projekty"));
	TRY(projects_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Project *p = all.at[i];
		Str words = search_words(c->arena, str_format(c->arena, "%.*s %.*s %.*s", STR_ARG(p->name), STR_ARG(p->number), STR_ARG(p->goal)));
		if (p->is_public && search_matches(&t, words) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = p->name, .href = str_format(c->arena, "/projekty/%lld", (long long)p->head.id), .text = p->number});
	}
	return OK;
}

Err content_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	TRY(news_find(c, query, limit, list));
	TRY(found_by_index(c, list, "Stránky webu", static_page_entity.name, query, limit, describe_page));
	return find_projects(c, query, limit, list);
}

/* Pages with addresses of their own stand in the routes. */
static Err add_pages(Ctx *c, SiteAddresses *list) {
	PageTexts pages;
	TRY(pages_public(c, &pages));
	for (size_t i = 0; i < pages.len; i++)
		if (str_starts(pages.at[i].address, S("/stranky/")))
			address_add(c, list, (SiteAddress){S("Další stránky"), pages.at[i].title, pages.at[i].address});
	return OK;
}

Err content_addresses(Ctx *c, SiteAddresses *list) {
	Projects projects;
	TRY(add_pages(c, list));
	TRY(projects_list(c, &projects));
	for (size_t i = 0; i < projects.len; i++)
		if (projects.at[i]->is_public)
			address_add(c, list, (SiteAddress){S("Projekty"), projects.at[i]->name, str_format(c->arena, "/projekty/%lld", (long long)projects.at[i]->head.id)});
	address_add(c, list, (SiteAddress){S("Odběry"), S("Aktuality (Atom)"), S("/aktuality.atom")});
	return OK;
}
