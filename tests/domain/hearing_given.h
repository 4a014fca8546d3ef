/* hearing_given.h: hearings and people for their tests. The program's own roles, machines and letters; the time is 22 November 2026, nine in the morning. */
#pragma once
#include "domain/consultation/signup.h"
#include "tests/support/web.h"

typedef struct Hall {
	App *app;
	Ctx  c;
	const Actor *planner, *head, *coordinator, *reader;      /* PLN, VED, COO of the district 1, NET */
} Hall;

Hall  given_hall(void);
/* Go on as somebody, or as nobody (NULL). */
Ctx  *hall_as(Hall *h, const Actor *who);
/* Go on at a moment of Prague's clock. */
Ctx  *hall_at(Hall *h, Date day, int hour, int minute, int second);

/* A hearing on 16 December 2026, 9:00–11:00, sign-up until 14 December 12:00; nothing is stored. */
Hearing *hearing_like(Hall *h, i64 capacity, i64 reserved);
/* The same stored, and published. */
Id    given_hearing(Hall *h, i64 capacity, i64 reserved);
/* Signs up from the web and gives the token of the letter; the name makes the address. */
Str   asked(Hall *h, Id hearing, const char *name, const char *organisation);
/* … and confirms. */
Signup *signed_up(Hall *h, Id hearing, const char *name, const char *organisation);
Signup *signup_now(Hall *h, Id signup);
Seats seats_of(Hall *h, Id hearing);
/* The text of the newest letter to an address that begins with `to`, {0} when there is none. */
Str   letter_to(Hall *h, const char *to);
i64   letters_of(Hall *h, const char *kind);
/* What stands behind a word in a letter, to the end of the line. */
Str   behind(Str text, const char *word);
#define REFUSED_WITH(call, err, word) do { EQ_INT(call, err); EXPECT(str_has(first_problem(&hall.c), S(word))); hall.c.problems.len = 0; } while (0)
