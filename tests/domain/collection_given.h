/* collection_given.h: a provider with two people, an officer, and a submission by a published form, for tests of collection and of what builds on it. */
#pragma once
#include "domain/collection/submission.h"
#include "tests/domain/needs_given.h"

typedef struct Collecting {
	Given  g;
	Id     provider, other_provider, submission;
	Actor *worker, *statutory, *stranger, *analyst;
} Collecting;

/* A submission of „zadost-a“ that can be submitted from 1 Feb 2027 8:00 to 15 Mar 2027 16:00, by the clock of 10 Feb. */
Collecting given_collection(void);
Ctx        at_time(Collecting *k, const Actor *a, Date day, int hour, int minute, int second);
/* What makes the check silent. */
void       fill_whole(Ctx *c, Id submission);
void       put_value(Ctx *c, Id submission, const char *field, i64 line, const char *value, const char *note);
/* Filled, locked, and submitted by the statutory person. */
void       submit_whole(Collecting *k, Date day, int hour, int minute, int second);
Submission *the_submission(Ctx *c, Id id);
