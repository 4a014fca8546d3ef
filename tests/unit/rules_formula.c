/* Every case of tests/data/rules.txt: one formula over the inputs below, and what must come of it. */
#include "core/rules_inside.h"
#include "tests/test.h"
#include "tests/unit/rules_given.h"

#include <stdio.h>

typedef struct Given { const char *name; RuleType type; const char *value; const char *more; } Given;

/* `more`: choices of a text; items of a list, parted by |. The value "?" has no cell, "!" one of another type. */
static const Given given[] = {
	{"náklady", RULE_MONEY, "720 000", NULL}, {"výnosy", RULE_MONEY, "390 000", NULL}, {"ztráta", RULE_MONEY, "-1 500,50", NULL},
	{"lůžka", RULE_COUNT, "40", NULL}, {"úvazky_služby", RULE_FTE, "6,5", NULL}, {"sazba", RULE_MONEY_PER_FTE, "735 000", NULL},
	{"podíl", RULE_PERCENT, "85 %", NULL}, {"obyvatel", RULE_NUMBER, "1234,5", NULL}, {"nula", RULE_NUMBER, "0", NULL},
	{"začátek", RULE_DATE, "1. 7. 2026", NULL}, {"konec", RULE_DATE, "31. 12. 2026", NULL}, {"stav", RULE_TEXT, "nová", "nová|trvající|ukončená"},
	{"obec", RULE_TEXT, "Český Dub", NULL}, {"nová_služba", RULE_YES_NO, "ano", NULL}, {"stará", RULE_YES_NO, "ne", NULL},
	{"prázdná", RULE_MONEY, "", NULL}, {"nic", RULE_NUMBER, "", NULL}, {"mimo", RULE_MONEY, "nevztahuje se", NULL}, {"mimo_číslo", RULE_NUMBER, "nevztahuje se", NULL},
	{"chybí", RULE_NUMBER, "?", NULL}, {"vada", RULE_NUMBER, "!", NULL}, {"zlomek", RULE_COUNT, "2,5", NULL}, {"jiný_stav", RULE_TEXT, "zrušená", "nová|trvající"},
	{"platy", RULE_MONEY, "seznam", "100|200,50|300"}, {"díry", RULE_MONEY, "seznam", "100||300"}, {"odchody", RULE_MONEY, "seznam", "100|nevztahuje se|50"},
	{"žádné", RULE_MONEY, "seznam", ""}, {"rozpočet.mzdy", RULE_MONEY, "1 000", NULL}, {"dny", RULE_DATE, "", NULL}, {"kdoví", RULE_YES_NO, "", NULL},
};

static bool cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	(void)arg;
	for (size_t i = 0; i < LEN(given); i++) {
		const Given *g = &given[i];
		Str why;
		if (!str_eq(input->key, rule_key(a, str_c(g->name))))
			continue;
		ret->source = S("zkušební případ");
		if (str_eq(str_c(g->value), S("?")))
			return false;
		ret->value = str_eq(str_c(g->value), S("!")) ? rule_text(S("slovo")) : (RuleValue){0};
		if (input->is_list) {
			Str rest = str_c(g->more);
			ret->items = NEW_ARRAY(a, RuleValue, 8);
			while (rest.ptr && strlen(g->more))  {
				EXPECT(rule_value_read(a, g->type, str_cut(&rest, '|'), &ret->items[ret->item_count++], &why));
				if (!rest.ptr)
					break;
			}
			return true;
		}
		if (!str_eq(str_c(g->value), S("!")))                /* a broken count is given as a number: it is the rules that refuse it */
			EXPECT(rule_value_read(a, g->type == RULE_COUNT ? RULE_NUMBER : g->type, str_c(g->value), &ret->value, &why));
		return true;
	}
	return false;
}

static RuleName *names(void) {
	RuleName *list = NEW_ARRAY(t_arena, RuleName, LEN(given));
	for (size_t i = 0; i < LEN(given); i++) {
		list[i] = (RuleName){.kind = RULE_INPUT, .name = str_c(given[i].name), .type = given[i].type, .is_list = str_eq(str_c(given[i].value), S("seznam"))};
		Str rest = list[i].is_list ? (Str){0} : str_c(given[i].more);
		while (rest.ptr && rest.len)
			strs_add(t_arena, &list[i].choices, str_cut(&rest, '|'));
	}
	return list;
}

static int wrong;

/* All of them are shown, not just the first. */
#define WRONG(...) (wrong++, printf("# " __VA_ARGS__), (void)putchar('\n'))

static void refused(int line, Str formula, Str want) {
	Str place = want, name = str_cut(&place, ' '), fragment = place;
	place = str_cut(&fragment, ' ');
	RuleFaults faults = {0};
	RuleSet *set = rule_formula_read(t_arena, names(), LEN(given), formula, RULE_ANY, &faults);
	if (set || !faults.has_error) {
		WRONG("line %d: %.*s was accepted", line, STR_ARG(formula));
		return;
	}
	const RuleFault *f = &faults.at[0];
	Str at = str_format(t_arena, "%d+%d", f->column, f->length);
	if (!str_eq(name, str_c(given_fault_name(f->id))) || !str_eq(place, at) || !str_has(f->text, str_trim(fragment)) || faults.len != 1)
		WRONG("line %d: %.*s gives %s %.*s %.*s (%zu faults)", line, STR_ARG(formula), given_fault_name(f->id), STR_ARG(at), STR_ARG(f->text), faults.len);
	if (!str_ends(f->text, S(".")) && !str_ends(f->text, S("?")))
		WRONG("line %d: not a whole sentence: %.*s", line, STR_ARG(f->text));
	given_fault_see(f->id, f->text);
}

static void computed(int line, Str formula, Str want) {
	RuleFaults faults = {0};
	RuleSet *set = rule_formula_read(t_arena, names(), LEN(given), formula, RULE_ANY, &faults);
	if (!set) {
		WRONG("line %d: %.*s is refused: %s %d+%d %.*s", line, STR_ARG(formula), given_fault_name(faults.at[0].id), faults.at[0].column, faults.at[0].length,
			STR_ARG(faults.at[0].text));
		return;
	}
	const RuleNode *n = rule_eval(rule_run(t_arena, set, D(2026, 1, 1), cell, NULL), S("vzorec"));
	Str got = str_replace(t_arena, rule_value_show(t_arena, n->value), S("\u00a0"), S(" "));
	if (n->value.state == RULE_FAILED) {
		got = str_format(t_arena, "! %s %.*s", given_fault_name(n->value.fault), STR_ARG(got));
		given_fault_see(n->value.fault, n->value.text);
	}
	bool same = str_eq(got, want);
	if (n->value.state == RULE_FAILED && str_starts(want, S("! "))) {
		Str fragment = str_from(want, 2), name = str_cut(&fragment, ' ');
		same = str_eq(name, str_c(given_fault_name(n->value.fault))) && str_has(got, fragment);
	}
	if (!same)
		WRONG("line %d: %.*s gives %.*s", line, STR_ARG(formula), STR_ARG(got));
}

static int run_file(const char *path) {
	Str rest = given_file(path);
	int cases = 0;
	for (int line = 1; rest.len; line++) {
		Str text = str_cut(&rest, '\n');
		if (str_empty(text) || text.ptr[0] == '#')
			continue;
		i64 good = str_find(text, S(" => ")), bad = str_find(text, S(" !! "));
		if (good < 0 && bad < 0)
			test_fail(__FILE__, __LINE__, "line %d is not a case", line);
		if (bad >= 0)
			refused(line, str_first(text, (size_t)bad), str_from(text, (size_t)bad + 4));
		else
			computed(line, str_first(text, (size_t)good), str_from(text, (size_t)good + 4));
		cases++;
	}
	return cases;
}

int given_formulas(int *ret) {
	wrong = 0;
	int cases = run_file("tests/data/rules.txt");
	*ret = wrong;
	return cases;
}

TEST("rules: every formula of the cases gives what stands behind it, refusals their place and sentence") {
	int bad = 0, cases = given_formulas(&bad);
	EQ_INT(bad, 0);
	EXPECT(cases >= 300);
}
