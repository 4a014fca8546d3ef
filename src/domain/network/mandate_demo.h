/* mandate_demo.h: sample mandates over the lines of the sample network, and the draft of its next version. */
#pragma once
#include "core/ctx.h"

MUST_USE Err mandates_demo(Ctx *c, DemoSize size);
MUST_USE Err draft_demo(Ctx *c);
MUST_USE Err means_demo(Ctx *c);
