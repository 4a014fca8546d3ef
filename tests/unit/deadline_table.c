/* Every case of tests/data/deadlines.txt: instant, wording and the whole explanation. */
#include "core/deadline.h"
#include "tests/test.h"

#include <stdio.h>

typedef struct Case {
	Str  name, rule, wording, shift, why, at, event;
	i64  year;
	bool first;
	DeadlinePause pauses[4];
	size_t pause_count;
	ChangedDay changed[4];
	size_t changed_count;
} Case;

static Str whole_file(const char *path) {
	FILE *f = fopen(path, "rb");
	if (!f)
		test_fail(__FILE__, __LINE__, "%s cannot be opened", path);
	Buf b = {0};
	char part[4096];
	for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
		buf_put(&b, part, n);
	fclose(f);
	Str text = buf_take(&b, t_arena);
	buf_free(&b);
	return text;
}

/* A day of an event is that day at noon, where only the day is asked about. */
static Instant noon(Str day) {
	Date d;
	EXPECT(date_read_iso(day, &d));
	return prague_instant(d, 12 * 3600);
}

static void take_pause(Case *c, Str value) {
	Str from = str_cut(&value, ' '), to = str_cut(&value, ' ');
	c->pauses[c->pause_count++] = (DeadlinePause){.from = noon(from), .to = noon(to), .name = value};
}

static void take_changed(Case *c, Str value) {
	ChangedDay *d = &c->changed[c->changed_count++];
	EXPECT(date_read_iso(str_cut(&value, ' '), &d->day));
	d->works = str_eq(str_cut(&value, ' '), S("work"));
	d->name = value;
}

static void take_line(Case *c, Str line) {
	Str value = line, key = str_cut(&value, ':');
	value = str_trim(value);
	if (str_eq(key, S("rule")))
		c->rule = value;
	else if (str_eq(key, S("year")))
		EXPECT(str_to_int(value, &c->year));
	else if (str_eq(key, S("event")))
		c->event = value;
	else if (str_eq(key, S("first")))
		c->first = true;
	else if (str_eq(key, S("pause")))
		take_pause(c, value);
	else if (str_eq(key, S("changed")))
		take_changed(c, value);
	else if (str_eq(key, S("at")))
		c->at = value;
	else if (str_eq(key, S("wording")))
		c->wording = value;
	else if (str_eq(key, S("shift")))
		c->shift = value;
	else if (str_eq(key, S("why")))
		c->why = str_empty(c->why) ? value : str_format(t_arena, "%.*s\n%.*s", STR_ARG(c->why), STR_ARG(value));
	else
		test_fail(__FILE__, __LINE__, "%.*s: what is \"%.*s\"?", STR_ARG(c->name), STR_ARG(line));
}

static Str soft(Str s) {
	return str_replace(t_arena, s, S("\xC2\xA0"), S(" "));
}

static bool differs(const Case *c, const char *what, Str got, Str want) {
	got = soft(got);
	if (str_eq(got, want))
		return false;
	fprintf(stderr, "# %.*s: %s is\n%.*s\n# and should be\n%.*s\n", STR_ARG(c->name), what, STR_ARG(got), STR_ARG(want));
	return true;
}

static bool case_fails(const Case *c) {
	const char *why = "";
	DeadlineRule r;
	if (!deadline_rule_read(t_arena, c->rule, &r, &why))
		return fprintf(stderr, "# %.*s: %s\n", STR_ARG(c->name), why), true;
	DayCalendar days = {c->changed, c->changed_count};
	DeadlineInput in = {.rule = &r, .days = &days, .year = (int)c->year, .is_first = c->first, .pauses = c->pauses, .pause_count = c->pause_count};
	if (c->event.len == INSTANT_ISO_LEN)
		EXPECT(instant_read_iso(c->event, &in.event));
	else if (!str_empty(c->event))
		EXPECT(date_read_iso(c->event, &in.event_day));
	Deadline d;
	if (!deadline_compute(t_arena, &in, &d, &why))
		return fprintf(stderr, "# %.*s: %s\n", STR_ARG(c->name), why), true;
	char at[INSTANT_ISO_LEN];
	int wrong = differs(c, "the instant", instant_iso(d.at, at), c->at);
	wrong += differs(c, "the wording", d.wording, c->wording);
	wrong += differs(c, "the shift", d.shift, c->shift);
	wrong += differs(c, "the explanation", d.why, c->why);
	wrong += deadline_met(&d, (Instant){d.at.ms}) || !deadline_met(&d, (Instant){d.at.ms - 1});
	wrong += differs(c, "the wording of the instant", deadline_wording(t_arena, d.at, c->first), d.minute == 0 && !c->first ? soft(deadline_wording(t_arena, d.at, false)) : c->wording);
	return wrong > 0;
}

TEST("deadlines: D4, D8, D10: every case of the table has its instant, wording and explanation") {
	Str rest = whole_file("tests/data/deadlines.txt");
	int count = 0, wrong = 0;
	Case c = {0};
	while (!str_empty(rest) || !str_empty(c.name)) {
		Str line = str_trim(str_cut(&rest, '\n'));
		if (str_starts(line, S("#")))
			continue;
		if (str_starts(line, S("case: "))) {
			EXPECT(str_empty(c.name));
			c = (Case){.name = str_from(line, 6)};
		} else if (!str_empty(line)) {
			take_line(&c, line);
		} else if (!str_empty(c.name)) {
			count++;
			wrong += case_fails(&c);
			c = (Case){0};
		}
	}
	EXPECT(count >= 200);
	EQ_INT(wrong, 0);
}
