#include "core/deadline_inside.h"

static const char WHY_EVENT[] = "Termín nejde spočítat: pravidlo se počítá od události, a ta ještě nenastala. Doplňte její den.";
static const char WHY_YEAR[] = "Termín nejde spočítat: u pravidla chybí rok. Doplňte rok od 1900 do 9000.";
static const char WHY_CALENDAR[] = "Termín nejde spočítat: vychází mimo kalendář. Zkontrolujte den události a délku lhůty.";
static const char WHY_BEFORE_PAUSE[] = "Lhůtu, která se počítá nazpět, nelze zastavit.";
static const char WHY_NO_HOUR[] = "Termín nejde spočítat: lhůta v hodinách potřebuje i hodinu události. Doplňte ji.";

enum { MINUTE_MS = 60000, HOUR_MS = 3600000, DAY_MINUTES = 1440 };

static bool no(const char **why, const char *sentence) {
	*why = sentence;
	return false;
}

/* ---- where counting begins ---- */

/* 29. 2. is the 28th in a year that has no other; *missing says so. */
static Date day_of_year(int year, int month, int day, bool *missing) {
	Date d = date(year, month, day);
	*missing = !date_is(d);
	while (!date_is(d) && day > 28)
		d = date(year, month, --day);
	return d;
}

static Date last_of_month(int year, int month) {
	return date_add(date_add_months(date(year, month, 1), 1), -1);
}

static Date weekday_near(const DeadlineRule *r, Steps *s, int year) {
	if (r->near == NEAR_IN_MONTH) {
		bool last = r->nth == NTH_LAST;
		s->from = last ? last_of_month(year, r->month) : date(year, r->month, 1);
		int ahead = (r->weekday - date_weekday(s->from) + 7) % 7;
		return last ? date_add(s->from, ahead ? ahead - 7 : 0) : date_add(s->from, ahead + 7 * (r->nth - 1));
	}
	s->from = day_of_year(year, r->month, r->day, &s->no_such_day);
	int ahead = (r->weekday - date_weekday(s->from) + 7) % 7;
	if (r->near == NEAR_BEFORE)
		return date_add(s->from, ahead - 7);
	if (r->near == NEAR_AFTER && ahead == 0)
		ahead = 7;
	return date_add(s->from, ahead + 7 * (r->nth - 1));
}

static bool find_base(const DeadlineInput *in, Steps *s, Date *base, const char **why) {
	const DeadlineRule *r = in->rule;
	if (r->base == BASE_EVENT) {
		s->event = in->event;
		*base = date_is(in->event_day) ? in->event_day : prague_day(in->event);
		s->from = *base;
		return date_weekday(*base) ? true : no(why, WHY_EVENT);
	}
	int year = (r->year ? r->year : in->year) + r->year_shift;
	if (year < 1900 || year > 9000)
		return no(why, WHY_YEAR);
	if (r->base == BASE_DATE)
		*base = day_of_year(year, r->month, r->day, &s->no_such_day);
	else if (r->base == BASE_WEEKDAY)
		*base = weekday_near(r, s, year);
	else
		*base = last_of_month(year, r->month);
	if (r->base == BASE_MONTH_END_WORKING)
		*base = working_day_until(in->days, *base);
	if (r->unit == UNIT_HOURS)
		s->event = prague_instant(*base, r->base_clock == CLOCK_UNSAID ? 0 : r->base_clock * 60);
	return date_weekday(*base) ? true : no(why, WHY_CALENDAR);
}

/* ---- counting, with the clock that stands ---- */

static void find_stops(Arena *a, Steps *s) {
	const DeadlineInput *in = s->in;
	s->stops = in->pause_count ? NEW_ARRAY(a, Stop, in->pause_count) : NULL;
	for (size_t i = 0; i < in->pause_count; i++)
		s->stops[i] = (Stop){prague_day(in->pauses[i].from), in->pauses[i].to.ms ? prague_day(in->pauses[i].to) : (Date){0}};
}

/* Is the day one on which the clock stood: after the day of a return, up to that of the resubmission? */
static bool stood_on(const Steps *s, Date d) {
	for (size_t i = 0; i < s->in->pause_count; i++)
		if (date_after(d, s->stops[i].after) && (!date_is(s->stops[i].until) || !date_after(d, s->stops[i].until)))
			return true;
	return false;
}

/* Does it stand on that day and every later one? */
static bool stands_from(const Steps *s, Date d) {
	for (size_t i = 0; i < s->in->pause_count; i++)
		if (!date_is(s->stops[i].until) && date_after(d, s->stops[i].after))
			return true;
	return false;
}

static void skip(Arena *a, Steps *s, Date d) {
	*ARENA_PUSH(a, s->skipped, s->skipped_len, s->skipped_cap) = d;
}

/* `left` days of the rule's kind after `d`; stops with what is left when the clock stands. */
static Date count_on(Arena *a, Steps *s, Date d, bool working, int left, int *remains) {
	const DeadlineInput *in = s->in;
	while (left > 0 && date_weekday(d)) {
		Date next = date_add(d, 1);
		if (stands_from(s, next)) {
			*remains = left;
			return d;
		}
		d = next;
		if (stood_on(s, d))
			s->stood++;
		else if (!working || day_is_working(in->days, d))
			left--;
		else
			skip(a, s, d);
	}
	return d;
}

/* Months and years are found first; then the days on which the clock stood are added, in order. */
static Date add_stood(Steps *s, Date from, Date target, int *remains) {
	if (s->in->pause_count == 0)
		return target;
	for (Date d = date_add(from, 1); !date_after(d, target) && date_weekday(target); d = date_add(d, 1)) {
		if (stands_from(s, d)) {
			*remains = target.n - d.n + 1;
			return date_add(d, -1);
		}
		if (stood_on(s, d)) {
			s->stood++;
			target = date_add(target, 1);
		}
	}
	return target;
}

static Date count_back(Arena *a, Steps *s, Date d, bool working, int left) {
	while (left > 0 && date_weekday(d)) {
		d = date_add(d, -1);
		if (!working || day_is_working(s->in->days, d))
			left--;
		else
			skip(a, s, d);
	}
	return d;
}

static Date count_days(Arena *a, Steps *s, Date base, int *remains) {
	const DeadlineRule *r = s->in->rule;
	bool working = r->unit == UNIT_WORKING_DAYS;
	int n = r->unit == UNIT_WEEKS ? 7 * r->count : r->unit == UNIT_YEARS ? 12 * r->count : r->count;
	bool months = r->unit == UNIT_MONTHS || r->unit == UNIT_YEARS;
	*remains = 0;
	if (r->unit == UNIT_NONE)
		return base;
	if (r->way == WAY_BEFORE)
		return months ? date_add_months(base, -n) : count_back(a, s, base, working, n);
	if (months)
		return add_stood(s, base, date_add_months(base, n), remains);
	return count_on(a, s, r->way == WAY_NTH ? date_add(base, -1) : base, working, n, remains);
}

/* Hours are time that passes: neither days off nor the change of the clock matter. Full minutes, in favour of the person. */
static bool count_hours(Steps *s, Deadline *d, const char **why) {
	const DeadlineRule *r = s->in->rule;
	if (s->event.ms == 0)
		return no(why, WHY_NO_HOUR);
	i64 ms = s->event.ms + (r->way == WAY_BEFORE ? -1LL : 1LL) * r->count * HOUR_MS;
	for (size_t i = 0; i < s->in->pause_count; i++) {
		const DeadlinePause *p = &s->in->pauses[i];
		if (p->from.ms >= ms || (p->to.ms && p->to.ms < p->from.ms))
			continue;
		if (p->to.ms == 0) {
			d->stands = true;
			d->left = (int)((ms - p->from.ms + HOUR_MS - 1) / HOUR_MS);
			return true;
		}
		ms += p->to.ms - p->from.ms;
	}
	i64 rest = (ms % MINUTE_MS + MINUTE_MS) % MINUTE_MS;
	if (rest && r->way != WAY_BEFORE)
		ms += MINUTE_MS - rest;
	else
		ms -= rest;
	d->at = (Instant){ms};
	int seconds;
	prague_wall(d->at, &d->day, &seconds);
	d->by_rule = d->day;
	d->minute = seconds / 60;
	return date_weekday(d->day) ? true : no(why, WHY_CALENDAR);
}

/* ---- the binding day and instant ---- */

static Date shift_day(Arena *a, Steps *s, Date d) {
	const DeadlineRule *r = s->in->rule;
	bool back = r->way == WAY_BEFORE;
	if (s->in->is_first || r->stays || s->in->stays || day_is_working(s->in->days, d))
		return d;
	if (r->unit != UNIT_WORKING_DAYS)                               /* else the skipped days were said already */
		s->skipped_len = 0;
	Date to = back ? working_day_until(s->in->days, d) : working_day_from(s->in->days, d);
	for (Date skipped = d; date_is(to) && !date_eq(skipped, to); skipped = date_add(skipped, back ? -1 : 1))
		skip(a, s, skipped);
	return to;
}

static void set_instant(Steps *s, Deadline *d, int clock) {
	if (clock == CLOCK_UNSAID)
		clock = s->in->is_first ? 0 : CLOCK_END;
	s->asked_minute = d->minute = clock;
	d->at = prague_instant(d->day, clock * 60);
	if (clock == CLOCK_END)
		return;
	Date day;
	int seconds;
	prague_wall(d->at, &day, &seconds);
	s->gap = seconds != clock * 60;
	prague_wall((Instant){d->at.ms - HOUR_MS}, &day, &seconds);
	s->doubled = seconds == clock * 60 && date_eq(day, d->day);
	if (s->gap)
		d->minute = clock + 60;
}

bool deadline_compute(Arena *a, const DeadlineInput *in, Deadline *ret, const char **why) {
	const DeadlineRule *r = in->rule;
	Steps s = {.in = in};
	Deadline d = {.is_first = in->is_first};
	Date base;
	find_stops(a, &s);
	if (!find_base(in, &s, &base, why))
		return false;
	if (r->way == WAY_BEFORE && in->pause_count)
		return no(why, WHY_BEFORE_PAUSE);
	if (r->unit == UNIT_HOURS) {
		if (!count_hours(&s, &d, why))
			return false;
	} else {
		d.by_rule = count_days(a, &s, base, &d.left);
		d.stands = d.left > 0;
		d.day = d.stands ? (Date){0} : shift_day(a, &s, d.by_rule);
		if (!d.stands && !date_weekday(d.day))
			return no(why, WHY_CALENDAR);
		if (!d.stands)
			set_instant(&s, &d, r->clock);
	}
	if (!d.stands && d.at.ms == 0)
		return no(why, WHY_CALENDAR);
	deadline_explain(a, &s, &d);
	*ret = d;
	return true;
}

Deadline deadline_after(Arena *a, const char *rule, Instant event, const DayCalendar *days) {
	const char *why;
	DeadlineRule r;
	Deadline d;
	CHECK(deadline_rule_read(a, str_c(rule), &r, &why));
	CHECK(deadline_compute(a, &(DeadlineInput){.rule = &r, .days = days, .event = event}, &d, &why));
	return d;
}

/* ---- reading an instant as people do ---- */

void deadline_civil(Instant at, bool is_first, Date *day, int *minute) {
	int seconds;
	prague_wall(at, day, &seconds);
	*minute = seconds / 60;
	if (*minute == 0 && !is_first && date_is(*day)) {
		*day = date_add(*day, -1);
		*minute = DAY_MINUTES;
	}
}
