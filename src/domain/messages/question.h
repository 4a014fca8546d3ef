/* question.h: questions that organisations ask about a record or in general, with answers of the region for everybody who signs in; about records whose
 * answers are public (a call), for everybody. Who asked is known to the region and to the one who asked. */
#pragma once
#include "core/access.h"
#include "core/record.h"

#define CAP_QUESTION_READ   "question.read"
#define CAP_QUESTION_CREATE "question.create"
#define CAP_QUESTION_ANSWER "question.approve"

enum { QUESTION_MAX = 2000, ANSWER_MAX = 8000 };

typedef struct Question {
	Id      id, object_id, account;
	Str     object, object_title, text, answer, state, author, organisation, answered_by, reason;   /* author and organisation may be blanked */
	Instant asked_at, answered_at;
	bool    is_mine, may_answer, is_public;
} Question;
typedef struct Questions { Question *at; size_t len, cap; } Questions;

typedef struct QuestionQuery {
	bool waiting;                            /* only those without an answer: all for the region, own for others */
	Str  object;
	Id   object_id;
	i64  before, limit;
} QuestionQuery;
/* Answered ones for everybody; those that wait for the region and for who asked. Newest first. */
MUST_USE Err questions_list(Ctx *c, QuestionQuery q, Questions *ret);
/* Answers about a record that everybody may read, without who asked. Asks no right: of a record that the person found. */
MUST_USE Err questions_public(Ctx *c, const Record *record, i64 limit, Questions *ret);
MUST_USE Err question_get(Ctx *c, Id id, Question *ret);
/* ERR_CONFLICT when the record takes no questions any more. */
MUST_USE Err question_ask(Ctx *c, const Record *record, Str text, Id *ret);
/* An answer is for everybody at once; a later one takes its place, the trail keeps both. Who asked is told, and of a public one those whom the record
 * concerns and all others who asked about it. */
MUST_USE Err question_answer(Ctx *c, Id id, Str answer);
/* What does not belong here is put aside with a reason for who asked. */
MUST_USE Err question_withdraw(Ctx *c, Id id, Str reason);
