/* hours.h: office hours as people write them, a line for one or more days:
 *
 *     Po, St 8:00–11:30, 12:30–17:00
 *     Út–Čt 8:00–14:00
 *     Pá zavřeno
 *
 * Days without a line are not mentioned. Pure. */
#pragma once
#include "base/str.h"

enum { HOURS_SPANS = 3, HOURS_BYTES = 1000 };
typedef struct HoursSpan { int from, to; } HoursSpan;        /* minutes of the day */
typedef struct HoursDay {
	bool      said;                          /* the text speaks of this day */
	int       count;                         /* 0 = closed */
	HoursSpan at[HOURS_SPANS];
} HoursDay;
typedef struct HoursWeek { HoursDay day[8]; } HoursWeek;     /* 1 Monday … 7 Sunday */

/* False with a whole Czech sentence in *why. Blank text gives a week that says nothing. */
bool hours_read(Arena *a, Str text, HoursWeek *ret, Str *why);
bool hours_any(const HoursWeek *w);
/* "8:00–11:30, 12:30–17:00", "zavřeno"; and what is between the first and the last hour: "11:30–12:30". */
Str  hours_open_words(Arena *a, const HoursDay *d);
Str  hours_break_words(Arena *a, const HoursDay *d);
Str  weekday_word(int weekday);              /* "pondělí" */
