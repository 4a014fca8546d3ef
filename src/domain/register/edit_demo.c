/* edit_demo.c: somebody who acts for a second provider, so that one can see what neighbours do not see of each other. */
#include "domain/register/edit_demo.h"

#include "domain/people/demo.h"
#include "domain/people/people.h"

static bool has_account(Ctx *c, Id provider) {
	ListFilter f = {.field = entity_field(&organisation_entity, S("kind")), .value = S("provider")};
	EntityList all;
	if (entity_list(c, &organisation_entity, &(ListQuery){.filters = &f, .filter_count = 1, .limit = -1}, &all) != OK)
		return true;
	for (size_t i = 0; i < all.len; i++)
		if (((Organisation *)all.at[i])->ref == provider)
			return true;
	return false;
}

/* The first provider in the list that nobody acts for yet. */
Err edit_demo(Ctx *c, const EntityList *services) {
	for (size_t i = 0; i < services->len; i++) {
		const Service *s = services->at[i];
		void          *row;
		if (date_is(s->provided_to) || s->outside_act || has_account(c, s->provider))
			continue;
		TRY(entity_get(c, &provider_entity, TODAY, s->provider, &row));
		Organisation o = {.kind = S("provider"), .name = ((Provider *)row)->name, .ref = s->provider};
		TRY(entity_insert(c, &organisation_entity, &o));
		return people_demo_account(c, "soused@demo.invalid", "Sousední Ukázková", "PSG", SCOPE_PROVIDER, s->provider, o.head.id);
	}
	return OK;
}
