/* needs_given.h: the Liberec Region with people of towns, districts, a group and the region, for tests of needs. */
#pragma once
#include "domain/needs/need.h"
#include "tests/domain/territory_given.h"
#include "tests/test.h"

typedef struct Given {
	Ctx    c;
	Id     tanvald, smrzovka, orp_tanvald, orp_turnov, group;
	Actor *town, *mayor, *coordinator, *neighbour, *member, *chair, *planner, *head, *officer;
} Given;

Given given_needs(void);
/* The context of somebody, a minute later. */
Ctx   acting(Given *g, const Actor *a);
Need  a_need(const Given *g, const char *title);
/* A need of Smržovka, led by those whose steps they are as far as `state`. */
Id    need_in(Given *g, const char *title, const char *state);
Str   state_of(Given *g, Id need);
/* Refused with this code and, somewhere in what was said, these words. */
#define REFUSED_TELLING(call, err, part) \
	do { \
		EQ_INT((call), (err)); \
		Str words_ = territory_said(&c); \
		if (!str_has(words_, S(part))) \
			test_fail(__FILE__, __LINE__, "said: %.*s", STR_ARG(words_)); \
	} while (0)
