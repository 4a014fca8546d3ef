/* rulebook_try_page.c: a version over cases that the person writes, with the tree of one rule, and beside another version: the rehearsal. */
#include "base/data_file.h"
#include "base/format.h"
#include "core/access.h"
#include "core/roomy.h"
#include "core/rules_inside.h"
#include "domain/rulebook/rulebook_page.h"

#include "domain/rulebook/rulebook.html.h"

enum { CASES_MAX = 50 };

/* ---- cases ---- */

/* Paragraphs parted by blank lines; a first line with # is the title. */
static bool take_case(Arena *a, Str *rest, size_t number, WrittenCase *ret, Str *title) {
	*title = str_format(a, "Příklad %zu", number);
	*ret = (WrittenCase){0};
	const char *from = NULL;
	while (rest->len) {
		Str raw = str_cut(rest, '\n'), line = str_trim(raw);
		if (str_empty(line) && from)
			break;
		if (str_empty(line))
			continue;
		if (line.ptr[0] == '#') {
			*title = str_trim(str_from(line, 1));
			continue;
		}
		from = from ? from : line.ptr;
		ret->text = str_of(from, (size_t)(line.ptr + line.len - from));
	}
	return from != NULL;
}

/* A rule whose inputs the case does not name has nothing to say here. */
bool rule_lacks_input(const RuleNode *n) {
	return n->value.fault == RULE_FAULT_NO_CELL;
}

/* Names of the case that the set does not know. */
static Str unknown_names(Arena *a, const RuleSet *set, Str text) {
	Strs unknown = {0};
	while (text.len) {
		Str             line = str_trim(str_cut(&text, '\n')), name = str_trim(str_cut(&line, '='));
		const RuleName *n = rule_set_find(set, name);
		if (name.len && name.ptr[0] != '#' && (!n || n->kind != RULE_INPUT))
			strs_add(a, &unknown, name);
	}
	return unknown.len ? str_format(a, "Sada nemá vstup: „%.*s“. Zkontrolujte názvy v příkladu.", STR_ARG(str_join(a, S("“, „"), unknown))) : (Str){0};
}

/* A rule without inputs is the same in every case. */
bool rule_has_inputs(const RuleSet *set, const RuleName *rule) {
	for (size_t i = 0; i < rule_set_count(set); i++)
		if (rule_set_at(set, i)->kind == RULE_INPUT && rule_set_uses(set, rule, rule_set_at(set, i)))
			return true;
	return false;
}

typedef struct Trial {
	Req           *r;
	const RuleSet *set, *other;
	Str            rule;
	Date           day;
	size_t         compared, changed;
} Trial;

static void try_case(Trial *t, Str title, WrittenCase *one, RuleSetTry *v) {
	Arena   *a = t->r->c->arena;
	RuleRun *run = rule_run(a, t->set, t->day, written_cell, one), *other = t->other ? rule_run(a, t->other, t->day, written_cell, one) : NULL;
	TryCase  c = {.title = title, .note = unknown_names(a, t->set, one->text)};
	for (size_t i = 0; i < rule_set_count(t->set); i++) {
		const RuleName *rule = rule_set_at(t->set, i);
		const RuleNode *n = rule->kind == RULE_RULE ? rule_eval(run, rule->name) : NULL;
		bool            asked = n && str_eq(rule->key, t->rule);
		if (!n || (!asked && (rule_lacks_input(n) || !rule_has_inputs(t->set, rule))))
			continue;
		TryResult       x = {.title = rule->title.len ? rule->title : rule->name, .value = rule_value_show(a, n->value), .failed = n->value.state == RULE_FAILED};
		const RuleName *twin = other ? rule_set_find(t->other, rule->name) : NULL;
		if (twin && twin->kind == RULE_RULE) {
			RuleValue before = rule_eval(other, twin->name)->value;
			x.changed = before.state != n->value.state || !rule_value_equal(before, n->value);
			x.before = rule_value_show(a, before);
			t->compared++;
			t->changed += x.changed;
		}
		*ARENA_PUSH(a, c.results.at, c.results.len, c.results.cap) = x;
		if (asked && !rule_lacks_input(n))
			c.tree = rule_steps_of(a, n);
	}
	*ARENA_PUSH(a, v->cases.at, v->cases.len, v->cases.cap) = c;
}

static void run_cases(Trial *t, Str cells, RuleSetTry *v) {
	WrittenCase *one = NEW_ZERO(t->r->c->arena, WrittenCase);
	Str          title;
	while (v->cases.len < CASES_MAX && take_case(t->r->c->arena, &cells, v->cases.len + 1, one, &title)) {
		try_case(t, title, one, v);
		one = NEW_ZERO(t->r->c->arena, WrittenCase);
	}
	v->summary = !t->other ? str_format(t->r->c->arena, "Spočítané příklady: %zu. Nic se neuložilo.", v->cases.len) :
		str_format(t->r->c->arena, "Spočítané příklady: %zu. Porovnaných výsledků: %zu, z toho jinak: %zu. Nic se neuložilo.", v->cases.len, t->compared, t->changed);
}

/* ---- the page ---- */

Err rule_set_of_page(Req *r, RuleVersion **v, RuleSet **set) {
	Id         id;
	RuleFaults faults;
	ctx_roomy(r->c);                             /* every step of every rule leaves a node, twice */
	TRY(arg_id(r, 0, &id));
	TRY(rule_version_get(r->c, id, v));
	TRY(rule_version_open(r->c, *v, set, &faults));
	return *set ? OK : fail(r->c, ERR_CONFLICT, NULL, "V textu pravidel jsou chyby, na příkladech se tedy nedá vyzkoušet. Opravte ho a vraťte se sem.");
}

static Err against_field(Req *r, const RuleVersion *v, FieldView *f) {
	RuleVersions all;
	Arena       *a = r->c->arena;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("against"), .label = S("Porovnat s verzí"), .optional = true, .error = field_problem(r, "against")};
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("neporovnávat")};
	TRY(rule_versions(r->c, !(may(r->c, CAP_RULES_UPDATE) || may(r->c, CAP_RULES_APPROVE)), &all));
	for (size_t i = 0; i < all.len; i++) {
		Str id = str_format(a, "%lld", (long long)all.at[i]->head.id);
		if (all.at[i]->head.id != v->head.id)
			*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = id, .chosen = str_eq(id, form(r, "against")),
				.label = str_format(a, "%.*s, verze %lld", STR_ARG(all.at[i]->title), (long long)all.at[i]->no)};
	}
	return OK;
}

static void rule_field(Req *r, const RuleSet *set, FieldView *f) {
	Arena *a = r->c->arena;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("rule"), .label = S("U kterého pravidla rozepsat výpočet"), .optional = true, .error = field_problem(r, "rule")};
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("u žádného")};
	for (size_t i = 0; i < rule_set_count(set); i++) {
		const RuleName *n = rule_set_at(set, i);
		if (n->kind == RULE_RULE)
			*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = n->key, .label = n->title.len ? n->title : n->name,
				.chosen = str_eq(n->key, form(r, "rule"))};
	}
}

static Str samples(Req *r, const RuleVersion *v, const RuleSet *set) {
	Str shipped = data_file(r->c->arena, str_z(r->c->arena, str_format(r->c->arena, "rules/%.*s-priklady.txt", STR_ARG(v->code))));
	return shipped.len ? shipped : written_case_blank(r->c->arena, set, NULL);
}

static Err show(Req *r, const RuleVersion *v, const RuleSet *set, RuleSetTry *p, bool as_typed) {
	Arena *a = r->c->arena;
	p->title = str_format(a, "Zkouška nanečisto: %.*s, verze %lld", STR_ARG(v->title), (long long)v->no);
	p->lead = S("Pravidla se spočítají na příkladech, které sem napíšete. Nic se neukládá.");
	p->back = str_format(a, "/app/pravidla/%lld", (long long)v->head.id);
	p->action = str_cat(a, p->back, S("/zkouska"));
	p->csrf = csrf_token(r, p->action);
	p->cells = (FieldView){.kind = FIELD_AREA, .name = S("cells"), .label = S("Příklady"), .rows = 18, .value = as_typed ? form(r, "cells") : samples(r, v, set),
		.hint = S("Na každém řádku „název = hodnota“. Prázdný řádek odděluje příklady, řádek s # je název příkladu. Kde se hodnota nehodí, napište „nevztahuje se“."),
		.error = field_problem(r, "cells")};
	p->day = (FieldView){.kind = FIELD_DATE, .name = S("day"), .label = S("Ke dni"), .optional = true, .value = form(r, "day"), .hint = S("Prázdné: dnes. Podle dne se berou hodnoty parametrů a tabulek."),
		.error = field_problem(r, "day")};
	rule_field(r, set, &p->rule);
	TRY(against_field(r, v, &p->against));
	FieldView fields[] = {p->cells, p->rule, p->day, p->against};
	p->errors = as_typed ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = p->errors != NULL;
	crumb(r, S("Sady pravidel"), S("/app/pravidla"));
	crumb(r, str_format(a, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no), p->back);
	view_rule_set_try(page(r, p->title), p);
	return OK;
}

Err page_rule_set_try(Req *r) {
	RuleVersion *v;
	RuleSet     *set;
	RuleSetTry   p = {0};
	TRY(rule_set_of_page(r, &v, &set));
	return show(r, v, set, &p, false);
}

static Err read_trial(Req *r, Trial *t) {
	const char  *why = NULL;
	Str          against = form(r, "against");
	i64          id;
	RuleVersion *other;
	RuleFaults   faults;
	RuleSet     *set = NULL;
	t->day = r->c->today;
	t->rule = form(r, "rule");
	if (str_empty(form(r, "cells")))
		return fail(r->c, ERR_INVALID, "cells", "Příklady: napište aspoň jeden, například „náklady = 100 000“.");
	if (utf8_count(form(r, "cells")) > 50000)
		return fail(r->c, ERR_INVALID, "cells", "Příklady: text má víc než 50 000 znaků. Zkraťte jej.");
	if (form(r, "day").len && (!read_date(form(r, "day"), &t->day, &why) || !date_is(t->day)))
		return fail(r->c, ERR_INVALID, "day", "Ke dni: %s", why ? why : "napište den, například 1. 1. 2026.");
	if (t->rule.len && !rule_set_find(t->set, t->rule))
		return fail(r->c, ERR_INVALID, "rule", "Takové pravidlo v sadě není. Vyberte jiné.");
	if (str_empty(against))
		return OK;
	if (!str_to_int(against, &id) || rule_version_get(r->c, id, &other) != OK)
		return fail(r->c, ERR_INVALID, "against", "Taková verze pravidel není. Vyberte jinou.");
	TRY(rule_version_open(r->c, other, &set, &faults));
	t->other = set;
	return set ? OK : fail(r->c, ERR_INVALID, "against", "V textu této verze jsou chyby, porovnat se s ní nedá. Vyberte jinou.");
}

Err post_rule_set_try(Req *r) {
	RuleVersion *v;
	RuleSet     *set;
	RuleSetTry   p = {0};
	TRY(rule_set_of_page(r, &v, &set));
	Trial t = {.r = r, .set = set};
	Err   err = read_trial(r, &t);
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return show(r, v, set, &p, true);
	}
	TRY(err);
	p.compares = t.other != NULL;
	run_cases(&t, str_replace(r->c->arena, form(r, "cells"), S("\r"), (Str){0}), &p);
	return show(r, v, set, &p, true);
}
