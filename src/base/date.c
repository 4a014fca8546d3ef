#include "base/date.h"

#include <time.h>

enum { DAY_LAST = 3652059, DAY_1970 = 719163 };                 /* 9999-12-31, 1970-01-01 */
enum { HOUR_MS = 3600000, DAY_MS = 86400000 };

static bool is_leap(int year) {
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month) {
	static const u8 days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days before the first of January of a year. */
static int days_before_year(int year) {
	int y = year - 1;
	return y * 365 + y / 4 - y / 100 + y / 400;
}

static int days_before_month(int year, int month) {
	static const i16 before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	return before[month - 1] + (month > 2 && is_leap(year) ? 1 : 0);
}

Date date(int year, int month, int day) {
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > month_days(year, month))
		return (Date){0};
	return (Date){days_before_year(year) + days_before_month(year, month) + day};
}

/* date_add may lead out of the calendar; such a day reads as none. */
static bool in_calendar(Date d) {
	return d.n >= 1 && d.n <= DAY_LAST;
}

void date_parts(Date d, int *year, int *month, int *day) {
	if (!in_calendar(d)) {
		*year = *month = *day = 0;
		return;
	}
	int y = (int)((i64)(d.n - 1) * 400 / 146097) + 1;            /* by the mean length: right, or one too small near New Year */
	if (days_before_year(y + 1) < d.n)
		y++;
	int rest = d.n - days_before_year(y);
	int m = 12;
	while (days_before_month(y, m) >= rest)
		m--;
	*year = y;
	*month = m;
	*day = rest - days_before_month(y, m);
}

int date_year(Date d) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	return y;
}

int date_weekday(Date d) {
	return in_calendar(d) ? (d.n - 1) % 7 + 1 : 0;               /* 0001-01-01 was a Monday */
}

Date date_add_months(Date d, int months) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	if (y == 0)
		return (Date){0};
	i64 count = (i64)y * 12 + (m - 1) + months;
	if (count < 12 || count >= 120000)                           /* outside the years 1 to 9999 */
		return (Date){0};
	y = (int)(count / 12);
	m = (int)(count % 12) + 1;
	int last = month_days(y, m);
	return date(y, m, day < last ? day : last);
}

/* ---- ISO text ---- */

static void put_digits(char *to, int n, int width) {
	for (int i = width - 1; i >= 0; i--, n /= 10)
		to[i] = (char)('0' + n % 10);
}

/* Digits at [from, from + width) as a number, -1 when one of them is none. */
static int take_digits(Str s, size_t from, size_t width) {
	int n = 0;
	for (size_t i = from; i < from + width; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return -1;
		n = n * 10 + (s.ptr[i] - '0');
	}
	return n;
}

Str date_iso(Date d, char to[DATE_ISO_LEN]) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	if (y == 0)
		return (Str){to, 0};
	put_digits(to, y, 4);
	to[4] = '-';
	put_digits(to + 5, m, 2);
	to[7] = '-';
	put_digits(to + 8, day, 2);
	return (Str){to, DATE_ISO_LEN};
}

bool date_read_iso(Str s, Date *ret) {
	if (s.len != DATE_ISO_LEN || s.ptr[4] != '-' || s.ptr[7] != '-')
		return false;
	Date d = date(take_digits(s, 0, 4), take_digits(s, 5, 2), take_digits(s, 8, 2));
	if (!date_is(d))
		return false;
	*ret = d;
	return true;
}

/* Day number and milliseconds of that day, rounded down also before 1970. */
static void split(i64 ms, i64 *day, i64 *rest) {
	*day = ms / DAY_MS;
	*rest = ms % DAY_MS;
	if (*rest < 0) {
		*day -= 1;
		*rest += DAY_MS;
	}
	*day += DAY_1970;
}

Str instant_iso(Instant t, char to[INSTANT_ISO_LEN]) {
	i64 day, rest;
	split(t.ms, &day, &rest);
	if (t.ms == 0 || day < 1 || day > DAY_LAST)
		return (Str){to, 0};
	date_iso((Date){(i32)day}, to);
	int second = (int)(rest / 1000);
	to[10] = 'T';
	put_digits(to + 11, second / 3600, 2);
	to[13] = ':';
	put_digits(to + 14, second / 60 % 60, 2);
	to[16] = ':';
	put_digits(to + 17, second % 60, 2);
	to[19] = '.';
	put_digits(to + 20, (int)(rest % 1000), 3);
	to[23] = 'Z';
	return (Str){to, INSTANT_ISO_LEN};
}

bool instant_read_iso(Str s, Instant *ret) {
	Date d;
	if (s.len != INSTANT_ISO_LEN || !date_read_iso(str_first(s, DATE_ISO_LEN), &d))
		return false;
	if (s.ptr[10] != 'T' || s.ptr[13] != ':' || s.ptr[16] != ':' || s.ptr[19] != '.' || s.ptr[23] != 'Z')
		return false;
	int hour = take_digits(s, 11, 2), minute = take_digits(s, 14, 2), second = take_digits(s, 17, 2), ms = take_digits(s, 20, 3);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || ms < 0)
		return false;
	i64 t = (i64)(d.n - DAY_1970) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000LL + ms;
	if (t == 0)                              /* the one instant that would read as "none" */
		return false;
	*ret = (Instant){t};
	return true;
}

/* ---- Prague ---- */

Instant instant_now(void) {
	struct timespec now;
	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
	return (Instant){(i64)now.tv_sec * 1000 + now.tv_nsec / 1000000};
}

/* Milliseconds of 01:00 UTC on the last Sunday of a month. */
static i64 change_at(int year, int month) {
	Date last = date(year, month, 31);
	last = date_add(last, -(date_weekday(last) % 7));
	return (i64)(last.n - DAY_1970) * DAY_MS + HOUR_MS;
}

/* Directive 2000/84/EC: summer time runs from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
 * Older years, which had other rules, and years to come are read by the same rule. */
static bool is_summer(i64 ms) {
	i64 day, rest;
	split(ms, &day, &rest);
	if (day < 1 || day > DAY_LAST)
		return false;
	int year = date_year((Date){(i32)day});
	return ms >= change_at(year, 3) && ms < change_at(year, 10);
}

void prague_wall(Instant t, Date *day, int *seconds) {
	*day = (Date){0};
	*seconds = 0;
	i64 n, rest;
	split(t.ms, &n, &rest);
	if (t.ms == 0 || n < 1 || n > DAY_LAST)
		return;
	split(t.ms + (is_summer(t.ms) ? 2 : 1) * HOUR_MS, &n, &rest);
	if (n > DAY_LAST)
		return;
	*day = (Date){(i32)n};
	*seconds = (int)(rest / 1000);
}

Date prague_day(Instant t) {
	Date day;
	int seconds;
	prague_wall(t, &day, &seconds);
	return day;
}

Instant prague_instant(Date day, int seconds) {
	if (!in_calendar(day))
		return (Instant){0};
	i64 wall = (i64)(day.n - DAY_1970) * DAY_MS + seconds * 1000LL;
	i64 winter = wall - HOUR_MS, summer = wall - 2 * HOUR_MS;
	if (!is_summer(winter))                  /* also the later of two in October */
		return (Instant){winter};
	if (is_summer(summer))
		return (Instant){summer};
	return (Instant){winter};                /* in the gap of March: 02:30 becomes 03:30 */
}
