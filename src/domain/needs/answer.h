/* answer.h: what steps of a need do to its answer; called by the machine. */
#pragma once
#include "domain/needs/need.h"

MUST_USE Err answer_reject(Ctx *c, WorkMove *m);
MUST_USE Err answer_leave(Ctx *c, WorkMove *m);
/* The answer holds no longer: it was taken up again, or the need is over. */
MUST_USE Err answer_ended(Ctx *c, WorkMove *m);
