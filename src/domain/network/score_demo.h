/* score_demo.h: the rules that are prepared for the next year, played over everything that the sample computes by rules. */
#pragma once
#include "core/ctx.h"

MUST_USE Err score_demo(Ctx *c);
