/* lower_guards.c: a plan or an action plan leaves its comment period when it is over, and gets its final wording when every comment has its answer; a version that is
 * commented on is not taken back. */
#include "domain/consultation/lower_guards.h"

#include "domain/consultation/consultation.h"
#include "domain/plan/action_plan.h"

/* Periods about versions of the plan that are newer than the valid one. */
static Err periods_of(Ctx *c, Id document, Id valid_version, Consultations *ret) {
	DocumentVersions all;
	*ret = (Consultations){0};
	if (!document || document == BLANK)
		return OK;
	TRY(versions_of(c, document, &all));
	for (size_t i = 0; i < all.len && all.at[i].head.id != valid_version; i++) {
		Consultations some;
		TRY(consultation_of(c, all.at[i].head.id, &some));
		for (size_t k = 0; k < some.len; k++)
			if (!consultation_is(some.at[k], CONSULTATION_CANCELLED))
				*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = some.at[k];
	}
	return OK;
}

static Verdict none_known(void) {
	return (Verdict){WAIVED, S("K návrhu plánu není v programu žádné připomínkové řízení."), S("Doložte, že se připomínky sbíraly jinak.")};
}

static void judge_over(Ctx *c, const Consultations *all, Verdict *ret) {
	if (!all->len)
		*ret = none_known();
	for (size_t i = 0; i < all->len; i++)
		if (c->now.ms < consultation_closes(all->at[i]).ms)
			*ret = (Verdict){REFUSED, str_format(c->arena, "Připomínky se přijímají %.*s.", STR_ARG(consultation_when(c->arena, all->at[i]))),
			                 S("Počkejte na konec posledního dne, nebo řízení zrušte s důvodem.")};
}

static void judge_settled(Ctx *c, const Consultations *all, Verdict *ret) {
	if (!all->len)
		*ret = none_known();
	for (size_t i = 0; i < all->len; i++)
		if (!consultation_is(all->at[i], CONSULTATION_SETTLED) && !consultation_is(all->at[i], CONSULTATION_PUBLISHED))
			*ret = (Verdict){REFUSED, str_format(c->arena, "Připomínky z řízení „%.*s“ ještě nemají všechny odpověď.", STR_ARG(all->at[i]->title)),
			                 S("Vypořádejte je v části Připomínky.")};
}

static Err is_over(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Plan   *p = o->row;
	Consultations all;
	TRY(periods_of(c, p->document, p->valid_version, &all));
	judge_over(c, &all, ret);
	return OK;
}

static Err settled(Ctx *c, Id document, Id version, Verdict *ret) {
	Consultations all;
	TRY(periods_of(c, document, version, &all));
	judge_settled(c, &all, ret);
	return OK;
}

static Err is_settled(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Plan *p = o->row;
	return settled(c, p->document, p->valid_version, ret);
}

static Err action_is_settled(Ctx *c, const WorkObject *o, Verdict *ret) {
	const ActionPlan *p = o->row;
	return settled(c, p->document, p->valid_version, ret);
}

/* People who write to a paragraph must be able to read it until they have their answer. */
static Err no_period_runs(Ctx *c, const WorkObject *o, Verdict *ret) {
	Consultations all;
	TRY(consultation_of(c, o->id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (!consultation_is(all.at[i], CONSULTATION_CANCELLED) && !consultation_is(all.at[i], CONSULTATION_PUBLISHED))
			*ret = (Verdict){REFUSED, str_format(c->arena, "Verze se připomínkuje v řízení „%.*s“.", STR_ARG(all.at[i]->title)),
			                 S("Zveřejněte nejdřív vypořádání, nebo řízení zrušte s důvodem.")};
	return OK;
}

#define SETTLED "Všechny připomínky jsou vypořádané."
const Guard lower_guards[LOWER_GUARDS] = {
	{"period_over", "Příjem připomínek skončil.", is_over, .machine = "plan", .action = "close"},
	{"all_settled", SETTLED, is_settled, .machine = "plan", .action = "finish"},
	{"all_settled", SETTLED, is_settled, .machine = "plan", .action = "submit"},
	{"all_settled", SETTLED, action_is_settled, .machine = "action_plan", .action = "finish"},
	{"no_period_runs", "Verze se právě nepřipomínkuje.", no_period_runs, .machine = "document_version", .action = "withdraw"},
};
