/* demo.h: a draft of rules in the making, rehearsed, and two computations that are kept. */
#pragma once
#include "core/ctx.h"

MUST_USE Err rulebook_demo(Ctx *c, DemoSize size);
