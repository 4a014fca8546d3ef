/* deadline_store.h: the deadline engine with what the store knows: the days that the region changed. */
#pragma once
#include "core/ctx.h"
#include "core/deadline.h"

/* Set once at start by whoever keeps changed days (subject calendar); until then the law alone holds. */
void deadline_set_days(Err (*load)(Ctx *c, DayCalendar *ret));
MUST_USE Err deadline_days(Ctx *c, DayCalendar *ret);
/* A rule of the program's own tables, counted from an event: "20 pd po podání". */
MUST_USE Err deadline_from(Ctx *c, const char *rule, Instant event, Deadline *ret);
/* The plan of reminders: the own text or, blank, that of the region (setting deadline.reminders). */
MUST_USE Err reminder_plan(Ctx *c, Str own, ReminderPlan *ret);
/* Check of a setting that holds a plan. */
bool reminder_plan_fits(Arena *a, Str typed, const char **why);
/* A rule that somebody typed; .rule and .days of `in` are filled here. ERR_INVALID with the sentence at `field`. */
MUST_USE Err deadline_of(Ctx *c, const char *field, Str rule, DeadlineInput in, Deadline *ret);
