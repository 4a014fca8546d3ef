/* demo.h: sample data of this subject. */
#pragma once
#include "core/ctx.h"

MUST_USE Err plan_demo(Ctx *c, DemoSize size);
