/* mail_admin.h: what whoever takes care of the mail sees and does: the log of letters, the state of the server, texts. Callers have checked
 * that the person may. */
#pragma once
#include "core/mail.h"

/* ---- the log ---- */

typedef struct LetterRow {
	Id      id, account;
	Str     kind, topic, address, subject, body, state, answer;
	bool    secret;
	i64     attempts;
	Instant created, next_attempt, ended;
} LetterRow;
typedef struct LetterRows { LetterRow *at; size_t len, cap; } LetterRows;

typedef struct LetterQuery {
	Str state;                               /* {0} = any */
	Str address;                             /* part of it, {0} = any */
	Id  before;                              /* 0 = from the newest */
	i64 limit;
} LetterQuery;
MUST_USE Err letters_list(Ctx *c, LetterQuery q, LetterRows *ret);
MUST_USE Err letter_get(Ctx *c, Id id, LetterRow *ret);
bool         letter_may_go_again(const LetterRow *l);
/* A letter that ended without arriving, or that waits, goes at the next look. ERR_CONFLICT when there is nothing to send any more. */
MUST_USE Err letter_again(Ctx *c, Id id);
/* A waiting letter never goes. */
MUST_USE Err letter_cancel(Ctx *c, Id id);
const char  *letter_state_word(Str state);   /* "čeká" */

/* ---- the server ---- */

typedef struct MailHealth {
	bool    ready;
	Str     why;                             /* not ready: a Czech sentence */
	Str     problem;                         /* of the server, since problem_at; nobody asks it before paused_until */
	Instant problem_at, paused_until, sent_at, oldest;       /* oldest: of the letters that wait and are due */
	i64     queued, failed, bounces;         /* failed: in the last seven days */
} MailHealth;
MUST_USE Err mail_health(Ctx *c, MailHealth *ret);
/* Do not wait for the end of the pause. */
MUST_USE Err mail_ask_now(Ctx *c);

typedef struct BounceRow { Str address, answer; Instant at; i64 times; } BounceRow;
typedef struct BounceRows { BounceRow *at; size_t len, cap; } BounceRows;
MUST_USE Err bounces_list(Ctx *c, i64 limit, BounceRows *ret);
/* The address works again: letters of topics go there. */
MUST_USE Err bounce_forget(Ctx *c, Str address);

/* ---- texts ---- */

/* The text that holds; *edited: it is not the standard one. */
MUST_USE Err mail_text(Ctx *c, const MailKind *k, Str *subject, Str *body, bool *edited);
/* ERR_INVALID at "subject" or "body": blank, too long, or with a hole that the kind does not name. */
MUST_USE Err mail_text_set(Ctx *c, const MailKind *k, Str subject, Str body);
MUST_USE Err mail_text_reset(Ctx *c, const MailKind *k);
/* With sample values in the holes; unknown holes stay as they are. */
void         mail_text_sample(Ctx *c, Str text, Str *ret);
MUST_USE Err mail_text_check(Ctx *c, const MailKind *k, Str subject, Str body);

/* ---- keeping ---- */

MUST_USE Err mail_keep_texts_look(Ctx *c, Instant before, i64 *count);
MUST_USE Err mail_keep_texts(Ctx *c, Instant before, i64 *removed);
MUST_USE Err mail_keep_log_look(Ctx *c, Instant before, i64 *count);
MUST_USE Err mail_keep_log(Ctx *c, Instant before, i64 *removed);
MUST_USE Err notice_keep_look(Ctx *c, Instant before, i64 *count);
MUST_USE Err notice_keep(Ctx *c, Instant before, i64 *removed);
