/* plan_link_page.h: what comment periods hand to pages of the plan at start. */
#pragma once
#include "core/ctx.h"

Err consultation_start(Ctx *c);
