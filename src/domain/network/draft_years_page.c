/* draft_years_page.c: what an application asks for by years, and who co-funds it, for templates. */
#include "domain/network/draft_years_page.h"

#include "base/format.h"
#include "domain/network/draft_inside.h"

static AskedRow row_of(Arena *a, const AskedYear *y) {
	bool lower = asked_more(y) && y->ceiling == y->computed;
	Str  note = y->fault.len ? y->fault : lower ? S("Podle pravidel, žádost chce víc.") : y->ceiling == y->asked ? S("Podle žádosti.") : (Str){0};
	return (AskedRow){.year = str_format(a, "%d", y->year), .asked = money_text(a, y->asked, ""), .computed = money_text(a, y->computed, ""),
		.ceiling = money_text(a, y->ceiling, ""), .note = note};
}

Err asked_view(Req *r, const Application *x, const AskedYears *years, AskedView *ret) {
	Arena  *a = r->c->arena;
	Funders all;
	*ret = (AskedView){0};
	for (size_t i = 0; i < years->len; i++)
		*ARENA_PUSH(a, ret->years.at, ret->years.len, ret->years.cap) = row_of(a, &years->at[i]);
	TRY(application_funders(r->c, x, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(a, ret->funders.at, ret->funders.len, ret->funders.cap) =
			(FunderRow){.who = all.at[i].who, .amount = money_text(a, all.at[i].amount, ""), .proof = all.at[i].proof};
	return OK;
}

Err asked_of_line(Req *r, const NetworkVersion *v, DraftLine *d, AskedView *ret) {
	ApplicationLines all;
	*ret = (AskedView){0};
	TRY(application_lines_of_version(r->c, v->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		Application *a;
		AskedYears   years;
		if (!d->head.id || all.at[i]->draft_line != d->head.id)
			continue;
		TRY(application_stored(r->c, all.at[i]->application, &a));
		TRY(draft_years(r->c, v, a, d, &years));
		for (size_t k = 0; k < years.len; k++)
			if (!draft_ceiling(d, years.at[k].year, &years.at[k].ceiling))
				years.at[k].ceiling = BLANK;
		return asked_view(r, a, &years, ret);
	}
	return OK;
}
