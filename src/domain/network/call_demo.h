/* call_demo.h: sample calls with applications. */
#pragma once
#include "core/ctx.h"

MUST_USE Err call_demo(Ctx *c, DemoSize size);
