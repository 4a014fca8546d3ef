/* score_sum.c: from finished sheets to the points of an application: the set is computed once more with what people gave, and its tree says why. */
#include "core/codelist.h"
#include "domain/network/inside.h"
#include "domain/network/score.h"
#include "domain/network/score_order.h"
#include "domain/rulebook/calculation.h"

static Err rules_of(Ctx *c, const Application *a, ScoreRules **ret) {
	Call *k;
	TRY(call_stored(c, a->call, &k));
	return score_rules(c, k, ret);
}

Err score_state(Ctx *c, const Application *a, ScoreState *ret) {
	Sheets      all;
	ScoreRules *rules;
	i64         low = INT64_MAX, high = 0;
	*ret = (ScoreState){0};
	TRY(rules_of(c, a, &rules));
	ret->rules = rules;
	TRY(sheets_of(c, a->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		i64 points = all.at[i]->points;
		if (!str_eq(all.at[i]->state, S(SHEET_FINISHED)) || points == BLANK)
			continue;
		*ARENA_PUSH(c->arena, ret->finished.at, ret->finished.len, ret->finished.cap) = all.at[i];
		low = points < low ? points : low;
		high = points > high ? points : high;
	}
	ret->apart = ret->finished.len > 1 && (high - low) * 10000 > rules->max * rules->spread.basis_points;
	return OK;
}

static Err is_scored(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Application *a = o->row;
	ScoreState  s;
	ScoreRules *rules;
	Call       *k;
	Str         why;
	TRY(call_stored(c, a->call, &k));
	TRY(score_rules_if(c, k, &rules, &why));
	if (!rules) {
		*ret = (Verdict){REFUSED, why, S("Zveřejněte verzi sady pravidel, která dává body.")};
		return OK;
	}
	TRY(score_state(c, a, &s));
	i64 finished = (i64)s.finished.len, enough = s.rules->reviewers;
	if (finished < enough)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Dokončených hodnocení je %lld, potřeba jsou %lld.", (long long)finished, (long long)enough),
		                 S("Přidělte hodnotitele, nebo počkejte, až dokončí.")};
	else if (finished == enough && s.apart)
		*ret = (Verdict){REFUSED, S("Hodnotitelé se rozcházejí o víc, než dovolují pravidla."), enough == 2 ? S("Přidělte třetího hodnotitele.") : S("Přidělte dalšího hodnotitele.")};
	return OK;
}
const Guard score_guard = {"scored_by_two", "Žádost ohodnotilo tolik hodnotitelů, kolik chtějí pravidla; při velkém rozdílu o jednoho víc.", is_scored, NULL, NULL, NULL};

/* ---- the set with what people gave ---- */

static RuleGiven given_of(Ctx *c, const Sheet *s, const ScoreItem *x) {
	bool agrees = x->computed != BLANK && x->computed == x->points;
	Str  against = x->computed != BLANK ? str_format(c->arena, "pravidla dávají %lld", (long long)x->computed) : S("pravidla body neurčila"),
	     why = x->reason.len ? str_format(c->arena, "; důvod: %.*s", STR_ARG(x->reason)) : (Str){0};
	return (RuleGiven){.name = str_format(c->arena, "%lld. hodnotitel", (long long)s->turn), .value = rule_int(c->arena, RULE_NUMBER, x->points), .agrees = agrees,
	                   .source = str_cat(c->arena, against, why)};
}

/* Kept inputs may give today what they gave then only by the same set: where the formula gives something else now, what the sheet says is what counts. */
static bool formula_gives(ScoreRun *s, Str criterion, i64 points) {
	const RuleNode *n = rule_eval(s->run, criterion);
	i64             now;
	return n->value.state == RULE_KNOWN && rule_as_int(n->value, &now) && now == points;
}

Err score_reckon(Ctx *c, const Application *a, const ScoreState *s, ScoreRun *ret) {
	ScoreItems *items = NEW_ARRAY(c->arena, ScoreItems, s->finished.len + 1);
	TRY(score_run(c, s->rules, NULL, a, ret));
	for (size_t i = 0; i < s->finished.len; i++)
		TRY(sheet_items(c, s->finished.at[i], &items[i]));
	for (size_t k = 0; k < s->rules->len && s->finished.len; k++) {
		RuleGiven *given = NEW_ARRAY(c->arena, RuleGiven, s->finished.len);
		bool       all_agree = true;
		for (size_t i = 0; i < s->finished.len; i++) {
			given[i] = given_of(c, s->finished.at[i], &items[i].at[k]);
			given[i].agrees = given[i].agrees && formula_gives(ret, s->rules->at[k].code, items[i].at[k].points);
			all_agree = all_agree && given[i].agrees;
		}
		if (!all_agree)
			rule_give(ret->run, s->rules->at[k].code, given, s->finished.len);
	}
	return OK;
}

/* As a level of the network; {0} = the points are enough for none. */
static Str level_of(Ctx *c, const RuleNode *level) {
	CodeItems all;
	if (level->value.state != RULE_KNOWN || codelist_items(c, "network_level", c->today, &all) != OK)
		return (Str){0};
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i]->code, level->value.text) || str_eq(all.at[i]->name, level->value.text))
			return all.at[i]->code;
	return (Str){0};
}

/* ---- closing ---- */

static bool in_hundredths(Arena *a, RuleValue v, i64 *ret) {
	Exact x;
	return v.state == RULE_KNOWN && exact_mul(a, v.number, exact_int(a, 100), &x) && exact_to_int(x, ret);
}

/* Why so many points, and why that level: for reviewers, for the applicant after the decision, as an annex. */
static Err keep_trees(Ctx *c, const Application *a, const ScoreRun *run, const RuleNode *total, const RuleNode *level) {
	NewCalculation n = {.owner_kind = APPLICATION_CASES, .owner = a->head.id, .version = run->rules->version};
	Id             id;
	TRY(calculation_keep(c, &n, run->run, total, &id));
	return calculation_keep(c, &n, run->run, level, &id);
}

Err score_close(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	ScoreState   s;
	ScoreRun     run;
	TRY(score_state(c, a, &s));
	TRY(score_reckon(c, a, &s, &run));
	const RuleNode *total = rule_eval(run.run, S(SCORE_RULE_TOTAL)), *level = rule_eval(run.run, S(SCORE_RULE_LEVEL));
	if (!in_hundredths(c->arena, total->value, &a->points))
		return fail(c, ERR_CONFLICT, NULL, "Body žádosti nejdou spočítat: %.*s", STR_ARG(rule_value_show(c->arena, total->value)));
	if (level->value.state != RULE_KNOWN)
		return fail(c, ERR_CONFLICT, NULL, "Úroveň v síti nejde z bodů určit: %.*s", STR_ARG(rule_value_show(c->arena, level->value)));
	a->level = level_of(c, level);
	score_order_note(c, &run, a);
	return keep_trees(c, a, &run, total, level);
}
