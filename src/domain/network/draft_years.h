/* draft_years.h: money of an application year by year, beside what the rules in force give for each of them, and who co-funds it.
 *
 * The form asks for the first whole year and, in a table, for later ones. Each year that is asked for becomes a ceiling of the line of the draft: what is asked, or
 * what the rules give when that is less. A blank amount asks for nothing and leaves the year as it was; zero is asked for as zero. */
#pragma once
#include "domain/network/draft_application.h"

typedef struct AskedYear {
	int  year;
	i64  asked, computed, ceiling;           /* haléře; computed BLANK = the rules don't say, ceiling BLANK = none */
	Str  fault;                              /* why they don't */
} AskedYear;
typedef struct AskedYears { AskedYear *at; size_t len, cap; } AskedYears;
typedef struct Funder { Str who, proof; i64 amount; } Funder;      /* amount BLANK = not said */
typedef struct Funders { Funder *at; size_t len, cap; } Funders;

/* As they were submitted; `first` is the year that the first amount is for. Years in their order, each once. */
MUST_USE Err application_years(Ctx *c, const Application *a, int first, AskedYears *ret);
MUST_USE Err application_funders(Ctx *c, const Application *a, Funders *ret);
/* Of its line of the draft, whose capacity and days are known: ceilings that it is to get. Years in which the line does not stand in the network are not among them. */
MUST_USE Err draft_years(Ctx *c, const NetworkVersion *v, const Application *a, DraftLine *d, AskedYears *ret);
/* The same before it is put there, into a line of the copy or a new one (NULL). */
MUST_USE Err draft_weigh_application(Ctx *c, const NetworkVersion *v, const Application *a, const DraftLine *target, AskedYears *ret);
/* Did the rules give less than was asked? */
bool         asked_more(const AskedYear *y);
