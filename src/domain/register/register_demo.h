/* register_demo.h: sample services: the generated register, taken in as a real one, and what the register does not have. */
#pragma once
#include "core/ctx.h"

MUST_USE Err register_demo(Ctx *c, DemoSize size);
