/* demo.h: sample data of the subject. */
#pragma once
#include "domain/territory/territory.h"

MUST_USE Err territory_demo(Ctx *c, DemoSize size);
