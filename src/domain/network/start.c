/* start.c: what changed since the last assembly, and why applications have the points that they have; mandates that end soon stand in mandate_front_page.c. */
#include "domain/network/start.h"

#include "base/format.h"
#include "core/access.h"
#include "core/deadline.h"
#include "domain/network/score.h"
#include "domain/network/start.sql.h"

const NetworkVersion *network_last_decided(const NetworkVersions *all) {
	const NetworkVersion *last = NULL;
	for (size_t i = 0; i < all->len; i++)
		if (network_version_is_public(all->at[i]) && (!last || date_after(all->at[i]->approved_on, last->approved_on)))
			last = all->at[i];
	return last && date_is(last->approved_on) ? last : NULL;
}

static bool is_to_come(Ctx *c, const NetworkVersion *last) {
	return date_after(last->effective_from, c->today);
}

Str network_since_href(Ctx *c, const NetworkVersion *last, Str tier) {
	char eve_iso[DATE_ISO_LEN], day_iso[DATE_ISO_LEN];
	Str  eve = date_iso(date_add(last->approved_on, -1), eve_iso), day = date_iso(last->effective_from, day_iso);
	if (is_to_come(c, last))
		return str_format(c->arena, "/sit/rozdil?%.*sdrive=%.*s&drive-znalost=%.*s&pozdeji=%.*s", STR_ARG(tier), STR_ARG(day), STR_ARG(eve), STR_ARG(day));
	return str_format(c->arena, "/sit/rozdil?%.*sdrive=%.*s&drive-znalost=%.*s", STR_ARG(tier), STR_ARG(eve), STR_ARG(eve));
}

Str network_since_words(Ctx *c, const NetworkVersion *last) {
	CLEANUP(buf_free) Buf eve = {0}, day = {0};
	fmt_date(&eve, last->approved_on);
	fmt_date(&day, last->effective_from);
	return is_to_come(c, last) ? str_format(c->arena, "Síť ke dni %.*s, jak jsme ji znali v předvečer zasedání %.*s, a jak ji známe teď.", STR_ARG(buf_view(&day)), STR_ARG(buf_view(&eve)))
	                           : str_format(c->arena, "Síť, jak jsme ji znali v předvečer zasedání %.*s, proti dnešku.", STR_ARG(buf_view(&eve)));
}

static Err changed_lines(Ctx *c, WaitingList *list) {
	Networks        networks;
	NetworkVersions all;
	i64             n;
	TRY(networks_all(c, &networks));
	if (!networks.len)
		return OK;
	const Network *basic = networks.at[0];
	TRY(network_versions(c, basic->head.id, false, &all));
	const NetworkVersion *last = network_last_decided(&all);
	if (!last)
		return OK;
	if (db_get_int(ctx_conn(c), &sql_start_lines_changed, P(V(basic->head.id), V(prague_instant(last->approved_on, 0))), 0, &n) != OK)
		return fail_internal(c, "lines changed since the last assembly");
	waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "Řádky sítě změněné od posledního zastupitelstva: %lld", (long long)n),
		.why = network_since_words(c, last), .link = network_since_href(c, last, (Str){0}), .button = S("Co se změnilo"), .is_calm = true});
	return OK;
}

static Err scored_applications(Ctx *c, WaitingList *list) {
	i64  n = 0, call = 0;
	Str  title = {0};
	Rows rows = db_query(ctx_conn(c), &sql_start_scored, DB_NONE);
	if (rows_next(&rows)) {
		call = col_int(&rows, 0);
		title = str_dup(c->arena, col_text(&rows, 1));
		n = col_int(&rows, 2);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "scored applications");
	waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "Ohodnocené žádosti poslední výzvy: %lld", (long long)n),
		.why = str_format(c->arena, "%.*s: pořadí podle bodů a u každé žádosti proč je má.", STR_ARG(title)),
		.link = str_format(c->arena, "/app/vyzvy/%lld", (long long)call), .button = S("Pořadí a body"), .is_calm = true});
	return OK;
}

/* A provider need not know where calls stand to find one. */
static Err open_calls(Ctx *c, WaitingList *list) {
	Calls       all;
	i64         n = 0;
	const Call *first = NULL;
	TRY(call_list(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (call_is_public(all.at[i]) && call_takes(all.at[i], c->now)) {
			n++;
			first = !first || all.at[i]->closes_at.ms < first->closes_at.ms ? all.at[i] : first;
		}
	if (!first)
		return OK;
	waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "Otevřené výzvy, do kterých jde žádat: %lld", (long long)n),
		.why = str_format(c->arena, "Nejdřív se zavírá „%.*s“, %.*s.", STR_ARG(first->title), STR_ARG(deadline_until(c->arena, first->closes_at))),
		.link = S("/vyzvy"), .button = S("Výzvy"), .is_calm = true});
	return OK;
}

/* Of those who lead the network and decide on it; others find the same in the menu. */
Err network_waiting(Ctx *c, WaitingList *list) {
	if (may(c, CAP_NETWORK_UPDATE) || may(c, CAP_NETWORK_APPROVE))
		TRY(changed_lines(c, list));
	if (may(c, CAP_SCORE_APPROVE) && may(c, CAP_CALL_READ))
		TRY(scored_applications(c, list));
	if (may(c, CAP_APPLICATION_CREATE) && access_scope(c, CAP_APPLICATION_CREATE).provider_count)
		TRY(open_calls(c, list));
	return OK;
}
