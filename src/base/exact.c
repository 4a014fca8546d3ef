#include "base/exact.h"

#include <gmp.h>

/* GMP's own numbers live only within a function; what leaves it are limbs in an arena. A view borrows them without copying. */
static void clear_q(mpq_t *q) {
	mpq_clear(*q);
}
static void clear_z(mpz_t *z) {
	mpz_clear(*z);
}
#define LOCAL_Q(name) CLEANUP(clear_q) mpq_t name; mpq_init(name)
#define LOCAL_Z(name) CLEANUP(clear_z) mpz_t name; mpz_init(name)

static const mp_limb_t one_limb = 1;

static void view(mpq_t q, Exact x) {
	const mp_limb_t *limbs = x.limbs ? x.limbs : &one_limb;
	int top = x.top < 0 ? -x.top : x.top;
	mpz_roinit_n(mpq_numref(q), limbs, x.top);
	if (x.bottom)
		mpz_roinit_n(mpq_denref(q), limbs + top, x.bottom);
	else
		mpz_roinit_n(mpq_denref(q), &one_limb, 1);
}

/* Copies the number out, unless it is too large. */
static bool keep(Arena *a, mpq_t q, Exact *ret) {
	mpz_ptr n = mpq_numref(q), d = mpq_denref(q);
	if (mpz_sizeinbase(n, 2) + mpz_sizeinbase(d, 2) > EXACT_BITS_MAX)
		return false;
	size_t top = mpz_size(n), bottom = mpz_cmp_ui(d, 1) == 0 ? 0 : mpz_size(d);
	if (top == 0) {
		*ret = (Exact){0};
		return true;
	}
	mp_limb_t *limbs = NEW_ARRAY(a, mp_limb_t, top + bottom);
	memcpy(limbs, mpz_limbs_read(n), top * sizeof *limbs);
	if (bottom)
		memcpy(limbs + top, mpz_limbs_read(d), bottom * sizeof *limbs);
	*ret = (Exact){.limbs = limbs, .top = mpz_sgn(n) < 0 ? -(i32)top : (i32)top, .bottom = (i32)bottom};
	return true;
}

Exact exact_ratio(Arena *a, i64 n, i64 d) {
	CHECK(d != 0 && n != BLANK && d != BLANK);
	Exact x = {0};
	LOCAL_Q(q);
	mpz_set_si(mpq_numref(q), d < 0 ? -n : n);
	mpz_set_si(mpq_denref(q), d < 0 ? -d : d);
	mpq_canonicalize(q);
	CHECK(keep(a, q, &x));
	return x;
}

Exact exact_int(Arena *a, i64 n) {
	return exact_ratio(a, n, 1);
}

/* ---- arithmetic ---- */

static bool compute(Arena *a, void (*f)(mpq_ptr, mpq_srcptr, mpq_srcptr), Exact x, Exact y, Exact *ret) {
	LOCAL_Q(q);
	mpq_t left, right;
	view(left, x);
	view(right, y);
	f(q, left, right);
	return keep(a, q, ret);
}

bool exact_add(Arena *a, Exact x, Exact y, Exact *ret) {
	return compute(a, mpq_add, x, y, ret);
}

bool exact_sub(Arena *a, Exact x, Exact y, Exact *ret) {
	return compute(a, mpq_sub, x, y, ret);
}

bool exact_mul(Arena *a, Exact x, Exact y, Exact *ret) {
	return compute(a, mpq_mul, x, y, ret);
}

bool exact_div(Arena *a, Exact x, Exact y, Exact *ret) {
	CHECK(!exact_is_zero(y));
	return compute(a, mpq_div, x, y, ret);
}

Exact exact_neg(Exact x) {
	x.top = -x.top;
	return x;
}

int exact_cmp(Exact x, Exact y) {
	mpq_t left, right;
	view(left, x);
	view(right, y);
	int order = mpq_cmp(left, right);
	return order < 0 ? -1 : order > 0;
}

bool exact_round(Arena *a, Exact x, Exact step, ExactWay way, Exact *ret) {
	CHECK(exact_sign(step) > 0);
	LOCAL_Q(steps);
	LOCAL_Z(whole);
	mpq_t number, by;
	view(number, x);
	view(by, step);
	mpq_div(steps, number, by);
	mpz_ptr n = mpq_numref(steps), d = mpq_denref(steps);
	if (way == EXACT_DOWN) {
		mpz_fdiv_q(whole, n, d);
	} else if (way == EXACT_UP) {
		mpz_cdiv_q(whole, n, d);
	} else {                                              /* sign * floor((2|n| + d) / 2d) */
		bool negative = mpz_sgn(n) < 0;
		mpz_abs(whole, n);
		mpz_mul_2exp(whole, whole, 1);
		mpz_add(whole, whole, d);
		mpz_mul_2exp(d, d, 1);
		mpz_fdiv_q(whole, whole, d);
		if (negative)
			mpz_neg(whole, whole);
	}
	mpz_set(n, whole);
	mpz_set_ui(d, 1);
	mpq_mul(steps, steps, by);
	return keep(a, steps, ret);
}

bool exact_to_int(Exact x, i64 *ret) {
	if (x.bottom)
		return false;
	mpq_t q;
	view(q, x);
	if (!mpz_fits_slong_p(mpq_numref(q)))
		return false;
	i64 n = mpz_get_si(mpq_numref(q));
	if (n == BLANK)
		return false;
	*ret = n;
	return true;
}

/* ---- text ---- */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

/* Bytes of a blank between thousands: space, NBSP, narrow NBSP; 0 = none. */
static size_t blank_at(Str s, size_t at) {
	Str rest = str_from(s, at);
	if (str_starts(rest, S(" ")))
		return 1;
	if (str_starts(rest, S("\u00a0")))
		return 2;
	return str_starts(rest, S("\u202f")) ? 3 : 0;
}

static bool from_digits(Arena *a, const char *digits, size_t places, bool negative, Exact *ret) {
	LOCAL_Q(q);
	if (mpz_set_str(mpq_numref(q), digits, 10) != 0)
		return false;
	if (negative)
		mpz_neg(mpq_numref(q), mpq_numref(q));
	mpz_ui_pow_ui(mpq_denref(q), 10, places);
	mpq_canonicalize(q);
	return keep(a, q, ret);
}

bool exact_read(Arena *a, Str s, Exact *ret) {
	char digits[EXACT_DIGITS_MAX + 1];
	size_t n = 0, at = 0, group = 0, groups = 0, places = 0;
	bool negative = false, fraction = false;
	if (str_starts(s, S("-")) || str_starts(s, S("−"))) {
		negative = true;
		at = s.ptr[0] == '-' ? 1 : 3;
	}
	for (; at < s.len; at++) {
		char c = s.ptr[at];
		size_t blank = fraction ? 0 : blank_at(s, at);
		if (is_digit(c)) {
			if (n == EXACT_DIGITS_MAX)
				return false;
			digits[n++] = c;
			places += fraction;
			group++;
		} else if (blank) {                               /* the first group has one to three digits, the others three */
			if (group == 0 || group > 3 || (groups && group != 3))
				return false;
			groups++;
			group = 0;
			at += blank - 1;
		} else if ((c == ',' || c == '.') && !fraction) {
			if (group == 0 || (groups && group != 3))
				return false;
			fraction = true;
			group = 0;
		} else {
			return false;
		}
	}
	if (group == 0 || (groups && !fraction && group != 3))
		return false;
	digits[n] = 0;
	return from_digits(a, digits, places, negative, ret);
}

void exact_show(Buf *b, Exact x, int places, bool *rounded) {
	CHECK(places >= 0 && places <= 30);
	LOCAL_Z(scaled);
	LOCAL_Z(rest);
	LOCAL_Z(power);
	mpq_t q;
	view(q, x);
	mpz_ui_pow_ui(power, 10, (unsigned long)places);
	mpz_abs(scaled, mpq_numref(q));
	mpz_mul(scaled, scaled, power);
	mpz_fdiv_qr(scaled, rest, scaled, mpq_denref(q));
	if (rounded)
		*rounded = mpz_sgn(rest) != 0;
	mpz_mul_2exp(rest, rest, 1);
	if (mpz_cmp(rest, mpq_denref(q)) >= 0)
		mpz_add_ui(scaled, scaled, 1);
	char digits[EXACT_BITS_MAX / 3 + 64];
	CHECK(mpz_sizeinbase(scaled, 10) + 2 < sizeof digits);
	mpz_get_str(digits, 10, scaled);
	size_t n = strlen(digits), behind = (size_t)places;
	if (x.top < 0 && mpz_sgn(scaled) != 0)
		buf_lit(b, "−");
	size_t before = n > behind ? n - behind : 0;
	if (before == 0)
		buf_char(b, '0');
	for (size_t i = 0; i < before; i++) {
		if (i && (before - i) % 3 == 0)
			buf_lit(b, "\u00a0");
		buf_char(b, digits[i]);
	}
	char tail[32];
	size_t kept = behind, missing = n < behind ? behind - n : 0;          /* 0,05: zeros in front of the digits */
	for (size_t i = 0; i < behind; i++)
		tail[i] = i < missing ? '0' : digits[before + i - missing];
	while (kept && tail[kept - 1] == '0')
		kept--;
	if (kept) {
		buf_char(b, ',');
		buf_put(b, tail, kept);
	}
}

Str exact_plain(Arena *a, Exact x) {
	mpq_t q;
	view(q, x);
	char text[EXACT_BITS_MAX / 3 + 64];
	CHECK(mpz_sizeinbase(mpq_numref(q), 10) + mpz_sizeinbase(mpq_denref(q), 10) + 3 < sizeof text);
	mpq_get_str(text, 10, q);
	return str_dup(a, str_c(text));
}

bool exact_read_plain(Arena *a, Str s, Exact *ret) {
	if (s.len == 0 || s.len > EXACT_BITS_MAX / 3)
		return false;
	Str bottom = s, top = str_cut(&bottom, '/');
	if (top.len == s.len)
		bottom = S("1");
	for (size_t i = 0; i < top.len; i++)
		if (!is_digit(top.ptr[i]) && !(i == 0 && top.ptr[i] == '-' && top.len > 1))
			return false;
	for (size_t i = 0; i < bottom.len; i++)
		if (!is_digit(bottom.ptr[i]))
			return false;
	if (top.len == 0 || bottom.len == 0)
		return false;
	LOCAL_Q(q);
	CLEANUP(arena_free) Arena scratch = {0};
	if (mpz_set_str(mpq_numref(q), str_z(&scratch, top), 10) != 0 || mpz_set_str(mpq_denref(q), str_z(&scratch, bottom), 10) != 0)
		return false;
	if (mpz_sgn(mpq_denref(q)) == 0)
		return false;
	mpq_canonicalize(q);
	return keep(a, q, ret);
}
