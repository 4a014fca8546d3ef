/* table_read.c, xlsx_*.c and table_json.c: files as offices send them, and files as attackers do. */
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/format.h"
#include "core/table_inside.h"
#include "core/xlsx_value.h"
#include "tests/test.h"

static Ctx new_ctx(void) {
	return ctx_make(t_arena, NULL, &actor_program, (Instant){INT64_C(1700000000000)});
}

static int open_file(const char *name) {
	int fd = open(str_z(t_arena, str_format(t_arena, "tests/data/xlsx/%s", name)), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		test_fail(__FILE__, __LINE__, "tests/data/xlsx/%s cannot be opened", name);
	return fd;
}

/* All rows as "a|b|c", the header first. */
static Strs rows_of(Ctx *c, TableReader *r) {
	Strs all = {0}, cells;
	strs_add(t_arena, &all, str_join(t_arena, S("|"), *table_header(r)));
	while (table_read_next(r, &cells))
		strs_add(t_arena, &all, str_join(t_arena, S("|"), cells));
	if (table_read_end(r) != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(first_problem(c)));
	return all;
}

static Strs rows_of_file(const char *name) {
	Ctx          c = new_ctx();
	TableReader *r;
	int          fd = open_file(name);
	Err          e = table_read_open(&c, fd, str_c(name), &r);
	close(fd);
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", name, STR_ARG(first_problem(&c)));
	return rows_of(&c, r);
}

/* The sentence that refuses a file, wherever it is noticed. */
static Str refusal(const char *name, Err *err) {
	Ctx          c = new_ctx();
	TableReader *r;
	Strs         cells;
	int          fd = open_file(name);
	*err = table_read_open(&c, fd, str_c(name), &r);
	close(fd);
	if (*err == OK) {
		while (table_read_next(r, &cells))
			;
		*err = table_read_end(r);
	}
	return first_problem(&c);
}

static void refused(const char *name, Err want, Str part) {
	Err err;
	Str why = refusal(name, &err);
	if (err != want || !str_has(why, part))
		test_fail(__FILE__, __LINE__, "%s: %s \"%.*s\", not %s with \"%.*s\"", name, err_name(err), STR_ARG(why), err_name(want), STR_ARG(part));
}

/* ---- workbooks of offices ---- */

TEST("table_read: a workbook of Excel gives texts, runs, escapes, numbers, days, truths and stored results") {
	Strs rows = rows_of_file("excel.xlsx");
	EQ_INT(rows.len, 4);
	EQ_TEXT(rows.at[0], "Název|Částka|Působí od|Otevřeno|Poznámka|Vzorec");
	EQ_TEXT(rows.at[1], "Domov U Lípy|9.95|2025-01-31|ano|řádek 1\r\nřádek 2|29.85");
	EQ_TEXT(rows.at[2], "Dům u Řeky|1500|2025-01-31 12:00:00|ne|_x0041_ zůstane|text");
	EQ_TEXT(rows.at[3], "Domov U Lípy||1900-02-29|||#DIV/0!");
}

TEST("table_read: a workbook of LibreOffice gives the same kinds of values") {
	Strs rows = rows_of_file("libreoffice.xlsx");
	EQ_INT(rows.len, 3);
	EQ_TEXT(rows.at[0], "Název|Částka|Působí od|Otevřeno|Poznámka");
	EQ_TEXT(rows.at[1], "Domov U Lípy|9.95|2025-01-31|1|první řádek\ndruhý řádek");
	EQ_TEXT(rows.at[2], "Dům u Řeky|29.85||0|#DIV/0!");
}

TEST("table_read: days of the calendar from 1904 and days written as ISO are read") {
	Strs rows = rows_of_file("dates1904.xlsx");
	EQ_INT(rows.len, 4);
	EQ_TEXT(rows.at[1], "2025-01-31");
	EQ_TEXT(rows.at[2], "1904-01-01");
	EQ_TEXT(rows.at[3], "2024-02-29");
}

TEST("table_read: prefixed elements, inline texts and cells without addresses are read") {
	Strs rows = rows_of_file("prefixed.xlsx");
	EQ_INT(rows.len, 2);
	EQ_TEXT(rows.at[0], "Název|Počet");
	EQ_TEXT(rows.at[1], "Dva běhy|7");
}

TEST("table_read: kinds of cells and places are known while a row is at hand") {
	Ctx          c = new_ctx();
	TableReader *r;
	Strs         cells;
	int          fd = open_file("excel.xlsx");
	MUST(table_read_open(&c, fd, S("excel.xlsx"), &r));
	close(fd);
	EXPECT(table_read_next(r, &cells));
	static const CellKind want[] = {CELL_IS_TEXT, CELL_IS_NUMBER, CELL_IS_DATE, CELL_IS_BOOL, CELL_IS_TEXT, CELL_IS_NUMBER};
	for (size_t i = 0; i < LEN(want); i++)
		EQ_INT(table_kinds(r)[i], want[i]);
	EQ_TEXT(table_place(r, 2), "List Služby, řádek 3, buňka C3");
	EXPECT(table_read_next(r, &cells) && table_read_next(r, &cells));
	EQ_TEXT(table_place(r, 5), "List Služby, řádek 1000, buňka F1000");
	EQ_INT(table_kinds(r)[5], CELL_IS_ERROR);
	EXPECT(!table_read_next(r, &cells));
	MUST(table_read_end(r));
}

TEST("table_read: a formula whose result nobody stored is told from an empty cell") {
	Ctx          c = new_ctx();
	TableReader *r;
	Strs         cells;
	int          fd = open_file("no_value.xlsx");
	MUST(table_read_open(&c, fd, S("no_value.xlsx"), &r));
	close(fd);
	EXPECT(table_read_next(r, &cells));
	EQ_INT(table_kinds(r)[0], CELL_HAS_NO_VALUE);
}

TEST("table_read: rows that come in several pieces keep all their cells") {
	static const TableColumn columns[] = {{"day", "Den", CELL_DATE}, {"amount", "Částka", CELL_DECIMAL, .places = 2}, {"text", "Text", CELL_TEXT}, {"n", "N", CELL_INT}};
	enum { ROWS = 6000 };
	Buf          out = {0};
	TableWriter *w = table_open(t_arena, &out, FORMAT_XLSX, S("Data"), columns, LEN(columns), (Str){0});
	for (int i = 0; i < ROWS; i++) {
		table_date(w, date_add(D(1990, 1, 1), i));
		table_int(w, i * 7919 - 1000);
		table_text(w, str_format(t_arena, "řádek <%d> & dál\nx", i));
		table_int(w, i % 3 ? i : BLANK);
		table_row_end(w);
	}
	MUST(table_close(w));
	Ctx          c = new_ctx();
	TableReader *r;
	Strs         cells;
	MUST(table_read_bytes(&c, buf_take(&out, t_arena), S("x.xlsx"), &r));
	buf_free(&out);
	for (int i = 0; i < ROWS; i++) {
		EXPECT(table_read_next(r, &cells));
		Date        day;
		i64         amount;
		const char *why;
		EXPECT(date_read_iso(cells.at[0], &day) && date_eq(day, date_add(D(1990, 1, 1), i)));
		EXPECT(read_decimal(cells.at[1], 2, &amount, &why) && amount == i * 7919 - 1000);
		EQ_STR(cells.at[2], str_format(t_arena, "řádek <%d> & dál\nx", i));
		EQ_STR(cells.at[3], i % 3 ? str_format(t_arena, "%d", i) : S(""));
	}
	EXPECT(!table_read_next(r, &cells));
	MUST(table_read_end(r));
}

/* ---- hostile files ---- */

TEST("table_read: hostile workbooks are refused with a sentence that says what to do") {
	refused("bad_old.xls", ERR_TYPE, S("starém formátu"));
	refused("bad_truncated.xlsx", ERR_INVALID, S("neúplný"));
	refused("bad_doctype.xlsx", ERR_INVALID, S("DOCTYPE"));
	refused("bad_columns.xlsx", ERR_INVALID, S("256 sloupců"));
	refused("bad_deep.xlsx", ERR_INVALID, S("uspořádaný jinak"));
	refused("bad_order.xlsx", ERR_INVALID, S("přeházené"));
	refused("bad_path.xlsx", ERR_INVALID, S("uspořádaný jinak"));
	refused("bad_string.xlsx", ERR_INVALID, S("odkazuje na text"));
	refused("bad_bomb.xlsx", ERR_INVALID, S("příliš velký"));
	refused("bad_liar.xlsx", ERR_INVALID, S(""));
	refused("bad_overlap.xlsx", ERR_INVALID, S("uspořádaný jinak"));
	refused("bad_locked.xlsx", ERR_INVALID, S("heslem"));
}

TEST("table_read: refusing bombs takes little memory") {
	static const char *const bombs[] = {"bad_bomb.xlsx", "bad_liar.xlsx", "bad_overlap.xlsx", "bad_doctype.xlsx"};
	struct rusage before, after;
	Err           err;
	getrusage(RUSAGE_SELF, &before);
	for (size_t i = 0; i < LEN(bombs); i++)
		EXPECT(refusal(bombs[i], &err).len > 0);
	getrusage(RUSAGE_SELF, &after);
	EXPECT(after.ru_maxrss - before.ru_maxrss < 48 * 1024);
}

TEST("table_read: no cut and no flipped byte of a workbook crashes, and what is refused has a reason") {
	static char bytes[16 * 1024];
	int         fd = open_file("excel.xlsx");
	ssize_t     n = read(fd, bytes, sizeof bytes);
	close(fd);
	EXPECT(n > 1000);
	for (size_t i = 0; i < (size_t)n; i += 7) {
		Arena a = {0};
		Ctx   c = ctx_make(&a, NULL, &actor_program, (Instant){1});
		Strs  cells;
		TableReader *r;
		char  kept = bytes[i];
		bytes[i] = (char)(bytes[i] ^ 0x55);
		Err err = table_read_bytes(&c, str_of(bytes, i % 2 ? (size_t)n : i), S("x"), &r);
		while (err == OK && table_read_next(r, &cells))
			;
		err = err == OK ? table_read_end(r) : err;
		EXPECT(err == OK || first_problem(&c).len > 0);
		bytes[i] = kept;
		arena_free(&a);
	}
}

TEST("table_read: a file that is not what its name says, or no table at all, is refused") {
	static const struct { Str bytes; const char *name; Err err; const char *part; } cases[] = {
		{{"a;b\r\n1;2\r\n", 10}, "x.xlsx", ERR_TYPE, "sešit v něm není"},
		{{"PK\x03\x04 a", 6}, "x.csv", ERR_TYPE, "jmenuje jinak"},
		{{"PK\x03\x04 a", 6}, "x", ERR_INVALID, "poškozený"},
		{{"a;b", 3}, "x.json", ERR_TYPE, "JSON to není"},
		{{"%PDF-1.7", 8}, "x", ERR_TYPE, "není tabulka"},
		{{"\x7F" "ELF\0\0\0\1\0\0\2\2", 12}, "x", ERR_TYPE, "není tabulka"},
		{{" \r\n ", 4}, "x.csv", ERR_INVALID, "prázdný"},
		{{"", 0}, "x", ERR_INVALID, "prázdný"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		Ctx          c = new_ctx();
		TableReader *r;
		EQ_INT(table_read_bytes(&c, cases[i].bytes, str_c(cases[i].name), &r), cases[i].err);
		EXPECT(str_has(first_problem(&c), str_c(cases[i].part)));
	}
}

/* ---- CSV and JSON ---- */

static Str read_all(Str bytes) {
	Ctx          c = new_ctx();
	TableReader *r;
	Strs         cells, all = {0};
	Err          err = table_read_bytes(&c, bytes, S("x"), &r);
	while (err == OK && table_read_next(r, &cells))
		strs_add(t_arena, &all, str_join(t_arena, S("|"), cells));
	if (err != OK || table_read_end(r) != OK)
		return first_problem(&c);
	return str_join(t_arena, S("/"), all);
}

TEST("table_read: CSV loses exactly one guarding apostrophe and keeps its places") {
	Ctx          c = new_ctx();
	TableReader *r;
	Strs         cells;
	MUST(table_read_bytes(&c, S("Název;Telefon\r\n'=SUM(A1);'+420 485\r\n"), S("x.csv"), &r));
	EXPECT(table_read_next(r, &cells));
	EQ_TEXT(cells.at[0], "=SUM(A1)");
	EQ_TEXT(cells.at[1], "+420 485");
	EQ_TEXT(table_place(r, 1), "řádek 2, sloupec 2 (Telefon)");
}

TEST("table_read: a CSV row with other cells than the header is refused, empty ones at its end are not") {
	EXPECT(str_has(read_all(S("a;b;c\r\n1;2\r\n")), S("Řádek 2 má 2 sloupců, záhlaví jich má 3")));
	EXPECT(str_has(read_all(S("a;b\r\n1;2;3\r\n")), S("má víc buněk než záhlaví")));
	EQ_TEXT(read_all(S("a;b\r\n1;2;;\r\n")), "1|2");
}

TEST("table_read: JSON is read as an array or under data; numbers are exact, null is empty") {
	EQ_TEXT(read_all(S("[{\"a\":1,\"b\":\"x\"},{\"b\":null,\"a\":2.50}]")), "1|x/2.5|");
	EQ_TEXT(read_all(S("{\"meta\":{\"note\":\"n\"},\"data\":[{\"a\":true,\"b\":1e3}],\"more\":[1]}")), "ano|1000");
}

TEST("table_read: JSON that is nested, uneven or empty is refused with the record") {
	EXPECT(str_has(read_all(S("[{\"a\":1},{\"a\":1,\"b\":2}]")), S("Záznam 2: má údaj, který první záznam nemá")));
	EXPECT(str_has(read_all(S("[{\"a\":1,\"b\":2},{\"a\":1}]")), S("Záznam 2: chybí údaj")));
	EXPECT(str_has(read_all(S("[{\"a\":[1]}]")), S("Záznam 1: hodnoty mají být")));
	EXPECT(str_has(read_all(S("[]")), S("žádný záznam")));
	EXPECT(str_has(read_all(S("{\"a\":1}")), S("pole objektů")));
	EXPECT(str_has(read_all(S("[{\"a\":1},")), S("JSON, řádek 1")));
	EXPECT(str_has(read_all(S("[1]")), S("Záznam 1: v poli mají být objekty")));
	EXPECT(str_has(read_all(S("[{\"a\":1},2]")), S("Záznam 2: v poli mají být objekty")));
	EXPECT(str_has(read_all(S("[{\"a\":1},{\"a\":")), S("JSON, řádek 1")));
	EXPECT(str_has(read_all(S("[{\"a\":1},{\"a\":{}}]")), S("Záznam 2: hodnoty mají být")));
	EXPECT(str_has(read_all(S("[{\"a\":1e500}]")), S("Záznam 1: číslo je příliš velké")));
	EXPECT(str_has(read_all(S("[{\"a\"")), S("JSON, řádek 1")));
	EXPECT(str_has(read_all(S("[{\"a\":1}] x")), S("JSON, řádek 1")));
	EXPECT(str_has(read_all(S("{\"data\":[{\"a\":1}],\"more\":[}")), S("JSON, řádek 1")));
	EXPECT(str_has(read_all(S("{\"data\":7}")), S("pole objektů")));
	EXPECT(str_has(read_all(S("{\"meta\":[}")), S("JSON, řádek 1")));
}

TEST("table_read: JSON with more than 256 values in a record, a text that is too long or 100 001 records is refused") {
	Buf b = {0};
	buf_lit(&b, "[{");
	for (int i = 0; i <= TABLE_MAX_COLUMNS; i++)
		buf_format(&b, "%s\"c%d\":%s", i ? "," : "", i, i % 3 ? "false" : "null");
	buf_lit(&b, "}]");
	EXPECT(str_has(read_all(buf_view(&b)), S("víc než 256 údajů")));
	b.len = 0;
	buf_lit(&b, "[{\"a\":\"");
	for (int i = 0; i <= TABLE_MAX_CELL; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "\"}]");
	EXPECT(str_has(read_all(buf_view(&b)), S("příliš dlouhý")));
	b.len = 0;
	buf_char(&b, '[');
	for (int i = 0; i <= TABLE_MAX_ROWS; i++)
		buf_str(&b, i ? S(",{\"a\":1}") : S("{\"a\":1}"));
	buf_char(&b, ']');
	EXPECT(str_has(read_all(buf_view(&b)), S("víc než 100 000 záznamů")));
	buf_free(&b);
}

TEST("table_read: how a file was understood, and where a value stands in it") {
	static const struct { Str bytes; const char *source, *place; } cases[] = {
		{{"a\tb\r\n1\t2\r\n", 10}, "CSV, kódování UTF-8, oddělovač tabulátor", "řádek 2, sloupec 2 (b)"},
		{{"a;b\r\n1;2\r\n", 10}, "CSV, kódování UTF-8, oddělovač ;", "řádek 2, sloupec 2 (b)"},
		{{"[{\"a\":1,\"b\":2}]", 15}, "JSON", "záznam 1, údaj „b“"},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		Ctx          c = new_ctx();
		TableReader *r;
		Strs         cells;
		MUST(table_read_bytes(&c, cases[i].bytes, S("x"), &r));
		EXPECT(table_read_next(r, &cells));
		EQ_STR(table_source(r), str_c(cases[i].source));
		EQ_STR(table_place(r, 1), str_c(cases[i].place));
	}
}

TEST("table_read: a file above 10 MB, and a descriptor that cannot be read, are refused") {
	Ctx          c = new_ctx();
	TableReader *r;
	char        *large = NEW_ARRAY(t_arena, char, (10 * 1024 * 1024) + 1);
	memset(large, 'x', (10 * 1024 * 1024) + 1);
	EQ_INT(table_read_bytes(&c, str_of(large, (10 * 1024 * 1024) + 1), S("x.csv"), &r), ERR_TOO_LARGE);
	EXPECT(str_has(first_problem(&c), S("10 MB")));
	Ctx other = new_ctx();
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	EXPECT(table_read_open(&other, fd, S("x.csv"), &r) != OK);
	EXPECT(first_problem(&other).len > 0);
	close(fd);
}

TEST("table: each format has its media type and the suffix of its files") {
	static const struct { FileFormat f; const char *suffix, *part; } all[] = {
		{FORMAT_CSV, "csv", "text/csv; charset=utf-8"}, {FORMAT_CSV_DATA, "csv", "text/csv"}, {FORMAT_XLSX, "xlsx", "spreadsheetml"}, {FORMAT_JSON, "json", "application/json"},
	};
	for (size_t i = 0; i < LEN(all); i++) {
		EXPECT(strcmp(format_suffix(all[i].f), all[i].suffix) == 0);
		EXPECT(str_has(format_type(all[i].f), str_c(all[i].part)));
	}
}

/* ---- values ---- */

static Str number_of(const char *written) {
	Str s;
	return xlsx_number(t_arena, str_c(written), &s) ? s : S("none");
}

TEST("xlsx: doubles as programs write them become the decimals that people see") {
	EQ_TEXT(number_of("9.9499999999999993"), "9.95");
	EQ_TEXT(number_of("0.30000000000000004"), "0.3");
	EQ_TEXT(number_of("1E-3"), "0.001");
	EQ_TEXT(number_of("-1.25E+5"), "-125000");
	EQ_TEXT(number_of("999999.99999999999"), "1000000");
	EQ_TEXT(number_of("12345678901234567"), "12345678901234567");
	EQ_TEXT(number_of("-0.0"), "0");
	EQ_TEXT(number_of("007"), "7");
	EQ_TEXT(number_of("1e999"), "none");
	EQ_TEXT(number_of("1,5"), "none");
	EQ_TEXT(number_of(""), "none");
}

TEST("xlsx: serial numbers become days and times by both calendars") {
	EQ_TEXT(xlsx_serial(t_arena, S("1"), false), "1900-01-01");
	EQ_TEXT(xlsx_serial(t_arena, S("59"), false), "1900-02-28");
	EQ_TEXT(xlsx_serial(t_arena, S("60"), false), "1900-02-29");
	EQ_TEXT(xlsx_serial(t_arena, S("61"), false), "1900-03-01");
	EQ_TEXT(xlsx_serial(t_arena, S("45688"), false), "2025-01-31");
	EQ_TEXT(xlsx_serial(t_arena, S("44226"), true), "2025-01-31");
	EQ_TEXT(xlsx_serial(t_arena, S("45688.999999999"), false), "2025-02-01");
	EQ_TEXT(xlsx_serial(t_arena, S("2958465.5"), false), "9999-12-31 12:00:00");
	EQ_TEXT(xlsx_serial(t_arena, S("2958465.5"), true), "");
	EQ_TEXT(xlsx_serial(t_arena, S("2958465.9999999"), false), "");
	EQ_TEXT(xlsx_serial(t_arena, S("0.5"), false), "12:00:00");
	EQ_TEXT(xlsx_serial(t_arena, S("-1"), false), "");
	EQ_TEXT(xlsx_serial(t_arena, S("3000000"), false), "");
}

TEST("xlsx: formats of days are told from formats of numbers") {
	EXPECT(xlsx_format_is_date(S("d/m/yyyy;@")));
	EXPECT(xlsx_format_is_date(S("[$-405]d. mmmm yyyy")));
	EXPECT(xlsx_format_is_date(S("h:mm")));
	EXPECT(!xlsx_format_is_date(S("General")));
	EXPECT(!xlsx_format_is_date(S("#,##0.00\\ \"Kč dnes\"")));
	EXPECT(!xlsx_format_is_date(S("[Red]0.00;d")));
	EXPECT(xlsx_builtin_is_date(14) && !xlsx_builtin_is_date(2));
}

TEST("xlsx: addresses of cells and their columns") {
	size_t column;
	i64    row;
	EXPECT(xlsx_cell_read(S("AA12"), &column, &row) && column == 26 && row == 12);
	EXPECT(!xlsx_cell_read(S("12"), &column, &row) && !xlsx_cell_read(S("A"), &column, &row) && !xlsx_cell_read(S("A0"), &column, &row));
	EQ_TEXT(xlsx_column_name(t_arena, 0), "A");
	EQ_TEXT(xlsx_column_name(t_arena, 26), "AA");
	EQ_TEXT(xlsx_column_name(t_arena, 701), "ZZ");
	EQ_TEXT(xlsx_column_name(t_arena, 702), "AAA");
}

TEST("xlsx: escapes are resolved once, surrogates joined, other text left as it is") {
	EQ_TEXT(xlsx_unescape(t_arena, S("a_x000A_b")), "a\nb");
	EQ_TEXT(xlsx_unescape(t_arena, S("_x005F_x0041_")), "_x0041_");
	EQ_TEXT(xlsx_unescape(t_arena, S("_xD83D__xDE00_")), "\xF0\x9F\x98\x80");
	EQ_TEXT(xlsx_unescape(t_arena, S("max_x a _x12")), "max_x a _x12");
}
