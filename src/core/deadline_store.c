#include "core/deadline_store.h"

#include "core/settings.h"

static Err (*days_of)(Ctx *c, DayCalendar *ret);

void deadline_set_days(Err (*load)(Ctx *c, DayCalendar *ret)) {
	days_of = load;
}

Err deadline_days(Ctx *c, DayCalendar *ret) {
	*ret = (DayCalendar){0};
	return days_of ? days_of(c, ret) : OK;
}

Err deadline_of(Ctx *c, const char *field, Str text, DeadlineInput in, Deadline *ret) {
	DayCalendar  days;
	DeadlineRule rule;
	const char  *why;
	TRY(deadline_days(c, &days));
	if (!deadline_rule_read(c->arena, text, &rule, &why))
		return fail(c, ERR_INVALID, field, "%s", why);
	in.rule = &rule;
	in.days = &days;
	return deadline_compute(c->arena, &in, ret, &why) ? OK : fail(c, ERR_INVALID, field, "%s", why);
}

/* A text that an older version of the program let in must not stop reminders: the standard holds then. */
Err reminder_plan(Ctx *c, Str own, ReminderPlan *ret) {
	const char *why;
	Str         text = own.len || !setting_find(S("deadline.reminders")) ? own : setting_text(c, "deadline.reminders");
	if (text.len && reminder_plan_read(c->arena, text, ret, &why))
		return OK;
	return reminder_plan_read(c->arena, S(REMINDERS_STANDARD), ret, &why) ? OK : fail(c, ERR_INTERNAL, NULL, "%s", why);
}

bool reminder_plan_fits(Arena *a, Str typed, const char **why) {
	ReminderPlan plan;
	return reminder_plan_read(a, typed, &plan, why);
}

Err deadline_from(Ctx *c, const char *rule, Instant event, Deadline *ret) {
	DayCalendar days;
	TRY(deadline_days(c, &days));
	*ret = deadline_after(c->arena, rule, event, &days);
	return OK;
}
