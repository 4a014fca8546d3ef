/* mail_return.h: letters that a mail server took and another one sent back later (RFC 3464, as the local mail server pipes it to `sitovka mail-return`).
 *
 * Which letter is meant is told by the Message-ID that we gave it: its number and the millisecond in which it was written. Only who got the letter knows
 * both, so nobody can have an address struck off by a forged report. */
#pragma once
#include "core/ctx.h"

enum { MAIL_RETURN_MAX = 1 << 20 };

typedef struct MailReport {
	i64 letter, written_ms;                      /* of the first identifier in the form that we give, whatever its host */
	Str status;                                  /* "5.1.1" */
	Str words;                                   /* of the server, when it gave some */
	bool failed;                                 /* for good; delays are not */
} MailReport;

/* False: it is no report of delivery, or of no letter that could be ours. Bytes of any kind. */
bool mail_report_read(Arena *a, Str message, MailReport *ret);

typedef enum MailReturn {
	MAIL_RETURN_TAKEN,                           /* the letter is now one that failed */
	MAIL_RETURN_LATER,                           /* a delay: its server goes on trying */
	MAIL_RETURN_KNOWN,                           /* it was said before, or the letter has ended otherwise */
	MAIL_RETURN_NOT_OURS,                        /* no report, or of no letter of this store */
} MailReturn;
/* Writes down what a report says; an address that does not exist gets no more letters that can be switched off. Outside of a transaction. */
MUST_USE Err mail_returned(Ctx *c, Str message, MailReturn *ret);
