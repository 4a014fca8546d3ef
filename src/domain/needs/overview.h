/* overview.h: what needs tell on start pages: what waits without being a task, and what changed. */
#pragma once
#include "core/task.h"
#include "domain/needs/need.h"

MUST_USE Err needs_waiting(Ctx *c, WaitingList *list);
MUST_USE Err needs_changes(Ctx *c, Instant since, Changes *list);
