/* consultation_demo.h: sample comment periods. */
#pragma once
#include "core/ctx.h"

MUST_USE Err consultation_demo(Ctx *c);
