/* mandate_rules.h: what holds between mandates of one line, and between a mandate, its line and the plan (G3). Pure: days and amounts are handed in. */
#pragma once
#include "base/date.h"
#include "base/str.h"

enum { MANDATE_YEARS_MOST = 10 };                /* Decision 2012/21/EU, article 2(2) */

typedef struct MandateSpan { Str name; Date first, last; } MandateSpan;      /* both days included */
typedef struct MandateSpans { MandateSpan *at; size_t len, cap; } MandateSpans;

/* The first of the others that shares a day with [first, last]; NULL when none does. */
const MandateSpan *mandate_overlap(const MandateSpans *others, Date first, Date last);
/* Days without a mandate between this one and the nearest before it (after it); 0 = none before (after), or it follows at once. */
int mandate_gap_before(const MandateSpans *others, Date first);
int mandate_gap_after(const MandateSpans *others, Date last);
/* The last day that a mandate from `first` may have. */
Date mandate_last_allowed(Date first);
/* [first, last] lies inside [from, to]; an end that is none is open. */
bool mandate_is_within(Date first, Date last, Date from, Date to);

/* "180, 90, 30" → numbers from the greatest; false with a whole Czech sentence. */
enum { WATCH_STEPS_MAX = 6 };
typedef struct WatchSteps { int at[WATCH_STEPS_MAX]; size_t len; } WatchSteps;
bool watch_steps_read(Str typed, WatchSteps *ret, const char **why);
/* The smallest step that has begun `days` before the last day; 0 = none yet. */
int  watch_step_of(const WatchSteps *steps, int days);

/* "POV-{rok}-{cislo}" with 2026 and 7 → "POV-2026-0007". */
Str  mandate_number_text(Arena *a, Str series, int year, i64 no);
