/* inside.h: what the files of people/ share. */
#pragma once
#include "domain/people/people.h"
#include "domain/people/rate.h"

MUST_USE Err account_actor(Ctx *c, Id account, Actor *actor, bool *is_active);
