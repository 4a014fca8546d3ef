/* exact.h: fractions that stay exact: a sum of thirds is a whole again, and nothing is rounded unless somebody asks. The only file pair that sees GMP.
 *
 * An Exact is a value: it is never changed, its digits lie in an arena and live as long. {0} is the number zero. Numerator and denominator together have at
 * most EXACT_BITS_MAX bits; an operation that would need more gives false and leaves *ret alone. */
#pragma once
#include "base/buf.h"

#define EXACT_BITS_MAX 4096
#define EXACT_DIGITS_MAX 60                                /* of a number that a person types */

typedef struct Exact {
	const void *limbs;                                    /* of the numerator, then of the denominator, in lowest terms */
	i32         top;                                      /* how many of the numerator; negative when the number is */
	i32         bottom;                                   /* how many of the denominator; 0 = it is one */
} Exact;

Exact exact_int(Arena *a, i64 n);
Exact exact_ratio(Arena *a, i64 n, i64 d);                /* d is not 0; neither is BLANK */

MUST_USE bool exact_add(Arena *a, Exact x, Exact y, Exact *ret);
MUST_USE bool exact_sub(Arena *a, Exact x, Exact y, Exact *ret);
MUST_USE bool exact_mul(Arena *a, Exact x, Exact y, Exact *ret);
MUST_USE bool exact_div(Arena *a, Exact x, Exact y, Exact *ret);          /* y is not zero: ask before */
Exact exact_neg(Exact x);

int         exact_cmp(Exact x, Exact y);                  /* -1, 0, 1 */
static inline int  exact_sign(Exact x) { return x.top < 0 ? -1 : x.top > 0; }
static inline bool exact_is_zero(Exact x) { return x.top == 0; }
static inline bool exact_is_whole(Exact x) { return x.bottom == 0; }

typedef enum ExactWay { EXACT_NEAR, EXACT_DOWN, EXACT_UP } ExactWay;      /* half away from zero; towards minus infinity; towards plus infinity */
/* The multiple of `step` (more than zero) that is nearest, below or above. */
MUST_USE bool exact_round(Arena *a, Exact x, Exact step, ExactWay way, Exact *ret);

/* As an integer; false when it is not whole or does not fit (BLANK does not). */
bool  exact_to_int(Exact x, i64 *ret);

/* What a person typed: digits with a decimal comma or point, groups of three parted by blanks (also hard or narrow ones), minus (also U+2212). The whole of `s`. */
MUST_USE bool exact_read(Arena *a, Str s, Exact *ret);
/* For people: grouped, U+2212, decimal comma, as many places as are needed up to `places`; *rounded (may be NULL) says that more would be needed. */
void  exact_show(Buf *b, Exact x, int places, bool *rounded);
/* For machines: "-12345/7", "40"; what is written is read again as the same number. */
Str   exact_plain(Arena *a, Exact x);
MUST_USE bool exact_read_plain(Arena *a, Str s, Exact *ret);
