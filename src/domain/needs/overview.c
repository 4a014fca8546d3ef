/* overview.c: lines of start pages. Steps that wait for somebody are tasks of the machine; here is what is only counted. */
#include "domain/needs/overview.h"

#include "domain/needs/needs.sql.h"

enum { CHANGES_READ = 200, SOON_DAYS = 30 };

static Err wait_for_review(Ctx *c, WaitingList *list) {
	i64 n;
	if (!access_scope(c, CAP_NEED_APPROVE).all)
		return OK;
	if (db_get_int(ctx_conn(c), &sql_need_review_due, P(V(date_add(c->today, SOON_DAYS))), 0, &n) != OK)
		return fail_internal(c, "reviews of needs");
	waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "Přezkoumejte záporné odpovědi na potřeby: %lld", (long long)n),
		.why = S("Den, kdy se kraj k potřebě vrátí, už nastal nebo nastane do 30 dnů."), .link = S("/app/potreby?radit=review_date"), .button = S("Zobrazit")});
	return OK;
}

static Err wait_for_order(Ctx *c, WaitingList *list) {
	RowScope s = access_scope(c, CAP_NEED_APPROVE);
	for (size_t i = 0; i < s.district_count && !s.all; i++) {
		i64 n;
		if (db_get_int(ctx_conn(c), &sql_need_unranked, P(V(s.districts[i])), 0, &n) != OK)
			return fail_internal(c, "needs without a place");
		waiting_add(c, list, (Waiting){.count = n, .title = str_format(c->arena, "Potřeby bez místa v pořadí: %lld", (long long)n),
			.why = S("Bez pořadí je územní řídicí skupina nemůže odsouhlasit."), .link = str_format(c->arena, "/app/potreby/poradi?obvod=%lld", (long long)s.districts[i]),
			.button = S("Seřadit")});
	}
	return OK;
}

Err needs_waiting(Ctx *c, WaitingList *list) {
	TRY(wait_for_order(c, list));
	return wait_for_review(c, list);
}

/* Steps of others on needs that the person may read but not act upon; those who may act are told of all steps of their machines anyway. */
Err needs_changes(Ctx *c, Instant since, Changes *list) {
	WorkSteps steps;
	if (!may(c, CAP_NEED_READ) || access_scope(c, CAP_NEED_READ).all)
		return OK;                               /* whoever decides for the region is told of every step; other officers have the list */
	TRY(workflow_steps_since(c, since, CHANGES_READ, &steps));
	for (size_t i = 0; i < steps.len; i++) {
		const WorkStep *s = &steps.at[i];
		WorkObject      o;
		void           *row;
		if (!str_eq(s->machine, S("need")) || s->account == c->actor->account)
			continue;
		size_t said = c->problems.len;
		bool   reads = entity_get(c, &need_entity, TODAY, s->object_id, &row) == OK && workflow_object(c, &need_machine, s->object_id, &o) == OK;
		c->problems.len = said;
		if (!reads || workflow_concerns(c, &need_machine, &o))
			continue;
		const Transition *t = machine_action(&need_machine, s->before, s->action);
		change_add(c, list, (Change){s->at, s->actor, str_format(c->arena, "%.*s: %s", STR_ARG(o.title), t ? t->done : "změna stavu"), o.link});
	}
	return OK;
}
