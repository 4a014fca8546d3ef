#include "base/hash.h"

static u64 rotate(u64 x, int by) {
	return x << by | x >> (64 - by);
}

Rand rand_seed(u64 seed) {
	Rand r;
	for (size_t i = 0; i < LEN(r.s); i++) {  /* splitmix64: even seed 0 gives a good state */
		u64 z = seed += 0x9E3779B97F4A7C15u;
		z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
		z = (z ^ z >> 27) * 0x94D049BB133111EBu;
		r.s[i] = z ^ z >> 31;
	}
	return r;
}

u64 rand_next(Rand *r) {                     /* xoshiro256** */
	u64 *s = r->s;
	u64 result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = rotate(s[3], 45);
	return result;
}

i64 rand_range(Rand *r, i64 from, i64 to) {
	CHECK(from <= to);
	u64 span = (u64)to - (u64)from + 1;
	if (span == 0)                           /* every i64 */
		return (i64)rand_next(r);
	u64 least = (0 - span) % span, n;        /* the first numbers would make small results more frequent */
	do
		n = rand_next(r);
	while (n < least);
	return (i64)((u64)from + n % span);
}

bool rand_chance(Rand *r, int percent) {
	return rand_range(r, 0, 99) < percent;
}
