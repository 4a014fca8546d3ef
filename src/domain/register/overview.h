/* overview.h: what this subject tells on start pages: how much is to be confirmed and repaired, and what changed in the services of whoever asks. */
#pragma once
#include "core/task.h"
#include "domain/register/register.h"

/* Services in operation, and those of them whose data nobody confirmed within the period (setting register.confirm_months). provider 0 = all. */
typedef struct Freshness { i64 services, stale; } Freshness;
MUST_USE Err register_freshness(Ctx *c, Id provider, Freshness *ret);
/* The same summed over the providers that the person works for. */
MUST_USE Err register_own_freshness(Ctx *c, Freshness *ret);

MUST_USE Err register_waiting(Ctx *c, WaitingList *list);
MUST_USE Err register_changes(Ctx *c, Instant since, Changes *list);
