#include "base/format.h"
#include "tests/test.h"

#define N "\xC2\xA0"
#define SHOWS(call, text) \
	do { \
		Buf buf = {0}, *b = &buf; \
		call; \
		Str shown = buf_take(b, t_arena); \
		buf_free(b); \
		EQ_TEXT(shown, text); \
	} while (0)

TEST("format: whole numbers have thousands parted by a no-break space and a real minus") {
	SHOWS(fmt_int(b, 0), "0");
	SHOWS(fmt_int(b, 999), "999");
	SHOWS(fmt_int(b, 1797), "1" N "797");
	SHOWS(fmt_int(b, 1000), "1" N "000");
	SHOWS(fmt_int(b, 9729456), "9" N "729" N "456");
	SHOWS(fmt_int(b, -1005), "\xE2\x88\x92" "1" N "005");
	SHOWS(fmt_int(b, INT64_MAX), "9" N "223" N "372" N "036" N "854" N "775" N "807");
	SHOWS(fmt_int(b, BLANK), "");
}

TEST("format: decimals have a comma and all their places") {
	SHOWS(fmt_decimal(b, 4250, 2), "42,50");
	SHOWS(fmt_decimal(b, -50, 2), "\xE2\x88\x92" "0,50");
	SHOWS(fmt_decimal(b, 5, 3), "0,005");
	SHOWS(fmt_decimal(b, 123456789, 2), "1" N "234" N "567,89");
	SHOWS(fmt_decimal(b, 1, 18), "0,000000000000000001");
	SHOWS(fmt_decimal(b, BLANK, 2), "");
	SHOWS(fmt_fte(b, fte(750)), "7,50");
	SHOWS(fmt_plain(b, 4250, 2, '.'), "42.50");
	SHOWS(fmt_plain(b, -179700, 2, ','), "-1797,00");
	SHOWS(fmt_plain(b, -7, 0, '.'), "-7");
	SHOWS(fmt_plain(b, BLANK, 2, '.'), "");
}

TEST("format: money shows haléře only when they exist") {
	SHOWS(fmt_money(b, czk(9729456)), "9" N "729" N "456" N "Kč");
	SHOWS(fmt_money(b, (Money){972945624}), "9" N "729" N "456,24" N "Kč");
	SHOWS(fmt_money(b, (Money){1}), "0,01" N "Kč");
	SHOWS(fmt_money(b, (Money){99}), "0,99" N "Kč");
	SHOWS(fmt_money(b, (Money){100}), "1" N "Kč");
	SHOWS(fmt_money(b, (Money){-150}), "\xE2\x88\x92" "1,50" N "Kč");
	SHOWS(fmt_money(b, czk(0)), "0" N "Kč");
	SHOWS(fmt_money(b, (Money){BLANK}), "");                 /* not filled in is not zero */
}

TEST("format: per cent have one decimal unless more are needed") {
	SHOWS(fmt_percent(b, (Percent){490}), "4,9" N "%");
	SHOWS(fmt_percent(b, (Percent){495}), "4,95" N "%");
	SHOWS(fmt_percent(b, (Percent){500}), "5,0" N "%");
	SHOWS(fmt_percent(b, (Percent){10000}), "100,0" N "%");
	SHOWS(fmt_percent(b, (Percent){-30}), "\xE2\x88\x92" "0,3" N "%");
	SHOWS(fmt_percent(b, (Percent){BLANK}), "");
}

TEST("format: days in their four forms") {
	SHOWS(fmt_date(b, D(2023, 11, 16)), "16." N "11." N "2023");
	SHOWS(fmt_date(b, D(250, 1, 16)), "16." N "1." N "0250");        /* as it would have to be typed */
	SHOWS(fmt_date(b, (Date){0}), "");
	SHOWS(fmt_date_long(b, D(2023, 11, 16)), "16." N "listopadu 2023");
	SHOWS(fmt_date_long(b, D(2024, 1, 1)), "1." N "ledna 2024");
	SHOWS(fmt_date_long(b, (Date){0}), "");
	SHOWS(fmt_weekday_date(b, D(2026, 11, 24)), "úterý 24." N "11." N "2026");
	SHOWS(fmt_weekday_date(b, D(2024, 6, 30)), "neděle 30." N "6." N "2024");
	SHOWS(fmt_weekday_date(b, (Date){0}), "");
}

TEST("format: a range of days says only what differs") {
	SHOWS(fmt_date_range(b, D(2026, 11, 9), D(2026, 11, 22)), "9.–22." N "11." N "2026");
	SHOWS(fmt_date_range(b, D(2026, 11, 9), D(2026, 12, 2)), "9." N "11." N "– 2." N "12." N "2026");
	SHOWS(fmt_date_range(b, D(2025, 11, 9), D(2026, 11, 9)), "9." N "11." N "2025" N "– 9." N "11." N "2026");
	SHOWS(fmt_date_range(b, D(2026, 11, 9), D(2026, 11, 9)), "9." N "11." N "2026");
	SHOWS(fmt_date_range(b, D(2026, 11, 9), (Date){0}), "od" N "9." N "11." N "2026");
	SHOWS(fmt_date_range(b, (Date){0}, D(2026, 11, 9)), "do" N "9." N "11." N "2026");
	SHOWS(fmt_date_range(b, (Date){0}, (Date){0}), "");
}

TEST("format: an instant is shown as the clock in Prague shows it") {
	SHOWS(fmt_instant(b, prague_instant(D(2026, 11, 30), 14 * 3600)), "30." N "11." N "2026, 14:00");
	SHOWS(fmt_instant(b, prague_instant(D(2026, 7, 1), 9 * 3600 + 5 * 60)), "1." N "7." N "2026, 9:05");
	SHOWS(fmt_instant(b, (Instant){0}), "");
}

TEST("format: sizes of files round to one decimal and to the right unit") {
	SHOWS(fmt_file_size(b, 0), "0" N "B");
	SHOWS(fmt_file_size(b, 999), "999" N "B");
	SHOWS(fmt_file_size(b, 1000), "1" N "kB");
	SHOWS(fmt_file_size(b, 2400000), "2,4" N "MB");
	SHOWS(fmt_file_size(b, 999949), "999,9" N "kB");
	SHOWS(fmt_file_size(b, 999950), "1" N "MB");
	SHOWS(fmt_file_size(b, INT64_MAX), "9,2" N "EB");
	SHOWS(fmt_file_size(b, BLANK), "");
	SHOWS(fmt_file_size(b, -1), "");
}

TEST("format: a Czech phone number gets its code and groups, another one stays") {
	static const char *const same[] = {"485226111", "485 226 111", "+420485226111", "+420 485 226 111", "00420 485 226 111", "420485226111",
		"485-226-111", "485/226.111", " 485" N "226" N "111 "};
	for (size_t i = 0; i < LEN(same); i++)
		SHOWS(fmt_phone(b, str_c(same[i])), "+420" N "485" N "226" N "111");
	SHOWS(fmt_phone(b, S("+49 30 901820")), "+49 30 901820");
	SHOWS(fmt_phone(b, S("+485226111")), "+485226111");
	SHOWS(fmt_phone(b, S("00485226111")), "00485226111");
	SHOWS(fmt_phone(b, S("112")), "112");
	SHOWS(fmt_phone(b, S("185226111")), "185226111");
	SHOWS(fmt_phone(b, S("421485226111")), "421485226111");
	SHOWS(fmt_phone(b, S("485 226 111 linka 5")), "485 226 111 linka 5");
	SHOWS(fmt_phone(b, S("123456789012345")), "123456789012345");
	SHOWS(fmt_phone(b, S("485\xE2\x80\xAF" "226\xE2\x80\xAF" "111")), "+420" N "485" N "226" N "111");
	SHOWS(fmt_phone(b, S("č485226111")), "č485226111");
	SHOWS(fmt_phone(b, str_of("485226111\0", 10)), "485226111\0");
	SHOWS(fmt_phone(b, S("")), "");
}

TEST("format: IČO and postcode get their shape, anything else stays as it is") {
	SHOWS(fmt_ico(b, S("70891508")), "70891508");
	SHOWS(fmt_ico(b, S("262978")), "00262978");
	SHOWS(fmt_ico(b, S("708 91 508")), "70891508");
	SHOWS(fmt_ico(b, S("CZ70891508")), "CZ70891508");
	SHOWS(fmt_ico(b, S("1.2")), "1.2");
	SHOWS(fmt_ico(b, S("")), "");
	SHOWS(fmt_postcode(b, S("46001")), "460" N "01");
	SHOWS(fmt_postcode(b, S("460 01")), "460" N "01");
	SHOWS(fmt_postcode(b, S("4600")), "4600");
	SHOWS(fmt_postcode(b, S("460011")), "460011");
	SHOWS(fmt_postcode(b, S("46O01")), "46O01");
}

TEST("format: plurals are 1, 2 to 4, and the rest") {
	static const struct { i64 n; const char *form; } want[] = {{0, "služeb"}, {1, "služba"}, {2, "služby"}, {4, "služby"}, {5, "služeb"},
		{11, "služeb"}, {21, "služeb"}, {22, "služeb"}, {100, "služeb"}, {101, "služeb"}, {-1, "služba"}, {-3, "služby"}};
	for (size_t i = 0; i < LEN(want); i++)
		EQ_STR(plural(want[i].n, "služba", "služby", "služeb"), str_c(want[i].form));
	SHOWS(fmt_count(b, 12, "služba", "služby", "služeb"), "12" N "služeb");
	SHOWS(fmt_count(b, 1797, "služba", "služby", "služeb"), "1" N "797" N "služeb");
	SHOWS(fmt_count(b, 1, "služba", "služby", "služeb"), "1" N "služba");
}
