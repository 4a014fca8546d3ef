/* plan_front_page.c: plans in the search of the site and on its map (web/front.h). */
#include "base/format.h"
#include "core/deadline.h"
#include "core/search.h"
#include "domain/plan/plan_front_page.h"
#include "domain/plan/card.h"
#include "domain/plan/plan_front.sql.h"

static Str href_of(Ctx *c, const Plan *p) {
	return str_cat(c->arena, S("/plan/"), p->slug);
}

typedef struct CardFound { Id card, plan; } CardFound;
typedef struct CardsFound { CardFound *at; size_t len, cap; } CardsFound;

static Err match_cards(Ctx *c, const SearchTokens *t, CardsFound *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_card_words, DB_NONE);
	while (rows_next(&rows)) {
		Str words = str_format(c->arena, "%.*s %.*s %.*s", STR_ARG(col_text(&rows, 2)), STR_ARG(col_text(&rows, 3)), STR_ARG(col_text(&rows, 4)));
		if (search_matches(t, search_words(c->arena, words)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (CardFound){col_int(&rows, 0), col_int(&rows, 1)};
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "words of cards");
}

static const Plan *plan_among(const Plans *all, Id id) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i]->head.id == id)
			return all->at[i];
	return NULL;
}

static Err find_cards(Ctx *c, const SearchTokens *t, const Plans *plans, i64 limit, FoundGroups *list) {
	CardsFound  found = {0};
	FoundGroup *g = found_group(c, list, S("Karty aktivit"));
	TRY(match_cards(c, t, &found));
	for (size_t i = 0; i < found.len; i++) {
		ActivityCard *k;
		const Plan   *p = plan_among(plans, found.at[i].plan);
		TRY(card_stored(c, found.at[i].card, &k));
		if (p && card_is_public(c, p, k) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = str_format(c->arena, "%.*s %.*s", STR_ARG(k->code), STR_ARG(k->title)), .text = p->title,
				.href = str_format(c->arena, "/plan/%.*s/karty/%.*s", STR_ARG(p->slug), STR_ARG(k->code))});
	}
	return OK;
}

Err plans_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	Plans        all;
	SearchTokens t = search_tokens(c->arena, query);
	FoundGroup  *g = found_group(c, list, S("Plány"));
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (search_matches(&t, search_words(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(all.at[i]->title), STR_ARG(all.at[i]->slug)))) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = all.at[i]->title, .href = href_of(c, all.at[i])});
	return find_cards(c, &t, &all, limit, list);
}

Err plans_addresses(Ctx *c, SiteAddresses *list) {
	Plans all;
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		address_add(c, list, (SiteAddress){S("Plány"), all.at[i]->title, href_of(c, all.at[i])});
	return OK;
}

/* Contributions are taken: whoever wants to be heard early is told where. */
Err plans_happening(Ctx *c, FrontLines *list) {
	Plans all;
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Plan *p = all.at[i];
		bool        open = str_eq(p->state, S(PLAN_PREPARING)) || str_eq(p->state, S(PLAN_DRAFTING));
		if (!open || !date_is(p->inputs_until) || date_before(p->inputs_until, c->today))
			continue;
		CLEANUP(buf_free) Buf until = {0};
		buf_lit(&until, "do ");
		fmt_date(&until, p->inputs_until);
		buf_lit(&until, " včetně");
		front_add(c, list, (FrontLine){.label = S("příprava plánu"), .title = p->title, .text = S("Obce, poskytovatelé a skupiny píší podněty, co má plán řešit."),
			.href = str_format(c->arena, "/plan/%.*s", STR_ARG(p->slug)), .when = buf_take(&until, c->arena), .at = prague_instant(date_add(p->inputs_until, 1), 0)});
	}
	return OK;
}

/* ---- the calendar ---- */

/* When a day was written down is not kept: the last step of the plan stands for it, so that feeds do not tell it anew. */
static Instant last_step(Ctx *c, const Plan *p) {
	WorkSteps steps;
	size_t    said = c->problems.len;
	if (workflow_steps(c, &plan_machine, p->head.id, &steps) == OK && steps.len)
		return steps.at[steps.len - 1].at;
	c->problems.len = said;
	return prague_instant(date((int)p->year_from, 1, 1), 0);
}

/* A day of preparation, until its midnight. */
static void add_day(Ctx *c, const Plan *p, SiteEvent e, Date day, Instant since, SiteEvents *list) {
	e.label = S("příprava plánu");
	e.text = p->title;
	e.title = str_format(c->arena, "Plán %lld–%lld: %.*s", (long long)p->year_from, (long long)p->year_to, STR_ARG(e.title));
	e.href = href_of(c, p);
	e.ends = prague_instant(date_add(day, 1), 0);
	e.ends_words = deadline_wording(c->arena, e.ends, false);
	e.changed = since;
	event_add(c, list, e);
}

static bool is_between(Date day, Instant from, Instant to) {
	return prague_instant(date_add(day, 1), 0).ms > from.ms && prague_instant(day, 0).ms < to.ms;
}

Err plans_events(Ctx *c, Instant from, Instant to, SiteEvents *list) {
	Plans all;
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Plan    *p = all.at[i];
		PlanMilestones days;
		Instant        since = last_step(c, p);
		TRY(plan_milestones(c, p->head.id, &days));
		for (size_t k = 0; k < days.len; k++) {
			const PlanMilestone *d = days.at[k];
			if (is_between(d->day, from, to))
				add_day(c, p, (SiteEvent){.kind = "milestone", .id = d->head.id, .version = d->head.version, .title = d->title}, d->day, since, list);
		}
		if (date_is(p->inputs_until) && is_between(p->inputs_until, from, to))
			add_day(c, p, (SiteEvent){.kind = "inputs", .id = p->head.id, .version = p->head.version, .title = S("konec příjmu podnětů")}, p->inputs_until, since, list);
	}
	return OK;
}
