/* rulebook_record_page.c: a version over a stored record, every rule with its tree: a page of its own, and what the editor shows beside the text. */
#include "core/access.h"
#include "core/record.h"
#include "domain/rulebook/calculation_page.h"
#include "domain/rulebook/rulebook_page.h"

#include "domain/rulebook/rulebook.html.h"

enum { FOUND_MAX = 20, OFFERED_MAX = 8 };

/* ---- which record ---- */

/* Kinds that the person may not see are passed over: what they said is unsaid. */
static Err find_records(Req *r, RecordTrial *t) {
	Arena *a = r->c->arena;
	size_t said = r->c->problems.len;
	const RuleCaseKind *k;
	for (size_t i = 0; (k = rule_case_kind_at(i)); i++) {
		RuleCases some = {0};
		Err       e = k->list ? k->list(r->c, t->find, BLANK, t->find.len ? FOUND_MAX : OFFERED_MAX, &some) : OK;
		r->c->problems.len = said;
		if (e != OK && e != ERR_FORBIDDEN && e != ERR_NOT_FOUND)
			return e;
		for (size_t x = 0; e == OK && x < some.len; x++)
			*ARENA_PUSH(a, t->found.at, t->found.len, t->found.cap) = (OptionView){.value = record_address(a, str_c(k->code), some.at[x].id),
				.label = str_format(a, "%s: %.*s", k->title, STR_ARG(some.at[x].label))};
	}
	return OK;
}

static void choose(RecordTrial *t) {
	bool offered = false;
	for (size_t i = 0; i < t->found.len; i++)
		offered = offered || str_eq(t->found.at[i].value, t->address);
	if (!offered && t->found.len && t->find.len)      /* who searched anew means what was found */
		t->address = t->found.at[0].value;
	for (size_t i = 0; i < t->found.len; i++)
		t->found.at[i].chosen = str_eq(t->found.at[i].value, t->address);
}

/* "reference_value-12" */
static Err open_case(Req *r, RecordTrial *t, const RuleCaseKind **kind, RuleCase *ret) {
	Str    rest = t->address, code = str_cut(&rest, '-');
	Id     id;
	size_t said = r->c->problems.len;
	*kind = rule_case_kind(code);
	if (!*kind || !(*kind)->cells || !str_to_int(rest, &id) || id <= 0 || (*kind)->find(r->c, id, ret) != OK) {
		r->c->problems.len = said;
		t->problem = S("Takový záznam tu není, nebo k němu nemáte přístup. Vyhledejte jiný.");
		*kind = NULL;
	}
	return OK;
}

/* ---- computing ---- */

static void outcome(Arena *a, RecordTrial *t, const RuleName *rule, const RuleNode *n, RuleRun *other, const RuleSet *against) {
	RuleOutcome     o = {.tree = rule_steps_of(a, n), .key = rule->key, .title = rule->title.len ? rule->title : rule->name};
	const RuleName *twin = other ? rule_set_find(against, rule->name) : NULL;
	o.tree->is_open = false;
	if (twin && twin->kind == RULE_RULE) {
		RuleValue before = rule_eval(other, twin->name)->value;
		o.changed = before.state != n->value.state || !rule_value_equal(before, n->value);
		o.before = rule_value_show(a, before);
	}
	*ARENA_PUSH(a, t->outcomes.at, t->outcomes.len, t->outcomes.cap) = o;
}

static Err compute(Req *r, const RuleSet *set, const RuleSet *against, const RuleCaseKind *kind, const RuleCase *of, RecordTrial *t) {
	Arena    *a = r->c->arena;
	RuleCells cells;
	void     *arg;
	size_t    changed = 0;
	TRY(kind->cells(r->c, of->id, &cells, &arg));
	RuleRun *run = rule_run(a, set, of->day, cells, arg), *other = against ? rule_run(a, against, of->day, cells, arg) : NULL;
	for (size_t i = 0; i < rule_set_count(set); i++) {
		const RuleName *rule = rule_set_at(set, i);
		if (rule->kind != RULE_RULE || !rule_has_inputs(set, rule))
			continue;
		const RuleNode *n = rule_eval(run, rule->name);
		if (rule_lacks_input(n))
			strs_add(a, &t->without, rule->title.len ? rule->title : rule->name);
		else
			outcome(a, t, rule, n, other, against);
	}
	for (size_t i = 0; i < t->outcomes.len; i++)
		changed += t->outcomes.at[i].changed;
	t->compares = against != NULL;
	t->summary = against ? str_format(a, "Spočítaných pravidel: %zu, z toho jinak než podle platné verze: %zu. Nic se neuložilo.", t->outcomes.len, changed)
	                     : str_format(a, "Spočítaných pravidel: %zu. Nic se neuložilo.", t->outcomes.len);
	return OK;
}

Err record_trial(Req *r, const RuleSet *set, const RuleSet *against, Str find, Str address, RecordTrial *ret) {
	const RuleCaseKind *kind = NULL;
	RuleCase            of;
	*ret = (RecordTrial){.find = find, .address = address};
	TRY(find_records(r, ret));
	if (find.len && !ret->found.len)
		ret->problem = S("Žádný záznam s takovými slovy jsme nenašli. Zkuste část názvu nebo čísla.");
	choose(ret);
	if (!ret->address.len)
		return OK;
	TRY(open_case(r, ret, &kind, &of));
	if (!kind)
		return OK;
	ret->is_chosen = true;
	ret->label = of.label;
	ret->link = of.link;
	ret->day = of.day;
	return set ? compute(r, set, against, kind, &of, ret) : OK;
}

Err set_in_force(Req *r, const RuleVersion *v, RuleSet **ret) {
	RuleVersion *held;
	RuleFaults   faults;
	size_t       said = r->c->problems.len;
	*ret = NULL;
	Err e = rule_version_in_force(r->c, v->code, r->c->today, &held);
	r->c->problems.len = said;
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	return held->head.id == v->head.id ? OK : rule_version_open(r->c, held, ret, &faults);
}

/* ---- the page ---- */

static Err kept_of(Req *r, RuleSetRecord *p) {
	Calculations all;
	Str          rest = p->trial.address, code = str_cut(&rest, '-');
	Id           id;
	CHECK(str_to_int(rest, &id));
	TRY(calculations_of(r->c, str_z(r->c->arena, code), id, (Str){0}, &all));
	for (size_t i = 0; i < all.len && i < 20; i++)
		*ARENA_PUSH(r->c->arena, p->kept.at, p->kept.len, p->kept.cap) = (LinkView){.href = calculation_link(r->c->arena, all.at[i].id),
			.label = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(all.at[i].title), STR_ARG(all.at[i].result))};
	return OK;
}

static void found_links(Req *r, RuleSetRecord *p) {
	for (size_t i = 0; i < p->trial.found.len; i++) {
		const OptionView *o = &p->trial.found.at[i];
		*ARENA_PUSH(r->c->arena, p->found.at, p->found.len, p->found.cap) = (LinkView){.label = o->label, .href = url_with(r, "zaznam", o->value), .current = o->chosen};
	}
}

static void keep_field(Req *r, RuleSetRecord *p) {
	Arena *a = r->c->arena;
	p->keep_rule = (FieldView){.kind = FIELD_SELECT, .name = S("rule"), .label = S("Uložit výpočet pravidla"), .error = field_problem(r, "rule")};
	for (size_t i = 0; i < p->trial.outcomes.len; i++)
		*ARENA_PUSH(a, p->keep_rule.options.at, p->keep_rule.options.len, p->keep_rule.options.cap) = (OptionView){.value = p->trial.outcomes.at[i].key,
			.label = p->trial.outcomes.at[i].title};
}

Err page_rule_set_record(Req *r) {
	RuleVersion  *v;
	RuleSet      *set, *against;
	Arena        *a = r->c->arena;
	RuleSetRecord p = {0};
	TRY(rule_set_of_page(r, &v, &set));
	TRY(set_in_force(r, v, &against));
	TRY(record_trial(r, set, against, query(r, "hledat"), query(r, "zaznam"), &p.trial));
	p.title = str_format(a, "Na skutečném záznamu: %.*s, verze %lld", STR_ARG(v->title), (long long)v->no);
	p.lead = S("Vyberte záznam a uvidíte, co by z něj vyšlo podle této verze, krok po kroku.");
	p.back = str_format(a, "/app/pravidla/%lld", (long long)v->head.id);
	p.here = str_cat(a, p.back, S("/zaznam"));
	p.find = (FieldView){.kind = FIELD_TEXT, .name = S("hledat"), .label = S("Hledat záznam"), .value = p.trial.find, .hint = S("Část názvu nebo číslo."), .optional = true};
	found_links(r, &p);
	if (p.trial.is_chosen) {
		TRY(kept_of(r, &p));
		keep_field(r, &p);
		p.may_keep = rule_version_is_public(v) && may(r->c, CAP_RULES_UPDATE) && p.trial.outcomes.len;
		p.keep_action = p.here;
		p.csrf = csrf_token(r, p.keep_action);
	}
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	crumb(r, str_format(a, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no), p.back);
	r->no_index = true;
	view_rule_set_record(page(r, p.title), &p);
	return OK;
}

/* Only what a published version says may be leant on later. */
Err post_rule_set_record(Req *r) {
	RuleVersion *v;
	RuleSet     *set;
	RecordTrial  t = {.address = form(r, "zaznam")};
	const RuleCaseKind *kind;
	RuleCase     of;
	RuleCells    cells;
	void        *arg;
	Id           id;
	TRY(rule_set_of_page(r, &v, &set));
	if (!rule_version_is_public(v))
		return fail(r->c, ERR_CONFLICT, NULL, "Výpočet se ukládá jen podle zveřejněné verze pravidel. Tuto verzi nejdřív nechte schválit.");
	TRY(open_case(r, &t, &kind, &of));
	if (!kind)
		return fail(r->c, ERR_NOT_FOUND, NULL, "%.*s", STR_ARG(t.problem));
	TRY(kind->cells(r->c, of.id, &cells, &arg));
	RuleRun        *run = rule_run(r->c->arena, set, of.day, cells, arg);
	const RuleName *rule = rule_set_find(set, form(r, "rule"));
	if (!rule || rule->kind != RULE_RULE)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takové pravidlo v sadě není. Vraťte se na stránku záznamu a vyberte jiné.");
	TRY(calculation_keep(r->c, &(NewCalculation){.owner_kind = kind->code, .owner = of.id, .version = v}, run, rule_eval(run, rule->name), &id));
	notice(r, "Výpočet je uložený a už se nezmění. Přiložit ho můžete jako PDF.");
	return redirect(r, "%.*s", STR_ARG(calculation_link(r->c->arena, id)));
}
