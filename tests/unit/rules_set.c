/* Whole sets: faulty ones of tests/data/rules_faulty.txt are all caught, the shipped one is clean and gives the worked examples. */
#include "base/data_file.h"
#include "core/rules_inside.h"
#include "tests/test.h"
#include "tests/unit/rules_given.h"

#include <stdio.h>
#include <time.h>

TEST("rules: the shipped set is read without an alarm") {
	RuleFaults faults = {0};
	RuleSet *set = rule_set_read(t_arena, data_file(t_arena, "rules/vychozi-1.txt"), &faults);
	for (size_t i = 0; i < faults.len; i++)
		printf("# line %d+%d: %.*s: %.*s\n", faults.at[i].line, faults.at[i].column, STR_ARG(faults.at[i].block), STR_ARG(faults.at[i].text));
	EQ_INT(faults.len, 0);
	EXPECT(set != NULL);
	EQ_TEXT(rule_set_code(set), "vychozi-1");
}

TEST("rules: fifty faulty sets are all caught, each at the exact place") {
	int wrong = 0, count = given_faulty_sets(&wrong);
	EQ_INT(wrong, 0);
	EXPECT(count >= 50);
}

static bool long_list(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	(void)arg, (void)input;
	ret->item_count = RULE_STEPS_MAX;
	ret->items = NEW_ARRAY(a, RuleValue, ret->item_count);
	for (size_t i = 0; i < ret->item_count; i++)
		ret->items[i] = rule_int(a, RULE_MONEY, 1);
	return true;
}

static const RuleNode *run_one(const char *text, RuleCells cells, void *arg, const char *rule) {
	RuleFaults faults = {0};
	RuleSet *set = rule_set_read(t_arena, str_c(text), &faults);
	if (!set)
		test_fail(__FILE__, __LINE__, "refused: %.*s", STR_ARG(faults.at[0].text));
	const RuleNode *n = rule_eval(rule_run(t_arena, set, D(2026, 1, 1), cells, arg), str_c(rule));
	EQ_INT(n->value.state, RULE_FAILED);
	given_fault_see(n->value.fault, n->value.text);
	return n;
}

static void rare_ones(void) {
	RuleFaults faults = {0};
	EXPECT(!rule_set_read(t_arena, S("sada: x\001"), &faults));
	EQ_INT(faults.at[0].id, RULE_FAULT_BYTES);
	given_fault_see(RULE_FAULT_BYTES, faults.at[0].text);
	const RuleNode *n = run_one("sada: x\n[vstup s]\ntyp: Kč\nseznam: ano\n[pravidlo p]\ntyp: Kč\nvzorec: součet(s) + 1 Kč", long_list, NULL, "p");
	EQ_INT(n->value.fault, RULE_FAULT_STEPS);
	GivenCase c = {S("k = 7; t = modrá")};
	static const char set[] = "sada: x\n[vstup t]\ntyp: text\n[vstup k]\ntyp: číslo\n[parametr od_léta]\ntyp: číslo\nhodnota od 1. 7. 2026: 5\n"
		"[tabulka barvy]\nklíč: text\ntyp: číslo\n- bílá: 1\n[pravidlo b]\ntyp: číslo\nvzorec: vyhledej(t; barvy)\n[pravidlo l]\ntyp: číslo\nvzorec: od_léta * k\n"
		"[pravidlo c]\ntyp: počet\nvzorec: k / 2\n[pravidlo m]\ntyp: číslo\nnejvýše: 5\nvzorec: k";
	EQ_TEXT(run_one(set, given_cell, &c, "b")->value.text, "Tabulka „barvy“ nemá řádek pro „modrá“. Doplňte ho, nebo přidejte řádek „jinak“.");
	EQ_TEXT(run_one(set, given_cell, &c, "l")->value.text, "Parametr „od_léta“ nemá k 1. 1. 2026 žádnou hodnotu. Doplňte ji v pravidlech.");
	EQ_INT(run_one(set, given_cell, &c, "c")->value.fault, RULE_FAULT_NOT_WHOLE);
	EQ_INT(run_one(set, given_cell, &c, "m")->value.fault, RULE_FAULT_POINTS);
	EQ_INT(run_one(set, given_cell, &c, "nic takového")->value.fault, RULE_FAULT_NO_RULE);
	static const char tables[] = "sada: x\n[vstup k]\ntyp: číslo\n[tabulka kusy]\nklíč: počet\ntyp: číslo\n- jinak: 1\n[tabulka příští]\nklíč: číslo\ntyp: číslo\n"
		"platí od: 1. 1. 2027\n- jinak: 1\n[pravidlo p]\ntyp: číslo\nvzorec: vyhledej(k / 2; kusy)\n[pravidlo q]\ntyp: číslo\nvzorec: vyhledej(k; příští)";
	EQ_INT(run_one(tables, given_cell, &c, "p")->value.fault, RULE_FAULT_NOT_WHOLE);
	EQ_INT(run_one(tables, given_cell, &c, "q")->value.fault, RULE_FAULT_NO_VALUE);
}

TEST("rules: what can only go wrong while computing says so in a sentence") {
	rare_ones();
}

TEST("rules: every sentence of refusal occurs in a case") {
	int wrong = 0, missing = 0;
	rare_ones();
	given_formulas(&wrong);
	given_faulty_sets(&wrong);
	for (int id = 1; id < RULE_FAULT_COUNT; id++)
		if (!given_fault_seen(id)) {
			printf("# no case shows %s\n", given_fault_name(id));
			missing++;
		}
	EQ_INT(missing, 0);
}

/* The longest piece of a sentence in the source that stands in it as it will be read. */
static Str fixed_piece(Str literal) {
	Str best = {0};
	while (literal.len) {
		Str piece = str_cut(&literal, '%');
		if (piece.len > best.len)
			best = piece;
		if (literal.len)                                      /* the sign behind it: %d, %s, %.*s, %zu */
			literal = str_from(literal, str_starts(literal, S(".*s")) ? 3 : str_starts(literal, S("zu")) ? 2 : 1);
	}
	return best;
}

static int missing_sentences(const char *path) {
	Str source = given_file(path);
	int missing = 0;
	while (source.len) {
		Str line = str_cut(&source, '\n');
		for (Str rest = line; str_find_char(rest, '"') >= 0;) {
			str_cut(&rest, '"');
			Str literal = str_cut(&rest, '"'), piece = fixed_piece(literal);
			bool is_sentence = literal.len > 24 && (str_has(literal, S(". ")) || str_ends(literal, S(".")) || str_ends(literal, S("?")));
			if (is_sentence && !given_sentence_seen(piece)) {
				printf("# no case shows: %.*s\n", STR_ARG(literal));
				missing++;
			}
		}
	}
	return missing;
}

TEST("rules: 6.3: every sentence that stands in the sources of the rules is shown by a case, word for word") {
	static const char *const files[] = {"words", "parse", "types", "set", "table", "check", "reach", "eval", "call"};
	int wrong = 0, missing = 0;
	rare_ones();
	given_formulas(&wrong);
	given_faulty_sets(&wrong);
	for (size_t i = 0; i < LEN(files); i++)
		missing += missing_sentences(str_z(t_arena, str_format(t_arena, "src/core/rules_%s.c", files[i])));
	EQ_INT(missing, 0);
}

TEST("rules: F1, E1, E2: compensation by unit comes out to the crown") {
	RuleSet *set = given_set(t_arena);
	EQ_TEXT(given_result(set, "referenční náklad = 720 000; referenční výnos = 390 000; jednotky = 40; měsíce pověření = 12", "vyrovnávací platba"), "13 200 000 Kč");
	EQ_TEXT(given_result(set, "referenční náklad = 980 000; referenční výnos = 245 000; jednotky = 6,5; měsíce pověření = 12", "vyrovnávací platba"), "4 777 500 Kč");
	EQ_TEXT(given_result(set, "referenční náklad = 100; referenční výnos = 245 000; jednotky = 6,5; měsíce pověření = 12", "vyrovnávací platba"), "0 Kč");
	EQ_TEXT(given_result(set, "referenční náklad = 100 000; referenční výnos = 0; jednotky = 1; měsíce pověření = 7", "vyrovnávací platba"), "58 333 Kč");
}

TEST("rules: F3, F4, E3: the optimal proposal is measured by the highest possible one") {
	RuleSet *set = given_set(t_arena);
	static const char given[] = "požadavek = 4 200 000; neuznatelné = 150 000; nadhodnocené = 50 000; optimální návrh = ";
	EQ_TEXT(given_result(set, given, "maximální návrh"), "4 000 000 Kč");
	Str refused = str_cat(t_arena, str_c(given), S("4 100 000")), accepted = str_cat(t_arena, str_c(given), S("3 900 000"));
	EQ_TEXT(given_result(set, str_z(t_arena, refused), "optimální návrh vyhovuje"), "ne");
	EQ_TEXT(given_result(set, str_z(t_arena, accepted), "optimální návrh vyhovuje"), "ano");
}

TEST("rules: F2, E11: the regional value holds with enough providers and above the national one") {
	RuleSet *set = given_set(t_arena);
	EQ_TEXT(given_result(set, "regionální hodnota = 610 000; počet poskytovatelů = 9; národní hodnota = 590 000", "referenční hodnota"), "610 000 Kč");
	EQ_TEXT(given_result(set, "regionální hodnota = 610 000; počet poskytovatelů = 4; národní hodnota = 590 000", "referenční hodnota"), "590 000 Kč");
	EQ_TEXT(given_result(set, "regionální hodnota = 580 000; počet poskytovatelů = 9; národní hodnota = 590 000", "referenční hodnota"), "590 000 Kč");
	EQ_TEXT(given_result(set, "regionální hodnota = 610 000; počet poskytovatelů = 2; národní hodnota = ", "referenční hodnota"), "610 000 Kč");
}

/* An application that gets all the points; further pairs stand in front, because the first of a name counts. */
static Str scored(const char *changed, const char *rule) {
	static const char whole[] = "typ žádosti = A; stav potřeby = ÚŘS; pořadí potřeby = 1; požadovaná kapacita = 4; optimální kapacita = 10; kapacita sítě = 6;"
		"vazba na plán = ano; jednotka = úvazek; druh a forma = 40 T; úvazky přímé péče = 4; kvalifikované úvazky = 4; podíl kladných vyjádření = 100;"
		"jiná služba v území = ne; naplnění jiných služeb = nevztahuje se; referenční náklad = 980 000; referenční výnos = 245 000; plánované náklady = 3 640 000;"
		"plánované výnosy = 980 000; spolufinancování = 500 000; naplnění = 97; kontrola kvality = bez závad; v síti = ne; je záměr = ne; má výhradu = ne";
	Str text = str_cat(t_arena, str_c(changed), str_c(whole));
	return given_result(given_set(t_arena), str_z(t_arena, text), rule);
}

TEST("rules: the score table gives a hundred points at most, and each threshold its points") {
	EQ_TEXT(scored("", "body celkem"), "100");
	EQ_TEXT(scored("", "navržená úroveň"), "Z1");
	static const struct { const char *changed, *rule, *points; } rows[] = {
		{"stav potřeby = OPS;", "A1", "5"}, {"stav potřeby = není;", "A1", "0"}, {"pořadí potřeby = 3;", "A2", "10"}, {"pořadí potřeby = 4;", "A2", "6"},
		{"pořadí potřeby = 6;", "A2", "6"}, {"pořadí potřeby = 7;", "A2", "3"}, {"pořadí potřeby = 11;", "A2", "0"}, {"pořadí potřeby = nevztahuje se;", "A2", "0"},
		{"požadovaná kapacita = 6;", "A3", "6"}, {"optimální kapacita = 5;", "A3", "0"}, {"požadovaná kapacita = 0;", "A3", "0"}, {"vazba na plán = ne;", "A4", "0"},
		{"úvazky přímé péče = 3,99;", "B1", "6"}, {"úvazky přímé péče = 3,6;", "B1", "6"}, {"úvazky přímé péče = 3,59;", "B1", "3"}, {"úvazky přímé péče = 3,19;", "B1", "0"},
		{"jednotka = lůžko; druh a forma = 49 R;", "B1", "10"}, {"jednotka = lůžko; druh a forma = 49 R; úvazky přímé péče = 1,45;", "B1", "6"},
		{"kvalifikované úvazky = 3,8;", "B2", "5"}, {"kvalifikované úvazky = 3,2;", "B2", "3"}, {"kvalifikované úvazky = 3,19;", "B2", "0"},
		{"podíl kladných vyjádření = 79,99;", "C1", "7"}, {"jiná služba v území = ano; naplnění jiných služeb = 95;", "C2", "5"},
		{"jiná služba v území = ano; naplnění jiných služeb = 94,99;", "C2", "0"}, {"plánované náklady = 3 920 000;", "D1", "8"}, {"plánované náklady = 4 067 000;", "D1", "5"},
		{"plánované náklady = 4 067 001;", "D1", "2"}, {"plánované náklady = 4 361 001;", "D1", "0"}, {"spolufinancování = 398 999,99;", "D2", "7"},
		{"spolufinancování = 133 000;", "D2", "4"}, {"spolufinancování = 1;", "D2", "1"}, {"spolufinancování = 0;", "D2", "0"}, {"plánované výnosy = 882 000;", "D3", "3"},
		{"plánované výnosy = 881 999;", "D3", "0"}, {"referenční výnos = 0;", "D3", "5"}, {"naplnění = nevztahuje se;", "E1", "3"}, {"naplnění = 84,9;", "E1", "0"},
		{"kontrola kvality = dosud nebyla;", "E2", "3"}, {"kontrola kvality = závažné závady;", "E2", "0"},
		{"stav potřeby = není; typ žádosti = C;", "navržená úroveň", "nezařazeno"}, {"má výhradu = ano;", "navržená úroveň", "Z1v"}, {"je záměr = ano;", "navržená úroveň", "P/Z2v"},
		{"typ žádosti = B; stav potřeby = není; pořadí potřeby = 20; vazba na plán = ne; podíl kladných vyjádření = 0;", "body celkem", "65"},
		{"typ žádosti = B; stav potřeby = není; pořadí potřeby = 20; vazba na plán = ne; podíl kladných vyjádření = 0;", "navržená úroveň", "Z2"},
		{"kontrola kvality = výborná;", "body celkem", "Hodnota „Výsledek inspekce kvality“ není mezi možnostmi, které pravidla znají: „výborná“. Opravte vstup."},
		{"naplnění = ;", "body celkem", "Hodnota „Obložnost nebo naplnění v minulém roce (u nové služby se nevztahuje)“ není vyplněna: buňka naplnění. Doplňte ji; prázdná hodnota není nula."},
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		Str got = scored(rows[i].changed, rows[i].rule);
		if (!str_eq(got, str_c(rows[i].points)))
			test_fail(__FILE__, __LINE__, "%s %s gives %.*s", rows[i].changed, rows[i].rule, STR_ARG(got));
	}
}

/* The level that these points give, in hundredths of a point. */
static Str level(int hundredths, bool inside, bool reserved, bool intention) {
	static const char *const words[] = {"ne", "ano"};
	RuleSet  *set = given_set(t_arena);
	GivenCase c = {str_format(t_arena, "v síti = %s; má výhradu = %s; je záměr = %s; typ žádosti = B; stav potřeby = ÚŘS", words[inside], words[reserved], words[intention])};
	RuleRun  *run = rule_run(t_arena, set, D(2026, 3, 1), given_cell, &c);
	rule_give(run, S("body celkem"), &(RuleGiven){.name = S("1. hodnotitel"), .value = rule_number(RULE_NUMBER, exact_ratio(t_arena, hundredths, 100))}, 1);
	return rule_value_show(t_arena, rule_eval(run, S("navržená úroveň"))->value);
}

TEST("rules: § 9.4: a level begins exactly at its threshold, for services in the network, with a reservation, new ones and intentions") {
	static const struct { int points; const char *fresh, *inside, *reserved, *intention; } rows[] = {
		{10000, "Z1", "Z1", "Z1v", "P/Z2v"}, {7000, "Z1", "Z1", "Z1v", "P/Z2v"}, {6999, "Z2", "Z2", "Z2v", "P/Z2v"}, {5500, "Z2", "Z2", "Z2v", "P/Z2v"},
		{5499, "nezařazeno", "Z2v", "Z2v", "nezařazeno"}, {4000, "nezařazeno", "Z2v", "Z2v", "nezařazeno"}, {3999, "nezařazeno", "nezařazeno", "nezařazeno", "nezařazeno"},
		{0, "nezařazeno", "nezařazeno", "nezařazeno", "nezařazeno"}};
	for (size_t i = 0; i < LEN(rows); i++) {
		EQ_STR(level(rows[i].points, false, false, false), str_c(rows[i].fresh));
		EQ_STR(level(rows[i].points, true, false, false), str_c(rows[i].inside));
		EQ_STR(level(rows[i].points, true, true, false), str_c(rows[i].reserved));
		EQ_STR(level(rows[i].points, false, false, true), str_c(rows[i].intention));
	}
}

TEST("rules: parameters and tables are those of the day") {
	RuleFaults faults = {0};
	RuleSet *set = rule_set_read(t_arena, S("sada: dny\n[vstup x]\ntyp: počet\n[parametr p]\ntyp: Kč\nhodnota od 1. 1. 2025: 100\nhodnota od 1. 7. 2026: 200\n"
		"[tabulka t]\nklíč: počet\ntyp: číslo\nplatí od: 1. 1. 2026\n- jinak: 1\nplatí od: 1. 1. 2027\n- 0: 5\n- jinak: 2\n"
		"[pravidlo r]\ntyp: Kč\nvzorec: p * vyhledej(x; t)\n"), &faults);
	EXPECT(set != NULL && faults.len == 0);
	static const struct { int year, month, day; const char *want; } days[] = {{2026, 1, 1, "100\u00a0Kč"}, {2026, 6, 30, "100\u00a0Kč"}, {2026, 7, 1, "200\u00a0Kč"},
		{2026, 12, 31, "200\u00a0Kč"}, {2027, 1, 1, "1\u00a0000\u00a0Kč"}, {2025, 12, 31, "Tabulka „t“ k tomuto dni ještě neplatí. Doplňte její znění v pravidlech."}};
	GivenCase c = {S("x = 0")};
	for (size_t i = 0; i < LEN(days); i++) {
		const RuleNode *n = rule_eval(rule_run(t_arena, set, D(days[i].year, days[i].month, days[i].day), given_cell, &c), S("r"));
		EQ_STR(rule_value_show(t_arena, n->value), str_c(days[i].want));
	}
	RuleValue v;
	EXPECT(!rule_parameter(set, S("p"), D(2024, 12, 31), &v));
	EXPECT(rule_parameter(set, S("P"), D(2026, 6, 30), &v));
	EQ_STR(rule_value_show(t_arena, v), S("100\u00a0Kč"));
	EXPECT(rule_parameter(set, S("P"), D(2026, 7, 1), &v));
	EQ_STR(rule_value_show(t_arena, v), S("200\u00a0Kč"));
	EXPECT(rule_parameter(set, S("P"), D(2025, 1, 1), &v));
	EXPECT(rule_set_uses(set, rule_set_find(set, S("r")), rule_set_find(set, S("t"))));
	const RuleNode *before = rule_eval(rule_run(t_arena, set, D(2024, 1, 1), given_cell, &c), S("r"));
	EQ_INT(before->value.fault, RULE_FAULT_NO_VALUE);
}
