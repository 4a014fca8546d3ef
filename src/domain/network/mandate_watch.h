/* mandate_watch.h: rows of the module that concern the end of mandates. */
#pragma once
#include "core/mail.h"
#include "domain/network/mandate.h"

bool mandate_watch_fits(Arena *a, Str value, const char **why);
bool mandate_series_fits(Arena *a, Str value, const char **why);
/* Active mandates of services that are not in the network any more end with the last day on which they were. */
MUST_USE Err mandates_follow_lines(Ctx *c, i64 *ended);
