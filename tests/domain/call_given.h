/* call_given.h: a call announced for 1 February to 15 March 2027, a registered service, reviewers, the mayor of the seat of a district. */
#pragma once
#include "domain/network/score.h"
#include "tests/domain/collection_given.h"

typedef struct Calling {
	Collecting k;
	Id         call, service, application, reviewers[3];
	Actor     *officer, *head, *mayor, *reviewer[3];
} Calling;

/* Announced on 10 January, of all types, for the whole region; opened by the clock. */
Calling given_call(void);
Ctx     when(Calling *g, const Actor *a, Date day, int hour, int minute, int second);
/* An application of type A for the service, with nothing filled in. */
void    begun(Calling *g);
/* The same, or the one that was begun, filled in whole and submitted on 12 February. */
void    submitted(Calling *g);
/* The statement of its only district, positive, with 100 000 Kč a year. */
void    delivered(Calling *g, Date day);
/* Accepted, with the statement of its only district delivered on 25 February, waiting for reviewers since 1 April. */
void    stated(Calling *g);
/* Scored by the reviewer of that number: every criterion full, the first of them `first` points with a reason. */
Id      scored(Calling *g, int reviewer, i64 first, i64 others_missing);
Application *the_application(Ctx *c, Id id);
