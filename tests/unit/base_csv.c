#include "base/csv.h"
#include "base/hash.h"
#include "tests/test.h"

/* All rows as text: cells between [ ], rows on lines, then the reason if there is one. */
static Str read_all(Str bytes, CsvLimits limits) {
	CsvReader *r = csv_open(t_arena, bytes, limits);
	Buf b = {0};
	Strs cells;
	while (csv_next(r, &cells)) {
		for (size_t i = 0; i < cells.len; i++)
			buf_format(&b, "[%.*s]", STR_ARG(cells.at[i]));
		buf_char(&b, '\n');
	}
	EXPECT(!csv_next(r, &cells));            /* the end stays the end, an error stays an error */
	buf_str(&b, csv_why(r));
	Str all = buf_take(&b, t_arena);
	buf_free(&b);
	return all;
}

#define READS(text, want) EQ_TEXT(read_all(S(text), (CsvLimits){0}), want)

static void stops_with(Str text, CsvLimits limits, const char *why) {
	Str all = read_all(text, limits);
	if (!str_has(all, str_c(why)))
		test_fail(__FILE__, __LINE__, "\"%.*s\" has no \"%s\"", STR_ARG(all), why);
}

TEST("csv: rows and cells are read, with any line end and with none at the end") {
	READS("a;b\r\n1;2\r\n", "[a][b]\n[1][2]\n");
	READS("a;b\n1;2", "[a][b]\n[1][2]\n");
	READS("a;b\r1;2\r", "[a][b]\n[1][2]\n");
	READS("a;;\n;;\n", "[a][][]\n[][][]\n");
	READS("a", "[a]\n");
	READS("", "");
	READS("\n\r\n\r", "");
	READS("a;\n", "[a][]\n");
	READS("a;", "[a][]\n");
}

TEST("csv: quoted cells may hold delimiters, line ends and doubled quotes") {
	READS("a;b\n\"x;y\";\"1\r\n2\"\n", "[a][b]\n[x;y][1\r\n2]\n");
	READS("\"Domov \"\"U Lípy\"\"\";x", "[Domov \"U Lípy\"][x]\n");
	READS("\"\";\"\"\"\"\n", "[][\"]\n");
	READS("\"a\"", "[a]\n");
	READS("\"\"\"a\"\"\";\"\"\"b\"\"\";\"\"\"cdefghijklmnopqrstuvwxyz\"\"\"", "[\"a\"][\"b\"][\"cdefghijklmnopqrstuvwxyz\"]\n");
}

TEST("csv: empty lines count but are no rows") {
	CsvReader *r = csv_open(t_arena, S("a\n\n\nb\n\"\"\n"), (CsvLimits){0});
	Strs cells;
	EXPECT(csv_next(r, &cells));
	EQ_INT(csv_row(r), 1);
	EXPECT(csv_next(r, &cells));
	EQ_INT(csv_row(r), 4);
	EQ_TEXT(cells.at[0], "b");
	EXPECT(csv_next(r, &cells));
	EQ_INT(cells.len, 1);                    /* one empty cell in quotes is a row */
	EXPECT(!csv_next(r, &cells));
	EQ_TEXT(csv_why(r), "");
}

static char delimiter_of(const char *text) {
	return csv_delimiter(csv_open(t_arena, str_c(text), (CsvLimits){0}));
}

TEST("csv: the delimiter is the one that the header line has most of") {
	EQ_INT(delimiter_of("a;b;c\n1,2,3,4,5\n"), ';');
	EQ_INT(delimiter_of("a,b,c"), ',');
	EQ_INT(delimiter_of("a\tb\tc\r\n"), '\t');
	EQ_INT(delimiter_of("Název, sídlo;IČO;PSČ\n"), ';');
	EQ_INT(delimiter_of("\"a;b;c;\n;d\",e,f\n"), ',');
	EQ_INT(delimiter_of("a;b,c\n"), ';');
	EQ_INT(delimiter_of("jediný sloupec\n"), ';');
	EQ_INT(delimiter_of(""), ';');
}

static void decodes(Str bytes, const char *encoding, const char *want) {
	CsvReader *r = csv_open(t_arena, bytes, (CsvLimits){0});
	EQ_STR(str_c(csv_encoding(r)), str_c(encoding));
	Strs cells;
	EXPECT(csv_next(r, &cells));
	EQ_STR(cells.at[0], str_c(want));
}

TEST("csv: the encoding is recognised") {
	decodes(S("Česko;x"), "UTF-8", "Česko");
	decodes(S("\xEF\xBB\xBF" "Česko;x"), "UTF-8", "Česko");
	decodes(S("\xC8" "esko;x"), "windows-1250", "Česko");
	decodes(S("\xFF\xFE" "a\0\x0C\x01;\0b\0"), "UTF-16", "aČ");
	decodes(S("\xFE\xFF" "\0a\x01\x0C\0;\0b"), "UTF-16", "aČ");
	decodes(S("a\0b\0;\0c\0"), "UTF-16", "ab");
	decodes(S("\0a\0b\0;\0c"), "UTF-16", "ab");
	decodes(S("ab"), "UTF-8", "ab");
	stops_with(S("\0\0\0\0"), (CsvLimits){0}, "Řádek 1, sloupec 1: ");
	stops_with(S("a\0bb"), (CsvLimits){0}, "Řádek 1, sloupec 1: ");
	stops_with(S("a\0b\0;"), (CsvLimits){0}, "Řádek 1, sloupec 1: ");
}

TEST("csv: what is wrong is said with row and column") {
	stops_with(S("a;b\n1;\"2"), (CsvLimits){0}, "[a][b]\nŘádek 2, sloupec 2: buňka začíná uvozovkou");
	stops_with(S("a;b\n1;\"2\"x\n"), (CsvLimits){0}, "Řádek 2, sloupec 2: za uvozovkou");
	stops_with(S("a;b\n1;2\"x\n"), (CsvLimits){0}, "Řádek 2, sloupec 2: uvozovka stojí uprostřed");
	stops_with(S("a;b\n1;\x01\n"), (CsvLimits){0}, "Řádek 2, sloupec 2: v buňce je řídicí znak");
	stops_with(S("\xEF\xBB\xBF" "a;b\n\xC8;1\n"), (CsvLimits){0}, "Řádek 2, sloupec 1: text není v kódování UTF-8");
	stops_with(S("\xC8;b\nx;\x81\n"), (CsvLimits){0}, "Řádek 2, sloupec 2: v buňce je znak, který kódování windows-1250 nezná");
	stops_with(S("a;b\n\nx\0y;1"), (CsvLimits){0}, "Řádek 3, sloupec 1: ");
}

TEST("csv: limits hold to the row, the column and the byte") {
	stops_with(S("a\n1\n2\n3\n"), (CsvLimits){.rows = 2}, "Řádek 4, sloupec 1: soubor má víc řádků");
	EQ_TEXT(read_all(S("a\n1\n2\n"), (CsvLimits){.rows = 2}), "[a]\n[1]\n[2]\n");
	stops_with(S("a;b\n1;2;3\n"), (CsvLimits){.columns = 2}, "Řádek 2, sloupec 3: řádek má víc sloupců");
	EQ_TEXT(read_all(S("a;b"), (CsvLimits){.columns = 2}), "[a][b]\n");
	stops_with(S("abcd\n12345\n"), (CsvLimits){.cell = 4}, "Řádek 2, sloupec 1: text v buňce je příliš dlouhý");
	EQ_TEXT(read_all(S("\"1\"\"34\""), (CsvLimits){.cell = 4}), "[1\"34]\n");
}

static Str written(CsvKind kind, Strs cells) {
	Buf b = {0};
	CsvWriter w = {.out = &b, .kind = kind};
	for (size_t i = 0; i < cells.len; i++)
		csv_text(&w, cells.at[i]);
	csv_row_end(&w);
	Str all = buf_take(&b, t_arena);
	buf_free(&b);
	return all;
}

#define ROW(...) ((Strs){(Str[]){__VA_ARGS__}, sizeof((Str[]){__VA_ARGS__}) / sizeof(Str), 0})

TEST("csv: people get a mark, semicolons and decimal commas, data commas and dots") {
	Buf b = {0};
	CsvWriter w = {.out = &b, .kind = CSV_PEOPLE};
	csv_text(&w, S("Název"));
	csv_text(&w, S("a,b"));
	csv_row_end(&w);
	csv_number(&w, 179750, 2);
	csv_number(&w, BLANK, 2);
	csv_number(&w, -5, 0);
	csv_row_end(&w);
	EQ_STR(buf_view(&b), S("\xEF\xBB\xBF" "Název;\"a,b\"\r\n1797,50;;-5\r\n"));
	b.len = 0;
	w = (CsvWriter){.out = &b, .kind = CSV_DATA};
	csv_number(&w, BLANK, 0);
	csv_number(&w, 179750, 2);
	csv_text(&w, S(""));
	csv_row_end(&w);
	EQ_STR(buf_view(&b), S("\"\",1797.50,\r\n"));
	buf_free(&b);
}

TEST("csv: text that a spreadsheet would run gets one apostrophe, and gives it back") {
	static const char *const risky[] = {"=1+1", "+420", "-5", "@x", "|x", "%x", "\tx", "\rx", "'x", " =1", "\n=1", "\v=1", "\f=1",
		"\xC2\xA0=1", "\xE2\x80\x8B=1", "\xE2\x80\xAF=1", "\xE3\x80\x80=1", "\xEF\xBB\xBF=1", "''", "'"};
	for (size_t i = 0; i < LEN(risky); i++) {
		Str text = str_c(risky[i]), row = written(CSV_DATA, ROW(S("x"), text)), guarded = str_cat(t_arena, S("'"), text);
		if (!str_has(row, str_cat(t_arena, S("'"), str_first(text, 1))))
			test_fail(__FILE__, __LINE__, "no apostrophe before \"%s\"", risky[i]);
		EQ_STR(csv_unguard(guarded), text);
	}
	EQ_TEXT(written(CSV_DATA, ROW(S("a=1"), S("  "), S(""))), "a=1,\"  \",\r\n");
	EQ_TEXT(csv_unguard(S("'s-Hertogenbosch")), "'s-Hertogenbosch");  /* a foreign file: nobody guarded it */
	EQ_TEXT(csv_unguard(S("=1")), "=1");
	EQ_TEXT(csv_unguard(S("' ")), "' ");
	EQ_TEXT(csv_unguard(S("")), "");
}

TEST("csv: any cells that are written are read back the same") {
	static const char *const pieces[] = {"a", ";", ",", "\t", "\"", "\r\n", "\n", "'", "=", " ", "č", "-", "", "0"};
	Rand rand = rand_seed(11);
	for (int round = 0; round < 2000; round++) {
		Str cells[4];
		for (size_t c = 0; c < LEN(cells); c++) {
			cells[c] = S("");
			for (i64 n = rand_range(&rand, 0, 4); n > 0; n--)
				cells[c] = str_cat(t_arena, cells[c], str_c(pieces[rand_range(&rand, 0, LEN(pieces) - 1)]));
		}
		CsvKind kind = rand_chance(&rand, 50) ? CSV_PEOPLE : CSV_DATA;
		Str header = written(kind, ROW(S("a"), S("b"), S("c"), S("d"))), row = written(CSV_DATA, (Strs){cells, LEN(cells), 0});
		if (kind == CSV_PEOPLE)
			row = str_from(written(kind, (Strs){cells, LEN(cells), 0}), 3);
		CsvReader *r = csv_open(t_arena, str_cat(t_arena, header, row), (CsvLimits){0});
		Strs back;
		EXPECT(csv_next(r, &back) && back.len == 4);
		EXPECT(csv_next(r, &back) && back.len == 4);
		for (size_t c = 0; c < LEN(cells); c++)
			EQ_STR(csv_unguard(back.at[c]), cells[c]);
		EXPECT(!csv_next(r, &back) && str_empty(csv_why(r)));
	}
}

TEST("csv: a row of one empty cell survives") {
	EQ_TEXT(written(CSV_DATA, ROW(S(""))), "\"\"\r\n");
	EQ_TEXT(read_all(written(CSV_DATA, ROW(S(""))), (CsvLimits){0}), "[]\n");
}
