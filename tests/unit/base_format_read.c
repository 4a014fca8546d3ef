#include "base/format.h"
#include "tests/test.h"

#define N "\xC2\xA0"
#define THIN "\xE2\x80\xAF"

static void reads_int(const char *typed, i64 want) {
	const char *why = NULL;
	i64 n = 77;
	if (!read_int(str_c(typed), &n, &why))
		test_fail(__FILE__, __LINE__, "\"%s\" was refused: %s", typed, why);
	EQ_INT(n, want);
}

static void reads_decimal(const char *typed, int places, i64 want) {
	const char *why = NULL;
	i64 n = 77;
	if (!read_decimal(str_c(typed), places, &n, &why))
		test_fail(__FILE__, __LINE__, "\"%s\" was refused: %s", typed, why);
	EQ_INT(n, want);
}

static void reads_money(const char *typed, i64 halere) {
	const char *why = NULL;
	Money m = {77};
	if (!read_money(str_c(typed), &m, &why))
		test_fail(__FILE__, __LINE__, "\"%s\" was refused: %s", typed, why);
	if (m.halere != halere)
		test_fail(__FILE__, __LINE__, "\"%s\" is %lld", typed, (long long)m.halere);
}

/* The reader refuses, says `part`, and leaves the result alone. */
static void refuses_decimal(const char *typed, int places, const char *part) {
	const char *why = "";
	i64 n = 77;
	if (read_decimal(str_c(typed), places, &n, &why))
		test_fail(__FILE__, __LINE__, "\"%s\" was read as %lld", typed, (long long)n);
	EQ_INT(n, 77);
	if (!strstr(why, part))
		test_fail(__FILE__, __LINE__, "\"%s\": %s", typed, why);
}

static void refuses_money(const char *typed, const char *part) {
	const char *why = "";
	Money m = {77};
	if (read_money(str_c(typed), &m, &why))
		test_fail(__FILE__, __LINE__, "\"%s\" was read as %lld", typed, (long long)m.halere);
	EQ_INT(m.halere, 77);
	if (!strstr(why, part))
		test_fail(__FILE__, __LINE__, "\"%s\": %s", typed, why);
}

static void refuses_date(const char *typed, const char *part) {
	const char *why = "";
	Date d = {77};
	if (read_date(str_c(typed), &d, &why))
		test_fail(__FILE__, __LINE__, "\"%s\" was read", typed);
	EQ_INT(d.n, 77);
	if (!strstr(why, part))
		test_fail(__FILE__, __LINE__, "\"%s\": %s", typed, why);
}

TEST("read: whole numbers with and without spaces between thousands") {
	reads_int("0", 0);
	reads_int("007", 7);
	reads_int("1797", 1797);
	reads_int("1 797", 1797);
	reads_int("1" N "797" N "000", 1797000);
	reads_int("1" THIN "797", 1797);
	reads_int("\t 42 \n", 42);
	reads_int(N "42" N, 42);
	reads_int("-5", -5);
	reads_int("\xE2\x88\x92" "5", -5);
	reads_int("\xE2\x80\x93 5", -5);
	reads_int("9223372036854775807", INT64_MAX);
}

TEST("read: blank is BLANK, zero is zero") {
	reads_int("", BLANK);
	reads_int("  " N, BLANK);
	reads_int("0", 0);
	reads_int("-0", 0);
	reads_decimal("", 2, BLANK);
	reads_money(" ", BLANK);
	reads_money("0", 0);
}

TEST("read: decimals with a comma or a dot") {
	reads_decimal("42,5", 2, 4250);
	reads_decimal("42.50", 2, 4250);
	reads_decimal("1 797,05", 2, 179705);
	reads_decimal("-0,50", 2, -50);
	reads_decimal("0,125", 3, 125);
	reads_decimal("50.7703", 6, 50770300);
	reads_decimal("7", 2, 700);
}

TEST("read: a number that is not exact is refused with the reason") {
	refuses_decimal("abc", 0, "má být číslo");
	refuses_decimal("-", 0, "má být číslo");
	refuses_decimal("5 lůžek", 0, "má být číslo");
	refuses_decimal("5-6", 0, "má být číslo");
	refuses_decimal("1  797", 0, "má být číslo");
	refuses_decimal("5,-", 0, "má být číslo");
	refuses_decimal("17 97", 0, "divně rozdělené");
	refuses_decimal("1 79", 0, "divně rozdělené");
	refuses_decimal("1797 000", 0, "divně rozdělené");
	refuses_decimal("1 797 00", 0, "divně rozdělené");
	refuses_decimal("1 7970", 0, "divně rozdělené");
	refuses_decimal("1,5", 0, "celé číslo");
	refuses_decimal("1.797", 0, "celé číslo");
	refuses_decimal("1,55", 1, "jedno desetinné");
	refuses_decimal("1,555", 2, "dvě desetinná");
	refuses_decimal("1,5555", 3, "tři desetinná");
	refuses_decimal("1,55555", 4, "příliš mnoho");
	refuses_decimal(",5", 2, "za ní musí být číslice");
	refuses_decimal("5,", 2, "za ní musí být číslice");
	refuses_decimal(",", 2, "za ní musí být číslice");
	refuses_decimal("1.500.000", 2, "odděluje tisíce");
	refuses_decimal("1,500,000", 2, "odděluje tisíce");
	refuses_decimal("1.5,0", 2, "odděluje tisíce");
	refuses_decimal("9223372036854775808", 0, "příliš velké");
	refuses_decimal("99999999999999999999", 0, "příliš velké");
	refuses_decimal("0,99999999999999999999999", 2, "příliš velké");
	refuses_decimal("92233720368547758,08", 2, "příliš velké");
	refuses_decimal("18446744073709551615", 2, "příliš velké");
	refuses_decimal("18446744073709551616", 2, "příliš velké");
}

TEST("read: the letter O instead of zero is named") {
	refuses_decimal("1O", 0, "písmeno O místo nuly");
	refuses_decimal("1o5", 0, "písmeno O místo nuly");
	refuses_decimal("5 OOO", 0, "písmeno O místo nuly");
	refuses_decimal("O,5", 1, "písmeno O místo nuly");
	refuses_money("1O OOO Kč", "písmeno O místo nuly");
	refuses_date("1O. 11. 2023", "písmeno O místo nuly");
	refuses_decimal("osm", 0, "má být číslo");               /* a word with o is no zero */
	refuses_decimal("100 osob", 0, "má být číslo");
	refuses_decimal("moc", 0, "má být číslo");
}

TEST("read: money to the haléř, with the signs that people write") {
	reads_money("9 729 456,24 Kč", 972945624);
	reads_money("9" N "729" N "456,24" N "Kč", 972945624);
	reads_money("9729456.24", 972945624);
	reads_money("0,01", 1);
	reads_money("0,99", 99);
	reads_money("1", 100);
	reads_money("0,1", 10);
	reads_money("-0,01 kč", -1);
	reads_money("5 KČ", 500);
	reads_money("5kc", 500);
	reads_money("5 CZK", 500);
	reads_money("1 500,-", 150000);
	reads_money("1 500,- Kč", 150000);
	reads_money("1500,--", 150000);
	reads_money("1500.- Kč", 150000);
	reads_money("1500,\xE2\x80\x93", 150000);
	reads_money("1500,\xE2\x80\x94 Kč", 150000);
	reads_money("92233720368547758,07", INT64_MAX);
}

TEST("read: a percentage is read as it is shown, and without its sign") {
	static const i64 shown[] = {0, 5, 10, 490, 495, 10000, 123456, -30, BLANK};
	static const char *const bad[] = {"%", " % ", "100 %%", "% 10", "12,345 %", "10 % ročně"};
	Percent      p;
	const char  *why;
	for (size_t i = 0; i < LEN(shown); i++) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_percent(&b, (Percent){shown[i]});
		if (!read_percent(buf_view(&b), &p, &why) || p.basis_points != shown[i])
			test_fail(__FILE__, __LINE__, "%lld is shown as %.*s and read as another one", (long long)shown[i], STR_ARG(buf_view(&b)));
	}
	EXPECT(read_percent(S("12,5"), &p, &why) && p.basis_points == 1250);
	EXPECT(read_percent(S(" 12,5% "), &p, &why) && p.basis_points == 1250);
	for (size_t i = 0; i < LEN(bad); i++)
		if (read_percent(str_c(bad[i]), &p, &why))
			test_fail(__FILE__, __LINE__, "%s was read as %lld", bad[i], (long long)p.basis_points);
}

TEST("read: thousands, millions and milliards") {
	reads_money("850 tis. Kč", 85000000);
	reads_money("850 tis", 85000000);
	reads_money("850 tisíc", 85000000);
	reads_money("1,5 mil. Kč", 150000000);
	reads_money("1,5mil.", 150000000);
	reads_money("1.5 MIL. Kč", 150000000);
	reads_money("1,500 tis.", 150000);       /* a comma is decimal */
	reads_money("1,89 mld. Kč", 189000000000);
	reads_money("1,23456 tis.", 123456);
	reads_money("1,12345678 mil.", 112345678);
	reads_money("1.5005 tis.", 150050);
	reads_money("1234.567 tis.", 123456700);
}

TEST("read: money that is not exact is refused with the reason") {
	refuses_money("1,005 Kč", "dvě desetinná");
	refuses_money("1,234567 tis.", "příliš mnoho");
	refuses_money("1.500 tis.", "odděluje tisíce");
	refuses_money("1.500 mil. Kč", "odděluje tisíce");
	refuses_money("5 EUR", "Částku napište");
	refuses_money("5 Kčs", "Částku napište");
	refuses_money("5 tisícovek", "Částku napište");
	refuses_money("5 k", "Částku napište");
	refuses_money("5 Kč 50", "Částku napište");
	refuses_money("Kč", "má být číslo");
	refuses_money("zdarma", "má být číslo");
	refuses_money("92233720368547758,08", "příliš velké");
	refuses_money("99999999999999 mld.", "příliš velké");
	refuses_money("1 5", "divně rozdělené");
}

TEST("read: a day in its three forms") {
	static const char *const same[] = {"16.11.2023", "16. 11. 2023", "2023-11-16", " 16. 11.2023 ", "16." N "11." N "2023"};
	for (size_t i = 0; i < LEN(same); i++) {
		const char *why = NULL;
		Date d;
		EXPECT(read_date(str_c(same[i]), &d, &why));
		EQ_INT(d.n, D(2023, 11, 16).n);
	}
	const char *why = NULL;
	Date d = D(2000, 1, 1);
	EXPECT(read_date(S("01.02.0003"), &d, &why));
	EQ_INT(d.n, D(3, 2, 1).n);
	EXPECT(read_date(S("  "), &d, &why));
	EXPECT(!date_is(d));
}

TEST("read: anything else is no day") {
	static const char *const bad[] = {"16/11/2023", "16.11", "16.11.", "16.listopadu 2023", "2023-11", "2023-1-16", "2023-11-6", "2023 11 16",
		"2023-11/16", "2023-11-16x", "123.11.2023", "16.123.2023", ".11.2023", "16..2023", "16.11.2023x", "16 11 2023", "20231116", "dnes"};
	for (size_t i = 0; i < LEN(bad); i++)
		refuses_date(bad[i], "den, měsíc a rok");
	refuses_date("16.11.23", "čtyřmi číslicemi");
	refuses_date("16.11.20233", "čtyřmi číslicemi");
	refuses_date("29. 2. 2023", "v kalendáři není");
	refuses_date("31.4.2024", "v kalendáři není");
	refuses_date("0.1.2024", "v kalendáři není");
	refuses_date("1.1.0000", "v kalendáři není");
	refuses_date("2023-13-01", "v kalendáři není");
}

TEST("read: broken bytes are refused, not read") {
	refuses_decimal("\xFF", 0, "má být číslo");
	refuses_decimal("5\x80", 0, "má být číslo");
	refuses_decimal("\x80\x80\x80", 0, "má být číslo");
	refuses_money("5 K\xC4", "Částku napište");
	refuses_date("\xC2", "den, měsíc a rok");
	i64 n;
	const char *why;
	EXPECT(!read_int(str_of("5\0006", 3), &n, &why));
	EXPECT(!read_int(str_of("\0", 1), &n, &why));
}

TEST("ico: the check digit decides") {
	EXPECT(ico_valid(S("70891508")));        /* Liberec Region */
	EXPECT(ico_valid(S("00262978")));        /* City of Liberec */
	EXPECT(ico_valid(S("25596641")));
	EXPECT(!ico_valid(S("70891509")));
	EXPECT(!ico_valid(S("00000000")));
	EXPECT(!ico_valid(S("7089150")));
	EXPECT(!ico_valid(S("708915080")));
	EXPECT(!ico_valid(S("7089150x")));
	EXPECT(!ico_valid(S("/0891508")));
	EXPECT(ico_valid(S("10000101")));        /* remainders 0, 1 and 10 of the sum */
	EXPECT(ico_valid(S("10001000")));
	EXPECT(ico_valid(S("00000051")));
}

TEST("ico: zeros that a spreadsheet took away are put back") {
	EQ_TEXT(ico_complete(t_arena, S("262978")), "00262978");
	EQ_TEXT(ico_complete(t_arena, S(" 002 62 978 ")), "00262978");
	EQ_TEXT(ico_complete(t_arena, S("70891508")), "70891508");
	EQ_TEXT(ico_complete(t_arena, S("1" N "2" THIN "3\t4")), "00001234");
	EQ_TEXT(ico_complete(t_arena, S("708915080")), "");
	EQ_TEXT(ico_complete(t_arena, S("")), "");
	EQ_TEXT(ico_complete(t_arena, S(" ")), "");
	EQ_TEXT(ico_complete(t_arena, S("CZ70891508")), "");
	EQ_TEXT(ico_complete(t_arena, S("-1")), "");
}

TEST("address: e-mail addresses that could work are told from those that could not") {
	static const char *const good[] = {"jana@obec.cz", "jana.ukazkova+test@kraj-lbc.cz", "a@b.co", "o'neil@example.org", "x@xn--hkyrky-ptac70bc.cz"};
	static const char *const bad[] = {"", "jana", "jana@", "@obec.cz", "jana@obec", "jana@@obec.cz", "ja na@obec.cz", ".jana@obec.cz",
		"jana.@obec.cz", "ja..na@obec.cz", "jana@obec..cz", "jana@.cz", "jana@-obec.cz", "jana@obec-.cz", "jana@obec.cz.", "jana@obec.123",
		"jana@192.168.0.1", "jana@obec_x.cz", "jána@obec.cz", "jana@óbec.cz", "jana@obec.cz\n", "\"jana\"@obec.cz", "jana<x@obec.cz"};
	for (size_t i = 0; i < LEN(good); i++)
		if (!email_plausible(str_c(good[i])))
			test_fail(__FILE__, __LINE__, "%s was refused", good[i]);
	for (size_t i = 0; i < LEN(bad); i++)
		if (email_plausible(str_c(bad[i])))
			test_fail(__FILE__, __LINE__, "%s was taken", bad[i]);
	Str long_name = str_format(t_arena, "%065d@obec.cz", 1), long_host = str_format(t_arena, "a@%0250d.cz", 1);
	EXPECT(!email_plausible(long_name));
	EXPECT(!email_plausible(long_host));
	EXPECT(!email_plausible(str_format(t_arena, "a@%064d.cz", 1)));
	EXPECT(email_plausible(str_format(t_arena, "%064d@%063d.cz", 1, 1)));
	EXPECT(!email_plausible(str_of("a\0b@obec.cz", 11)));
}

TEST("address: telephone numbers are told from other words") {
	static const char *const good[] = {"112", "485 226 111", "+420\u00A0485\u00A0226\u00A0111", "485 226 111, linka 12", "(+420) 485/226-111", "485226111; 602 000 000", "tel. 485 226 111"};
	static const char *const bad[] = {"", "12", "neuvedeno", "jana@obec.cz", "485 226 111\n", "pouze po předchozí dohodě 485 226 111", "=1+1112", "485\u200B226111",
		"1234567890123456789012345678901", "\xFF""485226111", "485 226 111 <b>"};
	for (size_t i = 0; i < LEN(good); i++)
		if (!phone_plausible(str_c(good[i])))
			test_fail(__FILE__, __LINE__, "%s was refused", good[i]);
	for (size_t i = 0; i < LEN(bad); i++)
		if (phone_plausible(str_c(bad[i])))
			test_fail(__FILE__, __LINE__, "%s was taken", bad[i]);
	EXPECT(!phone_plausible(str_of("485\0" "226", 7)));
}

TEST("address: links that a page could show are told from those that it could not") {
	static const char *const good[] = {"https://www.kraj-lbc.cz", "http://obec.cz/cesta?a=1&b=2#c", "HTTPS://Obec.CZ", "https://obec.cz:8443/x",
		"https://www.háčkyčárky.cz/", "https://obec.cz/žádost%20o", "https://obec.cz?x=a@b", "https://1gr.cz"};
	static const char *const bad[] = {"", "https://", "https:///x", "obec.cz", "ftp://obec.cz", "javascript:alert(1)", "https://localhost/",
		"https://user@obec.cz/", "https://user:heslo@obec.cz/", "https://obec.cz:/", "https://obec.cz:0/", "https://obec.cz:65536/",
		"https://obec.cz:123456/", "https://obec.cz:8x/", "https://obec.cz/a b", "https://obec.cz/\"x", "https://obec.cz/<x>", "https://obec.cz\\x",
		"https://10.0.0.1/", "https://[::1]/", "https://obec×.cz", "https://obec.cz/\xE2\x80\xAEgnp", "https://obec.cz/\xC2\xA0", "https://obec.cz/\xEF\xBB\xBF",
		"https://obec.cz/\x7F", "https://obec.cz/\xFF", "https://obec.cz/`", "https://obec.cz/\xE2\x81\xA0x", "https://obec.cz/\xE2\x80\x8Bx", "https://obec÷.cz", "https://обец.cz"};
	for (size_t i = 0; i < LEN(good); i++)
		if (!url_plausible(str_c(good[i])))
			test_fail(__FILE__, __LINE__, "%s was refused", good[i]);
	for (size_t i = 0; i < LEN(bad); i++)
		if (url_plausible(str_c(bad[i])))
			test_fail(__FILE__, __LINE__, "%s was taken", bad[i]);
	EXPECT(!url_plausible(str_format(t_arena, "https://obec.cz/%02048d", 1)));
	EXPECT(!url_plausible(str_format(t_arena, "https://a.%0300d.cz/", 1)));
	Strs labels = {0};
	for (int i = 0; i < 100; i++)
		strs_add(t_arena, &labels, S("abc"));
	EXPECT(!url_plausible(str_cat(t_arena, S("https://"), str_join(t_arena, S("."), labels))));
}
