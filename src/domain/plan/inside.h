/* inside.h: what the files of plan share. */
#pragma once
#include "core/access.h"
#include "core/data_version.h"
#include "domain/plan/plan.h"

/* The row whoever asks. */
MUST_USE Err plan_stored(Ctx *c, Id id, Plan **ret);
MUST_USE Err plan_chapter_stored(Ctx *c, Id id, PlanChapter **ret);
/* ERR_INVALID at "resolution" when the number is not recorded. */
MUST_USE Err plan_resolution(Ctx *c, Str number, Resolution *ret);
/* Steps of the machine (plan_version.c). */
MUST_USE Err plan_step_freeze(Ctx *c, WorkMove *m);
MUST_USE Err plan_step_publish(Ctx *c, WorkMove *m);
MUST_USE Err plan_step_approve(Ctx *c, WorkMove *m);
MUST_USE Err plan_step_open(Ctx *c, WorkMove *m);
/* The document of a plan is written by the steps of the plan, not by whoever may write documents. */
MUST_USE Err plan_keeps_document(Ctx *c, Id document, Id version, DocumentDeed deed);
