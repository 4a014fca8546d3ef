/* machines.h: the steps of a need, what its guards ask, and what its topic tells. */
#pragma once
#include "core/notice.h"
#include "domain/needs/need.h"

extern const Topic needs_topics[1];
extern const Machine *const needs_machines[1];
