#include "core/deadline_inside.h"

#include <stdlib.h>

#define ARROW " → "

static const char *const weekdays[] = {"", "pondělí", "úterý", "středa", "čtvrtek", "pátek", "sobota", "neděle"};

static void put_hour(Buf *b, const Deadline *d) {
	if (d->minute == CLOCK_END) {
		buf_lit(b, "konec dne");
		return;
	}
	put_clock(b, d->minute);
}

/* "neděle", "svátek (Štědrý den)", "neděle a svátek (…)", "den volna (ředitelské volno)". */
static void put_day_off(Buf *b, const DayCalendar *days, Date d) {
	Str name;
	DayKind kind = day_kind(days, d, &name);
	bool named = !str_empty(name), by_law = named && str_eq(name, holiday_of_law(d));
	if (kind == DAY_WEEKEND)
		buf_format(b, "%s%s", weekdays[date_weekday(d)], !named ? "" : by_law ? " a svátek" : " a den volna");
	else
		buf_str(b, kind == DAY_HOLIDAY || by_law ? S("svátek") : S("den volna"));
	if (named)
		buf_format(b, " (%.*s)", STR_ARG(name));
}

/* ---- skipped days: holidays by name, weekends as one range ---- */

static void put_separator(Buf *b, bool *some) {
	if (*some)
		buf_lit(b, ", ");
	*some = true;
}

static bool is_plain_weekend(const DayCalendar *days, Date d) {
	Str name;
	return day_kind(days, d, &name) == DAY_WEEKEND && str_empty(name);
}

static void put_named(Buf *b, const DayCalendar *days, Date d) {
	Str name;
	day_kind(days, d, &name);
	fmt_date(b, d);
	buf_char(b, ' ');
	if (str_empty(name))
		buf_lit(b, "den volna");
	else
		buf_str(b, name);
}

static void put_weekend(Buf *b, const Steps *s, size_t *i) {
	Date from = s->skipped[*i], to = from;
	if (*i + 1 < s->skipped_len && is_plain_weekend(s->in->days, s->skipped[*i + 1]) && abs(s->skipped[*i + 1].n - from.n) == 1)
		to = s->skipped[++*i];
	bool back = date_after(from, to);
	fmt_date_range(b, back ? to : from, back ? from : to);
	if (date_eq(from, to))
		buf_format(b, " %s", weekdays[date_weekday(from)]);
	else
		buf_lit(b, " víkend");
}

enum { SKIPPED_ONE_BY_ONE = 24 };

static void put_skipped(Buf *b, const Steps *s) {
	bool some = false;
	int weekend_days = 0;
	for (size_t i = 0; i < s->skipped_len; i++) {
		bool weekend = is_plain_weekend(s->in->days, s->skipped[i]);
		weekend_days += weekend;
		if (weekend && s->skipped_len > SKIPPED_ONE_BY_ONE)
			continue;
		put_separator(b, &some);
		if (weekend)
			put_weekend(b, s, &i);
		else
			put_named(b, s->in->days, s->skipped[i]);
	}
	if (weekend_days && s->skipped_len > SKIPPED_ONE_BY_ONE) {
		put_separator(b, &some);
		buf_format(b, "soboty a neděle (%d dnů)", weekend_days);
	}
}

/* ---- the lines ---- */

static void put_event_name(Buf *b, const Steps *s) {
	const DeadlineInput *in = s->in;
	Str name = !str_empty(in->event_name) ? in->event_name : in->rule->event;
	buf_lit(b, "Událost: ");
	if (!str_empty(name))
		buf_format(b, "%.*s, ", STR_ARG(name));
	fmt_weekday_date(b, s->from);
	if (in->rule->unit == UNIT_HOURS && s->event.ms) {
		Date day;
		int seconds;
		prague_wall(s->event, &day, &seconds);
		buf_lit(b, ", ");
		put_clock(b, seconds / 60);
		if (seconds % 60)
			buf_format(b, ":%02d", seconds % 60);
	}
}

static void line_event(Buf *b, const Steps *s) {
	const DeadlineRule *r = s->in->rule;
	if (r->base == BASE_EVENT) {
		put_event_name(b, s);
		if (r->way == WAY_NTH)
			buf_lit(b, "; je to 1. den.");
		else if (r->way == WAY_BEFORE || r->unit == UNIT_HOURS)
			buf_char(b, '.');
		else
			buf_lit(b, "; tento den se nepočítá.");
		return;
	}
	buf_format(b, "Událost: rok %d", (r->year ? r->year : s->in->year) + r->year_shift);
	if (r->base == BASE_WEEKDAY && r->near != NEAR_IN_MONTH) {
		buf_lit(b, ", hledá se od: ");
		fmt_weekday_date(b, s->from);
	}
	buf_char(b, '.');
	if (s->no_such_day)
		buf_format(b, " Den %d. %d. v tomto roce není, platí poslední den měsíce.", r->day, r->month);
}

static void line_pauses(Buf *b, const Steps *s, const Deadline *d) {
	for (size_t i = 0; i < s->in->pause_count; i++) {
		const DeadlinePause *p = &s->in->pauses[i];
		if (!d->stands && p->from.ms >= d->at.ms)
			continue;
		Date from = prague_day(p->from), to = prague_day(p->to);
		buf_lit(b, "\nLhůta stála: ");
		if (!str_empty(p->name))
			buf_format(b, "%.*s, ", STR_ARG(p->name));
		fmt_weekday_date(b, from);
		if (p->to.ms == 0) {
			buf_lit(b, ", dosud stojí.");
			continue;
		}
		buf_lit(b, " – ");
		fmt_weekday_date(b, to);
		if (s->in->rule->unit == UNIT_HOURS) {
			buf_char(b, '.');
			continue;
		}
		buf_lit(b, "; nepočítá se ");
		fmt_count(b, to.n - from.n, "den", "dny", "dnů");
		buf_lit(b, ", dál se počítá ode dne ");
		fmt_date(b, date_add(to, 1));
		buf_char(b, '.');
	}
}

/* "30. 6. 2024 je neděle → 1. 7. 2024" */
static Str shift_reason(Arena *a, const Steps *s, const Deadline *d) {
	CLEANUP(buf_free) Buf b = {0};
	if (date_eq(d->by_rule, d->day))
		return (Str){0};
	fmt_date(&b, d->by_rule);
	buf_lit(&b, " je ");
	put_day_off(&b, s->in->days, d->by_rule);
	buf_lit(&b, ARROW);
	fmt_date(&b, d->day);
	return buf_take(&b, a);
}

static void line_shift(Buf *b, const Steps *s, const Deadline *d) {
	const DeadlineRule *r = s->in->rule;
	bool working = day_is_working(s->in->days, d->by_rule);
	if (r->unit == UNIT_HOURS) {
		buf_lit(b, "\nPosun: lhůta v hodinách se neposouvá.");
	} else if (!str_empty(d->shift)) {
		buf_format(b, "\nPosun: %.*s.", STR_ARG(d->shift));
	} else if (working) {
		buf_lit(b, "\nPosun: není třeba, ");
		fmt_date(b, d->day);
		buf_lit(b, " je pracovní den.");
	} else {
		buf_str(b, d->is_first ? S("\nPosun: první den se neposouvá, i když ") : S("\nPosun: u tohoto termínu je vypnutý, i když "));
		fmt_date(b, d->day);
		buf_lit(b, " je ");
		put_day_off(b, s->in->days, d->day);
		buf_char(b, '.');
	}
}

static void line_clock(Buf *b, const Steps *s, const Deadline *d) {
	if (s->gap) {
		buf_lit(b, "\nZměna času: čas ");
		put_clock(b, s->asked_minute);
		buf_lit(b, " v tuto noc neexistuje, hodiny přeskočí z 2:00 na 3:00; platí ");
		put_clock(b, d->minute);
		buf_char(b, '.');
	}
	if (s->doubled) {
		buf_lit(b, "\nZměna času: čas ");
		put_clock(b, d->minute);
		buf_lit(b, " nastane v tuto noc dvakrát; platí ten pozdější.");
	}
}

static bool same_wall(Instant x, Instant y) {
	Date day, other;
	int seconds, other_seconds;
	prague_wall(x, &day, &seconds);
	prague_wall(y, &other, &other_seconds);
	return date_eq(day, other) && seconds == other_seconds;
}

/* In the night of October an hour comes twice: which of the two is meant has to be said. */
static Str wording(Arena *a, const Deadline *d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_weekday_date(&b, d->day);
	buf_lit(&b, ", ");
	put_hour(&b, d);
	if (same_wall(d->at, (Instant){d->at.ms - 3600000}))
		buf_lit(&b, " (podruhé)");
	else if (same_wall(d->at, (Instant){d->at.ms + 3600000}))
		buf_lit(&b, " (poprvé)");
	return buf_take(&b, a);
}

void deadline_explain(Arena *a, const Steps *s, Deadline *d) {
	CLEANUP(buf_free) Buf b = {0};
	const DeadlineRule *r = s->in->rule;
	d->rule = deadline_rule_text(a, r);
	line_event(&b, s);
	buf_format(&b, "\nPravidlo: %.*s.", STR_ARG(d->rule));
	if (s->in->pause_count)
		line_pauses(&b, s, d);
	if (d->stands) {
		d->wording = S("lhůta stojí");
		buf_lit(&b, "\nZbývá ");
		put_unit(&b, d->left, r->unit == UNIT_WORKING_DAYS || r->unit == UNIT_HOURS ? r->unit : UNIT_DAYS);
		buf_lit(&b, "; termín se dopočítá, až lhůta znovu poběží.");
		d->why = buf_take(&b, a);
		return;
	}
	if (r->unit != UNIT_HOURS)
		d->shift = shift_reason(a, s, d);
	if (s->skipped_len) {
		buf_lit(&b, "\nPřeskočené dny: ");
		put_skipped(&b, s);
		buf_char(&b, '.');
	}
	if (r->unit != UNIT_HOURS) {
		buf_lit(&b, "\nDen podle pravidla: ");
		fmt_weekday_date(&b, d->by_rule);
		buf_char(&b, '.');
	}
	line_shift(&b, s, d);
	line_clock(&b, s, d);
	d->wording = wording(a, d);
	buf_str(&b, d->is_first ? S("\nZačátek: ") : S("\nZávazný termín: "));
	buf_format(&b, "%.*s.", STR_ARG(d->wording));
	d->why = buf_take(&b, a);
}

/* ---- outright and exceptions ---- */

Str deadline_wording(Arena *a, Instant at, bool is_first) {
	Deadline d = {.at = at, .is_first = is_first};
	deadline_civil(at, is_first, &d.day, &d.minute);
	return wording(a, &d);
}

Str deadline_on(Arena *a, Instant at, bool is_first) {
	static const struct { Str is, on; } days[] = {
		{STR_CONST("pondělí"), STR_CONST("v\u00a0pondělí")}, {STR_CONST("úterý"), STR_CONST("v\u00a0úterý")}, {STR_CONST("středa"), STR_CONST("ve\u00a0středu")},
		{STR_CONST("čtvrtek"), STR_CONST("ve\u00a0čtvrtek")}, {STR_CONST("pátek"), STR_CONST("v\u00a0pátek")}, {STR_CONST("sobota"), STR_CONST("v\u00a0sobotu")},
		{STR_CONST("neděle"), STR_CONST("v\u00a0neděli")},
	};
	Str rest = deadline_wording(a, at, is_first), day = str_cut(&rest, ' ');
	for (size_t i = 0; i < LEN(days); i++)
		if (str_eq(day, days[i].is))
			day = days[i].on;
	return str_format(a, "%.*s %.*s", STR_ARG(day), STR_ARG(rest));
}

Str deadline_until(Arena *a, Instant at) {
	static const struct { Str is, after_do; } days[] = {
		{STR_CONST("středa"), STR_CONST("středy")}, {STR_CONST("čtvrtek"), STR_CONST("čtvrtka")}, {STR_CONST("pátek"), STR_CONST("pátku")},
		{STR_CONST("sobota"), STR_CONST("soboty")},                      /* pondělí, úterý and neděle stay */
	};
	Str rest = deadline_wording(a, at, false), day = str_cut(&rest, ' ');
	for (size_t i = 0; i < LEN(days); i++)
		if (str_eq(day, days[i].is))
			day = days[i].after_do;
	return str_format(a, "%.*s %.*s", STR_ARG(day), STR_ARG(rest));
}

Deadline deadline_at(Arena *a, Instant at) {
	Deadline d = {.at = at, .wording = deadline_wording(a, at, false)};
	deadline_civil(at, false, &d.day, &d.minute);
	d.by_rule = d.day;
	d.rule = S("stanoveno přímo");
	d.why = str_format(a, "Termín byl stanoven přímo.\nZávazný termín: %.*s.", STR_ARG(d.wording));
	return d;
}

Deadline deadline_except(Arena *a, const Deadline *common, Instant at, Str reason, Str author, Instant decided) {
	CLEANUP(buf_free) Buf b = {0};
	Deadline d = deadline_at(a, at);
	d.rule = common->rule;
	buf_format(&b, "%.*s\nVýjimka: nový termín %.*s", STR_ARG(common->why), STR_ARG(d.wording));
	buf_format(&b, "; povoleno ");
	fmt_date(&b, prague_day(decided));
	buf_format(&b, ", %.*s. Důvod: %.*s", STR_ARG(author), STR_ARG(reason));
	if (!str_ends(reason, S(".")))
		buf_char(&b, '.');
	buf_format(&b, "\nZávazný termín: %.*s.", STR_ARG(d.wording));
	d.why = buf_take(&b, a);
	return d;
}

/* ---- what is left ---- */

static void put_days(Buf *b, int n) {
	fmt_count(b, n, "den", "dny", "dnů");
}

static void put_first(Buf *b, int days, Instant at, Instant now) {
	Date day;
	int minute;
	deadline_civil(at, true, &day, &minute);
	if (now.ms >= at.ms) {
		buf_lit(b, "začalo ");
		fmt_date(b, day);
	} else if (days == 0) {
		buf_lit(b, "začíná dnes v ");
		put_clock(b, minute);
	} else {
		buf_lit(b, "začíná za ");
		put_days(b, days);
	}
}

Str deadline_left_text(Arena *a, Instant at, bool is_first, Instant now) {
	CLEANUP(buf_free) Buf b = {0};
	Date day;
	int minute;
	deadline_civil(at, is_first, &day, &minute);
	int days = day.n - prague_day(now).n;
	if (at.ms == 0)
		return (Str){0};
	if (is_first) {
		put_first(&b, days, at, now);
	} else if (now.ms < at.ms && days > 0) {
		buf_str(&b, plural(days, "zbývá ", "zbývají ", "zbývá "));
		put_days(&b, days);
	} else if (now.ms < at.ms) {
		buf_lit(&b, "dnes do ");
		if (minute == CLOCK_END)
			buf_lit(&b, "konce dne");
		else
			put_clock(&b, minute);
	} else if (days == 0) {
		buf_lit(&b, "po termínu, skončilo dnes v ");
		put_clock(&b, minute);
	} else {
		buf_lit(&b, "po termínu ");
		put_days(&b, -days);
	}
	return buf_take(&b, a);
}
