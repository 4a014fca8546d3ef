#include "base/format.h"

#define NBSP "\xC2\xA0"
#define MINUS "\xE2\x88\x92"
#define DASH "\xE2\x80\x93"

/* ---- numbers ---- */

static u64 magnitude(i64 n) {
	return n < 0 ? 0 - (u64)n : (u64)n;
}

static void put_grouped(Buf *b, u64 n) {
	if (n >= 1000) {
		put_grouped(b, n / 1000);
		buf_lit(b, NBSP);
		for (u64 unit = 100; unit; unit /= 10)
			buf_char(b, (char)('0' + n / unit % 10));
	} else {
		buf_int(b, (i64)n);
	}
}

static void put_fraction(Buf *b, u64 n, int places, char point) {
	char digits[18];
	for (int i = places - 1; i >= 0; i--, n /= 10)
		digits[i] = (char)('0' + n % 10);
	if (places)
		buf_char(b, point);
	buf_put(b, digits, (size_t)places);
}

static u64 power_of_ten(int places) {
	CHECK(places >= 0 && places <= 18);
	u64 unit = 1;
	for (int i = 0; i < places; i++)
		unit *= 10;
	return unit;
}

void fmt_plain(Buf *b, i64 n, int places, char point) {
	u64 unit = power_of_ten(places), u = magnitude(n);
	if (n == BLANK)
		return;
	if (n < 0)
		buf_char(b, '-');
	buf_int(b, (i64)(u / unit));
	put_fraction(b, u % unit, places, point);
}

void fmt_int(Buf *b, i64 n) {
	fmt_decimal(b, n, 0);
}

void fmt_decimal(Buf *b, i64 n, int places) {
	u64 unit = power_of_ten(places), u = magnitude(n);
	if (n == BLANK)
		return;
	if (n < 0)
		buf_lit(b, MINUS);
	put_grouped(b, u / unit);
	put_fraction(b, u % unit, places, ',');
}

void fmt_money(Buf *b, Money m) {
	if (m.halere == BLANK)
		return;
	if (m.halere % 100)
		fmt_decimal(b, m.halere, 2);
	else
		fmt_int(b, m.halere / 100);
	buf_lit(b, NBSP "Kč");
}

Str money_text(Arena *a, i64 halere, const char *blank) {
	CLEANUP(buf_free) Buf b = {0};
	if (halere == BLANK)
		return str_c(blank);
	fmt_money(&b, (Money){halere});
	return buf_take(&b, a);
}

void fmt_fte(Buf *b, Fte f) {
	fmt_decimal(b, f.hundredths, 2);
}

void fmt_percent(Buf *b, Percent p) {
	if (p.basis_points == BLANK)
		return;
	if (p.basis_points % 10)
		fmt_decimal(b, p.basis_points, 2);
	else
		fmt_decimal(b, p.basis_points / 10, 1);
	buf_lit(b, NBSP "%");
}

void fmt_file_size(Buf *b, i64 bytes) {
	static const char *const units[] = {"kB", "MB", "GB", "TB", "PB", "EB"};
	if (bytes < 0)                           /* also BLANK */
		return;
	if (bytes < 1000) {
		buf_format(b, "%d" NBSP "B", (int)bytes);
		return;
	}
	i64 unit = 1000, tenths;
	size_t i = 0;
	while ((tenths = div_round(bytes, unit / 10)) >= 10000) {    /* 999 950 bytes are 1 MB already */
		unit *= 1000;
		i++;
	}
	if (tenths % 10)
		fmt_decimal(b, tenths, 1);
	else
		fmt_int(b, tenths / 10);
	buf_format(b, NBSP "%s", units[i]);
}

/* ---- days ---- */

static const char *const month_genitive[] = {"", "ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září",
                                             "října", "listopadu", "prosince"};
static const char *const weekday_name[] = {"", "pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"};

void fmt_date(Buf *b, Date d) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	if (y)
		buf_format(b, "%d." NBSP "%d." NBSP "%04d", day, m, y);
}

void fmt_date_long(Buf *b, Date d) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	if (y)
		buf_format(b, "%d." NBSP "%s %04d", day, month_genitive[m], y);
}

Str fmt_month(Date d) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	return y ? str_c(month_genitive[m]) : (Str){0};
}

void fmt_weekday_date(Buf *b, Date d) {
	int weekday = date_weekday(d);
	if (weekday)
		buf_format(b, "%s ", weekday_name[weekday]);
	fmt_date(b, d);
}

void fmt_date_range(Buf *b, Date from, Date to) {
	int y, m, day, to_y, to_m, to_day;
	date_parts(from, &y, &m, &day);
	date_parts(to, &to_y, &to_m, &to_day);
	if (y == 0 || to_y == 0) {
		if (y || to_y)
			buf_str(b, y ? S("od" NBSP) : S("do" NBSP));
		fmt_date(b, y ? from : to);
		return;
	}
	if (!date_eq(from, to)) {                /* only what differs; parts with spaces in them have spaces around the dash */
		buf_format(b, "%d.", day);
		if (y != to_y)
			buf_format(b, NBSP "%d." NBSP "%04d" NBSP DASH " ", m, y);
		else if (m != to_m)
			buf_format(b, NBSP "%d." NBSP DASH " ", m);
		else
			buf_lit(b, DASH);
	}
	fmt_date(b, to);
}

void fmt_instant(Buf *b, Instant t) {
	Date day;
	int seconds;
	prague_wall(t, &day, &seconds);
	if (!date_is(day))
		return;
	fmt_date(b, day);
	buf_format(b, ", %d:%02d", seconds / 3600, seconds / 60 % 60);
}

/* ---- codes ---- */

/* The digits of `s`, which may be parted by blanks, no-break spaces and the characters of `between`; false when anything else
 * is there. */
static bool only_digits(Str s, const char *between, char *to, size_t room, size_t *n) {
	*n = 0;
	for (size_t pos = 0; pos < s.len;) {
		u32 c = utf8_next(s, &pos);
		if (c == 0xA0 || c == 0x202F || (c > 0 && c < 0x80 && strchr(between, (int)c)))
			continue;
		if (c < '0' || c > '9' || *n == room)
			return false;
		to[(*n)++] = (char)c;
	}
	return true;
}

void fmt_phone(Buf *b, Str phone) {
	char digits[14];
	size_t n;
	Str rest = str_trim(phone);
	bool has_plus = str_starts(rest, S("+"));
	if (only_digits(str_from(rest, has_plus), " -./", digits, sizeof digits, &n)) {
		Str d = {digits, n};
		if (!has_plus && str_starts(d, S("00")))
			d = str_from(d, 2), has_plus = true;
		bool has_code = d.len == 12 && str_starts(d, S("420"));
		if (has_code)
			d = str_from(d, 3);
		if (d.len == 9 && d.ptr[0] >= '2' && (has_code || !has_plus)) {
			buf_format(b, "+420" NBSP "%.3s" NBSP "%.3s" NBSP "%.3s", d.ptr, d.ptr + 3, d.ptr + 6);
			return;
		}
	}
	buf_str(b, phone);
}

void fmt_ico(Buf *b, Str ico) {
	char digits[8];
	size_t n;
	if (!only_digits(ico, " ", digits, sizeof digits, &n) || n == 0) {
		buf_str(b, ico);
		return;
	}
	buf_put(b, "00000000", 8 - n);
	buf_put(b, digits, n);
}

void fmt_postcode(Buf *b, Str psc) {
	char digits[5];
	size_t n;
	if (only_digits(psc, " ", digits, sizeof digits, &n) && n == 5)
		buf_format(b, "%.3s" NBSP "%.2s", digits, digits + 3);
	else
		buf_str(b, psc);
}

/* ---- words ---- */

Str plural(i64 n, const char *one, const char *few, const char *many) {
	u64 u = magnitude(n);
	return str_c(u == 1 ? one : u >= 2 && u <= 4 ? few : many);
}

void fmt_count(Buf *b, i64 n, const char *one, const char *few, const char *many) {
	fmt_int(b, n);
	buf_lit(b, NBSP);
	buf_str(b, plural(n, one, few, many));
}
