/* line_today.h: which line a service has today, answered from memory: every public page of a service asks. */
#pragma once
#include "core/ctx.h"

typedef struct LineToday { Id service, line; Date from, to; Str level, status; } LineToday;
/* The line of a service that holds today and that the public may know of (counted or prepared), the oldest first; NULL when there is none. */
MUST_USE Err line_of_service_today(Ctx *c, Id service, const LineToday **ret);
