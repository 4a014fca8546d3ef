/* mandate_given.h: the Liberec Region with a network of one line, and the people who write mandates. */
#pragma once
#include "core/codelist.h"
#include "core/history.h"
#include "domain/network/mandate_paper.h"
#include "tests/support/web.h"

typedef struct Given {
	App         *app;
	Ctx          c;                          /* as_person() says who it is */
	const Actor *officer, *head, *statutory;
	Id           provider, service, network, version, line;
} Given;

/* Line 101 of the basic network since 1 January 2025: home help, 6,50 FTE, Tanvald 60 % and Turnov 40 %. Today is 22 November 2026. Resolutions 10/26/ZK to 13/26/ZK
 * are recorded. */
Given given_network(void);
/* The context as this person, a minute later. */
Ctx  *as_person(Given *g, const Actor *a);
Ctx  *as_program(Given *g);
/* Another line of a service of its own, as the first one but for its number. */
Id    given_line(Given *g, const char *number);
/* The line is changed from a day on. */
void  change_line(Given *g, Id line, Date from, i64 capacity, const char *status);
/* A draft of the officer for these days; approved by the head and issued when `issued`. */
Id    given_mandate(Given *g, Id line, Date first, Date last, bool issued);
Mandate *mandate_of(Given *g, Id id);
/* The call ended with this code, and something was said that has these words. */
#define REFUSED_SAYING(g, call, err, part) \
	do { \
		(g)->c.problems.len = 0; \
		Err got_ = (call); \
		bool said_ = false; \
		for (size_t i_ = 0; i_ < (g)->c.problems.len; i_++) \
			said_ = said_ || str_has((g)->c.problems.at[i_].text, str_c(part)); \
		if (got_ != (err) || !said_) \
			test_fail(__FILE__, __LINE__, "%s instead of %s, said: %.*s", err_name(got_), err_name(err), STR_ARG(first_problem(&(g)->c))); \
		(g)->c.problems.len = 0; \
	} while (0)
