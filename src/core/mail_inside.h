/* mail_inside.h: what mail*.c and notice*.c share. */
#pragma once
#include "core/notice.h"

typedef struct Letter {
	Str  kind, topic, address, subject, body;        /* topic empty: always sent */
	Id   account;
	bool secret;
} Letter;
/* Into the outbox as it is. A letter of a topic gets its way out at its end. */
MUST_USE Err mail_queue(Ctx *c, const Letter *l);
/* As mail_add; the topic, or NULL, stands in the call. */
MUST_USE Err mail_add_topic(Ctx *c, const char *kind, const Topic *topic, Id account, Str address, const MailHole *holes, size_t count);
/* The text that holds now: the edited one, else the standard one. */
MUST_USE Err mail_text_now(Ctx *c, const MailKind *k, Str *subject, Str *body);
/* Puts values into holes; false with *missing when `text` has a hole without a value. */
bool         mail_fill(Ctx *c, Str text, const MailHole *holes, size_t count, Str *ret, Str *missing);
/* Every hole of a text is one of the kind's or a general one; else *unknown. */
bool         mail_holes_known(const MailKind *k, Str text, Str *unknown);
MUST_USE Err mail_account_address(Ctx *c, Id account, Str *address, Str *name);
