/* rule sheet: parameters and tables out to a spreadsheet and back into the text of a set. */
#include "domain/rulebook/rule_sheet.h"

#include "tests/domain/rulebook_given.h"

static const char text[] =
	"sada: zkouska\n"
	"# poznámka, která zůstane\n"
	"[vstup x]\ntyp: počet\n\n"
	"[parametr sazba]\ntyp: Kč\nhodnota: 1 000\nhodnota od 1. 1. 2027: 1 100\nzdroj: Metodika\n\n"
	"[tabulka body]\nklíč: počet\ntyp: číslo\n- 1 až 3: 10\n- 4 až 6: 6\n- jinak: 0\n\n"
	"[pravidlo p]\ntyp: Kč\nvzorec: sazba * vyhledej(x; body)\n# i tato\n";

static RuleSet *read_set(Str source) {
	RuleFaults faults = {0};
	RuleSet   *set = rule_set_read(t_arena, source, &faults);
	if (!set || faults.len)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(faults.len ? faults.at[0].text : S("?")));
	return set;
}

static SheetPreview taken(Ctx *c, Str source, const char *file_name, Str bytes) {
	SheetPreview p;
	MUST(rule_sheet_read(c, read_set(source), source, str_c(file_name), bytes, -1, &p));
	return p;
}

static Str csv(const char *rows) {
	return str_format(t_arena, "Druh;Název ve vzorcích;Platí od;Řádek tabulky;Hodnota\n%s", rows);
}

TEST("rule sheet: what was exported changes nothing when it is read back, in each format, for the shipped set") {
	static const struct { FileFormat format; const char *name; } formats[] = {{FORMAT_XLSX, "p.xlsx"}, {FORMAT_CSV, "p.csv"}, {FORMAT_JSON, "p.json"}};
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion *v = version_of(&c, b.shipped);
	ParameterRows rows;
	rule_sheet_rows(t_arena, set_of(&c, v), &rows);
	EXPECT(rows.len > 60);
	for (size_t i = 0; i < LEN(formats); i++) {
		CLEANUP(buf_free) Buf out = {0};
		MUST(rule_sheet_write(&c, &rows, formats[i].format, S("Parametry"), &out));
		SheetPreview p = taken(&c, v->source, formats[i].name, buf_view(&out));
		EQ_INT(p.error_count, 0);
		EQ_INT(p.change_count, 0);
		EQ_INT(p.same, rows.len);
		EQ_STR(p.text, v->source);
	}
	ctx_end(&c);
}

TEST("rule sheet: values are changed at their place, new days and rows are added to their block, and everything else stays as it was written") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	SheetPreview p = taken(&c, str_c(text), "p.csv", csv("parametr;sazba;;;1 050\nparametr;SAZBA;2027-01-01;;1100\nparametr;sazba;1. 7. 2027;;1 200\n"
		"tabulka;body;;4 AŽ 6;7\ntabulka;body;;7;2\ntabulka;body;1. 1. 2028;1 až 5;9\ntabulka;body;1. 1. 2028;jinak;1\n"));
	EQ_INT(p.error_count, 0);
	EQ_INT(p.change_count, 6);
	EQ_INT(p.same, 1);
	Str wanted = str_replace(t_arena, str_c(text), S("hodnota: 1 000\n"), S("hodnota: 1 050\n"));
	wanted = str_replace(t_arena, wanted, S("2027: 1 100\n"), S("2027: 1 100\nhodnota od 1. 7. 2027: 1 200\n"));
	wanted = str_replace(t_arena, wanted, S("- 4 až 6: 6\n"), S("- 4 až 6: 7\n"));
	wanted = str_replace(t_arena, wanted, S("- jinak: 0\n"), S("- jinak: 0\n- 7: 2\nplatí od: 1. 1. 2028\n- 1 až 5: 9\n- jinak: 1\n"));
	EQ_STR(str_replace(t_arena, p.text, S("\u00a0"), S(" ")), wanted);
	RuleValue v;
	EXPECT(rule_parameter(read_set(p.text), S("sazba"), D(2027, 8, 1), &v));
	EQ_TEXT(rule_value_show(t_arena, v), "1\u00a0200\u00a0Kč");
	ctx_end(&c);
}

TEST("rule sheet: each mistake of a file is said at its cell, also what only the check of the whole set finds") {
	static const struct { const char *row, *place, *says; } bad[] = {
		{"parametr;neznámý;;;1", "řádek 2, sloupec 2", "sada nemá"}, {"parametr;x;;;1", "řádek 2, sloupec 2", "sada nemá"}, {"tabulka;sazba;;;1 000", "řádek 2, sloupec 1", "Opravte druh"},
		{"parametr;sazba;30. 2. 2027;;1", "řádek 2, sloupec 3", "Dni nerozumíme"}, {"parametr;sazba;;1 až 3;1", "řádek 2, sloupec 4", "Parametr nemá řádky"},
		{"tabulka;body;;;1", "řádek 2, sloupec 4", "pro co řádek"}, {"parametr;sazba;;;", "řádek 2, sloupec 5", "Hodnota chybí"}, {"parametr;sazba;;;hodně", "řádek 2, sloupec 5", "má být Kč"},
		{"tabulka;body;;2 až 5;3", "řádek 2, sloupec 5", "kryje"}, {"tabulka;body;;od mála;3", "řádek 2, sloupec 5", "nerozumíme"}, {"tabulka;body;1. 1. 2029;1 až 5;3", "řádek 2, sloupec 5", "nemá řádek"},
	};
	Book b = given_book();
	Ctx  c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	for (size_t i = 0; i < LEN(bad); i++) {
		SheetPreview p = taken(&c, str_c(text), "p.csv", csv(bad[i].row));
		if (p.error_count != 1 || !str_has(p.errors[0].place, str_c(bad[i].place)) || !str_has(p.errors[0].text, str_c(bad[i].says)))
			test_fail(__FILE__, __LINE__, "%s: %zu errors, %.*s: %.*s", bad[i].row, p.error_count, STR_ARG(p.error_count ? p.errors[0].place : S("")),
				STR_ARG(p.error_count ? p.errors[0].text : S("")));
	}
	SheetPreview p = taken(&c, str_c(text), "p.csv", csv("parametr;sazba;;;1 000\nparametr;sazba;;;1 000\n"));
	EQ_INT(p.error_count, 1);
	SheetPreview elsewhere = taken(&c, str_c(text), "p.csv", csv("tabulka;body;;od 7;3\ntabulka;body;;0;3\n"));
	EXPECT(elsewhere.error_count == 1 && str_has(elsewhere.errors[0].place, S("text pravidel, řádek")) && str_has(elsewhere.errors[0].text, S("nikdy nedojde")));
	EXPECT(str_has(p.errors[0].text, S("dvakrát")) && str_has(p.errors[0].place, S("3")));
	REFUSED_TELLING(rule_sheet_read(&c, read_set(str_c(text)), str_c(text), S("p.csv"), S("a;b\n1;2\n"), -1, &p), ERR_INVALID, "nemá sloupec");
	ctx_end(&c);
}
