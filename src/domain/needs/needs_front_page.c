#include "domain/needs/needs_front_page.h"

#include "base/text.h"
#include "core/codelist.h"
#include "core/search.h"
#include "domain/needs/need.h"

enum { EXCERPT = 160 };

/* Cards of needs are not public one by one: whoever looks for a place or for a group gets the page with its sums. */
static Err find_sums(Ctx *c, const SearchTokens *t, i64 limit, FoundGroups *list) {
	CodeItems    groups;
	Units        districts = {0};
	const Unit  *region = territory_region(c);
	FoundGroup  *g = found_group(c, list, S("Potřeby území"));
	g->more = S("/potreby");
	TRY(codelist_items(c, "target_group", c->today, &groups));
	for (size_t i = 0; i < groups.len; i++) {
		Str title = str_cat(c->arena, S("Potřeby: "), groups.at[i]->name);
		if (search_matches(t, search_words(c->arena, title)) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = title, .text = S("Kolika lidí se týkají, co je v síti a co chybí, podle obvodů."),
				.href = str_cat(c->arena, S("/potreby?skupina="), groups.at[i]->code)});
	}
	if (region)
		TRY(territory_below(c, region->id, LEVEL_DISTRICT, TODAY, &districts));
	for (size_t i = 0; i < districts.len; i++) {
		Str title = str_cat(c->arena, S("Potřeby v obvodu "), districts.at[i]->name);
		if (search_matches(t, search_words(c->arena, title)) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = title, .text = S("Kolika lidí se týkají, co je v síti a co chybí."), .href = S("/potreby#obvody")});
	}
	return OK;
}

static Err find_unanswered(Ctx *c, const SearchTokens *t, i64 limit, FoundGroups *list) {
	EntityList  all;
	FoundGroup *g = found_group(c, list, S("Na co síť neodpoví"));
	g->more = S("/potreby/bez-odpovedi");
	TRY(entity_list(c, &unanswered_entity, &(ListQuery){.limit = -1}, &all));
	for (size_t i = 0; i < all.len; i++) {
		const UnansweredNeed *u = all.at[i];
		Str words = search_words(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(u->title), STR_ARG(u->text)));
		if (search_matches(t, words) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = u->title, .text = utf8_first(u->text, EXCERPT),
				.href = date_is(u->ended_on) ? S("/potreby/bez-odpovedi?stav=skoncene") : S("/potreby/bez-odpovedi")});
	}
	return OK;
}

Err needs_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	SearchTokens t = search_tokens(c->arena, query);
	TRY(find_sums(c, &t, limit, list));
	return find_unanswered(c, &t, limit, list);
}
