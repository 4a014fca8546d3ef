/* score_rules.c: the rule set of a call: its criteria and parameters, one application through it. */
#include "domain/network/score_rules.h"

#include "core/settings.h"

Str score_rules_lack(Arena *a, const RuleSet *set, Date day) {
	static const char *const rules[] = {SCORE_RULE_SUM, SCORE_RULE_TOTAL, SCORE_RULE_LEVEL, SCORE_RULE_MONEY};
	static const char *const parameters[] = {"počet_hodnotitelů", "rozdíl_hodnotitelů", "přeskočit_nákladné"};
	RuleValue v;
	for (size_t i = 0; i < LEN(rules); i++) {
		const RuleName *n = rule_set_find(set, str_c(rules[i]));
		if (!n || n->kind != RULE_RULE)
			return str_format(a, "Sada nemá pravidlo „%s“, bez kterého se žádosti nedají bodovat.", rules[i]);
	}
	for (size_t i = 0; i < LEN(parameters); i++)
		if (!rule_parameter(set, str_c(parameters[i]), day, &v))
			return str_format(a, "Sada nemá ke dni uzavření výzvy parametr „%s“.", parameters[i]);
	return (Str){0};
}

static void add_criteria(Arena *a, ScoreRules *s) {
	const RuleName *sum = rule_set_find(s->set, S(SCORE_RULE_SUM));
	for (size_t i = 0; i < rule_set_count(s->set); i++) {
		const RuleName *n = rule_set_at(s->set, i);
		if (n == sum || n->kind != RULE_RULE || n->max <= 0 || !rule_set_uses(s->set, sum, n))
			continue;
		*ARENA_PUSH(a, s->at, s->len, s->cap) = (Criterion){.code = n->name, .name = str_format(a, "%.*s %.*s", STR_ARG(n->name), STR_ARG(n->title)), .max = n->max};
		s->max += n->max;
	}
}

static void read_parameters(ScoreRules *s) {
	RuleValue v;
	s->reviewers = 2;
	if (!rule_parameter(s->set, S("počet_hodnotitelů"), s->day, &v) || !rule_as_int(v, &s->reviewers) || s->reviewers < 1)
		s->reviewers = 1;
	if (!rule_parameter(s->set, S("rozdíl_hodnotitelů"), s->day, &v) || !rule_as_percent(v, &s->spread))
		s->spread = (Percent){0};
	s->skips = rule_parameter(s->set, S("přeskočit_nákladné"), s->day, &v) && v.state == RULE_KNOWN && v.yes;
}

Err score_rules_usual(Ctx *c, Date day, RuleVersion **ret) {
	size_t said = c->problems.len;
	*ret = NULL;
	Err e = rule_version_in_force(c, setting_text(c, "network.score_rules"), day, ret);
	if (e == ERR_NOT_FOUND)
		c->problems.len = said;
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err version_of(Ctx *c, const Call *k, Date day, RuleVersion **ret) {
	void *row;
	if (k->rules <= 0)
		return score_rules_usual(c, day, ret);
	TRY(store_get(c, &rule_version_entity, TODAY, k->rules, &row));
	*ret = row;
	return OK;
}

Err score_rules(Ctx *c, const Call *k, ScoreRules **ret) {
	ScoreRules  *s = NEW(c->arena, ScoreRules, .day = prague_day((Instant){k->closes_at.ms - 1}));
	RuleVersion *v;
	RuleSet     *set;
	RuleFaults   faults;
	TRY(version_of(c, k, s->day, &v));
	if (!v)
		return fail(c, ERR_CONFLICT, NULL, "Výzva nemá sadu pravidel, podle které by se bodovalo. Zveřejněte ji na stránce Pravidla, nebo ji u výzvy vyberte.");
	if (!rule_version_is_public(v))
		return fail(c, ERR_CONFLICT, NULL, "Sada „%.*s“, verze %lld, není zveřejněná, bodovat se podle ní nedá. Vyberte u výzvy jinou verzi.", STR_ARG(v->code), (long long)v->no);
	TRY(rule_version_open(c, v, &set, &faults));
	Str lack = set ? score_rules_lack(c->arena, set, s->day) : S("V textu sady jsou chyby.");
	if (lack.len)
		return fail(c, ERR_CONFLICT, NULL, "Podle sady „%.*s“, verze %lld, se bodovat nedá. %.*s Vyberte u výzvy jinou verzi.", STR_ARG(v->code), (long long)v->no, STR_ARG(lack));
	s->version = v;
	s->set = set;
	add_criteria(c->arena, s);
	read_parameters(s);
	*ret = s;
	return OK;
}

Err score_rules_if(Ctx *c, const Call *k, ScoreRules **ret, Str *why) {
	size_t said = c->problems.len;
	*ret = NULL;
	*why = (Str){0};
	Err e = score_rules(c, k, ret);
	if (e != ERR_CONFLICT)
		return e;
	*why = str_dup(c->arena, c->problems.at[said].text);
	c->problems.len = said;
	return OK;
}

/* ---- one application ---- */

Err score_run(Ctx *c, const ScoreRules *rules, ScoreWorld *w, const Application *a, ScoreRun *ret) {
	*ret = (ScoreRun){.rules = rules, .cells = NEW_ZERO(c->arena, CaseCells)};
	TRY(score_cells(c, w, a, ret->cells));
	ret->run = rule_run(c->arena, rules->set, rules->day, score_cell, ret->cells);
	return OK;
}

typedef struct Leaves { Arena *a; Strs names, words; } Leaves;

static void add_leaf(void *arg, const RuleNode *n, int depth, bool again) {
	Leaves *l = arg;
	(void)depth;
	bool told = again || n->kind != RULE_NODE_CELL;
	for (size_t i = 0; i < l->names.len; i++)
		told = told || str_eq(l->names.at[i], n->name);
	if (told)
		return;
	strs_add(l->a, &l->names, n->name);
	Str what = n->title.len ? n->title : n->name, source = n->source.len ? str_format(l->a, " (%.*s)", STR_ARG(n->source)) : (Str){0};
	Str value = n->value.state == RULE_FAILED ? S("program nezná") : rule_value_show(l->a, n->value);
	strs_add(l->a, &l->words, str_format(l->a, "%.*s: %.*s%.*s", STR_ARG(what), STR_ARG(value), STR_ARG(source)));
}

bool score_criterion(Arena *a, ScoreRun *s, const Criterion *k, i64 *points, Str *how) {
	Leaves          l = {.a = a};
	const RuleNode *n = rule_eval(s->run, k->code);
	*points = BLANK;
	rule_tree_walk(n, add_leaf, &l);
	*how = str_join(a, S("; "), l.words);
	if (n->value.state == RULE_KNOWN && rule_as_int(n->value, points))
		return true;
	*how = n->value.state == RULE_KNOWN ? S("Pravidlo nedává celé body; posoudí je hodnotitel.") : str_format(a, "Program body neurčí, posuďte je sami. %.*s", STR_ARG(*how));
	*points = BLANK;
	return false;
}
