/* consultation.h: a published draft, people of the office, a comment period, comments in any state: what tests of comments begin with. */
#pragma once
#include "domain/consultation/settlement.h"
#include "tests/domain/library.h"

typedef struct Period {
	Library      lib;
	Ctx          c;
	const Actor *planner, *head, *editor, *visitor;
	Id           version, id;                /* document_version, consultation */
	Id           editor_account;
} Period;

/* Announced, 1–14 November 2023; the clock stands at the noon of 3 November. */
Period period_given(void);
/* The same context at another moment (Prague), as somebody. */
Ctx   *at_moment(Period *p, const Actor *who, Date day, int hour, int minute, int second);
static inline Ctx *at_noon(Period *p, const Actor *who) { return at_moment(p, who, D(2023, 11, 3), 12, 0, 0); }
CommentNew comment_typed(const char *text);
/* Recorded by the office (paper), so that it has a number at once. */
Comment *record_one(Period *p, const char *text, const char *anchor);
/* The comment as it is stored. */
Comment *stored_comment(Period *p, Id id);
/* checked → assigned → proposed → decided, by the people who do it. */
void     settle_it(Period *p, Id id, const char *kind, const char *result);
/* Steps of the period that the clock takes by this moment. */
void     tick_at(Period *p, Date day, int hour);
/* The secret in the last letter to an address. */
Str      token_of_letter(Period *p, const char *email);
