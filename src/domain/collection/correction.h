/* correction.h: a submission returned for correction: notes answered one by one, and what changed since it was submitted last. */
#pragma once
#include "domain/collection/receipt.h"

/* By whoever corrects it, to an open note. ERR_CONFLICT when it is not being corrected, ERR_INVALID at "answer". */
MUST_USE Err submission_note_answer(Ctx *c, Id submission, Id note, Str answer);
/* Notes that nobody has answered yet; before it is locked there must be none. */
MUST_USE Err submission_notes_unanswered(Ctx *c, const Submission *s, i64 *ret);
extern const Guard notes_answered;

typedef struct ReceiptChange { Str label, section, before, after; } ReceiptChange;
typedef struct ReceiptChanges {
	ReceiptChange *at;
	size_t         len, cap;
	Str            since;                    /* number of the receipt that it is compared with; {0} = there is none */
} ReceiptChanges;
/* Of what is submitted against the receipt before; of what is being corrected against the last one. */
MUST_USE Err submission_changes(Ctx *c, const Submission *s, ReceiptChanges *ret);
