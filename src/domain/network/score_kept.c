/* score_kept.c: inputs of an application as they were when its statements were closed. */
#include "core/access.h"
#include "domain/network/score.sql.h"
#include "domain/network/draft_price.h"
#include "domain/network/line_case.h"
#include "domain/network/score_cases.h"

static const char *const state_names[] = {"blank", "known", "not_applicable", "failed"};

static Str value_text(Arena *a, RuleValue v) {
	if (v.state == RULE_FAILED || (v.state == RULE_KNOWN && v.type == RULE_TEXT))
		return v.text;
	if (v.state != RULE_KNOWN)
		return (Str){0};
	return v.type == RULE_YES_NO ? (v.yes ? S("ano") : S("ne")) : exact_plain(a, v.number);
}

static bool value_read(Arena *a, Str type, Str state, Str text, RuleValue *ret) {
	RuleType t;
	if (!rule_type_read(a, type, &t))
		return false;
	*ret = (RuleValue){.type = t};
	for (size_t i = 0; i < LEN(state_names); i++)
		if (str_eq(state, str_c(state_names[i])))
			ret->state = (RuleState)i;
	if (ret->state == RULE_FAILED || t == RULE_TEXT)
		ret->text = text;
	else if (t == RULE_YES_NO)
		ret->yes = str_eq(text, S("ano"));
	else if (ret->state == RULE_KNOWN)
		return exact_read_plain(a, text, &ret->number);
	return true;
}

Err score_cells_keep(Ctx *c, const Application *a) {
	Call       *k;
	ScoreWorld *w;
	CaseCells  all;
	TRY(call_stored(c, a->call, &k));
	TRY(score_world(c, k, &w));
	TRY(score_cells_now(w, a, &all));
	Err e = db_run(c->conn, &sql_application_cell_clear, P(V(a->head.id)), NULL);
	for (size_t i = 0; i < all.len && e == OK; i++) {
		const CaseCell *x = &all.at[i];
		e = db_run(c->conn, &sql_application_cell_put, P(V(a->head.id), V(x->key), V(str_c(state_names[x->value.state])), V(rule_type_name(x->value.type)),
			V(value_text(c->arena, x->value)), V(x->source), V(x->link)), NULL);
	}
	return e == OK ? OK : fail_internal(c, "inputs of an application");
}

static Err kept(Ctx *c, Id application, CaseCells *ret) {
	bool sound = true;
	*ret = (CaseCells){0};
	Rows r = db_query(ctx_conn(c), &sql_application_cells, P(V(application)));
	while (rows_next(&r)) {
		CaseCell x = {.key = str_dup(c->arena, col_text(&r, 0)), .source = str_dup(c->arena, col_text(&r, 4)), .link = str_dup(c->arena, col_text(&r, 5))};
		sound = value_read(c->arena, col_text(&r, 2), col_text(&r, 1), str_dup(c->arena, col_text(&r, 3)), &x.value) && sound;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return rows_end(&r) == OK && sound ? OK : fail_internal(c, "inputs of an application");
}

Err score_cells(Ctx *c, ScoreWorld *w, const Application *a, CaseCells *ret) {
	Call *k;
	TRY(kept(c, a->head.id, ret));
	if (ret->len)
		return OK;
	TRY(call_stored(c, a->call, &k));
	if (!w)
		TRY(score_world(c, k, &w));
	return score_cells_now(w, a, ret);
}

/* ---- as cases of rule sets ---- */

static Err case_of(Ctx *c, const Application *a, RuleCase *ret) {
	Call *k;
	TRY(call_stored(c, a->call, &k));
	*ret = (RuleCase){.id = a->head.id, .day = prague_day((Instant){k->closes_at.ms - 1}), .link = str_format(c->arena, "/app/zadosti/%lld", (long long)a->head.id),
	                  .label = str_format(c->arena, "Žádost č. %lld: %.*s, síť na rok %lld", (long long)a->head.id, STR_ARG(a->name), (long long)k->target_year)};
	return OK;
}

/* What an applicant is still filling in, or gave up, is no case: its form was sent to nobody. What was kept when the statements were closed stays one. */
static Err is_case(Ctx *c, const Application *a, bool *ret) {
	CaseCells all;
	*ret = !application_is(a, APPLICATION_DRAFT) && a->submission > 0 && a->areas.len && application_sees_points(c, a);
	if (!*ret || !application_is(a, APPLICATION_WITHDRAWN))
		return OK;
	TRY(kept(c, a->head.id, &all));
	*ret = all.len > 0;
	return OK;
}

static Err list_cases(Ctx *c, Str find, i64 year, i64 limit, RuleCases *ret) {
	EntityList all;
	*ret = (RuleCases){0};
	TRY(require(c, CAP_APPLICATION_READ));
	TRY(entity_list(c, &application_entity, &(ListQuery){.order = entity_field(&application_entity, S("made_at")), .descending = true, .limit = -1}, &all));
	for (size_t i = 0; i < all.len && (limit < 0 || (i64)ret->len < limit); i++) {
		const Application *a = all.at[i];
		RuleCase           one;
		bool               counts;
		TRY(is_case(c, a, &counts));
		if (!counts)
			continue;
		TRY(case_of(c, a, &one));
		if ((year == BLANK || date_year(one.day) == year) && rule_case_has(c->arena, &one, find))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = one;
	}
	return OK;
}

static Err refuse_unless_case(Ctx *c, const Application *a) {
	bool counts;
	TRY(is_case(c, a, &counts));
	return counts ? OK : fail(c, ERR_NOT_FOUND, NULL, "Body žádosti uvidíte, až bude podaná a zastupitelstvo o ní rozhodne.");
}

/* Guards what was computed, too: before the decision it is for those who decide. */
static Err find_case(Ctx *c, Id id, RuleCase *ret) {
	Application *a;
	TRY(application_get(c, id, &a));
	TRY(refuse_unless_case(c, a));
	return case_of(c, a, ret);
}

static Err case_cells(Ctx *c, Id id, RuleCells *cells, void **arg) {
	Application *a;
	CaseCells   *all = NEW_ZERO(c->arena, CaseCells);
	TRY(application_stored(c, id, &a));
	TRY(refuse_unless_case(c, a));
	TRY(score_cells(c, NULL, a, all));
	*cells = score_cell;
	*arg = all;
	return OK;
}

const RuleCaseKind network_cases[3] = {
	{APPLICATION_CASES, "Žádosti o zařazení do sítě", list_cases, find_case, case_cells},
	{PRICE_CASES, "Vyrovnávací platby řádků sítě", NULL, price_find_case, NULL},
	{LINE_CASES, "Řádky sítě", line_cases_list, line_case_find, line_case_cells},
};
