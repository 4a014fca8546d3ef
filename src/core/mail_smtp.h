/* mail_smtp.h: handing letters to one mail server; the only file pair that sees libcurl for mail. Talks to the configured server only, with
 * TLS unless that server is this machine; every step has a time limit. Never called inside a write transaction. */
#pragma once
#include "base/str.h"

typedef enum SmtpTls { SMTP_STARTTLS, SMTP_TLS, SMTP_PLAIN } SmtpTls;

typedef struct SmtpServer {
	Str     host;                            /* checked by smtp_host_fine */
	int     port;
	SmtpTls tls;
	Str     user;                            /* empty: the server wants nobody to sign in */
	Str     password_file, ca_file;          /* ca_file empty: authorities of the system */
	Str     hello;                           /* how we introduce ourselves: the host of our origin */
} SmtpServer;

typedef enum SmtpEnd {
	SMTP_SENT,                               /* the server took it over */
	SMTP_LATER,                              /* not now: the same letter may be taken later */
	SMTP_REFUSED,                            /* this letter never */
	SMTP_UNKNOWN_ADDRESS,                    /* refused because nobody lives at the address */
	SMTP_OUT_OF_ORDER,                       /* nothing to do with this letter: no connection, wrong password, wrong certificate */
} SmtpEnd;

typedef struct SmtpAnswer {
	SmtpEnd end;
	int     code;                            /* of SMTP, 0 = the server said nothing */
	Str     text;                            /* Czech sentence, or the words of the server */
} SmtpAnswer;

typedef struct SmtpLink SmtpLink;            /* a connection, made at the first letter and used again */

bool        smtp_host_fine(Str host);
bool        smtp_host_is_loopback(Str host);
/* *stop (may be NULL) turning true gives up what has not reached the letter's text yet. */
SmtpLink   *smtp_open(Arena *a, const SmtpServer *server, const bool *stop);
SmtpAnswer  smtp_send(Arena *a, SmtpLink *link, Str from, Str to, Str message);
void        smtp_close(SmtpLink *link);
