#include "base/text.h"
#include "tests/test.h"

#include <pthread.h>

#define N "\xC2\xA0"

static void in_order(const char *const *names, size_t n) {
	for (size_t i = 1; i < n; i++) {
		Str before = text_sort_key(t_arena, str_c(names[i - 1])), after = text_sort_key(t_arena, str_c(names[i]));
		if (str_cmp(before, after) >= 0)
			test_fail(__FILE__, __LINE__, "%s is not before %s", names[i - 1], names[i]);
	}
}

TEST("text: Czech order of words, with ch after h and small before capital") {
	static const char *const words[] = {"Áda", "Adam", "auto", "cáp", "cihla", "čáp", "ďábel", "dům", "h", "hrad", "ch", "chata", "i", "rak",
		"řeka", "sen", "šíp", "u", "ú", "ů", "v", "zeď", "žába"};
	in_order(words, LEN(words));
	static const char *const marks[] = {"rada", "ráda", "radar"};
	in_order(marks, LEN(marks));
	static const char *const kinds[] = {"a b", "a1", "aa", "Aa", "ab"};
	in_order(kinds, LEN(kinds));
}

TEST("text: Czech order of the whole alphabet") {
	static const char *const letters[] = {"a", "á", "b", "c", "č", "d", "ď", "e", "é", "ě", "f", "g", "h", "ch", "i", "í", "j", "k", "l", "m",
		"n", "ň", "o", "ó", "p", "q", "r", "ř", "s", "š", "t", "ť", "u", "ú", "ů", "v", "w", "x", "y", "ý", "z", "ž"};
	in_order(letters, LEN(letters));
}

TEST("text: Czech order of the towns of the region") {
	static const char *const towns[] = {"Aš", "Cvikov", "Česká Lípa", "Český Dub", "Doksy", "Frýdlant", "Harrachov", "Hejnice", "Hrádek nad Nisou",
		"Chotyně", "Chrastava", "Jablonec nad Nisou", "Jilemnice", "Liberec", "Lomnice nad Popelkou", "Mimoň", "Nový Bor", "Osečná", "Raspenava",
		"Rokytnice nad Jizerou", "Semily", "Smržovka", "Stráž pod Ralskem", "Tanvald", "Turnov", "Velké Hamry", "Zákupy", "Žandov", "Železný Brod"};
	in_order(towns, LEN(towns));
}

TEST("text: a sort key is the same for both spellings of a letter, and any length has one") {
	EQ_STR(text_sort_key(t_arena, S("Č")), text_sort_key(t_arena, S("C\xCC\x8C")));
	char *text = arena_alloc(t_arena, 3000);
	memset(text, 'z', 3000);
	Str key = text_sort_key(t_arena, str_of(text, 3000));
	EXPECT(key.len > 512);
	EXPECT(str_cmp(text_sort_key(t_arena, str_of(text, 2999)), key) < 0);
	EXPECT(str_cmp(text_sort_key(t_arena, (Str){0}), text_sort_key(t_arena, S("a"))) < 0);
	text_sort_key(t_arena, S("\xFF\xC3"));
	EXPECT(text_sort_version(t_arena).len > 0);
}

static void *sort_in_thread(void *arg) {
	Arena a = {0};
	for (int i = 0; i < 200; i++)
		if (str_cmp(text_sort_key(&a, S("hrad")), text_sort_key(&a, S("chata"))) >= 0)
			*(int *)arg = 1;
	arena_free(&a);
	return NULL;
}

TEST("text: several threads sort at once") {
	pthread_t threads[4];
	int wrong[4] = {0};
	for (size_t i = 0; i < LEN(threads); i++)
		EXPECT(pthread_create(&threads[i], NULL, sort_in_thread, &wrong[i]) == 0);
	for (size_t i = 0; i < LEN(threads); i++)
		pthread_join(threads[i], NULL);
	EQ_INT(wrong[0] + wrong[1] + wrong[2] + wrong[3], 0);
}

TEST("text: folding leaves lower case without marks") {
	EQ_TEXT(text_fold(t_arena, S("Příliš ŽLUŤOUČKÝ kůň úpěl ďábelské ódy")), "prilis zlutoucky kun upel dabelske ody");
	EQ_TEXT(text_fold(t_arena, S("ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž")), "acdeeinorstuuyz acdeeinorstuuyz");
	EQ_TEXT(text_fold(t_arena, S("Straße Łódź Ærø Œuvre Þór İ")), "strasse lodz aero oeuvre thor i");
	EQ_TEXT(text_fold(t_arena, S("C\xCC\x8C" "esko")), "cesko");
	EQ_TEXT(text_fold(t_arena, S("a" N "b–c „d“ ‚e‘ «f» g… −1")), "a b-c \"d\" 'e' \"f\" g... -1");
	EQ_TEXT(text_fold(t_arena, S("\xEF\xBC\xA1\xEF\xBC\x91 \xEF\xAC\x81 m²")), "a1 fi m2");
	EQ_TEXT(text_fold(t_arena, S("Ярмо ΣΑΣ")), "ярмо σασ");
	EQ_TEXT(text_fold(t_arena, S("soft\xC2\xADhyphen")), "softhyphen");
	EQ_TEXT(text_fold(t_arena, S("")), "");
	EQ_TEXT(text_fold(t_arena, (Str){0}), "");
	EQ_TEXT(text_fold(t_arena, S("a\xFF")), "a\xEF\xBF\xBD");
	EXPECT(text_fold(t_arena, S("\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA\xEF\xB7\xBA")).len > 60);  /* one character that becomes eighteen */
}

TEST("text: the quick table folds as Unicode does, for each of its letters") {
	for (u32 c = 0x20; c < 0x2300; c++) {
		char one[4];
		Str letter = str_of(one, utf8_put(one, c));
		Str alone = text_fold(t_arena, letter), beside = text_fold(t_arena, str_cat(t_arena, letter, S("Я")));
		if (c == 0x345)                      /* a mark that Unicode folds to a letter of its own only at a word's end */
			continue;
		if (!str_eq(str_cat(t_arena, alone, S("я")), beside))
			test_fail(__FILE__, __LINE__, "U+%04X gives \"%.*s\" alone and \"%.*s\" beside a foreign letter", c, STR_ARG(alone), STR_ARG(beside));
		EQ_STR(text_fold(t_arena, alone), alone);            /* folding twice changes nothing */
	}
}

TEST("text: G4: cleaning folds blanks, trims and composes") {
	EQ_TEXT(text_clean(t_arena, S("  Domov \t\r\n U" N N "Lípy  ")), "Domov U Lípy");
	EQ_TEXT(text_clean(t_arena, S("C\xCC\x8C" "esko")), "Česko");
	EQ_TEXT(text_clean(t_arena, S("\xEF\xBB\xBF" "a\xE2\x80\x8B\xCC\x81" "b")), "áb");
	EQ_TEXT(text_clean(t_arena, S("a\xE2\x80\xAF" "b\xE2\x80\x83" "c\xE3\x80\x80" "d\xE1\x9A\x80" "e\xE2\x81\x9F" "f")), "a b c d e f");
	EQ_TEXT(text_clean(t_arena, S("a\xE2\x80\xA8" "b\xE2\x80\xA9" "c\xC2\x85" "d\x0B" "e\x0C" "f")), "a b c d e f");
	EQ_TEXT(text_clean(t_arena, S(" " N "\n")), "");
	EQ_TEXT(text_clean(t_arena, (Str){0}), "");
	EQ_TEXT(text_clean(t_arena, S("a\xFF")), "a\xEF\xBF\xBD");
	EQ_TEXT(text_clean(t_arena, S("1 – 2")), "1 – 2");
	EXPECT(text_clean(t_arena, S("\xF0\x9D\x85\xA0\xF0\x9D\x85\xA0\xF0\x9D\x85\xA0\xF0\x9D\x85\xA0\xF0\x9D\x85\xA0\xF0\x9D\x85\xA0")).len > 24);
}

TEST("text: cleaning of lines keeps them as \\n, with nothing at their ends") {
	EQ_TEXT(text_clean_lines(t_arena, S(" a  b \r\n\r\n c \r d \n")), "a b\n\nc\nd");
	EQ_TEXT(text_clean_lines(t_arena, S("\n\n")), "");
	EQ_TEXT(text_clean_lines(t_arena, S("a\xE2\x80\xA8" "b")), "a\nb");
	EQ_TEXT(text_clean_lines(t_arena, S("a\r")), "a");
}

TEST("text: slugs are words of a-z and digits, sixty bytes at most, cut at a word") {
	EQ_TEXT(text_slug(t_arena, S("Dům u Řeky")), "dum-u-reky");
	EQ_TEXT(text_slug(t_arena, S("  Domov „U Lípy“, p. o.  ")), "domov-u-lipy-p-o");
	EQ_TEXT(text_slug(t_arena, S("a_b{c}d@e:f`g")), "a-b-c-d-e-f-g");
	EQ_TEXT(text_slug(t_arena, S("---")), "");
	EQ_TEXT(text_slug(t_arena, S("Ярмо")), "");
	EQ_TEXT(text_slug(t_arena, S("0123456789 0123456789 0123456789 0123456789 0123456789 abcdefg")), "0123456789-0123456789-0123456789-0123456789-0123456789");
	EQ_TEXT(text_slug(t_arena, S("0123456789 0123456789 0123456789 0123456789 0123456789 abcde")), "0123456789-0123456789-0123456789-0123456789-0123456789-abcde");
	EQ_TEXT(text_slug(t_arena, S("0123456789 0123456789 0123456789 0123456789 0123456789 abcde f")), "0123456789-0123456789-0123456789-0123456789-0123456789-abcde");
	EQ_INT(text_slug(t_arena, S("0123456789012345678901234567890123456789012345678901234567890123456789")).len, 60);
}

TEST("text: control characters and broken bytes are not acceptable") {
	EXPECT(text_acceptable(S("Žluťoučký\tkůň\r\n\xEF\xBF\xBD")));
	EXPECT(text_acceptable(S("")));
	EXPECT(!text_acceptable(S("a\x01")));
	EXPECT(!text_acceptable(str_of("a\0b", 3)));
	EXPECT(!text_acceptable(S("a\x7F")));
	EXPECT(!text_acceptable(S("a\xC2\x85")));
	EXPECT(!text_acceptable(S("a\xFF")));
	EXPECT(!text_acceptable(S("a\xC3")));
	EXPECT(!text_acceptable(S("a\x1B[0m")));
}

TEST("text: no-break spaces stand where Czech wants them") {
	static const char *const pairs[][2] = {
		{"služby v kraji a obci", "služby v" N "kraji a" N "obci"},
		{"K dispozici (v obci)", "K" N "dispozici (v" N "obci)"},
		{"„V kraji“", "„V" N "kraji“"},
		{"a i s nimi", "a" N "i" N "s" N "nimi"},
		{"podle § 47 zákona", "podle §" N "47 zákona"},
		{"zákon č. 108/2006 Sb.", "zákon č. 108/2006" N "Sb."},
		{"Domov, p. o., a z. ú.", "Domov, p." N "o., a" N "z." N "ú."},
		{"stojí 9 729 456 Kč ročně", "stojí 9" N "729" N "456" N "Kč ročně"},
		{"4,9 % a 12 lůžek.", "4,9" N "% a" N "12" N "lůžek."},
		{"(30 min, 5 km!)", "(30" N "min, 5" N "km!)"},
		{"dne 16. 11. 2023 v Liberci", "dne 16." N "11." N "2023 v" N "Liberci"},
		{"16. listopadu, 1. října, 2. šetření", "16." N "listopadu, 1." N "října, 2." N "šetření"},
		{"V roce 2023. Potom", "V" N "roce 2023. Potom"},
		{"460 01 Liberec", "460" N "01 Liberec"},
		{"v roce 2023 15 obcí", "v" N "roce 2023 15 obcí"},
		{"dům u řeky", "dům u" N "řeky"},
		{"pes kos", "pes kos"},
		{"bod b) a konec", "bod b) a" N "konec"},
		{"o. p. s. Naděje", "o." N "p." N "s. Naděje"},
		{"a" N "s nimi", "a" N "s" N "nimi"},
		{"konec v ", "konec v "},
		{" v", " v"},
		{"v\nobci", "v\nobci"},
		{"5 .", "5 ."},
		{". x. y", ". x." " y"},
		{"7 let. Dále", "7" N "let. Dále"},
		{"bod a. b. a B. c. a [. c. {. d.", "bod a." N "b. a" N "B." N "c. a" N "[. c. {. d."},
		{"č. ř. X. á", "č." N "ř." N "X. á"},
		{"5. A 5. ( 5. ~ 5. ět", "5. A" N "5. ( 5. ~ 5. ět"},
		{"5 ,", "5 ,"},
		{"v\tx a\n12 \tx", "v\tx a\n12 \tx"},
		{"3 . 4 .. x", "3 . 4 .. x"},
		{"", ""},
	};
	for (size_t i = 0; i < LEN(pairs); i++)
		EQ_STR(text_nbsp(t_arena, str_c(pairs[i][0])), str_c(pairs[i][1]));
}

TEST("text: windows-1250 becomes UTF-8, bytes without meaning become U+FFFD") {
	EQ_TEXT(text_from_cp1250(t_arena, S("P\xF8\xEDli\x9A \x9Elu\x9Dou\xE8k\xFD \x80 \x84x\x93")), "Příliš žluťoučký € „x“");
	EQ_TEXT(text_from_cp1250(t_arena, S("\x81")), "\xEF\xBF\xBD");
	EQ_TEXT(text_from_cp1250(t_arena, (Str){0}), "");
}

TEST("text: UTF-16 of both kinds becomes UTF-8, halves without their other half become U+FFFD") {
	EQ_TEXT(text_from_utf16(t_arena, S("a\0\x0C\x01"), true), "aČ");
	EQ_TEXT(text_from_utf16(t_arena, S("\0a\x01\x0C"), false), "aČ");
	EQ_TEXT(text_from_utf16(t_arena, S("\xFF\xFE" "a\0"), true), "a");
	EQ_TEXT(text_from_utf16(t_arena, S("\xFE\xFF\0a"), false), "a");
	EQ_TEXT(text_from_utf16(t_arena, S("\xD8\x3D\xDE\x00"), false), "\xF0\x9F\x98\x80");
	EQ_TEXT(text_from_utf16(t_arena, S("\xD8\x3D\0a"), false), "\xEF\xBF\xBD" "a");
	EQ_TEXT(text_from_utf16(t_arena, S("\xD8\x3D\xE0\0"), false), "\xEF\xBF\xBD\xEE\x80\x80");
	EQ_TEXT(text_from_utf16(t_arena, S("\xD8\x3D"), false), "\xEF\xBF\xBD");
	EQ_TEXT(text_from_utf16(t_arena, S("\xDE\x00\0a"), false), "\xEF\xBF\xBD" "a");
	EQ_TEXT(text_from_utf16(t_arena, S("\0a\0"), false), "a\xEF\xBF\xBD");
	EQ_TEXT(text_from_utf16(t_arena, S(""), false), "");
}
