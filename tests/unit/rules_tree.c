/* Trees: a second reckoning from the leaves alone, kept and read back; random formulas against a naive evaluator. */
#include "base/hash.h"
#include "core/rules_inside.h"
#include "tests/support/reckon.h"
#include "tests/test.h"
#include "tests/unit/rules_given.h"

static void same(const RuleNode *n, const char *what) {
	if (!reckon_agrees(n))
		test_fail(__FILE__, __LINE__, "%s: the tree says %.*s, its leaves something else", what, STR_ARG(rule_value_show(t_arena, n->value)));
}

/* ---- applications by chance ---- */

static Str application(Rand *r) {
	static const char *const states[] = {"ÚŘS", "OPS", "není"}, *const types[] = {"A", "B", "C"}, *const quality[] = {"bez závad", "dosud nebyla", "závažné závady"};
	i64 units = rand_range(r, 0, 20), staff = rand_range(r, 0, 2000);
	Str rank = rand_chance(r, 20) ? S("nevztahuje se") : str_format(t_arena, "%lld", (long long)rand_range(r, 0, 12));
	Str filling = rand_chance(r, 20) ? S("nevztahuje se") : str_format(t_arena, "%lld", (long long)rand_range(r, 60, 100));
	return str_format(t_arena, "typ žádosti = %s; stav potřeby = %s; pořadí potřeby = %.*s; požadovaná kapacita = %lld; optimální kapacita = %lld; kapacita sítě = %lld;"
		"vazba na plán = %s; jednotka = %s; druh a forma = 49 R; úvazky přímé péče = %lld,%02lld; kvalifikované úvazky = %lld,5; podíl kladných vyjádření = %lld;"
		"jiná služba v území = %s; naplnění jiných služeb = %lld; referenční náklad = 980 000; referenční výnos = %lld; plánované náklady = %lld;"
		"plánované výnosy = %lld; spolufinancování = %lld; naplnění = %.*s; kontrola kvality = %s; v síti = %s; je záměr = %s; má výhradu = %s",
		types[rand_range(r, 0, 2)], states[rand_range(r, 0, 2)], STR_ARG(rank), (long long)units, (long long)rand_range(r, 0, 30), (long long)rand_range(r, 0, 30),
		rand_chance(r, 50) ? "ano" : "ne", rand_chance(r, 50) ? "úvazek" : "lůžko", (long long)(staff / 100), (long long)(staff % 100), (long long)rand_range(r, 0, 20),
		(long long)rand_range(r, 0, 100), rand_chance(r, 50) ? "ano" : "ne", (long long)rand_range(r, 50, 100), (long long)rand_range(r, 0, 2) * 100000,
		(long long)rand_range(r, 0, 15000000), (long long)rand_range(r, 0, 4000000), (long long)rand_range(r, 0, 900000), STR_ARG(filling), quality[rand_range(r, 0, 2)],
		rand_chance(r, 50) ? "ano" : "ne", rand_chance(r, 10) ? "ano" : "ne", rand_chance(r, 20) ? "ano" : "ne");
}

TEST("rules: 500 applications reckoned a second time from their leaves give the same points, also from kept trees") {
	RuleSet *set = given_set(t_arena);
	Rand r = rand_seed(20261122);
	for (int i = 0; i < 500; i++) {
		GivenCase c = {application(&r)};
		RuleRun *run = rule_run(t_arena, set, D(2026, 3, 1), given_cell, &c);
		const RuleNode *n = rule_eval(run, S("body_celkem"));
		EQ_INT(n->value.state, RULE_KNOWN);
		same(n, "body celkem");
		CLEANUP(buf_free) Buf json = {0};
		CLEANUP(buf_free) Buf again = {0};
		RuleTree t = rule_tree(run, n), back;
		Str why;
		rule_tree_write(&json, &t);
		EXPECT(rule_tree_read(t_arena, buf_view(&json), &back, &why));
		same(back.root, "read back");
		EXPECT(rule_value_equal(back.root->value, n->value));
		rule_tree_write(&again, &back);
		EQ_STR(buf_view(&again), buf_view(&json));
		EQ_STR(back.digest, rule_set_digest(set));
	}
}

TEST("rules: what people give instead of a rule counts for whatever leans on it, stands in the tree beside the formula, and comes out again from the kept tree") {
	static const char text[] = "sada: x\n[vstup x]\ntyp: číslo\n[pravidlo k]\nnázev: Kvalita\ntyp: číslo\nnejvýše: 10\nvzorec: x + 1\n"
		"[pravidlo celkem]\ntyp: číslo\nvzorec: k * 3\n";
	RuleFaults faults = {0};
	RuleSet *set = rule_set_read(t_arena, str_c(text), &faults);
	GivenCase c = {S("x = 4")};
	RuleRun *run = rule_run(t_arena, set, D(2026, 1, 1), given_cell, &c);
	RuleGiven given[] = {{.name = S("1. hodnotitel"), .value = rule_int(t_arena, RULE_NUMBER, 5), .agrees = true},
	                     {.name = S("2. hodnotitel"), .value = rule_int(t_arena, RULE_NUMBER, 8), .source = S("důvod: víc")},
	                     {.name = S("3. hodnotitel"), .value = rule_int(t_arena, RULE_NUMBER, 7), .source = S("důvod: také")}};
	rule_give(run, S("k"), given, LEN(given));
	const RuleNode *n = rule_eval(run, S("celkem"));
	EQ_STR(rule_value_show(t_arena, n->value), S("20"));
	Result r = reckon(n);
	EXPECT(r.state == RULE_KNOWN && r.x.n == 20 && r.x.d == 1);
	CLEANUP(buf_free) Buf json = {0};
	RuleTree tree = rule_tree(run, n), back;
	Str why;
	rule_tree_write(&json, &tree);
	EXPECT(rule_tree_read(t_arena, buf_view(&json), &back, &why));
	const RuleNode *k = back.root->children[0]->children[0];
	EXPECT(rule_node_is_given(k) && !rule_node_is_given(back.root));
	RuleRun *again = rule_run(t_arena, set, D(2026, 1, 1), given_cell, &c);
	rule_give_again(again, k);
	EQ_STR(rule_value_show(t_arena, rule_eval(again, S("celkem"))->value), S("20"));
	run = rule_run(t_arena, set, D(2026, 1, 1), given_cell, &c);
	given[1].value = rule_blank(RULE_NUMBER);
	rule_give(run, S("k"), given, LEN(given));
	EQ_INT(rule_eval(run, S("celkem"))->value.state, RULE_FAILED);
}

TEST("rules: a tree that was damaged is refused with a sentence") {
	static const char *const bad[] = {"", "{}", "[]", "{\"nodes\":[]}", "{\"nodes\":[{\"kind\":\"cell\",\"of\":[1]}]}", "{\"nodes\":[{\"kind\":\"cell\",\"state\":\"known\",\"type\":\"Kč\"}]}",
		"{\"nodes\":[{\"kind\":\"cello\"}]}", "{\"day\":\"2026-13-01\",\"nodes\":[{\"kind\":\"cell\"}]}", "{\"nodes\":[{\"kind\":\"cell\",\"more\":\"1\"}]}",
		"{\"nodes\":[{\"kind\":\"cell\",\"state\":\"known\",\"type\":\"Kč\",\"value\":\"1/0\"}]}", "{\"nodes\":[{\"kind\":\"cell\"}]} x"};
	for (size_t i = 0; i < LEN(bad); i++) {
		RuleTree t;
		Str why = {0};
		if (rule_tree_read(t_arena, str_c(bad[i]), &t, &why) || str_empty(why))
			test_fail(__FILE__, __LINE__, "accepted: %s", bad[i]);
	}
}

/* ---- formulas by chance against an evaluator that works on the way while the text is made ---- */

typedef struct Made { Str text; Result r; } Made;

static Made number(Rand *r, int depth);

static Made condition(Rand *r, int depth) {
	static const char *const ops[] = {"=", "<>", "<", ">", "<=", ">="};
	Made x = number(r, depth - 1), y = number(r, depth - 1), m = {.r = {.state = RULE_KNOWN}};
	i64 op = rand_range(r, 0, 5);
	m.text = str_format(t_arena, "(%.*s %s %.*s)", STR_ARG(x.text), ops[op], STR_ARG(y.text));
	Wide left = x.r.x.n * y.r.x.d, right = y.r.x.n * x.r.x.d;
	m.r.yes = op == 0 ? left == right : op == 1 ? left != right : op == 2 ? left < right : op == 3 ? left > right : op == 4 ? left <= right : left >= right;
	if (x.r.state != RULE_KNOWN || y.r.state != RULE_KNOWN) {
		bool failed = x.r.state == RULE_FAILED || y.r.state == RULE_FAILED || x.r.state == RULE_BLANK || y.r.state == RULE_BLANK;
		m.r.state = failed ? RULE_FAILED : RULE_NOT_APPLICABLE;
	}
	return m;
}

static Made atom(Rand *r) {
	static const struct { const char *text; RuleState state; int n, d; } atoms[] = {{"x", RULE_KNOWN, 3, 1}, {"y", RULE_KNOWN, -7, 2}, {"z", RULE_KNOWN, 0, 1},
		{"prázdno", RULE_BLANK, 0, 1}, {"mimo", RULE_NOT_APPLICABLE, 0, 1}};
	i64 k = rand_range(r, 0, 11);
	if (k < (i64)LEN(atoms))
		return (Made){str_c(atoms[k].text), {.state = atoms[k].state, .x = {atoms[k].n, atoms[k].d}}};
	i64 tenths = rand_range(r, 1, 99);
	return (Made){str_format(t_arena, "%lld,%lld", (long long)(tenths / 10), (long long)(tenths % 10)), {.state = RULE_KNOWN, .x = reckon_frac(tenths, 10)}};
}

static Result two(char op, Result x, Result y) {
	if (x.state == RULE_FAILED || y.state == RULE_FAILED || x.state == RULE_BLANK || y.state == RULE_BLANK)
		return (Result){.state = RULE_FAILED, .x = {0, 1}};
	if (x.state == RULE_NOT_APPLICABLE || y.state == RULE_NOT_APPLICABLE)
		return (Result){.state = RULE_NOT_APPLICABLE, .x = {0, 1}};
	if (op == '/' && y.x.n == 0)
		return (Result){.state = RULE_FAILED, .x = {0, 1}};
	Frac f = op == '+' ? reckon_frac(x.x.n * y.x.d + y.x.n * x.x.d, x.x.d * y.x.d) : op == '-' ? reckon_frac(x.x.n * y.x.d - y.x.n * x.x.d, x.x.d * y.x.d) :
		op == '*' ? reckon_frac(x.x.n * y.x.n, x.x.d * y.x.d) : reckon_frac(x.x.n * y.x.d, x.x.d * y.x.n);
	return (Result){.state = RULE_KNOWN, .x = f};
}

static Made number(Rand *r, int depth) {
	static const char signs[] = "+-*/";
	i64 kind = depth <= 0 ? 0 : rand_range(r, 0, 9);
	if (kind <= 1)
		return atom(r);
	Made x = number(r, depth - 1), m;
	if (kind == 2) {
		m.r = two('-', (Result){.state = RULE_KNOWN, .x = {0, 1}}, x.r);
		m.text = str_format(t_arena, "-(%.*s)", STR_ARG(x.text));
		return m;
	}
	Made y = number(r, depth - 1);
	if (kind <= 6) {
		char sign = signs[rand_range(r, 0, 3)];
		m.r = two(sign, x.r, y.r);
		m.text = str_format(t_arena, "(%.*s %c %.*s)", STR_ARG(x.text), sign, STR_ARG(y.text));
	} else if (kind == 7) {
		Made c = condition(r, depth - 1);
		m.r = c.r.state != RULE_KNOWN ? (Result){.state = c.r.state, .x = {0, 1}} : c.r.yes ? x.r : y.r;
		m.text = str_format(t_arena, "když(%.*s; %.*s; %.*s)", STR_ARG(c.text), STR_ARG(x.text), STR_ARG(y.text));
	} else if (kind == 8) {
		m.r = x.r.state == RULE_BLANK ? y.r : x.r;
		m.text = str_format(t_arena, "doplň(%.*s; %.*s)", STR_ARG(x.text), STR_ARG(y.text));
	} else {
		m.r = x.r.state == RULE_FAILED ? y.r : x.r;
		m.text = str_format(t_arena, "když_chyba(%.*s; %.*s)", STR_ARG(x.text), STR_ARG(y.text));
	}
	return m;
}

static bool letter_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	(void)arg;
	char c = input->key.ptr[0];
	ret->value = c == 'x' ? rule_int(a, RULE_NUMBER, 3) : c == 'y' ? rule_number(RULE_NUMBER, exact_ratio(a, -7, 2)) : c == 'z' ? rule_int(a, RULE_NUMBER, 0) :
		c == 'p' ? rule_blank(RULE_NUMBER) : rule_not_applicable(RULE_NUMBER);
	return true;
}

TEST("rules: ten thousand random formulas give what a naive evaluator gives") {
	static const RuleName inputs[] = {
		{.name = STR_CONST("x"), .type = RULE_NUMBER}, {.name = STR_CONST("y"), .type = RULE_NUMBER}, {.name = STR_CONST("z"), .type = RULE_NUMBER},
		{.name = STR_CONST("prázdno"), .type = RULE_NUMBER}, {.name = STR_CONST("mimo"), .type = RULE_NUMBER}};
	Rand r = rand_seed(1789);
	Arena *outer = t_arena;
	int done = 0, refused = 0;
	while (done < 10000) {
		CLEANUP(arena_free) Arena a = {0};
		t_arena = &a;
		Made m = number(&r, 4);
		RuleFaults faults = {0};
		RuleSet *set = rule_formula_read(&a, inputs, LEN(inputs), m.text, RULE_NUMBER, &faults);
		if (!set) {                                           /* always fails, or a branch is never reached: said by the checks, not reckoned */
			int id = faults.at[0].id;
			if (id != RULE_FAULT_FAILS_ALWAYS && id != RULE_FAULT_ALWAYS && id != RULE_FAULT_NEVER)
				test_fail(__FILE__, __LINE__, "refused: %.*s: %.*s", STR_ARG(m.text), STR_ARG(faults.at[0].text));
			refused++;
			t_arena = outer;
			continue;
		}
		const RuleNode *n = rule_eval(rule_run(&a, set, D(2026, 1, 1), letter_cell, NULL), S("vzorec"));
		Frac got = n->value.state == RULE_KNOWN ? reckon_read(exact_plain(&a, n->value.number)) : (Frac){0, 1};
		if (n->value.state != m.r.state || (m.r.state == RULE_KNOWN && (got.n != m.r.x.n || got.d != m.r.x.d)))
			test_fail(__FILE__, __LINE__, "%.*s gives %.*s", STR_ARG(m.text), STR_ARG(rule_value_show(&a, n->value)));
		same(n, "random formula");
		t_arena = outer;
		done++;
	}
	EXPECT(refused < 4000);
}
