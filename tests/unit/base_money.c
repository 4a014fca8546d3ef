#include "tests/test.h"

TEST("money: div_round rounds half away from zero on both sides") {
	EQ_INT(div_round(5, 10), 1);
	EQ_INT(div_round(4, 10), 0);
	EQ_INT(div_round(-5, 10), -1);
	EQ_INT(div_round(-4, 10), 0);
	EQ_INT(div_round(15, 10), 2);
	EQ_INT(div_round(-15, 10), -2);
	EQ_INT(div_round(1, 3), 0);
	EQ_INT(div_round(2, 3), 1);
	EQ_INT(div_round(-2, 3), -1);
	EQ_INT(div_round(0, 7), 0);
	EQ_INT(div_round(6, 3), 2);
}

TEST("money: div_round agrees with the formula of the handbook for all small numbers") {
	for (i64 d = 1; d <= 40; d++)
		for (i64 n = -200; n <= 200; n++) {
			i64 size = n < 0 ? -n : n, q = (2 * size + d) / (2 * d);
			EQ_INT(div_round(n, d), n < 0 ? -q : q);
		}
}

TEST("money: div_round does not overflow at the ends of the range") {
	EQ_INT(div_round(INT64_MAX, 1), INT64_MAX);
	EQ_INT(div_round(INT64_MIN, 1), INT64_MIN);
	EQ_INT(div_round(INT64_MAX, INT64_MAX), 1);
	EQ_INT(div_round(INT64_MIN, INT64_MAX), -1);
	EQ_INT(div_round(INT64_MAX / 2, INT64_MAX), 0);          /* just below a half */
	EQ_INT(div_round(INT64_MAX / 2 + 1, INT64_MAX), 1);
	EQ_INT(div_round(INT64_MAX, 2), INT64_MAX / 2 + 1);
}

TEST("money: mul_div keeps the whole product before it divides") {
	i64 r = 0;
	EXPECT(mul_div(972945624, 10000, 10000, &r));
	EQ_INT(r, 972945624);
	EXPECT(mul_div(INT64_MAX, INT64_MAX, INT64_MAX, &r));
	EQ_INT(r, INT64_MAX);
	EXPECT(mul_div(5, 1, 10, &r));
	EQ_INT(r, 1);
	EXPECT(mul_div(-5, 1, 10, &r));
	EQ_INT(r, -1);
	EXPECT(mul_div(-5, -1, 10, &r));
	EQ_INT(r, 1);
	EXPECT(mul_div(-4, 1, 10, &r));
	EQ_INT(r, 0);
	EXPECT(mul_div(INT64_MIN, -1, 2, &r));
	EQ_INT(r, (i64)1 << 62);
	EXPECT(mul_div(0, INT64_MIN, 1, &r));
	EQ_INT(r, 0);
}

TEST("money: mul_div refuses a result that does not fit, and never gives BLANK") {
	i64 r = 7;
	EXPECT(!mul_div(INT64_MAX, 2, 1, &r));
	EXPECT(!mul_div(INT64_MIN, INT64_MIN, 1, &r));
	EXPECT(!mul_div(INT64_MIN, 1, 1, &r));                   /* would be BLANK itself */
	EQ_INT(r, 7);
	EXPECT(mul_div(-INT64_MAX, 1, 1, &r));
	EQ_INT(r, -INT64_MAX);
}

TEST("money: crowns and hundredths have their units") {
	EQ_INT(czk(1250000).halere, 125000000);
	EQ_INT(fte(350).hundredths, 350);
}
