/* calendar_days.h: which days are worked in Czechia (DOMAIN § 11, D4 and D6). Pure: days that differ from the law are handed in. */
#pragma once
#include "base/date.h"

/* A day that the region changed: one more day off, or a public holiday that is worked. The last word about a day is the last item. */
typedef struct ChangedDay {
	Date day;
	bool works;                              /* a public holiday that was cancelled; else one more day off */
	Str  name;                               /* "ředitelské volno" */
} ChangedDay;

typedef struct DayCalendar {
	const ChangedDay *at;
	size_t            len;
} DayCalendar;

/* Gregorian Easter Sunday; none outside the years 1583 to 9999. */
Date easter_sunday(int year);
/* Name of the public holiday of the law on that day ("Velký pátek"), {0} when there is none. */
Str  holiday_of_law(Date d);

/* What keeps people from work on that day: nothing, the weekend, a holiday or a changed day (*name, may be blank). `days` may be NULL. */
typedef enum DayKind { DAY_WORKING, DAY_WEEKEND, DAY_HOLIDAY, DAY_OFF } DayKind;
DayKind day_kind(const DayCalendar *days, Date d, Str *name);
bool    day_is_working(const DayCalendar *days, Date d);

/* The day itself or the nearest working one; none when there is none in the calendar. */
Date working_day_from(const DayCalendar *days, Date d);
Date working_day_until(const DayCalendar *days, Date d);
/* The n-th working day after (n > 0) or before (n < 0) a day, which itself does not count. */
Date working_days_add(const DayCalendar *days, Date d, int n);
/* Working days in [from, to], both included. */
int  working_days_count(const DayCalendar *days, Date from, Date to);
