/* mandate_front_page.c: what mandates add to start pages, to the search, to the daily work and to a new store. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate_rows_page.h"
#include "web/module.h"

/* Good to know, three clicks away from nothing: which mandates end in this quarter, and which lines wait for one. */
Err mandates_waiting(Ctx *c, WaitingList *list) {
	MandateQuery q = {.state = S(MANDATE_ACTIVE), .limit = 1};
	Mandates     rows;
	i64          n;
	/* who only reads them has nothing to do about it; a provider has */
	if (!may(c, CAP_MANDATE_UPDATE) && !may(c, CAP_MANDATE_APPROVE) && !(may(c, CAP_MANDATE_READ) && access_scope(c, CAP_MANDATE_READ).provider_count))
		return OK;
	mandate_quarter(c->today, &q.ends_from, &q.ends_to);
	q.ends_from = c->today;
	TRY(mandates_find(c, &q, &rows, &n));
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, q.ends_to);
	waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "Pověření, která končí v tomto čtvrtletí: %lld", (long long)n),
		.why = str_format(c->arena, "Poslední den mají do %.*s.", STR_ARG(buf_view(&b))), .link = S("/app/povereni?konci=ctvrtleti&stav=" MANDATE_ACTIVE),
			.button = S("Zobrazit"), .is_calm = true});
	return OK;
}

Err mandates_regular(Ctx *c) {
	i64 n;
	TRY(mandates_follow_lines(c, &n));
	return mandates_watch(c, &n);
}

Err mandates_seed(Ctx *c) {
	return mandate_templates_seed(c);
}

Err mandates_find_lines(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	MandateQuery q = {.search = query, .public_only = true, .limit = limit};
	Mandates     rows;
	FoundGroup  *g = found_group(c, list, S("Pověření"));
	TRY(mandates_find(c, &q, &rows, &g->total));
	for (size_t i = 0; i < rows.len; i++)
		found_add(c, g, (FoundLine){.title = str_format(c->arena, "%.*s, %.*s", STR_ARG(rows.at[i]->number), STR_ARG(rows.at[i]->service_name)),
			.text = rows.at[i]->provider_name,
		                            .href = str_format(c->arena, "/povereni/%lld", (long long)rows.at[i]->head.id)});
	return OK;
}
