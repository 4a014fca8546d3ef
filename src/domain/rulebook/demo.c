/* demo.c: what the methodologist prepares for next year, and what unit values of this year come to. */
#include "domain/rulebook/demo.h"

#include "base/text.h"
#include "domain/people/demo.h"
#include "domain/rulebook/calculation.h"

/* Points for the rank and the threshold of the second level change, and amounts are rounded to hundreds. */
static Str next_year(Arena *a, Str source, int year) {
	source = str_replace(a, source, S("název: Výchozí pravidla (návrh programu)"), str_format(a, "název: Pravidla pro rok %d", year));
	source = str_replace(a, source, S("- 4 až 6: 6"), S("- 4 až 6: 7"));
	source = str_replace(a, source, S("- dosud nebyla: 3"), S("- dosud nebyla: 2"));
	source = str_replace(a, source, S("[parametr krok_částek]\nnázev: Na kolik se částky zaokrouhlují\ntyp: Kč\nhodnota: 1\n"),
		S("[parametr krok_částek]\nnázev: Na kolik se částky zaokrouhlují\ntyp: Kč\nhodnota: 10 000\n"));
	Str later = str_format(a, "název: Body pro úroveň Z2\ntyp: číslo\nhodnota: 55\nhodnota od 1. 1. %d: 58", year);
	return str_replace(a, source, S("název: Body pro úroveň Z2\ntyp: číslo\nhodnota: 55"), later);
}

static Err draft(Ctx *c, const RuleVersion *from) {
	RuleVersion *v;
	int          year = date_year(c->today) + 1;
	TRY(rule_version_copy(c, from->head.id, &v));
	v->title = str_format(c->arena, "Pravidla pro rok %d", year);
	v->note = S("Víc bodů za pořadí potřeby 4 až 6, méně bodů bez kontroly kvality, vyšší práh pro úroveň Z2, částky na desetitisíce.");
	v->source = next_year(c->arena, v->source, year);
	return rule_version_save(c, v);
}

static Err keep(Ctx *c, const RuleVersion *v, const RuleCaseKind *kind, const RuleCase *of) {
	RuleFaults faults;
	RuleSet   *set;
	RuleCells  cells;
	void      *arg;
	Id         id;
	TRY(rule_version_open(c, v, &set, &faults));
	TRY(kind->cells(c, of->id, &cells, &arg));
	RuleRun        *run = rule_run(c->arena, set, of->day, cells, arg);
	const RuleNode *n = rule_eval(run, S("vyrovnávací_platba"));
	return calculation_keep(c, &(NewCalculation){.owner_kind = kind->code, .owner = of->id, .version = v}, run, n, &id);
}

Err rulebook_demo(Ctx *c, DemoSize size) {
	const RuleCaseKind *kind = rule_case_kind(S("reference_value"));
	RuleVersion        *v;
	RuleCases           cases;
	(void)size;
	TRY(rule_version_in_force(c, S("vychozi-1"), c->today, &v));
	TRY(kind->list(c, (Str){0}, BLANK, 2, &cases));
	for (size_t i = 0; i < cases.len; i++)
		TRY(keep(c, v, kind, &cases.at[i]));
	const Actor *before = c->actor;
	Actor        author;
	TRY(people_demo_actor(c, "metodik@demo.invalid", &author));
	c->actor = &author;
	Err e = draft(c, v);
	c->actor = before;
	return e;
}
