#pragma once
#include "domain/needs/need.h"

MUST_USE Err needs_demo(Ctx *c, DemoSize size);
