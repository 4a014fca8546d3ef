#include "core/calendar_days.h"

enum { YEAR_FIRST = 1583, YEAR_LAST = 9999 };                   /* the Gregorian calendar began in October 1582 */

/* DOMAIN § 11, the integers of Meeus, Jones and Butcher. */
Date easter_sunday(int year) {
	if (year < YEAR_FIRST || year > YEAR_LAST)
		return (Date){0};
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
	int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	return date(year, n / 31, n % 31 + 1);
}

static const struct {
	u8          month, day;
	const char *name;
} fixed_holidays[] = {
	{1, 1, "Nový rok, Den obnovy samostatného českého státu"},
	{5, 1, "Svátek práce"},
	{5, 8, "Den vítězství"},
	{7, 5, "Den slovanských věrozvěstů Cyrila a Metoděje"},
	{7, 6, "Den upálení mistra Jana Husa"},
	{9, 28, "Den české státnosti"},
	{10, 28, "Den vzniku samostatného československého státu"},
	{11, 17, "Den boje za svobodu a demokracii"},
	{12, 24, "Štědrý den"},
	{12, 25, "1. svátek vánoční"},
	{12, 26, "2. svátek vánoční"},
};

/* Good Friday is a holiday since 2016; the others have not changed since the act on social services took effect in 2007. */
enum { GOOD_FRIDAY_SINCE = 2016 };

Str holiday_of_law(Date d) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	for (size_t i = 0; i < LEN(fixed_holidays); i++)
		if (fixed_holidays[i].month == m && fixed_holidays[i].day == day)
			return str_c(fixed_holidays[i].name);
	Date easter = m == 3 || m == 4 ? easter_sunday(y) : (Date){0};
	if (!date_is(easter))
		return (Str){0};
	if (y >= GOOD_FRIDAY_SINCE && date_eq(d, date_add(easter, -2)))
		return S("Velký pátek");
	return date_eq(d, date_add(easter, 1)) ? S("Velikonoční pondělí") : (Str){0};
}

static const ChangedDay *changed(const DayCalendar *days, Date d) {
	for (size_t i = days ? days->len : 0; i > 0; i--)
		if (date_eq(days->at[i - 1].day, d))
			return &days->at[i - 1];
	return NULL;
}

DayKind day_kind(const DayCalendar *days, Date d, Str *name) {
	const ChangedDay *change = changed(days, d);
	*name = holiday_of_law(d);
	if (change && change->works)             /* of a holiday; nobody is sent to work on a Saturday by this table */
		*name = (Str){0};
	else if (change && str_empty(*name))
		*name = change->name;
	if (date_weekday(d) >= 6)
		return DAY_WEEKEND;
	if (change)
		return change->works ? DAY_WORKING : DAY_OFF;
	return str_empty(*name) ? DAY_WORKING : DAY_HOLIDAY;
}

bool day_is_working(const DayCalendar *days, Date d) {
	Str name;
	return day_kind(days, d, &name) == DAY_WORKING;
}

/* The nearest working day in the direction of `step`. A day outside the calendar has no weekday. */
static Date nearest(const DayCalendar *days, Date d, int step) {
	while (date_weekday(d) && !day_is_working(days, d))
		d = date_add(d, step);
	return date_weekday(d) ? d : (Date){0};
}

Date working_day_from(const DayCalendar *days, Date d) {
	return nearest(days, d, 1);
}

Date working_day_until(const DayCalendar *days, Date d) {
	return nearest(days, d, -1);
}

Date working_days_add(const DayCalendar *days, Date d, int n) {
	int step = n < 0 ? -1 : 1;
	for (; n != 0 && date_is(d); n -= step)
		d = nearest(days, date_add(d, step), step);
	return d;
}

int working_days_count(const DayCalendar *days, Date from, Date to) {
	int n = 0;
	for (Date d = from; date_weekday(d) && !date_after(d, to); d = date_add(d, 1))
		n += day_is_working(days, d);
	return n;
}
