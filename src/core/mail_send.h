/* mail_send.h: from the outbox to the mail server, and the letters of the day.
 *
 * What is promised: a committed letter is handed over at least once, or its end is visible in the log (failed, given up). It is handed over
 * twice only when the program dies between the server's "250" and our note of it, or when the store refuses that note; both copies then
 * bear the same Message-ID. Several processes share the work: each letter is taken by one of them. */
#pragma once
#include "core/mail.h"
#include "core/mail_smtp.h"

/* Files given at start; settings hold the rest. Empty = none. */
void mail_set_files(Str password_file, Str ca_file);
/* The server as it is configured. *ready false with a Czech sentence in *why: letters wait. */
MUST_USE Err mail_server(Ctx *c, SmtpServer *ret, Str *from, Str *from_name, bool *ready, Str *why);

typedef struct MailRound { int sent, later, failed, postponed; bool out_of_order; } MailRound;
/* Hand over what is due, at most `most` letters. Not inside a transaction. */
MUST_USE Err mail_send_due(Db *db, Instant now, int most, MailRound *ret);
/* Letters of the day for everybody for whom something waits, once the hour has come; *made how many. */
MUST_USE Err mail_digest(Ctx *c, int *made);

/* The thread of this process that does both, every two seconds. */
void mail_start(Db *db);
void mail_stop(void);
