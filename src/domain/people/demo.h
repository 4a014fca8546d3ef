/* demo.h: accounts for the demo; subjects above add those of their providers, municipalities and districts. */
#pragma once
#include "domain/people/people.h"

MUST_USE Err people_seed(Ctx *c);
MUST_USE Err people_demo(Ctx *c, DemoSize size);
MUST_USE Err people_demo_account(Ctx *c, const char *login, const char *name, const char *role, ScopeKind scope, Id ref, Id organisation);
/* The person of a demo account, for sample data that somebody has done. */
MUST_USE Err people_demo_actor(Ctx *c, const char *login, Actor *ret);
