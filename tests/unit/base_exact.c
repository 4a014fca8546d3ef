#include "base/exact.h"
#include "tests/test.h"

static Exact num(const char *typed) {
	Exact x = {0};
	if (!exact_read(t_arena, str_c(typed), &x))
		test_fail(__FILE__, __LINE__, "not read: %s", typed);
	return x;
}

static Str shown(Exact x, int places) {
	CLEANUP(buf_free) Buf b = {0};
	exact_show(&b, x, places, NULL);
	return buf_take(&b, t_arena);
}

static Str rounded(const char *x, const char *step, ExactWay way) {
	Exact r;
	EXPECT(exact_round(t_arena, num(x), num(step), way, &r));
	return exact_plain(t_arena, r);
}

TEST("exact: three thirds are one, and nothing is lost on the way") {
	Exact third = exact_ratio(t_arena, 1, 3), sum = {0};
	for (int i = 0; i < 3; i++)
		EXPECT(exact_add(t_arena, sum, third, &sum));
	EQ_INT(exact_cmp(sum, exact_int(t_arena, 1)), 0);
	EXPECT(exact_is_whole(sum) && !exact_is_whole(third));
	EXPECT(exact_sub(t_arena, sum, exact_int(t_arena, 1), &sum));
	EXPECT(exact_is_zero(sum));
	EQ_TEXT(exact_plain(t_arena, exact_ratio(t_arena, 6, -4)), "-3/2");
	EQ_TEXT(exact_plain(t_arena, exact_neg((Exact){0})), "0");
}

TEST("exact: numbers are read as Czechs write them, and nothing else is") {
	static const struct { const char *typed, *plain; } good[] = {{"0", "0"}, {"-0", "0"}, {"12,5", "25/2"}, {"12.50", "25/2"}, {"1 234 567", "1234567"},
		{"1\u00a0234,05", "24681/20"}, {"12\u202f000", "12000"}, {"−3", "-3"}, {"0,1", "1/10"}, {"123 456 789 012 345 678 901", "123456789012345678901"}};
	for (size_t i = 0; i < LEN(good); i++)
		EQ_STR(exact_plain(t_arena, num(good[i].typed)), str_c(good[i].plain));
	static const char *const bad[] = {"", "-", ",5", "5,", "1 23", "1234 567", "1  234", "1,2,3", "0x1", "1e3", "12a", " 1", "1 ", "1,234 567", "--1",
		"1234567890123456789012345678901234567890123456789012345678901"};
	Exact x;
	for (size_t i = 0; i < LEN(bad); i++)
		if (exact_read(t_arena, str_c(bad[i]), &x))
			test_fail(__FILE__, __LINE__, "read: %s", bad[i]);
}

TEST("exact: numbers are shown with as many places as they need and no more") {
	EQ_TEXT(shown(num("1234567,5"), 2), "1\u00a0234\u00a0567,5");
	EQ_TEXT(shown(num("-0,05"), 2), "−0,05");
	EQ_TEXT(shown(num("-0,004"), 2), "0");
	EQ_TEXT(shown(num("0,995"), 2), "1");
	EQ_TEXT(shown(exact_ratio(t_arena, 2, 3), 4), "0,6667");
	EQ_TEXT(shown(exact_ratio(t_arena, -1000, 1), 0), "−1\u00a0000");
	EQ_TEXT(shown((Exact){0}, 6), "0");
	CLEANUP(buf_free) Buf b = {0};
	bool more = false;
	exact_show(&b, exact_ratio(t_arena, 1, 3), 6, &more);
	EXPECT(more);
	exact_show(&b, num("0,25"), 2, &more);
	EXPECT(!more);
}

TEST("exact: rounding to a step goes half away from zero, down and up mean towards the infinities") {
	EQ_TEXT(rounded("2,5", "1", EXACT_NEAR), "3");
	EQ_TEXT(rounded("-2,5", "1", EXACT_NEAR), "-3");
	EQ_TEXT(rounded("-2,49", "1", EXACT_NEAR), "-2");
	EQ_TEXT(rounded("0,125", "0,25", EXACT_NEAR), "1/4");
	EQ_TEXT(rounded("0,1249", "0,25", EXACT_NEAR), "0");
	EQ_TEXT(rounded("-2,1", "1", EXACT_DOWN), "-3");
	EQ_TEXT(rounded("-2,1", "1", EXACT_UP), "-2");
	EQ_TEXT(rounded("1234", "1000", EXACT_UP), "2000");
	EQ_TEXT(rounded("0", "7", EXACT_NEAR), "0");
}

TEST("exact: what is written for machines is read as the same number") {
	static const char *const bad[] = {"", "/", "1/", "/1", "1/0", "-", "1/-2", "1.5", "+1", "1 2"};
	Exact x;
	for (size_t i = 0; i < LEN(bad); i++)
		EXPECT(!exact_read_plain(t_arena, str_c(bad[i]), &x));
	EXPECT(exact_read_plain(t_arena, S("-6/4"), &x));
	EQ_TEXT(exact_plain(t_arena, x), "-3/2");
	i64 n;
	EXPECT(!exact_to_int(x, &n));
	EXPECT(exact_to_int(num("-9 223 372 036 854 775 807"), &n));
	EQ_INT(n, -INT64_MAX);
	EXPECT(!exact_to_int(num("-9223372036854775808"), &n));
	EXPECT(!exact_to_int(num("9223372036854775808"), &n));
}

TEST("exact: a number that would grow beyond all use is refused, the one before it stays") {
	Exact x = exact_ratio(t_arena, 7, 3), last = x;
	int doublings = 0;
	while (exact_mul(t_arena, x, x, &x)) {
		last = x;
		EXPECT(++doublings < 20);
	}
	EXPECT(doublings >= 9);
	EQ_INT(exact_cmp(x, last), 0);
	CLEANUP(buf_free) Buf b = {0};
	exact_show(&b, x, 2, NULL);
	EXPECT(b.len > 300 && exact_plain(t_arena, x).len > 600);
}
