#include "core/xlsx_value.h"

enum { DIGITS = 15, MAX_DIGITS = 400, MAX_EXPONENT = 40, DAY = 86400 };

/* ---- text ---- */

static int hex_digit(char c) {
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character of "_xHHHH_" at the start of `s`, or -1. */
static i64 escaped(Str s) {
	if (s.len < 7 || s.ptr[0] != '_' || s.ptr[1] != 'x' || s.ptr[6] != '_')
		return -1;
	i64 n = 0;
	for (size_t i = 2; i < 6; i++) {
		int d = hex_digit(s.ptr[i]);
		if (d < 0)
			return -1;
		n = n * 16 + d;
	}
	return n;
}

Str xlsx_unescape(Arena *a, Str s) {
	i64 at = str_find(s, S("_x"));
	if (at < 0)
		return s;
	char  *to = arena_alloc(a, s.len);       /* an escape is longer than what it stands for */
	size_t n = (size_t)at;
	memcpy(to, s.ptr, n);
	for (size_t i = n; i < s.len;) {
		i64 c = escaped(str_from(s, i));
		i64 low = c >= 0xD800 && c < 0xDC00 ? escaped(str_from(s, i + 7)) : -1;
		if (low >= 0xDC00 && low < 0xE000) {
			n += utf8_put(to + n, (u32)(0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00)));
			i += 14;
		} else if (c >= 0) {
			n += utf8_put(to + n, c >= 0xD800 && c < 0xE000 ? 0xFFFD : (u32)c);
			i += 7;
		} else {
			to[n++] = s.ptr[i++];
		}
	}
	return str_of(to, n);
}

/* ---- numbers ---- */

typedef struct Decimal {
	char digits[MAX_DIGITS];                 /* without leading zeros */
	int  len, point;                         /* value = 0.digits × 10^point */
	bool minus, is_whole;                    /* whole: written without point and exponent */
} Decimal;

static bool scan(Str s, Decimal *d) {
	size_t i = 0;
	bool   any = false, point = false;
	*d = (Decimal){.is_whole = true};
	if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
		d->minus = s.ptr[i++] == '-';
	for (; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '.' && !point) {
			point = true;
			d->is_whole = false;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		any = true;
		if (d->len == 0 && c == '0') {
			d->point -= point;                   /* 0.00x */
			continue;
		}
		if (d->len == MAX_DIGITS)
			return false;
		d->digits[d->len++] = c;
		d->point += !point;
	}
	if (!any || i == s.len)
		return any;
	if (s.ptr[i] != 'e' && s.ptr[i] != 'E')
		return false;
	Str power = str_from(s, i + 1);
	i64 n;
	if (power.len && power.ptr[0] == '+')
		power = str_from(power, 1);
	if (power.len > 5 || !str_to_int(power, &n))
		return false;
	d->is_whole = false;
	d->point += (int)n;
	return true;
}

static void round_to(Decimal *d, int digits) {
	bool up = d->digits[digits] >= '5';
	d->len = digits;
	while (up && d->len && d->digits[d->len - 1] == '9')
		d->len--;
	if (up && d->len) {
		d->digits[d->len - 1]++;
	} else if (up) {
		d->digits[d->len++] = '1';
		d->point++;
	}
}

bool xlsx_number(Arena *a, Str written, Str *ret) {
	Decimal d;
	if (!scan(str_trim(written), &d))
		return false;
	if (!d.is_whole && d.len > DIGITS)
		round_to(&d, DIGITS);
	while (d.len > d.point && d.len > 0 && d.digits[d.len - 1] == '0')
		d.len--;
	if (d.len == 0) {
		*ret = S("0");
		return true;
	}
	if (d.point > MAX_DIGITS || d.point < -MAX_EXPONENT)
		return false;
	size_t room = (size_t)(d.len + (d.point > 0 ? d.point : -d.point) + 4), n = 0;
	char  *to = arena_alloc(a, room);
	if (d.minus)
		to[n++] = '-';
	if (d.point <= 0)
		to[n++] = '0';
	for (int i = 0; i < d.point; i++)
		to[n++] = i < d.len ? d.digits[i] : '0';
	if (d.len > d.point)
		to[n++] = '.';
	for (int i = d.point; i < 0; i++)
		to[n++] = '0';
	for (int i = d.point > 0 ? d.point : 0; i < d.len; i++)
		to[n++] = d.digits[i];
	*ret = str_of(to, n);
	return true;
}

/* ---- days ---- */

/* Seconds of the digits behind the point, rounded. */
static i64 seconds_of(Str fraction) {
	u64 n = 0, whole = 1;
	for (size_t i = 0; i < fraction.len && i < 12; i++) {        /* finer than a millisecond, and fits */
		n = n * 10 + (u64)(fraction.ptr[i] - '0');
		whole *= 10;
	}
	return (i64)((n * DAY + whole / 2) / whole);
}

/* The first calendar of spreadsheets has a 29 February 1900, which was not. */
static Date day_of(i64 n, bool is_1904) {
	if (is_1904)
		return date_add(date(1904, 1, 1), (int)n);
	return n < 60 ? date_add(date(1899, 12, 31), (int)n) : date_add(date(1899, 12, 30), (int)n);
}

Str xlsx_serial(Arena *a, Str number, bool is_1904) {
	Str fraction = number, whole = str_cut(&fraction, '.');
	i64 n;
	if (!str_to_int(whole, &n) || number.ptr[0] == '-' || n > 2958465)
		return (Str){0};
	i64 seconds = seconds_of(fraction);
	n += seconds / DAY;
	seconds %= DAY;
	if (n == 0 && fraction.len && !is_1904)
		return str_format(a, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
	if (n == 60 && !is_1904)
		return S("1900-02-29");                  /* as written: whoever reads a day from it will say that there is none */
	char iso[DATE_ISO_LEN];
	Str  day = date_iso(day_of(n, is_1904), iso);
	if (seconds == 0 || day.len == 0)            /* the later calendar reaches beyond the year 9999 */
		return str_dup(a, day);
	return str_format(a, "%.*s %02d:%02d:%02d", STR_ARG(day), (int)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
}

bool xlsx_builtin_is_date(i64 id) {
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/* A letter of a day or a time outside of quotes, brackets and escapes. */
bool xlsx_format_is_date(Str code) {
	for (size_t i = 0; i < code.len; i++) {
		char c = code.ptr[i];
		if (c == '"' || c == '[') {
			i64 end = str_find_char(str_from(code, i + 1), c == '"' ? '"' : ']');
			if (end < 0)
				return false;
			i += (size_t)end + 1;
		} else if (c == '\\' || c == '_' || c == '*') {
			i++;
		} else if (c == ';') {
			return false;                        /* the part for positive numbers decides */
		} else if (strchr("dDmMyYhHsS", c)) {
			return true;
		}
	}
	return false;
}

/* ---- addresses ---- */

bool xlsx_cell_read(Str ref, size_t *column, i64 *row) {
	size_t i = 0, n = 0;
	for (; i < ref.len && i < 4 && ref.ptr[i] >= 'A' && ref.ptr[i] <= 'Z'; i++)
		n = n * 26 + (size_t)(ref.ptr[i] - 'A') + 1;
	if (i == 0 || i > 3 || i == ref.len || ref.len - i > 7 || !str_to_int(str_from(ref, i), row) || *row < 1)
		return false;
	*column = n - 1;
	return true;
}

Str xlsx_column_name(Arena *a, size_t column) {
	char   name[8];
	size_t at = sizeof name;
	for (size_t n = column + 1; n; n = (n - 1) / 26)
		name[--at] = (char)('A' + (n - 1) % 26);
	return str_dup(a, str_of(name + at, sizeof name - at));
}
