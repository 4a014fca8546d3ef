/* mail_message.h: one letter as RFC 5322 and MIME want it: encoded words for what is not ASCII, quoted-printable text, CRLF, lines of at
 * most 76 characters where they can be folded. Nothing that came from outside can begin a header of its own. */
#pragma once
#include "base/buf.h"
#include "base/date.h"

typedef struct MailMessage {
	Str     from, from_name, to;             /* addresses, checked by mail_address_fine; the name may be empty */
	Str     subject, body;
	Str     id;                              /* "12.1763802000000@sit.kraj.cz", the same at every attempt */
	Str     leave;                           /* address of the page that switches the topic off, or {0} */
	Instant at;
} MailMessage;

Str  mail_message(Arena *a, const MailMessage *m);
/* One plain address of at most 254 bytes that is safe in a header and in a command of SMTP: local@domain. */
bool mail_address_fine(Str s);

/* ---- for tests ---- */
void mail_put_header_text(Buf *out, Str s, size_t column);       /* the value of a header, whose line holds `column` characters already */
void mail_put_quoted_printable(Buf *out, Str text);
