#include "core/deadline_store.h"

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

Err deadline_from(Ctx *c, const char *rule, Instant event, Deadline *ret) {
	DayCalendar days;
	TRY(deadline_days(c, &days));
	*ret = deadline_after(c->arena, rule, event, &days);
	return OK;
}
