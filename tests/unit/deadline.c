#include "core/deadline.h"
#include "tests/test.h"


/* ---- holidays ---- */

/* Gauss, with the two exceptions of the Gregorian calendar: another way to the same Sunday. */
static Date easter_of_gauss(int y) {
	int a = y % 19, b = y % 4, c = y % 7, k = y / 100, p = (13 + 8 * k) / 25, q = k / 4;
	int m = (15 - p + k - q) % 30, n = (4 + k - q) % 7;
	int d = (19 * a + m) % 30, e = (2 * b + 4 * c + 6 * d + n) % 7;
	if (d == 29 && e == 6)
		return date(y, 4, 19);
	if (d == 28 && e == 6 && (11 * m + 11) % 30 < 19)
		return date(y, 4, 18);
	return date_add(date(y, 3, 22), d + e);
}

TEST("holidays: Easter is the same by two algorithms from 1583 to 4000, and always a Sunday") {
	int wrong = 0;
	for (int y = 1583; y <= 4000; y++)
		wrong += !date_eq(easter_sunday(y), easter_of_gauss(y)) || date_weekday(easter_sunday(y)) != 7;
	EQ_INT(wrong, 0);
	EXPECT(!date_is(easter_sunday(1582)));
	EXPECT(!date_is(easter_sunday(10000)));
}

TEST("holidays: Easter of the check list") {
	static const int list[][3] = {{2023, 4, 9}, {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5}, {2027, 3, 28}, {2028, 4, 16}, {2029, 4, 1}, {2030, 4, 21}};
	for (size_t i = 0; i < LEN(list); i++)
		EXPECT(date_eq(easter_sunday(list[i][0]), date(list[i][0], list[i][1], list[i][2])));
	EXPECT(date_eq(easter_sunday(1954), D(1954, 4, 18)));      /* both exceptions of Gauss */
	EXPECT(date_eq(easter_sunday(1981), D(1981, 4, 19)));
	EXPECT(date_eq(easter_sunday(2049), D(2049, 4, 18)));
	EXPECT(date_eq(easter_sunday(2076), D(2076, 4, 19)));
}

/* An oracle of its own: thirteen holidays spelled out, nothing shared with the engine. */
static bool worked(Date d) {
	int y, m, day;
	date_parts(d, &y, &m, &day);
	Date easter = easter_of_gauss(y);
	static const int list[] = {101, 501, 508, 705, 706, 928, 1028, 1117, 1224, 1225, 1226};
	for (size_t i = 0; i < LEN(list); i++)
		if (list[i] == m * 100 + day)
			return false;
	return date_weekday(d) < 6 && d.n != easter.n - 2 && d.n != easter.n + 1;
}

TEST("holidays: every day from 2016 to 2099 is worked as the list says") {
	int wrong = 0, holidays = 0;
	for (Date d = D(2016, 1, 1); date_before(d, D(2100, 1, 1)); d = date_add(d, 1)) {
		wrong += day_is_working(NULL, d) != worked(d);
		holidays += !str_empty(holiday_of_law(d));
	}
	EQ_INT(wrong, 0);
	EQ_INT(holidays, 13 * 84);
}

TEST("holidays: Good Friday is one since 2016") {
	EXPECT(day_is_working(NULL, D(2015, 4, 3)));
	EQ_TEXT(holiday_of_law(D(2016, 3, 25)), "Velký pátek");
	EQ_TEXT(holiday_of_law(D(2015, 4, 6)), "Velikonoční pondělí");
	EQ_TEXT(holiday_of_law(D(2026, 4, 5)), "");
}

TEST("holidays: the last word about a changed day counts") {
	ChangedDay changes[] = {{D(2026, 12, 31), false, S("ředitelské volno")}, {D(2026, 11, 17), true, {0}}, {D(2026, 12, 31), true, {0}}};
	DayCalendar days = {changes, 2};
	Str name;
	EQ_INT(day_kind(&days, D(2026, 12, 31), &name), DAY_OFF);
	EQ_TEXT(name, "ředitelské volno");
	EXPECT(day_is_working(&days, D(2026, 11, 17)));
	days.len = 3;
	EXPECT(day_is_working(&days, D(2026, 12, 31)));
}

/* ---- working days, shift, forward and backward, against walking ---- */

static Deadline computed(const char *rule, Date event, bool first) {
	const char *why = "";
	DeadlineRule r;
	Deadline d = {0};
	if (!deadline_rule_read(t_arena, str_c(rule), &r, &why))
		test_fail(__FILE__, __LINE__, "%s: %s", rule, why);
	if (!deadline_compute(t_arena, &(DeadlineInput){.rule = &r, .event_day = event, .year = date_year(event), .is_first = first}, &d, &why))
		test_fail(__FILE__, __LINE__, "%s: %s", rule, why);
	return d;
}

static Date walk(Date d, int n, int step) {
	while (n > 0) {
		d = date_add(d, step);
		n -= worked(d);
	}
	return d;
}

static Date nearest(Date d, int step) {
	while (!worked(d))
		d = date_add(d, step);
	return d;
}

TEST("deadlines: D3, D5, D6: working days, days and shifts agree with walking over the calendar, forward and backward, from every day of 2023 to 2030") {
	static const int counts[] = {1, 2, 5, 7, 10, 20};
	int wrong = 0;
	CLEANUP(arena_free) Arena rules = {0};
	for (size_t i = 0; i < LEN(counts); i++) {
		int n = counts[i];
		Str after = str_format(&rules, "%d pd po x", n), days = str_format(&rules, "%d dnů po x", n), back = str_format(&rules, "nejméně %d dnů před x", n);
		Str back_working = str_format(&rules, "nejméně %d pd před x", n), nth = str_format(&rules, "%d. den", n);
		for (Date e = D(2023, 1, 1); date_before(e, D(2031, 1, 1)); e = date_add(e, 3)) {
			wrong += !date_eq(computed(after.ptr, e, false).day, walk(e, n, 1));
			wrong += !date_eq(computed(days.ptr, e, false).day, nearest(date_add(e, n), 1));
			wrong += !date_eq(computed(back.ptr, e, false).day, nearest(date_add(e, -n), -1));
			wrong += !date_eq(computed(back_working.ptr, e, false).day, walk(e, n, -1));
			wrong += !date_eq(computed(nth.ptr, e, false).day, nearest(date_add(e, n - 1), 1));
			wrong += !date_eq(computed(nth.ptr, e, true).day, date_add(e, n - 1));
		}
	}
	EQ_INT(wrong, 0);
}

TEST("deadlines: D1: a second before the end of the day is in time, the first second of the next day is not") {
	Deadline d = computed("30. 6. 23:59", D(2024, 1, 1), false);
	EXPECT(deadline_met(&d, prague_instant(D(2024, 7, 1), 86399)));
	EXPECT(!deadline_met(&d, prague_instant(D(2024, 7, 2), 0)));
	d = computed("30. 6. 14:00", D(2025, 1, 1), false);
	EXPECT(deadline_met(&d, prague_instant(D(2025, 6, 30), 14 * 3600 - 1)));
	EXPECT(!deadline_met(&d, prague_instant(D(2025, 6, 30), 14 * 3600)));
}

TEST("deadlines: each event has at most one deadline whose day is later than that of a later event") {
	Date before = {0};                       /* later events never end sooner */
	for (Date e = D(2025, 1, 1); date_before(e, D(2029, 1, 1)); e = date_add(e, 1)) {
		Date day = computed("15 pd po přijetí", e, false).day;
		EXPECT(!date_before(day, before));
		before = day;
	}
}

/* ---- stop-clock ---- */

static Instant noon(Date d) {
	return prague_instant(d, 12 * 3600);
}

static Deadline paused(const char *rule, Date event, Date from, Date to) {
	const char *why = "";
	DeadlineRule r;
	Deadline d = {0};
	DeadlinePause p = {.from = noon(from), .to = date_is(to) ? noon(to) : (Instant){0}, .name = S("vráceno k opravě")};
	EXPECT(deadline_rule_read(t_arena, str_c(rule), &r, &why));
	EXPECT(deadline_compute(t_arena, &(DeadlineInput){.rule = &r, .event = noon(event), .pauses = &p, .pause_count = 1}, &d, &why));
	return d;
}

TEST("deadlines: after \"do\" the day of the week is declined") {
	EQ_STR(deadline_until(t_arena, prague_instant(D(2026, 12, 16), 12 * 3600)), S("středy 16.\u00a012.\u00a02026, 12:00"));
	EQ_STR(deadline_until(t_arena, prague_instant(D(2026, 12, 18), 0)), S("čtvrtka 17.\u00a012.\u00a02026, konec dne"));
	EQ_STR(deadline_until(t_arena, prague_instant(D(2026, 12, 18), 9 * 3600)), S("pátku 18.\u00a012.\u00a02026, 9:00"));
	EQ_STR(deadline_until(t_arena, prague_instant(D(2026, 12, 20), 0)), S("soboty 19.\u00a012.\u00a02026, konec dne"));
	EQ_STR(deadline_until(t_arena, prague_instant(D(2026, 12, 20), 3600)), S("neděle 20.\u00a012.\u00a02026, 1:00"));
}

TEST("deadlines: after \"v\" the day of the week is declined, too") {
	EQ_STR(deadline_on(t_arena, prague_instant(D(2026, 12, 14), 8 * 3600), true), S("v\u00a0pondělí 14.\u00a012.\u00a02026, 8:00"));
	EQ_STR(deadline_on(t_arena, prague_instant(D(2026, 12, 16), 12 * 3600), false), S("ve\u00a0středu 16.\u00a012.\u00a02026, 12:00"));
	EQ_STR(deadline_on(t_arena, prague_instant(D(2026, 12, 18), 0), false), S("ve\u00a0čtvrtek 17.\u00a012.\u00a02026, konec dne"));
	EQ_STR(deadline_on(t_arena, prague_instant(D(2026, 12, 19), 9 * 3600), false), S("v\u00a0sobotu 19.\u00a012.\u00a02026, 9:00"));
	EQ_STR(deadline_on(t_arena, prague_instant(D(2026, 12, 20), 9 * 3600), false), S("v\u00a0neděli 20.\u00a012.\u00a02026, 9:00"));
}

TEST("stop-clock: while it stands there is no deadline, only what remains") {
	Deadline d = paused("20 pd po podání", D(2027, 1, 4), D(2027, 1, 13), (Date){0});
	EXPECT(d.stands);
	EQ_INT(d.left, 13);                      /* seven working days, 5 to 13 January, were used */
	EQ_INT(d.at.ms, 0);
	EXPECT(deadline_met(&d, noon(D(2030, 1, 1))));
	EXPECT(str_has(d.why, S("Zbývá 13 pracovních dnů")));
	EXPECT(str_has(d.why, S("dosud stojí")));
	EQ_INT(paused("30 dnů po podání", D(2027, 1, 4), D(2027, 1, 14), (Date){0}).left, 20);
	EQ_INT(paused("1 měsíc po podání", D(2027, 1, 4), D(2027, 1, 14), (Date){0}).left, 21);
	EQ_INT(paused("48 h po podání", D(2027, 1, 4), D(2027, 1, 5), (Date){0}).left, 24);
}

TEST("stop-clock: a return after the deadline changes nothing") {
	Deadline d = paused("5 pd po podání", D(2027, 1, 4), D(2027, 1, 13), (Date){0});
	EXPECT(!d.stands);
	EXPECT(date_eq(d.day, D(2027, 1, 11)));
}

TEST("stop-clock: D7: any pause moves the deadline by as many working days as it took") {
	int wrong = 0;
	for (int from = 1; from < 20; from++)
		for (int length = 0; length < 25; length++) {
			Date e = D(2026, 12, 14), p = date_add(e, from), q = date_add(p, length), d = e;
			int left = 20;
			while (left > 0) {
				d = date_add(d, 1);
				if (!(date_after(d, p) && !date_after(d, q)))
					left -= worked(d);
			}
			wrong += !date_eq(paused("20 pd po podání", e, p, q).day, d);
		}
	EQ_INT(wrong, 0);
}

TEST("stop-clock: hours wait exactly as long as the clock stood") {
	const char *why;
	DeadlineRule r;
	Deadline d;
	Instant event = prague_instant(D(2026, 3, 28), 20 * 3600);
	DeadlinePause p = {.from = {event.ms + 3600000}, .to = {event.ms + 7200000}};
	EXPECT(deadline_rule_read(t_arena, S("12 h po odeslání"), &r, &why));
	EXPECT(deadline_compute(t_arena, &(DeadlineInput){.rule = &r, .event = event, .pauses = &p, .pause_count = 1}, &d, &why));
	EQ_INT(d.at.ms, event.ms + 13 * 3600000LL);
	EQ_TEXT(d.wording, "neděle 29.\xC2\xA0" "3.\xC2\xA0" "2026, 10:00");
}

TEST("stop-clock: a deadline that is counted back cannot stand") {
	const char *why = NULL;
	DeadlineRule r;
	Deadline d;
	DeadlinePause p = {.from = noon(D(2026, 5, 1))};
	EXPECT(deadline_rule_read(t_arena, S("nejméně 7 dní před jednáním"), &r, &why));
	EXPECT(!deadline_compute(t_arena, &(DeadlineInput){.rule = &r, .event = noon(D(2026, 6, 1)), .pauses = &p, .pause_count = 1}, &d, &why));
	EXPECT(str_has(str_c(why), S("nelze zastavit")));
}

/* ---- exceptions ---- */

TEST("exception: D7: one respondent has another deadline, explained after the common one, which stays") {
	Deadline common = computed("30. 6. 23:59", D(2024, 1, 1), false);
	Deadline d = deadline_except(t_arena, &common, prague_instant(D(2024, 7, 12), 12 * 3600), S("nemoc účetní"), S("Jana Ukázková"), noon(D(2024, 6, 28)));
	EXPECT(date_eq(d.day, D(2024, 7, 12)));
	EXPECT(date_eq(common.day, D(2024, 7, 1)));
	EXPECT(str_starts(d.why, common.why));
	EXPECT(str_has(d.why, S("Výjimka: nový termín pátek 12.\xC2\xA0" "7.\xC2\xA0" "2024, 12:00; povoleno 28.\xC2\xA0" "6.\xC2\xA0" "2024, Jana Ukázková. Důvod: nemoc účetní.")));
}

/* ---- rules ---- */

static void reads_as(const char *typed, const char *text) {
	const char *why = "";
	DeadlineRule r;
	if (!deadline_rule_read(t_arena, str_c(typed), &r, &why))
		test_fail(__FILE__, __LINE__, "%s: %s", typed, why);
	EQ_STR(deadline_rule_text(t_arena, &r), str_c(text));
	EXPECT(deadline_rule_read(t_arena, str_c(text), &r, &why));
	EQ_STR(deadline_rule_text(t_arena, &r), str_c(text));
}

TEST("rules: what people type is written in one way, which reads back") {
	reads_as("10 pd po přijetí", "10 pracovních dnů po přijetí");
	reads_as("nejméně 7 dní před jednáním", "nejméně 7 dnů před jednáním");
	reads_as("nejpozději 10 pracovních dní před zasedáním ZK", "nejméně 10 pracovních dnů před zasedáním ZK");
	reads_as("7 d před jednáním 12:00", "nejméně 7 dnů před jednáním 12:00");
	reads_as("do konce 14. dne", "14. den 24:00");
	reads_as("do konce 14. dne od zveřejnění", "14. den od zveřejnění 24:00");
	reads_as("do 16:00 12. dne", "12. den 16:00");
	reads_as("5. pracovní den od otevření", "5. pracovní den od otevření");
	reads_as("30. 6. 23:59", "30. 6. 24:00");
	reads_as("30.6. 23:59", "30. 6. 24:00");
	reads_as("30.6.2024, 14:00", "30. 6. 2024 14:00");
	reads_as("do 30. června 2024", "30. 6. 2024");
	reads_as("30. 6. v 9:05", "30. 6. 9:05");
	reads_as("5. 2. následujícího roku 24:00", "5. 2. příštího roku 24:00");
	reads_as("31. 12. 24:00 bez posunu", "31. 12. 24:00 bez posunu");
	reads_as("PRVNÍ PONDĚLÍ PO 5. 8. 08:00 + 12 dní 16:00", "první pondělí po 5. 8. 8:00 + 12 dnů 16:00");
	reads_as("první pondělí po 5. 8. 08:00, 12. den 16:00", "první pondělí po 5. 8. 8:00, 12. den 16:00");
	reads_as("druhá středa v září", "druhou středu v září");
	reads_as("čtvrtý pátek v únoru příštího roku", "čtvrtý pátek v únoru příštího roku");
	reads_as("poslední pátek před 24. 12. 12:00", "poslední pátek před 24. 12. 12:00");
	reads_as("poslední pracovní den března", "poslední pracovní den března");
	reads_as("do konce února", "poslední den února 24:00");
	reads_as("48 h po odeslání pozvánky", "48 hodin po odeslání pozvánky");
	reads_as("1 rok od vydání", "1 rok od vydání");
	reads_as("2 roky po vydání", "2 roky po vydání");
	reads_as("10 let po ukončení", "10 let po ukončení");
	reads_as("1 týden po jednání", "1 týden po jednání");
	reads_as("  3\tpd po  přijetí\xC2\xA0žádosti ", "3 pracovní dny po přijetí žádosti");
	reads_as("31. 1. + 1 měsíc", "31. 1. + 1 měsíc");
	reads_as("29. 2.", "29. 2.");
}

TEST("rules: what is no rule is refused with a sentence that shows how to write it") {
	static const struct { const char *typed, *why; } bad[] = {
		{"", "Pravidlo chybí"}, {"   ", "Pravidlo chybí"}, {"zítra", "Pravidlu nerozumíme"}, {"10", "chybí jednotka"},
		{"10 dnů", "Chybí událost"}, {"10 dnů po", "Chybí událost"}, {"0 dnů po přijetí", "od 1 do 3660"}, {"3661 dnů po přijetí", "od 1 do 3660"},
		{"31. 6.", "Takový den"}, {"30. 13.", "Takový den"}, {"0. 1.", "Takový den"}, {"29. 2. 2027", "Takový den"}, {"30. 6. 1700", "Takový den"},
		{"30. 6. 25:00", "Čas v pravidle"}, {"30. 6. 24:01", "Čas v pravidle"}, {"30. 6. 12:60", "Čas v pravidle"}, {"30. 6. 12:5", "Čas v pravidle"},
		{"30. 6. 14:00 prosím", "Konci pravidla"}, {"první po 5. 8.", "chybí den v týdnu"}, {"první pondělí 5. 8.", "napište „po“"},
		{"první pondělí před 5. 8.", "poslední takový"}, {"poslední pondělí po 5. 8.", "poslední takový"}, {"<script>", "znak"}, {"10 dnů po \"x\"", "znak"},
		{"48 h po odeslání 14:00", "Lhůta v hodinách"}, {"5. 8. + 16:00", "Za znaménkem"}, {"10000 dnů po x", "příliš velké"}, {"\xC3", "znak"},
		{"nejméně 30. 6.", "Pravidlu nerozumíme"}, {"5 dnů po a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s t u", "příliš dlouh"},
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		DeadlineRule r;
		const char *why = "";
		if (deadline_rule_read(t_arena, str_c(bad[i].typed), &r, &why))
			test_fail(__FILE__, __LINE__, "\"%s\" was read as %.*s", bad[i].typed, STR_ARG(deadline_rule_text(t_arena, &r)));
		if (!str_has(str_c(why), str_c(bad[i].why)))
			test_fail(__FILE__, __LINE__, "\"%s\": %s", bad[i].typed, why);
	}
}

TEST("rules: what cannot be computed says what is missing") {
	static const struct { const char *rule; int year; Date event; const char *why; } bad[] = {
		{"30. 6.", 0, {0}, "chybí rok"}, {"30. 6.", 99999, {0}, "chybí rok"}, {"10 dnů po přijetí", 2026, {0}, "nenastala"},
		{"48 h po odeslání", 0, {739000}, "i hodinu"}, {"3660 let po vydání", 0, {3652000}, "mimo kalendář"}, {"3660 dnů po vydání", 0, {3652059}, "mimo kalendář"},
		{"nejméně 3660 pd před jednáním", 0, {5}, "mimo kalendář"},
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		DeadlineRule r;
		Deadline d;
		const char *why = "";
		EXPECT(deadline_rule_read(t_arena, str_c(bad[i].rule), &r, &why));
		EXPECT(!deadline_compute(t_arena, &(DeadlineInput){.rule = &r, .year = bad[i].year, .event_day = bad[i].event}, &d, &why));
		if (!str_has(str_c(why), str_c(bad[i].why)))
			test_fail(__FILE__, __LINE__, "%s: %s", bad[i].rule, why);
	}
}

/* ---- what is left ---- */

static void left_is(Instant at, bool first, Instant now, const char *text) {
	EQ_STR(str_replace(t_arena, deadline_left_text(t_arena, at, first, now), S("\xC2\xA0"), S(" ")), str_c(text));
}

TEST("what is left is said in days, and in hours of the last day") {
	Instant end = prague_instant(D(2026, 7, 1), 0), hour = prague_instant(D(2026, 6, 30), 16 * 3600);   /* both are 30 June */
	left_is(end, false, noon(D(2026, 6, 29)), "zbývá 1 den");
	left_is(end, false, noon(D(2026, 6, 27)), "zbývají 3 dny");
	left_is(end, false, noon(D(2026, 6, 26)), "zbývají 4 dny");
	left_is(end, false, noon(D(2026, 6, 25)), "zbývá 5 dnů");
	left_is(end, false, noon(D(2026, 6, 9)), "zbývá 21 dnů");
	left_is(end, false, noon(D(2026, 6, 30)), "dnes do konce dne");
	left_is(hour, false, noon(D(2026, 6, 30)), "dnes do 16:00");
	left_is(hour, false, hour, "po termínu, skončilo dnes v 16:00");
	left_is(end, false, end, "po termínu 1 den");
	left_is(end, false, noon(D(2026, 7, 2)), "po termínu 2 dny");
	left_is(hour, false, noon(D(2026, 7, 5)), "po termínu 5 dnů");
	left_is(hour, true, noon(D(2026, 6, 27)), "začíná za 3 dny");
	left_is(hour, true, noon(D(2026, 6, 30)), "začíná dnes v 16:00");
	left_is(hour, true, hour, "začalo 30. 6. 2026");
	left_is((Instant){0}, false, hour, "");
}

/* ---- reminders ---- */

static Str reminders(const char *plan_text, Instant deadline) {
	const char *why = "";
	ReminderPlan plan;
	Strs list = {0};
	EXPECT(reminder_plan_read(t_arena, str_c(plan_text), &plan, &why));
	for (size_t i = 0; i < plan.len; i++) {
		char iso[DATE_ISO_LEN];
		Date day;
		int seconds;
		prague_wall(reminder_at(&plan.at[i], NULL, deadline), &day, &seconds);
		strs_add(t_arena, &list, str_format(t_arena, "%.*s %d%s", STR_ARG(date_iso(day, iso)), seconds / 3600, plan.at[i].escalates ? "!" : ""));
	}
	return str_join(t_arena, S(", "), list);
}

TEST("reminders: D9: seven and two days before, on the last day, one day and five working days after the shifted deadline") {
	Deadline d = computed("30. 6. 23:59", D(2024, 1, 1), false);              /* 1 July; 5 July is a holiday */
	EQ_TEXT(reminders(REMINDERS_STANDARD, d.at), "2024-06-24 8, 2024-06-29 8, 2024-07-01 8, 2024-07-02 8, 2024-07-09 8!");
	d = computed("31. 3. 14:00", D(2026, 1, 1), false);
	EQ_TEXT(reminders(REMINDERS_STANDARD, d.at), "2026-03-24 8, 2026-03-29 8, 2026-03-31 8, 2026-04-01 8, 2026-04-09 8!");
}

TEST("reminders: none of the last day comes after its deadline") {
	EQ_TEXT(reminders("v poslední den", prague_instant(D(2026, 6, 30), 8 * 3600)), "2026-06-29 8");
	EQ_TEXT(reminders("v poslední den", prague_instant(D(2026, 6, 30), 8 * 3600 + 60)), "2026-06-30 8");
}

TEST("reminders: a plan is typed, written in one way and read back; what is none is refused") {
	const char *why = "";
	ReminderPlan plan;
	EXPECT(reminder_plan_read(t_arena, S("7 d předem, 2 dny předem, poslední den, 1 den po termínu, 5 pd po termínu vedoucímu"), &plan, &why));
	EQ_TEXT(reminder_plan_text(t_arena, &plan), REMINDERS_STANDARD);
	EXPECT(reminder_plan_read(t_arena, S(""), &plan, &why));
	EQ_INT(plan.len, 0);
	static const char *const bad[] = {"často", "7 dnů", "7 týdnů předem", "0 dnů předem", "366 dnů předem", "1 den předem 2 dny předem",
		"1 d předem;1 d předem;1 d předem;1 d předem;1 d předem;1 d předem;1 d předem;1 d předem;1 d předem;1 d předem;1 d předem", "1 den po"};
	for (size_t i = 0; i < LEN(bad); i++)
		if (reminder_plan_read(t_arena, str_c(bad[i]), &plan, &why))
			test_fail(__FILE__, __LINE__, "\"%s\" was read", bad[i]);
}
