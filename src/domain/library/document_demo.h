/* document_demo.h: the documents and resolutions of the plan's cycle 2024–2026, as sample data. */
#pragma once
#include "core/ctx.h"

MUST_USE Err documents_demo(Ctx *c, DemoSize size);
