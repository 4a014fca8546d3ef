#include "core/deadline_inside.h"

static const char WHY_PLAN[] = "Připomínkám nerozumíme. Oddělte je středníkem a pište například „7 dnů předem“, „v poslední den“, „1 den po termínu“ "
	"nebo „5 pracovních dnů po termínu vedoucímu“.";
static const char WHY_MANY[] = "Připomínek je příliš mnoho. Stačí jich nejvýše deset.";
static const char WHY_COUNT[] = "Připomínka smí být nejvýše 365 dnů před termínem nebo po něm.";

enum { REMIND_HOUR = 8, REMIND_DAYS_MAX = 365 };

static bool no(const char **why, const char *sentence) {
	*why = sentence;
	return false;
}

/* "7 dnů předem", "v poslední den", "5 pd po termínu vedoucímu" */
static bool read_one(Words *w, ReminderRule *ret, const char **why) {
	*ret = (ReminderRule){.unit = REMIND_DAYS};
	size_t start = w->pos;
	if (word_take(w, "v"))
		start = w->pos;
	if (word_take(w, "posledni") && word_take(w, "den"))
		return true;
	w->pos = start;
	if (w->at[w->pos].kind != WORD_NUMBER)
		return no(why, WHY_PLAN);
	ret->count = w->at[w->pos++].n;
	RuleUnit unit = words_take_unit(w);
	if (unit != UNIT_DAYS && unit != UNIT_WORKING_DAYS)
		return no(why, WHY_PLAN);
	ret->unit = unit == UNIT_WORKING_DAYS ? REMIND_WORKING_DAYS : REMIND_DAYS;
	if (ret->count < 1 || ret->count > REMIND_DAYS_MAX)
		return no(why, WHY_COUNT);
	if (word_take(w, "predem")) {
		ret->count = -ret->count;
		return true;
	}
	if (!word_take(w, "po") || !word_take(w, "terminu"))
		return no(why, WHY_PLAN);
	ret->escalates = word_take(w, "vedoucimu");
	return true;
}

bool reminder_plan_read(Arena *a, Str typed, ReminderPlan *ret, const char **why) {
	Words w;
	ReminderPlan plan = {0};
	if (!words_read(a, typed, &w, why))
		return false;
	while (w.pos < w.len) {
		if (plan.len == REMINDERS_MAX)
			return no(why, WHY_MANY);
		if (!read_one(&w, &plan.at[plan.len++], why))
			return false;
		if (w.pos < w.len && !word_take_sign(&w, ';') && !word_take_sign(&w, ','))
			return no(why, WHY_PLAN);
	}
	*ret = plan;
	return true;
}

static void put_rule(Buf *b, const ReminderRule *r) {
	if (r->count == 0) {
		buf_lit(b, "v poslední den");
		return;
	}
	put_unit(b, r->count < 0 ? -r->count : r->count, r->unit == REMIND_DAYS ? UNIT_DAYS : UNIT_WORKING_DAYS);
	buf_str(b, r->count < 0 ? S(" předem") : S(" po termínu"));
	if (r->escalates)
		buf_lit(b, " vedoucímu");
}

Str reminder_rule_text(Arena *a, const ReminderRule *rule) {
	CLEANUP(buf_free) Buf b = {0};
	put_rule(&b, rule);
	return buf_take(&b, a);
}

Str reminder_plan_text(Arena *a, const ReminderPlan *plan) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < plan->len; i++) {
		if (i)
			buf_lit(&b, "; ");
		put_rule(&b, &plan->at[i]);
	}
	return buf_take(&b, a);
}

Instant reminder_at(const ReminderRule *rule, const DayCalendar *days, Instant deadline) {
	Date last;
	int minute;
	deadline_civil(deadline, false, &last, &minute);
	Date d = rule->unit == REMIND_DAYS ? date_add(last, rule->count) : working_days_add(days, last, rule->count);
	Instant at = prague_instant(d, REMIND_HOUR * 3600);
	if (rule->count == 0 && at.ms >= deadline.ms)
		at = prague_instant(date_add(d, -1), REMIND_HOUR * 3600);
	return at;
}
