/* inside.h: what the files of the calendar share. */
#pragma once
#include "domain/calendar/window.h"

Err free_days_load(Ctx *c, DayCalendar *ret);
/* Templates of the program that the store does not know yet. */
Err window_templates_seed(Ctx *c);
Err calendar_demo(Ctx *c, DemoSize size);

/* Instants, wording and explanation by the rules of the window. ERR_INVALID at opens_rule or closes_rule. */
MUST_USE Err window_compute(Ctx *c, Window *w);
/* The common deadline as it is stored. */
Deadline window_common(const Window *w);
bool audience_has_role(Ctx *c, const Strs *audience, Str role);
