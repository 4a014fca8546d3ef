#include "domain/consultation/front_page.h"

#include "base/format.h"
#include "core/deadline.h"
#include "core/search.h"
#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/hearing.h"

enum { ON_HOME = 3, ON_MAP = 200 };

/* ---- hearings ---- */

static Str hearing_href(Ctx *c, Id id) {
	return str_format(c->arena, "/projednani/%lld", (long long)id);
}

Err hearings_happening(Ctx *c, FrontLines *list) {
	Hearings coming;
	size_t   shown = 0;
	TRY(hearing_coming(c, &coming));
	for (size_t i = 0; i < coming.len && shown < ON_HOME; i++) {
		const Hearing *h = coming.at[i];
		if (str_eq(h->state, S(HEARING_CANCELLED)))
			continue;
		shown++;
		front_add(c, list, (FrontLine){.label = S("veřejné projednání"), .title = h->title, .text = hearing_where(c->arena, h), .href = hearing_href(c, h->head.id),
			.when = hearing_when(c->arena, h), .at = h->begins_at, .day = h->day});
		if (hearing_takes(h, c->now)) {
			FrontLine *line = &list->at[list->len - 1];
			line->act = S("Přihlásit se k účasti");
			line->act_href = str_cat(c->arena, line->href, S("#prihlaska"));
			line->more = S("Do kalendáře (ICS)");
			line->more_href = str_cat(c->arena, line->href, S("/kalendar.ics"));
		}
	}
	return OK;
}

static Err describe_hearing(Ctx *c, Id id, FoundLine *line) {
	Hearing *h;
	TRY(hearing_public(c, id, &h));
	line->href = hearing_href(c, id);
	line->text = hearing_when(c->arena, h);
	return OK;
}

Err hearings_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	return found_by_index(c, list, "Veřejná projednání", hearing_entity.name, query, limit, describe_hearing);
}

static void add_hearings(Ctx *c, const Hearings *all, SiteAddresses *list) {
	for (size_t i = 0; i < all->len; i++)
		address_add(c, list, (SiteAddress){S("Připomínky a projednání"), all->at[i]->title, hearing_href(c, all->at[i]->head.id)});
}

Err hearings_addresses(Ctx *c, SiteAddresses *list) {
	Hearings all;
	TRY(hearing_coming(c, &all));
	add_hearings(c, &all, list);
	TRY(hearing_past(c, ON_MAP, &all));
	add_hearings(c, &all, list);
	return OK;
}

/* ---- comment periods ---- */

static Str period_href(Ctx *c, const Consultation *n) {
	return str_format(c->arena, "/pripominky/%lld", (long long)n->head.id);
}

/* "do 14. 11. 2023 včetně" */
static Str until(Arena *a, const Consultation *n) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "do ");
	fmt_date(&b, n->last_day);
	buf_lit(&b, " včetně");
	return buf_take(&b, a);
}

/* "zbývá 7 dnů, do 14. 11. 2023 včetně": by days, because home is made once a day when nothing changes. */
static Str left(Ctx *c, const Consultation *n) {
	CLEANUP(buf_free) Buf b = {0};
	i64 days = n->last_day.n - c->today.n;
	if (days > 0) {
		buf_str(&b, days > 1 && days < 5 ? S("zbývají ") : S("zbývá "));
		fmt_count(&b, days, "den", "dny", "dnů");
	} else {
		buf_lit(&b, "dnes je poslední den");
	}
	buf_lit(&b, ", ");
	buf_str(&b, until(c->arena, n));
	return buf_take(&b, c->arena);
}

Err consultations_happening(Ctx *c, FrontLines *list) {
	Consultations all;
	TRY(consultation_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Consultation *n = all.at[i];
		if (consultation_takes(n, c->now))
			front_add(c, list, (FrontLine){.label = S("připomínkování"), .title = n->title, .text = n->about.len ? n->about : str_cat(c->arena, S("Připomínkovat může: "), n->who),
				.href = period_href(c, n), .when = left(c, n), .at = consultation_closes(n),
				.act = S("Číst a připomínkovat"), .act_href = str_cat(c->arena, period_href(c, n), S("/text")),
				.more = S("Jak to probíhá"), .more_href = period_href(c, n)});
	}
	return OK;
}

static Err describe_comment(Ctx *c, Id id, FoundLine *line) {
	Comment      *k;
	Consultation *n;
	TRY(comment_load(c, id, &k));
	TRY(consultation_public(c, k->consultation, &n));
	if (!consultation_is(n, CONSULTATION_PUBLISHED))
		return ERR_NOT_FOUND;
	line->href = str_format(c->arena, "/pripominky/%lld/vyporadani?q=%.*s", (long long)n->head.id, STR_ARG(k->number));
	line->text = utf8_first(comment_public_text(k), 160);
	return OK;
}

Err consultations_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	Consultations all;
	SearchTokens  t = search_tokens(c->arena, query);
	FoundGroup   *g = found_group(c, list, S("Připomínková řízení"));
	TRY(consultation_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Consultation *n = all.at[i];
		Str words = search_words(c->arena, str_format(c->arena, "%.*s %.*s", STR_ARG(n->title), STR_ARG(n->about)));
		if (consultation_is_public(n) && search_matches(&t, words) && g->total++ < limit)
			found_add(c, g, (FoundLine){.title = n->title, .href = period_href(c, n), .text = until(c->arena, n)});
	}
	return found_by_index(c, list, "Vypořádané připomínky", comment_entity.name, query, limit, describe_comment);
}

Err consultations_addresses(Ctx *c, SiteAddresses *list) {
	Consultations all;
	TRY(consultation_list(c, &all));
	for (size_t i = 0; i < all.len && i < ON_MAP; i++)
		if (consultation_is_public(all.at[i]))
			address_add(c, list, (SiteAddress){S("Připomínky a projednání"), all.at[i]->title, period_href(c, all.at[i])});
	return OK;
}

/* ---- the calendar and the notice board ---- */

static Instant last_change(Ctx *c, const Machine *m, Id id, Instant otherwise, Str *reason) {
	WorkSteps steps;
	size_t    said = c->problems.len;
	if (workflow_steps(c, m, id, &steps) != OK || !steps.len) {
		c->problems.len = said;
		return otherwise;
	}
	*reason = steps.at[steps.len - 1].reason;
	return steps.at[steps.len - 1].at;
}

static bool is_between(Instant begins, Instant ends, Instant from, Instant to) {
	return ends.ms > from.ms && begins.ms < to.ms;
}

static void add_hearing_events(Ctx *c, const Hearings *all, Instant from, Instant to, SiteEvents *list) {
	for (size_t i = 0; i < all->len; i++) {
		const Hearing *h = all->at[i];
		SiteEvent      e = {.kind = "hearing", .id = h->head.id, .version = h->head.version, .label = S("veřejné projednání"), .title = h->title,
		                    .text = hearing_where(c->arena, h), .href = hearing_href(c, h->head.id), .takes_place = true, .begins = h->begins_at, .ends = h->ends_at,
		                    .begins_words = hearing_when(c->arena, h), .announced = h->published_at};
		Str reason = {0};
		if (!is_between(h->begins_at, h->ends_at, from, to))
			continue;
		e.ends_words = e.begins_words;
		e.changed = last_change(c, &hearing_machine, h->head.id, h->published_at, &reason);
		if (hearing_is(h, HEARING_CANCELLED)) {
			e.cancelled = e.changed;
			e.cancel_reason = reason;
		}
		event_add(c, list, e);
	}
}

Err hearings_events(Ctx *c, Instant from, Instant to, SiteEvents *list) {
	Hearings all;
	TRY(hearing_coming(c, &all));
	add_hearing_events(c, &all, from, to, list);
	TRY(hearing_past(c, ON_MAP, &all));
	add_hearing_events(c, &all, from, to, list);
	return OK;
}

Err consultations_events(Ctx *c, Instant from, Instant to, SiteEvents *list) {
	Consultations all;
	TRY(consultation_list(c, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Consultation *n = all.at[i];
		SiteEvent e = {.kind = "consultation", .id = n->head.id, .version = n->head.version, .label = S("připomínkové řízení"), .title = n->title,
		               .text = str_cat(c->arena, S("Kdo může připomínkovat: "), n->who), .href = period_href(c, n), .begins = consultation_opens(n),
		               .ends = consultation_closes(n), .announced = n->announced_at};
		Str reason = {0};
		if (!consultation_is_public(n) || !is_between(e.begins, e.ends, from, to))
			continue;
		e.begins_words = deadline_wording(c->arena, e.begins, true);
		e.ends_words = deadline_wording(c->arena, e.ends, false);
		e.changed = last_change(c, &consultation_machine, n->head.id, n->announced_at, &reason);
		if (consultation_is(n, CONSULTATION_CANCELLED)) {
			e.cancelled = e.changed;
			e.cancel_reason = reason;
		}
		event_add(c, list, e);
	}
	return OK;
}
