#include "tests/test.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static Str iso(Date d) {
	char *to = arena_alloc(t_arena, DATE_ISO_LEN);
	return date_iso(d, to);
}

static Str at(Instant t) {
	char *to = arena_alloc(t_arena, INSTANT_ISO_LEN);
	return instant_iso(t, to);
}

static Instant utc(const char *text) {
	Instant t = {0};
	EXPECT(instant_read_iso(str_c(text), &t));
	return t;
}

TEST("date: the calendar has the days that it has") {
	EQ_INT(D(1, 1, 1).n, 1);
	EQ_INT(D(1970, 1, 1).n, 719163);
	EQ_INT(D(9999, 12, 31).n, 3652059);
	EXPECT(date_is(D(2000, 2, 29)));         /* 2000 was a leap year, 1900 was not */
	EXPECT(date_is(D(2024, 2, 29)));
	EXPECT(!date_is(D(1900, 2, 29)));
	EXPECT(!date_is(D(2023, 2, 29)));
	EXPECT(!date_is(D(2023, 4, 31)));
	EXPECT(date_is(D(2023, 12, 31)));
	EXPECT(!date_is(D(2023, 12, 32)));
	EXPECT(!date_is(D(2023, 13, 1)));
	EXPECT(!date_is(D(2023, 0, 1)));
	EXPECT(!date_is(D(2023, 1, 0)));
	EXPECT(!date_is(D(0, 1, 1)));
	EXPECT(!date_is(D(10000, 1, 1)));
	EXPECT(!date_is(D(-1, -1, -1)));
}

TEST("date: every day of the calendar goes to year, month and day and back, one after another") {
	int wrong = 0, n = 0;
	for (int y = 1; y <= 9999; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; d <= 31; d++) {
				Date day = date(y, m, d);
				if (!date_is(day))
					continue;
				int py, pm, pd;
				date_parts(day, &py, &pm, &pd);
				wrong += day.n != ++n || py != y || pm != m || pd != d || date_weekday(day) != (n - 1) % 7 + 1;
			}
	EQ_INT(wrong, 0);
	EQ_INT(n, 3652059);
}

TEST("date: a day outside the calendar reads as none") {
	int y, m, d;
	date_parts(date_add(D(9999, 12, 31), 1), &y, &m, &d);
	EQ_INT(y + m + d, 0);
	date_parts((Date){0}, &y, &m, &d);
	EQ_INT(y + m + d, 0);
	EQ_INT(date_year((Date){-5}), 0);
	EQ_INT(date_weekday((Date){0}), 0);
	EQ_INT(date_weekday(date_add(D(9999, 12, 31), 1)), 0);
	EQ_TEXT(iso((Date){0}), "");
	EQ_TEXT(iso((Date){INT32_MAX}), "");
}

TEST("date: weekdays are right") {
	EQ_INT(date_weekday(D(2026, 11, 24)), 2);
	EQ_INT(date_weekday(D(2024, 6, 30)), 7);
	EQ_INT(date_weekday(D(2000, 1, 1)), 6);
	EQ_INT(date_year(D(2026, 11, 24)), 2026);
}

TEST("date: days compare and add") {
	EXPECT(date_before(D(2024, 2, 28), D(2024, 2, 29)));
	EXPECT(date_after(D(2024, 3, 1), D(2024, 2, 29)));
	EXPECT(date_eq(date_add(D(2024, 2, 28), 1), D(2024, 2, 29)));
	EXPECT(date_eq(date_add(D(2023, 2, 28), 1), D(2023, 3, 1)));
	EXPECT(date_eq(date_add(D(2024, 1, 1), -1), D(2023, 12, 31)));
}

TEST("date: months later is the same day, else the last one of the month") {
	EXPECT(date_eq(date_add_months(D(2024, 1, 31), 1), D(2024, 2, 29)));
	EXPECT(date_eq(date_add_months(D(2023, 1, 31), 1), D(2023, 2, 28)));
	EXPECT(date_eq(date_add_months(D(2024, 2, 29), 12), D(2025, 2, 28)));
	EXPECT(date_eq(date_add_months(D(2024, 2, 29), 48), D(2028, 2, 29)));
	EXPECT(date_eq(date_add_months(D(2024, 3, 31), -1), D(2024, 2, 29)));
	EXPECT(date_eq(date_add_months(D(2024, 1, 15), -1), D(2023, 12, 15)));
	EXPECT(date_eq(date_add_months(D(2024, 12, 31), 2), D(2025, 2, 28)));
	EXPECT(date_eq(date_add_months(D(2024, 5, 31), 0), D(2024, 5, 31)));
	EXPECT(date_eq(date_add_months(D(1, 1, 1), 0), D(1, 1, 1)));
	EXPECT(!date_is(date_add_months(D(1, 1, 1), -1)));
	EXPECT(!date_is(date_add_months(D(9999, 12, 1), 1)));
	EXPECT(!date_is(date_add_months(D(2024, 1, 1), INT32_MAX)));
	EXPECT(!date_is(date_add_months(D(2024, 1, 1), INT32_MIN)));
	EXPECT(!date_is(date_add_months((Date){0}, 1)));
}

TEST("date: ISO text is written and read back") {
	EQ_TEXT(iso(D(2025, 1, 31)), "2025-01-31");
	EQ_TEXT(iso(D(1, 1, 1)), "0001-01-01");
	EQ_TEXT(iso(D(9999, 12, 31)), "9999-12-31");
	Date d;
	EXPECT(date_read_iso(S("2024-02-29"), &d));
	EXPECT(date_eq(d, D(2024, 2, 29)));
	EXPECT(date_read_iso(S("0001-01-01"), &d));
	EQ_INT(d.n, 1);
}

TEST("date: ISO text of any other form is refused and leaves the day alone") {
	static const char *const bad[] = {"", "2024-2-29", "2024-02-30", "0000-01-01", "2024/02/28", "2024-02/28", "2024-02-2x", "2024-0a-28",
		"x024-02-28", "2024-02-28 ", " 2024-02-28", "20240228", "+024-02-28", "2024--2-28", "2024-02-00", "2024-00-01", "2024-13-01"};
	Date d = D(2000, 1, 1);
	for (size_t i = 0; i < LEN(bad); i++)
		if (date_read_iso(str_c(bad[i]), &d))
			test_fail(__FILE__, __LINE__, "\"%s\" was read", bad[i]);
	EXPECT(date_eq(d, D(2000, 1, 1)));
}

TEST("instant: ISO text is written and read back, before 1970 too") {
	static const char *const good[] = {"2025-01-31T12:00:00.000Z", "1969-12-31T23:59:59.999Z", "0001-01-01T00:00:00.000Z",
		"9999-12-31T23:59:59.999Z", "2024-02-29T01:02:03.004Z"};
	for (size_t i = 0; i < LEN(good); i++)
		EQ_STR(at(utc(good[i])), str_c(good[i]));
	EQ_INT(utc("1970-01-01T00:00:00.001Z").ms, 1);
	EQ_INT(utc("1969-12-31T23:59:59.999Z").ms, -1);
}

TEST("instant: none and what lies outside the calendar have no text") {
	EQ_TEXT(at((Instant){0}), "");
	EQ_TEXT(at((Instant){INT64_MAX}), "");
	EQ_TEXT(at((Instant){INT64_MIN}), "");
	EQ_TEXT(at((Instant){utc("9999-12-31T23:59:59.999Z").ms + 1}), "");
	EQ_TEXT(at((Instant){utc("0001-01-01T00:00:00.000Z").ms - 1}), "");
}

TEST("instant: text of any other form is refused") {
	static const char *const bad[] = {"", "2025-01-31T12:00:00Z", "2025-01-31 12:00:00.000Z", "2025-01-31T12:00:00.000z",
		"2025-01-31T12:00:00,000Z", "2025-01-31T12-00:00.000Z", "2025-01-31T12:00-00.000Z", "2025-01-31T24:00:00.000Z",
		"2025-01-31T23:60:00.000Z", "2025-01-31T23:59:60.000Z", "2025-02-30T12:00:00.000Z", "2025-01-31Tx2:00:00.000Z",
		"2025-01-31T12:x0:00.000Z", "2025-01-31T12:00:x0.000Z", "2025-01-31T12:00:00.x00Z", "1970-01-01T00:00:00.000Z",
		"2025-01-31T12:00:00.000+"};
	Instant t = {5};
	for (size_t i = 0; i < LEN(bad); i++)
		if (instant_read_iso(str_c(bad[i]), &t))
			test_fail(__FILE__, __LINE__, "\"%s\" was read", bad[i]);
	EQ_INT(t.ms, 5);
}

TEST("instant: now is after this program was written") {
	EXPECT(instant_now().ms > utc("2026-01-01T00:00:00.000Z").ms);
}

static void wall_is(const char *instant, Date day, int seconds) {
	Date d;
	int s;
	prague_wall(utc(instant), &d, &s);
	EQ_STR(iso(d), iso(day));
	EQ_INT(s, seconds);
	EXPECT(date_eq(prague_day(utc(instant)), day));
}

TEST("prague: the wall shows one hour more in winter and two in summer") {
	wall_is("2026-11-30T13:00:00.000Z", D(2026, 11, 30), 14 * 3600);
	wall_is("2026-07-01T22:00:00.000Z", D(2026, 7, 2), 0);
	wall_is("2026-12-31T23:30:59.999Z", D(2027, 1, 1), 1859);
	wall_is("2026-03-29T00:59:59.000Z", D(2026, 3, 29), 2 * 3600 - 1);
	wall_is("2026-03-29T01:00:00.000Z", D(2026, 3, 29), 3 * 3600);
	wall_is("2026-10-25T00:59:59.000Z", D(2026, 10, 25), 3 * 3600 - 1);
	wall_is("2026-10-25T01:00:00.000Z", D(2026, 10, 25), 2 * 3600);
	wall_is("2024-03-31T01:00:00.000Z", D(2024, 3, 31), 3 * 3600);   /* the 31st itself is a Sunday */
}

TEST("prague: a wall time becomes an instant; the gap moves on, the doubled hour is the later one") {
	EQ_TEXT(at(prague_instant(D(2026, 11, 30), 14 * 3600)), "2026-11-30T13:00:00.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 6, 30), 14 * 3600)), "2026-06-30T12:00:00.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 3, 29), 7199)), "2026-03-29T00:59:59.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 3, 29), 2 * 3600)), "2026-03-29T01:00:00.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 3, 29), 9000)), "2026-03-29T01:30:00.000Z");        /* 02:30 becomes 03:30 */
	EQ_TEXT(at(prague_instant(D(2026, 3, 29), 3 * 3600)), "2026-03-29T01:00:00.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 10, 25), 7199)), "2026-10-24T23:59:59.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 10, 25), 9000)), "2026-10-25T01:30:00.000Z");       /* 02:30 for the second time */
	EQ_TEXT(at(prague_instant(D(2026, 10, 25), 3 * 3600)), "2026-10-25T02:00:00.000Z");
	EQ_TEXT(at(prague_instant(D(2026, 12, 31), 86400)), "2026-12-31T23:00:00.000Z");      /* 24:00 is the next day */
}

TEST("prague: none stays none, and the ends of the calendar do not break") {
	Date d;
	int s;
	EQ_INT(prague_instant((Date){0}, 5).ms, 0);
	EQ_INT(prague_instant(date_add(D(9999, 12, 31), 1), 5).ms, 0);
	EXPECT(!date_is(prague_day((Instant){0})));
	EXPECT(!date_is(prague_day(utc("9999-12-31T23:30:00.000Z"))));
	EXPECT(!date_is(prague_day((Instant){INT64_MAX})));
	EXPECT(!date_is(prague_day((Instant){INT64_MIN})));
	prague_wall(utc("0001-01-01T00:00:00.000Z"), &d, &s);
	EQ_INT(d.n, 1);
	EQ_INT(s, 3600);
	EQ_TEXT(at(prague_instant(D(1, 1, 1), 0)), "");          /* 23:00 UTC of the year 0 */
	EQ_TEXT(at(prague_instant(D(9999, 12, 31), 0)), "9999-12-30T23:00:00.000Z");
	EQ_TEXT(at(prague_instant(D(9999, 12, 31), 90000)), "");
}

TEST("prague: our rule says the same as the tz database from 1996 to 2037") {
	if (access("/usr/share/zoneinfo/Europe/Prague", R_OK) != 0)
		return;
	const char *before = getenv("TZ");
	Str kept = str_dup(t_arena, str_c(before ? before : ""));
	setenv("TZ", "Europe/Prague", 1);
	tzset();
	int wrong = 0, summers = 0;
	i64 from = utc("1996-01-01T00:00:00.000Z").ms / 1000, to = utc("2037-12-31T00:00:00.000Z").ms / 1000;
	for (i64 second = from; second < to; second += 1800 - (second % 3600 == 0 ? 1 : -1)) {   /* also the last second of an hour */
		time_t t = (time_t)second;
		struct tm tm;
		localtime_r(&t, &tm);
		Date d;
		int s;
		prague_wall((Instant){second * 1000}, &d, &s);
		wrong += !date_eq(d, date(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)) || s != (tm.tm_hour * 60 + tm.tm_min) * 60 + tm.tm_sec;
		summers += tm.tm_isdst > 0;
		if (tm.tm_isdst == 0)
			wrong += prague_instant(d, s).ms != second * 1000;
	}
	if (before)
		setenv("TZ", str_z(t_arena, kept), 1);
	else
		unsetenv("TZ");
	tzset();
	EXPECT(summers > 1000);                  /* the database was really there */
	EQ_INT(wrong, 0);
}
