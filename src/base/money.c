#include "base/money.h"

__extension__ typedef __int128 Wide;

i64 div_round(i64 n, i64 d) {
	CHECK(d > 0);
	i64 whole = n / d, rest = n % d;         /* the rest has the sign of n */
	i64 size = rest < 0 ? -rest : rest;
	if (size < d - size)                     /* 2 * size < d without overflow */
		return whole;
	return n < 0 ? whole - 1 : whole + 1;
}

bool mul_div(i64 a, i64 b, i64 d, i64 *ret) {
	CHECK(d > 0);
	Wide n = (Wide)a * b;
	Wide size = n < 0 ? -n : n;              /* at most 2^126 */
	Wide q = size / d, rest = size % d;
	q += rest >= d - rest;
	if (q > INT64_MAX)                       /* INT64_MIN is BLANK, never a result */
		return false;
	*ret = n < 0 ? -(i64)q : (i64)q;
	return true;
}
