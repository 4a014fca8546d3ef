/* demo.h: sample data of this subject. */
#pragma once
#include "core/ctx.h"

MUST_USE Err plan_demo(Ctx *c, DemoSize size);
MUST_USE Err plan_cards_demo(Ctx *c);          /* inside the transaction of plan_demo */
