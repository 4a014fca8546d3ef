/* deadline.h: one engine for every day by which something must be done (DOMAIN § 11, D1 to D10).
 *
 * A *rule* is a short Czech text that a region edits ("10 pracovních dnů po přijetí", "30. 6. 24:00"). With an event or a year it gives a
 * *deadline*: the instant of the server's clock, the civil wording, and an explanation of how it came about. Zone Europe/Prague.
 * Pure: changed working days are handed in. How rules are written: docs/deadlines.md. */
#pragma once
#include "core/calendar_days.h"

/* ---- rules ---- */

typedef enum RuleBase {
	BASE_EVENT,                              /* counted from what happened */
	BASE_DATE,                               /* 30. 6. */
	BASE_WEEKDAY,                            /* první pondělí po 5. 8. */
	BASE_MONTH_END,                          /* poslední den února */
	BASE_MONTH_END_WORKING,                  /* poslední pracovní den února */
} RuleBase;
typedef enum RuleUnit { UNIT_NONE, UNIT_DAYS, UNIT_WORKING_DAYS, UNIT_WEEKS, UNIT_MONTHS, UNIT_YEARS, UNIT_HOURS } RuleUnit;
typedef enum RuleWay {
	WAY_AFTER,                               /* D3: the day of the event does not count */
	WAY_BEFORE,                              /* D5 */
	WAY_NTH,                                 /* D2: the day of the event is the first */
} RuleWay;
typedef enum RuleNear { NEAR_AFTER, NEAR_FROM, NEAR_BEFORE, NEAR_IN_MONTH } RuleNear;

#define CLOCK_UNSAID (-1)                    /* a last day lasts to its end, a first day begins at midnight */
#define CLOCK_END 1440                       /* "24:00" and "23:59": the boundary is 00:00 of the next day */
enum { NTH_LAST = 5, RULE_COUNT_MAX = 3660 };

typedef struct DeadlineRule {
	RuleBase base;
	int      day, month, year, year_shift;   /* year 0 = that of the input, moved by year_shift */
	int      nth, weekday;                   /* 1 to 4 or NTH_LAST; 1 Monday */
	RuleNear near;
	int      base_clock;                     /* of the day before "+"; matters to hours only */
	RuleUnit unit;
	RuleWay  way;
	int      count;
	Str      event;                          /* "po přijetí", with its preposition */
	int      clock;                          /* minutes since midnight */
	bool     stays;                          /* "bez posunu": D4 and D5 are off */
} DeadlineRule;

/* A rule as typed; false with a whole Czech sentence. Texts of *ret live in `a`. */
bool deadline_rule_read(Arena *a, Str typed, DeadlineRule *ret, const char **why);
/* The same rule as we write it; reading it gives the same rule. */
Str  deadline_rule_text(Arena *a, const DeadlineRule *rule);
bool rule_needs_event(const DeadlineRule *rule);
bool rule_needs_year(const DeadlineRule *rule);

/* ---- computing ---- */

/* D7: the clock stands from the return to the resubmission. The day of the return still counts, the day of the resubmission does not. */
typedef struct DeadlinePause {
	Instant from, to;                        /* to none = it still stands */
	Str     name;                            /* "vráceno k opravě" */
} DeadlinePause;

typedef struct DeadlineInput {
	const DeadlineRule  *rule;
	const DayCalendar   *days;               /* NULL = the law alone */
	Instant              event;              /* when it happened … */
	Date                 event_day;          /* … or its day, where the hour is not known (or does not matter) */
	Str                  event_name;         /* "podání žádosti"; {0}: the words of the rule */
	int                  year;
	bool                 is_first;           /* opens something: never shifts */
	bool                 stays;              /* shifting is switched off where the rule stands, too */
	const DeadlinePause *pauses;
	size_t               pause_count;
} DeadlineInput;

typedef struct Deadline {
	Instant at;                              /* what comes before it is in time (first days: from it on); none while the clock stands */
	Date    day;                             /* the binding day */
	int     minute;                          /* of that day; CLOCK_END = its end */
	Date    by_rule;                         /* before the shift */
	bool    is_first, stands;
	int     left;                            /* D7, while the clock stands: days (of the rule's kind) that remain */
	Str     wording;                         /* "pondělí 1. 7. 2024, konec dne" */
	Str     rule;                            /* as deadline_rule_text */
	Str     shift;                           /* "30. 6. 2024 je neděle → 1. 7. 2024", blank when it did not shift */
	Str     why;                             /* D10: Czech lines */
} Deadline;

/* False with a whole Czech sentence: the rule needs an event or a year that is not given, or leads out of the calendar. */
bool deadline_compute(Arena *a, const DeadlineInput *in, Deadline *ret, const char **why);
/* Both steps for a rule of the program's own tables: reading a text that is not a rule is a bug. */
Deadline deadline_after(Arena *a, const char *rule, Instant event, const DayCalendar *days);
/* One respondent has another deadline (D7); nobody else's changes. Explained after the common one. */
Deadline deadline_except(Arena *a, const Deadline *common, Instant at, Str reason, Str author, Instant decided);
/* A deadline said outright: "pátek 10. 7. 2026, 12:00". A midnight is the end of the day before. */
Deadline deadline_at(Arena *a, Instant at);

static inline bool deadline_met(const Deadline *d, Instant received) { return d->stands || received.ms < d->at.ms; }

/* ---- saying ---- */

/* "zbývají 3 dny", "dnes do 16:00", "po termínu 2 dny"; of a first day "začíná za 3 dny", "začalo 1. 7. 2024". */
Str  deadline_left_text(Arena *a, Instant at, bool is_first, Instant now);
/* Of an instant that people read as a deadline: midnight is the end of the day before. */
Str  deadline_wording(Arena *a, Instant at, bool is_first);
/* The same after "v", with it: "ve středu 16. 12. 2026, 12:00". */
Str  deadline_on(Arena *a, Instant at, bool is_first);
/* The same after "do", where the day of the week is declined: "středy 16. 12. 2026, 12:00". */
Str  deadline_until(Arena *a, Instant at);
void deadline_civil(Instant at, bool is_first, Date *day, int *minute);

/* ---- reminders (D9) ---- */

typedef enum ReminderUnit { REMIND_DAYS, REMIND_WORKING_DAYS } ReminderUnit;
typedef struct ReminderRule {
	int          count;                      /* negative before the last day, 0 on it, positive after it */
	ReminderUnit unit;
	bool         escalates;                  /* goes to the head of the department as well */
} ReminderRule;
enum { REMINDERS_MAX = 10 };
typedef struct ReminderPlan {
	ReminderRule at[REMINDERS_MAX];
	size_t       len;
} ReminderPlan;

#define REMINDERS_STANDARD "7 dnů předem; 2 dny předem; v poslední den; 1 den po termínu; 5 pracovních dnů po termínu vedoucímu"
#define REMINDER_HEAD "VED"                  /* the role that lines of a plan with "vedoucímu" go to */
bool reminder_plan_read(Arena *a, Str typed, ReminderPlan *ret, const char **why);
Str  reminder_plan_text(Arena *a, const ReminderPlan *plan);
Str  reminder_rule_text(Arena *a, const ReminderRule *rule);      /* "7 dnů předem" */
/* When it is due: 8:00 of its day. A reminder of the last day whose deadline is not later than that comes the day before. */
Instant reminder_at(const ReminderRule *rule, const DayCalendar *days, Instant deadline);
